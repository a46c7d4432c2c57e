"""The worker (读取进程): reads files for another process, which may end it at any moment.

Requests and answers are pickled, one frame each: four bytes of length, then the frame. Run by
`checker.readers.guard` as `python -m checker.readers.worker`.
"""

from __future__ import annotations

import os
import pickle
import struct
from typing import Any, BinaryIO

from checker.errors import ReadError
from checker.readers import read_bytes
from checker.readers.limits import MEMORY, answer_to, limit_memory

LENGTH = struct.Struct("!I")
MORE_TIME = "more time"


def send(stream: BinaryIO, message: Any) -> None:
    """Write one frame."""
    frame = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(frame)) + frame)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read one frame. Raises EOFError where the other side is gone."""
    frame = _exactly(stream, LENGTH.unpack(_exactly(stream, LENGTH.size))[0])
    return pickle.loads(frame)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def main() -> None:
    """Answer until nobody asks any more."""
    # Libraries print to 1 and 2 at will; the answers go where only we write.
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    limit_memory(MEMORY)
    answer_to(lambda: send(answers, MORE_TIME))
    while True:
        try:
            name, data, encoding = receive(requests)
        except EOFError:
            return
        send(answers, _answer(name, data, encoding))


def _answer(name: str, data: bytes, encoding: str | None) -> Any:
    try:
        return read_bytes(name, data, encoding)
    except ReadError as error:
        return str(error)
    except MemoryError:
        return None


if __name__ == "__main__":
    main()
