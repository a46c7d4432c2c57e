"""The words that a decision rests on (引文): whether they stand in the report, and as what."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from checker.model.checklist import Item
from checker.model.report import GAP_ROLES, STANCE_NAMES, TOLD, Clause, Report, Span, Stance
from checker.model.text import fold, search_text

_SHORTEST = 4
_BOUNDS = "，。；！？：,;:!?\n　"


def places(quote: str, report: Report) -> tuple[Span, ...]:
    """Where words stand as whole clauses: behind 未 or before 的目标 they would say another thing."""
    return tuple(span for span in _occurrences(quote, report.text) if span == _clauses(span, report.text))


def _occurrences(quote: str, text: str) -> Iterator[Span]:
    searched = search_text(text)
    wanted = "".join(fold(quote).split()).strip(_BOUNDS)
    for words in dict.fromkeys((wanted, wanted.strip('“”"「」').strip(_BOUNDS))):
        at = searched.text.find(words) if len(words) >= _SHORTEST else -1
        while at >= 0:
            yield Span(searched.offset(at), searched.end_offset(at + len(words)))
            at = searched.text.find(words, at + 1)


def _clauses(span: Span, text: str) -> Span:
    """The whole clauses that hold a passage, without the white space around them."""
    start = max(text.rfind(mark, 0, span.start) for mark in _BOUNDS) + 1
    ends = [end for mark in _BOUNDS if (end := text.find(mark, span.end)) >= 0]
    end = min(ends, default=len(text))
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip())))


def quote_fault(quote: str, report: Report) -> tuple[str, str] | None:
    """What is wrong with a quotation, and what to write instead."""
    if places(quote, report):
        return None
    if len("".join(quote.split()).strip(_BOUNDS)) < _SHORTEST:
        return "quote 太短，说明不了什么", "请照抄报告里的一个完整分句（两个标点之间的文字）。"
    for span in _occurrences(quote, report.text):
        whole = report.quote(_clauses(span, report.text))
        return "quote 不是完整的分句", f"报告里写的是“{whole}”，请照抄完整。"
    clauses = [report.quote(clause.span).strip(_BOUNDS) for clause in _spoken(report)]
    near = difflib.get_close_matches(quote, clauses, n=1)
    return "quote 在报告里找不到", (f"是否是“{near[0]}”？" if near else "") + "请从报告里照抄，不要改字。"


def reading(place: Span, item: Item, report: Report) -> str:
    """How words are read that do not tell a doing of the year; empty where they do."""
    if item.rule.check != "mention":
        return ""
    stances = [c.stance for c in _spoken(report) if c.span.start < place.end and place.start < c.span.end]
    if any(stance in (*TOLD, Stance.NIL) for stance in stances):
        return ""
    if stances:
        return f"读作“{STANCE_NAMES[stances[0]]}”"
    section = report.section_at(place)
    return f"只见于“{section.title}”" if section and section.role in GAP_ROLES else ""


def _spoken(report: Report) -> Iterator[Clause]:
    """Every clause, in the order of the text."""
    for section in report.walk():
        for sentence in section.sentences:
            yield from sentence.clauses
