"""A review that people filled in (复核单): every fault with its line and caret, and nothing half applied."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from checker.errors import SettingsError
from checker.load.review import load_review
from checker.model.decision import Decision, Review
from checker.renderers.review import render_review
from checker.review import review_of
from tests import reviews
from tests.reviews import assess

TODAY = datetime.date(2026, 3, 5)


def filled(tmp_path: Path, ident: str, **values: str) -> Path:
    """A file of a review in which one entry is filled in."""
    text = reviews.filled(
        render_review(review_of(assess())), ident, **{"by": "王小明", "date": "2026-03-05"} | values
    )
    path = tmp_path / "review.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def load(path: Path) -> Review:
    return load_review(path, today=TODAY)


def decided(path: Path) -> list[Decision]:
    return [entry.decision for entry in load(path).entries if entry.decision]


def fault(path: Path) -> str:
    with pytest.raises(SettingsError) as error:
        load(path)
    return str(error.value)


@pytest.mark.parametrize("day", ["2026-03-05", "2026/3/5", "2026.3.5", "2026年3月5日", "２０２６年３月５日"])
def test_a_decision_is_read_with_the_person_and_the_day(tmp_path: Path, day: str) -> None:
    path = filled(tmp_path, "hearing", decision="不认定", reason="与本镇无关", date=day)
    (made,) = decided(path)
    assert (made.word, made.reason, made.by, made.date) == ("不认定", "与本镇无关", "王小明", TODAY)


@pytest.mark.parametrize(
    ("ident", "values", "expected"),
    [
        ("hearing", {"decision": "已反应", "reason": "有"}, "是否想写 “已反映”"),
        ("hearing", {"decision": "需人工核实", "reason": "有"}, "这一条不能写"),
        ("addressee", {"decision": "确认"}, "这一条不能写 “确认”"),
        ("hearing", {"decision": "确认", "by": ""}, "缺少 “by”"),
        ("hearing", {"decision": "确认", "date": ""}, "缺少 “date”"),
        ("hearing", {"decision": "确认", "date": "2026-03-06"}, "还没有到"),
        ("hearing", {"decision": "确认", "date": "2026-02-30"}, "没有 “2026-02-30” 这一天"),
        ("hearing", {"decision": "确认", "date": "昨天"}, "不是日期"),
        ("hearing", {"decision": "不认定"}, "缺少 “reason”"),
        ("hearing", {"decision": "不适用"}, "缺少 “reason”"),
        ("hearing", {"decision": "已反映", "reason": "有"}, "缺少 “quote”"),
        ("hearing", {"decision": "反映不具体", "reason": "有"}, "缺少 “quote”"),
        ("hearing", {"reason": "写了理由"}, "没有写决定"),
        ("trees", {"decision": "不认定", "reason": "不对"}, "这一条不能写 “不认定”"),
        ("trees", {"decision": "报告未反映", "reason": "见附件 #3"}, "“#” 后面的文字会丢失"),
        ("trees", {"decision": "报告未反映", "reason": "# 3号"}, "“#” 后面的文字会丢失"),
        ("trees", {"decision": "报告未反映", "reason": "甲: 乙"}, "此处不能再出现冒号"),
        ("trees", {"decision": "报告未反映", "reason": "甲\x1b[2J乙"}, "看不见的控制字符"),
    ],
)
def test_a_fault_is_told_with_its_line_a_caret_and_the_way_out(
    tmp_path: Path, ident: str, values: dict[str, str], expected: str
) -> None:
    told = fault(filled(tmp_path, ident, **values))
    assert expected in told
    assert "review.yaml:" in told
    assert "^" in told
    assert "复核单未能使用" in told


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("    decision：确认\n", "冒号要用英文半角的"),
        ("    decision:确认\n", "冒号要用英文半角的"),
        ('    decision: 确认\n    reason: "没有写完\n', "引号没有成对"),
        ("    decision: 确认\n\treason:\n", "缩进用了制表符"),
    ],
)
def test_a_slip_of_the_keyboard_is_told_on_its_own_line(tmp_path: Path, written: str, expected: str) -> None:
    path = filled(tmp_path, "hearing")
    lines = path.read_text(encoding="utf-8").replace("    decision: \n", written, 1).splitlines()
    path.write_text("\n".join(lines), encoding="utf-8")
    line = lines.index(written.splitlines()[-1]) + 1
    assert f"review.yaml:{line}:" in (told := fault(path))
    assert expected in told


def test_breaks_that_only_yaml_knows_end_no_line(tmp_path: Path) -> None:
    path = filled(tmp_path, "hearing", decision="不认定", reason="甲\u2028乙\x85丙")
    (made,) = decided(path)
    assert made.reason == "甲 乙 丙"


def test_line_ends_of_old_systems_are_line_ends(tmp_path: Path) -> None:
    path = filled(tmp_path, "hearing", decision="不认定", reason="与本镇无关")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r"))
    assert decided(path)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    told = fault(filled(tmp_path, "hearing", decision="已反映", by="", date="明天"))
    assert "共 4 处差错" in told


def test_a_manual_item_is_answered_without_a_quotation(tmp_path: Path) -> None:
    assert decided(filled(tmp_path, "addressee", decision="已反映", reason="红头文件上有"))


def test_an_entry_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    path = filled(tmp_path, "hearing", by="", date="")
    path.write_text(path.read_text(encoding="utf-8").replace("a.archive", "a.hearing"), encoding="utf-8")
    assert "“a.hearing” 这一条重复" in fault(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "文件是空的"),
        ("一段话", "不是复核单"),
        ("- 甲", "不是复核单"),
        ("file: a\n", "不是复核单"),
        ("findings: []\ndecisions: []\n", "不认识的键 “decisions”"),
        ("findings: &x [*x]\n", "应当是"),
        (f"findings: {'[' * 3000}{']' * 3000}", "嵌套太深"),
    ],
)
def test_another_file_is_no_review(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "review.yaml"
    path.write_text(text, encoding="utf-8")
    assert expected in fault(path)


def test_a_missing_review_names_the_path_and_the_way_out(tmp_path: Path) -> None:
    told = fault(tmp_path / "没有.yaml")
    assert "没有.yaml" in told
    assert "fazhi review" in told
