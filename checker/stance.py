"""How a clause speaks (语气): section first, then the sentence, then the clause itself.

进一步 is assertion in the measures and plan in the plan; 未发生违法决策 is good news; 未经审查不得上会
recites a rule; 尚未建立 is a gap. The cues are words in `checklists/wording.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from checker.model.checklist import Wording
from checker.model.report import BY_PLACE, GAP_ROLES, Role, Stance

_CUES = (
    "plan-open", "not-plan", "plan", "admit", "turn", "deny",
    "deny-strong", "good-negative", "recite", "recite-open", "own-again",
    "now", "last-year", "comparison", "since", "done", "other-unit-words",
)  # fmt: skip
# 不足 and 短板 that a clause deals with are no admission
_DEALT_WITH = re.compile(
    r"解决|整改|针对|补齐|查找|纠正|整治|克服|补足|改变|弥补|破解|杜绝|防止|查摆|对照|完善|交办|协调|督办|研究|不打折扣|批示|签批|认为|指出|退回|补短板|对标|补正|补证|发现|过问|准不准|拿不准|没有因|未因|不因"
)
# 拟出台的文件 and 对应当听证的事项 only say which ones
_INTENDED = re.compile(r"拟[^,。;]{1,12}的")
# 将推进依法行政写入工作报告: 将 is 把 there
_PUT_INTO = re.compile(r"(?:写入|纳入|列入|摆上|放在|列为|作为)[^,。;]{2,}")
_DUE = re.compile(
    r"(?:对|凡|类|依法|年度|年内|全年)(?:应当|必须)[^,。;]{1,24}的|应当[^,。;]{2,14}的(?=都|均|全部|一律)"
)
# 县司法局来镇评查案卷: what others do to us tells of us
_DONE_TO_US = re.compile(
    r"(?:来|到|赴|下)(?:我|本)?(?:[镇乡]|街道|局|县|区)[^,]{0,4}(?:评查|抽查|督导|督察|督查|考核|巡查|暗访|讲授|讲解|授课|讲课|辅导|调阅)"
    r"|(?:评查|抽查|抽取|检查|调阅|考核|督察|督查|暗访|评议|抽检|登记|受理|审核|审查)了?(?:我|本)(?:[镇乡]|街道|局|县|区)"
    r"|(?:下放|划归|划转)(?:给|到|至|由)?(?:我|本|街道|[镇乡])"
)
# 对未牵绳的行为 and 对没有备案的文件 name what was dealt with
_DEALT_WITH_ONES = re.compile(
    r"^(?:针?对|将|把|凡).*(?:未|没有|不).*(?:的|行为|情形|事项|人员|单位|案件|文件|项目|企业|商户)[^的]{0,4}$"
)
_OWN_RULE = re.compile(
    r"坚持|严格执行|严格落实|建立|做到|实行|明确(?!规定)|落实|推行|规定了|凡|一律|均须|都须|^规定|照着|依照|均$|都$|写明|约法三章|定下|立下"
)
_KEPT = re.compile(r"照着|坚持|严格执行|严格落实|做到|实行|推行")
# 凡上会的事项，都要先审查: what the unit itself practises
_EVERY = re.compile(r"^(?:凡|每|所有|任何|不论|无论)|前,?$")
_PUT_OFF = re.compile(
    r"拟|将|计划|准备|预计|争取|力争|打算|尚未|还没|还未|至今|目前还|暂未|有待|(?:今年|本年度?|年内)[^,]{0,6}(?:没|未)|[也都](?:没有|未)|没有(?:统一|定|明确)"
)
# 没有半数同意的不办, 应听证未听证的倒查: a rule that is kept
_DOUBLE = re.compile(
    r"(?:没有|没经|没|未)[^,。;]{1,16}的,?[^,。;]{0,12}(?:不|一律|一概|倒查|退回|打回|缓)"
    r"|没有[^,。;]{2,10}(?:点头|审查|审核|意见|同意|把关|签字)[^,。;]{0,3}不"
)
# a character that may stand in a place's name, and not a function word before 镇 and 乡
_PLACE = "[^《〈“以由在向经为是把将对至到给被和与各全该本我镇乡县区市,、的个是等召立发请确备书集织定了报送并年底月决判交日]"
_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_FIGURE = re.compile(r"\d")
_NAMED = r"(?:^|[,，。;；、年月日来年期间]|[一二三四五六七八九十]是)"


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")


@dataclass(slots=True)
class StanceReader:
    """Reads stances for one report: whose it is, and which year it reports."""

    wording: Wording
    unit: str
    level: str
    year: int | None
    last_year_is_own: bool = False
    _others: re.Pattern[str] = field(init=False)
    _cue: dict[str, re.Pattern[str]] = field(init=False)
    _next_year_planned: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        self._cue = {name: _pattern(self.wording.cues.get(name, ())) for name in _CUES}
        own = self._cue["own-again"].pattern
        self._cue["own-again"] = re.compile(f"(?<!乡)(?:{own})")  # not in 乡镇政府
        self._others = self._other_units()
        next_year = f"{self.year + 1}年" if self.year else "(?!)"
        self._next_year_planned = re.compile(rf"(?:计划|准备|打算|安排在)[于在]?(?P<year>{next_year})")

    def paragraph(
        self, role: Role, sentences: list[list[str]], closed: list[bool]
    ) -> list[list[tuple[Stance, str]]]:
        """Stance and reason of every clause of a paragraph.

        sentences: folded clauses, a list a sentence; closed[i]: whether sentence i ends with a full
        stop (and not with a semicolon, behind which a plan goes on).
        """
        carry = _Carry()
        result = []
        for clauses, full_stop in zip(sentences, closed, strict=True):
            spoken = []
            for i, clause in enumerate(clauses):
                carry.whole = "".join(clauses[i : i + 2])
                carry.before = clauses[i - 1] if i else ""
                spoken.append(self._clause(role, clause, carry))
            result.append(_put_off(_recited_whole(spoken, clauses), clauses))
            if full_stop:
                carry.end_sentence()
            else:
                carry.end_part()
        return result

    def _clause(self, role: Role, clause: str, carry: _Carry) -> tuple[Stance, str]:
        if role in GAP_ROLES:
            return self._in_gap_section(role, clause)
        self._follow(clause, carry)
        for stance, reason in (
            (Stance.OTHER_YEAR, carry.other_year),
            (Stance.OTHER_UNIT, carry.other_unit),
            (Stance.RECITED, carry.recited or self._hit("recite", _DUE.sub("", clause))),
        ):
            if reason and not (stance is Stance.RECITED and self._own_rule(clause) and not carry.recited):
                return stance, reason
        denied = "" if ",而是" in carry.whole else self._denied(clause, carry.whole)
        if denied:
            return Stance.DENIED, denied
        planned = carry.planned
        if planned:
            return Stance.PLANNED, planned
        if carry.turned:
            admitted = self._hit("admit", clause)
            if admitted:
                return Stance.ADMITTED, admitted
        admitted = self._admitted(clause)
        if admitted:
            return Stance.ADMITTED, admitted
        done = self._hit("done", clause) or ("有数字" if _FIGURE.search(clause) else "")
        return (Stance.DONE, done) if done else (Stance.ASSERTED, "")

    def _in_gap_section(self, role: Role, clause: str) -> tuple[Stance, str]:
        admitted = self._hit("admit", clause) or self._hit("deny", clause)
        if role in (Role.SHORTCOMINGS, Role.CAUSES):
            planned = self._hit("plan-open", clause) or self._hit("plan", clause)
            if planned and not admitted:
                return Stance.PLANNED, planned
            return Stance.ADMITTED, admitted or "在“存在不足”部分"
        if admitted:
            return Stance.ADMITTED, admitted
        return Stance.PLANNED, self._hit("plan-open", clause) or self._hit("plan", clause) or BY_PLACE

    def _hit(self, cue: str, clause: str) -> str:
        match = self._cue[cue].search(clause)
        return f"“{match.group()}”" if match else ""

    def _own_rule(self, clause: str) -> bool:
        """Whether 不得 and 必须 stand in what the unit itself practises (坚持未经审查不得上会)."""
        recited = self._cue["recite"].search(clause)
        before = clause[: recited.start()] if recited else clause
        return bool(_OWN_RULE.search(before))

    def _denied(self, clause: str, whole: str) -> str:
        kept = _DOUBLE.search(whole)
        if kept and kept.start() < len(clause):
            return ""
        strong = self._cue["deny-strong"].search(clause)
        if strong:
            return f"“{strong.group()}”"
        if _DEALT_WITH_ONES.search(clause):
            return ""
        good = [
            match.start()
            for match in self._cue["good-negative"].finditer(clause)
            if clause[max(0, match.start() - 1) : match.start()] not in ("尚", "还", "仍")
        ]
        for match in self._cue["deny"].finditer(clause):
            if match.group() == "空白" and "填补" in clause:
                continue
            if not any(abs(start - match.start()) < 2 for start in good):
                return f"“{match.group()}{clause[match.end() : match.end() + 2]}”"
        return ""

    def _admitted(self, clause: str) -> str:
        match = self._cue["admit"].search(clause)
        if match and re.match(r"(?:对|将|把|就|因)", clause) and re.search(r"的", clause[match.end() :]):
            return ""  # 对取证不到位的2名队员予以通报: the fault is what was dealt with
        if not match or _DEALT_WITH.search(clause):
            return ""
        return f"“{match.group()}”"

    def _follow(self, clause: str, carry: _Carry) -> None:
        """Let what opens here go on: a plan, another year, another unit, a recited rule, a turn."""
        own = self._cue["own-again"].search(clause)
        opened = self._cue["plan-open"].search(clause)
        if opened and re.match(r"[如凡遇]", clause[opened.end() :]):
            carry.planned_sentence = f"“{opened.group()}”"
        elif (
            opened
            and opened.start() <= 12
            and not re.search(r"为(?:今后|下一?步|未来|明年|来年)|面向未来", clause)
        ):
            carry.planned_paragraph = f"“{opened.group()}”"
        elif self._next_year(clause, carry.whole):
            carry.planned_paragraph = f"“{(self.year or 0) + 1}年”"
        elif carry.planned_paragraph and self._cue["now"].search(clause[:8]):
            carry.planned_paragraph = ""
        plan = self._cue["plan"].search(_INTENDED.sub("", self._cue["not-plan"].sub("", clause)))
        if plan and plan.group().startswith("将") and _PUT_INTO.search(clause, plan.end()):
            plan = None
        if plan and plan.group().endswith("建立") and re.search(r"\d|已|了", carry.whole):
            plan = None  # 探索建立…，已…: it was tried
        if plan:
            carry.planned_sentence = f"“{plan.group()}”"
        put_off = self._next_year_planned.search(clause)
        if put_off:
            carry.planned_sentence = f"“{put_off.group('year')}”"
        if self._cue["turn"].match(clause) or clause.startswith("虽然"):
            carry.turned = True
        recited = self._cue["recite-open"].search(clause)
        if (
            not carry.planned
            and re.match(
                r"(?:各[一-龥]{1,14}|[一二三四五六七八九]|还|都|也)?要(?![求点素闻事来到回了件领害件]|[^,]{1,10}的)",
                clause,
            )
            and not (re.match(r"[都还]要", clause) and _EVERY.search(carry.before))
        ):
            carry.recited = "“要”"
        elif recited and not self._by_rule(clause, recited.end()):
            carry.recited = f"“{recited.group()}”"
        elif own and own.start() <= 6:
            carry.recited = ""
        self._follow_year(clause, carry)
        self._follow_unit(clause, own, carry)

    def _by_rule(self, clause: str, end: int) -> bool:
        """按照…要求 and 认真落实…要求 speak of the unit's own doing."""
        if re.search(
            r"按照?|根据|依据|依照|对照|落实|贯彻|围绕|严格执行|遵循|符合|结合|遵照|解读|宣传|学习|讲解|宣讲|培训|违反|涉及",
            clause[:end],
        ):
            return True
        return bool(re.match(r"的|修改|清理|审|意见|异议|建议", clause[end:]))

    def _next_year(self, clause: str, behind: str) -> bool:
        if self.year is None:
            return False
        at = clause.find(f"{self.year + 1}年")
        if not 0 <= at <= 6 or re.search(r"[至到期]$", clause[:at]):
            return False
        return not re.search(r"已|了|共|累计|截至|发布|印发(?!之日|后)|全年(?!计划|拟|将|力争)", behind)

    def _follow_year(self, clause: str, carry: _Carry) -> None:
        if self.year is None:
            return
        if self._cue["now"].search(clause[:10]) or f"{self.year}年" in clause:
            carry.other_year = ""
        for match in _YEAR.finditer(clause):
            if "年" not in match.group() or int(match.group(1)) >= self.year:
                continue
            behind, before = (
                clause[match.end() : match.end() + 6],
                clause[max(0, match.start() - 6) : match.start()],
            )
            later = re.sub(r"^(?:度|[初底末]|\d{1,2}月|\d{1,2}日)+", "", behind)
            if (
                self._cue["since"].match(later)
                or "以来" in clause[match.end() :]
                or re.match(r"[—\-~至到](?:19|20)\d\d", behind)
            ):
                continue
            if self._cue["comparison"].search(before) or before.endswith(("由", "从")):
                continue
            if re.search(r"沿用|至今|现行的?(?:制度|办法|规定|规则)", clause):
                continue
            if re.match(r"[对将把]", clause) and re.match(r"[^,]{0,8}的", behind + clause[match.end() + 6 :]):
                continue  # 对2018年至2022年制发的文件进行清理
            if re.search(r"完成|公示|公布|发布|报送", before) and re.match(
                r"度[^,]{0,10}(?:数据|报告|年报|统计)", behind
            ):
                continue  # 公示2022年度执法数据 is this year's doing
            if re.search(r"[(〔《]", before) or f"{self.year}年" in clause:
                continue
            carry.other_year = f"“{match.group()}”"
        last = self._cue["last-year"].search(clause)
        if last and not self.last_year_is_own and not self._compared(clause, last):
            carry.other_year = f"“{last.group()}”"

    def _compared(self, clause: str, last: re.Match[str]) -> bool:
        if clause.startswith("同期", last.end()) and not re.search(r"比|较|增|减|降|升", clause):
            return False
        before = clause[max(0, last.start() - 4) : last.start()]
        after = clause[last.end() : last.end() + 8]
        return bool(
            self._cue["comparison"].search(before)
            or re.search(r"以来|起|同期|相比|增|减|下降|上升|的\d", after)
        )

    def _follow_unit(self, clause: str, own: re.Match[str] | None, carry: _Carry) -> None:
        if own and own.start() <= 8:
            carry.other_unit = ""
        match = self._others.search(clause)
        nearby = self._cue["other-unit-words"].search(clause[:14])
        if nearby and not re.search(r"与|和|同|联合|跨|帮助|支援|在|向|到|赴", clause[: nearby.start()]):
            carry.other_unit = f"“{nearby.group()}”"
        about_us = re.search(r"担任我|(?:我|本)(?:镇|乡|街道)(?:的|\d|各)", clause) or re.search(
            r"(?:以|涉|涉及|就|让|请|把|将|对|向|为|给|推荐|表彰|授予|推广|通报)(?:我|本)" + self._kind,
            clause,
        )
        # 县医院新院区建设方案: the institution only says which project
        of_a_project = (
            match
            and match["name"].endswith(("院", "校", "中心"))
            and re.match(r"[^,]{0,10}?(?:方案|项目|工程|选址|迁建|扩建)", clause[match.end("name") :])
        )
        ours = _DONE_TO_US.search(clause)
        # 年内制定的2件文件，县司法局均已登记: what was told before is what they did it to
        each = bool(match and carry.before and re.match(r"均|都|全部|逐件", clause[match.end("name") :]))
        if (
            match
            and not (about_us or ours or each or of_a_project)
            and not (own and own.start() < match.start())
        ):
            carry.other_unit = f"“{match.group('name')}”"

    @property
    def _kind(self) -> str:
        """How 我镇 goes on: 我县 is the reporting unit only where the county reports."""
        return "[镇乡街]" if self.level in ("township", "subdistrict") else "[县区市旗州局委办]"

    def _other_units(self) -> re.Pattern[str]:
        """A clause's subject that is not the reporting unit: an institution or a named unit."""
        stem = re.sub(r"(人民政府|办事处|委员会)$", "", self.unit)
        own = re.escape(stem[-4:]) if stem else "(?!)"
        institutions = self.wording.cues.get("institutions", ())
        names = []
        if self.level in ("township", "subdistrict"):
            kinds = "|".join(map(re.escape, sorted(institutions, key=len, reverse=True))) or "(?!)"
            names.append(rf"(?:{_PLACE}{{0,3}}[省市县区州旗])?(?:人民|基层)?(?:{kinds})")
            names.append(
                r"[省市县区](?:主要)?领导(?!小组|班子|干部)|[省市县区]委(?:全面)?依法治|[省市县区](?:法治|法制)办|"
                r"自治区(?:政府|党委)|上级(?:部门|机关|党委)|(?:副)?[县市区](?:长|委书记)|[县市区]纪委"
            )
            names.append(r"[一-龥]{2}(?:派出所|法庭|中队|大队|税务所|供电所|司法局)")
            names.append(
                r"(?:省|市|县|区|州)(?!民|场|域|城(?![管市]))[一-龥]{2,9}?(?:局|办公室|委员会|支队|大队|总队|中心|院|厅)"
            )
            names.append(rf"{_PLACE}{{2,3}}?[县市区](?=获评|被评|荣获|获得|入选)")
            names.append(
                rf"(?!法治|平安|智慧){_PLACE}{{2,3}}?(?:镇|乡|街道)(?=(?:人民)?政府|党委|党工委|办事处|[率坚开举组已今对为成建聘制出印在按把将实完配推召办审查调收投处受购培宣走排化依认严全共创获])"
            )
            names.append(
                r"(?:省|市|县|区|州)(?:委|(?:人民)?政府(?!(?:门户)?网站[上“])|人大|政协|里)|全[县区市](?=共|累计|各级|行政|法院)"
            )
        elif self.level == "department":
            kinds = (
                "|".join(kind for kind in institutions if kind.endswith(("局", "院", "所", "队", "委")))
                or "(?!)"
            )
            names.append(r"[省市县区州](?:委|政府|人大|政协)(?:政法委|组织部|宣传部|办公室|办)")
            names.append(
                rf"(?:[省市县区州])?(?:人民)?(?:{kinds})|[省市县区州](?!民|场|域|城|直|级)[一-龥]{{1,8}}?局"
            )
        else:
            names.append(r"邻县|邻区|兄弟县区|兄弟县|外地|(?:省|自治区)[一-龥]{2,10}?(?:厅|局|委)")
            if not stem.endswith("市"):
                names.append(r"市[一-龥]{2,10}?(?:局|支队|中心|委)(?!会)")
            names.append(rf"(?!{own})[一-龥]{{2,3}}市(?=[一-龥]{{2,8}}?(?:局|委|支队))")
        names.append(r"国务院(?:办公厅)?|党中央|中央|全国人大(?:常委会)?|最高人民(?:法院|检察院)|司法部")
        joined = "|".join(names)
        lead = (
            r"(?:(?:同时|此外|另外|其间|期间|年内|今年|全年|目前|其中|近年来|\d{1,2}月(?:\d{1,2}日|份)?"
            r"|[一二三四五六七八九十]是|(?:19|20)\d\d年),?)?"
        )
        mine = rf"各|全(?![县区市](?:共|累计|各级|行政|法院))|(?:综合)?(?:行政)?执法(?:中队|队|办|大队)|依法治|兼任|我|本|都|均|集镇|乡镇|城镇|村镇|{own}|[一-龥]{{0,4}}{own}"
        behind = r"(?![的、与和同]|及(?!时)|对(?:我|本|全[镇乡街])|联合我|会同我|等部门|长|派驻|判决|判令|判下|判(?:我|本|[镇乡]|街道)|怎么判|(?:送|发|寄|转|配)来|作出的|作出生效|受理以|反馈|通报(?!全[县区市])|交办|转办|下放|配发|给配|统一配|移交|划转|指派|选派|下派|批复|审理|开庭|立案|调取|送达|生效|裁判)"
        also = r"(?:、[^,、]{2,9}(?:局|院|委|办|所|队|中心)(?=均|都|也))*"
        return re.compile(rf"^{lead}(?!{_with_others(self.wording)}|{mine})(?P<name>{joined}){also}{behind}")


def _put_off(spoken: list[tuple[Stance, str]], clauses: list[str]) -> list[tuple[Stance, str]]:
    """A subject without a deed takes the stance of what is told of it (审核流程，拟在明年出台)."""
    told = list(spoken)
    for i in range(len(told) - 2, -1, -1):
        behind = told[i + 1]
        follows = behind[0] in (Stance.PLANNED, Stance.DENIED) and _PUT_OFF.match(clauses[i + 1])
        if told[i][0] is Stance.ASSERTED and follows:
            told[i] = behind
    return told


def _recited_whole(spoken: list[tuple[Stance, str]], clauses: list[str]) -> list[tuple[Stance, str]]:
    """What leads up to 应当 and 必须 in the same sentence is part of the rule that is told."""
    last = max(
        (
            i
            for i, (stance, why) in enumerate(spoken)
            if stance is Stance.RECITED and why not in ("“不得”", "“严禁”")
        ),
        default=-1,
    )
    return [
        (Stance.RECITED, spoken[last][1])
        if (i < last or (spoken[last][1] == "“应当”" and i > last))
        and part[0] is Stance.ASSERTED
        and not _KEPT.search(clauses[i])
        else part
        for i, part in enumerate(spoken)
    ]


@dataclass(slots=True)
class _Carry:
    """What goes on from clause to clause within a paragraph."""

    planned_paragraph: str = ""
    planned_sentence: str = ""
    other_year: str = ""
    other_unit: str = ""
    recited: str = ""
    turned: bool = False
    whole: str = ""
    before: str = ""

    @property
    def planned(self) -> str:
        return self.planned_paragraph or self.planned_sentence

    def end_sentence(self) -> None:
        self.planned_sentence = self.other_year = self.other_unit = self.recited = ""
        self.turned = False

    def end_part(self) -> None:
        self.other_unit = self.other_year = ""


@lru_cache(maxsize=8)
def _with_others_of(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _with_others(wording: Wording) -> str:
    return _with_others_of(wording.cues.get("with-others", ())) or r"(?!)"
