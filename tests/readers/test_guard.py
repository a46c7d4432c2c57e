"""The guard (读取护栏): a file that never ends, eats memory or crashes its reader costs itself alone."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path

import docx
import pytest

from checker.errors import ReadError
from checker.readers import guard as guards
from checker.readers import limits, read_document
from checker.readers.guard import Guard

# What the worker imports in the place of a reader of Word documents; it is told by the text what to do.
FAKE_READER = """
import os, time
from checker.model.document import Block, Document

def read_docx(data):
    if b"forever" in data:
        time.sleep(600)
    if b"crash" in data:
        os.kill(os.getpid(), 11)
    if b"memory" in data:
        hoard = bytearray(8 << 30)
    if b"noise" in data:
        os.write(1, b"chatter" * 99)
    if b"slow" in data:
        from checker.readers import limits
        for _ in range(5):
            time.sleep(0.4)
            limits.ask_for_more_time()
    return Document("docx", (Block("年度报告"),))
"""


def word(text: str = "年度报告") -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def faked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker whose reader of Word documents does what the file says."""
    (tmp_path / "fake_docx.py").write_text(FAKE_READER, "utf-8")
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, fake_docx\nsys.modules['checker.readers.docx'] = fake_docx\n", "utf-8"
    )
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(Path(guards.__file__).parents[2]), *sys.path])


def refusal(guard: Guard, what: str) -> str:
    with pytest.raises(ReadError) as error:
        guard.read_bytes("a.docx", b"PK\x03\x04word/document.xml " + what.encode())
    assert str(error.value).startswith("a.docx: ")
    return str(error.value)


def test_a_guarded_file_reads_as_an_unguarded_one(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word())
    with Guard() as guard:
        first = guard.start()
        assert guard.read(path) == read_document(path) == guard.read(path)
        assert guard.start() is first
    assert first.poll() is not None


def test_plain_text_needs_no_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Guard, "start", lambda _: pytest.fail("started"))
    (tmp_path / "a.txt").write_text("年度报告", "utf-8")
    with Guard() as guard:
        assert guard.read(tmp_path / "a.txt").blocks[0].text == "年度报告"


def test_faults_are_told_as_without_a_guard() -> None:
    with Guard() as guard, pytest.raises(ReadError, match=r"^a\.docx: .*已损坏"):
        guard.read_bytes("a.docx", b"PK\x03\x04 not a zip")


@pytest.mark.usefixtures("faked")
def test_a_file_without_end_is_stopped_and_the_next_one_is_read() -> None:
    with Guard(seconds=1.5) as guard:
        start = time.monotonic()
        assert "超过时限没有读完（一般 1.5 秒" in refusal(guard, "forever")
        assert time.monotonic() - start < 10
        assert guard.read_bytes("b.docx", word()).blocks[0].text == "年度报告"


@pytest.mark.usefixtures("faked")
def test_a_reader_that_crashes_costs_one_file() -> None:
    with Guard() as guard:
        assert "意外中止" in refusal(guard, "crash")
        assert guard.read_bytes("b.docx", word()).blocks[0].text == "年度报告"


@pytest.mark.usefixtures("faked")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of memory for a process")
def test_memory_beyond_the_limit_is_refused() -> None:
    with Guard() as guard:
        assert f"内存超过 {limits.MEMORY >> 30} GB" in refusal(guard, "memory")
        assert guard.read_bytes("b.docx", word()).blocks[0].text == "年度报告"


@pytest.mark.usefixtures("faked")
def test_what_a_library_prints_does_not_disturb_the_answer() -> None:
    with Guard() as guard:
        assert guard.read_bytes("a.docx", b"PK\x03\x04word/document.xml noise").blocks[0].text == "年度报告"


@pytest.mark.usefixtures("faked")
def test_a_reader_that_shows_progress_gets_more_time() -> None:
    with Guard(seconds=1.5) as guard:
        assert guard.read_bytes("a.docx", b"PK\x03\x04word/document.xml slow").blocks[0].text == "年度报告"


@pytest.mark.usefixtures("faked")
def test_even_progress_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "TOTAL_SECONDS", 1.2)
    with Guard(seconds=1) as guard:
        assert "超过时限没有读完" in refusal(guard, "slow")


def test_no_worker_is_left_behind() -> None:
    with pytest.raises(ZeroDivisionError), Guard() as guard:
        worker = guard.start()
        raise ZeroDivisionError
    with pytest.raises(ProcessLookupError):
        os.kill(worker.pid, 0)
