"""CHECK: the text itself (文字差错) - one module per kind of defect.

A new kind is one module with a `find` function and one line in `DEFECTS`.
"""

from __future__ import annotations

from collections.abc import Callable

from checker.defects import citation, foreign_unit, numbering, placeholder, punctuation, rate, truncated, year
from checker.defects import sum as sum_
from checker.model.assessment import Defect
from checker.model.report import Report
from checker.model.titles import Titles

DEFECTS: dict[str, Callable[[Report, Titles], list[Defect]]] = {
    "text.year": lambda report, _titles: year.find(report),
    "text.rate": lambda report, _titles: rate.find(report),
    "text.sum": lambda report, _titles: sum_.find(report),
    "text.numbering": lambda report, _titles: numbering.find(report),
    "text.truncated": lambda report, _titles: truncated.find(report),
    "text.citation": citation.find,
    "text.placeholder": lambda report, _titles: placeholder.find(report),
    "text.foreign-unit": lambda report, _titles: foreign_unit.find(report),
    "text.punctuation": lambda report, _titles: punctuation.find(report),
}


unlisted = citation.unlisted


def find_defects(report: Report, titles: Titles) -> tuple[Defect, ...]:
    """All defects of a report in the order of the text."""
    found = [defect for find in DEFECTS.values() for defect in find(report, titles)]
    return tuple(sorted(found, key=lambda defect: defect.span))
