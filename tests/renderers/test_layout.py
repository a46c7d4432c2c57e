"""Lines (版面): East Asian width and where a line may break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.renderers.layout import COLOURS, Layout, cells, plain, shorten, wrap

TEXTS = st.text(alphabet="报告未反映，。、；：）（《》“”12 abc_./-()", max_size=120)


def test_a_han_character_takes_two_cells_and_a_letter_one() -> None:
    assert [cells("报告"), cells("ab"), cells("，"), cells("")] == [4, 2, 2, 0]


@given(TEXTS, st.integers(8, 40))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    assert all(cells(line) <= width for line in wrap(text, width))


@given(TEXTS, st.integers(8, 40))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")


def test_a_wrapped_line_begins_with_no_closing_mark_and_ends_with_no_opening_one() -> None:
    lines = wrap("报告应当写明（本年度）听证“三次”，并附：《目录》；《清单》。" * 5, 21)
    assert len(lines) > 5
    assert [line for line in lines if line[0] in "，。、；：）》”"] == []
    assert [line for line in lines if line[-1] in "（《“"] == []


def test_a_number_or_a_word_is_not_torn() -> None:
    assert "2023" in wrap("报告报告报2023年", 12)[1]


def test_a_word_wider_than_the_line_is_cut() -> None:
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_plain_takes_out_what_steers_a_terminal_but_keeps_every_letter() -> None:
    assert plain("甲\x1b[31m乙\u202e丙\x07\r\n丁\tA") == "甲[31m乙丙丁 A"


def test_shorten_marks_that_something_was_left_out() -> None:
    assert shorten("青麓镇人民政府", 9) == "青麓镇.."
    assert shorten("青麓镇", 6) == "青麓镇"


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_field_hangs_behind_its_label(width: int) -> None:
    first, *rest = Layout(width).field("要求", "报告应当写明。" * 20, indent=4)
    assert first.startswith("    要求  报告")
    assert rest
    assert all(line.startswith(" " * 10) and cells(line) <= width for line in rest)


def test_a_plain_layout_paints_nothing_and_a_coloured_one_does() -> None:
    assert Layout().text("甲", style="unmet") == ["甲"]
    assert Layout(80, COLOURS).text("甲", style="unmet") == ["\x1b[31m甲\x1b[0m"]
