"""How a clause speaks (语气): the section first, then the sentence, then the clause itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from checker.load import checklist_source, load_checklist
from checker.model.checklist import Wording
from checker.model.report import Role, Stance
from checker.model.text import fold
from checker.stance import StanceReader

WORDING: Wording = load_checklist(checklist_source(None)).wording


@dataclass
class Speaker:
    """Whose report it is, and of which year."""

    unit: str = "青麓镇"
    level: str = "township"
    year: int | None = 2023
    last_year_is_own: bool = False
    wording: Wording = field(default_factory=lambda: WORDING)

    def read(self, text: str, role: Role = Role.MEASURES) -> list[tuple[Stance, str]]:
        """Stance and reason of every clause of a paragraph, cut at 。； and ，."""
        reader = StanceReader(self.wording, self.unit, self.level, self.year, self.last_year_is_own)
        sentences = [part for part in re.split(r"(?<=[。；])", text) if part]
        clauses = [[fold(clause) for clause in re.split(r"(?<=，)", part)] for part in sentences]
        spoken = reader.paragraph(role, clauses, [part.endswith("。") for part in sentences])
        return [one for sentence in spoken for one in sentence]

    def stances(self, text: str, role: Role = Role.MEASURES) -> list[Stance]:
        return [stance for stance, _ in self.read(text, role)]


TOWN = Speaker()
DONE, ASSERTED, PLANNED, ADMITTED, DENIED, RECITED, OTHER_UNIT, OTHER_YEAR = (
    Stance.DONE, Stance.ASSERTED, Stance.PLANNED, Stance.ADMITTED,
    Stance.DENIED, Stance.RECITED, Stance.OTHER_UNIT, Stance.OTHER_YEAR,
)  # fmt: skip


# ---- one clause alone, in the measures ----


@pytest.mark.parametrize(
    "clause",
    [
        "全年召开听证会2次。",
        "全年召开听证会２次。",
        "聘请了法律顾问。",
        "制度已全部公开。",
        "我镇召开听证会2次。",
        "青麓镇人民政府召开听证会2次。",
        "审查合同61份。",
        "按照上级要求召开听证会2次。",
        "解决执法力量薄弱的问题3个。",
    ],
)
def test_a_deed_is_done(clause: str) -> None:
    assert TOWN.stances(clause) == [DONE]


@pytest.mark.parametrize(
    "clause",
    [
        "认真落实听证制度。",
        "进一步规范执法行为。",
        "不断提高依法行政水平。",
        "坚持重大决策必须听证。",
        "严格执行重大决策应当听证的规定。",
        "我镇明确重大决策必须经过听证。",
        "为下一步工作积累经验。",
        "要素保障有力。",
        "要事要案亲自过问。",
    ],
)
def test_a_mere_word_is_asserted(clause: str) -> None:
    assert TOWN.stances(clause) == [ASSERTED]


@pytest.mark.parametrize(
    "clause",
    [
        "下一步将聘请法律顾问。",
        "下一步，聘请法律顾问。",
        "今后聘请法律顾问。",
        "我镇将进一步加强执法培训。",
        "将继续开展听证。",
        "拟于年底组织听证。",
        "计划明年举办培训2期。",
        "力争聘请法律顾问1名。",
        "2024年，聘请法律顾问。",
        "2024年聘请法律顾问1名。",
        "正在筹建法律服务站。",
    ],
)
def test_what_is_only_intended_is_planned(clause: str) -> None:
    assert set(TOWN.stances(clause)) == {PLANNED}


@pytest.mark.parametrize(
    "clause",
    ["2024年1月已公布决策目录1份。", "截至2024年1月累计办案3件。", "2023年12月召开听证会2次。"],
)
def test_what_was_done_by_the_time_of_writing_is_not_planned(clause: str) -> None:
    assert TOWN.stances(clause) == [DONE]


@pytest.mark.parametrize(
    "clause",
    ["执法力量薄弱。", "但听证工作仍有差距。", "公众参与不足。", "培训形式单一。", "听证程序有待规范。"],
)
def test_a_shortcoming_is_admitted(clause: str) -> None:
    assert TOWN.stances(clause)[-1] is ADMITTED


@pytest.mark.parametrize(
    "clause",
    [
        "全年未开展听证。",
        "没有聘请法律顾问。",
        "没能聘请法律顾问。",
        "从未开展培训。",
        "尚未建立重大决策目录。",
        "暂无听证事项。",
        "听证制度仍是空白。",
        "没有组织听证。",
    ],
)
def test_what_was_not_done_is_denied(clause: str) -> None:
    assert TOWN.stances(clause) == [DENIED]


@pytest.mark.parametrize(
    "clause",
    [
        "全年未发生违法决策。",
        "没有一件行政行为被撤销。",
        "未收到行政复议申请。",
        "没有发生因执法引发的投诉。",
        "没有因决策引发上访。",
        "未引发诉讼。",
        "无一例败诉。",
        "全年零投诉。",
    ],
)
def test_no_harm_is_good_news_and_no_denial(clause: str) -> None:
    assert TOWN.stances(clause)[0] in (ASSERTED, DONE)


@pytest.mark.parametrize(
    "clause",
    [
        "重大决策应当听证。",
        "未经听证不得提交讨论。",
        "全镇各村应当公开账目。",
        "严禁未批先建。",
        "要严格落实听证制度。",
        "各村要落实听证制度。",
        "会上要求各站所严格落实审查制度。",
        "《办法》规定，重大决策听证。",
        "上级要求，聘请法律顾问。",
    ],
)
def test_a_rule_that_is_told_is_recited(clause: str) -> None:
    assert set(TOWN.stances(clause)) == {RECITED}


@pytest.mark.parametrize(
    "clause",
    [
        "县司法局召开听证会2次。",
        "石河县司法局举办培训2期。",
        "县公安局办理案件3件。",
        "县政府召开听证会2次。",
        "县委召开会议2次。",
        "邻近的柳河镇召开听证会2次。",
        "兄弟乡镇召开现场会2次。",
        "柳河镇率先建立目录。",
        "柳河镇人民政府办理案件2件。",
        "柳河派出所办理案件30件。",
        "青麓派出所办理案件30件。",
        "交警中队查处违法30起。",
        "律师协会举办培训2期。",
        "企业召开听证会2次。",
        "一是县司法局召开听证会2次。",
    ],
)
def test_what_somebody_else_did_is_the_other_units(clause: str) -> None:
    assert TOWN.stances(clause) == [OTHER_UNIT]


@pytest.mark.parametrize(
    "clause",
    [
        "向县司法局报备文件2件。",
        "协助县司法局开展普法3次。",
        "会同县司法局开展普法3次。",
        "在县司法局指导下召开听证会2次。",
        "由县司法局指导召开听证会2次。",
        "县司法局派驻人员指导2次。",
        "接受县人大监督2次。",
        "与邻近的柳河镇联合开展执法2次。",
        "集镇改造听证2次。",
    ],
)
def test_what_was_done_with_another_unit_is_ones_own(clause: str) -> None:
    assert TOWN.stances(clause) == [DONE]


@pytest.mark.parametrize(
    "clause",
    [
        "2021年曾召开听证会2次。",
        "2022年召开听证会2次。",
        "去年召开听证会2次。",
        "上年度召开听证会2次。",
        "早年聘请过法律顾问。",
        "前两年建立了目录。",
    ],
)
def test_what_was_done_in_another_year_is_the_other_years(clause: str) -> None:
    assert TOWN.stances(clause) == [OTHER_YEAR]


@pytest.mark.parametrize(
    "clause",
    [
        "听证会比2021年下降3次。",
        "案件较去年下降12%。",
        "同比2022年增长3%。",
        "较上年减少2件。",
        "2021年以来召开听证会5次。",
        "2021年5月以来累计办案5件。",
        "2021年起推行听证5次。",
        "自去年以来召开听证会5次。",
        "2020年至2023年共召开听证会5次。",
        "2020—2023年共召开听证会5次。",
        "印发《青麓镇2021年听证办法》1件。",
    ],
)
def test_a_comparison_with_another_year_is_of_this_year(clause: str) -> None:
    assert TOWN.stances(clause) == [DONE]


# ---- the section decides first ----


@pytest.mark.parametrize(
    ("role", "clause", "stance"),
    [
        (Role.PLAN, "聘请法律顾问1名。", PLANNED),
        (Role.PLAN, "已聘请法律顾问1名。", PLANNED),
        (Role.PLAN, "进一步加强培训。", PLANNED),
        (Role.PLAN, "县司法局召开会议。", PLANNED),
        (Role.PLAN, "宣传不够。", ADMITTED),
        (Role.PLAN, "未聘请法律顾问。", ADMITTED),
        (Role.SHORTCOMINGS, "聘请法律顾问1名。", ADMITTED),
        (Role.SHORTCOMINGS, "宣传不够。", ADMITTED),
        (Role.SHORTCOMINGS, "未聘请法律顾问。", ADMITTED),
        (Role.SHORTCOMINGS, "下一步将加强宣传。", PLANNED),
        (Role.MIXED, "加强宣传。", PLANNED),
        (Role.MIXED, "宣传不够。", ADMITTED),
        (Role.MEASURES, "进一步加强培训。", ASSERTED),
        (Role.FIRST_RESPONSIBLE, "亲自部署法治工作4次。", DONE),
        (Role.PREAMBLE, "召开听证会2次。", DONE),
        (Role.OTHER, "召开听证会2次。", DONE),
    ],
)
def test_the_section_decides_before_the_words(role: Role, clause: str, stance: Stance) -> None:
    assert TOWN.stances(clause, role) == [stance]


def test_a_shortcoming_named_inside_the_plan_is_admitted_and_the_answer_to_it_planned() -> None:
    assert TOWN.stances("针对宣传不够的问题，丰富形式。", Role.PLAN) == [ADMITTED, PLANNED]


def test_a_shortcoming_that_the_measures_answer_is_not_admitted() -> None:
    assert TOWN.stances("针对执法不规范的问题，开展整治2次。") == [ASSERTED, DONE]


# ---- what goes on, and what ends it ----


@pytest.mark.parametrize(
    ("paragraph", "stances"),
    [
        # a turn
        ("虽然召开了听证会，但程序不够规范。", [DONE, ADMITTED]),
        ("未发生违法决策，但未开展听证。", [ASSERTED, DENIED]),
        # a plan that an opening announces goes on to the end of the paragraph
        ("下一步，聘请法律顾问。规范执法。", [PLANNED, PLANNED, PLANNED]),
        ("下一步，一是聘请法律顾问；二是规范执法。", [PLANNED, PLANNED, PLANNED]),
        # until the text comes back to this year
        ("下一步，聘请法律顾问。今年已办案3件。", [PLANNED, PLANNED, DONE]),
        # a plan within a sentence ends with it, and not at a semicolon
        ("将聘请法律顾问；规范执法。", [PLANNED, PLANNED]),
        ("将开展听证，聘请法律顾问。办案3件。", [PLANNED, PLANNED, DONE]),
        ("办案3件，将开展听证。", [DONE, PLANNED]),
        # another unit goes on until one's own is named or the sentence ends
        ("县农业农村局举办培训2期，参训40人。", [OTHER_UNIT, OTHER_UNIT]),
        ("县公安局办理案件3件，我镇配合调查2次。", [OTHER_UNIT, DONE]),
        ("县公安局办理案件3件。开展培训2期。", [OTHER_UNIT, DONE]),
        ("县公安局办理案件3件；开展培训2期。", [OTHER_UNIT, DONE]),
        # another year goes on until this year is named or the sentence ends
        ("2022年，召开听证会2次，编制目录1份。", [OTHER_YEAR, OTHER_YEAR, OTHER_YEAR]),
        ("2022年召开听证会2次，今年召开3次。", [OTHER_YEAR, DONE]),
        ("2022年召开听证会2次，2023年召开3次。", [OTHER_YEAR, DONE]),
        ("2022年召开听证会2次。编制目录1份。", [OTHER_YEAR, DONE]),
        # what was demanded goes on until one's own doing is told
        ("会议强调，要落实听证制度，我镇据此召开听证会2次。", [RECITED, RECITED, DONE]),
        ("《办法》规定，重大决策听证，公开结果。", [RECITED, RECITED, RECITED]),
        ("县里要求各乡镇聘请顾问。召开听证会2次。", [OTHER_UNIT, DONE]),
        # what leads up to 应当 is part of the rule
        ("凡事关民生的事项，决策前应当听证。", [RECITED, RECITED]),
        ("召开听证会2次，重大决策应当听证。", [DONE, RECITED]),
    ],
)
def test_what_opens_in_a_clause_goes_on_until_something_ends_it(
    paragraph: str, stances: list[Stance]
) -> None:
    assert TOWN.stances(paragraph) == stances


def test_paragraphs_know_nothing_of_each_other() -> None:
    reader = StanceReader(WORDING, "青麓镇", "township", 2023)
    assert reader.paragraph(Role.MEASURES, [["下一步,", "聘请法律顾问。"]], [True])[0][1][0] is PLANNED
    assert reader.paragraph(Role.MEASURES, [["办案3件。"]], [True]) == [[(DONE, "有数字")]]


# ---- whose it is, and when ----


@pytest.mark.parametrize(
    ("clause", "stance"),
    [
        ("县公安局办案30件。", OTHER_UNIT),
        ("区财政局举办培训2期。", OTHER_UNIT),
        ("县人民法院审结案件3件。", OTHER_UNIT),
        ("市司法局举办培训2期。", OTHER_UNIT),
        ("我局召开听证会2次。", DONE),
        ("石河县司法局召开听证会2次。", DONE),
        ("与县公安局联合执法2次。", DONE),
    ],
)
def test_a_department_tells_itself_from_other_departments(clause: str, stance: Stance) -> None:
    assert Speaker(unit="石河县司法局", level="department").stances(clause) == [stance]


@pytest.mark.parametrize(
    ("clause", "stance"),
    [
        ("县公安局办案30件。", DONE),
        ("各乡镇召开听证会2次。", DONE),
        ("我县召开听证会2次。", DONE),
        ("市公安局举办培训2期。", OTHER_UNIT),
        ("省司法厅举办培训2期。", OTHER_UNIT),
        ("漱江市司法局举办培训2期。", OTHER_UNIT),
        ("邻县召开听证会2次。", OTHER_UNIT),
    ],
)
def test_the_doings_of_a_countys_own_bureaus_and_towns_are_its_own(clause: str, stance: Stance) -> None:
    assert Speaker(unit="石河县", level="county").stances(clause) == [stance]


@pytest.mark.parametrize("unit", ["青麓镇", "柳河镇"])
def test_a_towns_own_name_is_not_another_town(unit: str) -> None:
    told = Speaker(unit=unit).stances("柳河镇人民政府办理案件2件。")
    assert told == [DONE if unit == "柳河镇" else OTHER_UNIT]


def test_last_year_is_the_report_year_where_the_report_was_written_after_it() -> None:
    assert Speaker(last_year_is_own=True).stances("去年召开听证会2次。") == [DONE]
    assert Speaker(last_year_is_own=False).stances("去年召开听证会2次。") == [OTHER_YEAR]


@pytest.mark.parametrize(("year", "stance"), [(2022, PLANNED), (2023, DONE), (2024, OTHER_YEAR)])
def test_a_year_is_next_this_or_another_by_the_report_year(year: int, stance: Stance) -> None:
    assert Speaker(year=year).stances("2023年聘请法律顾问1名。") == [stance]


def test_without_a_report_year_no_year_is_another() -> None:
    speaker = Speaker(year=None)
    assert speaker.stances("2021年召开听证会2次。") == [DONE]
    assert speaker.stances("2024年聘请法律顾问1名。") == [DONE]


# ---- reasons ----


@pytest.mark.parametrize(
    ("clause", "reason"),
    [
        ("下一步将聘请法律顾问。", "“下一步”"),
        ("2024年，聘请法律顾问。", "“2024年”"),
        ("执法力量薄弱。", "“薄弱”"),
        ("全年未开展听证。", "“未开展”"),
        ("重大决策应当听证。", "“应当”"),
        ("县司法局召开听证会2次。", "“县司法局”"),
        ("2021年曾召开听证会2次。", "“2021年”"),
        ("合同61份。", "有数字"),
    ],
)
def test_every_reading_names_the_words_that_decided_it(clause: str, reason: str) -> None:
    assert reason in [why for _, why in TOWN.read(clause)]


def test_the_section_is_named_where_it_decided() -> None:
    assert TOWN.read("聘请法律顾问1名。", Role.PLAN) == [(PLANNED, "在“下一步安排”部分")]
    assert TOWN.read("聘请法律顾问1名。", Role.SHORTCOMINGS) == [(ADMITTED, "在“存在不足”部分")]


def test_the_cues_are_those_of_the_wording_file() -> None:
    cues = {"plan": ("盼着",), "deny": ("没",), "good-negative": ("没出事",), "institutions": ("司法局",)}
    speaker = Speaker(wording=Wording(cues))
    told = [speaker.stances(clause)[0] for clause in ("盼着听证。", "没听证。", "没出事。", "下一步听证。")]
    assert told == [PLANNED, DENIED, ASSERTED, ASSERTED]


# ---- what is easily misread ----


@pytest.mark.parametrize("clause", ["柳河镇召开听证会2次。", "柳河镇办理案件2件。", "柳河镇审查合同61份。"])
def test_another_town_is_another_unit_whatever_it_did(clause: str) -> None:
    assert TOWN.stances(clause) == [OTHER_UNIT]


def test_a_provincial_department_is_another_unit_for_a_town() -> None:
    assert TOWN.stances("省司法厅举办培训2期。") == [OTHER_UNIT]


@pytest.mark.parametrize("words", ["为今后", "为明年", "为来年"])
def test_what_is_done_for_next_year_is_done(words: str) -> None:
    assert TOWN.stances(f"{words}工作打好基础，聘请法律顾问1名。")[1] is DONE


def test_a_figure_of_the_same_time_last_year_is_another_years() -> None:
    assert TOWN.stances("去年同期召开听证会2次。") == [OTHER_YEAR]


@pytest.mark.parametrize(
    "level",
    [
        "township",
        "subdistrict",
        "department",
        "county",
    ],
)
def test_a_wording_without_institutions_makes_nobody_another_unit(level: str) -> None:
    speaker = Speaker(unit="", level=level, wording=Wording({"done": ("召开",)}))
    assert speaker.stances("召开听证会2次。") == [DONE]


@pytest.mark.parametrize("clause", ["县委印发方案1份。", "县公安局制定方案2份。"])
def test_a_plan_that_another_unit_issued_is_the_other_units(clause: str) -> None:
    assert TOWN.stances(clause) == [OTHER_UNIT]


# ---- what looks like a denial, a plan or another's doing and is none ----


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        ("对未牵绳的58起行为，只教育、不处罚。", [DONE, ASSERTED]),
        ("手上没有执法证的，一律不派出去查案。", [ASSERTED, ASSERTED]),
        ("没有直接开罚单，而是先上门提醒。", [ASSERTED, ASSERTED]),
        ("凡上会的事项，都要先作审查。", [ASSERTED, DONE]),
        ("县司法局来镇评查案卷20卷。", [DONE]),
        ("县司法局评查企业合同20份。", [OTHER_UNIT]),
        ("年内制定的2件文件，县司法局均已登记。", [DONE, DONE]),
        ("国务院办公厅部署开展三项制度试点。", [OTHER_UNIT]),
        ("将推进依法行政写入政府工作报告。", [ASSERTED]),
        ("档案计划2024年建起来。", [PLANNED]),
        ("聘期至2024年6月。", [DONE]),
        ("由2022年的2项调整为4项。", [DONE]),
        ("下一步，要加强执法监督。", [PLANNED, PLANNED]),
        ("执法人员培训，今年没有办。", [DENIED, DENIED]),
    ],
)
def test_what_only_looks_like_a_denial_a_plan_or_anothers_doing(text: str, stances: list[Stance]) -> None:
    assert TOWN.stances(text) == stances
