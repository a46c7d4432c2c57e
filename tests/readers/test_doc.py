"""Old Word documents: what LibreOffice writes, and by hand what only Word writes."""

from __future__ import annotations

import random
import struct
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import checker.readers.doc
from checker.errors import ReadError
from checker.model.document import Block, Document
from checker.readers.doc import read_doc
from checker.readers.docx import read_docx

FIXTURES = Path(__file__).parent / "fixtures" / "doc"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR = 512
END, FREE, TABLE_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD

# --- a writer of OLE files and of .doc in them ---------------------------------------------------


def sectors(data: bytes, size: int) -> bytes:
    return data + bytes(-len(data) % size)


def chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), END] if count else []


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE file; streams below 4096 bytes lie in the small sectors, as the standard asks."""
    small, small_table, body, table = b"", [], b"", []
    places = {}
    for name, data in streams.items():
        if len(data) < 4096:
            count = len(sectors(data, 64)) // 64
            places[name] = (len(small_table) if count else END, len(data))
            small_table += chain(len(small_table), count)
            small += sectors(data, 64)
        else:
            places[name] = (len(table), len(data))
            table += chain(len(table), len(sectors(data, SECTOR)) // SECTOR)
            body += sectors(data, SECTOR)

    def put(data: bytes) -> int:
        nonlocal body, table
        first = len(table) if data else END
        table += chain(len(table), len(sectors(data, SECTOR)) // SECTOR)
        body += sectors(data, SECTOR)
        return first

    root = (put(small), len(small))
    numbers = struct.pack(f"<{len(small_table)}I", *small_table)
    small_first = put(numbers + b"\xff" * (-len(numbers) % SECTOR))
    entries = [entry("Root Entry", 5, *root, child=1 if places else FREE)]
    for number, (name, place) in enumerate(places.items(), 1):
        entries.append(entry(name, 2, *place, right=number + 1 if number < len(places) else FREE))
    directory_first = put(sectors(b"".join(entries), SECTOR))
    table.append(TABLE_SECTOR)
    assert len(table) <= 128
    body += struct.pack("<128I", *table, *[FREE] * (128 - len(table)))
    header = OLE + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, directory_first, 0, 4096, small_first, len(numbers) // 512 + 1, END, 0)
    return header + struct.pack("<109I", len(table) - 1, *[FREE] * 108) + body


def entry(name: str, kind: int, first: int, size: int, child: int = FREE, right: int = FREE) -> bytes:
    raw = name.encode("utf-16-le")
    return struct.pack("<64sHBB3I36xIQ", raw, len(raw) + 2, kind, 1, FREE, right, child, first, size)


def prl(code: int, value: int, size: int = 1) -> bytes:
    return struct.pack("<H", code) + value.to_bytes(size, "little")


DELETED, HIDDEN = prl(0x0800, 1), prl(0x083C, 1)
CELL, ROW_END = prl(0x2416, 1), prl(0x2416, 1) + prl(0x2417, 1)
TEXT_AT = 1024
Stories = dict[str, int]
STORIES = ("main", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")


def page(places: list[int], items: list[bytes], item_size: int) -> bytes:
    """A page of properties: `items` are stored from its end on, the last byte tells how many."""
    data = bytearray(SECTOR)
    struct.pack_into(f"<{len(places)}I", data, 0, *places)
    at = SECTOR - 1
    for number, item in enumerate(items):
        if item:
            at = (at - len(item)) & ~1
            data[at : at + len(item)] = item
            data[4 * len(places) + item_size * number] = at // 2
    data[-1] = len(items)
    return bytes(data)


def plc(positions: list[int], items: list[bytes]) -> bytes:
    return struct.pack(f"<{len(positions)}I", *positions) + b"".join(items)


def doc(
    text: str,
    *,
    paragraphs: dict[int, bytes] | None = None,
    characters: dict[tuple[int, int], bytes] | None = None,
    pieces: list[tuple[int, int, int]] | None = None,
    order: list[int] | None = None,
    parts: dict[int, bytes] | None = None,
    modifiers: tuple[bytes, ...] = (),
    stories: Stories | None = None,
    flags: int = 0x0200,
    version: int = 0x00C1,
    behind: bytes = b"",
    data: bytes = b"",
    large: bool = False,
) -> bytes:
    """A .doc: `paragraphs` by the position of their mark, style first; `pieces` as end, width, modifier."""
    pieces = pieces or [(len(text), 2, 0)]
    starts = [0, *(end for end, _, _ in pieces[:-1])]
    raw, offsets = b"", [0] * len(pieces)
    for number in order or range(len(pieces)):
        end, width, _ = pieces[number]
        offsets[number] = TEXT_AT + len(raw)
        raw += text[starts[number] : end].encode("cp1252" if width == 1 else "utf-16-le")

    def place(position: int) -> int:
        number = next(n for n, (end, _, _) in enumerate(pieces) if position < end)
        return offsets[number] + (position - starts[number]) * pieces[number][1]

    items, runs = [], []
    for number, (_, width, modifier) in enumerate(pieces):
        offset = offsets[number] * 2 | 0x40000000 if width == 1 else offsets[number]
        items.append(struct.pack("<HIH", 0, offset, modifier))
        runs.append((number, width))
    papx, chpx = [], []
    paragraphs, characters = paragraphs or {}, characters or {}
    for position in sorted(paragraphs, key=place):
        width = next(width for end, width, _ in pieces if position < end)
        grpprl = paragraphs[position]
        size = bytes([len(grpprl) // 2 + 1]) if len(grpprl) % 2 else bytes([0, len(grpprl) // 2])
        papx.append((place(position), place(position) + width, size + grpprl))
    for (start, end), grpprl in sorted(characters.items(), key=lambda one: place(one[0][0])):
        width = next(width for stop, width, _ in pieces if start < stop)
        chpx.append((place(start), place(start) + (end - start) * width, bytes([len(grpprl)]) + grpprl))
    main = bytearray(sectors(bytes(TEXT_AT) + raw, SECTOR))
    numbers = {}
    for index, found, size in ((13, papx, 13), (12, chpx, 1)):
        places, lists = [], []
        for begin, end, grpprl in found:
            if places and places[-1] < begin:
                lists.append(b"")
            if not places or places[-1] != begin:
                places.append(begin)
            lists.append(grpprl)
            places.append(end)
        if found:
            numbers[index] = plc([0, 0x7FFFFFFF], [struct.pack("<I", len(main) // SECTOR)])
            main += page(places, lists, size)
    clx = b"".join(b"\x01" + struct.pack("<H", len(one)) + one for one in modifiers)
    positions = plc([0, *(end for end, _, _ in pieces)], items)
    clx += b"\x02" + struct.pack("<I", len(positions)) + positions
    table = b""
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 0x0A, flags)
    counts = {"main": len(text)} if stories is None else stories
    struct.pack_into("<8i", main, 0x4C, *(counts.get(name, 0) for name in STORIES))
    # The levels of lists follow part 73, which therefore comes last.
    for index, part in sorted({33: clx, **numbers, **(parts or {})}.items(), key=lambda one: one[0] == 73):
        struct.pack_into("<II", main, 0x9A + 8 * index, len(table), len(part))
        table += part
    name = "1Table" if flags & 0x0200 else "0Table"
    if large:
        main, table, behind = main + bytes(4096), table, behind + bytes(4096)
    return ole({"WordDocument": bytes(main), name: table + behind, "Data": data})


def level(text: str, form: int = 39, *, start: int = 1, flags: int = 0, restart: int = 0) -> bytes:
    """A level of a list; %1 stands for the number of the first level."""
    signs, places = [], []
    for part in text.replace("%", "\0%").split("\0"):
        if part.startswith("%"):
            places.append(len("".join(signs)) + 1)
            part = chr(int(part[1]) - 1) + part[2:]
        signs.append(part)
    raw = "".join(signs)
    head = struct.pack("<iBB9sBii4B", start, form, flags, bytes(places), 0, 0, 0, 0, 0, restart, 0)
    return head + struct.pack("<H", len(raw)) + raw.encode("utf-16-le")


def lists(*uses: tuple[int, bytes], families: int = 1) -> dict[int, bytes]:
    """Parts 73 and 74: so many families of nine levels, and uses of them (family, what they change)."""
    family = [struct.pack("<ii18s2x", number, 0, bytes(18)) for number in range(families)]
    heads = [struct.pack("<i8xB3x", number, len(changed) > 0) for number, changed in uses]
    changes = [struct.pack("<I", FREE) + changed for _, changed in uses]
    return {
        73: struct.pack("<H", families) + b"".join(family),
        74: struct.pack("<I", len(uses)) + b"".join(heads + changes),
    }


LEVELS = level("%1、") + level("（%2）") + level("%3.", 0) + level("%1.%3.%4", 0, flags=4) + level("") * 5
LISTS = lists((0, b""))


def style(
    name: str, builtin: int = 0xFFE, *, base: int = 0xFFF, papx: bytes = b"", chpx: bytes = b""
) -> bytes:
    raw = struct.pack("<5H", builtin, 1 | base << 4, 2, 0, 0)
    raw += struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
    for part in (b"\0\0" + papx, chpx):
        raw += struct.pack("<H", len(part)) + part + bytes(len(part) % 2)
    return struct.pack("<H", len(raw)) + raw


def styles(*sheet: bytes) -> dict[int, bytes]:
    return {1: struct.pack("<3H", 4, len(sheet), 10) + b"".join(sheet)}


def marked(text: str, *properties: bytes) -> dict[int, bytes]:
    """Properties for the paragraphs of a text, one after the other; the style is in front."""
    marks = [at for at, sign in enumerate(text) if sign in "\r\x07"]
    return dict(zip(marks, (b"\0\0" + one for one in properties), strict=True))


def listed(depth: int = 0, use: int = 1) -> bytes:
    return prl(0x260A, depth) + prl(0x460B, use, 2)


def blocks(text: str, **more: object) -> list[Block]:
    return list(read_doc(doc(text, **more)).blocks)  # type: ignore[arg-type]


def texts(text: str, **more: object) -> list[str]:
    return [block.text for block in blocks(text, **more)]


def fixture(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


# --- files of LibreOffice ------------------------------------------------------------------------


def test_the_same_report_reads_the_same_as_doc_and_as_docx() -> None:
    old, new = (
        read_doc(fixture("report.doc")),
        read_docx((FIXTURES.parent / "docx" / "report.docx").read_bytes()),
    )
    assert old.blocks == new.blocks
    assert {"第三条 格内　底右", "5亿元"} & {block.text for block in old.blocks}
    assert old.kind == "doc" and not old.notes and not old.doubt


def test_headers_and_footers_stand_apart() -> None:
    document = read_doc(fixture("report.doc"))
    assert document.apart == ("某镇人民政府", "— 2 —")
    assert not any("人民政府" in block.text for block in document.blocks)


# --- text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("large", [False, True])
def test_text_is_read_from_small_and_from_large_streams(large: bool) -> None:
    assert texts("甲乙\r丙\r", large=large) == ["甲乙", "丙"]


def test_eight_bit_pieces_mix_with_others_and_lie_in_any_order() -> None:
    text = "甲乙Caf\xe9 \u201cA\u201d\u2014丙\r"
    pieces = [(2, 2, 0), (11, 1, 0), (len(text), 2, 0)]
    assert texts(text, pieces=pieces, order=[2, 0, 1], flags=0x0204) == ["甲乙Caf\xe9 \u201cA\u201d\u2014丙"]


def test_the_table_stream_is_the_one_the_header_names() -> None:
    assert texts("甲\r", flags=0) == ["甲"]


def test_rare_characters_are_whole_and_a_half_one_is_marked() -> None:
    assert texts("\U00020bb7甲\r", pieces=[(4, 2, 0)], stories={"main": 4}) == ["\U00020bb7甲"]


def test_signs_of_word_become_characters_or_nothing() -> None:
    text = "2023\x1e12\x1f月\t\x01\x02\x05甲\xa0乙\r"
    assert texts(text) == ["2023-12月\t甲\xa0乙"]


def test_breaks_begin_a_block_but_only_a_section_ends_a_paragraph() -> None:
    numbered = b"\0\0" + prl(0x460B, 1, 2)
    text = "甲\x0b乙\x0c丙\r丁\x0c戊\r"
    marks = {at: numbered for at, sign in enumerate(text) if sign == "\r"} | {7: numbered}
    sections = plc([0, 8, len(text)], [bytes(12)] * 2)
    lines = texts(text, paragraphs=marks, parts={6: sections} | LISTS, behind=LEVELS)
    assert lines == ["一、甲", "乙", "丙", "二、丁", "三、戊"]


def test_only_the_results_of_fields_are_shown() -> None:
    text = "见\x13 HYPERLINK x\x14链\x13 PAGE \x143\x15接\x15，\x13 XE 索引\x15完\r"
    assert texts(text) == ["见链3接，完"]


def test_a_field_without_an_end_hides_nothing() -> None:
    assert texts("甲\x13乙\r丙\r") == ["甲乙", "丙"]


def test_the_result_of_a_field_may_be_many_paragraphs() -> None:
    assert texts("\x13 TOC \x14甲\r乙\x15\r丙\r") == ["甲", "乙", "丙"]


# --- properties of characters --------------------------------------------------------------------


def test_deleted_and_hidden_text_is_dropped() -> None:
    marks = {(1, 2): DELETED, (3, 4): HIDDEN, (5, 6): prl(0x0801, 1)}
    assert texts("原删甲藏乙增\r", characters=marks) == ["原甲乙增"]


def test_a_deleted_mark_joins_paragraphs_and_nothing_is_left_of_a_deleted_one() -> None:
    marks = {(1, 2): DELETED, (4, 7): DELETED}
    assert texts("甲\r乙\r删去\r丙\r", characters=marks) == ["甲乙", "丙"]


def test_a_symbol_is_what_it_shows() -> None:
    fonts = "Wingdings".encode("utf-16-le") + b"\0\0"
    table = struct.pack("<HH", 1, 0) + bytes([39 + len(fonts)]) + bytes(39) + fonts
    tick = prl(0x6A09, 0xF0FC << 16, 4)
    assert texts("甲(乙\r", characters={(1, 2): tick}, parts={15: table}) == ["甲√乙"]


def test_a_fast_save_hides_and_deletes_by_piece() -> None:
    pieces = [(1, 2, 0), (2, 2, 0x41 << 1 | 1 << 8), (3, 2, 1), (5, 2, 0)]
    assert texts("甲删藏乙\r", pieces=pieces, modifiers=(HIDDEN,), flags=0x0204) == ["甲乙"]


# --- properties of paragraphs --------------------------------------------------------------------


def test_headings_are_known_by_their_style_and_by_what_they_say_of_themselves() -> None:
    sheet = styles(
        style("Normal", 0), style("heading 1", 1), style("我的标题", base=1), style("标题 2"),
        style("Title", 62, papx=prl(0x2640, 0)),
    )  # fmt: skip
    marks = {
        1: b"\1\0",
        3: b"\2\0",
        5: b"\3\0",
        7: b"\4\0",
        9: b"\0\0" + prl(0x2640, 2),
        11: b"\1\0" + prl(0x2640, 9),
    }
    found = blocks("甲\r乙\r丙\r丁\r戊\r己\r", paragraphs=marks, parts=sheet)
    assert [block.level for block in found] == [1, 1, 2, None, 3, None]


def test_numbers_count_by_level_and_begin_again() -> None:
    text = "甲\r乙\r丙\r丁\r戊\r己\r"
    marks = marked(text, listed(), listed(1), listed(1), listed(2), listed(), listed(1))
    assert texts(text, paragraphs=marks, parts=LISTS, behind=LEVELS) == [
        "一、甲", "（一）乙", "（二）丙", "1.丁", "二、戊", "（一）己",
    ]  # fmt: skip


def test_legal_numbers_are_digits_and_a_level_may_count_on() -> None:
    levels = level("%1、") + level("(%2)", 4, flags=8, restart=0) + level("%1.%2", flags=4) + level("") * 6
    text = "甲\r乙\r丙\r丁\r戊\r"
    marks = marked(text, listed(), listed(1), listed(2), listed(), listed(1))
    assert texts(text, paragraphs=marks, parts=LISTS, behind=levels) == [
        "一、甲", "(a)乙", "1.1 丙", "二、丁", "(b)戊",
    ]  # fmt: skip


def test_a_use_of_a_list_may_start_anew_and_change_a_level() -> None:
    start = struct.pack("<iI", 5, 0x10)
    changed = struct.pack("<iI", 0, 0x30) + level("第%1条", start=3)
    text = "甲\r乙\r丙\r丁\r"
    marks = marked(text, listed(), listed(use=2), listed(use=2), listed(use=3))
    parts = lists((0, b""), (0, start), (0, changed))
    assert texts(text, paragraphs=marks, parts=parts, behind=LEVELS) == [
        "一、甲",
        "五、乙",
        "六、丙",
        "第三条 丁",
    ]


def test_numbers_come_from_styles_and_a_paragraph_may_refuse_them() -> None:
    sheet = styles(style("Normal", 0), style("heading 1", 1, papx=listed()))
    marks = {1: b"\1\0", 3: b"\1\0" + prl(0x460B, 0, 2), 5: b"\1\0"}
    lines = texts("甲\r乙\r丙\r", paragraphs=marks, parts=sheet | LISTS, behind=LEVELS)
    assert lines == ["一、甲", "乙", "二、丙"]


def test_cells_of_a_row_stand_in_one_block_and_tables_inside_follow() -> None:
    inner = prl(0x2416, 1) + prl(0x6649, 2, 4)
    inner_cell, inner_end = inner + prl(0x244B, 1), inner + prl(0x244B, 1) + prl(0x244C, 1)
    text = "外\r内一\r内二\r\r\x07右\x07\x07后\r"
    marks = marked(text, CELL, inner_cell, inner_cell, inner_end, CELL, CELL, ROW_END, b"")
    assert blocks(text, paragraphs=marks) == [
        Block("外　右", table=True), Block("内一　内二", table=True), Block("后"),
    ]  # fmt: skip


def test_a_row_with_huge_properties_keeps_them_in_the_data_stream() -> None:
    huge = ROW_END + b"\x08\xd6\x00\x08" + bytes(0x7FF)
    data = b"...." + struct.pack("<H", len(huge)) + huge
    text = "甲\x07乙\x07\x07后\r"
    marks = marked(text, CELL, CELL, prl(0x6646, 4, 4), b"")
    assert texts(text, paragraphs=marks, data=data) == ["甲　乙", "后"]


def test_a_deleted_row_leaves_nothing() -> None:
    text = "甲\x07\x07乙\x07\x07"
    found = texts(text, paragraphs=marked(text, CELL, ROW_END, CELL, ROW_END), characters={(0, 3): DELETED})
    assert found == ["乙"]


# --- stories -------------------------------------------------------------------------------------


def test_notes_follow_the_text_and_comments_are_left_out() -> None:
    text = "正文\x02\r" + "\x02脚注\r\r" + "眉\r\r" + "批注\r\r" + "\x02尾注\r\r" + "\r"
    stories = {"main": 4, "footnotes": 5, "headers": 3, "comments": 4, "endnotes": 5}
    document = read_doc(doc(text, stories=stories))
    assert [block.text for block in document.blocks] == ["正文", "脚注", "尾注"]
    assert document.apart == ("眉",) and not document.doubt


def test_a_text_box_follows_the_paragraph_it_hangs_on_and_a_lost_one_comes_last() -> None:
    text = "甲\x08\r乙\r" + "框\r散\r\r" + "\r"
    boxes = plc([0, 2, 4, 5], [struct.pack("<14xi4x", shape) for shape in (7, 9, 0)])
    anchors = plc([1, 5], [struct.pack("<i22x", 7)])
    stories = {"main": 5, "boxes": 5}
    assert texts(text, stories=stories, parts={40: anchors, 56: boxes}) == ["甲", "框", "乙", "散"]


def test_text_that_the_header_does_not_count_is_read_and_doubted() -> None:
    document = read_doc(doc("甲\r乙\r", stories={"main": 2}))
    assert [block.text for block in document.blocks] == ["甲", "乙"] and document.doubt


def test_pictures_are_noted_and_a_scan_is_doubted() -> None:
    picture = bytes(28) + struct.pack("<hhHH", 11000, 16000, 1000, 1000)
    document = read_doc(doc("甲\x01\r", characters={(1, 2): prl(0x6A03, 0, 4)}, data=picture))
    assert document.notes == ("文中有1幅图片，图片里的文字没有读。",)
    assert document.doubt == "正文可能是图片"


def test_a_shape_that_hangs_on_the_text_counts_only_where_pictures_are_stored() -> None:
    shape = plc([1, 3], [struct.pack("<5i6x", 7, 0, 0, 5000, 5000)])
    assert read_doc(doc("甲\x08\r", parts={40: shape})).notes == ()
    stored = {40: shape, 50: b"\x02\x00\x07\xf0"}
    assert read_doc(doc("甲\x08\r", parts=stored)).notes == ("文中有1幅图片，图片里的文字没有读。",)


# --- damage --------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [1, 12, 13, 73, 74])
def test_damaged_properties_cost_no_text_and_are_told(part: int) -> None:
    document = read_doc(damaged(fixture("report.doc"), part))
    assert any("机制" in block.text for block in document.blocks)
    assert any("有损坏" in note for note in document.notes) and document.doubt


def damaged(data: bytes, part: int) -> bytes:
    at = data.index(b"\xec\xa5") + 0x9A + 8 * part
    return data[:at] + struct.pack("<I", 0x7FFFFFF0) + data[at + 4 :]


def test_a_damaged_index_of_the_text_is_an_error_with_advice() -> None:
    with pytest.raises(ReadError, match=r"文字索引已损坏.*另存为 .docx"):
        read_doc(damaged(fixture("report.doc"), 33))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (ole({"WordDocument": struct.pack("<HH", 0xA5DC, 0x65) + bytes(3000)}), "Word 97 以前的格式"),
        (ole({"CONTENTS": b"works"}), "Works"),
    ],
)
def test_other_makes_go_to_libreoffice_or_the_message_tells_where_to_get_it(
    data: bytes, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checker.readers.doc, "converted_document", lambda _, suffix: Document(suffix, ()))
    monkeypatch.setattr(checker.readers.doc, "find_soffice", lambda: "soffice")
    assert read_doc(data) == Document(".doc", ())
    monkeypatch.setattr(checker.readers.doc, "find_soffice", lambda: None)
    with pytest.raises(ReadError, match=f"{what}.*安装 LibreOffice"):
        read_doc(data)


def test_what_is_no_document_is_not_given_to_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker.readers.doc, "converted_document", lambda *_: pytest.fail("was called"))
    noise = random.Random(1).randbytes(3000)
    for data in (
        b"",
        noise,
        OLE + noise,
        ole({"Workbook": b"x"}),
        ole({"WordDocument": noise, "1Table": noise}),
    ):
        with pytest.raises(ReadError):
            read_doc(data)


def test_a_password_is_told() -> None:
    with pytest.raises(ReadError, match="设了打开密码"):
        read_doc(doc("甲\r", flags=0x0300))


def test_a_text_without_end_is_refused_with_the_limit() -> None:
    text = "甲\r"
    whole = doc(text, pieces=[(2, 2, 0)])
    clx = b"\x02" + struct.pack("<I", 8 * 3000 + 4 * 3001)
    clx += plc([2000 * n for n in range(3001)], [struct.pack("<HIH", 0, 0x40000000, 0)] * 3000)
    bomb = doc("甲" * 1000 + "\r", parts={33: clx}, stories={"main": 6_000_000})
    assert read_doc(whole)
    with pytest.raises(ReadError, match="6000000 字，超过 4000000 字的上限"):
        read_doc(bomb)


@pytest.mark.parametrize("name", ["Root Entry", "WordDocument"])
def test_sectors_in_a_circle_cost_no_memory(name: str) -> None:
    data = bytearray(doc("甲\r", large=name != "Root Entry"))
    at = data.index(name.encode("utf-16-le"))
    (first,) = struct.unpack_from("<I", data, at + 116)
    struct.pack_into("<I", data, at + 120, 64 << 20)
    struct.pack_into("<I", data, len(data) - SECTOR + 4 * first, first)
    tracemalloc.start()
    with pytest.raises(ReadError, match="已损坏"):
        read_doc(bytes(data))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1 << 20


def test_labels_without_end_are_refused_with_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker.readers.doc, "MAX_BLOCKS", 8)
    text = "甲\r" * 9
    with pytest.raises(ReadError, match="8 段的上限"):
        read_doc(doc(text, paragraphs=marked(text, *[listed()] * 9), parts=LISTS, behind=LEVELS))


SMALL_DOC = doc(
    "甲\r乙\x07\x07\x13 X\x14丙\x15\r", paragraphs={1: b"\0\0" + listed(), 3: b"\0\0" + CELL, 4: b"\0\0" + ROW_END},
    characters={(0, 1): HIDDEN}, parts=styles(style("Normal", 0)) | LISTS, behind=LEVELS,
)  # fmt: skip
FILES = (SMALL_DOC, (FIXTURES / "report.doc").read_bytes())


@settings(max_examples=150, deadline=None)
@given(
    file=st.sampled_from(FILES),
    changes=st.lists(st.tuples(st.integers(0, 40_000), st.binary(min_size=1, max_size=6)), max_size=8),
    cut=st.integers(0, 40_000),
)
def test_any_bytes_give_a_document_or_an_error(
    file: bytes, changes: list[tuple[int, bytes]], cut: int
) -> None:
    mutated = bytearray(file[:cut] if cut < len(file) // 4 else file)
    for at, put in changes:
        at %= len(mutated) or 1
        mutated[at : at + len(put)] = put
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checker.readers.doc, "find_soffice", lambda: None)
        try:
            assert isinstance(read_doc(bytes(mutated)), Document)
        except ReadError as error:
            assert str(error).endswith("。")
