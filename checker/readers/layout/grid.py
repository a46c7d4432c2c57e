"""Tables (表格) out of ruling lines: which lines form a grid, and what text stands in its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from checker.model.document import CELL_SEPARATOR
from checker.readers.layout.lines import find_lines
from checker.readers.layout.page import Mark, Rule

# Borders of neighbouring cells are drawn beside or over one another.
NEAR = 3.0
SHORTEST = 6.0
# Beyond these a drawing is no table; they also bound the time.
MAX_RULES = 3000
MAX_CELLS = 20_000
MAX_GRIDS = 50


class Table(NamedTuple):
    """A grid with its place and the text of its rows."""

    x0: float
    y0: float
    x1: float
    y1: float
    rows: tuple[str, ...]


class _Stroke(NamedTuple):
    """Rules in one straight line, joined: `at` across its direction, from `start` to `end` along it."""

    at: float
    start: float
    end: float


def find_tables(marks: Sequence[Mark], rules: Sequence[Rule]) -> tuple[list[Table], list[Mark]]:
    """The tables of a page, and the marks that stand in none of them."""
    flat = [rule.x1 - rule.x0 >= rule.y1 - rule.y0 for rule in rules]
    across = _joined(
        [_Stroke((r.y0 + r.y1) / 2, r.x0, r.x1) for r, is_flat in zip(rules, flat, strict=True) if is_flat]
    )
    down = _joined(
        [
            _Stroke((r.x0 + r.x1) / 2, r.y0, r.y1)
            for r, is_flat in zip(rules, flat, strict=True)
            if not is_flat
        ]
    )
    tables: list[Table] = []
    rest = list(marks)
    if len(across) + len(down) > MAX_RULES:
        return tables, rest
    for grid in _grids(across, down):
        rows = grid.rows([mark for mark in rest if grid.holds(mark)])
        if rows:
            tables.append(Table(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1], rows))
            rest = [mark for mark in rest if not grid.holds(mark)]
    return tables, rest


def _joined(strokes: list[_Stroke]) -> list[_Stroke]:
    """Strokes of one straight line that touch, as one; too short ones are dots or letters."""
    levels = _levels([stroke.at for stroke in strokes])
    level = [_Stroke(levels[bisect_right(levels, s.at) - 1], s.start, s.end) for s in strokes]
    joined: list[_Stroke] = []
    for at, start, end in sorted(level):
        if joined and joined[-1].at == at and start <= joined[-1].end + NEAR:
            joined[-1] = joined[-1]._replace(end=max(joined[-1].end, end))
        else:
            joined.append(_Stroke(at, start, end))
    return [stroke for stroke in joined if stroke.end - stroke.start >= SHORTEST]


def _levels(values: list[float]) -> list[float]:
    """The values in order, those that are near to one another as one."""
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > NEAR:
            levels.append(value)
    return levels


class _Grid:
    """Strokes that cross one another."""

    def __init__(self, across: list[_Stroke], down: list[_Stroke]) -> None:
        self._across, self._down = across, down
        # A table may be open at its sides: its horizontal lines tell how far it goes.
        self.xs = _levels([s.at for s in down] + [end for s in across for end in s[1:]])
        self.ys = _levels([s.at for s in across] + [end for s in down for end in s[1:]])

    def holds(self, mark: Mark) -> bool:
        x, y = (mark.x0 + mark.x1) / 2, (mark.y0 + mark.y1) / 2
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def rows(self, marks: list[Mark]) -> tuple[str, ...]:
        """The text of each row; nothing where the grid only frames text."""
        width, height = len(self.xs) - 1, len(self.ys) - 1
        if width * height > MAX_CELLS or width < 2:
            return ()
        cells = self._cells(width, height)
        if all(len({*cells[row * width : (row + 1) * width]}) < 2 for row in range(height)):
            return ()
        held: dict[int, list[Mark]] = defaultdict(list)
        for mark in marks:
            column = min(bisect_right(self.xs, (mark.x0 + mark.x1) / 2), width) - 1
            row = min(bisect_right(self.ys, (mark.y0 + mark.y1) / 2), height) - 1
            held[cells[row * width + column]].append(mark)
        rows: dict[int, list[str]] = defaultdict(list)
        for cell in sorted(held):
            text = "".join(line.text for line in find_lines(held[cell]))
            rows[cell // width] += [text] if text else []
        return tuple(CELL_SEPARATOR.join(row) for row in rows.values() if row)

    def _cells(self, width: int, height: int) -> list[int]:
        """For each field of the grid the first field of the cell it belongs to: cells may be merged."""
        walls = _walls(self._down, self.xs, self.ys)
        floors = _walls(self._across, self.ys, self.xs)
        fields = _Groups(width * height)
        for field in range(width * height):
            row, column = divmod(field, width)
            if column and (column, row) not in walls:
                fields.unite(field, field - 1)
            if row and (row, column) not in floors:
                fields.unite(field, field - width)
        return [fields.first(field) for field in range(width * height)]


def _walls(strokes: list[_Stroke], levels: list[float], steps: list[float]) -> set[tuple[int, int]]:
    """Which level is drawn beside which step: (number of the level, number of the step)."""
    found = set()
    for stroke in strokes:
        level = min(range(len(levels)), key=lambda i: abs(levels[i] - stroke.at))
        for step in range(len(steps) - 1):
            if stroke.start <= (steps[step] + steps[step + 1]) / 2 <= stroke.end:
                found.add((level, step))
    return found


class _Groups:
    """Numbers in groups, each known by its smallest (并查集)."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def first(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def unite(self, one: int, other: int) -> None:
        a, b = self.first(one), self.first(other)
        self._parents[max(a, b)] = min(a, b)


def _grids(across: list[_Stroke], down: list[_Stroke]) -> list[_Grid]:
    """Groups of strokes that cross or touch, the largest first: what is inside another belongs to its cells."""
    groups = _Groups(len(across) + len(down))
    for i, row in enumerate(across):
        for j, column in enumerate(down, len(across)):
            meet = row.start - NEAR <= column.at <= row.end + NEAR
            if meet and column.start - NEAR <= row.at <= column.end + NEAR:
                groups.unite(i, j)
    strokes: dict[int, tuple[list[_Stroke], list[_Stroke]]] = defaultdict(lambda: ([], []))
    for i, stroke in enumerate(across + down):
        strokes[groups.first(i)][i >= len(across)].append(stroke)
    grids = [_Grid(*group) for group in strokes.values() if all(group)]
    grids = [grid for grid in grids if len(grid.xs) > 1 and len(grid.ys) > 1]
    grids.sort(key=lambda grid: (grid.xs[0] - grid.xs[-1]) * (grid.ys[-1] - grid.ys[0]))
    return grids[:MAX_GRIDS]
