"""The Word documents in examples/documents: made here from the real report of 黑井镇 and an invented revision.

`python -m tests.example_documents` writes them anew (part of `make examples`); with `--pictures` it
also draws the pictures of the READMEs, which needs LibreOffice, pdftoppm and Chinese fonts. The
picture of the notes (annotated.png) is a window of LibreOffice Writer: only a window shows a margin.
"""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import docx
from docx.oxml.ns import qn

from checker.audit import audit_document
from checker.cli.dispatch import Job
from checker.cli.letter import job_for
from checker.compare import compare, still_asked, supplied
from checker.load import checklist_source, load_checklist
from checker.load.issuer import load_issuer
from checker.model.assessment import Assessment
from checker.model.comparison import Earlier
from checker.model.letter import Issuer, Letter
from checker.nearest import with_nearest
from checker.readers import read_bytes
from checker.renderers.annotated import render_annotated
from checker.renderers.gap_report import render_gap_report
from checker.renderers.letter import render_letter
from checker.renderers.recheck_table import render_recheck_table
from checker.renderers.word import WordTemplate
from checker.resources import resource
from checker.workdays import deadline_day

EXAMPLES = Path(__file__).parent.parent / "examples"
DOCUMENTS = EXAMPLES / "documents"
PICTURES = EXAMPLES.parent / "docs" / "pictures"
OLD, NEW = "heijing-2023.txt", "heijing-2023-revised.txt"
FIRST_DAY, LATER = datetime.date(2026, 3, 2), datetime.date(2026, 4, 1)


class Picture(NamedTuple):
    """A page of a document, drawn for the READMEs (配图)."""

    name: str
    document: str
    page: int


SHOWN = (
    Picture("letter-1", "heijing-2023-函.docx", 1),
    Picture("letter-list", "heijing-2023-函.docx", 5),
    Picture("recheck", "heijing-2023-revised-销号表.docx", 1),
)


def documents() -> Iterator[tuple[str, bytes]]:
    """Each document's name and bytes."""
    old, new = assessed(OLD), assessed(NEW)
    comparison = compare(Earlier.of(old), new)
    first, later = job_for(old, issuer()), job_for(still_asked(comparison), issuer())
    assert isinstance(first, Job) and isinstance(later, Job)
    yield (
        "heijing-2023-核查报告.docx",
        render_gap_report(old, template=template("gap-report"), date=FIRST_DAY),
    )
    yield "heijing-2023-函.docx", letter(first, FIRST_DAY, 1)
    yield "heijing-2023-批注.docx", annotated(OLD, old)
    table = render_recheck_table(comparison, template=template("recheck"), date=LATER)
    yield "heijing-2023-revised-销号表.docx", table
    yield "heijing-2023-revised-函.docx", letter(replace(later, supplied=supplied(comparison)), LATER, 2)


def issuer() -> Issuer:
    return load_issuer(EXAMPLES / "issuer.yaml")


def template(name: str) -> WordTemplate:
    return WordTemplate(resource("templates", f"{name}.docx"))


def assessed(name: str) -> Assessment:
    """An example report, assessed as its users see it."""
    document = read_bytes(name, (EXAMPLES / name).read_bytes())
    return with_nearest(audit_document(document, load_checklist(checklist_source(None)), path=name))


def letter(job: Job, day: datetime.date, number: int) -> bytes:
    sender = issuer()
    assert isinstance(sender.deadline, int)
    told = Letter(sender, job.addressee, day, number, deadline_day(day, sender.deadline))
    return render_letter(job.assessment, told, template=template("letter"), supplied=job.supplied)


def annotated(name: str, assessment: Assessment) -> bytes:
    data = (EXAMPLES / name).read_bytes()
    return render_annotated(data, read_bytes(name, data), assessment, date=FIRST_DAY)[0]


def words(data: bytes) -> list[str]:
    """The paragraphs of a document, and its comments."""
    document = docx.Document(io.BytesIO(data))
    paragraphs = [*document.element.body.iter(qn("w:p"))]
    texts = ["".join(text.text or "" for text in p.iter(qn("w:t"))) for p in paragraphs]
    return texts + [comment.text for comment in document.comments]


def main() -> None:
    DOCUMENTS.mkdir(exist_ok=True)
    for name, data in documents():
        path = DOCUMENTS / name
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
            print(f"{path.relative_to(EXAMPLES.parent)}: CHANGED, look at it")
    if "--pictures" in sys.argv:
        draw()


def draw() -> None:
    """Draw the pictures of the READMEs with LibreOffice and pdftoppm."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for picture in SHOWN:
        with tempfile.TemporaryDirectory() as folder:
            home = f"-env:UserInstallation=file://{folder}/home"
            source = DOCUMENTS / picture.document
            convert = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder]
            subprocess.run([*convert, str(source)], check=True, capture_output=True)
            page, target = str(picture.page), PICTURES / picture.name
            render = ["pdftoppm", "-singlefile", "-r", "80", "-f", page, "-png"]
            subprocess.run([*render, f"{folder}/{source.stem}.pdf", str(target)], check=True)


if __name__ == "__main__":
    main()
