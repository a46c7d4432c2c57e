"""READ (读取): a file into a document, one module per kind of content.

A reader is a function from bytes to a `Document`; it raises `ReadError` with the fault and the
advice, and this door puts the name of the file in front. Any bytes give a document or `ReadError`.
What a file is, its content tells; a name that says otherwise is noted.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from checker.errors import ReadError
from checker.model.document import Document
from checker.readers.content import HEAD, KINDS, PROMISES, promised, sniff
from checker.readers.markdown import read_markdown
from checker.readers.text import HAN, read_text

__all__ = ["MAX_BYTES", "SUFFIXES", "file_bytes", "is_plain", "read_bytes", "read_document"]

MAX_BYTES = 50 * 1024 * 1024
MAX_CHARACTERS = 2_000_000

# Imported when the first such file comes: their libraries are slow to load and most runs need one of them.


def _read_docx(data: bytes, _encoding: str | None) -> Document:
    from checker.readers.docx import read_docx

    return read_docx(data)


def _read_doc(data: bytes, _encoding: str | None) -> Document:
    from checker.readers.doc import read_doc

    return read_doc(data)


def _read_rtf(data: bytes, _encoding: str | None) -> Document:
    from checker.readers.libreoffice import read_rtf

    return read_rtf(data)


def _read_odt(data: bytes, _encoding: str | None) -> Document:
    from checker.readers.libreoffice import read_odt

    return read_odt(data)


def _read_wordxml(data: bytes, _encoding: str | None) -> Document:
    from checker.readers.libreoffice import read_wordxml

    return read_wordxml(data)


def _read_pdf(data: bytes, _encoding: str | None) -> Document:
    from checker.readers.pdf import read_pdf

    return read_pdf(data)


def _read_ofd(data: bytes, _encoding: str | None) -> Document:
    from checker.readers.ofd import read_ofd

    return read_ofd(data)


def _read_html(data: bytes, encoding: str | None) -> Document:
    from checker.readers.html import read_html

    return read_html(data, encoding)


def _read_mhtml(data: bytes, encoding: str | None) -> Document:
    from checker.readers.html.mhtml import read_mhtml

    return read_mhtml(data, encoding)


def _read_image(data: bytes, _encoding: str | None) -> Document:
    from checker.readers.ocr import read_image

    return read_image(data)


Reader = Callable[[bytes, str | None], Document]
READERS: dict[str, Reader] = {
    "text": read_text,
    "markdown": read_markdown,
    "docx": _read_docx,
    "doc": _read_doc,
    "rtf": _read_rtf,
    "odt": _read_odt,
    "wordxml": _read_wordxml,
    "pdf": _read_pdf,
    "ofd": _read_ofd,
    "html": _read_html,
    "mhtml": _read_mhtml,
    "image": _read_image,
}
SUFFIXES = tuple(suffix for suffix, kinds in PROMISES.items() if kinds & READERS.keys())

LEFTOVERS = ("~$", "._")
CONVERT = "用 WPS 或 Word 打开，另存为 .docx 后再查。"
ADVICE = {
    "encrypted": "用 WPS 或 Word 打开，去掉打开密码，另存为 .docx 后再查。",
    "zip": "请给出它的路径，由程序打开；或先解压。",
    "archive": "请先解压，或改用 .zip。",
    "sheet": "请选报告正文所在的 Word 文档。",
    "slides": "请选报告正文所在的 Word 文档。",
    "binary": "文件可能已损坏，请重新获取后再查。",
}


def read_document(path: Path, encoding: str | None = None) -> Document:
    """Read a report file (读取文件), also one inside an archive: `各镇报告.zip/黑井镇/报告.docx`.

    encoding: of a text or a page, where the bytes mislead; other kinds ignore it. Raises ReadError.
    """
    return read_bytes(str(path), file_bytes(path), encoding)


def file_bytes(path: Path) -> bytes:
    """The bytes of a regular file, or of one inside an archive. Raises ReadError."""
    name = str(path)
    try:
        return _from_disk(path)
    except ReadError as error:
        raise ReadError(f"{name}: {error}") from None
    except (FileNotFoundError, NotADirectoryError):
        data = _from_archive(path)
        if data is not None:
            return data
        raise ReadError(f"{name}: 找不到这个文件。核对路径和文件名后再查。") from None
    except PermissionError:
        raise ReadError(f"{name}: 没有读取权限。请关闭占用它的程序或修改文件权限后再查。") from None
    except (OSError, ValueError) as error:
        raise ReadError(f"{name}: 读取失败（{error}）。核对路径，或把文件复制到本机硬盘后再查。") from None


def is_plain(data: bytes) -> bool:
    """Whether no library of others will be asked to read these bytes (纯文本)."""
    return sniff(data[:HEAD]) in ("text", "binary")


def read_bytes(name: str, data: bytes, encoding: str | None = None) -> Document:
    """Read a report that is already in memory (读取内存中的文件): standard input, a file in an archive."""
    try:
        document = _read(Path(name).suffix.lower(), data, encoding)
        _check_text(document)
    except ReadError as error:
        raise ReadError(f"{name}: {error}") from None
    return document


def _from_archive(path: Path) -> bytes | None:
    """The bytes of a file inside an archive; nothing where the path leads into none."""
    if ".zip" not in str(path).lower():
        return None
    from checker.readers.archive import members, split

    place = split(path)
    if place is None:
        return None
    archive, name = place
    try:
        member = members(archive).get(name)
        return None if member is None else member.read()
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from None
    except OSError as error:
        raise ReadError(f"{path}: 压缩包读取失败（{error}）。核对路径后再查。") from None


def _from_disk(path: Path) -> bytes:
    """The bytes of a regular file, as it stood at one moment."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise ReadError("这是文件夹，不是文件。请给出文件夹里某一份报告的路径。")
    if not stat.S_ISREG(mode):
        # A pipe or device could block for ever or never end.
        raise ReadError("这不是普通文件（是管道或设备）。请先存成文件，或从标准输入读取。")
    if path.name.startswith(LEFTOVERS):
        raise ReadError("这是 Word 或系统留下的临时文件，不是报告。请改用同名的正式文件。")
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        # One byte more than allowed is enough to know that it is too large.
        data = file.read(MAX_BYTES + 1)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ReadError("文件在读取时被改动。请关闭正在编辑或同步它的程序，再查一次。")
    return data


def _read(suffix: str, data: bytes, encoding: str | None) -> Document:
    if not data:
        raise ReadError("文件是空的（0 字节）。核对是否选错文件，或重新获取后再查。")
    if len(data) > MAX_BYTES:
        raise ReadError("文件超过 50 MB，不像一份年度报告。删去图片，另存为较小的 .docx 后再查。")
    kinds = promised(suffix)
    kind = sniff(data, encoding)
    if kind == "text" and kinds == {"markdown"}:
        kind = "markdown"
    if kind == "zip" and kinds & {"docx", "ofd"}:
        # Damaged or incomplete: its reader tells what is missing.
        kind = next(iter(kinds & {"docx", "ofd"}))
    if kind == "binary" and kinds & {"text", "markdown", "html"}:
        # The reader of texts knows better what is wrong, and where.
        kind = next(iter(kinds))
    note = f"后缀是 {suffix}，内容是“{KINDS[kind]}”" if suffix and kind not in kinds else ""
    if kind not in READERS:
        raise ReadError(f"{note or f'不能读取{KINDS[kind]}'}。{ADVICE.get(kind, CONVERT)}")
    document = READERS[kind](data, encoding)
    if note:
        document = replace(document, notes=(f"{note}，已按内容读取。", *document.notes))
    return document


def _check_text(document: Document) -> None:
    characters = sum(len(block.text) for block in document.blocks)
    if characters > MAX_CHARACTERS:
        raise ReadError(
            f"正文有 {characters} 字，超过 {MAX_CHARACTERS} 字的上限，不像一份年度报告。请确认文件后再查。"
        )
    if not any(HAN.search(block.text) for block in document.blocks):
        raise ReadError("文件里没有汉字。若正文是扫描图片，请先做文字识别，存为 .docx 或 .txt 后再查。")
