"""The JSON result (机读结果) and its published schema."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import checker
from checker.audit import audit_report
from checker.load import checklist_source, editor_schema, load_checklist
from checker.model.assessment import STATUS_NAMES, Status, Unread
from checker.model.report import LEVELS, DateMark, Span, Stance
from checker.renderers.json import SCHEMA, render_json, result_data
from tests.renderers.assessments import TEXT, assessment, defect, finding, item, quote

SCHEMAS = Path(checker.__file__).parent / "schemas"
EXAMPLES = Path(__file__).parents[2] / "examples"


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def check(data: Any) -> None:
    published = schema("result.schema.json")
    jsonschema.Draft202012Validator.check_schema(published)
    jsonschema.Draft202012Validator(published).validate(data)


def data_of(*results: Any) -> dict[str, Any]:
    checklist = assessment(finding(Status.MET)).checklist
    return result_data(checklist, results)


def test_a_report_has_exactly_the_published_keys() -> None:
    told = assessment(finding(Status.MET, quote("全年召开听证会2次")), defects=(defect(),))
    data = data_of(told, Unread("乙.pdf", "不能读取"))
    assert list(data) == ["schema", "checklist", "reports", "unread"]
    (report,) = data["reports"]
    head = ["path", "kind", "notes", "doubt", "title", "unit", "level", "year", "date", "dates", "source"]
    assert list(report) == [*head, "items", "defects", "text"]
    assert list(report["items"][0]) == [
        "id",
        "title",
        "status",
        "evidence",
        "lacking",
        "searched",
        "fingerprint",
    ]
    assert list(report["items"][0]["evidence"][0]) == ["quote", "start", "end", "section", "stance"]
    assert list(report["defects"][0])[:6] == ["id", "quote", "start", "end", "message", "suggestion"]
    assert data["unread"] == [{"path": "乙.pdf", "reason": "不能读取"}]
    check(data)


def test_offsets_point_at_the_quotation() -> None:
    (report,) = data_of(assessment(finding(Status.MET, quote("全年召开听证会2次"))))["reports"]
    (evidence,) = report["items"][0]["evidence"]
    assert TEXT[evidence["start"] : evidence["end"]] == evidence["quote"] == "全年召开听证会2次"


def test_date_is_the_first_of_the_report_and_null_without_one() -> None:
    dated, undated = data_of(assessment(finding(Status.MET)), assessment(finding(Status.MET), dates=()))[
        "reports"
    ]
    assert (dated["date"], undated["date"]) == ("2024-02-20", None)


def test_of_several_dates_the_first_is_given() -> None:
    marks = tuple(DateMark("signed", datetime.date(2024, month, 1), Span(0, 4)) for month in (3, 1))
    (report,) = data_of(assessment(finding(Status.MET), dates=marks))["reports"]
    assert report["date"] == "2024-03-01"


def test_a_reason_against_the_report_stands_in_lacking() -> None:
    (report,) = data_of(assessment(finding(Status.UNMET, contrary="晚于次年3月31日")))["reports"]
    assert report["items"][0]["lacking"] == ["晚于次年3月31日"]


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("stance", Stance)
def test_the_schema_knows_every_status_and_stance(status: Status, stance: Stance) -> None:
    check(data_of(assessment(finding(status, quote("召开听证会", stance)))))


def test_the_schema_lists_no_status_stance_or_level_that_is_gone() -> None:
    parts = schema("result.schema.json")["$defs"]
    assert parts["item"]["properties"]["status"]["enum"] == [status.value for status in STATUS_NAMES]
    assert parts["quote"]["properties"]["stance"]["enum"] == [stance.value for stance in Stance]
    assert parts["report"]["properties"]["level"]["enum"] == list(LEVELS)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(extra=1),
        lambda data: data.pop("unread"),
        lambda data: data.update(schema="urn:other"),
        lambda data: data["reports"][0].update(extra=1),
        lambda data: data["reports"][0].update(year="2023"),
        lambda data: data["reports"][0].update(items=[]),
        lambda data: data["reports"][0]["items"][0].update(status="fine"),
        lambda data: data["reports"][0]["items"][0]["evidence"][0].update(start=-1),
        lambda data: data["reports"][0]["items"][0]["evidence"][0].pop("stance"),
    ],
)
def test_the_schema_is_strict(spoil: Any) -> None:
    data = data_of(assessment(finding(Status.MET, quote("召开听证会"))))
    check(data)
    spoil(data)
    with pytest.raises(jsonschema.ValidationError):
        check(data)


def test_the_schema_is_published_under_the_id_that_results_carry() -> None:
    assert schema("result.schema.json")["$id"] == SCHEMA


def test_a_real_report_fits_the_schema_and_its_offsets_fit_its_text() -> None:
    checklist = load_checklist(checklist_source(None))
    told = audit_report(EXAMPLES / "heijing-2023.txt", checklist)
    data = json.loads(render_json(checklist, [told]))
    check(data)
    quotes = [e for one in data["reports"][0]["items"] for e in one["evidence"]]
    assert quotes
    assert [e for e in quotes if told.report.text[e["start"] : e["end"]] != e["quote"]] == []


def test_chinese_is_written_as_it_is_read() -> None:
    told = assessment(finding(Status.MET, of=item("a.b", "其他")))
    assert '"unit": "青麓镇"' in render_json(told.checklist, [told])


def test_a_file_name_that_is_no_text_still_gives_json() -> None:
    text = render_json(assessment(finding(Status.MET)).checklist, [Unread("报告\udcff.txt", "读不了")])
    assert json.loads(text.encode("utf-8"))["unread"][0]["path"] == "报告\\udcff.txt"


def test_the_published_checklist_schema_is_the_one_of_the_code() -> None:
    assert schema("checklist.schema.json") == editor_schema(), "运行 fazhi checklist schema 更新它"
