"""PDF: what a reader of the pages sees, out of files written by hand and by LibreOffice."""

from __future__ import annotations

import random
import sys
import types
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import checker.readers.pdf.fonts
from checker.errors import ReadError
from checker.model.document import Document
from checker.readers.layout.glyphs import fold_glyph
from checker.readers.layout.page import Mark, Page
from checker.readers.pdf import FONTLESS, INSTALL_FONTS, read_pdf
from checker.readers.pdf.fonts import has_fonts

FIXTURES = Path(__file__).parent / "fixtures" / "pdf"
FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
    "/Supplement 4>>/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]"
    "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>"
)
# An embedded-looking font whose codes say nothing about characters.
MUTE = (
    FONT.replace("UniGB-UTF16-H", "Identity-H")
    .replace("(GB1)", "(Identity)")
    .replace("STSong-Light", "ABCDEF+X")
)
IMAGE = (
    "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    "stream\nX\nendstream"
)
NEEDS_FONTS = pytest.mark.skipif(
    not has_fonts(), reason="no font for Chinese text with letters and figures on this machine"
)
SENTENCE = "现将二〇二一年度法治政府建设情况报告如下请予审议"


@pytest.fixture(autouse=True)
def fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most files here hold no fonts, and yet are read whole without them."""
    monkeypatch.setattr(checker.readers.pdf.fonts, "has_fonts", lambda: True)


def show(text: str, x: float, y: float, *, size: float = 16, mode: int = 0, matrix: str = "") -> str:
    """The operators that show a text; the code of a character is its UTF-16."""
    code = text.encode("utf-16-be").hex()
    place = f"{matrix} {x} {y} Tm" if matrix else f"1 0 0 1 {x} {y} Tm"
    return f"BT {mode} Tr /F {size} Tf {place} <{code}> Tj ET\n"


def pdf(*contents: str, page: str = "", font: str = FONT, further: str = "null") -> bytes:
    """A PDF with a page for each stream of operators; `page` are further entries of every page."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", font, IMAGE, further]
    kids = []
    for content in contents:
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
            f"/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>{page}>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    out, places = "%PDF-1.5\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer{trailer}".encode("latin-1")


SCAN = "q 595 0 0 842 0 0 cm /I Do Q\n"


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_text_is_read_with_its_page() -> None:
    document = read_pdf(pdf(show("一、工作情况", 72, 700), show("二、下步打算", 72, 700)))
    assert [(block.text, block.page) for block in document.blocks] == [
        ("一、工作情况", 1),
        ("二、下步打算", 2),
    ]
    assert (document.kind, document.doubt, document.notes) == ("pdf", "", ())


def test_without_fonts_a_text_in_a_font_that_is_not_embedded_is_doubted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checker.readers.pdf.fonts, "has_fonts", lambda: False)
    document = read_pdf(pdf(show(SENTENCE, 72, 700)))
    assert (document.doubt, document.notes) == (FONTLESS, (INSTALL_FONTS,))
    assert read_pdf((FIXTURES / "table.pdf").read_bytes()).doubt == ""  # its fonts are embedded


def test_hidden_text_is_left_out() -> None:
    assert texts(read_pdf(pdf(show("看得见", 72, 700) + show("看", 72, 600, mode=3)))) == ["看得见"]


def test_text_under_a_scan_is_kept_with_a_doubt() -> None:
    document = read_pdf(pdf(SCAN + show(SENTENCE, 72, 700, mode=3)))
    assert texts(document) == [SENTENCE]
    assert document.doubt == "PDF 的文字层由文字识别得到，可能漏字"


@NEEDS_FONTS
def test_visible_text_covered_by_a_scan_is_recognised_text() -> None:
    lines = "".join(show(SENTENCE, 72, 700 - 30 * i) for i in range(3))
    assert read_pdf(pdf(lines + SCAN)).doubt
    assert not read_pdf(pdf(SCAN + lines)).doubt  # a picture behind the text


def test_text_outside_of_the_page_is_left_out() -> None:
    content = show("页面之内", 72, 700) + show("页面之外", 72, 2000) + show("裁去的字", 72, 60)
    assert texts(read_pdf(pdf(content, page="/CropBox[0 100 595 842]"))) == ["页面之内"]


@NEEDS_FONTS
@pytest.mark.parametrize(
    ("turn", "matrix", "x", "y"),
    [(90, "0 1 -1 0", 100, 72), (180, "-1 0 0 -1", 500, 700), (270, "0 -1 1 0", 400, 700)],
)
def test_a_turned_page_is_read_upright(turn: int, matrix: str, x: int, y: int) -> None:
    step = {90: (28, 0), 180: (0, -28), 270: (-28, 0)}[turn]
    content = show("第一行文字。", x, y, matrix=matrix) + show(
        "第二行文字。", x + step[0], y + step[1], matrix=matrix
    )
    if turn == 180:
        content = show("第二行文字。", x, y, matrix=matrix) + show("第一行文字。", x, y - 28, matrix=matrix)
    assert texts(read_pdf(pdf(content, page=f"/Rotate {turn}"))) == ["第一行文字。", "第二行文字。"]


def test_characters_printed_twice_count_once() -> None:
    assert texts(read_pdf(pdf(show("人人有责", 72, 700) + show("人人有责", 72.6, 700)))) == ["人人有责"]


@NEEDS_FONTS
def test_a_line_of_many_text_objects_is_one() -> None:
    content = "".join(show(character, 72 + 16 * i, 700) for i, character in enumerate("人人有责，2件。"))
    assert texts(read_pdf(pdf(content))) == ["人人有责，2件。"]


@NEEDS_FONTS
def test_replaced_text_in_a_form_stands_where_it_is_drawn() -> None:
    name = "法".encode("utf-16-be").hex()
    look = show("依", 10, 10) + f"/Span<</ActualText<feff{name}>>>BDC\n{show('X', 26, 10)}EMC\n"
    look += show("治国", 42, 10)
    form = (
        f"<</Type/XObject/Subtype/Form/BBox[0 0 400 40]/Matrix[1 0 0 1 100 500]"
        f"/Resources<</Font<</F 3 0 R>>>>/Length {len(look)}>>stream\n{look}\nendstream"
    )
    data = pdf(show(SENTENCE, 72, 700) + "/N Do\n", further=form).replace(b"/I 4 0 R", b"/N 5 0 R")
    assert texts(read_pdf(data)) == [SENTENCE, "依法治国"]


def test_wrong_codes_of_fonts_are_doubted() -> None:
    document = read_pdf(pdf(show(SENTENCE, 72, 700) + show("Ā地㩾䣯㪰：2×3㎡", 72, 600)))
    assert document.doubt == "PDF 的字体编码有误，部分文字会读错"


def test_radicals_ligatures_and_compatibility_characters_are_folded() -> None:
    assert texts(read_pdf(pdf(show("⼀⽅", 72, 700)))) == ["一方"]
    assert "".join(map(fold_glyph, "⼀、⽅⻓⾔令ﬁ，Ａ①")) == "一、方长言令fi，Ａ①"


def test_a_text_box_laid_over_the_page_is_read() -> None:
    look = show("补充说明", 10, 10)
    box = "/Annots[<</Type/Annot/Subtype/FreeText/F 4/Rect[72 500 300 540]/AP<</N 5 0 R>>>>]"
    form = f"<</Type/XObject/Subtype/Form/BBox[0 0 228 40]/Resources<</Font<</F 3 0 R>>>>/Length {len(look)}>>stream\n{look}\nendstream"
    document = read_pdf(pdf(show(SENTENCE, 72, 700), page=box, further=form))
    assert texts(document) == [SENTENCE, "补充说明"]


def test_a_watermark_stands_apart() -> None:
    mark = show("内部资料", 200, 400, size=40, matrix="0.7 0.7 -0.7 0.7")
    document = read_pdf(pdf(show(SENTENCE, 72, 700) + mark + show(SENTENCE, 72, 420)))
    assert texts(document) == [SENTENCE, SENTENCE]
    assert document.apart == ("内部资料",)


def test_no_text_at_all_asks_for_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    ocr(monkeypatch, None)
    with pytest.raises(ReadError, match=r"PDF 是扫描图片，没有文字层。.*fazhi\[ocr\].*\.docx 后再查。$"):
        read_pdf(pdf(SCAN, SCAN))


def test_a_font_without_characters_is_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    ocr(monkeypatch, None)
    with pytest.raises(ReadError, match="没有文字层"):
        read_pdf(pdf(show(SENTENCE, 72, 700), font=MUTE))


def test_a_page_that_is_a_picture_is_doubted_and_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    ocr(monkeypatch, None)
    document = read_pdf(pdf(show(SENTENCE, 72, 700), "", SCAN))
    assert texts(document) == [SENTENCE]
    assert document.doubt == "第3页是图片，没有读到文字"
    assert "fazhi[ocr]" in document.notes[0]


def test_ocr_reads_the_pages_that_are_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    ocr(monkeypatch, "识别出来的文字")
    document = read_pdf(pdf(show(SENTENCE, 72, 700), SCAN))
    assert [(block.text, block.page) for block in document.blocks] == [(SENTENCE, 1), ("识别出来的文字", 2)]
    assert document.doubt == "第2页由文字识别（OCR）得到，可能漏字漏行"


def test_blank_pages_are_fine() -> None:
    document = read_pdf(pdf("", show(SENTENCE, 72, 700), ""))
    assert (texts(document), document.doubt) == ([SENTENCE], "")


def ocr(monkeypatch: pytest.MonkeyPatch, text: str | None) -> None:
    """An OCR engine that sees this text in every picture; none where there is no text to see."""
    module = types.ModuleType("checker.readers.ocr")
    module.available = lambda: text is not None  # type: ignore[attr-defined]
    module.ocr_page = lambda image, width, height: Page(  # type: ignore[attr-defined]
        width, height, [Mark(str(text), 72, 300, 200, 316)]
    )
    monkeypatch.setitem(sys.modules, "checker.readers.ocr", module)
    monkeypatch.setattr(checker.readers.pdf, "_picture", lambda page, width, height: None)


@pytest.mark.parametrize("kind", ["line", "filled", "stroked"])
def test_a_table_is_read_by_its_lines_however_they_are_drawn(kind: str) -> None:
    cells = [["项目", "数量"], ["复议案件", "十二件"]]
    content = "".join(
        show(text, 104 + 150 * c, 700 - 40 * r, size=12)
        for r, row in enumerate(cells)
        for c, text in enumerate(row)
    )
    assert [(b.text, b.table) for b in read_pdf(pdf(content + GRIDS[kind])).blocks] == [
        ("项目　数量", True),
        ("复议案件　十二件", True),
    ]


LEVELS = [(100, y, 400, y) for y in (730, 690, 650)] + [(x, 650, x, 730) for x in (100, 250, 400)]
GRIDS = {
    "line": "".join(f"{a} {b} m {c} {d} l S\n" for a, b, c, d in LEVELS),
    "filled": "".join(f"{a} {b} {max(c - a, 0.5)} {max(d - b, 0.5)} re\n" for a, b, c, d in LEVELS) + "f\n",
    "stroked": "".join(f"{x} {y} 150 40 re S\n" for x in (100, 250) for y in (650, 690)),
}


def test_too_many_pages_name_the_limit() -> None:
    with pytest.raises(ReadError, match="301 页，超过 300 页的上限"):
        read_pdf(pdf(*[""] * 301))


def test_too_many_characters_name_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker.readers.pdf, "MAX_CHARACTERS", 20)
    with pytest.raises(ReadError, match="超过 20 字的上限"):
        read_pdf(pdf(show(SENTENCE, 72, 700)))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\ngarbage" * 50, pdf("")[:60]])
def test_broken_files_are_an_error(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"。$"):
        read_pdf(data)


def test_a_lost_cross_reference_table_is_mended() -> None:
    data = pdf(show(SENTENCE, 72, 700))
    assert texts(read_pdf(data.replace(b"startxref\n", b"startxref\n9"))) == [SENTENCE]


def test_a_password_is_named() -> None:
    with pytest.raises(ReadError, match="去掉打开密码"):
        read_pdf((FIXTURES / "locked.pdf").read_bytes())


def test_a_file_that_only_restricts_its_readers_is_read() -> None:
    assert any("法治政府建设" in text for text in texts(read_pdf((FIXTURES / "restricted.pdf").read_bytes())))


def official() -> list[str]:
    """The text of official.pdf and columns.pdf."""
    said = (
        "全面落实行政执法公示制度，公示执法决定28件。",
        "审查规范性文件14件，报备率100%。",
        "组织领导干部学法4次。",
        "办理行政复议案件12件，无一败诉。",
    )
    lines = ["沙坡头区人民政府关于2021年度法治政府建设情况的年度报告", "区人大："]
    for part, (number, name) in enumerate(zip("一二三", ("工作情况", "存在问题", "下步打算"), strict=True)):
        lines.append(f"{number}、{name}")
        for k, mark in enumerate("一二三四", 4 * part + 2):
            lines.append(f"（{mark}）" + "".join(said[(k + i * (k + 1)) % 4] for i in range(1 + k % 5)))
    return [*lines, "沙坡头区人民政府", "2022年1月12日"]


def test_an_official_document_keeps_its_paragraphs() -> None:
    document = read_pdf((FIXTURES / "official.pdf").read_bytes())
    assert texts(document) == official()
    assert document.apart == ("法治政府建设年度报告", "—1—", "—2—")
    assert {block.page for block in document.blocks} == {1, 2}


def test_two_columns_give_the_same_text() -> None:
    assert texts(read_pdf((FIXTURES / "columns.pdf").read_bytes())) == official()


def test_a_table_with_merged_cells_is_read_by_rows() -> None:
    document = read_pdf((FIXTURES / "table.pdf").read_bytes())
    assert [block.text for block in document.blocks if block.table] == [
        "序号　项目　完成情况",
        "1　行政复议案件　全年共办理行政复议案件28件，其中纠错3件，调解结案11件，按期办结率达到100%　已完成",
        "2　规范性文件　审查14件　已完成",
        "备案12件　已完成",
        "合计　54",
    ]


SEEDS = (
    *(path.read_bytes() for path in sorted(FIXTURES.glob("*.pdf"))),
    pdf(SCAN + show(SENTENCE, 72, 700, mode=3) + GRIDS["line"], show(SENTENCE, 72, 600), page="/Rotate 90"),
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), st.randoms(use_true_random=False))
def test_mutated_files_give_a_document_or_an_error(data: bytes, chance: random.Random) -> None:
    mutant = bytearray(data)
    for _ in range(chance.choice([1, 3, 20])):
        place = chance.randrange(len(mutant))
        if chance.random() < 0.7:
            mutant[place] = chance.randrange(256)
        else:  # a byte stays, so that there is a place to go on at
            del mutant[max(place, 1) : place + chance.choice([1, 9, 400])]
    readable(bytes(mutant))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_document_or_an_error(data: bytes) -> None:
    readable(data)
    readable(b"%PDF-1.4\n" + data)


def readable(data: bytes) -> None:
    try:
        assert isinstance(read_pdf(data), Document)
    except ReadError as error:
        assert str(error).endswith("。")
