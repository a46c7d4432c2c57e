"""What of a new text stands in an older one already, or was only made from it (改写).

Words are compared without white space, punctuation and list numbers; whether a passage was *made
from* an older one is judged by its core, which leaves out what any report may say of anything
(将 已 进一步 建立 落实 …): 将建立听证制度 and 认真落实了听证制度 have one core. The thresholds were
chosen on the pairs in tests/compare/test_rewording.py.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from checker.model.comparison import Rewording
from checker.model.text import fold

# Share of a passage's core that stands, in order, in one older passage: from here on it was made from it.
MADE_FROM = 0.6
# So many characters of its own do not make a short passage a new one (决策听证 and 召开决策听证会).
FEW = 3
# Share that stands anywhere in the older text in runs of four: from here on it was pieced together of it.
PIECED = 0.8
# Both sentences are that much alike where one is only worded anew.
ALIKE = 0.6
_RUN, _CLAUSES, _CANDIDATES = 4, 3, 8
# a text without any full stop must not take minutes
_LONGEST = 600

_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_CLAUSE = re.compile(r"(?:[^，,：:]|(?<=\d)[，,](?=\d{3}))+[，,：:]?")
_MARK = re.compile(
    r"(?:^|(?<=[\s,;。]))\s*(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[).、](?!\d)|第?[一二三四五六七八九十]{1,2}是)"
)
_NOISE = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w%.]|_")
_FILLER = re.compile(
    r"(?:19|20)\d\d年度?|[我本全该][镇乡区县市局委街](?:道)?|下一?步|下一年度?|[今明全本]年度?|年内"
    r"|进一步|继续|持续|不断|积极|认真|切实|严格|全面|扎实|深入|大力|着力|有效|充分|努力|逐步|高度重视|始终"
    r"|加强|强化|加大|推进|推动|推行|开展|做好|抓好|落实|贯彻|执行|健全|完善|建立|建成|形成|实行|实施|坚持|规范"
    r"|制度|机制|体系|重大|长效|一系列|各类|有序|稳步|全力|狠抓|有力|常态化|规范化|制度化"
    r"|提高|提升|组织|进行|确保|力度|工作|有关|相关|各项|情况|需要|有待|亟待|方面|得到|取得|成效|已经|正在|准备|计划|打算"
    r"|[已了过将拟的地得并和与及等都均要应能可还]"
)
_HAN = "〇一二三四五六七八九"
_FIGURE = re.compile(
    r"(?:19|20)\d\d(?=年|度|〕)|(?P<number>(?<![第\d.])\d+(?:\.\d+)?%?)"
    r"|(?!一[个批套支])(?<!第)(?P<han>[一二两三四五六七八九十百]+)(?=[次场件份人名位期条项批部轮天户处起宗家支台套辆所个])"
)
_NAME = re.compile(r"《([^》]+)》")

SameMatter = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a passage comes from (来历): `old` the older words, if any; `fresh` whether it tells more."""

    old: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class _Passage:
    """Some clauses of an older sentence: as written, their core, and the whole sentence."""

    text: str
    core: str
    sentence: str


class OlderText:
    """The older text (原文字), to look passages of the newer one up in."""

    def __init__(self, text: str) -> None:
        # one run: a full stop that became a comma makes nothing new
        self.sentences = sentences(text)
        self._words = "".join(map(bare, self.sentences))
        self._passages = [p for sentence in self.sentences for p in _passages(sentence)]
        self._with: dict[str, list[int]] = defaultdict(list)
        self._runs: set[str] = set()
        for number, passage in enumerate(self._passages):
            for pair in _grams(passage.core, 2):
                self._with[pair].append(number)
            self._runs |= _grams(passage.core, _RUN)

    def holds(self, words: str) -> bool:
        """Whether all of it stands there, sentence by sentence."""
        return all(bare(sentence) in self._words for sentence in sentences(words))

    def trace(self, words: str, same_matter: SameMatter = lambda new, old: True) -> Trace:
        """Whether a passage is fresh, and the older words it was made from.

        same_matter: whether an older sentence speaks of what the passage speaks of; where it does
        not, what makes the difference is new.
        """
        traces = [self._trace(part, same_matter) for part in sentences(words) if not self.holds(part)]
        fresh = next((trace for trace in traces if trace.fresh), None)
        return fresh or next(iter(traces), Trace(words, False))

    def _trace(self, words: str, same_matter: SameMatter) -> Trace:
        core = _core(words)
        best, share = self._nearest(core)
        if all(bare(clause) in self._words for clause in _clauses(words)):
            return Trace(best.text if best else "", False)
        more = (1 - share) * len(core) > FEW
        if best is None or (share < MADE_FROM and more and self._pieced(core) < PIECED):
            return Trace("", len(core) > 1)
        fresh = not same_matter(words, best.sentence) or self._has_new_figure(words, best.sentence)
        return Trace(best.text, fresh)

    def nearest(self, words: str) -> str:
        """The older sentence most like this one, where it is much like it and not the same."""
        core = _core(words)
        best, share = self._nearest(core)
        if best is None or share < ALIKE or _share(_core(best.sentence), core) < ALIKE:
            return ""
        return best.sentence

    def _nearest(self, core: str) -> tuple[_Passage | None, float]:
        shared = Counter(number for pair in _grams(core, 2) for number in self._with.get(pair, ()))
        near = [self._passages[number] for number, _ in shared.most_common(_CANDIDATES)]
        if not near:
            return None, 0.0
        best = max(near, key=lambda p: (_share(core, p.core), -len(p.core)))
        return best, _share(core, best.core)

    def _pieced(self, core: str) -> float:
        covered: set[int] = set()
        for at in range(len(core) - _RUN + 1):
            if core[at : at + _RUN] in self._runs:
                covered.update(range(at, at + _RUN))
        return len(covered) / max(1, len(core))

    def _has_new_figure(self, words: str, origin: str) -> bool:
        """Whether it tells a figure or a name that the older words lack, and that no other words lent."""
        known = {value for value, _ in figures(origin)}
        if any(value not in known and around not in self._words for value, around in figures(words)):
            return True
        return any(bare(name) not in self._words for name in _NAME.findall(words))


def rewordings(older: OlderText, newer: OlderText) -> tuple[Rewording, ...]:
    """The sentences of the newer text that are older ones worded anew, in their order."""
    pairs = []
    for sentence in newer.sentences:
        origin = "" if older.holds(sentence) else older.nearest(sentence)
        if origin and not newer.holds(origin):
            pairs.append(_difference(origin, sentence))
    return tuple(dict.fromkeys(pairs))


def _difference(old: str, new: str) -> Rewording:
    """Two sentences without the clauses that both begin or end with."""
    one, other = _clauses(old), _clauses(new)
    while len(one) > 1 and len(other) > 1 and bare(one[0]) == bare(other[0]):
        del one[0], other[0]
    while len(one) > 1 and len(other) > 1 and bare(one[-1]) == bare(other[-1]):
        del one[-1], other[-1]
    return Rewording("".join(one).strip(), "".join(other).strip())


def sentences(text: str) -> list[str]:
    """The sentences of a text, and its headings, without their closing marks."""
    return [found for part in _SENTENCE.findall(text) if bare(found := part.strip())]


def _clauses(sentence: str) -> list[str]:
    """Its clauses, with their commas and colons."""
    return _CLAUSE.findall(sentence)


def bare(text: str) -> str:
    """The characters that carry meaning: without white space, punctuation and list numbers."""
    return _NOISE.sub("", _MARK.sub("", fold(text)))


def figures(text: str) -> Iterator[tuple[str, str]]:
    """Figures as values (两 and 2 are one), each with the characters around it; no bare years."""
    words = bare(text)
    for found in _FIGURE.finditer(words):
        around = words[max(0, found.start() - 2) : found.end() + 1]
        if found["number"]:
            yield found["number"], around
        elif found["han"]:
            yield _value(found["han"]), around


def _value(han: str) -> str:
    total = digit = 0
    for char in han.replace("两", "二"):
        if char in "十百":
            total, digit = total + (digit or 1) * (10 if char == "十" else 100), 0
        else:
            digit = _HAN.index(char)
    return str(total + digit)


def common_words(text: str) -> list[str]:
    """Its words that any report may say of anything."""
    return _FILLER.findall(bare(text))


def _core(text: str) -> str:
    return _FILLER.sub("", bare(text))


def _passages(sentence: str) -> Iterator[_Passage]:
    """A sentence, and its clauses by one, two and three."""
    clauses = _clauses(sentence)
    yield _Passage(sentence, _core(sentence), sentence)
    for first in range(len(clauses)):
        for last in range(first + 1, min(first + _CLAUSES, len(clauses)) + 1):
            if last - first < len(clauses):
                text = "".join(clauses[first:last])
                yield _Passage(text.strip("，,：: "), _core(text), sentence)


def _grams(text: str, size: int) -> set[str]:
    return {text[at : at + size] for at in range(len(text) - size + 1)}


def _share(core: str, other: str) -> float:
    """How much of a core stands, in order and in runs of two or more, in another."""
    core, other = core[:_LONGEST], other[:_LONGEST]
    blocks = SequenceMatcher(None, core, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) / max(1, len(core))
