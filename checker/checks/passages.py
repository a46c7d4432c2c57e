"""The report as sentences to search in (语段): which words stand in which sentence, asked once.

A word's sentences are kept as the bits of one integer, so that "all of these words in one
sentence" is an AND and costs nothing for the many phrases that do not occur.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import ahocorasick  # type: ignore[import-not-found]

from checker.model.checklist import Phrase, Word
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
    """A sentence in positions of the search text, with what surrounds it.

    starts: where its clauses begin.
    """

    start: int
    end: int
    clauses: tuple[tuple[int, int, Clause], ...]
    starts: tuple[int, ...]
    section: Section
    path: str
    headings: str
    first: bool
    heading: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase was found: its passage, from its first word to its last, the clauses that hold its words."""

    passage: Passage
    start: int
    end: int
    phrase: Phrase
    clauses: tuple[tuple[int, int, Clause], ...]

    @property
    def window(self) -> tuple[int, int]:
        """From the first to the last clause that holds a word of the phrase."""
        return self.clauses[0][0], self.clauses[-1][1]


Hit = tuple[int, int]


@cache
def _parts(choice: str) -> tuple[str, ...]:
    """`a…b` into a and b, without the mark that asks for a title."""
    return tuple(choice.removeprefix("《").split("…"))


@lru_cache(maxsize=8)
def _automaton(vocabulary: tuple[str, ...]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word in vocabulary:
        automaton.add_word(word, (word, len(word) - 1, word[0] in _DIGITS))
    automaton.make_automaton()
    return automaton


def _occurrences(text: str, word: str) -> list[int]:
    places, at = [], text.find(word)
    while at >= 0:
        places.append(at)
        at = text.find(word, at + 1)
    return places


def _holding(passage: Passage, hits: Iterable[Hit]) -> tuple[tuple[int, int, Clause], ...]:
    """The clauses that hold a phrase's words."""
    if len(passage.clauses) == 1:
        return passage.clauses
    starts = passage.starts
    held: set[int] = set()
    for start, end in hits:
        held.update(range(bisect_right(starts, start) - 1, bisect_left(starts, end)))
    return tuple([passage.clauses[i] for i in sorted(held)])


def _nearest(place: int, hits: list[Hit]) -> Hit:
    """The first of the places nearest to another."""
    return min(hits, key=lambda hit: abs(hit[0] - place))


class Passages:
    """All sentences of a report's body, with an index of words."""

    def __init__(self, report: Report, vocabulary: tuple[str, ...], covers: tuple[str, ...] = ()) -> None:
        """untitled: the search text with every title blanked out, position for position."""
        self.report = report
        self.search = search_text(report.text)
        self.items: list[Passage] = []
        for section in report.sections:
            self._collect(section, ())
        self.items.sort(key=lambda passage: passage.start)
        # by position: the number of the title it stands in, and the index of its sentence
        self._title = array("h", [0]) * (len(self.search.text) + 1)
        for number, match in enumerate(_TITLE.finditer(self.search.text), 1):
            self._title[match.start() : match.end()] = array("h", [number]) * (match.end() - match.start())
        self.untitled = _TITLE.sub(lambda match: "#" * len(match.group()), self.search.text)
        self._index = array("h", [-1]) * (len(self.search.text) + 1)
        for i, passage in enumerate(self.items):
            self._index[passage.start : passage.end] = array("h", [i]) * (passage.end - passage.start)
        self.text_mask = sum(1 << i for i, passage in enumerate(self.items) if not passage.heading)
        self.weak_mask = sum(
            1 << i
            for i, passage in enumerate(self.items)
            if not passage.heading and any(clause.stance in WEAK for _, _, clause in passage.clauses)
        )
        # places of words by sentence, outside of titles and inside; the sentences of a word as bits
        self._free: list[dict[str, list[Hit]]] = [{} for _ in self.items]
        self._titled: list[dict[str, list[Hit]]] = [{} for _ in self.items]
        self._parts: dict[str, int] = {}
        self._look_up(vocabulary, covers)
        self._present = self._parts.keys()
        self._masks: dict[str, int] = {}
        self._words: dict[Word, int] = {}
        self._hit_lists: dict[tuple[Word, int], list[Hit]] = {}
        self._any: dict[int, int] = {}
        self._searched: dict[tuple[str, ...], tuple[str, ...]] = {}

    def _collect(self, section: Section, above: tuple[str, ...]) -> None:
        titles = (*above, section.title) if section.title else above
        path = " / ".join(titles[-2:])
        position = self.search.position
        for sentence in section.sentences:
            clauses = tuple([(position(c.span.start), position(c.span.end), c) for c in sentence.clauses])
            start, end = position(sentence.span.start), position(sentence.span.end)
            self.items.append(
                Passage(
                    start,
                    end,
                    clauses,
                    tuple([clause[0] for clause in clauses]),
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

    def title_start(self, position: int) -> int:
        """Where the title begins that holds a position; the position itself outside of titles."""
        number = self._title[position]
        return self._title.index(number) if number else position

    def _look_up(self, vocabulary: tuple[str, ...], covers: tuple[str, ...]) -> None:
        """Find where every word of a vocabulary stands, sentence by sentence, in one pass.

        covers: words that swallow what stands in them (调解 in 协调解决).
        """
        if not vocabulary:
            return
        text, index, title, parts = self.search.text, self._index, self._title, self._parts
        free, titled = self._free, self._titled
        covered = {i for word in covers for at in _occurrences(text, word) for i in range(at, at + len(word))}
        for last, (word, length, digit) in _automaton(vocabulary).iter(text):
            start = last - length
            i = index[start]
            if i < 0 or index[last] != i:
                continue
            if digit and start and text[start - 1] in _DIGITS:
                continue  # 0件 does not stand in 30件
            if length < 2 and start in covered and last in covered and word not in covers:
                continue
            where = titled[i] if title[start] and title[start] == title[last] else free[i]
            hit = (start, last + 1)
            if word in where:
                where[word].append(hit)
            else:
                where[word] = [hit]
                parts[word] = parts.get(word, 0) | 1 << i

    def mask(self, choice: str) -> int:
        """The sentences an alternative with `…` or `《` may stand in, as bits."""
        mask = self._masks.get(choice)
        if mask is None:
            mask = -1
            for part in _parts(choice):
                mask &= self._parts.get(part, 0)
                if not mask:
                    break
            self._masks[choice] = mask
        return mask

    def _word_mask(self, word: Word) -> int:
        mask = 0
        for choice in word.plain & self._present:
            mask |= self._parts[choice]
        for choice in word.special:
            mask |= self.mask(choice)
        self._words[word] = mask
        return mask

    def phrase_mask(self, phrase: Phrase) -> int:
        """The sentences in which every word of a phrase may stand, as bits."""
        mask, known = -1, self._words
        for word in phrase.words:
            mask &= known[word] if word in known else self._word_mask(word)
            if not mask:
                break
        return mask

    def find(self, phrase: Phrase, within: int = -1) -> list[Match]:
        """Every sentence in which all words of a phrase stand near each other.

        within: only these sentences, as bits.
        """
        mask = self.phrase_mask(phrase) & within
        found: list[Match] = []
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
        first, last = self._index[start], self._index[end - 1]
        if first < 0 or (first == last and not self.phrase_mask(phrase) >> first & 1):
            return False
        return all(
            any(
                start <= hit[0] and hit[1] <= end
                for i in range(first, last + 1)
                for hit in self._word_hits(word, i)
            )
            for word in phrase.words
        )

    def _matches(self, phrase: Phrase, index: int) -> list[Match]:
        """The tightest places of a phrase in a sentence, at most one a clause."""
        hits = [self._word_hits(word, index) for word in phrase.words]
        if not all(hits):
            return []
        passage = self.items[index]
        starts = passage.starts
        best: dict[int, tuple[int, int, int, list[Hit]]] = {}
        for anchor in hits[0]:
            begin, stop = anchor
            chosen = [anchor]
            for others in hits[1:]:
                hit = others[0] if len(others) == 1 else _nearest(anchor[0], others)
                chosen.append(hit)
                begin, stop = min(begin, hit[0]), max(stop, hit[1])
            if stop - begin > NEAR:
                continue
            clause = bisect_right(starts, begin)
            cuts = bisect_left(starts, stop) - clause
            if clause not in best or (cuts, stop - begin) < best[clause][:2]:
                best[clause] = (cuts, stop - begin, begin, chosen)
        if not best:
            return []
        fewest = min([found[0] for found in best.values()])
        return [
            Match(passage, begin, begin + width, phrase, _holding(passage, chosen))
            for cuts, width, begin, chosen in best.values()
            if cuts == fewest
        ]

    def _word_hits(self, word: Word, index: int) -> list[Hit]:
        """Where any alternative of a word stands in a sentence."""
        found = self._hit_lists.get((word, index))
        if found is None:
            here = self._free[index]
            found = [hit for part in word.plain & here.keys() for hit in here[part]]
            found.sort()
            for choice in word.special:
                if self.mask(choice) >> index & 1:
                    found += self._special_hits(choice, index)
            self._hit_lists[word, index] = found
        return found

    def _special_hits(self, choice: str, index: int) -> list[Hit]:
        """Where an alternative with `…` or `《` stands in a sentence."""
        head, *rest = _parts(choice)
        inside, title, end = choice.startswith("《"), self._title, self.items[index].end
        found = []
        for at, behind in (*self._titled[index].get(head, ()), *self._free[index].get(head, ())):
            stop = self._follow(behind, rest, end)
            if stop > 0 and (title[at] > 0 and title[at] == title[stop - 1]) is inside:
                found.append((at, stop))
        return sorted(found)

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
