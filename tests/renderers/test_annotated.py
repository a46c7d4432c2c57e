"""Notes in the margin (批注): the draft itself stays as it was, and every note stands where it belongs."""

from __future__ import annotations

import dataclasses
import datetime
import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from checker.audit import audit_document
from checker.load import checklist_source, load_checklist
from checker.model.assessment import Assessment, Defect, Status
from checker.model.document import Document
from checker.model.report import Role, Span
from checker.nearest import with_nearest
from checker.readers import read_bytes
from checker.renderers.annotated import AUTHOR, notes_of, render_annotated
from tests.readers.test_contract import lines, word
from tests.renderers.assessments import assessment

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "tests" / "readers" / "fixtures" / "docx" / "report.docx"
HEIJING = word(lines(ROOT / "examples" / "heijing-2023.txt"))
CHECKLIST = load_checklist(checklist_source(None))
DATE = datetime.date(2026, 11, 22)
OF_COMMENTS = {qn("w:commentRangeStart"), qn("w:commentRangeEnd")}
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def annotated(data: bytes, name: str = "草稿.docx") -> tuple[bytes, bool, Assessment, Document]:
    document = read_bytes(name, data)
    assessment = with_nearest(audit_document(document, CHECKLIST, path=name))
    copy, itself = render_annotated(data, document, assessment, date=DATE)
    return copy, itself, assessment, document


def without_comments(xml: bytes) -> bytes:
    """A part's XML in canonical form, without the marks of comments, runs of equal properties joined."""
    root = etree.fromstring(xml)
    for element in list(root.iter()):
        holds = element.tag == qn("w:r") and element.find(qn("w:commentReference")) is not None
        if element.tag in OF_COMMENTS or holds:
            element.getparent().remove(element)
    for run in list(root.iter(qn("w:r"))):
        before = run.getprevious()
        if before is not None and before.tag == run.tag and looks(before) == looks(run):
            before.extend([child for child in run if child.tag != qn("w:rPr")])
            run.getparent().remove(run)
    for text in list(root.iter(qn("w:t"))):
        text.set(XML_SPACE, "preserve")
        before = text.getprevious()
        if before is not None and before.tag == text.tag:
            before.text = f"{before.text or ''}{text.text or ''}"
            text.getparent().remove(text)
    return etree.tostring(root, method="c14n")


def looks(run: Any) -> tuple[dict[str, str], bytes]:
    properties = run.find(qn("w:rPr"))
    return dict(run.attrib), b"" if properties is None else etree.tostring(properties, method="c14n")


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
    runs = [xml["word/document.xml"].count(b"</w:r>") for xml in (before, after)]
    assert runs[1] - runs[0] <= 3 * len(notes_of(assessment))


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


def test_a_note_stands_at_just_its_words_or_at_the_heading_where_they_belong() -> None:
    copy, _, assessment, _ = annotated(HEIJING)
    notes = dict(notes_in(copy))
    for defect in assessment.defects:
        assert notes[next(text for text in notes if defect.message in text)] == defect.quote
    headings = [assessment.report.quote(s.heading) for s in assessment.report.walk() if s.title]
    for finding in assessment.findings:
        texts = [text for text in notes if text.split("\n")[0].endswith(f"】{finding.item.title}")]
        quoted = [quote.text for quote in finding.evidence.quotes]
        for text in texts:
            assert notes[text] in (*(quoted or headings), assessment.report.title)


def test_what_is_missing_is_noted_where_the_work_of_the_year_is_told() -> None:
    copy, _, told, _ = annotated(HEIJING)
    measures = [
        told.report.quote(s.heading)
        for top in told.report.sections
        for s in top.walk()
        if top.role == Role.MEASURES
    ]
    missing = [f.item for f in told.findings if f.status is Status.UNMET and not f.evidence.quotes]
    titles = {
        f"【报告未反映】{item.title}"
        for item in missing
        if item.rule.check == "mention" and not item.rule.roles
    }
    places = [place for note, place in notes_in(copy) if note.split("\n")[0] in titles]
    assert len(places) == len(titles) > 20
    assert set(places) <= set(measures)


def test_no_note_stands_in_the_table_of_contents() -> None:
    parts = [
        ("一、主要举措和成效", "全年召开听证会2次。"),
        ("二、存在的不足", "培训不够。"),
        ("三、下步安排", "开展培训。"),
    ]
    contents = [f"{heading}\t{page}" for page, (heading, _) in enumerate(parts, start=1)]
    texts = [
        "青麓镇2023年法治政府建设年度报告",
        "目录",
        *contents,
        *(text for part in parts for text in part),
    ]
    copy, *_ = annotated(word(texts))
    starts = [
        len(p._p.findall(qn("w:commentRangeStart"))) for p in docx.Document(io.BytesIO(copy)).paragraphs
    ]
    assert starts[2:5] == [0, 0, 0]
    assert starts[5] > 20


def noted(paragraph: str, words: str) -> list[tuple[str, str]]:
    """The runs of a draft's paragraph, given as XML, that a note about some of its words stands at."""
    draft = docx.Document()
    draft.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{paragraph}</w:p>"))
    saved = io.BytesIO()
    draft.save(saved)
    document = read_bytes("草稿.docx", saved.getvalue())
    text = "\n".join(block.text for block in document.blocks)
    defect = Defect("text.sum", Span(text.index(words), text.index(words) + len(words)), words, "甲", "乙")
    told = assessment(defects=(defect,), text=text)
    copy, _ = render_annotated(saved.getvalue(), document, told, date=DATE)
    before, after = parts(saved.getvalue())["word/document.xml"], parts(copy)["word/document.xml"]
    assert without_comments(after) == without_comments(before)
    assert read_bytes("副本.docx", copy).blocks == document.blocks
    return notes_in(copy)


BOLD = "<w:rPr><w:b/></w:rPr>"
WPS = '<w:rPr><w:rFonts w:hint="eastAsia"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
BOX = (
    "<w:r><w:t>框前</w:t></w:r><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
    "<w:txbxContent><w:p><w:r><w:t>框中有错</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


@pytest.mark.parametrize(
    ("paragraph", "words", "marked"),
    [
        ("<w:r><w:t>召开会议3次。</w:t></w:r>", "会议3次", "会议3次"),
        (f"<w:r>{BOLD}<w:t>召开会</w:t></w:r><w:r><w:t>议3次。</w:t></w:r>", "会议3", "会议3"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙丙</w:t><w:tab/><w:t>丁</w:t></w:r>", "乙丙", "乙丙"),
        ('<w:r><w:t xml:space="preserve"> 甲 乙 丙 </w:t></w:r>', "乙 ", "乙 "),
        ("<w:r><w:t>甲 乙 丙</w:t></w:r>", " 乙 ", " 乙 "),
        ("<w:r><w:t> 甲乙丙</w:t></w:r>", "乙", " 甲乙丙"),
        ("<w:r><w:t>　　甲乙丙</w:t></w:r>", "乙", "乙"),
        ('<w:ins w:id="7" w:author="李"><w:r><w:t>召开会议3次</w:t></w:r></w:ins>', "会议", "会议"),
        ('<w:hyperlink w:anchor="a"><w:r><w:t>召开会议</w:t></w:r></w:hyperlink>', "会议", "会议"),
        ("<w:sdt><w:sdtContent><w:r><w:t>召开会议</w:t></w:r></w:sdtContent></w:sdt>", "会议", "会议"),
        ('<w:r><w:t>甲乙</w:t><w:footnoteReference w:id="9"/></w:r><w:r><w:t>丙</w:t></w:r>', "乙", "甲乙"),
        ('<w:r><w:rPr><w:rPrChange w:id="3" w:author="李"/></w:rPr><w:t>甲乙丙</w:t></w:r>', "乙", "甲乙丙"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>共12页</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "12",
            "12",
        ),
        ("<w:r><w:t>甲𠮷乙丙</w:t></w:r>", "乙", "乙"),
        (
            f'<w:r w:rsidR="00A1">{WPS}<w:t>召开会</w:t></w:r><w:bookmarkStart w:id="0" w:name="_GoBack"/>'
            f'<w:bookmarkEnd w:id="0"/><w:proofErr w:type="spellStart"/><w:r>{WPS}<w:t>议3次</w:t></w:r>',
            "会议3",
            "会议3",
        ),
    ],
    ids=[
        *(
            "in one run",
            "over two runs",
            "between tabs",
            "spaces kept",
            "spaces at the cut",
            "spaces not shown",
            "Chinese spaces",
        ),
        *(
            "inserted",
            "link",
            "content control",
            "footnote in the run",
            "revised properties",
            "field",
            "rare Han",
            "as WPS writes",
        ),
    ],
)
def test_a_run_is_cut_where_that_changes_nothing(paragraph: str, words: str, marked: str) -> None:
    assert [place for _, place in noted(paragraph, words)] == [marked]


def test_a_note_on_a_text_box_stands_at_its_anchor() -> None:
    assert [place for _, place in noted(BOX, "有错")] == ["框中有错"]


def test_a_note_on_a_footnote_stands_at_its_reference() -> None:
    copy, _, told, document = annotated(FIXTURE.read_bytes())
    offset = told.report.text.index("脚注")
    piece = document.locate(offset)
    assert piece is not None
    assert piece.part == "word/footnotes.xml"
    defect = Defect("text.sum", Span(offset, offset + 2), "脚注", "甲", "乙")
    noted = dataclasses.replace(told, findings=(), defects=(defect,))
    copy, _ = render_annotated(FIXTURE.read_bytes(), document, noted, date=DATE)
    (start,) = docx.Document(io.BytesIO(copy)).element.body.iter(qn("w:commentRangeStart"))
    assert start.getnext().find(qn("w:footnoteReference")) is not None


def test_two_notes_cut_one_run_without_losing_each_other() -> None:
    document = read_bytes("草稿.docx", word(["甲乙丙丁戊己庚"]))
    spans = [Span(1, 4), Span(2, 3), Span(3, 6), Span(0, 7)]
    defects = tuple(Defect("text.sum", span, str(n), f"问题{n}", "改") for n, span in enumerate(spans))
    told = assessment(defects=defects, text="甲乙丙丁戊己庚")
    copy, _ = render_annotated(word(["甲乙丙丁戊己庚"]), document, told, date=DATE)
    assert sorted(place for _, place in notes_in(copy)) == sorted(
        ["乙丙丁", "丙", "丁戊己", "甲乙丙丁戊己庚"]
    )


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
    assert paragraphs[1:] == [block.text for block in document.blocks]
    assert len(notes_in(copy)) == len(notes_of(assessment))
    for defect in assessment.defects:
        assert any(defect.message in note and place == defect.quote for note, place in notes_in(copy))


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert annotated(HEIJING)[0] == annotated(HEIJING)[0]


def libreoffice(data: bytes, folder: Path) -> bytes:
    """The document as LibreOffice writes it."""
    (folder / "a.docx").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(folder / "out"), str(folder / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "out" / "a.docx").read_bytes()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_draft_by_libreoffice_and_its_comments_survive_libreoffice(tmp_path: Path) -> None:
    copy, itself, told, document = annotated(libreoffice(HEIJING, tmp_path))
    assert itself
    assert len(notes_in(copy)) == len(notes_of(told)) > 0
    back = libreoffice(copy, tmp_path)
    assert sorted(notes_in(back)) == sorted(notes_in(copy))
    assert [block.text for block in read_bytes("副本.docx", back).blocks] == [b.text for b in document.blocks]


@given(
    st.lists(
        st.tuples(st.text("甲乙丙𠮷 　a", min_size=1, max_size=5), st.booleans()), min_size=1, max_size=4
    ),
    st.lists(st.tuples(st.integers(0, 19), st.integers(1, 9)), min_size=1, max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_noted_the_draft_stays_and_just_the_words_are_marked(
    runs: list[tuple[str, bool]], places: list[tuple[int, int]]
) -> None:
    draft = docx.Document()
    paragraph = draft.add_paragraph()
    for shown, bold in [*runs, ("文", False)]:
        paragraph.add_run(shown).bold = bold
    saved = io.BytesIO()
    draft.save(saved)
    document = read_bytes("草稿.docx", saved.getvalue())
    text = document.blocks[0].text
    assume(text == "".join(shown for shown, _ in runs) + "文")
    spans = [Span(start % len(text), min(len(text), start % len(text) + size)) for start, size in places]
    defects = tuple(Defect("text.sum", span, str(n), f"问题{n}", "改") for n, span in enumerate(spans))
    copy, _ = render_annotated(saved.getvalue(), document, assessment(defects=defects, text=text), date=DATE)
    assert without_comments(parts(copy)["word/document.xml"]) == without_comments(
        parts(saved.getvalue())["word/document.xml"]
    )
    assert sorted(place for _, place in notes_in(copy)) == sorted(text[s.start : s.end] for s in spans)
