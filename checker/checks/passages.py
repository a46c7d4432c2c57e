"""The report as sentences to search in (语段): which words stand in which sentence, asked once.

A word's sentences are kept as the bits of one integer, so that "all of these words in one
sentence" is an AND and costs nothing for the many phrases that do not occur.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import reduce
from operator import or_

from checker.model.checklist import Phrase
from checker.model.report import Clause, Report, Role, Section, Span
from checker.model.text import SearchText

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


class Passages:
    """All sentences of a report's body, with an index of words."""

    def __init__(self, report: Report) -> None:
        self.search = SearchText(report.text)
        self.items: list[Passage] = []
        for section in report.sections:
            self._collect(section, ())
        self.items.sort(key=lambda passage: passage.start)
        self._starts = [passage.start for passage in self.items]
        self._titles = [(m.start(), m.end()) for m in _TITLE.finditer(self.search.text)]
        self._title_starts = [start for start, _ in self._titles]
        self._masks: dict[str, int] = {}

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
        i = bisect_right(self._starts, position) - 1
        return i if i >= 0 and position < self.items[i].end else -1

    def in_title(self, start: int, end: int) -> bool:
        """Whether a place lies inside 《》."""
        i = bisect_right(self._title_starts, start) - 1
        return i >= 0 and end <= self._titles[i][1]

    def mask(self, choice: str) -> int:
        """The sentences an alternative may stand in, as bits."""
        mask = self._masks.get(choice)
        if mask is None:
            mask = self._masks[choice] = self._mask_of(choice)
        return mask

    def _mask_of(self, choice: str) -> int:
        mask = -1
        for part in choice.removeprefix("《").split("…"):
            bits = 0
            for at in self.search.find(part):
                i = self.at(at)
                if i >= 0:
                    bits |= 1 << i
            mask &= bits
            if not mask:
                return 0
        return mask

    def phrase_mask(self, phrase: Phrase) -> int:
        mask = -1
        for word in phrase.words:
            mask &= reduce(or_, map(self.mask, word), 0)
            if not mask:
                return 0
        return mask

    def find(self, phrase: Phrase) -> list[Match]:
        """Every sentence in which all words of a phrase stand near each other."""
        mask = self.phrase_mask(phrase)
        found = []
        while mask:
            low = mask & -mask
            match = self._match(phrase, self.items[low.bit_length() - 1])
            if match:
                found.append(match)
            mask ^= low
        return found

    def holds(self, phrase: Phrase, start: int, end: int) -> bool:
        """Whether a phrase's words all stand in a range of positions."""
        return all(any(self._hits(choice, start, end) for choice in word) for word in phrase.words)

    def _match(self, phrase: Phrase, passage: Passage) -> Match | None:
        hits = [
            [hit for choice in word for hit in self._hits(choice, passage.start, passage.end)] for word in phrase.words
        ]
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

    def _hits(self, choice: str, start: int, end: int) -> list[tuple[int, int]]:
        inside = choice.startswith("《")
        head, *rest = choice.removeprefix("《").split("…")
        found = []
        for at in self.search.find(head):
            if at < start:
                continue
            if at >= end:
                break
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
