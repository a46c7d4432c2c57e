"""CHECK: the text itself (文字差错) - one module per kind of defect.

A new kind is one module with a `find` function and one line in `DEFECTS`.
"""

from __future__ import annotations

from collections.abc import Callable

from checker.model.assessment import Defect
from checker.model.report import Report

DEFECTS: dict[str, Callable[[Report], list[Defect]]] = {}


def find_defects(report: Report) -> tuple[Defect, ...]:
    """All defects of a report in the order of the text."""
    found = [defect for find in DEFECTS.values() for defect in find(report)]
    return tuple(sorted(found, key=lambda defect: defect.span))
