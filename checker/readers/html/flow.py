"""The flow of a page (网页文字流): an element tree as the lines that a browser would show."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from checker.readers.docx.numerals import numeral
from checker.readers.html.line import BLANK, WIDE, Line, collapse
from checker.readers.html.tables import table_lines
from checker.readers.package import Element

SKIPPED = {
    "head", "title", "script", "style", "noscript", "template", "select", "option", "textarea", "button", "iframe",
    "frame", "object", "embed", "applet", "svg", "canvas", "audio", "video", "map", "del", "rt", "rp", "xml",
    "datalist",
}  # fmt: skip
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "founder-content", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ucapcontent", "ucaptitle", "ul",
}  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
SHOWN_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
PREFORMATTED = re.compile(r"white-space\s*:\s*(?:pre|break)", re.IGNORECASE)
WORD_LABEL = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
WORD_APART = re.compile(r"mso-element\s*:\s*(?:header|footer)", re.IGNORECASE)
WORD_COMMENT = re.compile(r"mso-element\s*:\s*comment|mso-comment-reference", re.IGNORECASE)
COMMENT_CLASSES = {"MsoCommentReference", "msocomanchor", "msocomtxt", "msocomoff"}
FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|ceb|rtf|zip|rar|7z|xlsx?|et)(?:$|[?#&])", re.IGNORECASE)
NUMBERED = re.compile(
    r"[\s\u00a0\u3000]*(?:第?[一二三四五六七八九十百]+[、.．条章节是]|[(（][一二三四五六七八九十\d]+[)）]|\d+[、.．)）])"
)
LIST_FORMS = {
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting", "none": "none",
}  # fmt: skip
LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?(none|cjk-ideographic|simp-chinese-informal)", re.I)
# <!--article begin-->, <!--ZJEG_RSS.content.begin-->, <!--<$[信息内容]>begin-->, <!--正文开始-->
BORDER = re.compile(
    r"(?:article|content|正文|信息内容)[^\n]{0,12}?(?:(begin|start|开始)|(?:end|over|结束))", re.IGNORECASE
)
ICON = 40  # pixels; smaller pictures are icons of a file type or a button


@dataclass(slots=True)
class Flow:
    """What a page shows (网页内容): its lines, and the elements it hides or sets apart."""

    lines: list[Line]
    hidden: dict[Element, None]
    apart: dict[Element, None]


def flow(root: Element, revealed: frozenset[Element] = frozenset()) -> Flow:
    """The lines of a tree in their order; revealed: hidden elements to be read all the same."""
    found = Flow([], {}, {})
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
        self._links = self._linked = self._images = self._pre = 0
        self._files: list[str] = []
        self._level: int | None = None
        self._label = ""
        self._label_at: list[tuple[Element, int]] = []
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
            if event == "comment":
                self._mark(element)
            elif element is passed:
                passed = None
            else:
                self._leave(element)
            if element is not root and element.tail:
                self._put(element.tail)
        self._break()
        return self._lines

    def _enter(self, element: Element) -> bool:
        """Begin an element; whether to look into it."""
        tag = element.tag
        nested = self._tables.get(element) if tag == "table" else None
        if tag in SKIPPED and not element.get("shadowrootmode") and not element.get("shadowmode"):
            return False
        if element.attrib and self._is_out_of_flow(element):
            return False
        if nested is not None:
            self._break()
            self._lines += nested
            return False
        style = element.get("style") or ""
        if tag in BLOCKS or (style and SHOWN_AS_BLOCK.search(style)):
            self._break()
            self._blocks.append(element)
            self._begin_block(element, tag)
        elif tag in {"br", "hr"}:
            self._break()
        elif tag == "img":
            self._images += _is_picture(element)
        elif tag == "a":
            self._links += 1
        if style and WORD_LABEL.search(style):
            self._label_at.append((element, len(self._buffer)))
        self._pre += tag == "pre" or bool(style and PREFORMATTED.search(style))
        if element.text:
            self._put(element.text)
        return True

    def _begin_block(self, element: Element, tag: str) -> None:
        if tag == "li":
            self._label = self._list_label(element)
        elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self._level = int(tag[1])

    def _leave(self, element: Element) -> None:
        tag, style = element.tag, element.get("style") or ""
        if self._label_at and self._label_at[-1][0] is element:
            self._trim_label(self._label_at.pop()[1])
        if tag == "a":
            self._links = max(0, self._links - 1)
            target = element.get("href") or ""
            name = "".join(element.itertext()).strip()
            if FILE.search(target) or FILE.search(name):
                self._files.append(name[:60])
        if self._blocks and self._blocks[-1] is element:
            self._break()
            self._blocks.pop()
            if len(tag) == 2 and tag[0] == "h":
                self._level = None
            elif tag == "li":
                self._label = ""
        self._pre -= tag == "pre" or bool(style and PREFORMATTED.search(style))

    def _is_out_of_flow(self, element: Element) -> bool:
        """Whether an element is hidden, a comment of Word, or the header or footer of a page."""
        style = element.get("style") or ""
        if "hidden" in element.attrib or (style and HIDDEN.search(style)):
            self._found.hidden[element] = None
            return element not in self._revealed
        if (style and WORD_APART.search(style)) or element.get("title") in {"header", "footer"}:
            self._found.apart[element] = None
            return True
        classes = (element.get("class") or "").split()
        return bool(style and WORD_COMMENT.search(style)) or not COMMENT_CLASSES.isdisjoint(classes)

    def _put(self, text: str) -> None:
        if self._pre > 0 and "\n" in text:
            first, *others = text.split("\n")
            self._add(first)
            for line in others:
                self._break()
                self._add(line)
        else:
            self._add(text)

    def _add(self, text: str) -> None:
        self._buffer.append(text)
        if self._links:
            self._linked += len(text.strip())

    def _mark(self, comment: Element) -> None:
        mark = BORDER.search((comment.text or "")[:60])
        if mark:
            self._break()
            self._lines.append(Line("", self._blocks[-1], mark="begin" if mark[1] else "end"))

    def _break(self) -> None:
        """End the line; one of nothing but spaces that are no markup is kept as an empty line."""
        raw = "".join(self._buffer)
        text = collapse(raw)
        blank = not text.strip(BLANK)
        if blank:
            text = ""
        elif self._label:
            text = text if NUMBERED.match(text) else self._label + text
            self._label = ""
        if not blank or self._images or self._files or raw.strip(" \t\r\n\f"):
            self._lines.append(
                Line(
                    text, self._blocks[-1], self._level if text else None,
                    linked=self._linked, images=self._images, files=tuple(self._files),
                )
            )  # fmt: skip
        self._buffer.clear()
        self._files.clear()
        self._linked = self._images = 0
        # What Word marked as a label ends with its line.
        self._label_at = [(element, 0) for element, _ in self._label_at]

    def _trim_label(self, start: int) -> None:
        """The number that Word wrote in front of a paragraph (自动编号), without the gap behind it."""
        label = "".join(self._buffer[start:]).strip(BLANK)
        bullet = len(label) == 1 and not label.isdigit() and not WIDE.match(label)
        gap = " " if label[-1:].isascii() and label and not bullet else ""
        self._buffer[start:] = [] if bullet else [label + gap]

    def _list_label(self, item: Element) -> str:
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        number = _number(item.get("value"))
        if number is None:
            before = self._counts.get(parent)
            number = before + 1 if before is not None else _number(parent.get("start")) or 1
        self._counts[parent] = number
        styled = LIST_STYLE.search(parent.get("style") or "") or LIST_STYLE.search(item.get("style") or "")
        form = LIST_FORMS.get(styled[1].lower() if styled else parent.get("type") or "1", "decimal")
        label = numeral(number, form)
        return label and label + ("、" if form == "chineseCounting" else ". ")


def _number(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,6}", text.strip()) else None


def _is_picture(image: Element) -> bool:
    """Whether an image is a picture of the text (图片), not an icon."""
    sizes = [_number((image.get(side) or "").removesuffix("px")) for side in ("width", "height")]
    source = (image.get("src") or "").lower()
    return not any(size is not None and size <= ICON for size in sizes) and not re.search(
        r"icon|/ic_|filetype|qrcode|ewm|\.gif$|share|blank|space", source
    )
