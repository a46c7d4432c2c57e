"""OFD documents (版式文档, GB/T 33190-2016): the text of their pages, put back into paragraphs.

A ZIP of XML: OFD.xml names documents, a document its pages and templates, a page the places of its
characters. Text that was drawn as curves or scanned is not text: where OCR cannot help, we say so.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator

from checker.errors import ReadError
from checker.model.document import Block, Document
from checker.readers import ocr
from checker.readers.layout import Mark, Page, read_pages
from checker.readers.ofd.page import ADVICE, Budget, Drawing, Painter, Picture, page_box
from checker.readers.ofd.parts import Parts, Resources, first, inside, local, words
from checker.readers.ofd.text import PAGE_SPACE, Box
from checker.readers.package import Element, Package

MAX_PAGES = 300
MAX_SCANS = 100  # each takes OCR some seconds
# A page with less text than this is a picture, if curves or images fill it.
FEW = 60
MANY_CURVES = 3_000
LARGE, WHOLE = 0.05, 0.25
# What a character without a code becomes: a control, private use (less Word's bullets), or ¤ (GB/T 33190).
CODELESS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f¤\ue000-\uefff\uf100-\uf8ff\ufffd\U000f0000-\U0010fffd]")
SOME, GARBLED = 0.01, 0.2

DRAWN = "第{}页的文字是图形或图片，没有读到"
SCANNED = "第{}页的文字由文字识别（OCR）得到，可能漏字漏行"
HIDDEN = "第{}页是扫描件，读的是它附带的文字层，可能有漏"
CODED = "第{}页有文字编码异常，读到的可能缺字或是乱码"
ABSENT = "第{}页的内容在文件里缺失，没有读全"
DOUBTS = (DRAWN, SCANNED, HIDDEN, CODED, ABSENT)
VERSIONS = "OFD 存有多个版本，读的是最初的版本"
PICTURE = "第{}页有图片，图片里的文字没有读。"
# What else a document may have besides its pages.
NOTES = {
    "Annotations": "OFD 带有注释（批注、水印等），注释里的文字没有读。",
    "Attachments": "OFD 带有附件，附件没有读。",
}
NO_TEXT = "OFD 里的文字是图形或图片（或编码经过处理），没有可以读取的文字"
OTHERWISE = "请改用原来的 .docx；没有时先用文字识别软件识别，存为 .docx 后再查"


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


class _Book:
    """Gathers the pages of all documents in a file (全部页面), and what could not be read of them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._budget = Budget()
        self._pages: list[Page] = []
        self._beside: list[Block] = []
        self._apart: list[str] = []
        self._found: defaultdict[str, list[int]] = defaultdict(list)
        self._doubts: list[str] = []
        self._seen: set[str] = set()
        self._scans = 0
        self._legible = False
        self.notes: list[str] = []

    def read_body(self, body: Element) -> None:
        """One document, as it was first written."""
        name = self._parts.find(words(body, "DocRoot"), "")
        root = self._parts.xml(name)
        if name is None or root is None:
            raise ReadError(f"OFD 里缺少文档的入口文件，文件不完整。请重新获取，或{ADVICE}")
        if first(body, "Versions", "Version") is not None:
            self._doubts.append(VERSIONS)
        folder, common = posixpath.dirname(name), first(root, "CommonData")
        resources = Resources(self._parts, common, folder)
        for page in inside(root, "Pages", "Page"):
            if len(self._pages) == MAX_PAGES:
                raise ReadError(f"OFD 超过 {MAX_PAGES} 页，不像一份年度报告。请只留报告正文的页，或{ADVICE}")
            place = self._parts.find(page.get("BaseLoc"), folder)
            self._read_page(place, first(common, "PageArea"), resources)
        self.notes += [note for name, note in NOTES.items() if first(root, name) is not None]

    def _read_page(self, name: str | None, area: Element | None, resources: Resources) -> None:
        number = len(self._pages) + 1
        # Nobody shows the same page twice; reading it a hundred times would take for ever.
        root = None if name in self._seen else self._parts.xml(name)
        if name is None or root is None:
            self._found[ABSENT].append(number)
            self._pages.append(Page(*page_box(area), []))
            return
        self._seen.add(name)
        resources.add(root, posixpath.dirname(name))
        drawing = Drawing(*page_box(first(root, "Area"), area))
        self._paint(root, drawing, resources)
        if drawing.lacking:
            self._found[ABSENT].append(number)
        self._apart += drawing.strip_unseen()
        across, slanted = drawing.beside()
        self._beside += [Block(text, page=number) for text in across]
        self._apart += slanted
        self._pages.append(self._judge(drawing, resources, number))

    def _paint(self, root: Element, drawing: Drawing, resources: Resources) -> None:
        """Draw a page on its templates (模板)."""
        painter = Painter(drawing, resources.composites, self._budget)
        templates = (resources.templates.get(use.get("TemplateID")) for use in inside(root, "Template"))
        for content in (root, *templates):
            drawing.lacking |= content is None
            for layers in inside(content, "Content"):
                painter.paint(layers, PAGE_SPACE)

    def _judge(self, drawing: Drawing, resources: Resources, number: int) -> Page:
        """The page to read, after OCR where it is a picture; what it lacks is kept in mind."""
        page = drawing.page()
        area = drawing.width * drawing.height
        sizes = {picture: _size(picture.box) / area for picture in drawing.pictures}
        large = [picture for picture, size in sizes.items() if size >= LARGE]
        if drawing.characters >= FEW or (sum(sizes.values()) < WHOLE and drawing.curves < MANY_CURVES):
            self._judge_text("".join(run.text for run in drawing.runs), number)
            if not all(run.seen for run in drawing.runs):
                self._found[HIDDEN].append(number)
            elif large:
                self._found[PICTURE].append(number)
            return page
        self._scans += len(large)
        read = large if self._scans <= MAX_SCANS else []
        marks = [mark for picture in read for mark in _recognise(picture, resources)]
        self._legible |= bool(marks)
        self._found[SCANNED if marks else DRAWN].append(number)
        return page._replace(marks=[*page.marks, *marks])

    def _judge_text(self, text: str, number: int) -> None:
        codeless = len(CODELESS.findall(text))
        self._legible |= codeless < GARBLED * len(text)
        if codeless > SOME * len(text):
            self._found[CODED].append(number)

    def document(self) -> Document:
        """All pages as one document. Raises ReadError where none of them could be read."""
        if not self._legible:
            unread = self._found[DRAWN] or self._found[CODED]
            raise ReadError(f"{NO_TEXT if unread else 'OFD 里没有文字'}。{OTHERWISE}{ocr.hint()}。")
        blocks, apart = read_pages(self._pages)
        # What runs another way than its page follows behind it: sorting keeps the order within a page.
        blocks = tuple(sorted((*blocks, *self._beside), key=lambda block: block.page or 0))
        notes = dict.fromkeys((*self.notes, *self._told(PICTURE)))
        doubts = dict.fromkeys((*self._doubts, *self._told(*DOUBTS)))
        return Document("ofd", blocks, tuple(notes), "；".join(doubts), (*apart, *self._apart))

    def _told(self, *faults: str) -> Iterator[str]:
        for fault in faults:
            numbers = self._found[fault]
            shown = "、".join(map(str, numbers[:10])) + (f"等{len(numbers)}" if len(numbers) > 10 else "")
            if numbers:
                yield fault.format(shown)


def _size(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _recognise(picture: Picture, resources: Resources) -> list[Mark]:
    """The text of a scanned picture, where it stands on the page; none without OCR."""
    left, top, right, bottom = picture.box
    try:
        data = resources.image(picture.resource) if ocr.available() else None
        page = ocr.ocr_page(next(ocr.images(data)), right - left, bottom - top) if data else Page(0, 0, [])
    except ReadError:
        return []  # a picture nobody can open, such as JBIG2: the page is told to be unread
    return [Mark(m.text, m.x0 + left, m.y0 + top, m.x1 + left, m.y1 + top) for m in page.marks]
