"""CHECK: a report for evidence (证据) - a few kinds of check; the rules are data.

A new kind is one function and one line in `CHECKS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from checker.checks.likeness import add_likely
from checker.checks.mention import gather_mentions
from checker.checks.passages import Passages
from checker.checks.structure import (
    gather_addressee,
    gather_date,
    gather_published,
    gather_section,
    gather_title,
)
from checker.model.assessment import Evidence
from checker.model.checklist import Checklist, Item
from checker.model.report import Report, Span, Stance

CHECKS: dict[str, Callable[[Item, Report, Passages], Evidence]] = {
    "mention": lambda item, _report, passages: gather_mentions(item, passages),
    "section": gather_section,
    "title": gather_title,
    "date": gather_date,
    "published": gather_published,
    "addressee": gather_addressee,
}


def check_report(
    report: Report, checklist: Checklist, misdated: tuple[Span, ...] = ()
) -> dict[str, Evidence]:
    """Evidence for every item that applies to the report's level, by item id.

    misdated: places where this year's work is dated with another year by a slip of the pen; what
    they tell is this year's.
    """
    passages = Passages(report, checklist.vocabulary, checklist.wording.cues.get("covers", ()))
    items = [item for item in checklist.items() if report.level in item.levels]
    evidence = {item.id: CHECKS[item.rule.check](item, report, passages) for item in items}
    evidence = add_likely(evidence, items, passages, checklist.classifier)
    return {item_id: _with_text(found, report, misdated) for item_id, found in evidence.items()}


def _with_text(evidence: Evidence, report: Report, misdated: tuple[Span, ...]) -> Evidence:
    quotes = []
    for quote in evidence.quotes:
        slip = quote.stance in (Stance.OTHER_YEAR, Stance.PLANNED) and any(
            span.start < quote.span.end and quote.span.start < span.end for span in misdated
        )
        quotes.append(
            replace(
                quote,
                text=report.quote(quote.span),
                stance=Stance.DONE if slip else quote.stance,
                reason="年份疑为笔误" if slip else quote.reason,
                page=report.page(quote.span.start),
            )
        )
    return replace(evidence, quotes=tuple(quotes))
