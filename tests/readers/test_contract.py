"""One contract for all readers (同一合同): the same report in every format gives the same result.

The files are made here from one text: by python-docx, by LibreOffice where it is installed, and by
writers of our own for what nobody else writes.
"""

from __future__ import annotations

import base64
import html
import io
import quopri
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from checker.audit import audit_document
from checker.load import checklist_source, load_checklist
from checker.model.assessment import Assessment
from checker.readers import read_bytes, read_document
from tests.readers.ofd_writer import lay_out, write_ofd

ROOT = Path(__file__).parents[2]
REPORTS = sorted((ROOT / "examples").glob("*-20[0-9][0-9].txt"))
REPORTS = [path for path in REPORTS if not path.name.startswith("shapotou")]
CHECKLIST = load_checklist(checklist_source(None))
needs_libreoffice = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text("utf-8").split("\n") if line.strip()]


def result(assessment: Assessment) -> dict[str, Any]:
    """What must not depend on the format."""
    report = assessment.report
    return {
        "masthead": (report.unit, report.level, report.year, "".join(report.title.split())),
        "dates": list(dict.fromkeys((mark.kind, mark.date) for mark in report.dates)),
        "sections": [("".join(s.title.split()), s.level, s.role) for s in report.walk()],
        "findings": [(f.item.id, f.status) for f in assessment.findings],
        "defects": sorted((d.kind, "".join(d.quote.split())) for d in assessment.defects),
    }


def of_file(path: Path) -> dict[str, Any]:
    return result(audit_document(read_document(path), CHECKLIST, path=str(path)))


def of_bytes(name: str, data: bytes) -> dict[str, Any]:
    return result(audit_document(read_bytes(name, data), CHECKLIST, path=name))


def word(paragraphs: list[str]) -> bytes:
    """A document in the layout of GB/T 9704, with a page number at the foot."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    foot = section.footer.paragraphs[0]
    foot.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    foot.add_run(" —")
    for text in paragraphs:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(32)
        paragraph.paragraph_format.line_spacing = Pt(28)
        run = paragraph.add_run(text)
        run.font.size = Pt(16)
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def page(paragraphs: list[str]) -> str:
    body = "".join(f"<p>　　{html.escape(text)}</p>\n" for text in paragraphs)
    return f'<html><head><meta charset="utf-8"></head><body><div id="zoom">\n{body}</div></body></html>'


def mhtml(paragraphs: list[str]) -> bytes:
    head = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="b"\r\n\r\n'
    text = quopri.encodestring(page(paragraphs).encode()).decode()
    part = f"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{text}\r\n"
    picture = f"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64.b64encode(b'x').decode()}\r\n--b--\r\n"
    return (head + part + picture).encode()


def zipped(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


WRITERS = {
    "gbk.txt": lambda text: "\r\n".join(text).encode("gb18030"),
    "utf16.txt": lambda text: "\n".join(text).encode("utf-16"),
    "md": lambda text: "\n\n".join(text).encode(),
    "docx": word,
    "html": lambda text: page(text).encode(),
    "mht": mhtml,
    "ofd": lambda text: write_ofd(lay_out(text)),
}


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", WRITERS)
def test_a_report_gives_the_same_result_in_every_form_we_can_write(report: Path, form: str) -> None:
    text = lines(report)
    assert of_bytes(f"a.{form}", WRITERS[form](text)) == of_bytes("a.txt", "\n".join(text).encode())


@pytest.mark.parametrize("report", REPORTS[:1], ids=lambda path: path.stem)
def test_a_report_in_an_archive_gives_the_same_result(report: Path, tmp_path: Path) -> None:
    archive = tmp_path / "各镇.zip"
    archive.write_bytes(zipped("镇/a.docx", word(lines(report))))
    assert of_file(archive / "镇/a.docx") == of_bytes("a.txt", "\n".join(lines(report)).encode())


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every report as LibreOffice writes it in all forms."""
    folder = tmp_path_factory.mktemp("converted")
    for report in REPORTS:
        (folder / f"{report.stem}.docx").write_bytes(word(lines(report)))
    for form in ("doc", "pdf", "rtf", "odt", "html"):
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", form, "--outdir", str(folder), *map(str, folder.glob("*.docx"))]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


@needs_libreoffice
@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("form", ["doc", "pdf", "html"])
def test_a_report_gives_the_same_result_in_every_form_of_libreoffice(
    report: Path, form: str, converted: Path
) -> None:
    wanted = of_bytes("a.txt", "\n".join(lines(report)).encode())
    assert of_file(converted / f"{report.stem}.{form}") == wanted


@needs_libreoffice
@pytest.mark.parametrize("form", ["rtf", "odt"])
def test_what_libreoffice_reads_for_us_gives_the_same_result(form: str, converted: Path) -> None:
    report = REPORTS[0]
    wanted = of_bytes("a.txt", "\n".join(lines(report)).encode())
    assert of_file(converted / f"{report.stem}.{form}") == wanted


@needs_libreoffice
def test_a_doc_named_wps_is_read_the_same(converted: Path) -> None:
    data = (converted / f"{REPORTS[0].stem}.doc").read_bytes()
    assert of_bytes("a.wps", data) == of_bytes("a.doc", data)
    assert not read_bytes("a.wps", data).notes
