"""Hostile and broken input (恶意和损坏的文件): 2,000 mutations of each fixture, and all that fuzzing found.

Each fixture is mutated in a process of its own with the memory limit of a reader: a crash of a
library, a hang or a hoard fails its test alone. Longer runs: `python -m tests.fuzz.mutate`, and
coverage-guided `tests/fuzz/fuzz_readers.py`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from checker.errors import ReadError
from checker.readers import READERS
from tests.fuzz.fixtures import FIXTURES, fixtures

ROOT = Path(__file__).parents[2]
KINDS = ("doc", "docx", "html", "mhtml", "ofd", "pdf")
CASES = [(kind, path) for kind in KINDS for path in fixtures(kind)]


@pytest.mark.parametrize(("kind", "path"), CASES, ids=lambda case: getattr(case, "name", case))
def test_two_thousand_mutations_are_read_or_refused(kind: str, path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz.mutate", str(path), kind, "2000"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=240)
    assert run.returncode == 0, run.stdout + run.stderr[-3000:]
    assert "refused" in run.stdout


@pytest.mark.parametrize("path", sorted((FIXTURES / "findings").glob("*.bin")), ids=lambda path: path.stem)
def test_what_fuzzing_found_is_read_or_refused(path: Path) -> None:
    try:
        READERS[path.stem.split("-")[0]](path.read_bytes(), None)
    except ReadError as error:
        assert str(error).endswith("。")
