"""Likeness (写法相近): sentences that speak as labelled ones do, where no phrase of the rules occurs.

No list of phrases holds every way of saying a thing. Where the rules find nothing for an item, the
classifier that was trained on labelled sentences is asked; it sees only what the report tells as
done or asserted, never what is planned, admitted, denied, recited or another's.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Mapping

from checker.checks.mention import excluded, figure_in_sentence
from checker.checks.passages import Passage, Passages
from checker.model.assessment import Evidence, Quote
from checker.model.checklist import Item
from checker.model.classifier import Classifier
from checker.model.report import GAP_ROLES, TOLD, Stance

# chosen on reports that had no part in training (tests/corpus/README.md); the second where the report
# itself speaks of a plan or a lack, or where the sentence already shows another item
LIKELY = 0.45
LIKELY_AGAINST = 0.95
_SHOWN = 3
_BLANK = re.compile(r"[^一-龥a-zA-Z]+")
_LEARNT = re.compile(r"学习|讲解|解读|宣讲|培训|讲授|研读|观摩|讲座")
_SETTLED = (*TOLD, Stance.NIL, Stance.DENIED)
_AGAINST = (Stance.PLANNED, Stance.ADMITTED)


def told(passage: Passage, text: str) -> str:
    """What a sentence tells as done or asserted; figures and marks all alike.

    text: that of all passages, titles blanked out: a title shows nothing.
    """
    if passage.heading or passage.section.role in GAP_ROLES:
        return ""
    parts = [text[start:end] for start, end, clause in passage.clauses if clause.stance in TOLD]
    return _BLANK.sub("#", "".join(parts))


def runs(text: str) -> set[str]:
    """The single characters and pairs of neighbours in a text."""
    return {*text, *map("".join, itertools.pairwise(text))}


def add_likely(
    evidence: dict[str, Evidence], items: Iterable[Item], passages: Passages, classifier: Classifier
) -> dict[str, Evidence]:
    """The evidence, with a likely sentence for each item for which the rules found none that counts."""
    asked = {item.id: item for item in items if item.id in classifier.biases and _open(evidence[item.id])}
    if not asked:
        return evidence
    result = dict(evidence)
    for item_id, quote in _likely(asked, passages, classifier, evidence).items():
        found = evidence[item_id]
        result[item_id] = Evidence(
            (quote, *found.quotes), () if quote.figure else found.lacking, found.searched
        )
    return result


def _open(evidence: Evidence) -> bool:
    return not any(quote.stance in _SETTLED for quote in evidence.quotes)


def _likely(
    asked: dict[str, Item], passages: Passages, classifier: Classifier, evidence: dict[str, Evidence]
) -> dict[str, Quote]:
    """The likeliest sentence of every item that has one likely enough."""
    best: dict[str, tuple[float, Passage, str]] = {}
    taken = {
        passages.at(passages.search.position(quote.span.start))
        for found in evidence.values()
        for quote in found.quotes
        if quote.stance in TOLD
    }
    read = {
        (item_id, passages.at(passages.search.position(quote.span.start)))
        for item_id in asked
        for quote in evidence[item_id].quotes
    }
    for passage in passages.items:
        text = told(passage, passages.untitled)
        if len(text) < 5:
            continue
        learnt = bool(_LEARNT.search(text))
        for item_id, score in _scores(text, asked, classifier).items():
            rule = asked[item_id].rule
            if (item_id in best and score <= best[item_id][0]) or (learnt and not rule.learning_counts):
                continue
            # what the rules read otherwise in this very sentence is not overruled
            spoken = (item_id, passages.at(passage.start)) in read
            if not spoken and not excluded(passage, passage.start, passage.end, rule, passages):
                best[item_id] = (score, passage, text)
    found = {}
    for item_id, (score, passage, text) in best.items():
        against = passages.at(passage.start) in taken or any(
            quote.stance in _AGAINST for quote in evidence[item_id].quotes
        )
        if _probability(score) >= (LIKELY_AGAINST if against else LIKELY):
            reason = f"与样句相近的字词：{'、'.join(_telling(text, classifier.weights[item_id]))}"
            figure = figure_in_sentence(passage, asked[item_id].rule, passages)
            span = passages.span(passage.start, passage.end)
            found[item_id] = Quote(span, "", Stance.ASSERTED, passage.path, figure, reason, likely=True)
    return found


def _scores(text: str, asked: Iterable[str], classifier: Classifier) -> dict[str, float]:
    """The log odds of every asked item for a text."""
    norm = math.sqrt(len(text) + 1)
    sums = classifier.sums(runs(text), asked)
    return {id_: classifier.biases[id_] + total / norm for id_, total in sums.items()}


def _probability(score: float) -> float:
    return 1 / (1 + math.exp(-max(min(score, 30.0), -30.0)))


def _telling(text: str, weights: Mapping[str, float]) -> list[str]:
    """The words that spoke most for an item, to be shown to people."""
    words = sorted(
        (run for run in runs(text) if len(run) > 1 and "#" not in run and weights.get(run, 0) > 0),
        key=lambda run: (-weights[run], run),
    )
    shown: list[str] = []
    for word in words:
        if not any(word in other or other in word for other in shown):
            shown.append(word)
    return shown[:_SHOWN]
