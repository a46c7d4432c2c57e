"""The ledger of letters (发文登记): no number is given twice, and nothing anybody wrote is lost."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.cli.output import write_files
from checker.errors import OutputError, SettingsError
from checker.ledger import COLUMNS, Ledger, Series, locked, parse_ledger, read_ledger, render_ledger

ROOT = Path(__file__).parent.parent
PATH = Path("发文登记.csv")
OURS = Series("青司函", 2026)


def row(number: str, digest: str = "", **more: str) -> dict[str, str]:
    return {"文号": number, "摘要": digest, **more}


def ledger(*rows: dict[str, str]) -> Ledger:
    return parse_ledger(render_ledger(Ledger().adding(rows)).decode("utf-8-sig"), PATH)


def damage(text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        parse_ledger(text, PATH)
    return str(caught.value)


# --- numbers --------------------------------------------------------------------------------------


def test_numbers_count_on_from_the_highest_one_given() -> None:
    given = ledger(row("青司函〔2026〕7号"), row("青司函〔2026〕3号"))
    assert given.numbers_for(["a", "b"], OURS) == [8, 9]


def test_a_new_year_and_another_body_begin_at_one() -> None:
    given = ledger(row("青司函〔2026〕7号"), row("青政办函〔2027〕5号"))
    assert given.numbers_for(["a"], Series("青司函", 2027)) == [1]
    assert given.numbers_for(["a"], Series("青政办函", 2026)) == [1]


@pytest.mark.parametrize(("first", "number"), [(20, 20), (3, 8)])
def test_the_first_number_of_the_settings_is_the_least(first: int, number: int) -> None:
    assert ledger(row("青司函〔2026〕7号")).numbers_for(["a"], Series("青司函", 2026, first)) == [number]


def test_the_very_same_letter_keeps_its_number() -> None:
    given = ledger(row("青司函〔2026〕7号", "a"), row("青司函〔2026〕8号", "b"))
    assert given.numbers_for(["b", "c", "a"], OURS) == [8, 9, 7]
    assert given.numbers_for(["a"], Series("青司函", 2027)) == [1]


def test_two_letters_that_are_alike_get_two_numbers_and_keep_both() -> None:
    assert Ledger().numbers_for(["a", "a"], OURS) == [1, 2]
    given = ledger(row("青司函〔2026〕1号", "a"), row("青司函〔2026〕2号", "a"))
    assert given.numbers_for(["a", "a"], OURS) == [1, 2]


def test_a_number_is_the_same_in_full_width_and_half_and_in_any_brackets() -> None:
    given = parse_ledger(",".join(COLUMNS) + "\n青司函［２０２６］第７号" + "," * 8, PATH)
    assert given.numbers_for(["a"], OURS) == [8]


RUNS = st.lists(
    st.tuples(
        st.sampled_from(["青司函", "青政函"]), st.integers(2025, 2027), st.integers(1, 30),
        st.lists(st.sampled_from("abcdef"), max_size=6),
    ),
    max_size=8,
)  # fmt: skip


@given(RUNS)
def test_no_number_is_given_twice_in_any_series_of_runs(runs: list[tuple[str, int, int, list[str]]]) -> None:
    book = Ledger()
    owner: dict[str, str] = {}
    for prefix, year, first, digests in runs:
        series = Series(prefix, year, first)
        serials = book.numbers_for(digests, series)
        assert len(set(serials)) == len(serials)
        assert book.numbers_for(digests, series) == serials
        new = []
        for serial, digest in zip(serials, digests, strict=True):
            number = series.number(serial)
            assert owner.setdefault(number, digest) == digest
            if not book.holds(serial, series):
                new.append(row(number, digest))
        book = ledger(*(dict(zip(book.header, cells, strict=True)) for cells in book.rows), *new)
        assert book.numbers_for(digests, series) == serials


# --- the file -------------------------------------------------------------------------------------


def test_a_ledger_that_is_not_there_yet_is_empty(tmp_path: Path) -> None:
    assert read_ledger(tmp_path / PATH) == Ledger()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_ledger_is_read_as_excel_and_wps_save_it(tmp_path: Path, encoding: str) -> None:
    text = (
        ",".join([*COLUMNS, "备注"])
        + "\r\n青司函〔2026〕7号,2026,7,2026/12/1,甲镇,题,a,b,h1,已寄\r\n"
        + "," * 9
    )
    (tmp_path / PATH).write_bytes(text.encode(encoding))
    book = read_ledger(tmp_path / PATH)
    assert book.numbers_for(["h1"], OURS) == [7]
    after = render_ledger(book.adding([row("青司函〔2026〕8号")])).decode("utf-8-sig").split("\r\n")
    assert after[:2] == text.split("\r\n")[:2]
    assert after[2] == "青司函〔2026〕8号" + "," * 9


def test_no_cell_is_a_formula_to_a_spreadsheet() -> None:
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "a\n=1", '"=1"', "青麓镇"]
    data = render_ledger(Ledger().adding([row("青司函〔2026〕1号", 报告=cell) for cell in cells]))
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [r["报告"] for r in rows] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'=1", "a =1", '"=1"', "青麓镇"]


HEAD = ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "是空的"),
        ("\n\n", 1, "是空的"),
        ("文号,年\n", 1, "缺少列：序号、日期"),
        (HEAD + "青司函〔2026〕1号,,,,,,,,\n,2026,2,,,,,,\n", 3, "没有文号"),
        (HEAD + "青司函2026-1,,,,,,,,\n", 2, "文号“青司函2026-1”认不出"),
        (HEAD + "青司函〔2026〕1号,2025,1,,,,,,\n", 2, "“年”是“2025”"),
        (HEAD + "青司函〔2026〕1号,2026,10,,,,,,\n", 2, "“序号”是“10”"),
        (HEAD + "青司函〔2026〕1号,,,,,,,,\n\n青司函〔2026〕1号,,,,,,,,\n", 4, "与第2行重复"),
        (HEAD + '青司函〔2026〕1号,,,,"甲\n镇",,,,\n青司函〔2026〕,\n', 4, "认不出"),
        (HEAD + '青司函〔2026〕1号,,,,"甲镇', 2, "不是完整的 CSV"),
        ("PK\x03\x04\x00", 1, "缺少列"),
    ],
)
def test_a_damaged_ledger_is_told_with_its_line(text: str, line: int, words: str) -> None:
    told = damage(text)
    assert told.startswith(f"发文登记.csv:{line}: ")
    assert words in told
    assert "没有写出公函" in told


def test_a_ledger_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / PATH).write_bytes(b"\xff\xff\x00\x81")
    with pytest.raises(SettingsError, match="认不出编码"):
        read_ledger(tmp_path / PATH)


def test_a_ledger_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / PATH).mkdir()
    with pytest.raises(SettingsError, match="打不开"):
        read_ledger(tmp_path / PATH)


# --- two runs at once -----------------------------------------------------------------------------

RUN = """
import sys, time
from pathlib import Path
from checker.cli.output import write_files
from checker.ledger import Series, locked, read_ledger, render_ledger
path, name = Path(sys.argv[1]), sys.argv[2]
series = Series("青司函", 2026)
for turn in range(5):
    with locked(path, lambda: None):
        book = read_ledger(path)
        serials = book.numbers_for([f"{name}-{turn}-{n}" for n in range(3)], series)
        time.sleep(0.01)
        rows = [{"文号": series.number(serial), "收文单位": name} for serial in serials]
        write_files(path.parent, {path.name: render_ledger(book.adding(rows))})
    print(*serials)
"""


def test_runs_at_once_never_take_the_same_number(tmp_path: Path) -> None:
    path = tmp_path / PATH
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", RUN, str(path), name], stdout=subprocess.PIPE, env=environment
        )
        for name in "甲乙丙"
    ]
    taken = [[int(word) for word in run.communicate(timeout=60)[0].split()] for run in runs]
    assert [len(numbers) for numbers in taken] == [15, 15, 15]
    assert sorted(number for numbers in taken for number in numbers) == list(range(1, 46))
    assert len(read_ledger(path).entries) == 45


def test_a_run_waits_for_another_says_so_once_and_gives_up(tmp_path: Path) -> None:
    told: list[str] = []
    with (
        locked(tmp_path / PATH, lambda: told.append("first")),
        pytest.raises(OutputError, match="被另一次运行占用"),
        locked(tmp_path / PATH, lambda: told.append("second"), patience=0.2),
    ):
        pytest.fail("two runs at once")
    assert told == ["second"]
    with locked(tmp_path / PATH, lambda: told.append("third")):
        assert told == ["second"]


def test_an_error_within_gives_the_ledger_free(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path / PATH, lambda: None):
        raise ZeroDivisionError
    with locked(tmp_path / PATH, lambda: pytest.fail("still held"), patience=0):
        assert write_files(tmp_path, {PATH.name: render_ledger(Ledger())})


def test_a_folder_that_is_a_file_cannot_hold_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with (
        pytest.raises(OutputError, match=r"不能在.*登记文号"),
        locked(tmp_path / "file" / PATH, lambda: None),
    ):
        pytest.fail("no folder")
