"""Marks without their other half, and pairs that only look odd."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.defects.punctuation import find
from checker.model.report import Report

Build = Callable[..., Report]

ALONE = [
    (
        "成立首个个人品牌“王小明调解工作室，提升服务质量。举办“法治大讲堂”“法治论坛”等活动。",
        "“王小明调解工作室”",
    ),
    ("推动“放管服改革，群众满意度明显提升。", "“放管服改革”"),
    ("认真落实谁执法谁普法”责任制，开展宣传12场。", "“谁执法谁普法”"),
    ("办理答复12345”政府服务热线工单62件。", "“12345”"),
    ("同步编制《清河镇重大事项决策清单，把11类事项纳入管理。", "《清河镇重大事项决策清单》"),
    ("围绕《中华人民共和国民法典的颁布实施，开展宣传。", "《中华人民共和国民法典》"),
    ("组织学习中华人民共和国宪法》，增强法治意识。", "《"),
    ("在平台公示（双公示数据同步推送市级平台。1家企业完成修复。", "（双公示数据同步推送市级平台）"),
    ("清理文件14件（保留7件、修改2件、废止5件，结果已公开。", "）"),
    ("根据清政发〔2021]12号文件，开展清理。", "〔2021〕"),
    ("对照清单【第一批，逐项整改到位。", "】"),
    ("印发《关于转发《法治政府建设实施纲要》的通知》，抓好落实。", "〈法治政府建设实施纲要〉"),
    ("贯彻《江苏省〈优化营商环境条例实施办法》，优化环境。", "〈优化营商环境条例〉"),
    ('开展"法律进企业活动，走访企业12家。', "法律进企业"),
    ("推行‘一窗受理、集成服务模式，压减时限七成。", "‘一窗受理"),
    ("打造“半月谈“议事品牌，群众有话能说。", "“半月谈”"),
    ("群众满意度达98%），位居全县前列。", "（"),
    ("修订《清河镇议事规则》，印发《清河镇信访办法，共2件。", "《清河镇信访办法》"),
]

WHOLE = [
    "（一）坚决防止“一刀切”式执法。",
    "坚持“谁执法谁普法”，落实《行政处罚法》，开展“法律六进”活动。",
    "负责人说：“群众讲‘有事找调解’，我们就做到‘随叫随到’。”",
    "贯彻《江苏省贯彻落实〈党政主要负责人职责规定〉实施办法》要求。",
    "开展排查（含村、社区)12次，整改（全部）完成。",
    "主要做法有：1）压实责任；2）强化监督；3）严格考核。",
    "具体包括：a)公示制度；b)全过程记录制度。",
    "一）组织领导方面，成立领导小组，明确职责分工。",
    "落实清政办发〔2021〕12号文件要求，推进工作。",
    '开展"法律进企业""法律进校园"活动12场次。',
    "（一）强化学习。组织“第一议题”学习12次。",
    "使用企业APP’s数据接口，实现信息共享互通。",
    "按照（《政府信息公开条例》（2019年修订））的要求公开信息。",
    "会议强调“要把“关键少数”抓在手上”，层层压实责任。",
    "推行【清风】监督机制，开展检查5次。",
    "打造“1+N”（1个中心、N个站点）法律服务网络。",
    "组织观看《我和我的家乡》，学习《习近平法治思想学习纲要》《民法典》。",
    "获评“全国民主法治示范村（社区）”“省级文明村”称号。",
    "建成“两所一庭”（派出所、司法所、人民法庭）联动机制。",
]


@pytest.mark.parametrize(("line", "right"), ALONE)
def test_a_mark_that_stands_alone_is_found_once_with_its_correction(
    report: Build, line: str, right: str
) -> None:
    built = report(line)
    defects = find(built)
    assert len(defects) == 1
    assert right in defects[0].suggestion
    assert built.quote(defects[0].span) == defects[0].quote
    assert len(defects[0].quote) <= 45


def test_two_halves_of_different_kinds_are_one_fault(report: Build) -> None:
    assert len(find(report("“一刀切‘式执法偶有反映。"))) == 1


@pytest.mark.parametrize("line", WHOLE)
def test_marks_in_pairs_stay_silent(report: Build, line: str) -> None:
    assert find(report(line)) == []


def test_a_quotation_that_runs_over_two_paragraphs_is_whole(report: Build) -> None:
    lines = (
        "镇长在会上讲：“要把法治建设摆在突出位置。",
        "要让群众在每一件小事中感受到公平正义。”会后印发纪要。",
    )
    assert find(report(*lines)) == []


def test_the_page_around_the_report_is_not_read(report: Build) -> None:
    assert find(report("开展宣传12场。", published="2022-01-10【打印】【关闭")) == []


def test_one_lost_mark_does_not_make_the_later_paragraphs_faults(report: Build) -> None:
    built = report("推动“放管服改革，优化服务。", "落实“双随机”监管，推行“首违不罚”。", "做到“应审尽审”。")
    assert len(find(built)) == 1
