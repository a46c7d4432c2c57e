"""Notes in the margin (批注): the draft itself stays as it was, and every note stands where it belongs."""

from __future__ import annotations

import datetime
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from checker.audit import audit_document
from checker.load import checklist_source, load_checklist
from checker.model.assessment import Assessment, Status
from checker.model.document import Document
from checker.nearest import with_nearest
from checker.readers import read_bytes
from checker.renderers.annotated import AUTHOR, notes_of, render_annotated
from tests.readers.test_contract import lines, word

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "tests" / "readers" / "fixtures" / "docx" / "report.docx"
HEIJING = word(lines(ROOT / "examples" / "heijing-2023.txt"))
CHECKLIST = load_checklist(checklist_source(None))
DATE = datetime.date(2026, 11, 22)
OF_COMMENTS = {qn("w:commentRangeStart"), qn("w:commentRangeEnd")}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def annotated(data: bytes, name: str = "草稿.docx") -> tuple[bytes, bool, Assessment, Document]:
    document = read_bytes(name, data)
    assessment = with_nearest(audit_document(document, CHECKLIST, path=name))
    copy, itself = render_annotated(data, document, assessment, date=DATE)
    return copy, itself, assessment, document


def without_comments(xml: bytes) -> bytes:
    """A part's XML in canonical form, without the marks of comments."""
    root = etree.fromstring(xml)
    for element in list(root.iter()):
        holds = element.tag == qn("w:r") and element.find(qn("w:commentReference")) is not None
        if element.tag in OF_COMMENTS or holds:
            element.getparent().remove(element)
    return etree.tostring(root, method="c14n")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def notes_in(data: bytes) -> list[tuple[str, str]]:
    """Every comment with the text of the runs that it stands at."""
    document = docx.Document(io.BytesIO(data))
    texts: dict[str, str] = {}
    open_ids: set[str] = set()
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            open_ids.add(element.get(qn("w:id")))
        elif element.tag == qn("w:commentRangeEnd"):
            open_ids.discard(element.get(qn("w:id")))
        elif element.tag == qn("w:t"):
            for one in open_ids:
                texts[one] = texts.get(one, "") + (element.text or "")
    return [(comment.text, texts.get(str(comment.comment_id), "")) for comment in document.comments]


@pytest.mark.parametrize("data", [FIXTURE.read_bytes(), HEIJING], ids=["revisions, boxes, fields", "plain"])
def test_outside_the_comments_every_part_stays_as_it_was(data: bytes) -> None:
    copy, itself, assessment, _ = annotated(data)
    assert itself
    assert notes_of(assessment)
    before, after = parts(data), parts(copy)
    changed = {"word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert before.keys() - after.keys() == set()
    assert after.keys() - before.keys() <= changed
    for name in before.keys() - changed:
        if name.endswith((".xml", ".rels")):
            assert without_comments(after[name]) == without_comments(before[name]), name
        else:
            assert after[name] == before[name], name


@pytest.mark.parametrize("data", [FIXTURE.read_bytes(), HEIJING], ids=["revisions, boxes, fields", "plain"])
def test_the_copy_reads_as_the_draft(data: bytes) -> None:
    copy, _, _, document = annotated(data)
    assert read_bytes("副本.docx", copy).blocks == document.blocks


def test_every_gap_thin_item_and_defect_has_its_note_with_requirement_and_remedy() -> None:
    copy, _, assessment, _ = annotated(HEIJING)
    notes = [text for text, _ in notes_in(copy)]
    wanted = [f for f in assessment.findings if f.status in (Status.UNMET, Status.DEFERRED, Status.THIN)]
    assert len(notes) == len(wanted) + len(assessment.defects)
    for finding in wanted:
        (note,) = [n for n in notes if n.split("\n")[0].endswith(f"】{finding.item.title}")]
        assert finding.item.requirement in note
        assert finding.item.remedy in note
        assert "依据：" in note
    for defect in assessment.defects:
        assert any(defect.message in note and defect.suggestion in note for note in notes)


def test_a_note_stands_at_its_words_or_at_the_heading_where_they_belong() -> None:
    copy, _, assessment, _ = annotated(HEIJING)
    notes = dict(notes_in(copy))
    squeezed = {text: "".join(place.split()) for text, place in notes.items()}
    for defect in assessment.defects:
        place = next(squeezed[text] for text in notes if defect.message in text)
        assert "".join(defect.quote.split()) in place
    headings = {"".join(s.title.split()) for s in assessment.report.walk() if s.title}
    for finding in assessment.findings:
        if finding.status is Status.UNMET and not finding.evidence.quotes:
            place = next(
                p for t, p in squeezed.items() if t.startswith(f"【报告未反映】{finding.item.title}\n")
            )
            assert any(heading in place for heading in headings) or assessment.report.title in place


def test_comments_that_were_there_stay() -> None:
    draft = docx.Document(io.BytesIO(HEIJING))
    draft.add_comment(draft.paragraphs[3].runs, "请张科长核实", "李四", "李")
    before = io.BytesIO()
    draft.save(before)
    copy, *_ = annotated(before.getvalue())
    authors = [comment.author for comment in docx.Document(io.BytesIO(copy)).comments]
    assert authors[0] == "李四"
    assert set(authors[1:]) == {AUTHOR}


def test_of_another_kind_of_file_the_copy_is_its_text_and_says_so() -> None:
    text = (ROOT / "examples" / "heijing-2023.txt").read_bytes()
    copy, itself, assessment, document = annotated(text, "黑井镇.txt")
    assert not itself
    paragraphs = [p.text for p in docx.Document(io.BytesIO(copy)).paragraphs]
    assert "不是原件" in paragraphs[0]
    assert "黑井镇.txt" in paragraphs[0]
    assert paragraphs[1:] == [block.text.replace("\xa0", "\xa0") for block in document.blocks]
    assert len(notes_in(copy)) == len(notes_of(assessment))


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert annotated(HEIJING)[0] == annotated(HEIJING)[0]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_the_copy_with_all_its_comments(tmp_path: Path) -> None:
    copy, _, assessment, _ = annotated(HEIJING)
    (tmp_path / "a.docx").write_bytes(copy)
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "odt", "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(tmp_path / "a.odt") as archive:
        content = archive.read("content.xml")
    assert content.count(b"<office:annotation ") == len(notes_of(assessment))
