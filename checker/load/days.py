"""Days that people write (日期): 2026-03-05, 2026/3/5, 2026.3.5 or 2026年3月5日."""

from __future__ import annotations

import datetime
import re

from checker.load.faults import Loc, Source
from checker.model.text import fold

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def parse_day(source: Source, loc: Loc, text: str) -> datetime.date | None:
    """The day, or None and a fault in the source."""
    found = _DAY.fullmatch(fold(text).strip())
    if found is None:
        source.add(
            loc, f"“{text}” 不是日期" if text.strip() else f"缺少 “{loc[-1]}”", "写年月日，如 2026-03-05。"
        )
        return None
    try:
        return datetime.date(*map(int, found.groups()))
    except ValueError:
        source.add(loc, f"没有 “{text}” 这一天", "请核对月份和日期。")
        return None
