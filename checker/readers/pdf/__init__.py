"""PDF: the text that a reader of its pages sees; pages that are pictures go to OCR where it is there."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from checker.errors import ReadError
from checker.model.document import Document
from checker.readers.layout import Page, read_pages
from checker.readers.limits import ask_for_more_time

MAX_PAGES = 300
MAX_CHARACTERS = 2_000_000
DOTS_PER_INCH = 200
MAX_DOTS = 30_000_000
PASSWORD = 4

RECOGNISED = "PDF 的文字层由文字识别得到，可能漏字"
BY_OCR = "{}由文字识别（OCR）得到，可能漏字漏行"
SCANNED = (
    'PDF 是扫描图片，没有文字层。请安装文字识别组件（pip install "fazhi[ocr]"）后再查，'
    "或用 WPS 等软件识别文字，另存为 .docx 后再查。"
)
UNREAD = "{}是图片，没有读到文字"
HOW_TO_READ = (
    '{}是图片，没有读到文字。要读取，请安装文字识别组件（pip install "fazhi[ocr]"），'
    "或用 WPS 等软件识别文字，另存为 .docx。"
)
BROKEN = "PDF 已损坏或不完整，打不开。请重新获取，或用阅读器打开后另存（打印）为新的 PDF 再查。"
LOCKED = "PDF 设了打开密码。用阅读器打开，去掉打开密码，另存后再查。"


@dataclass(slots=True)
class _Reading:
    """What was read so far: the pages, and the numbers of those that are special."""

    pages: list[Page]
    apart: list[str]
    recognised: list[int]
    by_ocr: list[int]
    unread: list[int]
    characters: int = 0


def read_pdf(data: bytes) -> Document:
    """Read a PDF document (读取 PDF)."""
    reading = _Reading([], [], [], [], [])
    with _opened(data) as pdf:
        count = len(pdf)
        if count > MAX_PAGES:
            raise ReadError(
                f"PDF 有 {count} 页，超过 {MAX_PAGES} 页的上限，不像一份年度报告。请截取报告部分后再查。"
            )
        for number in range(count):
            _read_page(pdf, number, reading)
    return _document(reading)


def _document(reading: _Reading) -> Document:
    if reading.unread and all(
        number in reading.unread or not page.marks for number, page in enumerate(reading.pages, 1)
    ):
        raise ReadError(SCANNED)
    blocks, apart = read_pages(reading.pages)
    doubts = (
        RECOGNISED if reading.recognised else "",
        BY_OCR.format(_names(reading.by_ocr)) if reading.by_ocr else "",
        UNREAD.format(_names(reading.unread)) if reading.unread else "",
    )
    notes = (HOW_TO_READ.format(_names(reading.unread)),) if reading.unread else ()
    return Document(
        "pdf",
        blocks,
        notes=notes,
        doubt="；".join(doubt for doubt in doubts if doubt),
        apart=tuple(dict.fromkeys((*apart, *reading.apart))),
    )


def _names(numbers: list[int]) -> str:
    """第3页 or 第1、2、5页 of the numbers of pages."""
    shown = "、".join(str(number) for number in numbers[:20])
    return f"第{shown}页" if len(numbers) <= 20 else f"第{shown}等{len(numbers)}页"


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadError(LOCKED if getattr(error, "err_code", None) == PASSWORD else BROKEN) from None
    try:
        yield pdf
    finally:
        pdf.close()


@contextmanager
def _page(pdf: Any, index: int) -> Iterator[Any]:
    from checker.readers.pdf.page import flatten

    page = pdf[index]
    try:
        if flatten(page.raw):
            page.close()
            page = pdf[index]
        yield page
    finally:
        page.close()


def _read_page(pdf: Any, index: int, reading: _Reading) -> None:
    import pypdfium2

    try:
        with _page(pdf, index) as page:
            _read_text(page, index + 1, reading)
    except pypdfium2.PdfiumError:
        raise ReadError(
            f"PDF 第{index + 1}页已损坏，读不出来。请重新获取，或用阅读器打开后另存为新的 PDF 再查。"
        ) from None


def _read_text(page: Any, number: int, reading: _Reading) -> None:
    from checker.readers.pdf.page import read_page

    text = page.get_textpage()
    try:
        reading.characters += text.count_chars()
        if reading.characters > MAX_CHARACTERS:
            raise ReadError(f"PDF 的文字超过 {MAX_CHARACTERS} 字的上限，不像一份年度报告。请确认文件后再查。")
        found = read_page(page.raw, text.raw)
    finally:
        text.close()
    if found.pictured and (seen := _recognise(page)):
        reading.pages.append(seen)
        reading.by_ocr.append(number)
        return
    reading.pages.append(found.page)
    if found.watermark:
        reading.apart.append(found.watermark)
    if found.pictured:
        reading.unread.append(number)
    elif found.recognised:
        reading.recognised.append(number)


def _recognise(page: Any) -> Page | None:
    """The page by OCR; nothing where that is not installed."""
    from checker.readers.ocr import available, ocr_page

    if not available():
        return None
    ask_for_more_time()
    width, height = page.get_size()
    return ocr_page(_picture(page, width, height), width, height)


def _picture(page: Any, width: float, height: float) -> Any:
    """The page as a picture, as fine as OCR wants it and not larger than memory bears."""
    scale = min(DOTS_PER_INCH / 72, math.sqrt(MAX_DOTS / max(width * height, 1.0)))
    bitmap = page.render(scale=scale)
    try:
        return bitmap.to_pil().copy()
    finally:
        bitmap.close()
