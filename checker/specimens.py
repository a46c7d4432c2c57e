"""Specimens (样句): the short texts of a checklist, run as tests of its rules.

A specimen with a title line of its own is a report and is taken as it is. Every other one is put into
a small report: under a plan or a shortcoming if it brings that heading, else under the measures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from checker.audit import audit_blocks
from checker.errors import ReadError
from checker.model.assessment import Finding
from checker.model.checklist import Checklist, Item, Specimen
from checker.model.document import Block

_FRAME = (
    "青麓镇2023年法治政府建设年度报告\n发布日期：2024-02-20\n2023年，青麓镇推进各项工作，现将情况报告如下。\n"
)
_MEASURES = "一、主要举措和成效\n"
_FILLER = "2023年，我镇扎实推进各项工作。\n"
_YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2}")
_KIND = re.compile(r"报告|总结")
_TITLE_ALONE = re.compile(r"(?:报告|总结)$")
_SENTENCE = re.compile(r"[。；！？]")
_LATER_PART = re.compile(r"[二三四五六七八九]、")


@dataclass(frozen=True, slots=True)
class SpecimenResult:
    """A specimen, and the finding it gave or why it gave none (样句结果)."""

    item: Item
    specimen: Specimen
    finding: Finding | None
    fault: str = ""

    @property
    def agrees(self) -> bool:
        return self.finding is not None and self.specimen.status == self.finding.status.value


def run_specimens(checklist: Checklist) -> tuple[SpecimenResult, ...]:
    """Every specimen of a checklist against its own item."""
    results = []
    for group in checklist.groups:
        for item in group.items:
            alone = replace(checklist, groups=(replace(group, items=(item,)),))
            results += [_run(item, specimen, alone) for specimen in item.specimens]
    return tuple(results)


def _run(item: Item, specimen: Specimen, alone: Checklist) -> SpecimenResult:
    level = "township" if "township" in item.levels else item.levels[0]
    blocks = tuple(Block(line) for line in framed(specimen.text).split("\n"))
    try:
        assessment = audit_blocks(blocks, alone, path=item.id, level=level)
    except ReadError as error:
        return SpecimenResult(item, specimen, None, str(error))
    return SpecimenResult(item, specimen, assessment.findings[0])


def framed(text: str) -> str:
    """A specimen as a report."""
    if _has_title(text):
        return text
    if _LATER_PART.match(text):
        return _FRAME + _MEASURES + _FILLER + text
    return _FRAME + _MEASURES + text


def _has_title(text: str) -> bool:
    """A year and the kind of document on the first line; or a line that ends with the kind alone."""
    first, _, rest = text.partition("\n")
    if _SENTENCE.search(first):
        return False
    return bool(_KIND.search(first) and _YEAR.search(first)) or bool(rest and _TITLE_ALONE.search(first))
