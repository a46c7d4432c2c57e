"""Archives (压缩包): a .zip as if it were a folder, opened in memory and within limits.

A path may lead into an archive: `各镇报告.zip/黑井镇/报告.docx`. Nothing is ever unpacked to disk,
so a name inside an archive can lead nowhere.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from checker.errors import ReadError

MAX_DEPTH = 3
MAX_MEMBERS = 10_000
MAX_MEMBER = 50 * 1024 * 1024
MAX_TOTAL = 2 * 1024 * 1024 * 1024
MAX_RATIO = 200
# Texts shrink to a tenth, very uniform ones to a fiftieth; small files may do as they like.
RATIO_MATTERS = 10 * 1024 * 1024
UNPACK = "请在自己的电脑上解压，核对后给出文件夹的路径再查。"

# The only two that Office and OFD allow; the others cannot be unpacked within a limit.
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)
UTF8_NAME = 0x800
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive (压缩包内文件), not yet unpacked."""

    archive: zipfile.ZipFile
    info: zipfile.ZipInfo
    fault: str = ""

    def read(self, most: int = MAX_MEMBER) -> bytes:
        """Its bytes, or the first of them. Raises ReadError where they are too many, too odd or damaged."""
        info = self.info
        if self.fault:
            raise ReadError(self.fault)
        if info.flag_bits & 1:
            raise ReadError(f"压缩包里的这个文件加了密码。{UNPACK}")
        if info.file_size > MAX_MEMBER or info.compress_type not in METHODS:
            raise ReadError(f"这个文件展开后超过 {MAX_MEMBER >> 20} MB，或压缩方式少见，未予展开。{UNPACK}")
        if info.file_size > RATIO_MATTERS and info.file_size > MAX_RATIO * info.compress_size:
            raise ReadError(f"这个文件的压缩比超过 {MAX_RATIO} 倍，大得异常，未予展开。{UNPACK}")
        try:
            with self.archive.open(info) as file:
                # With a number: without one the whole is unpacked before its declared size is looked at.
                return file.read(min(most, info.file_size + 1))
        except ZIP_FAULTS:
            raise ReadError("压缩包里的这个文件已损坏。请重新获取压缩包后再查。") from None


def members(path: Path) -> Mapping[str, Member]:
    """The files in an archive by their names inside it, those of archives in it too.

    Raises ReadError where it is damaged or beyond the limits, OSError where the file cannot be read.
    """
    state = path.stat()
    return _members(path, state.st_mtime_ns, state.st_size)


def split(path: Path) -> tuple[Path, str] | None:
    """The archive that a path leads into and the name inside it; nothing where it leads into none."""
    for parent in path.parents:
        if parent.suffix.lower() == ".zip" and parent.is_file():
            return parent, path.relative_to(parent).as_posix()
    return None


@lru_cache(maxsize=2)
def _members(path: Path, _changed: int, _size: int) -> Mapping[str, Member]:
    found: dict[str, Member] = {}
    total = 0
    for name, member in _walk(path, 1):
        total += member.info.file_size
        if len(found) >= MAX_MEMBERS or total > MAX_TOTAL:
            raise ReadError(
                f"压缩包里的文件超过 {MAX_MEMBERS} 个，或展开后超过 {MAX_TOTAL >> 30} GB，未予打开。{UNPACK}"
            )
        found[_other_than(found, name)] = member
    return found


def _other_than(taken: Mapping[str, Member], name: str) -> str:
    """A name may stand twice in an archive: neither file is to be lost."""
    pure, wanted, number = PurePosixPath(name), name, 1
    while wanted in taken:
        number += 1
        wanted = str(pure.with_name(f"{pure.stem}#{number}{pure.suffix}"))
    return wanted


def _walk(source: Path | io.BytesIO, depth: int) -> Iterator[tuple[str, Member]]:
    try:
        archive = zipfile.ZipFile(source)
        infos = archive.infolist()
    except ZIP_FAULTS as error:
        if isinstance(error, PermissionError | FileNotFoundError):
            raise
        raise ReadError("压缩包已损坏或不完整。请重新获取后再查。") from None
    for info in infos:
        name = _name(info)
        if info.is_dir() or not name:
            continue
        member = Member(archive, info)
        if name.lower().endswith(".zip"):
            yield from _nested(name, member, depth)
        else:
            yield name, member


def _nested(name: str, member: Member, depth: int) -> Iterator[tuple[str, Member]]:
    """The files of an archive in an archive; one that cannot be opened stands for itself."""
    try:
        if depth == MAX_DEPTH:
            raise ReadError(f"压缩包套了 {MAX_DEPTH} 层以上，未予打开。{UNPACK}")
        inside = list(_walk(io.BytesIO(member.read()), depth + 1))
    except ReadError as error:
        inside = []
        yield name, Member(member.archive, member.info, str(error))
    for inner, below in inside:
        yield f"{name}/{inner}", below


def _name(info: zipfile.ZipInfo) -> str:
    """The name as people wrote it (文件名): Chinese Windows writes GBK without saying so."""
    name = info.filename
    if not info.flag_bits & UTF8_NAME:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = [CONTROL.sub("\ufffd", part).strip() for part in name.replace("\\", "/").split("/")]
    return "/".join(part for part in parts if part not in ("", ".", ".."))
