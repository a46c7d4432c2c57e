"""Scoring (评分): every measure against counts made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from checker.model.checklist import Checklist, Group, Item, Phrase, Rule, Word, Wording
from checker.scoring import Prediction, Rates, Score, keyword_baseline, score

TEXT = "青麓镇2023年报告。召开听证会２次。\n开展普法 12 场。共化解纠纷30件。"


def label(**statuses: str) -> dict[str, Any]:
    return {"items": {key: {"status": value, "quotes": []} for key, value in statuses.items()}}


def scored(statuses: dict[str, str], wanted: dict[str, Any], **parts: Any) -> Score:
    evidence = parts.pop("evidence", {})
    return score(Prediction(statuses, evidence, **parts), wanted, TEXT)


def test_accuracy_is_the_share_of_right_statuses() -> None:
    result = scored(
        {"a": "met", "b": "thin", "c": "unmet", "d": "na"}, label(a="met", b="met", c="unmet", d="na")
    )
    assert result.accuracy == 0.75


def test_an_item_that_was_not_judged_is_wrong() -> None:
    assert scored({}, label(a="met")).accuracy == 0


def test_gaps_count_unmet_and_deferred_as_one() -> None:
    given = {"a": "unmet", "b": "deferred", "c": "unmet", "d": "met"}
    result = scored(given, label(a="deferred", b="deferred", c="met", d="unmet")).gaps
    assert result == Rates(right=2, wrong=1, missed=1)
    assert (result.precision, result.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert result.f1 == pytest.approx(2 / 3)


def test_where_annotators_disagreed_either_is_right() -> None:
    assert scored({"a": "thin"}, label(a="met|thin")).accuracy == 1
    assert scored({"a": "unmet"}, label(a="met|thin")).accuracy == 0


def test_evidence_counts_where_both_report_and_overlaps_whatever_the_width_and_spaces() -> None:
    wanted = {
        "items": {
            "a": {"status": "met", "quotes": ["召开听证会2次"]},
            "b": {"status": "met", "quotes": ["开展普法12场"]},
            "c": {"status": "met", "quotes": ["化解纠纷30件"]},
            "d": {"status": "unmet", "quotes": ["化解纠纷30件"]},
        }
    }
    given = {"a": "met", "b": "thin", "c": "met", "d": "unmet"}
    found = {"a": ("听证会２次",), "b": ("普法 12",), "c": ("召开听证会",)}
    result = scored(given, wanted, evidence=found)
    assert (result.evidence_right, result.evidence) == (2, 3)


def test_defects_need_the_kind_and_the_place_and_count_once() -> None:
    wanted = label(a="met") | {
        "defects": [
            {"id": "year", "quote": "2023年"},
            {"id": "sum", "quote": "30件"},
            {"id": "other", "quote": "12 场", "optional": True},
        ]
    }
    given = (("year", "镇2023年报告"), ("year", "2023年"), ("rate", "30件"), ("rate", "普法 12 场"))
    result = scored({"a": "met"}, wanted, defects=given).defects
    assert result == Rates(right=1, wrong=2, missed=1)


def test_an_optional_defect_that_was_not_found_is_not_owed() -> None:
    wanted = label(a="met") | {"defects": [{"id": "year", "quote": "2023年", "optional": True}]}
    assert scored({"a": "met"}, wanted).defects == Rates(0, 0, 0)


@pytest.mark.parametrize(
    ("unit", "right"), [("漱江区青麓镇人民政府", 3), ("青麓镇", 3), ("柏湾镇", 2), ("", 2)]
)
def test_unit_year_and_level_are_compared_and_the_office_does_not_matter(unit: str, right: int) -> None:
    wanted = label(a="met") | {"unit": "青麓镇人民政府", "year": 2023, "level": "township"}
    source = {"unit": unit, "year": "2023", "level": "township"}
    result = scored({"a": "met"}, wanted, source=source)
    assert (result.source_right, result.source) == (right, 3)


def test_scores_add_up() -> None:
    one = scored({"a": "met"}, label(a="met"))
    other = scored({"a": "unmet"}, label(a="met"))
    assert sum([one, other], Score()).accuracy == 0.5


def checklist(*phrases: Phrase, check: str = "mention") -> Checklist:
    item = Item("a.b", "事项", "要求", (), ("township",), False, Rule(check, mention=phrases), "建议")
    return Checklist("x", "x", "1", "x", (Group("a", "a", (item,)),), Wording())


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ((("听证会",),), "met"),
        ((("听证会",), ("普法",)), "unmet"),
        ((("座谈会", "听证会"), ("2次",)), "met"),
        ((("召开…2次",),), "met"),
        ((("2次…召开",),), "unmet"),
        ((("植树",),), "unmet"),
    ],
)
def test_the_baseline_wants_all_words_of_a_phrase_in_one_sentence(words: Any, status: str) -> None:
    assert keyword_baseline(checklist(Phrase("x", tuple(map(Word.of, words)))), TEXT).statuses == {
        "a.b": status
    }


def test_the_baseline_says_nothing_on_items_without_phrases() -> None:
    assert keyword_baseline(checklist(check="date"), TEXT).statuses == {}


def test_a_comparison_on_some_items_leaves_the_others_out() -> None:
    wanted = label(a="met", b="met")
    result = score(Prediction({"a": "met", "b": "unmet"}, {}), wanted, TEXT, only=["a"])
    assert (result.accuracy, len(result.judged), result.source) == (1, 1, 0)


def test_the_baseline_falls_for_a_denial_and_so_is_no_checker() -> None:
    told = keyword_baseline(checklist(Phrase("听证会", (Word.of(["听证会"]),))), "本年度未召开听证会。")
    assert told.statuses == {"a.b": "met"}
