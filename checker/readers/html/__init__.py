"""Saved web pages (网页): the report without the site's furniture, and what the site says of it.

The site's metadata come first, one labelled line each, then the title, then the report's lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree  # type: ignore[import-untyped]

from checker.errors import ReadError
from checker.model.document import Block, Document
from checker.readers.html.article import Article, find_article
from checker.readers.html.flow import Flow, flow
from checker.readers.html.furniture import han_count, is_prose
from checker.readers.html.line import Line
from checker.readers.html.metadata import meta_fields, metadata_lines, visible_fields
from checker.readers.package import Element
from checker.readers.text import BOMS, ODD, ODD_SHARE, decode_to_the_end, known_encoding

MAX_CHARACTERS = 5_000_000
MAX_PAGE_BYTES = 20 * 2**20  # without the pictures that some programs write into the page
MAX_ELEMENTS = 300_000
MAX_DEPTH = 2048  # libxml2's own, with huge_tree
SAVE_TEXT = "在浏览器里打开，把正文复制到 Word，存为 .docx 后再查。"
SAVE_AGAIN = "在浏览器里重新打开并另存，或把正文复制到 Word 后再查。"
DECLARED = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]{2,20})|<\?xml[^>]{0,80}?encoding=[\"']([\w-]{2,20})",
    re.I,
)
EMBEDDED = re.compile(rb"data:[\w/+.;=-]{0,80}base64,[A-Za-z0-9+/=%]{200,}")
OFFICE = re.compile(
    r"<meta[^>]{0,80}(?:Word\.Document|Microsoft Word|WPS|Kingsoft|LibreOffice|OpenOffice)|"
    r"xmlns:w=[\"']?urn:schemas-microsoft-com:office:word",
    re.IGNORECASE,
)
SHORT = 200  # Han characters: fewer are no report
BROKEN_SHARE = 0.02


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
        blocks = [Block(line.text, line.level, bool(line.cells)) for line in lines]
        title = next((i for i, line in enumerate(lines) if line.text), 0)
        blocks[title : title + 1] = [
            Block(block.text, None, block.table) for block in blocks[title : title + 1]
        ]
        return _finish(Document(kind, tuple(blocks), doubt=page.doubt, apart=_texts(page.flow.apart)), lines)
    article, fields = site_article(page)
    _check_attachment(article)
    above = (line.text for line in article.above)
    opening = [Block(text) for text in (*metadata_lines(fields), *above, article.title) if text]
    body = [Block(line.text, _level(line), bool(line.cells)) for line in article.lines]
    doubt = page.doubt or _hidden_doubt(page, article)
    return _finish(
        Document(kind, (*opening, *body), doubt=doubt, apart=_texts(page.flow.apart)), article.lines
    )


def site_article(page: Page) -> tuple[Article, dict[str, str]]:
    """The report of a site's page, and the fields that the site gives for it."""
    fields, names = meta_fields(page.root.iter("meta"))
    window = page.root.find(".//title")
    title = " ".join("".join(window.itertext()).split()) if window is not None else ""
    article = find_article(page.flow.lines, names, title)
    return article, fields | visible_fields(article.near, article.far)


def page_text(data: bytes, encoding: str | None = None, declared: str = "") -> str:
    """Decode a page (网页编码): as told, by its mark, as its bytes allow, as it declares itself.

    declared: the charset that an envelope around the page names.
    """
    if encoding or data.startswith(tuple(mark for mark, _ in BOMS)) or b"\0" in data[:100]:
        return decode_to_the_end(data, encoding)[0]
    data = EMBEDDED.sub(b"", data)
    if len(data) > MAX_PAGE_BYTES:
        raise ReadError(
            f"网页有 {len(data) // 2**20} MB，超过 {MAX_PAGE_BYTES // 2**20} MB 的上限，不像一份报告。{SAVE_TEXT}"
        )
    if not declared and (found := DECLARED.search(data[:8192])):
        declared = (found[1] or found[2]).decode("ascii", "ignore")
    codec = known_encoding(declared) or ""
    text = _best(data, codec if codec.startswith(("gb", "big5", "utf", "hz")) else "gb18030")
    if len(ODD.findall(text[:100_000])) > ODD_SHARE * len(text[:100_000]):
        raise ReadError(f"内容含有大量乱码，不像网页。{SAVE_AGAIN}")
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _best(data: bytes, codec: str) -> str:
    """UTF-8 where the bytes are, whatever the page declares; broken bytes here and there are borne."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken and han_count(text) <= broken:
        text = data.decode("gb18030" if codec.startswith("utf") else codec, "replace")
        broken = text.count("\ufffd")
    if broken > 3 + BROKEN_SHARE * han_count(text):
        raise ReadError(
            f"网页里有 {broken} 处损坏的字节，或编码不是它标明的那一种。可用 --encoding 指定编码，或{SAVE_AGAIN}"
        )
    return text


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
    if found.hidden and not any(is_prose(line.text, line.linked) for line in found.lines):
        # A script would have shown it.
        found = flow(root, frozenset(found.hidden))
        found.hidden.clear()
    return Page(root, found, bool(OFFICE.search(text[:8192])) and not _has_site(root), _cut_doubt(text))


def _has_site(root: Element) -> bool:
    """Whether a page that an office program wrote became part of a site."""
    names = {(tag.get("name") or "").lower() for tag in root.iter("meta")}
    return bool(names & {"sitename", "siteidcode", "articletitle"})


def _cut_doubt(text: str) -> str:
    start, end = text[:20_000].lower(), text[-20_000:].lower()
    cut = ("<html" in start or "<body" in start) and "</html" not in end and "</body" not in end
    return "网页没有结束标记，后面的内容可能没有存全" if cut else ""


def _level(line: Line) -> int | None:
    """The level of a heading; who sets whole paragraphs as headings only wants them bold."""
    return line.level if len(line.text) <= 60 else None


def _check_attachment(article: Article) -> None:
    names = [name for line in (*article.lines, *article.far) for name in line.files]
    if names and _han(article.lines) < SHORT:
        raise ReadError(f"正文在附件里（{names[0]}），网页上没有。请下载附件后再查。")


def _han(lines: tuple[Line, ...]) -> int:
    return sum(han_count(line.text) for line in lines)


def _hidden_doubt(page: Page, article: Article) -> str:
    """Whether paragraphs were left out because the page hides them, and shows them nowhere."""
    shown = "".join(re.sub(r"\s", "", line.text) for line in page.flow.lines)
    around = {line.element for line in article.lines}
    around |= {element.getparent() for element in around}
    for element in page.flow.hidden:
        text = re.sub(r"\s", "", "".join(element.itertext()))
        if element.getparent() in around and is_prose(text, 0) and text[:40] not in shown:
            return "网页里有隐藏的段落，没有读"
    return ""


def _finish(document: Document, lines: tuple[Line, ...]) -> Document:
    """Add what people should know: pictures that were not read, text that is not there."""
    pictures = sum(line.images for line in lines)
    doubt = document.doubt
    if _han(lines) < SHORT:
        doubt = "正文可能在图片里" if pictures else doubt or "网页里没有找到成篇的正文，可能要由脚本另行载入"
    if any("\ufffd" in block.text for block in document.blocks):
        doubt = doubt or "正文里有损坏的字节"
    notes = (f"文中有{pictures}幅图片，图片里的文字没有读。",) if pictures else ()
    return replace(document, notes=(*document.notes, *notes), doubt=doubt)


def _texts(elements: dict[Element, None]) -> tuple[str, ...]:
    texts = (" ".join("".join(element.itertext()).split()) for element in elements)
    return tuple(text for text in texts if text)
