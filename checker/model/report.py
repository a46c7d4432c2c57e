"""The report (报告) as the program sees it: one text, and spans into it.

Every place is a half-open range of character offsets into `Report.text`, the only holder of text.
"""

from __future__ import annotations

import datetime
import enum
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

LEVELS = {"township": "乡镇", "subdistrict": "街道", "county": "县（市、区）", "department": "部门"}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place (位置): half-open character offsets into `Report.text`."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Role(enum.StrEnum):
    """What a section (章节) is for. The five contents of the annual report, and the rest.

    CAUSES: a part of the shortcomings that its heading gives to their causes alone.
    """

    PREAMBLE = "preamble"
    MEASURES = "measures"
    SHORTCOMINGS = "shortcomings"
    CAUSES = "causes"
    FIRST_RESPONSIBLE = "first-responsible"
    PLAN = "plan"
    MIXED = "mixed"
    OTHER = "other"


# the kinds of dates a document may carry
DATE_NAMES = {"published": "发布", "written": "成文", "signed": "落款"}


def chinese_date(date: datetime.date) -> str:
    """2026年3月5日: without leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{date.year}年{date.month}月{date.day}日"


# the parts that tell what is not done, or not yet
GAP_ROLES = (Role.PLAN, Role.SHORTCOMINGS, Role.CAUSES, Role.MIXED)


# the level of an untitled paragraph that speaks otherwise than the part it stands in; the preamble has 9
INSIDE = 10


class Stance(enum.StrEnum):
    """How a clause speaks (语气): the rungs of evidence, best first."""

    DONE = "done"
    ASSERTED = "asserted"
    NIL = "nil"
    PLANNED = "planned"
    ADMITTED = "admitted"
    DENIED = "denied"
    RECITED = "recited"
    OTHER_UNIT = "other-unit"
    OTHER_YEAR = "other-year"


# what the report tells as its unit's own doing of the year
TOLD = (Stance.DONE, Stance.ASSERTED)

# the reason of a plan that is one only by where it stands
BY_PLACE = "在“下一步安排”部分"

STANCE_NAMES = {
    Stance.DONE: "已做",
    Stance.ASSERTED: "表态",
    Stance.NIL: "明示未发生",
    Stance.PLANNED: "计划",
    Stance.ADMITTED: "自认不足",
    Stance.DENIED: "明示未做",
    Stance.RECITED: "转述要求",
    Stance.OTHER_UNIT: "其他单位",
    Stance.OTHER_YEAR: "其他年度",
}


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause (分句): what stands between two commas, with how it speaks."""

    span: Span
    stance: Stance
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (句子), its clauses, whether it is only a heading, and whether it opens a paragraph."""

    span: Span
    clauses: tuple[Clause, ...]
    heading: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section (章节): heading, what it is for, its own sentences and its subsections.

    `span` covers the heading and everything under it, subsections included; `sentences` are only
    those that stand directly in it.
    """

    title: str
    level: int
    role: Role
    span: Span
    heading: Span
    sentences: tuple[Sentence, ...] = ()
    children: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Source:
    """Where the masthead says the text comes from (来源): metadata kept out of the text that is checked.

    `publisher` is the body that published it (发布机构), `origin` whom the page names as its source
    (来源), then the index number (索引号) and the number of the document (文号).
    """

    publisher: str = ""
    origin: str = ""
    index_number: str = ""
    document_number: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class DateMark:
    """A date of the document (日期) and what kind it is: published 发布, written 成文, signed 落款."""

    kind: str
    date: datetime.date
    span: Span


@dataclass(frozen=True, slots=True)
class Report:
    """One report (报告). `text` holds every character; all else points into it.

    `doubt` says why something that is not in the text may yet stand in the file: then absence
    proves nothing. `pages` tells from which offset on which page of the file is quoted.
    """

    text: str
    title: str
    title_span: Span | None
    unit: str
    level: str
    year: int | None
    dates: tuple[DateMark, ...] = ()
    source: Source = field(default_factory=Source)
    addressee: Span | None = None
    sections: tuple[Section, ...] = ()
    doubt: str = ""
    pages: tuple[tuple[int, int], ...] = ()

    def page(self, offset: int) -> int | None:
        """The page of the file that a character stands on, where the file has pages."""
        at = bisect_right(self.pages, offset, key=lambda page: page[0])
        return self.pages[at - 1][1] if at else None

    def quote(self, span: Span) -> str:
        """The report's own characters at a place."""
        return self.text[span.start : span.end]

    def section_at(self, span: Span) -> Section | None:
        """The innermost section around a place; parents come before children in `walk`."""
        around = [section for section in self.walk() if section.span.holds(span)]
        return around[-1] if around else None

    def walk(self) -> Iterator[Section]:
        """All sections on all levels, in the order of the text."""
        for section in self.sections:
            yield from section.walk()
