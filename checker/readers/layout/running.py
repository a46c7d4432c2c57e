"""Running lines (页眉、页脚、页码): what stands in the margins of the pages and is no text of the report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from checker.readers.layout.lines import WIDE_GAP, Line, find_rows, make_line
from checker.readers.layout.page import Mark, Page, Rule

# Parts of the page's height in which headers and footers stand.
MARGIN = 0.15
DEEPEST = 3
NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,5})"
PAGE_NUMBER = re.compile(
    rf"[-—–－―─·•.~～_\s]*(?:\d{{1,3}}|第{NUMBER}页(?:[,，/]?[共/]?{NUMBER}页)?|\d{{1,3}}[/／]\d{{1,3}}"
    rf"|[Pp]age\d{{1,3}}(?:of\d{{1,3}})?|共{NUMBER}页[,，]?第{NUMBER}页|[ivxIVX]{{1,5}})[-—–－―─·•.~～_\s]*"
)
# At the outer end of a header or footer. Other numbers are text: a row of a list differs from the next in them.
NUMBERED = re.compile(rf"第{NUMBER}页|^\W*\d{{1,3}}(?!\d)|(?<!\d)\d{{1,3}}\W*$")


@dataclass(frozen=True, slots=True)
class _Row:
    """An outer row of a page."""

    page: int
    text: str
    marks: frozenset[int]
    y: float

    def likeness(self) -> tuple[str, int]:
        """What is the same on every page for a running line: its text but for the page number, and its height."""
        return NUMBERED.sub("#", re.sub(r"\s", "", self.text)), round(self.y / 6)


def strip_running(pages: Sequence[Page]) -> tuple[list[list[Mark]], list[str]]:
    """The marks of every page without its running lines, and the texts of these."""
    tops = [_outer(page, number, -1) for number, page in enumerate(pages)]
    bottoms = [_outer(page, number, 1) for number, page in enumerate(pages)]
    repeated = _repeated([row for rows in (*tops, *bottoms) for row in rows])
    apart: list[str] = []
    bodies: list[list[Mark]] = []
    for page, top, bottom in zip(pages, tops, bottoms, strict=True):
        gone: set[int] = set()
        for rows in (top, bottom):
            for row in rows:
                if row.likeness() not in repeated and not is_page_number(row.text):
                    break
                gone |= row.marks
                apart.append(row.text)
        bodies.append([mark for i, mark in enumerate(page.marks) if i not in gone] if gone else [*page.marks])
    return bodies, list(dict.fromkeys(apart))


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but a page number (页码); two pages on one sheet have one each."""
    return all(PAGE_NUMBER.fullmatch(re.sub(r"\s", "", part)) for part in text.split(WIDE_GAP))


def _outer(page: Page, number: int, side: int) -> list[_Row]:
    """The outermost rows in the upper (-1) or lower (1) margin of a page, from the edge inwards."""
    edge = page.height * (MARGIN if side < 0 else 1 - MARGIN)
    within = [
        (mark, i)
        for i, mark in enumerate(page.marks)
        if (mark.y0 + mark.y1) / 2 * side > edge * side and not mark.text.isspace()
    ]
    places = {id(mark): i for mark, i in within}
    rows = find_rows(mark for mark, _ in within)
    outer = []
    for row in rows[:DEEPEST] if side < 0 else rows[: -DEEPEST - 1 : -1]:
        line = make_line(row)
        if line and _is_cut(line, page.rules):
            break
        if line:
            outer.append(_Row(number, line.text, frozenset(places[id(mark)] for mark in row), line.y1))
    return outer


def _is_cut(line: Line, rules: Sequence[Rule]) -> bool:
    """Whether an upright line parts the row into cells: tables repeat their heads on every page."""
    middle = (line.y0 + line.y1) / 2
    return any(rule.y0 <= middle <= rule.y1 and line.x0 < rule.x0 == rule.x1 < line.x1 for rule in rules)


def _repeated(rows: list[_Row]) -> set[tuple[str, int]]:
    """What stands at the same place on two pages or more, and on a good part of them."""
    pages: dict[tuple[str, int], set[int]] = defaultdict(set)
    for row in rows:
        text, place = row.likeness()
        for near in (place - 1, place, place + 1):
            pages[text, near].add(row.page)
    count = len({row.page for row in rows})
    return {like for like, found in pages.items() if len(found) >= max(2, count * 0.3)}
