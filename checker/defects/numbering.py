"""Numbering (层次序号): skipped, repeated, without its first, or mixed - on every level.

Marks that open a paragraph form nested lists in the order in which their kinds appear, whatever
kind a report puts on top. Marks inside a paragraph (一是…二是…) form lists of that paragraph, which may
nest, go on in the next paragraph, or go on a list that a paragraph's own mark began.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from checker.defects.body import Paragraph, mark, paragraphs
from checker.model.assessment import Defect
from checker.model.report import Report, Span

KIND = "text.numbering"
_HAN = "一二三四五六七八九十"
_NUMBERS = {"壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}
_ORDER = {"首先": 1, "其次": 2, "再次": 3}
_LEADING = (
    ("第一部分", re.compile(rf"第([{_HAN}]+)(?:部分|章|篇|节)")),
    ("壹、", re.compile(r"([壹贰叁肆伍陆柒捌玖])[、.:]")),
    ("一、", re.compile(rf"([{_HAN}]{{1,3}})(?:、|\.(?!\d)|,(?=[一-龥]))")),
    ("(一)", re.compile(rf"\(([{_HAN}]{{1,3}})\)|([㈠-㈩])")),
    ("1.", re.compile(r"(\d{1,2})[.、](?!\d)")),
    ("(1)", re.compile(r"\((\d{1,2})\)")),
    ("①", re.compile(r"([①-⑳])")),
)
_INLINE = re.compile(
    rf"[{_HAN}第首其再(㈠-㈩①-⑳0-9](?:(?P<shi>(?<=[{_HAN}])[{_HAN}]{{0,2}}是(?!否|一[,、]))|(?P<yao>(?<=[{_HAN}])[{_HAN}]{{0,2}}要)"
    rf"|(?P<di>(?<=第)[{_HAN}]{{1,2}}(?:样|件|点|个?方面|步|招|关|桩)?[,、:])|(?P<qi>(?<=其)[{_HAN}](?=[,、:]))"
    rf"|(?P<xian>(?<=首)先|(?<=其)次|(?<=再)次(?=,))|(?P<ph>(?<=\()[{_HAN}]{{1,3}}\)|(?<=[㈠-㈩]))"
    r"|(?P<pd>(?<=\()\d{1,2}\))|(?P<yuan>(?<=[①-⑳]))|(?P<dd>(?<=\d)\d?[.、](?=[一-龥])))"
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
_OTHER_FIRST = re.compile(r"一是|首先|第一|一要|一方面|其一|一则|一个是|一抓|\(一\)|(?<!\d)1[.、]")
_INTRO = re.compile(r"(?:今年|一年|本年|20\d\d年|现将|近年|全年|为)")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A number in front of something (序号): its kind, value and place."""

    kind: str
    number: int
    index: int
    start: int
    end: int
    leading: bool
    sure: bool = True


@dataclass(slots=True)
class _List:
    """A list that is being counted: its last number, and the gaps already pointed out."""

    kind: str
    last: int
    index: int
    excused: set[int] = field(default_factory=set)

    def takes(self, number: int) -> bool:
        return number == self.last + 1 or number in self.excused

    def go_on(self, number: int, index: int) -> None:
        self.excused.discard(number)
        self.last, self.index = max(self.last, number), index


def find(report: Report) -> list[Defect]:
    """Numbers that are skipped, repeated, out of order, mixed, or lack their first."""
    return _Counter(report).defects()


class _Counter:
    """Counts through the body once."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.body: Sequence[Paragraph] = paragraphs(report)
        self.leading = [_leading(p, i) for i, p in enumerate(self.body)]
        self.outer: list[_List] = []
        self.inner: list[_List] = []
        self.fresh = False
        self.found: list[Defect] = []

    def defects(self) -> list[Defect]:
        for index, paragraph in enumerate(self.body):
            head = self.leading[index]
            base = None
            if head:
                base = self._lead(head)
                self.fresh = False
            elif paragraph.heading:
                self.fresh = True
            marks = [] if paragraph.heading else _inline(paragraph, index, head)
            if marks or head or len(paragraph.text) > 30:
                before, self.inner = self.inner, []
                self._within(marks, base, before)
        return self.found

    # lists of paragraphs

    def _lead(self, head: _Mark) -> _List | None:
        """Take a mark that opens a paragraph; the list it belongs to."""
        own = next((lst for lst in reversed(self.outer) if lst.kind == head.kind), None)
        going_on = next((lst for lst in self.inner if lst.kind == head.kind and lst.takes(head.number)), None)
        if going_on and not (own and own.takes(head.number)):
            own = going_on
            self.outer.append(own)
        if own is None:
            return self._lead_new(head)
        while self.outer[-1] is not own:
            self.outer.pop()
        if own.takes(head.number):
            own.go_on(head.number, head.index)
        elif head.number == 1 and (
            own.last > 1 or self.fresh or (own.index != head.index - 1 and not self.body[head.index].heading)
        ):
            own.last, own.index = 1, head.index
            own.excused.clear()
        else:
            self._wrong(own, head)
        return own

    def _lead_new(self, head: _Mark) -> _List | None:
        parent = self.outer[-1] if self.outer else None
        if head.number > 1 and parent and self._mixed(head, parent):
            self._report(
                head,
                f"同级序号混用：前面用“{_write(parent.kind, head.number - 1)}”，此处改用“{_write(head.kind, head.number)}”",
                _write(parent.kind, head.number),
            )
            parent.go_on(head.number, head.index)
            return None
        if head.number > 1 and self._first_missing(head):
            self._report_first(head, parent)
        new = _List(head.kind, head.number, head.index)
        self.outer.append(new)
        return new

    def _mixed(self, head: _Mark, parent: _List) -> bool:
        """Whether a number of another kind only goes on the list above it."""
        if parent.last + 1 != head.number:
            return False
        following = [m for m in self.leading[head.index + 1 :] if m and m.kind in (parent.kind, head.kind)]
        if not following:
            return head.number > 2
        return following[0].kind == parent.kind and following[0].number == head.number + 1

    def _first_missing(self, head: _Mark) -> bool:
        if head.kind in ("(一)", "一、", "第一部分", "壹、"):
            return True
        if head.kind in ("一是", "一要", "第一", "首先", "其一"):
            near = "".join(p.text for p in self.body[max(0, head.index - 2) : head.index])
            return not _OTHER_FIRST.search(near)
        following = next((m for m in self.leading[head.index + 1 :] if m), None)
        return following is not None and following.kind == head.kind and following.number == head.number + 1

    def _report_first(self, head: _Mark, parent: _List | None) -> None:
        """The first number is missing: point at the line that lacks it, if it can be told."""
        first = _write(head.kind, 1)
        start = parent.index + 1 if parent else 0
        lines = [p for p in self.body[start : head.index] if p.heading or parent]
        line = lines[0] if lines and head.number == 2 else None
        if line is None or _INTRO.match(line.text) or line.text.endswith(":"):
            self._report(
                head,
                f"序号缺首项：缺“{first}”，直接从“{_write(head.kind, head.number)}”开始",
                f"补上“{first}”，或将此处改为“{first}”",
            )
            return
        self.found.append(
            mark(
                self.report,
                KIND,
                line.span(0, min(len(line.text), 24)),
                message=f"序号缺首项：其后直接是“{_write(head.kind, 2)}”，此处缺“{first}”",
                suggestion=f"{first}{line.text[:24]}",
            )
        )

    # lists within a paragraph

    def _within(self, marks: Sequence[_Mark], base: _List | None, before: list[_List]) -> None:
        for position, item in enumerate(marks):
            reach = [lst for lst in reversed(self.inner) if lst.kind == item.kind]
            if base and base.kind == item.kind and not any(lst is base for lst in reach):
                reach.append(base)
            if not reach:
                reach = [lst for lst in before if lst.kind == item.kind and lst.takes(item.number)]
            own = next((lst for lst in reach if lst.takes(item.number)), None)
            if own:
                own.go_on(item.number, item.index)
                self._top(own)
            elif item.number == 1:
                if item.sure or _followed(marks, position):
                    self._restart(item, reach)
            elif item.sure and reach:
                self._wrong(reach[0], item)
            elif item.sure:
                self._inline_first_missing(item, marks, position)

    def _top(self, own: _List) -> None:
        while self.inner and self.inner[-1] is not own and own in self.inner:
            self.inner.pop()
        if own not in self.inner:
            self.inner.append(own)

    def _restart(self, item: _Mark, reach: list[_List]) -> None:
        text = self.body[item.index].text
        again = (
            reach
            and reach[0].last == 1
            and reach[0].index == item.index
            and text[item.start - 1 : item.start] in "。;"
        )
        if again and item.kind in ("一是", "一要", "第一"):
            self._wrong(reach[0], item)
            return
        self.inner.append(_List(item.kind, 1, item.index))

    def _inline_first_missing(self, item: _Mark, marks: Sequence[_Mark], position: int) -> None:
        text = self.body[item.index].text[: item.start]
        near = text + "".join(p.text for p in self.body[max(0, item.index - 2) : item.index])
        confirmed = _followed(marks, position)
        wanted = confirmed if item.kind in ("(一)", "(1)", "①", "1.") else not _OTHER_FIRST.search(near)
        if wanted and (confirmed or item.kind == "一是" or (item.kind == "首先" and "主要" not in near)):
            first = _write(item.kind, 1)
            self._report(
                item,
                f"序号缺首项：缺“{first}”，直接从“{_write(item.kind, item.number)}”开始",
                f"补上“{first}”，或将此处改为“{first}”",
            )
        self.inner.append(_List(item.kind, item.number, item.index))

    # what is wrong

    def _wrong(self, own: _List, item: _Mark) -> None:
        due, here = _write(own.kind, own.last + 1), _write(item.kind, item.number)
        if item.number > own.last:
            gap = "、".join(
                f"“{_write(own.kind, n)}”" for n in range(own.last + 1, min(item.number, own.last + 4))
            )
            message = f"序号跳号：“{_write(own.kind, own.last)}”之后直接是“{here}”，缺{gap}"
            own.excused = set(range(own.last + 1, item.number))
            own.last = item.number
        elif item.number == own.last:
            message = f"序号重复：“{here}”出现两次"
            own.excused = {own.last + 2}
        else:
            message = f"序号倒置：“{_write(own.kind, own.last)}”之后又是“{here}”"
            own.last = item.number
        own.index = item.index
        self._report(item, message, f"“{here}”改为“{due}”，并核对其后序号")

    def _report(self, item: _Mark, message: str, suggestion: str) -> None:
        span = self._words(item)
        self.found.append(mark(self.report, KIND, span, message=message, suggestion=suggestion))

    def _words(self, item: _Mark) -> Span:
        """The number with the first words behind it, which may be a paragraph of their own."""
        paragraph = self.body[item.index]
        text = paragraph.text
        if item.end == len(text) and item.index + 1 < len(self.body):
            following = self.body[item.index + 1]
            return Span(paragraph.places[item.start], following.span(0, _stop(following.text, 3)).end)
        return paragraph.span(item.start, _stop(text, item.end + 3))


def _stop(text: str, at: int) -> int:
    """Where the words that begin before `at` end: at a punctuation mark, or a dozen characters on."""
    end = min(len(text), at + 11)
    stop = re.search(r"[。;,]", text[at:end])
    return at + stop.start() if stop else end


def _leading(paragraph: Paragraph, index: int) -> _Mark | None:
    """The mark a heading or paragraph opens with."""
    if paragraph.heading:
        for kind, pattern in _LEADING:
            match = pattern.match(paragraph.text)
            if match:
                return _Mark(kind, _value(match.group(1) or match.group(2)), index, 0, match.end(), True)
        return None
    match = _INLINE.match(paragraph.text)
    if match is None or match.lastgroup in ("dd", "pd", "ph", "yuan", None):
        return None
    return _Mark(_KINDS[match.lastgroup], _value(match.group()), index, 0, match.end(), True)


def _inline(paragraph: Paragraph, index: int, head: _Mark | None) -> list[_Mark]:
    """The marks inside a paragraph; one without punctuation before it is not sure."""
    found = []
    for match in _INLINE.finditer(paragraph.text, head.end if head else 0):
        name = match.lastgroup or ""
        before = paragraph.text[match.start() - 1 : match.start()]
        if before in _NO_LIST or (before.isdigit() and name == "dd"):
            continue
        sure = not before or before in _BEFORE.get(name, _STOPS)
        if sure or name == "shi":
            found.append(
                _Mark(_KINDS[name], _value(match.group()), index, match.start(), match.end(), False, sure)
            )
    return found


def _followed(marks: Sequence[_Mark], position: int) -> bool:
    """Whether the next mark of the same kind counts on."""
    own = marks[position]
    following = next((m for m in marks[position + 1 :] if m.kind == own.kind), None)
    if following is None:
        return False
    return following.number == own.number + 1 or (not own.sure and following.sure and following.number == 3)


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
    tens, ten, ones = "".join(c for c in text if c in _HAN).partition("十")
    if not ten:
        return _HAN.index(tens) + 1
    return (_HAN.index(tens) + 1 if tens else 1) * 10 + (_HAN.index(ones) + 1 if ones else 0)


def _write(kind: str, number: int) -> str:
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
