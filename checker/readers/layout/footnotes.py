"""Footnotes (脚注): small type below a short line at the foot of a page, read behind the whole text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from checker.readers.layout.lines import find_lines
from checker.readers.layout.page import Mark, Page, Rule

LABEL = re.compile(r"[\[［〔(（]?(\d{1,3}(?!\d)|[①-⑳])[\]］〕)）]?")
# The line above footnotes, in parts of the page's width; and their type, in parts of the text's.
SHORTEST, LONGEST = 0.08, 0.5
SMALLER = 0.92
RAISED = 0.75
MOST_RULES = 10


def split_footnotes(page: Page, marks: Sequence[Mark]) -> tuple[list[Mark], list[str]]:
    """The marks of the text without what refers to footnotes (脚注号), and the footnotes."""
    heights = {round(rule.y0, 1) for rule in page.rules if _is_short(rule, page.width)}
    for height in sorted(heights)[-MOST_RULES:]:
        above, below = _parted(marks, height)
        if not above or not below or _height(below) > SMALLER * _height(above):
            continue
        notes, labels = _notes(below)
        if labels:
            return _without(above, labels), notes
    return list(marks), []


def _is_short(rule: Rule, width: float) -> bool:
    return rule.y0 == rule.y1 and SHORTEST * width <= rule.x1 - rule.x0 <= LONGEST * width


def _parted(marks: Sequence[Mark], height: float) -> tuple[list[Mark], list[Mark]]:
    above: list[Mark] = []
    below: list[Mark] = []
    for mark in marks:
        (below if mark.y0 + mark.y1 > 2 * height else above).append(mark)
    return above, below


def _height(marks: list[Mark]) -> float:
    return median(mark.y1 - mark.y0 for mark in marks)


def _notes(marks: list[Mark]) -> tuple[list[str], set[str]]:
    """The footnotes with their labels; none where the first line has no label."""
    notes: list[str] = []
    labels: set[str] = set()
    for line in find_lines(marks):
        label = LABEL.match(line.text)
        if label and label[1] not in labels:
            labels.add(label[1])
            notes.append(line.text)
        elif notes:
            notes[-1] += line.text
        else:
            return [], set()
    return notes, labels


def _without(marks: list[Mark], labels: set[str]) -> list[Mark]:
    signs = set("".join(labels)) | set("[]［］〔〕()（）") | labels
    tallest = RAISED * _height(marks)
    return [mark for mark in marks if mark.y1 - mark.y0 > tallest or mark.text not in signs]
