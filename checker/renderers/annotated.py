"""Render a copy of a draft with notes in its margin (批注副本): one Word comment for each thing to mend.

A .docx keeps its text, its formatting and its revisions: comments are put between its runs, and a
run is cut where a comment begins or ends inside it. Of any other kind of file the copy is a new .docx
with the text that was read.
"""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass, replace
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from checker.model.assessment import ASKED, DEFECT_NAMES, STATUS_NAMES, Assessment, Defect, Finding, Quote
from checker.model.document import Document, Piece
from checker.model.report import GAP_ROLES, Report, Role, Span, Stance
from checker.renderers.decisions import people_text
from checker.renderers.layout import plain
from checker.renderers.phrasing import basis_texts
from checker.renderers.places import Places, part_name
from checker.renderers.word import NOT_XML, UNREADABLE, repacked

AUTHOR, INITIALS = "fazhi 法治报告核查", "核"


@dataclass(frozen=True, slots=True)
class Note:
    """A comment to write (批注): where in the report, and its paragraphs."""

    span: Span
    text: str


def notes_of(assessment: Assessment) -> tuple[Note, ...]:
    """What to write into the margin, in the order of the text: gaps, thin items and text defects."""
    report = assessment.report
    notes = [
        Note(_place(finding, report), _finding_text(finding, assessment))
        for finding in assessment.findings
        if finding.status in ASKED
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
    copy, placed = _text_copy(document, assessment) if draft is None else (draft, document)
    places = Places(copy, placed)
    for note in notes_of(assessment):
        comment = copy.add_comment(list(places.ends(note.span)), _clean(note.text), AUTHOR, INITIALS)
        # python-docx writes the moment; the same input is to give the same bytes.
        comment._comment_elm.set(qn("w:date"), f"{date.isoformat()}T00:00:00Z")
    saved = io.BytesIO()
    copy.save(saved)
    return repacked(saved.getvalue()), draft is not None


# --- what a note says, and where it belongs -------------------------------------------------------


def _defect_text(defect: Defect) -> str:
    name = DEFECT_NAMES.get(defect.kind, defect.kind)
    # The words are told also where the note is read in a list, away from them.
    return f"【{name}】“{plain(defect.quote)}”：{defect.message}。\n建议：{defect.suggestion}"


def _finding_text(finding: Finding, assessment: Assessment) -> str:
    item, evidence = finding.item, finding.evidence
    lines = [f"【{STATUS_NAMES[finding.status]}】{item.title}", f"要求：{item.requirement}"]
    if quotes := _shown(finding):
        lines.append(f"原文：“{plain(quotes[0].text)}”")
    lines += [f"依据：{text}" for text in basis_texts(item.basis)]
    lacking = [text for text in (*evidence.lacking, evidence.contrary) if text]
    if lacking:
        lines.append(f"尚缺：{'；'.join(lacking)}")
    if people := people_text(finding, assessment):
        lines.append(people)
    return "\n".join([*lines, item.remedy])


def _place(finding: Finding, report: Report) -> Span:
    """The passage that is thin or deferred; else the heading under which the missing item belongs."""
    if quotes := _shown(finding):
        return quotes[0].span
    title = report.title_span or Span(0, 1)
    if finding.item.rule.check != "mention":
        return title
    if (nearest := finding.evidence.nearest) and (heading := _heading_over(report, nearest.span)):
        return heading
    roles = finding.item.rule.roles or (Role.MEASURES,)
    parts = [section for section in report.sections if section.title and section.role in roles]
    # where several are for it, the one that tells most
    longest = max(parts, key=lambda part: part.span.end - part.span.start, default=None)
    return longest.heading if longest else title


def _shown(finding: Finding) -> list[Quote]:
    """The passages that a note of this finding is about."""
    shown = (Stance.DONE, Stance.ASSERTED, Stance.PLANNED, Stance.ADMITTED, Stance.DENIED)
    return [quote for quote in finding.evidence.quotes if quote.stance in shown]


def _heading_over(report: Report, span: Span) -> Span | None:
    """The innermost heading over a passage; none in the parts on what is not done, or not yet."""
    over = [section for section in report.walk() if section.title and section.span.holds(span)]
    return over[-1].heading if over and all(section.role not in GAP_ROLES for section in over) else None


def _clean(text: str) -> str:
    return NOT_XML.sub(UNREADABLE, text)


# --- places in the draft --------------------------------------------------------------------------


def _draft(data: bytes) -> Any:
    try:
        return docx.Document(io.BytesIO(data))
    except Exception:  # whatever python-docx cannot open is told as its text
        return None


# --- the text of another kind of file -------------------------------------------------------------


def _set_plainly(copy: Any) -> None:
    """A4, 仿宋 of 四号, lines that leave room to read: it is to be read, not to be printed as a report."""
    style, section = copy.styles["Normal"], copy.sections[0]
    style.font.size, style.font.name = Pt(14), "Times New Roman"
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
    style.paragraph_format.line_spacing, style.paragraph_format.space_after = 1.3, Pt(0)
    section.page_width, section.page_height = Mm(210), Mm(297)


def _text_copy(document: Document, assessment: Assessment) -> tuple[Any, Document]:
    """A new document with the text that was read, and where each of its blocks stands there."""
    copy = docx.Document()
    _set_plainly(copy)
    told = f"（以下文字由 fazhi 从“{assessment.file}”中读出，仅供核对批注，不是原件；版式以原件为准。）"
    copy.add_paragraph().add_run(_clean(told)).italic = True
    part = part_name(copy.part)
    blocks = []
    headings = {s.heading.start for s in assessment.report.walk() if s.title} | {
        span.start for span in (assessment.report.title_span,) if span
    }
    at = 0
    for number, block in enumerate(document.blocks, start=1):
        copy.add_paragraph().add_run(_clean(block.text)).bold = at in headings or None
        at += len(block.text) + 1
        blocks.append(replace(block, pieces=(Piece(0, len(block.text), part, number, 0, 0),)))
    return copy, replace(document, blocks=tuple(blocks))
