"""The table of contents (目录) at the front of a report: told apart, so that no heading counts twice.

Its lines are known by what they are for: nearly all of them stand further down again, as headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.masthead import Line
from checker.model.text import REPORT_TITLE

_NAME = re.compile(r"\s*(?:目\s*[录次]|CONTENTS)\s*", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\(?(?:第?[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}|\d{1,2})(?:部分|章|篇|节|[、.)是\s])"
)
# a page behind a tab or dots: ……3, \t- 3 -
_PAGE = re.compile(r"\s*(?:\t|\.{3,}|(?:\. ){3,}|…|·{3,}|_{3,})[\s.…·_]*[-(—]?\s*\d{1,3}\s*[-)—]?$")
_NO_WORDS = re.compile(r"\W|_")
_SENTENCE = "。;!"
# It stands in the first lines of a file and has not more of them, none longer than
# two lines with their dots; at least two, three where it has neither name nor pages.
_FRONT, _LONGEST, _FEWEST, _LEAST = 200, 160, 2, 3


def without_contents(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines without those of a table of contents; all of them where there is none."""
    named = next((i for i, line in enumerate(lines[:_FRONT]) if _NAME.fullmatch(line.text)), None)
    words = [_NO_WORDS.sub("", line.text) for line in lines]
    first = _first_entry(lines, words) if named is None else named + 1
    last = first
    while last < min(len(lines), first + _FRONT) and _is_entry(
        lines[last], words[last + 1 :], named=named is not None
    ):
        last += 1
    entries = [line.text for line in lines[first:last]]
    sure = named is not None or all(map(_PAGE.search, entries))
    again = sum(_stands_again(text, words[last:]) for text in entries)
    if len(entries) < (_FEWEST if sure else _LEAST) or again < max(_FEWEST, len(entries) / 2):
        return lines
    return lines[: first if named is None else named] + lines[last:]


def _first_entry(lines: Sequence[Line], words: Sequence[str]) -> int:
    """Where the first entry stands that neither text nor a heading precedes; behind all lines if none."""
    for i, line in enumerate(lines[:_FRONT]):
        if _is_entry(line, words[i + 1 :], named=False):
            return i
        if line.text[-1] in _SENTENCE or len(line.text) > _LONGEST or _NUMBERED.match(line.text):
            break
    return len(lines)


def _is_entry(line: Line, behind: Sequence[str], *, named: bool) -> bool:
    """Whether a line may belong to a table of contents; named: it stands under that name."""
    text = line.text
    if line.table or len(text) > _LONGEST or text[-1] in _SENTENCE:
        return False
    if _PAGE.search(text):
        return True
    like = bool(_NUMBERED.match(text)) or (named and not REPORT_TITLE.search(text))
    return like and _stands_again(text, behind)


def _stands_again(text: str, behind: Sequence[str]) -> bool:
    """Whether a line of those behind begins with the words of an entry, with or without its page."""
    words = _NO_WORDS.sub("", text)
    ways = {words, _NO_WORDS.sub("", _PAGE.sub("", text)), words.rstrip("0123456789")}
    return any(line.startswith(way) for way in ways if len(way) > 2 for line in behind)
