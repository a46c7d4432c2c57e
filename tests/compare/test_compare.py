"""Two versions through the whole pipeline (前后对照): a gap is closed by new evidence and nothing else."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.audit import audit_document
from checker.compare import compare, matching, still_asked, supplied
from checker.errors import CheckerError
from checker.load import checklist_source, load_checklist
from checker.model.assessment import ASKED, Assessment, Status
from checker.model.checklist import Checklist
from checker.model.comparison import Change, Comparison, Earlier, Outcome
from checker.model.decision import Decision, Waiver
from checker.model.document import Block, Document

HEARING, TRAINING, COUNSEL = "decision.hearing", "personnel.training", "capacity.counsel-appointed"
TITLE = "青麓镇2023年法治政府建设年度报告"
DONE = ("全年开展普法宣传36次，受众4000余人。", "聘请法律顾问1名，审查合同12份。")
PLANS = ("将建立决策听证制度。", "加大执法力度，提高水平。")
DAY = datetime.date(2024, 3, 1)


@cache
def standard() -> Checklist:
    return load_checklist(checklist_source(None))


@pytest.fixture
def checklist() -> Checklist:
    return standard()


def text(done: Sequence[str] = DONE, plans: Sequence[str] = PLANS, title: str = TITLE) -> str:
    parts = (title, "2023年，青麓镇推进各项工作，现将情况报告如下。", "一、主要举措和成效", *done)
    return "\n".join((*parts, "二、存在的不足", "个别干部法治意识不强。", "三、下一步工作安排", *plans))


def assess(checklist: Checklist, words: str, doubt: str = "", level: str | None = None) -> Assessment:
    blocks = tuple(Block(line) for line in words.split("\n"))
    return audit_document(Document("text", blocks, doubt=doubt), checklist, path="青麓镇.txt", level=level)


def compared(checklist: Checklist, old: str, new: str, doubt: str = "") -> Comparison:
    return compare(Earlier.of(assess(checklist, old)), assess(checklist, new, doubt))


def change_of(comparison: Comparison, item: str = HEARING) -> Change:
    return next(change for change in comparison.changes if change.after.item.id == item)


def with_done(*sentences: str) -> str:
    return text((*DONE, *sentences), PLANS[1:])


# --- what closes a gap ------------------------------------------------------------------------------


def test_a_gap_is_closed_by_the_words_that_are_new(checklist: Checklist) -> None:
    new = with_done("就集镇停车收费方案召开听证会2次，听取商户意见。")
    change = change_of(compared(checklist, text(plans=PLANS[1:]), new))
    assert (change.outcome, change.before, change.after.status) == (Outcome.CLOSED, Status.UNMET, Status.MET)
    assert [quote.text for quote in change.quotes] == ["就集镇停车收费方案召开听证会2次，"]
    assert change.reworded == ()


def test_a_plan_told_as_done_is_for_people_to_look_at(checklist: Checklist) -> None:
    change = change_of(compared(checklist, text(), with_done("建立了决策听证制度。")))
    assert (change.outcome, change.after.status) == (Outcome.UNCLEAR, Status.MET)
    assert [tuple(pair) for pair in change.reworded] == [("将建立决策听证制度", "建立了决策听证制度。")]
    assert "改写" in change.why


def test_a_plan_told_as_done_with_a_figure_is_closed_beside_the_older_words(checklist: Checklist) -> None:
    change = change_of(
        compared(checklist, text(plans=("拟召开决策听证会。",)), with_done("召开决策听证会2次。"))
    )
    assert change.outcome is Outcome.CLOSED
    assert [pair.old for pair in change.reworded] == ["拟召开决策听证会"]


def test_a_sentence_moved_to_another_part_is_for_people_to_look_at(checklist: Checklist) -> None:
    sentence = "组织召开决策听证会2次。"
    change = change_of(compared(checklist, text(plans=(sentence,)), with_done(sentence)))
    assert (change.before, change.after.status) == (Status.DEFERRED, Status.MET)
    assert change.outcome is Outcome.UNCLEAR
    assert "移动" in change.why


def test_a_thin_item_is_closed_by_a_figure(checklist: Checklist) -> None:
    old = text((*DONE, "加强执法人员培训。"))
    change = change_of(compared(checklist, old, text((*DONE, "加强执法人员培训3期。"))), TRAINING)
    assert (change.outcome, change.before) == (Outcome.CLOSED, Status.THIN)


def test_a_thin_item_that_is_only_worded_anew_remains(checklist: Checklist) -> None:
    old = text((*DONE, "加强执法人员培训。"))
    change = change_of(compared(checklist, old, text((*DONE, "认真开展执法人员培训。"))), TRAINING)
    assert (change.outcome, change.after.status) == (Outcome.REMAINING, Status.THIN)


def test_a_gap_that_is_now_told_without_figures_is_partly_supplied(checklist: Checklist) -> None:
    change = change_of(compared(checklist, text(), text((*DONE, "认真开展执法人员培训。"))), TRAINING)
    assert (change.outcome, change.after.status) == (Outcome.PARTLY, Status.THIN)
    assert [quote.text for quote in change.quotes] == ["认真开展执法人员培训。"]


def test_a_part_of_its_own_is_closed_by_what_stands_in_it(checklist: Checklist) -> None:
    heading, item = "四、党政主要负责人履行推进法治建设第一责任人职责情况", "sections.first-responsible"
    own = "镇长主持研究法治建设工作4次，解决执法经费问题2个。"
    added = f"{text()}\n{heading}\n{own}"
    assert change_of(compared(checklist, text(), added), item).outcome is Outcome.CLOSED
    moved = f"{text(DONE[1:])}\n{heading}\n{DONE[0]}"
    assert change_of(compared(checklist, text(), moved), item).outcome is Outcome.UNCLEAR


def test_a_title_is_closed_by_what_it_now_names(checklist: Checklist) -> None:
    old = text(title="2023年法治政府建设年度报告")
    change = change_of(compared(checklist, old, text()), "sections.title")
    assert (change.outcome, change.before) == (Outcome.CLOSED, Status.UNMET)


def test_fresh_words_without_a_figure_do_not_lend_freshness_to_a_figure_that_moved(
    checklist: Checklist,
) -> None:
    old = text(plans=("举办执法人员培训3期。",))
    new = text((*DONE, "举办执法人员培训3期。", "执法骨干轮流登台授课，培训执法人员注重实效。"))
    change = change_of(compared(checklist, old, new), TRAINING)
    assert (change.outcome, change.after.status) == (Outcome.UNCLEAR, Status.MET)


def test_words_that_count_by_likeness_alone_do_not_close(checklist: Checklist) -> None:
    new = assess(checklist, with_done("就集镇停车收费方案召开听证会2次。"))
    findings = tuple(
        replace(
            f, evidence=replace(f.evidence, quotes=tuple(replace(q, likely=True) for q in f.evidence.quotes))
        )
        for f in new.findings
    )
    change = change_of(compare(Earlier.of(assess(checklist, text())), replace(new, findings=findings)))
    assert change.outcome is Outcome.UNCLEAR
    assert "相近" in change.why


def test_a_date_is_closed_by_a_new_date_and_made_from_none(checklist: Checklist) -> None:
    old, new = f"{text()}\n2023年11月3日", f"{text()}\n2024年1月20日"
    change = change_of(compared(checklist, old, new), "sections.timeliness")
    assert (change.outcome, [quote.text for quote in change.quotes]) == (Outcome.CLOSED, ["2024年1月20日"])
    assert change.reworded == ()


def test_words_that_are_denied_elsewhere_do_not_close(checklist: Checklist) -> None:
    denied = "本年度未召开决策听证会。"
    old, new = text((*DONE, denied)), text((*DONE, "就集镇停车收费方案召开听证会2次。", denied))
    change = change_of(compared(checklist, old, new))
    assert (change.outcome, change.after.status) == (Outcome.UNCLEAR, Status.MET)
    assert "不一" in change.why


def test_a_stated_zero_closes_though_it_denies(checklist: Checklist) -> None:
    new = text((*DONE, "本年度未制定行政规范性文件，应备案0件。"))
    assert change_of(compared(checklist, text(), new), "documents.filing").outcome is Outcome.CLOSED


# --- what is open -----------------------------------------------------------------------------------


def test_the_same_report_twice_closes_nothing_and_adds_nothing(checklist: Checklist) -> None:
    comparison = compared(checklist, text(), text())
    assert {change.outcome for change in comparison.changes} == {Outcome.REMAINING}
    assert any("文字相同" in note for note in comparison.notes)
    assert comparison.reworded == ()
    assert not comparison.settled


def test_a_deleted_sentence_gives_a_new_gap(checklist: Checklist) -> None:
    change = change_of(compared(checklist, text(), text(DONE[:1])), COUNSEL)
    assert (change.outcome, change.before) == (Outcome.NEW, Status.MET)
    assert "删去" in change.why


def test_a_deleted_plan_remains_and_is_told(checklist: Checklist) -> None:
    change = change_of(compared(checklist, text(), text(plans=PLANS[1:])))
    assert (change.before, change.after.status) == (Status.DEFERRED, Status.UNMET)
    assert change.outcome is Outcome.REMAINING
    assert "删去" in change.why


def test_a_gap_in_a_text_that_may_not_be_whole_is_for_people_to_look_at(checklist: Checklist) -> None:
    comparison = compared(checklist, text(), text(DONE[:1]), doubt="末尾被截断")
    assert {change_of(comparison, item).outcome for item in (HEARING, COUNSEL)} == {Outcome.UNCLEAR}
    assert "截断" in change_of(comparison).why
    assert not comparison.settled


def test_a_text_that_may_not_be_whole_is_never_settled(checklist: Checklist) -> None:
    new = assess(checklist, text(), "末尾被截断")
    assert not replace(compared(checklist, text(), text()), changes=(), new=new).settled


def asked_in(comparison: Comparison) -> set[str]:
    return {f.item.id for f in still_asked(comparison).findings if f.status in ASKED}


def test_what_is_unclear_is_left_to_people_with_the_reason_and_counts_as_no_gap(checklist: Checklist) -> None:
    comparison = compared(checklist, text(), with_done("建立了决策听证制度。"))
    (told,) = (f for f in still_asked(comparison).findings if f.item.id == HEARING)
    assert told.status is Status.MANUAL
    assert told.evidence.undecidable == change_of(comparison).why != ""


def test_every_item_that_is_wanting_is_open(checklist: Checklist) -> None:
    comparison = compared(checklist, text(), text(DONE[:1], ()))
    wanting = {f.item.id for f in comparison.new.findings if f.status in ASKED}
    assert asked_in(comparison) == wanting
    assert not {f.item.id for f in supplied(comparison)} & wanting


def test_a_follow_up_asks_for_nothing_that_is_unclear_and_thanks_for_what_is_closed(
    checklist: Checklist,
) -> None:
    comparison = compared(checklist, text(), with_done("建立了决策听证制度。", "全年举办执法培训3期。"))
    asked, thanked = asked_in(comparison), {f.item.id for f in supplied(comparison)}
    assert HEARING not in asked | thanked
    assert TRAINING in thanked - asked


def test_an_item_that_the_older_checklist_did_not_have_is_new(checklist: Checklist) -> None:
    old = Earlier.of(assess(checklist, text()))
    verdicts = {key: verdict for key, verdict in old.verdicts.items() if key != HEARING}
    change = change_of(
        compare(replace(old, verdicts=verdicts, checklist="旧清单"), assess(checklist, text()))
    )
    assert (change.outcome, change.before) == (Outcome.NEW, None)


def test_a_gap_that_the_checklist_no_longer_has_is_told_and_keeps_the_case_open(checklist: Checklist) -> None:
    old, new = Earlier.of(assess(checklist, text())), assess(checklist, text())
    fewer = replace(new, findings=tuple(f for f in new.findings if f.status not in ASKED))
    comparison = compare(old, fewer)
    assert old.verdicts[HEARING] in comparison.dropped
    assert not comparison.changes
    assert not comparison.settled


def test_an_item_that_no_longer_applies_is_unclear_and_levels_are_told(checklist: Checklist) -> None:
    old = Earlier.of(assess(checklist, text()))
    comparison = compare(old, assess(checklist, text(), level="department"))
    gone = [change for change in comparison.changes if change.after.status is Status.NA]
    assert gone
    assert {change.outcome for change in gone} == {Outcome.UNCLEAR}
    assert any("层级" in note for note in comparison.notes)


# --- people's decisions -----------------------------------------------------------------------------


def decided(assessment: Assessment, status: Status, **by: Decision | Waiver) -> Assessment:
    findings = (
        replace(f, status=status, own=f.status, **by) if f.item.id == HEARING else f
        for f in assessment.findings
    )
    return replace(assessment, findings=tuple(findings))


def test_a_person_may_close_what_was_only_worded_anew(checklist: Checklist) -> None:
    new = assess(checklist, with_done("建立了决策听证制度。"))
    decision = Decision("已反映", "已看过制度文本", "", "王某", DAY)
    change = change_of(
        compare(Earlier.of(assess(checklist, text())), decided(new, Status.MET, decision=decision))
    )
    assert change.outcome is Outcome.CLOSED
    assert (change.why, change.after.decision) == ("", decision)


def test_a_waived_gap_is_lifted_and_nobody_is_thanked_for_it(checklist: Checklist) -> None:
    waiver = Waiver(HEARING, "青麓镇", "本年度没有决策事项", "局长", DAY, DAY)
    new = decided(assess(checklist, text()), Status.NA, waiver=waiver)
    comparison = compare(Earlier.of(assess(checklist, text())), new)
    assert change_of(comparison).outcome is Outcome.LIFTED
    thanked = {finding.item.id for finding in supplied(comparison)}
    assert HEARING not in thanked | asked_in(comparison)


# --- defects ----------------------------------------------------------------------------------------


def test_defects_are_fixed_remain_or_are_new(checklist: Checklist) -> None:
    old = text((*DONE, "印发《听证办法1份。", "办理《信访事项2件。"))
    new = text((*DONE, "办理《信访事项2件。", "出台《合同办法3份。"))
    defects = compared(checklist, old, new).defects
    for found, words in ((defects.fixed, "听证"), (defects.remaining, "信访"), (defects.new, "合同")):
        assert [words in defect.quote for defect in found] == [True]


def test_a_dismissed_defect_is_not_told_as_fixed(checklist: Checklist) -> None:
    old = assess(checklist, text((*DONE, "印发《听证办法1份。")))
    assert old.defects
    assert compare(Earlier.of(old), replace(old, defects=(), dismissed=old.defects)).defects.fixed == ()


# --- which versions belong together -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "fault"), [(TITLE.replace("青麓", "柏湾"), "单位"), (TITLE.replace("2023", "2022"), "年度")]
)
def test_reports_of_other_units_or_years_are_refused(checklist: Checklist, title: str, fault: str) -> None:
    old = replace(Earlier.of(assess(checklist, text())), unit=title[:3], year=int(title[3:7]))
    with pytest.raises(CheckerError, match=f"{fault}不同"):
        compare(old, assess(checklist, text()))


def test_a_longer_name_of_the_same_unit_is_no_other_unit(checklist: Checklist) -> None:
    old = replace(Earlier.of(assess(checklist, text())), unit="中川县青麓镇人民政府")
    assert compare(old, assess(checklist, text())).changes


def test_a_report_of_an_unknown_unit_is_never_settled(checklist: Checklist) -> None:
    old = replace(Earlier.of(assess(checklist, text())), unit="", verdicts={})
    comparison = replace(compare(old, assess(checklist, text())), changes=())
    assert "确认" in comparison.unsure
    assert not comparison.settled
    assert replace(comparison, unsure="").settled


def test_the_report_of_the_same_unit_and_year_is_found_among_many(checklist: Checklist) -> None:
    new = assess(checklist, text()).report
    right = Earlier.of(assess(checklist, text()))
    others = (replace(right, unit="柏湾镇"), replace(right, year=2022))
    assert matching((*others, right), new) is right
    with pytest.raises(CheckerError, match="没有同单位、同年度"):
        matching(others, new)
    with pytest.raises(CheckerError, match="不止一份"):
        matching((right, replace(right, path="另一份.txt")), new)


# --- properties -------------------------------------------------------------------------------------

# no part is empty: whatever is put into an empty part supplies it
BODY = (
    *DONE,
    "组织召开决策听证会2次。",
    "加强执法人员培训。",
    "对合同进行法律审核，完成规范性文件清理8件。",
    "决策前听取群众意见，并对重大决策进行风险评估。",
    "将建立决策听证制度，加强行政应诉工作。",
    "出台规范性文件2件。均经合法性审查并报备案。",
)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(), cut=st.integers(1, len(BODY) - 1), other=st.integers(1, len(BODY) - 1))
def test_shuffling_paragraphs_within_and_between_parts_closes_nothing(
    seed: int, cut: int, other: int
) -> None:
    lines = list(BODY)
    old = text(lines[:cut], lines[cut:])
    random.Random(seed).shuffle(lines)
    comparison = compared(standard(), old, text(lines[:other], lines[other:]))
    assert comparison.those(Outcome.CLOSED, Outcome.PARTLY) == ()


UNRELATED = ("全年植树三千棵。", "村道硬化12公里。", "粮食播种面积稳定在2万亩。", "举办广场舞比赛5场。")


@settings(max_examples=40, deadline=None)
@given(
    added=st.lists(st.sampled_from(UNRELATED), min_size=1, max_size=4),
    at=st.integers(1, len(BODY) - 1),
    cut=st.integers(1, len(BODY) - 1),
)
def test_adding_unrelated_text_closes_nothing(added: list[str], at: int, cut: int) -> None:
    longer = [*BODY[:at], *added, *BODY[at:]]
    moved = cut + (len(added) if at < cut else 0)
    old, new = text(BODY[:cut], BODY[cut:]), text(longer[:moved], longer[moved:])
    assert compared(standard(), old, new).those(Outcome.CLOSED, Outcome.PARTLY) == ()
