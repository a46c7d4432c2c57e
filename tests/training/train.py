"""Trains the classifier: ``make classifier``, then read `make heldout` before and after.

Needs the extra `train` (scikit-learn, pinned). The same rows give the same weights. It is worth its
place only while it is better than the rules alone on reports it never saw: tests/corpus/README.md
holds the comparison.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import numpy as np
import sklearn
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from checker.checks.likeness import runs
from checker.load import checklist_source, load_checklist
from tests.training.data import Row, digest, rows

PATH = Path(__file__).parent.parent.parent / "checklists" / "classifier.json"
KEPT = 600
STRENGTH = 40.0
SEEN = 3


def main() -> None:
    PATH.write_text('{"trained": {}, "items": {}}\n')  # weights of before have no part, and may not fit
    checklist = load_checklist(checklist_source(None))
    found = rows(checklist)
    words = [runs(text) for text, _ in found]
    counts: dict[str, int] = {}
    for present in words:
        for word in present:
            counts[word] = counts.get(word, 0) + 1
    vocabulary = sorted(word for word, count in counts.items() if count >= SEEN)
    matrix = _matrix(found, words, {word: i for i, word in enumerate(vocabulary)})
    items = {}
    for item in checklist.items():
        said = [i for i, (_, says) in enumerate(found) if item.id in says]
        wanted = np.array([found[i][1][item.id] for i in said])
        if len(said) and wanted.any():
            items[item.id] = _fit(matrix[said], wanted, vocabulary)
    trained = {"rows": str(len(found)), "digest": digest(found), "scikit-learn": sklearn.__version__}
    lines = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(part, ensure_ascii=False, separators=(',', ':'))}"
        for name, part in items.items()
    )
    PATH.write_text(f'{{"trained": {json.dumps(trained)},\n"items": {{\n{lines}\n}}}}\n', encoding="utf-8")
    print(f"{PATH}: {len(items)} items, {len(found)} rows", file=sys.stderr)


def _matrix(found: list[Row], words: list[set[str]], at: dict[str, int]) -> csr_matrix:
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for (text, _), present in zip(found, words, strict=True):
        known = sorted(at[word] for word in present if word in at)
        columns += known
        values += [1 / math.sqrt(len(text) + 1)] * len(known)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(found), len(at)))


def _fit(matrix: csr_matrix, wanted: np.ndarray, vocabulary: list[str]) -> dict[str, object]:
    """One item's weights: the heaviest only, rounded, so that they can be read."""
    model = LogisticRegression(C=STRENGTH, max_iter=500).fit(matrix, wanted)
    heavy = sorted(zip(model.coef_[0], vocabulary, strict=True), key=lambda pair: (-abs(pair[0]), pair[1]))
    kept = sorted(heavy[:KEPT], key=lambda pair: (-pair[0], pair[1]))
    return {
        "bias": round(float(model.intercept_[0]), 2),
        "weights": {word: round(float(weight), 1) for weight, word in kept},
    }


if __name__ == "__main__":
    main()
