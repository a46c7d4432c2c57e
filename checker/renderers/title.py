"""Lines of a title (标题回行): of like length, broken where the sense allows. Pure.

GB/T 9704-2012, 7.3.1: 回行时，要做到词意完整，排列对称，长短适宜，间距恰当.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable

# words of the titles of letters and reports that are not torn; a name is not torn either
_WORDS = (
    "关于", "继续", "补充", "完善", "法治政府建设", "年度报告", "情况", "事项", "清单", "回执", "人民政府", "委员会", "街道办事处", "办公室", "司法局",
    "领导小组", "全面依法治", "中共", "通知",
)  # fmt: skip
_YEAR = r"[0-9０-９]{2,4}年度?"
_ENDS = "省市县区旗州盟镇乡局委会组室府处"  # a name as long as a line is broken behind its parts
_NO_START = frozenset("的和与及》〉）〕”’、，。；：！？度")
_NO_END = frozenset("《〈（〔“‘第")
_TORN, _INSIDE_NAME, _NEVER = 60.0, 200.0, 10_000.0
_TOO_MANY = 12  # lines: that is no title any more, and Word breaks it as well
_LINE = 100.0  # one line more is worth it where it saves a name
_KNOWN = re.compile("|".join((*_WORDS, _YEAR)))
_WHOLE = re.compile("|".join((*_WORDS, _YEAR, r"[!-~]+")))


def text_width(text: str) -> float:
    """How wide a text is, in Chinese characters; ASCII takes half of one."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in text)


def balanced(text: str, width: float, names: Iterable[str] = ()) -> list[str]:
    """The text in as few lines as fit into a width (in characters), balanced; nothing is dropped.

    names: what is torn only if nothing else helps, such as the name of a body.
    """
    fewest = max(1, math.ceil(text_width(text) / width))
    if fewest > _TOO_MANY:
        return [text]
    costs = _break_costs(text, names)
    ways = [way for more in range(3) if (way := _split(text, fewest + more, width, costs))]
    if not ways:  # a width of less than a character or two
        return [text]
    return min(ways, key=lambda way: way[0] + _LINE * len(way[1]))[1]


def _break_costs(text: str, names: Iterable[str]) -> list[float]:
    """What a break before each character costs."""
    costs = [0.0] * len(text)
    for name in filter(None, names):
        for found in re.finditer(re.escape(name), text):
            _raise(costs, found.span(), _INSIDE_NAME)
    for word in _WHOLE.finditer(text):
        _raise(costs, word.span(), _TORN)
    between = {at for word in _KNOWN.finditer(text) for at in word.span()}
    for at in range(1, len(text)):
        if text[at] in _NO_START or text[at - 1] in _NO_END:
            costs[at] += _NEVER
        elif costs[at] == 0.0 and at not in between:
            costs[at] = _TORN / 4
        if text[at - 2 : at] == "关于":
            costs[at] += _TORN / 2
        if text[at - 1] in _ENDS and costs[at] <= _INSIDE_NAME:
            costs[at] /= 4
    return costs


def _raise(costs: list[float], span: tuple[int, int], cost: float) -> None:
    for at in range(span[0] + 1, span[1]):
        costs[at] += cost


def _split(text: str, count: int, width: float, costs: list[float]) -> tuple[float, list[str]] | None:
    """The best way into so many lines and what it costs, or none where a line would be too wide."""
    goal = text_width(text) / count
    upto = list(itertools.accumulate(map(text_width, text), initial=0.0))
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for _ in range(count):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, cuts) in best.items():
            for end in range(start + 1, len(text) + 1):
                wide = upto[end] - upto[start]
                if wide > width:
                    break
                total = cost + (wide - goal) ** 2 + (costs[end] if end < len(text) else 0.0)
                if end not in reached or total < reached[end][0]:
                    reached[end] = (total, (*cuts, end))
        best = reached
    if len(text) not in best:
        return None
    cost, cuts = best[len(text)]
    return cost, [text[start:end] for start, end in itertools.pairwise(cuts)]
