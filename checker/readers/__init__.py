"""READ (读取): a file into blocks, one module per kind of document.

A reader is a function from bytes to blocks; it raises `ReadError` with the fault and the advice,
and this door puts the name of the file in front. Any bytes give blocks or `ReadError`.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from checker.errors import ReadError
from checker.model.report import Block
from checker.readers.content import check_content, sniff
from checker.readers.markdown import read_markdown
from checker.readers.text import HAN, read_text

__all__ = ["SUFFIXES", "read_blocks", "read_bytes"]

MAX_BYTES = 50 * 1024 * 1024


def _read_docx(data: bytes) -> tuple[Block, ...]:
    # Imported when the first .docx comes: lxml is slow to load and most commands do not need it.
    from checker.readers.docx import read_docx

    return read_docx(data)


READERS: dict[str, Callable[[bytes], tuple[Block, ...]]] = {
    ".docx": _read_docx,
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
}
SUFFIXES = tuple(READERS)

CONVERTIBLE = frozenset({".doc", ".docm", ".dot", ".dotx", ".wps", ".wpt", ".pdf", ".ofd", ".rtf", ".odt"})
LEFTOVERS = ("~$", "._")


def read_blocks(path: Path) -> tuple[Block, ...]:
    """Read a report file (读取文件)."""
    name = str(path)
    try:
        _check_file(path)
        _check_suffix(path.suffix.lower())
        with path.open("rb") as file:
            # One byte more than allowed is enough to know that it is too large.
            data = file.read(MAX_BYTES + 1)
    except ReadError as error:
        raise ReadError(f"{name}: {error}") from None
    except FileNotFoundError:
        raise ReadError(f"{name}: 找不到这个文件。核对路径和文件名后再查。") from None
    except PermissionError:
        raise ReadError(f"{name}: 没有读取权限。请关闭占用它的程序或修改文件权限后再查。") from None
    except (OSError, ValueError) as error:
        raise ReadError(f"{name}: 读取失败（{error}）。核对路径，或把文件复制到本机硬盘后再查。") from None
    return read_bytes(name, data)


def read_bytes(name: str, data: bytes) -> tuple[Block, ...]:
    """Read a report that is already in memory (读取标准输入); a name without suffix goes by content."""
    try:
        if not data:
            raise ReadError("文件是空的（0 字节）。核对是否选错文件，或重新获取后再查。")
        if len(data) > MAX_BYTES:
            raise ReadError("文件超过 50 MB，不像一份年度报告。删去图片，另存为较小的 .docx 后再查。")
        suffix = Path(name).suffix.lower() or _suffix_by_content(data)
        _check_suffix(suffix)
        check_content(suffix, data)
        blocks = READERS[suffix](data)
        if not any(HAN.search(block.text) for block in blocks):
            raise ReadError("文件里没有汉字。若正文是扫描图片，请先做文字识别，存为 .docx 或 .txt 后再查。")
    except ReadError as error:
        raise ReadError(f"{name}: {error}") from None
    return blocks


def _suffix_by_content(data: bytes) -> str:
    return ".docx" if sniff(data) in {"zip", "ole", "encrypted"} else ".txt"


def _check_file(path: Path) -> None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise ReadError("这是文件夹，不是文件。请给出文件夹里某一份报告的路径。")
    if not stat.S_ISREG(mode):
        # A pipe or device could block for ever or never end.
        raise ReadError("这不是普通文件（是管道或设备）。请先存成文件，或从标准输入读取。")
    if path.name.startswith(LEFTOVERS):
        raise ReadError("这是 Word 或系统留下的临时文件，不是报告。请改用同名的正式文件。")


def _check_suffix(suffix: str) -> None:
    if suffix in READERS:
        return
    if suffix in CONVERTIBLE:
        raise ReadError(f"不能直接读取 {suffix} 文件。用 WPS 或 Word 另存为 .docx 后再查。")
    fault = f"不认识后缀 {suffix}" if suffix else "文件名没有后缀"
    raise ReadError(f"{fault}。可用: {'、'.join(SUFFIXES)}。用 WPS 或 Word 另存为 .docx 后再查。")
