"""Styles and page of official letters (公文版式) for make_letter.py: GB/T 9704-2012, 5 and 7."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from make_gap_report import (
    CELL,
    FANGSONG,
    HEAD,
    HEITI,
    KAITI,
    LABEL,
    QUOTE,
    TAG,
    WORDS,
    XIAOBIAOSONG,
    element,
    number_pages,
    paragraph_style,
    set_fonts,
    set_spacing,
)

LINE = 28.95  # 22 lines in 225 mm
TIGHT = -0.25  # 28 characters of 16 pt in 156 mm
HAN = 15.75
MARK, RED_LINE, NUMBER, HEADLINE = "发文机关标志", "红线", "发文字号", "公文标题"
ADDRESSEE, BODY, FIRST, SECOND = "主送机关", "公文正文", "公文一级标题", "公文二级标题"
ENCLOSED, ENCLOSED_MORE, BLANK = "附件说明", "附件说明续", "公文空行"
SIGNATURE, DATE, REMARK = "署名", "成文日期", "附注"
ENCLOSURE, ENCLOSURE_TITLE = "附件序号", "附件标题"
IMPRINT, IMPRINT_RIGHT, IMPRINT_ROOM = "版记", "版记右", "版记位置"

MARK_SIZE, MARK_LINE = 42.0, 54.6
MARK_ABOVE = 0.8 * MARK_LINE - 0.84 * MARK_SIZE  # from the line's top to that of its characters
MARK_BELOW = 0.2 * MARK_LINE - 0.08 * MARK_SIZE
POINTS = 72 / 25.4  # of a millimetre


# --- styles and page -----------------------------------------------------------------------------


def make_styles(document: Any) -> None:
    normal = document.styles["Normal"]
    set_fonts(normal, FANGSONG, size=16)
    set_spacing(normal, LINE)
    properties = normal.element.get_or_add_pPr()
    for name in ("overflowPunct", "autoSpaceDE", "autoSpaceDN"):  # nothing outside, 28 in a line
        properties.insert_element_before(element(f"w:{name}", val="0"), "w:spacing")
    properties.insert_element_before(element("w:widowControl", val="0"), "w:overflowPunct")
    normal.element.rPr.append(element("w:lang", val="en-US", eastAsia="zh-CN"))
    make_head_styles(document)
    make_text_styles(document)
    make_closing_styles(document)
    make_table_styles(document)
    for name, font in ((WORDS, KAITI), (LABEL, HEITI), (SECOND, KAITI)):
        set_fonts(document.styles.add_style(name, 2), font)
    for style in document.styles.element.findall(qn("w:style")):
        for fonts in style.iter(qn("w:rFonts")):
            fonts.set(qn("w:hint"), "eastAsia")  # “ ” — as Chinese signs


def style(document: Any, name: str, font: str = FANGSONG, size: float = 16, line: float = LINE) -> Any:
    made = paragraph_style(document, name, font, size=size, line=line)
    if font == XIAOBIAOSONG:  # figures too
        for kind in ("ascii", "hAnsi"):
            made.element.rPr.rFonts.set(qn(f"w:{kind}"), font)
    if size == 16:
        spacing = element("w:spacing", val=str(round(TIGHT * 20)))
        made.element.get_or_add_rPr().insert_element_before(spacing, "w:sz", "w:szCs")
    return made


def indent(made: Any, *, left: float = 0, first: float = 0, right: float = 0) -> Any:
    """Indents in characters of 16 pt as they stand in the line."""
    told = made.paragraph_format
    told.left_indent, told.right_indent = Pt(left * HAN), Pt(right * HAN)
    told.first_line_indent = Pt(first * HAN)
    return made


def make_head_styles(document: Any) -> None:
    mark = style(document, MARK, XIAOBIAOSONG, MARK_SIZE, MARK_LINE)
    mark.font.color.rgb = RGBColor(0xFF, 0, 0)
    title = style(document, HEADLINE, XIAOBIAOSONG, 22, 33)
    for made in (mark, title):
        made.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    style(document, RED_LINE, size=5, line=12)
    style(document, NUMBER)
    style(document, ADDRESSEE)


def make_text_styles(document: Any) -> None:
    for name, font in ((BODY, FANGSONG), (FIRST, HEITI)):
        made = indent(style(document, name, font), first=2)
        made.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        made.paragraph_format.first_line_indent = Pt(2 * HAN)
        made.element.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), "200")
    document.styles[FIRST].paragraph_format.keep_with_next = True
    style(document, BLANK)
    # “附件：1．” is 5.5 characters wide; the names of attachments hang behind it
    indent(style(document, ENCLOSED), left=6.5, first=-4.5)
    indent(style(document, ENCLOSED_MORE), left=6.5, first=-1.5)
    for name in (ENCLOSED, ENCLOSED_MORE):
        document.styles[name].paragraph_format.keep_with_next = True


def make_closing_styles(document: Any) -> None:
    for name in (SIGNATURE, DATE):
        made = indent(style(document, name), right=4)
        made.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        made.paragraph_format.keep_with_next = True
    indent(style(document, REMARK), first=2)
    number = style(document, ENCLOSURE, HEITI)
    number.paragraph_format.page_break_before = True
    number.paragraph_format.keep_with_next = True
    title = style(document, ENCLOSURE_TITLE, XIAOBIAOSONG, 22, 33)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.keep_with_next = True
    # “抄送：” is three characters of 14 pt, and one stays free on both sides
    imprint = style(document, IMPRINT, size=14, line=22)
    imprint.paragraph_format.left_indent = Pt(4 * 14)
    imprint.paragraph_format.right_indent = Pt(14)
    imprint.paragraph_format.first_line_indent = Pt(-3 * 14)
    right = style(document, IMPRINT_RIGHT, size=14, line=22)
    right.paragraph_format.right_indent = Pt(14)
    right.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    style(document, IMPRINT_ROOM, size=5, line=24).paragraph_format.keep_with_next = True


def make_table_styles(document: Any) -> None:
    for name in (CELL, QUOTE):
        # Not justified: in a narrow column a line with figures would be torn apart.
        style(document, name, size=10.5, line=14)
    head = style(document, HEAD, HEITI, 10.5, 14)
    head.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    style(document, TAG, size=9, line=12).font.color.rgb = RGBColor(0x80, 0x80, 0x80)


def make_page(document: Any, *, header: float) -> Any:
    """The page of GB/T 9704; header: from the paper's edge to the header, in points."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Pt(header), Mm(25)
    # The exact lines of the styles make 22 a page; with a grid LibreOffice would move the first page's text.
    for grid in section._sectPr.findall(qn("w:docGrid")):
        grid.set(qn("w:linePitch"), str(round(LINE * 20)))
    document.settings.odd_and_even_pages_header_footer = True
    number_pages(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    number_pages(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    for footer in (section.footer, section.even_page_footer):
        number_line(footer.paragraphs[0])
    return section


def number_line(paragraph: Any) -> None:
    """The dash's top 7 mm below the type area; one character of 14 pt free, whatever Normal's size."""
    paragraph.paragraph_format.line_spacing = Pt(18)
    for name in ("leftChars", "rightChars"):
        paragraph._p.pPr.find(qn("w:ind")).attrib.pop(qn(f"w:{name}"), None)
