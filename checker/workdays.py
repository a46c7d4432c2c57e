"""Working days (工作日) by the State Council's yearly calendar: holidays, and Saturdays made up for them.

The calendar comes from the package chinesecalendar, which learns the next year every November.
"""

from __future__ import annotations

import datetime
from importlib.metadata import version

from checker.errors import SettingsError

_DAY = datetime.timedelta(days=1)


def deadline_day(start: datetime.date, days: int) -> datetime.date:
    """The last of some working days, counted from the day after `start`.

    Raises SettingsError where the count runs into a year without a calendar.
    """
    day = start
    while (working := is_working_day(day)) is not None:
        days -= working and day > start
        if days <= 0:
            return day
        day += _DAY
    raise SettingsError(_unknown(day.year))


def is_working_day(day: datetime.date) -> bool | None:
    """Whether it is one; None in a year whose calendar is not known."""
    import chinese_calendar  # type: ignore[import-untyped]  # with its tables: only letters pay for it

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def _unknown(year: int) -> str:
    from chinese_calendar.constants import holidays  # type: ignore[import-untyped]

    known = sorted({day.year for day in holidays})
    return (
        f"算不出期限：要用到{year}年的放假和调休安排，已安装的 chinesecalendar {version('chinesecalendar')}"
        f"只有{known[0]}年至{known[-1]}年的。\n"
        "国务院办公厅一般在每年11月公布下一年的安排，之后请运行 pip install -U chinesecalendar；\n"
        f"或者在发文设置里直接写一个日期，如 deadline: {year}-01-20，就不用推算。"
    )
