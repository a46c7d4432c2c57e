"""Markdown (标记文本): marks go, text and heading levels stay."""

from __future__ import annotations

import time

import pytest

from checker.model.document import Block
from checker.readers.markdown import read_markdown


def read(text: str) -> tuple[Block, ...]:
    return read_markdown(text.encode()).blocks


def texts(text: str) -> list[str]:
    return [block.text for block in read(text)]


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("# 年度报告", Block("年度报告", level=1)),
        ("## 一、总体情况 ##", Block("一、总体情况", level=2)),
        ("###### 末级", Block("末级", level=6)),
        ("##一、漏了空格", Block("一、漏了空格", level=2)),
        ("## **一、加粗的**", Block("一、加粗的", level=2)),
        ("####### 七个", Block("####### 七个")),
        ("#1 号文件", Block("#1 号文件")),
        ("见 # 号", Block("见 # 号")),
    ],
)
def test_atx_headings_give_the_level_and_lose_their_signs(line: str, block: Block) -> None:
    assert read(line) == (block,)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("收到**申请**12件", "收到申请12件"),
        ("__收到__申请`12`件", "收到申请12件"),
        ("***收到***申请", "收到申请"),
        ("**“引号”**内外", "“引号”内外"),
        ("张**负责", "张**负责"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
        ("甲 ** 乙** 丙", "甲 ** 乙** 丙"),
        ("签名：____ 日期：____", "签名：____ 日期：____"),
        ("编号\\*12\\_3", "编号*12_3"),
    ],
)
def test_emphasis_marks_go_only_in_pairs(line: str, text: str) -> None:
    assert texts(line) == [text]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("见[实施纲要](http://www.gov.cn/a_(1).htm)。", "见实施纲要。"),
        ("![印章](seal.png)", "印章"),
        ("[![图](a.png)](http://b.cn)", "图"),
        ("国发[2024]5号", "国发[2024]5号"),
    ],
)
def test_links_and_images_keep_only_their_text(line: str, text: str) -> None:
    assert texts(line) == [text]


def test_bullets_and_quotation_signs_go_and_ordered_numbers_stay() -> None:
    source = "- 甲\n* 乙\n  + 丙\n> 丁\n1. 戊\n-5 度"
    assert texts(source) == ["甲", "乙", "丙", "丁", "1. 戊", "-5 度"]


def test_table_rows_become_cells_and_separator_rows_go() -> None:
    source = "| 项目 | **数量** |\n|:---|---:|\n| 申请 | 12 |\n|  | 甲\\|乙 |"
    assert read(source) == (
        Block("项目　数量", table=True),
        Block("申请　12", table=True),
        Block("　甲|乙", table=True),
    )


@pytest.mark.parametrize("rule", ["---", "***", "- - -", "____", "====", "```", "```text"])
def test_rules_and_fences_are_dropped(rule: str) -> None:
    assert texts(f"甲\n{rule}\n乙") == ["甲", "乙"]


def test_comments_go_with_their_line_and_over_several_lines() -> None:
    assert texts("甲<!-- 一 -->乙\n<!-- 二 -->\n丙\n<!--\n三\n-->\n丁") == ["甲乙", "丙", "丁"]


def test_an_unclosed_comment_hides_nothing() -> None:
    assert texts("甲\n<!-- 乙\n丙") == ["甲", "<!-- 乙", "丙"]


def test_empty_lines_and_indents_stay_as_in_plain_text() -> None:
    assert texts("甲\r\n\r\n　　乙\n") == ["甲", "", "　　乙", ""]


@pytest.mark.parametrize(
    "piece", ["<!--", "**a ", "[a](", "[", "__a", "- ", "|", "\\", "`", "#", " #", "![](("]
)
def test_repeated_marks_do_not_make_reading_slow(piece: str) -> None:
    begin = time.perf_counter()
    read("甲" + piece * 30_000)
    read(piece * 30_000 + "甲")
    assert time.perf_counter() - begin < 3
