"""The comparison as text, JSON and 销号表: every change is told, every character arrives."""

from __future__ import annotations

import datetime
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pytest
from docx.oxml.ns import qn

import checker
from checker.model.assessment import Finding, Status
from checker.model.comparison import (
    Change,
    Comparison,
    DefectChanges,
    Earlier,
    Outcome,
    Rewording,
    Verdict,
)
from checker.model.decision import Waiver
from checker.model.report import Stance
from checker.renderers.layout import Layout, cells
from checker.renderers.recheck import render_recheck
from checker.renderers.recheck_json import recheck_data, render_recheck_json
from checker.renderers.recheck_table import recheck_context, render_recheck_table
from checker.renderers.word import WordTemplate
from checker.resources import resource
from tests.renderers.assessments import assessment, defect, finding, item, quote

DATE = datetime.date(2026, 3, 5)
HOSTILE = "甲&乙<丙>{{ 7*7 }}{% raw %}\x07{_{ x }_}\"'丁"
WORDS = "全年召开听证会2次"


WAIVER = Waiver("decision.a", "青麓镇", "本年度无合同", "局长", DATE, DATE)


def judged(status: Status, title: str, *quotes: Any, **evidence: Any) -> Finding:
    return finding(status, *quotes, of=item(f"decision.a{ord(title[0])}", title), **evidence)


def typical() -> Comparison:
    made = (Rewording("将建立听证制度", "建立了听证制度"),)
    return compared(
        Change(Outcome.CLOSED, Status.UNMET, judged(Status.MET, "听证"), (quote(WORDS),)),
        Change(
            Outcome.PARTLY, Status.UNMET, judged(Status.THIN, "培训", lacking=("次数",)), (quote("加强培训"),)
        ),
        Change(
            Outcome.UNCLEAR,
            Status.DEFERRED,
            judged(Status.MET, "制度"),
            (quote("建立了听证制度"),),
            made,
            "改写",
        ),
        Change(Outcome.UNCLEAR, Status.MET, judged(Status.MANUAL, "公开"), why="没有发布信息"),
        Change(
            Outcome.REMAINING,
            Status.DEFERRED,
            judged(Status.DEFERRED, "评估"),
            (quote("拟评估", Stance.PLANNED),),
        ),
        Change(Outcome.REMAINING, Status.UNMET, judged(Status.UNMET, "清理", lacking=("数量",))),
        Change(Outcome.NEW, None, judged(Status.UNMET, "日期", contrary="晚于次年3月31日"), why="原清单没有"),
        Change(
            Outcome.LIFTED, Status.UNMET, replace(judged(Status.NA, "合同"), own=Status.UNMET, waiver=WAIVER)
        ),
        dropped=(Verdict("备案", Status.UNMET),),
        manual=(judged(Status.MANUAL, "主送"),),
        defects=DefectChanges((defect("听证会2次"),), (), (defect("法治政府"),)),
        reworded=(Rewording("原来的话", "后来的话"),),
        notes=("两稿认定的层级不同。",),
    )


def compared(*changes: Change, doubt: str = "", **more: Any) -> Comparison:
    new = assessment(*(change.after for change in changes), path="镇/新稿.docx", doubt=doubt)
    old = Earlier.of(assessment(path="镇/原稿.docx"))
    return Comparison(old, new, changes, **more)


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


# --- text -------------------------------------------------------------------------------------------


def test_the_text_tells_every_change_under_its_outcome() -> None:
    text = flat(render_recheck(typical(), Layout(80)))
    parts = [
        "已补充，可销号（1项）",
        "部分补充，仍不具体（1项）",
        "待人工核对（2项）",
        "仍需补充（2项）",
        "新增（1项）",
        "不再要求（1项）",
    ]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    for owed in (
        "听证［报告未反映→已反映］", f"新稿“{WORDS}”（主要举措）", "尚缺次数", "原稿“将建立听证制度”", "说明改写。",
        "日期［原无此项→报告未反映］", "尚缺晚于次年3月31日", "无合同", "备案［报告未反映］", "主送",
        "已改正1处，仍有0处，新出现1处", "“听证会2次”", "“法治政府”", "原稿：“原来的话”", "层级不同",
    ):  # fmt: skip
        assert owed in text


def test_the_counts_add_up_to_what_the_older_version_was_to_supply() -> None:
    text = flat(render_recheck(typical(), Layout(80)))
    assert (
        "原稿需补充7项：可销号1，部分补充1，待核对1，仍需补充2，不再要求1，未对照1。此外待核对1，新增1。"
        in text
    )


def test_an_item_that_is_not_there_at_all_lacks_no_figures() -> None:
    assert "数量" not in render_recheck(typical(), Layout(80))


def test_nothing_open_is_told() -> None:
    closed = Change(Outcome.CLOSED, Status.UNMET, judged(Status.MET, "听证"), (quote(WORDS),))
    assert "没有未了的事项" in render_recheck(compared(closed), Layout(80))
    doubtful = render_recheck(compared(closed, doubt="末尾被截断"), Layout(80))
    assert "没有未了的事项" not in doubtful
    assert "末尾被截断" in doubtful


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = render_recheck(typical(), Layout(width)).split("\n")
    assert max(map(cells, lines)) <= width


def test_control_characters_do_not_reach_the_terminal() -> None:
    change = Change(Outcome.CLOSED, Status.UNMET, judged(Status.MET, "听证"), (quote("甲\x1b[31m乙"),))
    assert "\x1b" not in render_recheck(compared(change), Layout(80))


# --- JSON -------------------------------------------------------------------------------------------


def test_the_json_is_as_its_schema_declares() -> None:
    path = Path(checker.__file__).parent / "schemas" / "recheck.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(render_recheck_json(typical()))
    jsonschema.Draft202012Validator(schema).validate(data)
    assert list(data) == list(schema["properties"]) == schema["required"]
    assert data["counts"] == {"closed": 1, "partly": 1, "unclear": 2, "remaining": 2, "new": 1, "lifted": 1}
    assert data["settled"] is False


def test_the_json_holds_the_older_and_the_newer_words() -> None:
    change = recheck_data(typical())["changes"][2]
    assert (change["before"], change["after"], change["outcome"]) == ("deferred", "met", "unclear")
    assert change["reworded"] == [{"old": "将建立听证制度", "new": "建立了听证制度"}]


# --- the table --------------------------------------------------------------------------------------


def table(comparison: Comparison) -> Any:
    template = WordTemplate(resource("templates", "recheck.docx"))
    return docx.Document(io.BytesIO(render_recheck_table(comparison, template=template, date=DATE)))


def rows(document: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[1].rows]


def test_the_table_has_a_row_for_every_change_under_its_part() -> None:
    told = rows(table(typical()))
    assert told[0] == ["序号", "事项", "原判定", "现判定", "销号依据（新稿原文及出处）", "结论"]
    assert [row[0] for row in told if row[0].isdigit()] == [str(n) for n in range(1, 9)]
    assert [row[0] for row in told[1:] if not row[0].isdigit()] == [
        "已补充，可销号（1项）", "部分补充，仍不具体（1项）", "待人工核对（2项）", "仍需补充（2项）", "新增（1项）", "不再要求（1项）",
    ]  # fmt: skip
    by_title = {row[1]: row for row in told}
    assert by_title["听证"] == [
        "1",
        "听证",
        "报告未反映",
        "已反映",
        f"{WORDS}（主要举措）",
        "可销号",
    ]
    assert by_title["制度"][4:] == [
        "建立了听证制度（主要举措）\n原稿：将建立听证制度\n改写。",
        "待核对\n□可销号\n□不销号",
    ]
    assert by_title["公开"][5] == "待核对\n□已反映\n□需补充"
    assert by_title["清理"][4] == "新稿未见反映。"
    assert by_title["日期"][2] == "原无此项"
    assert "本年度无合同" in by_title["合同"][4]


def test_the_table_tells_versions_counts_and_who_signs() -> None:
    document = table(typical())
    head = flat("".join(cell.text for row in document.tables[0].rows for cell in row.cells))
    for owed in (
        "青麓镇",
        "原稿.docx（2024年2月20日）",
        "新稿.docx（2024年2月20日）",
        "2026年3月5日",
        "层级不同",
    ):
        assert owed in head
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for owed in (
        "原稿需补充7项",
        "备案（报告未反映）",
        "主送",
        "已改正1处",
        "后来的话",
        "核对人：",
        "日期：",
    ):
        assert owed in text


def test_every_cell_of_the_table_ends_in_a_paragraph() -> None:
    bare = Change(Outcome.CLOSED, Status.UNMET, judged(Status.MET, "听证", lacking=("次数",)))
    for cell in table(compared(bare)).element.body.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")


def test_only_a_long_row_may_run_over_a_page() -> None:
    long = Change(Outcome.CLOSED, Status.UNMET, judged(Status.MET, "听证"), (quote("长" * 2000),))
    short = Change(Outcome.CLOSED, Status.UNMET, judged(Status.MET, "培训"), (quote(WORDS),))
    table_rows = [row._tr for row in table(compared(long, short)).tables[1].rows]
    assert [bool(row.findall(f".//{qn('w:cantSplit')}")) for row in table_rows[2:]] == [False, True]


def test_no_character_of_a_report_breaks_or_leaves_the_table() -> None:
    change = Change(
        Outcome.UNCLEAR, Status.UNMET, judged(Status.MET, HOSTILE), (quote(HOSTILE),),
        (Rewording(HOSTILE, HOSTILE),), HOSTILE,
    )  # fmt: skip
    row = rows(table(compared(change, reworded=(Rewording(HOSTILE, HOSTILE),))))[2]
    shown = HOSTILE.replace("\x07", "\ufffd")
    assert row[1] == shown
    assert row[4].count(shown) == 3


def test_a_table_without_changes_is_filled_too() -> None:
    assert len(table(compared()).tables) == 1


def test_the_same_comparison_gives_the_same_bytes() -> None:
    template = WordTemplate(resource("templates", "recheck.docx"))
    one, other = (render_recheck_table(typical(), template=template, date=DATE) for _ in range(2))
    assert one == other


def test_the_variables_are_plain_data() -> None:
    assert json.loads(json.dumps(recheck_context(typical(), DATE)))["counts"]["unclear"] == 2
