"""The style sheet of an old Word document (.doc 样式表)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

from checker.readers.doc.sprms import PLAIN, PLAIN_PARAGRAPH, Paragraph, mark_by, put_on
from checker.readers.docx.markup import HEADING_NAME, TITLE_NAMES

BODY_TEXT, TITLE, NO_STYLE = 9, 62, 0xFFF
MAX_BASES = 32


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits (样式)."""

    paragraph: Paragraph = PLAIN_PARAGRAPH
    heading: int | None = None
    is_title: bool = False
    vanish: int | None = None

    def level(self, outline: int | None) -> int | None:
        """The heading level of a paragraph of this style, which may say one of its own."""
        if outline is None or self.is_title:
            return self.heading
        return outline + 1 if outline < BODY_TEXT else None


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
        paragraph, mark = PLAIN_PARAGRAPH, PLAIN
        for raw in reversed(chain):
            paragraph, mark = put_on(paragraph, raw.paragraph), mark_by(mark, raw.characters)
        is_title = bool(chain) and chain[0].is_title
        return Style(replace(paragraph, outline=None), _heading(chain), is_title, mark.vanish)


@dataclass(frozen=True, slots=True)
class _RawStyle:
    builtin: int
    name: str
    base: int
    paragraph: bytes
    characters: bytes

    @property
    def is_title(self) -> bool:
        return self.builtin == TITLE or self.name.lower() in TITLE_NAMES


def _heading(chain: list[_RawStyle]) -> int | None:
    for raw in chain:
        outline = put_on(PLAIN_PARAGRAPH, raw.paragraph).outline
        if raw.is_title:
            return None
        if outline is not None:
            return outline + 1 if outline < BODY_TEXT else None
        if 1 <= raw.builtin <= 9:
            return raw.builtin
        if heading := HEADING_NAME.fullmatch(raw.name):
            return int(heading[1])
    return None


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
    lists: list[bytes] = []
    while at + 2 <= len(style) and len(lists) < 3:
        (size,) = struct.unpack_from("<H", style, at)
        lists.append(style[at + 2 : at + 2 + size])
        at += 2 + size + size % 2
    kind = based & 0xF
    paragraph = lists[0][2:] if kind == 1 and lists else b""
    characters = lists[kind == 1] if kind in {1, 2} and len(lists) > (kind == 1) else b""
    return _RawStyle(builtin & 0xFFF, name.strip(), based >> 4, paragraph, characters)
