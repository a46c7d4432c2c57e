"""The real reports give the assessments in examples/expected.

A change in one of those files is a change in what we tell a government body.
"""

from __future__ import annotations

import difflib
import json
import re
from pathlib import Path

import pytest

from checker.audit import audit_report
from checker.load import load_checklist
from checker.model.assessment import Status
from checker.specimens import run_specimens
from tests import example_documents
from tests.regenerate_examples import (
    EXAMPLES,
    EXPECTED,
    READMES,
    REPORTS,
    SHOWN,
    as_text,
    assess_example,
    shown_output,
)

ADVICE = "If the change is meant: make examples, and read the diff of examples/expected line by line."


def expected_text(name: str) -> str:
    return (EXPECTED / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", REPORTS)
def test_report_gives_its_expected_assessment(name: str) -> None:
    expected, got = expected_text(name), assess_example(name)
    if got != expected:
        diff = difflib.unified_diff(
            expected.splitlines(), got.splitlines(), f"examples/expected/{name}.json", "got", lineterm="", n=1
        )
        pytest.fail("\n".join([*diff, "", ADVICE]), pytrace=False)


@pytest.mark.parametrize("name", REPORTS)
def test_expected_file_is_json_in_the_written_form(name: str) -> None:
    text = expected_text(name)
    assert as_text(json.loads(text)) == text


@pytest.mark.parametrize("name", REPORTS)
def test_every_expected_quotation_stands_in_the_report(name: str) -> None:
    report = (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8-sig")
    data = json.loads(expected_text(name))
    quotes = [quote for _, told in data["items"].values() for quote in told]
    assert [quote for quote in quotes if quote not in report] == []


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_readme_shows_what_the_program_prints(readme: Path) -> None:
    shown = SHOWN.search(readme.read_text(encoding="utf-8"))
    assert shown, "the README shows no output of: fazhi check examples/heijing-2023.txt"
    assert shown.group() == shown_output(), ADVICE


def test_every_expected_file_has_its_report() -> None:
    assert sorted(path.stem for path in EXPECTED.glob("*.json")) == sorted(REPORTS)


def test_heijing_lacks_the_first_responsible_section() -> None:
    items = json.loads(expected_text("heijing-2023"))["items"]
    assert items["sections.first-responsible"] == ["unmet", []]


def test_district_checklist_adds_replaces_and_switches_off() -> None:
    checklist = load_checklist(EXAMPLES / "my-district.yaml")
    shapotou = load_checklist(EXAMPLES.parent / "checklists" / "shapotou-2018.yaml")
    own = {item.id: item for item in checklist.items()}
    base = {item.id: item for item in shapotou.items()}
    assert set(own) - set(base) == {"promotion.convenience"}
    assert (
        set(base) - set(own) == {item for item, _ in checklist.switched_off} == {"capacity.counsel-appraisal"}
    )
    changed = [item for item in own if item in base and own[item] != base[item]]
    assert changed == ["sections.causes"]


def test_specimens_of_the_district_item_come_out_as_written() -> None:
    results = run_specimens(load_checklist(EXAMPLES / "my-district.yaml"))
    own = [result for result in results if result.item.id == "promotion.convenience"]
    assert len(own) == 3
    assert [r for r in own if not r.agrees] == []


@pytest.mark.parametrize("name", REPORTS)
def test_district_checklist_checks_the_examples(name: str) -> None:
    checklist = load_checklist(EXAMPLES / "my-district.yaml")
    assessment = audit_report(Path(EXAMPLES / f"{name}.txt"), checklist)
    assert len(assessment.findings) == 57
    assert {finding.status for finding in assessment.findings} <= set(Status)


# --- the documents in examples/documents ----------------------------------------------------------


def test_the_example_documents_say_what_would_be_written_today() -> None:
    made = dict(example_documents.documents())
    kept = {path.name: path.read_bytes() for path in example_documents.DOCUMENTS.glob("*.docx")}
    assert made.keys() == kept.keys()
    for name, data in made.items():
        assert example_documents.words(kept[name]) == example_documents.words(data), (name, ADVICE)


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_picture_of_a_readme_is_there(readme: Path) -> None:
    shown = re.findall(r"!\[[^]]*\]\(([^)]+)\)", readme.read_text(encoding="utf-8"))
    assert shown
    assert [name for name in shown if not (readme.parent / name).is_file()] == []
