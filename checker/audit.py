"""The whole flow on one page (流程): for one report, and for many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from checker.assess import assess_report
from checker.checks import check_report
from checker.defects import find_defects, unlisted
from checker.errors import ReadError
from checker.model.assessment import Assessment, Defect, Unread
from checker.model.checklist import Checklist
from checker.model.document import Block, Document
from checker.model.report import Report
from checker.parse import parse_report
from checker.readers import read_document

Read = Callable[[Path], Document]


def audit_blocks(
    blocks: tuple[Block, ...], checklist: Checklist, *, path: str, level: str | None = None
) -> Assessment:
    """One report from blocks that come from no file."""
    return audit_document(Document("text", blocks), checklist, path=path, level=level)


def audit_document(
    document: Document, checklist: Checklist, *, path: str, level: str | None = None
) -> Assessment:
    """One report, from its document to its assessment; pure."""
    report = replace(parse_report(document.blocks, checklist.wording, level=level), doubt=document.doubt)
    defects = find_defects(report, checklist.titles)
    misdated = tuple(d.span for d in defects if d.kind == "text.year" and _is_slip(d, report))
    evidence = check_report(report, checklist, misdated)
    findings = assess_report(report, checklist, evidence)
    cited = (report.quote(span) for span in unlisted(report, checklist.titles, defects))
    return Assessment(
        path, report, checklist, findings, defects, tuple(dict.fromkeys(cited)), document.kind, document.notes
    )


def _is_slip(defect: Defect, report: Report) -> bool:
    """Whether what a wrong year dates is this year's work.

    2022年全年共… in the report of 2023 is this year's account, and so is what next year is said to
    have done; a bare 2022年 may be last year's fact.
    """
    summed_up = "全年" in defect.quote or "12月" in defect.quote
    return summed_up or f"{(report.year or 0) + 1}年" in defect.quote


def audit_report(
    path: Path, checklist: Checklist, *, level: str | None = None, read: Read = read_document
) -> Assessment:
    """One file. Raises ReadError where it cannot be read or holds no report.

    read: gives the document of a path; the door puts its own here, which knows standard input.
    """
    document = read(path)
    try:
        return audit_document(document, checklist, path=str(path), level=level)
    except ReadError as error:
        raise ReadError(f"{path}：{error}") from None


def audit_reports(
    sources: Iterable[Path | Unread],
    checklist: Checklist,
    *,
    level: str | None = None,
    read: Read = read_document,
) -> Iterator[Assessment | Unread]:
    """Many files, one after the other: a file that cannot be read is a row, never the end."""
    for source in sources:
        if isinstance(source, Unread):
            yield source
            continue
        try:
            yield audit_report(source, checklist, level=level, read=read)
        except ReadError as error:
            yield Unread(str(source), reason(source, error))


def reason(path: Path, error: ReadError) -> str:
    """Why a file could not be read, for a place that names the file itself."""
    name, text = str(path), str(error)
    return text.removeprefix(name).lstrip(":： ") if text.startswith(name) else text
