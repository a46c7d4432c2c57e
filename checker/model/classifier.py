"""The classifier (句式分类器): what labelled sentences taught, as readable weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

WIDTH = 24  # bits for one item's sum of weights, in tenths: far more than any sentence can reach
_HALF = 1 << (WIDTH - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Classifier:
    """A logistic regression for every item, over single characters and pairs of neighbours.

    biases: by item id; weights: by item id and run of characters, with one decimal. `packed` holds the
    weights of a run for all items side by side in one integer, so that adding up the runs of a text
    adds for all items at once. An empty classifier knows no item.
    """

    biases: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]
    packed: Mapping[str, int] = field(init=False)
    _shifts: Mapping[str, int] = field(init=False)
    _zero: int = field(init=False)

    def __post_init__(self) -> None:
        shifts = {item: WIDTH * number for number, item in enumerate(self.biases)}
        packed: dict[str, int] = {}
        for item, weights in self.weights.items():
            for run, weight in weights.items():
                packed[run] = packed.get(run, 0) + (round(weight * 10) << shifts[item])
        object.__setattr__(self, "packed", packed)
        object.__setattr__(self, "_shifts", shifts)
        object.__setattr__(self, "_zero", sum(_HALF << shift for shift in shifts.values()))

    def sums(self, runs: Iterable[str], items: Iterable[str]) -> dict[str, float]:
        """The sum of the weights of some runs, for each of some items."""
        packed = self.packed
        total = self._zero + sum([packed[run] for run in runs if run in packed])  # no field is below zero
        mask = (1 << WIDTH) - 1
        return {item: ((total >> self._shifts[item] & mask) - _HALF) / 10 for item in items}


NO_CLASSIFIER = Classifier({}, {})
