"""Why an item came out as it did (原因), in words for the reader of a comparison."""

from __future__ import annotations

from collections.abc import Sequence

from checker.compare.rewording import OlderText, Trace
from checker.model.assessment import STATUS_NAMES, Finding, Quote, Status
from checker.model.comparison import Verdict
from checker.model.report import Stance

_MOVED = "所据文字原稿已有，仅移动了位置或前后文有改动，没有新的内容"
_REWORDED = "所据文字由原稿改写而来，没有新的数量、名称或日期"
_SAME = "仅由原稿文字移动或改写而来，没有新的数量、名称或日期"
_LIKELY = "没有用到常见写法，因与样句相近而视为已反映"
_ORDER = (Status.UNMET, Status.DEFERRED, Status.THIN)


def doubt_of(after: Finding, traces: Sequence[tuple[Quote, Trace]], older: OlderText) -> str:
    """Why words do not close a gap without a person; empty where they do."""
    fresh = [quote for quote, trace in traces if trace.fresh]
    if not fresh:
        return _MOVED if all(older.holds(quote.text) for quote, _ in traces) else _REWORDED
    stances = {quote.stance for quote in after.evidence.quotes}
    # 未制定规范性文件，备案0件 denies and states a zero in one breath
    if Stance.DENIED in stances and Stance.NIL not in stances:
        return "另有一处说没有做，两处说法不一"
    return _LIKELY if all(quote.likely for quote in fresh) else ""


def why_new(before: Verdict | None, newer: OlderText) -> str:
    if before is None:
        return "核查原稿的清单没有这一项"
    if before.status is Status.MET:
        kept = before.quotes and all(map(newer.holds, before.quotes))
        return "原据以认定的文字仍在，但已不能据以认定" if kept else "原据以认定的文字已删去或改动"
    if before.status is Status.NA:
        return "原稿按当时认定的层级不适用"
    return "原稿未能判定，需人工核实"


def why_undecided(after: Finding) -> str:
    if after.decision or after.waiver:
        return ""
    if after.status is Status.NA:
        return "新稿按所认层级不适用"
    return after.evidence.undecidable or STATUS_NAMES[after.status]


def why_wanting(before: Verdict, after: Finding, fresh: bool, newer: OlderText) -> str:
    gone = bool(before.quotes) and not any(map(newer.holds, before.quotes))
    if _ORDER.index(after.status) < _ORDER.index(before.status):
        return "原稿写到的文字已删去或改动，判定比原稿低" if gone else "判定比原稿低"
    if before.status is not after.status:
        return "现已写到，但只是计划或自认不足" if after.status is Status.DEFERRED else _SAME
    if fresh:
        return "已补充文字，但仍不具体"
    return "文字有改动，仍未补足" if gone else ""
