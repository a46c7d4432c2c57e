"""A file of waivers (豁免) into nouns, or every fault in it: where one is doubtful, none is applied."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from checker.errors import SettingsError
from checker.load.days import parse_day
from checker.load.faults import FileKind, Loc, Source, choices
from checker.load.validate import validated
from checker.model.checklist import Checklist
from checker.model.decision import Waiver

WAIVERS = FileKind(
    "豁免", " templates/waivers.yaml ", "或用 fazhi template new 豁免 写出一份再改。", SettingsError
)
_ALL = "每条豁免都要写 item、unit、reason、approved_by、from、until。"


class WaiverPart(BaseModel):
    """一条豁免。"""

    model_config = ConfigDict(extra="forbid")

    item: str = Field(description=_ALL + "item 写检查项的编号，见 fazhi checklist show。")
    unit: str = Field(description=_ALL + "unit 写报告单位的名称，如 黑井镇。")
    reason: str = Field(description=_ALL + "reason 写豁免的理由。")
    approved_by: str = Field(description=_ALL + "approved_by 写批准的人或机关。")
    first: str = Field(alias="from", description=_ALL + "from 写第一天，如 2026-01-01（当天有效）。")
    last: str = Field(alias="until", description=_ALL + "until 写最后一天，如 2026-12-31（当天有效）。")


class WaiversFile(BaseModel):
    """豁免。"""

    model_config = ConfigDict(extra="forbid")

    waivers: list[WaiverPart] = Field(description="写成 waivers: ，下面每条豁免以“- ”开头。")


def load_waivers(path: Path, checklist: Checklist) -> tuple[Waiver, ...]:
    """The waivers in a file. Raises SettingsError with every fault, its line and a caret."""
    source = Source(path, WAIVERS)
    if not isinstance(source.data, dict):
        source.add((), "没有读到豁免", "第一行写 waivers: ，下面每条豁免以“- ”开头。")
        source.raise_faults()
    known = {item.id for item in checklist.items()} | {name for name, _ in checklist.switched_off}
    file = validated(WaiversFile, source, also=source.check_comments)
    source.check_comments()
    waivers = [_waiver(source, n, part, known) for n, part in enumerate(file.waivers)]
    source.raise_faults()
    return tuple(waiver for waiver in waivers if waiver)


def _waiver(source: Source, number: int, part: WaiverPart, known: Collection[str]) -> Waiver | None:
    """A waiver, or None and its faults in the source."""
    loc: Loc = ("waivers", number)
    for name in ("item", "unit", "reason", "approved_by"):
        if not getattr(part, name).strip():
            source.add((*loc, name), f"“{name}” 不能为空", WaiverPart.model_fields[name].description or "")
    if part.item.strip() and part.item not in known:
        source.add((*loc, "item"), f"清单里没有 “{part.item}” 这一项", _guess(sorted(known), part.item))
    first = parse_day(source, (*loc, "from"), part.first)
    last = parse_day(source, (*loc, "until"), part.last)
    if first is None or last is None:
        return None
    if last < first:
        source.add((*loc, "until"), f"最后一天 {last} 早于第一天 {first}", "from 和 until 两天都算在内。")
    return Waiver(part.item, part.unit.strip(), part.reason, part.approved_by, first, last)


def _guess(known: list[str], given: str) -> str:
    near = choices(known, given).partition("是否")
    return f"{near[1]}{near[2]}全部编号：fazhi checklist show。"
