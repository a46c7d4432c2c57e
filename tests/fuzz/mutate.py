"""Mutations (变异) of a file, each read: a document or `ReadError`, soon, and within the memory allowed.

    python -m tests.fuzz.mutate FILE KIND [COUNT]

Run in a process of its own, which may crash or be killed without taking the tests along. Prints how
many were read and how many refused, and the slowest; ends with a traceback and the mutation in
/tmp/fazhi-mutation.bin where one did neither.
"""

from __future__ import annotations

import io
import os
import random
import re
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from checker.errors import ReadError
from checker.readers import READERS, libreoffice
from checker.readers.content import sniff
from checker.readers.limits import MEMORY, limit_memory
from tests.fuzz.fixtures import KINDS_OF_PARTS, repacked

ODD_NUMBERS = (b"-1", b"0", b"999999999", b"2147483648", b"1e308", b"NaN", b"", b"\xe4\xb8\x80")
SLOW = 5.0  # seconds: two hundred times what a fixture takes, and far below the guard's limit


def mutated(data: bytes, chance: random.Random) -> bytes:
    """One change: bytes turned, cut out, doubled, moved, or a number in it made odd."""
    at, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    end = min(end, at + 200)
    match chance.randrange(7):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + data[end:]
        case 2:
            return data[:end] + data[at:end] * chance.choice((1, 3, 50)) + data[end:]
        case 3:
            return (
                data[:at]
                + bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9)))
                + data[at + 4 :]
            )
        case 4:
            other = chance.randrange(len(data) + 1)
            return data[:other] + data[at:end] + data[other:]
        case 5:
            numbers = list(re.finditer(rb"\d+", data))
            if numbers:
                found = chance.choice(numbers)
                return data[: found.start()] + chance.choice(ODD_NUMBERS) + data[found.end() :]
    flipped = bytearray(data)
    for _ in range(chance.choice((1, 1, 4, 40))):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def mutations(data: bytes, kind: str, count: int) -> Iterator[bytes]:
    """Changes of the whole file, and for a zipped one mostly of its parts."""
    chance = random.Random(f"{kind}{len(data)}")
    parts: dict[str, bytes] = {}
    if kind in KINDS_OF_PARTS:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {p: archive.read(p) for p in KINDS_OF_PARTS[kind] if p in archive.namelist()}
    for _ in range(count):
        if parts and chance.random() < 0.8:
            part = chance.choice([*parts, *list(parts)[:1] * 3])
            yield repacked(data, part, mutated(parts[part], chance))
        else:
            yield mutated(data, chance)


def outcome(read: Callable[[], object]) -> str:
    try:
        read()
    except ReadError as error:
        assert str(error).endswith("。"), error
        return "refused"
    return "read"


def main(path: Path, kind: str, count: int = 2000) -> None:
    limit_memory(MEMORY)
    libreoffice.PLACES, os.environ["PATH"] = (), ""  # two seconds a call
    counts = {"read": 0, "refused": 0}
    slowest = 0.0
    for data in mutations(path.read_bytes(), kind, count):
        start = time.monotonic()
        try:
            sniff(data)
            counts[outcome(lambda data=data: READERS[kind](data, None))] += 1  # type: ignore[misc]
            slowest = max(slowest, time.monotonic() - start)
            assert slowest < SLOW, f"{slowest:.1f} s"
        except BaseException:
            (Path(tempfile.gettempdir()) / "fazhi-mutation.bin").write_bytes(data)
            raise
    print(f"{path.name}: {counts['read']} read, {counts['refused']} refused, slowest {slowest:.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:4]))
