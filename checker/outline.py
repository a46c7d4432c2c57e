"""The outline (结构): paragraphs, headings on every level, sections and what each is for."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass, field

from checker.masthead import Line
from checker.model.checklist import Wording
from checker.model.report import Role, Span

_HAN = "一二三四五六七八九十"
_MARKERS = (
    (1, re.compile(rf"第[{_HAN}]+(?:部分|章|篇|节)[、:.\s]*")),
    (2, re.compile(rf"[{_HAN}]{{1,3}}(?:、|\.(?!\d)|,(?=[一-龥]))|[壹贰叁肆伍陆柒捌玖拾]{{1,2}}[、.:\s]+")),
    (3, re.compile(rf"\([{_HAN}]{{1,3}}\)[、.]?|[㈠-㈩]")),
    (4, re.compile(r"\d{1,2}[.、](?!\d)")),
    (5, re.compile(r"\(\d{1,2}\)|[①-⑳]")),
)
_LIST_MARK = re.compile(rf"^(?:[{_HAN}]{{1,2}}是|首先|其次|再次|第[{_HAN}]+[,、])")
_ENDS = "。!?;:"
_LONG = 28  # from this length on a line without an end mark is taken as torn; 28 characters make a line
_STOP = re.compile(r"[。!?;]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (段落): one or more lines that a page break or PDF line end had torn apart."""

    span: Span
    text: str
    level: int | None = None
    table: bool = False


@dataclass(slots=True)
class Draft:
    """A section while it is being built."""

    rank: int
    title: str
    heading: Span
    role: Role | None = None
    bodies: list[Span] = field(default_factory=list)
    children: list[Draft] = field(default_factory=list)
    numbered: bool = True

    def end(self) -> int:
        ends = (
            [self.heading.end] + [body.end for body in self.bodies] + [child.end() for child in self.children]
        )
        return max(ends)


def join_lines(lines: tuple[Line, ...]) -> tuple[Paragraph, ...]:
    """Paragraphs from lines: a long line without an end mark goes on in the next line."""
    width = _wrap_width(lines)
    paragraphs: list[Paragraph] = []
    open_line = False
    for line in lines:
        starts_new = (
            line.table
            or line.level is not None
            or _marker(line.text) is not None
            or _LIST_MARK.match(line.text)
        )
        if open_line and not starts_new:
            before = paragraphs[-1]
            paragraphs[-1] = Paragraph(
                Span(before.span.start, line.span.end), before.text + line.text, before.level
            )
        else:
            paragraphs.append(Paragraph(line.span, line.text, line.level, line.table))
        complete = (
            line.text[-1] in _ENDS + "”)"
            or line.table
            or line.level is not None
            or _whole_heading(line.text, width)
        )
        open_line = len(line.text) >= width and not complete
    return tuple(paragraphs)


def _whole_heading(text: str, width: float) -> bool:
    """A numbered line that ends as headings end is not torn; where lines are not wrapped, none is."""
    marker = _marker(text)
    if marker is None or marker[0] > 3 or "。" in text:
        return False
    if width == _LONG and len(text) <= 50:
        return True
    return bool(
        re.search(
            r"(情况|不足|原因|安排|成效|问题|打算|计划|措施|职责|思路|方向|举措|做法|困难|差距|建设|工作|体系|能力|水平)$",
            text,
        )
    )


def _wrap_width(lines: tuple[Line, ...]) -> float:
    """From which length on a line without an end mark is taken as torn."""
    torn = [len(line.text) for line in lines if line.text[-1] not in _ENDS and len(line.text) > 12]
    if len(torn) >= 10 and len(torn) >= 0.3 * len(lines):
        return 0.75 * statistics.median(torn)
    return _LONG


def _marker(text: str) -> tuple[int, int] | None:
    """Rank and length of the number a text begins with."""
    for rank, pattern in _MARKERS:
        match = pattern.match(text)
        if match:
            return rank, match.end()
    return None


# rank, title, place of the heading and of the text run in behind it
Heading = tuple[int, str, Span, Span | None]
_ORDINAL = re.compile(rf"第[{_HAN}]{{1,3}}[、,]")


def _marker_in(text: str, ordinals: bool) -> tuple[int, int] | None:
    """The number a text begins with; 第一、 numbers parts only where 一、 does not."""
    match = _ORDINAL.match(text) if ordinals else None
    return (2, match.end()) if match else _marker(text)


def outline(paragraphs: tuple[Paragraph, ...], wording: Wording, year: int | None = None) -> list[Draft]:
    """The sections of the body, nested, with their roles.

    year: the report's, so that a heading that names the next year is known for the plan.
    """
    root = Draft(0, "", Span(0, 0))
    preamble = Draft(
        9,
        "",
        Span(paragraphs[0].span.start, paragraphs[0].span.start) if paragraphs else Span(0, 0),
        Role.PREAMBLE,
        numbered=False,
    )
    root.children.append(preamble)
    stack = [root]
    alone = _lines_alone(paragraphs, wording)
    ordinals = not alone and not any((_marker(p.text) or (0, 0))[0] == 2 for p in paragraphs)
    for i, paragraph in enumerate(paragraphs):
        if i in alone:
            head: Heading | None = (2, paragraph.text.strip(), paragraph.span, None)
        else:
            head = _heading(paragraph, paragraphs[i + 1 : i + 2], wording, ordinals=ordinals)
        if head is None:
            (stack[-1] if len(stack) > 1 else preamble).bodies.append(paragraph.span)
            continue
        rank, title, heading, rest = head
        while len(stack) > 1 and stack[-1].rank >= rank:
            stack.pop()
        draft = Draft(rank, title, heading)
        if rest is not None:
            draft.bodies.append(rest)
        stack[-1].children.append(draft)
        stack.append(draft)
    sections = [child for child in root.children if child is not preamble or child.bodies]
    for section in sections:
        _give_roles(section, None, wording, year)
    return sections


def _lines_alone(paragraphs: tuple[Paragraph, ...], wording: Wording) -> frozenset[int]:
    """The places of headings without numbers: short lines between whole paragraphs.

    Where two of them say what their part is for, the report is headed so, and the others are
    headings as well, whatever their words.
    """
    alone = [
        i
        for i, paragraph in enumerate(paragraphs[:-1])
        if _is_alone(paragraph)
        and _ends(paragraphs[i + 1].text)
        and (i == 0 or _ends(paragraphs[i - 1].text))
    ]
    telling = sum(_role_of(paragraphs[i].text, wording) is not None for i in alone)
    return frozenset(alone if telling >= 2 else ())


def _ends(text: str) -> bool:
    return text.rstrip().endswith(("。", "!", "?", ":", ";"))


def _is_alone(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return (
        not paragraph.table
        and paragraph.level is None
        and 4 <= len(text) <= 20
        and not re.search(r"[。;!:]|如下|报告|汇报|20\d\d年\d", text)
        and text.count(",") <= 1
        and _marker(text) is None
        and not _LIST_MARK.match(text)
    )


def _heading(
    paragraph: Paragraph, following: tuple[Paragraph, ...], wording: Wording, *, ordinals: bool
) -> Heading | None:
    """The heading that a paragraph is or begins with; None for plain text."""
    text, start = paragraph.text, paragraph.span.start
    if paragraph.table:
        return None
    marker = _marker_in(text, ordinals)
    if marker is None and paragraph.level is not None and len(text) <= 60:
        return None if _STOP.search(text) and _is_statement(text) else (
            paragraph.level + 1, text.strip(), paragraph.span, None
        )  # fmt: skip
    if marker is None:
        return _unnumbered(paragraph, following, wording)
    rank, length = marker
    rest = text[length:]
    stop = _STOP.search(rest)
    whole = paragraph.span
    if stop is None:
        if len(rest) > 60 or (rank >= 4 and _is_statement(rest)):
            return rank, "", Span(start, start + length), Span(start + length, whole.end)
        return rank, rest.rstrip(":").strip(), whole, None
    first, behind = rest[: stop.start()], rest[stop.end() :].strip()
    if (
        len(first) <= 45
        and not _is_statement(first)
        and (behind or (rank <= 3 and len(first) <= 30 and following))
    ):
        end = start + length + stop.end()
        return rank, first.strip(), Span(start, end), Span(end, whole.end) if behind else None
    return rank, "", Span(start, start + length), Span(start + length, whole.end)


def _is_statement(text: str) -> bool:
    """Whether a first sentence tells a fact, so that it is text and not a heading."""
    return (
        bool(
            re.search(
                r"\d+\s*(?:余|多)?(?:件|次|份|人|名|场|起|项|条|个|宗|期|台|%)|已|了[^解]|[一-龥]共", text
            )
        )
        or text.count(",") >= 4
    )


def _unnumbered(paragraph: Paragraph, following: tuple[Paragraph, ...], wording: Wording) -> Heading | None:
    text = paragraph.text
    bare = text.rstrip(":")
    if len(bare) > 32 or re.search(r"[。;!?,]", bare) or _LIST_MARK.match(text) or not following:
        return None
    if (
        _role_of(bare, wording) is None
        or re.search(r"如下|表现在|汇报|报告", bare)
        or re.search(r"^(虽然|但)", bare)
    ):
        return None
    return 2, bare, paragraph.span, None


# 履行安全生产第一责任人职责 is another duty
OTHER_DUTY = re.compile(r"安全|防火|防汛|环保|党风|意识形态|信访|疫情")
_PROBLEMS = re.compile(
    r"问题(?:$|[与和及、]|剖析|清单|检视|所在)|^问题|(?:差|欠|弱|缺)在|还差|成因|症结|根源|为什么|为何"
)
_HANDLED = re.compile(r"解决|化解|整改|回应|破解|导向|反映|突出问题|处置|治理|热点|难点")
_CAUSES = re.compile(r"原因|成因|症结|根源|根子|为什么|为何|缘由")
_FAULTS = re.compile(r"问题|不足|短板|差距|困难|薄弱|欠缺|弱项|差在|还差|打算|措施|对策|安排|整改")

# 问题短板和原因剖析 names both
_FAULTS_AND_CAUSES = re.compile(rf"(?:{_FAULTS.pattern}).*[和与及、,].*(?:{_CAUSES.pattern})")


def _role_of(title: str, wording: Wording, year: int | None = None) -> Role | None:
    """The role a heading names, None where its words say nothing."""
    has = {
        name: any(word in title for word in wording.cues.get(f"heading-{name}", ()))
        for name in ("shortcomings", "plan", "first-responsible", "measures", "other")
    }
    plan = has["plan"] or bool(
        re.match(r"^20\d\d年.{0,20}(安排|打算|计划|任务|思路|工作)", title) and not has["measures"]
    )
    plan = plan or (year is not None and f"{year + 1}年" in title and f"{year}年" not in title)
    has["shortcomings"] |= bool(len(title) <= 16 and _PROBLEMS.search(title) and not _HANDLED.search(title))
    if has["first-responsible"] and not OTHER_DUTY.search(title):
        return Role.FIRST_RESPONSIBLE
    if has["shortcomings"] and plan:
        return Role.MIXED
    if has["shortcomings"]:
        return Role.SHORTCOMINGS
    if plan:
        return Role.PLAN
    if has["measures"]:
        return Role.MEASURES
    return Role.OTHER if has["other"] else None


def _give_roles(draft: Draft, above: Role | None, wording: Wording, year: int | None) -> None:
    """A heading's own words decide at the top; below it they decide only what may stand there."""
    own = _role_of(draft.title, wording, year) if draft.title else None
    if draft.role is None:
        draft.role = _settle(own, above, draft)
    for child in draft.children:
        _give_roles(child, draft.role, wording, year)


def _settle(own: Role | None, above: Role | None, draft: Draft) -> Role | None:
    strong = draft.rank <= 3 and len(draft.title) <= 24
    only_causes = (
        strong
        and not _FAULTS_AND_CAUSES.search(draft.title)
        and (
            re.search(r"的(?:主要)?(?:原因|成因|根源)$|(?:原因|成因)(?:分析|剖析)$", draft.title)
            or (_CAUSES.search(draft.title) and not _FAULTS.search(draft.title))
        )
    )
    if only_causes and (
        above in (Role.SHORTCOMINGS, Role.MIXED) or (own is Role.SHORTCOMINGS and above is None)
    ):
        return Role.CAUSES
    if above in (None, Role.PREAMBLE):
        return own  # nothing said: the content will tell
    if above is Role.OTHER:
        return own or above
    if above is Role.MIXED:
        return own if own in (Role.SHORTCOMINGS, Role.PLAN) else Role.MIXED
    if above in (Role.PLAN, Role.SHORTCOMINGS, Role.CAUSES):
        return above
    if own is Role.FIRST_RESPONSIBLE:
        return own
    if own in (Role.SHORTCOMINGS, Role.PLAN, Role.MIXED) and strong and _names_a_part(draft.title):
        return own
    return above


def _names_a_part(title: str) -> bool:
    """存在的主要问题 names a part of the report; 着力解决突出问题 and 编制工作计划 only use the word."""
    return bool(
        re.search(r"存在.{0,4}(问题|不足|困难)|不足(之处)?$|下一?步|打算$|今后|明年|20\d\d年.*安排", title)
    ) and not re.search(r"解决|整改|化解", title)
