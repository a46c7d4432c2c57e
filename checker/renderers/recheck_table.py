"""Render a comparison as a table to sign off (销号表) by filling a Word template.

The wording and the looks live in the template (``templates/recheck.docx`` or the user's own); this
module gives it plain data. The variables are listed at `recheck_context`.
"""

from __future__ import annotations

import datetime
from pathlib import PurePath
from typing import Any

from checker.model.assessment import ASKED, STATUS_NAMES, Quote
from checker.model.comparison import OUTCOME_NAMES, Change, Comparison, Outcome
from checker.model.report import Report, chinese_date
from checker.renderers.decisions import lapse_text, people_text, review_conclusion, waiver_text
from checker.renderers.phrasing import source_name
from checker.renderers.recheck import PARTS, conclusion, defect_text, lacking
from checker.renderers.variables import quote_data, report_data
from checker.renderers.word import WordTemplate, let_long_rows_break


def render_recheck_table(comparison: Comparison, *, template: WordTemplate, date: datetime.date) -> bytes:
    """Fill the template with the comparison (填写销号表). The same input gives the same bytes."""
    return template.fill(recheck_context(comparison, date), date=date, finish=let_long_rows_break)


def recheck_context(comparison: Comparison, date: datetime.date) -> dict[str, Any]:
    """The variables of a template (模板变量): plain dicts, lists, strings and counts.

    date      day of the comparison, "2026年3月5日"
    report    title, unit, year ("" when unknown), level (乡镇…)
    old, new  file, date ("" when unknown), doubt (why its text may not be whole, "" when it is)
    checklist title, version
    notes     list of sentences: how the texts were read, what to know of the comparison
    counts    one number for each outcome (closed partly unclear remaining new lifted)
    conclusion  the counts in words
    settled   whether nothing is open
    parts     every outcome that occurs: outcome, title, rows
    people    conclusion (what people decided, "" where nobody was asked), waivers, lapsed: lists of texts
    dropped   gaps of the older version that the checklist no longer has: list of {title, status_name}
    manual    titles of the items that people must look at in either version
    defects   fixed, remaining, new: lists of texts
    reworded  list of {old, new}: other sentences that were only worded anew

    A row: number (runs through all parts), id, title, before ("" where there was no such item) and
    after (both in Chinese), status (of after: met thin …), outcome, outcome_name, owed (whether the
    older version was to supply it), quotes (list of {text, section, …, old: the older words it was made
    from, or ""}), why, people (who decided so, or ""), lacking (list), remedy.
    """
    old, new, report = comparison.old, comparison.new, comparison.new.report
    data = report_data(report)
    return {
        "date": chinese_date(date),
        "report": data | {"unit": data["unit"] or old.unit, "title": data["title"] or old.title},
        "old": _version(old.path, old.date, old.doubt),
        "new": _version(new.path, report.dates[0].date if report.dates else None, report.doubt),
        "checklist": {"title": new.checklist.title, "version": new.checklist.version},
        "notes": comparison.every_note,
        "counts": {outcome.value: len(comparison.those(outcome)) for outcome in Outcome},
        "conclusion": conclusion(comparison),
        "settled": comparison.settled,
        "parts": _parts(comparison),
        "people": {
            "conclusion": review_conclusion(new),
            "waivers": [waiver_text(use) for use in new.waivers],
            "lapsed": [lapse_text(lapse) for lapse in new.lapsed],
        },
        "dropped": [{"title": v.title, "status_name": STATUS_NAMES[v.status]} for v in comparison.dropped],
        "manual": [finding.item.title for finding in comparison.manual],
        "defects": {
            name: list(map(defect_text, found)) for name, found in comparison.defects._asdict().items()
        },
        "reworded": [pair._asdict() for pair in comparison.reworded],
    }


def _version(path: str, date: datetime.date | None, doubt: str) -> dict[str, str]:
    name = PurePath(source_name(path).replace("\\", "/")).name
    return {"file": name, "date": chinese_date(date) if date else "", "doubt": doubt}


def _parts(comparison: Comparison) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = []
    number = 0
    for outcome, title in PARTS.items():
        changes = comparison.those(outcome)
        rows = [_row(number + n, change, comparison) for n, change in enumerate(changes, start=1)]
        number += len(rows)
        if rows:
            parts.append({"outcome": outcome.value, "title": title, "rows": rows})
    return parts


def _row(number: int, change: Change, comparison: Comparison) -> dict[str, Any]:
    item, report = change.after.item, comparison.new.report
    made = {pair.new: pair.old for pair in change.reworded}
    return {
        "number": number,
        "id": item.id,
        "title": item.title,
        "before": STATUS_NAMES[change.before] if change.before else "",
        "after": STATUS_NAMES[change.after.status],
        "status": change.after.status.value,
        "outcome": change.outcome.value,
        "outcome_name": OUTCOME_NAMES[change.outcome],
        "owed": change.before in ASKED,
        "quotes": [_quote(quote, made.get(quote.text, ""), report) for quote in change.quotes],
        "why": change.why.rstrip("。"),
        "people": people_text(change.after, comparison.new),
        "lacking": lacking(change),
        "remedy": item.remedy,
    }


def _quote(quote: Quote, old: str, report: Report) -> dict[str, str]:
    data = quote_data(quote, report)
    return data | {"text": data["text"].rstrip("，,；;、：: "), "old": old}
