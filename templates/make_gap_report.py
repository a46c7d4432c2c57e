"""Make gap-report.docx (生成核查情况模板): the Word template that `fazhi` fills through docxtpl.

Run ``python templates/make_gap_report.py`` after a change here. The .docx is an ordinary document:
users may copy it, edit wording and looks in Word or WPS, and pass it with ``--template``. What they
must keep is the Jinja2 marks: ``{{ variable }}``, and ``{%p … %}`` / ``{%tr … %}`` alone in their
paragraph or table row. The variables are listed in checker/renderers/gap_report.py.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TARGET = Path(__file__).with_name("gap-report.docx")

# GB/T 9704-2012: A4 with a type area of 156 x 225 mm.
TEXT_WIDTH = 156
BAR_SLOTS = 20
STATUSES = ("met", "thin", "deferred", "unmet", "manual")

XIAOBIAOSONG, HEITI, KAITI = "方正小标宋简体", "黑体", "楷体_GB2312"
FANGSONG, SONGTI, LATIN = "仿宋_GB2312", "宋体", "Times New Roman"

# From pale to strong as attention rises, so that the order survives a black-and-white printer.
COLOURS = {
    "met": "C5D3E0",
    "thin": "F0D9A8",
    "deferred": "DB9A6C",
    "unmet": "A63A32",
    "manual": "A9A9A9",
    "none": "FFFFFF",
}
RULE, SHADE, GREY = "595959", "EEF1F5", "595959"

TITLE, BODY, SPACER, TAG = "核查标题", "核查正文", "表间空行", "模板标记"
CELL, QUOTE, HEAD = "表格文字", "表格引文", "表头文字"
SMALL, SMALL_HEAD = "总表文字", "总表表头"
WORDS, LABEL = "报告原文", "表内黑体"


# --- styles and page -----------------------------------------------------------------------------


def set_fonts(style: Any, east_asia: str, *, size: float | None = None) -> None:
    """Both fonts by name: without eastAsia, Word falls back to the theme's font for Chinese."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for kind in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), LATIN)
    fonts.set(qn("w:eastAsia"), east_asia)
    if size is not None:
        style.font.size = Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)


def set_spacing(style: Any, line: float, *, before: float = 0, after: float = 0) -> None:
    paragraph = style.paragraph_format
    paragraph.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.line_spacing = Pt(line)
    paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)


def indent_two(style: Any, size: float) -> None:
    """Two characters of first-line indent, told in characters so that it follows the font size."""
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), str(int(size * 2 * 20)))


def paragraph_style(document: Any, name: str, font: str, *, size: float, line: float) -> Any:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    set_fonts(style, font, size=size)
    set_spacing(style, line)
    return style


def make_styles(document: Any) -> None:
    normal = document.styles["Normal"]
    set_fonts(normal, FANGSONG, size=16)
    set_spacing(normal, 28)
    language = normal.element.get_or_add_rPr()
    language.append(element("w:lang", val="en-US", eastAsia="zh-CN"))
    for number, font in ((1, HEITI), (2, KAITI)):
        make_heading(document.styles[f"Heading {number}"], font)
    title = paragraph_style(document, TITLE, XIAOBIAOSONG, size=22, line=33)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    body = paragraph_style(document, BODY, FANGSONG, size=16, line=27)
    body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    indent_two(body, 16)
    for name, after in ((CELL, 0), (QUOTE, 3)):
        # Not justified: in a narrow column a line with figures would be torn apart.
        cell = paragraph_style(document, name, FANGSONG, size=12, line=18)
        cell.paragraph_format.space_after = Pt(after)
        cell.paragraph_format.keep_together = True
    paragraph_style(document, SMALL, FANGSONG, size=10.5, line=14.5)
    for name, size, line in ((HEAD, 12, 18), (SMALL_HEAD, 10.5, 14.5)):
        head = paragraph_style(document, name, HEITI, size=size, line=line)
        head.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph_style(document, SPACER, FANGSONG, size=5, line=9)
    paragraph_style(document, TAG, FANGSONG, size=9, line=12).font.color.rgb = RGBColor(0x80, 0x80, 0x80)
    for name, font in ((WORDS, KAITI), (LABEL, HEITI)):
        set_fonts(document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER), font)


def make_heading(style: Any, font: str) -> None:
    set_fonts(style, font, size=16)
    set_spacing(style, 28, before=6)
    style.font.bold = False
    style.paragraph_format.keep_with_next = True
    indent_two(style, 16)


def make_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(23)
    document.settings.odd_and_even_pages_header_footer = True
    number_pages(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    number_pages(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def number_pages(footer: Any, side: Any) -> None:
    """— 1 — on the outer side, one character in, as GB/T 9704 has it."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:rightChars" if side == WD_ALIGN_PARAGRAPH.RIGHT else "w:leftChars"), "100")
    indent.set(qn("w:right" if side == WD_ALIGN_PARAGRAPH.RIGHT else "w:left"), "280")
    add_run(paragraph, "— ")
    for kind in ("begin", "instruction", "separate", "result", "end"):
        run = add_run(paragraph, "1" if kind == "result" else "")
        if kind == "instruction":
            run._r.append(element("w:instrText", text="PAGE"))
        elif kind != "result":
            run._r.append(element("w:fldChar", fldCharType=kind))
    add_run(paragraph, " —")
    for run in paragraph.runs:
        run.font.size = Pt(14)
        for kind in ("ascii", "hAnsi", "eastAsia"):
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn(f"w:{kind}"), SONGTI)


def element(tag: str, text: str | None = None, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.text = text
    return made


# --- paragraphs and tables -----------------------------------------------------------------------

Text = str | tuple[str, str]  # a run, or a run with its character style


def add_run(paragraph: Any, text: Text) -> Any:
    if isinstance(text, str):
        return paragraph.add_run(text)
    run = paragraph.add_run(text[1])
    run.style = text[0]
    return run


def add(place: Any, style: str, *texts: Text) -> Any:
    """One paragraph, in the document or in a cell."""
    paragraph = place.add_paragraph(style=style)
    for text in texts:
        add_run(paragraph, text)
    return paragraph


def tag(place: Any, code: str) -> None:
    """A Jinja2 statement on the paragraph level: the paragraph itself disappears when filled."""
    add(place, TAG, "{%p " + code + " %}")


def add_table(document: Any, widths: Sequence[float], *, padding: tuple[int, int] = (30, 85)) -> Any:
    """A ruled table with fixed columns. LibreOffice goes by gridCol alone, Word by the cells too."""
    table = document.add_table(rows=0, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    properties = table._tbl.tblPr
    for width in properties.findall(qn("w:tblW")):
        properties.remove(width)
    properties.append(element("w:tblW", w=twips(sum(widths)), type="dxa"))
    properties.append(borders("w:tblBorders", ("top", "left", "bottom", "right", "insideH", "insideV")))
    margins = element("w:tblCellMar")
    for side, size in zip(("top", "left", "bottom", "right"), padding * 2, strict=True):
        margins.append(element(f"w:{side}", w=str(size), type="dxa"))
    properties.append(margins)
    in_schema_order(properties)
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), twips(width))
    return table


def in_schema_order(properties: Any) -> None:
    order = ("tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook")
    rank = {qn(f"w:{name}"): number for number, name in enumerate(order)}
    properties[:] = sorted(properties, key=lambda child: rank[child.tag])


def borders(name: str, sides: Sequence[str], *, size: str = "4", colour: str = RULE) -> Any:
    made = element(name)
    for side in sides:
        made.append(element(f"w:{side}", val="single", sz=size, space="0", color=colour))
    return made


def twips(millimetres: float) -> str:
    return str(round(millimetres * 1440 / 25.4))


def add_row(table: Any, *cells: Sequence[Text] | str, header: bool = False) -> Any:
    """One row that never breaks over pages; a header row is repeated on each page."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    if header:
        row._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for cell, content in zip(row.cells, cells, strict=False):
        paragraph = cell.paragraphs[0]
        paragraph.style = HEAD if header else CELL
        for text in [content] if isinstance(content, str) else content:
            if text:  # an empty run would keep the paragraph alive when cells are merged
                add_run(paragraph, text)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        if header:
            shade(cell)
    for cell, column in zip(row.cells, table._tbl.tblGrid.findall(qn("w:gridCol")), strict=True):
        cell._tc.get_or_add_tcPr().get_or_add_tcW().set(qn("w:w"), column.get(qn("w:w")))
    return row


def tag_row(table: Any, code: str) -> None:
    """A Jinja2 statement on the row level: the row itself disappears when filled."""
    row = table.add_row()
    row.cells[0].paragraphs[0].style = TAG
    row.cells[0].paragraphs[0].add_run("{%tr " + code + " %}")


def shade(cell: Any, colour: str = SHADE) -> None:
    shading = element("w:shd", val="clear", color="auto", fill=colour)
    properties = cell._tc.get_or_add_tcPr()
    properties.insert_element_before(shading, "w:noWrap", "w:tcMar", "w:textDirection", "w:vAlign")


def centre(*cells: Any) -> None:
    for cell in cells:
        for paragraph in cell.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def keep_with_next(row: Any) -> None:
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def drop_first(cell: Any) -> None:
    """Remove the empty paragraph every new cell has, once the cell got paragraphs of its own."""
    cell._tc.remove(cell.paragraphs[0]._p)


# --- parts of the document -----------------------------------------------------------------------

UNIT = "{{ report.unit or '（未识别单位）' }}"
FROM = "（出自：{{ quote.section or '未设标题部分' }}）"
CLAUSE = "{{ basis.document if '《' in basis.document else '《' ~ basis.document ~ '》' }}{{ basis.clause }}"
SEARCHED = (
    "{% if f.searched|length > 6 %}{{ f.searched[:5]|join('；') }}等{{ f.searched|length }}个部分"
    "{% else %}{{ f.searched|join('；') }}{% endif %}"
)


def add_quotes(cell: Any, empty: str) -> None:
    """Every quotation as its own paragraph in the report's own words, then the heading it is from."""
    tag(cell, "for quote in f.quotes")
    add(cell, QUOTE, (WORDS, "{{ quote.text }}"), FROM)
    tag(cell, "else")
    add(cell, CELL, empty)
    tag(cell, "endfor")
    drop_first(cell)


def add_opening(document: Any) -> None:
    add(document, TITLE, UNIT + "{% if report.year %}{{ report.year }}年{% endif %}")
    add(document, TITLE, "法治政府建设年度报告核查情况")
    add(document, SPACER)
    table = add_table(document, (28, 60, 28, 40))
    year = "{% if report.year %}{{ report.year }}年{% else %}未识别{% endif %}"
    rows: list[tuple[str, ...]] = [
        ("被核查单位", UNIT, "报告年度", year),
        ("单位类别", "{{ report.level or '未识别' }}", "核查日期", "{{ date }}"),
        ("核查文本", "{{ report.title or file }}"),
        ("核查清单", "{{ checklist.title }}（{{ checklist.version }}版）"),
        ("清单依据", "{{ checklist.basis }}"),
    ]
    for cells in rows:
        row = add_row(table, *cells)
        for label in (row.cells[0], row.cells[2])[: len(cells) // 2]:
            label.paragraphs[0].style = HEAD
            shade(label)
        if len(cells) == 2:
            row.cells[1].merge(row.cells[3])
    tag_row(table, "if notes or doubt")
    row = add_row(table, "读取说明", READING)
    row.cells[0].paragraphs[0].style = HEAD
    shade(row.cells[0])
    row.cells[1].merge(row.cells[3])
    tag_row(table, "endif")
    add(document, SPACER)
    add(document, BODY, (LABEL, "核查结论："), CONCLUSION)


READING = (
    "{{ notes|join('') }}"
    "{% if doubt %}{{ doubt }}。没有读到的不等于没有写，本次不认定缺项，请对照原件核实。{% endif %}"
)


CONCLUSION = (
    "清单适用事项{{ counts.applicable }}项，报告已反映{{ counts.met }}项"
    "{% if counts.thin %}，反映不具体{{ counts.thin }}项{% endif %}"
    "{% if counts.deferred %}，仅有计划或自认不足{{ counts.deferred }}项{% endif %}"
    "{% if counts.unmet %}，报告未反映{{ counts.unmet }}项{% endif %}"
    "{% if counts.manual %}，需人工核实{{ counts.manual }}项{% endif %}"
    "{% if counts.defects %}；发现文字差错{{ counts.defects }}处{% endif %}。"
    "{% if missing_parts %}报告没有单列的部分：{{ missing_parts|join('、') }}。{% endif %}"
)


def add_overview(document: Any) -> None:
    document.add_heading("一、总体情况", 1)
    tag(document, "set colour = dict(" + ", ".join(f"{k}='{v}'" for k, v in COLOURS.items()) + ")")
    widths = (47, 11, *(13 for _ in STATUSES), *(33 / BAR_SLOTS,) * BAR_SLOTS)
    table = add_table(document, widths, padding=(10, 40))
    overview_header(table)
    tag_row(table, "for group in groups")
    overview_row(table, "{{ group.title }}", "group")
    tag_row(table, "endfor")
    total = overview_row(table, "合　　计", "overall")
    for cell in total.cells[:7]:
        cell.paragraphs[0].style = SMALL_HEAD
        shade(cell)
    add(document, SPACER)
    tag(document, "if na")
    add(document, BODY, "不适用的事项{{ na|length }}项，未计入上表：{{ na|join('、') }}。")
    tag(document, "endif")
    tag(document, "if checklist.switched_off")
    add(document, BODY, "清单停用的检查项：" + SWITCHED_OFF + "。")
    tag(document, "endif")


SWITCHED_OFF = (
    "{% for item in checklist.switched_off %}{{ item.id }}（{{ item.reason }}）"
    "{% if not loop.last %}、{% endif %}{% endfor %}"
)


def overview_header(table: Any) -> None:
    """The names of the statuses over a strip of their colours: the header is the legend of the bars."""
    names = [f"{{{{ names.{status} }}}}" for status in STATUSES]
    row = add_row(table, "类别", "项数", *names, "构成", header=True)
    strip = add_row(table, header=True)
    strip.height, strip.height_rule = Mm(2.5), WD_ROW_HEIGHT_RULE.EXACTLY
    for cell, status in zip(strip.cells[2:7], STATUSES, strict=True):
        fill(cell, f"colour.{status}")
    for column in (0, 1):
        row.cells[column].merge(strip.cells[column])
    row.cells[7].merge(row.cells[-1])
    strip.cells[7].merge(strip.cells[-1])
    row.cells[7].merge(strip.cells[7])
    for cell in row.cells[:8]:
        cell.paragraphs[0].style = SMALL_HEAD


def overview_row(table: Any, title: str, group: str) -> Any:
    numbers = [f"{{{{ {group}.counts.{status} or '—' }}}}" for status in STATUSES]
    row = add_row(table, title, f"{{{{ {group}.total or '—' }}}}", *numbers)
    for cell in row.cells[:7]:
        cell.paragraphs[0].style = SMALL
    centre(*row.cells[1:7])
    for slot, cell in enumerate(row.cells[7:]):
        fill(cell, f"colour[{group}.bar[{slot}]]")
        frame = bar_frame(slot, closing=group == "overall")
        cell._tc.tcPr.insert_element_before(frame, "w:shd", "w:noWrap", "w:tcMar", "w:vAlign")
    return row


def bar_frame(slot: int, *, closing: bool) -> Any:
    """White rules above and below make a bar of the cells; only the last one closes the table."""
    white = {"val": "single", "sz": "36", "space": "0", "color": "FFFFFF"}
    rule = {"val": "single", "sz": "4", "space": "0", "color": RULE}
    sides = {
        "top": white,
        "left": rule if slot == 0 else {"val": "nil"},
        "bottom": rule if closing else white,
        "right": rule if slot == BAR_SLOTS - 1 else {"val": "nil"},
    }
    frame = element("w:tcBorders")
    for side, line in sides.items():
        frame.append(element(f"w:{side}", **line))
    return frame


def fill(cell: Any, expression: str) -> None:
    """Shade a cell when the template is filled. The font is tiny so that the tag fits in Word."""
    paragraph = cell.paragraphs[0]
    paragraph.style = SPACER
    paragraph.add_run("{% cellbg " + expression + " %}").font.size = Pt(1)


def add_gaps(document: Any) -> None:
    document.add_heading("二、报告未反映或仅有计划的事项", 1)
    none(document, "gaps", "{% if doubt %}文字可能不全，本次不认定缺项。{% else %}无。{% endif %}")
    tag(document, "for group in gaps")
    document.add_heading("（{{ group.numeral }}）{{ group.title }}（{{ group.findings|length }}项）", 2)
    tag(document, "for f in group.findings")
    gap_table(document)
    add(document, SPACER)
    tag(document, "endfor")
    tag(document, "endfor")


def none(document: Any, variable: str, text: str) -> None:
    tag(document, f"if not {variable}")
    add(document, BODY, text)
    tag(document, "endif")


def gap_table(document: Any) -> None:
    table = add_table(document, (24, 89, 43))
    head = add_row(table, "{{ f.number }}．{{ f.title }}", "", "{{ f.status_name }}", header=True)
    head.cells[0].merge(head.cells[1])
    head.cells[0].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
    labelled(table, "要　　求", "{{ f.requirement }}")
    clauses = labelled(table, "依　　据").cells[1]
    tag(clauses, "for basis in f.basis")
    own = "{% if basis.quotation %}：{{ basis.quotation }}{% endif %}"
    add(clauses, CELL, CLAUSE, (WORDS, own), "{% if basis.summary %}（要点）：{{ basis.summary }}{% endif %}")
    tag(clauses, "endfor")
    drop_first(clauses)
    labelled_evidence(table)
    labelled(table, "判　　定", JUDGEMENT)
    labelled_decision(table)
    labelled(table, "建　　议", "{{ f.remedy }}")
    keep_with_next(head)


def labelled(table: Any, label: str, text: str = "") -> Any:
    row = add_row(table, [(LABEL, label)], text)
    centre(row.cells[0])
    row.cells[1].merge(row.cells[2])
    return row


VERDICT = (
    "{{ d.verdict }}{% if d.word %}为“{{ d.word }}”{% endif %}"
    "{% if d.own_name and d.verdict != '确认' %}（程序判定：{{ d.own_name }}）{% endif %}"
)
DECISION = (
    VERDICT + "{% if d.reason %}：{{ d.reason.rstrip('。') }}{% endif %}"
    "{% if d.quote %}；引文：“{{ d.quote }}”{% endif %}（{{ d.by }}，{{ d.date }}）。"
)


def labelled_decision(table: Any) -> None:
    """What a person decided, where anybody did."""
    tag_row(table, "if f.decision")
    labelled(table, "人工复核", "{% set d = f.decision %}" + DECISION)
    tag_row(table, "endif")


def labelled_evidence(table: Any) -> None:
    """What the report says; where it says nothing, where it was searched."""
    tag_row(table, "if f.quotes")
    quotes = labelled(table, "报告所载").cells[1]
    tag(quotes, "for quote in f.quotes")
    reading = "（出自：{{ quote.section or '未设标题部分' }}；语气：{{ quote.stance_name }}）"
    add(quotes, QUOTE, (WORDS, "{{ quote.text }}"), reading)
    tag(quotes, "endfor")
    drop_first(quotes)
    tag_row(table, "else")
    labelled(table, "查找范围", "{% if f.searched %}" + SEARCHED + "{% else %}未记录{% endif %}")
    tag_row(table, "endif")
    tag_row(table, "if f.nearest")
    near = "“{{ f.nearest.text }}”（出自：{{ f.nearest.section or '未设标题部分' }}）仅供对照，不作为已反映的依据。"
    labelled(table, "最接近的段落", near)
    tag_row(table, "endif")


JUDGEMENT = (
    "{% if f.status == 'unmet' %}报告未反映本事项"
    "{% else %}报告仅载明计划或者存在的不足，未反映本年度已开展的工作{% endif %}"
    "{% if f.contrary %}；与要求不一致：{{ f.contrary.rstrip('。') }}{% endif %}"
    "{% if f.lacking %}；尚缺：{{ f.lacking|join('、') }}{% endif %}。"
)


def decided(cell: Any, told: str) -> None:
    """What a person decided, as a paragraph of its own, where anybody did."""
    tag(cell, f"if {told}.decision")
    add(cell, CELL, (LABEL, "人工复核："), f"{{% set d = {told}.decision %}}" + DECISION)
    tag(cell, "endif")


def add_thin(document: Any) -> None:
    document.add_heading("三、反映不具体的事项", 1)
    none(document, "thin", "无。")
    tag(document, "if thin")
    table = add_table(document, (12, 29, 63, 52))
    add_row(table, "序号", "事项", "报告原文", "尚缺内容及建议", header=True)
    tag_row(table, "for group in thin")
    tag_row(table, "for f in group.findings")
    row = add_row(table, "{{ f.number }}", "{{ f.title }}")
    centre(row.cells[0])
    add_quotes(row.cells[2], "—")
    tag(row.cells[3], "if f.lacking")
    add(row.cells[3], CELL, "尚缺：{{ f.lacking|join('、') }}。")
    tag(row.cells[3], "endif")
    add(row.cells[3], CELL, "{{ f.remedy }}")
    decided(row.cells[3], "f")
    drop_first(row.cells[3])
    tag_row(table, "endfor")
    tag_row(table, "endfor")
    add(document, SPACER)
    tag(document, "endif")


def add_defects(document: Any) -> None:
    document.add_heading("四、文字差错", 1)
    none(document, "defects", "未发现。")
    tag(document, "if defects")
    table = add_table(document, (12, 34, 44, 36, 30))
    add_row(table, "序号", "位置", "原文", "问题", "修改建议", header=True)
    tag_row(table, "for d in defects")
    row = add_row(
        table,
        "{{ d.number }}",
        "{{ d.place or '未设标题部分' }}",
        [(WORDS, "{{ d.quote }}")],
        "{{ d.message }}",
        "{{ d.suggestion or '请核对' }}",
    )
    centre(row.cells[0])
    tag(row.cells[4], "if d.decision")
    add(row.cells[4], CELL, "已由{{ d.decision.by }}于{{ d.decision.date }}人工确认。")
    tag(row.cells[4], "endif")
    tag_row(table, "endfor")
    add(document, SPACER)
    tag(document, "endif")


def add_manual(document: Any) -> None:
    document.add_heading("五、需人工核实的事项", 1)
    none(document, "manual", "无。")
    tag(document, "if manual")
    table = add_table(document, (12, 62, 50, 32))
    add_row(table, "序号", "事项及要求", "需人工核实的原因", "核实结果", header=True)
    tag_row(table, "for group in manual")
    tag_row(table, "for f in group.findings")
    item: list[Text] = [(LABEL, "{{ f.title }}"), "：{{ f.requirement }}"]
    row = add_row(table, "{{ f.number }}", item, "{{ f.undecidable or f.remedy }}", "□符合")
    decided(row.cells[2], "f")
    add(row.cells[3], CELL, "□不符合")
    centre(row.cells[0], row.cells[3])
    tag_row(table, "endfor")
    tag_row(table, "endfor")
    add(document, SPACER)
    tag(document, "endif")


def add_review(document: Any) -> None:
    """What people had to say, only where anybody was asked."""
    tag(document, "if review")
    document.add_heading("六、人工复核情况", 1)
    tag(document, "if review.asked and not review.file")
    add(document, BODY, "没有本报告的复核单，本报告所列均为程序判定，尚未经人工复核。")
    tag(document, "endif")
    add_decided(document)
    add_waivers(document)
    add_lapsed(document)
    tag(document, "if review.asked")
    add(document, BODY, (LABEL, "尚未经人工复核的："), UNSEEN)
    tag(document, "for part in review.unseen.names")
    add(document, BODY, "{{ part.name }}：{{ part.titles|join('；') }}。")
    tag(document, "endfor")
    tag(document, "endif")
    tag(document, "endif")


UNSEEN = (
    "{% if review.unseen.counts %}{% for part in review.unseen.counts %}{{ part.name }}{{ part.count }}"
    "{{ '处' if part.name == '文字差错' else '项' }}{% if not loop.last %}，{% endif %}{% endfor %}。"
    "{% else %}无。{% endif %}"
)


def add_decided(document: Any) -> None:
    tag(document, "if review.decided")
    table = add_table(document, (12, 40, 38, 66))
    add_row(table, "序号", "事项", "人工决定", "理由、所引原文和复核人", header=True)
    tag_row(table, "for told in review.decided")
    row = add_row(
        table,
        "{{ loop.index }}",
        "{{ told.title }}",
        "{% set d = told.decision %}" + VERDICT,
    )
    tag(row.cells[3], "if told.decision.reason")
    add(row.cells[3], CELL, "{{ told.decision.reason }}")
    tag(row.cells[3], "endif")
    tag(row.cells[3], "if told.decision.quote")
    add(row.cells[3], CELL, "引文：", (WORDS, "“{{ told.decision.quote }}”"))
    tag(row.cells[3], "endif")
    add(row.cells[3], CELL, "{{ told.decision.by }}，{{ told.decision.date }}")
    tag(row.cells[3], "if told.outdated")
    add(row.cells[3], CELL, "作出决定以后报告文字有改动，请核对决定是否仍然成立。")
    tag(row.cells[3], "endif")
    drop_first(row.cells[3])
    centre(row.cells[0])
    tag_row(table, "endfor")
    add(document, SPACER)
    tag(document, "endif")


def add_waivers(document: Any) -> None:
    tag(document, "for use in review.waivers")
    text = (
        "{{ use.title }}。{{ use.waiver.approved_by }}批准，{{ use.waiver.first }}至"
        "{{ use.waiver.last }}（首尾两日均在内），理由：{{ use.waiver.reason.rstrip('。') }}。"
        "{% if use.why %}本次没有适用：{{ use.why }}。{% endif %}"
    )
    add(document, BODY, (LABEL, "豁免："), text)
    tag(document, "endfor")


def add_lapsed(document: Any) -> None:
    tag(document, "for lapse in review.lapsed")
    text = (
        "{{ lapse.title }}（{{ lapse.status_name }}）。{% if lapse.decision %}{% set d = lapse.decision %}"
        "原决定：" + DECISION + "{% endif %}失效原因：{{ lapse.why }}"
    )
    add(document, BODY, (LABEL, "失效的决定："), text)
    tag(document, "endfor")


def add_note(document: Any) -> None:
    note = "本报告由程序依据报告文本生成，只反映文本所载，不代表实际工作情况，请结合实际核实。"
    add(document, BODY, (LABEL, "说明："), (WORDS, note))
    add(document, SPACER)
    add(document, BODY, "核查人：　　　　　　　　复核人：")


def add_appendix(document: Any) -> None:
    heading = document.add_heading("附录　已反映的事项及原文", 1)
    heading.paragraph_format.page_break_before = True
    none(document, "met", "无。")
    tag(document, "if met")
    table = add_table(document, (12, 38, 106))
    add_row(table, "序号", "事项", "报告原文及出处", header=True)
    tag_row(table, "for group in met")
    band = add_row(table, [(LABEL, "{{ group.title }}（{{ group.findings|length }}项）")])
    keep_with_next(band)
    band.cells[0].merge(band.cells[2])
    shade(band.cells[0])
    tag_row(table, "for f in group.findings")
    tag_row(table, "for quote in f.quotes")
    # One row a quotation, number and title merged over them ({% vm %}): an item with many quotations
    # may run over a page, and yet no quotation is torn.
    words: list[Text] = [(WORDS, "{{ quote.text }}"), FROM]
    centre(add_row(table, "{% vm %}{{ f.number }}", "{% vm %}{{ f.title }}", words).cells[0])
    tag_row(table, "else")
    none_told = "{% if f.decision %}{% set d = f.decision %}人工复核" + DECISION + "{% else %}—{% endif %}"
    centre(add_row(table, "{{ f.number }}", "{{ f.title }}", none_told).cells[0])
    for _ in ("quotations", "findings", "groups"):
        tag_row(table, "endfor")
    tag(document, "endif")


# --- the file ------------------------------------------------------------------------------------


def build() -> Any:
    """The whole template as a python-docx document."""
    document = Document()
    make_styles(document)
    make_page(document)
    make_properties(document)
    for part in (add_opening, add_overview, add_gaps, add_thin, add_defects, add_manual, add_review):
        part(document)
    add_note(document)
    add_appendix(document)
    return document


def make_properties(document: Any) -> None:
    """Replace what python-docx says about itself, and drop its picture of an empty page."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "法治政府建设年度报告核查情况", "", ""
    properties.category = "fazhi-report"  # tells `fazhi template check` what it is for
    properties.created = properties.modified = datetime.datetime(2026, 1, 1)
    relations = document.part.package.rels
    for key in [k for k, r in relations.items() if r.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]


def main() -> int:
    build().save(str(TARGET))
    print(TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main())
