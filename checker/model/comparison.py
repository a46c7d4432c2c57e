"""Two versions of a report side by side (前后对照): what was supplied, what is still open."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from checker.model.assessment import ASKED, Assessment, Defect, Finding, Quote, Status


class Outcome(enum.StrEnum):
    """What became of one item between two versions of a report (销号情况).

    LIFTED: a person dismissed the gap, or the unit has a waiver: nothing was supplied.
    """

    CLOSED = "closed"
    PARTLY = "partly"
    UNCLEAR = "unclear"
    REMAINING = "remaining"
    NEW = "new"
    LIFTED = "lifted"


OUTCOME_NAMES = {
    Outcome.CLOSED: "可销号",
    Outcome.PARTLY: "部分补充",
    Outcome.UNCLEAR: "待核对",
    Outcome.REMAINING: "仍需补充",
    Outcome.NEW: "新增",
    Outcome.LIFTED: "不再要求",
}


class Rewording(NamedTuple):
    """Words of the new report, and the older words they were made from (改写)."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an item was judged in the older version (原判定), by its title, with the words it rested on."""

    title: str
    status: Status
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """The older version (原稿): its text and how it was judged, read anew or saved as JSON.

    verdicts: by item id; checklist: title and version of the one it was judged by; date: the first
    of the report's own; doubt: why its text may not be whole.
    """

    path: str
    title: str
    unit: str
    level: str
    year: int | None
    date: datetime.date | None
    doubt: str
    checklist: str
    text: str
    verdicts: Mapping[str, Verdict]
    defects: tuple[Defect, ...] = ()

    @classmethod
    def of(cls, assessment: Assessment) -> Earlier:
        """An assessment as the older version of something."""
        report = assessment.report
        verdicts = {
            f.item.id: Verdict(f.item.title, f.status, tuple(q.text for q in f.evidence.quotes))
            for f in assessment.findings
        }
        return cls(
            path=assessment.path,
            title=report.title,
            unit=report.unit,
            level=report.level,
            year=report.year,
            date=report.dates[0].date if report.dates else None,
            doubt=report.doubt,
            checklist=named(assessment.checklist.title, assessment.checklist.version),
            text=report.text,
            verdicts=verdicts,
            defects=assessment.defects,
        )


def named(title: str, version: str) -> str:
    """A checklist by title and version, as people tell it."""
    return f"{title}（{version}）"


@dataclass(frozen=True, slots=True)
class Change:
    """One item in both versions (一项的变化).

    before: the older judgement, none where the older checklist did not have the item; quotes: the
    new report's words that the outcome rests on; reworded: those among them that were made from
    older ones; why: what a reader should know of the outcome.
    """

    outcome: Outcome
    before: Status | None
    after: Finding
    quotes: tuple[Quote, ...] = ()
    reworded: tuple[Rewording, ...] = ()
    why: str = ""


class DefectChanges(NamedTuple):
    """What became of the text defects (文字差错的变化), told apart by fingerprint."""

    fixed: tuple[Defect, ...] = ()
    remaining: tuple[Defect, ...] = ()
    new: tuple[Defect, ...] = ()


NO_DEFECTS = DefectChanges()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of one unit's report (前后对照): the changes in the checklist's order.

    dropped: gaps of the older version whose items the checklist no longer has; manual: items that
    no text decides, in either version; reworded: sentences that were only worded anew; notes: what
    people should know of the comparison as such; unsure: why these may not be two versions of one report.
    """

    old: Earlier
    new: Assessment
    changes: tuple[Change, ...]
    dropped: tuple[Verdict, ...] = ()
    manual: tuple[Finding, ...] = ()
    defects: DefectChanges = NO_DEFECTS
    reworded: tuple[Rewording, ...] = ()
    notes: tuple[str, ...] = ()
    unsure: str = ""

    @property
    def every_note(self) -> list[str]:
        """All that people should know before they read on: of the files, and of the comparison."""
        return [note for note in (self.unsure, *self.new.notes, *self.notes) if note]

    def those(self, *outcomes: Outcome) -> tuple[Change, ...]:
        """The changes with these outcomes."""
        return tuple(change for change in self.changes if change.outcome in outcomes)

    def owed(self) -> tuple[Change, ...]:
        """The changes of what the older version left to supply."""
        return tuple(change for change in self.changes if change.before in ASKED)

    def others(self) -> tuple[Change, ...]:
        """The changes of what the older version had, or was not asked for."""
        return tuple(change for change in self.changes if change.before not in ASKED)

    @property
    def settled(self) -> bool:
        """Whether nothing is open: no gap, nothing to be looked at, and surely this report's whole text."""
        done = self.those(Outcome.CLOSED, Outcome.LIFTED)
        return len(done) == len(self.changes) and not (self.dropped or self.unsure or self.new.report.doubt)
