"""Columns (分栏): parts of a page that are read one after the other, each from top to bottom."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from checker.readers.layout.lines import find_rows
from checker.readers.layout.page import Mark

BIN = 2.0
MAX_BINS = 5000
NARROWEST_GUTTER = 8.0
FEWEST = 40


@dataclass(slots=True)
class _Strip:
    """What stands left and right of the gutter, and below it what crosses."""

    left: list[Mark] = field(default_factory=list)
    right: list[Mark] = field(default_factory=list)
    crossing: list[Mark] = field(default_factory=list)


def find_columns(marks: Sequence[Mark]) -> list[list[Mark]]:
    """The marks of a page in parts: left column before right, what crosses both by itself."""
    gutter = _gutter(marks)
    strips = _strips(marks, gutter) if gutter else []
    if not any(_is_prose(strip.left, 4) and _is_prose(strip.right, 3) for strip in strips):
        return [list(marks)]
    parts: list[list[Mark]] = [[]]
    for strip in strips:
        if _is_prose(strip.left, 1) and (_is_prose(strip.right, 1) or len(find_rows(strip.right)) < 2):
            parts += [strip.left, strip.right, strip.crossing]
        elif strip.left or strip.right:
            parts += [[*strip.left, *strip.right], strip.crossing]
        else:
            parts[-1].extend(strip.crossing)
    return [part for part in parts if part]


def _gutter(marks: Sequence[Mark]) -> tuple[float, float] | None:
    """The widest strip in the middle of the text that hardly any mark touches."""
    if len(marks) < FEWEST:
        return None
    left, right = min(mark.x0 for mark in marks), max(mark.x1 for mark in marks)
    count = int((right - left) / BIN) + 2
    if count > MAX_BINS:
        return None
    touched = _touched(marks, left, count)
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


def _touched(marks: Sequence[Mark], left: float, count: int) -> list[int]:
    """How many marks touch each of the narrow strips from the left to the right."""
    change = [0] * (count + 1)
    for mark in marks:
        change[int((mark.x0 - left) / BIN)] += 1
        change[int((mark.x1 - left) / BIN) + 1] -= 1
    return list(accumulate(change))


def _strips(marks: Sequence[Mark], gutter: tuple[float, float]) -> list[_Strip]:
    """The strips of a page from top to bottom, each ended by what crosses the gutter."""
    bands: list[tuple[float, float]] = []
    for mark in sorted(marks, key=lambda mark: mark.y0):
        if mark.x0 >= gutter[1] or mark.x1 <= gutter[0] or mark.text.isspace():
            continue
        if bands and mark.y0 < bands[-1][1]:
            bands[-1] = (bands[-1][0], max(bands[-1][1], mark.y1))
        else:
            bands.append((mark.y0, mark.y1))
    edges = [edge for band in bands for edge in band]
    strips = [_Strip() for _ in range(len(bands) + 1)]
    for mark in marks:
        place = bisect_right(edges, (mark.y0 + mark.y1) / 2)
        strip = strips[place // 2]
        side = strip.right if mark.x0 + mark.x1 > sum(gutter) else strip.left
        (strip.crossing if place % 2 else side).append(mark)
    return strips


def _is_prose(marks: list[Mark], least: int) -> bool:
    """Whether marks look like a column of running text: most rows as wide as the column."""
    rows = find_rows(marks)
    if len(rows) < least:
        return False
    left, right = min(mark.x0 for mark in marks), max(mark.x1 for mark in marks)
    full = 0
    for row in rows:
        characters = sum(len(mark.text) for mark in row)
        width = max(mark.x1 for mark in row) - min(mark.x0 for mark in row)
        full += characters >= 8 and width >= 0.75 * (right - left)
    return full * 2 >= len(rows)
