"""Invented pairs of passages (改写): what was made from what, and what tells more."""

from __future__ import annotations

import pytest

from checker.compare.rewording import OlderText, bare, figures, rewordings

OLD = """\
一、主要举措
（一）开展普法宣传36次，受众4000余人。
建立重大行政决策公开制度，加强执法人员培训。
二、存在的不足
法律顾问参与行政决策论证、规范性文件审查等工作有待进一步加强。
三、下一步安排
下一步，将建立决策听证制度；拟召开听证会，听取群众意见。
"""


@pytest.fixture(scope="module")
def older() -> OlderText:
    return OlderText(OLD)


@pytest.mark.parametrize(
    "words",
    [
        "将建立决策听证制度。",
        "（三）将建立 决策听证制度；",
        "将建立决策听证制度，",
        "1.开展普法宣传36次，受众4000余人。",
        "建立重大行政决策公开制度。开展普法宣传36次，",
    ],
)
def test_words_that_only_moved_stand_in_the_older_text(older: OlderText, words: str) -> None:
    assert older.holds(words)
    assert not older.trace(words, lambda new, old: False).fresh


@pytest.mark.parametrize(
    "words",
    [
        "建立了决策听证制度。",
        "认真落实决策听证制度，",
        "全年进一步健全完善决策听证制度。",
        "2023年建立了决策听证制度。",
        "我镇召开了听证会，听取群众的意见。",
        "法律顾问积极参与行政决策论证、规范性文件审查等工作。",
        "执法人员培训得到加强。",
        "一是建立了一批决策听证制度。",
        "形成重大决策听证机制，",
        "召开了决策听证会。",
        "执法人员业务培训有序推进。",
        "建立决策听证制度，开展普法宣传36次。",
        "开展普法宣讲场次36，受众4000余人。",
    ],
)
def test_words_made_from_older_ones_tell_nothing_more(older: OlderText, words: str) -> None:
    trace = older.trace(words)
    assert trace.old
    assert not trace.fresh


@pytest.mark.parametrize(
    ("words", "old"),
    [
        ("召开听证会2次，听取群众意见。", "拟召开听证会，听取群众意见"),
        ("召开听证会两次，听取群众意见。", "拟召开听证会，听取群众意见"),
        ("3月15日召开了听证会，听取群众意见。", "拟召开听证会，听取群众意见"),
        ("建立了《青麓镇决策听证制度》。", "将建立决策听证制度"),
        ("加强执法人员培训3期。", "加强执法人员培训"),
    ],
)
def test_a_figure_a_date_or_a_name_makes_older_words_tell_more(
    older: OlderText, words: str, old: str
) -> None:
    trace = older.trace(words)
    assert trace.fresh
    assert old in trace.old


@pytest.mark.parametrize(
    "words",
    ["就集镇停车收费方案组织听证，", "配备执法记录仪6台。", "镇政府常务会议审议了规范性文件清理结果。"],
)
def test_words_of_their_own_are_fresh_and_made_from_nothing(older: OlderText, words: str) -> None:
    trace = older.trace(words)
    assert (trace.fresh, trace.old) == (True, "")


def test_words_on_another_matter_than_the_older_ones_are_fresh(older: OlderText) -> None:
    words = "建立重大行政决策评估制度。"
    assert not older.trace(words).fresh
    trace = older.trace(words, lambda new, old: "评估" in old)
    assert (trace.fresh, trace.old) == (True, "建立重大行政决策公开制度")


def test_a_figure_borrowed_from_other_words_is_no_new_one(older: OlderText) -> None:
    trace = older.trace("召开听证会，听取群众意见，宣传36次。")
    assert (trace.old, trace.fresh) == ("拟召开听证会，听取群众意见", False)


def test_figures_are_compared_by_value_and_bare_years_are_none() -> None:
    text = "2023年召开会议两次，第三次审议十二件，进一步培训3期，一个制度，合格率98.5%。"
    assert [value for value, _ in figures(text)] == ["2", "12", "3", "98.5%"]


def test_bare_words_keep_decimal_points_and_drop_list_numbers() -> None:
    assert bare("（一）投入１．５万元， 增长 ３％。") == "投入1.5万元增长3%"


def test_only_sentences_that_were_worded_anew_are_paired() -> None:
    new = OLD.replace("开展普法宣传36次", "今年开展了普法宣讲36次").replace(
        "公开制度", "公开制度。新设窗口9个"
    )
    pairs = rewordings(OlderText(OLD), OlderText(new))
    assert tuple(pairs[0]) == (
        "（一）开展普法宣传36次，",
        "（一）今年开展了普法宣讲36次，",
    )
    assert not any("窗口" in pair.new for pair in pairs)
    assert rewordings(OlderText(OLD), OlderText(OLD)) == ()


def test_a_long_text_without_a_full_stop_is_compared_all_the_same() -> None:
    old = "推进依法行政工作，" * 20_000
    assert not OlderText(old).trace("推进依法行政的工作").fresh


def test_sentences_joined_by_commas_stand_in_the_older_text(older: OlderText) -> None:
    words = "开展普法宣传36次，受众4000余人，建立重大行政决策公开制度，"
    assert older.holds(words)
    assert not older.trace(words, lambda new, old: False).fresh


def test_clauses_of_the_older_text_in_another_order_are_not_fresh(older: OlderText) -> None:
    trace = older.trace("受众4000余人，听取群众意见，开展普法宣传36次。", lambda new, old: False)
    assert (bool(trace.old), trace.fresh) == (True, False)


def test_a_comma_within_a_figure_parts_no_clauses() -> None:
    older = OlderText("受理申请15件。退回申请200份。")
    assert older.trace("受理申请1,200份。").fresh
