"""Plain text (纯文本): one block per line, and the characters exactly as in the file."""

from __future__ import annotations

import codecs
import re

from checker.errors import ReadError
from checker.model.document import Block, Document

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
RESAVE = "用记事本或 WPS 打开核对，另存为 UTF-8 文本后再查。"
CUT = "文件末尾断在半个字上，后面的内容可能没有传全"
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
HAN_RUN = re.compile(f"{HAN.pattern}+")
USUAL = re.compile("[\t\r\n -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# What text does not hold: control characters save tab, line ends and page breaks; private use.
ODD = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]")
ODD_SHARE = 0.2
# GB2312 and GBK are parts of GB18030, and what declares itself as one of them often is the whole.
WIDENED = {"gb2312": "gb18030", "gbk": "gb18030"}


def read_text(data: bytes, encoding: str | None = None) -> Document:
    """Read plain text: joining the blocks with line feeds gives the decoded text again."""
    text, doubt = decode_to_the_end(data, encoding)
    return Document("text", tuple(Block(line) for line in text.split("\n")), doubt=doubt)


def count_han(text: str) -> int:
    """How many Han characters a text has; by runs, for a list of them all would fill the memory."""
    return sum(map(len, HAN_RUN.findall(text)))


def known_encoding(name: str) -> str | None:
    """The codec to use for the name of an encoding (编码); nothing where it is none of text."""
    try:
        codec = codecs.lookup(name)
        b"\0".decode(codec.name, "ignore")  # refuses codecs such as zlib, which are none of text
    except (LookupError, ValueError):
        return None
    return WIDENED.get(codec.name, codec.name)


def decode(data: bytes, encoding: str | None = None) -> str:
    """Decode (解码) as `decode_to_the_end`, without asking whether the end is there."""
    return decode_to_the_end(data, encoding)[0]


def decode_to_the_end(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Decode a text, and tell whether it is cut off inside its last character (截断).

    encoding: where given, it alone; else UTF-8, UTF-16 or GB18030, by mark and by what the bytes
    allow. Line ends become line feeds. The second string is the doubt, empty for a whole text.
    """
    if encoding:
        text, cut = _decode_as(data, _codec(encoding), f"按 {encoding} 读取，")
    else:
        text, cut = _decode_marked(data) or _decode_unmarked(data)
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise ReadError(f"内容含有空字节，不是文本文件。{RESAVE}")
    if len(ODD.findall(text)) > ODD_SHARE * len(text):
        raise ReadError(
            f"内容含有大量乱码，不像文本文件。若是繁体等其他编码，用 --encoding 指明（如 big5）；或{RESAVE}"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), CUT if cut else ""


def _codec(encoding: str) -> str:
    codec = known_encoding(encoding)
    if codec is None:
        raise ReadError(f"不认识编码 {encoding}。可用 utf-8、gb18030、utf-16、big5 等。")
    return codec


def _decode_as(data: bytes, codec: str, lead: str) -> tuple[str, bool]:
    """The text in one encoding, and whether its last character is cut off."""
    try:
        return data.decode(codec), False
    except UnicodeDecodeError as error:
        if _is_cut(error):
            return data[: error.start].decode(codec), True
        line = data[: error.start].decode(codec, "ignore").count("\n") + 1
    except UnicodeError:
        line = 1
    raise ReadError(f"{lead}第 {line} 行有损坏的字节。{RESAVE}")


def _is_cut(error: UnicodeDecodeError) -> bool:
    """Whether the bytes end inside a character, all before it being right."""
    data = error.object
    unfinished = ("unexpected end", "incomplete", "truncated")
    return error.start > 0 and len(data) - error.start <= 3 and error.reason.startswith(unfinished)


def _decode_marked(data: bytes) -> tuple[str, bool] | None:
    """Decode by the byte order mark; nothing where there is none."""
    for mark, codec in BOMS:
        if data.startswith(mark):
            name = codec.upper().removesuffix("-LE").removesuffix("-BE")
            return _decode_as(data[len(mark) :], codec, f"文件标明是 {name}，但")
    return None


def _decode_unmarked(data: bytes) -> tuple[str, bool]:
    if b"\0" in data and (found := _decode_utf16(data)):
        return found
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError as error:
        if _is_cut(error) and HAN.search(text := data[: error.start].decode("utf-8")):
            return text, True
        line = data[: error.start].count(b"\n") + 1
    if _is_damaged_utf8(data):
        # GB18030 would often accept these bytes and give a whole report of wrong characters.
        raise ReadError(f"文件是 UTF-8，但第 {line} 行有损坏的字节。重新获取完整的文件，或{RESAVE}")
    return _decode_as(data, "gb18030", "既不是 UTF-8 也不是 GB18030，")


def _decode_utf16(data: bytes) -> tuple[str, bool] | None:
    """UTF-16 without a mark (无标记的 UTF-16): where one of its two orders gives ordinary text."""
    for codec in ("utf-16-le", "utf-16-be"):
        text = data.decode(codec, "ignore")
        if len(USUAL.findall(text)) > 0.9 * len(text) and HAN.search(text):
            return text, bool(len(data) % 2)
    return None


def _is_damaged_utf8(data: bytes) -> bool:
    # GB18030 bytes taken as UTF-8 hardly ever form Han characters; damaged UTF-8 mostly does.
    text = data.decode("utf-8", "replace")
    return count_han(text) > text.count("\ufffd")
