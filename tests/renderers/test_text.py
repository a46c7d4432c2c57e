"""The text result (文字结果): what a tired official must be able to find in it."""

from __future__ import annotations

import re

import pytest

from checker.model.assessment import Status, Unread
from checker.model.report import Stance
from checker.renderers.layout import COLOURS, Layout, cells
from checker.renderers.summary import render_summary
from checker.renderers.text import render_conclusion, render_report
from tests.renderers.assessments import assessment, defect, finding, item, quote

PLAIN = Layout(80)


def flat(text: str) -> str:
    """The text without its line breaks and indents."""
    return re.sub(r"\s+", "", text)


def test_the_head_tells_who_which_year_which_level_and_the_counts() -> None:
    other = finding(Status.MET, quote("全年召开听证会2次"), of=item("a.b", "其他"))
    text = flat(render_report(assessment(finding(Status.UNMET), other), PLAIN).split("一、")[0])
    for owed in ("青麓镇", "乡镇", "2023年", "2024-02-20", "共2项", "1项需要补写（报告未反映1）", "已反映1"):
        assert owed in text


def test_a_gap_shows_requirement_clause_its_words_the_search_and_the_remedy() -> None:
    text = flat(render_report(assessment(finding(Status.UNMET)), PLAIN))
    assert "要求应当写明决策听证。" in text
    assert "依据《实施意见》二（一）：“按照法定程序组织听证。”" in text
    assert "核查报告未反映这方面的情况（查找范围：全文）。" in text
    assert "建议请补写决策听证____次。" in text


def test_a_gap_searched_in_a_part_only_names_the_part() -> None:
    wide = finding(Status.MET, of=item("a.b", "其他"))
    narrow = finding(Status.UNMET, searched=("下步计划",))
    assert "查找范围：下步计划）" in flat(render_report(assessment(wide, narrow), PLAIN))


def test_a_deferred_item_shows_the_planned_words_and_their_section() -> None:
    planned = quote("拟召开听证会", Stance.PLANNED, section="下步计划", reason="“拟”")
    text = flat(render_report(assessment(finding(Status.DEFERRED, planned)), PLAIN))
    assert "原文“拟召开听证会”（下步计划）——计划（“拟”）" in text
    assert "报告未反映这方面" not in text


def test_words_about_another_unit_are_shown_as_not_counting() -> None:
    other = quote("召开听证会", Stance.OTHER_UNIT)
    text = flat(render_report(assessment(finding(Status.UNMET, other)), PLAIN))
    assert "另见“召开听证会”（主要举措）——其他单位，不作数" in text


def test_a_contrary_date_is_told_with_its_quotation() -> None:
    late = finding(Status.UNMET, quote("2024", section="发布日期"), contrary="发布日期晚于次年3月31日")
    text = flat(render_report(assessment(late), PLAIN))
    assert "原文“2024”（发布日期）核查发布日期晚于次年3月31日。" in text


def test_a_missing_section_is_named() -> None:
    missing = finding(Status.UNMET, of=item("a.b", "专章", check="section"), lacking=("第一责任人专章",))
    assert "报告没有“第一责任人专章”" in flat(render_report(assessment(missing), PLAIN))


def test_a_thin_item_shows_what_it_says_and_what_it_lacks() -> None:
    thin = finding(Status.THIN, quote("召开听证会", Stance.ASSERTED), lacking=("数量",))
    text = flat(render_report(assessment(thin), PLAIN))
    assert "已反映但不具体的事项（1项）" in text
    assert "原文“召开听证会”（主要举措）缺少数量" in text


def test_a_reported_item_that_is_also_denied_shows_both_together() -> None:
    both = finding(
        Status.MET, quote("召开听证会2次"), quote("未召开听证会", Stance.DENIED, section="存在不足")
    )
    text = flat(render_report(assessment(both), PLAIN))
    assert "前后说法不一的事项（1项）" in text
    assert "一处“召开听证会2次”（主要举措）另处“未召开听证会”（存在不足）" in text


def test_a_reported_item_without_denial_is_no_contradiction() -> None:
    text = render_report(assessment(finding(Status.MET, quote("召开听证会2次"))), PLAIN)
    assert "前后说法不一" not in text


def test_a_defect_shows_its_words_its_section_and_the_correction() -> None:
    fault = defect()
    text = flat(render_report(assessment(finding(Status.MET), defects=(fault,)), PLAIN))
    shown = f"：前后数字不一致[{fault.fingerprint}]原文“听证会2次”（主要举措）建议请核对数字。"
    assert shown in text


def test_what_needs_a_person_says_why() -> None:
    manual = finding(Status.MANUAL, undecidable="没有读到成文日期")
    text = flat(render_report(assessment(manual), PLAIN))
    assert "需要人工核实的事项（1项）" in text
    assert "原因没有读到成文日期" in text


def test_items_that_do_not_apply_are_counted_and_not_listed() -> None:
    text = render_report(assessment(finding(Status.NA), finding(Status.MET, of=item("a.b", "其他"))), PLAIN)
    assert "不适用1" in flat(text)
    assert "决策听证" not in text


@pytest.mark.parametrize("status", [Status.UNMET, Status.DEFERRED])
def test_a_gap_never_says_that_something_was_not_done(status: Status) -> None:
    assert "未开展" not in render_report(assessment(finding(status)), PLAIN)


def test_a_report_without_title_unit_and_year_asks_whether_it_is_one() -> None:
    text = render_report(assessment(finding(Status.UNMET), title="", unit="", year=None, dates=()), PLAIN)
    assert "请确认这是一份年度报告" in text
    assert "--level" in text


def test_colours_change_nothing_but_the_colours() -> None:
    told = assessment(
        finding(Status.UNMET), finding(Status.THIN, of=item("a.b", "其他")), defects=(defect(),)
    )
    painted = render_report(told, Layout(80, COLOURS))
    assert "\x1b[31m" in painted
    assert re.sub(r"\x1b\[\d*m", "", painted) == render_report(told, PLAIN)


def test_control_characters_of_a_report_do_not_reach_the_terminal() -> None:
    hostile = quote("听证\x1b[2J会\x07", Stance.PLANNED, section="计划\x1b]0;x\x07")
    text = render_report(assessment(finding(Status.DEFERRED, hostile), title="题\x1b[1m目"), PLAIN)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_every_line_fits_the_width(width: int) -> None:
    long = quote("召开听证会" * 40, Stance.PLANNED, section="很长的标题" * 8)
    told = assessment(
        finding(Status.DEFERRED, long), defects=(defect(),), path="很长的文件夹/" * 12 + "报告.txt"
    )
    text = render_report(told, Layout(width)) + render_conclusion(told, Layout(width))
    assert max(map(cells, text.splitlines())) <= width


def test_the_summary_has_a_row_for_each_report_and_for_what_was_not_read() -> None:
    one = assessment(finding(Status.UNMET), path="甲/报告.txt")
    text = render_summary([one, Unread("乙/报告.pdf", "不能直接读取 .pdf 文件。")], PLAIN)
    row = next(line for line in text.splitlines() if line.startswith("甲/报告.txt"))
    assert row.split() == ["甲/报告.txt", "乡镇", "2023", "0", "0", "0", "1", "0", "0"]
    assert "乙/报告.pdf" in text
    assert "未能读取：不能直接读取.pdf文件。" in flat(text)
    assert "读取1份，其中1份有需要补写的事项；未能读取1份。" in text


@pytest.mark.parametrize("width", [80, 120])
def test_the_columns_of_the_summary_stand_under_their_heads(width: int) -> None:
    results = [assessment(finding(Status.UNMET), path=f"{'很长的文件名' * n}.txt") for n in (1, 3, 9)]
    lines = render_summary(results, Layout(width)).splitlines()
    header, *rows = [line for line in lines if "已反映" in line or line.endswith(" 0")]
    assert len(rows) == 3
    assert {cells(line) for line in rows} == {cells(header)}


def test_reports_of_the_same_name_keep_their_folder_in_the_summary() -> None:
    paths = [f"{'很深的文件夹/' * 4}{town}/报告.txt" for town in ("甲镇", "乙镇")]
    text = render_summary([assessment(finding(Status.MET), path=path) for path in paths], PLAIN)
    assert "甲镇/报告.txt" in text
    assert "乙镇/报告.txt" in text
