"""Make recheck.docx (生成销号表模板): the Word template of `fazhi recheck`.

Run ``python templates/make_recheck.py`` after a change here. How users may edit the .docx, see
make_gap_report.py; the variables are listed in checker/renderers/recheck_table.py.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from make_gap_report import (
    BODY,
    CELL,
    HEAD,
    LABEL,
    QUOTE,
    SMALL,
    SPACER,
    TITLE,
    UNIT,
    WORDS,
    add,
    add_row,
    add_table,
    centre,
    drop_first,
    keep_with_next,
    make_page,
    make_properties,
    make_styles,
    shade,
    tag,
    tag_row,
)

TARGET = Path(__file__).with_name("recheck.docx")
FILE = "{{ %s.file }}（{{ %s.date or '没有认出日期' }}）"
SHOWN = 10


def add_opening(document: Any) -> None:
    add(document, TITLE, UNIT + "{% if report.year %}{{ report.year }}年{% endif %}")
    add(document, TITLE, "法治政府建设年度报告销号表")
    add(document, SPACER)
    table = add_table(document, (28, 60, 28, 40))
    rows = [
        ("单　　位", UNIT, "对照日期", "{{ date }}"),
        ("原　　稿", FILE % ("old", "old")),
        ("新　　稿", FILE % ("new", "new")),
        ("核查清单", "{{ checklist.title }}（{{ checklist.version }}版）"),
    ]
    for cells in rows:
        labelled(add_row(table, *cells))
    tag_row(table, "if notes or new.doubt")
    doubt = "{% if new.doubt %}{{ new.doubt }}。没有读到的不等于没有写，请对照原件核实。{% endif %}"
    labelled(add_row(table, "说　　明", "{{ notes|join('') }}" + doubt))
    tag_row(table, "endif")
    add(document, SPACER)
    add(document, BODY, (LABEL, "对照结果："), "{{ conclusion }}")


def labelled(row: Any) -> None:
    """A row whose first cell, and third where there are four, names what is beside it."""
    pairs = (0, 2) if row.cells[2].text else (0,)
    for column in pairs:
        row.cells[column].paragraphs[0].style = HEAD
        shade(row.cells[column])
    if len(pairs) == 1:
        row.cells[1].merge(row.cells[3])


def add_changes(document: Any) -> None:
    add(document, SPACER)
    tag(document, "if parts")
    table = add_table(document, (10, 27, 21.5, 21.5, 54, 22), padding=(20, 60))
    add_row(table, "序号", "事项", "原判定", "现判定", "销号依据（新稿原文及出处）", "结论", header=True)
    tag_row(table, "for part in parts")
    band = add_row(table, [(LABEL, "{{ part.title }}（{{ part.rows|length }}项）")])
    band.cells[0].merge(band.cells[5])
    shade(band.cells[0])
    keep_with_next(band)
    tag_row(table, "for row in part.rows")
    words = ("{{ row.title }}", "{{ row.before or '原无此项' }}", "{{ row.after }}")
    row = add_row(table, "{{ row.number }}", *words, "", "{{ row.outcome_name }}")
    add_grounds(row.cells[4])
    add_outcome(row.cells[5])
    centre(*row.cells[:1], *row.cells[2:4], row.cells[5])
    tag_row(table, "endfor")
    tag_row(table, "endfor")
    add(document, SPACER)
    tag(document, "endif")


def add_grounds(cell: Any) -> None:
    """The new report's words with their part, the older words beside them, and what is to be known."""
    place = "（{{ quote.section or '未设标题部分' }}）"
    tag(cell, "for quote in row.quotes")
    add(cell, QUOTE, (WORDS, "{{ quote.text }}"), place)
    tag(cell, "if quote.old")
    add(cell, QUOTE, (LABEL, "原稿："), (WORDS, "{{ quote.old }}"))
    tag(cell, "endif")
    tag(cell, "endfor")
    tag(cell, "if row.why")
    add(cell, CELL, "{{ row.why }}。")
    tag(cell, "endif")
    tag(cell, "if row.people")
    add(cell, CELL, "{{ row.people }}。")
    tag(cell, "endif")
    tag(cell, "if row.lacking")
    add(cell, CELL, "尚缺：{{ row.lacking|join('；') }}。")
    tag(cell, "endif")
    tag(cell, "if not (row.quotes or row.why or row.people or row.lacking)")
    add(cell, CELL, "{{ '新稿未见反映。' if row.status == 'unmet' else '—' }}")
    tag(cell, "endif")
    drop_first(cell)


def add_outcome(cell: Any) -> None:
    """Under what came out, two boxes where a person decides."""
    tag(cell, "if row.outcome == 'unclear'")
    add(cell, CELL, "{{ '□可销号' if row.owed else '□已反映' }}")
    add(cell, CELL, "{{ '□不销号' if row.owed else '□需补充' }}")
    tag(cell, "endif")


def add_rest(document: Any) -> None:
    tag(document, "if people.conclusion")
    add(document, BODY, (LABEL, "人工复核："), "{{ people.conclusion }}")
    for texts in ("people.waivers", "people.lapsed"):
        tag(document, f"for text in {texts}")
        add(document, SMALL, "{{ text }}。")
        tag(document, "endfor")
    tag(document, "endif")
    tag(document, "if dropped")
    names = "{% for v in dropped %}{{ v.title }}（{{ v.status_name }}）{% if not loop.last %}、{% endif %}{% endfor %}"
    add(document, BODY, (LABEL, "未对照的事项："), f"原有缺项不在本次清单里，请另行核对：{names}。")
    tag(document, "endif")
    tag(document, "if manual")
    add(document, BODY, (LABEL, "两稿都要由人核实的事项："), "{{ manual|join('、') }}。")
    tag(document, "endif")
    tag(document, "if defects.fixed or defects.remaining or defects.new")
    counts = "已改正{{ defects.fixed|length }}处，仍有{{ defects.remaining|length }}处，新出现{{ defects.new|length }}处"
    rows = "{% if defects.remaining or defects.new %}：" + some(
        "(defects.remaining + defects.new)", "{{ d }}"
    )
    add(document, BODY, (LABEL, "文字差错："), counts + rows + "{% endif %}。")
    tag(document, "endif")
    tag(document, "if reworded")
    add(document, BODY, (LABEL, "其他改写的文字"), "（{{ reworded|length }}处）：")
    tag(document, f"for pair in reworded[:{SHOWN}]")
    add(
        document,
        SMALL,
        "{{ loop.index }}．原稿：",
        (WORDS, "{{ pair.old }}"),
        "　新稿：",
        (WORDS, "{{ pair.new }}"),
    )
    tag(document, "endfor")
    tag(document, f"if reworded|length > {SHOWN}")
    add(document, SMALL, f"……另有{{{{ reworded|length - {SHOWN} }}}}处，未一一列出。")
    tag(document, "endif")
    tag(document, "endif")


def some(items: str, text: str) -> str:
    """The first few of a list in one paragraph, and how many there are besides."""
    more = f"{{% if {items}|length > {SHOWN} %}}等{{{{ {items}|length }}}}处{{% endif %}}"
    each = f"{{% for d in {items}[:{SHOWN}] %}}{text}{{% if not loop.last %}}；{{% endif %}}{{% endfor %}}"
    return each + more


def add_signing(document: Any) -> None:
    add(document, SPACER)
    note = "本表由程序对照两稿的文字生成，只反映文本所载，不代表实际工作情况；只移动或者改写的文字不作销号依据。结论请由人核对后确认。"
    add(document, SMALL, (LABEL, "说明："), note).paragraph_format.keep_with_next = True
    add(document, SPACER).paragraph_format.keep_with_next = True
    line = add(document, BODY, "核对人：　　　　　　　　日期：　　　年　　月　　日")
    line.alignment = WD_ALIGN_PARAGRAPH.LEFT


def build() -> Any:
    """The whole template as a python-docx document."""
    document = Document()
    make_styles(document)
    for name in (CELL, QUOTE, HEAD):
        # six columns: smaller than in the gap report, whose tables have three
        document.styles[name].font.size = Pt(10.5)
        document.styles[name].paragraph_format.line_spacing = Pt(15)
    make_page(document)
    make_properties(document)
    document.core_properties.title = "法治政府建设年度报告销号表"
    document.core_properties.category = "fazhi-recheck"
    for part in (add_opening, add_changes, add_rest, add_signing):
        part(document)
    return document


def main() -> int:
    build().save(str(TARGET))
    print(TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main())
