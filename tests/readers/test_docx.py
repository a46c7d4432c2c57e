"""Word documents (.docx): everything a person sees, in order, with automatic numbers."""

from __future__ import annotations

import inspect
import io
import sys
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import checker.readers.package
from checker.errors import ReadError
from checker.model.report import Block
from checker.readers.docx import read_docx
from checker.readers.numerals import numeral

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
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
    return list(read_docx(package(body, **parts)))


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in blocks(body, **parts)]


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
    assert list(read_docx(buffer.getvalue())) == [
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
    assert [block.text for block in read_docx(buffer.getvalue())] == ["甲", "乙", "丙"]
    assert texts("<w:p><w:r><w:t>甲</w:t><w:cr/><w:t>乙</w:t></w:r></w:p>") == ["甲", "乙"]


def test_tabs_and_hyphens_become_characters_and_symbols_are_ignored() -> None:
    text = (
        '<w:r><w:t>甲</w:t><w:tab/><w:t>2023</w:t><w:noBreakHyphen/><w:sym w:char="F0A7"/><w:t>12</w:t></w:r>'
    )
    assert texts(f"<w:p>{text}</w:p>") == ["甲\t2023-12"]


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


def test_text_hidden_by_its_style_is_skipped() -> None:
    styles = style("隐藏", run_properties="<w:vanish/>")
    by_run = "<w:p>" + run("显") + run("隐", '<w:rStyle w:val="隐藏"/>') + "</w:p>"
    shown = run("现", '<w:vanish w:val="0"/>')
    by_paragraph = f'<w:p><w:pPr><w:pStyle w:val="隐藏"/></w:pPr>{run("隐")}{shown}</w:p>'
    assert texts(by_run + by_paragraph, styles=styles) == ["显", "现"]


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


def test_headers_and_footers_are_ignored() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    buffer = io.BytesIO()
    document.save(buffer)
    assert [block.text for block in read_docx(buffer.getvalue())] == ["正文"]


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


def test_a_table_that_only_frames_the_page_gives_its_paragraphs() -> None:
    styles = style("heading 1", key="1")
    body = table([par("标题")], [styled("一、总体情况", "1") + par("收到申请12件。")])
    assert blocks(body, styles=styles) == [
        Block("标题"),
        Block("一、总体情况", level=1),
        Block("收到申请12件。"),
    ]


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


def test_a_format_of_words_own_gives_what_it_falls_back_to() -> None:
    level = lvl(0, "%1.", "decimal").replace(
        '<w:numFmt w:val="decimal"/>',
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="upperRoman"/></mc:Fallback></mc:AlternateContent>',
    )
    assert texts(numbered("甲"), numbering=family(level) + num()) == ["I.甲"]


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
    assert list(read_docx(zipped(files))) == [Block("甲", 1), Block("一、乙")]


def test_a_package_without_relations_or_with_windows_names_is_read() -> None:
    document = f"<w:document {NAMESPACES}><w:body>{par('甲')}</w:body></w:document>"
    assert read_docx(zipped({"word\\Document.xml": document})) == (Block("甲"),)


def refused(data: bytes, fault: str) -> None:
    with pytest.raises(ReadError, match=fault):
        read_docx(data)


def test_a_package_that_is_no_word_document_is_refused() -> None:
    refused(zipped({"xl/workbook.xml": "<workbook/>"}), "没有 Word 正文")
    refused(zipped({"word/document.xml": f"<w:styles {NAMESPACES}/>"}), "没有 Word 正文")


def test_a_document_that_embeds_another_file_is_refused_since_its_text_is_elsewhere() -> None:
    refused(package(par("甲") + "<w:altChunk/>"), "嵌有另一个文件")


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
    assert read_docx(nested(50))[-1] == Block("底", table=True)
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
        assert all(isinstance(block, Block) for block in read_docx(bytes(whole)))
    except ReadError as error:
        assert str(error)
