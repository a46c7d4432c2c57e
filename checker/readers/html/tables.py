"""Tables of a page (网页表格): rows of cells, or frames that only lay out the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checker.model.document import CELL_SEPARATOR
from checker.readers.html.line import BLANK, Line, collapse
from checker.readers.package import Element

LONG_CELL = 600
GROUPS = frozenset({"tbody", "thead", "tfoot", "form"})
WITHIN_ROW = frozenset({"form", "tr"})


def table_lines(table: Element, lines_of: Callable[[Element], list[Line]]) -> list[Line]:
    """The lines of a table: its rows, or what it frames where it only lays out the page (排版表格)."""
    rows = [
        # What stands outside of any row is one.
        (row, [lines_of(cell) for cell in (_parts(row, WITHIN_ROW) if row.tag == "tr" else [row])])
        for row in _parts(table, GROUPS)
    ]
    if _is_frame(table, [cells for _, cells in rows]):
        # As a whole, because here text may stand outside of any cell.
        return lines_of(table)
    found = [Line(text, table) for text in _stray(table)]
    for row, cells in rows:
        plain = [[line for line in cell if not line.cells] for cell in cells]
        texts = tuple(" ".join(line.text for line in cell if line.text) for cell in plain)
        said = [line for cell in plain for line in cell]
        files = tuple(name for line in said for name in line.files)
        linked, images = sum(line.linked for line in said), sum(line.images for line in said)
        if any(texts) or images or files:
            text = CELL_SEPARATOR.join(texts) if any(texts) else ""
            found.append(Line(text, row, None, texts, linked, images, files))
        found += [line for cell in cells for line in cell if line.cells]
    return found


def _stray(table: Element) -> list[str]:
    """Text of a table outside of its rows, which browsers show in front of it."""
    inner = table.iterchildren(*GROUPS)
    texts = [table.text, *(child.tail for part in (table, *inner) for child in part)]
    return [text for text in (collapse(text or "") for text in texts) if text.strip(BLANK)]


def _parts(element: Element, through: frozenset[str]) -> Iterator[Element]:
    """The elements in an element, and for those to be seen through what is in them."""
    waiting = list(element)[::-1]
    while waiting:
        part = waiting.pop()
        if part.tag in through:
            waiting += list(part)[::-1]
        elif isinstance(part.tag, str):
            yield part


def _is_frame(table: Element, rows: list[list[list[Line]]]) -> bool:
    """Whether a table only frames the page: one column of paragraphs, or a cell that holds an article."""
    cells = [cell for row in rows for cell in row]
    several = [cell for cell in cells if sum(bool(line.text) for line in cell) > 1]
    if all(len(row) == 1 for row in rows):
        return bool(several) or len(rows) == 1 or table.get("border") in {None, "", "0"}
    return any(
        (sum(len(line.text) for line in cell) > LONG_CELL and len(cell) > 3)
        or (any(line.cells for line in cell) and len(cell) > 3)
        for cell in several
    )
