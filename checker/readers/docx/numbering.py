"""Automatic numbering (自动编号): the labels that Word shows but does not store in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from checker.readers.docx.markup import (
    Chain,
    Properties,
    Styles,
    attr,
    kind,
    number,
    switch,
    to_number,
    value,
)
from checker.readers.docx.numerals import numeral
from checker.readers.package import Element
from checker.readers.text import HAN

MAX_DEPTH = 9
# It stands before every paragraph of its list: a long one would grow without end.
MAX_LABEL = 255
MAX_LINKS = 3
PLACE = re.compile("%([1-9])")
WORDLIKE_END = re.compile("[0-9A-Za-z０-９\u4e00-\u9fff]$")
# "1." before "5亿元" would read as one and a half.
POINT_END = re.compile("[.．]$")
DIGIT_START = re.compile("[0-9０-９]")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list (编号级别)."""

    text: str
    form: str
    start: int
    suffix: str
    restart: int | None
    legal: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class List:
    """A list in use (编号实例). Lists of the same family count on together unless one starts anew."""

    family: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)

    def start(self, depth: int) -> int:
        return self.starts.get(depth, self.levels[depth].start if depth in self.levels else 1)


NO_LIST = List("", {})


class Counts:
    """The counts of all lists (编号计数), which paragraphs must be shown to in order."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def label(self, list_id: str, used: List, depth: int, text: str) -> str:
        """Count a paragraph and give its label, if it has one, with the gap that parts it from its text."""
        level = used.levels.get(depth)
        if level is None:
            return ""
        counts = self._count(list_id, used, depth)
        if level.form == "bullet" and not HAN.search(level.text):
            return ""
        label = _put_together(used, level, counts)
        return label + _gap(label, level, text)

    def _count(self, list_id: str, used: List, depth: int) -> dict[int, int]:
        """Count on: the level itself, while deeper levels begin again."""
        counts = self._counts.setdefault(used.family, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for restarted in used.starts:
                counts.pop(restarted, None)
        counts[depth] = counts[depth] + 1 if depth in counts else used.start(depth)
        for deeper in [one for one in counts if one > depth]:
            restart = used.levels[deeper].restart if deeper in used.levels else None
            # 0 tells never; a number tells the level, counted from 1, that makes it begin again.
            if depth < (deeper if restart is None else restart):
                del counts[deeper]
        return counts


def _put_together(used: List, level: Level, counts: dict[int, int]) -> str:
    def write(place: re.Match[str]) -> str:
        depth = int(place[1]) - 1
        form = used.levels[depth].form if depth in used.levels else "decimal"
        if level.legal and form != "none":
            form = "decimal"
        return numeral(counts.get(depth, used.start(depth)), form)

    return PLACE.sub(write, level.text)


def _gap(label: str, level: Level, text: str) -> str:
    """Word shows a tab; here a space stands only where label and text would run into one word."""
    if not label or not text or level.suffix == "nothing":
        return ""
    joined = WORDLIKE_END.search(label) or (POINT_END.search(label) and DIGIT_START.match(text))
    return " " if joined else ""


class Numbering:
    """Numbers the paragraphs of a .docx (自动编号)."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        parts = () if root is None else root
        self._families = {
            attr(one, "abstractNumId") or "": one for one in parts if kind(one) == "abstractNum"
        }
        self._numbers = {attr(one, "numId") or "": one for one in parts if kind(one) == "num"}
        self._styles = styles
        self._lists: dict[str, List] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts = Counts()

    def label(self, text: str, properties: Properties, chain: Chain) -> str:
        """The label of the next paragraph."""
        list_id, depth = self._place(properties, chain)
        return self._counts.label(list_id, self._list(list_id), depth, text) if list_id else ""

    def _list(self, list_id: str) -> List:
        """A `w:num` with the levels of its family; 0 is how a paragraph says that it has no number."""
        if list_id not in self._lists:
            one = self._numbers.get(list_id)
            family = self._family(value(one, "abstractNumId") or "")
            known = one is not None and list_id != "0" and family in self._families
            self._lists[list_id] = self._load_list(one, family) if known else NO_LIST
        return self._lists[list_id]

    def _load_list(self, one: Element, family: str) -> List:
        if family not in self._levels:
            self._levels[family] = _load_levels(self._families[family])
        levels, starts = dict(self._levels[family]), dict[int, int]()
        for override in one:
            depth = to_number(attr(override, "ilvl"))
            if kind(override) == "lvlOverride" and depth is not None and depth < MAX_DEPTH:
                start = number(override, "startOverride")
                starts |= {} if start is None else {depth: start}
                levels |= _load_levels(override)
        return List(family, levels, starts)

    def _family(self, family: str) -> str:
        """Follow a family that only names a list style (列表样式) to the family that style uses."""
        for _ in range(MAX_LINKS):
            link = value(self._families.get(family), "numStyleLink")
            used = next((style.properties.list_id for style in self._styles.chain(link)), None)
            family = value(self._numbers.get(used or ""), "abstractNumId") or family
        return family

    def _place(self, properties: Properties, chain: Chain) -> tuple[str | None, int]:
        """The list and the level of a paragraph: its own, else those of its styles."""
        if properties.list_id:
            return properties.list_id, properties.depth or 0
        list_id = next((style.properties.list_id for style in chain if style.properties.list_id), None)
        if list_id is None or properties.depth is not None:
            return list_id, properties.depth or 0
        levels = self._list(list_id).levels.items()
        named = (depth for style in chain for depth, level in levels if level.style == style.key)
        said = (style.properties.depth for style in chain)
        return list_id, next(named, next((depth for depth in said if depth is not None), 0))


def _load_levels(parent: Element) -> dict[int, Level]:
    levels = {}
    for lvl in parent:
        depth = to_number(attr(lvl, "ilvl"))
        if kind(lvl) == "lvl" and depth is not None and depth < MAX_DEPTH:
            start = number(lvl, "start")
            levels[depth] = Level(
                text=(value(lvl, "lvlText") or "")[:MAX_LABEL],
                form=value(lvl, "numFmt") or "decimal",
                start=0 if start is None else start,
                suffix=value(lvl, "suff") or "tab",
                restart=number(lvl, "lvlRestart"),
                legal=bool(switch(lvl, "isLgl")),
                style=value(lvl, "pStyle"),
            )
    return levels
