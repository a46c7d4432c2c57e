"""Counts (数量) with their measure words, and percentages: what rates and sums are checked with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

_UNITS = (
    "平方米|平方公里|公里|千米|个(?!百分点|月|工作日|小时|多|百|五年|阶段)|人次|件次|场次|批次|户次|家次|车次|趟次|次"
    "|件|宗|起|例|桩|人(?!大|民|均|社局)|名(?!单)|位|户|家|项|条(?!例)|场|期(?!间)|批|份|册|卷|本|篇|张|封|处(?!罚|理|置|分)"
    "|所(?!有|在)|辆|台|部(?!门|分)|套|枚|块|间(?!距)|栋|幢|座|支|只|笔|吨|亩|村|社区|元"
)
_COUNT = re.compile(
    r"[0-9](?:[0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|[0-9]*(?:\.[0-9]+)?)"
    rf"(?P<scale>万|亿)?(?P<more>余|多|几)?(?P<unit>{_UNITS})(?P<up>以上|左右|以内|以下)?"
)
_ABOUT = re.compile(r"(?:约|近|超过?|逾|至少|不少于|突破)$")
_NO_COUNT = frozenset("0123456789.-/第·+")
_SAME = dict.fromkeys(("宗", "起", "例", "桩"), "件") | dict.fromkeys(("名", "位"), "人")
_SCALES = {"万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with its measure word: `unit` is the same for 件 宗 起, `written` is the report's own.

    `vague` tells that the figure is not exact (余, 约), `scaled` that it is rounded to 万 or 亿.
    """

    value: Decimal
    unit: str
    written: str
    start: int
    end: int
    vague: bool
    scaled: bool

    @property
    def rough(self) -> bool:
        """Whether the figure is too inexact to prove a rate."""
        return self.vague or self.scaled

    @property
    def exact(self) -> bool:
        """Whether the figure can be added up: amounts of money are written in 万元 exactly."""
        return not self.vague and (not self.scaled or self.unit == "元")

    def written_as(self, value: Decimal) -> str:
        """A value in the manner of this one: 30万元."""
        scale = next((word for word in _SCALES if self.written.startswith(word)), "")
        return f"{(value / _SCALES.get(scale, 1)).normalize():f}{self.written}"


@dataclass(frozen=True, slots=True)
class Percentage:
    """A percentage as printed: its number, decimals and place."""

    number: Decimal
    start: int
    end: int

    @property
    def step(self) -> Decimal:
        exponent = self.number.as_tuple().exponent
        return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)

    def fits(self, part: Decimal, whole: Decimal) -> bool:
        """Whether this is part of whole in percent, rounded to the printed decimals."""
        exact = part * 100 / whole
        if part < whole and self.number == 100:
            return False
        right = {exact.quantize(self.step, mode) for mode in (ROUND_HALF_UP, ROUND_HALF_EVEN)}
        if part < whole and right == {Decimal(100).quantize(self.step)}:
            right.add(exact.quantize(self.step, ROUND_DOWN))
        return self.number in right

    def written(self, part: Decimal, whole: Decimal) -> str:
        """The right figure, with one more decimal where rounding would claim 100%."""
        exact = part * 100 / whole
        step = self.step
        while part != whole and exact.quantize(step, ROUND_HALF_UP) == 100 and step > Decimal("0.0001"):
            step = step / 10
        return f"{exact.quantize(step, ROUND_HALF_UP)}%"

    def cut_off(self, part: Decimal, whole: Decimal) -> bool:
        return (part * 100 / whole).quantize(self.step, ROUND_DOWN) == self.number


def counts_in(text: str, start: int = 0, end: int | None = None) -> list[Count]:
    """The counts of a folded text between two positions, in order."""
    stop = len(text) if end is None else end
    return [
        _count(match)
        for match in _COUNT.finditer(text, start, stop)
        if text[match.start() - 1 : match.start()] not in _NO_COUNT
    ]


def _count(match: re.Match[str]) -> Count:
    number = re.match(r"[0-9.,]+", match.group())
    value = Decimal((number.group() if number else "0").replace(",", "")) * _SCALES.get(
        match["scale"] or "", 1
    )
    about = _ABOUT.search(match.string, max(0, match.start() - 3), match.start())
    vague = bool(about or match["more"] or match["up"])
    unit = _SAME.get(match["unit"], match["unit"])
    written = (match["scale"] or "") + match["unit"]
    return Count(value, unit, written, match.start(), match.end("unit"), vague, bool(match["scale"]))
