"""Rows of Word tables (表格行), in .docx and .doc alike: cells into one line, frames told from tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checker.model.document import CELL_SEPARATOR, Block, Piece

# An article in a cell: more lines and characters than an entry of a table has.
LONG_CELL, MANY_LINES = 600, 4

Cell = Sequence[Block]
Row = Sequence[Cell]


def table_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """One block per row (表格行), and behind it the tables in its cells; of a frame what it holds."""
    frame = _is_frame(rows)
    for row in rows:
        if frame and (any(map(_is_article, row)) or sum(bool(shown(cell)) for cell in row) < 2):
            yield from (block for cell in row for block in cell)
        else:
            yield _join(row)
            yield from (block for cell in row for block in cell if block.table)


def shown(cell: Cell) -> list[Block]:
    """What stands in a cell, without tables in it and empty lines."""
    return [block for block in cell if not block.table and block.text.strip()]


def moved(pieces: Iterable[Piece], by: int) -> tuple[Piece, ...]:
    """The same pieces behind so many characters more."""
    return tuple([Piece(one[0] + by, one[1] + by, *one[2:]) for one in pieces])


def _join(row: Row) -> Block:
    """A row in one line: its cells, and the paragraphs in each of them, with their pieces."""
    texts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for cell in row:
        lines = shown(cell)
        for nth, block in enumerate(lines):
            length += 1 if nth else 0
            pieces += moved(block.pieces, length)
            length += len(block.text)
        texts.append(" ".join([block.text for block in lines]))
        length += len(CELL_SEPARATOR)
    return Block(CELL_SEPARATOR.join(texts) if any(texts) else "", table=True, pieces=tuple(pieces))


def _is_frame(rows: Sequence[Row]) -> bool:
    """Whether a table only frames the page (排版表格): one column of paragraphs, or a cell with an article."""
    cells = [cell for row in rows for cell in row]
    if all(len(row) == 1 for row in rows):
        whole = [block for cell in cells for block in cell]
        return len(rows) == 1 or any(len(shown(cell)) > 1 for cell in cells) or _is_article(whole)
    return any(map(_is_article, cells))


def _is_article(cell: Cell) -> bool:
    return len(cell) >= MANY_LINES <= len(shown(cell)) and sum(len(line.text) for line in cell) > LONG_CELL
