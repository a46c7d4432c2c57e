"""Pictures of a Word document (文中图片): how large they stand on the page."""

from __future__ import annotations

import re

from checker.readers.docx.markup import attr, child, kind, to_number
from checker.readers.package import Element

# English metric units, in which DrawingML measures, and twentieths of a point, as Word does.
EMU_PER_CM = 360_000
TWIPS_PER_CM = 567
CM = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1, "pc": 2.54 / 6, "px": 2.54 / 96, "": 2.54 / 96}
LENGTH = r"(?:^|;)\s*{}\s*:\s*([0-9]{{1,6}}(?:\.[0-9]{{1,9}})?)\s*(pt|in|cm|mm|pc|px|)\s*(?:;|$)"
WIDTH, HEIGHT = (re.compile(LENGTH.format(side), re.IGNORECASE) for side in ("width", "height"))
SMALL = 2.0
A4 = 21.0 * 29.7


def is_notable(picture: Element) -> bool:
    """Whether a picture is large enough to hold text; one whose size is not told may be."""
    size = _size(picture)
    return size is None or min(size) >= SMALL


def covers(picture: Element, area: float) -> bool:
    """Whether a picture covers at least half of a page, as a scanned one does."""
    size = _size(picture)
    return size is not None and size[0] * size[1] >= area / 2


def page_area(root: Element) -> float:
    """How large a page of the document is, in square centimetres."""
    space = root.tag.removesuffix(kind(root))
    page = next(root.iter(f"{space}pgSz"), None)
    width = None if page is None else to_number(attr(page, "w"))
    height = None if page is None else to_number(attr(page, "h"))
    return width * height / TWIPS_PER_CM**2 if width and height else A4


def _size(picture: Element) -> tuple[float, float] | None:
    """Width and height in centimetres, from the frame or the shape around the picture."""
    for one in picture.iterancestors():
        name = kind(one)
        if name in {"?:inline", "?:anchor"}:
            extent = child(one, "?:extent")
            width = to_number(extent.get("cx")) if extent is not None else None
            height = to_number(extent.get("cy")) if extent is not None else None
            return None if width is None or height is None else (width / EMU_PER_CM, height / EMU_PER_CM)
        if name == "?:shape":
            wide, high = WIDTH.search(one.get("style", "")), HEIGHT.search(one.get("style", ""))
            return (_cm(wide), _cm(high)) if wide and high else None
    return None


def _cm(length: re.Match[str]) -> float:
    return float(length[1]) * CM[length[2].lower()]
