"""The file of an old Word document (.doc 文件结构): its streams, its header (FIB) and its text."""

from __future__ import annotations

import io
import re
import struct
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

import olefile  # type: ignore[import-untyped]

from checker.errors import ReadError

MAX_CHARACTERS = 4_000_000
# A fast save adds a few; hostile files repeat one text without end.
MAX_PIECES = 100_000
WORD_ID = 0xA5EC
OLD_IDS = {0xA5DC, 0xA5DB, 0xA59B, 0xA59C, 0xA697, 0xA699}
# Word 97 itself wrote one less into the documents that the desktop makes by "New".
WORD_97 = 0x00C0
# Where the header keeps its numbers ([MS-DOC] 2.5): flags, counts of characters, pairs of offset and size.
FLAGS, COUNTS, PAIRS = 0x0A, 0x4C, 0x9A
ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200
STORIES = ("main", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")
CLX = 33

TABLES = {"0Table", "1Table"}
WORKS = {"CONTENTS", "MN0"}
RESAVE = "用 WPS 或 Word 打开核对，另存为 .docx 后再查。"
UNLOCK = "文件设了打开密码。用 WPS 或 Word 打开，去掉打开密码，另存为 .docx 后再查。"


class Unread(Exception):
    """A document of another make (别的格式), which another program can read."""


class Broken(ValueError):
    """A part of the file points outside it or contradicts itself (部件损坏)."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text as the file keeps it (文字片段): characters `start` to `end` lie at `offset`."""

    start: int
    end: int
    offset: int
    width: int
    modifier: int

    def place(self, position: int) -> int:
        """Where in the stream a character lies."""
        return self.offset + (position - self.start) * self.width


@dataclass(frozen=True, slots=True)
class DocFile:
    """What the file holds (文件内容): the streams, the text, and where each story begins and ends."""

    main: bytes
    table: bytes
    data: bytes
    text: str
    spans: tuple[Span, ...]
    modifiers: tuple[bytes, ...]
    stories: dict[str, tuple[int, int]]

    def part(self, index: int) -> bytes:
        """A part of the table stream that the header names by its number."""
        return _part(self.main, self.table, index)

    def after(self, index: int) -> bytes:
        """What follows a part: the levels of lists stand behind the lists and count in no size."""
        offset, size = struct.unpack_from("<II", self.main, PAIRS + 8 * index)
        return self.table[offset + size :]

    def span(self, position: int) -> Span:
        """The span that holds a character."""
        at = bisect_right(self.spans, position, key=lambda span: span.start)
        return self.spans[max(at - 1, 0)]


def open_doc(data: bytes) -> DocFile:
    """Open a document of Word 97 to 2003. Raises ReadError, or Unread where LibreOffice can help."""
    streams = _streams(data)
    main = streams.get("WordDocument")
    if main is None and WORKS & streams.keys():
        raise Unread("这是 Microsoft Works 文档")
    if main is None or len(main) < PAIRS:
        raise ReadError(f"文件里没有 Word 正文，可能是别的文档，或已损坏。{RESAVE}")
    identity, version = struct.unpack_from("<HH", main)
    is_old = identity in OLD_IDS or (identity == WORD_ID and version < WORD_97)
    # Before Word 97 there was no second stream: with one, it is the header that is wrong.
    if is_old and not TABLES & streams.keys():
        raise Unread("这是 Word 97 以前的格式")
    if is_old or identity != WORD_ID:
        raise ReadError(f"文件头已损坏。请重新获取，或{RESAVE}")
    (flags,) = struct.unpack_from("<H", main, FLAGS)
    if flags & ENCRYPTED:
        raise ReadError(UNLOCK)
    table = streams.get("1Table" if flags & SECOND_TABLE else "0Table", b"")
    try:
        return _load(main, table, streams.get("Data", b""))
    except (Broken, struct.error):
        # LibreOffice would make a text of such a file: of wrong characters.
        raise ReadError(f"文件中的文字索引已损坏。请重新获取，或{RESAVE}") from None


def _load(main: bytes, table: bytes, data: bytes) -> DocFile:
    clx = _part(main, table, CLX)
    modifiers, pieces = _split(clx)
    spans = _spans(pieces, len(main))
    stories, total = _stories(main)
    if total > spans[-1].end:
        raise Broken
    # What the header does not count is text nevertheless; one more character ends the last story.
    stories["rest"] = (total, spans[-1].end)
    text = "".join(_decode(main, span) for span in spans)
    return DocFile(main, table, data, text, spans, modifiers, stories)


def _streams(data: bytes) -> dict[str, bytes]:
    """The streams at the root of the OLE file that matter here."""
    try:
        _check_header(data)
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            names = ("WordDocument", "Data", *TABLES, *WORKS)
            found = [name for name in names if ole.get_type([name]) == olefile.STGTY_STREAM]
            # A chain of sectors may run in a circle, as often as the size of the stream lets it; the
            # root holds all small streams.
            if max([ole.root.size, *(ole.get_size([name]) for name in found)]) > len(data):
                raise Broken
            return {name: ole.openstream([name]).read() for name in found}
    except Exception:  # whatever olefile meets in a damaged file, it throws as it comes
        raise ReadError(f"OLE 文件（.doc、.wps）已损坏或不完整。请重新获取，或{RESAVE}") from None


def _check_header(data: bytes) -> None:
    """What olefile believes without a look, and would spend all memory on."""
    sector, small = struct.unpack_from("<HH", data, 0x1E)
    (tables,) = struct.unpack_from("<I", data, 0x2C)
    (small_tables,) = struct.unpack_from("<I", data, 0x40)
    if sector not in {9, 12} or small != 6:
        raise Broken
    sectors = len(data) >> sector
    # One sector of the table tells of 128 others or more.
    if tables > sectors // 64 + 16 or small_tables > sectors:
        raise Broken


def _part(main: bytes, table: bytes, index: int) -> bytes:
    at = PAIRS + 8 * index
    if at + 8 > len(main):
        return b""
    offset, size = struct.unpack_from("<II", main, at)
    if size and offset + size > len(table):
        raise Broken
    return table[offset : offset + size]


def _split(clx: bytes) -> tuple[tuple[bytes, ...], bytes]:
    """The property modifiers of a fast-saved file, and the piece table behind them."""
    modifiers, at = [], 0
    while at < len(clx) and clx[at] == 1:
        (size,) = struct.unpack_from("<H", clx, at + 1)
        modifiers.append(clx[at + 3 : at + 3 + size])
        at += 3 + size
    if at >= len(clx) or clx[at] != 2:
        raise Broken
    (size,) = struct.unpack_from("<I", clx, at + 1)
    pieces = clx[at + 5 : at + 5 + size]
    if len(pieces) < size:
        raise Broken
    return tuple(modifiers), pieces


def _spans(pieces: bytes, limit: int) -> tuple[Span, ...]:
    spans = []
    positions, items = plc(pieces, 8)
    if len(items) > MAX_PIECES:
        raise Broken
    for (start, end), item in zip(pairwise(positions), items, strict=True):
        offset, modifier = struct.unpack("<2xIH", item)
        width = 2
        if offset & 0x40000000:
            offset, width = (offset & 0x3FFFFFFF) // 2, 1
        if offset + (end - start) * width > limit:
            raise Broken
        spans.append(Span(start, end, offset, width, modifier))
    if not spans or spans[0].start or spans[-1].end == 0:
        raise Broken
    if spans[-1].end > MAX_CHARACTERS:
        raise ReadError(
            f"文件有 {spans[-1].end} 字，超过 {MAX_CHARACTERS} 字的上限，不像一份年度报告。请确认文件后再查。"
        )
    return tuple(spans)


def plc(part: bytes, size: int) -> tuple[list[int], list[bytes]]:
    """Positions, and the items of so many bytes that stand between them ([MS-DOC] 2.2.2)."""
    count = (len(part) - 4) // (4 + size)
    if count < 0:
        return [], []
    positions = list(struct.unpack_from(f"<{count + 1}I", part))
    if any(one > other for one, other in pairwise(positions)):
        raise Broken
    begin = 4 * (count + 1)
    return positions, [part[begin + size * i : begin + size * (i + 1)] for i in range(count)]


def _stories(main: bytes) -> tuple[dict[str, tuple[int, int]], int]:
    stories, at = {}, 0
    for name, count in zip(STORIES, struct.unpack_from("<8i", main, COUNTS), strict=True):
        if count < 0:
            raise Broken
        stories[name] = (at, at + count)
        at += count
    return stories, at


def _decode(main: bytes, span: Span) -> str:
    """One character for each unit of 16 bits, so that positions stay true."""
    raw = main[span.offset : span.place(span.end)]
    if span.width == 1:
        return raw.decode("cp1252", "replace")
    text = raw.decode("utf-16-le", "surrogatepass")
    if len(text) == span.end - span.start:
        return text
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


SURROGATE = re.compile("[\ud800-\udfff]")


def whole(text: str) -> str:
    """Put the halves of rare characters together again; half of one alone is no character."""
    if SURROGATE.search(text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
