"""The report as sentences to search in (语段): which words stand in which sentence, asked once.

A word's sentences are kept as the bits of one integer, so that "all of these words in one
sentence" is an AND and costs nothing for the many phrases that do not occur.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from checker.model.checklist import Phrase
from checker.model.report import Clause, Report, Role, Section, Span
from checker.model.text import search_text

NEAR = 45
GAP = 14
# a title whose closing mark was lost ends at the next stop
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
    """Where a phrase was found: its passage and the positions of its words."""

    passage: Passage
    hits: tuple[tuple[int, int], ...]
    phrase: Phrase

    @property
    def start(self) -> int:
        return min(hit[0] for hit in self.hits)

    @property
    def end(self) -> int:
        return max(hit[1] for hit in self.hits)


@lru_cache(maxsize=None)
def _parts(choice: str) -> tuple[str, ...]:
    """`a…b` into a and b, without the mark that asks for a title."""
    return tuple(choice.removeprefix("《").split("…"))


class Passages:
    """All sentences of a report's body, with an index of words."""

    def __init__(self, report: Report) -> None:
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
        self._masks: dict[str, int] = {}
        self._parts: dict[str, int] = {}
        self._any: dict[tuple[Phrase, ...], int] = {}
        self._hit_lists: dict[tuple[tuple[str, ...], int], list[tuple[int, int]]] = {}
        self._words: dict[tuple[str, ...], int] = {}
        self._phrases: dict[str, int] = {}

    def _collect(self, section: Section, above: tuple[str, ...]) -> None:
        titles = (*above, section.title) if section.title else above
        path = " / ".join(titles[-2:])
        position = self.search.position
        previous_end = -1
        for sentence in section.sentences:
            clauses = tuple((position(c.span.start), position(c.span.end), c) for c in sentence.clauses)
            start, end = position(sentence.span.start), position(sentence.span.end)
            self.items.append(
                Passage(start, end, clauses, section, path, "".join(titles), start != previous_end, sentence.heading)
            )
            previous_end = end
        for child in section.children:
            self._collect(child, titles)

    def at(self, position: int) -> int:
        """Index of the passage that holds a position, -1 where it is no sentence of the body."""
        return self._index[position]

    def in_title(self, start: int, end: int) -> bool:
        """Whether a place lies inside 《》."""
        i = bisect_right(self._title_starts, start) - 1
        return i >= 0 and end <= self._titles[i][1]

    def mask(self, choice: str) -> int:
        """The sentences an alternative may stand in, as bits."""
        mask = self._masks.get(choice)
        if mask is None:
            mask = -1
            for part in _parts(choice):
                mask &= self._part_mask(part)
            self._masks[choice] = mask
        return mask

    def _part_mask(self, part: str) -> int:
        mask = self._parts.get(part)
        if mask is None:
            mask = 0
            for i in {self._index[at] for at in self.search.find(part)}:
                if i >= 0:
                    mask |= 1 << i
            self._parts[part] = mask
        return mask

    def phrase_mask(self, phrase: Phrase) -> int:
        """The sentences in which every word of a phrase may stand, as bits."""
        known = self._phrases.get(phrase.text)
        if known is not None:
            return known
        mask = -1
        for word in phrase.words:
            some = self._words.get(word)
            if some is None:
                some = 0
                for choice in word:
                    some |= self.mask(choice)
                self._words[word] = some
            mask &= some
            if not mask:
                break
        self._phrases[phrase.text] = mask
        return mask

    def find(self, phrase: Phrase) -> list[Match]:
        """Every sentence in which all words of a phrase stand near each other."""
        mask = self.phrase_mask(phrase)
        found = []
        while mask:
            low = mask & -mask
            match = self._match(phrase, low.bit_length() - 1)
            if match:
                found.append(match)
            mask ^= low
        return found

    def may_hold(self, phrases: tuple[Phrase, ...], position: int) -> bool:
        """Whether any of some phrases may stand in the sentence at a position."""
        mask = self._any.get(phrases)
        if mask is None:
            mask = 0
            for phrase in phrases:
                mask |= self.phrase_mask(phrase)
            self._any[phrases] = mask
        return bool(mask >> self._index[position] & 1)

    def holds(self, phrase: Phrase, start: int, end: int) -> bool:
        """Whether a phrase's words all stand in a range of positions within one or two sentences."""
        mask = self.phrase_mask(phrase) if self._index[start] == self._index[end - 1] else -1
        if not mask >> max(self._index[start], 0) & 1:
            return False
        return all(any(self._hits(choice, start, end) for choice in word) for word in phrase.words)

    def _match(self, phrase: Phrase, index: int) -> Match | None:
        passage = self.items[index]
        hits = [self._word_hits(word, index) for word in phrase.words]
        if not all(hits):
            return None
        best: tuple[tuple[int, int], tuple[tuple[int, int], ...]] | None = None
        for anchor in hits[0]:
            chosen = (anchor, *(min(others, key=lambda hit: abs(hit[0] - anchor[0])) for others in hits[1:]))
            begin, stop = min(hit[0] for hit in chosen), max(hit[1] for hit in chosen)
            width = (sum(begin < cut < stop for cut, _, _ in passage.clauses), stop - begin)
            if best is None or width < best[0]:
                best = (width, chosen)
        if best is None or best[0][1] > NEAR:
            return None
        return Match(passage, best[1], phrase)

    def _word_hits(self, word: tuple[str, ...], index: int) -> list[tuple[int, int]]:
        found = self._hit_lists.get((word, index))
        if found is None:
            passage = self.items[index]
            found = [
                hit
                for choice in word
                if self._masks[choice] >> index & 1
                for hit in self._hits(choice, passage.start, passage.end)
            ]
            self._hit_lists[word, index] = found
        return found

    def _hits(self, choice: str, start: int, end: int) -> list[tuple[int, int]]:
        inside = choice.startswith("《")
        head, *rest = _parts(choice)
        found = []
        places = self.search.find(head)
        for at in places[bisect_left(places, start) : bisect_left(places, end)]:
            stop = at + len(head)
            for part in rest:
                behind = self.search.text.find(part, stop, min(end, stop + GAP + len(part)))
                if behind < 0 or "。" in self.search.text[stop:behind]:
                    stop = -1
                    break
                stop = behind + len(part)
            if stop > 0 and stop <= end and self.in_title(at, stop) is inside:
                found.append((at, stop))
        return found

    def span(self, start: int, end: int) -> Span:
        """The report's offsets of a range of positions."""
        return Span(self.search.offset(start), self.search.end_offset(end))

    def places(self, roles: tuple[str, ...]) -> tuple[str, ...]:
        """The names of the parts that were searched."""
        names: list[str] = []
        for passage in self.items:
            name = passage.path or "正文"
            if name not in names and (not roles or passage.section.role in roles):
                names.append(name)
        return tuple(names)


GAP_ROLES = (Role.PLAN, Role.SHORTCOMINGS, Role.MIXED)
