"""Short reports for the tests of the text defects (样本报告)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.load import checklist_source, load_checklist
from checker.model.document import Block
from checker.model.report import Report
from checker.parse import parse_report

Build = Callable[..., Report]

_TOP = (*(f"{number}、" for number in "一二三四五六七八九壹"), "第一部分")


@pytest.fixture(scope="session")
def report() -> Build:
    """Builds a report from its lines: `report("收到申请12件。", year=2021)`.

    year: the report year, in the title and in the opening. published: a date line of the page.
    unit: who reports. Lines that hold no top heading stand under 一、主要举措和成效; a line of
    several lines ("a\\n\\nb") is cut as a text file would be.
    """
    wording = load_checklist(checklist_source(None)).wording

    def build(*lines: str, year: int = 2021, published: str = "", unit: str = "清河镇") -> Report:
        head = [f"{unit}{year}年度法治政府建设情况报告"]
        if published:
            head.append(f"发布日期：{published}")
        head.append(
            f"{year}年，{unit}在上级党委、政府的坚强领导下，扎实推进法治政府建设。现将有关情况报告如下："
        )
        if not any(line.startswith(_TOP) for line in lines):
            head.append("一、主要举措和成效")
        text = "\n".join([*head, *lines])
        return parse_report(tuple(Block(line) for line in text.split("\n")), wording)

    return build
