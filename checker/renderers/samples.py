"""An invented unit, obviously so, to try templates with (示例数据): with everything, and with next to nothing. Pure."""

from __future__ import annotations

import datetime
from typing import Any

from checker.model.assessment import Assessment, Defect, Evidence, Finding, Quote, Status
from checker.model.checklist import Basis, Checklist, Group, Item, Rule, Wording
from checker.model.comparison import Change, Comparison, DefectChanges, Earlier, Outcome, Rewording, Verdict
from checker.model.decision import Decision, Entry, Lapse, Review, Waiver, WaiverUse
from checker.model.letter import Issuer, Letter
from checker.model.report import DateMark, Report, Role, Section, Span, Stance

DATE, DUE = datetime.date(2026, 3, 5), datetime.date(2026, 3, 31)
_UNIT, _TITLE = "示例镇", "示例镇2025年法治政府建设年度报告"
_WORDS = "示例：全年召开听证会2次。"
_TEXT = f"{_TITLE}\n一、主要举措\n{_WORDS}\n"
_AT = _TEXT.index(_WORDS)
_PLACE, _FIGURE = Span(_AT, _AT + len(_WORDS)), Span(_AT + 9, _AT + 11)
_DECISION = Decision("确认", "示例：已核对原文", _WORDS, "示例：张某", DATE)
_WAIVER = Waiver("sample.item-9", _UNIT, "示例：本年机构合并", "示例区司法局", DATE, DUE)
_AFTER = {
    Outcome.CLOSED: Status.MET,
    Outcome.PARTLY: Status.THIN,
    Outcome.UNCLEAR: Status.MET,
    Outcome.REMAINING: Status.UNMET,
    Outcome.NEW: Status.DEFERRED,
    Outcome.LIFTED: Status.NA,
}
_DATES = (DateMark("published", datetime.date(2026, 1, 20), Span(0, 4)),)


def full() -> Assessment:
    """A report with findings of every status, and with all that people may have had to say."""
    wanting = [
        _finding(2, Status.UNMET, nearest=_quote(Stance.OTHER_YEAR)),
        _finding(3, Status.UNMET, _quote(Stance.DONE), contrary="示例：日期晚于第一季度。"),
        _finding(4, Status.DEFERRED, _quote(Stance.PLANNED)),
        _finding(5, Status.DEFERRED, _quote(Stance.ADMITTED)),
        _finding(6, Status.THIN, _quote(Stance.ASSERTED), lacking=("次数", "日期")),
    ]
    others = [
        Finding(_item(1), Status.MET, Evidence((_quote(Stance.DONE),)), Status.UNMET, _DECISION),
        _finding(7, Status.MANUAL, undecidable="示例：报告没有发布日期。"),
        _finding(8, Status.NA),
        Finding(_item(9), Status.NA, Evidence(), Status.UNMET, waiver=_WAIVER),
        Finding(_item(10, check="section"), Status.UNMET, Evidence()),
        Finding(_item(11), Status.UNMET, Evidence(), decision=_DECISION),
        _finding(12, Status.UNMET, _quote(Stance.DENIED)),
    ]
    entry = Entry("sample.item-4", "示例事项4", "仅有计划或自认不足", "0", decision=_DECISION)
    review = Review("示例镇.docx", _TITLE, _UNIT, 2025, "sample", "1", "", (entry,), path="示例镇-复核.yaml")
    return _assessment(
        *wanting, *others, defects=(_defect(),), notes=("示例：图片中的文字没有读入。",), review=review,
        lapsed=(Lapse(entry, "示例：原文已改"),),
        waivers=(WaiverUse(_WAIVER, "", "示例事项9"), WaiverUse(_WAIVER, "示例：期限已过", "示例事项9")),
    )  # fmt: skip


def bare() -> Assessment:
    """A report in which nothing was found wanting, of a file that may not be whole."""
    return _assessment(_finding(1, Status.MET, _quote(Stance.DONE)), doubt="示例：文件是扫描件，文字可能不全")


def lacking_one() -> Assessment:
    """A report that lacks a single item, of a year that it does not name."""
    return _assessment(_finding(1, Status.UNMET), year=None, dates=())


def letter() -> Letter:
    """A letter with its number and day, by a body that has everything to tell."""
    return Letter(_issuer(cc=("示例区人民政府办公室", "示例区档案局")), "示例镇人民政府", DATE, 12, DUE)


def draft() -> Letter:
    """A letter whose number and day are left open, by a body that will set no seal."""
    return Letter(_issuer(seal=False), "示例镇人民政府", None, None, None)


def supplied() -> tuple[Finding, ...]:
    """What a follow-up letter thanks for."""
    return (_finding(20, Status.MET, _quote(Stance.DONE)),)


def comparison() -> Comparison:
    """Two versions of a report, with everything that may have become of an item."""
    reworded = (Rewording("示例：拟召开听证会。", _WORDS),)
    said = _quote(Stance.DONE)
    changes = [
        Change(
            outcome,
            Status.UNMET,
            _finding(n, after, said, lacking=("日期",)),
            (said,),
            reworded,
            "示例：说明。",
        )
        for n, (outcome, after) in enumerate(_AFTER.items(), start=1)
    ]
    changes.append(Change(Outcome.NEW, None, _finding(20, Status.UNMET)))
    new = _assessment(*(change.after for change in changes), notes=("示例：读取说明。",))
    defects = DefectChanges((_defect(),), (_defect(),), (_defect(),))
    dropped = (Verdict("示例停用项", Status.UNMET),)
    manual = (_finding(21, Status.MANUAL),)
    old = Earlier.of(new)
    return Comparison(old, new, tuple(changes), dropped, manual, defects, reworded, ("示例：对照说明。",))


def settled() -> Comparison:
    """Two versions of a report in which nothing is open."""
    new = _assessment(_finding(1, Status.MET, _quote(Stance.DONE)), year=None, dates=())
    return Comparison(Earlier.of(new), new, ())


# --- the parts ------------------------------------------------------------------------------------


def _issuer(*, cc: tuple[str, ...] = (), seal: bool = True) -> Issuer:
    return Issuer(
        body="示例区司法局", own="我局", kind="函", area="示例省示例市示例区", prefix="示司函", first=1,
        contact="示例：李某", phone="0000-0000000", deadline=15, cc=cc, seal=seal, office="示例区司法局办公室",
    )  # fmt: skip


def _assessment(
    *findings: Finding,
    doubt: str = "",
    year: int | None = 2025,
    dates: tuple[DateMark, ...] = _DATES,
    **given: Any,
) -> Assessment:
    items = tuple(finding.item for finding in findings)
    groups = (Group("a", "示例类别甲", items[::2]), Group("b", "示例类别乙", items[1::2]))
    off = (("sample.off", "示例：本地不要求"),)
    checklist = Checklist("sample", "示例清单", "1", "《示例意见》", groups, Wording(), off)
    head = Span(_TEXT.index("一、"), _TEXT.index("一、") + 6)
    section = Section("主要举措", 1, Role.MEASURES, Span(head.start, len(_TEXT)), head)
    report = Report(
        _TEXT, _TITLE, Span(0, len(_TITLE)), _UNIT, "township", year, dates, sections=(section,), doubt=doubt
    )
    return Assessment(f"{_UNIT}.docx", report, checklist, findings, **given)


def _item(number: int, *, check: str = "mention") -> Item:
    basis = (
        Basis("《示例意见》", "第一条", quotation="示例：条款原文。", levels=("township",)),
        Basis("《示例规定》", "第二条", summary="示例：条款要点。"),
    )
    title = f"示例事项{number}"
    return Item(
        f"sample.item-{number}", title, f"示例：应当写明{title}。", basis, ("township",), True, Rule(check),
        f"示例：请补写{title}____次。",
    )  # fmt: skip


def _finding(number: int, status: Status, *quotes: Quote, **evidence: Any) -> Finding:
    return Finding(_item(number), status, Evidence(quotes, searched=("主要举措",), **evidence))


def _quote(stance: Stance) -> Quote:
    return Quote(_PLACE, _WORDS, stance, "主要举措", _FIGURE, "示例：认定的理由", page=1)


def _defect() -> Defect:
    return Defect(
        "text.sum", _FIGURE, "2次", "示例：分项之和与合计不符", "示例：请核对次数。", decision=_DECISION
    )
