"""Wrong year (年度不一致): this year's finished work told under another year.

Comparisons, plans, names of documents, ranges of years and past events told as past are right and
stay silent. What remains is a statement of work done that begins with a year that is not the report's.
"""

from __future__ import annotations

import calendar
import datetime
import re

from checker.defects.body import Paragraph, mark, paragraphs
from checker.model.assessment import Defect
from checker.model.report import Report, Role

KIND = "text.year"
_YEAR = re.compile(r"(?<![\d\-—~/])(?<!(?<!截)至)((?:19|20)\d\d)年")
_NAMES = re.compile(r"《[^《》]*》|“[^“”]*”|〔[^〔〕]*〕|\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_FIGURE = re.compile(
    r"(?:\d+(?:\.\d+)?[万亿]?[余多几]?|[两二三四五六七八九十]{1,2}(?=[次场期堂起]))(?:人次|对|堂|课时|件|宗|起|例|次|场|份|条|项|个(?!月)|名|人|户|家|批|期|处|册|卷|本|篇|台|辆|套|栋|元|亩|公里|平方米|%|台|部|张|封|所)"
)
_WORK = (
    r"受理|收到|接收|接到|接待|接处|办理|办结|审结|审理|调解|调处|化解|排查|处置|处理|查处|立案|检查|巡查|出动|开展|组织|举办|召开|"
    r"培训|宣传|发放|发布|公开|答复|回复|审查|审核|备案|出具|清理|整改|纠正|抽查|评查|走访|代办|服务|劝导|完成|实施|集中|专题|制发|处罚|免予|宣讲|普法|送法|讲座|接访|受案|没有|未(?!成)|结案|征求|采纳|签订|研究|学习|追讨|追回|挽回|追缴|拆除|取缔|制止|劝阻|修复|聘请|配备|招募|印制|张贴|悬挂|推送|编印|报送|上报|移送|移交|咨询|解答|援助|核发|颁发"
    r"|登记|听证|约谈|督办|通报|述法|旁听|观看|轮训|演练|下村|上门|请[^,。;]{2,10}讲"
)
_LEAD = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[是要]|\([一二三四五六七八九十\d]+\)|\d+\.|同时|此外|另外|其中|期间|据统计|经统计|统计显示)*"
    r"(?:我们|我[镇乡县区局市委办]|我街道|本[镇乡县区局]|全[镇乡县区市局]|街道|乡里|镇里|局里|县里|区里"
    r"|[一-龥]{0,8}(?:镇|乡|街道|县|区|局|办|中心|队|所|站|会|政府|办事处))?"
)
_TOTAL = re.compile(
    r"度?,?(?:1月?(?:1日|份)?[-—~至到]1[0-2]月(?:\d\d日|份|底)?,?)?"
    r"(?:[一-龥]{0,12}?,)?[一-龥]{0,10}?(?:(?<![一公中])共(?![同产青享建治和管有])|累计|总共|合计|全年)"
)
_PERIOD = re.compile(r"1月?(?:1日|份)?[-—~至到](?:((?:19|20)\d\d)年)?1[0-2]月")
_NOT_DATED = re.compile(
    r"(?:度?(?:\d{1,2}月)?(?:\d{1,2}日)?[初底末中]?(?:以来|以后|之后|后|以前|之前|前|起|开始|始|至今)|[、和及与至到~—\-]|的|版|第)"
)
_BEFORE = re.compile(
    r"(?:[比较对同与和跟自从由在于至到含以及、将续据按超原]|相比|按照|根据|依据|继|截至|截止|较之)$"
)
_AS_OF = re.compile(r"截[至止]到?$")
_AS_OF_YEAR = re.compile(r"截[至止]到?(?:19|20)\d\d年")
_MONTH = re.compile(r"(\d{1,2})月")
_PAST = re.compile(
    r"曾|当年|当时|被(?:评|授|命名|列|确定|认定|表彰)|荣?获|评为|命名|成立|组建|建成|挂牌|出台|制定|印发|修订|颁布|施行|启动|立项|开工"
    r"|投入使用|招录|换届|撤[乡镇]|合并|划归|移交给|(?<![通超经不越])过(?![程度去关半期渡错失于硬分堂])|以来|遗留|历年"
)
_PLAN = re.compile(
    r"将(?!.{0,12}(?:纳入|列入|作为))|拟(?!定)|力争|计划(?!的)|争取|预计|打算|目标|确保|底前|末前|规划|下一?步|到20\d\d年|有效期至|届满"
)
_AHEAD = re.compile(r"下一?步|今后|明年|来年|接下来")
_NOW = re.compile(r"今年|本年|目前|现有|现已|当前")
_OPENING = re.compile(
    r"(?:度|以来)?,?(?:[一-龥]{0,12}(?:镇|乡|街道|县|区|局|办事处|政府|党委|党工委|负责人)?)(?:在[^,。]{2,40}领导下|认真|坚持|全面|切实|深入|严格|扎实|积极|不断|持续|带头|始终|以习近平|虽|围绕|紧紧)"
)
_AS_FOLLOWS = re.compile(
    r"将[^,。;\d]{0,12}((?:19|20)\d\d)年度?[^,。;]{2,40}(?:报告|汇报|总结|通报|公布|公开)如下"
)
_HEADING = re.compile(r"情况|成效|举措|做法|措施|成绩|进展|回顾|不足|问题|履行|履职")
_HEADING_DONE = re.compile(r"情况|成效|成绩|回顾")
_HEADING_OTHER = re.compile(
    r"整改|反馈|督察|以来|规划|纲要|计划|安排|打算|思路|方案|下步|下一步|任务|重点|要点|目标|展望"
)


def find(report: Report) -> list[Defect]:
    """Statements of this year's work under another year, and headings that name another year."""
    if report.year is None:
        return []
    own, found = str(report.year), []
    body = paragraphs(report)
    for i, paragraph in enumerate(body):
        years = {match.group(1) for match in _YEAR.finditer(paragraph.text)}
        planned = paragraph.role is Role.PLAN
        if not years - {own}:
            continue
        if paragraph.heading and len(paragraph.text) > 8:
            if not planned or _HEADING_DONE.search(paragraph.text):
                found += _in_heading(report, paragraph, own)
        elif not planned or _AS_OF_YEAR.search(paragraph.text):
            opens = i == 0 or body[i - 1].heading
            found += _in_text(report, paragraph, opens=opens, planned=planned)
    return found


def _defect(report: Report, paragraph: Paragraph, start: int, end: int, year: str) -> Defect:
    span = paragraph.span(start, min(end, start + 40, len(paragraph.text)))
    quote = report.quote(span)
    return mark(
        report,
        KIND,
        span,
        message=f"本报告为{report.year}年度报告，此处叙述的是本年度工作，却写作“{year}年”",
        suggestion=f"{quote.replace(year, str(report.year), 1)}（如确为{year}年数据，请写明对比或背景）",
    )


def _in_heading(report: Report, paragraph: Paragraph, own: str) -> list[Defect]:
    text = _NAMES.sub(lambda m: "□" * len(m.group()), paragraph.text)
    found = list(_YEAR.finditer(text))
    if own in text or len(found) != 1 or _HEADING_OTHER.search(text) or not _HEADING.search(text):
        return []
    match = found[0]
    if _NOT_DATED.match(text, match.end()) or _BEFORE.search(
        re.sub(r"^[^、.)]{1,6}[、.)]", "", text[: match.start()])
    ):
        return []
    return [_defect(report, paragraph, 0, len(text), match.group(1))]


def _in_text(report: Report, paragraph: Paragraph, *, opens: bool, planned: bool) -> list[Defect]:
    text = _NAMES.sub(lambda m: "□" * len(m.group()), paragraph.text)
    found, done = [], 0
    sentences = list(paragraph.sentences())
    for i, (start, end) in enumerate(sentences):
        following = text[end : end + 24] if i + 1 < len(sentences) else ""
        for match in _YEAR.finditer(text, start, end):
            if match.start() < done or match.group(1) == str(report.year):
                continue
            place = _Dated(text, start, end, match, following)
            if planned and not (place.as_of and place.year > (report.year or 0)):
                continue
            stop = place.wrong(report, opens=opens and start == 0)
            if stop:
                found.append(_defect(report, paragraph, place.begin, stop, match.group(1)))
                done = end
    return found


class _Dated:
    """A year in a sentence, with what stands before and behind it."""

    def __init__(self, text: str, start: int, end: int, match: re.Match[str], following: str) -> None:
        self.year = int(match.group(1))
        self.sentence, self.text, self.start = text[start:end], text, start
        self.before = text[start : match.start()]
        self.tail = text[match.end() : end]
        self.following = following
        self.match = match
        self.lead = re.split(r"[,:、]", self.before)[-1]
        as_of = _AS_OF.search(self.before)
        self.as_of = as_of is not None
        self.begin = start + as_of.start() if as_of else match.start()

    def wrong(self, report: Report, *, opens: bool) -> int:
        """Where the wrong statement ends, 0 where the year is right."""
        announced = _AS_FOLLOWS.search(self.sentence)
        if announced and announced.start(1) == len(self.before):
            return self.start + announced.end()
        if report.year is None or self._silent(report.year):
            return 0
        if self.as_of:
            figure = _FIGURE.search(self.tail)
            return self._end(figure) if figure and self._as_of_wrong(report, report.year) else 0
        if _BEFORE.search(self.before):
            return 0
        if _TOTAL.match(self.tail):
            return self._total_wrong()
        lead = _LEAD.fullmatch(self.lead)
        if lead and self._bare_wrong(report.year):
            return self._end(_FIGURE.search(self.tail))
        return self._opening_wrong(report.year) if opens and not self.before else 0

    def _end(self, figure: re.Match[str] | None) -> int:
        return self.match.end() + (figure.end() if figure else len(self.tail))

    def _silent(self, own: int) -> bool:
        """What is right under another year, whatever the statement."""
        if _NOT_DATED.match(self.tail) and not self.as_of:
            return True
        period = _PERIOD.match(self.tail)
        if period and period.group(1) == str(own):
            return True
        if "曾" in self.sentence or f"{own}年" in self.sentence:
            return True
        if self.year > own:
            figure = _FIGURE.search(self.tail)
            return bool(_PLAN.search(self.before + (self.tail[: figure.end()] if figure else self.tail)))
        return bool(
            _NOW.search(self.tail)
            or re.search(r"今年|本年", self.before)
            or re.match(rf"(?:截至)?(?:{own}年|今年|本年)", self.following)
        )

    def _as_of_wrong(self, report: Report, own: int) -> bool:
        if self.year < own:
            return True
        month = _MONTH.match(self.tail)
        number = min(int(month.group(1)), 12) if month else 12
        if not report.dates:
            return number >= 7
        last = datetime.date(self.year, max(number, 1), calendar.monthrange(self.year, max(number, 1))[1])
        latest = max(mark.date for mark in report.dates)
        return (last.year, last.month) > (latest.year, latest.month) or number >= 11

    def _total_wrong(self) -> int:
        figure = _FIGURE.search(self.tail)
        if figure and not re.match(r"度?[一-龥]{0,4}(?:考核|评估|评议|测评|表彰|通报)", self.tail):
            return self._end(figure)
        none = re.match(r"度?,?全年[^,。;]{0,12}(?:未发生|没有发生|无)", self.tail)
        return self.match.end() + none.end() if none else 0

    def _bare_wrong(self, own: int) -> bool:
        """A clause that begins with the year and counts work done, nothing marking it as past."""
        figure = _FIGURE.search(self.tail)
        if (
            figure is None
            or re.search(r"(?<!目)的", self.tail[: min(figure.start(), 12)])
            or re.match(r"度[^,共累计全]", self.tail)
        ):
            return False
        if self.year > own and re.match(r"年?(?:[1-6]月(?![-—~至到]|底)|初)", self.tail):
            return False
        if self.year > own and _AHEAD.search(self.text[: self.start]):
            return False
        if self.year > own and not figure.group()[0].isdigit() and not re.search("了|已", self.tail):
            return False
        if self.year < own and "同比" in self.tail and self.tail[:2] in self.text[: self.start]:
            return False
        span = self.tail[: figure.end()] + re.split(r"[,。;]", self.tail[figure.end() :])[0]
        if self.year < own and (_PAST.search(self.tail) or re.match(r"[^,]{0,4}已", self.tail)):
            return False
        return bool(re.search(_WORK, span)) and figure.start() <= 30

    def _opening_wrong(self, own: int) -> int:
        """A part that opens with another year: `2023年，我镇认真…` in the report of 2024."""
        if not _OPENING.match(self.tail) or _PAST.search(self.tail):
            return 0
        if self.year > own and not re.search(r"取得|完成|领导下", self.tail):
            return 0
        if re.search(rf"{own}年|今年", self.text):
            return 0
        comma = self.tail.find(",", 6)
        return self.match.end() + (comma if comma > 0 else len(self.tail))
