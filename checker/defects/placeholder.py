"""Left-overs of a template (模板痕迹): XX, ××, *次, 〔2024〕 号, 某镇, （此处填写…）, blanks.

A case told without names (李某、某公司、××路), a masked number (138****0000), a multiplication
(3×4) and a formula (1+X) are no left-overs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.defects.body import pieces
from checker.model.assessment import Defect
from checker.model.report import Report, Span
from checker.model.text import fold

KIND = "text.placeholder"

_MARK = "[Xx×✕╳*＊﹡]"
_UNIT = "个件次名人场起份项条家户万元%处期批宗例号年月日天篇部辆台支平亩度季周轮"
_PLACE = "省市县区镇乡村街社"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安乐傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛禹狄米贝臧戴宋庞熊纪舒屈祝董梁杜阮"
    "蓝季贾江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房丁邓洪包左石崔龚程邢裴陆翁荀惠曲封储段侯武刘景詹龙叶"
    "白怀蒲鄂索赖卓屠池乔胥闻党翟谭劳冉桂牛边温庄柴瞿阎慕习艾鱼古易廖耿满匡文寇东欧沃利蔚隆师巩聂敖冷简饶曾沙关"
    "涂肖游代覃揭查"
)

_SIGNS = re.compile(
    rf"20(?:{_MARK}{{2}}|\d{_MARK})年?|二〇{_MARK}{{2}}年|(?<![一二])〇{{2,}}(?=[{_PLACE}{_UNIT}])|□{{2,}}|_{{2,}}"
    rf"|(?<![A-Za-z0-9+\-]){_MARK}{{2,}}(?![A-Za-z])"
    rf"|(?<![A-Za-z0-9+\-×√/]){_MARK}(?=[{_UNIT}{_PLACE}])"
    rf"|(?<=[0-9]){_MARK}{{2,}}[-×Xx*]*"
    r"|某某+|某(?=局(?![部面])|律师事务所|律所|镇(?!区)|乡(?!村)|县(?!级)|街道|市(?![场民])|村(?![民委])|社区|年某?月?)|某月某日"
)
_NUMBERS = re.compile(
    r"[〔\[(【](?:(?:19|20)(?:\d\d|[Xx×*]{2}))[〕\])】]\s*第?(?:\s+|[Xx×*_]+)?号"
    r"|〔\s*〕\s*\d*\s*号?|\[\s+\]|【\s*】|(?<![A-Za-z])\([ \t\u3000\u00a0]*\)|\[\s*\](?=\s*\d*\s*号)"
    r"|第[ \u3000\u00a0]+(?=[号期次届批])"
)
_WORDS = re.compile(
    r"[\[(【][^\[\]()【】]{0,6}此[处项段][^\[\]()【】]{0,30}[\])】]"
    r"|[\[(【][^\[\]()【】]{0,14}(?:填写|填入|请填|待填|待补|请补充|补充数据|待核|请核实|待定|请删除|自行[填增删修]"
    r"|根据实际(?:情况)?[填增修调]|增减|替换为|插入|[由待][^\[\]()【】]{1,8}(?:提供|核定|补充))[^\[\]()【】]{0,14}[\])】]"
    r"|此处(?:填写|填入|插入|补充|省略|略)|请在此处?[^,。;]{0,10}"
    r"|(?<![有尚仍还亟急需])待补充?(?=[,。;)\]]|数据)|待填写?|数据待[补核统定][^,。;]{0,6}"
    r"|TODO|TBD|FIXME|单位名称(?=[,。)])"
    r"|(?<=[一-龥])N(?=[次场件名份期](?!都|均))(?!.*\+N)|(?<=[一-龥])(?:…+|\.{3,})(?=[件次名份场起宗例][,。;])"
)
_BLANK = re.compile(
    r"(?<=[一-龥])[ \t\u3000\u00a0]+(?=(?:人次|万元|[件次名份场起条项个户宗批期家人元%处例])(?:[,。;、:)]|以[上下内]|$))"
    r"|(?<=[共计达到约为有于超近理成立办展织召收])[ \t\u3000\u00a0]+(?=[件次名份场起条项个户宗批期家人%处例](?![员民口均力事]))"
    r"|(?<!\d)年[ \u3000\u00a0]+月[ \u3000\u00a0]+日|(?<=[0-9]年)[ \u3000\u00a0]+月[ \u3000\u00a0]+日"
)
_JOINED = re.compile(
    "责任人|负责人|法人|案件|文件|条件|事件|信件|稿件|证件|要件|零件|软件|硬件|附件|邮件"
    "|批件|层次|人次|批次|多次|首次|历次|再次|档次|姓名|报名|署名|签名|知名|著名|罪名"
    "|提名|命名|更名|现场|市场|立场|广场|农场|一起|发起|引起|法条|事项|各项|专项|单项"
    "|选项|款项|逐项|整个|各个|逐个|两个|省份|身份|月份|部份|股份|用户|农户|住户|困户"
    "|门户|账户|商户|贫户|专家|国家|大家|商家|一家|居家|厂家|好处|到处|办处|各处|惩处"
    "|科处|查处|深处|工人|个人|成人|证人|当人|本人|老人|他人|众人|诉人|请人|军人|居民人"
    "|案例|条例|比例|先例|病例|长期|定期|短期|周期|日期|学期|任期|一期|大批|审批|首批"
    "|分批|报批|单元|多元|一条|线条"
)
_CASE = re.compile(
    rf"[{_SURNAMES}](?:某|{_MARK}{{1,2}}(?![{_PLACE}]))|案例|当事人|原告|被告|申请人|化名"
    r"|个别|有的|少数|某(?:公司|企业|商户|超市|餐馆|饭店|药店|酒店|村民|居民|群众|业主|厂|店|工地|小区|项目|人)"
)
_EVENT = re.compile(r"案|纠纷|诉|处罚|投诉|举报|违法|查处|欠薪|责令")
_ONE_EVENT = re.compile(r"一[起宗例处]|该[村镇乡县案]|此案|发生|反映|因[一-龥]{2,12}(?:引发|产生)")
_BOLD = re.compile(r"\*\*[^*\n]{2,60}\*\*")
_HINT = re.compile("[Xx×✕╳*＊﹡〇□_某]")
_BRACKET = re.compile(r"[〔\[(【]|第[ \u3000\u00a0]")
_WORD_HINT = re.compile(r"此[处项段]|待|[填核由删增]|T[OB]|FIX|单位名称|请|N|…|\.\.\.")
_SPACE = re.compile(r"[一-龥][ \u3000\u00a0]")
_ANY = re.compile(r"[Xx×✕╳*＊﹡〇□_某〔\[(【待请TFN…]|[一-龥][ \u3000\u00a0]|此[处项段]|单位名称|\.\.\.")
_CELLS = re.compile(r"\t| \| ")
_ANON = re.compile(
    r"^(?:公司|企业|厂|店|超市|餐|酒店|饭店|药|路|巷|弄|号楼|小区|工地|项目|养殖|合作社|先生|女士|诉|案|个体|经营|商|物业|大街|街(?!道))"
)
_AFTER = re.compile(r"[一-龥%]{0,6}")
_BEFORE = re.compile(r"[0-9A-Za-z一-龥]{0,8}$")


def find(report: Report) -> list[Defect]:
    """What was never filled in, one defect a place."""
    found = []
    markdown = len(_BOLD.findall(report.text)) >= 3
    folded = fold(report.text)
    for span in _places(report):
        text = folded[span.start : span.end]
        if not _ANY.search(text):
            continue
        if markdown:
            text = text.replace("**", "  ")
        for start, end in _joined(_marks(text)):
            found.append(_defect(report, span, text, start, end))
    return found


def _places(report: Report) -> Iterator[Span]:
    """The title, the headings and the sentences."""
    if report.title_span:
        yield report.title_span
    for section in report.walk():
        yield from pieces(section)


def _marks(text: str) -> Iterator[tuple[int, int]]:
    """Every left-over of one sentence; each pattern is tried only where its first sign stands."""
    if _HINT.search(text):
        for match in _SIGNS.finditer(text):
            if not _is_meant(text, match):
                yield match.span()
    if _BRACKET.search(text):
        for match in _NUMBERS.finditer(text):
            yield match.span()
    if _WORD_HINT.search(text):
        for match in _WORDS.finditer(text):
            yield match.span()
    if _SPACE.search(text) and not _CELLS.search(text):
        for match in _BLANK.finditer(text):
            if not _is_stray(text, match):
                yield match.span()


def _joined(marks: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Marks that stand together (20××年×月×日) are one left-over."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(set(marks)):
        if joined and start - joined[-1][1] <= 2:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _is_meant(text: str, match: re.Match[str]) -> bool:
    """Whether a sign is no left-over: a mask, a formula, or a case told without names."""
    before, after, sign = text[: match.start()], text[match.end() :], match.group()
    if "某" in sign:
        return _is_indefinite(text, before, after, sign)
    if before[-1:].isdigit() and after[:1].isdigit() and not sign.startswith("20"):
        return True
    if sign.startswith("*") and not before.strip():
        return True
    if re.search(r"[+√/&]\s*[“”]?$", before) or re.match(r"[“”]?\s*[+√/&]|射线|光片?", after):
        return True
    if re.search(
        r"[初终执再监申][字第]*$|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]·?[×*Xx]?$",
        before,
    ):
        return True
    return _is_anonymous(text, before, after, sign)


def _is_anonymous(text: str, before: str, after: str, sign: str) -> bool:
    """Whether a sign stands for a name in a case: 张××、××公司、××村村民李某."""
    if before and before[-1] in _SURNAMES and sign[0] != "2" and not re.match(rf"[{_PLACE}{_UNIT}]", after):
        return True
    if _ANON.match(after):
        return bool(_CASE.search(text) or _EVENT.search(text))
    return bool(_CASE.search(text) and re.match(rf"[{_PLACE}]", after))


def _is_indefinite(text: str, before: str, after: str, sign: str) -> bool:
    """Whether 某 hides a name (张某某, 某村村民李某) instead of waiting for one."""
    rest = text.replace(sign, "", 1)
    if sign.startswith("某某"):
        named = bool(before) and before[-1] in _SURNAMES
        return named or bool(_CASE.search(rest)) or bool(_ANON.match(after) and _EVENT.search(text))
    if re.search(r"(?:[如某]|例如|譬如|假设|比如|个别)$", before):
        return True
    return bool(_CASE.search(rest) or (_ONE_EVENT.search(text) and _EVENT.search(text)))


def _is_stray(text: str, match: re.Match[str]) -> bool:
    """Whether the blank only tears a word apart (责任 人), or the text is full of stray blanks."""
    left, right = text[: match.start()][-2:], text[match.end() : match.end() + 2]
    if any(_JOINED.fullmatch(left[-n:] + right[:m]) for n in (1, 2) for m in (1, 2)):
        return True
    return len(re.findall(r"[一-龥][ \u3000\u00a0]+[一-龥]", text)) >= 4


def _defect(report: Report, span: Span, text: str, start: int, end: int) -> Defect:
    """The left-over with the words around it that tell what is missing."""
    head, tail = text[:start].rstrip(), text[end:].lstrip()
    before, after = _BEFORE.search(head), _AFTER.match(tail)
    begin = len(head) - len(before.group() if before else "")
    close = len(text) - len(tail) + len(after.group() if after else "")
    if begin == len(head):
        begin = start
    place = Span(span.start + begin, span.start + close)
    return Defect(KIND, place, report.quote(place), "模板内容没有填写", _suggestion(text[start:end], tail))


def _suggestion(sign: str, after: str) -> str:
    if "号" in sign:
        return "补填文号"
    if "年" in sign or "月" in sign or re.match(r"\s*[年月日]", after):
        return "补填日期"
    if re.match(rf"\s*[{_UNIT}]", after):
        return "补填数字，没有的写0或删去"
    if re.match(rf"[{_PLACE}局厅委办]", after):
        return "写明单位或地名"
    return "补填内容或删去"
