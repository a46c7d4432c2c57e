"""The body of a Word document (Word 正文): paragraphs, tables and text boxes in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.model.document import Block
from checker.readers.docx.markup import (
    NAMES,
    Chain,
    Properties,
    Styles,
    attr,
    branch,
    child,
    level,
    number,
    switch,
)
from checker.readers.docx.numbering import Numbering
from checker.readers.docx.runs import SKIPPED, Found, Inline, Part
from checker.readers.docx.signs import plain
from checker.readers.docx.tables import moved, table_blocks
from checker.readers.package import Element

EMBEDDED = {"altChunk", "subDoc"}


class Walker:
    """Walks a part in its order (遍历正文), which numbering needs."""

    def __init__(self, part: Part, styles: Styles, numbering: Numbering, found: Found) -> None:
        self._part, self._styles, self._numbering, self._found = part, styles, numbering, found
        # A paragraph whose mark is deleted (段落标记已删除): Word shows the next one in the same line.
        self._open: tuple[Inline, Properties, Chain] | None = None

    def blocks(self, container: Iterable[Element]) -> list[Block]:
        """The blocks in a body, a cell, a text box or a note."""
        outer, self._open = self._open, None
        blocks = [*self._walk(container), *self._close()]
        self._open = outer
        return blocks

    def _walk(self, container: Iterable[Element]) -> Iterator[Block]:
        for element in container:
            name = NAMES[element.tag]
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._close()
                yield from self._table(element)
            elif name == "mc:AlternateContent":
                yield from self._walk(branch(element))
            elif name == "?:textpath":
                yield from (Block(plain(line)) for line in element.get("string", "").splitlines())
            elif name in EMBEDDED:
                self._found.embedded += 1
            elif name not in SKIPPED:
                yield from self._walk(element)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = Properties.of(child(paragraph, "pPr"))
        chain = self._styles.of_paragraph(properties)
        inline = self._open[0] if self._open else Inline(self._part, self._found)
        self._open = None
        inline.gather(paragraph)
        # The last mark is the one that stays: its numbering and its level hold.
        if properties.mark is not None and _is_removed(properties.mark):
            self._open = inline, properties, chain
        else:
            yield from self._lines(inline, properties, chain)

    def _close(self) -> Iterator[Block]:
        """What was to be joined to a next paragraph where none comes."""
        if self._open is not None:
            left, self._open = self._open, None
            yield from self._lines(*left)

    def _lines(self, inline: Inline, properties: Properties, chain: Chain) -> Iterator[Block]:
        """One block per line (段落), then the text boxes that hang on it."""
        lines, mark = inline.lines(), properties.mark
        first, pieces = lines[0]
        if first or len(lines) > 1 or mark is None or not (_is_removed(mark) or switch(mark, "vanish")):
            label = self._numbering.label(first, properties, chain)
            if label:
                lines[0] = (label + first, moved(pieces, len(label)))
            rank = level(properties, chain)
            for text, pieces in lines:
                yield Block(text, rank if text.strip() else None, pieces=pieces)
        for box in inline.boxes:
            yield from self.blocks(box)

    def _table(self, table: Element) -> Iterator[Block]:
        merged: set[int] = set()
        rows = (row for row in _within(table, "tr") if child(row, "trPr", "del") is None)
        return table_blocks([self._row(row, merged) for row in rows])

    def _row(self, row: Element, merged: set[int]) -> list[list[Block]]:
        """The cells of a row; one that goes on from the row above shows nothing of its own (合并单元格)."""
        cells: list[list[Block]] = []
        column = number(row, "trPr", "gridBefore") or 0
        for cell in _within(row, "tc"):
            properties = child(cell, "tcPr")
            merge = child(properties, "vMerge")
            if child(properties, "cellDel") is None:
                goes_on = merge is not None and attr(merge) != "restart" and column in merged
                cells.append([] if goes_on else self.blocks(cell))
            (merged.discard if merge is None else merged.add)(column)
            column += min(number(properties, "gridSpan") or 1, 1000)
        return cells


def _is_removed(mark: Element) -> bool:
    """Whether a paragraph mark is deleted or moved away."""
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None


def _within(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in content controls and the like."""
    for element in parent:
        found = NAMES[element.tag]
        if found == name:
            yield element
        elif found == "mc:AlternateContent":
            yield from _within(branch(element), name)
        elif found not in SKIPPED:
            yield from _within(element, name)
