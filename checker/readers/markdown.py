"""Markdown (标记文本): its lines without the marks, and the levels its headings declare."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.model.document import CELL_SEPARATOR, Block, Document
from checker.readers.text import decode_to_the_end

# Inside a pair of marks the mark itself may not stand: keeps the patterns linear on any input.
HEADING = re.compile(r"[ \t]{0,3}(#{1,6})(?:[ \t]+|(?=[^\s#\x21-\x7e]))(.*)")
CLOSING = re.compile(r"(?:^|[ \t])#+$")
DROPPED = re.compile(r"\s*(?:([-*_])(?:[ \t]*\1){2,}|={3,}|(?:```|~~~)[^`]*)\s*")
LEADING = re.compile(r"\A(?:\s*[-*+][ \t]+(?=\S)|[ \t]{0,3}(?:>[ \t]?)+)")
SEPARATOR = re.compile(r":?-+:?")
CELL_BORDER = re.compile(r"(?<!\\)\|")
INLINE = (
    (re.compile(r"!\[([^\[\]]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)"), r"\1"),
    (re.compile(r"\[([^\[\]]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)"), r"\1"),
    (re.compile(r"\*{2,3}(?=\S)([^*]+)(?<=\S)\*{2,3}"), r"\1"),
    (re.compile(r"__(?=[^\s_])([^_]+)(?<=[^\s_])__"), r"\1"),
    (re.compile(r"`"), ""),
    (re.compile(r"<br[ \t]{0,3}/?>", re.IGNORECASE), " "),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def read_markdown(data: bytes, encoding: str | None = None) -> Document:
    """Read Markdown: what a reader of the page would see, line by line."""
    text, doubt = decode_to_the_end(data, encoding)
    return Document("markdown", tuple(_blocks(_drop_comments(text))), doubt=doubt)


def _blocks(text: str) -> Iterator[Block]:
    for line in text.split("\n"):
        if line.lstrip().startswith("|"):
            cells = [_plain(cell) for cell in _cells(line)]
            if not all(SEPARATOR.fullmatch(cell) for cell in cells):
                yield Block(CELL_SEPARATOR.join(cells) if any(cells) else "", table=True)
        elif heading := HEADING.fullmatch(line):
            title = CLOSING.sub("", heading[2].rstrip())
            yield Block(_plain(title), level=len(heading[1]))
        elif not DROPPED.fullmatch(line):
            yield Block(_inline(LEADING.sub("", line)))


def _cells(line: str) -> list[str]:
    """The cells (单元格) of a row: what stands between the bars."""
    row = line.strip().removeprefix("|")
    cells = CELL_BORDER.split(row)
    return cells[:-1] if len(cells) > 1 and not cells[-1].strip() else cells


def _plain(text: str) -> str:
    return _inline(text).strip()


def _inline(text: str) -> str:
    """Drop emphasis, links and escapes (行内标记)."""
    for pattern, replacement in INLINE:
        text = pattern.sub(replacement, text)
    return text


def _drop_comments(text: str) -> str:
    """Drop HTML comments (注释); a line that held nothing else goes with them."""
    kept: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        kept.append(text[position:start])
        position = end + 3
        alone = not text[text.rfind("\n", 0, start) + 1 : start].strip()
        if alone and text.startswith("\n", position):
            position += 1
    kept.append(text[position:])
    return "".join(kept)
