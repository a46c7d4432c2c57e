"""WordprocessingML (Word 文档标记): short names for its elements, and its styles (样式)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from checker.readers.package import Element

# The usual namespace, and the one of "Strict Open XML".
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
PREFIXES = {
    WORD: "",
    STRICT: "",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
}
TEXTS = {"t", "m:t"}
OFF = {"0", "false", "off"}
HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
BODY_TEXT = 9
TITLE_NAMES = {"title", "标题"}


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    space, _, local = tag.removeprefix("{").rpartition("}")
    return PREFIXES.get(space, "?:") + local


def kind(element: Element) -> str:
    """The name of an element: "p" of Word's own, "mc:Choice", "m:t", "?:anchor" of all others."""
    return _short(element.tag)


def attr(element: Element, name: str = "val") -> str | None:
    """An attribute of Word's own."""
    value: str | None = element.get(f"{{{WORD}}}{name}")
    return element.get(f"{{{STRICT}}}{name}") if value is None else value


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, or what a path of names leads to."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if kind(one) == name), None)
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


def branch(alternative: Element) -> Element:
    """The branch of `mc:AlternateContent` to read: the same thing stands in all, so the first with text."""
    branches = [one for one in alternative if kind(one) in {"mc:Choice", "mc:Fallback"}]
    return next((one for one in branches if any(kind(leaf) in TEXTS for leaf in one.iter())), ())


class Styles:
    """The styles of a document (样式表), each with those it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._by_id: dict[str | None, Element] = {}
        self._default: str | None = None
        self._chains: dict[str | None, tuple[Element, ...]] = {}
        for style in () if root is None else root:
            if kind(style) == "style":
                self._by_id[attr(style, "styleId")] = style
                if attr(style, "type") == "paragraph" and attr(style, "default") not in {None, *OFF}:
                    self._default = attr(style, "styleId")

    def chain(self, style_id: str | None) -> tuple[Element, ...]:
        """A style and those it is based on, the nearest first."""
        if style_id not in self._chains:
            self._chains[style_id] = tuple(self._walk(style_id))
        return self._chains[style_id]

    def of_paragraph(self, properties: Element | None) -> tuple[Element, ...]:
        """The chain that holds for a paragraph: of its style, else of the default one."""
        style_id = value(properties, "pStyle")
        return self.chain(style_id if style_id in self._by_id else self._default)

    def _walk(self, style_id: str | None) -> Iterator[Element]:
        seen: set[str | None] = {None}
        while style_id not in seen and style_id in self._by_id:
            seen.add(style_id)
            style = self._by_id[style_id]
            yield style
            style_id = value(style, "basedOn")


def heading_level(properties: Element | None, chain: tuple[Element, ...]) -> int | None:
    """The level a paragraph declares (大纲级别), 1 the highest; the title of a document has none."""
    if chain and _style_name(chain[0]).lower() in TITLE_NAMES:
        return None
    outline = number(properties, "outlineLvl")
    if outline is not None:
        return _level(outline)
    for style in chain:
        name = _style_name(style)
        if name.lower() in TITLE_NAMES:
            return None
        outline = number(style, "pPr", "outlineLvl")
        if outline is not None:
            return _level(outline)
        if heading := HEADING_NAME.fullmatch(name):
            return int(heading[1])
    return None


def _level(outline: int) -> int | None:
    return outline + 1 if outline < BODY_TEXT else None


def _style_name(style: Element) -> str:
    return (value(style, "name") or "").strip()
