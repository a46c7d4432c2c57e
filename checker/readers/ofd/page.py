"""Pages of OFD (版面内容): what the objects of a page and of its templates draw on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import NamedTuple

from checker.errors import ReadError
from checker.readers.layout import Page, Rule
from checker.readers.ofd.parts import inside, local, number, numbers, says, words
from checker.readers.ofd.text import POINTS, Box, Matrix, Run, apply, framed, placed, read_runs
from checker.readers.package import Element

# What a document may draw: a character counts one, an object ten.
MAX_DRAWN = 2_000_000
MAX_DEPTH = 32
ADVICE = "在 OFD 阅读器中导出为 .docx 或 PDF 后再查。"

# In points: how far a line may be off its axis, how thick a filled bar may be, how short a rule.
LEVEL, THIN, SHORT = 0.7, 3.0, 2.0
# The longest path that may be a line or a frame of lines; longer ones are drawings and letters.
MAX_RULE_DATA = 2_000
# Operators of AbbreviatedData (图形数据): to begin, to draw a line, to close; and those of curves.
STEP = re.compile(r"([SMLC])(?:\s*([-+.\dE]+)[\s,]+([-+.\dE]+))?")
CURVE = re.compile("[QBA]")


class Picture(NamedTuple):
    """An image on a page (图像): its resource, and the box it fills."""

    resource: str | None
    box: Box


@dataclass(slots=True)
class Budget:
    """What a document may still draw (余量): composites can repeat one another without end."""

    left: int = MAX_DRAWN

    def take(self, characters: int = 0) -> None:
        self.left -= 10 + characters
        if self.left < 0:
            raise ReadError(f"OFD 的文字和图形过多，不像一份年度报告。请只留报告正文的页，或{ADVICE}")


@dataclass(slots=True)
class Drawing:
    """What is drawn on one page (页面图元), in points; `curves` measures what is drawn without text."""

    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    curves: int = 0
    # Something the page refers to is not in the file.
    lacking: bool = False

    @property
    def characters(self) -> int:
        return sum(len(run.text.replace(" ", "")) for run in self.runs)

    def strip_unseen(self) -> list[str]:
        """Take out the text that nobody sees, unless it is most of the page: then it says what a scan shows."""
        unseen = [run for run in self.runs if not run.seen]
        if 2 * sum(len(run.marks) for run in unseen) > self.characters:
            return []
        self.runs = [run for run in self.runs if run.seen]
        return [run.text for run in unseen]

    def page(self) -> Page:
        """The text that runs from left to right."""
        marks = [mark for run in self.runs if run.turn == 0 for mark in run.marks]
        return Page(self.width, self.height, marks, self.rules)

    def beside(self) -> tuple[list[str], list[str]]:
        """The text that runs upwards or downwards, as one would read it, and slanted text: watermarks (水印)."""
        groups = groupby(self.runs, key=lambda run: run.turn)
        texts = [(turn, "".join(run.text for run in runs)) for turn, runs in groups if turn != 0]
        return [t for turn, t in texts if turn is not None], [t for turn, t in texts if turn is None]


@dataclass(frozen=True, slots=True)
class Painter:
    """Puts objects on a page (绘制); composite objects come from the resources."""

    drawing: Drawing
    composites: Mapping[str | None, Element]
    budget: Budget

    def paint(self, container: Element, matrix: Matrix, depth: int = 0) -> None:
        """All visible objects of a layer, a block or an appearance, however deep."""
        if depth > MAX_DEPTH:
            raise ReadError(f"OFD 的页面对象嵌套超过 {MAX_DEPTH} 层，未予读取。请{ADVICE}")
        for element in container:
            if not says(element, "Visible", True):
                continue
            name = local(element)
            self.budget.take()
            if name == "TextObject":
                self._text(element, matrix)
            elif name == "PathObject":
                self._path(element, matrix)
            elif name == "ImageObject":
                self._picture(element, matrix)
            elif name == "CompositeObject":
                self._composite(element, matrix, depth)
            else:
                self.paint(element, matrix, depth + 1)

    def _text(self, element: Element, matrix: Matrix) -> None:
        self.budget.take(sum(len("".join(code.itertext())) for code in inside(element, "TextCode")))
        self.drawing.runs += read_runs(element, matrix)

    def _path(self, element: Element, matrix: Matrix) -> None:
        data = "".join(code.text or "" for code in inside(element, "AbbreviatedData"))
        rules = list(_rules(data, placed(element, matrix))) if len(data) <= MAX_RULE_DATA else []
        self.drawing.rules += rules
        if not rules:
            self.drawing.curves += len(data)

    def _picture(self, element: Element, matrix: Matrix) -> None:
        # An image fills the unit square, which the CTM stretches; without one it fills its Boundary.
        box = numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
        size = (1.0, 1.0) if element.get("CTM") else box[2:]
        place = framed(placed(element, matrix), (0.0, 0.0, size[0], size[1]))
        self.drawing.pictures.append(Picture(element.get("ResourceID"), place))

    def _composite(self, element: Element, matrix: Matrix, depth: int) -> None:
        unit = self.composites.get(element.get("ResourceID"))
        if unit is None:
            self.drawing.lacking = True
        else:
            self.paint(unit, placed(element, matrix), depth + 1)


def _rules(data: str, matrix: Matrix) -> Iterator[Rule]:
    """The straight level and upright lines of a path, if it has no other; a thin bar is one line."""
    lines = [[apply(matrix, x, y) for x, y in line] for line in _lines(data.upper())]
    if not lines:
        return
    xs, ys = [x for line in lines for x, _ in line], [y for line in lines for _, y in line]
    across, down = max(xs) - min(xs), max(ys) - min(ys)
    if min(across, down) <= THIN < max(across, down):
        yield Rule(min(xs), min(ys), max(xs), max(ys))
        return
    for line in lines:
        for (x0, y0), (x1, y1) in pairwise(line):
            if min(abs(x1 - x0), abs(y1 - y0)) <= LEVEL and max(abs(x1 - x0), abs(y1 - y0)) >= SHORT:
                yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _lines(data: str) -> list[list[tuple[float, float]]]:
    """The lines of a path, each through its points; none where it has a curve."""
    lines: list[list[tuple[float, float]]] = []
    for operator, x, y in () if CURVE.search(data) else STEP.findall(data):
        if operator == "C":
            if lines:
                lines[-1].append(lines[-1][0])
        elif x:
            if operator != "L" or not lines:
                lines.append([])
            lines[-1].append((number(x), number(y)))
    return lines


def page_box(*areas: Element | None) -> tuple[float, float]:
    """Width and height of a page in points (页面大小), by the first area that tells it; else A4."""
    for area in areas:
        box = numbers(words(area, "PhysicalBox"), 4)
        if box is not None and 1 <= box[2] <= 10_000 and 1 <= box[3] <= 10_000:
            return box[2] * POINTS, box[3] * POINTS
    return 210 * POINTS, 297 * POINTS
