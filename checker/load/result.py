"""A saved JSON result (核查结果) into what a comparison needs of it: the older versions of reports."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from checker.errors import ReadError
from checker.model.assessment import Defect, Status
from checker.model.comparison import Earlier, Verdict, named
from checker.model.report import Span

_WAY_OUT = "请给出 fazhi check --format json 的结果，或者直接用原报告文件。"


class _Quote(BaseModel):
    quote: str


class _Item(BaseModel):
    id: str
    title: str
    status: Status
    evidence: list[_Quote]


class _Defect(BaseModel):
    id: str
    quote: str
    start: int
    end: int
    message: str
    suggestion: str


class _Report(BaseModel):
    path: str
    title: str
    unit: str
    level: str
    year: int | None
    date: datetime.date | None
    doubt: str
    items: list[_Item] = Field(min_length=1)
    defects: list[_Defect]
    # results that an older program wrote do not hold it
    text: str = ""


class _Checklist(BaseModel):
    title: str
    version: str


class _Result(BaseModel):
    kind: Literal["urn:fazhi:result:1"] = Field(alias="schema")
    checklist: _Checklist
    reports: list[_Report]


def load_result(path: Path) -> tuple[Earlier, ...]:
    """The reports of a saved result, each as an older version. Raises ReadError."""
    try:
        result = _Result.model_validate_json(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except FileNotFoundError:
        raise ReadError(f"{path}：找不到这个文件。请核对路径和文件名。") from None
    except OSError as error:
        raise ReadError(f"{path}：打不开（{error.strerror or error}）。请确认是文件且有读取权限。") from None
    except ValidationError as error:
        raise ReadError(f"{path}：{_fault(error)}。{_WAY_OUT}") from None
    if not result.reports:
        raise ReadError(f"{path}：结果里没有读到任何报告，无从对照。请直接用原报告文件。")
    bare = [report.path for report in result.reports if not report.text.strip()]
    if bare:
        raise ReadError(
            f"{path}：这份结果没有保存报告全文（旧版本写出的），分不清新稿的文字是新写的还是移动的。"
            f"请直接用原报告文件：{'、'.join(bare)}。"
        )
    return tuple(_earlier(report, result.checklist) for report in result.reports)


def _fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    if fault["type"] == "json_invalid":
        return "不是完整的 JSON 文件"
    place = ".".join(map(str, fault["loc"])) or "开头"
    return f"不是 fazhi 的核查结果（{place} 处不对）"


def _earlier(report: _Report, checklist: _Checklist) -> Earlier:
    items = report.items
    return Earlier(
        path=report.path,
        title=report.title,
        unit=report.unit,
        level=report.level,
        year=report.year,
        date=report.date,
        doubt=report.doubt,
        checklist=named(checklist.title, checklist.version),
        text=report.text,
        verdicts={i.id: Verdict(i.title, i.status, tuple(q.quote for q in i.evidence)) for i in items},
        defects=tuple(
            Defect(d.id, Span(d.start, d.end), d.quote, d.message, d.suggestion) for d in report.defects
        ),
    )
