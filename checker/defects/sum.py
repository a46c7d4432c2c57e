"""Parts against a stated total (分项与合计) in the same sentence.

A list before 合计 must add up to it; a list behind a total must add up to it where its words say
that nothing is left out (分别, 其他, 保留…修改…废止, 优秀…合格…不合格). A list behind 其中 may be partial,
but never more than the total.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from checker.defects.body import Paragraph, mark, paragraphs
from checker.defects.counts import Count, counts_in
from checker.model.assessment import Defect
from checker.model.report import Report, Role

KIND = "text.sum"
_HINT = re.compile(
    r"合计|总计|共|累计|其中|分别|保留|有效|不合格|维持|取消|未|不予|[组构]成|\([^()、]{0,14}\d|[一-龥]:"
)
_TOTAL = re.compile(r"(?:合计|[共总]计|总共|累计)[一-龥]{0,6}$|(?<![一公中])共有?$")
_HOW_MANY = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_NAMED = re.compile(r"([两二三四五])(?:项|者|类|方面)(?:合计|共计|相加)")
_PIECES = frozenset("件份")
_OUTCOMES = (
    (re.compile("保留|继续有效|有效"), re.compile("废止|失效|修改|修订")),
    (re.compile("(?<!不)合格|优秀|良好"), re.compile("不合格|较差|不及格")),
    (re.compile("维持"), re.compile("撤销|驳回|确认违法|终止|调解|未审结|正在|审理中|在办")),
    (re.compile("取消|下放"), re.compile("保留|承接")),
)
_PASSED, _FAILED = re.compile("(?<!不)合格"), re.compile("不合格")
_NOT = re.compile(r"(?:未|不予|没有)(?:被|能)?([一-龥]{2})")
_CARRIED = re.compile(r"上年|结转|往年|历年|遗留")
_REST = re.compile(r"其他|其它|其余|剩余")
_OVERLAP = re.compile(r"党员|女|男|本科|研究生|学历|周岁|岁|持证|法学|兼职|专职|退役|少数民族")
_PROCESS = re.compile(
    r"办结|审结|化解|调解|整改|移送|结案|罚款|处理|解决|答复|完成|立案|追责|采纳|回复|执行|履行|涉及|达成|挽回|公开|培训|发放"
)
_FEW = Decimal("0.035")


def find(report: Report) -> list[Defect]:
    """Lists of parts that do not add up to the total beside them."""
    found: list[Defect] = []
    for paragraph in paragraphs(report):
        if paragraph.heading or paragraph.role is Role.PLAN or not _HINT.search(paragraph.text):
            continue
        for start, end in paragraph.sentences():
            if _HINT.search(paragraph.text, start, end):
                found += _in_sentence(report, paragraph, start, end)
    return found


def _in_sentence(report: Report, paragraph: Paragraph, start: int, end: int) -> Iterator[Defect]:
    counts = counts_in(paragraph.text, start, end)
    taken: set[int] = set()
    for i, total in enumerate(counts if len(counts) > 1 else ()):
        if not total.exact or total.start in taken:
            continue
        parts = _before(paragraph.text, start, counts, i)
        wrong = bool(parts)
        if not parts:
            parts, wrong = _behind(paragraph.text, counts, i)
        taken.update(part.start for part in parts)
        if wrong:
            amount = sum((part.value for part in parts), Decimal(0))
            yield _defect(report, paragraph, parts, total, amount, start)


def _defect(
    report: Report, paragraph: Paragraph, parts: list[Count], total: Count, amount: Decimal, start: int
) -> Defect:
    first, last = min(parts[0].start, total.start), max(parts[-1].end, total.end)
    first = max(start, first - 8, last - 48) if last - first < 48 else first
    first = _word_start(paragraph.text, first, min(parts[0].start, total.start))
    adds = "+".join(total.written_as(part.value).removesuffix(total.written) for part in parts)
    right, printed = total.written_as(amount), total.written_as(total.value)
    return mark(
        report,
        KIND,
        paragraph.span(first, last),
        message=f"分项之和与合计不符：{adds}={right}，文中合计为{printed}",
        suggestion=f"合计应为{right}，或核对各分项（文中合计{printed}）",
    )


def _word_start(text: str, first: int, figure: int) -> int:
    """Not before the clause in which the first figure stands."""
    cut = max(text.rfind(mark, first, figure) for mark in ",、:;。")
    return cut + 1 if cut >= first else first


def _before(text: str, start: int, counts: list[Count], i: int) -> list[Count]:
    """The parts of a list that ends in 合计N件, if they do not add up to it."""
    total = counts[i]
    floor = counts[i - 1].end if i else start
    lead = text[floor : total.start]
    word = _TOTAL.search(lead)
    if not word or not i:
        return []
    named = _NAMED.search(text, floor, total.start)
    if named:
        return _last_ones(counts[:i], total, _HOW_MANY[named.group(1)])
    parts: list[Count] = []
    for part in reversed(counts[:i]):
        behind = text[part.end : parts[0].start] if parts else text[part.end : floor + word.start()]
        if not _alike(part, total) or not part.exact or not _joined(behind, first=not parts):
            break
        parts.insert(0, part)
        if sum(p.value for p in parts) == total.value:
            return []
    if any(p.value > total.value for p in parts) and "累计" in word.group():
        return []
    if word.group().startswith("共") and word.group() != "共计" and re.search(r"现|有效|涉及|发放", lead):
        return []
    strong = len(parts) >= 2 and (
        word.group().startswith(("合计", "总计", "共计", "总共"))
        or "、" in text[parts[-2].end : parts[-1].start]
    )
    return parts if strong and (len(parts) <= 8) else []


def _alike(part: Count, total: Count) -> bool:
    """Whether both count the same; documents and cases (份, 件) go together under 合计."""
    return part.unit == total.unit or (part.unit in _PIECES and total.unit in _PIECES)


def _last_ones(counts: list[Count], total: Count, number: int) -> list[Count]:
    """两项合计: the last two figures of the same unit, if they do not add up."""
    parts = [count for count in counts if count.unit == total.unit][-number:]
    sure = len(parts) == number and not any(not part.exact for part in parts)
    return parts if sure and sum(part.value for part in parts) != total.value else []


def _joined(between: str, *, first: bool) -> bool:
    """Whether two figures stand in one list: separated once, by few words."""
    bare = re.sub(r"\([^()]*\)", "", between)
    if first:
        return len(bare) <= 14 and bare.count(",") <= 1 and not re.search(r"其中|[。;:]", bare)
    return (
        bool(re.match(r"[一-龥]{0,6}(?:[、,]|和|及|以及)", bare))
        and len(bare) <= 26
        and len(re.findall(r"[、,]", bare)) <= 1
        and not re.search(r"其中|[。;:比较]", bare)
    )


def _behind(text: str, counts: list[Count], i: int) -> tuple[list[Count], bool]:
    """The parts of a list behind a total, and whether they exceed it or wrongly fall short of it."""
    total = counts[i]
    if i + 1 >= len(counts) or (not total.scaled and total.value != int(total.value)):
        return [], False
    first = next((j for j in range(i + 1, len(counts)) if counts[j].unit == total.unit), i + 1)
    lead = text[total.end : counts[first].start]
    if first > i + 1 and not re.search(r",其中[^,]*$", lead):
        return [], False
    kind = _announced(text, total, lead)
    parts = _list(text, counts[first:], total.unit, inside=kind == "(") if kind else []
    amount = sum((part.value for part in parts), Decimal(0))
    if not parts or any(not part.exact for part in parts) or any(p.value > total.value for p in parts[1:]):
        return [], False
    whole = len(parts) >= 2 and _exhaustive(kind, text, total, parts)
    if amount > total.value and kind != "outcome":
        before = [c.value for c in counts[:i] if c.unit == total.unit]
        if whole:
            wider = amount in before or amount - total.value in before
        else:
            wider = any(value + total.value >= amount for value in before)
        return parts, not wider and (whole or _exceeds(text, total, parts))
    return (parts, amount != total.value) if whole else ([], False)


def _announced(text: str, total: Count, lead: str) -> str:
    """How a list is announced behind a total: 其中, 分别, a colon, a bracket or its outcomes."""
    if len(lead) > 34 or re.search(r"[。;]", lead) or lead.startswith("、"):
        return ""
    if re.search(r"其中[^,。;]{0,22}$", lead):
        return "其中"
    if re.match(r"[^,]{0,14},?[^,]{0,6}分别(?:为|是)", lead):
        return "分别"
    if lead.startswith("("):
        return "("
    if lead.startswith(",由") and re.search(r"\d[一-龥]{1,3}[组构]成", text[total.end : total.end + 80]):
        return ":"
    counted = re.search(r"共[一-龥]{0,14}$", text[max(0, total.start - 16) : total.start])
    if lead.startswith(":") and not counted:
        return "::"
    if counted and re.match(r"[一-龥]{0,6}:", lead):
        return ":"
    return "outcome" if re.match(r"[^,]{0,20},?[^,]{0,16}$", lead) else ""


def _list(text: str, counts: list[Count], unit: str, *, inside: bool) -> list[Count]:
    """The parts as far as one list goes: the same unit, the same separator."""
    parts: list[Count] = []
    kind = ""
    for count in counts:
        if count.unit != unit:
            break
        if parts:
            between = text[parts[-1].end : count.start]
            bare = re.sub(r"\([^()]*\)", "", between)
            if inside and ")" in bare:
                break
            separators = re.findall(r"[、,]", bare) or re.findall(r"[和及]", bare)
            if (
                len(separators) != 1
                or len(bare) > 26
                or re.search(r"[。;:]|其中|合计|共计|总计|[比较]", bare)
            ):
                break
            if kind and kind == "、" and separators[0] == ",":
                break
            kind = kind or separators[0]
        parts.append(count)
    return parts


def _exceeds(text: str, total: Count, parts: list[Count]) -> bool:
    """Whether the parts of an open list, more than the total, cannot overlap."""
    words = text[total.end : parts[-1].end + 12]
    if total.unit in ("人", "人次", "户", "家") and _OVERLAP.search(words) and len(parts) > 1:
        return False
    commas = any("," in text[a.end : b.start] for a, b in itertools.pairwise(parts))
    return not (commas and _PROCESS.search(text[total.end : parts[-1].end]))


def _exhaustive(kind: str, text: str, total: Count, parts: list[Count]) -> bool:
    """Whether the words say that the list leaves nothing out."""
    segments = _segments(text, total, parts)
    if kind in ("分别", ":", "("):
        return len(parts) >= 2 and not re.search(r"其中|含|包括|等$", "".join(segments))
    if kind == "::" and len(parts) > 2:
        lacking = abs(total.value - sum((part.value for part in parts), Decimal(0)))
        return bool(_REST.search(segments[-1])) or lacking <= total.value / 10
    if kind == "其中" and (_REST.search(segments[-1]) or _all_but_few(text, total, parts)):
        return True
    if len(parts) == 2:
        denied = _NOT.search(segments[1])
        if denied and denied.group(1) in segments[0]:
            behind = text[parts[-1].end : parts[-1].end + 3]
            return not (_NOT.search(segments[0]) or _CARRIED.search(text) or _REST.search(behind))
        if not (_PASSED.search(segments[0]) and _FAILED.search(segments[1])):
            return False
    for keep, drop in _OUTCOMES:
        if any(keep.search(s) for s in segments) and any(drop.search(s) for s in segments):
            return all(keep.search(s) or drop.search(s) for s in segments)
    return False


def _all_but_few(text: str, total: Count, parts: list[Count]) -> bool:
    """Whether an open list of kinds lacks so little of its total that a slip is likelier than a rest."""
    lacking = total.value - sum((part.value for part in parts), Decimal(0))
    words = text[total.end : parts[-1].end + 1]
    return (
        len(parts) >= 3
        and 0 < lacking <= min(min(part.value for part in parts), total.value * _FEW)
        and not (_OVERLAP.search(words) or _PROCESS.search(words) or words.endswith("等"))
    )


def _segments(text: str, total: Count, parts: list[Count]) -> list[str]:
    """The words of each part: before its figure, else behind it."""
    edges = [total.end, *(part.end for part in parts)]
    segments = []
    for edge, part in zip(edges, parts, strict=False):
        before = re.split(r"[,、:(]|其中", text[edge : part.start])[-1]
        behind = re.split(r"[,、。;:)\d]", text[part.end : part.end + 16])[0]
        segments.append(before or behind)
    return segments
