"""Pages in a single file (单个文件网页): the MIME envelope that Chrome, IE, Word and WPS put around a page."""

from __future__ import annotations

import email.message
import email.parser
import email.policy

from checker.errors import ReadError
from checker.model.document import Document
from checker.readers.html import SAVE_AGAIN, Page, document_of, page_text, parse_page
from checker.readers.text import count_han

MAX_PARTS = 5_000
MAX_BOUNDARIES = 20_000  # lines that look like one: a style sheet has many
MAX_PAGES = 20  # frames


def read_mhtml(data: bytes, encoding: str | None = None) -> Document:
    """Read a page with its envelope: of its frames, the one that holds the report."""
    if data.count(b"\n--") > MAX_BOUNDARIES or len(parts := _parts(data)) > MAX_PARTS:
        raise ReadError(f"单文件网页里的部分超过 {MAX_PARTS} 个的上限，未予读取。{SAVE_AGAIN}")
    pages = _pages(parts, encoding)
    if not pages:
        raise ReadError(f"单文件网页里没有网页正文，文件可能不完整。{SAVE_AGAIN}")
    main = max(pages, key=_han)
    # The first is the page itself; a frame must hold clearly more.
    return document_of(main if _han(main) > 2 * _han(pages[0]) else pages[0], "mhtml")


def _pages(parts: list[email.message.Message], encoding: str | None) -> list[Page]:
    pages: list[Page] = []
    for part in parts:
        if part.get_content_type() in {"text/html", "application/xhtml+xml"} and len(pages) < MAX_PAGES:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                pages.append(parse_page(page_text(payload, encoding)))
    return pages


def _parts(data: bytes) -> list[email.message.Message]:
    try:
        message = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(data)
        return list(message.walk())
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError, AssertionError):
        raise ReadError(f"单文件网页的结构已损坏。{SAVE_AGAIN}") from None


def _han(page: Page) -> int:
    return sum(count_han(line.text) for line in page.flow.lines)
