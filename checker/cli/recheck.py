"""`fazhi recheck` (销号): two versions of a report, and what became of every gap."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from checker.audit import audit_report
from checker.cli.decided import decided, decided_one
from checker.cli.dispatch import Dispatch, send
from checker.cli.letter import Kept, job_for, prepare
from checker.cli.output import check_folder, spare_names, write_files
from checker.cli.paths import real
from checker.cli.reading import STDIN, named, reader
from checker.cli.terminal import complain, layout, say, say_bytes
from checker.compare import compare, matching, still_asked, supplied
from checker.errors import CheckerError, OutputError, ReadError
from checker.load import checklist_source, load_checklist
from checker.load.result import load_result
from checker.model.assessment import Assessment
from checker.model.comparison import Comparison, Earlier, Outcome
from checker.renderers.recheck import render_recheck
from checker.renderers.recheck_json import render_recheck_json
from checker.resources import resource

SETTLED, OPEN = 0, 1
SUFFIX = "-销号表.docx"
TEMPLATE = "recheck.docx"


def run(arguments: argparse.Namespace) -> int:
    """0 where nothing is open, 1 where something is."""
    target = _target(arguments)
    dispatch = _dispatch(arguments)
    comparison = compared(arguments)
    table = _table(arguments, comparison) if target else b""
    # the letter first: where it cannot be written, there is no table without it
    told = [*_follow_up(comparison, dispatch)] if dispatch else []
    if target:
        folder, name = _place(arguments, target, table)
        told[:0] = [f"已写出 {path}" for path in write_files(folder, {name: table})]
    written = "\n".join(told)
    if arguments.format == "json":
        say_bytes(render_recheck_json(comparison))
        if written:
            complain(written)
    else:
        say(render_recheck(comparison, layout()) + written)
    return SETTLED if comparison.settled else OPEN


def compared(arguments: argparse.Namespace) -> Comparison:
    """The two versions that were named, one against the other, as people decided on them."""
    old, new = Path(arguments.old), Path(arguments.new)
    if str(old) == str(new) == STDIN:
        raise CheckerError("原稿和新稿不能都用标准输入（-），请至少有一个写文件名。")
    if _is_result(new):
        raise ReadError(f"{new}：新稿应当是报告文件。保存的核查结果（.json）只能作原稿，写在前面。")
    saved = load_result(old) if _is_result(old) else ()
    *read, later = _assessed(arguments, [new] if saved else [old, new])
    earlier = saved or [Earlier.of(_decided_old(arguments, assessment)) for assessment in read]
    later = decided_one(arguments, later, day=datetime.date.today())
    return compare(matching(earlier, later.report), later)


def _assessed(arguments: argparse.Namespace, paths: list[Path]) -> list[Assessment]:
    checklist = load_checklist(checklist_source(arguments.checklist))
    assessments = []
    with reader(arguments.encoding, paths) as read:
        for path in paths:
            with named(path):
                assessments.append(audit_report(path, checklist, level=arguments.level, read=read))
    return assessments


def _decided_old(arguments: argparse.Namespace, old: Assessment) -> Assessment:
    """The older version as people decided on it; without waivers, so that what they lift is told."""
    without = argparse.Namespace(review=arguments.review, waivers=None)
    (told,) = decided(without, old.checklist, [old], day=datetime.date.today()).results
    return told if isinstance(told, Assessment) else old


def _is_result(path: Path) -> bool:
    return path.suffix.lower() == ".json"


def _target(arguments: argparse.Namespace) -> Path | None:
    """The folder or the file that the table goes to: never over what was read. Raises OutputError."""
    out: Path | None = arguments.out
    if out is None:
        if arguments.template:
            raise CheckerError("--template 要与 -o 合用：用 -o 写明销号表放到哪里。")
        return None
    if _is_folder(out):
        check_folder(out)
        return out
    if real(out) in {real(path) for path in (*_read(arguments), Path(arguments.new))}:
        raise OutputError(f"{out} 是要读的文件，不能改写。请给销号表另起一个名字。")
    check_folder(out.parent)
    return out


def _read(arguments: argparse.Namespace) -> list[Path]:
    read = (arguments.old, arguments.template, arguments.letter_template)
    return [Path(path) for path in read if path and str(path) != STDIN]


def _is_folder(out: Path) -> bool:
    return out.suffix.lower() != ".docx" or out.is_dir()


def _place(arguments: argparse.Namespace, target: Path, table: bytes) -> tuple[Path, str]:
    """Folder and name of the table: in a folder, one that somebody has filled in stays."""
    if not _is_folder(target):
        return target.parent, target.name
    kept = _read(arguments)
    (name,) = spare_names([arguments.new], [table], folder=target, suffix=SUFFIX, kept=kept)
    return target, name


def _dispatch(arguments: argparse.Namespace) -> Dispatch | None:
    """How the follow-up letter is sent, where one is wanted. Raises CheckerError."""
    if arguments.issuer is None:
        if arguments.date or arguments.draft or arguments.letter_template:
            raise CheckerError("--date、--draft、--letter-template 要与 --issuer 合用：用它写明谁发函。")
        return None
    if arguments.out is None or arguments.out.suffix.lower() == ".docx":
        raise CheckerError("--issuer 要与 -o 文件夹 合用：销号表和公函都写到那里。")
    return prepare(arguments, arguments.out, arguments.letter_template)


def _follow_up(comparison: Comparison, dispatch: Dispatch) -> Iterator[str]:
    """Write the letter that thanks for what was supplied and asks for what is open; what became of it."""
    if comparison.unsure:
        yield f"没有写{dispatch.issuer.kind}：{comparison.unsure.rstrip('。')}。"
        return
    job = job_for(still_asked(comparison), dispatch.issuer)
    if isinstance(job, Kept):
        yield f"{job.why}。"
    else:
        sent = send([replace(job, supplied=supplied(comparison))], dispatch)
        yield from (f"已写出 {path}" for path in sent.files)
    if unclear := len(comparison.those(Outcome.UNCLEAR)):
        yield f"待核对的{unclear}项没有写进{dispatch.issuer.kind}，请先由人核对（fazhi review）。"


def _table(arguments: argparse.Namespace, comparison: Comparison) -> bytes:
    from checker.renderers.recheck_table import render_recheck_table
    from checker.renderers.word import WordTemplate  # loads docxtpl: a fifth of a second

    template = WordTemplate(arguments.template or resource("templates", TEMPLATE))
    return render_recheck_table(comparison, template=template, date=datetime.date.today())
