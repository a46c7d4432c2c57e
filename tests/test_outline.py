"""The outline (结构): headings on every level, what each section is for, sentences and their spans."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import ReadError
from checker.load import checklist_source, load_checklist
from checker.model.checklist import Wording
from checker.model.document import Block
from checker.model.report import Report, Role, Section, Span
from checker.parse import parse_report

WORDING: Wording = load_checklist(checklist_source(None)).wording
TITLE = "青麓镇2023年法治政府建设年度报告"
FACT = "全年召开听证会2次。"


def report(*lines: str | Block) -> Report:
    blocks = tuple(line if isinstance(line, Block) else Block(line) for line in (TITLE, *lines))
    return parse_report(blocks, WORDING)


def titles(read: Report) -> list[str]:
    return [section.title for section in read.walk() if section.title]


def roles(read: Report) -> dict[str, str]:
    return {section.title: section.role.value for section in read.walk() if section.title}


def role_of(read: Report, words: str) -> Role:
    """The role of the section in whose own sentences some words stand."""
    (found,) = [
        section.role
        for section in read.walk()
        if any(words in read.quote(sentence.span) for sentence in section.sentences)
    ]
    return found


def texts(read: Report) -> list[str]:
    return [read.quote(sentence.span) for section in read.walk() for sentence in section.sentences]


def shape(sections: tuple[Section, ...]) -> list[object]:
    """Titles, nested as the sections are."""
    return [[s.title, *shape(s.children)] for s in sections]


# ---- numbering ----


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("一、主要举措和成效", "主要举措和成效"),
        ("一. 主要举措和成效", "主要举措和成效"),
        ("十二、主要举措和成效", "主要举措和成效"),
        ("（一）主要举措和成效", "主要举措和成效"),
        ("(一)主要举措和成效", "主要举措和成效"),
        ("㈠主要举措和成效", "主要举措和成效"),
        ("1.主要举措和成效", "主要举措和成效"),
        ("１．主要举措和成效", "主要举措和成效"),
        ("1、主要举措和成效", "主要举措和成效"),
        ("（1）主要举措和成效", "主要举措和成效"),
        ("①主要举措和成效", "主要举措和成效"),
        ("壹、主要举措和成效", "主要举措和成效"),
        ("贰 主要举措和成效", "主要举措和成效"),
        ("第一部分 主要举措和成效", "主要举措和成效"),
        ("第三章 主要举措和成效", "主要举措和成效"),
        ("一、主要举措和成效：", "主要举措和成效"),
    ],
)
def test_a_number_of_any_kind_opens_a_section(heading: str, title: str) -> None:
    read = report(heading, FACT)
    assert titles(read) == [title]
    assert role_of(read, "听证会") is Role.MEASURES


def test_the_levels_of_numbering_nest() -> None:
    read = report(
        "第一部分 主要举措和成效", "一、依法决策", "（一）听证", "1.听证程序", "（1）听证公告", FACT,
        "（2）听证代表", FACT, "2.听证结果", FACT, "（二）论证", FACT, "二、依法执法", FACT,
        "第二部分 存在的不足", "宣传不够。",
    )  # fmt: skip
    assert shape(read.sections) == [
        [
            "主要举措和成效",
            [
                "依法决策",
                ["听证", ["听证程序", ["听证公告"], ["听证代表"]], ["听证结果"]],
                ["论证"],
            ],
            ["依法执法"],
        ],
        ["存在的不足"],
    ]


def test_what_stands_under_a_heading_takes_its_role_at_any_depth() -> None:
    read = report(
        "一、主要举措和成效", "（一）决策", "1.听证", FACT, "二、存在的不足", "（一）宣传", "1.形式单一。"
    )
    assert roles(read) == {
        "主要举措和成效": "measures", "决策": "measures", "听证": "measures",
        "存在的不足": "shortcomings", "宣传": "shortcomings",
    }  # fmt: skip
    assert role_of(read, "形式单一") is Role.SHORTCOMINGS


def test_a_skipped_number_is_no_lost_section() -> None:
    read = report("一、主要举措和成效", FACT, "三、存在的不足", "宣传不够。", "五、下一步打算", "加强宣传。")
    assert list(roles(read).values()) == ["measures", "shortcomings", "plan"]


def test_a_number_that_is_missing_on_one_heading_is_no_lost_section() -> None:
    read = report("一、主要举措和成效", FACT, "存在的不足", "宣传不够。", "三、下一步打算", "加强宣传。")
    assert list(roles(read).values()) == ["measures", "shortcomings", "plan"]


def test_headings_without_numbers_are_known_by_their_words() -> None:
    read = report("主要举措和成效", FACT, "存在的不足", "宣传不够。", "下一步打算：", "加强宣传。")
    assert roles(read) == {"主要举措和成效": "measures", "存在的不足": "shortcomings", "下一步打算": "plan"}


@pytest.mark.parametrize(
    "line", ["存在的不足，也是努力方向。", "主要表现在以下不足：", "主要成效如下：", "但不足仍然存在"]
)
def test_an_unnumbered_line_that_goes_on_is_no_heading(line: str) -> None:
    assert titles(report("一、主要举措和成效", line, FACT)) == ["主要举措和成效"]


def test_an_unnumbered_line_whose_words_say_nothing_is_no_heading() -> None:
    assert titles(report("一、主要举措和成效", "集镇面貌一新", FACT)) == ["主要举措和成效"]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_heading_that_the_file_declares_needs_no_number(level: int) -> None:
    read = report(Block("集镇面貌一新", level=level), FACT)
    assert titles(read) == ["集镇面貌一新"]


def test_a_row_of_a_table_is_never_a_heading() -> None:
    read = report(
        "一、主要举措和成效", Block("二、存在的不足", table=True), Block("1. 听证会\t2次", table=True)
    )
    assert titles(read) == ["主要举措和成效"]
    assert texts(read) == ["二、存在的不足", "1. 听证会\t2次"]


# ---- run-in headings ----


def test_a_heading_run_in_at_the_start_of_a_paragraph_is_cut_from_its_text() -> None:
    read = report("一、主要举措和成效", "（一）推进依法决策。全年召开听证会2次，论证会3次。")
    assert titles(read) == ["主要举措和成效", "推进依法决策"]
    assert texts(read) == ["全年召开听证会2次，论证会3次。"]


def test_a_part_may_be_run_in_as_well() -> None:
    read = report("一、主要举措和成效。全年召开听证会2次。", "二、存在的不足。宣传还不够。")
    assert role_of(read, "听证会") is Role.MEASURES
    assert role_of(read, "宣传还不够") is Role.SHORTCOMINGS


@pytest.mark.parametrize(
    "text",
    ["全年召开听证会2次，35人参加。", "已聘请法律顾问。全年出具意见12份。", "修订了制度。全年执行良好。"],
)
def test_a_numbered_sentence_that_tells_a_fact_is_text_and_no_heading(text: str) -> None:
    read = report("一、主要举措和成效", f"1.{text}", f"2.{text}")
    assert titles(read) == ["主要举措和成效"]
    assert "".join(texts(read)) == text * 2


def test_a_listed_announcement_is_a_heading_and_what_follows_is_not() -> None:
    read = report("一、主要举措和成效", "一是加强法治宣传。全年普法12次。二是规范执法，办案3件。")
    sentences = [s for section in read.walk() for s in section.sentences]
    assert [(read.quote(s.span), s.heading) for s in sentences] == [
        ("一是加强法治宣传。", True),
        ("全年普法12次。", False),
        ("二是规范执法，办案3件。", False),
    ]


# ---- lines ----

LONG = "全年就集镇改造、农贸市场搬迁、道路扩建和学校选址等重大行政决策事"


def test_a_line_that_a_pdf_broke_is_joined_with_the_next() -> None:
    read = report("一、主要举措和成效", LONG, "项召开听证会2次，采纳意见", "建议30条。")
    assert texts(read)[0].startswith(LONG + "\n项召开听证会2次")


def test_broken_lines_are_joined_whatever_their_width() -> None:
    lines = [
        "全镇就集镇改造等重大行政决策",
        "事项依法召开听证会并且认真听",
        "取代表意见建议和专家论证报告",
    ] * 5
    read = report("一、主要举措和成效", *lines, "全部采纳。")
    assert len(texts(read)) == 1


def test_a_complete_line_is_not_joined_with_the_next() -> None:
    assert texts(report("一、主要举措和成效", LONG + "项召开听证会2次。", FACT)) == [
        LONG + "项召开听证会2次。",
        FACT,
    ]


@pytest.mark.parametrize(
    "heading", ["（二）依法执法", "二、存在的不足", "1.依法执法", "第二部分 存在的不足", "一是依法执法。"]
)
def test_a_numbered_line_never_joins_the_line_before(heading: str) -> None:
    read = report("一、主要举措和成效", LONG, heading, FACT)
    assert any(read.text[section.heading.start :].startswith(heading) for section in read.walk()) or (
        heading in texts(read)
    )


def test_a_long_heading_does_not_swallow_the_text_below_it() -> None:
    heading = "二、坚持党建引领强化统筹协调全面推进依法行政持续优化法治化营商环境情况"
    read = report("一、主要举措和成效", FACT, heading, FACT)
    assert titles(read) == ["主要举措和成效", heading.removeprefix("二、")]
    assert texts(read) == [FACT, FACT]


def test_a_word_broken_by_a_line_end_stays_in_one_clause() -> None:
    read = report("一、主要举措和成效", LONG[:-2] + "前期已经召开听", "证会2次，采纳意见30条。")
    (sentence,) = [s for section in read.walk() for s in section.sentences]
    assert [read.quote(c.span) for c in sentence.clauses][-1] == "采纳意见30条。"
    assert "听\n证会2次" in read.quote(sentence.clauses[0].span)


# ---- roles by heading ----


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("2023年推进法治政府建设的主要举措和成效", Role.MEASURES),
        ("工作开展情况", Role.MEASURES),
        ("法治政府建设工作存在的不足和原因", Role.SHORTCOMINGS),
        ("存在的主要问题及困难", Role.SHORTCOMINGS),
        ("党政主要负责人履行推进法治建设第一责任人职责的情况", Role.FIRST_RESPONSIBLE),
        ("主要负责人履职情况", Role.FIRST_RESPONSIBLE),
        ("下一步工作安排", Role.PLAN),
        ("下一年度推进法治政府建设的主要安排", Role.PLAN),
        ("2024年工作安排", Role.PLAN),
        ("今后努力方向", Role.PLAN),
        ("存在的不足和下一步打算", Role.MIXED),
        ("存在问题及改进措施", Role.MIXED),
    ],
)
def test_the_words_of_a_heading_tell_what_the_part_is_for(heading: str, role: Role) -> None:
    read = report("一、总体情况", FACT, f"二、{heading}", "宣传还不够。", "下一步，加强宣传。")
    assert [s.role for s in read.sections][1] is role


@pytest.mark.parametrize(
    "heading", ["压紧压实安全生产第一责任人责任", "落实防汛第一责任人职责", "夯实意识形态第一责任"]
)
def test_a_first_responsible_person_for_something_else_is_not_that_part(heading: str) -> None:
    read = report("一、主要举措和成效", f"（一）{heading}", "全年检查企业30家，整改隐患87处。")
    assert Role.FIRST_RESPONSIBLE not in {section.role for section in read.walk()}


@pytest.mark.parametrize(
    "heading", ["着力解决突出问题", "制定年度工作计划", "聚焦短板弱项补齐制度", "解决历史存在的问题"]
)
def test_a_measure_that_only_uses_such_a_word_stays_a_measure(heading: str) -> None:
    read = report("一、主要举措和成效", f"（一）{heading}", "全年排查问题30个，印发计划1份。")
    assert {section.role for section in read.walk()} == {Role.MEASURES}


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("（二）存在的主要问题", Role.SHORTCOMINGS),
        ("（二）下一步工作打算", Role.PLAN),
        ("（二）主要负责人履行第一责任人职责情况", Role.FIRST_RESPONSIBLE),
    ],
)
def test_such_a_part_may_stand_inside_the_measures(heading: str, role: Role) -> None:
    read = report("一、法治政府建设工作情况", "（一）依法决策", FACT, heading, "加强宣传工作的力度。")
    assert role_of(read, "加强宣传") is role


def test_measures_named_inside_the_plan_are_still_plan() -> None:
    read = report("一、下一步工作安排", "（一）主要举措", "召开听证会。", "（二）针对宣传不足", "加强宣传。")
    assert {section.role for section in read.walk()} == {Role.PLAN}


def test_parts_may_come_in_any_order() -> None:
    read = report("一、存在的不足", "宣传不够。", "二、下一步打算", "加强宣传。", "三、主要举措和成效", FACT)
    assert [s.role for s in read.sections] == [Role.SHORTCOMINGS, Role.PLAN, Role.MEASURES]


def test_what_stands_before_the_first_heading_is_the_preamble() -> None:
    read = report("2023年，青麓镇推进各项工作，现将情况报告如下。", "一、主要举措和成效", FACT)
    assert [s.role for s in read.sections] == [Role.PREAMBLE, Role.MEASURES]


def test_other_matters_are_a_part_of_their_own() -> None:
    read = report(
        "一、主要举措和成效", FACT, "二、其他需要报告的事项", "本镇行政区划未作调整，机构编制亦无变动。"
    )
    assert read.sections[1].role is Role.OTHER


# ---- merged parts ----


def test_shortcomings_and_plan_under_one_heading_are_told_apart_by_paragraph() -> None:
    read = report(
        "一、主要举措和成效", FACT, "二、存在的不足和下一步打算",
        "当前，宣传还不够，力量薄弱。", "下一步，加强宣传，充实力量。", "同时建立台账。",
    )  # fmt: skip
    assert read.sections[1].role is Role.MIXED
    assert role_of(read, "力量薄弱") is Role.SHORTCOMINGS
    assert role_of(read, "充实力量") is Role.PLAN
    assert role_of(read, "建立台账") is Role.PLAN


def test_shortcomings_and_plan_under_one_heading_are_told_apart_by_subheading() -> None:
    read = report(
        "一、主要举措和成效", FACT, "二、存在问题及下一步工作计划",
        "（一）存在的问题", "宣传不够。", "（二）下一步工作计划", "加强宣传。",
    )  # fmt: skip
    assert role_of(read, "宣传不够") is Role.SHORTCOMINGS
    assert role_of(read, "加强宣传") is Role.PLAN


def test_a_merged_part_begins_with_the_shortcomings() -> None:
    read = report("一、主要举措和成效", FACT, "二、不足与打算", "普法形式单一。", "明年，丰富形式。")
    assert role_of(read, "形式单一") is Role.SHORTCOMINGS
    assert role_of(read, "丰富形式") is Role.PLAN


# ---- roles by content ----

LACKS = "普法宣传的形式比较单一，群众参与不够。执法力量比较薄弱，能力有待提高。"
PLANS = "将继续加强普法宣传，丰富形式。将进一步充实执法力量，配齐人员。"
DUTY = "党委书记、镇长切实履行推进法治建设第一责任人职责，亲自部署法治工作4次。"


@pytest.mark.parametrize(
    ("text", "role"), [(LACKS, Role.SHORTCOMINGS), (PLANS, Role.PLAN), (FACT * 3, Role.MEASURES)]
)
def test_under_an_unusual_heading_the_content_tells_what_the_part_is_for(text: str, role: Role) -> None:
    read = report("一、主要举措和成效", FACT, "二、静水流深", text)
    assert read.sections[1].role is role


@pytest.mark.parametrize(
    ("opening", "role"),
    [
        ("下一步，抓好普法宣传，丰富形式。", Role.PLAN),
        ("2024年，抓好普法宣传，丰富形式。", Role.PLAN),
        ("今后，抓好普法宣传，丰富形式。", Role.PLAN),
        ("当前，还存在宣传形式单一等问题。", Role.SHORTCOMINGS),
        ("在看到成绩的同时，普法宣传和群众期待还有距离。", Role.SHORTCOMINGS),
    ],
)
def test_under_an_unusual_heading_the_opening_may_announce_the_part(opening: str, role: Role) -> None:
    read = report("一、主要举措和成效", FACT, "二、静水流深", opening)
    assert read.sections[1].role is role


@pytest.mark.parametrize("heading", ["“关键少数”领跑法治路", "书记镇长抓在手上", "主官挂帅担责"])
def test_a_heading_that_hints_at_the_leaders_is_their_part_if_the_text_is_their_duty(heading: str) -> None:
    assert (
        report("一、主要举措和成效", FACT, f"二、{heading}", DUTY).sections[1].role is Role.FIRST_RESPONSIBLE
    )


def test_a_heading_that_hints_at_the_leaders_is_not_their_part_if_the_text_is_something_else() -> None:
    text = "书记带队检查集镇环境卫生30次，清运垃圾40吨。"
    assert report("一、主要举措和成效", FACT, "二、书记抓在手上", text).sections[1].role is Role.MEASURES


def test_a_report_without_any_heading_is_cut_where_a_paragraph_opens_the_next_part() -> None:
    read = report(
        "2023年，全镇就集镇改造和农贸市场搬迁召开听证会2次，审查合同61份，化解纠纷30件，普法12场，成效较好。",
        "全年办理行政处罚案件3件，均由持证人员办理并全部公示，没有发生一起因执法引起的复议和诉讼案件，群众满意。",
        "同时也存在不少不足，主要是宣传的形式单一。",
        "2024年，加强宣传。",
    )
    assert role_of(read, "听证会2次") is not Role.SHORTCOMINGS
    assert role_of(read, "处罚案件3件") is not Role.SHORTCOMINGS
    assert role_of(read, "形式单一") is Role.SHORTCOMINGS
    assert role_of(read, "加强宣传") is Role.PLAN


def test_a_short_paragraph_is_not_judged_by_the_opening_of_the_next() -> None:
    read = report("2023年，全镇召开听证会2次。", "但还存在宣传不够的问题。", "2024年，将加强宣传。")
    assert role_of(read, "听证会2次") is not Role.SHORTCOMINGS


def test_a_report_of_one_paragraph_without_heading_has_its_sentence() -> None:
    assert texts(report("全年召开听证会2次，办案3件。")) == ["全年召开听证会2次，办案3件。"]


# ---- nothing to check ----


@pytest.mark.parametrize("lines", [[], ["首页 > 政务公开"], ["无。"], ["", "　　"]])
def test_a_text_without_a_body_is_no_report(lines: list[str]) -> None:
    with pytest.raises(ReadError, match="没有读到报告正文"):
        report(*lines)


def test_the_level_that_is_asked_for_overrides_the_one_that_was_read() -> None:
    blocks = (Block(TITLE), Block("一、主要举措和成效"), Block(FACT))
    assert parse_report(blocks, WORDING).level == "township"
    assert parse_report(blocks, WORDING, level="county").level == "county"


# ---- whatever is read ----

LINES = st.sampled_from(
    [
        "", "　　", TITLE, "中共青麓镇委员会", "青麓镇人民政府", "关于2023年度法治政府建设情况的报告",
        "发布日期：2024-02-20", "首页 > 政务公开", "县人民政府：", "上一篇：通知", "2024年1月20日",
        "第一部分 主要举措和成效", "一、主要举措和成效", "二、存在的不足", "三、存在的不足和下一步打算",
        "四、党政主要负责人履行第一责任人职责情况", "五、静水流深", "五、书记抓在手上", "壹、下一步打算",
        "（一）依法决策", "（二）存在的问题", "㈢", "1.依法执法", "1.", "（1）", "①全年办案3件。", "一、",
        "（一）推进依法决策。全年召开听证会2次。", "一是加强宣传。全年普法１２次；二是办案3件；三是", "一是",
        "存在的不足", "下一步打算：", "下一步，将加强宣传。", "但还存在宣传不够的问题。", "2024年，将办案。",
        FACT, LONG, LACKS, PLANS, DUTY, "。", "，，：；！？", "《法治政府建设", "》“（", "去年，", "3",
        "全 年\u3000召 开\u00a0听证会，，２次。。", "# 一、总体情况", "## ", "1.2.3.", "听证会\t2次",
    ]
)  # fmt: skip
RANDOM = st.text(
    st.sampled_from("一二是（）()、.。，：；1２年第部分但将未 \u3000\t《》“”镇" + "听证会"), max_size=60
)
BLOCKS = st.lists(
    st.builds(
        Block,
        LINES | RANDOM,
        st.sampled_from([None, None, None, 1, 2, 6]),
        st.sampled_from([False] * 4 + [True]),
    ),
    max_size=30,
)


def pairs(section: Section) -> Iterator[tuple[Span, Span]]:
    """A section's span with everything that must lie inside it."""
    yield section.span, section.heading
    for sentence in section.sentences:
        yield section.span, sentence.span
        yield from ((sentence.span, clause.span) for clause in sentence.clauses)
    for child in section.children:
        yield section.span, child.span
        yield from pairs(child)


@settings(max_examples=250, deadline=None)
@given(BLOCKS, st.booleans())
def test_whatever_is_read_its_spans_are_in_order_and_inside_each_other(
    blocks: list[Block], titled: bool
) -> None:
    blocks = [Block(TITLE), *blocks] if titled else blocks
    try:
        read = parse_report(tuple(blocks), WORDING)
    except ReadError:
        return
    assert read.text == "\n".join(block.text for block in blocks)
    for section in read.sections:
        for outer, inner in pairs(section):
            assert outer.holds(inner), (read.quote(outer), read.quote(inner))
    spans = [s.span for section in read.walk() for s in section.sentences]
    assert all(0 <= span.start < span.end <= len(read.text) for span in spans)
    assert all(read.quote(span).strip() == read.quote(span) for span in spans)
    tops = [section.span for section in read.sections]
    assert all(a.end <= b.start for a, b in itertools.pairwise(tops))
    ordered = sorted(spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(ordered))
    for sentence in (s for section in read.walk() for s in section.sentences):
        clauses = [clause.span for clause in sentence.clauses]
        assert clauses, read.quote(sentence.span)
        assert all(a.end <= b.start for a, b in itertools.pairwise(clauses))
        assert (clauses[0].start, clauses[-1].end) == (sentence.span.start, sentence.span.end)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from([FACT, LACKS, PLANS, DUTY, "（一）依法决策", "二、存在的不足"]),
        min_size=1,
        max_size=12,
    )
)
def test_no_line_of_the_body_is_lost(lines: list[str]) -> None:
    read = report("一、主要举措和成效", *lines, FACT)
    headings = [section.heading for section in read.walk()]
    # under the plan and the shortcomings a heading is a sentence too: it tells what is planned or lacking
    covered = headings + [
        s.span
        for section in read.walk()
        for s in section.sentences
        if not any(heading.holds(s.span) for heading in headings if heading.end > heading.start)
    ]
    kept = "".join(read.quote(span) for span in sorted(covered))
    assert kept.replace("\n", "") == "".join(["一、主要举措和成效", *lines, FACT])


# ---- headings that name a part in other words ----


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("四、2024年的着力方向", "plan"),
        ("四、2024年要办的几件事", "plan"),
        ("二、问题与成因", "shortcomings"),
        ("二、还差在哪里，为什么", "shortcomings"),
        ("二、着力解决突出问题", "measures"),
        ("二、书记和镇长担的那份责任", "first-responsible"),
        ("二、镇长履行安全生产责任的情况", "measures"),
    ],
)
def test_a_part_is_known_by_what_its_heading_means(title: str, role: str) -> None:
    body = "执法案卷不够规范。镇长听取依法行政汇报2次，督促依法办案。"
    read = report("一、主要举措和成效", FACT, title, body)
    assert roles(read)[title.split("、", 1)[1].replace("，", ",")] == role


def test_a_heading_for_the_causes_alone_gives_its_part_to_them() -> None:
    read = report(
        "一、主要举措",
        FACT,
        "二、存在的不足和原因",
        "（一）存在的不足",
        "案卷不够规范。",
        "（二）原因",
        "一是人手紧，一人多岗。",
    )
    assert roles(read)["存在的不足和原因"] == "shortcomings"
    assert roles(read)["原因"] == "causes"


def test_a_paragraph_among_the_measures_that_turns_to_what_is_lacking_tells_no_doing() -> None:
    read = report(
        "一、主要举措和成效", FACT, "同时，我们也清醒地看到，工作中还存在不少差距，听证会开得太少。"
    )
    assert role_of(read, "听证会2次") is Role.MEASURES
    assert role_of(read, "开得太少") is Role.SHORTCOMINGS


# ---- headings without numbers ----


def test_short_lines_over_paragraphs_are_headings_where_two_of_them_tell_their_part() -> None:
    read = report(
        "这一年做了哪些事", FACT, "差在哪儿，为什么差", "案卷不够规范。", "明年准备怎么干", "再办两期培训。"
    )
    assert roles(read) == {
        "这一年做了哪些事": "measures",
        "差在哪儿,为什么差": "shortcomings",
        "明年准备怎么干": "plan",
    }


def test_ordinals_under_headings_without_numbers_are_a_list() -> None:
    read = report(
        "工作开展情况",
        FACT,
        "存在的主要问题",
        "第一，案卷不规范。",
        "第二，人手紧张。",
        "下一步打算",
        "办培训。",
    )
    assert titles(read) == ["工作开展情况", "存在的主要问题", "下一步打算"]
    assert role_of(read, "案卷不规范") is Role.SHORTCOMINGS


@pytest.mark.parametrize(
    "lines",
    [
        ("群众说了算", FACT, "一件件办好", FACT),  # none tells its part
        ("以下数据截至年底", "受理信访", FACT, "存在的问题", "案卷不规范。"),  # no paragraph between
    ],
)
def test_other_short_lines_are_text(lines: tuple[str, ...]) -> None:
    assert lines[0] not in titles(report("一、主要举措和成效", FACT, *lines))


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("二、问题短板和原因剖析", "shortcomings"),
        ("二、存在不足及成因分析", "shortcomings"),
        ("二、存在问题的原因分析", "causes"),
    ],
)
def test_a_heading_that_names_faults_and_causes_is_for_both(title: str, role: str) -> None:
    read = report("一、主要举措和成效", FACT, title, "案卷不够规范，主要原因是人手紧。")
    assert roles(read)[title.removeprefix("二、")] == role
