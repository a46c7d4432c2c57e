"""What people decide (人工决定): reviews of findings, decisions that lapsed, and waivers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

CONFIRM, DISMISS = "确认", "不认定"
# what stands in an entry's status where it is about a fault in the text, and no item
DEFECT_STATUS = "文字差错"
_BODIES = ("人民政府", "办事处")


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided of one finding (决定).

    word: 确认, 不认定, or the Chinese name of the status the finding should have; quote: the report's
    own words that carry it; text: the digest of the text that the finding was made from.
    """

    word: str
    reason: str
    quote: str
    by: str
    date: datetime.date
    text: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A quotation as a review shows it (原文): words, heading, page, and how it was read."""

    text: str
    section: str = ""
    page: int | None = None
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding in a review (复核条目), as the program made it, and what was decided of it.

    id: of the item, or the kind of defect; text: the digest of the text it was made from.
    """

    id: str
    title: str
    status: str
    fingerprint: str
    requirement: str = ""
    quotes: tuple[Words, ...] = ()
    lacking: str = ""
    text: str = ""
    decision: Decision | None = None

    @property
    def is_defect(self) -> bool:
        return self.status == DEFECT_STATUS

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the others: an item by its id, a defect by its fingerprint as well."""
        return self.id, self.fingerprint if self.is_defect else ""


@dataclass(frozen=True, slots=True)
class Lapse:
    """A decision whose finding is no longer what it was (失效的决定), and why."""

    entry: Entry
    why: str


@dataclass(frozen=True, slots=True)
class Review:
    """A review of one report (复核单). text: the digest of the report's text when it was last written.

    path: the file it was read from; empty where somebody asked for reviews and this report has none.
    """

    file: str
    title: str
    unit: str
    year: int | None
    checklist: str
    version: str
    text: str
    entries: tuple[Entry, ...] = ()
    lapsed: tuple[Lapse, ...] = ()
    path: str = field(default="", compare=False)

    def fits(self, *, unit: str, year: int | None, file: str) -> bool:
        """Whether it is about a report: by unit and year, by the file's name where no unit is known."""
        same = same_unit(self.unit, unit) if self.unit or unit else self.file == file
        return same and self.year == year


@dataclass(frozen=True, slots=True)
class Waiver:
    """An exception for one unit and one item (豁免), from one day to another, both included."""

    item: str
    unit: str
    reason: str
    approved_by: str
    first: datetime.date
    last: datetime.date


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """What became of a waiver (豁免的适用): `why` it was not applied, empty where it was.

    title: of its item.
    """

    waiver: Waiver
    why: str
    title: str


def same_unit(one: str, other: str) -> bool:
    """Whether two names mean one unit: alike but for a closing 人民政府 or 办事处; no name is nobody's."""
    return bool(_bare(one)) and _bare(one) == _bare(other)


def _bare(unit: str) -> str:
    name = "".join(unit.split())
    for body in _BODIES:
        name = name.removesuffix(body)
    return name
