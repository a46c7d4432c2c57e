"""Rows of Word tables (表格行), in .docx and .doc alike: cells into one line, frames told from tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.model.document import Block, Piece

CELL_SEPARATOR = "　"

Cell = Sequence[Block]


def shown(cell: Cell) -> list[Block]:
    """What stands in a cell, without tables in it and empty lines."""
    return [block for block in cell if not block.table and block.text.strip()]


def join_row(row: Sequence[Cell]) -> Block:
    """A row in one line: its cells, and the paragraphs in each of them, with their pieces."""
    texts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for cell in row:
        for nth, block in enumerate(shown(cell)):
            length += 1 if nth else 0
            pieces += moved(block.pieces, length)
            length += len(block.text)
        texts.append(" ".join(block.text for block in shown(cell)))
        length += len(CELL_SEPARATOR)
    return Block(CELL_SEPARATOR.join(texts) if any(texts) else "", table=True, pieces=tuple(pieces))


def is_frame(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table only frames the page (排版表格): one column, with paragraphs in it."""
    return all(len(row) == 1 for row in rows) and any(len(shown(row[0])) > 1 for row in rows)


def moved(pieces: Iterable[Piece], by: int) -> tuple[Piece, ...]:
    """The same pieces behind so many characters more."""
    return tuple([Piece(one[0] + by, one[1] + by, *one[2:]) for one in pieces])
