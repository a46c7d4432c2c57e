"""The guard (读取护栏): files from strangers are read in a process of their own, which can be ended.

Whatever a file does to the libraries that read it (no end, no memory, a crash), it costs that file
and no other.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self, cast

from checker.errors import ReadError
from checker.model.document import Document
from checker.readers import file_bytes, is_plain, read_bytes
from checker.readers.limits import MEMORY, SECONDS, TOTAL_SECONDS

if TYPE_CHECKING:
    import subprocess

RESAVE = "文件可能已损坏；请用 WPS 或 Word 打开核对，另存为新的 .docx 后再查。"


class Guard:
    """Reads files one after the other; a context manager, so that the worker ends with it."""

    def __init__(self, encoding: str | None = None, seconds: float = SECONDS) -> None:
        self._encoding = encoding
        self._seconds = seconds
        self._worker: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._end()

    def read(self, path: Path) -> Document:
        """As `read_document`, with a limit of time and memory. Raises ReadError."""
        return self.read_bytes(str(path), file_bytes(path))

    def read_bytes(self, name: str, data: bytes) -> Document:
        """As `readers.read_bytes`, with a limit of time and memory. Raises ReadError."""
        if is_plain(data):  # decoded by Python alone: nothing to fear, and no worker to wait for
            return read_bytes(name, data, self._encoding)
        answer = self._ask(name, data)
        if isinstance(answer, Document):
            return answer
        raise ReadError(answer)

    def start(self) -> subprocess.Popen[bytes]:
        """Start the worker, if none runs: early, it is ready when the first file comes."""
        import subprocess  # a text needs no worker, nor the time to load this

        if self._worker is None or self._worker.poll() is not None:
            self._worker = subprocess.Popen(
                [sys.executable, "-m", "checker.readers.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        return self._worker

    def _ask(self, name: str, data: bytes) -> Document | str:
        from checker.readers.worker import MORE_TIME, receive, send

        worker = self.start()
        requests, answers = cast(BinaryIO, worker.stdin), cast(BinaryIO, worker.stdout)
        watch = _Watch(worker, self._seconds)
        try:
            send(requests, (name, data, self._encoding))
            while (answer := receive(answers)) == MORE_TIME:
                watch.restart()
        except (EOFError, OSError):
            self._end()
            fault = (
                f"超过时限没有读完（一般 {self._seconds:g} 秒，识别图片 {TOTAL_SECONDS // 60} 分钟），已停止"
                if watch.rang
                else "读取程序意外中止，可能是内存不够"
            )
            return f"{name}: {fault}。{RESAVE}"
        finally:
            watch.stop()
        if answer is None:
            self._end()  # what is left of its memory is in pieces
            return f"{name}: 读取需要的内存超过 {MEMORY >> 30} GB，已停止。{RESAVE}"
        return answer  # type: ignore[no-any-return]

    def _end(self) -> None:
        if self._worker is not None:
            _kill(self._worker)
            for stream in (self._worker.stdin, self._worker.stdout):
                if stream:
                    with suppress(OSError):
                        stream.close()
            self._worker.wait()
            self._worker = None


class _Watch:
    """Ends the worker when it takes too long (计时)."""

    def __init__(self, worker: subprocess.Popen[bytes], seconds: float) -> None:
        self._worker, self._seconds = worker, seconds
        self.rang = False
        self._end = time.monotonic() + TOTAL_SECONDS
        self._timer = self._begin()

    def _begin(self) -> threading.Timer:
        seconds = min(self._seconds, max(0.0, self._end - time.monotonic()))
        timer = threading.Timer(seconds, self._ring)
        timer.daemon = True
        timer.start()
        return timer

    def _ring(self) -> None:
        self.rang = True
        _kill(self._worker)

    def restart(self) -> None:
        self._timer.cancel()
        self._timer = self._begin()

    def stop(self) -> None:
        self._timer.cancel()


def _kill(worker: subprocess.Popen[bytes]) -> None:
    """End a worker and what it started (LibreOffice)."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(worker.pid, signal.SIGKILL)
    else:
        worker.kill()
