"""The gap report (核查情况报告): nothing lost, nothing invented, every template fault told."""

from __future__ import annotations

import dataclasses
import datetime
import importlib.util
import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from checker.errors import TemplateError
from checker.model.assessment import Assessment, Defect, Evidence, Finding, Quote, Status
from checker.model.checklist import Basis, Checklist, Group, Item, Rule, Wording
from checker.model.decision import Decision, Entry, Lapse, Review, Waiver, WaiverUse
from checker.model.report import Report, Role, Section, Span, Stance
from checker.renderers import variables
from checker.renderers.gap_report import BAR_SLOTS, gap_report_context, render_gap_report
from checker.renderers.word import WordTemplate

TEMPLATES = Path(__file__).parents[2] / "templates"
TEMPLATE = TEMPLATES / "gap-report.docx"
DATE = datetime.date(2026, 3, 5)
HOSTILE = "甲&乙<丙>{{ 7*7 }}{% raw %}%}]]>{_{ x }_}{#丁#}\"'&amp;戊"


# --- building an assessment ----------------------------------------------------------------------


def quote(text: str = "召开会议3次。", stance: Stance = Stance.DONE, section: str = "一、举措") -> Quote:
    return Quote(Span(0, 2), text, stance, section)


def finding(status: Status, *quotes: Quote, title: str = "", **evidence: Any) -> Finding:
    title = title or f"事项{status.value}"
    basis = (
        Basis("督察工作规定", "第九条", quotation="应当报告。"),
        Basis("《意见》", "二", summary="要点。"),
    )
    item = Item("", title, f"{title}的要求", basis, ("township",), True, Rule("mention"), f"{title}的建议")
    return Finding(item, status, Evidence(quotes, **evidence))


def assessment(
    *groups: Iterable[Finding],
    defects: tuple[Defect, ...] = (),
    unit: str = "某镇人民政府",
    text: str = "正文。",
) -> Assessment:
    """Findings by group; ids are given here so that each finding has its home."""
    made, told = [], []
    for g, findings in enumerate(groups, start=1):
        homed = [_with_id(f, f"g{g}.i{n}") for n, f in enumerate(findings)]
        made.append(Group(f"g{g}", f"第{g}类", tuple(f.item for f in homed)))
        told += homed
    section = Section("一、举措", 1, Role.MEASURES, Span(0, len(text)), Span(0, 0))
    report = Report(text, "某镇报告", None, unit, "township", 2025, sections=(section,))
    checklist = Checklist("c", "核查清单", "1", "《意见》", tuple(made), Wording())
    return Assessment("某镇.docx", report, checklist, tuple(told), defects)


def _with_id(told: Finding, identity: str) -> Finding:
    old = told.item
    item = Item(
        identity, old.title, old.requirement, old.basis, old.levels, old.figures, old.rule, old.remedy
    )
    return Finding(item, told.status, told.evidence)


def typical() -> Assessment:
    first = [
        finding(Status.MET, quote("已召开会议3次。"), quote("已印发文件2件。"), title="会议"),
        finding(Status.UNMET, title="听证", searched=("一、举措", "二、不足")),
        finding(Status.DEFERRED, quote("下一步将开展评估。", Stance.PLANNED), title="评估"),
        finding(Status.NA, title="派驻"),
    ]
    second = [
        finding(Status.THIN, quote("加强培训。", Stance.ASSERTED), title="培训", lacking=("次数",)),
        finding(Status.UNMET, title="清理", contrary="日期晚于第一季度"),
        finding(Status.MANUAL, title="公开", undecidable="没有发布日期。"),
    ]
    return assessment(first, second, defects=(Defect("year", Span(0, 2), "正文", "年份有误", "改为2025"),))


# --- reading back --------------------------------------------------------------------------------


def rendered(told: Assessment, template: Path = TEMPLATE) -> bytes:
    return render_gap_report(told, template=WordTemplate(template), date=DATE)


def paragraphs(data: bytes) -> list[str]:
    """All paragraphs in the order of the page, those in tables included."""
    body = Document(io.BytesIO(data)).element.body
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]


def part(lines: list[str], start: str, end: str) -> list[str]:
    """The lines between two headings, without blank ones."""
    first = next(i for i, line in enumerate(lines) if line.startswith(start))
    last = next(i for i, line in enumerate(lines) if i > first and line.startswith(end))
    return [line for line in lines[first + 1 : last] if line]


def template(tmp_path: Path, *texts: str) -> Path:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    path = tmp_path / "mine.docx"
    document.save(str(path))
    return path


def maker() -> Any:
    spec = importlib.util.spec_from_file_location("make_gap_report", TEMPLATES / "make_gap_report.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- what the document says ----------------------------------------------------------------------


def test_part_two_names_every_gap_once_and_nothing_else() -> None:
    told = typical()
    gaps = part(paragraphs(rendered(told)), "二、", "三、")
    named = [line for line in gaps if re.match(r"\d+．", line)]
    assert named == ["1．听证", "2．评估", "3．清理"]
    assert len(named) == len(told.gaps())


def test_a_gap_shows_requirement_clause_place_judgement_and_suggestion() -> None:
    gaps = part(paragraphs(rendered(typical())), "二、", "三、")
    assert "听证的要求" in gaps
    assert "《督察工作规定》第九条：应当报告。" in gaps
    assert "《意见》二（要点）：要点。" in gaps
    assert "一、举措；二、不足" in gaps
    assert "报告未反映本事项。" in gaps
    assert "听证的建议" in gaps
    assert "下一步将开展评估。（出自：一、举措；语气：计划）" in gaps
    assert "报告未反映本事项；与要求不一致：日期晚于第一季度。" in gaps


def test_every_finding_stands_in_the_part_of_its_status() -> None:
    lines = paragraphs(rendered(typical()))
    assert "加强培训。（出自：一、举措）" in part(lines, "三、", "四、")
    assert "尚缺：次数。" in part(lines, "三、", "四、")
    assert {"正文", "一、举措", "年份有误", "改为2025"} <= set(part(lines, "四、", "五、"))
    manual = part(lines, "五、", "附录")
    assert "公开：公开的要求" in manual and "没有发布日期。" in manual and "□符合" in manual
    met = lines[next(i for i, line in enumerate(lines) if line.startswith("附录")) :]
    assert "已召开会议3次。（出自：一、举措）" in met and "已印发文件2件。（出自：一、举措）" in met
    assert "不适用的事项1项，未计入上表：派驻。" in lines


def test_the_overview_counts_by_group() -> None:
    table = Document(io.BytesIO(rendered(typical()))).tables[1]
    rows = [[cell.text for cell in row.cells[:7]] for row in table.rows]
    assert rows[2] == ["第1类", "3", "1", "—", "1", "1", "—"]
    assert rows[3] == ["第2类", "3", "—", "1", "—", "1", "1"]
    assert rows[4] == ["合　　计", "6", "1", "1", "1", "2", "1"]


def test_the_bars_are_shaded_in_proportion() -> None:
    table = Document(io.BytesIO(rendered(typical()))).tables[1]
    fills = [shading.get(qn("w:fill")) for shading in table.rows[2]._tr.iter(qn("w:shd"))]
    colours = maker().COLOURS
    assert [fills.count(colours[s]) for s in ("met", "deferred", "unmet")] == [7, 7, 6]


def test_a_bar_is_always_full_and_shows_the_rarest_status() -> None:
    many = [finding(Status.MET) for _ in range(97)]
    rare = [finding(s) for s in (Status.THIN, Status.DEFERRED, Status.UNMET)]
    bar = gap_report_context(assessment(many + rare), DATE)["groups"][0]["bar"]
    assert len(bar) == BAR_SLOTS
    assert [bar.count(s) for s in ("met", "thin", "deferred", "unmet")] == [17, 1, 1, 1]
    only_na = gap_report_context(assessment([finding(Status.NA)]), DATE)["groups"][0]["bar"]
    assert only_na == ["none"] * BAR_SLOTS


def test_an_empty_part_says_so_and_keeps_its_number() -> None:
    lines = paragraphs(rendered(assessment([finding(Status.MET, quote())])))
    assert part(lines, "二、", "三、") == ["无。"]
    assert part(lines, "三、", "四、") == ["无。"]
    assert part(lines, "四、", "五、") == ["未发现。"]
    assert part(lines, "五、", "说明")[0] == "无。"
    assert "核查结论：清单适用事项1项，报告已反映1项。" in lines


def test_a_report_that_shows_nothing_still_renders() -> None:
    lines = paragraphs(rendered(assessment([finding(Status.UNMET)])))
    assert lines[-1] == "无。" or lines[-2:] == ["无。", ""]
    assert "未记录" in lines


def test_the_fixed_wording_never_says_that_work_was_not_done() -> None:
    for lines in (paragraphs(rendered(typical())), paragraphs(TEMPLATE.read_bytes())):
        assert not [line for line in lines if re.search(r"未开展|未建立|未落实|没有开展", line)]


# --- hostile text --------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.MET, Status.THIN, Status.DEFERRED, Status.UNMET])
def test_hostile_text_survives_verbatim(status: Status) -> None:
    lines = paragraphs(rendered(assessment([finding(status, quote(HOSTILE))])))
    assert [line for line in lines if line.startswith(HOSTILE + "（出自")]
    assert any(line.startswith("核查人") for line in lines), "the document was cut"


def test_hostile_text_survives_in_every_other_field() -> None:
    told = assessment(
        [finding(Status.UNMET, title=HOSTILE, searched=(HOSTILE,))],
        defects=(Defect("k", Span(0, 1), HOSTILE, HOSTILE, HOSTILE),),
        unit=HOSTILE,
    )
    lines = paragraphs(rendered(told))
    assert f"{HOSTILE}2025年" in lines
    assert f"1．{HOSTILE}" in lines
    assert part(lines, "四、", "五、").count(HOSTILE) == 3
    assert HOSTILE in part(lines, "二、", "三、")


def test_hostile_text_survives_in_what_people_wrote() -> None:
    made = Decision("不认定", HOSTILE, HOSTILE, HOSTILE, DATE)
    entry = Entry("g1.i1", HOSTILE, "报告未反映", "0" * 10, decision=made)
    waiver = Waiver("g1.i1", "某镇", HOSTILE, HOSTILE, DATE, DATE)
    told = assessment([finding(Status.UNMET)])
    told = dataclasses.replace(
        told,
        findings=(dataclasses.replace(told.findings[0], decision=made),),
        review=Review("a.txt", "", "某镇", 2025, "", "", "", (entry,), path="review.yaml"),
        lapsed=(Lapse(entry, HOSTILE),),
        waivers=(WaiverUse(waiver, HOSTILE, HOSTILE),),
    )
    lines = part(paragraphs(rendered(told)), "六、", "说明：")
    assert HOSTILE in lines, "the reason"
    assert f"引文：“{HOSTILE}”" in lines
    assert f"{HOSTILE}，2026年3月5日" in lines
    assert sum(line.count(HOSTILE) for line in lines) == 3 + 4 + 5, "decided, waived, lapsed"


def test_a_row_longer_than_a_page_may_run_over_to_the_next() -> None:
    rows = Document(
        io.BytesIO(
            rendered(assessment([finding(Status.MET, quote("长" * 3000)), finding(Status.MET, quote())]))
        )
    ).tables[-1]
    kept = [bool([*row._tr.iter(qn("w:cantSplit"))]) for row in rows.rows]
    assert kept == [True, True, False, True]


def test_line_breaks_become_spaces_and_forbidden_characters_are_shown() -> None:
    lines = paragraphs(
        rendered(assessment([finding(Status.MET, quote("甲\n乙\r\n丙\x0b丁\x00戊\ud800己\t庚"))]))
    )
    assert any("甲 乙 丙\ufffd丁\ufffd戊\ufffd己 庚（出自" in line for line in lines)


# --- the file ------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes() -> None:
    one, two = rendered(typical()), rendered(typical())
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
    assert Document(io.BytesIO(one)).core_properties.modified.date() == DATE


def test_chinese_fonts_are_named_for_chinese_text() -> None:
    with zipfile.ZipFile(io.BytesIO(rendered(typical()))) as archive:
        styles = archive.read("word/styles.xml").decode()
        footers = [archive.read(n).decode() for n in archive.namelist() if n.startswith("word/footer")]
    for font in ("方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"):
        assert f'w:eastAsia="{font}"' in styles
    assert len(footers) == 2 and all("PAGE" in footer and "— " in footer for footer in footers)


def test_headers_of_long_tables_are_repeated_and_columns_have_widths() -> None:
    document = Document(io.BytesIO(rendered(typical())))
    for table in document.tables[1:]:
        assert list(table.rows[0]._tr.iter(qn("w:tblHeader")))
    for grid in document.element.body.iter(qn("w:gridCol")):
        assert int(grid.get(qn("w:w"))) > 0


def test_cell_properties_stand_in_schema_order() -> None:
    order = ["tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"]
    for properties in Document(io.BytesIO(rendered(typical()))).element.body.iter(qn("w:tcPr")):
        names = [child.tag.rpartition("}")[2] for child in properties]
        assert names == sorted(names, key=order.index)


def test_the_template_is_what_its_script_makes() -> None:
    fresh = io.BytesIO()
    maker().build().save(fresh)
    with zipfile.ZipFile(fresh) as made, zipfile.ZipFile(TEMPLATE) as stored:
        assert sorted(made.namelist()) == sorted(stored.namelist())
        for name in made.namelist():
            if name.endswith(".xml"):
                assert made.read(name) == stored.read(name), f"{name}: run templates/make_gap_report.py"


# --- faults of a template ------------------------------------------------------------------------


def fault(path: Path) -> str:
    with pytest.raises(TemplateError) as caught:
        rendered(typical(), path)
    assert str(path) in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "name", "near"),
    [("期限：{{ dat }}", "dat", "date"), ("单位：{{ report.uint }}", "uint", "unit")],
)
def test_an_unknown_variable_is_named_with_its_place(tmp_path: Path, text: str, name: str, near: str) -> None:
    message = fault(template(tmp_path, "开头", text))
    assert f'"{name}"' in message and f"所在文字：{text}" in message and f'是否想写 "{near}"' in message


def test_a_syntax_error_shows_its_line(tmp_path: Path) -> None:
    message = fault(template(tmp_path, "开头", "二", "三", "四", "五", "{% fro x in gaps %}坏行", "末尾"))
    assert "语法错误" in message and "所在文字：{% fro x in gaps %}坏行" in message


@pytest.mark.parametrize("text", ["{{ ''.__class__.__mro__ }}", "{{ report.__init__.__globals__ }}"])
def test_a_template_cannot_reach_into_python(tmp_path: Path, text: str) -> None:
    assert "不允许" in fault(template(tmp_path, text))


def test_a_template_that_fails_in_any_other_way_is_told(tmp_path: Path) -> None:
    assert "ZeroDivisionError" in fault(template(tmp_path, "{{ 1 // 0 }}"))
    assert "无法填写" in fault(template(tmp_path, "{% include 'other' %}"))


def test_a_tag_across_paragraphs_is_told_and_never_cuts_the_document(tmp_path: Path) -> None:
    path = template(tmp_path, "{% for g in groups %}甲", "乙", "{%p endfor %}", "末尾")
    assert "结构损坏" in fault(path)


def test_a_file_that_is_no_document_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    assert "不是可用的 Word 文档" in fault(broken)
    other = tmp_path / "zip.docx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "x")
    assert "不是可用的 Word 文档" in fault(other)
    assert "无法读取模板" in fault(tmp_path / "missing.docx")
    assert "无法读取模板" in fault(tmp_path)


def test_a_users_own_template_is_filled(tmp_path: Path) -> None:
    path = template(tmp_path, "{{ report.unit }}：{{ counts.gaps }}项", "{{ date }}")
    assert paragraphs(rendered(typical(), path)) == ["某镇人民政府：3项", "2026年3月5日"]


def test_what_counts_by_likeness_asks_to_be_looked_at() -> None:
    quote = Quote(Span(0, 3), "开夜话", Stance.ASSERTED, "决策", likely=True)
    shown = variables.quote_data(quote, SimpleNamespace(quote=lambda _: ""))
    assert shown["section"] == "决策；写法相近，请核对"


def test_how_a_file_was_read_and_why_it_may_not_be_whole_is_told() -> None:
    told = typical()
    report = dataclasses.replace(told.report, doubt="第2页是图片")
    doubted = dataclasses.replace(
        told, report=report, notes=("后缀是 .doc，内容是“PDF 文档”。",), findings=()
    )
    text = "\n".join(paragraphs(rendered(doubted)))
    assert "读取说明" in text
    assert "内容是“PDF 文档”" in text
    assert "第2页是图片。没有读到的不等于没有写" in text
    assert "本次不认定缺项" in text
    assert "读取说明" not in "\n".join(paragraphs(rendered(told)))


def test_a_quotation_from_a_file_with_pages_names_its_page() -> None:
    shown = finding(Status.MET, dataclasses.replace(quote("全年召开听证会2次"), page=7))
    assert "第7页" in "\n".join(paragraphs(rendered(assessment([shown]))))
