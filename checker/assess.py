"""ASSESS: evidence into findings (核查发现). The only module that judges, and it knows no check.

The rungs of evidence, best first: done with figures, done, asserted only, planned, admitted, not
mentioned; a stated zero counts as reported.
"""

from __future__ import annotations

from dataclasses import replace

from checker.model.assessment import GAPS, Evidence, Finding, Status
from checker.model.checklist import Checklist, Item
from checker.model.report import TOLD, Report, Stance

_PUT_OFF = (Stance.PLANNED, Stance.ADMITTED)


def assess_report(report: Report, checklist: Checklist, evidence: dict[str, Evidence]) -> tuple[Finding, ...]:
    """One finding for every item of the checklist, in its order."""
    findings = []
    for item in checklist.items():
        gathered = evidence.get(item.id)
        if gathered is None:
            findings.append(Finding(item, Status.NA, Evidence()))
        else:
            findings.append(_unless_in_doubt(Finding(item, judge(item, gathered), gathered), report))
    return tuple(findings)


def _unless_in_doubt(finding: Finding, report: Report) -> Finding:
    """The finding, or where the text may not be whole a question for people instead of a gap.

    What was planned or admitted is a gap only because nothing better was found: it needs the whole
    text as well.
    """
    if finding.status not in GAPS or not report.doubt:
        return finding
    evidence = replace(finding.evidence, undecidable=report.doubt)
    return Finding(finding.item, Status.MANUAL, evidence)


def judge(item: Item, evidence: Evidence) -> Status:
    """The status that evidence gives an item."""
    if evidence.contrary:
        return Status.UNMET
    if evidence.undecidable:
        return Status.MANUAL
    stances = {quote.stance for quote in evidence.quotes}
    reported = [quote for quote in evidence.quotes if quote.stance in TOLD]
    if Stance.NIL in stances:
        return Status.MET
    if reported:
        with_figure = any(quote.figure for quote in reported)
        return Status.MET if with_figure or not item.figures else Status.THIN
    return Status.DEFERRED if stances & set(_PUT_OFF) else Status.UNMET
