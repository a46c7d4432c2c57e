"""Word documents (.docx): every text a person sees, in the order of the document.

A walker of its own: the usual libraries silently drop insertions, content controls and text
boxes, and a text that was dropped would be reported as not written.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from checker.errors import ReadError
from checker.model.document import Block, Document
from checker.readers.docx.body import Walker
from checker.readers.docx.markup import WORD, Styles, attr, child, kind
from checker.readers.docx.numbering import Numbering
from checker.readers.docx.pictures import size, tell_pictures
from checker.readers.docx.runs import Found, Part
from checker.readers.package import Element, Package

MAIN_PART = "word/document.xml"
# "Strict Open XML" has other names for the same elements.
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
# Styles of tables (表格样式) are often nine tenths of what there is to parse, and say nothing here.
TABLE_STYLE = re.compile(rb'<w:style w:type="table"[^>]*[^/>]>[^<]*(?:<(?!/w:style>)[^<]*)*</w:style>')


def read_docx(data: bytes) -> Document:
    """Read a Word document: body first, then footnotes and endnotes (脚注、尾注)."""
    package = Package(data)
    named = package.related("", "officeDocument")
    main = named if named and package.bytes(named) is not None else MAIN_PART
    root = _xml(package, main)
    body = child(root, "body")
    if body is None or kind(root) != "document":
        raise ReadError("压缩包里没有 Word 正文（可能是表格、演示文稿或普通压缩包）。请选 Word 文档后再查。")
    try:
        return _Reader(package, main, root).read(body)
    except RecursionError:
        raise ReadError("文档中的表格或文本框嵌套过深。把正文复制到新建的 Word 文档后再查。") from None


def _xml(package: Package, name: str) -> Element | None:
    data = package.bytes(name)
    if data is None:
        return None
    if b"purl.oclc.org" in data:
        data = STRICT.sub(USUAL, data)
    if b"<w:styles" in data:
        data = TABLE_STYLE.sub(b"", data)
    return package.parse(data, name)


class _Reader:
    """Reads the parts that a main part names (各部件)."""

    def __init__(self, package: Package, main: str, root: Element) -> None:
        self._package, self._main, self._root = package, main, root
        self._relations = {key: (sort, name) for key, sort, name in package.relations(main)}
        self._found = Found()
        self._styles = Styles(self._part("styles")[1])
        self._numbering = Numbering(self._part("numbering")[1], self._styles)

    def read(self, body: Element) -> Document:
        blocks = (*self._walker(self._main, self._root).blocks(body), *self._notes())
        notes, doubt = tell_pictures(map(size, self._found.pictures), blocks)
        if self._found.charts:
            notes.append(f"文中有{self._found.charts}个图表或 SmartArt 图形，其中的文字没有读。")
        doubts = ["正文中嵌有另一个文件，其中的文字没有读"] if self._found.embedded else []
        doubts += filter(None, [doubt])
        return Document("docx", blocks, tuple(notes), "；".join(doubts), tuple(self._apart()))

    def _walker(self, name: str, root: Element) -> Walker:
        return Walker(Part(name, root), self._styles, self._numbering, self._found)

    def _part(self, sort: str) -> tuple[str, Element | None]:
        """The part of a sort that the main part names first."""
        name = next((target for kind, target in self._relations.values() if kind == sort), "")
        return name, _xml(self._package, name)

    def _notes(self) -> Iterator[Block]:
        for name, root in map(self._part, ("footnotes", "endnotes")):
            if root is not None:
                walker = self._walker(name, root)
                # The others are the lines that separate notes from the text.
                for note in (one for one in root if attr(one, "type") in {None, "normal"}):
                    yield from walker.blocks(note)

    def _apart(self) -> Iterator[str]:
        """The texts of headers and footers (页眉、页脚) that some section of the document uses."""
        sections = self._root.iter(f"{{{WORD}}}headerReference", f"{{{WORD}}}footerReference")
        names = (self._relations.get(_id(one), ("", ""))[1] for one in sections)
        for name in dict.fromkeys(filter(None, names)):
            # A header that is broken costs nothing of the report.
            with contextlib.suppress(ReadError):
                root = _xml(self._package, name)
                if root is not None:
                    blocks = Walker(Part(name, root), self._styles, self._numbering, Found()).blocks(root)
                    yield from (block.text for block in blocks if block.text.strip())


def _id(reference: Element) -> str:
    return next((value for name, value in reference.attrib.items() if name.endswith("}id")), "")
