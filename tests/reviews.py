"""A small checklist, reports against it, and decisions: what the tests of reviews are made of."""

from __future__ import annotations

import datetime
import tempfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from checker.audit import audit_document
from checker.load import load_checklist
from checker.model.assessment import Assessment, Finding
from checker.model.checklist import Checklist
from checker.model.decision import Decision, Entry, Review
from checker.model.document import Block, Document
from checker.review import review_of

DAY = datetime.date(2026, 3, 5)
HEAD = "青麓镇2023年法治政府建设年度报告\n2023年，青麓镇推进各项工作，现将情况报告如下。\n"
MEASURES = "一、主要举措和成效\n全年植树三千棵，绿化面积有所扩大。组织群众恳谈三场，就停车收费听取意见。\n"
PLAN = "二、下一步工作安排\n继续推进各项工作。\n"
TEXT = HEAD + MEASURES + PLAN
SAID = "组织群众恳谈三场"

_FIELDS = ("decision", "reason", "quote", "by", "date")
_ITEM = """\
      - id: {id}
        title: {title}
        requirement: 应当写明{title}。
        basis:
          - {{document: 《实施意见》, clause: 二, quotation: 应当。}}
        levels: [township]
        figures: optional
        rule: {rule}
        remedy: 请补写{title}____次。
        specimens:
          met: [本镇工作。]
"""
CHECKLIST = """\
id: small
title: 小清单
version: "1"
basis: 《实施意见》
wording: wording.yaml
groups:
  - id: a
    title: 决策
    items:
""" + "".join(
    _ITEM.format(id=f"a.{ident}", title=title, rule=rule)
    for ident, title, rule in (
        ("hearing", "听证", "{mention: [听证会]}"),
        ("archive", "归档", "{mention: [归档]}"),
        ("trees", "植树", "{mention: [植树]}"),
        ("addressee", "主送", "{check: addressee}"),
    )
)


@lru_cache(maxsize=1)
def checklist() -> Checklist:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.yaml"
        path.write_text(CHECKLIST, encoding="utf-8")
        return load_checklist(path)


def assess(text: str = TEXT, *, doubt: str = "", path: str = "青麓镇.txt") -> Assessment:
    blocks = tuple(Block(line) for line in text.splitlines())
    return audit_document(Document("text", blocks, doubt=doubt), checklist(), path=path)


def finding(assessment: Assessment, ident: str) -> Finding:
    return next(f for f in assessment.findings if f.item.id == f"a.{ident}")


def decision(word: str, *, quote: str = "", reason: str = "已核对原件", by: str = "王小明") -> Decision:
    return Decision(word, reason, quote, by, DAY)


LIFTED = decision("已反映", quote=SAID)


def review(assessment: Assessment, **decisions: Decision) -> Review:
    """A review of the assessment with decisions on items (by the end of their ids)."""
    made = review_of(assessment)
    entries = tuple(_with(entry, decisions.get(entry.id.split(".")[-1])) for entry in made.entries)
    return replace(made, entries=entries, path="review.yaml")


def _with(entry: Entry, made: Decision | None) -> Entry:
    return replace(entry, decision=replace(made, text=entry.text)) if made else entry


def filled(text: str, ident: str, **values: str) -> str:
    """The text of a review in which one entry is filled in as a person does with an editor."""
    before, entry = text.split(f'"a.{ident}"', 1)
    empty = "".join(f"    {name}:\n" for name in _FIELDS)
    given = "".join(f"    {name}: {values.get(name, '')}\n" for name in _FIELDS)
    return f'{before}"a.{ident}"{entry.replace(empty, given, 1)}'
