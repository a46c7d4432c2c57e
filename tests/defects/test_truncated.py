"""Truncated data and broken sentences (数据或文字残缺)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from checker.defects.truncated import find
from checker.model.report import Report

Build = Callable[..., Report]

WRONG = [
    ("218个调委会受理纠纷7,412，调解成功7,359件。", "纠纷7,412"),
    ("举办培训5期，机关干部328参加。", "机关干部328"),
    ("化解欠薪8起、涉及金额；开展宣传3次。", "涉及金额"),
    ("2021年11月15召开会议，专题研究法治建设。", "11月15"),
    ("共发出《责令改正通知书》63，其中立案查处46宗。", "63"),
    ("召开党委会12次、镇长办公会24，研究议题36个。", "镇长办公会24"),
    ("开展烟花爆竹、自建房等联合检查27，发现问题当场督促整改。", "联合检查27"),
    ("年内共办理答复政府服务热线62,公开各类政务信息。", "热线62"),
    ("公开各类政务信息128三是积极推行法律顾问制度。", "政务信息128"),
    ("发放宣传册3200，受众约2300人次。", "宣传册3200"),
    ("发放宣传资料 8000 余，受教育群众 1.2 万人次。", "8000 余"),
    ("全年受理来信来访96，其中集体访4批，均及时处置。", "96"),
    ("受理12345热线转办件3862，按时办结率100%。", "转办件3862"),
    ("纪委作了监督检查，发现的问题43已移交整改。", "问题43"),
    ("共接待来访信件28，调解各类矛盾纠纷36件。", "信件28"),
    ("排查燃气隐患236当场整改，约谈物业企业5家。", "隐患236"),
    ("办理政协提案98。", "提案98"),
    ("举办培训班，培训执法人员１２０；考试合格率98%。", "１２０"),
    ("受理投诉举报45、办理行政许可事项均按期办结。", "举报45"),
    ("窗口受理申请312件，按期办结率99.8，群众满意。", "99.8"),
    ("宣传受众达4000余，法治氛围不断浓厚。", "4000余"),
    ("学法7次，611日召开的第四次集中学习研讨会议专题学习了习近平法治思想。", "611日"),
    ("2021年13月，召开党委会专题研究法治工作。", "13月"),
    ("6月31日，组织开展案卷评查，抽查案卷20卷。", "6月31日"),
    ("4月32日印发工作要点，分解任务28项。", "4月32日"),
    ("全面落实中央和省、关于法治政府建设的决策部署。", "省、关于"),
    ("认真落实行政执法责任制，，规范执法行为。", "，，"),
    ("健全调解、。人民调解员队伍不断壮大。", "、。"),
    ("加强宣传。。营造良好氛围，群众满意。", "。。"),
    ("五是开展反诈宣传，安装激活反诈APP六是充分运用好应急广播，播放宣传音频。", "APP六是"),
    ("搭建平台，2021共举办8场政银企对接会。", "2021共举办"),
]


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_missing_units_wrong_dates_and_stray_marks_are_found(report: Build, text: str, words: str) -> None:
    lead = "四是配齐队伍；" if text.startswith("五是") else "认真落实各项部署，依法行政水平不断提高。"
    defects = find(report(lead + text))
    assert [d.kind for d in defects] == ["text.truncated"]
    assert words in defects[0].quote
    assert 3 <= len(defects[0].quote) <= 40


BROKEN = [
    (
        "充分发挥政府法律顾问作用，重大决策均召开专题会议，切实提升政府法律顾问和公职律师参决\n\n策的质效，保障决策的公信力。",
        "参决\n\n策的质效",
    ),
    (
        "推进法治政府建设工作取得了一定的成绩，但对照要求仍然存在一些薄弱的环节，\n\n主要表现在：一是责任有待进一步落实。",
        "环节，\n\n主要表现在",
    ),
    ("组织干部学法，\n学习了民法典等法律法规12部，覆盖全体干部。", "组织干部学法，\n学习"),
]


@pytest.mark.parametrize(("text", "words"), BROKEN)
def test_a_sentence_cut_by_a_paragraph_break_is_found(report: Build, text: str, words: str) -> None:
    rest = "严格落实行政执法责任制，依法行政水平不断提高。"
    defects = find(report("（一）规范决策", text, rest, "（二）规范执法", rest, "（三）加强监督", rest))
    assert [words in d.quote for d in defects] == [True]


def test_a_break_at_the_end_of_a_page_is_no_fault_of_its_author(report: Build) -> None:
    rest = "严格落实行政执法责任制，依法行政水平不断提高。"
    told = report("（一）规范决策", BROKEN[-1][0], rest, "（二）规范执法", rest, "（三）加强监督", rest)
    (defect,) = find(told)
    behind = told.text.index("学习了民法典")
    assert defect.span.start < behind < defect.span.end
    assert find(dataclasses.replace(told, pages=((0, 1),))) == [defect]
    assert not find(dataclasses.replace(told, pages=((0, 1), (behind, 2))))


def test_a_report_that_breaks_off_is_found(report: Build) -> None:
    defects = find(
        report(
            "严格落实行政执法责任制。",
            "二、下步打算",
            "进一步健全行政执法监督机制，加强案卷评查，不断完善规范性文件的",
        )
    )
    assert len(defects) == 1 and defects[0].quote.endswith("规范性文件的")


RIGHT = [
    "化解欠薪8起，涉及金额52万元；以上共计，均已办结。",
    "各项目标均已达到，查处非法金额不大的从轻处理。",
    "开展联合检查27次，发现问题43个，当场整改。",
    "充分发挥12345、12348等平台作用，拨打110，及时回应诉求。",
    "办理答复“12345”政府服务热线62件，公开信息128条。",
    "自2018年起，到2020，一直落实包案制度。",
    "“八五”普法全面启动，落实“1+7+N”机制，打造“3·15”品牌。",
    "检查企业12、15、18家，分三批进行。",
    "排查土地纠纷12、邻里纠纷24件，全部化解。",
    "村级法治文化广场建成率达100%，覆盖率98.2%。",
    "考核得分98.5，位居全县第3，排名前10。",
    "领导干部插手干预司法活动记录为0；重大事故为0。",
    "全镇总人口1.6万，常住人口1.2万。",
    "印发清政发〔2021〕12号文件，落实第28号令。",
    "短视频播放量突破430万，点击量达5000，影响广泛。",
    "公示期120日，收到意见30条；公示30日，无异议。",
    "6月11日召开会议，2月28日印发要点，12月31日总结。",
    "详见附件2，按照表3、图1执行。",
    "推进5G基站建设，通过ISO9001，推广法治建设2.0，打造G30，效果明显。",
    "累计投入资金300万，发放补贴4.8万元。",
    "出台了《关于加强执法的意见》《甲办法》、关于乙的通知等文件。",
    "学习了关于依法行政的要求、关于行政复议的规定。",
    "坚持早发现、早介入……做到小事不出村。",
    "全年立案11件，一案一卷，2名工作人员、3名律师参与。",
    "清河镇一是落实学法制度，二是抓关键少数，做到统一是非标准。",
    "历时15个月，2月29日闰日照常值班，24小时监控。",
    "每户每月12元偏高，最后降到了8元；面积118平方公里。",
    "电话0955-7012345，邮编755000，网址见公众号。",
    "2021年共举办培训8场，2021年度共审查合同46份。",
    "编制数25，实有22人；排名第2，较上年上升。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_figures_dates_and_marks_that_are_right_stay_silent(report: Build, text: str) -> None:
    assert [d.quote for d in find(report("认真落实各项部署，依法行政水平不断提高。" + text))] == []


def test_a_text_wrapped_as_a_whole_is_no_broken_sentence(report: Build) -> None:
    text = (
        "清河镇始终把法治政府建设摆在突出位置，党委会、镇长办公会多次专题研究部署，层层压实工作责任，细\n"
        "化任务分工，建立台账清单，逐项对账销号，确保法治政府建设各项任务落到实处、见到成效，推动依法行\n"
        "政水平不断提升，群众的获得感、幸福感、安全感不断增强，全镇经济社会保持平稳健康发展的良好态势，矛\n"
        "盾纠纷明显减少，营商环境持续优化，法治氛围日益浓厚，为乡村振兴提供了坚强有力的法治保障，社会大\n"
        "局和谐稳定。"
    )
    assert find(report(text)) == []


@pytest.mark.parametrize(
    "line",
    [
        "抓好法治督察，对照有关规定，把督察结果作为",
        "以综治中心建设为契机，进一步",
        "精力压在防疫上，基础工作抓得不",
    ],
)
def test_a_paragraph_that_stops_in_the_middle_is_found(report: Build, line: str) -> None:
    assert len(find(report(line, "二、存在的不足", "执法力量较为薄弱。"))) == 1


@pytest.mark.parametrize("line", ["坚持严管厚爱，激励干部积极作为", "办理登记12件、变更", "推动两所合并"])
def test_words_that_can_end_a_paragraph_are_left_alone(report: Build, line: str) -> None:
    assert find(report(line, "二、存在的不足", "执法力量较为薄弱。")) == []


def test_a_paragraph_that_ends_without_a_full_stop_is_left_alone(report: Build) -> None:
    assert (
        find(
            report(
                "调解各类矛盾纠纷36件，办结率达100%", "二、存在的不足", "执法力量较为薄弱，普法方式还需创新。"
            )
        )
        == []
    )
