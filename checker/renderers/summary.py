"""Render many reports as one table (汇总表): a row for each, read or not. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from checker.model.assessment import Assessment, Status, Unread
from checker.renderers.layout import Layout, cells, pad, plain, shorten
from checker.renderers.phrasing import source_name

_LEVELS = {"township": "乡镇", "subdistrict": "街道", "county": "县区", "department": "部门"}
_COLUMNS = ("已反映", "不具体", "仅计划", "未反映", "待核实", "差错")


def render_summary(results: Sequence[Assessment | Unread], layout: Layout) -> str:
    """A table with a row for each report; one that could not be read shows why."""
    unit = 24 if layout.width >= 100 else 0
    name = layout.width - 12 - 7 * len(_COLUMNS) - (unit + 1 if unit else 0)
    lines = [layout.rule("="), layout.paint("title", f"汇总（{len(results)}份）")]
    header = [*_names("报告", "单位", name, unit), "层级", " 年度"]
    lines.append(" ".join(header) + " " + " ".join(" " * (6 - cells(c)) + c for c in _COLUMNS))
    lines.append(layout.rule())
    for result in results:
        path = tail(plain(source_name(result.path)), name - 1)
        if isinstance(result, Unread):
            lines += layout.field(pad(path, name - 1), f"未能读取：{result.reason}", style="unmet")
        else:
            lines.append(" ".join(_names(path, result.report.unit, name, unit) + _counts(result)))
    return "\n".join([*lines, "", *layout.text(_total(results))]) + "\n"


def _names(path: str, of: str, name: int, unit: int) -> list[str]:
    return [pad(path, name), pad(shorten(of, unit), unit)] if unit else [pad(path, name)]


def tail(path: str, width: int) -> str:
    """A path if it fits, else as many of its folders as fit before the file's name."""
    if cells(path) <= width:
        return path
    *folders, name = PurePath(path).parts
    for first in range(1, len(folders)):
        tail = "../" + "/".join([*folders[first:], name])
        if cells(tail) <= width:
            return tail
    return shorten(name, width)


def _counts(assessment: Assessment) -> list[str]:
    report, count = assessment.report, assessment.count
    order = (Status.MET, Status.THIN, Status.DEFERRED, Status.UNMET, Status.MANUAL)
    numbers = [count(status) for status in order] + [len(assessment.defects)]
    level = _LEVELS.get(report.level, report.level)
    return [level, str(report.year or "-").rjust(5), *(f"{n:6}" for n in numbers)]


def _total(results: Sequence[Assessment | Unread]) -> str:
    read = [r for r in results if isinstance(r, Assessment)]
    gaps = sum(bool(a.gaps()) for a in read)
    unread = len(results) - len(read)
    doubtful = sum(bool(a.report.doubt) for a in read)
    more = f"{doubtful}份文字可能不全，没有认定缺项；" if doubtful else ""
    return f"读取{len(read)}份，其中{gaps}份有需要补写的事项；{more}{_people(read)}未能读取{unread}份。"


def _people(read: Sequence[Assessment]) -> str:
    """People's part, where anybody was asked."""
    rows = []
    if any(a.review for a in read):
        rows.append(f"有复核单的{sum(bool(a.review and a.review.path) for a in read)}份")
    if lapsed := sum(len(a.lapsed) for a in read):
        rows.append(f"失效的决定{lapsed}条")
    if applied := sum(not use.why for a in read for use in a.waivers):
        rows.append(f"豁免{applied}项")
    return "，".join(rows) + "；" if rows else ""
