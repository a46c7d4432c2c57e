"""Checks on the report as a document (报告要件): title, sections, dates, publication, addressee."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from checker.checks.mention import gather_mentions
from checker.checks.passages import Passages
from checker.model.assessment import Evidence, Quote
from checker.model.checklist import Item
from checker.model.report import BY_PLACE, DATE_NAMES, INSIDE, DateMark, Report, Role, Stance

_KIND_NAMES = {kind: f"{name}日期" for kind, name in DATE_NAMES.items()}


def gather_title(item: Item, report: Report, passages: Passages) -> Evidence:
    """Whether unit, year and kind of document stand in the title (标题三要素)."""
    if report.title_span is None:
        return Evidence(lacking=("标题",), searched=("标题",))
    lacking = []
    stem = re.sub(r"(人民政府|办事处|委员会)$", "", report.unit)
    if not stem or stem[-3:] not in report.title:
        lacking.append("报告单位")
    if not re.search(r"(19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2}", report.title):
        lacking.append("报告年度")
    if not re.search(r"法[治制](政府)?建设.*报告|法治政府.*报告", report.title):
        lacking.append("文种（法治政府建设情况报告）")
    quote = Quote(report.title_span, "", Stance.ADMITTED if lacking else Stance.DONE, "标题")
    return Evidence(
        (quote,), tuple(lacking), ("标题",), contrary=f"标题未写明{'、'.join(lacking)}" if lacking else ""
    )


def gather_section(item: Item, report: Report, passages: Passages) -> Evidence:
    """Whether the report has a part of its own for a purpose (专章)."""
    quotes: list[Quote] = []
    for section in report.walk():
        if quotes and section.role is not Role.FIRST_RESPONSIBLE and section.level > 2:
            continue  # the parts of a part already found
        wanted = section.role in item.rule.roles or (
            section.role is Role.MIXED and Role.FIRST_RESPONSIBLE not in item.rule.roles
        )
        if wanted and (section.sentences or section.children):
            titled = bool(section.title)
            if not titled and (section.level == INSIDE or Role.FIRST_RESPONSIBLE in item.rule.roles):
                continue
            span = (
                section.heading
                if titled
                else section.sentences[0].span
                if section.sentences
                else section.span
            )
            quotes.append(Quote(span, "", Stance.DONE, section.title or "正文"))
    searched = tuple(section.title for section in report.sections if section.title)
    return Evidence(tuple(quotes[:2]), () if quotes else (item.title,), searched or ("全文（没有标题）",))


def gather_date(item: Item, report: Report, passages: Passages) -> Evidence:
    """Whether the report came out in the first quarter of the following year (第一季度)."""
    if report.year is None or not report.dates:
        missing = "报告年度" if report.year is None else "成文或发布日期"
        return Evidence(
            lacking=(missing,), searched=("标题", "网页信息", "落款"), undecidable=f"没有读到{missing}"
        )
    first, last = datetime.date(report.year + 1, 1, 1), datetime.date(report.year + 1, 3, 31)
    quotes = tuple(Quote(mark.span, "", Stance.DONE, _KIND_NAMES[mark.kind]) for mark in report.dates[:3])
    deciding = _deciding(report.dates)
    if deciding.date < first:
        contrary = f"{_KIND_NAMES[deciding.kind]}{_chinese(deciding.date)}，早于报告年度结束"
    elif not any(first <= mark.date <= last for mark in report.dates):
        contrary = f"{_KIND_NAMES[deciding.kind]}{_chinese(deciding.date)}，晚于次年3月31日"
    else:
        contrary = ""
    return Evidence(quotes, (), ("网页信息", "落款"), contrary=contrary)


def _deciding(dates: tuple[DateMark, ...]) -> DateMark:
    """The date that decides: the latest, since a report written early may be published in time."""
    return max(dates, key=lambda mark: mark.date)


def _chinese(date: datetime.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"


def gather_published(item: Item, report: Report, passages: Passages) -> Evidence:
    """Whether a page shows that it was published, or the text says so (向社会公开)."""
    shown = list(report.source.spans)
    if shown:
        quotes = tuple(Quote(span, "", Stance.DONE, "网页信息") for span in shown[:3])
        return Evidence(quotes, (), ("网页信息",))
    return _or_undecidable(item, passages, "没有发布信息，正文也未写明已公开")


def gather_addressee(item: Item, report: Report, passages: Passages) -> Evidence:
    """Whether the report is addressed to party committee, congress or higher government."""
    if report.addressee:
        return Evidence((Quote(report.addressee, "", Stance.DONE, "主送机关"),), (), ("主送机关",))
    return _or_undecidable(item, passages, "没有写主送机关，正文也未写明向谁报告", told_year=True)


def _or_undecidable(item: Item, passages: Passages, reason: str, *, told_year: bool = False) -> Evidence:
    found = gather_mentions(item, passages)
    # such a line often closes the plan: it speaks of the report, whatever part it stands in;
    # and 上一年度 is the year that the report reports
    quotes = tuple(
        replace(quote, stance=Stance.ASSERTED)
        if quote.reason == BY_PLACE or (told_year and quote.stance is Stance.OTHER_YEAR)
        else quote
        for quote in found.quotes
    )
    if any(quote.stance in (Stance.DONE, Stance.ASSERTED, Stance.DENIED) for quote in quotes):
        return replace(found, quotes=quotes)
    return Evidence((), found.lacking, ("网页信息", "正文"), undecidable=reason)
