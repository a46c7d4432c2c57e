"""Render assessments as JSON (机读结果), as `checker/schemas/result.schema.json` declares it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from checker.model.assessment import Assessment, Defect, Finding, Quote, Unread
from checker.model.checklist import Checklist

SCHEMA = "urn:fazhi:result:1"


def render_json(checklist: Checklist, results: Sequence[Assessment | Unread]) -> str:
    """The result as JSON text, one line an entry of a list where that stays readable."""
    return json.dumps(result_data(checklist, results), ensure_ascii=False, indent=2) + "\n"


def result_data(checklist: Checklist, results: Sequence[Assessment | Unread]) -> dict[str, Any]:
    """The result as plain data."""
    return {
        "schema": SCHEMA,
        "checklist": {"id": checklist.id, "title": checklist.title, "version": checklist.version},
        "reports": [_report(result) for result in results if isinstance(result, Assessment)],
        "unread": [
            {"path": _path(result.path), "reason": result.reason}
            for result in results
            if isinstance(result, Unread)
        ],
    }


def _report(assessment: Assessment) -> dict[str, Any]:
    report = assessment.report
    return {
        "path": _path(assessment.path),
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
        "items": [_item(finding) for finding in assessment.findings],
        "defects": [_defect(defect) for defect in assessment.defects],
    }


def _item(finding: Finding) -> dict[str, Any]:
    evidence = finding.evidence
    item: dict[str, Any] = {
        "id": finding.item.id,
        "title": finding.item.title,
        "status": finding.status.value,
        "evidence": [_quote(quote) for quote in evidence.quotes],
        "lacking": [text for text in (*evidence.lacking, evidence.contrary, evidence.undecidable) if text],
        "searched": list(evidence.searched),
    }
    if evidence.nearest:
        item["nearest"] = _quote(evidence.nearest)
    return item


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "quote": quote.text,
        "start": quote.span.start,
        "end": quote.span.end,
        "section": quote.section,
        "stance": quote.stance.value,
        **({"page": quote.page} if quote.page else {}),
        **({"likely": True} if quote.likely else {}),
    }


def _defect(defect: Defect) -> dict[str, Any]:
    return {
        "id": defect.kind,
        "quote": defect.quote,
        "start": defect.span.start,
        "end": defect.span.end,
        "message": defect.message,
        "suggestion": defect.suggestion,
        "fingerprint": defect.fingerprint,
    }


def _path(path: str) -> str:
    """A path as text: bytes of a file name that are no text would break the JSON."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
