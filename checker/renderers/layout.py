"""Lines for a terminal (版面): East Asian width, and where a Chinese line may break (禁则)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_NO_START = frozenset("，。、；：！？）》〉”’」』】〕〗…—·％℃,.;:!?)]}%")
_NO_END = frozenset("（《〈“‘「『【〔〖([{￥$")
_UNIT = re.compile(r"[!-~]+|.")
_BROKEN_LINE = re.compile(r"(?<=[^\x00-\x7f])\s*[\r\n]\s*(?=[^\x00-\x7f])")
_SPACE = re.compile(r"\s+")
_HIDDEN = ("Cc", "Cf", "Cs")

PLAIN: Mapping[str, str] = {}
COLOURS: Mapping[str, str] = {
    "title": "1", "group": "1", "met": "32", "thin": "36", "deferred": "33", "unmet": "31", "manual": "35",
}  # fmt: skip


@lru_cache(maxsize=8192)
def _cell(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    # Quotation marks and dashes are one cell or two, as the terminal likes: two never overflows.
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def cells(text: str) -> int:
    """Display width (显示宽度) in cells."""
    return sum(map(_cell, text))


def plain(text: str) -> str:
    """Text on one line, without characters that would steer a terminal."""
    shown = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _HIDDEN)
    return _SPACE.sub(" ", _BROKEN_LINE.sub("", shown)).strip()


def pad(text: str, width: int) -> str:
    """The text with spaces behind it up to a width."""
    return text + " " * max(0, width - cells(text))


def shorten(text: str, width: int) -> str:
    """The text, or its beginning and a mark that something was left out."""
    if cells(text) <= width:
        return text
    kept, used = "", 0
    for char in text:
        used += _cell(char)
        if used > width - 2:
            break
        kept += char
    return kept + ".."


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells; none begins with 、 or ） or ends with （."""
    lines: list[str] = []
    line, used = "", 0
    for unit in _units(text, width):
        size = cells(unit)
        if used + size > width and line:
            lines.append(line.rstrip())
            line, used = "", 0
            if unit == " ":
                continue
        line, used = line + unit, used + size
    return [*lines, line.rstrip()]


def _units(text: str, width: int) -> list[str]:
    """What must stay on one line: words, and characters with the punctuation they carry."""
    units: list[str] = []
    for match in _UNIT.finditer(text):
        piece = match.group()
        if units and units[-1] != " " and (piece[0] in _NO_START or units[-1][-1] in _NO_END):
            units[-1] += piece
        else:
            units.append(piece)
    return [part for unit in units for part in (unit if cells(unit) > width else [unit])]


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide and how coloured (版式). `style` maps names to terminal codes; empty for plain text."""

    width: int = 80
    style: Mapping[str, str] = field(default_factory=lambda: PLAIN)

    def paint(self, name: str, text: str) -> str:
        code = self.style.get(name)
        return f"\x1b[{code}m{text}\x1b[0m" if code and text else text

    def text(self, text: str, *, indent: int = 0, style: str = "") -> list[str]:
        """A paragraph."""
        lines = wrap(plain(text), self.width - indent)
        return [" " * indent + self.paint(style, line) for line in lines]

    def field(self, label: str, text: str, *, indent: int = 0, style: str = "") -> list[str]:
        """A label, and a paragraph that hangs behind it."""
        hang = cells(label) + 2
        first, *rest = wrap(plain(text), self.width - indent - hang)
        lines = [" " * indent + pad(label, hang) + self.paint(style, first)]
        return lines + [" " * (indent + hang) + self.paint(style, line) for line in rest]

    def rule(self, mark: str = "-") -> str:
        return mark * self.width
