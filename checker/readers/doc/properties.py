"""Properties in an old Word document (.doc 格式属性), as they lie on its pages of properties (FKP)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from checker.readers.doc.file import Broken, DocFile, Span, plc
from checker.readers.doc.sprms import PLAIN, SHORT, Mark, Paragraph, mark_by, number_of, put_on
from checker.readers.doc.styles import Styles

STYLES, CHARACTERS, PARAGRAPHS = 1, 12, 13
PAGE = 512
MAX_PAGES = 20_000
END_OF_ALL = 1 << 33


class Properties:
    """The properties of all text (全文属性), asked for by position."""

    def __init__(self, file: DocFile) -> None:
        self._file = file
        self.is_broken = False
        try:
            self.styles = Styles(file.part(STYLES))
        except (Broken, struct.error, IndexError):
            self.styles = Styles(b"")
            self.is_broken = True
        self._paragraphs = self._runs(PARAGRAPHS, _paragraph_runs)
        self._known: dict[tuple[bytes, int], Paragraph] = {}
        runs = self._runs(CHARACTERS, _character_runs)
        self.marks = tuple(self._marks(runs))

    def paragraph(self, position: int) -> Paragraph:
        """The properties of the paragraph that ends with the character at a position."""
        span = self._file.span(position)
        place = span.place(position)
        starts, ends, lists = self._paragraphs
        at = bisect_right(starts, place) - 1
        properties = lists[at] if at >= 0 and place < ends[at] else b""
        key = (properties, span.modifier)
        if key not in self._known:
            self._known[key] = self._combine(properties, span)
        return self._known[key]

    def _combine(self, properties: bytes, span: Span) -> Paragraph:
        modifier = self._modifier(span)
        # A fast save may have changed the style too, and the rest of the properties stand on it.
        style = put_on(Paragraph(style=number_of(properties[:2])), modifier).style
        direct = replace(self.styles[style].paragraph, style=style, outline=None)
        direct = put_on(direct, properties[2:], self._file.data)
        return replace(put_on(direct, modifier), style=style)

    def _modifier(self, span: Span) -> bytes:
        """The properties that a fast save hung on a piece of text (快速保存)."""
        code, number = span.modifier & 1, span.modifier >> 1
        if code:
            return self._file.modifiers[number] if number < len(self._file.modifiers) else b""
        known = SHORT.get(number & 0x7F)
        return b"" if known is None else struct.pack("<HB", known, number >> 7)

    def _marks(self, runs: _Runs) -> Iterator[tuple[int, int, Mark]]:
        """The runs of characters that are not plain, in the order of the text."""
        starts, ends, lists = runs
        known = {b"": PLAIN}
        for span in self._file.spans:
            modifier, last = self._modifier(span), span.place(span.end)
            at = max(bisect_right(starts, span.offset) - 1, 0)
            while at < len(starts) and starts[at] < last:
                properties = lists[at] + modifier
                if properties not in known:
                    known[properties] = mark_by(properties)
                if known[properties] != PLAIN and ends[at] > span.offset:
                    begin = (max(starts[at], span.offset) - span.offset) // span.width
                    end = -((span.offset - min(ends[at], last)) // span.width)
                    yield span.start + begin, span.start + end, known[properties]
                at += 1

    def _runs(self, index: int, load: Callable[[bytes], Iterator[tuple[int, int, bytes]]]) -> _Runs:
        """All runs of one sort, in the order of the stream and without overlaps."""
        found: list[tuple[int, int, bytes]] = []
        try:
            _, items = plc(self._file.part(index), 4)
        except (Broken, struct.error):
            items, self.is_broken = [], True
        for page in list(dict.fromkeys(number_of(item) & 0x3FFFFF for item in items))[:MAX_PAGES]:
            try:
                found += load(self._file.main[PAGE * page : PAGE * (page + 1)])
            except (Broken, struct.error, IndexError):
                self.is_broken = True
        return _in_order(found)


_Runs = tuple[list[int], list[int], list[bytes]]


def _in_order(found: list[tuple[int, int, bytes]]) -> _Runs:
    """Runs without overlaps; what lies between two of them is plain."""
    starts, lists = [0], [b""]
    for start, end, properties in sorted(found):
        if starts[-1] <= start < end:
            starts += [start, end]
            lists += [properties, b""]
    return starts, [*starts[1:], END_OF_ALL], lists


def _paragraph_runs(page: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The paragraphs on a page of properties (FKP)."""
    for number, (start, end) in enumerate(_places(page)):
        at = 2 * page[4 * (page[-1] + 1) + 13 * number]
        size = 2 * page[at] - 1 if at else 0
        if at and not page[at]:
            at += 1
            size = 2 * page[at]
        yield start, end, page[at + 1 : at + 1 + size] if at else b""


def _character_runs(page: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The runs of characters on a page of properties (FKP)."""
    for number, (start, end) in enumerate(_places(page)):
        at = 2 * page[4 * (page[-1] + 1) + number]
        yield start, end, page[at + 1 : at + 1 + page[at]] if at else b""


def _places(page: bytes) -> Iterator[tuple[int, int]]:
    if len(page) < PAGE:
        raise Broken
    places = struct.unpack_from(f"<{page[-1] + 1}I", page)
    if any(one > other for one, other in pairwise(places)):
        raise Broken
    return pairwise(places)
