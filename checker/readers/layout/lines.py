"""Lines of text (文字行) out of marks: which marks stand side by side, and where spaces stand between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from checker.readers.layout.page import Mark

# Between what is clearly apart in one line: cells, columns of a list.
WIDE_GAP = "　"


class Line(NamedTuple):
    """A line of text with its place (文字行).

    `size` is the width of a Han character, `stops` where text begins anew behind a wide gap.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    stops: tuple[float, ...] = ()


def find_lines(marks: Iterable[Mark]) -> list[Line]:
    """The lines from top to bottom; a line without visible text is none."""
    lines = (make_line(row) for row in find_rows(marks))
    return [line for line in lines if line]


def find_rows(marks: Iterable[Mark]) -> list[list[Mark]]:
    """Marks that stand side by side, from top to bottom: sorted by their middle, cut where they part."""
    rows: list[list[Mark]] = []
    tallest = last = None
    for mark in sorted(marks, key=lambda mark: mark.y0 + mark.y1):
        if tallest and last and (_beside(mark, last) or _beside(mark, tallest)):
            rows[-1].append(mark)
            height = tallest.y1 - tallest.y0
            # What is far taller (a brace, a drop cap) would swallow the next lines.
            if height < mark.y1 - mark.y0 < 2.2 * height:
                tallest = mark
        else:
            rows.append([mark])
            tallest = mark
        last = mark
    return rows


def _beside(mark: Mark, other: Mark) -> bool:
    shared = min(mark.y1, other.y1) - max(mark.y0, other.y0)
    return shared >= 0.5 * min(mark.y1 - mark.y0, other.y1 - other.y0)


def make_line(row: Sequence[Mark]) -> Line | None:
    """One line out of the marks of a row; nothing where none of them is visible."""
    marks = _once(sorted(row, key=lambda mark: mark.x0))
    seen = [mark for mark in marks if not mark.text.isspace()]
    if not seen:
        return None
    size = _size(seen)
    text, stops = _spell(marks, size, _usual_gap(seen))
    top, foot = median(mark.y0 for mark in seen), median(mark.y1 for mark in seen)
    return Line(text, seen[0].x0, top, max(mark.x1 for mark in seen), foot, size, stops)


def _once(marks: list[Mark]) -> list[Mark]:
    """Marks printed twice at one place to look bold (重影) count once."""
    kept = marks[:1]
    for mark in marks[1:]:
        if not any(mark.text == other.text and _same_place(mark, other) for other in kept[-2:]):
            kept.append(mark)
    return kept


def _same_place(mark: Mark, other: Mark) -> bool:
    near = 0.3 * (other.x1 - other.x0) / len(other.text)
    return abs(mark.x0 - other.x0) <= near and abs(mark.y0 - other.y0) < 0.3 * (other.y1 - other.y0)


def _size(seen: list[Mark]) -> float:
    """The size of the type: how wide its Han characters are, else how tall the marks."""
    widths: list[float] = []
    for mark in seen:
        if mark.text[0] > "\u2e7f" and mark.text[-1] > "\u2e7f":
            widths += [(mark.x1 - mark.x0) / len(mark.text)] * len(mark.text)
    height = max(median(mark.y1 - mark.y0 for mark in seen), 0.1)
    return max(median(widths), 0.5 * height) if len(widths) * 4 > sum(len(m.text) for m in seen) else height


def _usual_gap(seen: list[Mark]) -> float:
    gaps = [b.x0 - a.x1 for a, b in pairwise(seen)]
    gaps += [0.0] * sum(len(mark.text) - 1 for mark in seen)
    return max(median(gaps), 0.0) if len(gaps) > 2 else 0.0


def _spell(marks: list[Mark], size: float, usual: float) -> tuple[str, tuple[float, ...]]:
    """The text of a line with its spaces, and where it begins anew behind wide gaps."""
    parts: list[str] = []
    stops: list[float] = []
    spaces = ""
    end = marks[0].x1
    for mark in marks:
        if mark.text.isspace():
            spaces += mark.text if parts else ""
            continue
        if parts:
            gap = mark.x0 - end
            wide = gap > max(1.8 * size, 2.5 * usual + 1.3 * size)
            latin = _is_latin(parts[-1][-1]) and _is_latin(mark.text[0])
            if wide:
                stops.append(mark.x0)
                parts.append(WIDE_GAP)
            elif spaces or (latin and gap > 0.2 * size + usual):
                parts.append(spaces[:2] or " ")
        parts.append(mark.text.strip())
        spaces, end = "", max(end, mark.x1)
    return "".join(parts), tuple(stops)


def _is_latin(character: str) -> bool:
    return "!" <= character <= "~" or "\u00c0" <= character <= "\u024f"
