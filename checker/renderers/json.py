"""Render assessments as JSON (机读结果), as `checker/schemas/result.schema.json` declares it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from checker.model.assessment import Assessment, Defect, Finding, Quote, Unread
from checker.model.checklist import Checklist
from checker.model.decision import Decision, Lapse, Review, WaiverUse

SCHEMA = "urn:fazhi:result:1"


def render_json(
    checklist: Checklist, results: Sequence[Assessment | Unread], idle: Sequence[WaiverUse] = ()
) -> str:
    """The result as JSON text, one line an entry of a list where that stays readable."""
    return json.dumps(result_data(checklist, results, idle), ensure_ascii=False, indent=2) + "\n"


def result_data(
    checklist: Checklist, results: Sequence[Assessment | Unread], idle: Sequence[WaiverUse] = ()
) -> dict[str, Any]:
    """The result as plain data. idle: waivers of units that no report is of."""
    return {
        "schema": SCHEMA,
        "checklist": {"id": checklist.id, "title": checklist.title, "version": checklist.version},
        "reports": [_report(result) for result in results if isinstance(result, Assessment)],
        "unread": [
            {"path": path_text(result.path), "reason": result.reason}
            for result in results
            if isinstance(result, Unread)
        ],
        **({"idle_waivers": [_waiver(use) for use in idle]} if idle else {}),
    }


def _report(assessment: Assessment) -> dict[str, Any]:
    report = assessment.report
    told: dict[str, Any] = {
        "path": path_text(assessment.path),
        "kind": assessment.kind,
        "notes": list(assessment.notes),
        "doubt": report.doubt,
        "title": report.title,
        "unit": report.unit,
        "level": report.level,
        "year": report.year,
        "date": report.dates[0].date.isoformat() if report.dates else None,
        "dates": [{"kind": mark.kind, "date": mark.date.isoformat()} for mark in report.dates],
        "source": {
            "publisher": report.source.publisher,
            "origin": report.source.origin,
            "index_number": report.source.index_number,
            "document_number": report.source.document_number,
        },
        "items": [_item(finding, assessment) for finding in assessment.findings],
        "defects": [defect_data(defect) for defect in assessment.defects],
        "text": report.text,
    }
    if assessment.review:
        told["review"] = _review(assessment, assessment.review)
    if assessment.waivers:
        told["waivers"] = [_waiver(use) for use in assessment.waivers]
    return told


def _review(assessment: Assessment, review: Review) -> dict[str, Any]:
    unseen = assessment.unseen()
    return {
        "file": path_text(review.path),
        "lapsed": [_lapse(lapse) for lapse in assessment.lapsed],
        "unseen": {
            "items": [finding.item.id for finding in unseen],
            "defects": [defect.fingerprint for defect in assessment.defects if not defect.decision],
        },
        "dismissed": [defect_data(defect) for defect in assessment.dismissed],
    }


def _lapse(lapse: Lapse) -> dict[str, Any]:
    entry = lapse.entry
    told = {"id": entry.id, "title": entry.title, "status_name": entry.status}
    told |= {"fingerprint": entry.fingerprint, "why": lapse.why}
    return told | ({"decision": _decision(entry.decision)} if entry.decision else {})


def _decision(decision: Decision) -> dict[str, str]:
    return {
        "decision": decision.word,
        "reason": decision.reason,
        "quote": decision.quote,
        "by": decision.by,
        "date": decision.date.isoformat(),
    }


def _waiver(use: WaiverUse) -> dict[str, Any]:
    waiver = use.waiver
    return {
        "item": waiver.item,
        "unit": waiver.unit,
        "reason": waiver.reason,
        "approved_by": waiver.approved_by,
        "from": waiver.first.isoformat(),
        "until": waiver.last.isoformat(),
        "applied": not use.why,
        "why": use.why,
    }


def _decided(finding: Finding | Defect) -> dict[str, Any]:
    """What people decided, and nothing where they did not."""
    told: dict[str, Any] = {}
    if isinstance(finding, Finding) and finding.own:
        told["own_status"] = finding.own.value
    if finding.decision:
        told["decision"] = _decision(finding.decision)
    return told


def _item(finding: Finding, assessment: Assessment) -> dict[str, Any]:
    evidence = finding.evidence
    item: dict[str, Any] = {
        "id": finding.item.id,
        "title": finding.item.title,
        "status": finding.status.value,
        "evidence": [quote_data(quote) for quote in evidence.quotes],
        "lacking": [text for text in (*evidence.lacking, evidence.contrary, evidence.undecidable) if text],
        "searched": list(evidence.searched),
        "fingerprint": assessment.fingerprint(finding),
        **_decided(finding),
    }
    if finding.waiver:
        item["waived"] = True
    if evidence.nearest:
        item["nearest"] = quote_data(evidence.nearest)
    return item


def quote_data(quote: Quote) -> dict[str, Any]:
    """A quotation with its place."""
    return {
        "quote": quote.text,
        "start": quote.span.start,
        "end": quote.span.end,
        "section": quote.section,
        "stance": quote.stance.value,
        **({"page": quote.page} if quote.page else {}),
        **({"likely": True} if quote.likely else {}),
    }


def defect_data(defect: Defect) -> dict[str, Any]:
    """A text defect with its place."""
    return {
        "id": defect.kind,
        "quote": defect.quote,
        "start": defect.span.start,
        "end": defect.span.end,
        "message": defect.message,
        "suggestion": defect.suggestion,
        "fingerprint": defect.fingerprint,
        **_decided(defect),
    }


def path_text(path: str) -> str:
    """A path as text: bytes of a file name that are no text would break the JSON."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
