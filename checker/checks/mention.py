"""The mention check (提及): sentences in which an item's words stand together.

Gathers every candidate with how it speaks and whether a figure belongs to it; judges nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from checker.checks.passages import WEAK, Match, Passage, Passages
from checker.model.assessment import Evidence, Quote
from checker.model.checklist import Item, Rule
from checker.model.report import GAP_ROLES, TOLD, Role, Span, Stance

_NUMBER = r"(?:\d[\d,.]*|[〇一二两三四五六七八九十百千]+)(?:余|多|几)?(?:万|千|百)?(?:余|多)?"
# 15个村, 3个部门: places and units are counted, not doings
_FOREIGN = re.compile(
    r"(?:行政|自然|涉农)?村(?!民)|社区|站所|部门|科室|乡镇|镇街|单位|企业|小区|网格|居委会|股室|学校|街道|县直|成员|组成"
)
_ZERO = re.compile(r"(?:均?为|是)零|零[件起宗例]")
_RATE = re.compile(r"\d[\d.]*%|百分之[一二三四五六七八九十百]+")
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_JUST_DATE = re.compile(
    r"(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|初)?(?:[和、至]\d{1,2}月(?:\d{1,2}日)?)*[,:]$"
)
_ANY_DIGIT = re.compile(r"\d")
# 出台文件2件，均经审核: what is told of each is told of the two
_EACH = re.compile(r"均|都|全部|逐|一律|件件|份份|无一例外|(?<![适响相反])应(?![急用对])")
_BARE = re.compile(r"\d+(?=[,。;]?$)")
_LEARNT = re.compile(r"(?:学习|讲解|解读|宣讲|借鉴|观摩|讲授|研读|听课|普及)[^,、并和]{0,12}$")
# 转发了县司法局《…》: another's document
_PASSED_ON = re.compile(
    r"(?:转发|收到|转来)[^,。]{0,14}$|(?:国务院|中央|上级|省|市|厅|司法局)(?:的|关于)?$"
    r"|(?:贯彻|贯彻落实|对照|依据|根据|征订|宣传|领会)(?:了|好)?$"
)
_TAUGHT = re.compile(
    r"[^,、并和]{0,6}(?:宣传册|宣传手册|宣传单|知识竞赛|业务培训|业务讲座|专题学习|专题培训|操作培训|专题辅导|专题讲座|知识讲座|知识测试)"
)
_GOES_ON = re.compile(
    r"^(?:我镇去|报了|去了|上、下半年|一学期|念了|(?:19|20)\d\d年|其中|共|累计|合计|总计|一共|上半年|下半年|全年|今年|年内|先后|分别|改了|改掉|删|退回|挑出|指出|堵住|核查|已|并|出具|提出|排查|识别|评出|评定|预判|发布|总共|来了|现有|准予|予以|应报|已报|两[件份次]|吸收|受众|参训|参加|参学|参考|覆盖|涉及|办结|成功|调处|调解|化解|发放|培训|受教育|惠及|通过|合格|持证|率|采纳|均|达|有|保留|废止|修改|宣布|继续有效|经清理|报备|备案|收到|出动|发出|解答|悬挂|开展|答复|审结|涵盖|每|清理|查出|需要|结果|对比|组织|举办|本年度|评为|结论|收集|形成|前后|一年|[一二三两\d]+个月|学了|再|细化|判|上传|入账|走访|[\d一二三四五六七八九十]+(?:余)?[件份次人名场期条])"
)
_ORDER = (
    Stance.OTHER_YEAR, Stance.OTHER_UNIT, Stance.RECITED, Stance.DENIED, Stance.ADMITTED,
    Stance.PLANNED, Stance.DONE, Stance.ASSERTED, Stance.NIL,
)  # fmt: skip
_RANK = {stance: rank for rank, stance in enumerate(_ORDER)}


def gather_mentions(item: Item, passages: Passages) -> Evidence:
    """Evidence (证据) for an item whose rule is made of phrases."""
    rule = item.rule
    quotes = [
        _nil(match, passages) for phrase in rule.nil for match in passages.find(phrase) if _counts_nil(match)
    ]
    for phrase in rule.mention:
        quotes += _from(passages.find(phrase, passages.text_mask), rule, passages)
    for phrase in rule.about_mention:
        matches = [
            m for m in passages.find(phrase, passages.text_mask) if _is_about(m.passage, rule, passages)
        ]
        quotes += _from(matches, rule, passages, about=True)
    for phrase in rule.topic:
        quotes += _from(passages.find(phrase, passages.weak_mask), rule, passages, weak_only=True)
    if rule.whole_section:
        quotes += _whole(rule.whole_section, passages)
    chosen = _best(_without_contradicted(quotes, passages))
    lacking = ("数量、名称或日期",) if item.figures and not any(q.figure for q in chosen) else ()
    return Evidence(chosen, lacking, passages.searched(rule.roles))


def _from(
    matches: list[Match], rule: Rule, passages: Passages, *, weak_only: bool = False, about: bool = False
) -> list[Quote]:
    quotes = []
    for match in matches:
        passage = match.passage
        if rule.roles and passage.section.role not in rule.roles:
            continue
        if _excluded(match, rule, passages):
            continue
        stance, reason = _stance(match)
        if rule.roles:
            stance = Stance.ASSERTED
        if weak_only and stance not in WEAK:
            continue
        figure = _figure(match, rule, passages) or (
            _figure_of_subject(match, rule, passages) if about else None
        )
        if stance is Stance.RECITED and figure and _reported_behind(match, figure, passages):
            stance = Stance.DONE
        quotes.append(_quote(match, stance, reason, figure, passages))
    return quotes


def _reported_behind(match: Match, figure: Span, passages: Passages) -> bool:
    """Whether a rule is told and then what came of it (未经审核不得作出，全年审核612件)."""
    at = passages.search.position(figure.start)
    return any(start <= at < end and clause.stance in TOLD for start, end, clause in match.passage.clauses)


def _without_contradicted(quotes: list[Quote], passages: Passages) -> list[Quote]:
    """A bare assertion in the sentence that denies the thing shows nothing."""
    denied = {_passage_of(quote, passages) for quote in quotes if quote.stance is Stance.DENIED}
    return [q for q in quotes if q.stance is not Stance.ASSERTED or _passage_of(q, passages) not in denied]


def _passage_of(quote: Quote, passages: Passages) -> int:
    return passages.at(passages.search.position(quote.span.start))


def _only_told(match: Match, passages: Passages) -> bool:
    """Whether the thing is only learned or taught about (讲解备案审查要求, 听证业务培训)."""
    text = passages.search.text
    start, end = match.window
    begin = passages.title_start(match.start)
    if _LEARNT.search(text[start:begin]) or (begin < match.start and _PASSED_ON.search(text[start:begin])):
        return True
    behind = text[match.end : end]
    return bool(_TAUGHT.match(behind) or ("为主题" in behind and text[match.start - 1] in "以绕"))


def _excluded(match: Match, rule: Rule, passages: Passages) -> bool:
    start, end = match.window
    if not rule.learning_counts and _only_told(match, passages):
        return True
    return excluded(match.passage, start, end, rule, passages)


def excluded(passage: Passage, start: int, end: int, rule: Rule, passages: Passages) -> bool:
    """Whether words that make it another matter stand in a part of a sentence, or about it in the whole."""
    return passages.holds_any(rule.exclude, start, end) or passages.holds_any(
        rule.exclude_about, passage.start, passage.end
    )


def figure_in_sentence(passage: Passage, rule: Rule, passages: Passages) -> Span | None:
    """The first figure of a rule's kind in what a sentence tells."""
    for start, end, clause in passage.clauses:
        found = _figure_in(start, end, rule, passages) if clause.stance in TOLD else None
        if found:
            return found
    return None


def _is_about(passage: Passage, rule: Rule, passages: Passages) -> bool:
    start = passages.context(passage)
    if any(passages.holds(phrase, start, passage.end) for phrase in rule.about):
        return True
    return any(
        all(any(c in passage.headings for c in word.choices) for word in phrase.words)
        for phrase in rule.about
    )


def _stance(match: Match) -> tuple[Stance, str]:
    """The least favourable stance among the clauses that hold the phrase's words."""
    clause = min((clause for _, _, clause in match.clauses), key=lambda clause: _RANK[clause.stance])
    return clause.stance, clause.reason


def _counts_nil(match: Match) -> bool:
    spoken = {clause.stance for _, _, clause in match.clauses}
    barred = {Stance.OTHER_UNIT, Stance.OTHER_YEAR, Stance.RECITED, Stance.PLANNED}
    return not spoken & barred and match.passage.section.role not in GAP_ROLES


def _nil(match: Match, passages: Passages) -> Quote:
    start, end = match.window
    return _quote(match, Stance.NIL, "明示未发生", passages.span(start, end), passages)


def _quote(match: Match, stance: Stance, reason: str, figure: Span | None, passages: Passages) -> Quote:
    start, end = match.window
    span = passages.span(start, end)
    if figure is not None and stance is not Stance.NIL:
        span = Span(min(span.start, figure.start), max(span.end, figure.end))
    return Quote(span, "", stance, match.passage.path, figure, reason)


def _figure(match: Match, rule: Rule, passages: Passages) -> Span | None:
    """The figure that belongs to the doing: in its own clauses, or in those that go on with it."""
    if not rule.units and not rule.figure_words:
        return None
    start, end = match.window
    patience = 1
    for begin, stop, _clause in match.passage.clauses:
        if stop == start and _JUST_DATE.match(passages.search.text[begin:stop]):
            return passages.span(begin, stop)
        if begin < start or stop <= start:
            continue
        if begin >= end and not _goes_on(begin, stop, match, passages):
            patience -= 1
            if patience < 0 or _ANY_DIGIT.search(passages.search.text, begin, stop):
                break
            continue
        found = _figure_in(begin, stop, rule, passages)
        if found:
            return found
    return None


def _goes_on(start: int, end: int, match: Match, passages: Passages) -> bool:
    """Whether a clause goes on with the doing: by how it begins, or by naming it again."""
    if _GOES_ON.match(passages.search.text[start:end]):
        return True
    if re.match(r"同时|另外|另|此外|还|并对", passages.search.text[start:end]):
        return False
    return any(
        choice in passages.search.text[start:end]
        for word in match.phrase.words
        for choice in word.choices
        if len(choice) > 1
    )


def _figure_of_subject(match: Match, rule: Rule, passages: Passages) -> Span | None:
    """The figure beside the subject itself, in this sentence or the one before (出台文件2件，均经审核)."""
    index = passages.at(match.passage.start)
    if not _EACH.search(passages.search.text, match.passage.start, match.passage.end):
        return None
    nearby = [match.passage] if match.passage.first else [passages.items[index - 1], match.passage]
    for passage in nearby:
        for start, end, clause in passage.clauses:
            usable = clause.stance in TOLD and start < match.end
            if usable and any(passages.holds(phrase, start, end) for phrase in rule.about):
                found = _figure_in(start, end, rule, passages)
                if found:
                    return found
    return None


@lru_cache(maxsize=256)
def _counted(units: tuple[str, ...]) -> re.Pattern[str]:
    """A number with one of some measure words behind it; nothing where there are none."""
    joined = "|".join(map(re.escape, units))
    return re.compile(rf"(?<![第\d.(〔]){_NUMBER}(?:{joined})" if units else r"(?!)")


def _figure_in(start: int, end: int, rule: Rule, passages: Passages) -> Span | None:
    text = passages.search.text[start:end]
    for match in _counted(rule.units).finditer(text):
        if not _FOREIGN.match(text, match.end()):
            return passages.span(start + match.start(), start + match.end())
    rate = _RATE.search(text) if "%" in rule.units else None
    rate = rate or _BARE.search(text) or _ZERO.search(text) or _DAY.search(text)
    if rate:
        return passages.span(start + rate.start(), start + rate.end())
    for phrase in rule.figure_words:
        if passages.holds(phrase, start, end):
            return passages.span(start, end)
    return None


def _whole(role: str, passages: Passages) -> list[Quote]:
    """A section given to the item's subject shows it by what it tells, without the set words."""
    for passage in passages.items:
        if passage.section.role == Role(role) and passage.end - passage.start > 12:
            start, _end, clause = passage.clauses[0]
            stance = Stance.ASSERTED if Role(role) in GAP_ROLES else clause.stance
            if stance in TOLD:
                return [Quote(passages.span(start, passage.end), "", stance, passage.path)]
    return []


def _best(quotes: list[Quote]) -> tuple[Quote, ...]:
    """The distinct quotations, best rung first, then by place; at most three of one stance."""
    rungs = list(Stance)
    ordered = sorted(quotes, key=lambda q: (rungs.index(q.stance), q.figure is None, q.span.start))
    kept: list[Quote] = []
    for quote in ordered:
        if any(
            k.span.holds(quote.span) or quote.span.holds(k.span) for k in kept if k.stance is quote.stance
        ):
            continue
        if sum(k.stance is quote.stance for k in kept) < 3:
            kept.append(quote)
    return tuple(kept)
