"""The classifier (句式分类器): what labelled sentences taught, as readable weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, eq=False)
class Classifier:
    """A logistic regression for every item, over single characters and pairs of neighbours.

    biases: by item id; weights: by item id and run of characters. `by_run` is the same the other way
    round, because a text is gone through once for all items; there an item is a number, and `items`
    gives the number of an id. An empty classifier knows no item.
    """

    biases: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]
    items: Mapping[str, int] = field(init=False)
    by_run: Mapping[str, tuple[tuple[int, float], ...]] = field(init=False)

    def __post_init__(self) -> None:
        items = {item: number for number, item in enumerate(self.biases)}
        by_run: dict[str, list[tuple[int, float]]] = {}
        for item, weights in self.weights.items():
            for run, weight in weights.items():
                by_run.setdefault(run, []).append((items[item], weight))
        object.__setattr__(self, "items", items)
        object.__setattr__(self, "by_run", {run: tuple(found) for run, found in by_run.items()})


NO_CLASSIFIER = Classifier({}, {})
