"""The package (文档包): the ZIP file around a .docx or an .ofd, opened within limits."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from checker.errors import ReadError
from checker.readers.archive import MAX_RATIO, METHODS, RATIO_MATTERS, ZIP_FAULTS

Element = Any  # lxml has no types of its own.
Bytes = bytes  # `Package.bytes` hides the name inside the class

MAX_UNPACKED = 200 * 1024 * 1024
MAX_PART = 50 * 1024 * 1024
RESAVE = "用 WPS 或 Word 打开核对，另存为新的 .docx 后再查。"


class Package:
    """A package of parts (部件), read one by one; names are compared without case, as the standard says."""

    def __init__(self, data: bytes, *, what: str = "docx", advice: str = RESAVE) -> None:
        self._what, self._advice = what, advice
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except ZIP_FAULTS:
            raise ReadError(f"{what} 压缩包已损坏或不完整。请重新获取，或{advice}") from None
        self._check_size(parts, len(data))
        self._parts = {_normal(part.filename): part for part in parts}

    def bytes(self, name: str) -> Bytes | None:
        """A part as it is; nothing where the package has no such part."""
        part = self._parts.get(_normal(name))
        return None if part is None else self._unpack(part)

    def xml(self, name: str) -> Element | None:
        """The root of an XML part; nothing where the package has no such part."""
        data = self.bytes(name)
        return None if data is None else self.parse(data, name)

    def names(self) -> tuple[str, ...]:
        """The names of all parts, in lower case and with plain slashes."""
        return tuple(self._parts)

    def related(self, part: str, kind: str) -> str | None:
        """The name of the part that `part` ("" the package itself) names as its `kind`."""
        return next((name for _, sort, name in self.relations(part) if sort == kind), None)

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """What a part names inside the package: by its id, the last word of its kind, and the name."""
        folder, base = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        return [
            (
                one.get("Id", ""),
                one.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
            )
            for one in (() if root is None else root)
            if one.get("TargetMode") != "External"
        ]

    def _unpack(self, part: zipfile.ZipInfo) -> Bytes:
        if part.flag_bits & 1:
            raise ReadError(f"{self._what} 压缩包加了密码。去掉密码，{self._advice}")
        if part.file_size > MAX_PART or part.compress_type not in METHODS:
            raise ReadError(f"{self._what} 中的 {part.filename} 过大或压缩方式异常，未予展开。{self._advice}")
        try:
            with self._zip.open(part) as file:
                # With a number: without one the whole is unpacked before its declared size is looked at.
                return file.read(part.file_size + 1)
        except ZIP_FAULTS:
            raise ReadError(
                f"{self._what} 中的 {part.filename} 已损坏。请重新获取，或{self._advice}"
            ) from None

    def _check_size(self, parts: list[zipfile.ZipInfo], packed: int) -> None:
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MAX_UNPACKED or (unpacked > RATIO_MATTERS and unpacked > MAX_RATIO * packed):
            raise ReadError(
                f"{self._what} 展开后有 {unpacked // 1024 // 1024} MB，大得异常，未予展开。删去图片，{self._advice}"
            )

    def parse(self, data: Bytes, name: str) -> Element:
        """The root of a part's XML. Raises ReadError where it is damaged or declares entities."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.LxmlError, ValueError, LookupError):
            raise ReadError(
                f"{self._what} 中的 {name} 不是正确的 XML，文件已损坏。请重新获取，或{self._advice}"
            ) from None
        if root.getroottree().docinfo.internalDTD is not None:
            # The standard forbids it; it serves only entity bombs.
            raise ReadError(f"{self._what} 中的 {name} 含有不允许的 DTD 声明，未予读取。{self._advice}")
        return root


def _normal(name: str) -> str:
    # Some programs write Windows separators into the package.
    return name.replace("\\", "/").lstrip("/").lower()
