"""Render an assessment as text for a terminal or a file (文字结果). Pure: width and colours are given.

A gap reads 报告未反映, never 未开展: the program reads a report, not the world.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checker.model.assessment import DEFECT_NAMES, STATUS_NAMES, Assessment, Defect, Finding, Status
from checker.model.checklist import Group
from checker.model.report import DATE_NAMES, LEVELS, Stance
from checker.renderers.decisions import people_text, review_conclusion, review_lines
from checker.renderers.layout import Layout, cells, plain
from checker.renderers.phrasing import REPORTED, basis_texts, places, quote_text, read_text, source_name, tops
from checker.renderers.variables import grouped

_COUNTED = {Status.DEFERRED: (Stance.PLANNED, Stance.ADMITTED), Status.UNMET: (Stance.DENIED,)}
_INDENT = 5


def render_report(assessment: Assessment, layout: Layout) -> str:
    """One report: who, what came out, the gaps, and whatever else a person should look at."""
    parts = (
        ("报告未反映或仅有计划的事项", _gaps(assessment, layout)),
        ("已反映但不具体的事项", _thin(assessment, layout)),
        ("前后说法不一的事项", _contradictions(assessment, layout)),
        ("文字差错", _defects(assessment, layout)),
        ("需要人工核实的事项", _manual(assessment, layout)),
    )
    lines = [*_head(assessment, layout), *_overview(assessment, layout)]
    told = [(title, blocks) for title, blocks in parts if blocks]
    for numeral, (title, blocks) in zip("一二三四五", told, strict=False):
        count = sum(len(block) > 1 for block in blocks)
        lines += ["", layout.rule(), layout.paint("title", f"{numeral}、{title}（{count}项）"), layout.rule()]
        for block in blocks:
            lines += ["", *block]
    lines += _likely(assessment, layout) + _cited(assessment, layout)
    if people := review_lines(assessment, layout):
        lines += ["", *people]
    return "\n".join(lines) + "\n"


def _likely(assessment: Assessment, layout: Layout) -> list[str]:
    """What counts as reported only by likeness, with the sentence."""
    lines: list[str] = []
    for finding in assessment.likely():
        quote = next(quote for quote in finding.evidence.quotes if quote.likely)
        lines += layout.field("  ", f"{finding.item.title}：{quote_text(quote)}")
    if not lines:
        return []
    return ["", *layout.field("请核对", "下列事项没有用到常见写法，因与样句相近而视为已反映："), *lines]


def _cited(assessment: Assessment, layout: Layout) -> list[str]:
    """The documents that nobody looked up: information, no fault."""
    if not assessment.unlisted:
        return []
    names = "、".join(map(plain, assessment.unlisted))
    lead = "下列文件不在法规名称表中，未核对名称（地方文件多不在表中，不是差错）："
    return ["", *layout.field("供核对", lead + names)]


def render_conclusion(assessment: Assessment, layout: Layout) -> str:
    """The counts once more, for whoever sees only the end of the output."""
    return "\n".join([layout.rule("="), *_conclusion_lines(assessment, layout)]) + "\n"


def _head(assessment: Assessment, layout: Layout) -> list[str]:
    report, checklist = assessment.report, assessment.checklist
    title = report.title or "（没有认出报告标题，请确认这是一份年度报告）"
    level = LEVELS.get(report.level, report.level)
    if not report.unit:
        level += "（报告没有写明单位，层级系推断，可用 --level 指定）"
    dates = dict.fromkeys(f"{mark.date.isoformat()}（{DATE_NAMES[mark.kind]}）" for mark in report.dates)
    lines = [*layout.text(title, style="title"), layout.rule("=")]
    lines += layout.field("文件", source_name(assessment.path))
    for note in assessment.notes:
        lines += layout.field("读取", plain(note))
    if report.doubt:
        lines += layout.field(
            "注意", f"{plain(report.doubt)}。没有读到的不等于没有写，缺项一律由人核对原件。", style="unmet"
        )
    lines += layout.field("单位", report.unit or "未认出")
    lines += layout.field("层级", level)
    lines += layout.field("年度", f"{report.year}年" if report.year else "未认出")
    lines += layout.field("日期", "、".join(dates) or "未认出")
    source = report.source
    known = dict.fromkeys(filter(None, (source.document_number, source.publisher, source.origin)))
    if known:
        lines += layout.field("出处", "、".join(map(plain, known)))
    lines += layout.field("清单", f"{checklist.title}（{checklist.version}）")
    if checklist.switched_off:
        lines += layout.field("停用", f"{len(checklist.switched_off)}项（本清单停用，不核查）")
    lines += layout.field("范围", f"正文各部分：{places(_whole(assessment))}")
    return lines + _conclusion_lines(assessment, layout)


def _conclusion_lines(assessment: Assessment, layout: Layout) -> list[str]:
    lines = layout.field("结论", _conclusion(assessment), style="unmet" if assessment.gaps() else "met")
    missing = "、".join(f"“{finding.item.title}”" for finding in assessment.missing_parts())
    if missing:
        lines += layout.field("首先", f"报告没有单列的部分：{missing}", style="unmet")
    if people := review_conclusion(assessment):
        lines += layout.field("复核", people)
    return lines


def _conclusion(assessment: Assessment) -> str:
    count = assessment.count
    gaps = len(assessment.gaps())
    rows = [f"{STATUS_NAMES[s]}{count(s)}" for s in (Status.UNMET, Status.DEFERRED) if count(s)]
    lead = f"{gaps}项需要补写（{'，'.join(rows)}）" if gaps else "没有需要补写的事项"
    if assessment.report.doubt and not gaps:
        lead = "文字可能不全，没有认定缺项"
    others = (Status.MET, Status.THIN, Status.MANUAL, Status.NA)
    rest = "，".join(f"{STATUS_NAMES[s]}{count(s)}" for s in others)
    return f"共{len(assessment.findings)}项，{lead}；{rest}。文字差错{len(assessment.defects)}处。"


def _overview(assessment: Assessment, layout: Layout) -> list[str]:
    """The titles of the gaps, a line for each group: what a chief reads in ten seconds."""
    lines = []
    for group, findings in _grouped(assessment, (Status.UNMET, Status.DEFERRED)):
        titles = "；".join(f.item.title for f in findings)
        lines += layout.text(f"{group.title}（{len(findings)}）：{titles}", indent=2)
    return ["", layout.paint("title", "需要补写的事项一览"), *lines] if lines else []


def _grouped(assessment: Assessment, statuses: Sequence[Status]) -> Iterator[tuple[Group, list[Finding]]]:
    for group, members in grouped(assessment):
        if findings := [finding for finding in members if finding.status in statuses]:
            yield group, findings


def _gaps(assessment: Assessment, layout: Layout) -> list[list[str]]:
    blocks: list[list[str]] = []
    number = 0
    for group, findings in _grouped(assessment, (Status.UNMET, Status.DEFERRED)):
        blocks.append(["\n".join(layout.text(f"【{group.title}】", style="group"))])
        for finding in findings:
            number += 1
            blocks.append(_gap(number, finding, assessment, layout))
    return blocks


def _gap(number: int, finding: Finding, assessment: Assessment, layout: Layout) -> list[str]:
    item = finding.item
    lines = _title(number, finding, layout)
    lines += layout.field("要求", item.requirement, indent=_INDENT)
    lines += _fields("依据", basis_texts(item.basis), layout)
    lines += _people(finding, assessment, layout)
    lines += _what_it_says(finding, assessment, layout)
    return lines + layout.field("建议", item.remedy, indent=_INDENT)


def _people(told: Finding | Defect, assessment: Assessment, layout: Layout) -> list[str]:
    """What a person decided of it."""
    text = people_text(told, assessment)
    return layout.field("复核", text, indent=_INDENT) if text else []


def _title(number: int, finding: Finding, layout: Layout) -> list[str]:
    text = f"{finding.item.title}［{STATUS_NAMES[finding.status]}］（{finding.item.id}）"
    return layout.field(f"{number}.".ljust(3), text, style=finding.status.value)


def _fields(label: str, texts: Iterable[str], layout: Layout) -> list[str]:
    """Several paragraphs behind one label."""
    lines: list[str] = []
    for text in texts:
        lines += layout.field(" " * cells(label) if lines else label, text, indent=_INDENT)
    return lines


def _what_it_says(finding: Finding, assessment: Assessment, layout: Layout) -> list[str]:
    """What the report says on a gap, or where it was searched; and what was found but does not count."""
    evidence = finding.evidence
    if evidence.contrary:
        lines = _fields("原文", map(quote_text, evidence.quotes), layout)
        return lines + layout.field("核查", f"{evidence.contrary}。", indent=_INDENT)
    counted = [q for q in evidence.quotes if q.stance in _COUNTED[finding.status]]
    others = [q for q in evidence.quotes if q.stance not in _COUNTED[finding.status]]
    lines = _fields("原文", map(read_text, counted), layout)
    if not counted and not finding.own:
        lines += layout.field("核查", _absence(finding, assessment), indent=_INDENT)
    if evidence.nearest:
        lines += layout.field("相近", f"最接近的段落：{quote_text(evidence.nearest)}", indent=_INDENT)
    return lines + _fields("另见", (f"{read_text(q)}，不作数" for q in others), layout)


def _absence(finding: Finding, assessment: Assessment) -> str:
    evidence = finding.evidence
    missing = "、".join(evidence.lacking)
    is_part = finding.item.rule.check != "mention" and missing
    fault = f"报告没有“{missing}”" if is_part else "报告未反映这方面的情况"
    searched = tops(evidence.searched)
    where = "全文" if searched == tops(_whole(assessment)) else places(evidence.searched)
    return f"{fault}（查找范围：{where or '没有可查找的部分'}）。"


def _whole(assessment: Assessment) -> tuple[str, ...]:
    """The parts of the body, as the widest search names them."""
    return max((f.evidence.searched for f in assessment.findings), key=len, default=())


def _thin(assessment: Assessment, layout: Layout) -> list[list[str]]:
    blocks = []
    for number, finding in enumerate(_with(assessment, Status.THIN), start=1):
        lines = _title(number, finding, layout) + _people(finding, assessment, layout)
        quotes = [q for q in finding.evidence.quotes if q.stance in REPORTED]
        lines += _fields("原文", map(quote_text, quotes), layout)
        lines += layout.field("缺少", "、".join(finding.evidence.lacking) or "具体情况", indent=_INDENT)
        blocks.append(lines + layout.field("建议", finding.item.remedy, indent=_INDENT))
    return blocks


def _with(assessment: Assessment, *statuses: Status) -> list[Finding]:
    return [f for f in assessment.findings if f.status in statuses]


def _contradictions(assessment: Assessment, layout: Layout) -> list[list[str]]:
    """Items that the report says were done and, elsewhere, were not."""
    blocks: list[list[str]] = []
    for finding in _with(assessment, Status.MET, Status.THIN):
        quotes = finding.evidence.quotes
        denied = [quote_text(q) for q in quotes if q.stance is Stance.DENIED]
        if denied:
            lines = _title(len(blocks) + 1, finding, layout)
            lines += _fields("一处", (quote_text(q) for q in quotes if q.stance in REPORTED), layout)
            lines += _fields("另处", denied, layout)
            blocks.append(lines + layout.field("建议", "请核对两处说法，改为一致。", indent=_INDENT))
    return blocks


def _defects(assessment: Assessment, layout: Layout) -> list[list[str]]:
    blocks = []
    for number, defect in enumerate(assessment.defects, start=1):
        name = DEFECT_NAMES.get(defect.kind, defect.kind)
        lines = layout.field(f"{number}.".ljust(3), f"{name}：{defect.message} [{defect.fingerprint}]")
        section = assessment.report.section_at(defect.span)
        place = plain(section.title if section else "") or "正文"
        lines += layout.field("原文", f"“{plain(defect.quote)}”（{place}）", indent=_INDENT)
        if defect.suggestion:
            lines += layout.field("建议", defect.suggestion, indent=_INDENT)
        lines += _people(defect, assessment, layout)
        blocks.append(lines)
    return blocks


def _manual(assessment: Assessment, layout: Layout) -> list[list[str]]:
    blocks = []
    for number, finding in enumerate(_with(assessment, Status.MANUAL), start=1):
        lines = _title(number, finding, layout)
        lines += layout.field("要求", finding.item.requirement, indent=_INDENT)
        lines += layout.field("原因", finding.evidence.undecidable or "仅凭文字无法判断", indent=_INDENT)
        lines += _people(finding, assessment, layout)
        blocks.append(lines + _fields("原文", map(quote_text, finding.evidence.quotes), layout))
    return blocks
