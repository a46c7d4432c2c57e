"""The ledger of letters (发文登记): a CSV file that keeps every number given, so that none is given twice.

People open it in Excel or WPS and may add columns and rows; all they wrote stays as it is.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from checker.errors import OutputError, SettingsError
from checker.model.letter import document_number

COLUMNS = ("文号", "年", "序号", "日期", "收文单位", "报告", "报告文件", "文件名", "摘要")
PATIENCE = 120.0  # seconds to wait for another run
_NUMBER = re.compile(r"(.+?)[〔\[(【](\d{4})[〕\])】]第?(\d+)号")
_RISKY = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers that count on (编号序列): 机关代字, the year, and the lowest number to give."""

    prefix: str
    year: int
    first: int = 1

    def number(self, serial: int) -> str:
        return document_number(self.prefix, self.year, serial)


@dataclass(frozen=True, slots=True)
class Entry:
    """One number given (一条登记), its prefix as `_key` has it, and the digest of the letter that bears it."""

    prefix: str
    year: int
    serial: int
    digest: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """All numbers given so far (登记簿), with the rows as they stand in the file."""

    header: tuple[str, ...] = COLUMNS
    rows: tuple[tuple[str, ...], ...] = ()
    entries: tuple[Entry, ...] = ()

    def numbers_for(self, digests: Sequence[str], series: Series) -> list[int]:
        """A number for each letter: its own where the very same letter has one, else the next.

        Two letters that are alike get two numbers.
        """
        given = self._given(series)
        serial = max([series.first - 1, *(entry.serial for entry in given)])
        own: defaultdict[str, list[int]] = defaultdict(list)
        for entry in reversed(given):
            own[entry.digest].append(entry.serial)
        numbers = []
        for digest in digests:
            if own[digest]:
                numbers.append(own[digest].pop())
            else:
                serial += 1
                numbers.append(serial)
        return numbers

    def holds(self, serial: int, series: Series) -> bool:
        """Whether a number was given."""
        return any(entry.serial == serial for entry in self._given(series))

    def adding(self, rows: Iterable[Mapping[str, str]]) -> Ledger:
        """The ledger with further rows, by the names of the columns."""
        cells = (tuple(_harmless(row.get(name, "")) for name in self.header) for row in rows)
        return replace(self, rows=(*self.rows, *cells))

    def _given(self, series: Series) -> list[Entry]:
        key = _key(series.prefix), series.year
        return [entry for entry in self.entries if (entry.prefix, entry.year) == key]


@contextmanager
def locked(path: Path, waiting: Callable[[], None], *, patience: float = PATIENCE) -> Iterator[None]:
    """Keep every other run out of the ledger; `waiting` is called once where another is at it.

    Raises OutputError where it is still at it after `patience` seconds, or where no lock can be set.
    """
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # whoever shares the folder may lock, whoever came first
        lock = FileLock(path.with_name(f"{path.name}.lock"), mode=0o666)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting()
            lock.acquire(timeout=patience)
    except Timeout:
        raise OutputError(
            f"{path} 一直被另一次运行占用，等了{patience:.0f}秒。没有写出公函，也没有用掉文号。请等它结束后再运行。"
        ) from None
    except (OSError, NotImplementedError) as error:
        raise OutputError(
            f"不能在 {path.parent} 里登记文号（{getattr(error, 'strerror', '') or error}）。"
            "请确认这个文件夹可以写入，或在发文设置的 ledger 里换一个位置。"
        ) from error
    try:
        yield
    finally:
        lock.release()


def read_ledger(path: Path) -> Ledger:
    """The ledger in a file, or an empty one where there is none yet. Raises SettingsError."""
    try:
        return parse_ledger(_decoded(path.read_bytes(), path), path)
    except FileNotFoundError:
        return Ledger()
    except OSError as error:
        raise SettingsError(
            f"{path} 打不开（{error.strerror or error}）。请关闭正在用 Excel 或 WPS 打开它的窗口后再运行。"
        ) from error


def _decoded(data: bytes, path: Path) -> str:
    """As we wrote it, or as Excel and WPS save CSV on a Chinese Windows."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _damage(path, 1, "不是文本，认不出编码")


def parse_ledger(text: str, path: Path) -> Ledger:
    """The ledger in a text. Raises SettingsError with the line of what is damaged."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            lines.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise _damage(path, start, f"不是完整的 CSV（{error}）") from error
    lines = [(line, cells) for line, cells in lines if any(cell.strip() for cell in cells)]
    if not lines:
        raise _damage(path, 1, "是空的，读不出已用的文号")
    header = tuple(cell.strip() for cell in lines[0][1])
    if missing := [name for name in COLUMNS if name not in header]:
        raise _damage(path, lines[0][0], f"缺少列：{'、'.join(missing)}")
    entries: dict[tuple[str, int, int], int] = {}
    found = []
    for line, cells in lines[1:]:
        entry = _entry(dict(zip(header, cells, strict=False)), path, line)
        key = entry.prefix, entry.year, entry.serial
        if key in entries:
            raise _damage(path, line, f"文号与第{entries[key]}行重复")
        entries[key] = line
        found.append(entry)
    return Ledger(header, tuple(tuple(cells) for _, cells in lines[1:]), tuple(found))


def _entry(cells: Mapping[str, str], path: Path, line: int) -> Entry:
    written = _key(cells.get("文号", "")).lstrip("'")
    match = _NUMBER.fullmatch(written)
    if match is None:
        what = f"文号“{written}”认不出" if written else "没有文号"
        raise _damage(path, line, f"{what}，应当像“禄司函〔2026〕3号”")
    year, serial = int(match[2]), int(match[3])
    for name, value in (("年", year), ("序号", serial)):
        if (given := cells.get(name, "").strip()) and given != str(value):
            raise _damage(path, line, f"“{name}”是“{given}”，与文号“{written}”不一致")
    return Entry(match[1], year, serial, cells.get("摘要", "").strip())


def render_ledger(ledger: Ledger) -> bytes:
    """The file: CSV that Excel and WPS open with the right characters."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([ledger.header, *ledger.rows])
    return text.getvalue().encode("utf-8-sig")


def _damage(path: Path, line: int, fault: str) -> SettingsError:
    return SettingsError(
        f"{path}:{line}: 发文登记{fault}。\n"
        "为免文号重复，没有写出公函。请在 Excel、WPS 或文本编辑器里改正这一行，或从备份恢复这个文件；\n"
        "确实要重新编号的，把它改名存放，另在发文设置里用 number 的 next 和 year 写明从几号起。"
    )


def _key(text: str) -> str:
    """The same for all ways of writing it: full width or half, with spaces or without."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _harmless(text: str) -> str:
    """A cell that a spreadsheet takes for text, never for a formula."""
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(_RISKY) else text
