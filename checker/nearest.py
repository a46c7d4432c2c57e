"""The passage nearest to a gap (最接近的段落): where a reader would look first, never evidence.

Words are cut by jieba, with the checklist's own words in its dictionary, and weighed by how rare
they are in the report. jieba's dictionary takes about a second to load, so only those pay for it
who ask: the gap report, and `fazhi explain`.
"""

from __future__ import annotations

import logging
import math
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from checker.model.assessment import Assessment, Finding, Quote, Status
from checker.model.report import Report, Sentence, Stance

_ENOUGH = 0.1
_STOP = frozenset(("应当", "报告", "写明", "情况", "本年度", "工作", "开展", "进行", "或者"))


@lru_cache(maxsize=2)
def _tokenizer(vocabulary: tuple[str, ...]) -> Any:
    with warnings.catch_warnings():
        # jieba 0.42.1 is of 2020: newer Pythons complain of its escapes and of pkg_resources
        warnings.simplefilter("ignore")
        import jieba  # type: ignore[import-untyped]
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for word in vocabulary:
        if 2 < len(word) < 9:
            tokenizer.add_word(word)
    return tokenizer


def with_nearest(assessment: Assessment) -> Assessment:
    """The assessment with the nearest passage beside every item that the report does not mention."""
    passages = list(_sentences(assessment.report))
    if not passages:
        return assessment
    tokenizer = _tokenizer(assessment.checklist.vocabulary)
    bags = [_bag(tokenizer, assessment.report.quote(sentence.span)) for sentence, _ in passages]
    rarity = _rarity(bags)
    findings = tuple(
        _beside(finding, assessment.report, passages, bags, rarity, tokenizer)
        for finding in assessment.findings
    )
    return replace(assessment, findings=findings)


def _sentences(report: Report) -> Iterator[tuple[Sentence, str]]:
    for section in report.walk():
        for sentence in section.sentences:
            if sentence.span.end - sentence.span.start >= 8:
                yield sentence, section.title


def _bag(tokenizer: Any, text: str) -> Counter[str]:
    words = (word for word in tokenizer.lcut(text) if len(word) > 1 and word not in _STOP)
    return Counter(words)


def _rarity(bags: list[Counter[str]]) -> dict[str, float]:
    counts = Counter(word for bag in bags for word in bag)
    return {word: math.log(1 + len(bags) / count) for word, count in counts.items()}


def _beside(
    finding: Finding, report: Report, passages: list[tuple[Sentence, str]], bags: list[Counter[str]],
    rarity: dict[str, float], tokenizer: Any,
) -> Finding:  # fmt: skip
    if finding.status is not Status.UNMET or finding.evidence.quotes or finding.item.rule.check != "mention":
        return finding
    wanted = _bag(tokenizer, finding.item.title + finding.item.requirement)
    scores = [_likeness(wanted, bag, rarity) for bag in bags]
    best = max(range(len(scores)), key=scores.__getitem__)
    if scores[best] < _ENOUGH:
        return finding
    sentence, title = passages[best]
    span = sentence.span
    quote = Quote(span, report.quote(span), Stance.ASSERTED, title, page=report.page(span.start))
    return replace(finding, evidence=replace(finding.evidence, nearest=quote))


def _likeness(wanted: Counter[str], bag: Counter[str], rarity: dict[str, float]) -> float:
    """Cosine of two bags of words, each word weighed by its rarity; 0 to 1."""
    shared = sum(rarity.get(word, 0.0) ** 2 for word in wanted if word in bag)
    lengths = [math.sqrt(sum(rarity.get(word, 4.0) ** 2 for word in words)) for words in (wanted, bag)]
    return shared / (lengths[0] * lengths[1]) if all(lengths) else 0.0
