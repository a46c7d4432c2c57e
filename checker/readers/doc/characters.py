"""The text of an old Word document as a person sees it (.doc 显示文字), position by position.

Deleted and hidden text and the codes of fields are masked and not taken out, so that positions stay true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import compress

from checker.readers.doc.file import DocFile, whole
from checker.readers.doc.properties import Properties
from checker.readers.docx.signs import PLAIN, symbol

MAX_NESTED = 100
FIELDS = re.compile("[\x13-\x15]")
BEGIN, SEPARATOR = "\x13", "\x14"
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

    def lines(self, start: int, end: int) -> list[str]:
        """What stands between two positions: lines, of which there is at least one."""
        shown = "".join(compress(self.text[start:end], self.shown[start:end]))
        return BREAKS.split(whole(shown).translate(SIGNS))


def load_text(file: DocFile, properties: Properties) -> DocText:
    """The text of a file, with symbols and drawn-over characters written out."""
    signs = list(file.text)
    shown = bytearray(b"\1") * len(signs)
    deleted = bytearray(len(signs))
    pictures: dict[int, int] = {}
    for start, end, mark in properties.marks:
        if mark.hidden or mark.deleted:
            shown[start:end] = bytes(end - start)
        elif mark.symbol is not None:
            signs[start:end] = [symbol(None, f"{mark.symbol >> 16:X}") or "\0"] * (end - start)
        elif mark.picture is not None and file.text[start] == PICTURE:
            pictures[start] = mark.picture
        if mark.deleted:
            deleted[start:end] = b"\1" * (end - start)
    for begin, end in file.stories.values():
        _mask_fields(file.text, begin, end, shown)
    return DocText("".join(signs), shown, deleted, pictures)


def _mask_fields(text: str, start: int, end: int, shown: bytearray) -> None:
    """Hide the codes of fields (域代码); one that never ends is none: rather a code too many than text lost."""
    fields: list[tuple[int, int]] = []
    for found in FIELDS.finditer(text, start, end):
        at = found.start()
        if found[0] == BEGIN and len(fields) < MAX_NESTED:
            fields.append((at, 0))
        elif fields and found[0] == SEPARATOR:
            fields[-1] = (fields[-1][0], at)
        elif fields:
            begin, stop = fields.pop()
            stop = stop or at
            shown[begin:stop] = bytes(stop - begin)
