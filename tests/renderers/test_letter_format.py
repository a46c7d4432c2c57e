"""GB/T 9704-2012 on letters and notices: first in the XML, then measured on the printed page.

Millimetres on the page are within 1 mm, those of rules within 0.2 mm; the fonts of the standard
are not installed where the tests run, so that the ink of single characters differs a little.
"""

from __future__ import annotations

import collections
import io
import itertools
import re
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from checker.model.assessment import Status
from checker.readers.libreoffice import find_soffice
from checker.renderers.merging import merged
from tests.renderers.assessments import assessment, quote
from tests.renderers.letters import (
    NAME_40,
    NOTICE,
    UNIT_40,
    Sign,
    bars,
    every_kind,
    gap,
    letter,
    line,
    lines,
    printed,
    rendered,
    signs,
    texts,
)

RED = (255, 0, 0)
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0  # the type area of 156 x 225 mm
POINT = 25.4 / 72
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def near(length: float, within: float = 1.0) -> Any:
    return pytest.approx(length, abs=within)


# --- in the XML ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def document() -> Any:
    return Document(io.BytesIO(rendered(every_kind())))


def test_paper_margins_and_header_are_those_of_the_standard(document: Any) -> None:
    section = document.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert document.settings.odd_and_even_pages_header_footer
    assert section.different_first_page_header_footer


@pytest.mark.parametrize(
    ("style", "font", "size", "line_pitch"),
    [
        ("公文正文", "仿宋_GB2312", 16, 28.95),
        ("公文一级标题", "黑体", 16, 28.95),
        ("公文标题", "方正小标宋简体", 22, 33),
        ("发文机关标志", "方正小标宋简体", 42, 54.6),
        ("附件序号", "黑体", 16, 28.95),
        ("版记", "仿宋_GB2312", 14, 22),
    ],
)
def test_fonts_are_named_for_chinese_with_size_and_exact_line(
    document: Any, style: str, font: str, size: float, line_pitch: float
) -> None:
    told = document.styles[style]
    assert told.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert told.font.size.pt == size
    assert told.paragraph_format.line_spacing.pt == pytest.approx(line_pitch, abs=0.03)
    assert told.element.pPr.find(qn("w:spacing")).get(qn("w:lineRule")) == "exact"


def test_second_headings_are_in_kaiti_and_text_begins_two_characters_in(document: Any) -> None:
    assert document.styles["公文二级标题"].element.rPr.rFonts.get(qn("w:eastAsia")) == "楷体_GB2312"
    body = document.styles["公文正文"]
    assert body.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    assert body.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"  # a quarter of a point


def test_twenty_two_lines_and_twenty_eight_characters_fit_the_type_area() -> None:
    assert 22 * 28.95 <= 225 / POINT < 22.05 * 28.95
    assert 28 * (16 - 0.25) <= 156 / POINT < 28.5 * (16 - 0.25)


def test_two_red_double_rules_stand_in_the_first_page_header_alone(document: Any) -> None:
    header = document.sections[0].first_page_header._element
    told = [
        (
            a.find(f"{WP}positionV").get("relativeFrom"),
            *(int(a.find(f"{WP}extent").get(n)) for n in ("cx", "cy")),
        )
        for a in header.iter(f"{WP}anchor")
    ]
    thick, thin, width = 28800, 10800, 170 * 36000
    page, paragraph = "page", "paragraph"
    assert told == [
        *((paragraph, width, thick), (paragraph, width, thin)),
        *((page, width, thin), (page, width, thick)),
    ]
    assert not list(document.element.body.iter(f"{WP}anchor"))


def test_page_numbers_stand_outside_in_songti_of_14_points_and_not_on_page_one(document: Any) -> None:
    section = document.sections[0]
    assert not "".join(p.text for p in section.first_page_footer.paragraphs)
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert paragraph._p.pPr.find(qn("w:ind")).get(qn(f"w:{side}")) == "280"
        assert paragraph.text.startswith("— ") and paragraph.text.endswith(" —")
        assert {run.font.size.pt for run in paragraph.runs} == {14}
        assert {run._r.rPr.rFonts.get(qn("w:ascii")) for run in paragraph.runs} == {"宋体"}


def closing(data: bytes) -> tuple[dict[str, float], dict[str, float]]:
    """Left and right indents of name and date, in points."""
    told = []
    for paragraph in Document(io.BytesIO(data)).paragraphs:
        if paragraph.style.name in ("署名", "成文日期"):
            indent = paragraph._p.pPr.find(qn("w:ind"))
            told.append({side: int(indent.get(qn(f"w:{side}"))) / 20 for side in ("left", "right")})
    return told[0], told[1]


def test_under_a_seal_the_name_stands_over_the_middle_of_the_date() -> None:
    name, date = closing(rendered(every_kind()))
    assert name["left"] - name["right"] == pytest.approx(date["left"] - date["right"], abs=0.2)
    width, dated = 156 / POINT, 6 * 7.75 + 3 * 15.75
    axis = (width + date["right"] - date["left"]) / 2  # from the right
    assert axis == pytest.approx(64 + dated / 2, abs=0.5)


def test_without_a_seal_the_date_begins_two_characters_behind_the_name() -> None:
    name, date = closing(rendered(every_kind(), letter(seal=False)))
    assert date["left"] - name["left"] == 32
    assert 156 / POINT - name["left"] - 6 * 15.75 == pytest.approx(32, abs=0.6)


def test_a_seal_gets_two_lines_of_space_and_no_seal_one() -> None:
    for sent, blank in ((letter(), 2), (letter(seal=False), 1)):
        told = Document(io.BytesIO(rendered(every_kind(), sent))).paragraphs
        at = next(n for n, paragraph in enumerate(told) if paragraph.style.name == "署名")
        before = [paragraph.style.name for paragraph in told[at - blank - 1 : at]]
        assert before == ["附件说明续", *["公文空行"] * blank]


@pytest.mark.parametrize(
    ("body", "size", "scale", "count"),
    [("某区政府", 42, 100, 1), ("甲" * 13, 34, 100, 1), ("甲" * 20, 26, 85, 1), ("甲" * 40, 26, 85, 2)],
)
def test_a_long_name_gets_smaller_then_narrower_then_a_second_line(
    body: str, size: float, scale: int, count: int
) -> None:
    header = Document(io.BytesIO(rendered(every_kind(), letter(body=body)))).sections[0].first_page_header
    run = header.paragraphs[0].runs[0]
    assert run.font.size.pt == pytest.approx(size, abs=0.5)
    assert int(run._r.rPr.find(qn("w:w")).get(qn("w:val"))) == pytest.approx(scale, abs=1)
    assert len(run.text.split("\n")) == count


def test_the_imprint_of_a_notice_has_rules_of_two_thicknesses_and_that_of_a_letter_none() -> None:
    def sizes(data: bytes) -> list[str]:
        table = Document(io.BytesIO(data)).tables[-1]
        return [side.get(qn("w:sz")) for frame in table._tbl.iter(qn("w:tcBorders")) for side in frame]

    assert sizes(rendered(every_kind())) == []
    # 0.35 mm and 0.25 mm in eighths of a point; a rule between two rows is told by both
    assert sizes(rendered(every_kind(), template=NOTICE)) == ["8", "6", "6", "8", "6", "8"]


def test_rows_are_not_torn_and_headers_are_repeated(document: Any) -> None:
    for table in (document.tables[0], document.tables[2]):
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


# --- on the page ---------------------------------------------------------------------------------

needs_soffice = pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")


def full_of_text() -> bytes:
    """A letter with a paragraph of three pages."""
    told = Document(io.BytesIO(rendered(every_kind())))
    paragraph = next(p for p in told.paragraphs if p.style.name == "公文正文")
    paragraph.add_run("国" * 28 * 70)
    data = io.BytesIO()
    told.save(data)
    return data.getvalue()


def long_names(**more: Any) -> bytes:
    sent = letter(UNIT_40, body=NAME_40, cc=(NAME_40, UNIT_40))
    return rendered(assessment(gap(1), unit=UNIT_40, title=f"{UNIT_40}报告"), sent, **more)


CASES = {
    "letter": lambda: rendered(every_kind()),
    "full": full_of_text,
    "one": lambda: rendered(assessment(gap(1)), letter(cc=())),
    "forty": lambda: rendered(every_kind(10), letter(cc=("某单位",) * 12)),
    "long": long_names,
    "short": lambda: rendered(assessment(gap(1), unit="青麓镇政"), letter("青麓镇政", body="某区政府")),
    "tall": lambda: rendered(assessment(gap(1, Status.THIN, quote("句" * 3000)))),
    "notice": lambda: rendered(every_kind(), letter(office="青原区人民政府办公室"), template=NOTICE),
    "notice-long": lambda: long_names(template=NOTICE),
    "merged": lambda: merged([rendered(every_kind(2)), rendered(assessment(gap(1)), letter(cc=()))]),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return printed({name: make() for name, make in CASES.items()}, tmp_path_factory.mktemp("pdf"))


def ink(row: list[Sign]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is printed of a line."""
    return (
        *(min(sign.left for sign in row), min(sign.top for sign in row)),
        *(max(sign.right for sign in row), max(sign.bottom for sign in row)),
    )


def red_bars(page: Any) -> list[tuple[float, float, float, float]]:
    return [(bar.left, bar.top, bar.right, bar.bottom) for bar in bars(page) if bar.colour == RED]


@needs_soffice
@pytest.mark.parametrize(
    ("case", "body"), [("letter", "青原区司法局"), ("short", "某区政府"), ("long", NAME_40[:9])]
)
def test_the_name_stands_30_mm_below_the_edge_and_4_mm_over_the_rule(
    pages: dict[str, Any], case: str, body: str
) -> None:
    page = pages[case][0]
    top_of_name = ink(lines(page)[0])[1]
    assert "".join(sign.text for sign in lines(page)[0]).startswith(body)
    assert top_of_name == near(30)
    number = line(page, "青司函〔2026〕12号")
    name = [row for row in lines(page) if row[0].base < number[0].base]
    rule = red_bars(page)[0]
    assert rule[1] - max(row[0].base for row in name) == near(
        4 + 0.08 * (42 if case != "long" else 26) * POINT
    )
    assert ink(number)[1] - red_bars(page)[1][3] == near(16 * 7 / 8 * POINT)
    assert ink(number)[2] == near(RIGHT)


@needs_soffice
def test_the_rules_are_170_mm_wide_thick_outside_and_only_on_the_first_page(pages: dict[str, Any]) -> None:
    upper, under, over, lower = red_bars(pages["letter"][0])
    for rule in (upper, under, over, lower):
        assert (rule[0], rule[2]) == (near(20, 0.2), near(190, 0.2))
    thickness = [bottom - top for _, top, _, bottom in (upper, under, over, lower)]
    assert thickness == [near(0.8, 0.1), near(0.3, 0.1), near(0.3, 0.1), near(0.8, 0.1)]
    assert 297 - lower[3] == near(20, 0.2)
    assert not [bar for at in range(1, len(pages["letter"])) for bar in red_bars(pages["letter"][at])]


@needs_soffice
def test_a_full_page_has_22_lines_of_28_characters(pages: dict[str, Any]) -> None:
    text = [row for row in lines(pages["full"][1]) if row[0].text != "—"]
    assert [len(row) for row in text] == [28] * 22
    assert text[0][0].base == near(TOP + 0.8 * 28.95 * POINT)
    pitches = {round(below[0].base - above[0].base, 1) for above, below in itertools.pairwise(text)}
    assert pitches == {10.2}
    for row in text:
        assert ink(row)[0] == near(LEFT) and ink(row)[2] == near(RIGHT)


@needs_soffice
def test_the_title_is_two_lines_below_and_centred_and_text_two_characters_in(pages: dict[str, Any]) -> None:
    page = pages["letter"][0]
    number, title = line(page, "青司函"), line(page, "青原区司法局关于补充完善")
    blank = 3 * 28.95 + (0.8 * 33 - 0.8 * 28.95)  # from baseline to baseline over two empty lines
    assert title[0].base - number[0].base == near(blank * POINT)
    left, _, right, _ = ink(title)
    assert (left + right) / 2 == near((LEFT + RIGHT) / 2)
    assert ink(line(page, "青麓镇人民政府："))[0] == near(LEFT)
    assert ink(line(page, "为进一步提高"))[0] == near(LEFT + 2 * 16 * POINT)


@needs_soffice
def test_page_numbers_stand_7_mm_below_the_text_outside_and_not_on_page_one(pages: dict[str, Any]) -> None:
    told = pages["forty"]
    assert not [row for row in lines(told[0]) if row[0].text == "—"]
    for at in range(1, len(told)):
        row = next(row for row in lines(told[at]) if row[0].text == "—" and row[0].base > BOTTOM)
        assert "".join(sign.text for sign in row) == f"—{at + 1}—"
        left, _, right, _ = ink(row)
        if at % 2:  # an even page
            assert left == near(LEFT + 14 * POINT)
        else:
            assert right == near(RIGHT - 14 * POINT)
        assert row[0].top - BOTTOM == near(7)
    first = next(row for row in lines(pages["notice"][0]) if row[0].base > BOTTOM)
    assert "".join(sign.text for sign in first) == "—1—"


@needs_soffice
def test_name_and_date_are_centred_on_each_other(pages: dict[str, Any]) -> None:
    for case in ("letter", "long", "short"):
        page = next(p for p in pages[case] if any("（联系人" in "".join(s.text for s in r) for r in lines(p)))
        rows = lines(page)
        remark = next(n for n, row in enumerate(rows) if "".join(s.text for s in row).startswith("（联系人"))
        date, name = rows[remark - 1], rows[remark - 2]
        middle = [(ink(row)[0] + ink(row)[2]) / 2 for row in (date, name)]
        assert middle[0] == near(middle[1], 1.5)
        assert all(ink(row)[2] < RIGHT + 0.5 for row in (date, name))


@needs_soffice
def test_a_notice_has_its_head_at_72_mm_over_one_rule_as_wide_as_the_text(pages: dict[str, Any]) -> None:
    page = pages["notice"][0]
    assert ink(lines(page)[0])[1] == near(72)
    ((left, top, right, bottom),) = red_bars(page)
    assert (left, right) == (near(LEFT, 0.2), near(RIGHT, 0.2))
    number = line(page, "青司函〔2026〕12号")
    assert top - max(sign.base for sign in number) == near(4 + 0.08 * 16 * POINT)
    assert (ink(number)[0] + ink(number)[2]) / 2 == near((LEFT + RIGHT) / 2)
    assert bottom - top == near(0.7, 0.1)


@needs_soffice
@pytest.mark.parametrize("case", ["letter", "forty", "long", "notice", "notice-long"])
def test_the_imprint_is_the_last_of_the_last_page_and_at_its_foot(pages: dict[str, Any], case: str) -> None:
    text = [row for row in lines(pages[case][len(pages[case]) - 1]) if row[0].base < BOTTOM]
    assert BOTTOM - ink(text[-1])[3] < 5
    start = next(n for n, row in enumerate(text) if row[0].text == "抄")
    assert ink(text[start])[0] == near(LEFT + 14 * POINT)
    gap_above = ink(text[start])[1] - ink(text[start - 1])[3]
    assert gap_above > 0.5, "the imprint covers text"
    room = [p for p in Document(io.BytesIO(CASES[case]())).paragraphs if p.style.name == "版记位置"]
    assert room[0].paragraph_format.line_spacing.pt == pytest.approx((len(text) - start + 0.25) * 22 - 1)


@needs_soffice
@pytest.mark.parametrize("case", CASES)
def test_nothing_is_lost_and_nothing_stands_outside_the_page(pages: dict[str, Any], case: str) -> None:
    wanted = collections.Counter(sign for text in texts(CASES[case]()) for sign in text if not sign.isspace())
    shown = [sign for page in pages[case] for sign in signs(page)]
    told = collections.Counter(sign.text for sign in shown)
    assert not {sign: count for sign, count in (wanted - told).items() if re.match(r"[\w〔〕《》]", sign)}
    hanging = 16 * POINT / 2 + 0.5  # a closing mark may hang over the margin by half a character
    for sign in shown:
        assert sign.left > LEFT - 1 and sign.right < RIGHT + hanging, sign
        assert sign.top > 29 and sign.bottom < 273, sign


@needs_soffice
def test_merged_letters_have_their_heads_on_their_first_pages_alone(pages: dict[str, Any]) -> None:
    heads = [at for at, page in enumerate(pages["merged"]) if red_bars(page)]
    blank = [at for at, page in enumerate(pages["merged"]) if not signs(page)]
    assert len(heads) == 2 and heads[0] == 0
    assert blank == [heads[1] - 1]
    second = "".join(sign.text for sign in lines(pages["merged"][heads[1] + 1])[-1])
    assert second == "—2—"
