"""OFD documents (版式文档, GB/T 33190-2016): the text of their pages, put back into paragraphs.

A ZIP of XML: OFD.xml names documents, a document its pages and templates, a page the places of its
characters. Text that was drawn as curves or scanned is not text: where OCR cannot help, we say so.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from checker.errors import ReadError
from checker.model.document import Block, Document
from checker.readers import ocr
from checker.readers.layout import Mark, Page, read_pages
from checker.readers.ofd.page import ADVICE, Budget, Drawing, Painter, Picture, page_box
from checker.readers.ofd.parts import Parts, Resources
from checker.readers.ofd.text import PAGE_SPACE, first, inside, local
from checker.readers.package import Element, Package
from checker.readers.text import ODD

MAX_PAGES = 300
MAX_SCANS = 100  # each takes OCR some seconds
# A page with less text than this is a picture, if curves or images fill it.
FEW = 30
MANY_CURVES = 3_000
LARGE, WHOLE = 0.05, 0.25
GARBLED = 0.2

DRAWN = "第{}页的文字是图形或图片，没有读到"
SCANNED = "第{}页的文字由文字识别（OCR）得到，可能漏字漏行"
HIDDEN = "第{}页是扫描件，读的是它附带的文字层，可能有漏"
CODED = "第{}页的文字编码异常，读到的可能是乱码"
BEYOND = "第{}页有文字在页面之外，没有读"
NO_TEXT = "OFD 里的文字是图形或图片（或编码经过处理），没有可以读取的文字"
OTHERWISE = "请改用原来的 .docx；没有时先用文字识别软件识别，存为 .docx 后再查"
ABSENT = "第{}页的内容在文件里缺失，没有读全"
PICTURE = "第{}页有图片，图片里的文字没有读。"


def read_ofd(data: bytes) -> Document:
    """Read an OFD document: all its documents, in the order of their pages."""
    package = Package(data, what="OFD", advice=ADVICE)
    if any(posixpath.basename(name) == "encryptions.xml" for name in package.names()):
        raise ReadError("OFD 已加密，无法读取。请用 OFD 阅读器解密，另存为未加密的 OFD 或 .docx 后再查。")
    root = package.xml("OFD.xml")
    if root is None or local(root) != "OFD":
        raise ReadError(f"压缩包里没有 OFD.xml，不是完整的 OFD 文档。请重新获取，或{ADVICE}")
    book = _Book(Parts(package))
    bodies = list(inside(root, "DocBody"))
    for body in bodies:
        book.read_body(body)
    if len(bodies) > 1:
        book.notes.append(f"文件里有 {len(bodies)} 个文档，已依次读取。")
    return book.document()


class _Links(NamedTuple):
    """What the pages of one document refer to (引用)."""

    folder: str
    area: Element | None
    templates: dict[str, str | None]
    annotations: dict[str, str]
    resources: Resources


class _Book:
    """Gathers the pages of all documents in a file (全部页面), and what could not be read of them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._budget = Budget()
        self._pages: list[Page] = []
        # Where the pages of each document begin: a paragraph never runs on into the next one.
        self._starts: list[int] = []
        self._beside: list[Block] = []
        self._apart: list[str] = []
        self._found: defaultdict[str, list[int]] = defaultdict(list)
        self._seen: set[str] = set()
        self._scans = 0
        self.notes: list[str] = []

    def read_body(self, body: Element) -> None:
        """One document: its current version where there are several."""
        location = first(body, "DocRoot")
        name = self._parts.find(None if location is None else location.text, "")
        for version in inside(body, "Versions", "Version"):
            if (version.get("Current") or "").lower() in {"true", "1"}:
                name = self._version(version) or name
                self.notes.append("OFD 存有多个版本，读的是当前版本。")
        root = self._parts.xml(name)
        if name is None or root is None:
            raise ReadError(f"OFD 里缺少文档的入口文件，文件不完整。请重新获取，或{ADVICE}")
        self._read_document(root, posixpath.dirname(name))

    def _version(self, version: Element) -> str | None:
        name = self._parts.find(version.get("BaseLoc"), "")
        location = first(self._parts.xml(name), "DocRoot")
        if name is None or location is None:
            return None
        return self._parts.find(location.text, posixpath.dirname(name))

    def _read_document(self, root: Element, folder: str) -> None:
        self._starts.append(len(self._pages))
        common = first(root, "CommonData")
        resources = Resources(self._parts)
        resources.add(common, folder)
        templates = {
            page.get("ID") or "": self._parts.find(page.get("BaseLoc"), folder)
            for page in inside(common, "TemplatePage")
        }
        links = _Links(
            folder, first(common, "PageArea"), templates, self._annotations(root, folder), resources
        )
        for page in inside(root, "Pages", "Page"):
            if len(self._pages) == MAX_PAGES:
                raise ReadError(f"OFD 超过 {MAX_PAGES} 页，不像一份年度报告。请确认文件，或{ADVICE}")
            self._read_page(page, links)
        if first(root, "Attachments") is not None:
            self.notes.append("OFD 带有附件，附件没有读。")

    def _annotations(self, root: Element, folder: str) -> dict[str, str]:
        """The annotation files (注释) of pages, by the number of the page."""
        location = first(root, "Annotations")
        name = self._parts.find(None if location is None else location.text, folder)
        files = {}
        for page in inside(self._parts.xml(name), "Page"):
            file = first(page, "FileLoc")
            found = self._parts.find(None if file is None else file.text, posixpath.dirname(name or ""))
            if found:
                files[page.get("PageID") or ""] = found
        return files

    def _read_page(self, page: Element, links: _Links) -> None:
        name = self._parts.find(page.get("BaseLoc"), links.folder)
        number = len(self._pages) + 1
        # Nobody shows the same page twice; reading it a hundred times would take for ever.
        root = None if name in self._seen else self._parts.xml(name)
        if name is None or root is None:
            self._found[ABSENT].append(number)
            self._pages.append(Page(*page_box(links.area), []))
            return
        self._seen.add(name)
        links.resources.add(root, posixpath.dirname(name))
        drawing = Drawing(*page_box(first(root, "Area"), links.area))
        self._paint(root, drawing, links)
        if drawing.lacking or drawing.beyond:
            self._found[ABSENT if drawing.lacking else BEYOND].append(number)
        self._apart += self._annotated(page, drawing, links)
        self._pages.append(self._judge(drawing, links.resources, number))
        self._beside += [Block(text, page=number) for text in drawing.sideways()]
        self._apart += drawing.slanted()

    def _paint(self, root: Element, drawing: Drawing, links: _Links) -> None:
        """Draw a page on its templates (模板)."""
        painter = Painter(drawing, links.resources.composite, self._budget)
        contents = [root]
        for template in inside(root, "Template"):
            name = links.templates.get(template.get("TemplateID") or "")
            contents.append(self._parts.shared(name))
        drawing.lacking = None in contents
        for content in contents:
            for layers in inside(content, "Content"):
                painter.paint(layers, PAGE_SPACE)

    def _annotated(self, page: Element, drawing: Drawing, links: _Links) -> Iterator[str]:
        """The texts of stamps, watermarks and remarks on a page."""
        root = self._parts.shared(links.annotations.get(page.get("ID") or ""))
        for annotation in inside(root, "Annot"):
            if (annotation.get("Visible") or "").strip().lower() not in {"false", "0"}:
                canvas = Drawing(drawing.width, drawing.height)
                painter = Painter(canvas, links.resources.composite, self._budget)
                for appearance in inside(annotation, "Appearance"):
                    painter.paint(appearance, PAGE_SPACE)
                text = "".join(run.text for run in canvas.runs).strip()
                if text:
                    yield text

    def _judge(self, drawing: Drawing, resources: Resources, number: int) -> Page:
        """The page to read, after OCR where it is a picture; what it lacks is kept in mind."""
        page = drawing.page()
        area = drawing.width * drawing.height
        sizes = [abs((p.x1 - p.x0) * (p.y1 - p.y0)) / area for p in drawing.pictures]
        if drawing.characters >= FEW or (sum(sizes) < WHOLE and drawing.curves < MANY_CURVES):
            text = "".join(mark.text for mark in page.marks)
            if len(ODD.findall(text)) > GARBLED * len(text):
                self._found[CODED].append(number)
            if drawing.unseen:
                self._found[HIDDEN].append(number)
            elif max(sizes, default=0) >= LARGE:
                self._found[PICTURE].append(number)
            return page
        large = {p for p, size in zip(drawing.pictures, sizes, strict=True) if size >= LARGE}
        self._scans += len(large)
        large = large if self._scans <= MAX_SCANS else set()
        marks = [mark for picture in sorted(large) for mark in _recognise(picture, resources)]
        self._found[SCANNED if marks else DRAWN].append(number)
        return page._replace(marks=[*page.marks, *marks])

    def document(self) -> Document:
        """All pages as one document. Raises ReadError where none of them could be read."""
        unread = {*self._found[DRAWN], *self._found[CODED]}
        if not any(page.marks and number not in unread for number, page in enumerate(self._pages, 1)):
            raise ReadError(f"{NO_TEXT if unread else 'OFD 里没有文字'}。{OTHERWISE}{ocr.hint()}。")
        blocks, apart = self._blocks()
        doubts = (DRAWN, SCANNED, HIDDEN, CODED, BEYOND, ABSENT)
        notes = dict.fromkeys((*self.notes, *self._told(PICTURE)))
        doubt = "；".join(told for fault in doubts for told in self._told(fault))
        return Document("ofd", tuple(blocks), tuple(notes), doubt, (*apart, *self._apart))

    def _blocks(self) -> tuple[list[Block], list[str]]:
        blocks: list[Block] = []
        apart: list[str] = []
        for start, end in pairwise([*self._starts, len(self._pages)]):
            found, edges = read_pages(self._pages[start:end])
            blocks += (replace(block, page=(block.page or 1) + start) for block in found)
            apart += edges
        # What runs another way than its page follows behind it: sorting keeps the order within a page.
        return sorted((*blocks, *self._beside), key=lambda block: block.page or 0), apart

    def _told(self, fault: str) -> list[str]:
        numbers = self._found[fault]
        shown = "、".join(map(str, numbers[:10])) + (f"等{len(numbers)}" if len(numbers) > 10 else "")
        return [fault.format(shown)] if numbers else []


def _recognise(picture: Picture, resources: Resources) -> list[Mark]:
    """The text of a scanned picture, where it stands on the page; none without OCR."""
    data = resources.image(picture.resource) if ocr.available() else None
    if data is None:
        return []
    x, y = picture.x0, picture.y0
    try:
        image = next(ocr.images(data))
        page = ocr.ocr_page(image, picture.x1 - x, picture.y1 - y)
    except ReadError:
        return []  # a picture nobody can open, such as JBIG2: the page is told to be unread
    return [Mark(mark.text, mark.x0 + x, mark.y0 + y, mark.x1 + x, mark.y1 + y) for mark in page.marks]
