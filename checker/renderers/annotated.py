"""Render a copy of a draft with notes in its margin (批注副本): one Word comment for each thing to mend.

A .docx keeps every character of its XML: comments are put between its runs and nothing else is
touched. Of any other kind of file the copy is a new .docx with the text that was read.
"""

from __future__ import annotations

import datetime
import io
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.text.run import Run

from checker.model.assessment import DEFECT_NAMES, STATUS_NAMES, Assessment, Defect, Finding, Quote, Status
from checker.model.document import Document
from checker.model.report import Report, Section, Span, Stance
from checker.renderers.layout import plain
from checker.renderers.phrasing import basis_texts
from checker.renderers.word import NOT_XML, UNREADABLE, repacked

AUTHOR, INITIALS = "fazhi 法治报告核查", "核"
Ends = tuple[Run, Run]


@dataclass(frozen=True, slots=True)
class Note:
    """A comment to write (批注): where in the report, and its paragraphs."""

    span: Span
    text: str


def notes_of(assessment: Assessment) -> tuple[Note, ...]:
    """What to write into the margin, in the order of the text: gaps, thin items and text defects."""
    report = assessment.report
    notes = [
        Note(_place(finding, report), _finding_text(finding))
        for finding in assessment.findings
        if finding.status in (Status.UNMET, Status.DEFERRED, Status.THIN)
    ]
    notes += [Note(defect.span, _defect_text(defect)) for defect in assessment.defects]
    return tuple(sorted(notes, key=lambda note: note.span))


def render_annotated(
    data: bytes, document: Document, assessment: Assessment, *, date: datetime.date
) -> tuple[bytes, bool]:
    """The copy, and whether it is the draft itself with notes (else its text in a new document).

    data: the draft's bytes; document: as it was read from them.
    """
    draft = _draft(data) if document.kind == "docx" else None
    copy, find = (
        _text_copy(document, assessment) if draft is None else (draft, _runs_of_draft(draft, document))
    )
    for note in notes_of(assessment):
        ends = find(note.span)
        comment = copy.add_comment(list(ends), _clean(note.text), AUTHOR, INITIALS)
        # python-docx writes the moment; the same input is to give the same bytes.
        comment._comment_elm.set(qn("w:date"), f"{date.isoformat()}T00:00:00Z")
    saved = io.BytesIO()
    copy.save(saved)
    return repacked(saved.getvalue()), draft is not None


# --- what a note says, and where it belongs -------------------------------------------------------


def _defect_text(defect: Defect) -> str:
    name = DEFECT_NAMES.get(defect.kind, defect.kind)
    # A note stands at whole runs, which may be long: the words themselves tell where to look.
    return f"【{name}】“{plain(defect.quote)}”：{defect.message}。\n建议：{defect.suggestion}"


def _finding_text(finding: Finding) -> str:
    item, evidence = finding.item, finding.evidence
    lines = [f"【{STATUS_NAMES[finding.status]}】{item.title}", f"要求：{item.requirement}"]
    if quotes := _shown(finding):
        lines.append(f"原文：“{plain(quotes[0].text)}”")
    lines += [f"依据：{text}" for text in basis_texts(item.basis)]
    lacking = [text for text in (*evidence.lacking, evidence.contrary) if text]
    if lacking:
        lines.append(f"尚缺：{'；'.join(lacking)}")
    return "\n".join([*lines, item.remedy])


def _place(finding: Finding, report: Report) -> Span:
    """The passage that is thin or deferred; else the heading under which the missing item belongs."""
    if quotes := _shown(finding):
        return quotes[0].span
    title = report.title_span or Span(0, 1)
    if finding.item.rule.check != "mention":
        return title
    if nearest := finding.evidence.nearest:
        return _heading_over(report, nearest.span) or title
    headings = [s.heading for s in report.sections if s.title and s.role in finding.item.rule.roles]
    return next(iter(headings), title)


def _shown(finding: Finding) -> list[Quote]:
    """The passages that a note of this finding is about."""
    shown = (Stance.DONE, Stance.ASSERTED, Stance.PLANNED, Stance.ADMITTED, Stance.DENIED)
    return [quote for quote in finding.evidence.quotes if quote.stance in shown]


def _heading_over(report: Report, span: Span) -> Span | None:
    """The innermost heading over a passage."""
    over: list[Section] = [s for s in report.walk() if s.title and s.span.holds(span)]
    return over[-1].heading if over else None


def _clean(text: str) -> str:
    return NOT_XML.sub(UNREADABLE, text)


# --- places in the draft --------------------------------------------------------------------------


def _draft(data: bytes) -> Any:
    try:
        return docx.Document(io.BytesIO(data))
    except Exception:  # whatever python-docx cannot open is told as its text
        return None


def _runs_of_draft(copy: Any, document: Document) -> Callable[[Span], Ends]:
    """Finds the first and the last run of a passage in the draft."""
    part = str(copy.part.partname).lstrip("/")
    paragraphs = list(copy.element.iter(qn("w:p")))

    def run_at(offset: int) -> Run | None:
        piece = document.locate(offset)
        if piece is None or piece.part != part:
            return None
        return _body_run(copy, paragraphs[piece.paragraph], piece.run)

    def find(span: Span) -> Ends:
        places = range(span.start, max(span.end, span.start + 1))
        first = next(filter(None, map(run_at, places)), None)
        last = next(filter(None, map(run_at, reversed(places))), None)
        if first is None or last is None:
            # in a footnote, a text box or an automatic number, where no comment can stand
            first = last = _first_run(copy)
        return first, last

    return find


def _body_run(copy: Any, paragraph: Any, number: int) -> Run | None:
    """A run of a paragraph by its number; of a text box, where Word allows no comments, none."""
    if next(paragraph.iterancestors(qn("w:txbxContent")), None) is not None:
        return None
    runs = (run for run in paragraph.iter(qn("w:r")) if next(run.iterancestors(qn("w:p"))) is paragraph)
    found = next((run for place, run in enumerate(runs) if place == number), None)
    return None if found is None else Run(found, copy)


def _first_run(copy: Any) -> Run:
    for paragraph in copy.element.body.iter(qn("w:p")):
        if run := _body_run(copy, paragraph, 0):
            return run
    return copy.add_paragraph().add_run(" ")  # type: ignore[no-any-return]


# --- the text of another kind of file -------------------------------------------------------------


def _text_copy(document: Document, assessment: Assessment) -> tuple[Any, Callable[[Span], Ends]]:
    copy = docx.Document()
    name = assessment.path.replace("\\", "/").rpartition("/")[2]
    told = f"（以下文字由 fazhi 从“{name}”中读出，仅供核对批注，不是原件；版式以原件为准。）"
    copy.add_paragraph().add_run(_clean(told)).italic = True
    starts, runs, at = [], [], 0
    for block in document.blocks:
        starts.append(at)
        runs.append(copy.add_paragraph().add_run(_clean(block.text)))
        at += len(block.text) + 1

    def find(span: Span) -> Ends:
        first, last = (
            bisect_right(starts, offset) - 1 for offset in (span.start, max(span.start, span.end - 1))
        )
        return runs[first], runs[last]

    return copy, find
