"""`fazhi checklist` (清单): check it with its specimens, show it, or print its JSON Schema."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence

from checker.cli.items import find_item
from checker.cli.terminal import layout, say, say_bytes
from checker.load import checklist_source, editor_schema, load_checklist
from checker.model.assessment import STATUS_NAMES, Status
from checker.model.checklist import Checklist, Item
from checker.model.report import LEVELS
from checker.renderers.layout import Layout
from checker.renderers.phrasing import basis_texts
from checker.specimens import SpecimenResult, run_specimens

CHECK_NAMES = {
    "mention": "正文里的词语",
    "section": "有没有专门部分",
    "title": "标题要素",
    "date": "发布或成文日期",
    "published": "发布信息",
    "addressee": "主送机关",
}


def run(arguments: argparse.Namespace) -> int:
    """The action that was named; 0, or 1 where a specimen disagrees."""
    if arguments.action == "schema":
        say_bytes(json.dumps(editor_schema(), ensure_ascii=False, indent=2) + "\n")
        return 0
    source = checklist_source(arguments.file)
    checklist = load_checklist(source)
    if arguments.action == "show":
        say(_show(checklist, arguments.item))
        return 0
    results = run_specimens(checklist)
    say(f"{source}\n{_lint(checklist, results, layout())}")
    return 0 if all(result.agrees for result in results) else 1


def _lint(checklist: Checklist, results: Sequence[SpecimenResult], shape: Layout) -> str:
    wrong = [result for result in results if not result.agrees]
    lines: list[str] = []
    for result in wrong:
        lines += ["", *_disagreement(result, shape)]
    bare = [item.id for item in checklist.items() if not item.specimens]
    if bare:
        lines += ["", *shape.field("没有样句", "、".join(bare))]
    items = sum(1 for _ in checklist.items())
    groups = len(checklist.groups)
    total = f"清单“{checklist.title}”：{groups}类{items}项，格式无误；样句{len(results)}条，"
    total += f"{len(wrong)}条判定不符。" if wrong else "判定全部相符。"
    if checklist.switched_off:
        total += f"停用{len(checklist.switched_off)}项。"
    return "\n".join([*lines, "", *shape.text(total, style="unmet" if wrong else "met")])


def _disagreement(result: SpecimenResult, shape: Layout) -> Iterator[str]:
    wanted = STATUS_NAMES[Status(result.specimen.status)]
    finding = result.finding
    got = f"{STATUS_NAMES[finding.status]}（{finding.status}）" if finding else f"未能核查：{result.fault}"
    yield from shape.text(f"{result.item.id}（{result.item.title}）", style="title")
    yield from shape.field("应为", f"{wanted}（{result.specimen.status}）", indent=2)
    yield from shape.field("得出", got, indent=2, style="unmet")
    yield from shape.field("样句", result.specimen.text.replace("\n", " / "), indent=2)


def _show(checklist: Checklist, wanted: str | None) -> str:
    shape = layout()
    if wanted is not None:
        item = find_item(checklist, wanted)
        return "\n".join([*_item(item, shape), *_rule(item, shape)])
    lines = [*shape.text(f"{checklist.title}（{checklist.version}）", style="title"), shape.rule("=")]
    lines += [*shape.field("编号", checklist.id), *shape.field("依据", checklist.basis)]
    for group in checklist.groups:
        lines += ["", *shape.text(f"【{group.title}】（{len(group.items)}项）", style="group")]
        for item in group.items:
            lines += ["", *_item(item, shape)]
    if checklist.switched_off:
        lines += ["", *shape.text("【停用】", style="group")]
        for name, reason in checklist.switched_off:
            lines += shape.field(name, reason)
    return "\n".join(lines)


def _item(item: Item, shape: Layout) -> Iterator[str]:
    yield from shape.text(f"{item.title}  {item.id}", style="title")
    yield from shape.field("要求", item.requirement, indent=2)
    for number, basis in enumerate(basis_texts(item.basis)):
        yield from shape.field("    " if number else "依据", basis, indent=2)
    levels = (
        "各层级" if set(item.levels) == set(LEVELS) else "、".join(LEVELS[level] for level in item.levels)
    )
    yield from shape.field("适用", levels, indent=2)
    yield from shape.field("数据", "应有数量、名称或日期" if item.figures else "不要求", indent=2)
    yield from shape.field("补写", item.remedy, indent=2)


def _rule(item: Item, shape: Layout) -> Iterator[str]:
    yield from shape.field("认定", CHECK_NAMES.get(item.rule.check, item.rule.check), indent=2)
    rule = item.rule
    lists = (
        ("写法", rule.mention),
        ("对象", rule.about),
        ("写法", rule.about_mention),
        ("话题", rule.topic),
        ("除外", rule.exclude + rule.exclude_about),
        ("为零", rule.nil),
    )
    for label, phrases in lists:
        if phrases:
            yield from shape.field(label, "；".join(phrase.text for phrase in phrases), indent=2)
    for specimen in item.specimens:
        name = STATUS_NAMES[Status(specimen.status)]
        yield from shape.field("样句", f"［{name}］{specimen.text}".replace("\n", " / "), indent=2)
