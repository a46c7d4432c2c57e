"""Sources (待查文件): what a folder or an archive stands for."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import ReadError
from checker.model.assessment import Unread
from checker.readers import read_document
from checker.readers.sources import Found, find_sources

TEXT = "黑井镇年度报告"


def write(folder: Path, name: str, data: bytes = TEXT.encode()) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def find(*paths: Path) -> Found:
    return find_sources(paths, passed=lambda name: name == "结果.docx")


def archive(path: Path, files: dict[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return path


def names(found: Found, root: Path) -> list[str]:
    return [str(p.relative_to(root)) for p in found.sources if isinstance(p, Path)]


def test_a_folder_stands_for_the_reports_in_it_at_any_depth_in_order(tmp_path: Path) -> None:
    wanted = ["a.docx", "b.txt", "c/a/e.TXT", "c/d.md", "f.wps", "g.PDF", "h.ofd", "i.mht", "z.html"]
    for name in reversed(wanted):
        write(tmp_path, name)
    assert names(find(tmp_path), tmp_path) == wanted


@pytest.mark.parametrize(
    "name",
    [".hidden.txt", "~$甲.docx", ".DS_Store", "._甲.txt", "结果.docx", "__MACOSX/甲.docx", ".git/甲.txt"],
)
def test_hidden_and_leftover_files_are_no_reports_and_not_worth_a_word(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    kept = write(tmp_path, "甲.txt")
    assert find(tmp_path) == Found((kept,))


def test_foreign_files_are_passed_over_and_named(tmp_path: Path) -> None:
    kept = write(tmp_path, "甲.txt")
    table, film = write(tmp_path, "表.xlsx"), write(tmp_path, "像.mp4", b"\0\1\2\3")
    assert find(tmp_path) == Found((kept,), (str(film), str(table)))


def test_a_name_that_promises_nothing_is_known_by_its_content(tmp_path: Path) -> None:
    pdf, text = write(tmp_path, "一.bak", b"%PDF-1.7\n"), write(tmp_path, "二")
    assert find(tmp_path) == Found((pdf, text))


def test_the_pictures_of_a_saved_page_are_part_of_it(tmp_path: Path) -> None:
    page = write(tmp_path, "甲.html")
    write(tmp_path, "甲_files/广告.html")
    write(tmp_path, "甲.files/表.htm")
    assert find(tmp_path) == Found((page,))


def test_a_picture_is_a_report_where_pictures_can_be_read_or_nothing_else_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, photo = write(tmp_path, "一/甲.docx"), write(tmp_path, "一/照片.jpg")
    scan = write(tmp_path, "二/扫描.png")
    monkeypatch.setattr("checker.readers.ocr.available", lambda: False)
    assert find(tmp_path) == Found((report, scan), (str(photo),))
    monkeypatch.setattr("checker.readers.ocr.available", lambda: True)
    assert find(tmp_path) == Found((photo, report, scan))


def test_an_archive_that_cannot_be_opened_is_a_row(tmp_path: Path) -> None:
    rar = write(tmp_path, "甲.rar")
    broken = write(tmp_path, "乙.zip", b"PK\x03\x04" + bytes(99))
    found = find(tmp_path)
    assert {Path(s.path) for s in found.sources if isinstance(s, Unread)} == {rar, broken}
    assert all("解压" in s.reason or "损坏" in s.reason for s in found.sources if isinstance(s, Unread))
    (alone,) = find(broken).sources
    assert isinstance(alone, Unread)
    assert "损坏" in alone.reason


def test_files_that_are_named_stay_in_the_order_given_whatever_they_are(tmp_path: Path) -> None:
    named = [tmp_path / "z.txt", tmp_path / ".hidden.txt", tmp_path / "missing.pdf"]
    inside = [write(tmp_path / "sub", "b.txt"), write(tmp_path / "sub", "c.txt")]
    assert find(named[0], tmp_path / "sub", *named[1:]) == Found((named[0], *inside, *named[1:]))


def test_an_empty_folder_is_a_row_that_says_so(tmp_path: Path) -> None:
    (row,) = find(tmp_path).sources
    assert isinstance(row, Unread)
    assert "没有可读的报告" in row.reason


def test_a_folder_with_the_name_of_a_report_is_a_folder(tmp_path: Path) -> None:
    kept = write(tmp_path, "往年.docx/甲.txt")
    assert find(tmp_path / "往年.docx") == Found((kept,)) == find(tmp_path)


# ---- inside archives ----


def test_an_archive_stands_for_the_reports_in_it_and_they_are_read_by_their_paths(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as target:
        target.writestr("丙.txt", "丙镇报告")
    path = archive(
        tmp_path / "各镇.zip", {"甲/甲.txt": "甲镇报告".encode(), "乙.zip": inner.getvalue(), "表.xlsx": b"x"}
    )
    found = find(path)
    assert names(found, path) == ["乙.zip/丙.txt", "甲/甲.txt"]
    assert found.skipped == (str(path / "表.xlsx"),)
    texts = {read_document(p).blocks[0].text for p in found.sources if isinstance(p, Path)}
    assert texts == {"甲镇报告", "丙镇报告"}
    assert find(tmp_path) == found


def test_names_in_gbk_are_repaired(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as target:
        info = zipfile.ZipInfo("x")
        info.filename = "黑井镇.txt".encode("gbk").decode("cp437")
        info.flag_bits = 0
        target.writestr(info, TEXT)
    # zipfile marks names beyond ASCII as UTF-8; Chinese Windows does not
    data = path.read_bytes()
    raw, marked = "黑井镇.txt".encode("gbk"), "黑井镇.txt".encode("gbk").decode("cp437").encode()
    assert marked in data
    path.write_bytes(_with_raw_name(raw))
    assert names(find(path), path) == ["黑井镇.txt"]
    assert read_document(path / "黑井镇.txt").blocks[0].text == TEXT


def _with_raw_name(raw: bytes) -> bytes:
    """An archive whose one file has this name and no mark of its encoding."""
    buffer = io.BytesIO()
    placeholder = "n" * len(raw)
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr(placeholder, TEXT)
    return buffer.getvalue().replace(placeholder.encode(), raw)


def test_a_name_cannot_lead_out_of_the_archive(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.zip",
        {"../../外.txt": TEXT.encode(), "/根.txt": TEXT.encode(), "c:\\d\\盘.txt": TEXT.encode()},
    )
    assert sorted(names(find(path), path)) == ["c:/d/盘.txt", "外.txt", "根.txt"]
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_loses_neither_file(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("甲.txt", "一号报告")
        target.writestr("甲.txt", "二号报告")
    found = find(path)
    assert names(found, path) == ["甲#2.txt", "甲.txt"]
    texts = {read_document(p).blocks[0].text for p in found.sources if isinstance(p, Path)}
    assert texts == {"一号报告", "二号报告"}


def test_one_broken_file_of_an_archive_costs_itself_alone(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"好.txt": TEXT.encode(), "坏.txt": b"x" * 5000})
    data = path.read_bytes()
    at = data.index("坏.txt".encode()) + len("坏.txt".encode()) + 2
    path.write_bytes(data[:at] + b"\xff\xff\xff" + data[at + 3 :])
    bad, good = (p for p in find(path).sources if isinstance(p, Path))
    assert read_document(good).blocks[0].text == TEXT
    with pytest.raises(ReadError, match=r"坏\.txt: 压缩包里的这个文件已损坏"):
        read_document(bad)


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(
        tmp_path / "a.zip", {"炸弹.txt": bytes(11 << 20), "大.txt": bytes(range(256)) * (51 << 12)}
    )
    for name, fault in (("炸弹.txt", "压缩比超过 200 倍"), ("大.txt", "超过 50 MB")):
        with pytest.raises(ReadError, match=fault):
            read_document(path / name)
    monkeypatch.setattr("checker.readers.archive.MAX_MEMBERS", 1)
    (row,) = find(archive(tmp_path / "b.zip", {"1.txt": b"1", "2.txt": b"2"})).sources
    assert isinstance(row, Unread)
    assert "超过 1 个" in row.reason


def test_archives_in_archives_are_opened_three_deep(tmp_path: Path) -> None:
    data = TEXT.encode()
    name = "甲.txt"
    for depth in range(4):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as target:
            target.writestr(name, data)
        name, data = f"{depth}.zip", buffer.getvalue()
    path = write(tmp_path, "外.zip", data)
    (deep,) = (p for p in find(path).sources if isinstance(p, Path))
    with pytest.raises(ReadError, match="套了 3 层以上"):
        read_document(deep)


def test_a_file_with_a_password_says_so(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"甲.txt": TEXT.encode()})
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(bytes(data))
    with pytest.raises(ReadError, match="密码"):
        read_document(path / "甲.txt")


# ---- any bytes ----

NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=8)


@settings(max_examples=200)
@given(st.data())
def test_any_archive_gives_sources_that_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in data.draw(st.lists(NAMES, unique=True, max_size=4)):
            target.writestr(f"{name}.txt", data.draw(st.binary(max_size=60)))
    raw = bytearray(buffer.getvalue())
    for _ in range(data.draw(st.integers(0, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("any") / "a.zip"
    path.write_bytes(bytes(raw))
    before = set(path.parent.iterdir())
    for source in find(path).sources:
        if isinstance(source, Unread):
            assert source.reason.endswith("。")
            continue
        try:
            read_document(source)
        except ReadError as error:
            assert str(error).endswith("。")
    assert set(path.parent.iterdir()) == before
