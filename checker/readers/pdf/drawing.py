"""Drawings on a page of a PDF (PDF 图形): ruling lines, and how much of the page pictures cover."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from pypdfium2 import PdfMatrix

from checker.readers.layout.page import Rule

Box = tuple[float, float, float, float]

THIN = 3.0
DEEPEST = 4
# Beyond these a page is a drawing, and its lines no tables.
MAX_OBJECTS = 100_000
MAX_SEGMENTS = 20_000
MANY_SHAPES = 30


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page besides its text, in coordinates of the page.

    `pictured` is the share of the page that its largest picture covers, `covered` whether that
    lies over the text.
    """

    crop: Box
    rules: list[Box] = field(default_factory=list)
    pictured: float = 0.0
    covered: bool = False
    shapes: int = 0
    segments: int = 0
    texts: int = 0
    objects: int = 0

    def shows(self) -> bool:
        """Whether a reader would see something where there is no text."""
        return self.pictured > 0.001 or self.shapes > MANY_SHAPES

    def add(self, objects: Iterator[Any], matrix: Any, depth: int = 0) -> None:
        """Add objects of the page, and those inside of forms (表单对象)."""
        for item in objects:
            self.objects += 1
            if self.objects > MAX_OBJECTS:
                return
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self.texts += 1
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.shapes += 1
                self.rules += self._rules(item, matrix)
            elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
                self._add_picture(_bounds(item, matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                count = min(pdfium.FPDFFormObj_CountObjects(item), MAX_OBJECTS)
                inner = (pdfium.FPDFFormObj_GetObject(item, i) for i in range(count))
                self.add(inner, _matrix(item).multiply(matrix), depth + 1)

    def _add_picture(self, box: Box) -> None:
        left, bottom, right, top = self.crop
        width, height = min(box[2], right) - max(box[0], left), min(box[3], top) - max(box[1], bottom)
        whole = (right - left) * (top - bottom)
        share = width * height / whole if min(width, height, whole) > 0 else 0.0
        if share > self.pictured:
            self.pictured, self.covered = share, self.texts > 0

    def _rules(self, path: Any, matrix: Any) -> list[Box]:
        """The straight lines that a path draws: thin shapes, and the sides of stroked rectangles."""
        whole = _bounds(path, matrix)
        if _is_thin(whole):
            return [whole]
        segments = pdfium.FPDFPath_CountSegments(path)
        self.segments += segments
        if self.segments > MAX_SEGMENTS:
            return []
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        boxes: list[Box] = []
        for points in _figures(path, segments, _matrix(path).multiply(matrix)):
            figure = _box(points)
            stroked = stroke.value and not _is_thin(figure)
            boxes += [_box(side) for side in pairwise(points)] if stroked else [figure]
        return [box for box in boxes if _is_thin(box)]


def find_drawing(page: Any, crop: Box) -> Drawing:
    """The lines and pictures of a page."""
    drawing = Drawing(crop)
    count = min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)
    drawing.add((pdfium.FPDFPage_GetObject(page, i) for i in range(count)), PdfMatrix())
    return drawing


def _matrix(item: Any) -> Any:
    found = pdfium.FS_MATRIX()
    return PdfMatrix.from_raw(found) if pdfium.FPDFPageObj_GetMatrix(item, found) else PdfMatrix()


def _bounds(item: Any, matrix: Any) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *edges):
        return (0, 0, 0, 0)
    left, bottom, right, top = matrix.on_rect(*(edge.value for edge in edges))
    return (left, bottom, right, top)


def _figures(path: Any, segments: int, matrix: Any) -> Iterator[list[tuple[float, float]]]:
    """The corners of each figure of a path, closed ones with the first corner at the end."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(matrix.on_point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _box(points: list[tuple[float, float]] | tuple[tuple[float, float], ...]) -> Box:
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def _is_thin(box: Box) -> bool:
    across, along = sorted((box[2] - box[0], box[3] - box[1]))
    return across <= THIN and along > 2 * across


def as_rule(box: Box) -> Rule:
    """The line along the middle of a thin shape."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return Rule(box[0], y, box[2], y) if box[2] - box[0] >= box[3] - box[1] else Rule(x, box[1], x, box[3])
