"""The review as a file (复核单): what was written loads again exactly, whatever a report holds."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.load.review import load_review
from checker.model.decision import DEFECT_STATUS, Decision, Entry, Lapse, Review, Words
from checker.renderers.review import render_review
from checker.review import review_of
from tests.reviews import LIFTED, assess, decision, review

TODAY = datetime.date(2026, 3, 5)
HOSTILE = "甲&乙<丙>{{ 7*7 }}: # \"'\\ - [x] *a &b !c |\n\r\t\x00\x7f\x85\u2028\ufeff\U00020000 %"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.just(HOSTILE)
WRITTEN = TEXTS.filter(lambda text: bool(text.strip()))
MARKS = st.text("0123456789abcdef", min_size=10, max_size=10)


@st.composite
def decisions(draw: st.DrawFn, status: str, text: str) -> Decision:
    words = ["已反映", "不适用"] if status == "需人工核实" else ["确认", "已反映", "不适用"]
    word = draw(st.sampled_from(["确认", "不认定"] if status == DEFECT_STATUS else words))
    day = draw(st.dates(datetime.date(2000, 1, 1), TODAY))
    return Decision(word, draw(WRITTEN), draw(WRITTEN), draw(WRITTEN), day, text)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    status = draw(
        st.sampled_from(["报告未反映", "反映不具体", "需人工核实", "已反映", "不适用", DEFECT_STATUS])
    )
    text = draw(MARKS)
    words = st.builds(Words, TEXTS, TEXTS, st.none() | st.integers(1, 999), TEXTS)
    return Entry(
        draw(TEXTS.filter(bool)), draw(TEXTS), status, draw(MARKS), draw(TEXTS),
        tuple(draw(st.lists(words, max_size=2))), draw(TEXTS), text,
        draw(st.none() | decisions(status, text)),
    )  # fmt: skip


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    named = (draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(st.none() | st.integers(1990, 2100)))
    lapses = st.builds(Lapse, entries(), TEXTS)
    once = st.lists(entries(), max_size=4, unique_by=lambda entry: entry.id)
    return Review(
        *named, draw(TEXTS), draw(TEXTS), draw(MARKS), tuple(draw(once)), tuple(draw(st.lists(lapses, max_size=2)))
    )  # fmt: skip


def loaded(text: str, folder: Path) -> Review:
    path = folder / "review.yaml"
    path.write_bytes(text.encode())
    return load_review(path, today=TODAY)


def in_order(made: Review) -> Review:
    """The file lists entries by what people should see first."""
    return replace(made, entries=tuple(sorted(made.entries, key=lambda entry: entry.id)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reviews())
def test_a_review_loads_as_it_was_written(tmp_path: Path, made: Review) -> None:
    assert in_order(loaded(render_review(made), tmp_path)) == in_order(made)


def test_a_review_of_a_report_loads_as_it_was_written(tmp_path: Path) -> None:
    made = review(assess(), hearing=LIFTED, addressee=decision("不适用"))
    again = review_of(assess("青麓镇2023年法治政府建设年度报告\n一、主要举措\n全年植树XX棵。\n"), made)
    for written in (made, again):
        assert in_order(loaded(render_review(written), tmp_path)) == in_order(written)


def test_what_needs_people_comes_first() -> None:
    text = render_review(
        review_of(assess("青麓镇2023年法治政府建设年度报告\n一、主要举措\n全年植树XX棵。\n"))
    )
    parts = ["报告未反映或仅有计划的事项", "需要人工核实的事项", "文字差错"]
    places = [text.index(f"# ==== {part}") for part in parts]
    assert places == sorted(places)


def test_every_entry_waits_for_a_decision() -> None:
    text = render_review(review_of(assess()))
    for name in ("decision", "reason", "quote", "by", "date"):
        assert text.count(f"    {name}:\n") == len(assess().findings)


@pytest.mark.parametrize("mark", ["\r\n", "\n"])
def test_an_editor_of_windows_may_save_it(tmp_path: Path, mark: str) -> None:
    text = "\ufeff" + render_review(review(assess(), hearing=LIFTED)).replace("\n", mark)
    assert any(entry.decision for entry in loaded(text, tmp_path).entries)
