"""The checklist (清单): the law as data, and how reports speak (用语)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from checker.model.classifier import NO_CLASSIFIER, Classifier
from checker.model.titles import Titles


@dataclass(frozen=True, slots=True)
class Basis:
    """What an item rests on (依据): document, clause, and the clause's own words or their gist.

    `quotation` holds the clause's own words, `summary` a paraphrase where only that is verified;
    exactly one of the two is given. `levels` are those it binds directly, `area` where it is in
    force (everywhere, where empty), `since` the first year whose reports it was there for: others
    only go by it (参照).
    """

    document: str
    clause: str
    quotation: str = ""
    summary: str = ""
    levels: tuple[str, ...] = ()
    area: str = ""
    since: int = 0

    def binds(self, level: str, area: str, year: int | None) -> bool:
        """Whether it binds a unit of a level in an area (宁夏回族自治区中卫市沙坡头区), in a report of a year."""
        return level in self.levels and self.area in area and (year is None or year >= self.since)


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word of a phrase (词): its alternatives, any of which will do.

    An alternative `a…b` wants a and, shortly behind it, b; one that begins with `《` is looked for
    inside book-title marks only, every other one outside of them only. Words are told apart by
    identity: a report is asked for each only once, and comparing long lists would cost more.
    """

    choices: tuple[str, ...]
    plain: frozenset[str]
    special: tuple[str, ...]

    @classmethod
    def of(cls, choices: Iterable[str]) -> Word:
        """A word with these alternatives, each once."""
        choices = tuple(dict.fromkeys(choices))
        special = tuple(choice for choice in choices if "…" in choice or choice.startswith("《"))
        return cls(choices, frozenset(choices) - frozenset(special), special)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase (短语): words that stand near each other in one sentence, in any order.

    `text` is the phrase as the checklist has it.
    """

    text: str
    words: tuple[Word, ...]

    def parts(self) -> Iterator[str]:
        """The plain words to look for: alternatives without `《`, cut at `…`."""
        for word in self.words:
            for choice in word.choices:
                yield from choice.removeprefix("《").split("…")


@dataclass(frozen=True, slots=True)
class Rule:
    """How an item is recognised (规则).

    check: the kind of check that gathers (`mention`, `section`, `title`, `date`, …).
    roles: sections that are searched (all, where empty); within them every stance counts.
    mention: phrases each of which shows the item. topic: looser phrases that suffice where a plan,
    a shortcoming or a denial is about the item. about and about_mention: phrases that count only
    where the sentence, the one before or the headings are about the subject. exclude and
    exclude_about: phrases in the same clauses, or anywhere in the sentence, that make it another
    matter. learning_counts: whether learning or teaching about the subject is the thing itself.
    nil: phrases that state a zero. units and figure_words: what counts as a figure.
    """

    check: str
    roles: tuple[str, ...] = ()
    mention: tuple[Phrase, ...] = ()
    topic: tuple[Phrase, ...] = ()
    about: tuple[Phrase, ...] = ()
    about_mention: tuple[Phrase, ...] = ()
    exclude: tuple[Phrase, ...] = ()
    exclude_about: tuple[Phrase, ...] = ()
    nil: tuple[Phrase, ...] = ()
    units: tuple[str, ...] = ()
    figure_words: tuple[Phrase, ...] = ()
    whole_section: str = ""
    learning_counts: bool = False

    def phrases(self) -> Iterator[Phrase]:
        """All phrases of the rule, whatever they are for."""
        for phrases in (
            self.mention, self.topic, self.about, self.about_mention,
            self.exclude, self.exclude_about, self.nil, self.figure_words,
        ):  # fmt: skip
            yield from phrases


@dataclass(frozen=True, slots=True)
class Specimen:
    """A short text (样句) and the status it must give: the rule's own test."""

    status: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One checklist item (检查项)."""

    id: str
    title: str
    requirement: str
    basis: tuple[Basis, ...]
    levels: tuple[str, ...]
    figures: bool
    rule: Rule
    remedy: str
    specimens: tuple[Specimen, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Items that belong together (类别)."""

    id: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """How reports speak (用语): lists of cues by name, as `checklists/wording.yaml` holds them."""

    cues: dict[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist (清单) with everything a check needs.

    vocabulary: every word its rules look for, so that a report is searched for all of them at once;
    titles: the laws and rules whose titles a report may cite; classifier: what labelled sentences
    taught, for items whose phrases do not occur.
    """

    id: str
    title: str
    version: str
    basis: str
    groups: tuple[Group, ...]
    wording: Wording
    switched_off: tuple[tuple[str, str], ...] = ()
    vocabulary: tuple[str, ...] = ()
    titles: Titles = field(default_factory=lambda: Titles.listing(()))
    classifier: Classifier = NO_CLASSIFIER

    def items(self) -> Iterator[Item]:
        """All items in the order of the file."""
        for group in self.groups:
            yield from group.items
