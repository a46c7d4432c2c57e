"""Checks on the report as a document (报告要件): title, parts, dates, publication, addressee."""

from __future__ import annotations

import dataclasses

import pytest

from checker.assess import judge
from checker.checks import CHECKS
from checker.checks.passages import Passages
from checker.load import checklist_source, load_checklist
from checker.load.checklist import parse_phrase
from checker.model.assessment import Evidence, Status
from checker.model.checklist import Item, Rule, Wording
from checker.model.document import Block
from checker.model.report import Report
from checker.parse import parse_report

WORDING: Wording = load_checklist(checklist_source(None)).wording
TITLE = "青麓镇2023年法治政府建设年度报告"
BODY = ("一、主要举措和成效", "全年召开听证会2次，听取了35名代表的意见。")
MENTION = tuple(parse_phrase(text, {}) for text in ("向社会公开", "报送 政府"))


def report(*lines: str) -> Report:
    return parse_report(tuple(Block(line) for line in lines), WORDING)


def gather(check: str, *lines: str, roles: tuple[str, ...] = ()) -> Evidence:
    """The evidence of one kind of check in one report, with its quotations as they stand."""
    read = report(*lines)
    rule = Rule(check, roles=roles, mention=MENTION)
    vocabulary = tuple(sorted({part for phrase in MENTION for part in phrase.parts()}))
    item = Item("sections.x", "该部分", "要求", (), ("township",), False, rule, "建议")
    evidence = CHECKS[check](item, read, Passages(read, vocabulary))
    quotes = tuple(dataclasses.replace(q, text=read.quote(q.span)) for q in evidence.quotes)
    return dataclasses.replace(evidence, quotes=quotes)


def status(check: str, *lines: str, roles: tuple[str, ...] = ()) -> Status:
    rule = Rule(check, roles=roles)
    item = Item("sections.x", "该部分", "要求", (), ("township",), False, rule, "建议")
    return judge(item, gather(check, *lines, roles=roles))


def quoted(evidence: Evidence) -> list[str]:
    return [quote.text for quote in evidence.quotes]


# ---- title ----


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "青麓镇人民政府关于2023年度法治政府建设情况的报告",
        "青麓镇二〇二三年法治政府建设工作报告",
        "中共青麓镇委员会青麓镇人民政府2023年法治建设工作报告",
        "青麓镇２０２３年法治政府建设年度报告",
    ],
)
def test_a_title_with_unit_year_and_kind_is_complete(title: str) -> None:
    evidence = gather("title", title, *BODY)
    assert (evidence.lacking, evidence.contrary) == ((), "")
    assert quoted(evidence) == [title]


@pytest.mark.parametrize(
    ("title", "lacking"),
    [
        ("2023年法治政府建设年度报告", ("报告单位",)),
        ("青麓镇法治政府建设年度报告", ("报告年度",)),
        ("青麓镇2023年依法行政工作总结", ("文种（法治政府建设情况报告）",)),
        ("法治政府建设情况报告", ("报告单位", "报告年度")),
    ],
)
def test_what_a_title_lacks_is_named(title: str, lacking: tuple[str, ...]) -> None:
    evidence = gather("title", title, *BODY)
    assert evidence.lacking == lacking
    assert all(word in evidence.contrary for word in lacking)
    assert status("title", title, *BODY) is Status.UNMET


def test_a_title_that_names_another_unit_lacks_its_own() -> None:
    read = report(TITLE, *BODY)
    other = dataclasses.replace(read, unit="柳河镇人民政府")
    item = Item("sections.title", "标题", "要求", (), ("township",), False, Rule("title"), "建议")
    assert CHECKS["title"](item, other, Passages(other, ())).lacking == ("报告单位",)


def test_a_report_without_a_title_lacks_it() -> None:
    evidence = gather("title", *BODY)
    assert (evidence.quotes, evidence.lacking) == ((), ("标题",))
    assert status("title", *BODY) is Status.UNMET


# ---- section ----


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("二、存在的不足", "shortcomings"),
        ("二、下一步打算", "plan"),
        ("二、党政主要负责人履行推进法治建设第一责任人职责情况", "first-responsible"),
    ],
)
def test_a_part_is_shown_by_its_heading(heading: str, role: str) -> None:
    evidence = gather("section", TITLE, *BODY, heading, "宣传工作的形式单一。", roles=(role,))
    assert (quoted(evidence), evidence.lacking) == ([heading], ())


@pytest.mark.parametrize("role", ["shortcomings", "plan", "first-responsible"])
def test_a_missing_part_is_named_and_so_are_the_headings_that_were_searched(role: str) -> None:
    evidence = gather("section", TITLE, *BODY, roles=(role,))
    assert (evidence.quotes, evidence.lacking, evidence.searched) == ((), ("该部分",), ("主要举措和成效",))
    assert status("section", TITLE, *BODY, roles=(role,)) is Status.UNMET


@pytest.mark.parametrize(
    ("role", "shown"), [("shortcomings", True), ("plan", True), ("first-responsible", False)]
)
def test_shortcomings_and_plan_in_one_part_show_both_and_nothing_else(role: str, shown: bool) -> None:
    lines = (TITLE, *BODY, "二、存在的不足和下一步打算", "宣传形式单一。下一步，加强宣传。")
    assert bool(gather("section", *lines, roles=(role,)).quotes) is shown


def test_a_heading_without_any_text_is_no_part() -> None:
    lines = (TITLE, *BODY, "二、存在的不足", "三、下一步打算", "加强宣传。")
    assert gather("section", *lines, roles=("shortcomings",)).quotes == ()


def test_a_part_without_a_heading_is_shown_by_its_first_sentence() -> None:
    lines = (
        TITLE,
        "全年就集镇改造和农贸市场搬迁召开听证会2次，审查合同61份，化解纠纷30件，普法12场，取得了较好的成效。",
        "但是还存在宣传形式单一的问题。执法力量也薄弱。",
    )
    assert quoted(gather("section", *lines, roles=("shortcomings",))) == ["但是还存在宣传形式单一的问题。"]


def test_a_report_without_headings_is_searched_as_a_whole() -> None:
    evidence = gather("section", TITLE, "全年召开听证会2次，办案3件。", roles=("plan",))
    assert evidence.searched == ("全文（没有标题）",)


# ---- date ----


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([TITLE, "发布日期：2024-01-01", *BODY], Status.MET),
        ([TITLE, "发布日期：2024-03-31", *BODY], Status.MET),
        ([TITLE, "发布日期：2024-04-01", *BODY], Status.UNMET),
        ([TITLE, "发布日期：2023-12-31", *BODY], Status.UNMET),
        ([TITLE, "发布日期：2025-02-01", *BODY], Status.UNMET),
        ([TITLE, *BODY, "青麓镇人民政府", "2024年1月20日"], Status.MET),
        ([TITLE, *BODY, "青麓镇人民政府", "二〇二四年二月二十四日"], Status.MET),
        ([TITLE, *BODY, "青麓镇人民政府", "2023年12月20日"], Status.UNMET),
        ([TITLE, *BODY], Status.MANUAL),
        (["青麓镇法治政府建设年度报告", *BODY], Status.MANUAL),
    ],
    ids=[
        "first day", "last day", "a day too late", "a day too early", "a year too late", "signed",
        "signed in Chinese numerals", "signed too early", "no date", "no year",
    ],
)  # fmt: skip
def test_a_report_is_in_time_in_the_first_quarter_of_the_next_year(lines: list[str], wanted: Status) -> None:
    assert status("date", *lines) is wanted


@pytest.mark.parametrize(
    ("written", "published", "wanted"),
    [
        ("2023-12-20", "2024-02-03", Status.MET),
        ("2024-01-20", "2024-02-03", Status.MET),
        ("2024-03-20", "2024-04-11", Status.MET),
        ("2024-04-02", "2024-04-11", Status.UNMET),
        ("2023-12-02", "2023-12-11", Status.UNMET),
    ],
    ids=["written early", "both in time", "published late", "both late", "both early"],
)
def test_of_two_dates_one_in_time_suffices(written: str, published: str, wanted: Status) -> None:
    assert status("date", TITLE, f"成文日期：{written} 发布日期：{published}", *BODY) is wanted


def test_of_two_dates_none_in_time_does_not_suffice() -> None:
    assert status("date", TITLE, "成文日期：2023-12-20 发布日期：2024-05-11", *BODY) is Status.UNMET


@pytest.mark.parametrize(
    ("date", "said"),
    [("2024-04-11", "发布日期2024年4月11日，晚于次年3月31日"), ("2023-12-05", "发布日期2023年12月5日，早于")],
)
def test_a_date_out_of_time_is_told_with_its_kind(date: str, said: str) -> None:
    evidence = gather("date", TITLE, f"发布日期：{date}", *BODY)
    assert evidence.contrary.startswith(said)
    assert quoted(evidence) == [date]


@pytest.mark.parametrize(
    ("lines", "said"),
    [([TITLE, *BODY], "没有读到成文或发布日期"), (["青麓镇法治政府建设年度报告", *BODY], "没有读到报告年度")],
)
def test_what_cannot_be_decided_says_why_and_where_it_was_searched(lines: list[str], said: str) -> None:
    evidence = gather("date", *lines)
    assert (evidence.undecidable, evidence.contrary) == (said, "")
    assert "落款" in evidence.searched


# ---- published ----


@pytest.mark.parametrize(
    "line", ["来源：青麓镇人民政府 发布时间：2024-02-03", "您的位置：首页 > 政务公开", "索引号：64-2024-1"]
)
def test_the_lines_of_a_page_show_that_it_was_published(line: str) -> None:
    assert quoted(gather("published", TITLE, line, *BODY)) == [line]


def test_the_text_may_say_that_it_was_published() -> None:
    evidence = gather("published", TITLE, *BODY, "本报告已向社会公开。")
    assert quoted(evidence) == ["本报告已向社会公开。"]


@pytest.mark.parametrize(
    "told", ["下一步将向社会公开。", "年度报告应当向社会公开。", "县司法局已向社会公开。"]
)
def test_a_publication_that_is_planned_told_or_another_units_decides_nothing(told: str) -> None:
    evidence = gather("published", TITLE, *BODY, told)
    assert (evidence.quotes, bool(evidence.undecidable)) == ((), True)


def test_a_text_without_a_page_around_it_cannot_show_whether_it_was_published() -> None:
    assert status("published", TITLE, *BODY) is Status.MANUAL


def test_a_text_that_denies_its_publication_is_a_gap() -> None:
    assert status("published", TITLE, *BODY, "本报告未向社会公开。") is Status.UNMET


# ---- addressee ----


def test_an_addressee_shows_to_whom_it_was_reported() -> None:
    assert quoted(gather("addressee", TITLE, "县委、县人民政府：", *BODY)) == ["县委、县人民政府："]


def test_the_text_may_say_to_whom_it_was_reported() -> None:
    told = "本报告已报送县人民政府。"
    assert quoted(gather("addressee", TITLE, *BODY, told)) == [told]


def test_a_text_without_an_addressee_cannot_show_to_whom_it_was_reported() -> None:
    assert status("addressee", TITLE, *BODY) is Status.MANUAL
