"""Text objects of OFD (文字对象): where each character of a `TextObject` stands on its page.

GB/T 33190-2016, 11.3: an object has its own coordinates in millimetres, y downwards, which its
CTM and then the corner of its Boundary carry to the page. Producers write one object per line,
per run or per character; some put sizes of 70 and a CTM of 0.05.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from checker.readers.layout import Mark
from checker.readers.layout.glyphs import fold_glyph
from checker.readers.ofd.parts import SEPARATORS, inside, number, numbers, says
from checker.readers.package import Element

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
Point = tuple[float, float]

POINTS = 72 / 25.4
PAGE_SPACE: Matrix = (POINTS, 0, 0, POINTS, 0, 0)
DEFAULT_SIZE = 5.64  # size 3 (三号), what a report is set in
ASCENT, DESCENT = 0.88, 0.12
WIDE = {"W", "F", "A"}
DIAGONAL = math.radians(15)
# A line break at the ends of a text comes from indenting the XML.
INDENT = re.compile(r"^\s*[\r\n]\s*|\s*[\r\n]\s*$")


@dataclass(slots=True)
class Run:
    """The characters of one `TextCode` (文字段): marks in the order of writing, and the way they run.

    `turn` counts quarter turns clockwise from left-to-right, and is None for slanted text; `seen`
    is not the text below a scanned picture, nor a secret mark.
    """

    turn: int | None
    seen: bool
    marks: list[Mark] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(mark.text for mark in self.marks)


def apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def framed(matrix: Matrix, box: Box) -> Box:
    """The upright box around a box that a matrix carries off."""
    x0, y0, x1, y1 = box
    corners = [apply(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def placed(element: Element, outer: Matrix) -> Matrix:
    """What carries the coordinates of an object to the page: its CTM, its Boundary, its surroundings."""
    left, top = (numbers(element.get("Boundary"), 2) or (0.0, 0.0))[:2]
    a, b, c, d, e, f = numbers(element.get("CTM"), 6) or (1, 0, 0, 1, 0, 0)
    if a * d == b * c:  # it would make a line of everything
        a, b, c, d, e, f = 1, 0, 0, 1, 0, 0
    p, q, r, s, _, _ = outer
    return (
        a * p + b * r, a * q + b * s,
        c * p + d * r, c * q + d * s,
        *apply(outer, e + left, f + top),
    )  # fmt: skip


def read_runs(element: Element, outer: Matrix) -> Iterator[Run]:
    """The runs of a text object, one for each `TextCode` that has text."""
    matrix = placed(element, outer)
    size = number(element.get("Size") or element.get("size"))  # easyofd writes it small
    size = size if size > 0 else DEFAULT_SIZE
    seen = _is_seen(element)
    # A code without coordinates of its own goes on from those of the last one.
    x, y = 0.0, ASCENT * size
    for code in inside(element, "TextCode"):
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        text = re.sub(r"[\r\n\t]", " ", INDENT.sub("", "".join(code.itertext())))
        if text:
            xs, ys = _steps(code, text, size)
            origins = list(zip(accumulate(xs, initial=x), accumulate(ys, initial=y), strict=True))
            yield Run(_turn(origins, matrix), seen, _marks(text, origins, size, matrix))


def _is_seen(element: Element) -> bool:
    alpha = [element.get("Alpha"), *(color.get("Alpha") for color in inside(element, "FillColor"))]
    drawn = says(element, "Fill", True) or says(element, "Stroke", False)
    return drawn and all(number(value, 255.0) for value in alpha)


def _steps(code: Element, text: str, size: float) -> tuple[list[float], list[float]]:
    """How far each character but the last is from the next; by the usual widths where the file is silent."""
    count = len(text) - 1
    xs, ys = _deltas(code.get("DeltaX"), count), _deltas(code.get("DeltaY"), count)
    usual = [width(character) * size for character in text[:count]]
    if not any(xs) and not any(ys):
        return usual, [0.0] * count
    across = any(xs)
    xs += usual[len(xs) :] if across else [0.0] * (count - len(xs))
    ys += [0.0 if across else size] * (count - len(ys))
    return xs, ys


def _deltas(text: str | None, count: int) -> list[float]:
    """The numbers of DeltaX or DeltaY, where `g 3 5.6` stands for `5.6 5.6 5.6`; no more than `count`."""
    parts = iter(SEPARATORS.split((text or "").strip(), maxsplit=3 * count + 3))
    values: list[float] = []
    for part in parts:
        if len(values) >= count:
            break
        times = 1
        if part.lower() == "g":
            times, part = int(number(next(parts, ""))), next(parts, "")
        values += [number(part)] * max(0, min(times, count))
    return values[:count]


def width(character: str) -> float:
    """The usual width of a character, in parts of its size (字宽): Chinese fonts know one and a half."""
    return 1.0 if unicodedata.east_asian_width(character) in WIDE else 0.5


def _marks(text: str, origins: list[Point], size: float, matrix: Matrix) -> list[Mark]:
    marks = []
    for at, character in enumerate(text):
        x, y = origins[at]
        step = origins[at + 1][0] - x if at + 1 < len(origins) else 0.0
        # The file knows the advance of a letter better than we do, but a wide one is spacing.
        wide = step if 0 < step <= 1.05 * size else width(character) * size
        box = framed(matrix, (x, y - ASCENT * size, x + wide, y + DESCENT * size))
        marks.append(Mark(fold_glyph(character), *box))
    return marks


def _turn(origins: list[Point], matrix: Matrix) -> int | None:
    """Which way a run goes on the page, in quarter turns clockwise."""
    (x, y), *others = origins
    there = next((other for other in others if other != (x, y)), (x + 1, y))
    (px, py), (qx, qy) = apply(matrix, x, y), apply(matrix, *there)
    angle = math.atan2(qy - py, qx - px)
    if not math.isfinite(angle):
        return 0
    quarters = round(angle / (math.pi / 2))
    return quarters % 4 if abs(angle - quarters * math.pi / 2) <= DIAGONAL else None
