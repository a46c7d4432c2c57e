"""What a file really is (文件真实类型), told by its bytes and not by its name."""

from __future__ import annotations

import io

from checker.errors import ReadError
from checker.readers.text import decode

KINDS = {
    "text": "纯文本",
    "markdown": "Markdown 文本",
    "docx": "Word 文档（.docx）",
    "doc": "旧版 Word（.doc）或 WPS 文档",
    "rtf": "RTF 文档",
    "odt": "OpenDocument 文档（.odt）",
    "wordxml": "Word XML 文档",
    "pdf": "PDF 文档",
    "ofd": "OFD 版式文档",
    "html": "网页（HTML）",
    "mhtml": "单文件网页（MHTML）",
    "image": "图片",
    "zip": "压缩包",
    "encrypted": "设了打开密码的文档",
    "sheet": "电子表格",
    "slides": "演示文稿",
    "archive": "压缩包（rar、7z 等）",
    "xml": "XML 文件",
    "binary": "无法辨认的数据",
}

# What each extension promises; .wps is written in either way.
PROMISES = {
    ".txt": {"text"}, ".text": {"text"}, ".md": {"markdown"}, ".markdown": {"markdown"},
    ".docx": {"docx"}, ".docm": {"docx"}, ".dotx": {"docx"}, ".doc": {"doc"}, ".dot": {"doc"},
    ".wps": {"doc", "docx"}, ".wpt": {"doc", "docx"}, ".rtf": {"rtf"}, ".odt": {"odt"},
    ".pdf": {"pdf"}, ".ofd": {"ofd"},
    ".html": {"html"}, ".htm": {"html"}, ".shtml": {"html"}, ".xhtml": {"html"},
    ".mhtml": {"mhtml"}, ".mht": {"mhtml"},
    ".png": {"image"}, ".jpg": {"image"}, ".jpeg": {"image"}, ".tif": {"image"}, ".tiff": {"image"},
    ".bmp": {"image"}, ".webp": {"image"}, ".zip": {"zip"},
}  # fmt: skip

SIGNATURES = (
    (b"%pdf-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89png\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"ii*\x00", "image"),
    (b"mm\x00*", "image"),
    (b"gif8", "image"),
    (b"rar!\x1a", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# In the order to ask for: Word puts a .docx with a password into an OLE file of its own.
STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "sheet"),
    ("Book", "sheet"),
    ("PowerPoint Document", "slides"),
)
MAIL_HEADERS = (b"mime-version:", b"from:", b"content-type: multipart/related")
HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<title", b"<div", b"<table")
HEAD = 4096


def sniff(data: bytes, encoding: str | None = None) -> str:
    """Tell the kind of content: a key of `KINDS`; never "markdown", which only a name can tell."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(OLE):
        # The name of a stream ends with zeros, as the same word in a text does not.
        return next((kind for name, kind in STREAMS if f"{name}\0".encode("utf-16-le") in data), "doc")
    start = data[:HEAD].lower()
    for signature, kind in SIGNATURES:
        if start.startswith(signature):
            return kind
    if _is_webp_or_bmp(data):
        return "image"
    if b"%pdf-" in start[:1024] and b"\x00" not in start[: start.index(b"%pdf-")]:
        # Some mailers put bytes of their own in front; the readers of the world all look for it.
        return "pdf"
    return _marked_up(data) or _text_or_binary(data, encoding)


def promised(suffix: str) -> set[str]:
    """The kinds that an extension promises (后缀); none for one that nobody knows."""
    return PROMISES.get(suffix.lower(), set())


def _zip_kind(data: bytes) -> str:
    # Imported here: a text needs neither, and they are slow to load.
    import zipfile

    from checker.readers.archive import ZIP_FAULTS

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename.replace("\\", "/").lower().lstrip("/") for info in archive.infolist()}
    except ZIP_FAULTS:
        # Cut off or damaged: the name of its first parts stands in clear at the beginning.
        names = {
            n for n in ("word/document.xml", "ofd.xml", "[content_types].xml") if n.encode() in data.lower()
        }
    if "ofd.xml" in names:
        return "ofd"
    if "[content_types].xml" in names:
        folders = {name.split("/")[0] for name in names}
        return "sheet" if "xl" in folders else "slides" if "ppt" in folders else "docx"
    if "word/document.xml" in names:
        return "docx"
    return "odt" if {"mimetype", "content.xml"} <= names else "zip"


def _is_webp_or_bmp(data: bytes) -> bool:
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return webp or (data[:2] == b"BM" and data[6:10] == b"\0\0\0\0" and len(data) > 54)


def _marked_up(data: bytes) -> str | None:
    """HTML, MHTML and XML: by the first tag or header, behind a mark, blanks and comments."""
    text = data[:HEAD]
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = text.replace(b"\0", b"")[2:]
    text = text.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(MAIL_HEADERS) and b"multipart/related" in data[:HEAD].lower():
        return "mhtml"
    if text.startswith(b"mime-version:") and b"text/html" in text:
        return "mhtml"
    is_xml = text.startswith(b"<?xml")
    while text.startswith((b"<!--", b"<?")):
        end = b"-->" if text.startswith(b"<!--") else b">"
        _, closed, text = text.partition(end)
        text = text.lstrip()
        if not closed:
            break
    if text.startswith(HTML_STARTS):
        return "html"
    if not is_xml:
        return None
    return "wordxml" if b"word.document" in data[:HEAD].lower() or b"<w:worddocument" in text else "xml"


def _text_or_binary(data: bytes, encoding: str | None) -> str:
    try:
        decode(data, encoding)
    except ReadError:
        return "binary"
    return "text"
