"""Render a letter (函) or a notice (通知) to one unit in DOCX by filling a Word template.

The wording lives in ``templates/letter.docx`` and ``templates/notice.docx`` or the user's own;
this module gives it plain data, listed at `letter_context`, and lays out what depends on the text.
"""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Any

from checker.model.assessment import ASKED, Assessment, Finding, Status
from checker.model.checklist import Basis
from checker.model.letter import Letter
from checker.model.report import Report, Stance, chinese_date
from checker.renderers.letter_layout import lay_out
from checker.renderers.phrasing import tops
from checker.renderers.variables import finding_data, groups_of, numeral, report_data
from checker.renderers.word import WordTemplate

# what a letter asks about, in the order of its parts
KINDS = ("unmet", "denied", "deferred", "thin", "contrary")
SHOWN = 3  # quotations of one finding in the list
_DATES = {"signed": "落款", "written": "成文", "published": "发布"}  # which date of a report is named first
_UNDATED = datetime.date(1980, 1, 1)  # a file's properties need a day; a draft has none


def render_letter(
    assessment: Assessment, letter: Letter, *, template: WordTemplate, supplied: Sequence[Finding] = ()
) -> bytes:
    """Fill the template with what is asked of one unit (填写公函). The same input gives the same bytes.

    supplied: findings that a follow-up letter thanks for. Raises ValueError where there is nothing to
    ask: such a unit gets no letter.
    """
    context = letter_context(assessment, letter, supplied)
    if not context["findings"]:
        raise ValueError(f"nothing to ask in {assessment.path}")
    names = (letter.issuer.body, assessment.report.unit, letter.addressee)
    return template.fill(
        context,
        date=letter.date or _UNDATED,
        finish=lambda document: lay_out(document, names, sealed=letter.issuer.seal),
    )


def letter_context(
    assessment: Assessment, letter: Letter, supplied: Sequence[Finding] = ()
) -> dict[str, Any]:
    """The variables of a template (模板变量): plain dicts, lists, strings and counts.

    issuer     body, own (我局), kind (函 or 通知), area, prefix (机关代字), contact, phone, office
    addressee  name of the unit written to
    number, year, date   "12", "2026", "2026年3月5日"; each "" in a draft, where space is left
    due        "2026年3月31日", or "" where the days count from the letter's date: then workdays ("15")
    cc         list of names; seal: whether space for a seal is kept
    report     title, unit, year ("" when unknown), level, date and date_name (2023年11月3日, 发布; or "")
    checklist  title, version
    searched   the parts of the report that were searched
    sources    the documents that the items asked for rest on: mark (①…), document (in 《》), binds
    documents  their names; binding: those that bind this unit; guiding: the others
    counts     applicable, met, manual, asked, and one number for each kind
    parts      the kinds of findings that occur: kind, numeral (一…), count, groups
               kind: unmet (not in the report), denied (said not to have been done), deferred (only
               planned or admitted), thin (no facts), contrary (does not agree with the requirement)
               a group: numeral, title, findings
    findings   all of them in the same order
    supplied   titles of what was supplied since the last letter

    A finding: see `checker.renderers.variables`; besides kind, rung (how the report speaks of it: its
    kind, or elsewhere where an unmet one is quoted all the same, planned or admitted where a deferred
    one is only that), binding and guiding (its basis divided, each with the mark of its document),
    more (how many quotations were left out).
    """
    sources = _sources(assessment, letter)
    parts = _parts(assessment, letter)
    findings = [finding for part in parts for group in part["groups"] for finding in group["findings"]]
    for basis in (basis for finding in findings for basis in finding["basis"]):
        basis["mark"] = sources[basis["document"]]["mark"]
    return {
        "issuer": _issuer(letter),
        "addressee": letter.addressee,
        "number": "" if letter.number is None else str(letter.number),
        "year": "" if letter.date is None else str(letter.date.year),
        "date": _day(letter.date),
        "due": _day(letter.due),
        "workdays": str(letter.issuer.deadline) if isinstance(letter.issuer.deadline, int) else "",
        "cc": list(letter.issuer.cc),
        "seal": letter.issuer.seal,
        "report": report_data(assessment.report) | _dated(assessment.report),
        "checklist": {"title": assessment.checklist.title, "version": assessment.checklist.version},
        "searched": _searched(assessment),
        "sources": list(sources.values()),
        "documents": {
            "binding": [source["document"] for source in sources.values() if source["binds"]],
            "guiding": [source["document"] for source in sources.values() if not source["binds"]],
        },
        "counts": _counts(assessment, parts),
        "parts": parts,
        "findings": findings,
        "supplied": [finding.item.title for finding in supplied],
    }


def kind_of(finding: Finding) -> str:
    """The kind of a finding that is asked for, "" for any other.

    What contradicts the requirement, or is said not to have been done, stands in the report: it is
    never called missing.
    """
    if finding.status is Status.UNMET and finding.evidence.contrary:
        return "contrary"
    if finding.status is Status.UNMET and any(q.stance is Stance.DENIED for q in finding.evidence.quotes):
        return "denied"
    return finding.status.value if finding.status in ASKED else ""


def _parts(assessment: Assessment, letter: Letter) -> list[dict[str, Any]]:
    numbers = itertools.count(1)
    parts: list[dict[str, Any]] = []
    for kind in KINDS:
        groups = groups_of(
            assessment,
            lambda finding, kind=kind: kind_of(finding) == kind,  # type: ignore[misc]
            lambda finding: _finding(next(numbers), finding, assessment, letter),
        )
        if groups:
            count = sum(len(group["findings"]) for group in groups)
            parts.append({"kind": kind, "numeral": numeral(len(parts) + 1), "count": count, "groups": groups})
    return parts


def _finding(number: int, finding: Finding, assessment: Assessment, letter: Letter) -> dict[str, Any]:
    data = finding_data(number, finding, assessment.report)
    binds = [_binds(basis, assessment.report, letter) for basis in finding.item.basis]
    shown, more = _telling(data["quotes"])
    return data | {
        "quotes": shown,
        "more": more,
        "kind": kind_of(finding),
        "rung": _rung(finding),
        "contrary": finding.evidence.contrary.rstrip("。"),
        "binding": [basis for basis, bound in zip(data["basis"], binds, strict=True) if bound],
        "guiding": [basis for basis, bound in zip(data["basis"], binds, strict=True) if not bound],
    }


def _telling(quotes: list[dict[str, str]]) -> tuple[list[dict[str, str]], int]:
    """A few quotations that differ, of each stance first, and how many passages are left out.

    The list is a narrow table; the gap report has them all.
    """
    distinct = list({quote["text"].rstrip("，,；;、：:。"): quote for quote in reversed(quotes)}.values())[
        ::-1
    ]
    counts = Counter[str]()
    ranked = []
    for quote in distinct:
        ranked.append((counts[quote["stance"]], quote))
        counts[quote["stance"]] += 1
    shown = sorted(ranked, key=lambda pair: pair[0])[:SHOWN]
    return [quote for _, quote in shown], len(distinct) - len(shown)


def _rung(finding: Finding) -> str:
    """How the report speaks of what is asked for, as `letter_context` tells."""
    kind, stances = kind_of(finding), {quote.stance for quote in finding.evidence.quotes}
    quoted = stances or (finding.decision and finding.decision.quote)
    if kind == Status.UNMET and quoted:
        return "elsewhere"
    told = stances & {Stance.PLANNED, Stance.ADMITTED}
    return told.pop().value if kind == Status.DEFERRED and len(told) == 1 else kind


def _binds(basis: Basis, report: Report, letter: Letter) -> bool:
    return basis.binds(report.level, letter.issuer.area, report.year)


def _sources(assessment: Assessment, letter: Letter) -> dict[str, dict[str, Any]]:
    """What the items asked for rest on, in the checklist's order; first what binds."""
    bases = [basis for f in assessment.findings if kind_of(f) for basis in f.item.basis]
    bound = {basis.document: _binds(basis, assessment.report, letter) for basis in bases}
    cited = sorted(bound, key=lambda name: not bound[name])
    return {
        name: {"mark": _circled(n), "document": name if "《" in name else f"《{name}》", "binds": bound[name]}
        for n, name in enumerate(cited, start=1)
    }


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if number <= 20 else f"（{number}）"


def _searched(assessment: Assessment) -> list[str]:
    """All parts of the report: what the item was looked for in that was looked for most widely."""
    return max((tops(finding.evidence.searched) for finding in assessment.findings), key=len, default=[])


def _counts(assessment: Assessment, parts: Sequence[dict[str, Any]]) -> dict[str, int]:
    counts = dict.fromkeys(KINDS, 0) | {part["kind"]: part["count"] for part in parts}
    return counts | {
        "applicable": len(assessment.findings) - assessment.count(Status.NA),
        "met": assessment.count(Status.MET),
        "manual": assessment.count(Status.MANUAL),
        "asked": sum(counts.values()),
    }


def _issuer(letter: Letter) -> dict[str, str]:
    fields = ("body", "own", "kind", "area", "prefix", "contact", "phone", "office")
    return {name: getattr(letter.issuer, name) for name in fields}


def _day(date: datetime.date | None) -> str:
    return chinese_date(date) if date else ""


def _dated(report: Report) -> dict[str, str]:
    """The date a report is known by: when it was signed, else written, else published."""
    for kind, name in _DATES.items():
        for mark in report.dates:
            if mark.kind == kind:
                return {"date": chinese_date(mark.date), "date_name": name}
    return {"date": "", "date_name": ""}
