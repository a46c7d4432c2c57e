"""The mention check (提及): which sentences are evidence, how they speak, and whose figure stands there."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from checker.checks import check_report
from checker.checks.mention import gather_mentions
from checker.checks.passages import Passages
from checker.load import checklist_source, load_checklist
from checker.load.checklist import parse_phrase
from checker.model.assessment import Evidence, Quote
from checker.model.checklist import Checklist, Group, Item, Phrase, Rule, Wording
from checker.model.document import Block
from checker.model.report import Report, Stance
from checker.parse import parse_report

WORDING: Wording = load_checklist(checklist_source(None)).wording
SHORTCOMINGS, PLAN = "二、存在的不足", "三、下一步打算"


def report(*lines: str) -> Report:
    head = ("青麓镇2023年法治政府建设年度报告", "一、主要举措和成效")
    return parse_report(tuple(Block(line) for line in (*head, *lines)), WORDING)


def phrases(*texts: str) -> tuple[Phrase, ...]:
    return tuple(parse_phrase(text, {}) for text in texts)


def rule(*mention: str, **keys: tuple[str, ...] | str) -> Rule:
    """A rule by hand: every key but these takes phrases."""
    plain = ("units", "roles", "whole_section")
    taken = {key: value if key in plain else phrases(*value) for key, value in keys.items()}
    return Rule("mention", mention=phrases(*mention), **taken)  # type: ignore[arg-type]


def item(made: Rule, *, figures: bool = False) -> Item:
    return Item("decision.hearing", "听证", "要求", (), ("township",), figures, made, "建议")


def gather(made: Rule, *lines: str, figures: bool = False) -> Evidence:
    """The evidence of one rule in one report, with its quotations as they stand."""
    read = report(*lines)
    vocabulary = tuple(sorted({part for phrase in made.phrases() for part in phrase.parts() if part}))
    evidence = gather_mentions(item(made, figures=figures), Passages(read, vocabulary))
    quotes = tuple(dataclasses.replace(q, text=read.quote(q.span)) for q in evidence.quotes)
    return dataclasses.replace(evidence, quotes=quotes)


def only(evidence: Evidence) -> Quote:
    (quote,) = evidence.quotes
    return quote


HEARING = rule("听证会", units=("次", "场", "名"))


# ---- what counts ----


def test_a_sentence_with_the_words_is_quoted_with_its_section_and_reason() -> None:
    quote = only(gather(HEARING, "（一）依法决策", "全年召开听证会2次。"))
    assert (quote.text, quote.section, quote.stance) == (
        "全年召开听证会2次。",
        "主要举措和成效 / 依法决策",
        Stance.DONE,
    )
    assert quote.reason


def test_only_the_clauses_that_hold_the_words_are_quoted() -> None:
    told = "全镇平稳，认真听取意见，办好听证会，群众满意。"
    assert only(gather(rule("听证会"), told)).text.rstrip("，") == "办好听证会"


def test_nothing_is_quoted_where_the_words_do_not_stand() -> None:
    evidence = gather(HEARING, "全年召开座谈会2次。")
    assert evidence.quotes == ()
    assert evidence.searched == ("主要举措和成效",)


def test_any_of_several_phrases_suffices() -> None:
    made = rule("听证会", "论证会")
    assert only(gather(made, "全年召开论证会2次。")).text == "全年召开论证会2次。"


@pytest.mark.parametrize(
    "lines",
    [
        ["（一）组织听证会", "全年办案3件。"],
        ["组织听证会", "全年办案3件。"],
        ["一是认真组织听证会。全年办案3件。"],
    ],
    ids=["numbered", "unnumbered", "announced in a list"],
)
def test_a_heading_alone_is_no_evidence(lines: list[str]) -> None:
    lines = lines if lines[0] != "组织听证会" else ["（一）听证会工作情况", *lines[1:]]
    assert gather(HEARING, *lines).quotes == ()


def test_a_title_of_a_document_is_no_evidence_unless_the_rule_asks_for_one() -> None:
    told = "印发《青麓镇听证会办法》1份。"
    assert gather(rule("听证会"), told).quotes == ()
    assert only(gather(rule("《听证会"), told)).text == told


@pytest.mark.parametrize(
    ("lines", "stance"),
    [
        (["全年召开听证会2次。"], Stance.DONE),
        (["认真做好听证会各项工作。"], Stance.ASSERTED),
        (["下一步将召开听证会。"], Stance.PLANNED),
        ([PLAN, "召开听证会2次。"], Stance.PLANNED),
        ([SHORTCOMINGS, "听证会的程序不够规范。"], Stance.ADMITTED),
        (["全年未召开听证会。"], Stance.DENIED),
        (["重大决策应当召开听证会。"], Stance.RECITED),
        (["县司法局召开听证会2次。"], Stance.OTHER_UNIT),
        (["2021年召开听证会2次。"], Stance.OTHER_YEAR),
    ],
)
def test_every_quotation_tells_how_it_speaks(lines: list[str], stance: Stance) -> None:
    assert only(gather(HEARING, *lines)).stance is stance


def test_a_phrase_across_clauses_takes_the_least_favourable_way_of_speaking() -> None:
    made = rule("听证会 代表")
    assert only(gather(made, "全年召开听证会2次，代表来源单一。")).stance is Stance.ADMITTED


def test_a_bare_assertion_in_the_sentence_that_denies_the_thing_is_left_out() -> None:
    told = "高度重视听证会，但全年未召开听证会。"
    assert [q.stance for q in gather(HEARING, told).quotes] == [Stance.DENIED]


# ---- best first ----


def test_quotations_come_best_rung_first() -> None:
    evidence = gather(
        HEARING,
        "认真做好听证会各项工作。",
        "全年召开听证会2次。",
        SHORTCOMINGS,
        "听证会不够规范。",
        PLAN,
        "召开听证会。",
    )
    assert [q.stance for q in evidence.quotes] == [
        Stance.DONE,
        Stance.ASSERTED,
        Stance.PLANNED,
        Stance.ADMITTED,
    ]


def test_one_with_a_figure_comes_before_one_without() -> None:
    evidence = gather(HEARING, "已召开听证会。", "全年召开听证会2次。")
    assert [q.text for q in evidence.quotes] == ["全年召开听证会2次。", "已召开听证会。"]


def test_no_more_than_three_of_one_kind_are_kept() -> None:
    evidence = gather(HEARING, *[f"全年第{i}批共召开听证会{i}次。" for i in range(1, 6)])
    assert len(evidence.quotes) == 3


def test_a_place_that_two_phrases_find_is_quoted_once() -> None:
    assert len(gather(rule("听证会", "召开 听证会"), "全年召开听证会2次。").quotes) == 1


# ---- not, not-about ----


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("召开信访听证会2次。", False),
        ("召开听证会2次，办结信访3件。", True),
        ("办结信访3件，召开听证会2次。", True),
    ],
)
def test_not_makes_it_another_matter_in_the_same_clause_only(told: str, kept: bool) -> None:
    assert bool(gather(rule("听证会", exclude=("信访",)), told).quotes) is kept


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("召开信访听证会2次。", False),
        ("召开听证会2次，办结信访3件。", False),
        ("召开听证会2次。办结信访3件。", True),
    ],
)
def test_not_about_makes_it_another_matter_in_the_whole_sentence(told: str, kept: bool) -> None:
    assert bool(gather(rule("听证会", exclude_about=("信访",)), told).quotes) is kept


def test_an_excluded_sentence_does_not_spoil_another() -> None:
    evidence = gather(rule("听证会", exclude=("信访",)), "召开信访听证会2次。", "召开决策听证会1次。")
    assert [q.text for q in evidence.quotes] == ["召开决策听证会1次。"]


# ---- about, about-mention ----

ABOUT = rule(about=("听证会",), about_mention=("代表",), units=("名", "次"))


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["听证会来了代表。"], True),
        (["召开听证会。来了代表。"], True),
        (["（一）开好听证会", "来了代表。"], True),
        (["（一）开好听证会", "1.参加人员", "来了代表。"], True),
        (["来了代表。"], False),
        (["召开听证会。办案3件。来了代表。"], False),
        (["来了代表。召开听证会。"], False),
    ],
    ids=["sentence", "before", "heading", "heading above", "nowhere", "two before", "behind"],
)
def test_about_mention_counts_where_sentence_before_or_headings_are_about_it(
    lines: list[str], kept: bool
) -> None:
    assert bool(gather(ABOUT, *lines).quotes) is kept


def test_the_heading_of_another_part_does_not_make_a_sentence_about_it() -> None:
    assert gather(ABOUT, "（一）开好听证会", "办案3件。", "（二）执法", "来了代表。").quotes == ()


def test_the_figure_beside_the_subject_belongs_to_what_is_said_about_it() -> None:
    quote = only(gather(ABOUT, "召开听证会2次，代表均有代表性。"))
    assert quote.figure is not None


def test_the_figure_beside_the_subject_in_the_sentence_before_belongs_as_well() -> None:
    quote = only(gather(ABOUT, "召开听证会2次。代表均由群众推选。"))
    assert quote.figure is not None


# ---- topic ----

TOPIC = rule("召开听证会", topic=("听证",))


@pytest.mark.parametrize(
    ("lines", "stances"),
    [
        (["认真做好听证工作。"], []),
        (["全年组织听证2次，执法力量薄弱。"], []),
        (["全年组织听证2次。"], []),
        (["重大事项应当听证。"], []),
        (["县司法局组织听证2次。"], []),
        (["下一步将组织听证。"], [Stance.PLANNED]),
        ([SHORTCOMINGS, "听证不够规范。"], [Stance.ADMITTED]),
        (["全年未组织听证。"], [Stance.DENIED]),
    ],
)
def test_the_topic_suffices_only_for_a_plan_a_shortcoming_or_a_denial(
    lines: list[str], stances: list[Stance]
) -> None:
    assert [q.stance for q in gather(TOPIC, *lines).quotes] == stances


# ---- nil ----

NIL = rule("行政复议", nil=("复议 0件", "未收到…复议"), units=("件",))


@pytest.mark.parametrize("told", ["全年行政复议0件。", "全年行政复议０件。", "全年未收到行政复议申请。"])
def test_a_stated_zero_is_a_report_of_its_own_kind(told: str) -> None:
    quote = gather(NIL, told).quotes
    assert Stance.NIL in {q.stance for q in quote}


@pytest.mark.parametrize("told", ["全年行政复议30件。", "全年行政复议110件。", "全年行政复议300件。"])
def test_zero_does_not_stand_inside_a_greater_number(told: str) -> None:
    assert Stance.NIL not in {q.stance for q in gather(NIL, told).quotes}


@pytest.mark.parametrize(
    "lines",
    [
        ["县司法局行政复议0件。"],
        ["2021年行政复议0件。"],
        ["应当做到行政复议0件。"],
        ["下一步将做到行政复议0件。"],
        [PLAN, "行政复议0件。"],
        [SHORTCOMINGS, "未收到行政复议申请，渠道不畅。"],
    ],
    ids=["other unit", "other year", "recited", "planned", "plan", "shortcomings"],
)
def test_a_zero_that_is_not_this_units_and_years_is_none(lines: list[str]) -> None:
    assert Stance.NIL not in {q.stance for q in gather(NIL, *lines).quotes}


# ---- roles, whole section ----


def test_a_rule_with_roles_searches_only_there_and_takes_every_way_of_speaking() -> None:
    made = rule("执法力量", roles=("shortcomings",))
    lines = ["加强执法力量。", SHORTCOMINGS, "执法力量薄弱。", PLAN, "充实执法力量。"]
    evidence = gather(made, *lines)
    assert [(q.text, q.stance) for q in evidence.quotes] == [("执法力量薄弱。", Stance.ASSERTED)]
    assert evidence.searched == ("存在的不足",)


LEADERS = "二、党政主要负责人履行推进法治建设第一责任人职责情况"


def test_a_whole_section_shows_its_item_by_what_it_tells() -> None:
    made = rule("听证会", whole_section="first-responsible")
    evidence = gather(made, "办案3件。", LEADERS, "书记把普法任务逐条分解到人并且盯住不放。")
    assert [q.text for q in evidence.quotes] == ["书记把普法任务逐条分解到人并且盯住不放。"]


def test_a_whole_section_that_tells_only_of_plans_shows_nothing() -> None:
    made = rule("听证会", whole_section="first-responsible")
    assert gather(made, "办案3件。", LEADERS, "下一步将把普法任务逐条分解到人。").quotes == ()


# ---- figures ----

CASES = rule("调解纠纷", units=("件", "起", "%", "次", "名", "份"))


def figure(told: str, made: Rule = CASES) -> str | None:
    read = report(told)
    vocabulary = tuple(sorted({part for phrase in made.phrases() for part in phrase.parts()}))
    quotes = gather_mentions(item(made, figures=True), Passages(read, vocabulary)).quotes
    assert quotes, told
    place = quotes[0].figure
    return read.quote(place) if place else None


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("调解纠纷30件。", "30件"),
        ("调解纠纷３０件。", "３０件"),
        ("调解纠纷三十件。", "三十件"),
        ("调解纠纷30余件。", "30余件"),
        ("调解纠纷十余起。", "十余起"),
        ("调解纠纷2万余件。", "2万余件"),
        ("全年30件调解纠纷全部办结。", "30件"),
        ("调解纠纷的成功率98.5%。", "98.5%"),
    ],
)
def test_a_figure_is_a_number_with_one_of_the_rules_measure_words(told: str, shown: str) -> None:
    assert figure(told) == shown


@pytest.mark.parametrize("comma", [",", "，"])
def test_a_comma_inside_a_number_ends_no_clause(comma: str) -> None:
    assert figure(f"调解纠纷1{comma}200件。") == f"1{comma}200件"


def test_a_rate_in_words_is_a_figure() -> None:
    assert figure("调解纠纷成功率百分之九十八。") == "百分之九十八"


@pytest.mark.parametrize(
    "told",
    [
        "认真调解纠纷。",
        "调解纠纷工作覆盖15个村。",
        "调解纠纷3公里。",
        "第30件调解纠纷。",
        "3名村干部调解纠纷。",
    ],
    ids=["none", "villages", "another measure", "ordinal", "village cadres"],
)
def test_what_counts_something_else_is_no_figure(told: str) -> None:
    assert figure(told) is None


@pytest.mark.parametrize("place", ["村", "社区", "部门", "企业", "小区", "学校"])
def test_places_and_units_are_not_the_figure_of_a_doing(place: str) -> None:
    made = rule("调解纠纷", units=("个",))
    assert figure(f"在15个{place}调解纠纷。", made) is None
    assert figure("调解纠纷15个。", made) == "15个"


def test_a_rate_counts_only_where_the_rule_takes_rates() -> None:
    assert figure("调解纠纷率98%以上。", CASES) == "98%"
    assert figure("调解纠纷率98%以上。", rule("调解纠纷", units=("件",))) is None


def test_a_bare_number_at_the_end_of_the_clause_counts() -> None:
    assert figure("调解纠纷30。") == "30"
    assert figure("调解纠纷共30，办案3件。") == "30"


def test_a_day_tells_when_it_was_done() -> None:
    assert figure("5月20日调解纠纷。") == "5月20日"


def test_a_date_that_leads_the_clause_counts() -> None:
    assert figure("2023年5月20日，上门调解纠纷。") == "2023年5月20日，"
    assert figure("5月下旬，上门调解纠纷。") == "5月下旬，"


def test_a_year_alone_is_no_figure() -> None:
    assert figure("2023年，上门调解纠纷。") is None


def test_without_measure_words_no_number_is_a_figure() -> None:
    assert figure("调解纠纷30件。", rule("调解纠纷")) is None


def test_words_may_stand_for_a_figure() -> None:
    made = rule("调解纠纷", units=("件",), figure_words=("每季度", "全部"))
    assert figure("每季度调解纠纷。", made) == "每季度调解纠纷。"
    assert figure("认真调解纠纷。", made) is None


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("调解纠纷，共30件。", "30件"),
        ("调解纠纷，累计30件。", "30件"),
        ("调解纠纷，其中30件成功。", "30件"),
        ("调解纠纷，办结30件。", "30件"),
        ("调解纠纷，全年30件纠纷办结。", "30件"),
    ],
)
def test_a_figure_in_a_clause_that_goes_on_belongs(told: str, shown: str) -> None:
    assert figure(told) == shown


@pytest.mark.parametrize(
    "told",
    [
        "认真调解纠纷，另审查合同30份。",
        "认真调解纠纷，同时办理案件30件。",
        "认真调解纠纷，还审查合同30份。",
        "审查合同30份，认真调解纠纷。",
        "认真调解纠纷。审查合同30份。",
        "认真调解纠纷；审查合同30份。",
        "认真调解纠纷，审议合同30份，累计40份。",
    ],
    ids=["另", "同时", "还", "before", "next sentence", "semicolon", "behind another"],
)
def test_a_figure_of_another_doing_does_not_belong(told: str) -> None:
    assert figure(told) is None


def test_the_quotation_reaches_to_the_figure() -> None:
    quote = only(gather(CASES, "调解纠纷，累计办结30件，群众满意。"))
    assert quote.text == "调解纠纷，累计办结30件"


def test_a_rule_told_and_then_what_came_of_it_is_done() -> None:
    made = rule("审查", units=("件",))
    told = "未经审查不得上会，全年审查30件。"
    assert gather(made, told).quotes[0].stance is Stance.DONE


def test_a_rule_told_with_the_number_of_times_it_was_kept_is_done() -> None:
    made = rule("审查 不得", units=("件",))
    assert only(gather(made, "未经审查不得上会，累计审查30件。")).stance is Stance.DONE
    assert only(gather(made, "未经审查不得上会，重大事项30件应当上会。")).stance is Stance.RECITED


@pytest.mark.parametrize("joint", ["同时", "另", "此外"])
def test_a_clause_that_begins_something_else_does_not_go_on_though_it_names_the_same(joint: str) -> None:
    made = rule("调解 纠纷", units=("件",))
    assert figure("认真调解邻里纠纷，摸清纠纷30件。", made) == "30件"
    assert figure(f"认真调解邻里纠纷，{joint}摸清纠纷30件。", made) is None


@pytest.mark.parametrize(
    ("told", "figures", "lacking"),
    [
        ("认真调解纠纷。", True, ("数量、名称或日期",)),
        ("调解纠纷30件。", True, ()),
        ("认真调解纠纷。", False, ()),
        ("植树3000棵。", True, ("数量、名称或日期",)),
    ],
)
def test_a_missing_figure_is_named_where_one_is_expected(
    told: str, figures: bool, lacking: tuple[str, ...]
) -> None:
    assert gather(CASES, told, figures=figures).lacking == lacking


# ---- from the file to the evidence ----

TINY = """\
id: tiny
title: 小清单
version: "1"
basis: 无
wording: wording.yaml
groups:
  - id: decision
    title: 决策
    items:
      - id: decision.hearing
        title: 听证
        requirement: 应当写明听证情况。
        basis:
          - {document: 文件, clause: 一, summary: 听证。}
        levels: [township]
        figures: expected
        rule:
          mention: [<会> 召开|举行]
          topic: [听证]
          not: [信访]
          nil: [听证 0次]
          figures-in: [次]
        remedy: 建议补写：召开____次。
      - id: decision.county
        title: 县
        requirement: 只对县。
        basis:
          - {document: 文件, clause: 一, summary: 县。}
        levels: [county]
        figures: optional
        rule: {mention: [听证会]}
        remedy: 建议。
"""
SMALL_WORDING = """\
cues:
  heading-measures: [举措]
  done: [召开, 举行]
  institutions: [司法局]
  plan-open: [下一步]
synonyms:
  会: [听证会, 论证会]
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Checklist:
    (tmp_path / "wording.yaml").write_text(SMALL_WORDING, encoding="utf-8")
    (tmp_path / "tiny.yaml").write_text(TINY, encoding="utf-8")
    return load_checklist(tmp_path / "tiny.yaml")


def evidence_of(checklist: Checklist, *lines: str) -> dict[str, Evidence]:
    head = ("青麓镇2023年法治政府建设年度报告", "一、主要举措和成效")
    read = parse_report(tuple(Block(line) for line in (*head, *lines)), checklist.wording)
    return check_report(read, checklist)


@pytest.mark.parametrize(
    ("told", "stances", "figures"),
    [
        ("举行论证会3次。", [Stance.DONE], ["3次"]),
        ("召开论证会。", [Stance.DONE], [None]),
        ("召开信访听证会3次。", [], []),
        ("听证0次。", [Stance.NIL], [None]),
        ("下一步听证。", [Stance.PLANNED], [None]),
        ("听证。全年平稳有序。", [], []),
    ],
)
def test_a_checklist_in_a_file_is_what_is_searched_for(
    tiny: Checklist, told: str, stances: list[Stance], figures: list[str | None]
) -> None:
    evidence = evidence_of(tiny, told)["decision.hearing"]
    assert [q.stance for q in evidence.quotes] == stances
    assert [bool(q.figure) and q.stance is not Stance.NIL for q in evidence.quotes] == [
        bool(f) for f in figures
    ]


def test_only_items_for_the_reports_level_are_gathered(tiny: Checklist) -> None:
    assert set(evidence_of(tiny, "举行论证会3次。")) == {"decision.hearing"}


def test_every_quotation_of_a_check_has_its_text(tiny: Checklist) -> None:
    assert [q.text for q in evidence_of(tiny, "举行论证会3次。")["decision.hearing"].quotes] == [
        "举行论证会3次。"
    ]


def test_a_report_is_searched_for_the_words_of_the_whole_checklist(tiny: Checklist) -> None:
    assert set(tiny.vocabulary) == {"听证会", "论证会", "召开", "举行", "听证", "信访", "0次"}
    assert isinstance(tiny.groups[0], Group)
