"""`fazhi template` (模板): a copy of a shipped template to edit, and a look at one that was edited."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from checker.cli.documents import TEMPLATES
from checker.cli.output import check_folder, write_files
from checker.cli.paths import real
from checker.cli.terminal import layout, say
from checker.errors import OutputError, TemplateError
from checker.renderers.layout import Layout
from checker.resources import resource

if TYPE_CHECKING:
    from checker.renderers.inspection import Inspection
    from checker.renderers.names import Unknown

FINE, DOUBTFUL, UNUSABLE = 0, 1, 2
_LETTER = "fazhi letter 报告.docx --issuer 发文设置.yaml --date 今天 -o 公函 --template {}"
# kind -> its file, and how a copy is used
_SHIPPED = {
    "letter": ("letter.docx", _LETTER),
    "notice": ("notice.docx", _LETTER),
    "report": ("gap-report.docx", "fazhi check 报告.docx --out 核查结果 --template {}"),
    "recheck": ("recheck.docx", "fazhi recheck 旧报告.docx 新报告.docx -o 销号表 --template {}"),
    "issuer": ("issuer.yaml", "fazhi letter 报告.docx --issuer {} --date 今天 -o 公函"),
    "waivers": ("waivers.yaml", "fazhi check 报告.docx --waivers {}"),
}
_SHOWN_PLACES, _AROUND = 3, 40


def run(arguments: argparse.Namespace) -> int:
    """The action that was named."""
    return _new(arguments) if arguments.action == "new" else _check(arguments)


# --- new ------------------------------------------------------------------------------------------


def _new(arguments: argparse.Namespace) -> int:
    name, use = _SHIPPED[arguments.kind]
    source = resource("templates", name)
    out = _target(arguments.out, f"{TEMPLATES[arguments.kind][0]}{source.suffix}")
    write_files(out.parent, {out.name: source.read_bytes()})
    if source.suffix == ".docx":
        say(f"已写出 {out}。请用 Word 或 WPS 修改，{{{{ }}}} 和 {{% %}} 里的标记要保留。")
        say(f"改好后检查：fazhi template check {out}")
    else:
        say(f"已写出 {out}。请用记事本等打开，按里面的说明改成本单位的内容。")
    say(f"使用：{use.format(out)}")
    return FINE


def _target(out: Path | None, name: str) -> Path:
    """Where the copy goes: never over a file. Raises OutputError."""
    target = out / name if out and out.is_dir() else out or Path(name)
    if target.suffix.lower() != Path(name).suffix:
        raise OutputError(f"{target}：文件名请以 {Path(name).suffix} 结尾。")
    if target.exists() or target.is_symlink():
        raise OutputError(f"{target} 已经存在，没有改写。请用 -o 另起一个文件名。")
    check_folder(target.parent)
    return target


# --- check ----------------------------------------------------------------------------------------


def _check(arguments: argparse.Namespace) -> int:
    from checker.renderers.inspection import inspect, kind_of  # loads docxtpl
    from checker.renderers.word import WordTemplate

    path, out = Path(arguments.file), arguments.sample
    if out:
        _check_sample(out, path)
    template = WordTemplate(path)
    kind = arguments.kind or kind_of(template)
    if not kind:
        raise TemplateError(f"{path}：看不出是哪一种模板。请用 --kind 写明：函、通知、核查报告或销号表。")
    told = inspect(template, kind)
    if out and told.sample:
        write_files(out.parent, {out.name: told.sample})
    say("\n".join(_lines(told, path, layout())))
    if out:
        say(
            f"已写出示例 {out}（示例镇等内容都是虚构的）。"
            if told.sample
            else f"没有写出示例 {out}：模板还不能填写。"
        )
    return UNUSABLE if not told.usable else DOUBTFUL if told.wanting or told.left else FINE


def _check_sample(out: Path, template: Path) -> None:
    if out.is_dir():
        raise OutputError(f"{out} 是文件夹。--sample 后面请写一个文件名。")
    if out.suffix.lower() != ".docx":
        raise OutputError(f"{out}：示例是 Word 文档，--sample 后面的文件名请以 .docx 结尾。")
    if real(out) == real(template):
        raise OutputError(f"{out} 就是模板本身，不能改写。请给示例另起一个名字。")
    check_folder(out.parent)


def _lines(told: Inspection, path: Path, shape: Layout) -> Iterator[str]:
    name = TEMPLATES[told.kind][0]
    yield from shape.text(f"模板 {path}（种类：{name}）", style="title")
    for unknown in told.unknown:
        yield from _unknown(unknown, shape)
    if told.fault:
        yield from ("", *shape.text("填写示例数据时出错：", style="unmet"))
        for line in told.fault.splitlines():
            yield from shape.text(line, indent=2)
    if told.left:
        yield from (
            "",
            *shape.text(
                "填写以后还留着标记（括号不成对、用了全角括号，或者写在填不到的地方）：", style="deferred"
            ),
        )
        for text in told.left:
            yield from shape.text(text, indent=2)
    for heading, names, style in (
        (f"没有用到，而{name}里应当有的内容：", told.wanting, "deferred"),
        ("没有用到的变量（供参考，不是差错）：", told.unused, ""),
    ):
        if names:
            yield from ("", *shape.text(heading, style=style), *shape.text("、".join(names), indent=2))
    yield from ("", *_verdict(told, shape))


def _unknown(unknown: Unknown, shape: Layout) -> Iterator[str]:
    guess = f"是否想写：{unknown.guess}" if unknown.guess else ""
    what = "模板只能取用数据" if unknown.forbidden else f"没有这个{unknown.kind}"
    yield from ("", *shape.text(f"{unknown.name}：{what}。{guess}", style="unmet"))
    for place in unknown.places[:_SHOWN_PLACES]:
        yield from shape.text(_excerpt(place, unknown.name), indent=2)
    if (more := len(unknown.places) - _SHOWN_PLACES) > 0:
        yield from shape.text(f"另有{more}段", indent=2)


def _excerpt(place: str, name: str) -> str:
    """What stands around a name in its paragraph, behind the part it stands in."""
    part, _, text = place.partition("：")
    found = re.search(rf"(?<![\w.]){re.escape(name.split('|')[0])}", text)
    at = found.start() if found else 0
    start, end = max(0, at - _AROUND), at + len(name) + _AROUND
    return f"{part}：{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _verdict(told: Inspection, shape: Layout) -> list[str]:
    if not told.usable:
        return shape.text("不能使用：请改好上面的问题，存盘后再检查一次。", style="unmet")
    if told.wanting or told.left:
        return shape.text("可以填写，但请先核对上面的问题。", style="deferred")
    return shape.text("可以使用：变量都认得，示例数据能够填写。", style="met")
