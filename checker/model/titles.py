"""The titles (法规名称) of laws, regulations and central documents, with their dates.

A title is looked up by its *core*: folded, without spaces, issuer, 中华人民共和国, a leading 关于,
the years of a plan and a closing （试行）, so that harmless differences of form never count.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from checker.model.text import fold

_NOISE = re.compile(r"[\s\u200b\ufeff“”\"'‘’]|中华人民共和国")
_BRACKETS = str.maketrans("〈《〉》", "<<>>")
_YEARS = re.compile(r"\(?((?:19|20)\d\d)年?(?:[-—–―~]+|至|到)((?:19|20)\d\d)年?\)?")
_CLOSING = re.compile(
    r"\((?:试行|暂行|草案|修订|修正|征求意见稿|送审稿|.{0,8}(?:修订|修正|修正案|施行|版))\)$"
)
_ISSUER = re.compile(r"^(?:(?:中共中央|国务院)(?:办公厅)?、?)+(?=关于|印发)|^最高人民法院(?=关于)")


@dataclass(frozen=True, slots=True)
class Title:
    """One title (名称): how it reads officially, and from when to when it holds.

    kind: laws, regulations or documents. passed is the earliest day the data allow, repealed the
    latest; sure is V (checked) or M (from memory).
    """

    name: str
    kind: str
    short: tuple[str, ...] = ()
    passed: datetime.date | None = None
    amended: datetime.date | None = None
    effective: datetime.date | None = None
    repealed: datetime.date | None = None
    replaced_by: str = ""
    sure: str = "M"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Misquote:
    """A known wrong title (错名), the titles that may be meant, and what is wrong."""

    written: str
    right: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Titles:
    """All titles (名称表), with ways in by core and by pairs of neighbouring characters."""

    titles: tuple[Title, ...]
    wrong: tuple[Misquote, ...]
    by_core: dict[str, tuple[Title, ...]]
    by_pair: dict[str, tuple[str, ...]]
    misquotes: dict[str, Misquote]

    @classmethod
    def listing(cls, titles: Iterable[Title], wrong: Iterable[Misquote] = ()) -> Titles:
        """Titles with their ways in."""
        titles, wrong = tuple(titles), tuple(wrong)
        by_core: dict[str, list[Title]] = defaultdict(list)
        by_pair: dict[str, list[str]] = defaultdict(list)
        for title in titles:
            for name in (title.name, *title.short):
                by_core[core(name)].append(title)
        for known in by_core:
            for pair in pairs(known):
                by_pair[pair].append(known)
        return cls(
            titles,
            wrong,
            {key: tuple(found) for key, found in by_core.items()},
            {key: tuple(found) for key, found in by_pair.items()},
            {core(misquote.written): misquote for misquote in wrong},
        )


def core(name: str) -> str:
    """What a title is looked up by: 《中华人民共和国行政处罚法》 and 《行政处罚法》 have one core."""
    text = _ISSUER.sub("", _NOISE.sub("", fold(name)).translate(_BRACKETS))
    text = _YEARS.sub("", text, count=1)
    return _CLOSING.sub("", text).removeprefix("关于")


def years(name: str) -> tuple[str, str] | None:
    """First and last year of a plan, as （2021—2025年） says them."""
    found = _YEARS.search(fold(name))
    return (found.group(1), found.group(2)) if found else None


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring characters in a text."""
    return {text[i : i + 2] for i in range(len(text) - 1)}
