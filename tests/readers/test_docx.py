"""Word documents (.docx): everything a person sees, in order, with automatic numbers."""

from __future__ import annotations

import inspect
import io
import re
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import checker.readers.package
from checker.errors import ReadError
from checker.model.document import Block, Piece
from checker.readers.docx import read_docx
from checker.readers.docx.numerals import numeral
from checker.readers.libreoffice import convert_to_docx, find_soffice

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*targets: str) -> str:
    lines = "".join(
        f'<Relationship Id="r{i}" Type="{RELATIONS}/{target.split("/")[-1].removesuffix(".xml")}" '
        f'Target="{target}"/>'
        for i, target in enumerate(targets)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'


def package(body: str, **parts: str) -> bytes:
    """A .docx of a body and further parts (numbering, styles, footnotes, endnotes), all raw XML."""
    files = {
        "_rels/.rels": relations("word/document.xml").replace('/document"', '/officeDocument"'),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(*(f"{name}.xml" for name in parts)),
    }
    for name, content in parts.items():
        files[f"word/{name}.xml"] = f"<w:{name} {NAMESPACES}>{content}</w:{name}>"
    return zipped(files)


def zipped(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def blocks(body: str, **parts: str) -> list[Block]:
    return list(read_docx(package(body, **parts)).blocks)


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in blocks(body, **parts)]


def texts_of(data: bytes) -> list[str]:
    return [block.text for block in read_docx(data).blocks]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(text: str = "", properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text) if text else ''}</w:p>"


def numbered(text: str, depth: int = 0, num: int = 1) -> str:
    return par(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>')


def lvl(depth: int, text: str, form: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def family(*levels: str, number: int = 0, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def num(number: int = 1, of: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def style(
    name: str, properties: str = "", based_on: str = "", key: str = "", run_properties: str = ""
) -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key or name}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run_properties}</w:rPr></w:style>"
    )


def styled(text: str, key: str, more: str = "") -> str:
    return par(text, f'<w:pStyle w:val="{key}"/>{more}')


def table(*rows: list[str]) -> str:
    lines = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/>{lines}</w:tbl>"


CHINESE = family(
    lvl(0, "%1、", "chineseCounting"), lvl(1, "（%2）", "chineseCounting"), lvl(2, "%3.", "decimal")
)


# Paragraphs and what stands in them


def test_a_document_of_python_docx_reads_in_order_with_levels_and_tables() -> None:
    document = docx.Document()
    document.add_heading("年度报告", 0)
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("收到申请12件。")
    grid = document.add_table(2, 2)
    for cell, text in zip(grid._cells, ["项目", "数量", "申请", "12"], strict=True):
        cell.text = text
    document.add_heading("（一）细目", 2)
    buffer = io.BytesIO()
    document.save(buffer)
    assert list(read_docx(buffer.getvalue()).blocks) == [
        Block("年度报告"),
        Block("一、总体情况", level=1),
        Block("收到申请12件。"),
        Block("项目　数量", table=True),
        Block("申请　12", table=True),
        Block("（一）细目", level=2),
    ]


def test_empty_paragraphs_are_empty_blocks() -> None:
    assert blocks(par("甲") + par() + "<w:p/>" + par("乙")) == [
        Block("甲"),
        Block(""),
        Block(""),
        Block("乙"),
    ]


def test_breaks_of_every_kind_begin_a_new_block() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("甲")
    paragraph.add_run().add_break()
    paragraph.add_run("乙").add_break(WD_BREAK.PAGE)
    paragraph.add_run("丙")
    buffer = io.BytesIO()
    document.save(buffer)
    assert [block.text for block in read_docx(buffer.getvalue()).blocks] == ["甲", "乙", "丙"]
    assert texts("<w:p><w:r><w:t>甲</w:t><w:cr/><w:t>乙</w:t></w:r></w:p>") == ["甲", "乙"]


def test_tabs_and_hyphens_become_characters() -> None:
    text = "<w:r><w:t>甲</w:t><w:tab/><w:t>2023</w:t><w:noBreakHyphen/><w:t>1</w:t><w:softHyphen/><w:t>2</w:t></w:r>"
    assert texts(f"<w:p>{text}</w:p>") == ["甲\t2023-12"]


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Wingdings", "F0FE", "☑"), ("Wingdings", "00FC", "√"), ("Wingdings 2", "F052", "☑"),
        ("Wingdings 2", "F0A3", "□"), ("Symbol", "F0D6", "√"), ("宋体", "2611", "☑"),
        ("Wingdings", "F021", ""), ("Webdings", "zz", ""), ("Arial", "D800", ""), ("宋体", "0001", ""),
    ],
)  # fmt: skip
def test_symbols_of_picture_fonts_become_characters(font: str, code: str, sign: str) -> None:
    assert texts(f'<w:p><w:r><w:sym w:font="{font}" w:char="{code}"/><w:t>是</w:t></w:r></w:p>') == [
        f"{sign}是"
    ]


def test_private_signs_in_a_text_are_those_of_wingdings_one_for_one() -> None:
    assert texts(par("\uf0fe是\uf06f否\uf021")) == ["☑是□否\uf021"]


def test_line_break_marks_of_the_last_rendering_and_references_to_notes_are_no_text() -> None:
    body = "<w:r><w:t>甲</w:t><w:lastRenderedPageBreak/><w:footnoteReference w:id='2'/><w:t>乙</w:t></w:r>"
    assert texts(f"<w:p>{body}<w:commentRangeStart/><w:r><w:commentReference/></w:r></w:p>") == ["甲乙"]


def test_tab_stops_of_a_paragraph_are_no_text() -> None:
    assert texts(par("甲", '<w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs>')) == ["甲"]


def test_line_ends_inside_a_text_element_do_not_break_the_line() -> None:
    assert texts("<w:p><w:r><w:t>甲\n乙</w:t></w:r></w:p>") == ["甲 乙"]


def test_inserted_and_moved_text_is_read_deleted_and_moved_away_is_not() -> None:
    body = (
        f"<w:p>{run('原')}<w:ins>{run('增')}</w:ins><w:moveTo>{run('来')}</w:moveTo>"
        f"<w:del><w:r><w:delText>删</w:delText></w:r>{run('删')}</w:del><w:moveFrom>{run('去')}</w:moveFrom></w:p>"
    )
    assert texts(body) == ["原增来"]


def test_a_wholly_deleted_paragraph_leaves_no_block_and_takes_no_number() -> None:
    deleted = (
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        f"<w:del>{run('删')}</w:del></w:p>"
    )
    assert texts(numbered("甲") + deleted + numbered("乙"), numbering=CHINESE + num()) == ["一、甲", "二、乙"]


DELETED = "<w:rPr><w:del/></w:rPr>"


def test_a_paragraph_whose_mark_is_deleted_is_joined_to_the_next_whose_number_and_level_hold() -> None:
    styles = style("heading 1", key="1")
    number = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    body = (
        par("甲", number + DELETED)
        + par("乙", DELETED.replace("del", "moveFrom"))
        + numbered("丙")
        + numbered("丁")
    )
    assert texts(body, numbering=CHINESE + num()) == ["一、甲乙丙", "二、丁"]
    assert blocks(styled("甲", "1", DELETED) + par("乙"), styles=styles) == [Block("甲乙")]
    assert blocks(par("甲", DELETED) + styled("乙", "1"), styles=styles) == [Block("甲乙", 1)]


def test_a_deleted_mark_before_a_table_or_at_the_end_joins_nothing() -> None:
    cell = table([par("丙", DELETED)])
    assert texts(par("甲", DELETED) + cell + par("乙", DELETED)) == ["甲", "丙", "乙"]


def test_an_inserted_mark_is_a_mark() -> None:
    assert texts(par("甲", DELETED.replace("del", "ins")) + par("乙")) == ["甲", "乙"]


def test_a_placeholder_of_a_content_control_is_seen_and_thus_read() -> None:
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处输入文字')}</w:sdtContent></w:sdt>"
    assert texts(f"<w:p>{empty}</w:p>") == ["单击此处输入文字"]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:hyperlink>{}</w:hyperlink>",
        "<w:smartTag><w:smartTagPr/>{}</w:smartTag>",
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:customXml>{}</w:customXml>",
        '<w:fldSimple w:instr="DATE">{}</w:fldSimple>',
        "<w:unknown>{}</w:unknown>",
        "<w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase>{}</w:rubyBase></w:ruby>",
        "<m:oMath><m:r><m:t>中</m:t></m:r></m:oMath>",
    ],
)
def test_text_in_inline_wrappers_is_read(wrapped: str) -> None:
    assert texts(f"<w:p>{run('前')}{wrapped.format(run('中'))}{run('后')}</w:p>") == ["前中后"]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:customXml>{}</w:customXml>",
        "<w:ins>{}</w:ins>",
        "<mc:AlternateContent><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>",
    ],
)
def test_paragraphs_in_block_wrappers_are_read_once(wrapped: str) -> None:
    assert texts(par("前") + wrapped.format(par("中")) + par("后")) == ["前", "中", "后"]


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'{code}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_fields_give_their_result_and_not_their_code() -> None:
    code = "<w:r><w:instrText>DATE \\@ yyyy</w:instrText></w:r>"
    assert texts(f"<w:p>{run('于')}{field(code, run('2024年'))}{run('报')}</w:p>") == ["于2024年报"]


def test_the_result_of_a_field_inside_the_code_of_another_is_not_shown() -> None:
    inner = field("<w:r><w:instrText>MERGEFIELD x</w:instrText></w:r>", run("隐"))
    assert texts(f"<w:p>{field(inner, run('显'))}{run('后')}</w:p>") == ["显后"]


def test_a_field_left_open_swallows_no_text() -> None:
    body = f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{run("甲")}</w:p>' + par("乙")
    assert texts(body) == ["甲", "乙"]


def test_hidden_text_is_skipped_and_what_is_switched_off_is_not() -> None:
    hidden, shown = "<w:vanish/>", "<w:vanish w:val='0'/>"
    body = f"<w:p>{run('显')}{run('隐', hidden)}{run('现', shown)}</w:p>"
    assert texts(body) == ["显现"]


def box(content: str) -> str:
    return f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"


def test_a_text_box_follows_its_paragraph_once_though_it_is_stored_twice() -> None:
    old = f"<v:textbox><w:txbxContent>{par('框')}</w:txbxContent></v:textbox>"
    fallback = f"<w:pict><v:shape>{old}</v:shape></w:pict>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box(par('框'))}</w:drawing></mc:Choice>"
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )
    assert texts(f"<w:p>{run('前')}<w:r>{both}</w:r>{run('后')}</w:p>") == ["前后", "框"]
    assert texts(f"<w:p><w:r>{fallback}</w:r></w:p>") == ["", "框"]


def test_text_drawn_by_shapes_and_word_art_is_read() -> None:
    lines = "<a:p><a:r><a:t>上</a:t></a:r></a:p><a:p><a:r><a:t>下</a:t></a:r></a:p>"
    drawn = f"<w:drawing><a:graphic><a:sp><a:txBody>{lines}</a:txBody></a:sp></a:graphic></w:drawing>"
    art = '<w:pict><v:shape><v:textpath string="某县人民政府文件"/></v:shape></w:pict>'
    assert texts(f"<w:p><w:r>{drawn}{art}</w:r>{run('后')}</w:p>") == ["上下后", "某县人民政府文件"]


def test_the_fallback_is_read_where_the_choice_has_no_text() -> None:
    branches = f"<mc:Choice><w:drawing/></mc:Choice><mc:Fallback>{run('字')}</mc:Fallback>"
    body = f"<w:p><mc:AlternateContent>{branches}</mc:AlternateContent></w:p>"
    assert texts(body) == ["字"]


def test_footnotes_and_endnotes_come_last_without_their_separators() -> None:
    separator = f'<w:footnote w:type="separator">{par("线")}</w:footnote>'
    found = texts(
        par("正文"),
        endnotes=f"<w:endnote>{par('尾注')}</w:endnote>",
        footnotes=f"{separator}<w:footnote>{par('脚注')}</w:footnote>",
    )
    assert found == ["正文", "脚注", "尾注"]


def test_headers_and_footers_are_kept_apart_and_only_those_a_section_uses() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    buffer = io.BytesIO()
    document.save(buffer)
    read = read_docx(buffer.getvalue())
    assert [block.text for block in read.blocks] == ["正文"]
    assert read.apart == ("页眉", "— 1 —")
    assert read.notes == ()


# Pictures


def picture(wide: float, high: float) -> str:
    extent = f'<wp:extent cx="{int(wide * 360_000)}" cy="{int(high * 360_000)}"/>'
    return f"<w:p><w:r><w:drawing><wp:inline>{extent}<a:graphic><a:blip/></a:graphic></wp:inline></w:drawing></w:r></w:p>"


def old_picture(form: str) -> str:
    return f'<w:p><w:r><w:object><v:shape style="{form}"><v:imagedata/></v:shape></w:object></w:r></w:p>'


def test_pictures_that_could_hold_text_are_noted_and_small_or_deleted_ones_are_not() -> None:
    large = picture(4, 4) + old_picture("position:absolute;width:120pt;height:5cm")
    small = picture(1.5, 9) + old_picture("width:20px;height:90px")
    deleted = picture(5, 5).replace("<w:r>", "<w:del><w:r>").replace("</w:r>", "</w:r></w:del>")
    document = read_docx(package(par("甲") + large + small + deleted))
    assert document.notes == ("文中有2幅图片，图片里的文字没有读。",)
    assert document.doubt == ""
    assert read_docx(package(par("甲") + small)).notes == ()


def test_a_picture_in_a_text_box_is_counted_once_though_stored_twice() -> None:
    held = box(par("图") + picture(5, 5))
    both = f"<mc:AlternateContent><mc:Choice>{held}</mc:Choice><mc:Fallback>{held}</mc:Fallback></mc:AlternateContent>"
    document = read_docx(package(f"<w:p><w:r>{both}</w:r></w:p>"))
    assert document.notes == ("文中有1幅图片，图片里的文字没有读。",)


def test_a_picture_of_a_page_with_hardly_any_text_is_doubted() -> None:
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    scanned = picture(18, 25)
    assert read_docx(package(par("标题") + scanned + page)).doubt == "正文可能是图片"
    assert read_docx(package(par("标题") + picture(10, 10) + page)).doubt == ""
    assert read_docx(package(par("正文" * 200) + scanned + page)).doubt == ""


def test_charts_are_noted() -> None:
    chart = "<w:drawing><wp:inline><a:graphic><c:chart/></a:graphic></wp:inline></w:drawing>"
    assert read_docx(package(f"<w:p><w:r>{chart}</w:r></w:p>")).notes == (
        "文中有1个图表或 SmartArt 图形，其中的文字没有读。",
    )


# Tables


def test_each_table_row_is_a_block_in_its_place() -> None:
    body = par("前") + table([par("项目"), par("数量")], [par("申请"), par()], [par(), par()]) + par("后")
    assert blocks(body) == [
        Block("前"),
        Block("项目　数量", table=True),
        Block("申请　", table=True),
        Block("", table=True),
        Block("后"),
    ]


def test_paragraphs_in_a_cell_are_joined_and_a_nested_table_follows_its_row() -> None:
    nested = table([par("内甲"), par("内乙")])
    body = table([par("甲") + par() + par("乙"), par("丙") + nested + par()], [par("丁"), par("戊")])
    assert blocks(body) == [
        Block("甲 乙　丙", table=True),
        Block("内甲　内乙", table=True),
        Block("丁　戊", table=True),
    ]


def test_rows_and_cells_in_content_controls_are_read() -> None:
    cell = f"<w:sdt><w:sdtContent><w:tc>{par('甲')}</w:tc></w:sdtContent></w:sdt><w:tc>{par('乙')}</w:tc>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell}</w:tr></w:sdtContent></w:sdt>"
    assert texts(f"<w:tbl>{row}</w:tbl>") == ["甲　乙"]


def test_deleted_rows_are_skipped() -> None:
    body = table([par("甲"), par("乙")]).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 1)
    assert texts(body + par("后")) == ["后"]


def test_cells_merged_with_the_one_above_show_nothing_and_wide_ones_are_one_cell() -> None:
    def merged(text: str, how: str) -> str:
        return f"<w:tcPr>{how}</w:tcPr>{par(text)}"

    below = "<w:vMerge/>"
    body = table(
        [merged("甲", '<w:gridSpan w:val="2"/>'), merged("乙", '<w:vMerge w:val="restart"/>')],
        [par("丙"), par("丁"), merged("残", below)],
        [merged("戊", below), par("己"), merged("残", '<w:vMerge w:val="continue"/>')],
    )
    # 戊 continues nothing: rather a word too many than one lost.
    assert texts(body) == ["甲　乙", "丙　丁　", "戊　己　"]


def test_deleted_cells_are_skipped() -> None:
    gone = f"<w:tcPr><w:cellDel/></w:tcPr>{par('删')}"
    assert texts(table([par("甲"), gone, par("乙")])) == ["甲　乙"]


def test_a_table_that_only_frames_the_page_gives_its_paragraphs() -> None:
    styles = style("heading 1", key="1")
    body = table([par("标题")], [styled("一、总体情况", "1") + par("收到申请12件。")])
    assert blocks(body, styles=styles) == [
        Block("标题"),
        Block("一、总体情况", level=1),
        Block("收到申请12件。"),
    ]


def test_a_table_that_holds_the_report_gives_its_paragraphs_and_keeps_its_other_rows() -> None:
    article = [par(f"{line}、" + "做" * 200) for line in "一二三四"]
    body = table([par("某镇文件"), par()], [par("文号"), par("签发人")], ["".join(article), par()])
    assert [(block.text[:3], block.table) for block in blocks(body)] == [
        ("某镇文", False), ("", False), ("文号　", True),
        *[(f"{line}、做", False) for line in "一二三四"], ("", False),
    ]  # fmt: skip
    assert blocks(table([par("标题")])) == [Block("标题")]


def test_a_table_of_one_column_with_one_line_a_cell_stays_a_table() -> None:
    assert blocks(table([par("甲")], [par("乙")])) == [Block("甲", table=True), Block("乙", table=True)]


# Heading levels


@pytest.mark.parametrize(
    ("styles", "properties", "level"),
    [
        ("", '<w:outlineLvl w:val="0"/>', 1),
        ("", '<w:outlineLvl w:val="9"/>', None),
        (style("heading 2", key="s"), "", 2),
        (style("Heading 3", key="s"), "", 3),
        (style("标题 1", key="s"), "", 1),
        (style("正文一", '<w:outlineLvl w:val="1"/>', key="s"), "", 2),
        (style("公文标题", based_on="h", key="s") + style("heading 1", key="h"), "", 1),
        (style("heading 1", key="s"), '<w:outlineLvl w:val="9"/>', None),
        (style("Title", '<w:outlineLvl w:val="0"/>', key="s"), "", None),
        (style("标题", '<w:outlineLvl w:val="0"/>', key="s"), "", None),
        (style("Normal", key="s"), "", None),
        (style("环", based_on="s", key="s"), "", None),
    ],
)
def test_the_level_comes_from_the_outline_or_the_heading_style(
    styles: str, properties: str, level: int | None
) -> None:
    assert blocks(styled("甲", "s", properties), styles=styles) == [Block("甲", level)]


def test_an_empty_heading_declares_no_level() -> None:
    assert blocks(styled("", "s"), styles=style("heading 1", key="s")) == [Block("")]


# Automatic numbering


def test_chinese_numbering_is_put_before_the_text_and_deeper_levels_begin_again() -> None:
    body = numbered("总体") + numbered("甲", 1) + numbered("子", 2) + numbered("丑", 2) + numbered("乙", 1)
    body += numbered("问题") + numbered("丙", 1) + par("正文")
    assert texts(body, numbering=CHINESE + num()) == [
        "一、总体", "（一）甲", "1.子", "2.丑", "（二）乙", "二、问题", "（一）丙", "正文",
    ]  # fmt: skip


def test_numbering_comes_from_the_style_with_the_level_that_names_the_style() -> None:
    levels = family(
        lvl(0, "%1、", "chineseCounting", '<w:pStyle w:val="h1"/>'),
        lvl(1, "（%2）", "chineseCounting", '<w:pStyle w:val="h2"/>'),
    )
    number = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = style("heading 1", number, key="h1") + style("heading 2", number, key="h2")
    styles += style("我的标题", based_on="h2", key="mine")
    body = styled("甲", "h1") + styled("乙", "h2") + styled("丙", "mine")
    assert blocks(body, styles=styles, numbering=levels + num()) == [
        Block("一、甲", 1), Block("（一）乙", 2), Block("（二）丙", 2),
    ]  # fmt: skip


def test_a_style_may_give_the_list_and_a_derived_style_the_level() -> None:
    styles = style("a", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    styles += style("b", '<w:numPr><w:ilvl w:val="1"/></w:numPr>', based_on="a")
    body = styled("甲", "a") + styled("乙", "b")
    assert texts(body, styles=styles, numbering=CHINESE + num()) == ["一、甲", "（一）乙"]


def test_list_zero_takes_the_number_of_the_style_away() -> None:
    styles = style("a", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    body = styled("甲", "a", '<w:numPr><w:numId w:val="0"/></w:numPr>') + styled("乙", "a")
    assert texts(body, styles=styles, numbering=CHINESE + num() + num(0)) == ["甲", "一、乙"]


def test_the_default_style_numbers_paragraphs_that_name_none() -> None:
    styles = style("Normal", '<w:numPr><w:numId w:val="1"/></w:numPr>').replace(
        "<w:style ", '<w:style w:default="1" '
    )
    assert texts(par("甲"), styles=styles, numbering=CHINESE + num()) == ["一、甲"]


def test_lists_of_one_family_count_on_together_unless_one_starts_anew() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = CHINESE + num(1) + num(2) + num(3, more=restart)
    body = numbered("甲", num=1) + numbered("乙", num=2) + numbered("丙", num=3) + numbered("丁", num=3)
    assert texts(body, numbering=lists) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_different_families_count_apart() -> None:
    lists = CHINESE + family(lvl(0, "%1.", "decimal"), number=7) + num(1) + num(2, of=7)
    assert texts(numbered("甲") + numbered("乙", num=2) + numbered("丙"), numbering=lists) == [
        "一、甲",
        "1.乙",
        "二、丙",
    ]


def test_start_values_and_replaced_levels_hold() -> None:
    five = lvl(0, "第%1条", "decimal").replace('<w:start w:val="1"/>', '<w:start w:val="5"/>')
    lists = CHINESE + family(five, number=1) + num(1, of=1)
    lists += num(2, more=f'<w:lvlOverride w:ilvl="0">{lvl(0, "%1）", "lowerLetter")}</w:lvlOverride>')
    body = numbered("甲") + numbered("乙") + numbered("丙", num=2)
    assert texts(body, numbering=lists) == ["第5条 甲", "第6条 乙", "a）丙"]


def test_a_level_may_never_begin_again_or_only_after_a_certain_one() -> None:
    def after(value: int) -> list[str]:
        restart = f'<w:lvlRestart w:val="{value}"/>'
        levels = family(
            lvl(0, "%1、", "chineseCounting"), lvl(1, "（%2）", "decimal"), lvl(2, "%3.", "decimal", restart)
        )
        body = "".join(numbered("甲", depth) for depth in (0, 1, 2, 1, 2, 0, 1, 2))
        return [text for text in texts(body, numbering=levels + num()) if text[1] == "."]

    assert after(0) == ["1.甲", "2.甲", "3.甲"]
    assert after(1) == ["1.甲", "2.甲", "1.甲"]
    assert after(2) == ["1.甲", "1.甲", "1.甲"]


def test_a_label_may_name_higher_levels_and_legal_ones_are_decimal() -> None:
    levels = (
        lvl(0, "%1、", "chineseCounting"),
        lvl(1, "%1.%2", "decimal"),
        lvl(2, "%1.%2.%3", "decimal", "<w:isLgl/>"),
    )
    body = numbered("甲") + numbered("乙", 1) + numbered("丙", 2)
    assert texts(body, numbering=family(*levels) + num()) == ["一、甲", "一.1 乙", "1.1.1 丙"]


def test_a_deeper_level_without_a_higher_one_shows_the_start_of_the_higher() -> None:
    levels = family(lvl(0, "%1、", "decimal"), lvl(1, "%1.%2", "decimal"))
    assert texts(numbered("甲", 1) + numbered("乙"), numbering=levels + num()) == ["1.1 甲", "1、乙"]


@pytest.mark.parametrize(
    ("label", "suffix", "text", "whole"),
    [
        ("%1", "tab", "2023年", "1 2023年"),
        ("%1.", "tab", "5亿元", "1. 5亿元"),
        ("%1.", "space", "总体", "1.总体"),
        ("第%1章", "tab", "总则", "第1章 总则"),
        ("第%1章", "nothing", "总则", "第1章总则"),
        ("（%1）", "tab", "12件", "（1）12件"),
    ],
)
def test_label_and_text_are_parted_only_where_they_would_run_into_one(
    label: str, suffix: str, text: str, whole: str
) -> None:
    levels = family(lvl(0, label, "decimal", f'<w:suff w:val="{suffix}"/>'))
    assert texts(numbered(text), numbering=levels + num()) == [whole]


def test_bullets_and_levels_without_text_give_no_label() -> None:
    levels = family(lvl(0, "", "bullet"), lvl(1, "", "none"), lvl(2, "●", "bullet"))
    body = numbered("甲") + numbered("乙", 1) + numbered("丙", 2) + numbered("丁", 5) + numbered("戊", num=99)
    assert texts(body, numbering=levels + num()) == ["甲", "乙", "丙", "丁", "戊"]


def test_a_bullet_that_is_a_number_in_words_is_a_label() -> None:
    levels = family(lvl(0, "第一，", "bullet"))
    assert texts(numbered("甲"), numbering=levels + num()) == ["第一，甲"]


def test_an_empty_numbered_paragraph_shows_its_number_as_in_a_column_of_numbers() -> None:
    levels = family(lvl(0, "%1", "decimal")) + num()
    body = table([numbered(""), par("甲")], [numbered(""), par("乙")])
    assert texts(body, numbering=levels) == ["1　甲", "2　乙"]


def test_only_the_first_line_of_a_paragraph_has_the_label() -> None:
    body = numbered("甲").replace("</w:t>", "</w:t><w:br/><w:t>乙</w:t>")
    assert texts(body, numbering=CHINESE + num()) == ["一、甲", "乙"]


def test_a_list_style_lends_its_levels() -> None:
    linked = family(number=5, more='<w:numStyleLink w:val="条目"/>')
    styles = style("条目", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    body = numbered("甲", num=2)
    assert texts(body, styles=styles, numbering=CHINESE + linked + num(1) + num(2, of=5)) == ["一、甲"]


@pytest.mark.parametrize(
    ("form", "numbers", "written"),
    [
        ("chineseCounting", (1, 9, 10, 11, 20, 99), "一 九 十 十一 二十 九十九"),
        (
            "chineseCountingThousand",
            (10, 19, 21, 100, 101, 110, 1001),
            "十 十九 二十一 一百 一百零一 一百一十 一千零一",
        ),
        ("taiwaneseCountingThousand", (3, 12), "三 十二"),
        ("japaneseCounting", (1, 10, 23), "一 十 二十三"),
        ("ideographTraditional", (1, 10, 11), "甲 癸 11"),
        ("ideographLegalTraditional", (1, 2, 3, 10, 12), "壹 貳 參 壹拾 壹拾貳"),
        ("chineseLegalSimplified", (1, 2, 3, 10, 12), "壹 贰 叁 壹拾 壹拾贰"),
        ("decimal", (0, 1, 12), "0 1 12"),
        ("decimalFullWidth", (12,), "１２"),
        ("decimalEnclosedCircle", (1, 20, 21), "① ⑳ 21"),
        ("ideographEnclosedCircle", (1, 10), "㈠ ㈩"),
        ("upperRoman", (4, 9, 14, 1999), "IV IX XIV MCMXCIX"),
        ("lowerRoman", (3,), "iii"),
        ("upperLetter", (1, 26, 27, 28), "A Z AA BB"),
        ("lowerLetter", (2,), "b"),
        ("somethingNew", (7,), "7"),
        ("lowerLetter", (999_999_999,), "999999999"),
    ],
)
def test_numbers_are_written_as_word_writes_them(form: str, numbers: tuple[int, ...], written: str) -> None:
    assert " ".join(numeral(number, form) for number in numbers) == written


# Packages that are odd, broken or hostile


def test_strict_open_xml_is_read_like_the_usual_kind() -> None:
    body = package(
        styled("甲", "1") + numbered("乙"), styles=style("heading 1", key="1"), numbering=CHINESE + num()
    )
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        files = {name: archive.read(name).decode().replace(WORD, STRICT) for name in archive.namelist()}
    assert list(read_docx(zipped(files)).blocks) == [Block("甲", 1), Block("一、乙")]


def test_a_package_without_relations_or_with_windows_names_is_read() -> None:
    document = f"<w:document {NAMESPACES}><w:body>{par('甲')}</w:body></w:document>"
    assert read_docx(zipped({"word\\Document.xml": document})).blocks == (Block("甲"),)


def refused(data: bytes, fault: str) -> None:
    with pytest.raises(ReadError, match=fault):
        read_docx(data)


def test_a_package_that_is_no_word_document_is_refused() -> None:
    refused(zipped({"xl/workbook.xml": "<workbook/>"}), "没有 Word 正文")
    refused(zipped({"word/document.xml": f"<w:styles {NAMESPACES}/>"}), "没有 Word 正文")


def test_a_document_that_embeds_another_file_is_doubted_since_its_text_is_elsewhere() -> None:
    document = read_docx(package(par("甲") + "<w:altChunk/>" + par("乙")))
    assert [block.text for block in document.blocks] == ["甲", "乙"]
    assert document.doubt == "正文中嵌有另一个文件，其中的文字没有读"


def test_a_main_part_of_another_name_is_found_and_a_lost_one_in_its_usual_place() -> None:
    data = package(par("甲"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    rels = files["_rels/.rels"]
    assert texts_of(zipped(files | {"_rels/.rels": rels.replace("document.xml", "lost.xml")})) == ["甲"]
    files["word/main.xml"] = files.pop("word/document.xml")
    files["_rels/.rels"] = rels.replace("document.xml", "main.xml")
    assert texts_of(zipped(files)) == ["甲"]


def test_table_styles_stay_out_and_the_styles_around_them_are_read() -> None:
    grid = '<w:style w:type="table" w:styleId="g"><w:name w:val="Grid"/></w:style>'
    empty = '<w:style w:type="table" w:styleId="e"/>'
    styles = style("heading 1", key="1") + grid + empty + style("heading 2", key="2") + grid
    body = styled("甲", "1") + styled("乙", "2")
    assert blocks(body, styles=styles) == [Block("甲", 1), Block("乙", 2)]


def test_broken_xml_is_refused_with_the_name_of_the_part() -> None:
    refused(package("<w:p>"), "word/document.xml 不是正确的 XML")
    refused(package(par("甲"), numbering="<w:num>"), "word/numbering.xml 不是正确的 XML")


def test_entities_are_refused_and_no_file_is_read(tmp_path: object) -> None:
    text = f'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document {NAMESPACES}><w:body>'
    refused(
        zipped({"word/document.xml": text + "<w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"}),
        "DTD",
    )


def test_a_truncated_or_damaged_package_is_refused() -> None:
    data = package(par("甲" * 2000))
    refused(data[: len(data) // 2], "已损坏")
    place = data.index(b"word/document.xml") + 30
    refused(data[:place] + bytes(8) + data[place + 8 :], "word/document.xml 已损坏")


def test_zip_bombs_are_refused_without_unpacking() -> None:
    def bomb(size: int, method: int = zipfile.ZIP_DEFLATED) -> bytes:
        buffer = io.BytesIO()
        with (
            zipfile.ZipFile(buffer, "w", method) as archive,
            archive.open("word/document.xml", "w") as part,
        ):
            for _ in range(size):
                part.write(bytes(1 << 20))
        return buffer.getvalue()

    refused(bomb(201), "201 MB")
    refused(bomb(20), "20 MB")
    refused(bomb(2, zipfile.ZIP_BZIP2), "压缩方式异常")


def test_a_package_that_unpacks_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checker.readers.package.MAX_UNPACKED == 200 * 1024 * 1024
    monkeypatch.setattr(checker.readers.package, "MAX_UNPACKED", 1000)
    refused(package(par("甲" * 1000)), "大得异常")


def test_a_part_that_says_it_is_smaller_than_it_is_is_refused() -> None:
    data = package(par("甲" * 5000))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    refused(data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")), "已损坏")


def nested(depth: int) -> bytes:
    body = par("底")
    for _ in range(depth):
        body = table([body])
    return package(body)


def test_deeply_nested_tables_are_read_and_absurdly_deep_ones_refused() -> None:
    assert read_docx(nested(50)).blocks[-1] == Block("底")
    refused(nested(3000), "XML|嵌套过深")


def test_nesting_beyond_what_python_can_follow_is_refused() -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        refused(nested(70), "嵌套过深")
    finally:
        sys.setrecursionlimit(limit)


NAMES = [
    "p", "r", "t", "tbl", "tr", "tc", "sdt",
    "sdtContent", "ins", "del", "br", "tab", "fldChar", "instrText",
    "txbxContent", "pPr", "rPr", "numPr", "numId", "ilvl", "pStyle",
    "outlineLvl", "vanish", "lvl", "num", "abstractNum", "abstractNumId", "start",
    "numFmt", "lvlText", "style", "name", "basedOn", "lvlOverride", "startOverride",
    "numStyleLink", "lvlRestart", "footnote",
]  # fmt: skip
ATTRIBUTES = ["val", "ilvl", "numId", "abstractNumId", "styleId", "type", "default", "fldCharType"]
VALUES = [
    "0",
    "1",
    "2",
    "-1",
    "x",
    "",
    "99999999999",
    "begin",
    "separate",
    "end",
    "paragraph",
    "%1、%9",
    "bullet",
]


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    given_attributes = st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES), max_size=3)

    def build(name: str, attributes: dict[str, str], content: list[str]) -> str:
        written = "".join(f' w:{key}="{value}"' for key, value in attributes.items())
        return f"<w:{name}{written}>{''.join(content)}</w:{name}>"

    return st.builds(build, st.sampled_from(NAMES), given_attributes, st.lists(inside, max_size=4))


TREES = st.lists(st.recursive(st.just("<w:t>甲</w:t>"), element, max_leaves=25), max_size=4).map("".join)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TREES, TREES, TREES, TREES)
def test_any_arrangement_of_elements_gives_blocks(
    body: str, styles: str, numbering: str, footnotes: str
) -> None:
    found = blocks(body, styles=styles, numbering=numbering, footnotes=footnotes)
    assert all("\n" not in block.text for block in found)


@settings(deadline=None)
@given(st.data())
def test_any_damage_to_a_package_gives_blocks_or_a_refusal(data: st.DataObject) -> None:
    whole = bytearray(package(numbered("甲"), numbering=CHINESE + num()))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert all(isinstance(block, Block) for block in read_docx(bytes(whole)).blocks)
    except ReadError as error:
        assert str(error)


# Places in the file


SIGNS_OF_ONE = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": "☑"}


def w(name: str) -> str:
    return f"{{{WORD}}}{name}"


def own_text(one: etree._Element) -> str:
    """The text of a run as `Piece` defines it, found in another way than the reader's."""
    inside = [node for node in one.iter() if next(node.iterancestors(w("r")), None) is one]
    names = [(node, etree.QName(node).localname) for node in inside if node.tag.startswith(w(""))]
    return "".join(node.text or "" if name == "t" else SIGNS_OF_ONE.get(name, "") for node, name in names)


class Places:
    """Looks up pieces in a package, as a writer of comments will."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._roots = {
                name: etree.fromstring(archive.read(name))
                for name in archive.namelist()
                if name.endswith(".xml")
            }

    def text(self, piece: Piece) -> str:
        paragraph = list(self._roots[piece.part].iter(w("p")))[piece.paragraph]
        runs = [one for one in paragraph.iter(w("r")) if next(one.iterancestors(w("p"))) is paragraph]
        return own_text(runs[piece.run])[piece.offset : piece.offset + piece.end - piece.start]


def located(data: bytes) -> list[str]:
    """Check every piece of a document; give what belongs to none, block by block."""
    places, document = Places(data), read_docx(data)
    rest = []
    at = 0
    for block in document.blocks:
        left = list(block.text)
        end = 0
        for piece in block.pieces:
            assert end <= piece.start < piece.end <= len(block.text)
            end = piece.end
            assert block.text[piece.start : piece.end] == places.text(piece)
            for inside in (piece.start, piece.end - 1):
                assert document.locate(at + inside) == piece.only(inside)
            left[piece.start : piece.end] = [""] * (piece.end - piece.start)
        rest.append("".join(left))
        at += len(block.text) + 1
    assert document.locate(at) is None
    return rest


def test_pieces_tell_where_in_a_run_they_begin_and_labels_have_none() -> None:
    body = (
        "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t>"
    )
    body += f"<w:br/><w:t>丙</w:t></w:r>{run('丁')}</w:p>"
    data = package(par("前") + body, numbering=CHINESE + num())
    _, first, second = read_docx(data).blocks
    assert first.text == "一、甲\t乙"
    assert first.pieces == tuple(Piece(2 + i, 3 + i, "word/document.xml", 1, 0, i) for i in range(3))
    assert second.pieces == (
        Piece(0, 1, "word/document.xml", 1, 0, 4),
        Piece(1, 2, "word/document.xml", 1, 1, 0),
    )
    assert located(data) == ["", "一、", ""]


def test_text_outside_of_runs_has_no_place_and_that_behind_it_keeps_its_own() -> None:
    ruby = f"<w:ruby><w:rt>{run('yin')}</w:rt><w:rubyBase>{run('乙')}</w:rubyBase></w:ruby>"
    body = f"<w:p><w:t>零</w:t><w:r><w:t>甲</w:t>{ruby}<w:t>丙</w:t></w:r><m:oMath><m:t>x</m:t></m:oMath>{run('丁')}<w:t>尾</w:t></w:p>"
    data = package(body)
    assert texts_of(data) == ["零甲乙丙x丁尾"]
    assert located(data) == ["零x尾"]
    assert [piece[3:] for piece in read_docx(data).blocks[0].pieces] == [
        (0, 0, 0),
        (0, 2, 0),
        (0, 0, 1),
        (0, 3, 0),
    ]


def test_rows_of_tables_and_notes_have_their_places_and_separators_have_none() -> None:
    inner = table([par("己"), par("庚")])
    body = par("前") + table([par("甲") + par("乙"), par("丙") + inner], [numbered("丁"), par("戊")])
    note = f"<w:footnote>{par('脚')}{par('注')}</w:footnote>"
    data = package(body, numbering=CHINESE + num(), footnotes=note)
    assert located(data) == ["", " 　", "　", "一、　", "", ""]
    assert read_docx(data).blocks[-1].pieces == (Piece(0, 1, "word/footnotes.xml", 1, 0, 0),)


WORDS = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=3)
INSIDE_RUN = st.one_of(
    WORDS.map(lambda text: f"<w:t>{text}</w:t>"),
    st.sampled_from(
        ["<w:tab/>", "<w:br/>", "<w:noBreakHyphen/>", "<w:softHyphen/>", "<w:lastRenderedPageBreak/>"]
    ),
    st.just('<w:sym w:font="Wingdings" w:char="F0FE"/>'),
    st.just('<w:sym w:font="Wingdings" w:char="F021"/>').map(lambda sign: sign.replace("F021", "F0FE")),
)
RUNS = st.builds(
    lambda properties, content: f"<w:r>{properties}{''.join(content)}</w:r>",
    st.sampled_from(["", "<w:rPr/>", "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:vanish/></w:rPr>"]),
    st.lists(INSIDE_RUN, max_size=3),
)
WRAPPERS = st.sampled_from(
    [
        "<w:ins>{}</w:ins>", "<w:del>{}</w:del>", "<w:moveFrom>{}</w:moveFrom>", "<w:hyperlink>{}</w:hyperlink>",
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:smartTag>{}</w:smartTag>",
        "<w:r><w:ruby><w:rt>{0}</w:rt><w:rubyBase>{0}</w:rubyBase></w:ruby></w:r>",
        "<mc:AlternateContent><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>{0}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{0}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ]
)  # fmt: skip


def paragraphs(inline: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    numbering = '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>'
    marks = st.sampled_from(["", f"<w:pPr>{numbering}</w:pPr>", f"<w:pPr>{DELETED}</w:pPr>"])
    return st.builds(
        lambda mark, content: f"<w:p>{mark}{''.join(content)}</w:p>", marks, st.lists(inline, max_size=3)
    )


def wrapped_inline(inline: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    lines = st.builds(
        lambda wrapper, content: wrapper.format("".join(content)), WRAPPERS, st.lists(inline, max_size=3)
    )
    boxes = st.lists(paragraphs(inline), max_size=2).map(
        lambda content: f"<w:r>{box(''.join(content))}</w:r>"
    )
    return st.one_of(lines, boxes)


INLINE = st.recursive(RUNS, wrapped_inline, max_leaves=6)
ROWS = st.lists(
    st.lists(st.lists(paragraphs(INLINE), min_size=1, max_size=2).map("".join), min_size=1, max_size=3),
    max_size=2,
)
BODIES = st.lists(st.one_of(paragraphs(INLINE), ROWS.map(lambda rows: table(*rows))), max_size=4).map("".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(BODIES)
def test_every_character_of_a_run_is_found_again_by_its_piece(body: str) -> None:
    rest = located(package(body, numbering=CHINESE + num()))
    # What is left are numbers, separators of cells and of the lines in them.
    assert not set("".join(rest)) - set("0123456789. 　")


# The same report by other programs


SEED = (Path(__file__).parents[2] / "examples" / "yicheng-2020.txt").read_text(encoding="utf-8").split("\n")
ORDINAL = re.compile("^([一二三四五六七八九十]+)(、|是)")


def numbered_by_itself(lines: list[str]) -> bytes:
    """A report whose 一、 and 一是 are automatic."""
    document = docx.Document()
    levels = family(lvl(0, "%1、", "chineseCounting"), lvl(1, "%2是", "chineseCounting"))
    levels = levels.replace("<w:lvlText", '<w:suff w:val="nothing"/><w:lvlText')
    root = document.part.numbering_part.element
    for one in list(root):
        root.remove(one)
    for one in etree.fromstring(f"<w:x {NAMESPACES}>{levels + num()}</w:x>"):
        root.append(parse_xml(etree.tostring(one)))
    for line in lines:
        ordinal = ORDINAL.match(line)
        paragraph = document.add_paragraph(line[ordinal.end() :] if ordinal else line)
        if ordinal:
            place = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            place.get_or_add_ilvl().val = "、是".index(ordinal[2])
            place.get_or_add_numId().val = 1
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_report_with_automatic_numbers_reads_as_its_text() -> None:
    data = numbered_by_itself(SEED)
    assert sum(bool(ORDINAL.match(line)) for line in SEED) > 15
    assert texts_of(data) == SEED
    assert "".join(located(data)) == "".join(found[0] for line in SEED if (found := ORDINAL.match(line)))


@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_a_report_that_libreoffice_wrote_reads_as_its_text() -> None:
    data = convert_to_docx(numbered_by_itself(SEED), ".docx")
    assert texts_of(data) == SEED
    located(data)


# Hostile and broken parts


MAIN = (
    styled("一、总体", "1") + numbered("甲") + table([par("乙"), par("丙")])
    + f"<w:p>{field(run('x'), run('显'))}<w:r>{box(par('框'))}</w:r></w:p>" + picture(18, 25)
)  # fmt: skip
MUTANTS = {
    "word/document.xml": package(
        MAIN + "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:p>",
        styles=style("heading 1", key="1") + style("b", '<w:numPr><w:numId w:val="1"/></w:numPr>', "1"),
        numbering=CHINESE
        + num(more='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'),
        footnotes=f"<w:footnote>{par('注')}</w:footnote>",
    )
}
HOSTILE = ["-1", "0", "99999999999999999999", "9" * 400, "", "x", "１", "%1%2%3", "1e309", "-0.5", "None"]


def attributes_replaced(text: str, draw: st.DataObject) -> str:
    values = list(re.finditer(r'="([^"]*)"', text))
    chosen = values[draw.draw(st.integers(0, len(values) - 1))]
    return text[: chosen.start(1)] + draw.draw(st.sampled_from(HOSTILE)) + text[chosen.end(1) :]


def elements_swapped(text: str, draw: st.DataObject) -> str:
    tags = list(re.finditer(r"<(/?w:\w+)", text))
    one, other = (tags[draw.draw(st.integers(0, len(tags) - 1))][1].strip("/") for _ in range(2))
    return re.sub(rf"(</?){one}\b", rf"\g<1>{other}", text)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_any_change_of_the_xml_gives_a_document_or_a_refusal(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(MUTANTS["word/document.xml"])) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(files)))
        change = data.draw(st.sampled_from([attributes_replaced, elements_swapped]))
        files[name] = change(files[name], data) if "w:" in files[name] else files[name]
    try:
        assert all(block.text is not None for block in read_docx(zipped(files)).blocks)
    except ReadError as error:
        assert str(error).endswith("。")


@pytest.mark.parametrize("name", ["sdt", "ins", "tbl", "r", "p", "txbxContent", "smartTag"])
def test_ten_thousand_levels_are_refused(name: str) -> None:
    body = f"<w:{name}>" * 10_000 + "<w:t>甲</w:t>" + f"</w:{name}>" * 10_000
    refused(package(body), "XML|嵌套过深")


def test_a_label_from_a_file_cannot_grow_without_end() -> None:
    levels = family(lvl(0, "长" * 100_000, "decimal")) + num()
    assert all(len(text) < 300 for text in texts(numbered("甲") * 50, numbering=levels))
