"""`fazhi check` (核查): reports in, findings out."""

from __future__ import annotations

import argparse
import datetime
from dataclasses import replace
from pathlib import Path

from checker.cli.decided import Decided, decided
from checker.cli.output import RESULT_NAME, check_folder, file_names, write_files
from checker.cli.paths import real
from checker.cli.reading import STDIN, Results, assess_all
from checker.cli.terminal import complain, layout, say, say_bytes
from checker.errors import CheckerError, OutputError
from checker.model.assessment import Assessment, Unread
from checker.model.checklist import Checklist
from checker.nearest import with_nearest
from checker.renderers.decisions import waiver_text
from checker.renderers.json import render_json
from checker.renderers.phrasing import source_name
from checker.renderers.summary import render_summary
from checker.renderers.text import render_conclusion, render_report
from checker.resources import DEFAULT_TEMPLATE, resource

CLEAN, GAPS, FAILED = 0, 1, 2


def run(arguments: argparse.Namespace) -> int:
    """Check everything that was named; the exit code tells what came out."""
    if arguments.template and not arguments.out:
        raise CheckerError("--template 要与 --out 合用：用 --out 写明核查报告放到哪个文件夹。")
    if arguments.out:
        check_folder(arguments.out)
    checklist, results = assess_all(arguments)
    after = decided(arguments, checklist, results, day=datetime.date.today())
    results = after.results
    unwanted = arguments.skip_defect, arguments.silence
    results = [r.without_defects(*unwanted) if isinstance(r, Assessment) else r for r in results]
    if arguments.nearest or arguments.out:
        results = [with_nearest(r) if isinstance(r, Assessment) else r for r in results]
    after = replace(after, results=results)
    written = _write(arguments, checklist, after) if arguments.out else []
    _tell(arguments.format, checklist, after, written)
    return _code(results)


def _write(arguments: argparse.Namespace, checklist: Checklist, after: Decided) -> list[Path]:
    """Everything is rendered before the first file is written."""
    from checker.renderers.gap_report import render_gap_report
    from checker.renderers.word import WordTemplate  # loads docxtpl: a fifth of a second

    template = WordTemplate(arguments.template or resource("templates", DEFAULT_TEMPLATE))
    today = datetime.date.today()
    read = [result for result in after.results if isinstance(result, Assessment)]
    names = file_names([a.path for a in read], folder=arguments.out)
    files = {
        name: render_gap_report(assessment, template=template, date=today)
        for name, assessment in zip(names, read, strict=True)
    }
    files[RESULT_NAME] = render_json(checklist, after.results, after.idle).encode()
    for path in (a.path for a in read):
        if path != STDIN and real(arguments.out / RESULT_NAME) == real(path):
            raise OutputError(f"{path} 既是被查的报告又是结果文件，不能改写。请换一个 --out 文件夹。")
    return write_files(arguments.out, files)


def _tell(form: str, checklist: Checklist, after: Decided, written: list[Path]) -> None:
    results, note = after.results, "\n".join(f"已写出 {path}" for path in written)
    if form == "json":
        say_bytes(render_json(checklist, results, after.idle))
        if note:
            complain(note)
    else:
        say(_text(results) + _idle(after) + note)
    unread = [result for result in results if isinstance(result, Unread)]
    if form == "text" and len(results) > 1 and unread:
        complain(f"有{len(unread)}份未能读取，见上面的汇总。")
    else:
        for result in unread:
            complain(f"未能读取 {source_name(result.path)}：{result.reason}")


def _text(results: Results) -> str:
    shape = layout()
    read = [result for result in results if isinstance(result, Assessment)]
    parts = [render_report(assessment, shape) for assessment in read]
    if len(results) > 1:
        parts.append(render_summary(results, shape))
    else:
        parts += [render_conclusion(assessment, shape) for assessment in read]
    return "\n".join(parts)


def _idle(after: Decided) -> str:
    """The waivers that are of no unit among the reports."""
    shape = layout()
    lines = (line for use in after.idle for line in shape.field("豁免", waiver_text(use)))
    return "".join(f"{line}\n" for line in lines)


def _code(results: Results) -> int:
    if any(isinstance(result, Unread) for result in results):
        return FAILED
    read = [result for result in results if isinstance(result, Assessment)]
    # What may not be whole is never clean, nor what a person had found wanting before it was reworded.
    return GAPS if any(r.gaps() or r.report.doubt or r.gaps_lapsed() for r in read) else CLEAN
