"""`fazhi check` (核查): reports in, findings out."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterable
from pathlib import Path

from checker.audit import audit_reports
from checker.cli.output import SUFFIX, check_folder, file_names, write_files
from checker.cli.reading import STDIN, reader
from checker.cli.terminal import complain, layout, progress, say, say_bytes
from checker.errors import CheckerError, OutputError
from checker.load import checklist_source, load_checklist
from checker.model.assessment import Assessment, Unread
from checker.model.checklist import Checklist
from checker.nearest import with_nearest
from checker.readers.sources import find_sources
from checker.renderers.json import render_json
from checker.renderers.layout import plain
from checker.renderers.phrasing import source_name
from checker.renderers.summary import render_summary
from checker.renderers.text import render_conclusion, render_report
from checker.resources import DEFAULT_TEMPLATE, resource

CLEAN, GAPS, FAILED = 0, 1, 2
RESULT_NAME = "核查结果.json"
_SHOWN_SKIPPED = 5
Results = list[Assessment | Unread]


def run(arguments: argparse.Namespace) -> int:
    """Check everything that was named; the exit code tells what came out."""
    if arguments.template and not arguments.out:
        raise CheckerError("--template 要与 --out 合用：用 --out 写明核查报告放到哪个文件夹。")
    if arguments.out:
        check_folder(arguments.out)
    sources = _sources(arguments.paths)
    names = [source.path if isinstance(source, Unread) else str(source) for source in sources]
    with reader(arguments.encoding, sources) as read:
        checklist = load_checklist(checklist_source(arguments.checklist))
        results: Results = list(
            audit_reports(progress(sources, names), checklist, level=arguments.level, read=read)
        )
    unwanted = arguments.skip_defect, arguments.silence
    results = [r.without_defects(*unwanted) if isinstance(r, Assessment) else r for r in results]
    if arguments.nearest or arguments.out:
        results = [with_nearest(r) if isinstance(r, Assessment) else r for r in results]
    written = _write(arguments, checklist, results) if arguments.out else []
    _tell(arguments.format, checklist, results, written)
    return _code(results)


def _sources(paths: Iterable[str]) -> list[Path | Unread]:
    """What to check, each once; and, as rows of the result, what a folder holds but cannot be read."""
    found = find_sources(map(Path, paths), passed=_is_result)
    if found.skipped:
        names = "、".join(plain(name) for name in found.skipped[:_SHOWN_SKIPPED])
        more = " 等" if len(found.skipped) > _SHOWN_SKIPPED else ""
        complain(f"略过{len(found.skipped)}个不是报告的文件：{names}{more}。")
    once: dict[Path, Path | Unread] = {}
    for source in found.sources:
        key = Path(source.path if isinstance(source, Unread) else source)
        once.setdefault(key if str(key) == STDIN else key.resolve(), source)
    return list(once.values())


def _is_result(name: str) -> bool:
    return name.endswith(SUFFIX) or name == RESULT_NAME


def _write(arguments: argparse.Namespace, checklist: Checklist, results: Results) -> list[Path]:
    """Everything is rendered before the first file is written."""
    from checker.renderers.gap_report import render_gap_report
    from checker.renderers.word import WordTemplate  # loads docxtpl: a fifth of a second

    template = WordTemplate(arguments.template or resource("templates", DEFAULT_TEMPLATE))
    today = datetime.date.today()
    read = [result for result in results if isinstance(result, Assessment)]
    names = file_names([a.path for a in read], folder=arguments.out)
    files = {
        name: render_gap_report(assessment, template=template, date=today)
        for name, assessment in zip(names, read, strict=True)
    }
    files[RESULT_NAME] = render_json(checklist, results).encode()
    for path in (a.path for a in read):
        if path != STDIN and (arguments.out / RESULT_NAME).resolve() == Path(path).resolve():
            raise OutputError(f"{path} 既是被查的报告又是结果文件，不能改写。请换一个 --out 文件夹。")
    return write_files(arguments.out, files)


def _tell(form: str, checklist: Checklist, results: Results, written: list[Path]) -> None:
    note = "\n".join(f"已写出 {path}" for path in written)
    if form == "json":
        say_bytes(render_json(checklist, results))
        if note:
            complain(note)
    else:
        say(_text(results) + note)
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


def _code(results: Results) -> int:
    if any(isinstance(result, Unread) for result in results):
        return FAILED
    read = [result for result in results if isinstance(result, Assessment)]
    # What may not be whole is never clean.
    return GAPS if any(r.gaps() or r.report.doubt for r in read) else CLEAN
