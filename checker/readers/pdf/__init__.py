"""PDF: the text that a reader of its pages sees; pages that are pictures go to OCR where it is there."""

from __future__ import annotations

import math
import re
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import Any

from checker.errors import ReadError
from checker.model.document import Document
from checker.readers.layout import Page, read_pages
from checker.readers.limits import ask_for_more_time
from checker.readers.ocr import INSTALL

MAX_PAGES = 300
MAX_CHARACTERS = 2_000_000
DOTS_PER_INCH = 200
MAX_DOTS = 30_000_000
PASSWORD = 4
# Letters and Han characters that no report uses: fonts with wrong codes give them in numbers.
STRANGE = re.compile("(?![§°±²³·×÷éèü])[\x80-\u024f\u3400-\u4dbf\ue000-\uf8ff\ufffd]")
MOST_STRANGE = 0.02

RECOGNISED = "PDF 的文字层由文字识别得到，可能漏字"
GARBLED = "PDF 的字体编码有误，部分文字会读错"
BY_OCR = "{}由文字识别（OCR）得到，可能漏字漏行"
SCANNED = (
    f"PDF 是扫描图片，没有文字层。请安装文字识别组件（{INSTALL}）后再查，"
    "或用 WPS 等软件识别文字，另存为 .docx 后再查。"
)
FONTLESS = "PDF 没有嵌入字体，这台电脑又缺少中文字体，可能漏字"
INSTALL_FONTS = "请安装中文字体（如 Debian、Ubuntu 的 fonts-noto-cjk）后再查，或换一台装有中文字体的电脑。"
UNREAD = "{}是图片，没有读到文字"
HOW_TO_READ = (
    f"{{}}是图片，没有读到文字。要读取，请安装文字识别组件（{INSTALL}），"
    "或用 WPS 等软件识别文字，另存为 .docx。"
)
BROKEN = "PDF 已损坏或不完整，打不开。请重新获取，或用阅读器打开后另存（打印）为新的 PDF 再查。"
LOCKED = "PDF 设了打开密码。用阅读器打开，去掉打开密码，另存后再查。"


@dataclass(slots=True)
class _Reading:
    """What was read so far: the pages, and the numbers of those that are special."""

    pages: list[Page] = field(default_factory=list)
    watermarks: list[str] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    by_ocr: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    characters: int = 0
    fontless: bool = False


def read_pdf(data: bytes) -> Document:
    """Read a PDF document (读取 PDF)."""
    import pypdfium2  # type: ignore[import-untyped]

    reading = _Reading()
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadError(LOCKED if getattr(error, "err_code", None) == PASSWORD else BROKEN) from None
    with closing(pdf):
        if len(pdf) > MAX_PAGES:
            raise ReadError(
                f"PDF 有 {len(pdf)} 页，超过 {MAX_PAGES} 页的上限，不像一份年度报告。请截取报告部分后再查。"
            )
        for number in range(1, len(pdf) + 1):
            try:
                _read_page(pdf, number, reading)
            except pypdfium2.PdfiumError:
                raise ReadError(
                    f"PDF 第{number}页已损坏，读不出来。请重新获取，或用阅读器打开后另存为新的 PDF 再查。"
                ) from None
        reading.fontless = _is_fontless(pdf)
    return _document(reading)


def _is_fontless(pdf: Any) -> bool:
    from checker.readers.pdf.fonts import has_fonts, needs_fonts

    return not has_fonts() and needs_fonts(pdf)


def _document(reading: _Reading) -> Document:
    if reading.unread and all(
        number in reading.unread or not page.marks for number, page in enumerate(reading.pages, 1)
    ):
        raise ReadError(SCANNED)
    blocks, apart = read_pages(reading.pages)
    text = "".join(block.text for block in blocks)
    doubts = (
        GARBLED if len(STRANGE.findall(text)) > MOST_STRANGE * len(text) else "",
        RECOGNISED if reading.recognised else "",
        BY_OCR.format(_names(reading.by_ocr)) if reading.by_ocr else "",
        UNREAD.format(_names(reading.unread)) if reading.unread else "",
        FONTLESS if reading.fontless else "",
    )
    notes = (
        HOW_TO_READ.format(_names(reading.unread)) if reading.unread else "",
        INSTALL_FONTS if reading.fontless else "",
    )
    return Document(
        "pdf",
        blocks,
        notes=tuple(filter(None, notes)),
        doubt="；".join(filter(None, doubts)),
        apart=tuple(dict.fromkeys((*apart, *reading.watermarks))),
    )


def _names(numbers: list[int]) -> str:
    """第3页 or 第1、2、5页 of the numbers of pages."""
    shown = "、".join(str(number) for number in numbers[:20])
    return f"第{shown}页" if len(numbers) <= 20 else f"第{shown}等{len(numbers)}页"


def _read_page(pdf: Any, number: int, reading: _Reading) -> None:
    from checker.readers.pdf.page import flatten, read_page

    with ExitStack() as stack:
        page = stack.enter_context(closing(pdf[number - 1]))
        if flatten(page.raw):
            page = stack.enter_context(closing(pdf[number - 1]))
        text = stack.enter_context(closing(page.get_textpage()))
        reading.characters += text.count_chars()
        if reading.characters > MAX_CHARACTERS:
            raise ReadError(f"PDF 的文字超过 {MAX_CHARACTERS} 字的上限，不像一份年度报告。请确认文件后再查。")
        found = read_page(page.raw, text.raw)
        seen = _recognise(page) if found.pictured else None
    reading.pages.append(seen or found.page)
    if seen:
        reading.by_ocr.append(number)
        return
    if found.watermark:
        reading.watermarks.append(found.watermark)
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
    with closing(page.render(scale=scale)) as bitmap:
        return bitmap.to_pil().copy()
