"""Another unit's name where the own one should stand (他处单位名称): the trace of a copied report.

A neighbour, a partner, a model to learn from, a place, a superior or a former name is no trace: the
name must be the subject of the reporting unit's own work, or the own name with one wrong character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from checker.defects.body import Paragraph, mark, paragraphs
from checker.model.assessment import Defect
from checker.model.report import Report
from checker.model.text import fold

KIND = "text.foreign-unit"

_TOWNS = ("镇", "乡", "街道", "苏木")
_COUNTIES = ("县", "区", "旗")
_OFFICE = re.compile(r"(?:人民政府|管理委员会|办事处|党工委|委员会|党委|政府)+$")
_PARENT = re.compile(
    r"^(?:[一-龥]{2,8}?(?:省|自治区|自治州|市|州|盟))?(?:[一-龥]{1,6}?(?:自治县|县|区|旗|市))?"
)
_ABOVE_COUNTY = re.compile(
    r"^(?:[一-龥]{2,8}?(?:省|自治区))?(?:[一-龥]{2,6}?(?:市|自治州|州|盟))?(?=[一-龥]{2})"
)
_BUREAU = re.compile(
    r"^(?P<place>(?:[一-龥]{2,8}?(?:省|市|州))?[一-龥]{1,6}?(?:县|区|旗|市))(?P<name>[一-龥]{2,12})$"
)

_LEAD = (
    r"(?:^|(?<=[。;:,!?]))(?:[一二三四五六七八九十]是|(?:19|20)\d\d年(?:度|以来|来|底|初)?,?|\d{1,2}月(?:份)?,?"
    r"|今年(?:以来)?,?|本年度?,?|年初,?|年内,?|全年,?|同时,?|此外,?|另外,?|一年来,?|近年来,?|下一?步,?|目前,?)*"
)
_WORKING = (
    r"(?=党委|党工委|政府|办事处|法治|依法|辖区|经济社会|实际|高质量|各项|综合行政执法|建成|建设成|打造成"
    r"|(?:机关|全体|班子|党员)[一-龥]{0,2}(?:干部|成员|职工|人员))"
)
_IN_CLAUSE = (
    r"(?:(?<=[了在对为是把将使以让])|(?<=推动|推进|提升|促进|加强|立足|结合|影响|制约|全面|打造|建设|组织))"
)
_AFTER = {
    "镇": r"(?!上(?!下)|[区村域里长级街子痛压守静定乡])",
    "乡": r"(?![村镇里亲贤土愁风级长域情])",
    "街道": r"(?![两上旁环路面])",
    "苏木": "",
    "县": r"(?![级城域直乡区里长市处情])",
    "区": r"(?![域级直位间划块长里县市别分号内外])",
    "旗": r"(?![帜袍下舰县])",
    "市": r"(?![场民直区政容级长值辖])",
}
# Characters of the words that stand in front of 镇, 乡, 街道 (推动、各、列席) and hardly ever in a name.
_NO_NAME = frozenset(
    "我本全各该某每其此这那哪谁几两多所在从对向和与及或等为以由把将被给让使到来去赴至于并也都均已未不没无有是的了着过就只还又再很更最"
    "推促加强落完善组织展指导督协助配联依托围绕持鼓励引服务邻附个别数属辖委员记局厅办科股撤改送驻派任期末初底间议"
    "提请列席发挥判告审批理受获评得当做抓用靠按照据遵参承核查调整充备抽选聘邀汇报反映移交回应统筹优规范确制印编修布征求听取采纳吸执行履"
    "监检考估排解处置打击治护维营培传普习掌握熟悉利借因随针首次另同时目截止续断努力尽快即主动积极认真严格切扎效问题说讲看想要能会可须必"
    "准许叫令贫困示试拿挂摆放贴晒享创比赛干变作案件证票款费税薪资法律诉讼权责情况基础群众意见年月日号"
)
# Words that would pass for a name by their characters.
_WORDS = re.compile(
    "重点|农业|工业|林业|牧业|人口|旅游|文化|边境|民族|革命|老区|中心|经济|全域|"
    "召开|成立|设立|开通|形成|建立|建成|深化|升级|新增|部署|牵头|下沉|走访|摸清|约谈|开设"
    "|开启|上线|架设|拍摄|划定|划分|细化|量化|净化|美化|绿化|亮化|厘清|归档|存档|立卷"
    "|入库|清退|关停|拆除|验收|座谈|帮教|帮扶|关爱|关注|重视|聚焦|紧扣|紧盯|坚守|坚决"
    "|坚定|守好|守住|筑牢|夯实|压实|压紧|拧紧|逐季|分级|分类|分片|区内|县内|镇内|市内"
    "|省内|国家|省级|市级|县级|区级|镇级|村级|人大|企业|学校|医院|部分|一些|划归|延伸"
    "|延长|先后|前后|今后|副职|正职|职工|代表|居民|村民|市民|农民|农户|住户|商户|物业"
    "|楼栋|体系|模式|方式|措施|举措|经验|亮点|特色|品牌|典型|样板|标杆|荐举|述职|接待"
    "|接访|下访|上访|信访|寻访|专访|探索|探讨|研讨|研究|分析|剖析|总结|凝聚|凝练|聚合"
    "|融合|结合|集合|综合|贯通|畅通|疏通|沟通|互通|连通|临近|之前|面前|眼前|超前|空前"
    "|节前|汛前|冬季|夏季|春季|秋季|春节|分管|代管|共管|直管|接管|保管|经管|城管|生产"
    "|生活|生态|环保|消防|防汛|抗旱|防火|禁毒|扫黑|除恶|控违|拆违|巡河|提交|报送|报经"
    "|报镇|任镇|经镇|辖区|两级|推选|健全|我们|大家|人均|户均|地方|基层|乡里|镇里|全国"
    "|如果|结果|成果|效果|后果|因果|起草|出台|草拟|承担|承办|整合|收集|汇总|梳理|优选|抽派|加挂|落户|覆盖|惠及|市州|[主老新古旧]城"
    "|周末|夜间|白天|上午|下午|夜晚|月底|年底"
)
_POINTING = frozenset("我本全各该某每其此这那两多所在从对向和与为以由")
_NO_END = frozenset("大乡集场市村古小重建街镇县区省中进入出")
_NO_AREA = frozenset(
    "社辖片城山地景街小库园发新校范矿林灾牧郊特港湾保禁商厂战疫老工院营沿片功验贸税禁管控散险"
)
_NOT_SUBJECT = re.compile(
    r"^(?:派出所|司法所|法庭|人民法庭|中心校|中心学校|卫生院|中学|小学|市场监管所|税务|供电|集镇|境内|方向|段|籍|一带|交界|[一-龥]{1,4}村"
    r"|居民|群众|村民|企业|商户|人(?![大民])|的(?!法治|依法|各项|法律)|等|、|和|与|及|至|\)|》|”|“)"
)
_RELATION = re.compile(
    r"我[镇乡街县区市局]|本[镇乡街县区市局]|[相毗紧]邻|邻近|接壤|交界|界河|兄弟|对口|结对|帮扶|考察|观摩|取经|参观|交流|借鉴|值得|相比|与之"
    r"|高于|低于|排名|并列|联合|会同|共建(?!机制|平台|格局)|互认协议|合并|并入|划入|划归|撤[并乡镇销]|更名|原(?:为|属|名)|前身|以[一-龥]{2,8}为例|例如|譬如|双方|两[镇乡地县区]"
    r"|先进经验|成功经验|来(?:我|访)|学习[一-龥]{0,4}(?:经验|做法)|邀请|援助|支援"
)
_SELF = re.compile(
    r"(?:还|将|坚持|严格|认真|深入|积极|扎实|全面|持续|不断|切实|始终|高度重视|紧紧围绕|进一步|着力|大力)"
)
_MEANWHILE = re.compile(r",(?:我|本)[镇乡街县区市局]")
_SERVED = re.compile(r"(?<=为)[一-龥]{3,6}(?:高质量|经济社会|法治|各项)[^,。;]{0,12}提供")
_SHORT_BUREAUS = {
    "林业和草原局": "林草局",
    "市场监督管理局": "市场监管局|市监局",
    "人力资源和社会保障局": "人社局",
    "住房和城乡建设局": "住建局",
    "自然资源和规划局": "自然资源局|自规局",
    "卫生健康局": "卫健局",
    "卫生健康委员会": "卫生健康委|卫健委",
    "发展和改革局": "发改局",
    "发展和改革委员会": "发展改革委|发改委",
    "文化和旅游局": "文旅局",
    "文化广电和旅游局": "文旅局|文广旅局",
    "应急管理局": "应急局",
    "教育体育局": "教体局",
    "综合行政执法局": "综合执法局",
    "城市管理局": "城管局",
    "退役军人事务局": "退役军人局",
    "医疗保障局": "医保局",
    "行政审批服务局": "行政审批局|审批局",
    "工业和信息化局": "工信局",
}
_FORMER = re.compile(r"撤乡|撤镇|设镇|设街|改街|改镇|原|前身|更名|旧称|挂牌|以前|曾")
_BESIDE = re.compile(
    r"(?:与|和|同|跟|及|、|邻近的?|相邻的?|毗邻的?|周边的?|附近的?|赴|到|往|向|从|由|原|学习|借鉴|参观|考察|比|较|对口|会同|联合|位于|经|在|帮扶|支援|兄弟|隔壁的?)$"
)
_LEADING = re.compile(r"(?:党委|党工委|政府|办事处|[、和])+[^,。;]{0,8}领导下")
_DIRECTIONS = frozenset("东西南北中上下大小新老前后内外左右高低一二三四五六七八九十")


@dataclass(frozen=True, slots=True)
class _Own:
    """The reporting unit as it names itself: 芷岸 + 街道, and the same with its superiors."""

    stem: str
    suffix: str
    full: str
    bureau: str = ""

    @property
    def name(self) -> str:
        return self.stem + self.suffix

    @property
    def bureaus(self) -> str:
        """How a bureau of this name is called, in full or in short, as a pattern."""
        return "|".join(filter(None, (self.bureau, _SHORT_BUREAUS.get(self.bureau))))

    def place(self, name: str) -> str:
        """A name without what follows the place: 榆垣县 of 榆垣县林草局."""
        return re.sub(rf"(?:{self.bureaus})$", "", name) if self.bureau else name

    def peers(self) -> tuple[str, ...]:
        """What units of the same level are called."""
        if self.suffix in _TOWNS:
            return _TOWNS
        return ("市",) if self.suffix == "市" else _COUNTIES


def find(report: Report) -> list[Defect]:
    """Every place where another unit stands for the own one."""
    own = _own(report)
    if own is None:
        return []
    body = paragraphs(report)
    superior = fold(report.quote(report.addressee)) if report.addressee else ""
    found: dict[tuple[int, int], Defect] = {}
    for paragraph in body:
        for start, end, message in _traces(paragraph, own, body):
            if paragraph.text[start:end] in superior:
                continue
            close = _clause_end(paragraph.text, start, end)
            span = paragraph.span(start, close)
            right = f"{'本单位' if own.bureau else '我' + own.suffix}（{own.full}）"
            defect = mark(report, KIND, span, message=message, suggestion=f"核对后改为{right}")
            found.setdefault((paragraph.places[0], start), defect)
    return list(found.values())


def _own(report: Report) -> _Own | None:
    """The unit's name without 人民政府 and without its superiors."""
    full = re.sub(r"\s", "", fold(report.unit))
    unit = _OFFICE.sub("", full)
    for suffix in (*_TOWNS, *_COUNTIES, "市"):
        if unit.endswith(suffix):
            return _named(unit, suffix)
    bureau = _BUREAU.match(full)
    if bureau:
        place = bureau["place"]
        return _Own(place[-3:-1] if len(place) > 3 else place[:-1], place[-1], full, bureau["name"])
    return None


def _named(unit: str, suffix: str) -> _Own | None:
    """A town or a county, its superiors' names taken off."""
    parent = (_PARENT if suffix in _TOWNS else _ABOVE_COUNTY).match(unit)
    rest = unit[parent.end() :] if parent else unit
    if len(rest) <= len(suffix) or suffix not in rest:
        rest = unit
    stem = rest.removesuffix(suffix)
    return _Own(stem, suffix, unit) if stem and re.fullmatch(r"[一-龥]{1,8}", stem) else None


def _traces(paragraph: Paragraph, own: _Own, body: list[Paragraph]) -> Iterator[tuple[int, int, str]]:
    """Where the traces stand in a paragraph, and what is wrong."""
    text = paragraph.text
    for match in _others(text, own):
        name = match["name"]
        if not _is_copied(text, match, own) or _is_word(name, own, body):
            continue
        if text.startswith("上下", match.end("name")) or not _is_known(name, body):
            yield match.start("name"), match.end("name"), f"出现其他单位名称“{name}”，疑似照抄"
    for match in _misspelt(text, own):
        if _is_slip(text, match, own) and not _is_known(match.group(), body):
            yield match.start(), match.end(), f"本单位名称疑似写错：“{match.group()}”"
    for match in _wrong_self(text, own, body):
        yield match.start(), match.end(), f"自称“{match.group()}”与报告单位（{own.full}）不符，疑似照抄"


# --- other units ----------------------------------------------------------------------------------


def _others(text: str, own: _Own) -> Iterator[re.Match[str]]:
    """Names of units of the same level at the beginning of a clause, or before 党委, 法治建设 and so on."""
    for suffix, shapes in _shapes(own).items():
        if suffix not in text:
            continue
        for shape in shapes:
            yield from shape.finditer(text)
        if own.bureau:
            return


@lru_cache(maxsize=8)
def _shapes(own: _Own) -> dict[str, tuple[re.Pattern[str], ...]]:
    """The patterns of other units' names, by what must stand in a text for them to be found."""
    if own.bureau:
        name = rf"[一-龥]{{1,4}}?[县区市旗](?:{own.bureaus})"
        shape = re.compile(rf"{_LEAD}(?P<name>{name})")
        return dict.fromkeys(own.peers(), (shape,))
    return {
        suffix: (
            re.compile(rf"{_LEAD}(?P<name>[一-龥]{{1,6}}?{suffix}{_AFTER[suffix]})"),
            re.compile(rf"{_IN_CLAUSE}(?P<name>[一-龥]{{2,3}}{suffix}){_WORKING}"),
        )
        for suffix in own.peers()
    }


def _is_copied(text: str, match: re.Match[str], own: _Own) -> bool:
    """Whether a name is another unit's and the subject of what the sentence tells."""
    name = match["name"]
    if name.endswith(own.full) or own.full.endswith(name) or own.stem in name:
        return False
    if not _is_name(name, own) or _NOT_SUBJECT.match(text[match.end("name") :]):
        return False
    start, end = _sentence(text, match.start("name"))
    sentence = text[start:end]
    if start == match.start("name") and _SELF.match(text, match.end("name")):
        sentence = _MEANWHILE.sub(",", sentence)
    elif _SERVED.match(text, match.start("name")):
        sentence = text[match.start("name") : match.end("name")]
    return not _RELATION.search(sentence) and own.name not in sentence


def _is_name(name: str, own: _Own) -> bool:
    """Whether what stands before 镇, 乡, 街道, 县 reads as a name and not as other words."""
    bare = own.place(name)
    suffix = next((s for s in (*_TOWNS, *_COUNTIES, "市") if bare.endswith(s)), "")
    stem = bare.removesuffix(suffix)
    parent = re.match(r"[一-龥]{2,3}[县区市]", stem)
    if parent and suffix in _TOWNS:
        stem = stem[parent.end() :]
    if not 2 <= len(stem) <= 3 or _NO_NAME & set(stem) or stem[-1] in _NO_END:
        return False
    if _WORDS.search(stem):
        return False
    return suffix not in ("区", "市") or stem[-1] not in _NO_AREA


def _is_word(name: str, own: _Own, body: list[Paragraph]) -> bool:
    """Whether the report uses the supposed name as a word, with no unit behind it."""
    stem = re.sub(r"(?:街道|苏木|[镇乡县区旗市])$", "", own.place(name))
    used = re.compile(re.escape(stem) + r"(?!街道|苏木|[镇乡县区旗市村社])")
    return any(used.search(paragraph.text) for paragraph in body)


def _is_known(name: str, body: list[Paragraph]) -> bool:
    """Whether the report elsewhere names the unit as a neighbour, partner or place."""
    for paragraph in body:
        at = paragraph.text.find(name)
        while at >= 0:
            led = _LEADING.match(paragraph.text, at + len(name))
            if _BESIDE.search(paragraph.text[max(0, at - 6) : at]) and not led:
                return True
            at = paragraph.text.find(name, at + 1)
    return False


# --- the own name, misspelt; and the wrong word for oneself ---------------------------------------


def _misspelt(text: str, own: _Own) -> Iterator[re.Match[str]]:
    """The own name with one other character, or with another kind of unit (芷岸镇)."""
    stem = own.stem
    if not 2 <= len(stem) <= 4:
        return
    if own.suffix in text:
        for i in range(len(stem)):
            if (i == 0 and stem[1:] in text) or (i > 0 and stem[:i] in text):
                shape = re.escape(stem[:i]) + "[一-龥]" + re.escape(stem[i + 1 :]) + own.suffix
                yield from re.finditer(shape + _AFTER[own.suffix], text)
    if own.suffix in _TOWNS and stem in text:
        for suffix in own.peers():
            if suffix != own.suffix:
                yield from re.finditer(stem + suffix + _AFTER[suffix], text)


def _is_slip(text: str, match: re.Match[str], own: _Own) -> bool:
    """Whether the other name can only be a slip for the own one."""
    name = match.group()
    if name == own.name or _BESIDE.search(text[max(0, match.start() - 6) : match.start()]):
        return False
    start, end = _sentence(text, match.start())
    sentence = text[start:end]
    if _FORMER.search(sentence):
        return False
    if name.startswith(own.stem):
        return not _RELATION.search(sentence)
    if (
        text[match.start() - 1 : match.end()].endswith(own.name)
        or own.name in text[match.start() : match.end() + 1]
    ):
        return False
    changed = {(a, b) for a, b in zip(name, own.name, strict=True) if a != b}
    if any({a, b} & _DIRECTIONS for a, b in changed):
        return False
    begins = match.start() == 0 or text[match.start() - 1] in "。;:,!?、《“("
    if name[0] != own.stem[0] and name[0] in (_POINTING if begins else _NO_NAME):
        return False
    return not _RELATION.search(sentence.replace(f"我{own.suffix}", ""))


def _wrong_self(text: str, own: _Own, body: list[Paragraph]) -> Iterator[re.Match[str]]:
    """我镇 in the report of a 街道, 我局 in that of a 镇."""
    if "我" not in text:
        return
    kinds = {
        "镇": r"我镇(?!定)",
        "乡": r"我乡(?![村亲里土镇])",
        "街道": r"我街道",
        "局": r"我局(?![部限面势])",
    }
    mine = "局" if own.bureau else own.suffix
    for suffix, shape in kinds.items():
        if suffix == mine or (own.bureau and not own.bureau.endswith("局") and suffix == "局"):
            continue
        for match in re.finditer(rf"(?<!自){shape}", text):
            start, end = _sentence(text, match.start())
            before = text[start : match.start()]
            if _FORMER.search(text[start:end]) or before.count("“") > before.count("”"):
                continue
            if _count(match.group(), body) <= max(2, _count(f"我{mine}", body)):
                yield match


def _count(word: str, body: list[Paragraph]) -> int:
    return sum(paragraph.text.count(word) for paragraph in body)


# --- places ---------------------------------------------------------------------------------------


def _sentence(text: str, at: int) -> tuple[int, int]:
    start = max(text.rfind(stop, 0, at) for stop in "。;!?") + 1
    ends = [text.find(stop, at) for stop in "。;!?"]
    return start, min((end for end in ends if end >= 0), default=len(text))


def _clause_end(text: str, start: int, end: int) -> int:
    """The end of the clause that begins with the name, 30 characters on at most."""
    stop = re.compile(r"[,。;:!?]").search(text, end)
    return min(stop.start() if stop else len(text), start + 30)
