"""Edits of real length that add no fact (只改不补): over the corpus that is tuned on, none closes a gap."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.audit import audit_document
from checker.compare import compare
from checker.load import checklist_source, load_checklist
from checker.model.assessment import Assessment, Status
from checker.model.comparison import Earlier, Outcome
from checker.model.document import Block, Document

CORPUS = Path(__file__).parent.parent / "corpus" / "tuned"
REPORTS = sorted(CORPUS.glob("*.txt"))[::3]
CHECKLIST = load_checklist(checklist_source(None))


def assessed(text: str) -> Assessment:
    return audit_document(Document("txt", tuple(map(Block, text.split("\n")))), CHECKLIST, path="报告.txt")


def commas_for_full_stops(text: str) -> str:
    return text.replace("。", "，")


def full_stops_for_commas(text: str) -> str:
    return text.replace("，", "。")


def as_if_done(text: str) -> str:
    told = re.sub(
        r"^([一二三四五]、).*(?:计划|打算|安排|不足|问题).*$", r"\1其他主要工作举措", text, flags=re.M
    )
    told = re.sub(r"(?:下一步|明年|20\d\d年)?[,，]?(?:将|要|拟|计划|打算)(?=[一-龥]{2})", "已", told)
    return re.sub(r"还没有|没有|尚未|未能|缺少|缺乏|不够", "已经", told)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("edit", [commas_for_full_stops, full_stops_for_commas, as_if_done])
def test_no_edit_closes_a_gap_without_a_fact(path: Path, edit: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8")
    comparison = compare(Earlier.of(assessed(text)), assessed(edit(text)))
    assert [
        (change.after.item.id, [quote.text for quote in change.quotes])
        for change in comparison.those(Outcome.CLOSED, Outcome.PARTLY)
    ] == []


def test_a_common_word_does_not_make_older_words_another_matter() -> None:
    """已 alone turns 公示这一块没有动起来 into words that count."""
    text = (CORPUS / "tanglong-2020.txt").read_text(encoding="utf-8")
    comparison = compare(Earlier.of(assessed(text)), assessed(text.replace("没有动起来", "已经动起来")))
    (change,) = (c for c in comparison.changes if c.after.item.id == "enforcement.disclosure")
    assert (change.outcome, change.after.status) == (Outcome.UNCLEAR, Status.MET)
