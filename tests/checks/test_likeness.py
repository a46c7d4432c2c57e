"""Likeness: what the classifier may add to the rules' evidence, and what it may never overrule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.audit import audit_blocks
from checker.checks.likeness import runs
from checker.load import checklist_source, load_checklist
from checker.model.assessment import Finding
from checker.model.checklist import Checklist
from checker.model.classifier import NO_CLASSIFIER, Classifier
from checker.model.document import Block
from checker.model.report import Stance
from checker.specimens import framed

ITEM = "decision.hearing"
# one run of characters tells all: what a trained classifier does with hundreds
TAUGHT = Classifier({ITEM: -2.0}, {ITEM: {"圆桌": 60.0, "夜话": 10.0}})


@pytest.fixture(scope="module")
def shipped() -> Checklist:
    return load_checklist(checklist_source(None))


def found(text: str, checklist: Checklist, classifier: Classifier = TAUGHT, item: str = ITEM) -> Finding:
    blocks = tuple(Block(line) for line in framed(text).split("\n"))
    assessment = audit_blocks(blocks, replace(checklist, classifier=classifier), path="-", level="township")
    return next(finding for finding in assessment.findings if finding.item.id == item)


def test_a_likely_sentence_is_shown_with_the_words_that_told(shipped: Checklist) -> None:
    finding = found("修路之前，镇里开了一场圆桌夜话。", shipped)
    (quote,) = finding.evidence.quotes
    assert finding.status.value in ("met", "thin")
    assert quote.text == "修路之前，镇里开了一场圆桌夜话。"
    assert (quote.stance, quote.reason) == (Stance.ASSERTED, "与样句相近的字词：圆桌、夜话")


def test_without_a_classifier_nothing_is_likely(shipped: Checklist) -> None:
    assert found("修路之前，镇里开了一场圆桌夜话。", shipped, NO_CLASSIFIER).status.value == "unmet"


@pytest.mark.parametrize(
    "text",
    [
        "修路之前，本年度没有开圆桌夜话。",
        "按上级要求，修路之前应当开一场圆桌夜话。",
        "县司法局开了一场圆桌夜话。",
        "下一步，镇里将开一场圆桌夜话。",
        "二、存在的不足\n圆桌夜话开得太少。",
        "三、2024年打算\n开好圆桌夜话。",
        "修路之前，镇里挨户走访。",
    ],
)
def test_what_is_not_told_as_done_is_never_likely(text: str, shipped: Checklist) -> None:
    assert found(text, shipped).status.value in ("unmet", "deferred")


def test_a_denial_is_not_overruled(shipped: Checklist) -> None:
    text = "本年度未召开听证会。修路之前，镇里开了一场圆桌夜话。"
    assert found(text, shipped).status.value == "unmet"


def test_a_plan_is_overruled_only_by_a_very_likely_sentence(shipped: Checklist) -> None:
    text = "修路之前，镇里开了一场圆桌夜话。\n二、2024年打算\n召开重大决策听证会。"
    weak = Classifier({ITEM: -2.0}, {ITEM: {"圆桌": 15.0}})
    alone = "修路之前，镇里开了一场圆桌夜话。"
    assert found(alone, shipped, weak).status.value != "unmet"
    assert found(text, shipped, weak).status.value == "deferred"
    assert found(text, shipped).status.value != "deferred"


def test_what_the_rules_found_is_left_alone(shipped: Checklist) -> None:
    text = "全年就公墓选址召开听证会2次。镇里开了一场圆桌夜话。"
    assert all("圆桌" not in quote.text for quote in found(text, shipped).evidence.quotes)


def test_what_the_rules_read_as_anothers_doing_is_not_overruled_by_its_own_sentence(
    shipped: Checklist,
) -> None:
    told = "修路之前开了一场圆桌夜话，县里要求各乡镇召开重大决策听证会。"
    apart = told.replace("夜话，", "夜话。")
    assert found(told, shipped).status.value == "unmet"
    assert found(apart, shipped).status.value != "unmet"


def test_runs_are_single_characters_and_pairs() -> None:
    assert runs("听证会") == {"听", "证", "会", "听证", "证会"}
