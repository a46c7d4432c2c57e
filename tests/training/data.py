"""What the classifier is trained on: sentences of labelled reports, short texts, specimens.

Only the tuned half of the corpus and the tuned short texts: never anything held out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from checker.audit import audit_blocks, audit_report
from checker.checks.likeness import told
from checker.checks.passages import Passages
from checker.model.assessment import Assessment
from checker.model.checklist import Checklist
from checker.model.classifier import NO_CLASSIFIER
from checker.model.document import Block
from checker.model.text import fold
from checker.specimens import framed

TESTS = Path(__file__).parent.parent
TEXTS = Path(__file__).parent / "texts.tsv"
SHOWN = ("met", "thin")
Row = tuple[str, dict[str, bool]]


def rows(checklist: Checklist) -> list[Row]:
    """Texts, and for each which items it shows (True) or does not show (False); others are unsaid."""
    bare = replace(checklist, classifier=NO_CLASSIFIER)
    wanted = [i.id for i in checklist.items() if i.rule.check == "mention" and not i.rule.roles]
    found: list[Row] = []
    for label in sorted((TESTS / "corpus" / "tuned").glob("*.json")):
        found += _of_report(label, bare, wanted)
    for path in sorted((TESTS / "traps").glob("*.yaml")):
        if "heldout" not in path.name:
            for row in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
                found += _of_text(row["text"], row["item"], row["status"], bare, wanted)
    for line in TEXTS.read_text(encoding="utf-8").splitlines():
        item_id, status, text = line.split("\t")
        found += _of_text(text.replace("\\n", "\n"), item_id, status, bare, wanted)
    for item in checklist.items():
        for specimen in item.specimens:
            found += _of_text(specimen.text, item.id, specimen.status, bare, wanted)
    return found


def digest(found: list[Row]) -> str:
    """A mark by which one sees whether weights were trained on these very rows."""
    text = json.dumps(found, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", fold(text))


def _sentences(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """Every sentence whole, and what it tells as done or asserted."""
    passages = Passages(assessment.report, ())
    for passage in passages.items:
        text = told(passage, passages.untitled)
        if len(text) >= 5:
            yield passages.search.text[passage.start : passage.end], text


def _of_report(label: Path, checklist: Checklist, wanted: list[str]) -> list[Row]:
    items = json.loads(label.read_text(encoding="utf-8"))["items"]
    assessment = audit_report(label.with_suffix(".txt"), checklist)
    by_rule = {
        finding.item.id: [_squeeze(quote.text) for quote in finding.evidence.quotes]
        for finding in assessment.findings
    }
    found = []
    for sentence, text in _sentences(assessment):
        says: dict[str, bool] = {}
        for item in wanted:
            status = set(items[item]["status"].split("|"))
            if not status & set(SHOWN):
                says[item] = False
            elif status <= set(SHOWN):
                if _overlaps(sentence, [_squeeze(q) for q in items[item]["quotes"]]):
                    says[item] = True
                elif not _overlaps(sentence, by_rule[item]):
                    says[item] = False
        found.append((text, says))
    return found


def _overlaps(sentence: str, quotes: list[str]) -> bool:
    return any(
        quote and (quote in sentence or sentence in quote or quote[:12] in sentence) for quote in quotes
    )


def _of_text(text: str, item: str, status: str, checklist: Checklist, wanted: list[str]) -> list[Row]:
    if item not in wanted:
        return []
    blocks = tuple(Block(line) for line in framed(text).split("\n"))
    assessment = audit_blocks(blocks, checklist, path="-", level="township")
    # the frame that makes a report of a short text says nothing
    sentences = [said for _, said in _sentences(assessment) if "推进各项工作" not in said]
    if status not in SHOWN:
        return [(sentence, {item: False}) for sentence in sentences]
    # which of several sentences shows it is unsaid: the whole text does
    return [("#".join(sentences), {item: True})] if sentences else []
