"""Text for searching (检索文本): folding never moves a character, and every position knows its way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.text import SearchText, fold, search_text

WHITE = " \t\n\r\u3000\u00a0\u2002\u200b\ufeff"
TEXTS = st.text(
    st.sampled_from("报告听证会１２件12％%（）()：:，,。；;㈠①•·○〇—―Ａa" + WHITE)
    | st.characters(exclude_categories=["Cs"]),
    max_size=80,
)


@given(TEXTS)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(TEXTS, TEXTS)
def test_folding_is_character_for_character(before: str, behind: str) -> None:
    assert fold(before + behind) == fold(before) + fold(behind)


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("full", "half"),
    [
        ("１２件", "12件"),
        ("９９．８％", "99.8%"),
        ("（一）", "(一)"),
        ("，：；！？", ",:;!?"),
        ("ＡＢｃ", "ABc"),
        ("二○二一", "二〇二一"),
        ("甲\u3000乙\u00a0丙", "甲 乙 丙"),
    ],
)
def test_full_and_half_width_are_equal(full: str, half: str) -> None:
    assert fold(full) == half == fold(half)


def test_every_full_width_form_has_its_half_width_one() -> None:
    assert fold("".join(map(chr, range(0xFF01, 0xFF5F)))) == "".join(map(chr, range(0x21, 0x7F)))


@pytest.mark.parametrize("space", list(WHITE))
def test_no_kind_of_white_space_is_searched(space: str) -> None:
    assert SearchText(f"听{space}证").text == "听证"


@pytest.mark.parametrize("text", ["㈠", "①", "℃", "。", "、", "《》", "“”", "ﷺ", "㎡"])
def test_what_has_no_half_width_form_of_one_character_stays(text: str) -> None:
    assert fold(text) == text


@given(TEXTS)
def test_the_search_text_is_the_folded_text_without_white_space(text: str) -> None:
    search = SearchText(text)
    assert not set(search.text) & set(" \t\n\r\f\v\u2002\u2003\u2009\u200b\ufeff")
    folded = fold(text)
    assert [folded[search.offset(i)] for i in range(len(search.text))] == list(search.text)


@given(TEXTS)
def test_from_position_to_offset_and_back_is_the_same_position(text: str) -> None:
    search = SearchText(text)
    positions = range(len(search.text))
    assert [search.position(search.offset(i)) for i in positions] == list(positions)


@given(TEXTS)
def test_from_offset_to_position_never_moves_a_character_that_is_searched(text: str) -> None:
    search = SearchText(text)
    searched = {search.offset(i) for i in range(len(search.text))}
    assert {o for o in range(len(text)) if search.offset(search.position(o)) == o} >= searched


@given(TEXTS, st.data())
def test_the_quotation_of_a_range_is_that_range_of_the_search_text(text: str, data: st.DataObject) -> None:
    search = SearchText(text)
    start = data.draw(st.integers(0, len(search.text)))
    end = data.draw(st.integers(start, len(search.text)))
    quoted = text[search.offset(start) : search.end_offset(end)] if end > start else ""
    assert SearchText(quoted).text == search.text[start:end]


def test_a_word_torn_by_a_line_end_is_found_and_quoted_as_it_stands() -> None:
    text = "召开听证\n　　会１２次。"
    search = SearchText(text)
    at = search.text.index("听证会12次")
    assert text[search.offset(at) : search.end_offset(at + len("听证会12次"))] == "听证\n　　会１２次"


def test_past_the_end_the_offset_is_the_length_of_the_text() -> None:
    search = SearchText("报告 \n")
    assert search.offset(2) == 4
    assert search.position(4) == 2


def test_before_the_beginning_the_end_offset_is_nothing() -> None:
    assert SearchText("  报告").end_offset(0) == 0


@pytest.mark.parametrize("text", ["", " \n\u3000"])
def test_a_text_without_characters_can_be_searched(text: str) -> None:
    search = SearchText(text)
    assert (search.text, search.offset(0), search.position(len(text))) == ("", len(text), 0)


def test_two_stages_share_one_search_text() -> None:
    assert search_text("同一份报告") is search_text("同一份报告")
