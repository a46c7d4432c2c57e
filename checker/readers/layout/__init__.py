"""Pages (版面): marks at places on a page, joined into lines, paragraphs and rows of tables.

PDF, OFD and OCR give the same thing: pieces of text with their places. Coordinates are points
(1/72 inch) from the top left corner of the page, x to the right and y downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from checker.model.document import Block
from checker.readers.layout.columns import find_columns
from checker.readers.layout.grid import Table, find_tables
from checker.readers.layout.lines import Line, find_lines
from checker.readers.layout.page import Mark, Page, Rule
from checker.readers.layout.paragraphs import Column, find_paragraphs, set_edges, setting_of
from checker.readers.layout.running import strip_running

__all__ = ["Mark", "Page", "Rule", "read_pages"]

Part = Column | Table
# Characters that stand for tables: planes of private use, which no reader gives.
TABLE = 0xF0000
FAR = 1e6


def read_pages(pages: Sequence[Page]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of all pages in reading order, and apart from them the headers, footers and page numbers."""
    pages = [_sound(page) for page in pages]
    bodies, apart = strip_running(pages)
    parts: list[tuple[int, Part]] = []
    for number, (page, marks) in enumerate(zip(pages, bodies, strict=True), 1):
        parts += [(number, part) for part in _parts(page, marks, number)]
    return tuple(_blocks(parts)), tuple(apart)


def _sound(page: Page) -> Page:
    """The page without marks and rules that stand nowhere."""
    marks = [mark for mark in page.marks if mark.text and _stands(mark[1:])]
    return page._replace(marks=marks, rules=[rule for rule in page.rules if _stands(rule)])


def _stands(box: tuple[float, ...]) -> bool:
    x0, y0, x1, y1 = box
    return -FAR < x0 <= x1 < FAR and -FAR < y0 <= y1 < FAR


def _parts(page: Page, marks: list[Mark], number: int) -> list[Part]:
    """The columns and tables of a page in reading order."""
    tables, rest = find_tables(marks, page.rules)
    # A table takes part in the finding of columns as one large mark.
    stands = {Mark(chr(TABLE + i), t.x0, t.y0, t.x1, t.y1): t for i, t in enumerate(tables)}
    parts: list[Part] = []
    for part in find_columns([*rest, *stands]):
        inside = sorted((stands[mark] for mark in part if mark in stands), key=lambda table: table.y0)
        lines = find_lines(mark for mark in part if mark not in stands)
        parts += _between(inside, lines, (number, page.width, page.height))
    return parts


def _between(tables: list[Table], lines: list[Line], place: tuple[int, float, float]) -> Iterator[Part]:
    """Tables, and the lines before, between and behind them."""
    rest = lines
    for table in tables:
        middle = (table.y0 + table.y1) / 2
        above = [line for line in rest if line.y1 <= middle]
        if above:
            yield Column(*place, above, lines)
        yield table
        rest = [line for line in rest if line.y1 > middle]
    if rest:
        yield Column(*place, rest, lines)


def _blocks(parts: list[tuple[int, Part]]) -> Iterator[Block]:
    columns = [part for _, part in parts if isinstance(part, Column)]
    set_edges(columns)
    setting = setting_of(columns)
    for _, group in groupby(parts, key=lambda part: isinstance(part[1], Table)):
        run = list(group)
        yield from _rows((number, part) for number, part in run if isinstance(part, Table))
        for paragraph in find_paragraphs([part for _, part in run if isinstance(part, Column)], setting):
            yield Block(paragraph.text, page=paragraph.page)


def _rows(tables: Iterable[tuple[int, Table]]) -> Iterator[Block]:
    """The rows of tables that follow one another: on a new page a table may repeat its first row."""
    head, last = "", 0
    for number, table in tables:
        repeats = number == last + 1 and table.rows[0] == head
        for row in table.rows[repeats:]:
            yield Block(row, table=True, page=number)
        head, last = table.rows[0], number
