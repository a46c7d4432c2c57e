"""Titles in balanced lines (标题回行)."""

from __future__ import annotations

import pytest

from checker.renderers.title import balanced, text_width
from tests.renderers.letters import NAME_40, UNIT_40


def title(issuer: str, unit: str) -> list[str]:
    text = f"{issuer}关于补充完善{unit}2023年度法治政府建设年度报告的函"
    lines = balanced(text, 20, (issuer, unit))
    assert "".join(lines) == text
    return lines


def test_a_title_breaks_where_the_sense_allows() -> None:
    assert title("青原区司法局", "青麓镇") == [
        "青原区司法局关于补充完善青麓镇",
        "2023年度法治政府建设年度报告的函",
    ]
    assert title("中共青原区委全面依法治区委员会办公室", "青麓镇人民政府") == [
        "中共青原区委全面依法治区委员会办公室",
        "关于补充完善青麓镇人民政府",
        "2023年度法治政府建设年度报告的函",
    ]


@pytest.mark.parametrize(
    ("issuer", "unit"), [("某区政府", "青麓镇政"), (NAME_40, UNIT_40), ("甲" * 40, "乙" * 40)]
)
def test_no_line_is_wider_than_the_page_and_none_begins_or_ends_badly(issuer: str, unit: str) -> None:
    lines = title(issuer, unit)
    assert all(text_width(line) <= 20 for line in lines)
    assert not [line for line in lines if line[0] in "的》）、" or line[-1] in "《（"]


def test_names_are_broken_only_where_they_are_too_long() -> None:
    assert balanced("青原区人民政府青麓镇人民政府", 10, ("青原区人民政府", "青麓镇人民政府")) == [
        "青原区人民政府",
        "青麓镇人民政府",
    ]
    assert "".join(balanced(NAME_40, 20, (NAME_40,))) == NAME_40


def test_a_text_that_fits_or_is_empty_is_one_line() -> None:
    assert balanced("回执", 20) == ["回执"]
    assert balanced("", 20) == [""]
    assert balanced("宽", 0.5) == ["宽"]
    assert balanced("长" * 5000, 20) == ["长" * 5000]
