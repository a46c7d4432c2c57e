"""The text of an old Word document as a person sees it (.doc 显示文字), position by position.

Deleted and hidden text and the codes of fields are masked and not taken out, so that positions stay true.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress

from checker.readers.doc.file import Broken, DocFile, whole
from checker.readers.doc.properties import Properties
from checker.readers.doc.sprms import Mark
from checker.readers.docx.signs import PLAIN, overlaid, symbol

FONTS = 15
# No such field is longer, and a search in a code of any length may take any time.
MAX_CODE = 1000
MAX_NESTED = 100
FIELDS = re.compile("[\x13-\x15]")
BREAKS = re.compile("[\x0b\x0c\x0e]")
PARAGRAPH = "\r"
PICTURE = "\x01"
# Control characters stand for things that are no text; private signs are nearly always Wingdings.
SIGNS = PLAIN | dict.fromkeys(range(32)) | {9: "\t", 0x0B: "\x0b", 0x0C: "\x0c", 0x0E: "\x0e", 0x1E: "-"}


@dataclass(frozen=True, slots=True)
class DocText:
    """The characters, for each whether it is shown, whether it is deleted, and what is a picture."""

    text: str
    shown: bytearray
    deleted: bytearray
    pictures: dict[int, int]

    def lines(self, start: int, end: int, shown: bytearray | None = None) -> list[str]:
        """What stands between two positions: lines, of which there is at least one."""
        mask = self.shown[start:end] if shown is None else shown
        return BREAKS.split(whole("".join(compress(self.text[start:end], mask))).translate(SIGNS))


def load_text(file: DocFile, properties: Properties) -> DocText:
    """The text of a file, with symbols and drawn-over characters written out."""
    signs = list(file.text)
    shown = bytearray(b"\1") * len(signs)
    deleted = bytearray(len(signs))
    pictures: dict[int, int] = {}
    fonts = _fonts(file)
    for start, end, mark in properties.marks:
        if mark.is_hidden(by_style=False):
            shown[start:end] = bytes(end - start)
        elif mark.symbol is not None:
            signs[start:end] = [_symbol(mark, fonts)] * (end - start)
        elif mark.picture is not None and file.text[start] == PICTURE:
            pictures[start] = mark.picture
        if mark.deleted:
            deleted[start:end] = b"\1" * (end - start)
    for begin, end in file.stories.values():
        _mask_fields(file.text, (begin, end), signs, shown)
    return DocText("".join(signs), shown, deleted, pictures)


def _symbol(mark: Mark, fonts: list[str]) -> str:
    font, code = (mark.symbol or 0) & 0xFFFF, (mark.symbol or 0) >> 16
    return symbol(fonts[font] if font < len(fonts) else None, f"{code:X}") or "\0"


def _mask_fields(text: str, story: tuple[int, int], signs: list[str], shown: bytearray) -> None:
    """Hide the codes of fields (域代码); a field that lays characters over one another shows those."""
    for start, stop, has_result in _codes(text, *story):
        is_drawn = not has_result and stop - start < MAX_CODE and shown[start]
        sign = overlaid(text[start + 1 : stop]) if is_drawn else ""
        shown[start:stop] = bytes(stop - start)
        if sign and len(sign) < stop - start:
            signs[start : start + len(sign)] = sign
            shown[start : start + len(sign)] = b"\1" * len(sign)


def _codes(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Where the codes of fields stand, the inner ones first, and whether a result follows.

    A field that never ends is none: rather a code too many than text lost.
    """
    fields: list[list[int]] = []
    for found in FIELDS.finditer(text, start, end):
        if found[0] == "\x13" and len(fields) < MAX_NESTED:
            fields.append([found.start()])
        elif fields and found[0] == "\x14":
            fields[-1].append(found.start())
        elif fields:
            begin, *rest = fields.pop()
            yield begin, rest[0] if rest else found.start(), bool(rest)


def _fonts(file: DocFile) -> list[str]:
    """The names of the fonts (字体), by their numbers; symbols need them."""
    fonts: list[str] = []
    try:
        part = file.part(FONTS)
        at = 4
        for _ in range(struct.unpack_from("<H", part)[0] if part else 0):
            size = part[at]
            # The name stands behind 39 bytes on the looks of the font.
            fonts.append(part[at + 40 : at + 1 + size].decode("utf-16-le", "replace").partition("\0")[0])
            at += 1 + size
    except (Broken, struct.error, IndexError):
        pass
    return fonts
