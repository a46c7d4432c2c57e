"""A page of a PDF (PDF 页面): its characters, through PDFium's C functions.

One call costs most of a microsecond, so a character gets few of them, and what is the same for all
characters of one text object is asked once.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from checker.readers.layout.glyphs import fold_glyph, is_unreadable
from checker.readers.layout.page import Mark, Page
from checker.readers.pdf.drawing import Box, Drawing, as_rule, find_drawing

HIDDEN = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
DRAWN = {pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET}
MOST_ANNOTATIONS = 1000
# How far Han type reaches above and below its base line, in parts of its size.
ABOVE, BELOW = 0.88, 0.12
# Degrees by which a scanned page may lean; a watermark leans more.
STEEP = 8.0
# A picture of this share of the page is a scan; so few characters on it are its stamp or page number.
SCAN = 0.5
FEW = 60

Lean = Literal["along", "across", "slanted"]


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page, its watermarks, and how far its text is what it shows.

    `recognised`: the text comes from a program that read the picture of the page. `pictured`: the
    page shows something, but has no text or hardly any.
    """

    page: Page
    watermark: str
    recognised: bool
    pictured: bool


class _Run(NamedTuple):
    """What the characters of one text object have in common: also the base line, where it is no slant."""

    x: float
    y: float
    size: float
    angle: float
    hidden: bool
    broken: bool


class _Char(NamedTuple):
    text: str
    x: float
    y: float
    box: Box
    run: _Run


def read_page(page: Any, text: Any) -> PdfPage:
    """Read a page and its text, both open in PDFium (读取 PDF 页面)."""
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, bounds)
    crop = (bounds.left, bounds.bottom, bounds.right, bounds.top)
    chars = list(_chars(text, crop))
    drawing = find_drawing(page, crop)
    shown = [char for char in chars if not char.run.hidden]
    layer = drawing.covered or len(shown) < 0.5 * len(chars)
    recognised = bool(chars) and layer and drawing.pictured >= SCAN
    return _made(chars if recognised else shown, crop, drawing, recognised=recognised)


def flatten(page: Any) -> bool:
    """Make fields of forms, text boxes and stamps part of the page (批注、表单域); whether there were any.

    The page must be opened anew to read them.
    """
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in DRAWN:
            return bool(pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS)
    return False


def _made(chars: list[_Char], crop: Box, drawing: Drawing, *, recognised: bool) -> PdfPage:
    seen = [char for char in chars if not char.text.isspace()]
    unreadable = _is_unreadable(seen)
    if unreadable:
        chars = seen = []
    turn = _turn(seen)
    leans = {angle: _lean(angle, turn) for angle in {char.run.angle for char in chars}}
    marks = [
        _mark(char, crop, turn, leans[char.run.angle]) for char in chars if leans[char.run.angle] != "slanted"
    ]
    watermark = "".join(char.text for char in chars if leans[char.run.angle] == "slanted")
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    rules = [as_rule(_framed(rule, crop, turn)) for rule in drawing.rules]
    page = Page(*((height, width) if turn % 2 else (width, height)), marks, rules)
    few = len(seen) < FEW and drawing.pictured >= SCAN and not recognised
    return PdfPage(page, watermark, recognised, unreadable or few or (not seen and drawing.shows()))


def _is_unreadable(seen: list[_Char]) -> bool:
    odd = {text for text in {char.text for char in seen} if is_unreadable(text)}
    return sum(char.run.broken or char.text in odd for char in seen) * 2 > len(seen)


def _chars(text: Any, crop: Box) -> Iterator[_Char]:
    """The characters inside the visible part of the page, without those PDFium makes up."""
    box = pdfium.FS_RECTF()
    left, bottom, right, top = crop
    runs: dict[int, _Run] = {}
    for index in range(pdfium.FPDFText_CountChars(text)):
        item = pdfium.FPDFText_GetTextObject(text, index)
        if not item:
            continue
        address = ctypes.addressof(item.contents)
        run = runs.get(address)
        if run is None:
            run = runs[address] = _run(text, index, item)
        character = _text_of(pdfium.FPDFText_GetUnicode(text, index))
        if not character or (character.isspace() and pdfium.FPDFText_IsGenerated(text, index)):
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        (x0, x1), (y0, y1) = sorted((box.left, box.right)), sorted((box.bottom, box.top))
        # What is no number is inside of nothing.
        if 2 * left <= x0 + x1 <= 2 * right and 2 * bottom <= y0 + y1 <= 2 * top:
            x, y = (run.x, run.y) if run.angle % 90 == 0 else _origin(text, index)
            yield _Char(character, x, y, (x0, y0, x1, y1), run)


def _origin(text: Any, index: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    return x.value, y.value


@lru_cache(maxsize=8192)
def _text_of(code: int) -> str:
    return fold_glyph(chr(code)) if code < 0x110000 else "\ufffd"


def _run(text: Any, index: int, item: Any) -> _Run:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    hidden = pdfium.FPDFTextObj_GetTextRenderMode(item) in HIDDEN
    broken = pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
    return _Run(*_origin(text, index), size, angle, hidden, broken)


def _turn(seen: list[_Char]) -> int:
    """In which direction most of the text runs: 0 to the right, 1 upwards, 2 to the left, 3 downwards.

    The page is read that way, whether or not it says that it is to be shown turned.
    """
    turns = [0, 0, 0, 0]
    for angle, count in Counter(char.run.angle for char in seen).items():
        turns[round(angle / 90) % 4] += count
    return turns.index(max(turns))


def _lean(angle: float, turn: int) -> Lean:
    """How a character stands to the lines of its page: along them, at right angles, or neither."""
    lean = (angle - 90 * turn + 180) % 360 - 180
    if abs(lean) <= STEEP:
        return "along"
    return "across" if (lean + STEEP) % 90 <= 2 * STEEP else "slanted"


def _mark(char: _Char, crop: Box, turn: int, lean: Lean) -> Mark:
    """A mark as high as its type: fonts differ in the height of their boxes, not in the base line."""
    x0, top, x1, bottom = _framed(char.box, crop, turn)
    size = char.run.size
    if lean == "across" or not 0.1 < size < 1000:
        return Mark(char.text, x0, top, x1, bottom)
    base = _framed((char.x, char.y, char.x, char.y), crop, turn)[1]
    return Mark(char.text, x0, base - ABOVE * size, x1, base + BELOW * size)


def _framed(box: Box, crop: Box, turn: int) -> Box:
    """A box from the top left corner of the page as it is read."""
    x0, y0, x1, y1 = box
    left, bottom, right, top = crop
    if turn == 0:
        return (x0 - left, top - y1, x1 - left, top - y0)
    if turn == 1:
        return (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if turn == 2:
        return (right - x1, y0 - bottom, right - x0, y1 - bottom)
    return (top - y1, right - x1, top - y0, right - x0)
