"""What a file really is (文件真实类型), told by its bytes and not by its name."""

from __future__ import annotations

from checker.errors import ReadError
from checker.readers.text import decode

SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"mime-version:", "html"),
    (b"<?xml", "xml"),
)

NAMES = {
    "zip": "压缩包或 Word 文档",
    "ole": "旧版 Word（.doc）或 WPS 文档",
    "encrypted": "设了打开密码的文档",
    "pdf": "PDF 文档",
    "rtf": "RTF 文档",
    "html": "网页（HTML）",
    "xml": "XML 文件",
    "text": "纯文本",
    "binary": "无法辨认的数据",
}

CONVERT = "用 WPS 或 Word 打开，另存为 .docx 后再查。"
ADVICE = {
    "zip": "若是 Word 文档，把后缀改为 .docx 后再查；若是压缩包，请先解压。",
    "encrypted": "用 WPS 或 Word 打开，去掉打开密码，另存为 .docx 后再查。",
    "html": "在浏览器中打开，把正文复制到 WPS 或 Word，存为 .docx 后再查。",
    "text": "把后缀改为 .txt，或" + CONVERT,
    "binary": "文件可能已损坏，请重新获取后再查。",
}


def sniff(data: bytes) -> str:
    """Tell the kind of content: a key of `NAMES`."""
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for signature, kind in SIGNATURES:
        if start.startswith(signature.lower()):
            return "encrypted" if kind == "ole" and _is_encrypted(data) else kind
    try:
        decode(data)
    except ReadError:
        return "binary"
    return "text"


def check_content(suffix: str, data: bytes) -> None:
    """Raise where suffix and content disagree (后缀与内容不符)."""
    kind = sniff(data)
    if kind == ("zip" if suffix == ".docx" else "text"):
        return
    if suffix != ".docx" and kind == "binary":
        # The reader of texts knows better what is wrong, and where.
        return
    if kind == "encrypted":
        raise ReadError(f"文档设了打开密码。{ADVICE[kind]}")
    raise ReadError(f"后缀是 {suffix}，内容却是{NAMES[kind]}。{ADVICE.get(kind, CONVERT)}")


def _is_encrypted(data: bytes) -> bool:
    # Word puts a .docx with a password into an OLE file with a stream of this name.
    return "EncryptedPackage".encode("utf-16-le") in data
