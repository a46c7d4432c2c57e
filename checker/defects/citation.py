"""Titles of laws and regulations (法规名称): misquoted, unknown, no longer or not yet in force.

Only national laws and the documents in the list can be wrong. A local document, a plan or a house
rule that is not listed is nobody's error: `unlisted` names it, for information.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from checker.defects.body import pieces
from checker.model.assessment import Defect
from checker.model.report import Report, Role, Span
from checker.model.text import fold
from checker.model.titles import Title, Titles, core, pairs, years

KIND = "text.citation"

_CITED = re.compile(r"《((?:[^《》。!?]|《[^《》。]{2,60}》){2,90})》|〈([^〈〉《》。]{3,60})〉")
_SPACE = re.compile(r"\s+")
_NATIONAL = re.compile(r"^中华人民共和国")
_DRAFT = re.compile(r"草案|征求意见|送审稿|修订稿|讨论稿|建议稿|立法建议")
_CHAIN = re.compile(r"^(?:[、,]|和|及|以及|与|或)?$")
_MAKING = re.compile(
    r"(?:制定|出台|印发|起草|编制|制订|拟定|拟订|修订|通过|建立|完善|下发|发布|形成|健全)(?:了|并实施|实施|并印发|好)?$"
)
_SUPERIOR = re.compile(r"国务院|中央|中办|国办|国家|全国人大|最高人民法院")
_LOCAL = re.compile(r"(?:我|本|全|该)?[省市县区镇乡州旗](?:里|委|政府)?(?:的)?$")
_CITING = re.compile(
    r"(?:学习|宣传|贯彻|依据|依照|遵守|颁布|施行|修订|修正|违反|普及|宣讲|解读|遵循)"
    r"(?:了|新|的|好|新修订的?|新颁布的?|国家|有关|相关|等)*$"
)
_METHOD = re.compile(
    r"(?:工作|步|心|诊|字|招|术|教学|学习|[办方执立司守普用学书兵手做说看技枪剑])法$"
    r"|(?:积分|网格|清单|台账|星级|分类|精细|精准|动态|项目|群众|党员|闭环|挂图|枫桥|一线)(?:化|式|制)?\w{0,4}法$"
)
_STATUTE = re.compile(
    r"(?:保护|保障|管理|处罚|许可|促进|防治|监督|组织|调解|安全|教育|救助|援助|征收|补偿|登记|承包|合同|诉讼"
    r"|复议|强制|赔偿|防疫|规划|监察|仲裁|责任|公开|治理|反\w{2,6}|生产|卫生|犯罪|暴力|诈骗|宣传)法$"
)
_KIND_WORD = re.compile(
    r"(法典|暂行条例|条例|暂行规定|规定|暂行办法|办法|细则|法|纲要|规划|意见|决定|准则|规则|章程|计划|方案|通知|制度|清单|要点|标准|指引"
    r"|预案|机制|报告|手册|台账|目录|公约|协议|合同|情况|指南|解释|汇编|通报|职责分工|承诺书)$"
)
_OTHER_THING = re.compile(r"[省市县区镇乡街村社局州旗盟厅校院\d一二三四五六七八九十]|实施|细则|配套")
_Edit = tuple[str, int, int, int, int]
_CONFUSED = ({"条例", "规定"}, {"条例", "办法"})
_OVER = re.compile(
    r"废止|失效|替代|取代|代替|编入|并入|清理|当时|以前|之前|旧法|旧条例|同时废止|不再|修改为|更名|原有|衔接|出台前|判决|裁定"
)
_FUTURE = re.compile(r"立法|征求意见|审议|起草|草案|即将|拟")
_COMMON_PAIR = 60


@dataclass(frozen=True, slots=True)
class _Citation:
    """A title in its sentence: what introduces the list it stands in, and its neighbours there."""

    span: Span
    name: str
    before: str
    sentence: str
    planned: bool
    beside: tuple[str, ...] = ()
    inner: bool = False


def find(report: Report, titles: Titles) -> list[Defect]:
    """Titles that are misquoted, that do not exist, or that were not in force."""
    found = []
    for citation in _citations(report):
        fault = _fault(citation, report, titles)
        if fault:
            message, suggestion = fault
            found.append(Defect(KIND, citation.span, report.quote(citation.span), message, suggestion))
    return found


def unlisted(report: Report, titles: Titles, defects: Iterable[Defect]) -> list[Span]:
    """Titles that the list does not hold and that are none of the defects found: for people to check."""
    wrong = {defect.span for defect in defects if defect.kind == KIND}
    return [
        citation.span
        for citation in _citations(report)
        if core(citation.name) not in titles.by_core and citation.span not in wrong
    ]


def _citations(report: Report) -> Iterator[_Citation]:
    for section in report.walk():
        for span in pieces(section):
            if report.text.find("《", span.start, span.end) >= 0:
                yield from _in_sentence(report, span, section.role is Role.PLAN)


def _in_sentence(report: Report, span: Span, planned: bool) -> Iterator[_Citation]:
    """The citations of one sentence; those in one list share what introduces the list."""
    text = fold(report.quote(span))
    chain: list[re.Match[str]] = []
    for match in [*_CITED.finditer(text), None]:
        if match and chain and _CHAIN.match(text[chain[-1].end() : match.start()].strip()):
            chain.append(match)
            continue
        names = tuple(m.group(1) or m.group(2) for m in chain)
        for member in chain:
            before = _SPACE.sub("", text[max(0, chain[0].start() - 24) : chain[0].start()])
            place = Span(span.start + member.start(), span.start + member.end())
            name = _SPACE.sub("", member.group(1) or member.group(2))
            yield _Citation(place, name, before, text, planned, names)
            yield from _inside(member, place, text, planned)
        chain = [match] if match else []


def _inside(outer: re.Match[str], place: Span, sentence: str, planned: bool) -> Iterator[_Citation]:
    """The titles inside a title, as in 《江苏省贯彻〈…规定〉实施办法》."""
    for match in re.finditer(r"[〈《]([^〈〉《》]{3,60})[〉》]", outer.group()[1:-1]):
        span = Span(place.start + 1 + match.start(), place.start + 1 + match.end())
        yield _Citation(span, _SPACE.sub("", match.group(1)), "", sentence, planned, (), inner=True)


def _fault(citation: _Citation, report: Report, titles: Titles) -> tuple[str, str] | None:
    """What is wrong with a citation and what should stand there."""
    if _DRAFT.search(citation.name):
        return None
    key = core(citation.name)
    known = titles.by_core.get(key)
    if known:
        return _years_fault(citation, known, report) or _time_fault(citation, known, report, titles)
    misquote = titles.misquotes.get(key)
    if misquote:
        return f"名称有误：{misquote.note or '与正式名称不符'}", "或".join(f"《{n}》" for n in misquote.right)
    if "<" in key or "《" in key:
        return None
    near = _of_law(citation, key, titles) or _nearest(citation, key, titles)
    right = _version(near, citation, report) if near else None
    limit = _limit(report)
    if right and not (right.passed and limit and right.passed > limit and right.kind != "laws"):
        return "名称与正式名称不符", f"《{right.name}》"
    return _unknown_law(citation, key, titles)


# --- years and times ------------------------------------------------------------------------------


def _years_fault(citation: _Citation, known: tuple[Title, ...], report: Report) -> tuple[str, str] | None:
    """A plan that is known, with years that none of its editions has."""
    given, editions = years(citation.name), [years(title.name) for title in known]
    if given is None or given in editions or None in editions:
        return None
    later = given[0] > max(edition[1] for edition in editions if edition)
    if later or _is_making(citation) or _LOCAL.search(citation.before):
        return None
    return "起止年份有误", f"《{_version(known, citation, report).name}》"


def _version(known: tuple[Title, ...], citation: _Citation, report: Report) -> Title:
    """The edition of a plan that is meant: with a year in common, else that of the report year."""
    given = years(citation.name) or ("", "")

    def fit(title: Title) -> tuple[bool, bool, bool]:
        own = years(title.name) or ("", "")
        covers = bool(own[0]) and report.year is not None and int(own[0]) <= report.year <= int(own[1])
        return own == given, own[1] == given[1] or own[0] == given[0], covers

    return max(known, key=fit)


def _time_fault(
    citation: _Citation, known: tuple[Title, ...], report: Report, titles: Titles
) -> tuple[str, str] | None:
    """A title cited as in force after its end, or before it existed."""
    given = years(citation.name)
    same = [title for title in known if given is None or years(title.name) == given]
    if len(same) != 1:
        return None
    title, limit = same[0], _limit(report)
    before = [t.name for t in titles.titles if t.replaced_by == title.name]
    # Provinces have 条例 of the same name; only what replaced another or is 暂行 is surely the national one.
    national = title.kind != "regulations" or before or "暂行" in title.name or _NATIONAL.match(citation.name)
    if title.passed and limit and national and _too_early(title.passed, limit, citation):
        hint = f"当时为《{before[0]}》" if len(before) == 1 else "核对报告年度或所引文件"
        return f"{title.passed.year}年才出台，报告时尚不存在", hint
    if title.repealed and _is_over(title.repealed, citation, report):
        right = f"《{title.replaced_by}》" if title.replaced_by else "删去或改引现行规定"
        return f"{title.repealed.year}年起已废止或被取代，不能作为现行规定引用", right
    return None


def _limit(report: Report) -> datetime.date | None:
    """The day up to which the report can know of a law."""
    if report.dates:
        return max(mark.date for mark in report.dates)
    return datetime.date(report.year + 1, 6, 30) if report.year else None


def _too_early(passed: datetime.date, limit: datetime.date, citation: _Citation) -> bool:
    if _FUTURE.search(citation.sentence):
        return False
    grace = datetime.timedelta(days=366 if citation.planned else 0)
    return passed > limit + grace


def _is_over(repealed: datetime.date, citation: _Citation, report: Report) -> bool:
    """Whether a title had ended before the middle of the year that is told of."""
    if report.year is None or citation.before.endswith(("原", "旧", "原有的", "原来的")):
        return False
    if _OVER.search(citation.sentence) or citation.inner:
        return False
    return repealed <= datetime.date(report.year + citation.planned, 6, 30)


# --- misquotes ------------------------------------------------------------------------------------


def _is_making(citation: _Citation) -> bool:
    """Whether the unit tells of a document of its own: 制定《…》, 印发《…》."""
    if _NATIONAL.match(citation.name) or _SUPERIOR.search(citation.before):
        return False
    return bool(_MAKING.search(citation.before))


def _nearest(citation: _Citation, key: str, titles: Titles) -> tuple[Title, ...]:
    """The known title that is meant, if the written one is so near that no other can be."""
    national = bool(_NATIONAL.match(citation.name))
    if len(key) < 4 or _is_making(citation):
        return ()
    if not national and (
        (_METHOD.search(key) and not key.endswith("办法")) or _LOCAL.search(citation.before)
    ):
        return ()
    best: tuple[float, str] = (0.0, "")
    for candidate in _candidates(key, titles):
        if any(_is_misquote(citation, key, candidate, title) for title in titles.by_core[candidate]):
            best = max(best, (_likeness(key, candidate), candidate))
    return titles.by_core[best[1]] if best[1] else ()


def _candidates(key: str, titles: Titles) -> list[str]:
    """The known titles that share most pairs of characters with a written one, best first."""
    shared: Counter[str] = Counter()
    for pair in pairs(key):
        known = titles.by_pair.get(pair, ())
        if len(known) < _COMMON_PAIR:
            shared.update(known)
    near = [known for known, count in shared.items() if count > 1]
    return sorted(near, key=lambda known: (-shared[known] / (len(key) + len(known)), known))[:8]


def _of_law(citation: _Citation, key: str, titles: Titles) -> tuple[Title, ...]:
    """中华人民共和国禁毒条例: there is a law of that name."""
    if not _NATIONAL.match(citation.name) or not key.endswith("条例"):
        return ()
    law, rules = (titles.by_core.get(key.removesuffix("条例") + end, ()) for end in ("法", "法实施条例"))
    return rules or law


def _likeness(key: str, candidate: str) -> float:
    common = sum((Counter(key) & Counter(candidate)).values())
    return 2 * common / (len(key) + len(candidate))


def _is_misquote(citation: _Citation, key: str, candidate: str, title: Title) -> bool:
    """Whether a written title can only be meant for a known one."""
    national = bool(_NATIONAL.match(citation.name))
    edition = years(citation.name) is not None and years(citation.name) == years(title.name)
    if _likeness(key, candidate) < 0.7 or not (national or _same_kind(key, candidate, edition=edition)):
        return False
    if title.kind == "regulations" and title.sure != "V" and not national:
        return False
    if title.kind != "laws" and candidate.endswith(key):  # a short form: 《问责条例》
        return False
    if sorted(key) == sorted(candidate):
        return True
    edits = [
        op for op in SequenceMatcher(None, candidate, key, autojunk=False).get_opcodes() if op[0] != "equal"
    ]
    law = title.kind == "laws" or national
    if edition and not law and any(t2 - t1 >= 2 for _, _, _, t1, t2 in edits):
        return False
    return _is_small(edits, key, candidate, law=law or edition)


def _same_kind(key: str, candidate: str, *, edition: bool) -> bool:
    """Another word for the kind of document (办法 for 规定) makes another document."""
    own, other = _KIND_WORD.search(key), _KIND_WORD.search(candidate)
    if own is None:
        return True
    if other is None:
        return False
    kinds = {own.group().removeprefix("暂行"), other.group().removeprefix("暂行")}
    alike = (kinds == {"纲要", "规划"} and edition) or (kinds in _CONFUSED and len(candidate) >= 12)
    return len(kinds) == 1 or alike


def _is_small(edits: Sequence[_Edit], key: str, candidate: str, *, law: bool) -> bool:
    """Whether the edits that lead from a known title to the written one are slips."""
    lost = cost = 0
    for _, k1, k2, t1, t2 in edits:
        gone, gained = candidate[k1:k2], key[t1:t2]
        if _OTHER_THING.search(gained) or (not law and _OTHER_THING.search(gone)):
            return False
        if not law and not _is_slip(gone, gained, k1, len(candidate)):
            return False
        if len(gained) > len(gone) and (t1 == 0 or len(gained) > 2):
            return False
        cost += max(len(gone), len(gained))
        lost += 0 if gained else len(gone)
    return cost <= _allowed(len(candidate), only_lost=lost == cost, law=law)


def _is_slip(gone: str, gained: str, at: int, length: int) -> bool:
    """Whether an edit of a document's title is no other document: a word put for another, or a
    beginning that is missing, makes one, unless the rest is long enough to be unmistakable."""
    if {gone, gained} in _CONFUSED:
        return True
    if len(gained) >= 2:
        return length - len(gone) >= (16 if gone else 12)
    return at > 0 or length >= 14 or len(gone) == len(gained) == 1


def _allowed(length: int, *, only_lost: bool, law: bool) -> int:
    if length >= 14:
        return max(4, int(length * 0.4)) if only_lost else max(3, length // 4)
    if length >= 9:
        return 3 if only_lost else 2
    if length >= 6:
        return 2 if only_lost or law else 1
    return 1 if length >= 4 and law else 0


# --- laws that do not exist -----------------------------------------------------------------------


def _unknown_law(citation: _Citation, key: str, titles: Titles) -> tuple[str, str] | None:
    """A title that looks like a national law and is none."""
    national = bool(_NATIONAL.match(citation.name))
    if national and _of_known_law(key, titles):
        return None
    if not key.endswith("法"):
        return None
    if not national and not _reads_as_law(citation, key, titles):
        return None
    return "国家法律中没有这一名称", _meant(key, titles)


def _meant(key: str, titles: Titles) -> str:
    """The laws that share most with an unknown one, for people to choose from."""
    laws = [known for known in _candidates(key, titles) if titles.by_core[known][0].kind == "laws"]
    best = sorted(laws, key=lambda known: (-_likeness(key, known), known))[:2]
    names = [titles.by_core[known][0].name for known in best if _likeness(key, known) >= 0.5]
    return "核对，是否为" + "或".join(f"《{name}》" for name in names) if names else "核对后改为正式名称"


def _of_known_law(key: str, titles: Titles) -> bool:
    """实施条例, 实施细则 and the like of a law that is known."""
    base = re.sub(r"(?:实施|若干|适用).*$|修正案.*$|司法解释$", "", key)
    return base != key and (base in titles.by_core or base == "")


def _reads_as_law(citation: _Citation, key: str, titles: Titles) -> bool:
    """Without 中华人民共和国: named beside laws, or cited as a law is, with a law's wording."""
    if _METHOD.search(key) or len(key) > 16 or not re.fullmatch(r"[一-龥]+", key):
        return False
    beside = any(
        title.kind == "laws" for name in citation.beside for title in titles.by_core.get(core(name), ())
    )
    if beside and len(key) >= 3:
        return True
    if re.search(r"[一二三四五六七八九十两与和]", key):
        return False
    return bool(_STATUTE.search(key) and _CITING.search(citation.before))
