"""People decide (人工决定): what they decided counts as long as it is about what the report says now."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.assessment import Assessment, Evidence, Quote, Status
from checker.model.decision import Review, Waiver
from checker.model.report import Span, Stance
from checker.renderers.layout import Layout
from checker.renderers.text import render_report
from checker.review import misquoted, review_of, reviewed
from tests.reviews import DAY, HEAD, LIFTED, MEASURES, PLAN, SAID, TEXT, assess, decision, finding, review


def applied(text: str, made: Review, *, doubt: str = "") -> Assessment:
    return reviewed(assess(text, doubt=doubt), made, day=DAY)


def status(assessment: Assessment, ident: str) -> Status:
    return finding(assessment, ident).status


def whys(assessment: Assessment) -> list[tuple[str, str]]:
    return [(lapse.entry.id, lapse.why) for lapse in assessment.lapsed]


# --- what a decision does ----------------------------------------------------------------------------


def test_nothing_changes_where_nobody_decided() -> None:
    told = applied(TEXT, review(assess()))
    assert [f.status for f in told.findings] == [f.status for f in assess().findings]
    assert told.unseen() == told.findings


@pytest.mark.parametrize(
    ("ident", "word", "expected"),
    [
        ("hearing", "确认", Status.UNMET),
        ("hearing", "不认定", Status.NA),
        ("hearing", "不适用", Status.NA),
        ("hearing", "仅有计划或自认不足", Status.DEFERRED),
        ("trees", "报告未反映", Status.UNMET),
        ("trees", "反映不具体", Status.THIN),
        ("addressee", "已反映", Status.MET),
        ("addressee", "报告未反映", Status.UNMET),
    ],
)
def test_a_decision_gives_its_status_and_keeps_the_programs_own(
    ident: str, word: str, expected: Status
) -> None:
    told = finding(applied(TEXT, review(assess(), **{ident: decision(word)})), ident)
    assert told.status is expected
    assert told.judged is finding(assess(), ident).status
    assert told.decision is not None


def test_a_gap_lifted_by_the_reports_own_words_is_no_gap() -> None:
    told = applied(TEXT, review(assess(), hearing=LIFTED))
    assert "a.hearing" not in [f.item.id for f in told.gaps()]
    assert "a.hearing" not in [f.item.id for f in told.unseen()]


@pytest.mark.parametrize(
    "quote", ["", "组织恳谈三场", "恳谈三场", "。", "全年", "组织群众恳谈三场，就停车收费"]
)
def test_words_that_do_not_stand_as_whole_clauses_lift_no_gap(quote: str) -> None:
    made = review(assess(), hearing=decision("已反映", quote=quote))
    assert [place for place, *_ in misquoted(assess(), made)] == [0]
    assert status(applied(TEXT, made), "hearing") is Status.UNMET


@pytest.mark.parametrize(
    "quote",
    [
        SAID, f"“{SAID}”", "组织群众恳谈三场，就停车收费听取意见。", "组织 群众\n恳谈三场",
        "组织群众恳谈三场,就停车收费听取意见",
    ],
)  # fmt: skip
def test_white_space_width_and_outer_marks_of_a_quotation_do_not_count(quote: str) -> None:
    made = review(assess(), hearing=decision("已反映", quote=quote))
    assert list(misquoted(assess(), made)) == []
    assert status(applied(TEXT, made), "hearing") is Status.MET


def test_a_torn_quotation_is_answered_with_the_whole_clause() -> None:
    made = review(assess(), hearing=decision("已反映", quote="群众恳谈三场"))
    ((_, _, advice),) = misquoted(assess(), made)
    assert f"“{SAID}”" in advice


def test_a_manual_item_needs_no_quotation() -> None:
    made = review(assess(), addressee=decision("已反映"))
    assert list(misquoted(assess(), made)) == []
    assert status(applied(TEXT, made), "addressee") is Status.MET


# --- the report is revised ---------------------------------------------------------------------------


def test_decisions_survive_unrelated_edits() -> None:
    made = review(assess(), hearing=LIFTED, archive=decision("确认"), addressee=decision("已反映"))
    told = applied(TEXT.replace("现将情况报告如下", "现报告如下") + "三、其他\n无。\n", made)
    assert told.lapsed == ()
    assert [status(told, name) for name in ("hearing", "archive", "addressee")] == [
        Status.MET, Status.UNMET, Status.MET,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("组织群众恳谈三场，", ""),
        TEXT.replace(SAID, f"未{SAID}"),
        TEXT.replace(SAID, f"{SAID}的计划"),
        TEXT.replace("三场", "四场"),
        HEAD + "一、主要举措和成效\n全年植树三千棵。\n" + PLAN + "组织群众恳谈三场，就停车收费听取意见。\n",
        HEAD + "一、主要举措和成效\n全年植树三千棵。去年，组织群众恳谈三场，就停车收费听取意见。\n" + PLAN,
    ],
)  # fmt: skip
def test_a_lifted_gap_is_a_gap_again_when_its_words_no_longer_tell_a_doing(text: str) -> None:
    told = applied(text, review(assess(), hearing=LIFTED))
    assert status(told, "hearing") is Status.UNMET
    assert [ident for ident, _ in whys(told)] == ["a.hearing"]


def test_a_decision_lapses_with_the_judgement_it_was_about() -> None:
    told = applied(TEXT + "召开听证会。\n", review(assess(), hearing=decision("不认定")))
    assert status(told, "hearing") is Status.DEFERRED
    assert whys(told) == [("a.hearing", "程序的判定由“报告未反映”变为“仅有计划或自认不足”。")]


def test_a_decision_lapses_with_the_words_it_was_about() -> None:
    made = review(assess(), trees=decision("报告未反映"))
    told = applied(TEXT.replace("三千棵", "五千棵"), made)
    assert status(told, "trees") is Status.MET
    assert [ident for ident, _ in whys(told)] == ["a.trees"]


def test_a_text_that_may_not_be_whole_keeps_no_decision_once_it_changes() -> None:
    doubt = "第2页没有文字"
    made = review(assess(doubt=doubt), hearing=decision("已反映"))
    assert status(applied(TEXT, made, doubt=doubt), "hearing") is Status.MET
    told = applied(TEXT + "附：说明。\n", made, doubt=doubt)
    assert status(told, "hearing") is Status.MANUAL
    assert [ident for ident, _ in whys(told)] == ["a.hearing"]


def test_a_changed_requirement_is_another_finding() -> None:
    made = review(assess(), hearing=decision("不适用"))
    now = assess()
    first = now.findings[0]
    stricter = replace(first, item=replace(first.item, requirement="应当写明听证的次数。"))
    told = reviewed(replace(now, findings=(stricter, *now.findings[1:])), made, day=DAY)
    assert told.findings[0].status is Status.UNMET
    assert len(told.lapsed) == 1


def test_a_judgement_rewritten_in_the_review_decides_nothing() -> None:
    made = review(assess(), hearing=decision("已反映"))
    forged = tuple(replace(e, status="需人工核实") if e.id == "a.hearing" else e for e in made.entries)
    assert status(applied(TEXT, replace(made, entries=forged)), "hearing") is Status.UNMET


@given(
    st.lists(
        st.sampled_from(["，", "。", "未", "组织群众恳谈三场", "听证会", "计划", "\n", "二、下一步安排\n"]),
        max_size=12,
    )
)
def test_no_decision_hides_a_gap_without_its_words_in_the_report(parts: list[str]) -> None:
    text = HEAD + "一、主要举措和成效\n全年植树三千棵。" + "".join(parts) + "\n"
    told = applied(text, review(assess(), hearing=LIFTED))
    hearing = finding(told, "hearing")
    if hearing.own is not None:
        bare = "，" + text.replace("\n", "，").replace("。", "，")
        assert "，组织群众恳谈三场，" in bare


# --- defects -----------------------------------------------------------------------------------------


def dismissing(assessment: Assessment) -> Review:
    """A review in which every defect is dismissed."""
    made = review_of(assessment)
    entries = (
        replace(e, decision=replace(decision("不认定"), text=e.text)) if e.status == "文字差错" else e
        for e in made.entries
    )
    return replace(made, entries=tuple(entries))


def test_a_dismissed_defect_is_listed_as_such_and_counted_no_more() -> None:
    with_defects = assess(HEAD + "一、主要举措和成效\n全年植树XX棵。\n" + PLAN)
    assert with_defects.defects
    told = reviewed(with_defects, dismissing(with_defects), day=DAY)
    assert told.defects == ()
    assert len(told.dismissed) == len(with_defects.defects)


def test_a_dismissed_defect_says_nothing_of_the_same_words_elsewhere() -> None:
    once = assess(HEAD + "一、主要举措和成效\n按照《行政诉讼法律》应诉2件。\n" + PLAN)
    moved = assess(HEAD + "一、主要举措和成效\n学习《行政诉讼法律》3次。\n" + PLAN)
    assert [d.fingerprint for d in moved.defects] == [d.fingerprint for d in once.defects]
    told = reviewed(moved, dismissing(once), day=DAY)
    assert told.defects == moved.defects != ()
    assert len(told.lapsed) == len(once.defects)


def test_a_dismissed_defect_that_was_one_of_two_alike_lapses_when_one_is_left() -> None:
    line = "全年植树XX棵。\n"
    head = HEAD + "一、主要举措和成效\n"
    both, one = assess(head + line + line + PLAN), assess(head + line + PLAN)
    told = reviewed(one, dismissing(both), day=DAY)
    assert told.defects == one.defects != ()
    assert len(told.lapsed) == len(both.defects)


def test_a_lapsed_decision_on_a_defect_stays_listed_until_such_a_defect_is_decided_anew() -> None:
    once = assess(HEAD + "一、主要举措和成效\n按照《行政诉讼法律》应诉2件。\n" + PLAN)
    moved = assess(HEAD + "一、主要举措和成效\n学习《行政诉讼法律》3次。\n" + PLAN)
    updated = review_of(moved, dismissing(once))
    assert reviewed(moved, updated, day=DAY).lapsed == updated.lapsed != ()
    again = replace(dismissing(moved), lapsed=updated.lapsed)
    assert reviewed(moved, again, day=DAY).lapsed == ()


def test_no_two_defects_share_a_fingerprint() -> None:
    line = "全年植树XX棵。\n"
    twice = assess(HEAD + "一、主要举措和成效\n" + line + line + PLAN)
    marks = twice.defect_fingerprints()
    assert len(marks) > 1
    assert len(set(marks)) == len(marks)


# --- bringing a review up to date --------------------------------------------------------------------


def test_an_updated_review_keeps_what_holds_and_shows_what_lapsed() -> None:
    made = review(assess(), hearing=LIFTED, archive=decision("确认"))
    new = review_of(assess(TEXT.replace(SAID, "组织会议")), made)
    decided = {entry.id: entry.decision for entry in new.entries}
    assert decided["a.archive"] == replace(decision("确认"), text=made.text)
    assert decided["a.hearing"] is None
    assert [lapse.entry.id for lapse in new.lapsed] == ["a.hearing"]
    assert new.lapsed[0].entry.decision == replace(LIFTED, text=made.text)


def test_a_lapsed_decision_stays_listed_until_the_item_is_decided_anew() -> None:
    changed = TEXT.replace(SAID, "组织会议")
    new = review_of(assess(changed), review(assess(), hearing=LIFTED))
    again = review_of(assess(changed), new)
    assert again.lapsed == new.lapsed
    assert [lapse.entry.id for lapse in applied(changed, again).lapsed] == ["a.hearing"]


@given(
    st.sets(st.sampled_from(["hearing", "archive", "trees", "addressee"])),
    st.text("植树听证会归档。\n", max_size=30),
)
def test_no_decision_is_ever_dropped(names: set[str], more: str) -> None:
    made = review(assess(), **{name: decision("确认") for name in names})
    new = review_of(assess(HEAD + MEASURES + more + "\n" + PLAN), made)
    kept = {entry.id for entry in new.entries if entry.decision}
    lapsed = {lapse.entry.id for lapse in new.lapsed}
    assert kept | lapsed == {f"a.{name}" for name in names}
    assert not kept & lapsed


# --- waivers -----------------------------------------------------------------------------------------


def waiver(**changes: object) -> Waiver:
    first, last = datetime.date(2026, 3, 1), datetime.date(2026, 3, 31)
    given: dict[str, object] = {"item": "a.hearing", "unit": "青麓镇", "first": first, "last": last}
    return Waiver(**({"reason": "试点", "approved_by": "县司法局"} | given | changes))  # type: ignore[arg-type]


@given(st.dates(datetime.date(2026, 2, 20), datetime.date(2026, 4, 10)))
def test_a_waiver_holds_from_its_first_day_to_its_last_both_included(day: datetime.date) -> None:
    told = reviewed(assess(), None, [waiver()], day=day)
    holds = datetime.date(2026, 3, 1) <= day <= datetime.date(2026, 3, 31)
    assert (status(told, "hearing") is Status.NA) == holds
    assert [bool(use.why) for use in told.waivers] == [not holds]


@pytest.mark.parametrize("unit", ["青麓镇", "青麓镇人民政府", " 青麓 镇"])
def test_a_waiver_is_for_the_unit_it_names(unit: str) -> None:
    assert status(reviewed(assess(), None, [waiver(unit=unit)], day=DAY), "hearing") is Status.NA


@pytest.mark.parametrize("unit", ["", "青麓", "青麓镇党委", "山南县青麓镇", "人民政府"])
def test_a_waiver_for_another_name_is_for_another_unit(unit: str) -> None:
    told = reviewed(assess(), None, [waiver(unit=unit)], day=DAY)
    assert status(told, "hearing") is Status.UNMET
    assert told.waivers == ()


def test_a_report_without_a_unit_has_no_waivers() -> None:
    nameless = replace(assess(), report=replace(assess().report, unit=""))
    assert reviewed(nameless, None, [waiver(unit="")], day=DAY).gaps() == nameless.gaps()


def test_a_waiver_of_what_the_report_tells_is_listed_as_not_needed() -> None:
    told = reviewed(assess(), None, [waiver(item="a.trees")], day=DAY)
    assert status(told, "trees") is Status.MET
    assert told.waivers[0].why


def test_the_second_of_two_waivers_for_one_item_says_so() -> None:
    told = reviewed(assess(), None, [waiver(), waiver()], day=DAY)
    assert [use.why for use in told.waivers] == ["", "另一条豁免已经适用"]


# --- what a person should look at again --------------------------------------------------------------


def test_a_dismissal_upon_another_text_is_to_be_looked_at_again() -> None:
    made = review(assess(), hearing=decision("不认定"), archive=decision("确认"))
    again = "请看决定是否仍然成立"
    assert again not in render_report(applied(TEXT, made), Layout(10_000))
    told = render_report(applied(TEXT + "附：说明。\n", made), Layout(10_000))
    assert told.count(again) == 1


def test_what_a_person_confirmed_by_likeness_is_asked_of_nobody() -> None:
    likely = Quote(Span(0, 4), "植树三千", Stance.DONE, "主要举措", likely=True)
    now = assess()
    trees = replace(finding(now, "trees"), evidence=Evidence((likely,)))
    now = replace(now, findings=tuple(trees if f.item.id == "a.trees" else f for f in now.findings))
    assert [f.item.id for f in now.likely()] == ["a.trees"]
    assert reviewed(now, review(now, trees=decision("确认")), day=DAY).likely() == ()


def test_gaps_that_people_found_in_a_doubtful_text_are_not_talked_away() -> None:
    doubt = "第2页没有文字"
    made = review(assess(doubt=doubt), hearing=decision("报告未反映"))
    told = render_report(applied(TEXT, made, doubt=doubt), Layout(10_000))
    assert "1项需要补写" in told
    assert "没有认定缺项" not in told
