"""Word documents (.docx): every text a person sees, in the order of the document.

A walker of its own: the usual libraries silently drop insertions, content controls and text
boxes, and a text that was dropped would be reported as not written.
"""

from __future__ import annotations

import contextlib
import posixpath
from collections.abc import Iterator

from checker.errors import ReadError
from checker.model.document import Block, Document
from checker.readers.docx.body import Walker
from checker.readers.docx.markup import Styles, attr, child, kind
from checker.readers.docx.numbering import Numbering
from checker.readers.docx.pictures import covers, is_notable, page_area
from checker.readers.docx.runs import Found, Part
from checker.readers.package import Element, Package
from checker.readers.text import HAN

MAIN_PART = "word/document.xml"
# A page of text has twice as much; a scanned report with a typed title has less.
FEW_HAN = 300

STYLE_END, TABLE_STYLE = b"</w:style>", b'<w:style w:type="table"'

Relations = dict[str, tuple[str, str]]


def read_docx(data: bytes) -> Document:
    """Read a Word document: body first, then footnotes and endnotes (脚注、尾注)."""
    package = Package(data)
    main, root = _main_part(package)
    body = child(root, "body")
    if body is None or kind(root) != "document":
        raise ReadError("压缩包里没有 Word 正文（可能是表格、演示文稿或普通压缩包）。请选 Word 文档后再查。")
    try:
        return _Reader(package, main, root).read(body)
    except RecursionError:
        raise ReadError("文档中的表格或文本框嵌套过深。把正文复制到新建的 Word 文档后再查。") from None


def _without_table_styles(data: bytes) -> bytes:
    """Styles of tables (表格样式) are often nine tenths of what there is to parse, and say nothing here."""
    kept = []
    for style in data.split(STYLE_END):
        begin = style.rfind(b"<w:style ")
        end = style.find(b">", begin)
        if style.startswith(TABLE_STYLE, begin) and begin >= 0 and end > 0 and style[end - 1] != ord("/"):
            kept.append(style[:begin])
        else:
            kept.append(style + STYLE_END)
    return b"".join(kept).removesuffix(STYLE_END)


def _main_part(package: Package) -> tuple[str, Element | None]:
    named = package.related("", "officeDocument")
    root = None if named is None else package.xml(named)
    return (named or MAIN_PART, root) if root is not None else (MAIN_PART, package.xml(MAIN_PART))


class _Reader:
    """Reads the parts that a main part names (各部件)."""

    def __init__(self, package: Package, main: str, root: Element) -> None:
        self._package, self._main, self._root = package, main, root
        self._relations = _relations(package, main)
        self._found = Found()
        self._styles = Styles(self._styles_part())
        self._numbering = Numbering(self._named("numbering"), self._styles)

    def read(self, body: Element) -> Document:
        blocks = (*self._walker(self._main, self._root).blocks(body), *self._notes())
        pictures = [one for one in self._found.pictures if is_notable(one)]
        notes = [f"文中有{len(pictures)}幅图片，图片里的文字没有读。"] if pictures else []
        if self._found.charts:
            notes.append(f"文中有{self._found.charts}个图表或 SmartArt 图形，其中的文字没有读。")
        doubts = ["正文中嵌有另一个文件，其中的文字没有读"] if self._found.embedded else []
        area = page_area(self._root)
        if any(covers(one, area) for one in pictures) and _han(blocks) < FEW_HAN:
            doubts.append("正文可能是图片")
        return Document("docx", blocks, tuple(notes), "；".join(doubts), tuple(self._apart()))

    def _walker(self, name: str, root: Element) -> Walker:
        return Walker(Part(name, root), self._styles, self._numbering, self._found)

    def _named(self, name: str) -> Element | None:
        part = next((target for kind, target in self._relations.values() if kind == name), None)
        return None if part is None else self._package.xml(part)

    def _styles_part(self) -> Element | None:
        name = next((target for kind, target in self._relations.values() if kind == "styles"), None)
        data = None if name is None else self._package.bytes(name)
        return None if data is None else self._package.parse(_without_table_styles(data), str(name))

    def _notes(self) -> Iterator[Block]:
        for name in ("footnotes", "endnotes"):
            part = next((target for kind, target in self._relations.values() if kind == name), None)
            root = None if part is None else self._package.xml(part)
            if part is None or root is None:
                continue
            walker = self._walker(part, root)
            for note in root:
                # The others are the lines that separate notes from the text.
                if attr(note, "type") in {None, "normal"}:
                    yield from walker.blocks(note)

    def _apart(self) -> Iterator[str]:
        """The texts of headers and footers (页眉、页脚) that some section of the document uses."""
        space = self._root.tag.removesuffix("document")
        sections = self._root.iter(f"{space}headerReference", f"{space}footerReference")
        names = (self._relations.get(_id(one), ("", ""))[1] for one in sections)
        for name in dict.fromkeys(filter(None, names)):
            # A header that is broken costs nothing of the report.
            with contextlib.suppress(ReadError):
                root = self._package.xml(name)
                if root is not None:
                    blocks = Walker(Part(name, root), self._styles, self._numbering, Found()).blocks(root)
                    yield from (block.text for block in blocks if block.text.strip())


def _han(blocks: tuple[Block, ...]) -> int:
    return sum(len(HAN.findall(block.text)) for block in blocks)


def _relations(package: Package, part: str) -> Relations:
    """What a part names inside the package: by its id, the last word of the kind, and the name."""
    folder, base = posixpath.split(part)
    root = package.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
    return {
        one.get("Id", ""): (
            one.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
        )
        for one in (() if root is None else root)
        if one.get("TargetMode") != "External"
    }


def _id(reference: Element) -> str:
    return next((value for name, value in reference.attrib.items() if name.endswith("}id")), "")
