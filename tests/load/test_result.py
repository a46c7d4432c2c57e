"""A saved JSON result as the older version (核查结果作原稿)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checker.errors import ReadError
from checker.load.result import load_result
from checker.model.assessment import Status
from checker.model.comparison import Earlier
from checker.renderers.json import render_json
from tests.renderers.assessments import assessment, defect, finding, item, quote


def saved(folder: Path, change: Any = lambda data: None) -> Path:
    told = assessment(
        finding(Status.MET, quote("全年召开听证会2次")),
        finding(Status.UNMET, of=item("decision.archive", "归档")),
        defects=(defect(),),
    )
    data = json.loads(render_json(told.checklist, [told]))
    change(data)
    path = folder / "核查结果.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8-sig")
    return path


def test_a_saved_result_is_the_same_older_version_as_its_assessment(tmp_path: Path) -> None:
    told = assessment(
        finding(Status.MET, quote("全年召开听证会2次")),
        finding(Status.UNMET, of=item("decision.archive", "归档")),
        defects=(defect(),),
    )
    assert load_result(saved(tmp_path)) == (Earlier.of(told),)


def test_a_result_without_the_text_asks_for_the_report(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"没有保存报告全文.*直接用原报告文件：青麓镇\.txt"):
        load_result(saved(tmp_path, lambda data: data["reports"][0].pop("text")))


def test_a_result_without_reports_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="没有读到任何报告"):
        load_result(saved(tmp_path, lambda data: data.update(reports=[])))


def test_another_json_file_is_told_with_the_place_at_fault(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"不是 fazhi 的核查结果（reports\.0\.items\.1\.status 处不对）"):
        load_result(saved(tmp_path, lambda data: data["reports"][0]["items"][1].update(status="gone")))


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b"", "不是完整的 JSON"), (b"{", "不是完整的 JSON"), (b"[]", "开头"), (b"\xff", "JSON")],
)
def test_a_file_that_is_no_result_is_told(tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=fault) as told:
        load_result(path)
    assert str(path) in str(told.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="找不到"):
        load_result(tmp_path / "a.json")
