"""Word 97 to 2003 documents (.doc, and .wps of the same make): read directly, as a .docx is read.

Older documents, and those of Microsoft Works, go to LibreOffice where it is installed.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from contextlib import suppress

from checker.errors import ReadError
from checker.model.document import Block, Document
from checker.readers.doc.characters import PARAGRAPH, load_text
from checker.readers.doc.file import Broken, DocFile, Unread, open_doc, plc
from checker.readers.doc.lists import Lists
from checker.readers.doc.pictures import anchored, embedded
from checker.readers.doc.properties import Properties
from checker.readers.doc.sprms import Paragraph
from checker.readers.doc.tables import Tables
from checker.readers.docx.pictures import tell_pictures
from checker.readers.libreoffice import HOW_TO_INSTALL, converted_document, find_soffice

MAX_BLOCKS = 200_000
SECTIONS, ANCHORS, DRAWINGS, BOXES = 6, 40, 50, 56
# A record of OfficeArt that holds a picture or tells where it is.
STORED_PICTURE = b"\x07\xf0"

ENDS = re.compile("[\r\x07\x0c]")
CELL, SECTION, ANCHOR = "\x07", "\x0c", "\x08"

NOTE = "文件的样式或格式有损坏，自动编号、标题级别和表格可能没有读全。"
DOUBT = "文件有损坏，正文或自动编号可能不全"
UNCOUNTED = "文件记录的字数少于其中的文字，多出的部分排在最后"


def read_doc(data: bytes) -> Document:
    """Read a document of Word 97 to 2003, or an older one by LibreOffice. Raises ReadError."""
    try:
        return _document(open_doc(data))
    except Unread as error:
        fault = str(error)
    if find_soffice() is None:
        raise ReadError(f"{fault}，不能直接读取。{HOW_TO_INSTALL}")
    return converted_document(data, ".doc")


def _document(file: DocFile) -> Document:
    reader = _Reader(file)
    blocks = list(reader.main())
    notes, doubts = [], []
    if reader.is_broken():
        notes.append(NOTE)
        doubts.append(DOUBT)
    if rest := reader.story("rest"):
        blocks += rest
        doubts.append(UNCOUNTED)
    told, doubt = tell_pictures(reader.pictures(), blocks)
    notes += told
    doubts += filter(None, [doubt])
    return Document("doc", tuple(blocks), tuple(notes), "；".join(doubts), reader.apart())


class _Reader:
    """Walks a document in its order (遍历正文), which numbering needs."""

    def __init__(self, file: DocFile) -> None:
        self._file = file
        self._properties = Properties(file)
        self._lists = Lists(file)
        self._count = 0
        self._text = load_text(file, self._properties)
        self._section_ends = {end - 1 for end in self._plc(SECTIONS, 12)[0]}
        self._boxes = dict(self._load_boxes())
        anchors = self._plc(ANCHORS, 26)
        shapes = anchored(anchors[1], self._boxes.keys()) if self._stores_pictures() else []
        self._pictures = shapes + embedded(file, self._text)
        self._anchors = {at: struct.unpack_from("<i", one)[0] for at, one in zip(*anchors, strict=False)}

    def is_broken(self) -> bool:
        """Whether something of the file but not its text is damaged."""
        return self._properties.is_broken or self._lists.is_broken

    def pictures(self) -> list[tuple[float, float]]:
        """Width and height of the pictures (图片) in the body, in centimetres."""
        return self._pictures

    def main(self) -> Iterator[Block]:
        """The body, then footnotes and endnotes, then the text boxes whose place is not known."""
        for name in ("main", "footnotes", "endnotes"):
            yield from self.story(name)
        for shape in tuple(self._boxes):
            yield from self._box(shape)

    def story(self, name: str) -> list[Block]:
        """The blocks of a part of the text; the empty line that ends the lesser ones is left out."""
        blocks = self._blocks(*self._file.stories[name])
        return blocks if name == "main" else _trimmed(blocks)

    def apart(self) -> tuple[str, ...]:
        """Each line of the headers and footers, once."""
        blocks = [*self.story("headers"), *self.story("header boxes")]
        return tuple(dict.fromkeys(block.text.strip() for block in blocks if block.text.strip()))

    def _blocks(self, start: int, end: int) -> list[Block]:
        tables = Tables()
        for begin, stop, mark, properties in self._joined(start, end):
            gone = bool(mark) and not self._text.shown[stop]
            if properties.is_row_end and properties.depth:
                tables.end_row(properties.depth, gone)
                continue
            tables.put(properties.depth, self._paragraph(begin, stop, properties, gone))
            if properties.depth and (properties.is_cell_end or mark == CELL):
                tables.end_cell()
        return tables.finish()

    def _joined(self, start: int, end: int) -> Iterator[tuple[int, int, str, Paragraph]]:
        """The paragraphs as shown: where a mark is deleted, Word shows the next one in the same line."""
        waiting: tuple[int, int, str, Paragraph] | None = None
        for begin, stop, mark in self._paragraphs(start, end):
            properties = self._properties.paragraph(stop if mark else stop - 1)
            is_end = properties.is_cell_end or properties.is_row_end
            if waiting and not properties.is_row_end and waiting[3].depth == properties.depth:
                begin = waiting[0]
            elif waiting:
                yield waiting
            waiting = (begin, stop, mark, properties)
            if not (mark == PARAGRAPH and self._text.deleted[stop]) or is_end:
                yield waiting
                waiting = None
        if waiting:
            yield waiting

    def _paragraphs(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Where paragraphs begin and end, and the mark that ends them (nothing where it is missing)."""
        for found in ENDS.finditer(self._file.text, start, end):
            at = found.start()
            # A page break that ends no section stands inside its paragraph.
            if found[0] != SECTION or at in self._section_ends:
                yield start, at, found[0]
                start = at + 1
        if start < end:
            yield start, end, ""

    def _paragraph(self, start: int, end: int, properties: Paragraph, gone: bool) -> list[Block]:
        """One block per line (段落), then the text boxes that hang on it."""
        style = self._properties.styles[properties.style]
        lines, blocks = self._text.lines(start, end), []
        if any(lines) or not gone:
            lines[0] = self._lists.label(lines[0], properties) + lines[0]
            level = style.level(properties.outline)
            blocks = [Block(line, level if line.strip() else None) for line in lines]
        self._check_size(blocks)
        at = self._file.text.find(ANCHOR, start, end) if self._anchors else -1
        while at >= 0:
            blocks += self._box(self._anchors.get(at))
            at = self._file.text.find(ANCHOR, at + 1, end)
        return blocks

    def _box(self, shape: int | None) -> list[Block]:
        """The text of a shape, the first time it is asked for."""
        place = self._boxes.pop(shape, None)
        return _trimmed(self._blocks(*place)) if place else []

    def _check_size(self, blocks: list[Block]) -> None:
        # Labels come on top of the text, as many as the file likes.
        self._count += len(blocks) or 1
        if self._count > MAX_BLOCKS:
            raise ReadError(f"正文超过 {MAX_BLOCKS} 段的上限，不像一份年度报告。请确认文件后再查。")

    def _load_boxes(self) -> Iterator[tuple[int | None, tuple[int, int]]]:
        """Where in the text the text boxes (文本框) stand, by the number of their shape."""
        begin, end = self._file.stories["boxes"]
        positions, items = self._plc(BOXES, 22)
        for number, item in enumerate(items):
            (shape,) = struct.unpack_from("<i", item, 14)
            start, stop = (min(begin + at, end) for at in positions[number : number + 2])
            if start < stop:
                yield (shape or -1 - number), (start, stop)
        last = min(begin + positions[-1], end) if items else begin
        if last < end:
            yield None, (last, end)

    def _stores_pictures(self) -> bool:
        """Whether there are pictures at all among the shapes that hang on the text, or just lines and groups."""
        with suppress(Broken, struct.error):
            return STORED_PICTURE in self._file.part(DRAWINGS)
        return True

    def _plc(self, index: int, size: int) -> tuple[list[int], list[bytes]]:
        # Without these the text is still whole, only its order is poorer.
        try:
            return plc(self._file.part(index), size)
        except (Broken, struct.error):
            return [], []


def _trimmed(blocks: list[Block]) -> list[Block]:
    return blocks[:-1] if blocks and not blocks[-1].text else blocks
