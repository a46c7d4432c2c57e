"""Running lines (页眉、页脚、页码): what stands in the margins of the pages and is no text of the report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

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
NUMBERED = re.compile(rf"第{NUMBER}页|^\W*\d{{1,3}}(?!\d)|(?<!\d)(?:\d{{1,3}}[/／])?\d{{1,3}}\W*$")

# What is the same on every page for a running line: its text but for the page number, its size, its height.
Likeness = tuple[str, int, int]


class _Row(NamedTuple):
    """An outer row of a page: `marks` are the places of its marks among those of the page."""

    page: int
    text: str
    marks: frozenset[int]
    like: Likeness


def strip_running(pages: Sequence[Page]) -> tuple[list[list[Mark]], list[str]]:
    """The marks of every page without its running lines, and the texts of these."""
    outer = [(_outer(page, number, -1), _outer(page, number, 1)) for number, page in enumerate(pages)]
    repeated = _repeated([row for sides in outer for rows in sides for row in rows])
    apart: list[str] = []
    bodies: list[list[Mark]] = []
    for page, sides in zip(pages, outer, strict=True):
        gone: set[int] = set()
        for rows in sides:
            for row in takewhile(lambda row: row.like in repeated or is_page_number(row.text), rows):
                gone |= row.marks
                apart.append(row.text)
        bodies.append([mark for i, mark in enumerate(page.marks) if i not in gone])
    return bodies, list(dict.fromkeys(apart))


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but a page number (页码); two pages on one sheet have one each."""
    return all(PAGE_NUMBER.fullmatch(re.sub(r"\s", "", part)) for part in text.split(WIDE_GAP))


def _outer(page: Page, number: int, side: int) -> list[_Row]:
    """The outermost rows in the upper (-1) or lower (1) margin of a page, from the edge inwards."""
    edge = page.height * (MARGIN if side < 0 else 1 - MARGIN)
    places = {
        id(mark): i
        for i, mark in enumerate(page.marks)
        if (mark.y0 + mark.y1) / 2 * side > edge * side and not mark.text.isspace()
    }
    rows = find_rows(page.marks[i] for i in places.values())
    outer = []
    for row in rows[:DEEPEST] if side < 0 else rows[: -DEEPEST - 1 : -1]:
        line = make_line(row)
        if line and _is_cut(line, page.rules):
            break
        if line:
            text = NUMBERED.sub("#", re.sub(r"\s", "", line.text))
            like = (text, round(line.size), round(line.y1 / 6))
            outer.append(_Row(number, line.text, frozenset(places[id(mark)] for mark in row), like))
    return outer


def _is_cut(line: Line, rules: Sequence[Rule]) -> bool:
    """Whether an upright line parts the row into cells: tables repeat their heads on every page."""
    middle = (line.y0 + line.y1) / 2
    return any(rule.y0 <= middle <= rule.y1 and line.x0 < rule.x0 == rule.x1 < line.x1 for rule in rules)


def _repeated(rows: list[_Row]) -> set[Likeness]:
    """What stands at the same place on two pages or more, and on a good part of them."""
    pages: dict[Likeness, set[int]] = defaultdict(set)
    for row in rows:
        text, size, place = row.like
        for near in (place - 1, place, place + 1):
            pages[text, size, near].add(row.page)
    least = max(2, 0.3 * len({row.page for row in rows}))
    # The title on the first page and the signature on the last may be alike; what runs is soon there again.
    return {
        like
        for like, found in pages.items()
        if len(found) >= least and any(b - a <= 2 for a, b in pairwise(sorted(found)))
    }
