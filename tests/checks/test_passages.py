"""Where a phrase stands (短语): its words in any order, near each other, in one sentence, in or out of 《》."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.checks.passages import GAP, NEAR, Passages
from checker.load import checklist_source, load_checklist
from checker.load.checklist import parse_phrase
from checker.model.checklist import Wording
from checker.model.document import Block
from checker.model.report import Report
from checker.model.text import fold
from checker.parse import parse_report

WORDING: Wording = load_checklist(checklist_source(None)).wording
SYNONYMS = {"会议": ("听证会", "论证会"), "空": ()}


def report(*lines: str) -> Report:
    head = ("青麓镇2023年法治政府建设年度报告", "一、主要举措和成效")
    return parse_report(tuple(Block(line) for line in (*head, *lines)), WORDING)


def passages(*lines: str, words: tuple[str, ...] = ()) -> Passages:
    vocabulary = {part for text in words for part in parse_phrase(text, SYNONYMS).parts()}
    return Passages(report(*lines), tuple(sorted(vocabulary)))


def found(phrase: str, *lines: str) -> list[str]:
    """What a phrase finds: from its first word to its last, as the report has it."""
    read = report(*lines)
    parsed = parse_phrase(phrase, SYNONYMS)
    searched = Passages(read, tuple(parsed.parts()))
    return [read.quote(searched.span(match.start, match.end)) for match in searched.find(parsed)]


def holds(phrase: str, sentence: str) -> bool:
    return bool(found(phrase, sentence))


# ---- words ----


@pytest.mark.parametrize(
    ("phrase", "sentence", "holding"),
    [
        ("听证会", "召开听证会2次。", True),
        ("听证会", "召开论证会2次。", False),
        ("召开 听证会", "召开听证会2次。", True),
        ("听证会 召开", "召开听证会2次。", True),
        ("召开 听证会 代表", "召开听证会2次，35名代表参加。", True),
        ("召开 听证会 代表", "召开听证会2次。", False),
        ("听证会|论证会", "召开论证会2次。", True),
        ("听证会|论证会", "召开座谈会2次。", False),
        ("召开|举行 听证会|论证会", "举行论证会2次。", True),
        ("<会议> 召开", "召开论证会2次。", True),
        ("<会议>|座谈会 召开", "召开座谈会2次。", True),
        ("<会议> 召开", "召开座谈会2次。", False),
    ],
)
def test_all_words_are_wanted_in_any_order_and_of_each_any_alternative(
    phrase: str, sentence: str, holding: bool
) -> None:
    assert holds(phrase, sentence) is holding


def test_words_in_two_sentences_do_not_meet() -> None:
    assert not holds("召开 听证会", "召开会议。听证会已办。")
    assert not holds("召开 听证会", "召开会议；听证会已办。")


def test_words_on_two_sides_of_a_heading_do_not_meet() -> None:
    assert found("决策 听证会", "（一）重大决策", "听证会2次。") == []


@pytest.mark.parametrize(("between", "holding"), [(NEAR - 5, True), (NEAR - 4, False)])
def test_words_too_far_from_each_other_do_not_meet(between: int, holding: bool) -> None:
    assert holds("召开 听证会", f"召开{'民' * between}听证会2次。") is holding


@pytest.mark.parametrize(("between", "holding"), [(0, True), (GAP, True), (GAP + 1, False)])
def test_dots_want_their_words_in_this_order_and_close(between: int, holding: bool) -> None:
    assert holds("召开…听证会", f"召开{'民' * between}听证会2次。") is holding


def test_dots_do_not_turn_round() -> None:
    assert not holds("召开…听证会", "听证会如期召开。")


def test_dots_chain() -> None:
    assert holds("就…召开…会", "就集镇改造召开了一次会。")
    assert not holds("就…召开…会", "召开会议就集镇改造讨论。")


def test_dots_do_not_reach_into_the_next_sentence() -> None:
    assert not holds("召开…听证会", "会议召开。听证会已办。")
    assert not holds("召开…听证会", "听证会后召开。听证会已办。")


def test_of_several_places_those_that_stand_closest_are_quoted() -> None:
    assert found("召开 听证会", "召开班子会议研究事项，另外按期召开听证会2次。") == ["召开听证会"]


def test_words_in_one_clause_win_over_words_across_a_comma() -> None:
    assert found("听证会 代表", "听证会已开，代表好，办听证会代表来。") == ["听证会代表"]


def test_every_sentence_that_holds_a_phrase_is_found_in_order() -> None:
    searched = passages("召开听证会2次。举行论证会。再次召开听证会。", words=("听证会",))
    matches = searched.find(parse_phrase("听证会", {}))
    assert [match.passage for match in matches] == [searched.items[0], searched.items[2]]


def test_each_clause_that_holds_a_phrase_is_found() -> None:
    assert found("听证会 次", "召开听证会2次，全镇平稳，又开听证会3次。") == ["听证会2次", "听证会3次"]


def test_the_same_words_are_found_in_either_width_and_across_a_line_end() -> None:
    assert holds("3D打印 12件", "采用３Ｄ打印１２件。")
    assert holds("听证会", "全年就集镇改造和农贸市场搬迁等重大行政决策事项依法召开听\n证会2次。")
    assert holds("听证会", "召开 听 证\u3000会2次。")


def test_a_quotation_is_the_reports_own_characters() -> None:
    assert found("听证会 12次", "召开听 证会共１２次。") == ["听 证会共１２次"]


# ---- titles ----


@pytest.mark.parametrize(
    ("phrase", "sentence", "holding"),
    [
        ("听证", "印发《青麓镇听证办法》。", False),
        ("《听证", "印发《青麓镇听证办法》。", True),
        ("《听证", "召开听证会2次。", False),
        ("听证", "召开听证会2次，印发《青麓镇听证办法》。", True),
        ("印发 《听证", "印发《青麓镇听证办法》。", True),
        ("《青麓…办法", "印发《青麓镇听证办法》。", True),
        ("《青麓…办法", "青麓镇听证办法已印发。", False),
        ("听证|《听证", "印发《青麓镇听证办法》。", True),
        ("青麓…印发", "《青麓镇办法》印发。", True),
        ("听证", "印发《青麓镇听证办法，全面执行。", False),
        ("听证", "印发《青麓镇办法，全面听证。", True),
    ],
)
def test_a_word_is_looked_for_outside_titles_and_one_with_the_mark_only_inside(
    phrase: str, sentence: str, holding: bool
) -> None:
    assert holds(phrase, sentence) is holding


# ---- numbers ----


@pytest.mark.parametrize(
    ("sentence", "holding"),
    [
        ("收到复议0件。", True),
        ("收到复议０件。", True),
        ("收到复议30件。", False),
        ("收到复议3.0件。", False),
        ("收到复议30件，应诉0件。", True),
    ],
)
def test_a_number_does_not_stand_inside_a_longer_one(sentence: str, holding: bool) -> None:
    assert holds("0件", sentence) is holding


# ---- ranges ----


@pytest.mark.parametrize(
    ("phrase", "part", "holding"),
    [
        ("听证会", "听证会", True),
        ("听证会", "听证", False),
        ("召开 听证会", "召开听证会", True),
        ("召开 听证会", "听证会2次", False),
        ("听证会 全年", "召开听证会2次", False),
    ],
)
def test_a_phrase_stands_in_a_range_only_if_all_its_words_do(phrase: str, part: str, holding: bool) -> None:
    searched = passages("全年召开听证会2次。", words=(phrase,))
    start = searched.search.text.index(part)
    assert searched.holds(parse_phrase(phrase, {}), start, start + len(part)) is holding


def test_a_range_may_reach_over_two_sentences() -> None:
    searched = passages("编制目录1份。均已公开。", words=("目录 公开",))
    start, end = searched.search.text.index("编制"), searched.search.text.index("公开。") + 3
    assert searched.holds(parse_phrase("目录 公开", {}), start, end)
    assert not searched.holds(parse_phrase("目录 公开", {}), start, end - 4)


def test_only_the_asked_sentences_are_searched() -> None:
    searched = passages("召开听证会2次。再次召开听证会。", words=("听证会",))
    phrase = parse_phrase("听证会", {})
    assert len(searched.find(phrase)) == 2
    assert [m.passage for m in searched.find(phrase, 0b10)] == [searched.items[1]]


def test_weak_sentences_are_those_with_a_plan_a_shortcoming_or_a_denial() -> None:
    searched = passages("召开听证会。", "未聘顾问。", "将开展培训。", "宣传不够。", "重大决策应当公开。")
    assert f"{searched.weak_mask:05b}"[::-1] == "01110"


def test_a_mere_announcement_is_not_in_the_text_but_can_be_found() -> None:
    searched = passages("一是加强法治宣传。全年普法12次。", words=("法治宣传",))
    phrase = parse_phrase("法治宣传", {})
    assert len(searched.find(phrase)) == 1
    assert searched.find(phrase, searched.text_mask) == []


# ---- where ----


def test_a_passage_knows_its_headings_and_shows_the_last_two() -> None:
    searched = passages("（一）依法决策", "1.组织听证", "召开听证会2次。")
    (passage,) = searched.items
    assert passage.path == "依法决策 / 组织听证"
    assert passage.headings == "主要举措和成效依法决策组织听证"


def test_a_paragraph_begins_with_its_first_sentence_only() -> None:
    searched = passages("（一）依法决策", "召开听证会。请专家论证。", "（二）执法", "办案3件。")
    assert [passage.first for passage in searched.items] == [True, False, True]


def test_each_paragraph_of_a_section_begins_anew() -> None:
    searched = passages("召开听证会。", "请专家论证。")
    assert [passage.first for passage in searched.items] == [True, True]


def test_headings_are_no_sentences() -> None:
    searched = passages("（一）依法决策", "召开听证会2次。")
    assert searched.at(searched.search.text.index("依法决策")) == -1
    assert searched.at(searched.search.text.index("听证会")) == 0


def test_what_was_searched_is_named_once_and_by_role() -> None:
    searched = passages("召开听证会。", "办案3件。", "二、存在的不足", "宣传不够。")
    assert searched.searched(()) == ("主要举措和成效", "存在的不足")
    assert searched.searched(("shortcomings",)) == ("存在的不足",)
    assert searched.searched(("plan",)) == ()


def test_sentences_without_a_heading_are_named_the_body() -> None:
    blocks = (Block("青麓镇2023年法治政府建设年度报告"), Block("全年召开听证会2次。"))
    assert Passages(parse_report(blocks, WORDING), ()).searched(()) == ("正文",)


# ---- whatever is searched ----

PIECES = st.lists(
    st.sampled_from(
        ["召开", "听证会", "论证", "《", "》", "，", "。", "；", "1", "2次", " ", "１", "的", "民"]
    ),
    max_size=25,
)


@given(PIECES, st.sampled_from(["召开 听证会", "召开…听证会", "《听证会", "听证会|论证 2次", "1 2次", "2次"]))
def test_what_a_phrase_finds_holds_all_its_words(pieces: list[str], phrase: str) -> None:
    text = "全年" + "".join(pieces) + "办理事项。"
    parsed = parse_phrase(phrase, {})
    for quoted in found(phrase, text):
        bare = fold(quoted).replace(" ", "")
        assert len(bare) <= NEAR
        assert all(
            any(all(part in bare for part in c.removeprefix("《").split("…")) for c in word.choices)
            for word in parsed.words
        )
