"""The door of the READ stage (读取入口): which reader, and every refusal with file, fault and advice."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import checker.readers as readers
from checker.errors import ReadError
from checker.model.document import Block
from checker.readers import SUFFIXES, read_bytes, read_document
from checker.readers.content import KINDS, PROMISES, sniff

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
HTML = "<!DOCTYPE html><html><body>年度报告</body></html>".encode()


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def archive(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return buffer.getvalue()


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(ReadError) as error:
        read_bytes(name, data)
    message = str(error.value)
    assert message.startswith(f"{name}: ")
    assert message.endswith("。")
    return message


def test_the_suffix_chooses_the_reader(tmp_path: Path) -> None:
    for name in ("a.txt", "a.text", "A.TXT"):
        (tmp_path / name).write_text("# 年度报告", "utf-8")
        assert read_document(tmp_path / name).blocks == (Block("# 年度报告"),)
    for name in ("a.md", "a.markdown"):
        (tmp_path / name).write_text("# 年度报告", "utf-8")
        assert read_document(tmp_path / name).blocks == (Block("年度报告", level=1),)
    (tmp_path / "报告.DOCX").write_bytes(word("年度报告", ""))
    assert read_document(tmp_path / "报告.DOCX").blocks == (Block("年度报告"), Block(""))


def test_every_kind_that_is_read_has_a_name_and_an_extension() -> None:
    promised = set().union(*(PROMISES[suffix] for suffix in SUFFIXES))
    assert readers.READERS.keys() <= KINDS.keys()
    assert readers.READERS.keys() - promised == {"wordxml"}  # Word gives it the extension .doc or .xml


def test_standard_input_without_a_suffix_goes_by_content() -> None:
    assert read_bytes("标准输入", "年度报告".encode()).blocks == (Block("年度报告"),)
    assert read_bytes("-", word("年度报告")).blocks == (Block("年度报告"),)
    assert "加密" in refusal("-", OLE) or "Word" in refusal("-", OLE)
    assert "PDF" in refusal("-", b"%PDF-1.4\n\x00")


@pytest.mark.parametrize(
    ("name", "data", "kind", "note"),
    [
        ("a.docx", "年度报告".encode("gbk"), "text", "后缀是 .docx，内容是“纯文本”"),
        ("a.txt", word("年度报告"), "docx", "后缀是 .txt，内容是“Word 文档"),
        ("a.wps", word("年度报告"), "docx", ""),
        ("a.doc", HTML, "html", "后缀是 .doc，内容是“网页"),
        ("a.txt", b"\xef\xbb\xbf \n<!-- saved -->" + HTML, "html", "后缀是 .txt，内容是“网页"),
        ("a.md", "# 年度报告".encode(), "markdown", ""),
        ("报告", "年度报告".encode(), "text", ""),
        ("a.xyz", "年度报告".encode(), "text", "后缀是 .xyz"),
    ],
)  # fmt: skip
def test_content_decides_and_a_name_that_says_otherwise_is_noted(
    name: str, data: bytes, kind: str, note: str
) -> None:
    document = read_bytes(name, data)
    assert document.kind == kind
    assert "年度报告" in document.blocks[0].text
    assert (
        [n for n in document.notes if n.startswith(note)] == list(document.notes)
        if note
        else not document.notes
    )


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("[Content_Types].xml", "word/document.xml"), "docx"),
        (("[Content_Types].xml", "xl/workbook.xml"), "sheet"),
        (("[Content_Types].xml", "ppt/presentation.xml"), "slides"),
        (("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (("mimetype", "content.xml"), "odt"),
        (("甲.docx",), "zip"),
    ],
)
def test_what_a_zip_is_its_parts_tell(names: tuple[str, ...], kind: str) -> None:
    assert sniff(archive(**dict.fromkeys(names, "x"))) == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (OLE + "WordDocument\0".encode("utf-16-le"), "doc"),
        (OLE + "EncryptedPackage\0".encode("utf-16-le") + "WordDocument\0".encode("utf-16-le"), "encrypted"),
        (OLE + "Workbook\0".encode("utf-16-le"), "sheet"),
        (OLE + "Bookman Old Style".encode("utf-16-le"), "doc"),
        (b"\r\n%PDF-1.7", "pdf"),
        (b"{\\rtf1 }", "rtf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"II*\x00", "image"),
        (b"RIFF\0\0\0\0WEBPVP8", "image"),
        (b"Rar!\x1a\x07", "archive"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;", "mhtml"),
        ("<html>".encode("utf-16"), "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html/>", "html"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument/>", "wordxml"),
        (b"<?xml version='1.0'?><w/>", "xml"),
        ("报告里写了 <html> 三个字".encode(), "text"),
        (b"\x00\x01\x02", "binary"),
    ],
)
def test_signatures_tell_what_a_file_is(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"没有\.txt: 找不到这个文件"):
        read_document(tmp_path / "没有.txt")
    with pytest.raises(ReadError, match="这是文件夹"):
        read_document(tmp_path)
    (tmp_path / "夹.txt").mkdir()
    with pytest.raises(ReadError, match="这是文件夹"):
        read_document(tmp_path / "夹.txt")


def test_impossible_names_are_refused() -> None:
    for name in ("坏\0名.txt", "长" * 5000 + ".txt"):
        with pytest.raises(ReadError, match="读取失败"):
            read_document(Path(name))


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object) -> None:
        raise PermissionError(13, "denied")

    path = tmp_path / "a.txt"
    path.write_text("年度报告", "utf-8")
    monkeypatch.setattr(Path, "open", deny)
    with pytest.raises(ReadError, match=r"a\.txt: 没有读取权限"):
        read_document(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(ReadError, match="不是普通文件"):
        read_document(tmp_path / "a.txt")


def test_the_lock_file_of_word_is_refused_as_such(tmp_path: Path) -> None:
    (tmp_path / "~$报告.docx").write_bytes(b"\x05user" + bytes(150))
    with pytest.raises(ReadError, match="临时文件"):
        read_document(tmp_path / "~$报告.docx")


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.txt", b"", "空的"),
        ("a.docx", b"", "空的"),
        ("a.txt", b"\xef\xbb\xbf", "没有汉字"),
        ("a.txt", b" \n\n", "没有汉字"),
        ("a.md", b"# Report 2024\n", "没有汉字"),
        ("a.docx", word("2024", ""), "没有汉字"),
        ("a.txt", bytes(range(256)), "不是 UTF-8"),
        ("a.txt", archive(a="1"), "内容是“压缩包"),
        ("a.docx", OLE + "EncryptedPackage\0".encode("utf-16-le"), "打开密码"),
        ("a.docx", OLE + "Workbook\0".encode("utf-16-le"), "电子表格"),
        ("a.docx", b"<?xml version='1.0'?><w/>", "内容是“XML"),
        ("a.docx", b"\x00\x01\x02", "内容是“无法辨认"),
        ("a.docx", archive(a="1"), "没有 Word 正文"),
        ("a.docx", b"PK\x03\x04 not a zip", "已损坏"),
        ("a.rar", b"Rar!\x1a\x07\x00", "解压"),
    ],
)  # fmt: skip
def test_content_that_is_no_report_is_refused(name: str, data: bytes, fault: str) -> None:
    assert fault in refusal(name, data)


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("年度报告", "utf-8")
    real = os.fstat
    states: list[os.stat_result] = []

    def grown(handle: int) -> os.stat_result:
        if states:
            path.write_text("年度报告，又写了几句", "utf-8")
        states.append(real(handle))
        return states[-1]

    monkeypatch.setattr(os, "fstat", grown)
    with pytest.raises(ReadError, match="在读取时被改动"):
        read_document(path)


def test_more_characters_than_a_report_can_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_CHARACTERS", 10)
    with pytest.raises(ReadError, match="超过 10 字的上限"):
        read_bytes("a.txt", ("报" * 11).encode())


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_BYTES", 100)
    (tmp_path / "a.txt").write_bytes("报".encode() * 33)
    assert read_document(tmp_path / "a.txt").blocks == (Block("报" * 33),)
    (tmp_path / "a.txt").write_bytes("报".encode() * 34)
    with pytest.raises(ReadError, match="超过 50 MB"):
        read_document(tmp_path / "a.txt")


def test_the_limit_is_fifty_megabytes() -> None:
    assert readers.MAX_BYTES == 50 * 1024 * 1024


def test_importing_the_readers_does_not_load_lxml() -> None:
    script = "import sys, checker.readers; sys.exit('lxml' in sys.modules or 'zipfile' in sys.modules)"
    root = Path(readers.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0


BEGINNINGS = st.sampled_from(
    [b"", b"PK\x03\x04", OLE[:8], b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", "报告".encode()]
)
NAMES = st.sampled_from([f"a{suffix}" for suffix in SUFFIXES] + ["-", "a.pdf", "a."])


@given(
    NAMES,
    BEGINNINGS,
    st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")),
)
def test_any_bytes_give_blocks_or_a_refusal(name: str, beginning: bytes, rest: bytes) -> None:
    try:
        blocks = read_bytes(name, beginning + rest).blocks
    except ReadError as error:
        assert str(error).startswith(f"{name}: ")
    else:
        assert blocks
        assert all("\n" not in block.text for block in blocks)
