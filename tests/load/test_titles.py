"""The file of titles: what it gives, and every fault with its line and a caret."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from checker.errors import ChecklistError
from checker.load.titles import load_titles
from checker.model.titles import Titles, core, years
from checker.resources import resource

GOOD = """
titles:
  laws:
    - {title: 中华人民共和国民法典, passed: 2020-05-28, effective: 2021-01-01, sure: V}
    - {title: 中华人民共和国合同法, passed: 1999, repealed: 2021-01, replaced-by: 中华人民共和国民法典, sure: M}
    - {title: 中华人民共和国保守国家秘密法, short: [保密法], sure: V, note: 简称通行}
  documents:
    - {title: 法治政府建设实施纲要（2015－2020年）, sure: V}
    - {title: 法治政府建设实施纲要（2021－2025年）, sure: V}
wrong:
  - {written: 民典法, right: [中华人民共和国民法典], note: 词序颠倒}
"""


def load(tmp_path: Path, text: str) -> Titles:
    path = tmp_path / "titles.yaml"
    path.write_text(text, encoding="utf-8")
    return load_titles(path)


def faults(tmp_path: Path, text: str) -> str:
    with pytest.raises(ChecklistError) as caught:
        load(tmp_path, text)
    return str(caught.value)


def test_titles_are_found_by_name_and_by_short_form(tmp_path: Path) -> None:
    titles = load(tmp_path, GOOD)
    assert [t.name for t in titles.by_core[core("《民法典》"[1:-1])]] == ["中华人民共和国民法典"]
    assert [t.name for t in titles.by_core[core("保密法")]] == ["中华人民共和国保守国家秘密法"]
    assert len(titles.by_core[core("法治政府建设实施纲要")]) == 2
    assert titles.misquotes[core("民典法")].right == ("中华人民共和国民法典",)


def test_a_partial_date_is_taken_to_the_unit_s_advantage(tmp_path: Path) -> None:
    law = load(tmp_path, GOOD).by_core["合同法"][0]
    assert law.passed == datetime.date(1999, 1, 1)
    assert law.repealed == datetime.date(2021, 1, 31)
    assert law.replaced_by == "中华人民共和国民法典"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中华人民共和国行政处罚法", "行政处罚法"),
        ("法治政府建设实施纲要（2021—2025年）", "法治政府建设实施纲要(2021-2025)"),
        ("关于加强法治政府建设的意见", "国务院关于加强法治政府建设的意见"),
        ("关于实行国家机关“谁执法谁普法”普法责任制的意见", "关于实行国家机关谁执法谁普法普法责任制的意见"),
        ("中国共产党支部工作条例（试行）", "中国共产党支部工作条例"),
        ("最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释", "关于适用《行政诉讼法》的解释"),
        ("中华人民共和国\n土地管理法", "土地管理法"),
    ],
)
def test_harmless_differences_of_form_do_not_count(one: str, other: str) -> None:
    assert core(one) == core(other)


def test_the_years_of_a_plan_are_read_with_any_dash() -> None:
    written = [
        "纲要（2021－2025年）",
        "纲要(2021—2025)",
        "纲要（2021年-2025年）",
        "纲要（2021至2025年）",
        "纲要(2021~2025年)",
    ]
    assert {years(name) for name in written} == {("2021", "2025")}
    assert years("2021年工作要点") is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("sure: V, note: 简称通行", "sure: X"), ["6:", "未知的取值 “X”", "可用：V、M"]),
        (("passed: 2020-05-28", "passed: 2020年5月"), ["4:", "不能写成 “2020年5月”", "2021-01"]),
        (("passed: 2020-05-28", "passed: 2020-13-01"), ["没有 “2020-13-01” 这一天"]),
        (("passed: 2020-05-28", "pased: 2020-05-28"), ["不认识的键 “pased”", "是否想写 “passed”"]),
        (("short: [保密法]", "short: 保密法"), ["“short” 应当是列表"]),
        (("title: 中华人民共和国保守国家秘密法, ", ""), ["缺少 “title”"]),
        (("中华人民共和国保守国家秘密法", "《中华人民共和国保守国家秘密法》"), ["名称不加书名号"]),
        (("中华人民共和国保守国家秘密法", "民法典"), ["“民法典” 重复", "第 4 行已有"]),
        (
            ("replaced-by: 中华人民共和国民法典", "replaced-by: 中华人民共和国民典法"),
            ["是否想写 “中华人民共和国民法典”"],
        ),
        (("right: [中华人民共和国民法典]", "right: [民法总则]"), ["表里没有 “民法总则”", "11:"]),
        (("written: 民典法", "written: 合同法"), ["“合同法” 同时列在 titles 里"]),
        (("right: [中华人民共和国民法典]", "right: []"), ["“right” 不能为空"]),
        (("titles:", "tittles:"), ["不认识的键 “tittles”", "是否想写 “titles”"]),
    ],
)
def test_a_fault_is_shown_with_its_line_a_caret_and_what_is_valid(
    tmp_path: Path, change: tuple[str, str], words: list[str]
) -> None:
    message = faults(tmp_path, GOOD.replace(*change))
    assert "titles.yaml:" in message and "^" in message
    assert [word for word in words if word not in message] == []


def test_all_faults_are_shown_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("passed: 1999", "passed: 1999-02-30").replace("民法典], note", "民法], note")
    assert "共 2 处差错" in faults(tmp_path, text)


def test_a_missing_file_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError, match="找不到"):
        load_titles(tmp_path / "none.yaml")


def test_the_shipped_list_loads_and_holds_what_reports_cite_most() -> None:
    titles = load_titles(resource("checklists", "titles.yaml"))
    names = {title.name for title in titles.titles}
    assert len(names) > 600
    assert {
        "中华人民共和国行政处罚法",
        "重大行政决策程序暂行条例",
        "法治政府建设实施纲要（2021－2025年）",
        "党政主要负责人履行推进法治建设第一责任人职责规定",
        "法治政府建设与责任落实督察工作规定",
    } <= names


def test_every_shipped_repealed_law_was_there_before_its_end() -> None:
    titles = load_titles(resource("checklists", "titles.yaml"))
    over = [t for t in titles.titles if t.repealed and t.passed and t.repealed <= t.passed]
    late = [
        t for t in titles.titles if t.effective and t.passed and t.effective < t.passed and t.passed.month > 1
    ]
    assert (over, late) == ([], [])
