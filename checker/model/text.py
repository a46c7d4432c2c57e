"""Text for searching (检索文本): folded one character to one, without white space.

Folding never changes length, so an offset in the folded text is the offset in the text. (NFKC would
turn `㈠` into three characters.) White space is left out only of the *search* copy, which carries
the way back: text copied from a PDF breaks words across lines.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from functools import lru_cache

_FOLD = {0xFF01 + i: 0x21 + i for i in range(94)}
_FOLD |= {0x3000: 0x20, 0x00A0: 0x20, 0x2022: 0xB7, 0x25CB: 0x3007, 0xFF65: 0xB7, 0x2015: 0x2014}
_SPACES = " \t\n\r\f\v\u2002\u2003\u2009\u200b\ufeff"
# how the title of such a report ends, folded or not
REPORT_TITLE = re.compile(
    r"(?:法治|法制|依法行政|依法治).{0,24}?(?:报告|总结|汇报|情况)(?:[（(].{0,12}[)）])?$"
)
# what stands above the title of a document with a red head: 青麓镇人民政府文件, 青政发〔2023〕19号
LETTERHEAD = re.compile(r"[〔\[(（](?:19|20)\d\d[〕\])）]\s*第?\d+号\s*$|文\s*件\s*$")
_RUN = re.compile(f"[^{_SPACES}]+")


def fold(text: str) -> str:
    """The text with full-width forms as half-width ones, character for character."""
    return text.translate(_FOLD)


class SearchText:
    """A text to search in (检索文本): positions here, offsets in the report.

    A *position* counts characters of the folded text without white space; an *offset* counts
    characters of `Report.text`.
    """

    def __init__(self, text: str) -> None:
        folded = fold(text)
        self._offsets = array("l")
        for run in _RUN.finditer(folded):
            self._offsets.extend(range(run.start(), run.end()))
        self.text = "".join(_RUN.findall(folded))
        self._length = len(text)

    def offset(self, position: int) -> int:
        """The offset of the character at a position (the text's length past the end)."""
        return self._offsets[position] if position < len(self._offsets) else self._length

    def end_offset(self, position: int) -> int:
        """The offset just behind the character before a position."""
        return self._offsets[position - 1] + 1 if position > 0 else 0

    def position(self, offset: int) -> int:
        """The position of the first searched character at or behind an offset."""
        return bisect_left(self._offsets, offset)


@lru_cache(maxsize=2)
def search_text(text: str) -> SearchText:
    """The search text of a report, made once for the stages that ask for it."""
    return SearchText(text)
