"""Working days (工作日): by the State Council's calendar of 2026, and where it is not known."""

from __future__ import annotations

import datetime

import pytest
from chinese_calendar.constants import holidays, workdays
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import SettingsError
from checker.workdays import deadline_day, is_working_day

Day = datetime.date
KNOWN = max(day.year for day in holidays)
DAYS = st.dates(min_value=Day(2010, 1, 1), max_value=Day(KNOWN, 6, 30))


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (Day(2025, 3, 3), 1, Day(2025, 3, 4)),  # the day itself does not count
        (Day(2025, 3, 7), 1, Day(2025, 3, 10)),  # a Friday
        (Day(2025, 9, 28), 2, Day(2025, 9, 30)),
        (Day(2025, 9, 30), 1, Day(2025, 10, 9)),  # over 国庆 and 中秋
        (Day(2025, 10, 10), 1, Day(2025, 10, 11)),  # a Saturday made up for the holiday
        (Day(2024, 12, 31), 1, Day(2025, 1, 2)),  # into the next year, over 元旦
    ],
)
def test_a_deadline_counts_working_days_from_the_next_day_on(start: Day, days: int, last: Day) -> None:
    assert deadline_day(start, days) == last


@given(DAYS, st.integers(min_value=1, max_value=60))
def test_a_deadline_is_a_working_day_with_as_many_working_days_up_to_it(start: Day, days: int) -> None:
    last = deadline_day(start, days)
    between = [start + datetime.timedelta(n) for n in range(1, (last - start).days + 1)]
    working = [d for d in between if d in workdays or (d.weekday() < 5 and d not in holidays)]
    assert (len(working), working[-1]) == (days, last)


def test_a_year_without_a_calendar_tells_what_is_known_and_the_two_ways_out() -> None:
    with pytest.raises(SettingsError) as caught:
        deadline_day(Day(KNOWN, 12, 20), 15)
    for words in (
        f"{KNOWN + 1}年",
        f"至{KNOWN}年",
        "pip install -U chinesecalendar",
        f"deadline: {KNOWN + 1}-",
    ):
        assert words in str(caught.value)


@pytest.mark.parametrize("start", [Day.min, Day.max])
def test_a_day_far_from_every_calendar_is_told_like_any_other(start: Day) -> None:
    with pytest.raises(SettingsError, match="算不出期限"):
        deadline_day(start, 15)


def test_whether_a_day_in_a_year_without_a_calendar_is_a_working_day_is_not_known() -> None:
    assert is_working_day(Day(KNOWN + 1, 3, 2)) is None
    assert is_working_day(Day(2025, 10, 1)) is False
    assert is_working_day(Day(2025, 10, 11)) is True
