"""Saved web pages (网页): the report without the site's furniture, and what the site says of it.

The site's metadata come first, one labelled line each, then the title, then the report's lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree  # type: ignore[import-untyped]

from checker.errors import ReadError
from checker.model.document import Block, Document
from checker.readers.html.article import Article, find_article
from checker.readers.html.flow import Flow, flow
from checker.readers.html.furniture import is_prose
from checker.readers.html.line import Line
from checker.readers.html.metadata import meta_fields, metadata_lines, visible_fields
from checker.readers.package import Element
from checker.readers.text import BOMS, ODD, ODD_SHARE, count_han, decode

MAX_CHARACTERS = 5_000_000
MAX_PAGE_BYTES = 20 * 2**20  # without the pictures that some programs write into the page
MAX_ELEMENTS = 300_000
MAX_DEPTH = 2048  # libxml2's own, with huge_tree
SAVE_TEXT = "在浏览器里打开，把正文复制到 Word，存为 .docx 后再查。"
SAVE_AGAIN = "在浏览器里重新打开并另存，或把正文复制到 Word 后再查。"
BIG5 = re.compile(rb"charset\s*=\s*[\"']?big5", re.IGNORECASE)
EMBEDDED = re.compile(rb"data:[\w/+.;=-]{0,80}base64,[A-Za-z0-9+/=%]{200,}")
OFFICE = re.compile(
    r"<meta[^>]{0,80}(?:Word\.Document|Microsoft Word|WPS|Kingsoft|LibreOffice|OpenOffice)|"
    r"xmlns:w=[\"']?urn:schemas-microsoft-com:office:word",
    re.IGNORECASE,
)
# 上一页 1 2 3 下一页, 共3页
PAGES = re.compile(r"(?<!\d)1\W*2[\d\W]{0,12}下一?页|共[2-9]页")
SHORT = 200  # Han characters: fewer are no report
BROKEN_SHARE = 0.02
LOST = "\ufffd"
SITE_NAMES = {"sitename", "siteidcode", "articletitle"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was parsed (网页): its tree, its lines, and whether an office program wrote it."""

    root: Element
    flow: Flow
    is_office: bool
    doubt: str = ""


def read_html(data: bytes, encoding: str | None = None) -> Document:
    """Read a saved page: its metadata, its title and its article."""
    return document_of(parse_page(page_text(data, encoding)), "html")


def document_of(page: Page, kind: str) -> Document:
    """The document of a page: an office program's whole, a site's without its furniture."""
    if page.is_office:
        lines = tuple(page.flow.lines)
        first = next((i for i, line in enumerate(lines) if line.text), 0)
        blocks = [*(Block(line.text) for line in lines[: first + 1]), *_blocks(lines[first + 1 :])]
        return _finish(Document(kind, tuple(blocks), doubt=page.doubt), lines)
    fields, names = meta_fields(page.root.iter("meta"))
    window = page.root.find(".//title")
    title = " ".join("".join(window.itertext()).split()) if window is not None else ""
    article = find_article(page.flow.lines, names, title)
    _check_attachment(article)
    fields |= visible_fields(article.near, article.far)
    above = (line.text for line in article.above)
    opening = [Block(text) for text in (*metadata_lines(fields), *above, article.title) if text]
    blocks = [*opening, *_blocks(article.lines)]
    doubt = page.doubt or _partial_doubt(page, article)
    return _finish(Document(kind, tuple(blocks), doubt=doubt), article.lines)


def _blocks(lines: tuple[Line, ...]) -> list[Block]:
    """The blocks of a report, its highest headings of level 1: sites begin them with h2 or h3."""
    # Who sets whole paragraphs as headings only wants them bold.
    levels = [line.level if len(line.text) <= 60 else None for line in lines]
    top = next((level for level in range(1, 7) if levels.count(level) > 1), 1)
    return [
        Block(line.text, level and max(1, level - top + 1), bool(line.cells))
        for line, level in zip(lines, levels, strict=True)
    ]


def page_text(data: bytes, encoding: str | None = None) -> str:
    """Decode a page (网页编码): as told, by its mark, as its bytes allow, or as it declares."""
    if encoding or data.startswith(tuple(mark for mark, _ in BOMS)) or b"\0" in data[:100]:
        return decode(data, encoding)
    data = EMBEDDED.sub(b"", data)
    if len(data) > MAX_PAGE_BYTES:
        size, limit = len(data) // 2**20, MAX_PAGE_BYTES // 2**20
        raise ReadError(f"网页有 {size} MB，超过 {limit} MB 的上限，不像一份报告。{SAVE_TEXT}")
    text = data.decode("utf-8", "replace")
    if 0 < text.count(LOST) >= count_han(text):
        # Of UTF-8 and GB18030 the bytes tell more surely than the page; Big5 would pass for the latter.
        text = data.decode("big5hkscs" if BIG5.search(data[:4096]) else "gb18030", "replace")
    # Broken bytes here and there are borne.
    if (broken := text.count(LOST)) > 3 + BROKEN_SHARE * count_han(text):
        raise ReadError(
            f"网页里有 {broken} 处损坏的字节，或编码无法认出。可用 --encoding 指定编码，或{SAVE_AGAIN}"
        )
    if len(ODD.findall(text[:100_000])) > ODD_SHARE * len(text[:100_000]):
        raise ReadError(f"内容含有大量乱码，不像网页。{SAVE_AGAIN}")
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def parse_page(text: str) -> Page:
    """Parse a page within limits."""
    if len(text) > MAX_CHARACTERS:
        raise ReadError(
            f"网页有 {len(text)} 个字符，超过 {MAX_CHARACTERS} 个的上限，不像一份报告。{SAVE_TEXT}"
        )
    if text.count("<") > 2 * MAX_ELEMENTS:
        raise ReadError(f"网页的标记超过 {MAX_ELEMENTS} 个的上限，不像一份报告。{SAVE_TEXT}")
    # Without huge_tree the parser stops at a depth of 256, which an old page of unclosed font tags reaches.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, LookupError):
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise ReadError(f"网页的标记嵌套超过 {MAX_DEPTH} 层的上限，或大得异常，无法读全。{SAVE_TEXT}")
    if root is None:
        raise ReadError(f"网页里没有内容。{SAVE_AGAIN}")
    found = flow(root)
    shown = sum(count_han(line.text) for line in found.lines if is_prose(line))
    if sum(count_han("".join(part.itertext())) for part in found.hidden) > shown:
        # A script would have shown it.
        found = flow(root, frozenset(root.iter()))
        found.hidden.clear()
    # A page that an office program wrote may have become part of a site.
    names = {(tag.get("name") or "").lower() for tag in root.iter("meta")}
    is_office = bool(OFFICE.search(text[:8192])) and names.isdisjoint(SITE_NAMES)
    return Page(root, found, is_office, _cut_doubt(text))


def _cut_doubt(text: str) -> str:
    start, end = text[:20_000].lower(), text[-20_000:].lower()
    cut = ("<html" in start or "<body" in start) and "</html" not in end and "</body" not in end
    return "网页没有结束标记，后面的内容可能没有存全" if cut else ""


def _check_attachment(article: Article) -> None:
    names = [name for line in (*article.lines, *article.far) for name in line.files]
    if names and _han(article.lines) < SHORT:
        raise ReadError(f"正文在附件里（{names[0]}），网页上没有。请下载附件后再查。")


def _han(lines: tuple[Line, ...]) -> int:
    return sum(count_han(line.text) for line in lines)


def _partial_doubt(page: Page, article: Article) -> str:
    """Whether the page hides paragraphs and shows them nowhere, or is one of several (分页)."""
    shown = _squeeze(line.text for line in page.flow.lines)
    around = {line.element for line in article.lines}
    around |= {element.getparent() for element in around}
    for element in page.flow.hidden:
        text = _squeeze(element.itertext())
        if element.getparent() in around and len(text) > 20 and text[:40] not in shown:
            return "网页里有隐藏的段落，没有读"
    several = PAGES.search(_squeeze(line.text for line in article.far))
    return "报告可能分成几页刊登，这里只有其中一页" if several else ""


def _squeeze(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())


def _finish(document: Document, lines: tuple[Line, ...]) -> Document:
    """Add what people should know: pictures that were not read, text that is not there."""
    pictures = sum(line.images for line in lines)
    doubt = document.doubt
    if _han(lines) < SHORT:
        doubt = "正文可能在图片里" if pictures else doubt or "网页里没有找到成篇的正文，可能要由脚本另行载入"
    if any(LOST in block.text for block in document.blocks):
        doubt = doubt or "正文里有损坏的字节"
    notes = (f"文中有{pictures}幅图片，图片里的文字没有读。",) if pictures else ()
    return replace(document, notes=(*document.notes, *notes), doubt=doubt)
