"""The whole flow (流程): one report, and many, of which some cannot be read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.audit import audit_blocks, audit_document, audit_report, audit_reports
from checker.errors import ReadError
from checker.load import checklist_source, load_checklist
from checker.load.checklist import parse_phrase
from checker.model.assessment import Assessment, Status, Unread
from checker.model.checklist import Checklist, Group, Item, Rule
from checker.model.document import Block, Document
from checker.model.report import LEVELS


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in names:
            target.writestr(name, "x")
    return buffer.getvalue()


TEXT = "青麓镇2023年法治政府建设年度报告\n一、主要举措和成效\n全年召开听证会2次，听取了35名代表的意见。\n"


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    """One item: whether hearings are told of."""
    rule = Rule("mention", mention=(parse_phrase("听证会", {}),), units=("次",))
    item = Item("decision.hearing", "听证", "要求", (), tuple(LEVELS), True, rule, "建议")
    county = Item("decision.county", "县", "要求", (), ("county",), False, rule, "建议")
    groups = (Group("decision", "决策", (item, county)),)
    wording = load_checklist(checklist_source(None)).wording
    return Checklist("x", "x", "1", "x", groups, wording, vocabulary=("听证会",))


def write(folder: Path, name: str, text: str | bytes = TEXT) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# ---- one ----


def test_a_report_becomes_its_assessment(tmp_path: Path, checklist: Checklist) -> None:
    path = write(tmp_path, "甲.txt")
    assessment = audit_report(path, checklist)
    assert (assessment.path, assessment.report.unit, assessment.report.year) == (str(path), "青麓镇", 2023)
    assert [f.status for f in assessment.findings] == [Status.MET, Status.NA]
    assert assessment.findings[0].evidence.quotes[0].text == "全年召开听证会2次，"
    assert assessment.checklist is checklist


def test_the_level_that_is_asked_for_decides_which_items_apply(tmp_path: Path, checklist: Checklist) -> None:
    assessment = audit_report(write(tmp_path, "甲.txt"), checklist, level="county")
    assert assessment.report.level == "county"
    assert [f.status for f in assessment.findings] == [Status.MET, Status.MET]


def test_the_same_blocks_give_the_same_assessment(checklist: Checklist) -> None:
    blocks = tuple(Block(line) for line in TEXT.split("\n"))
    one, other = (audit_blocks(blocks, checklist, path="-") for _ in range(2))
    assert one == other


def test_the_defects_of_the_text_are_found_on_the_way(checklist: Checklist) -> None:
    blocks = tuple(Block(line) for line in (TEXT + "印发《青麓镇听证办法1份。").split("\n"))
    assert [d.kind for d in audit_blocks(blocks, checklist, path="-").defects] != []


LINES = st.sampled_from(
    [
        "一、主要举措和成效", "（一）依法决策", "二、存在的不足", "三、下一步打算", "存在的不足和下一步打算",
        "全年召开听 证\u3000会１２次，聘请法律顾问2名，审查合同30份，纠正率100%。", "全年未召开听证会。",
        "下一步，将召开听证会2次。", "县司法局召开听证会2次。", "2021年召开听证会3次。", "行政复议0件。",
        "全年共审查合同50份，其中买卖合同20份、租赁合同25份", "印发《青麓镇听证办法1份。", "（三）", "__年",
        "发布日期：2024-02-03", "首页 > 政务公开", "县人民政府：", "2024年1月20日", "", "，。", "《",
    ]
)  # fmt: skip
SHIPPED = load_checklist(checklist_source(None))


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=20))
def test_whatever_is_read_every_quotation_is_the_reports_own(lines: list[str]) -> None:
    blocks = tuple(map(Block, [*TEXT.strip().split("\n"), *lines]))
    assessment = audit_blocks(blocks, SHIPPED, path="-")
    report = assessment.report
    for quote in (quote for finding in assessment.findings for quote in finding.evidence.quotes):
        assert quote.text == report.quote(quote.span) != ""
        assert quote.figure is None or quote.span.holds(quote.figure)
    assert [d.quote for d in assessment.defects] == [report.quote(d.span) for d in assessment.defects]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("空.txt", b"", "空的"),
        ("无正文.txt", "青麓镇2023年法治政府建设年度报告".encode(), "没有读到报告正文"),
        ("损坏.docx", b"no document", "docx"),
        ("表格.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), "电子表格"),
    ],
)
def test_a_file_that_is_no_report_is_an_error_with_its_path_once(
    tmp_path: Path, checklist: Checklist, name: str, data: bytes, reason: str
) -> None:
    path = write(tmp_path, name, data)
    with pytest.raises(ReadError, match=reason) as error:
        audit_report(path, checklist)
    assert str(error.value).count(str(path)) == 1


# ---- many ----


def test_a_file_that_cannot_be_read_is_a_row_and_the_others_go_on(
    tmp_path: Path, checklist: Checklist
) -> None:
    paths = [
        write(tmp_path, "1.txt"),
        write(tmp_path, "2.docx", b"no document"),
        write(tmp_path, "3.txt", b""),
        tmp_path / "4.txt",
        write(tmp_path, "5.txt", "青麓镇2023年法治政府建设年度报告"),
        write(tmp_path, "6.txt"),
    ]
    results = list(audit_reports(paths, checklist))
    kinds = [type(result) for result in results]
    assert kinds == [Assessment, Unread, Unread, Unread, Unread, Assessment]
    assert [result.path for result in results] == [str(path) for path in paths]


def test_a_row_gives_the_reason_without_the_path(tmp_path: Path, checklist: Checklist) -> None:
    paths = [write(tmp_path, "空.txt", b""), write(tmp_path, "短.txt", "青麓镇2023年法治政府建设年度报告")]
    reasons = [row.reason for row in audit_reports(paths, checklist) if isinstance(row, Unread)]
    assert len(reasons) == 2
    assert all(reason and str(tmp_path) not in reason and reason[0] not in ":： " for reason in reasons)


def test_many_reports_come_one_at_a_time(tmp_path: Path, checklist: Checklist) -> None:
    asked: list[Path] = []

    def paths() -> Iterator[Path]:
        for name in ("1.txt", "2.txt"):
            asked.append(write(tmp_path, name))
            yield asked[-1]

    results = audit_reports(paths(), checklist)
    next(results)
    assert len(asked) == 1


def test_a_fault_of_the_program_is_not_taken_for_an_unread_file(
    tmp_path: Path, checklist: Checklist, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("checker.audit.audit_document", broken)
    with pytest.raises(ZeroDivisionError):
        list(audit_reports([write(tmp_path, "1.txt")], checklist))


# ---- a text that may not be whole ----


def test_nothing_counts_as_a_gap_where_the_text_may_not_be_whole() -> None:
    blocks = tuple(Block(line) for line in TEXT.split("\n"))
    whole = audit_blocks(blocks, SHIPPED, path="-")
    torn = audit_document(Document("pdf", blocks, doubt="第2页是图片"), SHIPPED, path="-")
    assert whole.gaps()
    assert not torn.gaps()
    for before, after in zip(whole.findings, torn.findings, strict=True):
        if before.status in (Status.UNMET, Status.DEFERRED):
            assert after.status is Status.MANUAL
            assert after.evidence.undecidable == "第2页是图片"
        else:
            assert after == before


def test_a_quotation_tells_the_page_it_stands_on(checklist: Checklist) -> None:
    lines = TEXT.split("\n")
    blocks = tuple(Block(line, page=1 + (i > 1)) for i, line in enumerate(lines))
    assessment = audit_document(Document("pdf", blocks), checklist, path="-")
    for finding in assessment.findings:
        for quote in finding.evidence.quotes:
            line = assessment.report.text.count("\n", 0, quote.span.start)
            assert quote.page == 1 + (line > 1)
