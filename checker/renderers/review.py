"""Render a review (复核单) as YAML that people fill in with a text editor; it loads again exactly.

A JSON string is a YAML string in double quotes, so that no character of a report can break the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from checker.model.assessment import STATUS_NAMES, Status
from checker.model.decision import DEFECT_STATUS, Decision, Entry, Review

_HEAD = """\
# 人工复核单：由 fazhi review 生成，可以用记事本、WPS 等编辑，保存时编码选 UTF-8。
#
# 怎样填：看过哪一条，就在那一条的 decision: 后面空一格写决定，by: 写姓名，date: 写日期（如 2026-03-05）。
#         没有看过的留空，不要删。
#   确认      同意程序的判定。
#   不认定    这条缺项或者差错不成立，或者与本单位无关。要写 reason（理由）。
#   已反映、反映不具体、仅有计划或自认不足、报告未反映、不适用
#             更正程序的判定，或者回答“需人工核实”的事项。要写 reason（理由）。
#   把缺项改为已反映、反映不具体的，还要在 quote: 后面照抄报告里的一个完整分句（两个标点之间的文字）。
#   文字差错只写确认或不认定；程序判定为已反映、不适用的，不写不认定，写应有的判定；
#   需人工核实的不写确认，写核实的结果。
# 文字里有英文冒号或者 # 号的，请把整段放进英文双引号。
#
# 报告修改以后，用同样的命令再运行一次：条目没有变化的，决定照旧；有变化的，原来的决定移到文件末尾
# （lapsed），由人重新决定。除 decision、reason、quote、by、date 以外请不要改动；自己加的 # 注释不保留。
# 提示“作出决定以后报告文字有改动”的，看过仍然成立，就把那一条的 text: 改成文件开头 text: 的写法。
"""
_PARTS = {
    "报告未反映或仅有计划的事项": (STATUS_NAMES[Status.UNMET], STATUS_NAMES[Status.DEFERRED]),
    "反映不具体的事项": (STATUS_NAMES[Status.THIN],),
    "需要人工核实的事项": (STATUS_NAMES[Status.MANUAL],),
    "文字差错": (DEFECT_STATUS,),
    "已反映的事项（读作“写法相近，请核对”的请先看）": (STATUS_NAMES[Status.MET],),
    "不适用的事项": (STATUS_NAMES[Status.NA],),
}
# what YAML does not print as it is; JSON has already escaped the other control characters
_HIDDEN = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff0-\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def render_review(review: Review) -> str:
    """The review as YAML text: what needs people first."""
    lines = [_HEAD, *_fields("", file=review.file, title=review.title, unit=review.unit)]
    lines += _fields("", year=str(review.year or ""), checklist=review.checklist, version=review.version)
    lines += _fields("", text=review.text)
    lines.append("findings:" if review.entries else "findings: []")
    for title, statuses in _PARTS.items():
        entries = [entry for entry in review.entries if entry.status in statuses]
        if entries:
            lines += ["", f"# ==== {title}（{len(entries)}条） ====", ""]
        for entry in entries:
            lines += [*_entry(entry), ""]
    if review.lapsed:
        lines += ["", "# ==== 失效的决定：条目已有变化，请在上面重新决定 ====", "", "lapsed:"]
        for lapse in review.lapsed:
            lines += [*_entry(lapse.entry), *_fields("    ", why=lapse.why), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _entry(entry: Entry) -> Iterator[str]:
    first, *rest = _fields("    ", id=entry.id, title=entry.title, status=entry.status)
    yield f"  - {first.lstrip()}"
    yield from rest
    yield from _known("    ", requirement=entry.requirement)
    if entry.quotes:
        yield "    quotes:"
    for words in entry.quotes:
        yield f"      - text: {_string(words.text)}"
        page = "" if words.page is None else str(words.page)
        yield from _known("        ", section=words.section, page=page, reading=words.reading)
    yield from _known("    ", lacking=entry.lacking)
    yield from _fields("    ", fingerprint=entry.fingerprint, text=entry.text)
    yield from _decision(entry.decision)


def _decision(decision: Decision | None) -> list[str]:
    if decision is None:
        return [f"    {name}:" for name in ("decision", "reason", "quote", "by", "date")]
    return _fields(
        "    ", decision=decision.word, reason=decision.reason, quote=decision.quote, by=decision.by,
        date=decision.date.isoformat(),
    )  # fmt: skip


def _fields(indent: str, **values: str) -> list[str]:
    return [f"{indent}{name}: {_string(value)}" for name, value in values.items()]


def _known(indent: str, **values: str) -> list[str]:
    """The fields that say anything."""
    return _fields(indent, **{name: value for name, value in values.items() if value})


def _string(text: str) -> str:
    """A text as a string of JSON and of YAML, on one line."""
    written = json.dumps(_SURROGATE.sub("\ufffd", text), ensure_ascii=False)
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
