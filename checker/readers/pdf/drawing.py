"""Drawings on a page of a PDF (PDF 图形): ruling lines, and how much of the page pictures cover."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from checker.readers.layout.page import Rule

Box = tuple[float, float, float, float]
# The six numbers of a transformation: (x, y) goes to (a x + c y + e, b x + d y + f).
Matrix = tuple[float, float, float, float, float, float]

THIN = 3.0
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
DEEPEST = 4
# Beyond these a page is a drawing, and its lines no tables.
MAX_OBJECTS = 100_000
MAX_SEGMENTS = 20_000
MANY_SHAPES = 30


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page besides its text, in coordinates of the page."""

    rules: list[Box] = field(default_factory=list)
    # The share of the page that its largest picture covers, and whether it lies over the text.
    pictured: float = 0.0
    covered: bool = False
    shapes: int = 0
    segments: int = 0
    texts: int = 0
    objects: int = 0

    def shows(self) -> bool:
        """Whether a reader would see something where there is no text."""
        return self.pictured > 0.001 or self.shapes > MANY_SHAPES


def find_drawing(page: Any, crop: Box) -> Drawing:
    """The lines and pictures of a page, also those inside of its forms (表单对象)."""
    drawing = Drawing()
    count = pdfium.FPDFPage_CountObjects(page)
    top = (pdfium.FPDFPage_GetObject(page, i) for i in range(min(count, MAX_OBJECTS)))
    _walk(top, IDENTITY, crop, (drawing, 0))
    return drawing


def _walk(objects: Iterator[Any], matrix: Matrix, crop: Box, state: tuple[Drawing, int]) -> None:
    drawing, depth = state
    for item in objects:
        drawing.objects += 1
        if drawing.objects > MAX_OBJECTS:
            return
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            drawing.texts += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            drawing.shapes += 1
            drawing.rules += _rules(item, matrix, drawing)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            _add_picture(drawing, _share(_bounds(item, matrix), crop))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            count = min(pdfium.FPDFFormObj_CountObjects(item), MAX_OBJECTS)
            inner = (pdfium.FPDFFormObj_GetObject(item, i) for i in range(count))
            _walk(inner, _times(_matrix(item), matrix), crop, (drawing, depth + 1))


def _add_picture(drawing: Drawing, share: float) -> None:
    if share > drawing.pictured:
        drawing.pictured = share
        drawing.covered = drawing.texts > 0


def _share(box: Box, crop: Box) -> float:
    width = min(box[2], crop[2]) - max(box[0], crop[0])
    height = min(box[3], crop[3]) - max(box[1], crop[1])
    whole = (crop[2] - crop[0]) * (crop[3] - crop[1])
    return width * height / whole if width > 0 and height > 0 and whole > 0 else 0.0


def _matrix(item: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(one: Matrix, other: Matrix) -> Matrix:
    """The transformation that does `one` and then `other`."""
    a, b = _turned(one[0], one[1], other)
    c, d = _turned(one[2], one[3], other)
    e, f = _placed(one[4], one[5], other)
    return (a, b, c, d, e, f)


def _turned(x: float, y: float, m: Matrix) -> tuple[float, float]:
    return m[0] * x + m[2] * y, m[1] * x + m[3] * y


def _placed(x: float, y: float, m: Matrix) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _bounds(item: Any, matrix: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return (0, 0, 0, 0)
    return _box([_placed(x.value, y.value, matrix) for x, y in ((left, bottom), (right, top))])


def _box(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


def _rules(path: Any, matrix: Matrix, drawing: Drawing) -> list[Box]:
    """The straight lines that a path draws: thin shapes, and the sides of stroked rectangles."""
    whole = _bounds(path, matrix)
    if _is_thin(whole):
        return [whole]
    segments = pdfium.FPDFPath_CountSegments(path)
    drawing.segments += segments
    if drawing.segments > MAX_SEGMENTS:
        return []
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    placing = _times(_matrix(path), matrix)
    rules: list[Box] = []
    for points in _figures(path, segments, placing):
        figure = _box(points)
        if _is_thin(figure):
            rules.append(figure)
        elif stroke.value:
            sides = (_box([a, b]) for a, b in pairwise(points))
            rules += [side for side in sides if _is_thin(side)]
    return rules


def _figures(path: Any, segments: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of each figure of a path, closed ones with the first corner at the end."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_placed(x.value, y.value, matrix))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _is_thin(box: Box) -> bool:
    across, along = sorted((box[2] - box[0], box[3] - box[1]))
    return across <= THIN and along > 2 * across


def as_rule(box: Box) -> Rule:
    """The line along the middle of a thin shape."""
    if box[2] - box[0] >= box[3] - box[1]:
        middle = (box[1] + box[3]) / 2
        return Rule(box[0], middle, box[2], middle)
    middle = (box[0] + box[2]) / 2
    return Rule(middle, box[1], middle, box[3])
