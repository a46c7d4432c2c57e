"""Pictures of an old Word document (.doc 文中图片): how large they stand on the page."""

from __future__ import annotations

import struct
from collections.abc import Container

from checker.readers.doc.characters import DocText
from checker.readers.doc.file import DocFile
from checker.readers.docx.pictures import TWIPS_PER_CM

Size = tuple[float, float]


def embedded(file: DocFile, text: DocText) -> list[Size]:
    """The pictures that stand in the text like a character; the Data stream tells their size and scale."""
    start, end = file.stories["main"]
    sizes = []
    for at, place in text.pictures.items():
        if start <= at < end and text.shown[at] and place + 36 <= len(file.data):
            wide, high, scale_x, scale_y = struct.unpack_from("<hhHH", file.data, place + 28)
            sizes.append(_size(wide * scale_x / 1000, high * scale_y / 1000))
    return sizes


def anchored(shapes: list[bytes], boxes: Container[int | None]) -> list[Size]:
    """The shapes that hang on the text and hold none themselves."""
    found = [struct.unpack_from("<5i", shape) for shape in shapes]
    return [_size(right - left, low - top) for key, left, top, right, low in found if key not in boxes]


def _size(wide: float, high: float) -> Size:
    return abs(wide) / TWIPS_PER_CM, abs(high) / TWIPS_PER_CM
