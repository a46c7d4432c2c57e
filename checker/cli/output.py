"""Results as files (写出): all of them or none, and never over a report."""

from __future__ import annotations

import os
import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from checker.cli.paths import real
from checker.cli.terminal import complain
from checker.errors import OutputError

SUFFIX = "-核查报告.docx"
RESULT_NAME = "核查结果.json"
# Ends of the names that the program gives: what bears one is no report.
RESULT_ENDS = (
    SUFFIX, "-函.docx", "-通知.docx", "-函-草稿.docx", "-通知-草稿.docx", "-合并打印.docx",
    "-批注.docx", "-销号表.docx",
)  # fmt: skip
_UNWRITABLE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
# together with the ending no more than the 255 bytes a name may have
_LONGEST, _LONGEST_FOLDER = 50, 20


def is_result(name: str) -> bool:
    """Whether a file of this name was written by the program."""
    return name.endswith(RESULT_ENDS) or name == RESULT_NAME


def file_names(
    sources: Sequence[str], *, folder: Path, suffix: str = SUFFIX, kept: Sequence[Path] = ()
) -> list[str]:
    """A name for the result of each source: its own, with folder or kind where two are alike.

    kept: further files that must not be written over.
    """
    inputs = {real(path) for path in (*map(Path, sources), *kept)}
    taken: set[str] = set()
    names = []
    for wanted in _wanted(sources):
        name, number = wanted + suffix, 1
        while name.casefold() in taken or real(folder / name) in inputs:
            number += 1
            name = f"{wanted}-{number}{suffix}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _wanted(sources: Sequence[str]) -> list[str]:
    places = [(real(source).parent, _stem(source).casefold()) for source in sources]
    here, anywhere = Counter(places), Counter(stem for _, stem in places)
    wanted = []
    for source, (parent, key) in zip(sources, places, strict=True):
        name = _stem(source)
        if here[parent, key] > 1 and Path(source).suffix:
            name += f"（{Path(source).suffix[1:]}）"  # the same report as .docx and as .pdf
        if anywhere[key] > here[parent, key] and source != "-" and parent.name:
            name = f"{_writable(parent.name)[:_LONGEST_FOLDER]}-{name}"
        wanted.append(name)
    return wanted


def _stem(source: str) -> str:
    return "标准输入" if source == "-" else _writable(Path(source).stem)[:_LONGEST]


def _writable(name: str) -> str:
    """A name that any system can write, from an archive or another system."""
    return _UNWRITABLE.sub("_", name)


def spare_names(
    sources: Sequence[str], contents: Sequence[bytes], *, folder: Path, suffix: str, kept: Sequence[Path] = ()
) -> list[str]:
    """Names under which nothing else stands: neither a report nor a letter that somebody has edited."""
    avoided = list(kept)
    wanted = names = file_names(sources, folder=folder, suffix=suffix, kept=avoided)
    while others := [
        folder / name for name, data in zip(names, contents, strict=True) if _is_other(folder / name, data)
    ]:
        avoided += others
        names = file_names(sources, folder=folder, suffix=suffix, kept=avoided)
    for before, name in zip(wanted, names, strict=True):
        if before != name:
            complain(f"{folder / before} 已有不同的内容，没有改写；这次的写到 {name}。")
    return names


def _is_other(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() != data
    except FileNotFoundError:
        return False
    except OSError:
        return True


def check_folder(folder: Path) -> None:
    """Whether results can go there, asked before the work is done. Raises OutputError."""
    existing = next((path for path in (folder, *folder.parents) if path.exists()), Path("."))
    if not existing.is_dir():
        raise OutputError(f"{existing} 是文件，不是文件夹，里面放不了结果。请换一个文件夹。")
    if not os.access(existing, os.W_OK):
        raise OutputError(f"{existing} 没有写入权限。请换一个文件夹。")


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write all files beside their places, then put them there. Raises OutputError."""
    waiting: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            waiting.append((_written_beside(folder, data), folder / name))
        done = []
        while waiting:
            temporary, target = waiting[0]
            os.replace(temporary, target)
            done.append(target)
            del waiting[0]
        return done
    except OSError as error:
        raise OutputError(_fault(folder, error)) from error
    finally:
        for temporary, _ in waiting:
            with suppress(OSError):
                temporary.unlink()


def _written_beside(folder: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=".fazhi-", suffix=".tmp", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        path.chmod(0o666 & ~_umask())
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _fault(folder: Path, error: OSError) -> str:
    place = error.filename2 or error.filename or folder
    return f"{place} 写不进去（{error.strerror or error}）。请关闭正在打开它的程序，或换一个文件夹。"
