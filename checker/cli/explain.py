"""`fazhi explain` (说明): why one item came out as it did, in words an official understands."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from checker.audit import audit_report
from checker.cli.decided import decided_one
from checker.cli.items import find_item
from checker.cli.reading import named, reader
from checker.cli.terminal import layout, say
from checker.load import checklist_source, load_checklist
from checker.model.assessment import ASKED, STATUS_NAMES, Assessment, Finding, Quote, Status
from checker.model.checklist import Phrase
from checker.model.report import LEVELS, Report, Stance
from checker.nearest import with_nearest
from checker.renderers.decisions import people_text
from checker.renderers.layout import Layout, plain
from checker.renderers.phrasing import REPORTED, basis_texts, page_text, places, reading, source_name

_SHOWN_PHRASES = 6


def run(arguments: argparse.Namespace) -> int:
    """0 where the item is no gap, 1 where it is."""
    checklist = load_checklist(checklist_source(arguments.checklist))
    item = find_item(checklist, arguments.item)
    path = Path(arguments.path)
    with named(path), reader(arguments.encoding, [path]) as read:
        assessment = audit_report(path, checklist, level=arguments.level, read=read)
    assessment = with_nearest(decided_one(arguments, assessment, day=datetime.date.today()))
    finding = next(f for f in assessment.findings if f.item.id == item.id)
    say("\n".join(_explanation(finding, assessment, layout())))
    return 1 if finding in assessment.gaps() else 0


def _explanation(finding: Finding, assessment: Assessment, shape: Layout) -> Iterator[str]:
    item, report = finding.item, assessment.report
    year = f"{report.year}年" if report.year else "年度未认出"
    who = f"{report.unit or '单位未认出'}，{LEVELS[report.level]}，{year}"
    yield from shape.text(f"{item.title}  {item.id}", style="title")
    yield shape.rule("=")
    yield from shape.field("报告", f"{source_name(assessment.path)}（{who}）")
    yield from shape.field("要求", item.requirement)
    for number, basis in enumerate(basis_texts(item.basis)):
        yield from shape.field("    " if number else "依据", basis)
    yield from shape.field("判定", STATUS_NAMES[finding.status], style=finding.status.value)
    if people := people_text(finding, assessment):
        yield from shape.field("复核", people)
    if finding.own:
        yield from shape.field("程序", STATUS_NAMES[finding.own])
    yield from shape.field("理由", _why(replace(finding, status=finding.judged), report))
    if finding.judged is not Status.NA:
        yield from _found(finding, report, shape)
        yield from _search(finding, shape)
    if finding.status in ASKED:
        yield ""
        yield from shape.field("建议", item.remedy)


def _why(finding: Finding, report: Report) -> str:
    """The judgement in words; it follows the rungs that `checker.assess` goes by."""
    evidence, status = finding.evidence, finding.status
    stances = {quote.stance for quote in evidence.quotes}
    if status is Status.NA:
        levels = "、".join(LEVELS[level] for level in finding.item.levels)
        return f"本项只适用于{levels}，这份报告按{LEVELS[report.level]}核查。层级不对时用 --level 指定。"
    if evidence.contrary or evidence.undecidable:
        return f"{evidence.contrary or evidence.undecidable}。"
    if finding.item.rule.check != "mention" and status is Status.MET:
        return "报告符合这项要求（见下）。"
    if status is Status.MET:
        return _why_met(finding, stances)
    if status is Status.THIN:
        return f"报告写到了这件事，但没有属于这件事的{'、'.join(evidence.lacking) or '具体情况'}。"
    if status is Status.DEFERRED:
        ways = {Stance.PLANNED: "今后的计划", Stance.ADMITTED: "存在的不足"}
        written = "和".join(way for stance, way in ways.items() if stance in stances)
        return f"报告只把这件事写成{written}，没有写本年度做了什么。"
    if Stance.DENIED in stances:
        return "报告自己写明没有做，别处也没有写明做过。"
    if stances:
        return "找到的话都不能说明本单位本年度做了这件事（见下），因此视为报告未反映。"
    return "查找过的部分里没有这件事的任何写法。"


def _why_met(finding: Finding, stances: set[Stance]) -> str:
    if Stance.NIL in stances:
        return "报告写明本年度没有发生（数量为零），视为已反映。"
    words = "报告写明了本年度的做法" if Stance.DONE in stances else "报告写到了这件事"
    if any(quote.likely for quote in finding.evidence.quotes):
        words = "没有用到规则里的写法，但有一句话与样句相近，视为已反映，请核对"
    with_figure = any(q.figure for q in finding.evidence.quotes if q.stance in REPORTED)
    denied = "；但另有一处说没有做，请核对两处说法" if Stance.DENIED in stances else ""
    return f"{words}{'，并有数量、名称或日期' if with_figure else ''}{denied}。"


def _found(finding: Finding, report: Report, shape: Layout) -> Iterator[str]:
    quotes = finding.evidence.quotes
    yield ""
    yield shape.paint("title", f"找到的原文（{len(quotes)}处）" if quotes else "找到的原文：没有")
    for number, quote in enumerate(quotes, start=1):
        yield from shape.field(f"{number}.".ljust(3), f"“{plain(quote.text)}”")
        yield from shape.field(
            "所在",
            f"{quote.section or '正文'}（第{_paragraph(report, quote)}段{page_text(quote)}）",
            indent=5,
        )
        if finding.item.rule.check == "mention":
            yield from shape.field("读作", reading(quote), indent=5)
            yield from shape.field("数据", _figure(quote, finding, report), indent=5)


def _paragraph(report: Report, quote: Quote) -> int:
    return report.text.count("\n", 0, quote.span.start) + 1


def _figure(quote: Quote, finding: Finding, report: Report) -> str:
    if quote.figure is not None:
        return f"有，“{plain(report.quote(quote.figure))}”"
    return "没有属于这件事的数量、名称或日期" if finding.item.figures else "没有（本项不要求）"


def _search(finding: Finding, shape: Layout) -> Iterator[str]:
    evidence, rule = finding.evidence, finding.item.rule
    yield ""
    yield from shape.field("查找", places(evidence.searched) or "没有可查找的部分")
    if evidence.nearest:
        words = f"“{plain(evidence.nearest.text)}”（{evidence.nearest.section or '正文'}）"
        yield from shape.field("相近", f"最接近的段落，供参考，不作为依据：{words}")
    if evidence.lacking:
        yield from shape.field("缺少", "、".join(evidence.lacking))
    phrases = (*rule.mention, *rule.about_mention)
    if phrases and finding.status in (Status.UNMET, Status.DEFERRED):
        shown = "；".join(map(_wording, phrases[:_SHOWN_PHRASES]))
        more = f"；等{len(phrases)}种" if len(phrases) > _SHOWN_PHRASES else ""
        yield from shape.field("写法", f"同一句里有这些词就认得：{shown}{more}")


def _wording(phrase: Phrase) -> str:
    """The first choice of every word: 重大决策＋归档."""
    return "＋".join(word.choices[0] for word in phrase.words)
