"""Truncated data and broken sentences (数据或文字残缺).

A figure whose unit is gone, a date that no calendar has, a sentence cut by a paragraph break,
punctuation that stands where a word is missing. Line ends of a text wrapped as a whole are no fault.
"""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Iterator, Sequence

from checker.defects.body import Paragraph, mark, paragraphs
from checker.model.assessment import Defect
from checker.model.report import Report, Span

KIND = "text.truncated"
_ITEM = r"[一二三四五六七八九十]{1,2}是(?!否)"
_GOING_ON = (
    "均|已|全部|都已|现已|得到|当场|当日|当天|及时|现场|逐一|一律|依法|限期|立即|同比|其中|涉及|予以|办结|整改|化解|调解|答复|移交|督促|发现|查处|排查|受理"
    "|开展|举办|组织|召开|举行|印发|上午|下午|并(?!网|购|轨|案)|成功|公开|处置|落实"
)
_BARE = re.compile(
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?)(?P<scale>万)?(?P<more>余|多)?"
    rf"(?P<behind>[。;!]|[,、](?!\d)|{_ITEM}|(?:{_GOING_ON})(?=[一-龥])|参加|参与|$)"
)
_NO_UNIT = re.compile(
    r"(?:第|前|附件|附表|附图|表|图|国道|省道|县道|乡道|公路|线路|号线|版本?|号|栏|楼|栋|室|约|系数|指数|排名|列|名|居|比分|成绩|评价"
    r"|代码|编号|电话|号码|邮编|群号|密码|网址|传真|账号|编码|人口|编制|量|值|额|数|分|得|测评|满意度|安全感|零|至|到|为|是|星期|周"
    r"|行动|计划|模式|机制|体系|品牌|工作法)(?:达到?|约|近|为|突破|超过?|是|高达)?$"
)
_MONEY = re.compile(r"资金|投资|投入|金额|罚款|经费|补助|收入|补贴|贷款|税|产值|货款|工资|资产|损失")
_HOTLINE = re.compile(r"123[0-9]{2}|100(?:00|10|86)|168(?:12|40)|95[0-9]{3}|96[0-9]{3,4}|[0-9]{7,}")
_AFTER_WORD = re.compile(r"[一-龥》”]")
_NO_YEAR = frozenset("0123456789-—~第")
_CALLS = ("110", "112", "114", "119", "120", "122", "999")
_CALL = re.compile(
    r"(?:拨打|热线|电话|报警|接处警|呼叫|公安|消防|急救|交警|联动|依托|发挥|利用|用好|与|和|及)$"
)
_FORMS = re.compile(r"(?:发出|下发|下达|制发|出具|发放|印发|送达|签订|开具|各类)《[^《》]*》$")
_YEAR_ALONE = re.compile(
    r"[12][09][0-9]{2}(?=(?:全年)?(?:共(?![同产青享建治和管有])|累计|以来|年内)|全年|度[,全共])"
)
_MONTH = re.compile(r"[0-9]([0-9]{0,2})月(?!龄|份额)(?:([0-9]{1,3})日)?")
_GLUED = re.compile(r"[1-9][0-9]{2,3}日(?=召开|举行|举办|印发|下午|上午|晚|组织|开展|,|、|在|至|前往|到)")
_DURATION = re.compile(
    r"(?:公示|为期|历时|用时|期限|连续|满|共|近|达|约|累计|延长|不少于|压缩|缩短)[^,。;]{0,6}$"
)
_DOUBLED = re.compile(r"[,、。;:][,、。;:!]")
_NO_FIGURE = re.compile(
    r"[金共合累约](?:额(?:达到?|共计?|合计|约|(?<=[及案没]金额))|计达|(?<=[共合])(?<!上[共合])计|(?<=约)为)(?=[。;]|,(?=[一-龥]))"
)
_DANGLING = re.compile(r"[、,(《](?:(?<=、)关于|(?<=、)的(?!确|士|话)|(?<=[、,])[)》」]|(?<=[(《])[、,])")
_GLUED_ITEM = re.compile(r"[二三四五六七八九十]是(?!否)")
_NO_LIST = frozenset("统唯同逐之第专单万合归划不其这那一二三四五六七八九十")
_NUMBERS = "一二三四五六七八九十"
_NEW_START = re.compile(
    r"(?:同时|此外|另外|今年|全年|一年|下一?步|接下来|20\d\d年|我[镇乡县区局市街]|[一二三四五六七八九十]是|首先|其次|附|联系|特此|以上|现将|主要|为|按照|根据|通过|对|在|针对"
    r"|坚持|加强|强化|推进|落实|深入|积极|认真|严格|持续|进一步|开展|组织|完善|建立|健全|切实|不断|全面)"
)
_HANGING = re.compile(
    r"[,、]$|(?:(?<!目)的|以及|关于|对于|按照|根据|通过|进一步|不断|切实|[把将][^,。;]{1,14}作为|(?<![合兼一撤])并|(?<![参给赋])与|(?<!变)更|[不很最仍])$"
)
_BREAK = re.compile(r"\s*\n\s*")
_MARK_ONLY = re.compile(r"\(?[一二三四五六七八九十\d㈠-㈩①-⑳壹贰叁肆伍]{1,3}[)、.]?")
_PAGE = re.compile(r"[\d\s\-—–·第页共/]*$")


def find(report: Report) -> list[Defect]:
    """Figures without their units, impossible dates, broken sentences and stray punctuation."""
    body = paragraphs(report)
    found: list[Defect] = []
    for paragraph in body:
        if "\t" in paragraph.raw or "|" in paragraph.raw:
            continue
        found += _figures(report, paragraph)
        found += _dates(report, paragraph)
        found += _punctuation(report, paragraph)
    found += _breaks(report, body)
    return _apart(found)


def _apart(found: list[Defect]) -> list[Defect]:
    """One defect a place: a missing unit before 三是 is not a missing full stop as well."""
    kept: list[Defect] = []
    for defect in found:
        if not any(
            defect.span.start < other.span.end and other.span.start < defect.span.end for other in kept
        ):
            kept.append(defect)
    return kept


def _words(paragraph: Paragraph, start: int, end: int, *, before: int = 10, behind: int = 5) -> Span:
    """The place with some words around it, from the beginning of its clause."""
    text = paragraph.text
    first = max(start - before, 0)
    cut = max(text.rfind(char, first, start) for char in ",。;:、")
    last = min(end + behind, len(text))
    stop = re.search(r"[,。;:、]", text[end:last])
    return paragraph.span(cut + 1 if cut >= 0 else first, end + stop.start() if stop else last)


# figures


def _figures(report: Report, paragraph: Paragraph) -> Iterator[Defect]:
    text = paragraph.text
    for match in _BARE.finditer(text):
        if match["behind"] == "" and (paragraph.heading or not re.search(r"[,。;]", text)):
            continue
        if _AFTER_WORD.match(text, match.start() - 1) and _needs_unit(text, match):
            yield _without_unit(report, paragraph, match)
    for match in _YEAR_ALONE.finditer(text):
        if text[match.start() - 1 : match.start()] not in _NO_YEAR:
            span = _words(paragraph, match.start(), match.end(), before=0, behind=8)
            message = f"“{match.group()}”后缺“年”字"
            yield mark(report, KIND, span, message=message, suggestion=f"{match.group()}年")


def _needs_unit(text: str, match: re.Match[str]) -> bool:
    number, before = match["number"], text[max(0, match.start() - 14) : match.start()]
    clause = re.split(r"[,。;:]", before)[-1]
    if clause.endswith("率"):
        return True
    if not (match["scale"] or match["more"]) and _is_name(number, clause):
        return False
    if _NO_UNIT.search(clause) or (match["scale"] and _MONEY.search(clause)):
        return False
    if before.endswith("》") and len(number) < 3 and not _FORMS.search(text, 0, match.start()):
        return False
    if len(number) < 2 and re.match(_GOING_ON, match["behind"]) and not clause.endswith("月"):
        return False
    shared = match["behind"] == "、" and re.match(
        r"[^,。;\d]{0,12}\d+(?:\.\d+)?[余多]?[一-龥]", text[match.end() :]
    )
    return not shared and ("." not in number or bool(match["scale"]))


def _is_name(number: str, clause: str) -> bool:
    """A figure that counts nothing: a hotline, a year, a zero."""
    if _HOTLINE.fullmatch(number) or number.startswith("0"):
        return True
    if number in _CALLS and _CALL.search(clause):
        return True
    return number != "2000" and bool(re.fullmatch(r"19[4-9][0-9]|20[0-4][0-9]", number))


def _without_unit(report: Report, paragraph: Paragraph, match: re.Match[str]) -> Defect:
    figure = match["number"] + (match["scale"] or "") + (match["more"] or "")
    before = paragraph.text[match.start() - 1]
    name, unit = {"率": ("百分号", "%"), "月": ("“日”字", "日")}.get(
        before, ("计量单位", "____（件、次、人等）")
    )
    joined = re.match(_ITEM, match["behind"])
    span = _words(paragraph, match.start(), match.end() if joined else match.start("behind"), behind=4)
    message = f"数字“{figure}”后缺{name}，数据残缺"
    return mark(
        report,
        KIND,
        span,
        message=message,
        suggestion=f"{figure}{unit}" + ("；其后另起一句" if joined else ""),
    )


# dates


def _dates(report: Report, paragraph: Paragraph) -> Iterator[Defect]:
    text = paragraph.text
    for match in _GLUED.finditer(text):
        right = _unglued(text, match)
        if right:
            yield _date_defect(report, paragraph, match.start(), match.end(), right)
    for match in _MONTH.finditer(text):
        if _impossible(text, match):
            yield _date_defect(report, paragraph, match.start(), match.end(), "____月____日")


def _unglued(text: str, match: re.Match[str]) -> str:
    """611日 is 6月11日, but 公示期120日 a time."""
    before = text[max(0, match.start() - 1) : match.start()]
    month, day = int(match.group()[:-3]), int(match.group()[-3:-1])
    if (before and before not in ",。;、:于在至年") or not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    if _DURATION.search(text[: match.start()]) or (day % 10 == 0 and text[match.end()] in ",、至在"):
        return ""
    return f"{month}月{day}日"


def _impossible(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 5) : match.start()]
    month, day = int(match.group().split("月")[0]), match.group(2)
    if before[-1:] and before[-1] in "0123456789.-/第":
        return False
    year = re.search(r"([12][09][0-9]{2})年$", before)
    if not 1 <= month <= 12:
        dated = year or day or re.match(r"[份底初末]|[上中下]旬", text[match.end() :])
        return bool(dated) and not re.search(r"(?:历时|为期|近|约|满|龄)$", before)
    if day is None:
        return False
    return not 1 <= int(day) <= calendar.monthrange(int(year.group(1)) if year else 2020, month)[1]


def _date_defect(report: Report, paragraph: Paragraph, start: int, end: int, right: str) -> Defect:
    wrong = paragraph.text[start:end]
    span = paragraph.span(start, min(len(paragraph.text), max(end, start + 6)))
    return mark(
        report, KIND, span, message=f"日期“{wrong}”不存在，疑有缺字或误字", suggestion=f"{right}（请核对）"
    )


# punctuation


def _punctuation(report: Report, paragraph: Paragraph) -> Iterator[Defect]:
    text = paragraph.text
    for match in _DOUBLED.finditer(text):
        if match.group() != "。。" or "。。。" not in text:
            span = _words(paragraph, match.start(), match.end(), before=6, behind=4)
            message = f"标点“{match.group()}”重复或中间缺字"
            yield mark(report, KIND, span, message=message, suggestion="删去多余的标点，或补上缺漏的文字____")
    for match in _DANGLING.finditer(text):
        if not _listed(text, match.start()):
            sign = match.group()[:1] if match.group()[0] in "、," else match.group()[-1]
            span = _words(paragraph, match.start(), match.start() + 1, before=6, behind=8)
            message = f"“{sign}”前后缺字，句子不完整"
            yield mark(
                report,
                KIND,
                span,
                message=message,
                suggestion=f"在“{sign}”处补上缺漏的文字____，或删去该标点",
            )
    for match in _NO_FIGURE.finditer(text):
        span = _words(paragraph, match.start(), match.end() + 1, before=6, behind=0)
        message = f"“{match.group()}”后缺数字，数据残缺"
        yield mark(report, KIND, span, message=message, suggestion=f"{match.group()}____")
    yield from _glued_items(report, paragraph)


def _listed(text: str, position: int) -> bool:
    """甲、关于乙的 is a list where the sentence has 关于 or a title before."""
    if not text.startswith("、关于", position):
        return False
    ahead = re.split(r"[。;]", text[:position])[-1]
    return "关于" in ahead or ahead.endswith(("》", "”"))


def _glued_items(report: Report, paragraph: Paragraph) -> Iterator[Defect]:
    """三是 behind a word without any punctuation, where 二是 stands before."""
    text = paragraph.text
    for match in _GLUED_ITEM.finditer(text):
        item, before = match.group(), text[match.start() - 1 : match.start()]
        if not re.match(r"[一-龥A-Za-z0-9%”》)]", before) or before in _NO_LIST:
            continue
        if _NUMBERS[_NUMBERS.index(item[0]) - 1] + "是" in text[: match.start()]:
            span = _words(paragraph, match.start(), match.end(), before=8, behind=6)
            yield mark(
                report, KIND, span, message=f"“{item}”前缺标点", suggestion=f"在“{item}”前补句号或分号"
            )


# breaks


def _breaks(report: Report, body: Sequence[Paragraph]) -> Iterator[Defect]:
    """Sentences cut by a paragraph break, if the text is not wrapped as a whole."""
    torn = [p for p in body if "\n" in p.raw]
    lines = sum(len(_BREAK.findall(p.raw)) for p in torn)
    if lines > 3 or lines * 3 > len(body):
        return
    for defect in _broken(report, body):
        # In a file of pages a paragraph that seems to end with the page mostly goes on behind it.
        if report.page(defect.span.start) == report.page(defect.span.end - 1):
            yield defect
    if body and _unfinished(body[-1]):
        last = body[-1]
        span = last.span(max(0, len(last.text) - 14), len(last.text))
        yield mark(
            report, KIND, span, message="报告末句没有结束，疑有缺漏", suggestion=f"{report.quote(span)}____。"
        )


def _broken(report: Report, body: Sequence[Paragraph]) -> Iterator[Defect]:
    for before, paragraph in zip([None, *body], body, strict=False):
        if "\n" in paragraph.raw:
            headed = before is not None and before.heading and _MARK_ONLY.fullmatch(before.text)
            yield from _torn(report, paragraph, 1 if headed else 0)
    for paragraph, following in itertools.pairwise(body):
        if not paragraph.heading and len(paragraph.text) > 4 and _hangs(paragraph.text):
            start = max(0, len(paragraph.text) - 14)
            span = Span(paragraph.places[start], following.span(0, min(6, len(following.text))).end)
            yield _torn_defect(report, span)


def _torn(report: Report, paragraph: Paragraph, skipped: int) -> Iterator[Defect]:
    """Breaks in a paragraph; the first is right where a long heading runs into it."""
    raw, first = paragraph.raw, paragraph.places[0]
    for match in list(_BREAK.finditer(raw))[skipped:]:
        ahead, behind = raw[: match.start()], raw[match.end() :]
        line = behind.split("\n")[0]
        if not ahead or not behind or _PAGE.fullmatch(line) or _PAGE.fullmatch(ahead.split("\n")[-1]):
            continue
        if ahead[-1] in "。!?;:" or (
            ahead[-1] not in ",、" and not _hangs(ahead) and _NEW_START.match(behind)
        ):
            continue
        start = max(0, match.start() - 12)
        yield _torn_defect(report, Span(first + start, first + min(len(raw), match.end() + 6)))


def _torn_defect(report: Report, span: Span) -> Defect:
    joined = re.sub(r"\s+", "", report.quote(span))
    return mark(
        report,
        KIND,
        span,
        message="一句话中间断行分段，句子不完整",
        suggestion=f"接排为“{joined}”，并核对断行处有无缺字",
    )


def _unfinished(paragraph: Paragraph) -> bool:
    """Whether the report's last paragraph breaks off."""
    text = paragraph.text
    if len(text) < 15 or "," not in text[-60:]:
        return False
    return _hangs(text)


def _hangs(text: str) -> bool:
    return bool(_HANGING.search(text, max(0, len(text) - 20)))
