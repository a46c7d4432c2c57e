"""Plain text (纯文本): one block per line, and the characters exactly as in the file."""

from __future__ import annotations

import codecs
import re

from checker.errors import ReadError
from checker.model.report import Block

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
RESAVE = "用记事本或 WPS 打开核对，另存为 UTF-8 文本后再查。"
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
# What text does not hold: control characters save tab, line ends and page breaks; private use.
ODD = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]")
ODD_SHARE = 0.2


def read_text(data: bytes) -> tuple[Block, ...]:
    """Read plain text: joining the blocks with line feeds gives the decoded text again."""
    return tuple(Block(line) for line in decode(data).split("\n"))


def decode(data: bytes) -> str:
    """Decode (解码) UTF-8, UTF-16 with a mark, or GB18030, with line ends made into line feeds."""
    text = _decode_marked(data)
    if text is None:
        text = _decode_unmarked(data)
    if "\0" in text:
        raise ReadError(f"内容含有空字节，不是文本文件，或是没有标记的 UTF-16。{RESAVE}")
    if len(ODD.findall(text)) > ODD_SHARE * len(text):
        raise ReadError(f"内容含有大量乱码，不像文本文件。{RESAVE}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_marked(data: bytes) -> str | None:
    """Decode by the byte order mark; nothing where there is none."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            body = data[len(mark) :]
            try:
                return body.decode(encoding)
            except UnicodeDecodeError as error:
                line = body[: error.start].decode(encoding, "ignore").count("\n") + 1
            name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
            raise ReadError(f"文件标明是 {name}，但第 {line} 行有损坏或被截断的字节。{RESAVE}")
    return None


def _decode_unmarked(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    if _is_damaged_utf8(data):
        # GB18030 would often accept these bytes and give a whole report of wrong characters.
        raise ReadError(f"文件是 UTF-8，但第 {line} 行有损坏或被截断的字节。重新获取完整的文件，或{RESAVE}")
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ReadError(
            f"第 {line} 行的字节既不是 UTF-8 也不是 GB18030，文件损坏或不是文本。{RESAVE}"
        ) from None


def _is_damaged_utf8(data: bytes) -> bool:
    # GB18030 bytes taken as UTF-8 hardly ever form Han characters; damaged UTF-8 mostly does.
    text = data.decode("utf-8", "replace")
    return len(HAN.findall(text)) > text.count("\ufffd")
