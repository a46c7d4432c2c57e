"""Letters on their way (发函): numbers from the ledger, every letter rendered, then all written."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.cli.output import spare_names, write_files
from checker.cli.paths import real
from checker.cli.terminal import complain
from checker.errors import OutputError
from checker.ledger import Ledger, Series, locked, read_ledger, render_ledger
from checker.model.assessment import Assessment, Finding
from checker.model.letter import Issuer, Letter
from checker.renderers.layout import plain
from checker.renderers.letter import letter_context, render_letter
from checker.renderers.merging import merged
from checker.renderers.word import WordTemplate

MERGED = "-合并打印.docx"


@dataclass(frozen=True, slots=True)
class Job:
    """A letter to be sent (待发): of which report, to whom, and what it thanks for."""

    assessment: Assessment
    addressee: str
    supplied: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispatch:
    """How letters are sent (发文方式).

    date: the day they bear; None, as due may be, only in a draft. draft: neither numbered nor entered
    in the ledger; merge: whether one file of all is written too.
    """

    issuer: Issuer
    template: WordTemplate
    folder: Path
    date: datetime.date | None
    due: datetime.date | None
    draft: bool = False
    merge: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """What was written (已写出): number and name of each letter in the order of the jobs; all files.

    The numbers are empty in a draft.
    """

    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()


def send(jobs: Sequence[Job], dispatch: Dispatch) -> Sent:
    """Number, render and write letters.

    All are rendered before the first is written, and the ledger is written before them: an accident
    may leave a number without its letter, never two letters with one number. The very same letter
    gets its number again. Raises CheckerError; then no letter was written.
    """
    if not jobs:
        return Sent()
    if dispatch.draft:
        names, files = _rendered(jobs, [None] * len(jobs), dispatch)
        return Sent(("",) * len(jobs), names, tuple(write_files(dispatch.folder, files)))
    if dispatch.date is None:
        raise ValueError("only a draft has no date")
    path, series = real(dispatch.issuer.ledger), _series(dispatch.issuer, dispatch.date.year)
    with locked(path, lambda: complain(f"另一次运行正在登记文号（{path}），请稍候。")):
        ledger = read_ledger(path)
        digests = [_digest(job, dispatch) for job in jobs]
        serials = ledger.numbers_for(digests, series)
        names, files = _rendered(jobs, serials, dispatch)
        rows = [
            _row(job, dispatch, series, serial) | {"文件名": name, "摘要": digest}
            for job, serial, name, digest in zip(jobs, serials, names, digests, strict=True)
            if not ledger.holds(serial, series)
        ]
        if rows:
            _enter(ledger.adding(rows), path)
        written = _write_numbered(dispatch.folder, files)
    return Sent(tuple(map(series.number, serials)), names, tuple(written))


def _series(issuer: Issuer, year: int) -> Series:
    """`next` of the settings holds for the year that stands beside it."""
    return Series(issuer.prefix, year, issuer.first if issuer.first_year == year else 1)


def _letter(job: Job, dispatch: Dispatch, serial: int | None) -> Letter:
    return Letter(dispatch.issuer, job.addressee, dispatch.date, serial, dispatch.due)


def _rendered(
    jobs: Sequence[Job], serials: Sequence[int | None], dispatch: Dispatch
) -> tuple[tuple[str, ...], dict[str, bytes]]:
    """The name of each letter, and all files."""
    letters = [
        render_letter(
            job.assessment,
            _letter(job, dispatch, serial),
            template=dispatch.template,
            supplied=job.supplied,
        )
        for job, serial in zip(jobs, serials, strict=True)
    ]
    kind, draft = dispatch.issuer.kind, "草稿" if dispatch.draft else ""
    suffix = f"-{kind}-{draft}.docx" if draft else f"-{kind}.docx"
    names = spare_names([job.assessment.path for job in jobs], letters, folder=dispatch.folder, suffix=suffix)
    files = dict(zip(names, letters, strict=True))
    if dispatch.merge:
        together = merged(letters)
        (name,) = spare_names([f"全部{kind}{draft}"], [together], folder=dispatch.folder, suffix=MERGED)
        files[name] = together
    return tuple(names), files


def _digest(job: Job, dispatch: Dispatch) -> str:
    """What tells letters apart: all that goes into one but its number; never a number to Excel."""
    context = letter_context(job.assessment, _letter(job, dispatch, None), job.supplied)
    told = json.dumps(context, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return "h" + hashlib.sha256(told + dispatch.template.data).hexdigest()[:20]


def _row(job: Job, dispatch: Dispatch, series: Series, serial: int) -> dict[str, str]:
    report = job.assessment.report
    return {
        "文号": series.number(serial),
        "年": str(series.year),
        "序号": str(serial),
        "日期": str(dispatch.date),
        "收文单位": plain(job.addressee),
        "报告": plain(report.title),
        "报告文件": plain(job.assessment.path),
    }


def _enter(ledger: Ledger, path: Path) -> None:
    if not path.exists():
        complain(f"没有找到发文登记，新建 {path}。今年已用其他办法发过文的，请核对文号是否重复。")
    try:
        write_files(path.parent, {path.name: render_ledger(ledger)})
    except OutputError as error:
        cause = getattr(error.__cause__, "strerror", "") or error
        raise OutputError(
            f"发文登记 {path} 写不进去（{cause}）。没有写出公函，也没有用掉文号。\n"
            "请关闭正在用 Excel 或 WPS 打开它的窗口，或确认它可以写入，再原样运行一次。"
        ) from error


def _write_numbered(folder: Path, files: dict[str, bytes]) -> list[Path]:
    try:
        return write_files(folder, files)
    except OutputError as error:
        raise OutputError(f"{error}\n文号已经登记。排除故障后原样再运行一次，各份公函的文号不变。") from error
