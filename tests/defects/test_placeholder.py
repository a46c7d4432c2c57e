"""Left-overs of a template: what was never filled in, and what only looks like it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.defects.placeholder import find
from checker.model.report import Report

Build = Callable[..., Report]

LEFT = [
    ("2023年底前规范化建设率达到  %以上。", "达到  %以上"),
    ("（一）聘请XX律师事务所担任法律顾问。", "XX律师事务所"),
    ("全镇辖XX个行政村，总人口2.1万人。", "XX个行政村"),
    ("全年共调解矛盾纠纷××件，调解成功率98%。", "××件"),
    ("全年召开党委会议*次专题研究法治工作。", "*次"),
    ("全年共受理行政复议案件x件。", "x件"),
    ("开展法治宣传ＸＸ场次，发放资料3000份。", "ＸＸ场次"),
    ("根据县委印发的通知（清委发〔2021〕 号）要求，制定实施方案。", "〔2021〕 号"),
    ("根据县里印发的文件（清政办发〔〕12号）要求开展工作。", "〔〕12号"),
    ("按照清府办〔20××〕×号文件精神，开展专项清理。", "〔20××〕×号"),
    ("全年组织执法培训____次，参训200人次。", "____次"),
    ("某镇党委、政府高度重视法治建设工作，多次召开会议研究部署。", "某镇党委"),
    ("某某镇坚持依法行政，全面落实重大行政决策程序。", "某某镇"),
    ("在某村开展试点工作，探索积分制管理。", "某村开展"),
    ("全年办理行政处罚案件（此处填写件数），无一引发复议。", "（此处填写件数）"),
    ("20××年，镇党委召开会议3次研究法治工作。", "20××年"),
    ("于20××年×月×日召开镇党委会议，研究法治建设工作。", "20××年×月×日"),
    ("XX年以来，镇综合行政执法队共开展巡查300余次。", "XX年"),
    ("全年化解信访积案件数待补充，化解率95%。", "待补充"),
    ("全年共 件行政诉讼案件，均按时应诉。", "共 件"),
    ("全年开展普法活动 次，受教育群众5000人次。", "活动 次"),
    ("全年新聘法律顾问 名，实现全覆盖。", "法律顾问 名"),
    ("综合执法队现有持证人员[ ]人，全部通过考试。", "[ ]人"),
    ("聘请××律师事务所律师担任法律顾问。", "××律师事务所"),
    ("镇党委书记XXX带头学法，讲授法治党课2次。", "XXX带头"),
    ("202X年度法治政府建设取得新成效，群众满意。", "202X年"),
    ("TODO 补充第三季度数据后再报送区司法局。", "TODO"),
    ("根据《关于XX的通知》要求，开展自查自纠。", "关于XX的通知"),
    ("印发通知（待核实），明确镇村两级普法责任。", "（待核实）"),
    ("年 月 日召开全镇法治建设工作推进会议，部署任务。", "年 月 日"),
    ("对□□村开展民主法治示范村创建指导工作。", "□□村"),
]

SILENT = [
    "李某与某公司劳动争议一案经调解达成协议，当场履行。",
    "某企业擅自改变土地用途，执法队依法责令改正。",
    "对某村民违法占地建房行为立案查处，并依法公开。",
    "张××与王××宅基地纠纷一案，经三次调解握手言和。",
    "在××路12号违法搭建一案中，当事人自行拆除。",
    "某村村民李某与张某因相邻排水问题发生纠纷，经调解和好。",
    "发布典型案例3个，其中某镇拖欠农民工工资案入选省级案例。",
    "安装3×4米宣传展板16块，覆盖全部村居。",
    "建立“1+X”普法模式，推行“3+N”网格管理机制。",
    "公布监督电话138****1234，畅通群众投诉渠道。",
    "为群众提供X光检查等健康服务，受到欢迎。",
    "开展“法律明白人”培训，建成N个法治文化阵地。",
    "按照清政办发〔2021〕12号文件要求，开展专项清理。",
    "根据通知（清委发[2021]8号）要求，制定实施方案。",
    "法治工作人员力量有待补充，能力有待提升。",
    "相关制度尚待完善，执法装备仍待补充。",
    "二〇〇八年以来，镇里连续开展法治宣传。",
    "共受理 12 件信访事项，办结 12 件，群众满意。",
    "党政主要负责 人，切实履行法治建设第一责任。",
    "建设村级综合性文化服务中心（站），开展活动。",
    "有的村、某些单位对法治工作认识不到位。",
    "组织观看《猎毒行动》等影片（共3部），接受教育。",
    "对某种程度上存在的形式主义问题，逐项整改。",
    "当事人王某某对处罚决定不服，申请行政复议后撤回。",
    "对××公司未批先建行为立案查处，罚款2万元。",
    "推广APP注册，使用WIFI设备，购置LED屏幕3块。",
    "* 加强领导，压实责任，推动工作落实落细。",
    "个别村干部（某村党支部书记）因酒驾案件受到处分。",
    "执法文书√/×清单全部上墙，便于队员对照。",
    "协助市 县两级部门开展联合执法检查12次。",
]


@pytest.mark.parametrize(("line", "words"), LEFT)
def test_a_left_over_is_found_once_and_quoted(report: Build, line: str, words: str) -> None:
    built = report(line)
    defects = find(built)
    assert len(defects) == 1
    assert words in defects[0].quote
    assert built.quote(defects[0].span) == defects[0].quote
    assert defects[0].kind == "text.placeholder"
    assert defects[0].suggestion


@pytest.mark.parametrize("line", SILENT)
def test_cases_without_names_masks_and_formulas_stay_silent(report: Build, line: str) -> None:
    assert find(report(line)) == []


def test_bold_words_of_a_markdown_text_stay_silent(report: Build) -> None:
    lines = [
        f"**{words}。**全年按照要求开展了各项工作，成效明显。" for words in ("先问计于民", "再会诊", "后拍板")
    ]
    assert find(report(*lines)) == []


def test_two_left_overs_in_one_sentence_are_two_defects(report: Build) -> None:
    line = "全镇辖XX个行政村，其中省级民主法治示范村已经创建成功了共计××个。"
    assert len(find(report(line))) == 2


def test_the_metadata_of_a_page_is_not_the_body(report: Build) -> None:
    built = report("全年调解纠纷12件。", published="2022-01-10　浏览次数：XX")
    assert find(built) == []
