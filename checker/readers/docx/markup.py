"""WordprocessingML (Word 文档标记): short names for its elements, and its styles (样式)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.readers.package import Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PREFIXES = {
    WORD: "",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a:",
}
# Enough for every standard; a hostile file may invent names without end.
MAX_NAMES = 4096
# Word itself allows 10 styles based on one another.
MAX_CHAIN = 50
TEXT_TAGS = tuple(f"{{{space}}}t" for space in PREFIXES)
OFF = {"0", "false", "off"}
HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
BODY_TEXT = 9
TITLE_NAMES = {"title", "标题"}


class _Names(dict[str, str]):
    """The short names of elements by their tags: a plain look-up is what a walk can afford."""

    def __missing__(self, tag: str) -> str:
        space, _, local = tag.removeprefix("{").rpartition("}")
        name = PREFIXES.get(space, "?:") + local
        if len(self) < MAX_NAMES:
            self[tag] = name
        return name


# "p" of Word's own, "mc:Choice", "m:t", "a:blip", "?:anchor" of all others.
NAMES = _Names()


def kind(element: Element) -> str:
    """The short name of an element."""
    return NAMES[element.tag]


def attr(element: Element, name: str = "val") -> str | None:
    """An attribute of Word's own."""
    return element.get(f"{{{WORD}}}{name}")  # type: ignore[no-any-return]


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, or what a path of names leads to."""
    for name in path:
        for one in () if element is None else element:
            if NAMES[one.tag] == name:
                element = one
                break
        else:
            return None
    return element


def value(element: Element | None, *path: str) -> str | None:
    """The `w:val` at the end of a path of names."""
    found = child(element, *path)
    return None if found is None else attr(found)


def number(element: Element | None, *path: str) -> int | None:
    """The `w:val` at the end of a path as a number; nothing where it is none."""
    return to_number(value(element, *path))


def to_number(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else None


def switch(element: Element | None, *path: str) -> bool | None:
    """A property that is on or off (开关属性); nothing where it is not stated."""
    found = child(element, *path)
    return None if found is None else (attr(found) or "").lower() not in OFF


def says_hidden(root: Element) -> bool:
    """Whether a part hides any text (隐藏文字): most do not, and need not ask at every run."""
    return next(root.iter(f"{{{WORD}}}vanish"), None) is not None


def branch(alternative: Element) -> Element:
    """The branch of `mc:AlternateContent` to read: the same thing stands in all, so the first with text."""
    branches = [one for one in alternative if kind(one) in {"mc:Choice", "mc:Fallback"}]
    with_text = (one for one in branches if next(one.iter(*TEXT_TAGS), None) is not None)
    return next(with_text, branches[0] if branches else ())


@dataclass(frozen=True, slots=True)
class Properties:
    """What a paragraph or its style says (段落属性), as far as it changes what one reads."""

    style: str | None = None
    outline: int | None = None
    list_id: str | None = None
    depth: int | None = None
    mark: Element | None = None

    @classmethod
    def of(cls, properties: Element | None) -> Properties:
        """Read a `w:pPr`, in one pass: it stands in every paragraph."""
        found = {NAMES[one.tag]: one for one in (() if properties is None else properties)}
        style, numbering, outline = found.get("pStyle"), found.get("numPr"), found.get("outlineLvl")
        mark = found.get("rPr")
        return cls(
            style=None if style is None else attr(style),
            outline=None if outline is None else to_number(attr(outline)),
            list_id=None if numbering is None else value(numbering, "numId"),
            depth=None if numbering is None else number(numbering, "ilvl"),
            mark=mark if mark is not None and len(mark) else None,
        )


@dataclass(frozen=True, slots=True)
class Style:
    """A style (样式): a link in the chain of those that it is based on."""

    key: str
    is_title: bool
    outline: int | None
    properties: Properties
    based_on: str | None


Chain = tuple[Style, ...]


class Styles:
    """The styles of a document (样式表), each with those it is based on; read when they are asked for."""

    def __init__(self, root: Element | None) -> None:
        styles = [] if root is None else [one for one in root if kind(one) == "style"]
        self._by_id = {attr(one, "styleId"): one for one in styles}
        defaults = (one for one in styles if attr(one, "default") not in {None, *OFF})
        paragraphs = (attr(one, "styleId") for one in defaults if attr(one, "type") == "paragraph")
        self._default = next(paragraphs, None)
        self._styles: dict[str | None, Style] = {}
        self._chains: dict[str | None, Chain] = {}

    def chain(self, style_id: str | None) -> Chain:
        """A style and those it is based on, the nearest first."""
        if style_id not in self._chains:
            self._chains[style_id] = tuple(self._walk(style_id))
        return self._chains[style_id]

    def of_paragraph(self, properties: Properties) -> Chain:
        """The chain that holds for a paragraph: of its style, else of the default one."""
        return self.chain(properties.style if properties.style in self._by_id else self._default)

    def _walk(self, style_id: str | None) -> Iterator[Style]:
        seen: set[str | None] = {None}
        while style_id not in seen and style_id in self._by_id and len(seen) < MAX_CHAIN:
            seen.add(style_id)
            if style_id not in self._styles:
                self._styles[style_id] = _read_style(self._by_id[style_id])
            yield self._styles[style_id]
            style_id = self._styles[style_id].based_on


def level(properties: Properties, chain: Chain) -> int | None:
    """The level a paragraph declares (大纲级别), 1 the highest; the title of a document has none."""
    if properties.outline is not None and not (chain and chain[0].is_title):
        return _level(properties.outline)
    for style in chain:
        if style.is_title or style.outline is not None:
            return None if style.is_title else _level(style.outline)
    return None


def _level(outline: int | None) -> int | None:
    return outline + 1 if outline is not None and outline < BODY_TEXT else None


def _read_style(style: Element) -> Style:
    name = (value(style, "name") or "").strip()
    properties = Properties.of(child(style, "pPr"))
    heading = HEADING_NAME.fullmatch(name)
    return Style(
        key=attr(style, "styleId") or "",
        is_title=name.lower() in TITLE_NAMES,
        outline=int(heading[1]) - 1 if heading and properties.outline is None else properties.outline,
        properties=properties,
        based_on=value(style, "basedOn"),
    )
