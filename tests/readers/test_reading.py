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
from checker.model.report import Block
from checker.readers import SUFFIXES, read_blocks, read_bytes

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
        assert read_blocks(tmp_path / name) == (Block("# 年度报告"),)
    for name in ("a.md", "a.markdown"):
        (tmp_path / name).write_text("# 年度报告", "utf-8")
        assert read_blocks(tmp_path / name) == (Block("年度报告", level=1),)
    (tmp_path / "报告.DOCX").write_bytes(word("年度报告", ""))
    assert read_blocks(tmp_path / "报告.DOCX") == (Block("年度报告"), Block(""))


def test_the_table_of_suffixes_is_public() -> None:
    assert set(SUFFIXES) == {".txt", ".text", ".md", ".markdown", ".docx"}


def test_every_module_of_the_folder_is_known() -> None:
    # A reader that nobody listed in the table would never run.
    listed = {reader.__module__.rsplit(".", 1)[-1] for reader in readers.READERS.values()} | {"docx"}
    parts = {"content", "numbering", "numerals", "package", "wordml"}
    folder = Path(readers.__file__).parent
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == (listed | parts) - {"readers"}


def test_standard_input_without_a_suffix_goes_by_content() -> None:
    assert read_bytes("标准输入", "年度报告".encode()) == (Block("年度报告"),)
    assert read_bytes("-", word("年度报告")) == (Block("年度报告"),)
    assert "旧版 Word" in refusal("-", OLE)
    assert "PDF" in refusal("-", b"%PDF-1.4\n\x00")


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".pdf", ".ofd", ".PDF", ".rtf"])
def test_documents_of_other_kinds_are_refused_with_the_way_to_convert_them(
    tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"报告{suffix}"
    path.write_bytes(b"x")
    with pytest.raises(ReadError, match=r"用 WPS 或 Word 另存为 \.docx 后再查") as error:
        read_blocks(path)
    assert str(path) in str(error.value)
    assert suffix.lower() in str(error.value)


def test_an_unknown_suffix_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    for name, fault in (("a.xlsx", "不认识后缀 .xlsx"), ("报告", "没有后缀")):
        (tmp_path / name).write_bytes("报告".encode())
        with pytest.raises(ReadError, match=fault) as error:
            read_blocks(tmp_path / name)
        assert all(suffix in str(error.value) for suffix in SUFFIXES)


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"没有\.txt: 找不到这个文件"):
        read_blocks(tmp_path / "没有.txt")
    with pytest.raises(ReadError, match="这是文件夹"):
        read_blocks(tmp_path)
    (tmp_path / "夹.txt").mkdir()
    with pytest.raises(ReadError, match="这是文件夹"):
        read_blocks(tmp_path / "夹.txt")


def test_impossible_names_are_refused() -> None:
    for name in ("坏\0名.txt", "长" * 5000 + ".txt"):
        with pytest.raises(ReadError, match="读取失败"):
            read_blocks(Path(name))


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object) -> None:
        raise PermissionError(13, "denied")

    path = tmp_path / "a.txt"
    path.write_text("年度报告", "utf-8")
    monkeypatch.setattr(Path, "open", deny)
    with pytest.raises(ReadError, match=r"a\.txt: 没有读取权限"):
        read_blocks(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(ReadError, match="不是普通文件"):
        read_blocks(tmp_path / "a.txt")


def test_the_lock_file_of_word_is_refused_as_such(tmp_path: Path) -> None:
    (tmp_path / "~$报告.docx").write_bytes(b"\x05user" + bytes(150))
    with pytest.raises(ReadError, match="临时文件"):
        read_blocks(tmp_path / "~$报告.docx")


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.txt", b"", "空的"),
        ("a.docx", b"", "空的"),
        ("a.txt", b"\xef\xbb\xbf", "没有汉字"),
        ("a.txt", b" \n\n", "没有汉字"),
        ("a.md", b"# Report 2024\n", "没有汉字"),
        ("a.docx", word("2024", ""), "没有汉字"),
        ("a.txt", bytes(range(256)), "既不是 UTF-8"),
        ("a.txt", archive(a="1"), "内容却是压缩包或 Word 文档"),
        ("a.md", word("报告"), "把后缀改为 .docx"),
        ("a.txt", OLE, "内容却是旧版 Word"),
        ("a.txt", b"%PDF-1.7 x", "内容却是PDF"),
        ("a.txt", HTML, "内容却是网页"),
        ("a.docx", OLE, r"内容却是旧版 Word（\.doc）或 WPS 文档"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        ("a.docx", "年度报告".encode("gbk"), "内容却是纯文本"),
        ("a.docx", HTML, "内容却是网页"),
        ("a.docx", b"\xef\xbb\xbf \n" + HTML, "内容却是网页"),
        ("a.docx", b"{\\rtf1 }", "内容却是RTF"),
        ("a.docx", b"<?xml version='1.0'?><w/>", "内容却是XML"),
        ("a.docx", b"\x00\x01\x02", "内容却是无法辨认"),
        ("a.docx", archive(a="1"), "没有 Word 正文"),
        ("a.docx", b"PK\x03\x04 not a zip", "已损坏"),
    ],
)  # fmt: skip
def test_content_that_is_no_report_is_refused(name: str, data: bytes, fault: str) -> None:
    import re

    assert re.search(fault, refusal(name, data))


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_BYTES", 100)
    (tmp_path / "a.txt").write_bytes("报".encode() * 33)
    assert read_blocks(tmp_path / "a.txt") == (Block("报" * 33),)
    (tmp_path / "a.txt").write_bytes("报".encode() * 34)
    with pytest.raises(ReadError, match="超过 50 MB"):
        read_blocks(tmp_path / "a.txt")


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
        blocks = read_bytes(name, beginning + rest)
    except ReadError as error:
        assert str(error).startswith(f"{name}: ")
    else:
        assert blocks
        assert all("\n" not in block.text for block in blocks)
