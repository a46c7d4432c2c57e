"""A page of a PDF (PDF 页面): its characters, through PDFium's C functions.

One call costs most of a microsecond, so a character gets few of them, and what is the same for all
characters of one text object is asked once.
"""

from __future__ import annotations

import ctypes
import math
import struct
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

HAN = "\u2e7f"
# Characters nearer than this part of their size are one word.
CLOSE = 0.1

# Prototypes with plain addresses: made-up pointer objects would cost more than the calls.
_ADDRESS = ctypes.c_void_p
TEXT_OBJECT = ctypes.CFUNCTYPE(_ADDRESS, _ADDRESS, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, _ADDRESS).value or 0
)
RENDER_MODE = ctypes.CFUNCTYPE(ctypes.c_int, _ADDRESS)(
    ctypes.cast(pdfium.FPDFTextObj_GetTextRenderMode, _ADDRESS).value or 0
)
FOUR_FLOATS = struct.Struct("4f").unpack_from

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


class _Type(NamedTuple):
    """What the characters of one text object have in common, with its base line."""

    x: float
    y: float
    size: float
    angle: float
    hidden: bool
    broken: bool


class _Word(NamedTuple):
    """Characters that follow closely upon one another on a base line."""

    text: str
    box: Box
    type: _Type


def read_page(page: Any, text: Any) -> PdfPage:
    """Read a page and its text, both open in PDFium (读取 PDF 页面)."""
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, bounds)
    crop = (bounds.left, bounds.bottom, bounds.right, bounds.top)
    words = _joined(list(_chars(text, crop)))
    drawing = find_drawing(page, crop)
    shown = [word for word in words if not word.type.hidden]
    layer = drawing.covered or _length(shown) < 0.5 * _length(words)
    recognised = bool(words) and layer and drawing.pictured >= SCAN
    return _made(words if recognised else shown, crop, drawing, recognised=recognised)


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


def _length(words: list[_Word]) -> int:
    return sum(len(word.text) for word in words)


def _made(words: list[_Word], crop: Box, drawing: Drawing, *, recognised: bool) -> PdfPage:
    seen = [word for word in words if not word.text.isspace()]
    unreadable = _is_unreadable(seen)
    if unreadable:
        words = seen = []
    turn = _turn(seen)
    leans = {angle: _lean(angle, turn) for angle in {word.type.angle for word in words}}
    marks: list[Mark] = []
    watermark = ""
    for word in words:
        lean = leans[word.type.angle]
        if lean == "slanted":
            watermark += word.text
        else:
            marks.append(_mark(word, crop, turn, lean))
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    rules = [as_rule(_framed(rule, crop, turn)) for rule in drawing.rules]
    page = Page(*((height, width) if turn % 2 else (width, height)), marks, rules)
    few = _length(seen) < FEW and drawing.pictured >= SCAN and not recognised
    return PdfPage(page, watermark, recognised, unreadable or few or (not seen and drawing.shows()))


def _is_unreadable(seen: list[_Word]) -> bool:
    odd = {character for word in seen for character in word.text if is_unreadable(character)}
    count = sum(
        len(word.text) if word.type.broken else sum(map(odd.__contains__, word.text)) for word in seen
    )
    return count * 2 > _length(seen)


def _chars(text: Any, crop: Box) -> Iterator[_Word]:
    """The characters inside the visible part of the page, without those PDFium makes up."""
    box = pdfium.FS_RECTF()
    page = ctypes.cast(text, ctypes.c_void_p).value
    left, right, bottom, top = 2 * crop[0], 2 * crop[2], 2 * crop[1], 2 * crop[3]
    last, kind, begins, astray, before = None, None, False, False, 0
    for index in range(pdfium.FPDFText_CountChars(text)):
        item = TEXT_OBJECT(page, index)
        if not item:
            continue
        character = _text_of(pdfium.FPDFText_GetUnicode(text, index))
        if not character or (character.isspace() and pdfium.FPDFText_IsGenerated(text, index)):
            continue
        if kind is None or item != last or kind.angle % 90:
            last, kind, begins = item, _type(text, index, item), True
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        x0, y1, x1, y0 = FOUR_FLOATS(box)
        place = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if begins:
            begins, astray, before = False, _is_astray(place, kind), 0
        if astray:
            place = _box_of(character, before, kind)
            before += 1
        # What is no number is inside of nothing.
        if left <= place[0] + place[2] <= right and bottom <= place[1] + place[3] <= top:
            yield _Word(character, place, kind)


def _is_astray(box: Box, kind: _Type) -> bool:
    """Whether a box is not where its text object begins: PDFium leaves ActualText in forms where it was."""
    turn = round(kind.angle / 90) % 4
    origin = (kind.x, kind.y)[turn % 2]
    return not abs(box[turn] - origin) < 0.25 * kind.size


def _box_of(character: str, before: int, kind: _Type) -> Box:
    """Where a character must stand by its text object, with so many others before it."""
    turn = math.radians(kind.angle)
    width = kind.size if character > HAN else kind.size / 2
    along = complex(math.cos(turn), math.sin(turn))
    begin = complex(kind.x, kind.y) + before * width * along
    end = begin + complex(width, kind.size) * along
    (x0, x1), (y0, y1) = sorted((begin.real, end.real)), sorted((begin.imag, end.imag))
    return (x0, y0, x1, y1)


def _joined(chars: list[_Word]) -> list[_Word]:
    """Words out of characters, which saves the layout time; none where a line is printed twice (重影)."""
    words: list[_Word] = []
    parts: list[_Word] = []
    for char in chars:
        if parts and (char.type is parts[-1].type or _on_one_line(char.type, parts[-1].type)):
            gap, size = char.box[0] - parts[-1].box[2], char.type.size
            if gap < -0.5 * size:
                return chars
            near = abs(gap) < CLOSE * size and not char.type.angle
            if near and _sort(char.text) == _sort(parts[-1].text) < 2:
                parts.append(char)
                continue
        if parts:
            words.append(_word(parts))
        parts = [char]
    return [*words, _word(parts)] if parts else words


def _on_one_line(one: _Type, other: _Type) -> bool:
    return abs(one.y - other.y) < 0.1 and one[2:] == other[2:]


def _sort(character: str) -> int:
    """Han characters and letters are of different width, and spaces belong to no word."""
    return 2 if character.isspace() else int(character > HAN)


def _word(parts: list[_Word]) -> _Word:
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    box = (first.box[0], first.box[1], parts[-1].box[2], first.box[3])
    return _Word("".join(part.text for part in parts), box, first.type)


@lru_cache(maxsize=8192)
def _text_of(code: int) -> str:
    return fold_glyph(chr(code)) if code < 0x110000 else "\ufffd"


def _type(text: Any, index: int, item: int) -> _Type:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    x, y = (matrix.e, matrix.f) if angle % 90 == 0 else _origin(text, index)
    hidden = RENDER_MODE(item) in HIDDEN
    broken = pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
    return _Type(x, y, size, angle, hidden, broken)


def _origin(text: Any, index: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    return x.value, y.value


def _turn(seen: list[_Word]) -> int:
    """In which direction most of the text runs: 0 to the right, 1 upwards, 2 to the left, 3 downwards.

    The page is read that way, whether or not it says that it is to be shown turned.
    """
    turns = [0, 0, 0, 0]
    for word in seen:
        turns[round(word.type.angle / 90) % 4] += len(word.text)
    return turns.index(max(turns))


def _lean(angle: float, turn: int) -> Lean:
    """How a character stands to the lines of its page: along them, at right angles, or neither."""
    lean = (angle - 90 * turn + 180) % 360 - 180
    if abs(lean) <= STEEP:
        return "along"
    return "across" if (lean + STEEP) % 90 <= 2 * STEEP else "slanted"


def _mark(word: _Word, crop: Box, turn: int, lean: Lean) -> Mark:
    """A mark as high as its type: fonts differ in the height of their boxes, not in the base line."""
    x0, top, x1, bottom = _framed(word.box, crop, turn)
    size = word.type.size
    if lean == "across" or not 0.1 < size < 1000:
        return Mark(word.text, x0, top, x1, bottom)
    base = _framed((word.type.x, word.type.y) * 2, crop, turn)[1]
    return Mark(word.text, x0, base - ABOVE * size, x1, base + BELOW * size)


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
