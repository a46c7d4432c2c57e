"""Word documents (.docx): every text a person sees, in the order of the document.

A walker of its own: the usual libraries silently drop insertions, content controls and text
boxes, and a text that was dropped would be reported as not written.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.errors import ReadError
from checker.model.report import Block
from checker.readers.numbering import Numbering
from checker.readers.package import Element, Package
from checker.readers.wordml import TEXTS, Styles, attr, branch, child, heading_level, kind, switch, value

CELL_SEPARATOR = "　"
SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
# Not text of the document as it now stands. All other elements are looked into, known or not, but
# only w:t holds text: codes of fields (w:instrText) and symbols (w:sym) are left out by themselves.
SKIPPED = {
    "del", "moveFrom", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr",
    "rt",
}  # fmt: skip
EMBEDDED = {"altChunk", "subDoc"}
SPACES = str.maketrans("\t\r\n", "   ")
MAIN_PART = "word/document.xml"


def read_docx(data: bytes) -> tuple[Block, ...]:
    """Read a Word document: body first, then footnotes and endnotes (脚注、尾注)."""
    package = Package(data)
    main = package.related("", "officeDocument") or MAIN_PART
    root = package.xml(main)
    body = child(root, "body")
    if body is None or kind(root) != "document":
        raise ReadError("压缩包里没有 Word 正文（可能是表格、演示文稿或普通压缩包）。请选 Word 文档后再查。")
    styles = Styles(_part(package, main, "styles"))
    walker = _Walker(styles, Numbering(_part(package, main, "numbering"), styles))
    try:
        return (*walker.blocks(body), *_notes(package, main, walker))
    except RecursionError:
        raise ReadError("文档中的表格或文本框嵌套过深。把正文复制到新建的 Word 文档后再查。") from None


def _part(package: Package, main: str, name: str) -> Element | None:
    part = package.related(main, name)
    return None if part is None else package.xml(part)


def _notes(package: Package, main: str, walker: _Walker) -> Iterator[Block]:
    for name in ("footnotes", "endnotes"):
        notes = _part(package, main, name)
        for note in () if notes is None else notes:
            # The others are the lines that separate notes from the text.
            if attr(note, "type") in {None, "normal"}:
                yield from walker.blocks(note)


class _Walker:
    """Walks a document in its order (遍历正文), which numbering needs."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def blocks(self, container: Element) -> Iterator[Block]:
        """The blocks in a body, a cell, a text box or a note."""
        for element in container:
            name = kind(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name == "mc:AlternateContent":
                yield from self.blocks(branch(element))
            elif name in EMBEDDED:
                raise ReadError("正文中嵌有另一个文件，无法读全。用 WPS 或 Word 打开，另存为 .docx 后再查。")
            elif name not in SKIPPED:
                yield from self.blocks(element)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        """One block per line (段落), then the text boxes that hang on it."""
        properties = child(paragraph, "pPr")
        chain = self._styles.of_paragraph(properties)
        inline = _Inline(self._styles, chain)
        inline.gather(paragraph)
        if any(inline.lines) or not _is_gone(properties):
            level = heading_level(properties, chain)
            inline.lines[0] = self._numbering.put_label(inline.lines[0], properties, chain)
            for line in inline.lines:
                yield Block(line, level if line.strip() else None)
        for box in inline.boxes:
            yield from self.blocks(box)

    def _table(self, table: Element) -> Iterator[Block]:
        """One block per row (表格行); tables inside cells follow the row they stand in."""
        rows = [
            [tuple(self.blocks(cell)) for cell in _within(row, "tc")]
            for row in _within(table, "tr")
            if child(row, "trPr", "del") is None
        ]
        if _is_frame(rows):
            for row in rows:
                yield from row[0]
            return
        for row in rows:
            texts = [" ".join(_lines(cell)) for cell in row]
            yield Block(CELL_SEPARATOR.join(texts) if any(texts) else "", table=True)
            for cell in row:
                yield from (block for block in cell if block.table)


class _Inline:
    """What one paragraph holds (段内文字), as it is gathered: lines, and text boxes for later."""

    def __init__(self, styles: Styles, chain: tuple[Element, ...]) -> None:
        self.lines = [""]
        self.boxes: list[Element] = []
        self._styles = styles
        self._chain = chain
        # For each open field, the outermost first, whether we are past its code, in its result.
        self._fields: list[bool] = []

    def gather(self, container: Element) -> None:
        for element in container:
            name = kind(element)
            if name in TEXTS:
                self._put((element.text or "").translate(SPACES))
            elif name in SIGNS:
                self._put(SIGNS[name])
            elif name in {"br", "cr"}:
                self.lines.append("")
            elif name == "fldChar":
                self._turn_field(attr(element, "fldCharType"))
            elif name == "txbxContent":
                self.boxes.append(element)
            elif name == "mc:AlternateContent":
                self.gather(branch(element))
            elif name not in SKIPPED and not (name == "r" and self._is_hidden(element)):
                self.gather(element)

    def _put(self, text: str) -> None:
        # The result of a field inside the code of another is not shown. Text in a code itself
        # is against the standard: rather a word too many than a paragraph lost.
        if all(self._fields[:-1]):
            self.lines[-1] += text

    def _turn_field(self, turn: str | None) -> None:
        if turn == "begin":
            self._fields.append(False)
        elif self._fields and turn == "separate":
            self._fields[-1] = True
        elif self._fields and turn == "end":
            self._fields.pop()

    def _is_hidden(self, run: Element) -> bool:
        """Hidden text (隐藏文字): said by the run, else its style, else the paragraph's style."""
        properties = child(run, "rPr")
        styles = (*self._styles.chain(value(properties, "rStyle")), *self._chain)
        said = (switch(properties, "vanish"), *(switch(style, "rPr", "vanish") for style in styles))
        return next((hidden for hidden in said if hidden is not None), False)


def _is_gone(properties: Element | None) -> bool:
    """Whether the paragraph mark is deleted, moved away or hidden: without text nothing is left."""
    mark = child(properties, "rPr")
    removed = child(mark, "del") is not None or child(mark, "moveFrom") is not None
    return removed or bool(switch(mark, "vanish"))


def _within(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in content controls and the like."""
    for element in parent:
        if kind(element) == name:
            yield element
        elif kind(element) == "mc:AlternateContent":
            yield from _within(branch(element), name)
        elif kind(element) not in SKIPPED:
            yield from _within(element, name)


def _lines(cell: tuple[Block, ...]) -> list[str]:
    return [block.text for block in cell if not block.table and block.text.strip()]


def _is_frame(rows: list[list[tuple[Block, ...]]]) -> bool:
    """Whether a table only frames the page (排版表格): one column, with paragraphs in it."""
    return all(len(row) == 1 for row in rows) and any(len(_lines(row[0])) > 1 for row in rows)
