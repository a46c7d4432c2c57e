"""ASSESS (判定): every rung of evidence, and nothing but evidence."""

from __future__ import annotations

import ast
from itertools import permutations
from pathlib import Path

import pytest

import checker.assess
from checker.assess import assess_report, judge
from checker.model.assessment import Evidence, Quote, Status
from checker.model.checklist import Checklist, Group, Item, Rule, Wording
from checker.model.report import Report, Span, Stance

REPORT = Report("正文", "", None, "青麓镇", "township", 2023)
D, A, N, P, M, X, R, U, Y = (
    Stance.DONE, Stance.ASSERTED, Stance.NIL, Stance.PLANNED, Stance.ADMITTED,
    Stance.DENIED, Stance.RECITED, Stance.OTHER_UNIT, Stance.OTHER_YEAR,
)  # fmt: skip


def item(ident: str = "a.b", *, figures: bool = False) -> Item:
    return Item(ident, "事项", "要求", (), ("township",), figures, Rule("mention"), "建议")


def quote(stance: Stance, figure: str = "") -> Quote:
    return Quote(Span(0, 2), "正文", stance, "一、举措", Span(0, 1) if figure else None)


def told(*stances: Stance, figure: str = "") -> Evidence:
    return Evidence(tuple(quote(stance, figure) for stance in stances))


@pytest.mark.parametrize(
    ("stances", "figure", "expected", "optional"),
    [
        ((), "", Status.UNMET, Status.UNMET),
        ((D,), "2次", Status.MET, Status.MET),
        ((D,), "", Status.THIN, Status.MET),
        ((A,), "2次", Status.MET, Status.MET),
        ((A,), "", Status.THIN, Status.MET),
        ((N,), "", Status.MET, Status.MET),
        ((P,), "", Status.DEFERRED, Status.DEFERRED),
        ((P,), "2次", Status.DEFERRED, Status.DEFERRED),
        ((M,), "", Status.DEFERRED, Status.DEFERRED),
        ((M,), "2次", Status.DEFERRED, Status.DEFERRED),
        ((X,), "", Status.UNMET, Status.UNMET),
        ((R,), "2次", Status.UNMET, Status.UNMET),
        ((U,), "2次", Status.UNMET, Status.UNMET),
        ((Y,), "2次", Status.UNMET, Status.UNMET),
        ((P, M), "", Status.DEFERRED, Status.DEFERRED),
        ((R, P), "", Status.DEFERRED, Status.DEFERRED),
        ((X, P), "", Status.DEFERRED, Status.DEFERRED),
        ((U, Y, R), "2次", Status.UNMET, Status.UNMET),
        ((A, P), "", Status.THIN, Status.MET),
        ((A, M), "", Status.THIN, Status.MET),
        ((D, X), "2次", Status.MET, Status.MET),
        ((N, P), "", Status.MET, Status.MET),
        ((N, D), "", Status.MET, Status.MET),
    ],
)
def test_the_best_rung_decides(
    stances: tuple[Stance, ...], figure: str, expected: Status, optional: Status
) -> None:
    evidence = told(*stances, figure=figure)
    assert judge(item(figures=True), evidence) is expected
    assert judge(item(figures=False), evidence) is optional


@pytest.mark.parametrize("order", list(permutations([quote(P, "2次"), quote(A), quote(U, "2次")])))
def test_neither_the_order_of_quotations_nor_the_figure_of_another_one_counts(
    order: tuple[Quote, ...],
) -> None:
    assert judge(item(figures=True), Evidence(order)) is Status.THIN


def test_one_quotation_with_a_figure_suffices() -> None:
    assert judge(item(figures=True), Evidence((quote(A), quote(D, "2次")))) is Status.MET


@pytest.mark.parametrize("stances", [(), (D,), (N,), (P,)])
def test_what_breaks_the_requirement_is_unmet_whatever_was_found(stances: tuple[Stance, ...]) -> None:
    evidence = Evidence(tuple(map(quote, stances)), contrary="晚于3月31日", undecidable="没有年度")
    assert judge(item(), evidence) is Status.UNMET


@pytest.mark.parametrize("stances", [(), (D,), (N,), (P,)])
def test_what_the_text_cannot_decide_is_manual_whatever_was_found(stances: tuple[Stance, ...]) -> None:
    assert judge(item(), Evidence(tuple(map(quote, stances)), undecidable="没有日期")) is Status.MANUAL


def test_the_nearest_passage_is_no_evidence() -> None:
    assert judge(item(), Evidence(nearest=quote(D, "2次"))) is Status.UNMET


@pytest.mark.parametrize("stance", list(Stance))
def test_every_stance_gives_a_status(stance: Stance) -> None:
    assert judge(item(), told(stance)) in (Status.MET, Status.DEFERRED, Status.UNMET)


def checklist(*items: Item) -> Checklist:
    groups = (Group("a", "甲", items[:1]), Group("b", "乙", items[1:]))
    return Checklist("x", "x", "1", "x", groups, Wording())


def test_there_is_one_finding_for_every_item_in_the_order_of_the_checklist() -> None:
    items = [item("a.one"), item("b.two"), item("b.three")]
    gathered = {"b.three": told(D), "a.one": told(P), "b.two": Evidence()}
    findings = assess_report(REPORT, checklist(*items), gathered)
    assert [(f.item, f.status, f.evidence) for f in findings] == [
        (items[0], Status.DEFERRED, gathered["a.one"]),
        (items[1], Status.UNMET, gathered["b.two"]),
        (items[2], Status.MET, gathered["b.three"]),
    ]


def test_an_item_without_evidence_does_not_apply_and_one_with_nothing_found_is_unmet() -> None:
    findings = assess_report(REPORT, checklist(item("a.one"), item("b.two")), {"b.two": Evidence()})
    assert [f.status for f in findings] == [Status.NA, Status.UNMET]


def test_assess_knows_no_kind_of_check() -> None:
    source = Path(checker.assess.__file__).read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(source)))
    imported = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    assert {module for module in imported if module != "__future__"} <= {
        "dataclasses",
        "checker.model.assessment",
        "checker.model.checklist",
        "checker.model.report",
    }
    read = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    assert not read & {"rule", "check", "roles", "mention", "text", "sections"}
