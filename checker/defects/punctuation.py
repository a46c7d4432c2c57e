"""Marks that stand alone (标点配对): quotation marks, title marks and brackets without their other half.

Within a paragraph. Full and half width brackets are one; after a lost mark the reading starts
afresh, so that one lost ” does not make every later quotation a fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.defects.body import Paragraph, mark, paragraphs
from checker.model.assessment import Defect
from checker.model.report import Report

KIND = "text.punctuation"

_CLOSING = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "(": ")", "【": "】", "〔": "〕"}
_OPENING = {close: open_ for open_, close in _CLOSING.items()}
_MARKS = re.compile('[“”‘’《》〈〉()【】〔〕"]')
_NAMES = {"“": "引号", "‘": "引号", '"': "引号", "《": "书名号", "〈": "书名号"}
_BRACKETS = "(【〔"
_ENUMERATED = re.compile(r"(?:^|[。;:,、!?”)])(?:\d{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,3}|[①-⑳])$")
_STOP = re.compile(r"[,。;:!?、]")
_TITLE_END = re.compile(
    r"(?:条例|规定|办法|细则|总则|法典|法|纲要|规划|意见|决定|准则|规则|章程|计划|方案|通知|制度|清单|要点|标准|指引|预案|目录"
    r"|手册|指南|报告|公约|协议|合同|汇编|决议|责任书|通知书|意见书)(?:\([^()]{1,16}\))?(?=[的和与及等、,。;:!?要中提规明”]|实施|贯彻|$)"
)
_VERB = re.compile(
    r".*(?:根据|依据|依照|按照|对照|学习|宣传|贯彻|修订|出台|制定|印发|答复|实行|推行|落实|开展|打造|建立|创建|推进|实施|坚持|深化|依托|利用|通过|运用|发挥|完善|构建|形成|组织|举办|称为|获得|围绕|了|的|为|成|以|在)(?=.{2,})"
)


@dataclass(frozen=True, slots=True)
class _Loose:
    """A mark without its other half: which mark, and where it stands in the paragraph.

    nested: the end of a 《》 inside another; turned: the other half, if that looks the wrong way.
    """

    char: str
    at: int
    nested: int = 0
    turned: int = 0


def find(report: Report) -> list[Defect]:
    """Every mark without its other half, and 《 where 〈 should stand, once each."""
    body = [paragraph for paragraph in paragraphs(report) if _MARKS.search(paragraph.text)]
    loose = [_loose(paragraph.text) for paragraph in body]
    _pair_across(body, loose)
    found = []
    for paragraph, marks in zip(body, loose, strict=True):
        for one in marks:
            found.append(_defect(report, paragraph, one))
    return found


def _pair_across(body: list[Paragraph], loose: list[list[_Loose]]) -> None:
    """A quotation that runs on into the next paragraph is whole."""
    for i in range(len(loose) - 1):
        if not loose[i] or not loose[i + 1]:
            continue
        last, first = loose[i][-1], loose[i + 1][0]
        if _CLOSING.get(last.char) == first.char and body[i + 1].places[0] - body[i].places[-1] < 8:
            loose[i].pop()
            loose[i + 1].pop(0)


# --- which marks stand alone ----------------------------------------------------------------------


class _Reading:
    """One paragraph read from left to right, with the marks that are still open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks = [(m.start(), m.group()) for m in _MARKS.finditer(text)]
        self.open: list[_Loose] = []
        self.loose: list[_Loose] = []
        self.crossed: list[str] = []

    def run(self) -> list[_Loose]:
        for index, (at, char) in enumerate(self.marks):
            if char == '"':
                self._straight(at)
            elif char in _CLOSING:
                self._opens(at, char, index)
            else:
                self._closes(at, char)
        self.loose += self.open
        return self._turned(sorted(self.loose, key=lambda one: one.at))

    def _turned(self, loose: list[_Loose]) -> list[_Loose]:
        """“甲“ and ”甲” are one mark turned the wrong way, not two lost ones."""
        kept: list[_Loose] = []
        for one in loose:
            before = kept[-1] if kept else None
            if before and before.char + one.char in ("““", "””", "‘‘", "’’", "“‘"):
                between = self.text[before.at + 1 : one.at]
                if 0 < len(between) <= 20 and not _STOP.search(between):
                    kept[-1] = _Loose(before.char, before.at, turned=one.at)
                    continue
            kept.append(one)
        return kept

    def _opens(self, at: int, char: str, index: int) -> None:
        """An opening mark; the same one still open is lost, or holds this one."""
        for i, before in enumerate(self.open):
            if before.char == char and char not in _BRACKETS:
                if self._holds(before, index):
                    self._nested(before, at, index)
                else:
                    self.loose.append(self.open.pop(i))
                break
        self.open.append(_Loose(char, at))

    def _nested(self, before: _Loose, at: int, index: int) -> None:
        if before.char == "《":
            self.loose.append(_Loose("《", at, nested=self._end_of(index)))

    def _end_of(self, index: int) -> int:
        return next((at for at, char in self.marks[index + 1 :] if char == "》"), self.marks[index][0])

    def _holds(self, before: _Loose, index: int) -> bool:
        """Whether an open mark still has an end of its own behind the one that opens inside it."""
        char, depth = before.char, 2
        for at, other in self.marks[index + 1 :]:
            if other == char:
                depth += 1
            elif other == _CLOSING[char]:
                depth -= 1
            between = self.text[before.at + 1 : at]
            if depth == 0:
                return char != "《" or not re.search(r"[。;]|,.*,", between)
            if char == "《" and len(between) > 90:
                return False
        return False

    def _closes(self, at: int, char: str) -> None:
        """A closing mark: pairs with the nearest opening one; what opened in between is lost."""
        partner = _OPENING[char]
        for i in range(len(self.open) - 1, -1, -1):
            if self.open[i].char == partner or (self.open[i].char == '"' and char == "”"):
                self.crossed += [one.char for one in self.open[i + 1 :]]
                self.loose += self.open[i + 1 :]
                del self.open[i:]
                return
        if partner in self.crossed:
            self.crossed.remove(partner)
        elif self._mismatched(at, char):
            self.loose.append(_Loose(self.open[-1].char, self.open.pop().at, turned=at))
        elif not self._is_harmless(at, char):
            self.loose.append(_Loose(char, at))

    def _mismatched(self, at: int, char: str) -> bool:
        """（2019〕 and ‘甲” are one fault, not two."""
        if not self.open or at - self.open[-1].at > 21:
            return False
        between = self.text[self.open[-1].at + 1 : at]
        kind = _BRACKETS if _OPENING[char] in _BRACKETS else "“‘"
        return self.open[-1].char in kind and _OPENING[char] in kind and not _STOP.search(between)

    def _is_harmless(self, at: int, char: str) -> bool:
        """1) and a) number; ’ can be an apostrophe."""
        before, after = self.text[:at], self.text[at + 1 : at + 2]
        if char == ")":
            return bool(_ENUMERATED.search(before[-6:]))
        return char == "’" and bool(re.search(r"[A-Za-z0-9]$", before) or re.match(r"[A-Za-z]", after))

    def _straight(self, at: int) -> None:
        """A straight mark ends what is open, or opens; where their number is odd it may end a “."""
        ends = '"“' if self.text.count('"') % 2 else '"'
        for i in range(len(self.open) - 1, -1, -1):
            if self.open[i].char in ends:
                self.loose += self.open[i + 1 :]
                del self.open[i:]
                return
        if not (len(ends) == 2 and self.text[at - 1 : at].isdigit()):
            self.open.append(_Loose('"', at))


def _loose(text: str) -> list[_Loose]:
    if all(text.count(a) == text.count(b) for a, b in _CLOSING.items()) and _is_plain(text):
        return []
    return _Reading(text).run()


def _is_plain(text: str) -> bool:
    """Whether every mark is followed by its own other half, nothing inside: the common case."""
    marks = _MARKS.findall(text)
    return '"' not in marks and all(
        _CLOSING.get(a) == b for a, b in zip(marks[::2], marks[1::2], strict=False)
    )


# --- what to say about them -----------------------------------------------------------------------


def _defect(report: Report, paragraph: Paragraph, one: _Loose) -> Defect:
    text = paragraph.text
    if one.nested:
        inner = text[one.at : one.nested + 1]
        return mark(
            report,
            KIND,
            paragraph.span(one.at, one.nested + 1),
            message="书名号里再用书名号，里层应用单书名号",
            suggestion="〈" + inner[1:-1] + "〉",
        )
    if one.turned:
        return _turned_defect(report, paragraph, one)
    name = _NAMES.get(_OPENING.get(one.char, one.char), "括号")
    if one.char in _CLOSING or one.char == '"':
        start, end = one.at, _end(text, one)
        missing = _CLOSING.get(one.char, '"')
        suggestion, message = f"{text[start:end]}{missing}", f"{name}不配对，缺后半边“{missing}”"
    else:
        start, end = _start(text, one), one.at + 1
        missing = _OPENING[one.char]
        suggestion, message = f"{missing}{text[start:end]}", f"{name}不配对，缺前半边“{missing}”"
    span = paragraph.span(max(0, start - 4), min(len(text), end + 4))
    return mark(report, KIND, span, message=message, suggestion=_full(suggestion))


def _turned_defect(report: Report, paragraph: Paragraph, one: _Loose) -> Defect:
    """Two halves that do not match: “甲“, （2019〕, ‘甲”."""
    text = paragraph.text
    first = _OPENING.get(one.char, one.char)
    right = first + text[one.at + 1 : one.turned] + _CLOSING[first]
    span = paragraph.span(max(0, one.at - 4), min(len(text), one.turned + 5))
    message = f"{_NAMES.get(first, '括号')}前后不配对"
    return mark(report, KIND, span, message=message, suggestion=_full(right))


def _full(text: str) -> str:
    """Brackets and commas as Chinese print has them."""
    return text.translate(str.maketrans("(),;:", "（），；："))


def _end(text: str, one: _Loose) -> int:
    """Where the closing mark should stand: at the end of a title, else before the next stop."""
    rest = text[one.at + 1 : one.at + 60]
    other = _MARKS.search(rest)
    stop = _STOP.search(rest)
    if one.char in "(【〔":
        numbered = re.match(r"(?:19|20)\d\d|(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?!\d)", rest)
        if numbered and one.char != "(":
            return one.at + 1 + numbered.end()
        stop = re.search(r"[。;]", rest) if len(rest) > 20 else stop
        if numbered and numbered.group()[0] in "一二三四五六七八九十":
            return one.at + 1 + numbered.end()
    limit = min(found.start() for found in (other, stop, re.search(r"$", rest)) if found)
    if one.char in "《〈":
        title = _TITLE_END.search(rest[: limit + 1])
        if title:
            return one.at + 1 + min(title.end(), limit)
    return one.at + 1 + max(1, limit)


def _start(text: str, one: _Loose) -> int:
    """Where the opening mark should stand: before the number or words that the closing one ends."""
    before = text[max(0, one.at - 40) : one.at]
    stops = [match.end() for match in re.finditer(r"[,。;:!?“”‘’《》〈〉()【】〔〕]", before)]
    phrase = before[stops[-1] :] if stops else before
    code = re.search(r"[A-Za-z0-9+\-.]+$", phrase)
    if code and one.char in "”’" and len(code.group()) > 1:
        return one.at - len(code.group())
    verb = _VERB.match(phrase)
    if verb and one.char != ")":
        phrase = phrase[verb.end() :]
    phrase = phrase.lstrip("、")
    return one.at - len(phrase)
