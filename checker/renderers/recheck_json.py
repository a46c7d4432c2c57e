"""Render a comparison as JSON (机读销号结果), as `checker/schemas/recheck.schema.json` declares it."""

from __future__ import annotations

import datetime
import json
from typing import Any

from checker.model.assessment import Assessment
from checker.model.comparison import Change, Comparison, Outcome
from checker.renderers.decisions import lapse_text, people_text, waiver_text
from checker.renderers.json import defect_data, path_text, quote_data

SCHEMA = "urn:fazhi:recheck:1"


def render_recheck_json(comparison: Comparison) -> str:
    """The comparison as JSON text."""
    return json.dumps(recheck_data(comparison), ensure_ascii=False, indent=2) + "\n"


def recheck_data(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain data."""
    old, new = comparison.old, comparison.new
    report, checklist, defects = new.report, new.checklist, comparison.defects
    return {
        "schema": SCHEMA,
        "checklist": {"id": checklist.id, "title": checklist.title, "version": checklist.version},
        "unit": report.unit or old.unit,
        "year": report.year or old.year,
        "old": _version(old.path, old.title, old.date, old.doubt),
        "new": _version(new.path, report.title, report.dates[0].date if report.dates else None, report.doubt),
        "notes": comparison.every_note,
        "settled": comparison.settled,
        "counts": {outcome.value: len(comparison.those(outcome)) for outcome in Outcome},
        "changes": [_change(change, new) for change in comparison.changes],
        "dropped": [{"title": v.title, "status": v.status.value} for v in comparison.dropped],
        "manual": [{"id": f.item.id, "title": f.item.title} for f in comparison.manual],
        "waivers": [waiver_text(use) for use in new.waivers],
        "lapsed": [lapse_text(lapse) for lapse in new.lapsed],
        "defects": {name: list(map(defect_data, found)) for name, found in defects._asdict().items()},
        "reworded": [pair._asdict() for pair in comparison.reworded],
    }


def _version(path: str, title: str, date: datetime.date | None, doubt: str) -> dict[str, Any]:
    told = {"path": path_text(path), "title": title, "doubt": doubt}
    return told | {"date": date.isoformat() if date else None}


def _change(change: Change, new: Assessment) -> dict[str, Any]:
    item, evidence = change.after.item, change.after.evidence
    return {
        "id": item.id,
        "title": item.title,
        "outcome": change.outcome.value,
        "before": change.before.value if change.before else None,
        "after": change.after.status.value,
        "evidence": [quote_data(quote) for quote in change.quotes],
        "reworded": [pair._asdict() for pair in change.reworded],
        "lacking": [text for text in (*evidence.lacking, evidence.contrary, evidence.undecidable) if text],
        "why": change.why,
        "people": people_text(change.after, new),
    }
