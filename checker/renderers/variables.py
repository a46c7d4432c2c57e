"""What templates may use (模板数据): a report, its findings and quotations as plain data. Pure.

A finding: number (runs through the part), id, title, requirement, remedy, status, status_name,
basis (list of {document, clause, quotation, summary}), quotes (list of {text, section, stance,
stance_name, reason, figure}), lacking (list), searched (list of headings), undecidable, contrary,
nearest (a quote, or none: the passage to look at first; it is no evidence), decision and waiver (what
people decided, or none: see `decision_data` and `waiver_data`).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from checker.model.assessment import STATUS_NAMES, Assessment, Finding, Quote, Status
from checker.model.checklist import Basis, Group
from checker.model.decision import CONFIRM, DISMISS, Decision, Waiver
from checker.model.report import LEVELS, Report, Stance, chinese_date
from checker.renderers.phrasing import page_text, tops


def report_data(report: Report) -> dict[str, Any]:
    """title, unit, year ("" when unknown), level (乡镇…)."""
    return {
        "title": report.title,
        "unit": report.unit,
        "year": "" if report.year is None else str(report.year),
        "level": LEVELS.get(report.level, report.level),
    }


def groups_with(assessment: Assessment, *statuses: Status) -> list[dict[str, Any]]:
    """The groups that have findings of these statuses; numbers run through the whole part."""
    numbers = itertools.count(1)
    return groups_of(
        assessment,
        lambda finding: finding.status in statuses,
        lambda finding: finding_data(next(numbers), finding, assessment.report),
    )


def groups_of(
    assessment: Assessment, wanted: Callable[[Finding], bool], told: Callable[[Finding], dict[str, Any]]
) -> list[dict[str, Any]]:
    """The groups that have findings that are wanted, each as it is told: numeral (一…), title, findings."""
    part: list[dict[str, Any]] = []
    for group, findings in grouped(assessment):
        if data := [told(finding) for finding in findings if wanted(finding)]:
            part.append({"numeral": numeral(len(part) + 1), "title": group.title, "findings": data})
    return part


def grouped(assessment: Assessment) -> list[tuple[Group, list[Finding]]]:
    """The findings under their groups, in the checklist's order."""
    groups = assessment.checklist.groups
    homes = {item.id: group.id for group in groups for item in group.items}
    members: dict[str, list[Finding]] = {group.id: [] for group in groups}
    for finding in assessment.findings:
        # A finding without a group would vanish from the document: better to fail here.
        members[homes[finding.item.id]].append(finding)
    return [(group, members[group.id]) for group in groups]


def finding_data(number: int, finding: Finding, report: Report) -> dict[str, Any]:
    """A finding as the module's head tells."""
    item, evidence = finding.item, finding.evidence
    return {
        "number": number,
        "id": item.id,
        "title": item.title,
        "requirement": item.requirement,
        "remedy": item.remedy,
        "status": finding.status.value,
        "status_name": STATUS_NAMES[finding.status],
        "basis": [_basis(basis) for basis in item.basis],
        "quotes": [quote_data(quote, report) for quote in _shown(finding)],
        "lacking": list(evidence.lacking),
        "searched": tops(evidence.searched),
        "undecidable": evidence.undecidable,
        "contrary": evidence.contrary,
        "nearest": quote_data(evidence.nearest, report) if evidence.nearest else None,
        "decision": decision_data(finding.decision, finding.judged) if finding.decision else None,
        "waiver": waiver_data(finding.waiver) if finding.waiver else None,
    }


def decision_data(decision: Decision, own: Status | None = None) -> dict[str, str]:
    """verdict (确认, 不认定, 更正), word (the status it was corrected to), own_name, reason, quote, by, date.

    own: the program's own judgement of an item; a defect has none.
    """
    name = STATUS_NAMES[own] if own else ""
    word = CONFIRM if decision.word == name else decision.word
    corrected = word not in (CONFIRM, DISMISS)
    return {
        "verdict": "更正" if corrected else word,
        "word": word if corrected else "",
        "own_name": name,
        "reason": decision.reason,
        "quote": decision.quote,
        "by": decision.by,
        "date": chinese_date(decision.date),
    }


def waiver_data(waiver: Waiver) -> dict[str, str]:
    """item (its id), unit, reason, approved_by, first, last (days, both included)."""
    return {
        "item": waiver.item,
        "unit": waiver.unit,
        "reason": waiver.reason,
        "approved_by": waiver.approved_by,
        "first": chinese_date(waiver.first),
        "last": chinese_date(waiver.last),
    }


def _shown(finding: Finding) -> list[Quote]:
    """What shows a met or thin item, and what contradicts it; for a gap, all that was found."""
    if finding.status not in (Status.MET, Status.THIN):
        return list(finding.evidence.quotes)
    shown = (Stance.DONE, Stance.ASSERTED, Stance.NIL, Stance.DENIED)
    return [quote for quote in finding.evidence.quotes if quote.stance in shown]


def _basis(basis: Basis) -> dict[str, str]:
    return {
        "document": basis.document,
        "clause": basis.clause,
        "quotation": basis.quotation,
        "summary": basis.summary,
    }


def quote_data(quote: Quote, report: Report) -> dict[str, str]:
    """A quotation as the module's head tells."""
    return {
        "text": quote.text,
        "section": _place(quote),
        "stance": quote.stance.value,
        "stance_name": quote.stance_name,
        "reason": quote.reason,
        "figure": report.quote(quote.figure) if quote.figure else "",
    }


def _place(quote: Quote) -> str:
    """The heading a quotation stands under, its page, and whether it is to be looked at."""
    page, likely = page_text(quote), f"；{quote.stance_name}" if quote.likely else ""
    return f"{quote.section or '未设标题部分'}{page}{likely}" if page or likely else quote.section


def numeral(number: int) -> str:
    """一 to 九十九, as headings count."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if tens == 0:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
