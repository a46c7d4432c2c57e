"""The terminal (终端): how wide, how coloured, what goes to which stream, and a progress bar."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from checker.renderers.layout import COLOURS, PLAIN, Layout, cells, plain, shorten

T = TypeVar("T")
PIPED_WIDTH = 80
WIDEST = 120
NARROWEST = 40


def prepare_streams() -> None:
    """Let no character that the console cannot show end a run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def layout() -> Layout:
    """The layout for standard output: plain and 80 cells wide unless it is a terminal."""
    if not sys.stdout.isatty():
        return Layout(PIPED_WIDTH)
    width = shutil.get_terminal_size((PIPED_WIDTH, 24)).columns
    return Layout(max(NARROWEST, min(width, WIDEST)), COLOURS if _wants_colour() else PLAIN)


def _wants_colour() -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    if os.name == "nt":
        os.system("")  # switches the Windows console to understand colours
    return True


def say(text: str) -> None:
    """What was asked for, to standard output."""
    if text:
        sys.stdout.write(text.rstrip("\n") + "\n")


def say_bytes(text: str) -> None:
    """Text for machines: UTF-8 whatever the console speaks."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text)


def complain(text: str) -> None:
    """What went wrong, to standard error."""
    sys.stderr.write(text + "\n")


def progress(things: Sequence[T], names: Iterable[str]) -> Iterator[T]:
    """The things one by one, with a bar on standard error if that is a terminal."""
    shown = len(things) > 1 and sys.stderr.isatty()
    width = shutil.get_terminal_size((PIPED_WIDTH, 24)).columns - 1
    for done, (thing, name) in enumerate(zip(things, names, strict=True)):
        if shown:
            sys.stderr.write("\r\x1b[K" + bar(done, len(things), name, width))
            sys.stderr.flush()
        yield thing
    if shown:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def bar(done: int, total: int, name: str, width: int) -> str:
    """核查 [#####.....] 5/10 name"""
    slots = 20
    full = slots * done // max(1, total)
    text = f"核查 [{'#' * full}{'.' * (slots - full)}] {done}/{total} "
    return text + shorten(plain(name), max(2, width - cells(text)))
