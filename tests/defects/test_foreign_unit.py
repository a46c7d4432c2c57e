"""Another unit where the own one should stand - and all the others that a report rightly names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.defects.foreign_unit import find
from checker.model.report import Report

Build = Callable[..., Report]

FOREIGN = [
    ("清河镇", "桐荫镇坚持力量下沉，抽调32名骨干充实到综合行政执法队。", "桐荫镇"),
    ("清河镇", "二是强化监督。龙泉镇全年开展执法检查12次，发现问题30个。", "龙泉镇"),
    ("清河镇", "白沙乡党委、政府高度重视法治建设，召开会议4次专题研究。", "白沙乡"),
    ("清河镇", "2021年，永安镇共受理信访事项36件，办结率100%。", "永安镇"),
    ("清河镇", "三里桥街道将以更高的站位、更实的举措推进依法行政。", "三里桥街道"),
    ("清河镇", "全面提升石门镇依法行政水平，为高质量发展提供保障。", "石门镇"),
    ("永宣区芷岸街道办事处", "桐荫街道坚持力量下沉，抽调32名骨干充实队伍。", "桐荫街道"),
    ("永宣区芷岸街道办事处", "书院坪街道又挤出46万元，把背街小巷的路灯换新。", "书院坪街道"),
    ("砚洛县人民政府", "青硖县在扫码入企、检查结果互认等方面先行一步。", "青硖县"),
    ("砚洛县人民政府", "同时，临川县建立行政争议调解中心，调解案件32件。", "临川县"),
    ("岚汀县自然资源局", "青硖县自然资源局严格落实执法公示制度，公示信息90条。", "青硖县自然资源局"),
    ("清河镇", "我街道聘请法律顾问2名，实现村级全覆盖。", "我街道"),
    ("清河镇", "我乡认真落实重大行政决策程序，全年审查12件。", "我乡"),
    ("白沙乡", "我镇调整法治政府建设领导小组，书记任组长。", "我镇"),
    ("芷岸街道", "我镇严格执行“三项制度”，配齐执法记录仪。", "我镇"),
    ("清河镇", "我局执法人员全部持证上岗，持证率100%。", "我局"),
    ("岚汀县自然资源局", "我镇共配备执法记录仪12台，实现全程记录。", "我镇"),
    ("枳坞镇", "积坞镇全年调解纠纷126件，成功率98.4%。", "积坞镇"),
    ("枳坞镇", "印发《枳钨镇2021年法治建设工作要点》，明确任务29项。", "枳钨镇"),
    ("芷岸街道", "芷岸镇综合行政执法队全年巡查300余次。", "芷岸镇"),
]

OWN_OR_RIGHTLY_NAMED = [
    ("柘坪乡", "与相邻的荻坪镇联合清理界河漂浮垃圾40吨。"),
    ("永宣区芷岸街道办事处", "区法院在邻近的鹭桥街道设立“无讼社区”工作室，我街道组织干部取经。"),
    ("清河镇", "组织人大代表赴龙泉镇学习执法规范化建设经验。"),
    ("清河镇", "荻坪镇党委书记一行来我镇考察交流法治建设工作。"),
    ("清河镇", "印发《龙泉镇清河镇联合执法协议》，共建执法协作机制。"),
    ("枳坞镇", "原枳坞乡2019年撤乡设镇，历史文件全部移交归档。"),
    ("清河镇", "龙泉镇派出所移送案件线索2条，均已办结。"),
    ("清河镇", "各乡镇、街道要对照清单，逐项落实整改责任。"),
    ("清河镇", "推动乡镇综合行政执法改革，承接县级赋权事项62项。"),
    ("清河镇", "本镇12个村全部聘请法律顾问，全镇群众受益。"),
    ("清河镇", "清河镇坚持依法行政，全年未发生行政诉讼案件。"),
    ("清河镇", "县司法局对全县14个乡镇开展督察，清河镇位列第二。"),
    ("清河镇", "组织集镇商户、城镇居民参加法治讲座12场。"),
    ("清河镇", "白沙乡、龙泉镇和清河镇三地建立联调机制。"),
    ("芷岸街道", "今年街道没有发生行政复议和行政诉讼案件。"),
    ("芷岸街道", "发挥街道党工委领导作用，强化街道社区普法阵地建设。"),
    ("芷岸街道", "我区入选全国示范区，我街道承担试点任务。"),
    ("砚洛县人民政府", "列席县政府常务会议26次，提请县委常委会审议3次。"),
    ("砚洛县人民政府", "龙门镇率先建成综合行政执法平台，14个乡镇全部推广。"),
    ("砚洛县人民政府", "贫困县摘帽后，示范县创建工作扎实推进。"),
    ("岚汀县自然资源局", "县水利局联合开展河湖巡查，移送线索3条。"),
    ("东区街道", "全区街道、社区两级调委会受理纠纷499宗。"),
    ("清河镇", "村民自我镇定应对突发山洪，镇里依法处置。"),
    ("清河镇", "与毗邻的桐荫镇签订协议。桐荫镇负责下游河段的清理工作。"),
    ("清河镇", "龙泉镇居民王某与清河镇居民李某的合同纠纷经调解和好。"),
]


@pytest.mark.parametrize(("unit", "line", "name"), FOREIGN)
def test_another_unit_doing_the_own_work_is_found_once(
    report: Build, unit: str, line: str, name: str
) -> None:
    built = report(line, unit=unit)
    defects = find(built)
    assert len(defects) == 1
    assert defects[0].quote.startswith(name)
    assert built.quote(defects[0].span) == defects[0].quote
    assert len(defects[0].quote) <= 40


@pytest.mark.parametrize(("unit", "line"), OWN_OR_RIGHTLY_NAMED)
def test_neighbours_partners_places_and_the_own_unit_stay_silent(report: Build, unit: str, line: str) -> None:
    assert find(report(line, unit=unit)) == []


def test_the_superior_a_report_is_addressed_to_is_not_foreign(report: Build) -> None:
    built = report("桓溪市统一部署开展集中宣传。", unit="莳川市人民政府")
    assert [defect.quote for defect in find(built)] == ["桓溪市统一部署开展集中宣传"]
    addressed = report("桓溪市人民政府：\n桓溪市统一部署开展集中宣传。", unit="莳川市人民政府")
    assert addressed.addressee is None or find(addressed) == []


def test_without_a_known_unit_nothing_is_judged(report: Build) -> None:
    assert find(report("桐荫镇坚持力量下沉，抽调32名骨干。", unit="")) == []
