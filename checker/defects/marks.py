"""Marks in front of headings and items (序号): 第一部分, 一、, (一), 1., (1), ①, 一是, 第一, 首先."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.defects.body import Paragraph

_HAN = "一二三四五六七八九十"
_HAN_NUMBER = re.compile("([一二三四五六七八九])?(十)?([一二三四五六七八九])?")
_NUMBERS = {"壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}
_ORDER = {"首先": 1, "其次": 2, "再次": 3}
_LEADING = (
    ("第一部分", re.compile(rf"第([{_HAN}]+)(?:部分|章|篇|节)")),
    ("壹、", re.compile(r"([壹贰叁肆伍陆柒捌玖])[、.:]")),
    ("一、", re.compile(rf"([{_HAN}]{{1,3}})(?:、|\.(?!\d)|,(?=[一-龥]))")),
    ("(一)", re.compile(rf"\(([{_HAN}]{{1,3}})\)|([㈠-㈩])")),
    ("1.", re.compile(r"(\d{1,2})[.、](?:(?!\d)|(?=20\d\d年|1?\d月))")),
    ("(1)", re.compile(r"\((\d{1,2})\)")),
    ("①", re.compile(r"([①-⑳])")),
)
_INLINE = re.compile(
    rf"[{_HAN}第首其再(㈠-㈩①-⑳0-9](?:(?P<shi>(?<=[{_HAN}])[{_HAN}]{{0,2}}是(?!否|一[,、]))|(?P<yao>(?<=[{_HAN}])[{_HAN}]{{0,2}}要)"
    rf"|(?P<di>(?<=第)[{_HAN}]{{1,2}}(?:样|件|点|个?方面|步|招|关|桩)?[,、:])|(?P<qi>(?<=其)[{_HAN}](?=[,、:]))"
    rf"|(?P<xian>(?<=首)先|(?<=其)次|(?<=再)次(?=,))|(?P<ph>(?<=\()[{_HAN}]{{1,3}}\)|(?<=[㈠-㈩]))"
    r"|(?P<pd>(?<=\()\d{1,2}\))|(?P<yuan>(?<=[①-⑳]))|(?P<dd>(?<=\d)\d?[.、](?=[一-龥]|20\d\d年)))"
)
_NO_LIST = frozenset("统唯同逐之第专单万合归划不其")
_KINDS = {
    "shi": "一是",
    "yao": "一要",
    "di": "第一",
    "qi": "其一",
    "xian": "首先",
    "ph": "(一)",
    "pd": "(1)",
    "yuan": "①",
    "dd": "1.",
}
_BEFORE = {"dd": "。;:!", "di": "。;:!,", "qi": "。;:!,", "xian": "。;:!,", "yao": "。;:!,”)"}
_STOPS = "。;:,!?、”)"


@dataclass(frozen=True, slots=True)
class Mark:
    """A number in front of something (序号): its kind, value and place."""

    kind: str
    number: int
    index: int
    start: int
    end: int
    sure: bool = True


def leading_mark(paragraph: Paragraph, index: int) -> Mark | None:
    """The mark a heading or paragraph opens with."""
    if not paragraph.heading:
        inline = _INLINE.match(paragraph.text)
        if inline is None or inline.lastgroup in ("dd", "pd", "ph", "yuan", None):
            return None
        return _mark(_KINDS[inline.lastgroup], inline.group(), index, inline.span())
    for kind, pattern in _LEADING:
        match = pattern.match(paragraph.text)
        if match:
            return _mark(kind, match.group(1) or match.group(2), index, match.span())
    return None


def inline_marks(paragraph: Paragraph, index: int, head: Mark | None) -> list[Mark]:
    """The marks inside a paragraph; one without punctuation before it is not sure."""
    found = []
    for match in _INLINE.finditer(paragraph.text, head.end if head else 0):
        name = match.lastgroup or ""
        before = paragraph.text[match.start() - 1 : match.start()]
        if before in _NO_LIST or (before.isdigit() and name == "dd"):
            continue
        sure = not before or before in _BEFORE.get(name, _STOPS)
        item = _mark(_KINDS[name], match.group(), index, match.span(), sure=sure)
        if item and (sure or name == "shi"):
            found.append(item)
    return found


def _mark(kind: str, text: str, index: int, place: tuple[int, int], *, sure: bool = True) -> Mark | None:
    number = _value(text)
    return Mark(kind, number, index, *place, sure) if number else None


def _value(text: str) -> int:
    if text in _ORDER:
        return _ORDER[text]
    if "①" <= text[0] <= "⑳":
        return ord(text[0]) - ord("①") + 1
    if "㈠" <= text[0] <= "㈩":
        return ord(text[0]) - ord("㈠") + 1
    if text[0] in _NUMBERS:
        return _NUMBERS[text[0]]
    digits = re.search(r"\d+", text)
    if digits:
        return int(digits.group())
    return _han_value("".join(char for char in text if char in _HAN))


def _han_value(text: str) -> int:
    """A Chinese numeral below a hundred; 0 for what is none (五六十)."""
    match = _HAN_NUMBER.fullmatch(text)
    if match is None:
        return 0
    tens, ten, ones = match.groups()
    if not ten:
        return _HAN.index(tens) + 1 if tens and not ones else 0
    return (_HAN.index(tens) + 1 if tens else 1) * 10 + (_HAN.index(ones) + 1 if ones else 0)


def write_mark(kind: str, number: int) -> str:
    """A number in the manner of a kind: `(三)` for "(一)" and 3."""
    if kind == "首先":
        return {1: "首先", 2: "其次", 3: "再次"}.get(number, "最后")
    if kind == "①":
        return chr(ord("①") + number - 1)
    if "1" in kind:
        return kind.replace("1", str(number))
    if "壹" in kind:
        return kind.replace("壹", "壹贰叁肆伍陆柒捌玖拾"[min(number, 10) - 1])
    tens, ones = divmod(number, 10)
    written = (("" if tens == 1 else _HAN[tens - 1]) + "十" if tens else "") + (
        _HAN[ones - 1] if ones else ""
    )
    return kind.replace("一", written).replace("(", "（").replace(")", "）")
