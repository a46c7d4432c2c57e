"""The body as the pencil reads it (正文): paragraphs and headings, folded, without white space.

Positions count characters of such a paragraph; `span` leads back into `Report.text`. Navigation,
metadata and the signature belong to no section and so never come up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from checker.model.assessment import Defect
from checker.model.report import Report, Role, Section, Span
from checker.model.text import fold

_SPACE = re.compile(r"[\s\u200b\ufeff]")
_MARK = re.compile(
    r"\s*(?:\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[).、,]|\([一二三四五六七八九十\d]{1,3}\)|[①-⑳㈠-㈩])(?:(?!\d)|(?=20\d\d年|1?\d月))"
)
_SENTENCE = re.compile(r"[^。;!?]*[。;!?]+|[^。;!?]+$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a heading (段落), folded and squeezed; `places` are its characters' offsets."""

    text: str
    places: Sequence[int]
    role: Role
    heading: bool
    raw: str

    def span(self, start: int, end: int) -> Span:
        """The place in the report of the characters from start to end."""
        return Span(self.places[start], self.places[end - 1] + 1)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Where each sentence begins and ends; a semicolon ends one too."""
        for match in _SENTENCE.finditer(self.text):
            yield match.start(), match.end()


class _Held:
    """A report as a key: two keys are equal if they hold the very same report."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __hash__(self) -> int:
        return id(self.report)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.report is self.report


def paragraphs(report: Report) -> list[Paragraph]:
    """Every heading and paragraph of the body, in the order of the text; read once for all kinds."""
    return list(_read(_Held(report)))


@lru_cache(maxsize=2)
def _read(held: _Held) -> tuple[Paragraph, ...]:
    text = fold(held.report.text)
    found: list[Paragraph] = []
    for section in held.report.walk():
        _read_section(section, text, found)
    return tuple(found)


def pieces(section: Section) -> Iterator[Span]:
    """The heading and the sentences of a section; a heading that is a sentence too comes once."""
    if not _is_sentence(section):
        yield section.heading
    for sentence in section.sentences:
        yield sentence.span


def _is_sentence(section: Section) -> bool:
    return bool(section.sentences) and section.sentences[0].span.start < section.heading.end


def _read_section(section: Section, text: str, found: list[Paragraph]) -> None:
    head, close = section.heading, section.heading.end
    if _is_sentence(section):  # only its number is a heading
        number = _MARK.match(text, head.start, head.end)
        close = number.end() if number else head.start
    if close > head.start:
        found.append(_paragraph(text, head.start, close, section.role, heading=True))
    start = end = -1
    for sentence in section.sentences:
        if start >= 0 and "\n" not in text[end : sentence.span.start]:
            end = sentence.span.end
            continue
        if start >= 0:
            found.append(_paragraph(text, start, end, section.role, heading=False))
        start, end = max(sentence.span.start, close), sentence.span.end
    if start >= 0:
        found.append(_paragraph(text, start, end, section.role, heading=False))


def _paragraph(text: str, start: int, end: int, role: Role, *, heading: bool) -> Paragraph:
    raw = text[start:end]
    if not _SPACE.search(raw):
        return Paragraph(raw, range(start, end), role, heading, raw)
    kept = [i for i, char in enumerate(raw) if not _SPACE.match(char)]
    return Paragraph("".join(raw[i] for i in kept), [start + i for i in kept], role, heading, raw)


def mark(report: Report, kind: str, span: Span, *, message: str, suggestion: str) -> Defect:
    """A defect that quotes the report's own words."""
    return Defect(kind, span, report.quote(span), message, suggestion)
