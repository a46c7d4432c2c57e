"""`fazhi letter` (公函): for each report that lacks something a letter to its unit."""

from __future__ import annotations

import argparse
import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.cli.decided import decided, tell_idle
from checker.cli.dispatch import Dispatch, Job, Sent, send
from checker.cli.output import check_folder
from checker.cli.reading import Results, assess_all
from checker.cli.terminal import complain, layout, say
from checker.errors import SettingsError
from checker.load.issuer import load_issuer
from checker.model.assessment import Assessment, Status, Unread
from checker.model.letter import Issuer
from checker.renderers.layout import Layout, cells, pad, plain, shorten
from checker.renderers.letter import kind_of
from checker.renderers.phrasing import source_name
from checker.renderers.summary import tail
from checker.renderers.word import WordTemplate
from checker.resources import resource
from checker.workdays import deadline_day, is_working_day

CLEAN, WRITTEN, FAILED = 0, 1, 2
TEMPLATES = {"函": "letter.docx", "通知": "notice.docx"}
_NO_DATE = (
    "缺少 --date：公函要有成文日期，文号的年份也由它定。请写 --date 2026-12-01，或 --date 今天；\n"
    "只想先看样子的，用 --draft（不编文号，不登记）。"
)
_WIDE, _HEAD, _LEAST = 100, 34, 10  # cells: a wide table, the file before a reason, the file at least


@dataclass(frozen=True, slots=True)
class Kept:
    """A report that gets no letter, and why; doubtful where a person must look at it."""

    path: str
    why: str
    doubtful: bool = False


def run(arguments: argparse.Namespace) -> int:
    """0 where nothing is to be asked, 1 where letters were written or people must look."""
    dispatch = prepare(arguments, arguments.out, arguments.template)
    checklist, results = assess_all(arguments)
    # an exception must hold on the day that the letter bears
    after = decided(arguments, checklist, results, day=arguments.date or datetime.date.today())
    tell_idle(after)
    results = after.results
    rows = [job_for(result, dispatch.issuer) for result in results]
    jobs = [row for row in rows if isinstance(row, Job)]
    sent = send(jobs, dispatch)
    say(_text(rows, sent, dispatch))
    _tell_twice(jobs)
    return _code(results, rows)


def prepare(arguments: argparse.Namespace, folder: Path, template: Path | None) -> Dispatch:
    """How letters are sent, from the options; everything that can fail before the reports are read."""
    issuer = _issuer(arguments)
    check_folder(folder)
    filled = WordTemplate(template or resource("templates", TEMPLATES[issuer.kind]))
    due = _due(issuer, arguments.date, arguments.issuer)
    return Dispatch(issuer, filled, folder, arguments.date, due, draft=arguments.draft, merge=arguments.merge)


def _issuer(arguments: argparse.Namespace) -> Issuer:
    wanted = "" if arguments.date or arguments.draft else _NO_DATE
    try:
        issuer = load_issuer(arguments.issuer)
    except SettingsError as error:
        raise SettingsError(f"{error}\n{wanted}".rstrip()) from error
    if wanted:
        raise SettingsError(wanted)
    return issuer


def _due(issuer: Issuer, date: datetime.date | None, path: Path) -> datetime.date | None:
    """The day to answer by; None in a draft without a date, where it counts from the date."""
    if isinstance(issuer.deadline, int):
        return deadline_day(date, issuer.deadline) if date else None
    if date and issuer.deadline <= date:
        raise SettingsError(
            f"{path}：期限 {issuer.deadline} 不在成文日期 {date} 之后。请改 deadline，或改 --date。"
        )
    if is_working_day(issuer.deadline) is False:
        complain(f"{path}：期限 {issuer.deadline} 不是工作日，照写；如不合适，请改 deadline。")
    return issuer.deadline


def job_for(result: Assessment | Unread, issuer: Issuer) -> Job | Kept:
    """The letter for one report, or why there is none."""
    if isinstance(result, Unread):
        return Kept(result.path, f"未能读取：{result.reason}", doubtful=True)
    report, none = result.report, f"没有写{issuer.kind}"
    if report.doubt and _unsettled(result):
        return Kept(result.path, f"{report.doubt}，{none}，请由人核对", doubtful=True)
    if not _asked(result):
        manual = result.count(Status.MANUAL)
        also = f"；另有{manual}项要由人核实" if manual else ""
        return Kept(result.path, f"没有要补写的事项，不必发{issuer.kind}{also}")
    if not report.unit:
        return Kept(result.path, f"认不出是哪个单位的报告，{none}，请核对报告标题", doubtful=True)
    addressee = issuer.addressee(report.unit, report.level)
    if not addressee:
        advice = f"请在发文设置的 addressees 里写上 {plain(report.unit)}: 主送机关全称"
        return Kept(result.path, f"不知道单位全称，{none}，{advice}", doubtful=True)
    return Job(result, addressee)


def _unsettled(assessment: Assessment) -> bool:
    """Whether a gap may be one only because the text is not whole: nobody has decided on it."""
    open_findings = (f for f in assessment.unseen() if f.status is Status.MANUAL or kind_of(f))
    return assessment.review is None or any(open_findings)


def _asked(assessment: Assessment) -> int:
    return sum(bool(kind_of(finding)) for finding in assessment.findings)


def _tell_twice(jobs: Iterable[Job]) -> None:
    for addressee, count in Counter(job.addressee for job in jobs).items():
        if count > 1:
            complain(f"{plain(addressee)}有{count}份报告，各写了一份，请核对是否都要发。")


def _code(results: Results, rows: Iterable[Job | Kept]) -> int:
    if any(isinstance(result, Unread) for result in results):
        return FAILED
    return WRITTEN if any(isinstance(row, Job) or row.doubtful for row in rows) else CLEAN


# --- how it looks in a terminal -------------------------------------------------------------------


def _text(rows: Sequence[Job | Kept], sent: Sent, dispatch: Dispatch) -> str:
    shape, kind = layout(), dispatch.issuer.kind
    lines = [shape.rule("="), *_table(rows, sent, kind, shape), ""]
    written = len(sent.names)
    kept = [row for row in rows if isinstance(row, Kept)]
    doubtful = sum(row.doubtful for row in kept)
    what = f"{kind}{'草稿' if dispatch.draft else ''}"
    total = f"共{len(rows)}份报告：写{what}{written}份，不必发的{len(kept) - doubtful}份，要由人处理的{doubtful}份。"
    due = f"请各单位在{dispatch.due}前反馈。" if dispatch.due and written else ""
    lines += [*shape.text(total + due), *(f"已写出 {path}" for path in sent.files)]
    return "\n".join(lines)


def _table(rows: Sequence[Job | Kept], sent: Sent, kind: str, shape: Layout) -> Iterator[str]:
    """A row for each report: file, unit, number, how much is asked for; the letter's file where it fits."""
    wide = shape.width >= _WIDE
    unit, number = (24 if wide else 14), max(map(cells, (*sent.numbers, "（草稿）")))
    left = shape.width - unit - number - len("缺项") * 2 - 3
    first = max(_LEAST, (left - 1) // 2 if wide else left)
    widths = (first, unit, number, 4, left - first - 1)[: 5 if wide else 4]
    yield _line(("报告", "单位", "文号", "缺项", kind), widths).rstrip()
    yield shape.rule()
    letters = iter(zip(sent.numbers, sent.names, strict=True))
    for row in rows:
        if isinstance(row, Kept):
            head = pad(_file(row.path, min(first, _HEAD)), min(first, _HEAD))
            yield from shape.field(head, row.why, style="unmet" if row.doubtful else "met")
        else:
            given, name = next(letters)
            file, asked = _file(row.assessment.path, first), f"{_asked(row.assessment)}项"
            told = (file, row.assessment.report.unit, given or "（草稿）", asked, name)
            yield _line(told, widths).rstrip()


def _file(path: str, width: int) -> str:
    return tail(plain(source_name(path)), width)


def _line(texts: Sequence[str], widths: Sequence[int]) -> str:
    """Cells side by side, as many as there are widths."""
    return " ".join(pad(shorten(plain(t), w), w) for t, w in zip(texts, widths, strict=False))
