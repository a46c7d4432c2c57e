"""Automatic numbering (自动编号): the labels that Word shows but does not store in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from checker.readers.numerals import numeral
from checker.readers.package import Element
from checker.readers.wordml import Styles, attr, child, kind, number, switch, to_number, value

MAX_DEPTH = 9
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


class Numbering:
    """Counts the paragraphs of a document (编号计数), which must be shown to it in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._lists = _load_lists(root, styles)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def put_label(self, text: str, properties: Element | None, chain: tuple[Element, ...]) -> str:
        """Count a paragraph and put its label, if it has one, in front of its text."""
        list_id, depth = self._place(properties, chain)
        used = self._lists.get(list_id or "")
        if list_id is None or used is None or depth not in used.levels:
            return text
        counts = self._count(list_id, used, depth)
        level = used.levels[depth]
        label = "" if level.form == "bullet" else _label(used, level, counts)
        return label + _gap(label, level, text) + text

    def _place(self, properties: Element | None, chain: tuple[Element, ...]) -> tuple[str | None, int]:
        """The list and the level of a paragraph: its own, else those of its styles."""
        own_list = value(properties, "numPr", "numId")
        own_depth = number(properties, "numPr", "ilvl")
        styled = [child(style, "pPr", "numPr") for style in chain]
        list_id = own_list or next(filter(None, (value(part, "numId") for part in styled)), None)
        if own_depth is not None or own_list or list_id is None:
            return list_id, own_depth or 0
        levels = self._lists[list_id].levels if list_id in self._lists else {}
        for style in chain:
            for depth, level in levels.items():
                if level.style is not None and level.style == attr(style, "styleId"):
                    return list_id, depth
        depths = (number(part, "ilvl") for part in styled)
        return list_id, next((depth for depth in depths if depth is not None), 0)

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


def _label(used: List, level: Level, counts: dict[int, int]) -> str:
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


def _load_lists(root: Element | None, styles: Styles) -> dict[str, List]:
    """Every `w:num` with the levels of its family, by its id."""
    if root is None:
        return {}
    families = {attr(one, "abstractNumId") or "": one for one in root if kind(one) == "abstractNum"}
    numbers = {attr(one, "numId") or "": one for one in root if kind(one) == "num"}
    lists = {}
    for list_id, one in numbers.items():
        family = _family(value(one, "abstractNumId") or "", families, numbers, styles)
        # 0 is how a paragraph says that it has no number.
        if list_id != "0" and family in families:
            lists[list_id] = _load_list(one, family, families[family])
    return lists


def _family(family: str, families: dict[str, Element], numbers: dict[str, Element], styles: Styles) -> str:
    """Follow a family that only names a list style (列表样式) to the family that style uses."""
    seen: set[str] = set()
    while family in families and family not in seen:
        seen.add(family)
        link = value(families[family], "numStyleLink")
        if link is None:
            break
        linked = next((value(style, "pPr", "numPr", "numId") for style in styles.chain(link)), None)
        family = value(numbers.get(linked or ""), "abstractNumId") or family
    return family


def _load_list(one: Element, family: str, definition: Element) -> List:
    levels = _load_levels(definition)
    starts = {}
    for override in one:
        depth = to_number(attr(override, "ilvl"))
        if kind(override) == "lvlOverride" and depth is not None:
            start = number(override, "startOverride")
            if start is not None:
                starts[depth] = start
            levels |= _load_levels(override)
    return List(family, levels, starts)


def _load_levels(parent: Element) -> dict[int, Level]:
    levels = {}
    for lvl in parent:
        depth = to_number(attr(lvl, "ilvl"))
        if kind(lvl) == "lvl" and depth is not None and depth < MAX_DEPTH:
            start = number(lvl, "start")
            levels[depth] = Level(
                text=value(lvl, "lvlText") or "",
                form=_form(lvl),
                start=0 if start is None else start,
                suffix=value(lvl, "suff") or "tab",
                restart=number(lvl, "lvlRestart"),
                legal=bool(switch(lvl, "isLgl")),
                style=value(lvl, "pStyle"),
            )
    return levels


def _form(lvl: Element) -> str:
    """The format of numbers; for one of Word's own inventions ("custom") what it falls back to."""
    forms = [attr(one) for one in lvl.iter() if kind(one) == "numFmt"]
    return next((form for form in forms if form and form != "custom"), "decimal")
