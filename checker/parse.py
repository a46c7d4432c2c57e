"""PARSE: blocks into a report (报告): masthead, sections with their roles, sentences, stances."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from checker.contents import without_contents
from checker.errors import ReadError
from checker.masthead import Masthead, read_lines, read_masthead
from checker.model.checklist import Wording
from checker.model.document import Block
from checker.model.report import GAP_ROLES, INSIDE, Clause, Report, Role, Section, Sentence, Span
from checker.model.text import SearchText, search_text
from checker.outline import OTHER_DUTY, Draft, Paragraph, join_lines, outline
from checker.stance import StanceReader

_PART = re.compile(r"[。!?;]+[”’)]*|(?<=[^统唯同逐之第])(?=[一二三四五六七八九十]{1,2}是(?!否))")
# 审查决策14件、合同61份: what has its own count is a clause of its own
_CLAUSE = re.compile(r"(?<!\d)[,:]|[,:](?!\d{3}(?!\d))|(?<=\d[件份条项次场起宗个名台部篇])、")
_LIST_MARK = re.compile(r"^(?:[一二三四五六七八九十]{1,2}是|首先|其次|再次)")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence in positions of the search text, before it has stances."""

    start: int
    end: int
    cuts: tuple[int, ...]
    full_stop: bool


def parse_report(blocks: tuple[Block, ...], wording: Wording, *, level: str | None = None) -> Report:
    """The report a document's blocks hold.

    level: overrides the level read from the unit's name. Raises ReadError where there is nothing
    to check, so that an empty text never looks like a report with gaps.
    """
    text = "\n".join(block.text for block in blocks)
    lines = without_contents(read_lines(blocks))
    head = read_masthead(lines, wording)
    if level:
        head = replace(head, level=level)
    paragraphs = join_lines(head.body)
    if sum(len(p.text) for p in paragraphs) < 6:
        raise ReadError("没有读到报告正文：文件里除标题和网页信息外几乎没有文字。请确认文件是否为报告全文。")
    search = search_text(text)
    drafts = outline(paragraphs, wording, head.year)
    _roles_by_content(drafts, search, wording, head.year)
    reader = StanceReader(wording, head.unit, head.level, head.year, _last_year_is_own(head, paragraphs))
    sections = tuple(_section(draft, search, reader) for draft in drafts)
    return Report(
        text=text,
        title=head.title,
        title_span=head.title_span,
        unit=head.unit,
        level=head.level,
        year=head.year,
        dates=head.dates,
        source=head.source,
        addressee=head.addressee,
        sections=sections,
        pages=_pages(blocks),
    )


def _pages(blocks: tuple[Block, ...]) -> tuple[tuple[int, int], ...]:
    """Where each page of the file begins in the text."""
    pages: list[tuple[int, int]] = []
    at = 0
    for block in blocks:
        if block.page is not None and (not pages or pages[-1][1] != block.page):
            pages.append((at, block.page))
        at += len(block.text) + 1
    return tuple(pages)


def _last_year_is_own(head: Masthead, paragraphs: tuple[Paragraph, ...]) -> bool:
    """Whether 去年, written after the year's end, is the report year itself: where no 今年 is."""
    late = bool(head.year and head.dates and head.dates[0].date.year > head.year)
    return late and not any("今年" in paragraph.text for paragraph in paragraphs)


def _section(draft: Draft, search: SearchText, reader: StanceReader) -> Section:
    role = draft.role or Role.OTHER
    # （一）制定年度计划。 under the plan tells a plan; under the measures it is only a heading
    told = [draft.heading] if role in GAP_ROLES and draft.rank >= 3 and draft.title else []
    sentences = [s for body in (*told, *draft.bodies) for s in _sentences(body, role, search, reader)]
    return Section(
        title=draft.title,
        level=draft.rank,
        role=role,
        span=Span(draft.heading.start, draft.end()),
        heading=draft.heading,
        sentences=tuple(sentences),
        children=tuple(_section(child, search, reader) for child in draft.children),
    )


def _pieces(span: Span, search: SearchText) -> list[_Piece]:
    """A paragraph's sentences: cut at end marks, and before 一是 二是 三是."""
    start, end = search.position(span.start), search.position(span.end)
    text = search.text[start:end]
    cuts = [0]
    for match in _PART.finditer(text):
        if match.end() > cuts[-1]:
            cuts.append(match.end())
    if cuts[-1] < len(text):
        cuts.append(len(text))
    pieces = []
    for a, b in itertools.pairwise(cuts):
        commas = [start + a + m.end() for m in _CLAUSE.finditer(text[a:b]) if a + m.end() < b]
        pieces.append(_Piece(start + a, start + b, tuple(commas), text[b - 1] in "。!?”" or b == len(text)))
    return pieces


def _sentences(body: Span, role: Role, search: SearchText, reader: StanceReader) -> list[Sentence]:
    pieces = _pieces(body, search)
    parts = [[search.text[a:b] for a, b in _bounds(piece)] for piece in pieces]
    stances = reader.paragraph(role, parts, [piece.full_stop for piece in pieces])
    result = []
    for i, (piece, spoken) in enumerate(zip(pieces, stances, strict=True)):
        clauses = tuple(
            Clause(_span(search, a, b), stance, reason)
            for (a, b), (stance, reason) in zip(_bounds(piece), spoken, strict=True)
        )
        heading = role not in GAP_ROLES and _run_in_heading(
            search.text[piece.start : piece.end],
            last=i == len(pieces) - 1,
            next_is_list=_next_is_list(pieces, i, search),
        )
        result.append(Sentence(_span(search, piece.start, piece.end), clauses, heading, i == 0))
    return result


def _bounds(piece: _Piece) -> list[tuple[int, int]]:
    edges = [piece.start, *piece.cuts, piece.end]
    return list(itertools.pairwise(edges))


def _span(search: SearchText, start: int, end: int) -> Span:
    return Span(search.offset(start), search.end_offset(end))


def _next_is_list(pieces: list[_Piece], i: int, search: SearchText) -> bool:
    if i + 1 >= len(pieces):
        return False
    return bool(_LIST_MARK.match(search.text[pieces[i + 1].start : pieces[i + 1].end]))


def _run_in_heading(text: str, *, last: bool, next_is_list: bool) -> bool:
    """Whether 一是加强执法监督。 only announces what the next sentence tells."""
    if last or next_is_list or not _LIST_MARK.match(text) or not text.endswith("。"):
        return False
    return len(text) <= 26 and not re.search(
        r"\d|已|了|全面完成|,.*(?:由|经|先|再|最后|拍板|讨论|决定)", text
    )


def _roles_by_content(drafts: list[Draft], search: SearchText, wording: Wording, year: int | None) -> None:
    """Where headings say nothing, the content decides; merged parts are told apart by paragraph."""
    for draft in drafts:
        if draft.role in (None, Role.PREAMBLE):
            _role_of_unnamed(draft, search, wording, year)
        _split_mixed(draft, search, year)
        _split_off_shortcomings(draft, search)
        _leaders_sections(draft, search, wording)


def _opens(body: Span, search: SearchText, year: int | None) -> Role | None:
    """Which part a paragraph's opening announces, if any."""
    start = search.position(body.start)
    opening = search.text[start : min(start + 60, search.position(body.end))]
    first = re.split(r"[。;]", opening)[0]
    next_year = f"{year + 1}年" if year else "新的一年"
    if first.startswith(next_year) and not re.search(r"已|共|累计", first):
        return Role.PLAN
    if re.search(
        r"^(?:下一?步|今后|明年|来年|接下来|新的一年|下阶段|下一阶段)|将(?:重点|着力)(?:做好|抓好)", first
    ):
        return Role.PLAN
    if re.search(
        r"^(?:当前|目前)?,?(?:虽然|尽管|但|不足|存在|同时.{0,6}存在|回顾.{0,12}存在|我们也清醒|在看到成绩|也要看到|还要看到|清醒看到|也应看到|也清醒|反思|在肯定成绩|对照)|存在(?:的|一些|以下|着|不少|较大)?.{0,8}(?:不足|问题|差距|短板|薄弱|欠缺)|还有不少(?:欠缺|不足|差距|短处)|(?:不足|问题|差距|短板)(?:主要)?(?:表现|体现|有|是|在于)",
        opening,
    ) and not re.search(r"^20\d\d年,?将|解决.{0,6}问题", opening):
        return Role.SHORTCOMINGS
    return None


_TURNS = re.compile(
    r"存在.{0,10}(?:不足|问题|差距|短板|弱项|薄弱)|毛病(?:也|还|不少|仍|有)|(?:不足|短板|差距|欠缺)(?:也|仍|还|依然)"
    r"|(?:也|更|还|应|要)(?:清醒|清楚|深知|看到|认识到)"
)


def _split_off_shortcomings(draft: Draft, search: SearchText) -> None:
    """A paragraph among the measures that turns to what is lacking: it shows nothing as done.

    It is not the part of its own that a report must have: its rank tells so (`INSIDE`).
    """
    for child in draft.children:
        _split_off_shortcomings(child, search)
    if draft.role is not Role.MEASURES or not draft.title:
        return
    turned = [body for body in draft.bodies if _turns(body, search)]
    draft.bodies = [body for body in draft.bodies if body not in turned]
    draft.children += [
        Draft(INSIDE, "", Span(b.start, b.start), Role.SHORTCOMINGS, [b], numbered=False) for b in turned
    ]


def _turns(body: Span, search: SearchText) -> bool:
    start = search.position(body.start)
    first = re.split(r"[。;!?]", search.text[start : min(start + 60, search.position(body.end))])[0]
    return (
        len(first) >= 10
        and bool(_TURNS.search(first[:40]))
        and not re.search(r"解决|整改|化解|排查|发现|针对|检查", first)
    )


def _role_of_unnamed(draft: Draft, search: SearchText, wording: Wording, year: int | None) -> None:
    """A part whose heading says nothing: what it mostly holds decides, else it is measures.

    A part without any heading is cut where a paragraph opens the plan or the shortcomings.
    """
    if draft.title:
        opened = _opens(draft.bodies[0], search, year) if draft.bodies else None
        draft.role = opened or _mostly(draft, search, wording, year) or Role.MEASURES
        for child in draft.children:
            _inherit(child, draft.role)
        return
    _split(draft, search, Role.MEASURES if len(draft.bodies) > 1 else Role.PREAMBLE, year)


def _mostly(draft: Draft, search: SearchText, wording: Wording, year: int | None) -> Role | None:
    """Shortcomings or plan where most sentences under an unusual heading speak so."""
    text = search.text[search.position(draft.heading.end) : search.position(draft.end())]
    sentences = [part for part in re.split(r"[。;!]", text) if len(part) > 8]
    if len(sentences) < 2:
        return None
    lacks = sum(any(cue in part for cue in wording.cues.get("admit", ())) for part in sentences)
    plans = sum(
        any(cue in part for cue in wording.cues.get("plan", ()))
        or bool(re.match(r"(?:[一二三四五六七八九]|\d\.)?是?要", part))
        for part in sentences
    ) + 2 * (f"{year + 1}年" in text[:60] if year else 0)
    if max(lacks, plans) * 2 < len(sentences):
        return None
    return Role.SHORTCOMINGS if lacks >= plans else Role.PLAN


def _inherit(draft: Draft, role: Role) -> None:
    if draft.role is None:
        draft.role = role
    for child in draft.children:
        _inherit(child, role)


def _split_mixed(draft: Draft, search: SearchText, year: int | None) -> None:
    if draft.role is Role.MIXED:
        _split(draft, search, Role.SHORTCOMINGS, year)
        role = Role.SHORTCOMINGS
        for child in draft.children:
            if child.role is Role.MIXED:
                opened = _opens(child.bodies[0], search, year) if child.bodies else None
                role = opened or role
                child.role = role
                for below in child.children:
                    if below.role is Role.MIXED:
                        below.role = role
            elif child.role is not None:
                role = child.role


def _split(draft: Draft, search: SearchText, begin: Role, year: int | None) -> None:
    """Give each paragraph of a merged part to an untitled subsection with a role of its own."""
    role = begin
    parts: list[Draft] = []
    for body in draft.bodies:
        opened = _opens(body, search, year)
        role = opened or role
        if not parts or parts[-1].role is not role:
            parts.append(Draft(8, "", Span(body.start, body.start), role, numbered=False))
        parts[-1].bodies.append(body)
    if len(parts) == 1 and draft.role is not Role.MIXED:
        draft.role = parts[0].role
        return
    draft.bodies = []
    draft.children = parts + draft.children


def _leaders_sections(draft: Draft, search: SearchText, wording: Wording) -> None:
    """A section whose heading only hints at the leaders (关键少数) and whose text is their duty."""
    for child in [draft, *draft.children]:
        if child.role is not Role.MEASURES or not child.title or OTHER_DUTY.search(child.title):
            continue
        if not any(word in child.title for word in wording.cues.get("heading-leaders", ())):
            continue
        start, end = search.position(child.heading.end), search.position(child.end())
        content = search.text[start:end]
        opening = content[:160]
        leaders = wording.cues.get("leaders", ())
        duty = any(word in content for word in wording.cues.get("first-responsible-words", ()))
        often = sum(content.count(word) for word in leaders) >= 4 and content.count("法") >= 4
        named = bool(re.search(r"责任|职责|履职|担子", child.title)) and content.count("法") >= 2
        if named or ((duty or often) and any(word in opening for word in leaders)):
            child.role = Role.FIRST_RESPONSIBLE
