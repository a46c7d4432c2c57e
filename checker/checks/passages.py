"""The report as sentences to search in (语段): which words stand in which sentence, asked once.

A word's sentences are kept as the bits of one integer, so that "all of these words in one
sentence" is an AND and costs nothing for the many phrases that do not occur.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

import ahocorasick  # type: ignore[import-not-found]

from checker.model.checklist import Phrase
from checker.model.report import Clause, Report, Section, Span, Stance
from checker.model.text import search_text

WEAK = (Stance.PLANNED, Stance.ADMITTED, Stance.DENIED)
NEAR = 45
GAP = 14
# a title whose closing mark was lost ends at the next stop
_DIGITS = "0123456789."
_TITLE = re.compile(r"《[^《》]{1,70}》|《[^《》,。;]{2,40}(?=[,。;《])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence in positions of the search text, with what surrounds it."""

    start: int
    end: int
    clauses: tuple[tuple[int, int, Clause], ...]
    section: Section
    path: str
    headings: str
    first: bool
    heading: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase was found: its passage, the positions of its words, the clauses that hold them."""

    passage: Passage
    hits: tuple[tuple[int, int], ...]
    phrase: Phrase
    clauses: tuple[tuple[int, int, Clause], ...]

    @property
    def start(self) -> int:
        return min(hit[0] for hit in self.hits)

    @property
    def end(self) -> int:
        return max(hit[1] for hit in self.hits)

    @property
    def window(self) -> tuple[int, int]:
        """From the first to the last clause that holds a word of the phrase."""
        return self.clauses[0][0], self.clauses[-1][1]


@cache
def _parts(choice: str) -> tuple[str, ...]:
    """`a…b` into a and b, without the mark that asks for a title."""
    return tuple(choice.removeprefix("《").split("…"))


@cache
def _alternatives(word: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """A word's plain alternatives, and those with `…` or `《`."""
    special = tuple(choice for choice in word if "…" in choice or choice.startswith("《"))
    return frozenset(word) - frozenset(special), special


@lru_cache(maxsize=8)
def _automaton(vocabulary: tuple[str, ...]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word in vocabulary:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return automaton


def _occurrences(text: str, word: str) -> list[int]:
    places, at = [], text.find(word)
    while at >= 0:
        places.append(at)
        at = text.find(word, at + 1)
    return places


def _holding(passage: Passage, hits: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int, Clause], ...]:
    """The clauses that hold a phrase's words."""
    if len(passage.clauses) == 1:
        return passage.clauses
    return tuple(
        part for part in passage.clauses if any(part[0] < hit[1] and hit[0] < part[1] for hit in hits)
    )


class Passages:
    """All sentences of a report's body, with an index of words."""

    def __init__(self, report: Report, vocabulary: tuple[str, ...], covers: tuple[str, ...] = ()) -> None:
        self.search = search_text(report.text)
        self.items: list[Passage] = []
        for section in report.sections:
            self._collect(section, ())
        self.items.sort(key=lambda passage: passage.start)
        self._titles = [(m.start(), m.end()) for m in _TITLE.finditer(self.search.text)]
        self._title_starts = [start for start, _ in self._titles]
        self._index = array("h", [-1]) * (len(self.search.text) + 1)
        for i, passage in enumerate(self.items):
            self._index[passage.start : passage.end] = array("h", [i]) * (passage.end - passage.start)
        self.text_mask = sum(1 << i for i, passage in enumerate(self.items) if not passage.heading)
        self.weak_mask = sum(
            1 << i
            for i, passage in enumerate(self.items)
            if not passage.heading and any(clause.stance in WEAK for _, _, clause in passage.clauses)
        )
        self._by_sentence: list[dict[str, list[int]]] = [{} for _ in self.items]
        self._look_up(vocabulary, covers)
        self._parts: dict[str, int] = {}
        for i, words in enumerate(self._by_sentence):
            for word in words:
                self._parts[word] = self._parts.get(word, 0) | 1 << i
        self._present = frozenset(self._parts)
        self._masks: dict[str, int] = {}
        self._searched: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._any: dict[int, int] = {}
        # by id: a word is a long tuple, and hashing it would cost more than looking it up
        self._hit_lists: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._words: dict[int, int] = {}

    def _collect(self, section: Section, above: tuple[str, ...]) -> None:
        titles = (*above, section.title) if section.title else above
        path = " / ".join(titles[-2:])
        position = self.search.position
        for sentence in section.sentences:
            clauses = tuple((position(c.span.start), position(c.span.end), c) for c in sentence.clauses)
            start, end = position(sentence.span.start), position(sentence.span.end)
            self.items.append(
                Passage(
                    start,
                    end,
                    clauses,
                    section,
                    path,
                    "".join(titles),
                    sentence.opens,
                    sentence.heading,
                )
            )
        for child in section.children:
            self._collect(child, titles)

    def at(self, position: int) -> int:
        """Index of the passage that holds a position, -1 where it is no sentence of the body."""
        return self._index[position]

    def in_title(self, start: int, end: int) -> bool:
        """Whether a place lies inside 《》."""
        i = bisect_right(self._title_starts, start) - 1
        return i >= 0 and end <= self._titles[i][1]

    def _look_up(self, vocabulary: tuple[str, ...], covers: tuple[str, ...]) -> None:
        """Find where every word of a vocabulary begins, sentence by sentence, in one pass.

        covers: words that swallow what stands in them (调解 in 协调解决).
        """
        text, index, by_sentence = self.search.text, self._index, self._by_sentence
        covered = {i for word in covers for at in _occurrences(text, word) for i in range(at, at + len(word))}
        for last, word in _automaton(vocabulary).iter(text) if vocabulary else ():
            start = last + 1 - len(word)
            i = index[start]
            if i < 0 or index[last] != i:
                continue
            if word[0] in _DIGITS and start and text[start - 1] in _DIGITS:
                continue  # 0件 does not stand in 30件
            if start in covered and last in covered and word not in covers and len(word) < 3:
                continue
            by_sentence[i].setdefault(word, []).append(start)

    def mask(self, choice: str) -> int:
        """The sentences an alternative with `…` or `《` may stand in, as bits."""
        mask = self._masks.get(choice)
        if mask is None:
            head, *rest = _parts(choice)
            mask = self._parts.get(head, 0)
            for part in rest:
                mask &= self._parts.get(part, 0)
            self._masks[choice] = mask
        return mask

    def phrase_mask(self, phrase: Phrase) -> int:
        """The sentences in which every word of a phrase may stand, as bits."""
        mask = -1
        for word in phrase.words:
            some = self._words.get(id(word))
            if some is None:
                plain, special = _alternatives(word)
                some = 0
                for choice in plain & self._present:
                    some |= self._parts[choice]
                for choice in special:
                    some |= self.mask(choice)
                self._words[id(word)] = some
            mask &= some
            if not mask:
                break
        return mask

    def find(self, phrase: Phrase, within: int = -1) -> list[Match]:
        """Every sentence in which all words of a phrase stand near each other.

        within: only these sentences, as bits.
        """
        mask = self.phrase_mask(phrase) & within
        found = []
        while mask:
            low = mask & -mask
            found += self._matches(phrase, low.bit_length() - 1)
            mask ^= low
        return found

    def context(self, passage: Passage) -> int:
        """Where what a sentence may refer to begins: its full sentence across semicolons, and the one before."""
        start, full_stops = passage.start, 0
        while start > 0 and self._index[start - 1] >= 0:
            full_stops += self.search.text[start - 1] in "。!?"
            before = self.items[self._index[start]]
            if before.first or full_stops > 1:
                break
            start = self.items[self._index[start - 1]].start
        return start

    def may_hold(self, phrases: tuple[Phrase, ...], position: int) -> bool:
        """Whether any of some phrases may stand in the sentence at a position."""
        mask = self._any.get(id(phrases))
        if mask is None:
            mask = 0
            for phrase in phrases:
                mask |= self.phrase_mask(phrase)
            self._any[id(phrases)] = mask
        return bool(mask >> self._index[position] & 1)

    def holds_any(self, phrases: tuple[Phrase, ...], start: int, end: int) -> bool:
        """Whether any of some phrases stands in a range of positions within one sentence."""
        return self.may_hold(phrases, start) and any(self.holds(phrase, start, end) for phrase in phrases)

    def holds(self, phrase: Phrase, start: int, end: int) -> bool:
        """Whether a phrase's words all stand in a range of positions within one or two sentences."""
        mask = self.phrase_mask(phrase) if self._index[start] == self._index[end - 1] else -1
        if not mask >> max(self._index[start], 0) & 1:
            return False
        sentences = (
            set(range(self._index[start], self._index[end - 1] + 1)) if self._index[start] >= 0 else set()
        )
        return all(
            any(start <= hit[0] and hit[1] <= end for i in sentences for hit in self._word_hits(word, i))
            for word in phrase.words
        )

    def _matches(self, phrase: Phrase, index: int) -> list[Match]:
        """The tightest places of a phrase in a sentence, at most one a clause."""
        passage = self.items[index]
        hits = [self._word_hits(word, index) for word in phrase.words]
        if not all(hits):
            return []
        best: dict[int, tuple[tuple[int, int], tuple[tuple[int, int], ...]]] = {}
        for anchor in hits[0]:
            chosen = (anchor, *(min(others, key=lambda hit: abs(hit[0] - anchor[0])) for others in hits[1:]))
            begin, stop = min(hit[0] for hit in chosen), max(hit[1] for hit in chosen)
            clause = sum(cut <= begin for cut, _, _ in passage.clauses)
            width = (sum(begin < cut < stop for cut, _, _ in passage.clauses), stop - begin)
            if stop - begin <= NEAR and (clause not in best or width < best[clause][0]):
                best[clause] = (width, chosen)
        fewest = min((width[0] for width, _ in best.values()), default=0)
        return [
            Match(passage, chosen, phrase, _holding(passage, chosen))
            for width, chosen in best.values()
            if width[0] == fewest
        ]

    def _word_hits(self, word: tuple[str, ...], index: int) -> list[tuple[int, int]]:
        """Where any alternative of a word stands in a sentence."""
        found = self._hit_lists.get((id(word), index))
        if found is None:
            plain, special = _alternatives(word)
            here = self._by_sentence[index]
            found = [
                (at, at + len(part))
                for part in plain & here.keys()
                for at in here[part]
                if not self.in_title(at, at + len(part))
            ]
            found.sort()
            for choice in special:
                if self.mask(choice) >> index & 1:
                    found += self._special_hits(choice, index)
            self._hit_lists[id(word), index] = found
        return found

    def _special_hits(self, choice: str, index: int) -> list[tuple[int, int]]:
        """Where an alternative with `…` or `《` stands in a sentence."""
        inside = choice.startswith("《")
        head, *rest = _parts(choice)
        found = []
        for at in self._by_sentence[index].get(head, ()):
            stop = self._follow(at + len(head), rest, self.items[index].end)
            if stop > 0 and self.in_title(at, stop) is inside:
                found.append((at, stop))
        return found

    def _follow(self, stop: int, rest: list[str], end: int) -> int:
        """Where the last of some words ends that follow each other at short distance, or -1."""
        for part in rest:
            behind = self.search.text.find(part, stop, min(end, stop + GAP + len(part)))
            if behind < 0:
                return -1
            stop = behind + len(part)
        return stop

    def span(self, start: int, end: int) -> Span:
        """The report's offsets of a range of positions."""
        return Span(self.search.offset(start), self.search.end_offset(end))

    def searched(self, roles: tuple[str, ...]) -> tuple[str, ...]:
        """The names of the parts that were searched."""
        names = self._searched.get(roles)
        if names is None:
            parts = (p.path or "正文" for p in self.items if not roles or p.section.role in roles)
            names = self._searched[roles] = tuple(dict.fromkeys(parts))
        return names
