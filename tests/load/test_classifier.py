"""The classifier's file: what is read from it, and what is said where it cannot be one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.errors import ChecklistError
from checker.load import checklist_source, load_checklist
from checker.load.classifier import load_classifier
from tests.training.data import digest, rows


def test_biases_and_weights_are_read(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text('{"trained": {}, "items": {"a.b": {"bias": -1.5, "weights": {"听证": 2, "会": -1}}}}')
    read = load_classifier(path)
    assert (read.biases, read.weights) == ({"a.b": -1.5}, {"a.b": {"听证": 2.0, "会": -1.0}})
    assert read.sums(["听证", "会", "议"], ["a.b"]) == {"a.b": 1.0}
    assert read.sums(["会"], ["a.b"]) == {"a.b": -1.0}


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"items": {}}', '{"trained": {}, "items": {"a": {"bias": "x", "weights": {}}}}', "\x00"],
)
def test_any_other_file_is_refused_with_its_name_and_what_to_do(tmp_path: Path, text: str) -> None:
    path = tmp_path / "c.json"
    path.write_text(text)
    with pytest.raises(ChecklistError, match=r"c\.json：不是可用的句式分类器文件。.*删去 classifier 一行"):
        load_classifier(path)


def test_a_checklist_that_names_a_missing_one_is_refused(tmp_path: Path) -> None:
    text = checklist_source(None).read_text(encoding="utf-8")
    path = tmp_path / "own.yaml"
    path.write_text(text.replace("classifier: classifier.json", "classifier: mine.json"), encoding="utf-8")
    with pytest.raises(ChecklistError, match=r"找不到 “mine\.json”"):
        load_checklist(path)


def test_an_item_with_a_rule_of_its_own_is_not_judged_by_the_old_training(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "extends: shapotou-2018.yaml\nid: own\ntitle: 自有清单\n"
        "replace:\n  - id: decision.hearing\n    rule:\n      mention: [听证会]\n",
        encoding="utf-8",
    )
    own, base = load_checklist(path).classifier, load_checklist(checklist_source(None)).classifier
    assert set(base.biases) - set(own.biases) == {"decision.hearing"}
    assert "decision.hearing" not in own.weights


def test_the_shipped_weights_were_trained_on_the_corpus_as_it_is() -> None:
    """Where this fails the corpus, the stances or the sections changed: run `make classifier`."""
    checklist = load_checklist(checklist_source(None))
    file = json.loads(checklist_source(None).with_name("classifier.json").read_text(encoding="utf-8"))
    found = rows(checklist)
    assert file["trained"]["digest"] == digest(found)
    assert set(file["items"]) <= {item.id for item in checklist.items()}
