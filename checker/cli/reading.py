"""What the commands read (读取): paths, folders, archives and standard input, through one guard."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from checker.audit import audit_reports, reason
from checker.cli.output import is_result
from checker.cli.paths import real
from checker.cli.terminal import complain, progress
from checker.errors import ReadError
from checker.load import checklist_source, load_checklist
from checker.model.assessment import Assessment, Unread
from checker.model.checklist import Checklist
from checker.model.document import Document
from checker.readers import MAX_BYTES
from checker.readers.guard import Guard
from checker.readers.sources import find_sources
from checker.renderers.layout import plain
from checker.renderers.phrasing import source_name

STDIN = "-"
Results = list[Assessment | Unread]
_SHOWN_SKIPPED = 5
# Read without the worker, which then need not be started.
_PLAIN = (".txt", ".text", ".md", ".markdown", STDIN)


def assess_all(arguments: argparse.Namespace) -> tuple[Checklist, Results]:
    """Everything that was named, against the checklist: one bad file costs one file."""
    sources = find_reports(arguments.paths)
    names = [source.path if isinstance(source, Unread) else str(source) for source in sources]
    with reader(arguments.encoding, sources) as read:
        checklist = load_checklist(checklist_source(arguments.checklist))
        audited = audit_reports(progress(sources, names), checklist, level=arguments.level, read=read)
        return checklist, list(audited)


def find_reports(paths: Iterable[str]) -> list[Path | Unread]:
    """What to read, each once; and, as rows of the result, what a folder holds but cannot be read."""
    ours: list[str] = []

    def passed(name: str) -> bool:
        if is_result(name):
            ours.append(name)
        return is_result(name)

    found = find_sources(map(Path, paths), passed=passed)
    _tell_skipped("不是报告的文件", found.skipped, "")
    _tell_skipped("本程序写出的文件", ours, "其中如有报告，请写明它的文件名。")
    once: dict[Path, Path | Unread] = {}
    for source in found.sources:
        key = Path(source.path if isinstance(source, Unread) else source)
        once.setdefault(key if str(key) == STDIN else real(key), source)
    return list(once.values())


def _tell_skipped(what: str, skipped: Sequence[str], advice: str) -> None:
    if skipped:
        names = "、".join(plain(name) for name in skipped[:_SHOWN_SKIPPED])
        more = " 等" if len(skipped) > _SHOWN_SKIPPED else ""
        complain(f"略过{len(skipped)}个{what}：{names}{more}。{advice}")


@contextmanager
def reader(encoding: str | None, sources: Iterable[Path | Unread]) -> Iterator[Callable[[Path], Document]]:
    """What reads a path, or standard input where the path is `-`."""
    with Guard(encoding) as guard:
        if any(isinstance(s, Path) and (s.suffix.lower() or str(s)) not in _PLAIN for s in sources):
            guard.start()  # it gets ready while the checklist is loaded
        yield lambda path: _stdin(guard) if str(path) == STDIN else guard.read(path)


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Tell why a file could not be read, and which."""
    try:
        yield
    except ReadError as error:
        raise ReadError(f"未能读取 {source_name(str(path))}：{reason(path, error)}") from None


def _stdin(guard: Guard) -> Document:
    if sys.stdin.isatty():
        complain("请粘贴报告全文，另起一行后按 Ctrl-D（Windows 按 Ctrl-Z 再回车）。")
    return guard.read_bytes(STDIN, sys.stdin.buffer.read(MAX_BYTES + 1))
