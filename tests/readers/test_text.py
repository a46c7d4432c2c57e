"""Plain text (纯文本): decoding, and one block per line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import ReadError
from checker.model.document import Block
from checker.readers.text import decode, known_encoding, read_text

REPORT = "一、总体情况\n收到申请１２件。\n"


@pytest.mark.parametrize(
    "data",
    [
        REPORT.encode("utf-8"),
        REPORT.encode("utf-8-sig"),
        REPORT.encode("utf-16"),
        b"\xff\xfe" + REPORT.encode("utf-16-le"),
        b"\xfe\xff" + REPORT.encode("utf-16-be"),
        REPORT.encode("gbk"),
        REPORT.encode("gb18030"),
    ],
    ids=["utf-8", "utf-8 bom", "utf-16", "utf-16-le bom", "utf-16-be bom", "gbk", "gb18030"],
)
def test_every_usual_encoding_gives_the_same_text(data: bytes) -> None:
    assert decode(data) == REPORT


def test_gb18030_reaches_rare_characters_outside_gbk() -> None:
    assert decode("住建局𠮷某镕䶮".encode("gb18030")) == "住建局𠮷某镕䶮"


def test_windows_and_old_mac_line_ends_become_line_feeds() -> None:
    assert decode("甲\r\n乙\r丙\n丁".encode()) == "甲\n乙\n丙\n丁"


def test_every_line_is_a_block_empty_ones_too() -> None:
    assert read_text("标题\n\n　　正文 \n".encode()).blocks == (
        Block("标题"),
        Block(""),
        Block("　　正文 "),
        Block(""),
    )


def test_page_breaks_and_unicode_line_separators_stay_inside_the_line() -> None:
    text = "甲\f乙\v丙\u2028丁\x85戊"
    assert read_text(text.encode()).blocks == (Block(text),)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"]) | st.just("\n")))
def test_joined_blocks_are_the_decoded_text(text: str) -> None:
    text = "报告" + text
    blocks = read_text(text.encode()).blocks
    assert "\n".join(block.text for block in blocks) == text


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("报告\0正文".encode(), "空字节"),
        ("报告".encode("utf-32"), "空字节"),
        ("报告\n".encode() * 3 + b"\xff\xfe\xfd", "第 4 行"),
        (
            b"\xff\xfe" + "报告\n".encode("utf-16-le") + b"\x00\xdc" + "上海".encode("utf-16-le"),
            "UTF-16，但第 2 行",
        ),
        (b"\xef\xbb\xbf" + "报告".encode("gbk"), "标明是 UTF-8"),
        (b"\x80\x81\xff\xfe" * 9, "既不是 UTF-8 也不是 GB18030"),
        (b"\x01\x02\x03\x04" * 9 + "报".encode(), "乱码"),
    ],
    ids=["nul", "utf-32", "bad tail", "utf-16 damaged", "wrong mark", "garbage", "controls"],
)
def test_what_is_no_text_is_refused_with_fault_and_advice(data: bytes, fault: str) -> None:
    with pytest.raises(ReadError, match=fault) as error:
        decode(data)
    assert "再查" in str(error.value)


def test_damaged_utf8_is_refused_and_not_taken_for_gb18030() -> None:
    # Even so many bytes that GB18030 accepts them: a report full of wrong characters.
    data = "年度报告及其他工作".encode()
    damaged = data[:-1] + b"\n"
    assert damaged.decode("gb18030", "ignore")
    with pytest.raises(ReadError, match="第 1 行有损坏"):
        decode(damaged)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_text_cut_inside_its_last_character_is_read_and_doubted(encoding: str) -> None:
    whole = "总体情况\n收到行政复议申请12件，办结\U00020bb7"
    text = whole if encoding != "gbk" else whole[:-1] + "完"
    for lost in range(1, len(text[-1].encode(encoding.replace("-sig", "").replace("utf-16", "utf-16-le")))):
        document = read_text(text.encode(encoding)[:-lost])
        assert "\n".join(b.text for b in document.blocks) in (text[:-1], text[:-1] + "\ufffd")
        assert "末尾" in document.doubt
    assert read_text(text.encode(encoding)).doubt == ""


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_text(encoding: str) -> None:
    assert decode(REPORT.encode(encoding)) == REPORT


def test_an_encoding_that_is_named_overrides_what_the_bytes_suggest() -> None:
    big5 = "年度報告".encode("big5")
    with pytest.raises(ReadError, match="--encoding"):
        decode(big5)
    assert decode(big5, "big5") == "年度報告"
    assert decode(REPORT.encode("gb18030"), "GB2312") == REPORT
    with pytest.raises(ReadError, match="按 ascii 读取，第 1 行"):
        decode(REPORT.encode(), "ascii")
    with pytest.raises(ReadError, match="不认识编码 utf-9"):
        decode(REPORT.encode(), "utf-9")
    assert known_encoding("zlib") is None


def test_a_few_control_characters_left_by_word_do_no_harm() -> None:
    text = "一、总体情况：收到申请十二件，办结十二件\x07\x1e。"
    assert decode(text.encode()) == text
