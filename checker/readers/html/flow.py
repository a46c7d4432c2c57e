"""The flow of a page (网页文字流): an element tree as the lines that a browser would show."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from checker.readers.html.line import BLANK, WIDE, Line, collapse
from checker.readers.html.tables import table_lines
from checker.readers.package import Element

SKIPPED = {
    "head", "title", "script", "style", "noscript", "template", "select", "option", "textarea", "button", "iframe",
    "frame", "object", "applet", "svg", "canvas", "audio", "video", "map", "del", "rt", "rp", "xml",
    "datalist", "noframes",
}  # fmt: skip
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "founder-content", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ucapcontent", "ucaptitle", "ul",
}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
SHOWN_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
PREFORMATTED = re.compile(r"white-space\s*:\s*(?:pre|break)", re.IGNORECASE)
WORD_LABEL = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
NOT_THE_TEXT = re.compile(r"mso-element\s*:\s*(?:header|footer|comment)|mso-comment-reference", re.IGNORECASE)
FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|ceb|rtf|zip|rar|7z|xlsx?|et)(?:$|[?#&])", re.IGNORECASE)
NUMBERED = re.compile(
    r"[\s\u00a0\u3000]*(?:第?[一二三四五六七八九十百]+[、.．条章节是]|[(（][一二三四五六七八九十\d]+[)）]|\d+[、.．)）])"
)
NO_NUMBERS = re.compile(r"list-style[^;]*none", re.IGNORECASE)
ICON_NAME = re.compile(r"icon|/ic_|filetype|qrcode|ewm|\.gif$|share|blank|space", re.IGNORECASE)
ICON = 40  # pixels; smaller pictures are icons of a file type or a button


@dataclass(slots=True)
class Flow:
    """What a page shows (网页内容): its lines, and the elements it hides."""

    lines: list[Line]
    hidden: dict[Element, None]


def flow(root: Element, revealed: frozenset[Element] = frozenset()) -> Flow:
    """The lines of a tree in their order; revealed: hidden elements to be read all the same."""
    found = Flow([], {})
    tables: dict[Element, list[Line]] = {}
    # The innermost first: the outer ones find them done, and nothing recurses.
    for table in reversed(list(root.iter("table"))):
        tables[table] = table_lines(table, lambda part: _Walk(found, tables, revealed).lines_of(part))
    found.lines = _Walk(found, tables, revealed).lines_of(root)
    return found


class _Walk:
    """One pass over a subtree (遍历), in the order of the page."""

    def __init__(self, found: Flow, tables: dict[Element, list[Line]], revealed: frozenset[Element]) -> None:
        self._found, self._tables, self._revealed = found, tables, revealed
        self._lines: list[Line] = []
        self._buffer: list[str] = []
        self._blocks: list[Element] = []
        self._links = self._linked = self._images = self._pre = self._heading = 0
        self._files: list[str] = []
        self._level: int | None = None
        self._label = ""
        self._counts: dict[Element, int] = {}

    def lines_of(self, root: Element) -> list[Line]:
        self._blocks.append(root)
        walker = etree.iterwalk(root, events=("start", "end", "comment"))
        passed: Element | None = None
        for event, element in walker:
            if event == "start":
                if not self._enter(element):
                    walker.skip_subtree()
                    passed = element
                continue
            if element is passed:
                passed = None
            elif event == "end":
                self._leave(element)
            if element is not root and element.tail:
                self._put(element.tail)
        self._break()
        return self._lines

    def _enter(self, element: Element) -> bool:
        """Begin an element; whether to look into it."""
        tag, style = element.tag, element.get("style") or ""
        if tag in SKIPPED or (element.attrib and self._is_out_of_flow(element, style)):
            return False
        if WORD_LABEL.search(style):
            self._put(_word_label(element))
            return False
        if element in self._tables:
            self._break()
            self._lines += self._tables[element]
            return False
        if tag in BLOCKS or SHOWN_AS_BLOCK.search(style):
            self._break()
            self._blocks.append(element)
            self._begin_block(element, tag)
        elif tag in {"br", "hr"}:
            self._break()
        self._images += tag == "img" and _is_picture(element)
        self._links += tag == "a"
        self._pre += _is_preformatted(tag, style)
        self._put(element.text or "")
        return True

    def _begin_block(self, element: Element, tag: str) -> None:
        if tag == "li":
            self._label = self._list_label(element)
        elif tag in HEADINGS:
            self._level, self._heading = int(tag[1]), len(self._lines)

    def _leave(self, element: Element) -> None:
        tag = element.tag
        if tag == "a":
            self._links = max(0, self._links - 1)
            name = "".join(element.itertext()).strip()
            if FILE.search(element.get("href") or "") or FILE.search(name):
                self._files.append(name[:60])
        if self._blocks and self._blocks[-1] is element:
            self._break()
            self._blocks.pop()
            self._label = "" if tag == "li" else self._label
            if tag in HEADINGS:
                self._end_heading()
        self._pre -= _is_preformatted(tag, element.get("style") or "")

    def _end_heading(self) -> None:
        """An element of more lines than a title has was never closed, and is no heading."""
        self._level = None
        if len(lines := self._lines[self._heading :]) > 3:
            for line in lines:
                line.level = None

    def _is_out_of_flow(self, element: Element, style: str) -> bool:
        """Whether an element is hidden, a comment of Word, or the header or footer of a page."""
        if "hidden" in element.attrib or HIDDEN.search(style):
            self._found.hidden[element] = None
            return element not in self._revealed
        return bool(NOT_THE_TEXT.search(style)) or element.get("title") in {"header", "footer"}

    def _put(self, text: str) -> None:
        for i, part in enumerate(text.split("\n") if self._pre > 0 else [text]):
            if i:
                self._break()
            self._buffer.append(part)
            self._linked += len(part.strip()) if self._links else 0

    def _break(self) -> None:
        """End the line; one of nothing but spaces that are no markup is kept as an empty line."""
        raw = "".join(self._buffer)
        text = collapse(raw)
        if not text.strip(BLANK):
            text = ""
        elif self._label:
            text = text if NUMBERED.match(text) else self._label + text
            self._label = ""
        if text or self._images or self._files or raw.strip(" \t\r\n\f"):
            level = self._level if text else None
            files, images = tuple(self._files), self._images
            self._lines.append(Line(text, self._blocks[-1], level, (), self._linked, images, files))
        self._buffer.clear()
        self._files.clear()
        self._linked = self._images = 0

    def _list_label(self, item: Element) -> str:
        """The number that a browser would show, where it is an Arabic one."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol" or NO_NUMBERS.search(parent.get("style") or ""):
            return ""
        number = _number(item.get("value"))
        if number is None:
            number = self._counts.get(parent, (_number(parent.get("start")) or 1) - 1) + 1
        self._counts[parent] = number
        return f"{number}. " if parent.get("type") in {None, "1"} else ""


def _word_label(element: Element) -> str:
    """The number that Word wrote in front of a paragraph (自动编号), without the gap behind it; no bullet."""
    label = "".join(element.itertext()).strip(BLANK)
    if len(label) == 1 and not label.isdigit() and not WIDE.match(label):
        return ""
    return label + " " * label[-1:].isascii() if label else ""


def _number(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,6}", text.strip()) else None


def _is_preformatted(tag: str, style: str) -> bool:
    return tag == "pre" or bool(PREFORMATTED.search(style))


def _is_picture(image: Element) -> bool:
    """Whether an image is a picture of the text (图片), not an icon."""
    sizes = [_number((image.get(side) or "").removesuffix("px")) for side in ("width", "height")]
    small = any(size is not None and size <= ICON for size in sizes)
    return not small and not ICON_NAME.search(image.get("src") or "")
