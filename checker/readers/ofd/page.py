"""Pages of OFD (版面内容): what the objects of a page and of its templates draw on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from checker.errors import ReadError
from checker.readers.layout import Mark, Page, Rule
from checker.readers.ofd.text import (
    POINTS,
    Matrix,
    Run,
    apply,
    first,
    inside,
    local,
    number,
    numbers,
    placed,
    read_runs,
)
from checker.readers.package import Element

MAX_OBJECTS = 200_000
MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 32
ADVICE = "在 OFD 阅读器中导出为 .docx 或 PDF 后再查。"

# In points: how far a line may be off its axis, how thick a filled bar may be, how short a rule.
LEVEL, THIN, SHORT = 0.7, 3.0, 2.0
# The longest path that may be a line or a frame of lines; longer ones are drawings and letters.
MAX_RULE_DATA = 2_000
# Operators of AbbreviatedData (图形数据), and how many numbers follow each.
OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
PATH_WORDS = re.compile(r"[A-Za-z]|[-+.\d][-+.\deE]*")


class Picture(NamedTuple):
    """An image on a page (图像): its resource, and the box it fills."""

    resource: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Budget:
    """What a document may still draw (余量): composites can repeat one another without end."""

    objects: int = MAX_OBJECTS
    characters: int = MAX_CHARACTERS

    def take(self, characters: int = 0) -> None:
        self.objects -= 1
        self.characters -= characters
        if self.objects < 0:
            raise ReadError(f"OFD 的文字和图形对象超过 {MAX_OBJECTS} 个，不像一份年度报告。{ADVICE}")
        if self.characters < 0:
            raise ReadError(f"OFD 的文字超过 {MAX_CHARACTERS} 字，不像一份年度报告。{ADVICE}")


@dataclass(slots=True)
class Drawing:
    """What is drawn on one page (页面图元), in points; `curves` measures what is drawn without text."""

    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    curves: int = 0
    # Text that is there but not to be seen, such as the one below a scanned picture.
    unseen: bool = False
    # Text so far off the page that it was left out.
    beyond: bool = False
    # Something the page refers to is not in the file.
    lacking: bool = False

    def is_near(self, mark: Mark) -> bool:
        """Whether text is on the page, or so little beside it that our idea of its place may be wrong."""
        x, y = (mark.x0 + mark.x1) / 2, (mark.y0 + mark.y1) / 2
        return abs(x - self.width / 2) <= self.width and abs(y - self.height / 2) <= self.height

    def page(self) -> Page:
        """The page to be read: turned upright if most of its text lies on its side."""
        turn = self._turn()
        marks = [mark for run in self.runs if run.turn == turn for mark in run.marks]
        size = (self.width, self.height) if turn % 2 == 0 else (self.height, self.width)
        if turn:
            marks = [Mark(mark.text, *self._upright(mark, turn)) for mark in marks]
            return Page(*size, marks, [Rule(*self._upright(rule, turn)) for rule in self.rules])
        return Page(*size, marks, self.rules)

    def sideways(self) -> tuple[str, ...]:
        """Texts that run another way than most: along a margin, in a tall cell."""
        usual = self._turn()
        return tuple(run.text for run in self.runs if run.turn not in {usual, None})

    def slanted(self) -> tuple[str, ...]:
        """Texts on a slant, which are watermarks (水印)."""
        return tuple(run.text for run in self.runs if run.turn is None)

    @property
    def characters(self) -> int:
        return sum(len(run.marks) for run in self.runs)

    def _turn(self) -> int:
        """The way most of the text runs."""
        counts: Counter[int] = Counter()
        for run in self.runs:
            if run.turn is not None:
                counts[run.turn] += len(run.marks)
        return max(counts, key=lambda turn: (counts[turn], -turn), default=0)

    def _upright(self, box: Mark | Rule, turn: int) -> tuple[float, float, float, float]:
        x0, y0, x1, y1 = box[-4:]
        if turn == 1:
            return y0, self.width - x1, y1, self.width - x0
        if turn == 3:
            return self.height - y1, x0, self.height - y0, x1
        return self.width - x1, self.height - y1, self.width - x0, self.height - y0


@dataclass(frozen=True, slots=True)
class Painter:
    """Puts objects on a page (绘制); composite objects come from the resources."""

    drawing: Drawing
    composite: Callable[[str], Element | None]
    budget: Budget

    def paint(self, container: Element, matrix: Matrix, depth: int = 0) -> None:
        """All visible objects of a layer, a block or an appearance, however deep."""
        if depth > MAX_DEPTH:
            raise ReadError(f"OFD 的页面对象嵌套超过 {MAX_DEPTH} 层，未予读取。{ADVICE}")
        for element in container:
            if (element.get("Visible") or "").strip().lower() in {"false", "0"}:
                continue
            name = local(element)
            if name == "TextObject":
                self._text(element, matrix)
            elif name == "PathObject":
                self._path(element, matrix)
            elif name == "ImageObject":
                self._picture(element, matrix)
            elif name == "CompositeObject":
                self._composite(element, matrix, depth)
            else:
                self.budget.take()
                self.paint(element, matrix, depth + 1)

    def _text(self, element: Element, matrix: Matrix) -> None:
        self.budget.take(sum(len(code.text or "") for code in inside(element, "TextCode")))
        for run in read_runs(element, matrix):
            near = [mark for mark in run.marks if self.drawing.is_near(mark)]
            self.drawing.beyond |= len(near) < len(run.marks)
            self.drawing.unseen |= _is_unseen(element)
            if near:
                self.drawing.runs.append(Run(run.turn, near))

    def _path(self, element: Element, matrix: Matrix) -> None:
        self.budget.take()
        data = "".join(code.text or "" for code in inside(element, "AbbreviatedData"))
        rules = list(_rules(data, placed(element, matrix))) if len(data) <= MAX_RULE_DATA else []
        self.drawing.rules += rules
        if not rules:
            self.drawing.curves += len(data)

    def _picture(self, element: Element, matrix: Matrix) -> None:
        self.budget.take()
        # An image fills the unit square, which the CTM stretches; without one it fills its Boundary.
        box = numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
        ctm = element.get("CTM")
        matrix = placed(element, matrix)
        size = (1.0, 1.0) if ctm else (box[2], box[3])
        corners = [apply(matrix, x, y) for x in (0.0, size[0]) for y in (0.0, size[1])]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        self.drawing.pictures.append(
            Picture(element.get("ResourceID") or "", min(xs), min(ys), max(xs), max(ys))
        )

    def _composite(self, element: Element, matrix: Matrix, depth: int) -> None:
        self.budget.take()
        unit = self.composite(element.get("ResourceID") or "")
        if unit is None:
            self.drawing.lacking = True
        else:
            self.paint(unit, placed(element, matrix), depth + 1)


def _is_unseen(element: Element) -> bool:
    alpha = [element.get("Alpha"), *(color.get("Alpha") for color in inside(element, "FillColor"))]
    filled = (element.get("Fill") or "true").strip().lower() not in {"false", "0"}
    stroked = (element.get("Stroke") or "false").strip().lower() in {"true", "1"}
    return any(number(value, 255.0) == 0 for value in alpha) or not (filled or stroked)


def _rules(data: str, matrix: Matrix) -> Iterator[Rule]:
    """The straight level and upright lines of a path, if it has no other; a thin bar is one line."""
    lines = _lines(data)
    if not lines:
        return
    points = [[apply(matrix, *point) for point in line] for line in lines]
    xs, ys = [x for line in points for x, _ in line], [y for line in points for _, y in line]
    bar = Rule(min(xs), min(ys), max(xs), max(ys))
    if min(bar.x1 - bar.x0, bar.y1 - bar.y0) <= THIN < max(bar.x1 - bar.x0, bar.y1 - bar.y0):
        yield bar
        return
    for line in points:
        for (x0, y0), (x1, y1) in pairwise(line):
            rule = Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            across, down = rule.x1 - rule.x0, rule.y1 - rule.y0
            if min(across, down) <= LEVEL and max(across, down) >= SHORT:
                yield rule


def _lines(data: str) -> list[list[tuple[float, float]]]:
    """The lines of a path, each through its points; none where it has a curve."""
    words = PATH_WORDS.findall(data)
    lines: list[list[tuple[float, float]]] = []
    at = 0
    while at < len(words):
        operator = words[at].upper()
        count = OPERANDS.get(operator)
        if count is None or count > 2:
            return []
        if operator == "C":
            if lines:
                lines[-1].append(lines[-1][0])
        else:
            point = numbers(" ".join(words[at + 1 : at + 3]), 2)
            if point is None:
                return []
            if operator in {"S", "M"} or not lines:
                lines.append([])
            lines[-1].append((point[0], point[1]))
        at += 1 + count
    return lines


def page_box(*areas: Element | None) -> tuple[float, float]:
    """Width and height of a page in points (页面大小), by the first area that tells it; else A4."""
    for area in areas:
        for name in ("PhysicalBox", "ApplicationBox", "ContentBox"):
            found = first(area, name)
            box = numbers(None if found is None else found.text, 4)
            if box is not None and 1 <= box[2] <= 10_000 and 1 <= box[3] <= 10_000:
                return box[2] * POINTS, box[3] * POINTS
    return 210 * POINTS, 297 * POINTS
