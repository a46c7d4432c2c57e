"""`fazhi review` (复核): a file in which people decide on every finding, or the same file brought up to date."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from checker.audit import audit_report
from checker.cli.decided import REVIEW_ENDS, about, fits
from checker.cli.output import check_folder, write_files
from checker.cli.paths import real
from checker.cli.reading import STDIN, named, reader
from checker.cli.terminal import say
from checker.errors import OutputError
from checker.load import checklist_source, load_checklist
from checker.load.review import load_review, refusal
from checker.model.assessment import STATUS_NAMES, Assessment, Status
from checker.model.decision import Review
from checker.renderers.layout import plain
from checker.renderers.review import render_review
from checker.review import misquoted, review_of


def run(arguments: argparse.Namespace) -> int:
    """0: the review was written, or brought up to date."""
    path, out = Path(arguments.path), arguments.out
    _check_output(path, out)
    before = _held(out)
    old = load_review(out, today=datetime.date.today()) if before is not None else None
    checklist = load_checklist(checklist_source(arguments.checklist))
    with named(path), reader(arguments.encoding, [path]) as read:
        assessment = audit_report(path, checklist, level=arguments.level, read=read)
    if old:
        _check_same(old, assessment)
    review = review_of(assessment, old)
    if _held(out) != before:
        raise OutputError(f"{out} 刚才被别的程序改过，没有改写。请存好它，再运行一次。")
    target = real(out)  # a link stays one
    write_files(target.parent, {target.name: render_review(review).encode()})
    say(_told(review, old, out))
    return 0


def _held(out: Path) -> bytes | None:
    """What stands in the file, which somebody may be editing; None where there is none."""
    try:
        return out.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputError(f"{out}：打不开（{error.strerror}）。请确认有读取权限。") from error


def _check_output(path: Path, out: Path) -> None:
    if out.is_dir() or out.suffix.lower() not in REVIEW_ENDS:
        raise OutputError(f"{out}：复核单是 YAML 文件，-o 后面的文件名请以 .yaml 结尾。")
    if str(path) != STDIN and real(out) == real(path):
        raise OutputError(f"{out} 就是报告本身，不能改写。请给复核单另起一个名字。")
    check_folder(out.parent)


def _check_same(old: Review, assessment: Assessment) -> None:
    """An older review must be of this report, and its quotations in order."""
    if not fits(old, assessment):
        report = assessment.report
        this = f"{report.unit or assessment.path}{f'{report.year}年度' if report.year else ''}"
        raise OutputError(
            f"{old.path} 是{about(old)}的复核单，这份报告是{this}的。没有改写，请用 -o 另起一个文件名。"
        )
    if faults := list(misquoted(assessment, old)):
        raise refusal(old, faults)


def _told(review: Review, old: Review | None, out: Path) -> str:
    waiting = [entry.status for entry in review.entries if entry.decision is None]
    manual = waiting.count(STATUS_NAMES[Status.MANUAL])
    rest = f"{len(waiting)}条待看" + (f"，其中{manual}条需人工核实" if manual else "")
    if old is None:
        return f"已写出 {out}（{rest}）。打开后按开头的说明填写。"
    kept = len(review.entries) - len(waiting)
    lapsed = review.lapsed[len(old.lapsed) :]
    lines = [f"已更新 {out}（保留决定{kept}条，失效{len(lapsed)}条，{rest}）。"]
    lines += [plain(f"失效：{lapse.entry.title}：{lapse.why}") for lapse in lapsed]
    return "\n".join(lines)
