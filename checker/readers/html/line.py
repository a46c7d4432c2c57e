"""A line of a page (网页行): what every part of the reader of pages speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.readers.package import Element

GAP = re.compile("[ \t\r\n\f\u2000-\u200a]+")
WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—]")
NO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
BLANK = " \t\r\n\f\u00a0\u3000\u200b\ufeff"


@dataclass(slots=True)
class Line:
    """One line of a page (网页行), with the block it stands in and what else the page tells of it.

    `linked` counts the characters inside links; `cells` are those of a table's row; `files` are
    the names of linked attachments.
    """

    text: str
    element: Element
    level: int | None = None
    cells: tuple[str, ...] = ()
    linked: int = 0
    images: int = 0
    files: tuple[str, ...] = ()


def collapse(text: str) -> str:
    """Blanks as a browser shows them: one space, none for a line end beside a Han character, nothing of no width."""
    text = NO_WIDTH.sub("", text)
    if "\n" not in text:
        return GAP.sub(" ", text).strip(" ")

    def gap(match: re.Match[str]) -> str:
        start, end = match.span()
        beside = text[max(0, start - 1) : start] + text[end : end + 1]
        return "" if "\n" in match[0] and WIDE.search(beside) else " "

    return GAP.sub(gap, text).strip(" ")
