"""Small assessments for the tests of the renderers: each test gives only what it is about."""

from __future__ import annotations

import datetime
from typing import Any

from checker.model.assessment import Assessment, Defect, Evidence, Finding, Quote, Status
from checker.model.checklist import Basis, Checklist, Group, Item, Rule, Wording
from checker.model.report import DateMark, Report, Role, Section, Span, Stance

TEXT = "青麓镇2023年法治政府建设年度报告\n一、主要举措\n全年召开听证会2次。\n二、下步计划\n拟召开听证会。\n"


def item(ident: str = "decision.hearing", title: str = "决策听证", *, check: str = "mention") -> Item:
    basis = (Basis("《实施意见》", "二（一）", quotation="按照法定程序组织听证。"),)
    return Item(
        ident, title, f"应当写明{title}。", basis, ("township",), False, Rule(check), f"请补写{title}____次。"
    )


def quote(text: str, stance: Stance = Stance.DONE, *, section: str = "主要举措", reason: str = "") -> Quote:
    start = max(0, TEXT.find(text))
    return Quote(Span(start, start + len(text)), text, stance, section, None, reason)


def finding(status: Status, *quotes: Quote, of: Item | None = None, **evidence: Any) -> Finding:
    evidence.setdefault("searched", ("主要举措", "下步计划"))
    return Finding(of or item(), status, Evidence(quotes, **evidence))


def report(**changes: Any) -> Report:
    section = Section("主要举措", 1, Role.MEASURES, Span(20, len(TEXT)), Span(20, 26))
    date = DateMark("published", datetime.date(2024, 2, 20), Span(0, 4))
    given: dict[str, Any] = {
        "text": TEXT,
        "title": "青麓镇2023年法治政府建设年度报告",
        "title_span": None,
        "unit": "青麓镇",
        "level": "township",
        "year": 2023,
        "dates": (date,),
        "sections": (section,),
    }
    return Report(**(given | changes))


def assessment(
    *findings: Finding, defects: tuple[Defect, ...] = (), path: str = "青麓镇.txt", **changes: Any
) -> Assessment:
    group = Group("decision", "重大行政决策程序", tuple(f.item for f in findings))
    checklist = Checklist("test", "测试清单", "1", "《实施意见》", (group,), Wording())
    return Assessment(path, report(**changes), checklist, findings, defects)


def defect(text: str = "听证会2次", message: str = "前后数字不一致") -> Defect:
    start = TEXT.index(text)
    return Defect("number", Span(start, start + len(text)), text, message, "请核对数字。")
