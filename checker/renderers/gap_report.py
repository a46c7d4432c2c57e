"""Render an assessment as a gap report in DOCX (核查情况报告) by filling a Word template.

The wording and the looks live in the template (``templates/gap-report.docx`` or the user's own);
this module gives it plain data. The variables are listed at `gap_report_context`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from checker.model.assessment import DEFECT_NAMES, STATUS_NAMES, Assessment, Defect, Finding, Status
from checker.model.decision import Lapse
from checker.model.report import Report, chinese_date
from checker.renderers.decisions import decisions_of, is_outdated, unseen_counts, unseen_names
from checker.renderers.variables import (
    decision_data,
    grouped,
    groups_with,
    report_data,
    waiver_data,
)
from checker.renderers.word import WordTemplate, let_long_rows_break

BAR_SLOTS = 20
BAR_ORDER = (Status.MET, Status.THIN, Status.DEFERRED, Status.UNMET, Status.MANUAL)


def render_gap_report(assessment: Assessment, *, template: WordTemplate, date: datetime.date) -> bytes:
    """Fill the template with the assessment (填写核查报告). The same input gives the same bytes."""
    return template.fill(gap_report_context(assessment, date), date=date, finish=let_long_rows_break)


def gap_report_context(assessment: Assessment, date: datetime.date) -> dict[str, Any]:
    """The variables of a template (模板变量): plain dicts, lists, strings and counts.

    date      day of the check, "2026年3月5日"
    file      name of the file that was read
    notes     list of sentences: how it was read, what was not
    doubt     why its text may not be whole ("" when it is): then nothing counts as a gap
    report    title, unit, year ("" when unknown), level (乡镇…)
    checklist title, version, basis, total, switched_off: list of {id, reason}
    names     status -> its Chinese name; statuses: met thin deferred unmet manual na
    counts    one number for each status, and: total, applicable (total less na), gaps, defects
    groups    every group of the checklist: title, total (applicable), counts, bar
              (list of 20 statuses in proportion, "none" where nothing applies)
    overall   the same for all groups together (title "")
    gaps, thin, manual, met
              the groups that have such findings: numeral (一、二…), title, findings
    missing_parts  titles of the parts of their own that the report lacks
    na        titles of the items that do not apply, with （豁免） or （人工决定） behind them
    defects   number, kind, name (Chinese), place (heading), quote, message, suggestion, decision
    review    none where nobody was asked to review and nothing is waived, else what people had to say:
              asked (whether reviews were asked for), file (name of the review; "" where this report
              has none), decided (list of {title, decision, outdated}), waivers (list of
              {title, waiver, why}; why is "" where it was applied), lapsed (list of {title, status_name,
              decision, why}), unseen {total, counts: list of {name, count}, names: list of {name, titles}}

    A finding: see `checker.renderers.variables`.
    """
    return {
        "date": chinese_date(date),
        "file": Path(assessment.path).name,
        "notes": list(assessment.notes),
        "doubt": assessment.report.doubt,
        "report": report_data(assessment.report),
        "checklist": _checklist(assessment),
        "names": {status.value: name for status, name in STATUS_NAMES.items()},
        "counts": _counts(assessment.findings) | {"defects": len(assessment.defects)},
        "groups": [_summary(group.title, findings) for group, findings in grouped(assessment)],
        "overall": _summary("", assessment.findings),
        "missing_parts": [finding.item.title for finding in assessment.missing_parts()],
        "gaps": groups_with(assessment, Status.UNMET, Status.DEFERRED),
        "thin": groups_with(assessment, Status.THIN),
        "manual": groups_with(assessment, Status.MANUAL),
        "met": groups_with(assessment, Status.MET),
        "na": [_na(finding) for finding in assessment.findings if finding.status is Status.NA],
        "defects": [
            _defect(number, defect, assessment.report)
            for number, defect in enumerate(assessment.defects, start=1)
        ],
        "review": _review(assessment) if assessment.review or assessment.waivers else None,
    }


def _na(finding: Finding) -> str:
    """The title, and who said that it does not apply where it was not the program."""
    if finding.waiver:
        return f"{finding.item.title}（豁免）"
    return f"{finding.item.title}（人工决定）" if finding.decision else finding.item.title


def _review(assessment: Assessment) -> dict[str, Any]:
    """What people decided, what holds no longer, and what nobody has looked at."""
    return {
        "asked": bool(assessment.review),
        "file": Path(assessment.review.path).name if assessment.review else "",
        "decided": [
            {
                "title": title,
                "decision": decision_data(decision, own),
                "outdated": is_outdated(decision, assessment),
            }
            for title, decision, own in decisions_of(assessment)
        ],
        "waivers": [
            {"title": use.title, "waiver": waiver_data(use.waiver), "why": use.why}
            for use in assessment.waivers
        ],
        "lapsed": [_lapse(lapse) for lapse in assessment.lapsed],
        "unseen": {
            "total": len(assessment.unseen()),
            "counts": [{"name": name, "count": count} for name, count in unseen_counts(assessment)],
            "names": [{"name": name, "titles": titles} for name, titles in unseen_names(assessment)],
        },
    }


def _lapse(lapse: Lapse) -> dict[str, Any]:
    entry = lapse.entry
    told = {"title": entry.title, "status_name": entry.status, "why": lapse.why}
    return told | {"decision": decision_data(entry.decision) if entry.decision else None}


def _checklist(assessment: Assessment) -> dict[str, Any]:
    checklist = assessment.checklist
    return {
        "title": checklist.title,
        "version": checklist.version,
        "basis": checklist.basis,
        "total": len(assessment.findings),
        "switched_off": [{"id": item, "reason": reason} for item, reason in checklist.switched_off],
    }


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    counts = {status.value: sum(f.status is status for f in findings) for status in Status}
    gaps = counts[Status.UNMET] + counts[Status.DEFERRED]
    applicable = len(findings) - counts[Status.NA]
    return counts | {"total": len(findings), "applicable": applicable, "gaps": gaps}


def _summary(title: str, findings: Sequence[Finding]) -> dict[str, Any]:
    counts = _counts(findings)
    return {"title": title, "total": counts["applicable"], "counts": counts, "bar": _bar(counts)}


def _bar(counts: Mapping[str, int]) -> list[str]:
    """Statuses over a fixed number of slots by largest remainder; what occurs at all gets a slot."""
    present = [status.value for status in BAR_ORDER if counts[status]]
    total = sum(counts[status] for status in present)
    if not total:
        return ["none"] * BAR_SLOTS
    exact = {status: counts[status] * BAR_SLOTS / total for status in present}
    slots = {status: max(1, int(exact[status])) for status in present}
    while (spare := BAR_SLOTS - sum(slots.values())) != 0:
        step = 1 if spare > 0 else -1
        movable = [status for status in present if step > 0 or slots[status] > 1]
        slots[max(movable, key=lambda status: step * (exact[status] - slots[status]))] += step
    return [status for status in present for _ in range(slots[status])]


def _defect(number: int, defect: Defect, report: Report) -> dict[str, Any]:
    section = report.section_at(defect.span)
    return {
        "number": number,
        "kind": defect.kind,
        "name": DEFECT_NAMES.get(defect.kind, defect.kind),
        "place": section.title if section else "",
        "quote": defect.quote,
        "message": defect.message,
        "suggestion": defect.suggestion,
        "decision": decision_data(defect.decision) if defect.decision else None,
    }
