"""What people decided (人工复核), put upon what the program found: reviews and waivers.

A decision holds while its finding is what it was; one that lifts a gap holds only while the words it
rests on stand in the report as a doing. What holds no longer is told, and the program's judgement
counts again.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from checker.model.assessment import GAPS, STATUS_NAMES, Assessment, Defect, Finding, Quote, Status
from checker.model.decision import (
    CONFIRM,
    DEFECT_STATUS,
    DISMISS,
    Decision,
    Entry,
    Lapse,
    Review,
    Waiver,
    WaiverUse,
    Words,
    same_unit,
)
from checker.model.report import Report, chinese_date
from checker.review.quotation import places, quote_fault, reading

_STATUSES = {name: status for status, name in STATUS_NAMES.items()}
_LIFTED = (Status.MET, Status.THIN)
Key = tuple[str, str]


def reviewed(
    assessment: Assessment, review: Review | None, waivers: Sequence[Waiver] = (), *, day: datetime.date
) -> Assessment:
    """The assessment as it counts after people had their say.

    review: the one of this report; waivers: of any unit; day: the one on which they must hold.
    """
    if review:
        assessment = _with_decisions(assessment, review)
    mine = [waiver for waiver in waivers if same_unit(waiver.unit, assessment.report.unit)]
    for waiver in mine:
        assessment = _with_waiver(assessment, waiver, day)
    return assessment


def review_of(assessment: Assessment, old: Review | None = None) -> Review:
    """A review to be filled in; with what an older one of this report had decided.

    assessment: as the program made it, without anybody's decisions.
    """
    decided, lapsed = _held(assessment, old) if old else ({}, ())
    entries = (_with_decision(entry, decided.get(entry.key)) for entry in _entries(assessment))
    report, checklist = assessment.report, assessment.checklist
    return Review(
        assessment.file, report.title, report.unit, report.year, checklist.id,
        checklist.version, assessment.digest, tuple(entries), (*(old.lapsed if old else ()), *lapsed),
    )  # fmt: skip


def _with_decision(entry: Entry, decision: Decision | None) -> Entry:
    """The entry with a decision, and with the text that this was made upon."""
    return replace(entry, decision=decision, text=decision.text) if decision else entry


def misquoted(assessment: Assessment, review: Review) -> Iterator[tuple[int, str, str]]:
    """The entries whose quotation does not stand in the very text they were made from.

    Gives the entry's place in the review, the fault, and what to do. Where the text is another one
    by now, such a decision lapses instead.
    """
    findings = {f.item.id: f for f in assessment.findings}
    text = assessment.digest
    for place, entry in enumerate(review.entries):
        decision, finding = entry.decision, findings.get(entry.id)
        if not decision or not finding or entry.text != text or entry.is_defect:
            continue
        needed = entry.fingerprint == assessment.fingerprint(finding) and _needs_quote(finding, decision)
        if needed and (fault := quote_fault(decision.quote, assessment.report)):
            yield place, *fault


# --- decisions ------------------------------------------------------------------------------------


def _with_decisions(assessment: Assessment, review: Review) -> Assessment:
    decided, lapsed = _held(assessment, review)
    findings = tuple(_decided(f, decided.get((f.item.id, ""))) for f in assessment.findings)
    marks = assessment.defect_fingerprints()
    defects = [
        replace(defect, decision=decided.get((defect.kind, mark)))
        for defect, mark in zip(assessment.defects, marks, strict=True)
    ]
    undecided = {f.item.id for f in findings if not f.decision} | {d.kind for d in defects if not d.decision}
    earlier = (lapse for lapse in review.lapsed if lapse.entry.id in undecided)
    return replace(
        assessment,
        findings=findings,
        defects=tuple(d for d in defects if not _is_dismissed(d)),
        dismissed=tuple(d for d in defects if _is_dismissed(d)),
        review=review,
        lapsed=(*earlier, *lapsed),
    )


def _is_dismissed(defect: Defect) -> bool:
    return defect.decision is not None and defect.decision.word == DISMISS


def _decided(finding: Finding, decision: Decision | None) -> Finding:
    if decision is None or decision.word == CONFIRM:
        return replace(finding, decision=decision)
    status = Status.NA if decision.word == DISMISS else _STATUSES[decision.word]
    own = finding.judged if status is not finding.judged else None
    return replace(finding, status=status, own=own, decision=decision)


def _held(assessment: Assessment, review: Review) -> tuple[Mapping[Key, Decision], tuple[Lapse, ...]]:
    """The decisions that hold for what the program finds now, and those that do not."""
    current = {entry.key: entry for entry in _entries(assessment)}
    findings = {f.item.id: f for f in assessment.findings}
    held: dict[Key, Decision] = {}
    lapsed = []
    for entry in review.entries:
        if entry.decision is None:
            continue
        why = _why_lapsed(entry, current.get(entry.key), assessment.report)
        if not why and not entry.is_defect:
            why = _why_unquoted(entry.decision, findings[entry.id], assessment)
        if why:
            lapsed.append(Lapse(entry, why))
        else:
            held[entry.key] = entry.decision
    return held, tuple(lapsed)


def _why_lapsed(old: Entry, new: Entry | None, report: Report) -> str:
    """Why a finding is no longer what it was; empty where it is."""
    if new is None:
        return "这一处文字已有变化，或者不再提示。" if old.is_defect else "清单里已没有这一项。"
    if old.status != new.status:
        return f"程序的判定由“{old.status}”变为“{new.status}”。"
    if old.fingerprint == new.fingerprint:
        return ""
    if report.doubt:
        return "报告的文字可能不全，文字又有变化。"
    return "判定所依据的原文，或者清单的要求，已有变化。"


def _why_unquoted(decision: Decision, finding: Finding, assessment: Assessment) -> str:
    """Why the words that a decision rests on carry it no longer; empty where they do."""
    if not _needs_quote(finding, decision):
        return ""
    report = assessment.report
    readings = [reading(place, finding.item, report) for place in places(decision.quote, report)]
    if not readings:
        return "决定所引的原文已不在报告里，或者不再是完整的分句。"
    if decision.text == assessment.digest or "" in readings:
        return ""  # who decided upon this very text may read it otherwise than the program
    return f"决定所引的原文现在{readings[0]}。"


def _needs_quote(finding: Finding, decision: Decision) -> bool:
    """Whether a decision stands or falls with the report's own words."""
    if finding.judged is Status.MANUAL:
        return False
    return bool(decision.quote) or (finding.judged in GAPS and _STATUSES.get(decision.word) in _LIFTED)


# --- entries --------------------------------------------------------------------------------------


def _entries(assessment: Assessment) -> Iterator[Entry]:
    """What the program found, as a review shows it."""
    text = assessment.digest
    for finding in assessment.findings:
        evidence, item = finding.evidence, finding.item
        lacking = "；".join(filter(None, (*evidence.lacking, evidence.contrary, evidence.undecidable)))
        yield Entry(
            item.id, item.title, STATUS_NAMES[finding.judged], assessment.fingerprint(finding),
            item.requirement, tuple(map(_words, evidence.quotes)), lacking, text,
        )  # fmt: skip
    for defect, mark in zip(assessment.defects, assessment.defect_fingerprints(), strict=True):
        words = Words(defect.quote, page=assessment.report.page(defect.span.start))
        yield Entry(
            defect.kind, defect.message, DEFECT_STATUS, mark, defect.suggestion, (words,),
            text=text,
        )  # fmt: skip


def _words(quote: Quote) -> Words:
    return Words(quote.text, quote.section, quote.page, quote.stance_name)


# --- waivers --------------------------------------------------------------------------------------


def _with_waiver(assessment: Assessment, waiver: Waiver, day: datetime.date) -> Assessment:
    finding = next((f for f in assessment.findings if f.item.id == waiver.item), None)
    why = _why_not(waiver, finding, day)
    findings = assessment.findings
    if finding and not why:
        waived = replace(finding, status=Status.NA, own=finding.judged, waiver=waiver)
        findings = tuple(waived if f is finding else f for f in findings)
    use = WaiverUse(waiver, why, finding.item.title if finding else waiver.item)
    return replace(assessment, findings=findings, waivers=(*assessment.waivers, use))


def _why_not(waiver: Waiver, finding: Finding | None, day: datetime.date) -> str:
    """Why a waiver of this unit is not applied; empty where it is."""
    if day < waiver.first:
        return f"自{chinese_date(waiver.first)}起才有效"
    if day > waiver.last:
        return f"已于{chinese_date(waiver.last)}到期"
    if finding is None:
        return "清单已停用这一项"
    if finding.waiver:
        return "另一条豁免已经适用"
    if finding.status is Status.MET:
        return "报告已反映，用不着豁免"
    return "这一项本来就不计入" if finding.status is Status.NA else ""
