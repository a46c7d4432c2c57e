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

from checker.readers.layout import Mark
from checker.readers.package import Element

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

POINTS = 72 / 25.4
PAGE_SPACE: Matrix = (POINTS, 0, 0, POINTS, 0, 0)
# No page is longer than this (a kilometre, in millimetres); beyond it only mistakes and attacks are found.
FARTHEST = 1e6
DEFAULT_SIZE = 5.64  # size 3 (三号), what a report is set in
ASCENT, DESCENT = 0.88, 0.12
WIDE = {"W", "F", "A"}
DIAGONAL = math.radians(15)
SEPARATORS = re.compile(r"[\s,]+")


@dataclass(slots=True)
class Run:
    """The characters of one `TextCode` (文字段): marks in the order of writing, and the way they run.

    `turn` counts quarter turns clockwise from left-to-right, and is None for slanted text.
    """

    turn: int | None
    marks: list[Mark] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(mark.text for mark in self.marks)


def local(element: Element) -> str:
    """The name of an element without its namespace: producers use several, or none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def inside(element: Element | None, *path: str) -> Iterator[Element]:
    """All elements at a path of names below an element."""
    if element is None:
        return
    if not path:
        yield element
        return
    for child in element:
        if local(child) == path[0]:
            yield from inside(child, *path[1:])


def first(element: Element | None, *path: str) -> Element | None:
    return next(inside(element, *path), None)


def number(text: str | None, default: float = 0.0) -> float:
    """A number as it is meant; the default for none, for nonsense and for what no page holds."""
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if abs(value) <= FARTHEST else default


def numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    """Exactly so many numbers (坐标、矩形、矩阵); nothing where there are fewer or one is none."""
    parts = SEPARATORS.split((text or "").strip(), maxsplit=count)[:count]
    values = tuple(number(part, math.nan) for part in parts)
    return values if len(values) == count and not any(map(math.isnan, values)) else None


def product(inner: Matrix, outer: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s,
        c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def placed(element: Element, outer: Matrix) -> Matrix:
    """What carries the coordinates of an object to the page: its CTM, its Boundary, its surroundings."""
    box = numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
    matrix = product((1, 0, 0, 1, box[0], box[1]), outer)
    ctm = numbers(element.get("CTM"), 6)
    if ctm is not None and abs(ctm[0] * ctm[3] - ctm[1] * ctm[2]) > 0:
        a, b, c, d, e, f = ctm
        return product((a, b, c, d, e, f), matrix)
    return matrix


def read_runs(element: Element, outer: Matrix) -> Iterator[Run]:
    """The runs of a text object, one for each `TextCode` that has text."""
    matrix = placed(element, outer)
    size = number(element.get("Size"))
    size = size if size > 0 else DEFAULT_SIZE
    # A code without coordinates of its own goes on from those of the last one.
    x, y = 0.0, ASCENT * size
    for code in inside(element, "TextCode"):
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        text = _text(code)
        if text.strip():
            steps = _steps(code, text, element, size)
            yield _run(text, [(x, y), *_origins(x, y, steps)], size, matrix)


def _text(code: Element) -> str:
    """The text of a code; a line break at its ends comes from indenting the XML."""
    text = "".join(code.itertext())
    return (
        re.sub(r"^\s*[\r\n]\s*|\s*[\r\n]\s*$", "", text)
        .replace("\r", " ")
        .replace("\n", " ")
        .replace("\t", " ")
    )


def _steps(code: Element, text: str, element: Element, size: float) -> list[Point]:
    """How far each character but the last is from the next; by the usual widths where the file is silent."""
    count = len(text) - 1
    xs, ys = _deltas(code.get("DeltaX"), count), _deltas(code.get("DeltaY"), count)
    if not any(xs) and not any(ys):
        scale = number(element.get("HScale"), 1.0) or 1.0
        angle = math.radians(number(element.get("ReadDirection")))
        natural = [width(character) * size * scale for character in text[:count]]
        return [(math.cos(angle) * step, math.sin(angle) * step) for step in natural]
    if ys and not xs:
        xs = [0.0] * len(ys)
    while len(xs) < count:
        xs.append(width(text[len(xs)]) * size if any(xs) else 0.0)
    while len(ys) < count:
        ys.append(0.0 if any(xs) else size)
    return list(zip(xs, ys, strict=True))


def _deltas(text: str | None, count: int) -> list[float]:
    """The numbers of DeltaX or DeltaY, where `g 3 5.6` stands for `5.6 5.6 5.6`; no more than `count`."""
    words = SEPARATORS.split((text or "").strip(), maxsplit=3 * count + 3)
    values: list[float] = []
    at = 0
    while at < len(words) and len(values) < count:
        if words[at].lower() == "g":
            times = int(number(words[at + 1] if at + 1 < len(words) else "", 0))
            values += [number(words[at + 2] if at + 2 < len(words) else "")] * max(0, min(times, count))
            at += 3
        else:
            values.append(number(words[at]))
            at += 1
    return values[:count]


def _origins(x: float, y: float, steps: list[Point]) -> Iterator[Point]:
    for dx, dy in steps:
        x, y = x + dx, y + dy
        yield x, y


def width(character: str) -> float:
    """The usual width of a character, in parts of its size (字宽): Chinese fonts know one and a half."""
    return 1.0 if unicodedata.east_asian_width(character) in WIDE else 0.5


def _run(text: str, origins: list[Point], size: float, matrix: Matrix) -> Run:
    run = Run(_turn(origins, matrix))
    for at, character in enumerate(text):
        x, y = origins[at]
        step = origins[at + 1][0] - x if at + 1 < len(origins) else 0.0
        # The file knows the advance of a letter better than we do, but a wide one is spacing.
        wide = step if 0 < step <= 1.05 * size else width(character) * size
        corners = [
            apply(matrix, px, py) for px in (x, x + wide) for py in (y - ASCENT * size, y + DESCENT * size)
        ]
        xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
        run.marks.append(Mark(character, min(xs), min(ys), max(xs), max(ys)))
    return run


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
