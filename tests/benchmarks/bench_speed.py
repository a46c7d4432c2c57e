"""How long a check takes (速度): ratios from one run, because the machine's own speed changes.

``make bench``, or ``python -m tests.benchmarks.bench_speed``. Nothing here fails: it prints.

1. Warm: parse, check and assess one report of about 5,000 characters, against ``jieba.lcut`` of the
   same text (its dictionary already loaded). Wanted: a ratio of at most 1.
2. Cold: ``fazhi check examples/heijing-2023.txt`` in a new process, and where its time goes.
   Wanted: under 2 s.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from checker.assess import assess_report
from checker.checks import check_report
from checker.defects import find_defects
from checker.load import checklist_source, load_checklist
from checker.parse import parse_report
from checker.readers import read_document

ROOT = Path(__file__).parent.parent.parent
SIZE = 5000
ROUNDS = 15
COLD_ROUNDS = 7
RUN = "import sys; from checker.cli import main; sys.exit(main())"
STAGES = """
import json, sys, time
marks = [("python", time.perf_counter())]
def mark(name): marks.append((name, time.perf_counter()))
import checker.cli; mark("import checker.cli")
from pathlib import Path
from checker.load import checklist_source, load_checklist; mark("import checker.load (pydantic, yaml)")
from checker.assess import assess_report
from checker.checks import check_report
from checker.defects import find_defects
from checker.parse import parse_report
from checker.readers import read_document; mark("import readers, parse, checks, defects, assess")
checklist = load_checklist(checklist_source(None)); mark("load the checklist")
blocks = read_document(Path(sys.argv[1])).blocks; mark("read")
report = parse_report(blocks, checklist.wording); mark("parse")
evidence = check_report(report, checklist); mark("check")
assess_report(report, checklist, evidence); mark("assess")
find_defects(report, checklist.titles); mark("defects")
print(json.dumps([[b[0], b[1] - a[1]] for a, b in zip(marks, marks[1:])]))
"""


def best(action: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The quickest of several rounds: the one that other work on the machine disturbed least."""
    return min(timed(action) for _ in range(rounds))


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def nearest_report() -> Path:
    """The example whose text is nearest to 5,000 characters."""
    reports = [path for path in (ROOT / "examples").glob("*-20??.txt") if "opinions" not in path.name]
    return min(reports, key=lambda path: abs(len(path.read_text(encoding="utf-8-sig")) - SIZE))


def warm() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba  # type: ignore[import-untyped]
    jieba.setLogLevel("ERROR")
    loading = timed(jieba.initialize)

    path = nearest_report()
    checklist = load_checklist(checklist_source(None))
    blocks = read_document(path).blocks
    report = parse_report(blocks, checklist.wording)
    evidence = check_report(report, checklist)
    stages = {
        "parse": best(lambda: parse_report(blocks, checklist.wording)),
        "check": best(lambda: check_report(report, checklist)),
        "assess": best(lambda: assess_report(report, checklist, evidence)),
    }
    defects = best(lambda: find_defects(report, checklist.titles))
    # Once through in a row, as it is run: caches that live in the report are not warm.
    flow = best(
        lambda: assess_report(
            (parsed := parse_report(blocks, checklist.wording)), checklist, check_report(parsed, checklist)
        )
    )
    segmenting = best(lambda: jieba.lcut(report.text))

    print(f"Warm: {path.name}, {len(report.text)} characters, best of {ROUNDS}")
    for name, seconds in stages.items():
        print(f"  {name:<34}{seconds * 1000:8.1f} ms")
    print(f"  {'parse + check + assess in a row':<34}{flow * 1000:8.1f} ms")
    print(f"  {'defects (beside it)':<34}{defects * 1000:8.1f} ms")
    print(f"  {'jieba.lcut of the same text':<34}{segmenting * 1000:8.1f} ms   (dictionary: {loading:.2f} s)")
    print(f"  ratio to jieba.lcut: {flow / segmenting:.2f}   (wanted: at most 1)")
    print(f"  with defects:        {(flow + defects) / segmenting:.2f}")


def new_process(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


def cold() -> None:
    example = "examples/heijing-2023.txt"
    bare = [timed(lambda: new_process("-c", "pass")) for _ in range(COLD_ROUNDS)]
    whole = [timed(lambda: new_process("-c", RUN, "check", example)) for _ in range(COLD_ROUNDS)]
    code = new_process("-c", RUN, "check", example).returncode
    print(f"\nCold: fazhi check {example} (exit code {code}), {COLD_ROUNDS} new processes")
    print(f"  median {statistics.median(whole):.2f} s, best {min(whole):.2f} s   (wanted: under 2 s)")
    print(f"  of which Python itself {statistics.median(bare):.2f} s")
    print(f"  ratio to a bare Python start: {min(whole) / min(bare):.1f}")

    run = new_process("-c", STAGES, example)
    if run.returncode:
        print(f"  (the stages could not be timed: {run.stderr.strip().splitlines()[-1]})")
        return
    print("  where it goes, in one further process:")
    for name, seconds in json.loads(run.stdout):
        print(f"    {name:<48}{seconds * 1000:8.1f} ms")


def slowest_imports(count: int = 8) -> None:
    run = new_process("-X", "importtime", "-c", RUN, "check", "examples/heijing-2023.txt")
    rows = re.findall(r"^import time:\s*(\d+) \|\s*(\d+) \| ( *)(\S+)$", run.stderr, flags=re.MULTILINE)
    slow = sorted(((int(total), name) for _, total, _, name in rows), reverse=True)[:count]
    print(f"  slowest imports (-X importtime, with what they import, {len(rows)} modules in all):")
    for total, name in slow:
        print(f"    {name:<48}{total / 1000:8.1f} ms")
    heavy = [
        name for name in ("jieba", "docx", "docxtpl", "lxml.etree") if any(row[3] == name for row in rows)
    ]
    print(f"  loaded although a .txt to a terminal needs none of them: {'、'.join(heavy) or 'nothing'}")


if __name__ == "__main__":
    warm()
    cold()
    slowest_imports()
