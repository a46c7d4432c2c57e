"""Columns (分栏): parts of a page that are read one after the other, each from top to bottom."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from checker.readers.layout.lines import find_rows
from checker.readers.layout.page import Mark

BIN = 2.0
MAX_BINS = 5000
NARROWEST_GUTTER = 8.0
FEWEST = 40
Strip = tuple[list[Mark], list[Mark], list[Mark]]


def find_columns(marks: Sequence[Mark]) -> list[list[Mark]]:
    """The marks of a page in parts: left column before right, what crosses both by itself."""
    gutter = _gutter(marks)
    strips = _strips(marks, gutter) if gutter else []
    if not any(_is_prose(left, 4) and _is_prose(right, 3) for left, right, _ in strips):
        return [list(marks)]
    parts: list[list[Mark]] = [[]]
    for left, right, crossing in strips:
        if _is_prose(left, 1) and (_is_prose(right, 1) or len(find_rows(right)) < 2):
            parts += [left, right, crossing]
        elif left or right:
            parts += [[*left, *right], crossing]
        else:
            parts[-1].extend(crossing)
    return [part for part in parts if part]


def _gutter(marks: Sequence[Mark]) -> tuple[float, float] | None:
    """The widest strip in the middle of the text that hardly any mark touches."""
    if sum(len(mark.text) for mark in marks) < FEWEST:
        return None
    left, right = min(mark.x0 for mark in marks), max(mark.x1 for mark in marks)
    count = int((right - left) / BIN) + 2
    if count > MAX_BINS:
        return None
    change = [0] * (count + 1)
    for mark in marks:
        change[int((mark.x0 - left) / BIN)] += 1
        change[int((mark.x1 - left) / BIN) + 1] -= 1
    touched = list(accumulate(change))
    few = sorted(touched)[count // 2] * 0.3
    best = range(0)
    start = int(count * 0.3)
    for i in range(start, int(count * 0.7)):
        if touched[i] > few:
            start = i + 1
        elif i + 1 - start > len(best):
            best = range(start, i + 1)
    if (len(best) - 2) * BIN < NARROWEST_GUTTER:
        return None
    return left + (best[0] + 1) * BIN, left + best[-1] * BIN


def _strips(marks: Sequence[Mark], gutter: tuple[float, float]) -> list[Strip]:
    """From top to bottom what stands left and right of the gutter, and the line across it that ends this."""
    edges: list[float] = []
    # A stop may hang a little way into the gutter; what crosses it covers its middle.
    quarter = (gutter[1] - gutter[0]) / 4
    for mark in sorted(marks, key=lambda mark: mark.y0):
        if mark.x0 >= gutter[1] - quarter or mark.x1 <= gutter[0] + quarter or mark.text.isspace():
            continue
        if edges and mark.y0 < edges[-1]:
            edges[-1] = max(edges[-1], mark.y1)
        else:
            edges += [mark.y0, mark.y1]
    strips: list[Strip] = [([], [], []) for _ in range(len(edges) // 2 + 1)]
    for mark in marks:
        place = bisect_right(edges, (mark.y0 + mark.y1) / 2)
        side = mark.x0 + mark.x1 > sum(gutter)
        strips[place // 2][2 if place % 2 else side].append(mark)
    return strips


def _is_prose(marks: list[Mark], least: int) -> bool:
    """Whether marks look like a column of running text: most rows as wide as the column."""
    rows = find_rows(marks)
    if len(rows) < least:
        return False
    wide = 0.75 * (max(mark.x1 for mark in marks) - min(mark.x0 for mark in marks))
    full = 0
    for row in rows:
        width = max(mark.x1 for mark in row) - min(mark.x0 for mark in row)
        full += width >= wide and sum(len(mark.text) for mark in row) >= 8
    return full * 2 >= len(rows)
