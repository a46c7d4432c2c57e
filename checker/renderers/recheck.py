"""Render a comparison as text for a terminal or a file (销号情况). Pure: width and colours are given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.model.assessment import ASKED, DEFECT_NAMES, STATUS_NAMES, Assessment, Defect, Status
from checker.model.comparison import OUTCOME_NAMES, Change, Comparison, Outcome, Rewording, Verdict
from checker.model.report import LEVELS
from checker.renderers.decisions import people_text, review_conclusion, review_lines
from checker.renderers.layout import Layout, cells, plain
from checker.renderers.phrasing import quote_text, source_name

STYLES = {
    Outcome.CLOSED: Status.MET,
    Outcome.PARTLY: Status.THIN,
    Outcome.UNCLEAR: Status.MANUAL,
    Outcome.REMAINING: Status.UNMET,
    Outcome.NEW: Status.UNMET,
    Outcome.LIFTED: Status.NA,
}
PARTS = {
    Outcome.CLOSED: "已补充，可销号",
    Outcome.PARTLY: "部分补充，仍不具体",
    Outcome.UNCLEAR: "待人工核对",
    Outcome.REMAINING: "仍需补充",
    Outcome.NEW: "新增",
    Outcome.LIFTED: "不再要求",
}
_NUMERALS = "一二三四五六七八"
_INDENT = 5
_SHOWN = 10


def render_recheck(comparison: Comparison, layout: Layout) -> str:
    """What became of every gap: first what was supplied, then what is open."""
    lines = _head(comparison, layout)
    parts = [(PARTS[outcome], comparison.those(outcome)) for outcome in PARTS]
    told = [(title, changes) for title, changes in parts if changes]
    for numeral, (title, changes) in zip(_NUMERALS, told, strict=False):
        lines += ["", layout.rule(), layout.paint("title", f"{numeral}、{title}（{len(changes)}项）")]
        lines.append(layout.rule())
        for number, change in enumerate(changes, start=1):
            lines += _change(number, change, comparison.new, layout)
    lines += _dropped(comparison.dropped, layout)
    lines += _defects(comparison, layout)
    lines += _reworded(comparison.reworded, layout)
    if people := review_lines(comparison.new, layout):
        lines += ["", *people]
    return "\n".join([*lines, layout.rule("="), *_conclusion_lines(comparison, layout)]) + "\n"


def conclusion(comparison: Comparison) -> str:
    """The counts: of what the older version left to supply, then of what else there is."""
    owed, others = comparison.owed(), comparison.others()
    count = len(owed) + len(comparison.dropped)
    rows = _counts(owed) + ([f"未对照{len(comparison.dropped)}"] if comparison.dropped else [])
    lead = f"原稿需补充{count}项：{'，'.join(rows)}。" if count else "原稿没有需要补充的事项。"
    more = f"此外{'，'.join(_counts(others))}。" if others else ""
    end = "没有未了的事项。" if comparison.settled else ""
    doubt = "新稿的文字可能不全，没有读到的请对照原件。" if comparison.new.report.doubt else ""
    return lead + more + doubt + end


def _counts(changes: Sequence[Change]) -> list[str]:
    counts = {outcome: sum(change.outcome is outcome for change in changes) for outcome in PARTS}
    return [f"{OUTCOME_NAMES[outcome]}{count}" for outcome, count in counts.items() if count]


def _head(comparison: Comparison, layout: Layout) -> list[str]:
    old, new = comparison.old, comparison.new
    report = new.report
    lines = [
        *layout.text(report.title or old.title or "（没有认出报告标题）", style="title"),
        layout.rule("="),
    ]
    for label, path, date in (
        ("原稿", old.path, old.date),
        ("新稿", new.path, report.dates[0].date if report.dates else None),
    ):
        lines += layout.field(label, f"{source_name(path)}（{date.isoformat() if date else '没有认出日期'}）")
    lines += layout.field("单位", report.unit or old.unit or "未认出")
    lines += layout.field("层级", LEVELS.get(report.level, report.level))
    year = report.year or old.year
    lines += layout.field("年度", f"{year}年" if year else "未认出")
    lines += layout.field("清单", f"{new.checklist.title}（{new.checklist.version}）")
    if report.doubt:
        doubt = f"{plain(report.doubt)}。没有读到的不等于没有写，请由人核对原件。"
        lines += layout.field("注意", doubt, style="unmet")
    if comparison.unsure:
        lines += layout.field("注意", comparison.unsure, style="unmet")
    for note in (*new.notes, *comparison.notes):
        lines += layout.field("说明", note)
    return lines + _conclusion_lines(comparison, layout)


def _conclusion_lines(comparison: Comparison, layout: Layout) -> list[str]:
    style = "met" if comparison.settled else "unmet"
    lines = layout.field("结论", conclusion(comparison), style=style)
    manual = "、".join(finding.item.title for finding in comparison.manual)
    if people := review_conclusion(comparison.new):
        lines += layout.field("复核", people)
    return lines + (layout.field("另有", f"两稿都要由人核实的：{manual}。") if manual else [])


def _change(number: int, change: Change, new: Assessment, layout: Layout) -> list[str]:
    item = change.after.item
    before = STATUS_NAMES[change.before] if change.before else "原无此项"
    now = STATUS_NAMES[change.after.status]
    judged = now if before == now else f"{before} → {now}"
    style = STYLES[change.outcome].value
    lines = layout.field(f"{number}.".ljust(3), f"{item.title}［{judged}］（{item.id}）", style=style)
    made = {pair.new: pair.old for pair in change.reworded}
    for quote in change.quotes:
        lines += layout.field("新稿", quote_text(quote), indent=_INDENT)
        if made.get(quote.text):
            lines += layout.field("原稿", f"“{plain(made[quote.text])}”", indent=_INDENT)
    if change.why:
        lines += layout.field("说明", f"{change.why.rstrip('。')}。", indent=_INDENT)
    if people := people_text(change.after, new):
        lines += layout.field("复核", people, indent=_INDENT)
    return lines + _wanting(change, layout)


def _wanting(change: Change, layout: Layout) -> list[str]:
    told = "；".join(lacking(change))
    lines = layout.field("尚缺", told, indent=_INDENT) if told else []
    # what is new to the reader; of the rest the gap report has told already
    wanted = change.outcome in (Outcome.NEW, Outcome.PARTLY)
    return lines + (layout.field("建议", change.after.item.remedy, indent=_INDENT) if wanted else [])


def lacking(change: Change) -> list[str]:
    """What a passage that is there still lacks, or breaks; of an item that is not there at all, nothing."""
    evidence = change.after.evidence
    if change.after.status not in ASKED:
        return []
    if evidence.contrary:
        return [evidence.contrary]
    return list(evidence.lacking) if change.after.status is Status.THIN else []


def _dropped(dropped: Sequence[Verdict], layout: Layout) -> list[str]:
    if not dropped:
        return []
    rows = "；".join(f"{v.title}［{STATUS_NAMES[v.status]}］" for v in dropped)
    return ["", *layout.field("未对照", f"原有缺项{len(dropped)}项已不在本次的清单里，请由人核对：{rows}。")]


def _defects(comparison: Comparison, layout: Layout) -> list[str]:
    changes = comparison.defects
    if not any(changes):
        return []
    counts = f"已改正{len(changes.fixed)}处，仍有{len(changes.remaining)}处，新出现{len(changes.new)}处。"
    lines = ["", layout.rule(), *layout.text(f"文字差错：{counts}", style="title"), layout.rule()]
    for name, defects in zip(("已改正", "仍有", "新出现"), changes, strict=True):
        lines += _some(name, map(defect_text, defects), layout)
    return lines


def defect_text(defect: Defect) -> str:
    """A defect with its words on one line."""
    name = DEFECT_NAMES.get(defect.kind, defect.kind)
    return f"“{plain(defect.quote)}”（{name}：{plain(defect.message)}）"


def _reworded(pairs: Sequence[Rewording], layout: Layout) -> list[str]:
    if not pairs:
        return []
    lines = ["", layout.rule(), layout.paint("title", f"其他改写的文字（{len(pairs)}处）"), layout.rule()]
    for number, pair in enumerate(pairs[:_SHOWN], start=1):
        lines += layout.field(f"{number}.".ljust(3), f"原稿：“{plain(pair.old)}”")
        lines += layout.field("   ", f"新稿：“{plain(pair.new)}”")
    return lines + _more(len(pairs), layout)


def _some(label: str, texts: Iterable[str], layout: Layout) -> list[str]:
    """The first few texts behind one label."""
    told = list(texts)
    lines: list[str] = []
    for text in told[:_SHOWN]:
        lines += layout.field(" " * cells(label) if lines else label, text)
    return lines + _more(len(told), layout)


def _more(count: int, layout: Layout) -> list[str]:
    rest = f"……另有{count - _SHOWN}处，全部见 --format json。"
    return layout.text(rest, indent=_INDENT) if count > _SHOWN else []
