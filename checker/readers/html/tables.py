"""Tables of a page (网页表格): rows of cells, or frames that only lay out the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checker.readers.html.line import BLANK, Line, collapse
from checker.readers.package import Element

CELL_SEPARATOR = "　"
LONG_CELL = 600


def table_lines(table: Element, lines_of: Callable[[Element], list[Line]]) -> list[Line]:
    """The lines of a table: its rows, or what it frames where it only lays out the page (排版表格)."""
    rows = [
        (row, [lines_of(cell) for cell in cells] if cells else [lines_of(row)]) for row, cells in _rows(table)
    ]
    if _is_frame(table, [cells for _, cells in rows]):
        # As a whole, because here text may stand outside of any cell.
        return lines_of(table)
    found = [Line(text, table) for text in _stray(table)]
    for row, cells in rows:
        plain = [[line for line in cell if not line.cells] for cell in cells]
        texts = tuple(" ".join(line.text for line in cell if line.text) for cell in plain)
        everything = [line for cell in plain for line in cell]
        files = tuple(name for line in everything for name in line.files)
        images = sum(line.images for line in everything)
        if any(texts) or images or files:
            text = CELL_SEPARATOR.join(texts) if any(texts) else ""
            linked = sum(line.linked for line in everything)
            found.append(Line(text, row, None, texts, linked, images, files))
        found += [line for cell in cells for line in cell if line.cells]
    return found


def _rows(table: Element) -> Iterator[tuple[Element, list[Element]]]:
    """The rows with their cells; what stands in a table outside of any cell is a row without."""
    waiting = list(table)[::-1]
    while waiting:
        element = waiting.pop()
        if element.tag == "tr":
            yield element, _cells(element)
        elif element.tag in {"tbody", "thead", "tfoot", "form"}:
            waiting += list(element)[::-1]
        elif isinstance(element.tag, str):
            yield element, []


def _stray(table: Element) -> list[str]:
    """Text of a table outside of its rows, which browsers show in front of it."""
    inner = table.iterchildren("tbody", "thead", "tfoot", "form")
    texts = [table.text, *(child.tail for part in (table, *inner) for child in part)]
    return [text for text in (collapse(text or "") for text in texts) if text.strip(BLANK)]


def _cells(row: Element) -> list[Element]:
    found, waiting = [], list(row)[::-1]
    while waiting:
        element = waiting.pop()
        if element.tag in {"form", "tr"}:
            waiting += list(element)[::-1]
        elif isinstance(element.tag, str):
            found.append(element)
    return found


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
