"""The table of contents (目录) at the front: its lines are no parts of the report, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from checker.audit import audit_document
from checker.contents import without_contents
from checker.load import checklist_source, load_checklist
from checker.masthead import read_lines
from checker.model.assessment import Assessment
from checker.model.document import Block, Document

CHECKLIST = load_checklist(checklist_source(None))
TITLE = "青麓镇2023年法治政府建设年度报告"
HEADINGS = ("一、主要举措和成效", "二、存在的不足", "三、2024年打算")
TEXTS = ("全年召开听证会2次。", "执法力量薄弱。", "2024年，将开展普法宣传。")
BODY = tuple(line for pair in zip(HEADINGS, TEXTS, strict=True) for line in pair)


def left(*lines: str) -> list[str]:
    return [line.text for line in without_contents(read_lines(tuple(map(Block, lines))))]


def audited(*lines: str) -> Assessment:
    return audit_document(Document("txt", tuple(map(Block, lines))), CHECKLIST, path="报告.txt")


def judged(*lines: str) -> dict[str, str]:
    return {finding.item.id: finding.status.value for finding in audited(*lines).findings}


PAGES = [
    "\t1",
    "……1",
    ".......................................................1",
    "\t- 1 -",
    " 1",
    "1",
    "　1",
    "",
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", [("目录",), ("目　　录",), ("目  次",), ()])
def test_a_table_of_contents_is_left_out_and_changes_no_judgement(page: str, name: tuple[str, ...]) -> None:
    lines = (TITLE, *name, *(heading + page for heading in HEADINGS), *BODY)

    assert left(*lines) == left(TITLE, *BODY)
    assert judged(*lines) == judged(TITLE, *BODY)


def test_a_part_that_only_the_table_of_contents_has_is_missing() -> None:
    entries = (*HEADINGS[:2], "三、党政主要负责人履行第一责任人职责情况", HEADINGS[2])
    statuses = judged(TITLE, "目录", *(entry + "\t2" for entry in entries), *BODY)

    assert statuses["sections.first-responsible"] == "unmet"
    assert statuses["sections.shortcomings"] == "met"


def test_an_entry_may_go_on_in_a_second_line_and_its_heading_may_run_into_the_text() -> None:
    entries = ("一、主要举措", "和成效……1", "（一）依法决策……1", "二、存在的不足……2")
    body = (HEADINGS[0], "（一）依法决策。全年召开听证会2次。", *BODY[2:])

    assert left("目录", *entries, *body) == left(*body)


def test_the_title_between_contents_and_text_stays() -> None:
    lines = ("目录", *HEADINGS, TITLE, f"{TITLE}如下：", *BODY)

    assert left(*lines) == left(TITLE, f"{TITLE}如下：", *BODY)


def test_offsets_and_defects_are_those_of_the_whole_text() -> None:
    assessment = audited(TITLE, "目录", *(heading + "\t1" for heading in HEADINGS), *BODY)
    report = assessment.report

    assert report.text.startswith(f"{TITLE}\n目录\n一、主要举措和成效\t1\n")
    assert [report.quote(section.heading) for section in report.sections] == list(HEADINGS)
    assert not assessment.defects


SHORT = ("1.学法不深入", "2.执法力量不足", "3.普法方式单一")


@pytest.mark.parametrize(
    "lines",
    [
        (TITLE, *BODY),
        # problems that the plan takes up one by one are no contents: a heading or a text precedes them
        (TITLE, "一、存在的不足", *SHORT, "二、下一步打算", *(f"{line}：加强。" for line in SHORT)),
        (TITLE, "现将情况报告如下：", "2023年工作扎实。", *SHORT, *(f"{line}：加强。" for line in SHORT)),
        # figures behind tabs
        (TITLE, "受理案件\t28", "办结案件\t26", "听证会\t2", *BODY),
        # what the text does not take up again is lost nowhere
        (TITLE, "目录", "一、概况\t1", "二、数据\t2", "正文另附。"),
        # a single line and its like further down
        (TITLE, HEADINGS[0], *BODY),
    ],
)
def test_other_lines_stay(lines: tuple[str, ...]) -> None:
    assert left(*lines) == [line.text for line in read_lines(tuple(map(Block, lines)))]
