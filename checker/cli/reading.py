"""What the commands read (读取): paths, folders, archives and standard input, through one guard."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from checker.audit import reason
from checker.cli.terminal import complain
from checker.errors import ReadError
from checker.model.assessment import Unread
from checker.model.document import Document
from checker.readers import MAX_BYTES
from checker.readers.guard import Guard
from checker.renderers.phrasing import source_name

STDIN = "-"
# Read without the worker, which then need not be started.
_PLAIN = (".txt", ".text", ".md", ".markdown", STDIN)


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
