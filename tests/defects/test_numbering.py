"""Numbering (层次序号) on every level."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.defects.numbering import find
from checker.model.report import Report

Build = Callable[..., Report]

BODY = "认真落实各项制度，依法行政水平稳步提升。"

WRONG: list[tuple[tuple[str, ...], str]] = [
    (("一是甲事；二是乙事；三是丙事；二是丁事；五是戊事。",), "二是丁事"),
    (("1.行政处罚", "①种子类案件7件；②农药类案件12件；④兽药类案件4件。"), "④兽药类案件"),
    (("一、2021年主要措施", "一、强化领导责任", BODY, "二、规范执法", BODY), "一、强化领导责任"),
    (("第一样，搭架子。" + BODY, "第二样，常议事。" + BODY, "第二样，先学习。" + BODY), "第二样，先学习"),
    (("其一，抓排查；其二，抓责任；其四，抓疏导，不拖大，见实效。",), "其四，抓疏导"),
    (("一、主要工作", BODY, "三、下步打算", BODY), "三、下步打算"),
    (("一、主要工作", BODY, "二、存在的不足", BODY, "二、下步打算", BODY), "二、下步打算"),
    (("（一）加强领导", BODY, "（二）规范执法", BODY, "（四）化解矛盾", BODY), "（四）化解矛盾"),
    (("（一）加强领导", BODY, "（三）规范执法", BODY), "（三）规范执法"),
    (("（一）加强领导", BODY, "（二）规范执法", BODY, "（二）化解矛盾", BODY), "（二）化解矛盾"),
    (("1.执法力量薄弱", BODY, "3.执法方式单一", BODY), "3.执法方式单一"),
    (("（1）统一文书", BODY, "（2）统一流程", BODY, "（4）统一标识", BODY), "（4）统一标识"),
    (
        ("主要抓了几点：一是抓排查，做到早发现；二是抓责任，领导包案到底；四是抓疏导，不把小事拖大。",),
        "四是抓疏导",
    ),
    (("一是坚持定期排查；二是坚持包案负责；二是坚持调解优先，能调则调。",), "二是坚持调解优先"),
    (
        ("一是立规矩，列出清单。二是听民声，征求意见。三是借外脑，请来专家。五是守底线，未审不上会。",),
        "五是守底线",
    ),
    (("一是立规矩。" + BODY, "二是听民声。" + BODY, "四是守底线。" + BODY), "四是守底线"),
    (("主要做法：二是抓责任，领导包案到底；三是抓疏导，不把小事拖大。",), "二是抓责任"),
    (("第一部分 工作情况", BODY, "第三部分 下步打算", BODY), "第三部分"),
    (("第一，抓排查。" + BODY, "第二，抓责任。" + BODY, "第四，抓疏导。" + BODY), "第四，抓疏导"),
    (("壹、主要工作", "一、落实责任", BODY, "二、规范决策", BODY, "叁、下步打算", BODY), "叁、下步打算"),
    (("一、主要工作", BODY, "（二）存在的不足", BODY, "三、下步打算", BODY), "（二）存在的不足"),
    (("做法有：（一）抓排查，做到早发现；（二）抓责任，包案到底；（四）抓疏导。",), "（四）抓疏导"),
    (("明年重点：一要抓排查，早发现；二要抓责任，包案到底；四要抓疏导，不拖大。",), "四要抓疏导"),
    (("① 合同先看后签。" + BODY, "② 钱怎么花晒给人看。" + BODY, "② 门口有信箱。" + BODY), "② 门口有信箱"),
]


@pytest.mark.parametrize(("lines", "words"), WRONG)
def test_a_wrong_number_is_found_once_and_where_it_stands(
    report: Build, lines: tuple[str, ...], words: str
) -> None:
    defects = find(report(*lines))
    assert [d.kind for d in defects] == ["text.numbering"]
    assert defects[0].quote.startswith(words) or words.startswith(defects[0].quote)


@pytest.mark.parametrize(
    "line",
    [
        "强化组织领导，夯实法治基础，提升履职能力清河镇始终把法治政府建设摆在重要位置，常抓不懈。",
        "强化组织领导",
    ],
)
def test_a_heading_without_its_number_is_found_by_the_numbers_that_follow(report: Build, line: str) -> None:
    lines = ("一、工作落实情况", line, BODY, "（二）强化依法执政", BODY, "（三）强化依法治理", BODY)
    defects = find(report(*lines))
    assert len(defects) == 1
    assert line.startswith(defects[0].quote)
    assert defects[0].suggestion.startswith("（一）")


def test_the_message_names_what_is_missing(report: Build) -> None:
    (defect,) = find(report("（一）加强领导", BODY, "（四）化解矛盾", BODY))
    assert "“（二）”、“（三）”" in defect.message and "“（四）”改为“（二）”" in defect.suggestion


RIGHT: list[tuple[str, ...]] = [
    (
        "一、主要工作",
        "（一）加强领导",
        BODY,
        "（二）规范执法",
        BODY,
        "二、下步打算",
        "（一）加强领导",
        BODY,
        "（二）化解矛盾",
        BODY,
    ),
    (
        "（一）加强领导",
        "1.列清单",
        BODY,
        "2.压责任",
        BODY,
        "（二）规范执法",
        "1.亮证执法",
        BODY,
        "2.全程记录",
        BODY,
    ),
    (
        "一是立规矩，列出清单。二是听民声，征求意见。",
        "一是抓排查，做到早发现。二是抓责任，包案到底。三是抓疏导，不拖大。",
    ),
    (
        "一是立规矩。" + BODY,
        "二是创品牌。一是打造平台。二是创新模式。三是培育队伍。" + BODY,
        "三是守底线。" + BODY,
    ),
    ("不足主要有：一是认识不够深入；二是力量较为薄弱；三是机制不够健全。",),
    ("抓好三件事：一是立规矩，列出清单。", "二是听民声，征求意见，公开结果。", "三是守底线，未审不上会。"),
    ("清河镇一是全面落实学法制度，二是抓住关键少数，三是配齐法律顾问。",),
    ("公开各类政务信息128条三是积极推行法律顾问制度，一是说法不一，统一是前提，这是底线之一是原则。",),
    ("全镇上下统一是非标准，人民群众唯一是评判者，做到一是一、二是二，不含糊。" + BODY,),
    ("首先加强领导，其次规范执法，再次，化解矛盾，最后加强宣传。" + BODY,),
    ("首先，抓好组织领导。" + BODY, "其次，抓好规范执法。" + BODY),
    (
        "第一部分 工作情况",
        "（一）加强领导",
        BODY,
        "（二）规范执法",
        BODY,
        "第二部分 下步打算",
        "（一）化解矛盾",
        BODY,
    ),
    (
        "壹、工作情况",
        "一、落实责任",
        BODY,
        "二、规范决策",
        BODY,
        "贰、主要问题",
        "1.意识不强。" + BODY,
        "2.力量薄弱。" + BODY,
    ),
    (
        "一是把责任扛在肩上。" + BODY,
        "二是让大事走程序。" + BODY,
        "一、存在问题",
        BODY,
        "二、2022年打算",
        BODY,
    ),
    ("1.列清单", "（1）梳理事项。" + BODY, "（2）公布清单。" + BODY, "2.压责任", "（1）分解任务。" + BODY),
    ("依据《条例》第五条第（二）项、第（四）项，对12家企业作出处罚。" + BODY,),
    ("3月15日、5月20日分别开展宣传，2.5万人次受教育，12.4国家宪法日发放资料。" + BODY,),
    ("第一责任人职责落实到位，第三季度召开会议2次，第二批示范村创建启动。" + BODY,),
    ("一方面抓排查，另一方面抓化解。" + BODY,),
    ("㈠加强领导", BODY, "㈡规范执法", BODY, "㈢化解矛盾", BODY),
    ("一、主要工作", BODY, "二、存在的不足", BODY, "三、下步打算", BODY, "四、其他情况", BODY),
    ("打算：一要补齐短板，二要拿出办法，三要翻检文件。" + BODY,),
    ("原因有二：一则时间不长；二则人手不足。" + BODY,),
]


@pytest.mark.parametrize("lines", RIGHT)
def test_lists_that_nest_and_restart_rightly_stay_silent(report: Build, lines: tuple[str, ...]) -> None:
    assert find(report(*lines)) == []


def test_after_a_repeated_number_the_next_right_one_is_not_reported_too(report: Build) -> None:
    lines = (
        "（一）甲事",
        BODY,
        "（二）乙事",
        BODY,
        "（二）丙事",
        BODY,
        "（四）丁事",
        BODY,
        "（五）戊事",
        BODY,
    )
    assert len(find(report(*lines))) == 1
