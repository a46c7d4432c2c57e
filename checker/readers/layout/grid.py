"""Tables (表格) out of ruling lines: which lines form a grid, and what text stands in its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.readers.layout.lines import find_lines
from checker.readers.layout.page import Mark, Rule

CELL_SEPARATOR = "　"
# Borders of neighbouring cells are drawn beside or over one another.
NEAR = 3.0
SHORTEST = 6.0
# Beyond these a drawing is no table; they also bound the time.
MAX_RULES = 3000
MAX_CELLS = 20_000
MAX_GRIDS = 50


@dataclass(frozen=True, slots=True)
class Table:
    """A grid with its place and the text of its rows."""

    x0: float
    y0: float
    x1: float
    y1: float
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Stroke:
    """Rules in one straight line, joined: `at` across its direction, from `start` to `end` along it."""

    at: float
    start: float
    end: float


def find_tables(marks: Iterable[Mark], rules: Sequence[Rule]) -> tuple[list[Table], list[Mark]]:
    """The tables of a page, and the marks that stand in none of them."""
    across, down = _strokes(rules)
    if not across or not down or len(across) + len(down) > MAX_RULES:
        return [], list(marks)
    tables: list[Table] = []
    rest = list(marks)
    for grid in _grids(across, down):
        inside = [mark for mark in rest if grid.holds(mark)]
        rows = grid.rows(inside)
        if rows:
            tables.append(Table(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1], rows))
            rest = [mark for mark in rest if not grid.holds(mark)]
    return tables, rest


def _strokes(rules: Sequence[Rule]) -> tuple[list[_Stroke], list[_Stroke]]:
    across: list[_Stroke] = []
    down: list[_Stroke] = []
    for x0, y0, x1, y1 in rules:
        if abs(x1 - x0) >= abs(y1 - y0):
            across.append(_Stroke((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        else:
            down.append(_Stroke((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return _joined(across), _joined(down)


def _joined(strokes: list[_Stroke]) -> list[_Stroke]:
    """Strokes of one straight line that touch, as one; too short ones are dots or letters."""
    bands: list[list[_Stroke]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.at):
        if bands and stroke.at - bands[-1][0].at <= NEAR:
            bands[-1].append(stroke)
        else:
            bands.append([stroke])
    joined: list[_Stroke] = []
    for band in bands:
        at = sum(stroke.at for stroke in band) / len(band)
        for stroke in sorted(band, key=lambda stroke: stroke.start):
            if joined and joined[-1].at == at and stroke.start <= joined[-1].end + NEAR:
                joined[-1] = _Stroke(at, joined[-1].start, max(joined[-1].end, stroke.end))
            else:
                joined.append(_Stroke(at, stroke.start, stroke.end))
    return [stroke for stroke in joined if stroke.end - stroke.start >= SHORTEST]


class _Grid:
    """Strokes that cross one another."""

    def __init__(self, across: list[_Stroke], down: list[_Stroke]) -> None:
        self._across, self._down = across, down
        # A table may be open at its sides: its horizontal lines tell how far it goes.
        self.xs = _levels([s.at for s in down] + [s.start for s in across] + [s.end for s in across])
        self.ys = _levels([s.at for s in across] + [s.start for s in down] + [s.end for s in down])

    def holds(self, mark: Mark) -> bool:
        x, y = (mark.x0 + mark.x1) / 2, (mark.y0 + mark.y1) / 2
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def rows(self, marks: list[Mark]) -> tuple[str, ...]:
        """The text of each row; nothing where the grid only frames text."""
        width, height = len(self.xs) - 1, len(self.ys) - 1
        if width * height > MAX_CELLS or width < 2:
            return ()
        first = self._cells()
        held: dict[int, list[Mark]] = {}
        for mark in marks:
            column = min(bisect_right(self.xs, (mark.x0 + mark.x1) / 2), width) - 1
            row = min(bisect_right(self.ys, (mark.y0 + mark.y1) / 2), height) - 1
            held.setdefault(first[row * width + column], []).append(mark)
        texts = {cell: _cell_text(held[cell]) for cell in sorted(held)}
        if len(set(first)) < 2 or all(
            len({*first[r * width : r * width + width]}) < 2 for r in range(height)
        ):
            return ()
        rows = [[t for c, t in texts.items() if c // width == row and t] for row in range(height)]
        return tuple(CELL_SEPARATOR.join(row) for row in rows if row)

    def _cells(self) -> list[int]:
        """For each field of the grid the first field of the cell it belongs to: cells may be merged."""
        width, height = len(self.xs) - 1, len(self.ys) - 1
        first = list(range(width * height))
        walls = _walls(self._down, self.xs, self.ys)
        floors = _walls(self._across, self.ys, self.xs)
        for row in range(height):
            for column in range(width):
                here = row * width + column
                if column and (column, row) not in walls:
                    _unite(first, here, here - 1)
                if row and (row, column) not in floors:
                    _unite(first, here, here - width)
        return [_root(first, field) for field in first]


def _walls(strokes: list[_Stroke], levels: list[float], steps: list[float]) -> set[tuple[int, int]]:
    """Which level is drawn beside which step: (number of the level, number of the step)."""
    found = set()
    for stroke in strokes:
        level = min(range(len(levels)), key=lambda i: abs(levels[i] - stroke.at))
        for step in range(len(steps) - 1):
            if stroke.start <= (steps[step] + steps[step + 1]) / 2 <= stroke.end:
                found.add((level, step))
    return found


def _root(first: list[int], field: int) -> int:
    while first[field] != field:
        first[field] = first[first[field]]
        field = first[field]
    return field


def _unite(first: list[int], one: int, other: int) -> None:
    a, b = _root(first, one), _root(first, other)
    first[max(a, b)] = min(a, b)


def _cell_text(marks: list[Mark]) -> str:
    return "".join(line.text for line in find_lines(marks))


def _levels(values: list[float]) -> list[float]:
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > NEAR:
            levels.append(value)
    return levels


def _grids(across: list[_Stroke], down: list[_Stroke]) -> list[_Grid]:
    """Groups of strokes that cross or touch; groups inside another group belong to its cells."""
    first = list(range(len(across) + len(down)))
    for i, row in enumerate(across):
        for j, column in enumerate(down, len(across)):
            if _touch(row, column):
                _unite(first, i, j)
    groups: dict[int, tuple[list[_Stroke], list[_Stroke]]] = {}
    for i, stroke in enumerate(across + down):
        groups.setdefault(_root(first, i), ([], []))[i >= len(across)].append(stroke)
    grids = [_Grid(*group) for group in groups.values() if all(group)]
    grids = [grid for grid in grids if len(grid.xs) > 1 and len(grid.ys) > 1]
    grids.sort(key=lambda grid: (grid.xs[0] - grid.xs[-1]) * (grid.ys[-1] - grid.ys[0]))
    return grids[:MAX_GRIDS]


def _touch(row: _Stroke, column: _Stroke) -> bool:
    return (
        row.start - NEAR <= column.at <= row.end + NEAR and column.start - NEAR <= row.at <= column.end + NEAR
    )
