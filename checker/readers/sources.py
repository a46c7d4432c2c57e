"""Sources (待查文件): which files are reports to read, in folders and archives at any depth."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from checker.errors import ReadError
from checker.model.assessment import Unread
from checker.readers.content import HEAD, promised, sniff

# What may hold reports but is no report itself: to pass it over in silence would lose them.
CLOSED = (".rar", ".7z", ".gz", ".tar", ".tgz")
HIDDEN = (".", "~$", "._", "__MACOSX")
# A name that promises nothing: its content tells.
TOLD_BY_CONTENT = {"docx", "doc", "pdf", "ofd", "mhtml", "rtf"}
PICTURES = {"image"}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found (查到的文件): reports to read or rows that say why not, and files passed over."""

    sources: tuple[Path | Unread, ...]
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file of a folder or an archive, by its name there."""

    name: str
    path: Path
    head: Callable[[], bytes]
    fault: str = ""


def find_sources(paths: Iterable[Path], *, passed: Callable[[str], bool]) -> Found:
    """The reports to read: a folder or an archive stands for what is in it.

    A picture beside documents is passed over where pictures cannot be read at all.
    passed: whether a file of this name is no report (the program's own results).
    """
    sources: list[Path | Unread] = []
    skipped: list[str] = []
    for path in paths:
        try:
            entries = _entries(path)
        except (ReadError, OSError) as error:
            sources.append(Unread(str(path), str(error)))
            continue
        if entries is None:
            sources.append(path)
            continue
        entries = [entry for entry in entries if not passed(PurePosixPath(entry.name).name)]
        kinds = {entry.name: _promise(entry) for entry in entries}
        documents = {_folder(name) for name, kind in kinds.items() if kind == "report"}
        inside: list[Path | Unread] = []
        for entry in entries:
            kind = kinds[entry.name]
            if entry.fault:
                inside.append(Unread(str(entry.path), entry.fault))
            elif kind == "report" or (
                kind == "picture" and (_folder(entry.name) not in documents or _pictures_are_read())
            ):
                inside.append(entry.path)
            elif kind == "closed":
                inside.append(
                    Unread(str(entry.path), "压缩包（rar、7z 等）不能打开。请先解压，或改用 .zip。")
                )
            else:
                skipped.append(str(entry.path))
        sources += inside or [Unread(str(path), "里面没有可读的报告文件。请核对路径。")]
    return Found(tuple(sources), tuple(skipped))


def _pictures_are_read() -> bool:
    from checker.readers.ocr import available  # brings the geometry of pages, which a text never needs

    return available()


def _entries(path: Path) -> list[_Entry] | None:
    """The files inside a folder or an archive, in order; nothing where the path is a file of its own."""
    if path.is_dir():
        return [entry for name in _in_folder(path) for entry in _opened(path / name, name)]
    if path.suffix.lower() == ".zip" and path.is_file():
        return _in_archive(path)
    return None


def _in_folder(folder: Path) -> list[str]:
    names = []
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_hidden(name, files))
        names += [
            os.path.relpath(os.path.join(place, name), folder) for name in files if not _is_hidden(name, ())
        ]
    return sorted(names)


def _opened(path: Path, name: str) -> list[_Entry]:
    if path.suffix.lower() == ".zip":
        try:
            return [_Entry(f"{name}/{entry.name}", entry.path, entry.head) for entry in _in_archive(path)]
        except (ReadError, OSError) as error:
            return [_Entry(name, path, bytes, str(error))]
    return [_Entry(name, path, lambda: _head(path))]


def _in_archive(path: Path) -> list[_Entry]:
    from checker.readers.archive import members  # zipfile is slow to load

    return [
        _Entry(name, path / name, lambda member=member: member.read(HEAD))  # type: ignore[misc]
        for name, member in sorted(members(path).items())
        if not any(_is_hidden(part, ()) for part in name.split("/"))
    ]


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _is_hidden(name: str, siblings: Iterable[str]) -> bool:
    """Whether a name is the system's, or the folder in which a browser put a saved page's pictures."""
    if name.startswith(HIDDEN):
        return True
    stem, _, end = name.rpartition("_") if name.endswith("_files") else name.rpartition(".")
    return end == "files" and any(other.startswith(f"{stem}.htm") for other in siblings)


def _folder(name: str) -> str:
    return str(PurePosixPath(name).parent)


def _promise(entry: _Entry) -> str:
    """What a file is by its name, else by its first bytes: report, picture, closed or other."""
    suffix = PurePosixPath(entry.name).suffix.lower()
    if suffix in CLOSED:
        return "closed"
    kinds = promised(suffix)
    if kinds:
        return "picture" if kinds <= PICTURES else "report"
    try:
        kind = sniff(entry.head())
    except (ReadError, OSError):
        return "report"  # it will say itself what is wrong with it
    return "report" if kind in TOLD_BY_CONTENT or (kind == "text" and not suffix) else "other"
