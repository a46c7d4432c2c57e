"""A review (复核单) that a person filled in, or every fault in it: a doubtful one decides nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from checker.errors import CheckerError, SettingsError
from checker.load.days import parse_day
from checker.load.faults import FileKind, Loc, Source, choices
from checker.load.validate import validated
from checker.model.assessment import GAP_NAMES, STATUS_NAMES, Status
from checker.model.decision import CONFIRM, DEFECT_STATUS, DISMISS, Decision, Entry, Lapse, Review, Words

REVIEW = FileKind(
    "复核单",
    "用 fazhi review 生成的复核单",
    "或用 fazhi review 报告 -o review.yaml 生成一份。",
    SettingsError,
)
_AGAIN = "除 decision、reason、quote、by、date 外请不要改动。"
_LIFTED = tuple(STATUS_NAMES[status] for status in (Status.MET, Status.THIN))
# the statuses that an entry may have been given by the program, and by a person
_CORRECTIONS = tuple(name for status, name in STATUS_NAMES.items() if status is not Status.MANUAL)
_STATUSES = (*STATUS_NAMES.values(), DEFECT_STATUS)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WordsPart(_Part):
    """一处原文。"""

    text: str = Field(description=_AGAIN)
    section: str = ""
    page: str = Field("", pattern=r"^([1-9]\d{0,5})?$", description=_AGAIN)
    reading: str = ""


class EntryPart(_Part):
    """一条核查发现和对它的决定。"""

    id: str = Field(min_length=1, description=_AGAIN)
    title: str = Field(description=_AGAIN)
    status: str = Field(description=_AGAIN)
    requirement: str = ""
    quotes: list[WordsPart] = []
    lacking: str = ""
    fingerprint: str = Field(pattern=r"^[0-9a-f]{10}$", description=_AGAIN)
    text: str = Field(pattern=r"^[0-9a-f]{10}$", description=_AGAIN)
    decision: str = ""
    reason: str = ""
    quote: str = ""
    by: str = ""
    date: str = ""


class LapsePart(EntryPart):
    """一个失效的决定，和失效的原因。"""

    why: str = Field(description=_AGAIN)


class ReviewFile(_Part):
    """复核单。"""

    file: str = Field(description=_AGAIN)
    title: str = Field(description=_AGAIN)
    unit: str = Field(description=_AGAIN)
    year: str = Field(pattern=r"^(\d{4})?$", description=_AGAIN)
    checklist: str = Field(description=_AGAIN)
    version: str = Field(description=_AGAIN)
    text: str = Field(pattern=r"^[0-9a-f]{10}$", description=_AGAIN)
    findings: list[EntryPart] = Field(description=_AGAIN)
    lapsed: list[LapsePart] = []


def load_review(path: Path, *, today: datetime.date) -> Review:
    """The review in a file. Raises SettingsError with every fault, its line and a caret.

    today: no decision was made later.
    """
    source = Source(path, REVIEW)
    if not isinstance(source.data, dict) or "findings" not in source.data:
        source.add((), "这不是复核单", REVIEW.way_out.removeprefix("或"))
        source.raise_faults()
    file = validated(ReviewFile, source, also=source.check_comments)
    source.check_comments()
    entries = [_entry(source, ("findings", n), part, today) for n, part in enumerate(file.findings)]
    lapsed = [
        Lapse(_entry(source, ("lapsed", n), part, today), part.why) for n, part in enumerate(file.lapsed)
    ]
    _check_twice(source, entries)
    source.raise_faults()
    return Review(
        file.file, file.title, file.unit, int(file.year) if file.year else None, file.checklist,
        file.version, file.text, tuple(entries), tuple(lapsed), str(path),
    )  # fmt: skip


def refusal(review: Review, faults: Iterable[tuple[int, str, str]]) -> CheckerError:
    """The error for decisions whose quotations are at fault: place of the entry, fault, what to do."""
    source = Source(Path(review.path), REVIEW)
    for number, message, hint in faults:
        source.add(("findings", number, "quote"), message, hint)
    return source.error(source.faults)


def _check_twice(source: Source, entries: list[Entry]) -> None:
    """Each finding has one entry: two could decide it two ways."""
    seen: dict[tuple[str, str], int] = {}
    for number, entry in enumerate(entries):
        line = source.node(("findings", number)).start_mark.line + 1
        first = seen.setdefault(entry.key, line)
        if first != line:
            advice = f"第 {first} 行已有这一条，请合并或删去一条。"
            source.add(("findings", number, "id"), f"“{entry.id}” 这一条重复", advice)


def _entry(source: Source, loc: Loc, part: EntryPart, today: datetime.date) -> Entry:
    if part.status not in _STATUSES:
        source.add((*loc, "status"), f"未知的判定 “{part.status}”", choices(_STATUSES, part.status))
    quotes = (Words(w.text, w.section, int(w.page) if w.page else None, w.reading) for w in part.quotes)
    return Entry(
        part.id, part.title, part.status, part.fingerprint, part.requirement, tuple(quotes), part.lacking,
        part.text, _decision(source, loc, part, today),
    )  # fmt: skip


def _decision(source: Source, loc: Loc, part: EntryPart, today: datetime.date) -> Decision | None:
    """The decision of an entry, None where there is none yet; faults go into the source."""
    word = part.decision.strip()
    filled = [name for name in ("reason", "quote", "by", "date") if getattr(part, name).strip()]
    if not word:
        if filled:
            source.add((*loc, "decision"), f"填了 {'、'.join(filled)}，没有写决定", choices(_words(part)))
        return None
    if word not in _words(part):
        fault = "这一条不能写" if word in (CONFIRM, DISMISS, *STATUS_NAMES.values()) else "未知的决定"
        source.add((*loc, "decision"), f"{fault} “{word}”", choices(_words(part), word))
    for name, why in _wanted(part, word):
        if not getattr(part, name).strip():
            source.add((*loc, name), f"缺少 “{name}”", why)
    day = parse_day(source, (*loc, "date"), part.date)
    if day and day > today:
        source.add((*loc, "date"), f"日期 {day} 还没有到", "写作出决定的那一天。")
    return Decision(word, part.reason, part.quote, part.by, day or today, part.text)


def _words(part: EntryPart) -> tuple[str, ...]:
    """The decisions that an entry allows.

    Dismissing what the report does say would hide that it may not; confirming that a person must look
    is no answer.
    """
    if part.status == DEFECT_STATUS:
        return (CONFIRM, DISMISS)
    if part.status == STATUS_NAMES[Status.MANUAL]:
        return (DISMISS, *_CORRECTIONS)
    kept = (STATUS_NAMES[Status.MET], STATUS_NAMES[Status.NA])
    return (CONFIRM, *([] if part.status in kept else [DISMISS]), *_CORRECTIONS)


def _wanted(part: EntryPart, word: str) -> list[tuple[str, str]]:
    """What a decision must come with, and why."""
    wanted = [("by", "写作出决定的人的姓名。")]
    if word != CONFIRM:
        wanted.append(("reason", f"决定写“{word}”的，要写明理由。"))
    if part.status in GAP_NAMES and word in _LIFTED:
        wanted.append(("quote", "把缺项改为已反映、反映不具体的，要照抄报告里的一个完整分句。"))
    return wanted
