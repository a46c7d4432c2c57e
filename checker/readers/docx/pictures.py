"""Pictures of a Word document (文中图片): how large they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.model.document import Block
from checker.readers.docx.markup import child, kind, to_number
from checker.readers.package import Element
from checker.readers.text import count_han

# English metric units, in which DrawingML measures, and twentieths of a point, as Word does.
EMU_PER_CM = 360_000
TWIPS_PER_CM = 567
CM = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1, "pc": 2.54 / 6, "px": 2.54 / 96, "": 2.54 / 96}
LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([0-9]{1,6}(?:\.[0-9]{1,9})?)(pt|in|cm|mm|pc|px|)\b")
# A picture smaller than this holds no text; one of half a page may be a scan.
SMALL = 2.0
SCAN = 21.0 * 29.7 / 2
# A page of text has twice as much; a scanned report with a typed title has less.
FEW_HAN = 300


def tell_pictures(sizes: Iterable[tuple[float, float]], blocks: Iterable[Block]) -> tuple[list[str], str]:
    """The note on pictures by their width and height in centimetres, and the doubt whether they are the text."""
    seen = [one for one in sizes if min(one) >= SMALL]
    notes = [f"文中有{len(seen)}幅图片，图片里的文字没有读。"] if seen else []
    scanned = any(wide * high >= SCAN for wide, high in seen)
    doubtful = scanned and sum(count_han(block.text) for block in blocks) < FEW_HAN
    return notes, "正文可能是图片" if doubtful else ""


def size(picture: Element) -> tuple[float, float]:
    """Width and height in centimetres, by the frame or the shape around a picture; else just notable."""
    for one in picture.iterancestors():
        name = kind(one)
        if name in {"?:inline", "?:anchor"} and (extent := child(one, "?:extent")) is not None:
            return _cm(extent.get("cx")), _cm(extent.get("cy"))
        if name == "?:shape":
            told = {
                side: float(length) * CM[unit] for side, length, unit in LENGTH.findall(one.get("style", ""))
            }
            return told.get("width", SMALL), told.get("height", SMALL)
    return SMALL, SMALL


def _cm(length: str | None) -> float:
    number = to_number(length)
    return SMALL if number is None else number / EMU_PER_CM
