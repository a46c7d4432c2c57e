"""Specimens (样句): how a short text becomes a report, and what is made of the outcome."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.load import checklist_source, load_checklist
from checker.model.checklist import Checklist, Specimen
from checker.specimens import framed, run_specimens

TITLE = "青麓镇2023年法治政府建设年度报告\n"


@pytest.fixture(scope="module")
def shipped() -> Checklist:
    return load_checklist(checklist_source(None))


def with_specimens(checklist: Checklist, ident: str, *specimens: Specimen) -> Checklist:
    """The checklist cut down to one item with these specimens."""
    (group,) = [g for g in checklist.groups if any(i.id == ident for i in g.items)]
    (item,) = [i for i in group.items if i.id == ident]
    return replace(checklist, groups=(replace(group, items=(replace(item, specimens=specimens),)),))


def test_a_sentence_stands_under_the_measures_of_a_framed_report() -> None:
    text = framed("召开听证会1次。")
    assert text.startswith(TITLE)
    assert text.endswith("\n一、主要举措和成效\n召开听证会1次。")


def test_a_later_part_follows_the_measures() -> None:
    text = framed("二、存在的不足\n听证不够。")
    assert "一、主要举措和成效\n2023年，我镇扎实推进各项工作。\n二、存在的不足\n听证不够。" in text


@pytest.mark.parametrize(
    "title", ["柏湾镇2023年工作总结", "柏湾镇二〇二三年法治政府建设情况报告", "柏湾镇法治政府建设报告"]
)
def test_a_report_with_its_own_title_is_taken_as_it_is(title: str) -> None:
    text = f"{title}\n一、主要工作\n一年来有序推进。"
    assert framed(text) == text


def test_a_sentence_with_a_year_and_the_word_report_is_no_title() -> None:
    text = "2023年3月，向县政府报告了法治政府建设情况。"
    assert framed(text).startswith(TITLE)


def test_a_specimen_that_comes_out_as_wanted_agrees(shipped: Checklist) -> None:
    specimen = Specimen("met", "就集镇停车收费方案举行决策听证会1次，听证代表15人参加。")
    (result,) = run_specimens(with_specimens(shipped, "decision.hearing", specimen))
    assert result.agrees


def test_a_specimen_that_comes_out_otherwise_does_not(shipped: Checklist) -> None:
    specimen = Specimen("met", "全年植树三千棵，绿化面积有所扩大。")
    (result,) = run_specimens(with_specimens(shipped, "decision.hearing", specimen))
    assert not result.agrees
    assert result.finding is not None
    assert result.finding.status == "unmet"


def test_a_specimen_that_is_no_report_is_a_result_with_its_fault(shipped: Checklist) -> None:
    (result,) = run_specimens(
        with_specimens(shipped, "sections.title", Specimen("met", TITLE.strip() + "\n"))
    )
    assert result.finding is None
    assert not result.agrees
    assert "正文" in result.fault


def test_an_item_for_other_levels_is_tried_on_a_level_it_applies_to(shipped: Checklist) -> None:
    small = with_specimens(
        shipped, "decision.hearing", Specimen("unmet", "全年植树三千棵，绿化面积有所扩大。")
    )
    (group,) = small.groups
    county = replace(small, groups=(replace(group, items=(replace(group.items[0], levels=("county",)),)),))
    (result,) = run_specimens(county)
    assert result.agrees


def test_every_specimen_of_a_checklist_is_run(shipped: Checklist) -> None:
    results = run_specimens(shipped)
    assert [r.specimen for r in results] == [s for item in shipped.items() for s in item.specimens]
    assert len(results) > 57
