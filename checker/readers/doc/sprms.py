"""Single properties in an old Word document (.doc 属性修饰): of a paragraph and of characters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

# The properties that matter, by their codes ([MS-DOC] 2.6).
DELETED, VANISH, SYMBOL, PICTURE = 0x0800, 0x083C, 0x6A09, 0x6A03
STYLE, LEVEL, LIST, OUTLINE = 0x4600, 0x260A, 0x460B, 0x2640
IN_TABLE, ROW_END, DEPTH, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
NUMBERS = {STYLE: "style", LIST: "list", LEVEL: "level", OUTLINE: "outline"}
SWITCHES = {ROW_END: "is_row_end", INNER_ROW_END: "is_row_end", INNER_CELL: "is_cell_end"}
CHARACTERS = {DELETED: "deleted", VANISH: "hidden", SYMBOL: "symbol", PICTURE: "picture"}
HUGE = {0x6645, 0x6646}
DEFINE_TABLE, CHANGE_TABS = 0xD608, 0xC615
SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
# The short codes that a piece may carry ([MS-DOC] 2.9.215).
SHORT = {0x0C: LEVEL, 0x18: IN_TABLE, 0x19: ROW_END, 0x41: DELETED, 0x5C: VANISH}
# Of a huge list of properties: those of the paragraph stand first, the borders of its table follow.
HUGE_READ = 512
MAX_DEPTH = 32


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
    """What is said of characters (字符属性)."""

    deleted: bool = False
    hidden: bool = False
    symbol: int | None = None
    picture: int | None = None


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
    if code == DEFINE_TABLE:
        return number_of(properties[at : at + 2]) + 1
    # 255 tells that the size of a change of tabs follows from its contents: no more than 255 stops.
    return len(properties) if code == CHANGE_TABS and properties[at] == 0xFF else 1 + properties[at]


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


def mark_by(properties: bytes) -> Mark:
    """What a list of properties says of characters; the last word counts."""
    said = {CHARACTERS[code]: number_of(value) for code, value in changes(properties) if code in CHARACTERS}
    # Hidden as the style says is 0x80, unlike it 0x81: styles do not hide text.
    deleted, hidden = bool(said.get("deleted")), bool(said.get("hidden", 0) & 1)
    return Mark(deleted, hidden, said.get("symbol"), said.get("picture"))
