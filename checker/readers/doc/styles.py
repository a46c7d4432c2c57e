"""The style sheet of an old Word document (.doc 样式表)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

from checker.readers.doc.sprms import PLAIN_PARAGRAPH, Paragraph, put_on
from checker.readers.docx.markup import HEADING_NAME, TITLE_NAMES

BODY_TEXT, TITLE, NO_STYLE = 9, 62, 0xFFF
MAX_BASES = 32


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits (样式)."""

    paragraph: Paragraph = PLAIN_PARAGRAPH
    is_title: bool = False

    def level(self, outline: int | None) -> int | None:
        """The heading level of a paragraph of this style, which may say one of its own."""
        if outline is None or self.is_title:
            outline = self.paragraph.outline
        return None if outline is None or outline >= BODY_TEXT else outline + 1


class Styles:
    """The style sheet (样式表)."""

    def __init__(self, part: bytes) -> None:
        self._raw: dict[int, _RawStyle] = dict(_raw_styles(part)) if part else {}
        self._whole: dict[int, Style] = {}

    def __getitem__(self, number: int) -> Style:
        if number not in self._whole:
            self._whole[number] = self._inherit(number)
        return self._whole[number]

    def _inherit(self, number: int) -> Style:
        chain: list[_RawStyle] = []
        seen = {NO_STYLE}
        while number not in seen and number in self._raw and len(chain) < MAX_BASES:
            seen.add(number)
            chain.append(self._raw[number])
            number = chain[-1].base
        paragraph = PLAIN_PARAGRAPH
        for raw in reversed(chain):
            paragraph = put_on(replace(paragraph, outline=raw.heading(paragraph.outline)), raw.properties)
            if raw.is_title:
                paragraph = replace(paragraph, outline=None)
        return Style(paragraph, bool(chain) and chain[0].is_title)


@dataclass(frozen=True, slots=True)
class _RawStyle:
    builtin: int
    name: str
    base: int
    properties: bytes

    @property
    def is_title(self) -> bool:
        return self.builtin == TITLE or self.name.lower() in TITLE_NAMES

    def heading(self, inherited: int | None) -> int | None:
        """The outline level by the number or the name of the style, else that of its base."""
        if 1 <= self.builtin <= 9:
            return self.builtin - 1
        named = HEADING_NAME.fullmatch(self.name)
        return int(named[1]) - 1 if named else inherited


def _raw_styles(part: bytes) -> Iterator[tuple[int, _RawStyle]]:
    header, count, fixed = struct.unpack_from("<HHH", part)
    at = 2 + header
    for number in range(count):
        (size,) = struct.unpack_from("<H", part, at)
        if size:
            yield number, _raw_style(part[at + 2 : at + 2 + size], fixed)
        at += 2 + size


def _raw_style(style: bytes, fixed: int) -> _RawStyle:
    builtin, based = struct.unpack_from("<HH", style)
    (length,) = struct.unpack_from("<H", style, fixed)
    name = style[fixed + 2 : fixed + 2 + 2 * length].decode("utf-16-le", "replace")
    at = fixed + 4 + 2 * length
    (size,) = struct.unpack_from("<H", style, at) if based & 0xF == 1 and at + 2 <= len(style) else (0,)
    # The properties of the paragraph come first, behind the number of the style itself.
    return _RawStyle(builtin & 0xFFF, name.strip(), based >> 4, style[at + 4 : at + 2 + size])
