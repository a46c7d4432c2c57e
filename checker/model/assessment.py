"""Evidence (证据), findings (核查发现) and the assessment (评估结果)."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace

from checker.model.checklist import Checklist, Item
from checker.model.decision import Decision, Lapse, Review, Waiver, WaiverUse
from checker.model.report import STANCE_NAMES, Report, Span, Stance


class Status(enum.StrEnum):
    """The judgement on one item (判定)."""

    MET = "met"
    THIN = "thin"
    DEFERRED = "deferred"
    UNMET = "unmet"
    MANUAL = "manual"
    NA = "na"


STATUS_NAMES = {
    Status.MET: "已反映",
    Status.THIN: "反映不具体",
    Status.DEFERRED: "仅有计划或自认不足",
    Status.UNMET: "报告未反映",
    Status.MANUAL: "需人工核实",
    Status.NA: "不适用",
}

DEFECT_NAMES = {
    "text.year": "年度不一致",
    "text.rate": "比率与件数不符",
    "text.sum": "分项与合计不符",
    "text.numbering": "层次序号缺漏或重复",
    "text.truncated": "数据或文字残缺",
    "text.citation": "法规名称有误",
    "text.placeholder": "模板痕迹",
    "text.foreign-unit": "他处单位名称",
    "text.punctuation": "标点和括号不配对",
}

GAPS = (Status.UNMET, Status.DEFERRED)
# what a letter asks a unit for
ASKED = (*GAPS, Status.THIN)
# how a quotation speaks that no phrase of the rules was found in
LIKELY = "写法相近，请核对"
GAP_NAMES = tuple(STATUS_NAMES[status] for status in GAPS)

_CLAUSE_ENDS = "，。！？；,;\n"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation (引文): the report's own words, where they stand and how they speak.

    `figure` is the place of the figure that belongs to the quoted doing, if any;
    `section` the heading it stands under; `reason` why it was read so, for people; `likely` that no
    phrase of the rules was found in it, only a likeness to labelled sentences; `page` where it stands
    in a file that has pages.
    """

    span: Span
    text: str
    stance: Stance
    section: str
    figure: Span | None = None
    reason: str = ""
    likely: bool = False
    page: int | None = None

    @property
    def stance_name(self) -> str:
        """How it speaks, in Chinese; one found by likeness is to be looked at."""
        return LIKELY if self.likely else STANCE_NAMES[self.stance]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a check gathered (证据): quotations, what was lacking, and where it searched.

    `undecidable` tells that the text alone cannot decide; `contrary` that what was found breaks
    the requirement (a date outside the first quarter). `nearest` is the passage a reader would look
    at first where nothing was found; it is no evidence. A check gathers and never judges.
    """

    quotes: tuple[Quote, ...] = ()
    lacking: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    undecidable: str = ""
    contrary: str = ""
    nearest: Quote | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One item, judged (核查发现).

    `status` is what counts. Where people had a say, `own` is the program's own judgement, `decision`
    what a person decided, and `waiver` the exception that was made for the unit.
    """

    item: Item
    status: Status
    evidence: Evidence
    own: Status | None = None
    decision: Decision | None = None
    waiver: Waiver | None = None

    @property
    def judged(self) -> Status:
        """The program's own judgement, whatever people decided."""
        return self.own or self.status


@dataclass(frozen=True, slots=True)
class Defect:
    """A fault in the text itself (文字差错), with its place and a suggested correction."""

    kind: str
    span: Span
    quote: str
    message: str
    suggestion: str
    decision: Decision | None = None

    @property
    def fingerprint(self) -> str:
        """Ten hex digits that stay the same while the words at fault do; one finding is silenced by it."""
        return _digest(self.kind, self.quote)


@dataclass(frozen=True, slots=True)
class Assessment:
    """One report against one checklist (评估结果).

    unlisted: documents the report cites that the list of titles does not hold; information, no fault.
    kind, notes: what the file's content was, and what people should know of how it was read.
    review, lapsed: the review that was applied, and its decisions that hold no longer; dismissed:
    the defects that a person dismissed; waivers: those for this unit, and why some were not applied.
    """

    path: str
    report: Report
    checklist: Checklist
    findings: tuple[Finding, ...]
    defects: tuple[Defect, ...] = ()
    unlisted: tuple[str, ...] = ()
    kind: str = "text"
    notes: tuple[str, ...] = ()
    review: Review | None = None
    lapsed: tuple[Lapse, ...] = ()
    dismissed: tuple[Defect, ...] = ()
    waivers: tuple[WaiverUse, ...] = ()

    @property
    def file(self) -> str:
        """The name of the file, without its folders."""
        return self.path.replace("\\", "/").rpartition("/")[2]

    @property
    def digest(self) -> str:
        """Ten hex digits over the report's text, white space aside."""
        return _digest(self.report.text)

    def fingerprint(self, finding: Finding) -> str:
        """Ten hex digits that stay the same while the finding does, as a person sees it.

        They cover what is required, the program's own judgement, the words it rests on and how they
        were read, and what is lacking. Where the text may not be whole they cover all of it: what
        was not seen may have changed.
        """
        evidence = finding.evidence
        quotes = sorted(f"{quote.stance}：{''.join(quote.text.split())}" for quote in evidence.quotes)
        told = (*evidence.lacking, evidence.contrary, evidence.undecidable)
        text = self.report.text if self.report.doubt else ""
        return _digest(finding.item.id, finding.item.requirement, finding.judged, *told, *quotes, text)

    def defect_fingerprints(self) -> tuple[str, ...]:
        """Ten hex digits for each defect: over its words and the clause they stand in.

        No two are the same: where all of that repeats, they are counted, and change with the count.
        """
        text = self.report.text
        marks = [_digest(d.kind, d.quote, _clause_around(text, d.span)) for d in self.defects]
        return tuple(
            mark if (total := marks.count(mark)) == 1 else _digest(mark, f"{marks[:n].count(mark)}/{total}")
            for n, mark in enumerate(marks)
        )

    def gaps(self) -> tuple[Finding, ...]:
        """The findings a gap letter would name: unmet or deferred."""
        return tuple(f for f in self.findings if f.status in GAPS)

    def gaps_lapsed(self) -> tuple[Lapse, ...]:
        """The decisions by which a person had found a gap, and which hold no longer."""
        return tuple(la for la in self.lapsed if la.entry.decision and la.entry.decision.word in GAP_NAMES)

    def missing_parts(self) -> tuple[Finding, ...]:
        """The parts of their own that the report lacks: what a reader must see first."""
        return tuple(f for f in self.gaps() if f.item.rule.check == "section")

    def without_defects(self, kinds: Collection[str], fingerprints: Collection[str] = ()) -> Assessment:
        """The assessment without the text defects that somebody does not want to see."""
        kept = (d for d in self.defects if d.kind not in kinds and d.fingerprint not in fingerprints)
        return replace(self, defects=tuple(kept))

    def likely(self) -> tuple[Finding, ...]:
        """What counts as reported by likeness alone, and nobody has looked at: a person should."""
        return tuple(
            f
            for f in self.findings
            if f.status in (Status.MET, Status.THIN)
            and any(q.likely for q in f.evidence.quotes)
            and not f.decision
        )

    def unseen(self) -> tuple[Finding, ...]:
        """The findings that nobody has decided on."""
        return tuple(f for f in self.findings if not f.decision and not f.waiver)

    def count(self, status: Status) -> int:
        return sum(f.status is status for f in self.findings)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read (未读取): a row in the result, never a lost run."""

    path: str
    reason: str


def _digest(*parts: str) -> str:
    """Ten hex digits over texts, white space aside."""
    words = "|".join("".join(part.split()) for part in parts)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def _clause_around(text: str, span: Span) -> str:
    start = max(text.rfind(mark, 0, span.start) for mark in _CLAUSE_ENDS) + 1
    ends = [end for mark in _CLAUSE_ENDS if (end := text.find(mark, span.end)) >= 0]
    return text[start : min(ends, default=len(text))]
