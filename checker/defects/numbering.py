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
from checker.defects.marks import Mark, inline_marks, leading_mark, write_mark
from checker.model.assessment import Defect
from checker.model.report import Report, Span

KIND = "text.numbering"
_OTHER_FIRST = re.compile(r"一是|首先|第一|一要|一方面|其一|一则|一个是|一抓|\(一\)|(?<!\d)1[.、]")
_INTRO = re.compile(r"(?:今年|一年|本年|20\d\d年|现将|近年|全年|为)")


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
        self.leading = [leading_mark(p, i) for i, p in enumerate(self.body)]
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
            elif index and self.leading[index - 1] and self.outer and self._same_line(index):
                base = self.outer[-1]
            marks = [] if paragraph.heading else inline_marks(paragraph, index, head)
            if marks or head or len(paragraph.text) > 30:
                before, self.inner = self.inner, []
                self._within(marks, base, before)
        return self.found

    def _same_line(self, index: int) -> bool:
        """Whether a paragraph only goes on the line of the heading before it."""
        start = self.body[index - 1].places[-1]
        return "\n" not in self.report.text[start : self.body[index].places[0]]

    # lists of paragraphs

    def _lead(self, head: Mark) -> _List | None:
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

    def _lead_new(self, head: Mark) -> _List | None:
        parent = self.outer[-1] if self.outer else None
        if head.number > 1 and parent and self._mixed(head, parent):
            self._report(
                head,
                f"同级序号混用：前面用“{write_mark(parent.kind, head.number - 1)}”，此处改用“{write_mark(head.kind, head.number)}”",
                write_mark(parent.kind, head.number),
            )
            parent.go_on(head.number, head.index)
            return None
        if head.number > 1 and self._first_missing(head):
            self._report_first(head, parent)
        new = _List(head.kind, head.number, head.index)
        self.outer.append(new)
        return new

    def _mixed(self, head: Mark, parent: _List) -> bool:
        """Whether a number of another kind only goes on the list above it."""
        if parent.last + 1 != head.number:
            return False
        following = [m for m in self.leading[head.index + 1 :] if m and m.kind in (parent.kind, head.kind)]
        if not following:
            return head.number > 2
        return following[0].kind == parent.kind and following[0].number == head.number + 1

    def _first_missing(self, head: Mark) -> bool:
        if head.kind in ("(一)", "一、", "第一部分", "壹、"):
            return True
        if head.kind in ("一是", "一要", "第一", "首先", "其一"):
            near = "".join(p.text for p in self.body[max(0, head.index - 2) : head.index])
            return not _OTHER_FIRST.search(near)
        following = next((m for m in self.leading[head.index + 1 :] if m), None)
        return following is not None and following.kind == head.kind and following.number == head.number + 1

    def _report_first(self, head: Mark, parent: _List | None) -> None:
        """The first number is missing: point at the line that lacks it, if it can be told."""
        first = write_mark(head.kind, 1)
        start = parent.index + 1 if parent else 0
        lines = [p for p in self.body[start : head.index] if p.heading or parent]
        line = lines[0] if lines and head.number == 2 else None
        if line is None or _INTRO.match(line.text) or line.text.endswith(":"):
            self._report(
                head,
                f"序号缺首项：缺“{first}”，直接从“{write_mark(head.kind, head.number)}”开始",
                f"补上“{first}”，或将此处改为“{first}”",
            )
            return
        self.found.append(
            mark(
                self.report,
                KIND,
                line.span(0, min(len(line.text), 24)),
                message=f"序号缺首项：其后直接是“{write_mark(head.kind, 2)}”，此处缺“{first}”",
                suggestion=f"{first}{line.text[:24]}",
            )
        )

    # lists within a paragraph

    def _within(self, marks: Sequence[Mark], base: _List | None, before: list[_List]) -> None:
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

    def _restart(self, item: Mark, reach: list[_List]) -> None:
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

    def _inline_first_missing(self, item: Mark, marks: Sequence[Mark], position: int) -> None:
        text = self.body[item.index].text[: item.start]
        near = text + "".join(p.text for p in self.body[max(0, item.index - 2) : item.index])
        confirmed = _followed(marks, position)
        wanted = confirmed if item.kind in ("(一)", "(1)", "①", "1.") else not _OTHER_FIRST.search(near)
        if wanted and (confirmed or item.kind == "一是" or (item.kind == "首先" and "主要" not in near)):
            first = write_mark(item.kind, 1)
            self._report(
                item,
                f"序号缺首项：缺“{first}”，直接从“{write_mark(item.kind, item.number)}”开始",
                f"补上“{first}”，或将此处改为“{first}”",
            )
        self.inner.append(_List(item.kind, item.number, item.index))

    # what is wrong

    def _wrong(self, own: _List, item: Mark) -> None:
        due, here = write_mark(own.kind, own.last + 1), write_mark(item.kind, item.number)
        if item.number > own.last:
            gap = "、".join(
                f"“{write_mark(own.kind, n)}”" for n in range(own.last + 1, min(item.number, own.last + 4))
            )
            message = f"序号跳号：“{write_mark(own.kind, own.last)}”之后直接是“{here}”，缺{gap}"
            own.excused = set(range(own.last + 1, item.number))
            own.last = item.number
        elif item.number == own.last:
            message = f"序号重复：“{here}”出现两次"
            own.excused = {own.last + 2}
        else:
            message = f"序号倒置：“{write_mark(own.kind, own.last)}”之后又是“{here}”"
            own.excused = {own.last + 2}
            own.last = item.number
        own.index = item.index
        self._report(item, message, f"“{here}”改为“{due}”，并核对其后序号")

    def _report(self, item: Mark, message: str, suggestion: str) -> None:
        span = self._words(item)
        self.found.append(mark(self.report, KIND, span, message=message, suggestion=suggestion))

    def _words(self, item: Mark) -> Span:
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


def _followed(marks: Sequence[Mark], position: int) -> bool:
    """Whether the next mark of the same kind counts on."""
    own = marks[position]
    following = next((m for m in marks[position + 1 :] if m.kind == own.kind), None)
    if following is None:
        return False
    return following.number == own.number + 1 or (not own.sure and following.sure and following.number == 3)
