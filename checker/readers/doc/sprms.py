"""Single properties in an old Word document (.doc 属性修饰): of a paragraph and of characters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

# The properties that matter, by their codes ([MS-DOC] 2.6).
DELETED, VANISH, CHARACTER_STYLE, SYMBOL, PICTURE = 0x0800, 0x083C, 0x4A30, 0x6A09, 0x6A03
STYLE, LEVEL, LIST, OUTLINE = 0x4600, 0x260A, 0x460B, 0x2640
IN_TABLE, ROW_END, DEPTH, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
NUMBERS = {STYLE: "style", LIST: "list", LEVEL: "level", OUTLINE: "outline"}
SWITCHES = {ROW_END: "is_row_end", INNER_ROW_END: "is_row_end", INNER_CELL: "is_cell_end"}
HUGE = {0x6645, 0x6646}
DEFINE_TABLE, CHANGE_TABS = 0xD608, 0xC615
SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
# The short codes that a piece may carry ([MS-DOC] 2.9.215).
SHORT = {0x0C: LEVEL, 0x18: IN_TABLE, 0x19: ROW_END, 0x41: DELETED, 0x5C: VANISH}
# Of a huge list of properties: those of the paragraph stand first, the borders of its table follow.
HUGE_READ = 512
MAX_DEPTH = 32
AS_STYLE, UNLIKE_STYLE = 0x80, 0x81


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is said of a paragraph (段落属性); `outline` is 0 for the first level, 9 for body text."""

    style: int = 0
    depth: int = 0
    is_cell_end: bool = False
    is_row_end: bool = False
    list: int = 0
    level: int = 0
    outline: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of characters (字符属性): `vanish` is 0 or 1, or how it relates to their style."""

    deleted: bool = False
    vanish: int | None = None
    style: int | None = None
    symbol: int | None = None
    picture: int | None = None

    def is_hidden(self, by_style: bool) -> bool:
        """Whether the characters are not shown, in a paragraph whose style hides them or not."""
        hidden = by_style if self.vanish in {None, AS_STYLE} else bool(self.vanish)
        return self.deleted or (not by_style if self.vanish == UNLIKE_STYLE else hidden)


PLAIN_PARAGRAPH, PLAIN = Paragraph(), Mark()


def changes(properties: bytes) -> Iterator[tuple[int, bytes]]:
    """The single properties in a list of them: code and value."""
    at = 0
    while at + 3 <= len(properties):
        code = properties[at] | properties[at + 1] << 8
        at += 2
        size = SIZES.get(code >> 13) or _variable_size(code, properties, at)
        if at + size > len(properties):
            return
        yield code, properties[at : at + size]
        at += size


def _variable_size(code: int, properties: bytes, at: int) -> int:
    first = properties[at]
    if code == DEFINE_TABLE:
        return int.from_bytes(properties[at : at + 2], "little") + 1
    if code == CHANGE_TABS and first == 0xFF:
        deleted = 2 + 4 * properties[at + 1] if at + 1 < len(properties) else len(properties)
        added = properties[at + deleted] if at + deleted < len(properties) else len(properties)
        return deleted + 1 + 3 * added
    return 1 + first


def number_of(value: bytes) -> int:
    return int.from_bytes(value, "little")


def put_on(paragraph: Paragraph, properties: bytes, data: bytes = b"") -> Paragraph:
    """Change a paragraph as a list of properties says; `data` holds the huge ones."""
    for code, value in changes(properties):
        number = number_of(value)
        if code in HUGE and data:
            size = number_of(data[number : number + 2])
            return put_on(paragraph, data[number + 2 : number + 2 + min(size, HUGE_READ)])
        if code == IN_TABLE:
            paragraph = replace(paragraph, depth=max(paragraph.depth, 1) if number else 0)
        elif code == DEPTH:
            paragraph = replace(paragraph, depth=min(number, MAX_DEPTH))
        elif code in NUMBERS:
            paragraph = replace(paragraph, **{NUMBERS[code]: number})  # type: ignore[arg-type]
        elif code in SWITCHES:
            paragraph = replace(paragraph, **{SWITCHES[code]: bool(number)})
    return paragraph


def mark_by(mark: Mark, properties: bytes) -> Mark:
    """Change a mark of characters as a list of properties says."""
    for code, value in changes(properties):
        if code == DELETED:
            mark = replace(mark, deleted=bool(value[0]))
        elif code == VANISH:
            mark = replace(mark, vanish=value[0])
        elif code == CHARACTER_STYLE:
            mark = replace(mark, style=number_of(value))
        elif code == SYMBOL:
            mark = replace(mark, symbol=number_of(value))
        elif code == PICTURE:
            mark = replace(mark, picture=number_of(value))
    return mark
