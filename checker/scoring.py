"""Scoring (评分): an assessment against labels made by people, and a baseline beside it. Pure.

The measures: status accuracy; precision, recall and F1 of gaps (unmet or deferred); whether the evidence
of reported items overlaps the labelled quotation; precision, recall and F1 of text defects; and
whether unit, year and level are right. A label may be `met|thin` where two annotators disagreed:
either is right. An optional defect is neither owed nor held against the program.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from checker.model.assessment import Assessment, Status
from checker.model.checklist import Checklist, Phrase
from checker.model.text import fold

_GAPS = ("unmet", "deferred")
_REPORTED = ("met", "thin")
_SENTENCE = re.compile(r"[^。；！？\n]+")
_OFFICE = re.compile(r"(人民政府|办事处|委员会)$")


@dataclass(frozen=True, slots=True)
class Prediction:
    """What is scored (预测): a status and quotations for each item, defects as (kind, quote)."""

    statuses: Mapping[str, str]
    evidence: Mapping[str, tuple[str, ...]]
    defects: tuple[tuple[str, str], ...] = ()
    source: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """One item: what the label wants and what was given (逐项对照)."""

    item: str
    wanted: str
    given: str


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one report or, summed, of many (得分)."""

    judged: tuple[Judged, ...] = ()
    evidence: int = 0
    evidence_right: int = 0
    defects_right: int = 0
    defects_wrong: int = 0
    defects_missed: int = 0
    source: int = 0
    source_right: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def accuracy(self) -> float:
        """Share of items with the right status."""
        return sum(j.wanted == j.given for j in self.judged) / max(1, len(self.judged))

    @property
    def gaps(self) -> Rates:
        wanted = [j.wanted in _GAPS for j in self.judged]
        given = [j.given in _GAPS for j in self.judged]
        right = sum(w and g for w, g in zip(wanted, given, strict=True))
        return Rates(right, sum(given) - right, sum(wanted) - right)

    @property
    def defects(self) -> Rates:
        return Rates(self.defects_right, self.defects_wrong, self.defects_missed)


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F1 (查准率、查全率) from counts."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def prediction_of(assessment: Assessment) -> Prediction:
    """An assessment in the form that is scored."""
    report = assessment.report
    return Prediction(
        {f.item.id: f.status.value for f in assessment.findings},
        {f.item.id: tuple(q.text for q in f.evidence.quotes) for f in assessment.findings},
        tuple((d.kind, d.quote) for d in assessment.defects),
        {"unit": report.unit, "year": str(report.year), "level": report.level},
    )


def keyword_baseline(checklist: Checklist, text: str) -> Prediction:
    """The least that a keyword search would do (关键词基线).

    An item is met if one sentence of the text holds all words of any of its mention phrases, and
    unmet otherwise: no negation, plan, other unit, section or figure is looked at. It borrows the
    checklist's own phrases, so it is stronger than a search with words made up on the spot. Items
    without phrases (title, sections, dates) are left out: it has nothing to say on them.
    """
    sentences = [re.sub(r"\s+", "", s) for s in _SENTENCE.findall(fold(text))]
    statuses, evidence = {}, {}
    for item in checklist.items():
        if item.rule.mention:
            hit = next((s for s in sentences if any(_all_words(p, s) for p in item.rule.mention)), None)
            statuses[item.id] = (Status.UNMET if hit is None else Status.MET).value
            evidence[item.id] = () if hit is None else (hit,)
    return Prediction(statuses, evidence)


def _all_words(phrase: Phrase, sentence: str) -> bool:
    return all(any(_holds(choice, sentence) for choice in word.choices) for word in phrase.words)


def _holds(choice: str, sentence: str) -> bool:
    at = 0
    for part in choice.split("…"):
        found = sentence.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def score(
    prediction: Prediction, label: Mapping[str, Any], text: str, *, only: Iterable[str] | None = None
) -> Score:
    """A prediction against a label file; with `only`, on these items alone and nothing else."""
    searched = _bare(text)
    chosen = set(label["items"] if only is None else only)
    items = {key: value for key, value in label["items"].items() if key in chosen}
    judged = tuple(_judge(key, value["status"], prediction) for key, value in items.items())
    quoted = {key: _places(value.get("quotes", ()), searched) for key, value in items.items()}
    overlaps = [
        _overlap(_places(prediction.evidence.get(j.item, ()), searched), quoted[j.item])
        for j in judged
        if j.wanted in _REPORTED and j.given in _REPORTED and items[j.item].get("quotes")
    ]
    items_only = Score(judged, len(overlaps), sum(overlaps))
    if only is not None:
        return items_only
    return items_only + _defects(prediction, label, searched) + _source(prediction, label)


def _judge(item: str, wanted: str, prediction: Prediction) -> Judged:
    given = prediction.statuses.get(item, "absent")
    accepted = wanted.split("|")
    return Judged(item, given if given in accepted else accepted[0], given)


def _defects(prediction: Prediction, label: Mapping[str, Any], text: str) -> Score:
    owed: Sequence[Mapping[str, Any]] = label.get("defects", [])
    used: set[int] = set()
    right = wrong = 0
    for kind, quote in prediction.defects:
        places = _places([quote], text)
        hit = next(
            (
                i for i, d in enumerate(owed)
                if i not in used and (d["id"] == kind or d.get("optional"))
                and _overlap(places, _places([d["quote"]], text))
            ),
            None,
        )  # fmt: skip
        if hit is None:
            wrong += 1
        else:
            used.add(hit)
            right += not owed[hit].get("optional")
    missed = sum(i not in used and not d.get("optional") for i, d in enumerate(owed))
    return Score(defects_right=right, defects_wrong=wrong, defects_missed=missed)


def _source(prediction: Prediction, label: Mapping[str, Any]) -> Score:
    given = prediction.source or {}
    right = [given.get(key) == str(label.get(key)) for key in ("year", "level")]
    right.append(_same_unit(given.get("unit", ""), str(label.get("unit"))))
    return Score(source=len(right), source_right=sum(right))


def _same_unit(given: str, wanted: str) -> bool:
    a, b = (_OFFICE.sub("", _bare(name)) for name in (given, wanted))
    return bool(a and b) and (a.endswith(b) or b.endswith(a))


def _bare(text: str) -> str:
    """Text without white space and with full width folded: quotations are compared in this form."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _places(quotes: Iterable[str], text: str) -> list[tuple[int, int]]:
    wanted = [quote for quote in map(_bare, quotes) if quote]
    return [m.span() for quote in wanted for m in re.finditer(re.escape(quote), text)]


def _overlap(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> bool:
    return any(a[0] < b[1] and b[0] < a[1] for a in some for b in others)
