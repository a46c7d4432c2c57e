"""What the commands read (读取): paths, folders, archives and standard input, through one guard."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from checker.cli.terminal import complain
from checker.model.assessment import Unread
from checker.model.document import Document
from checker.readers import MAX_BYTES
from checker.readers.guard import Guard

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


def _stdin(guard: Guard) -> Document:
    if sys.stdin.isatty():
        complain("请粘贴报告全文，另起一行后按 Ctrl-D（Windows 按 Ctrl-Z 再回车）。")
    return guard.read_bytes(STDIN, sys.stdin.buffer.read(MAX_BYTES + 1))
