"""The document (原件): a file as a reader saw it, before anybody asks what its text means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Piece(NamedTuple):
    """Where a stretch of a block's text stands in a Word document (原件位置).

    `start` and `end` are offsets in the block's text; `part` names the part of the package;
    `paragraph` counts the `w:p` of that part, and `run` the `w:r` whose nearest paragraph it is
    (not those in its text boxes), both from 0 in the order of the XML and whatever they stand in;
    `offset` is where in the run's own text the stretch begins. That text is its `w:t`, with one
    character for each tab, ptab, br, cr, noBreakHyphen and sym. What a program put there by itself
    (automatic numbers, separators of cells) belongs to no piece.
    """

    start: int
    end: int
    part: str
    paragraph: int
    run: int
    offset: int

    def only(self, inside: int) -> Piece:
        """Where one character of it stands."""
        return self._replace(start=inside, end=inside + 1, offset=self.offset + inside - self.start)


# between the cells of a row
CELL_SEPARATOR = "　"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the file (原文块): one line or paragraph, as a reader returns it.

    `level` is the heading level where the file itself declares one (a Word heading style, a
    Markdown `#`), 1 the highest; `table` tells that the line is a row of a table, its cells
    joined by `CELL_SEPARATOR`; `page` counts
    from 1 where the file has pages of its own (PDF, OFD, pictures).
    """

    text: str
    level: int | None = None
    table: bool = False
    page: int | None = field(default=None, compare=False)
    pieces: tuple[Piece, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read (读入的文件).

    `kind` is what the content is (a key of `checker.readers.content.KINDS`), whatever the name says.
    `notes` are sentences for people: a wrong extension, pictures that were not read. `doubt` says
    why something missing from this text may yet stand in the file (OCR drops lines, a page has no
    text, the end is cut off); empty where the text is whole. `apart` holds the texts of headers
    and footers: a page number is not text of the report.
    """

    kind: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    doubt: str = ""
    apart: tuple[str, ...] = ()

    def locate(self, offset: int) -> Piece | None:
        """Where a character of the report's text, which joins the blocks by line feeds, stands: its piece."""
        at = 0
        for block in self.blocks:
            if offset <= at + len(block.text):
                inside = offset - at
                held = (piece for piece in block.pieces if piece.start <= inside < piece.end)
                return next((piece.only(inside) for piece in held), None)
            at += len(block.text) + 1
        return None
