"""Coverage-guided fuzzing of one reader: any bytes give a document or `ReadError`, nothing else.

    pip install atheris
    python -m tests.fuzz.fuzz_readers docx /tmp/corpus-docx -max_total_time=600 -rss_limit_mb=2048 -timeout=10

The folder collects inputs that reach new code; it is filled with the fixtures of that kind at the first
run. What breaks a reader is written as crash-…, timeout-… or oom-… into the working folder: mend the
reader, and put the input into tests/readers/fixtures/findings/ as KIND-WHAT.bin, where
`tests/readers/test_mutations.py` reads it for ever.

A zipped document is fuzzed by its parts: flipped bits in a compressed stream only show that a ZIP is
checked. The first byte of an input chooses the part that the rest replaces, and whether its XML is mended.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris  # type: ignore[import-not-found]
from lxml import etree

from tests.fuzz.fixtures import KINDS_OF_PARTS, fixtures, repacked

with atheris.instrument_imports(include=["checker", "olefile"]):
    import checker.readers
    from checker.errors import ReadError
    from checker.readers import READERS
    from checker.readers.content import sniff

    # The readers are imported when first used, which would be too late to be watched.
    for found in pkgutil.walk_packages(checker.readers.__path__, "checker.readers."):
        importlib.import_module(found.name)


def mended(xml: bytes) -> bytes:
    """The XML with its faults mended: what is not well-formed never gets behind the parser."""
    try:
        return etree.tostring(etree.fromstring(xml, etree.XMLParser(recover=True, resolve_entities=False)))
    except (etree.LxmlError, ValueError, TypeError):
        return xml


def target(kind: str) -> Callable[[bytes], None]:
    """What is called with every input."""
    first = fixtures(kind)[0].read_bytes() if kind in KINDS_OF_PARTS else b""

    def read(data: bytes) -> None:
        if kind in KINDS_OF_PARTS and data:
            parts = KINDS_OF_PARTS[kind]
            data = repacked(
                first, parts[data[0] % len(parts)], mended(data[1:]) if data[0] < 128 else data[1:]
            )
        try:
            sniff(data)
            READERS[kind](data, None)
        except ReadError as error:
            assert str(error).endswith("。"), error

    return read


def seed(kind: str, corpus: Path) -> None:
    """Fill an empty corpus with the fixtures, or with their parts."""
    corpus.mkdir(parents=True, exist_ok=True)
    if any(corpus.iterdir()):
        return
    for path in fixtures(kind):
        if kind not in KINDS_OF_PARTS:
            (corpus / path.name).write_bytes(path.read_bytes())
            continue
        with zipfile.ZipFile(path) as archive:
            for number, part in enumerate(KINDS_OF_PARTS[kind]):
                if part in archive.namelist():
                    name = f"{path.stem}-{Path(part).name}"
                    (corpus / name).write_bytes(bytes([number]) + archive.read(part))


if __name__ == "__main__":
    kind, folder, *options = sys.argv[1:]
    seed(kind, Path(folder))
    atheris.Setup([sys.argv[0], folder, *options], target(kind))
    atheris.Fuzz()
