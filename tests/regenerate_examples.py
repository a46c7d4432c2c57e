"""The assessments that the example reports must give: made here, compared in test_examples.py.

After a change of rules: ``make examples`` (or ``python -m tests.regenerate_examples``), then read
the diff of ``examples/expected/`` line by line. Each changed line is a change in what we tell a
government body. The output that the two READMEs show is brought up to date with them.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from checker.audit import audit_report
from checker.load import checklist_source, load_checklist
from checker.model.assessment import Assessment
from checker.renderers.layout import Layout
from checker.renderers.text import render_report

EXAMPLES = Path(__file__).parent.parent / "examples"
EXPECTED = EXAMPLES / "expected"
READMES = (EXAMPLES.parent / "README.md", EXAMPLES.parent / "README.en.md")
SHOWN = re.compile(r"(?<=```text\n\$ fazhi check examples/heijing-2023\.txt\n).*?(?=```)", re.DOTALL)
REPORTS = ("dongqu-2021", "duntou-2020", "heijing-2023", "yicheng-2020")


def assess_example(name: str) -> str:
    """The assessment of an example report as the text of its expected file."""
    checklist = load_checklist(checklist_source(None))
    return as_text(summary(audit_report(EXAMPLES / f"{name}.txt", checklist)))


def summary(assessment: Assessment) -> dict[str, Any]:
    """What a government body is told: who, when, and for every item the status and the quotations."""
    report = assessment.report
    return {
        "unit": report.unit,
        "level": report.level,
        "year": report.year,
        "date": report.dates[0].date.isoformat() if report.dates else None,
        "items": {
            finding.item.id: [finding.status.value, [quote.text for quote in finding.evidence.quotes]]
            for finding in assessment.findings
        },
        "defects": [[defect.kind, defect.quote] for defect in assessment.defects],
    }


def as_text(data: dict[str, Any]) -> str:
    """JSON with one line for an item without quotations, and one for every quotation."""
    head = [f"  {_json(key)}: {_json(data[key])}," for key in ("unit", "level", "year", "date")]
    items = ",\n".join(_item(item, *told) for item, told in data["items"].items())
    defects = ",\n".join(f"    {_json(defect)}" for defect in data["defects"])
    parts = [
        *head,
        f'  "items": {{\n{items}\n  }},',
        f'  "defects": [\n{defects}\n  ]' if defects else '  "defects": []',
    ]
    return "{\n" + "\n".join(parts) + "\n}\n"


def _item(item: str, status: str, quotes: list[str]) -> str:
    lines = ",\n".join(f"      {_json(quote)}" for quote in quotes)
    told = f"[\n{lines}\n    ]" if quotes else "[]"
    return f"    {_json(item)}: [{_json(status)}, {told}]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def shown_output() -> str:
    """The part of a real output that the READMEs show: the head, and the most telling gap."""
    checklist = load_checklist(checklist_source(None))
    assessment = audit_report(EXAMPLES / "heijing-2023.txt", checklist)
    assessment = replace(assessment, path="examples/heijing-2023.txt")
    blocks = render_report(assessment, Layout(80)).split("\n\n")
    telling = next(block for block in blocks if "（sections.first-responsible）" in block)
    return f"{blocks[0]}\n……\n{telling}\n……\n"


def main() -> None:
    shown = shown_output()
    for readme in READMES:
        text = readme.read_text(encoding="utf-8")
        readme.write_text(SHOWN.sub(lambda _: shown, text, count=1), encoding="utf-8", newline="\n")
    EXPECTED.mkdir(exist_ok=True)
    for name in REPORTS:
        path = EXPECTED / f"{name}.json"
        new = assess_example(name)
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(new, encoding="utf-8", newline="\n")
        print(
            f"{path.relative_to(EXAMPLES.parent)}: {'unchanged' if new == old else 'CHANGED, read its diff'}"
        )


if __name__ == "__main__":
    main()
