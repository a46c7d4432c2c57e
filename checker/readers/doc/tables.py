"""Tables of an old Word document (.doc 表格), put together from paragraphs that tell where cells end."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.document import Block
from checker.readers.docx.tables import shown, table_blocks


class Tables:
    """Puts paragraphs into the cells of tables (表格), which say only how deep they stand and where they end."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._open: list[_Table] = []

    def put(self, depth: int, blocks: list[Block]) -> None:
        """Put the blocks of a paragraph where they stand, below so many tables."""
        self._turn_to(depth)
        (self._open[-1].cell if self._open else self._blocks).extend(blocks)

    def end_cell(self) -> None:
        self._open[-1].end_cell()

    def end_row(self, depth: int, gone: bool) -> None:
        """End a row; one that is deleted and has no text left leaves nothing."""
        self._turn_to(depth)
        self._open[-1].end_row(gone)

    def finish(self) -> list[Block]:
        self._turn_to(0)
        return self._blocks

    def _turn_to(self, depth: int) -> None:
        while len(self._open) < depth:
            self._open.append(_Table())
        while len(self._open) > depth:
            closed = self._open.pop().blocks()
            (self._open[-1].cell if self._open else self._blocks).extend(closed)


class _Table:
    """A table that is being read: rows, the row and the cell that are not yet at their end."""

    def __init__(self) -> None:
        self.cell: list[Block] = []
        self._row: list[tuple[Block, ...]] = []
        self._rows: list[list[tuple[Block, ...]]] = []

    def end_cell(self) -> None:
        self._row.append(tuple(self.cell))
        self.cell = []

    def end_row(self, gone: bool) -> None:
        if self.cell:
            self.end_cell()
        if self._row and not (gone and not any(shown(cell) for cell in self._row)):
            self._rows.append(self._row)
        self._row = []

    def blocks(self) -> Iterator[Block]:
        self.end_row(gone=False)
        return table_blocks(self._rows)
