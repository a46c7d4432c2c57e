"""COMPARE: two versions of a report into what became of every gap (前后对照). Pure.

A gap is closed only by evidence: the newer version must be judged to report the item, by words that
the older one did not have. Words that only moved, or were only worded anew, are for people to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from checker.compare.reasons import doubt_of, why_new, why_undecided, why_wanting
from checker.compare.rewording import OlderText, SameMatter, Trace, common_words, rewordings, sentences
from checker.compare.versions import check_same, matching, notes, unsure
from checker.model.assessment import ASKED, GAPS, Assessment, Defect, Finding, Quote, Status
from checker.model.checklist import Item, Phrase
from checker.model.comparison import (
    Change,
    Comparison,
    DefectChanges,
    Earlier,
    Outcome,
    Rewording,
    Verdict,
)
from checker.model.report import TOLD, Report, Stance
from checker.model.text import fold

__all__ = ["compare", "matching", "still_asked", "supplied"]


def compare(old: Earlier, new: Assessment) -> Comparison:
    """What became of every gap. Raises CheckerError where these are not two versions of one report."""
    check_same(old, new.report)
    older, newer = OlderText(old.text), OlderText(new.report.text)
    changes = (
        _change(old.verdicts.get(finding.item.id), finding, (older, newer), new.report)
        for finding in new.findings
    )
    listed = {finding.item.id for finding in new.findings}
    dropped = (v for key, v in old.verdicts.items() if key not in listed and v.status in ASKED)
    return Comparison(
        old,
        new,
        tuple(change for change in changes if change),
        tuple(dropped),
        tuple(_still_manual(old, new)),
        _defects(old.defects, new),
        rewordings(older, newer),
        tuple(notes(old, new)),
        unsure(old, new.report),
    )


def still_asked(comparison: Comparison) -> Assessment:
    """The new version as a follow-up letter may speak of it: what is unclear is left to people."""
    unclear = {change.after.item.id: change.why for change in comparison.those(Outcome.UNCLEAR)}

    def told(finding: Finding) -> Finding:
        if finding.item.id not in unclear:
            return finding
        evidence = replace(finding.evidence, undecidable=unclear[finding.item.id])
        return replace(finding, status=Status.MANUAL, evidence=evidence)

    return replace(comparison.new, findings=tuple(map(told, comparison.new.findings)))


def supplied(comparison: Comparison) -> tuple[Finding, ...]:
    """What the new version supplied: what a follow-up letter thanks for."""
    return tuple(change.after for change in comparison.those(Outcome.CLOSED))


# --- one item ---------------------------------------------------------------------------------------


def _change(
    before: Verdict | None, after: Finding, texts: tuple[OlderText, OlderText], report: Report
) -> Change | None:
    """What became of an item; none where there was nothing to settle and nothing is wanting."""
    older, newer = texts
    was_gap = before is not None and before.status in ASKED
    if after.status in ASKED:
        if before is None or not was_gap:
            return _new(before, after, newer)
        return _still_wanting(before, after, texts, report)
    if before is None or not (was_gap or (before.status, after.status) == (Status.MET, Status.MANUAL)):
        return None
    if after.status is Status.MET:
        return _supplied(before, after, older, report)
    lifted = after.status is Status.NA and (after.decision or after.waiver)
    outcome = Outcome.LIFTED if lifted else Outcome.UNCLEAR
    return Change(outcome, before.status, after, after.evidence.quotes, (), why_undecided(after))


def _new(before: Verdict | None, after: Finding, newer: OlderText) -> Change:
    status = before.status if before else None
    return Change(Outcome.NEW, status, after, after.evidence.quotes, (), why_new(before, newer))


def _supplied(before: Verdict, after: Finding, older: OlderText, report: Report) -> Change:
    """An item that is now reported: closed by fresh words only, or by a person who looked at them."""
    quotes = _counting(after)
    traces = [(quote, _trace(quote, after.item, older, report)) for quote in quotes]
    shown = _apart([(quote, trace) for quote, trace in traces if trace.fresh] or traces)
    doubt = "" if after.decision else doubt_of(after, traces, older)
    return Change(
        Outcome.UNCLEAR if doubt else Outcome.CLOSED,
        before.status,
        after,
        tuple(quote for quote, _ in shown),
        _reworded(shown),
        doubt,
    )


def _still_wanting(
    before: Verdict, after: Finding, texts: tuple[OlderText, OlderText], report: Report
) -> Change:
    (older, newer), quotes = texts, after.evidence.quotes
    told = [(q, _trace(q, after.item, older, report)) for q in quotes if q.stance in TOLD]
    fresh = [(quote, trace) for quote, trace in told if trace.fresh]
    better = after.status is Status.THIN and before.status in GAPS and bool(fresh)
    return Change(
        Outcome.PARTLY if better else Outcome.REMAINING,
        before.status,
        after,
        tuple(quote for quote, _ in fresh) if better else quotes,
        _reworded(fresh if better else told),
        "" if better else why_wanting(before, after, bool(fresh), newer),
    )


def _counting(finding: Finding) -> list[Quote]:
    """The quotations by which an item is met, as `assess.judge` has it."""
    quotes = finding.evidence.quotes
    nil = [quote for quote in quotes if quote.stance is Stance.NIL]
    told = [quote for quote in quotes if quote.stance in TOLD]
    return nil + ([q for q in told if q.figure] if finding.item.figures else told)


def _trace(quote: Quote, item: Item, older: OlderText, report: Report) -> Trace:
    match item.rule.check:
        case "mention":
            return older.trace(quote.text, _same_matter(item))
        case "section":
            return _trace_section(quote, older, report)
        case _:
            # of a title or a date, words that do not stand in the older text are the supply itself
            return Trace("", not older.holds(quote.text))


def _trace_section(quote: Quote, older: OlderText, report: Report) -> Trace:
    """A part of its own is new by what stands in it: a heading over moved sentences supplies nothing."""
    parts = (s.span for s in report.walk() if s.span.holds(quote.span) and s.span.start == quote.span.start)
    span = next(parts, quote.span)
    body = [s for s in sentences(report.text[quote.span.end : span.end]) if older.trace(s).fresh]
    return Trace(older.trace(quote.text).old, bool(body))


def _same_matter(item: Item) -> SameMatter:
    """Whether an older sentence has the words by which a passage is known to be about the item."""
    phrases = (*item.rule.mention, *item.rule.topic, *item.rule.about_mention)

    def same(new: str, old: str) -> bool:
        held = [phrase for phrase in phrases if _holds(phrase, fold(new))]
        # words that take their subject from the context tell nothing of the difference, nor does 已
        known = "\n".join((fold(old), *common_words(new)))
        return not held or any(_holds(phrase, known) for phrase in held)

    return same


def _holds(phrase: Phrase, text: str) -> bool:
    return all(
        any(all(p in text for p in choice.removeprefix("《").split("…")) for choice in word.choices)
        for word in phrase.words
    )


def _apart(traces: Sequence[tuple[Quote, Trace]]) -> list[tuple[Quote, Trace]]:
    """Those that share no words with one before them."""
    kept: list[tuple[Quote, Trace]] = []
    for quote, trace in traces:
        if all(quote.span.end <= k.span.start or k.span.end <= quote.span.start for k, _ in kept):
            kept.append((quote, trace))
    return kept


def _reworded(traces: Sequence[tuple[Quote, Trace]]) -> tuple[Rewording, ...]:
    return tuple(Rewording(trace.old, quote.text) for quote, trace in traces if trace.old)


# --- the rest ---------------------------------------------------------------------------------------


def _still_manual(old: Earlier, new: Assessment) -> Iterator[Finding]:
    for finding in new.findings:
        before = old.verdicts.get(finding.item.id)
        if finding.status is Status.MANUAL and (
            before is None or before.status in (Status.MANUAL, Status.NA)
        ):
            yield finding


def _defects(old: Sequence[Defect], new: Assessment) -> DefectChanges:
    before, after = ({defect.fingerprint for defect in defects} for defects in (old, new.defects))
    # what a person dismissed is still there
    kept = after | {defect.fingerprint for defect in new.dismissed}
    return DefectChanges(
        tuple(defect for defect in old if defect.fingerprint not in kept),
        tuple(defect for defect in new.defects if defect.fingerprint in before),
        tuple(defect for defect in new.defects if defect.fingerprint not in before),
    )
