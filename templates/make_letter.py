"""Make letter.docx and notice.docx (生成公函、通知模板): what `fazhi letter` fills through docxtpl.

Run ``python templates/make_letter.py`` after a change here or beside it (letter_styles, letterhead,
letter_wording). Layout after GB/T 9704-2012: the letter after 10.1 (信函格式), the notice after 7.
The variables are listed in checker/renderers/letter.py; what depends on the text (size of a long
name, lines of a title, place of the signature) is done by checker/renderers/letter_layout.py under
the names of the styles.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import letter_styles as styles
import letter_wording as words
from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from letterhead import GAP, PAGE_HEIGHT, THICK, THIN, add_double_rule, add_rule
from make_gap_report import (
    CELL,
    LABEL,
    QUOTE,
    TEXT_WIDTH,
    WORDS,
    add,
    add_row,
    add_run,
    add_table,
    drop_first,
    element,
    make_properties,
    tag,
    tag_row,
    twips,
)

FOLDER = Path(__file__).parent
LETTER, NOTICE = FOLDER / "letter.docx", FOLDER / "notice.docx"


# --- the letter itself ---------------------------------------------------------------------------


def kept(paragraph: Any) -> Any:
    """The paragraph, on one page with the next."""
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def add_title(document: Any, kind: str) -> None:
    """Two lines below the number; GB/T 9704, 7.3.1."""
    for _ in range(2):
        add(document, styles.BLANK)
    add(document, styles.HEADLINE, words.SUBJECT + kind)
    add(document, styles.BLANK)
    add(document, styles.ADDRESSEE, "{{ addressee }}：")


def add_text(document: Any, kind: str) -> None:
    tag(document, "if supplied")
    add(document, styles.BODY, words.THANKS)
    tag(document, "else")
    add(document, styles.BODY, words.said(words.OPENING, kind))
    tag(document, "endif")
    tag(document, "if parts|length == 1")
    tag(document, "for part in parts")
    add(document, styles.BODY, words.SENTENCE)
    tag(document, "endfor")
    tag(document, "else")
    add_parts(document)
    tag(document, "endif")
    add(document, styles.BODY, words.PLEASE)
    add(document, styles.BODY, words.RESERVE)
    kept(add(document, styles.BODY, words.said("CLOSING", kind)))


def add_parts(document: Any) -> None:
    """Several kinds of findings, under headings of their own."""
    add(document, styles.BODY, words.LIST)
    tag(document, "for part in parts")
    add(document, styles.FIRST, words.PART)
    tag(document, "for group in part.groups")
    add(document, styles.BODY, (styles.SECOND, words.GROUP), words.TITLES)
    for _ in ("groups", "parts"):
        tag(document, "endfor")
    add(document, styles.FIRST, words.HOW)


def add_signature(document: Any) -> None:
    kept(add(document, styles.BLANK))
    add(document, styles.ENCLOSED, "附件：1．" + words.GAPS)
    add(document, styles.ENCLOSED_MORE, "2．" + words.RECEIPT)
    # a seal of 42 mm stands over name and date and one line above the name: two lines stay free
    tag(document, "if seal")
    kept(add(document, styles.BLANK))
    tag(document, "endif")
    kept(add(document, styles.BLANK))
    add(document, styles.SIGNATURE, "{{ issuer.body }}")
    add(document, styles.DATE, "{{ date_line }}")
    add(document, styles.REMARK, words.CONTACT)


# --- attachments ---------------------------------------------------------------------------------


def add_enclosure(document: Any, number: int, title: str) -> None:
    add(document, styles.ENCLOSURE, f"附件{number}")
    kept(add(document, styles.BLANK))
    add(document, styles.ENCLOSURE_TITLE, title)
    kept(add(document, styles.BLANK))


def add_gaps(document: Any) -> None:
    add_enclosure(document, 1, words.GAPS)
    add(document, CELL, words.TEXT_READ)
    add(document, CELL, words.SOURCES).paragraph_format.space_after = Pt(6)
    table = add_table(document, (8, 17, 44, 29, 14, 34, 10), padding=(40, 45))
    add_row(table, "序号", "检查事项", "依据", "报告反映情况", "判定", "需补充内容", "时限", header=True)
    tag_row(table, "for f in findings")
    texts = ("{{ f.number }}", "{{ f.title }}", "", "", words.JUDGED, "{{ f.remedy }}", "{{ deadline }}")
    row = add_row(table, *texts)
    middle(row.cells[0])
    add_bases(row.cells[2])
    add_told(row.cells[3])
    tag_row(table, "endfor")


def add_bases(cell: Any) -> None:
    """What binds the unit first; by the rest it only goes (参照)."""
    for kind, before in (("binding", ""), ("guiding", "参照")):
        tag(cell, f"for basis in f.{kind}")
        add(cell, CELL, before + words.CLAUSE)
        tag(cell, "endfor")
    drop_first(cell)


def add_told(cell: Any) -> None:
    """What the report says, with what a person found in it; where it says nothing, where it was searched."""
    tag(cell, "for quote in f.quotes")
    add(cell, QUOTE, (WORDS, words.QUOTED), words.FROM)
    tag(cell, "endfor")
    tag(cell, "if f.more")
    add(cell, CELL, words.MORE)
    tag(cell, "endif")
    tag(cell, "if f.decision and f.decision.quote")
    add(cell, QUOTE, (WORDS, "“{{ f.decision.quote }}”"))
    tag(cell, "elif not f.quotes")
    add(cell, CELL, words.NOT_FOUND)
    tag(cell, "endif")
    drop_first(cell)


def middle(*cells: Any) -> None:
    for cell in cells:
        for paragraph in cell.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def add_receipt(document: Any) -> None:
    add_enclosure(document, 2, words.RECEIPT)
    head = add_table(document, (26, 60, 26, 44), padding=(50, 85))
    year, day = "{{ report.year and report.year ~ '年' }}", "　　　　年　　月　　日"
    for row in (
        ("填报单位", "{{ addressee }}", "报告年度", year),
        ("来文字号", "{{ number_line }}", "收到日期", day),
    ):
        cells = [[(LABEL, text)] if column % 2 == 0 else text for column, text in enumerate(row)]
        middle(*add_row(head, *cells).cells[::2])
    add(document, CELL)
    table = add_table(document, (12, 52, 54, 38), padding=(50, 85))
    add_row(table, "序号", "事项", "补充情况（所在部分、页码）", "佐证材料", header=True)
    tag_row(table, "for f in findings")
    row = add_row(table, "{{ f.number }}", "{{ f.title }}", "", "")
    row.height, row.height_rule = Mm(9), WD_ROW_HEIGHT_RULE.AT_LEAST
    middle(row.cells[0])
    tag_row(table, "endfor")
    kept(add(document, CELL))
    kept(add(document, styles.BLANK, "填报人：　　　　　　　　　　联系电话："))
    for text in ("（单位盖章）　　　　", "　　　　年　　月　　日　　"):
        kept(add(document, styles.BLANK, text)).alignment = WD_ALIGN_PARAGRAPH.RIGHT


# --- the block at the end ------------------------------------------------------------------------


def add_imprint(document: Any, *rows: tuple[str, Sequence[str]], ruled: bool = False) -> None:
    """版记: a table at the bottom of the type area of the page that its paragraph stands on.

    rows: a condition ("" for always), then what is said left and right. The paragraph behind it gets
    as high as the block when it is filled, so that the page it stands on has the room.
    """
    table = add_table(document, (TEXT_WIDTH - 56, 56), padding=(0, 0))
    for name in ("w:tblBorders", "w:jc"):
        table._tbl.tblPr.remove(table._tbl.tblPr.find(qn(name)))
    place = {"vertAnchor": "margin", "horzAnchor": "page", "tblpX": twips(28), "tblpYSpec": "bottom"}
    table._tbl.tblPr.insert(0, element("w:tblpPr", **place))
    table._tbl.tblPr.insert(1, element("w:tblOverlap", val="never"))
    for number, (condition, texts) in enumerate(rows):
        if condition:
            tag_row(table, condition)
        row = add_row(table, *texts)
        if len(texts) == 1:
            row.cells[0].merge(row.cells[1])
        for cell, made in zip(row.cells, (styles.IMPRINT, styles.IMPRINT_RIGHT), strict=False):
            cell.paragraphs[0].style = made if len(texts) > 1 else styles.IMPRINT
        if ruled:
            for cell in row.cells[: len(texts)]:
                rule_cell(cell, last=number == len(rows) - 1)
        if condition:
            tag_row(table, "endif")
    add(document, styles.IMPRINT_ROOM)


def rule_cell(cell: Any, *, last: bool) -> None:
    """0.35 mm above and below the block, 0.25 mm between its rows (7.4.1)."""
    frame = element("w:tcBorders")
    frame.append(element("w:top", val="single", sz="6" if last else "8", space="0", color="000000"))
    frame.append(element("w:bottom", val="single", sz="8" if last else "6", space="0", color="000000"))
    cell._tc.get_or_add_tcPr().insert_element_before(frame, "w:shd", "w:noWrap", "w:tcMar", "w:vAlign")


# --- the two documents ---------------------------------------------------------------------------


def make_letter() -> Any:
    """函: 10.1. The head stands in the header of the first page, which pushes the text down."""
    document = Document()
    styles.make_styles(document)
    section = styles.make_page(document, header=30 * styles.POINTS - styles.MARK_ABOVE)
    section.different_first_page_header_footer = True
    section.first_page_footer.is_linked_to_previous = False
    header = section.first_page_header
    header.is_linked_to_previous = False
    mark, rules = header.paragraphs[0], header.add_paragraph(style=styles.RED_LINE)
    mark.style = styles.MARK
    add_run(mark, "{{ issuer.body }}")
    # 4 mm below the characters; the number's characters 7/8 of 16 pt below it
    offset = 4 * styles.POINTS - styles.MARK_BELOW
    add_double_rule(rules, ("paragraph", offset / styles.POINTS), heights=(THICK, THIN), ident=11)
    bottom = PAGE_HEIGHT - 20 - THICK - GAP - THIN
    add_double_rule(rules, ("page", bottom), heights=(THIN, THICK), ident=13)
    number_above = 0.8 * styles.LINE - 0.84 * 16
    rules.paragraph_format.line_spacing = Pt(
        offset + (THICK + GAP + THIN) * styles.POINTS + 14 - number_above
    )
    define(document, "函")
    number = add(document, styles.NUMBER, "{{ number_line }}")
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    add_rest(document, "函")
    tag(document, "if cc")
    add_imprint(document, ("", (words.COPIES,)))
    tag(document, "endif")
    return document


def make_notice() -> Any:
    """通知: 7. The head is the first paragraph of the text."""
    document = Document()
    styles.make_styles(document)
    styles.make_page(document, header=42)
    define(document, "通知")
    mark = add(document, styles.MARK, "{{ issuer.body }}文件")
    mark.paragraph_format.space_before = None
    document.styles[styles.MARK].paragraph_format.space_before = Pt(35 * styles.POINTS - styles.MARK_ABOVE)
    for _ in range(2):
        add(document, styles.BLANK)
    number = add(document, styles.NUMBER, "{{ number_line }}")
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    rules = add(document, styles.RED_LINE)
    number_below = 0.2 * styles.LINE - 0.08 * 16
    add_rule(rules, ("paragraph", 4 - number_below / styles.POINTS), (TEXT_WIDTH, 0.7), ident=11, left=28)
    add_rest(document, "通知")
    printed = ("{{ issuer.office or issuer.body }}", "{{ date_line }}印发")
    add_imprint(document, ("if cc", (words.COPIES,)), ("", printed), ruled=True)
    return document


def define(document: Any, kind: str) -> None:
    for definition in words.DEFINITIONS:
        tag(document, words.said(definition, kind))


def add_rest(document: Any, kind: str) -> None:
    add_title(document, kind)
    add_text(document, kind)
    add_signature(document)
    add_gaps(document)
    add_receipt(document)


def build(target: Path) -> Any:
    """The template of this name, with its properties."""
    document, kind = (make_letter(), "函") if target == LETTER else (make_notice(), "通知")
    make_properties(document)
    document.core_properties.title = f"法治政府建设年度报告补充完善{kind}"
    document.core_properties.category = f"fazhi-{target.stem}"  # tells `fazhi template check` what it is for
    return document


def main() -> int:
    for target in (LETTER, NOTICE):
        build(target).save(str(target))
        print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
