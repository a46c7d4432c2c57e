"""Pages: marks into lines, paragraphs, columns and tables, wherever the marks come from."""

from __future__ import annotations

import time
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.readers.layout import Mark, Page, Rule, read_pages

WIDTH, HEIGHT, LEFT, SIZE, PITCH = 595.0, 842.0, 80.0, 16.0, 28.0
FULL = 27  # characters of a full line
TEXT = "全面落实行政执法公示制度和全过程记录制度并且组织领导干部集中学法"


def line(text: str, row: float, *, indent: float = 0, size: float = SIZE, step: float = 0) -> list[Mark]:
    """The marks of a line, one for each character; `step` is added between them."""
    marks, x, y = [], LEFT + indent * size, 100 + row * PITCH
    for character in text:
        width = size if character > "\u2e7f" else size / 2
        marks.append(Mark(character, x, y - size * 0.88, x + width, y + size * 0.12))
        x += width + step
    return marks


def paragraph(length: int, row: int, *, indent: int = 2) -> tuple[str, list[Mark]]:
    """A paragraph of so many characters, set from a row on, and its marks."""
    text = (TEXT * 9)[: length - 1] + "。"
    first = FULL - indent
    rows = [text[:first], *(text[i : i + FULL] for i in range(first, length, FULL))]
    marks = line(rows[0], row, indent=indent)
    for i, part in enumerate(rows[1:], row + 1):
        marks += line(part, i)
    return text, marks


def page(*parts: Sequence[Mark], rules: Sequence[Rule] = ()) -> Page:
    return Page(WIDTH, HEIGHT, [mark for part in parts for mark in part], rules)


def texts(*pages: Page) -> list[str]:
    return [block.text for block in read_pages(pages)[0]]


def test_lines_become_paragraphs_by_their_indents() -> None:
    (one, a), (two, b) = paragraph(60, 0), paragraph(FULL - 2, 3)
    three, c = paragraph(40, 4)
    assert texts(page(a, b, c)) == [one, two, three]


def test_lines_become_paragraphs_by_short_last_lines_where_nothing_is_indented() -> None:
    (one, a), (two, b) = paragraph(60, 0, indent=0), paragraph(70, 3, indent=0)
    assert texts(page(a, b)) == [one, two]


def test_a_paragraph_torn_by_a_page_break_is_one_again() -> None:
    text, marks = paragraph(26 * FULL, 0)
    cut = 100 + 21.5 * PITCH
    first = [mark for mark in marks if mark.y1 < cut]
    rest = [
        mark._replace(y0=mark.y0 - 22 * PITCH, y1=mark.y1 - 22 * PITCH) for mark in marks if mark.y1 > cut
    ]
    blocks, _ = read_pages([page(first), page(rest)])
    assert [(block.text, block.page) for block in blocks] == [(text, 1)]


def test_short_lines_are_blocks_of_their_own() -> None:
    heads = ["一、工作情况", "二、存在问题", "三、下步打算"]
    assert texts(page(*(line(head, i) for i, head in enumerate(heads)))) == heads


def test_signature_and_date_at_the_right_stay_apart() -> None:
    text, marks = paragraph(50, 0)
    lines = [line("沙坡头区人民政府", 4, indent=18), line("2022年1月12日", 5, indent=19)]
    assert texts(page(marks, *lines)) == [text, "沙坡头区人民政府", "2022年1月12日"]


def test_a_hanging_number_belongs_to_its_text() -> None:
    one = line("1." + TEXT[: FULL - 1], 0) + line(TEXT[:20] + "。", 1, indent=2)
    two = line("2." + TEXT[: FULL - 1], 2) + line(TEXT[:9] + "。", 3, indent=2)
    assert texts(page(one, two)) == [f"1.{TEXT[:26]}{TEXT[:20]}。", f"2.{TEXT[:26]}{TEXT[:9]}。"]


def test_a_long_title_in_the_middle_is_one_block() -> None:
    text, marks = paragraph(80, 3)
    title = line(TEXT[:20], 0, size=22) + line("年度报告", 1, size=22, indent=8)
    assert texts(page(title, marks)) == [TEXT[:20] + "年度报告", text]


def test_a_title_broken_by_its_sense_is_one_block() -> None:
    text, marks = paragraph(80, 3)
    title = line("泠川县人民政府关于", 0, size=22, indent=5.3) + line("年度报告", 1.3, size=22, indent=7.8)
    assert texts(page(title, marks)) == ["泠川县人民政府关于年度报告", text]


def test_an_addressee_below_a_line_that_is_nearly_full_begins_a_block() -> None:
    head = TEXT[: FULL - 4]
    text, marks = paragraph(80, 2)
    assert texts(page(line(head, 0, indent=2), line("县委、县人民政府：", 1), marks)) == [
        head,
        "县委、县人民政府：",
        text,
    ]


def test_a_page_with_one_line_at_its_left_edge_has_the_edges_of_the_others() -> None:
    text, marks = paragraph(200, 0)
    items = [f"（{number}）{TEXT[:15]}；" for number in range(1, 8)]
    last, tail = paragraph(FULL + 3, 7)
    second = page(*(line(item, i, indent=2) for i, item in enumerate(items)), tail)
    assert texts(page(marks), second) == [text, *items, last]


def test_a_menu_in_the_margin_does_not_move_the_edge() -> None:
    (one, a), (two, b) = paragraph(250, 2), paragraph(250, 12)
    menu = [line(word, row, indent=-3) for row, word in enumerate(("首页", "概况"))]
    assert texts(page(*menu, a, b))[-2:] == [one, two]


def test_quotation_marks_keep_to_their_neighbours() -> None:
    first, rest = TEXT[: FULL - 5] + "。", "展“一二”活动。"
    assert texts(page(line(first, 0, indent=2), line(rest, 1))) == [first + rest]


def test_stretched_chinese_text_gets_no_spaces() -> None:
    assert texts(page(line("分散对齐的标题文字", 0, step=14))) == ["分散对齐的标题文字"]
    assert texts(page(line("关于2021年GDP的报告", 0, step=2))) == ["关于2021年GDP的报告"]


def test_latin_words_and_separate_items_are_parted() -> None:
    words = line("Open", 0) + line("Data", 0, indent=2.4)
    assert texts(page(words)) == ["Open Data"]
    items = line("索引号", 0) + line("发布日期", 0, indent=12)
    assert texts(page(items)) == ["索引号　发布日期"]


def test_a_superscript_and_a_slant_stay_in_their_line() -> None:
    raised = [Mark("2", 144, 84, 149, 93)]
    assert texts(page(line("面积一二", 0), raised, line("平方", 0, indent=4.5))) == ["面积一二2平方"]
    leaning = [
        mark._replace(y0=mark.y0 + i * 0.3, y1=mark.y1 + i * 0.3) for i, mark in enumerate(line(TEXT, 0))
    ]
    assert texts(page(leaning)) == [TEXT]


def test_characters_printed_twice_count_once() -> None:
    once = line("人人有责", 0)
    assert texts(page(once, [mark._replace(x0=mark.x0 + 0.5, x1=mark.x1 + 0.5) for mark in once])) == [
        "人人有责"
    ]


def pages_with(*numbers: str, header: str = "") -> list[Page]:
    return [
        page(paragraph(50, i)[1], line(number, 25, indent=12), line(header, -2.4, size=10))
        for i, number in enumerate(numbers)
    ]


def test_page_numbers_and_headers_stand_apart() -> None:
    for numbers in (
        ("— 1 —", "— 2 —"),
        ("- 1 -", "- 2 -"),
        ("第1页共2页", "第2页共2页"),
        ("1/2", "2/2"),
        ("1", "2"),
    ):
        blocks, apart = read_pages(pages_with(*numbers, header="法治政府建设年度报告"))
        assert [block.text for block in blocks] == [paragraph(50, 0)[0]] * 2
        assert {text.replace(" ", "") for text in apart} == {
            "法治政府建设年度报告",
            *(n.replace(" ", "") for n in numbers),
        }


def test_the_address_and_page_number_of_a_printed_web_page_stand_apart() -> None:
    pages = pages_with("http://www.x.gov.cn/a.html 1/2", "http://www.x.gov.cn/a.html 2/2")
    assert [block.text for block in read_pages(pages)[0]] == [paragraph(50, 0)[0]] * 2


def test_a_title_like_the_signature_is_no_header() -> None:
    unit, text = "瀼源县人民政府", paragraph(50, 0)[0]
    pages = [page(line(unit if i in (0, 4) else "", -1.5), paragraph(50, i + 1)[1]) for i in range(5)]
    assert texts(*pages) == [unit, *[text] * 4, unit, text]


def test_the_only_page_keeps_its_first_and_last_line() -> None:
    first, last = line("法治政府建设年度报告", -2.4), line("二〇二二年一月", 25)
    blocks, apart = read_pages([page(first, paragraph(50, 3)[1], last)])
    assert [blocks[0].text, blocks[-1].text, apart] == ["法治政府建设年度报告", "二〇二二年一月", ()]


def test_rows_that_differ_in_their_figures_are_no_footers() -> None:
    rows = [line(f"第{name}街道 立案{count}件", 24) for name, count in (("一", 12), ("一", 15), ("一", 18))]
    blocks, apart = read_pages([page(paragraph(50, i)[1], row) for i, row in enumerate(rows, 2)])
    assert apart == ()
    assert sum("立案" in block.text for block in blocks) == 3


def column(text: str, left: float, rows: int, width: int) -> list[Mark]:
    return [
        mark._replace(x0=mark.x0 + left, x1=mark.x1 + left)
        for row in range(rows)
        for mark in line(text[row * width : row * width + width], row * 0.7 + 2, size=10)
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = (TEXT * 20)[:392] + "左。", (TEXT * 20)[:192] + "右。"
    title = line("横跨两栏的标题文字横跨两栏的标题文字", 0, indent=4)
    found = texts(page(title, column(left, 0, 20, 20), column(right, 225, 10, 20)))
    assert found == ["横跨两栏的标题文字横跨两栏的标题文字", left, right]


def test_stops_that_hang_into_the_gutter_cross_no_column() -> None:
    left, right = (TEXT * 20)[:392] + "左。", (TEXT * 20)[:392] + "右。"
    marks = column(left, 0, 20, 20)
    hanging = [mark._replace(x1=mark.x1 + 6) if i % 40 == 19 else mark for i, mark in enumerate(marks)]
    assert texts(page(hanging, column(right, 225, 20, 20))) == [left, right]


def test_marks_of_several_characters_are_laid_out_alike() -> None:
    rows = [("张一明", "执法监督科科长", f"证号{i}", "城市管理") for i in range(8)]
    marks = [
        Mark(cell, 20 + 150 * c, 100 + 28 * r, 20 + 150 * c + 16 * len(cell), 116 + 28 * r)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
    ]
    assert texts(page(marks)) == ["　".join(row) for row in rows]


def test_a_list_without_lines_is_read_row_by_row() -> None:
    rows = [(f"张{name}明", "执法监督科科长", f"证号{i}") for i, name in enumerate("一二三四五六七八")]
    marks = [line(cell, r, indent=10 * c) for r, row in enumerate(rows) for c, cell in enumerate(row)]
    assert texts(page(*marks)) == ["　".join(row) for row in rows]


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def test_a_table_gives_a_block_for_each_row() -> None:
    cells = (
        line("项目", 0)
        + line("数量", 0, indent=10)
        + line("行政", 1)
        + line("复议", 2)
        + line("12件", 1, indent=10)
    )
    blocks, _ = read_pages([page(cells, rules=grid([75, 235, 400], [80, 110, 170]))])
    assert [(block.text, block.table) for block in blocks] == [("项目　数量", True), ("行政复议　12件", True)]


def test_merged_cells_hold_their_text_once() -> None:
    rules = [*grid([75, 400], [80, 110, 138, 166]), Rule(235, 110, 235, 166)]
    cells = (
        line("合并的表头", 0)
        + line("甲", 1)
        + line("一", 1, indent=10)
        + line("乙", 2)
        + line("二", 2, indent=10)
    )
    assert texts(page(cells, rules=rules)) == ["合并的表头", "甲　一", "乙　二"]


def test_a_table_without_side_lines_is_a_table() -> None:
    rules = [*grid([75, 400], [80, 110, 138])[:3], Rule(235, 80, 235, 138)]
    cells = line("甲", 0) + line("一", 0, indent=10) + line("乙", 1) + line("二", 1, indent=10)
    assert texts(page(cells, rules=rules)) == ["甲　一", "乙　二"]


def test_a_frame_around_text_is_no_table() -> None:
    text, marks = paragraph(60, 0)
    blocks, _ = read_pages([page(marks, rules=grid([70, 530], [70, 200]))])
    assert [(block.text, block.table) for block in blocks] == [(text, False)]


def test_small_type_with_numbers_in_a_table_stays_there() -> None:
    rules = grid([75, 110, 400], [80, 110, 138, 166])
    marks = [line(cell, r, size=12) for r, cell in enumerate(("序", "1", "2"))]
    marks += [line(cell, r, size=12, indent=4) for r, cell in enumerate(("项目", "复议", "应诉"))]
    assert texts(page(paragraph(50, 6)[1], *marks, rules=rules))[:3] == ["序　项目", "1　复议", "2　应诉"]


def test_the_head_that_a_table_repeats_on_a_new_page_counts_once() -> None:
    rules = grid([75, 235, 400], [80, 110, 138])
    head = line("项目", 0) + line("数量", 0, indent=10)
    pages = [
        page(head, line(a, 1), line(b, 1, indent=10), rules=rules) for a, b in (("甲", "一"), ("乙", "二"))
    ]
    assert texts(*pages) == ["项目　数量", "甲　一", "乙　二"]


def test_many_marks_take_no_more_than_their_share_of_time() -> None:
    begin = time.perf_counter()
    read_pages([page([Mark(chr(0x4E00 + i % 900), 100, 100, 116, 116) for i in range(50_000)])])
    assert time.perf_counter() - begin < 5


NUMBERS = st.floats(-900, 900) | st.sampled_from([0.0, float("nan"), float("inf"), 1e300])
MARKS = st.builds(Mark, st.sampled_from(["字", "a b", "—1—", " ", "1"]), NUMBERS, NUMBERS, NUMBERS, NUMBERS)
RULES = st.builds(Rule, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
PAGES = st.builds(Page, NUMBERS, NUMBERS, st.lists(MARKS, max_size=60), st.lists(RULES, max_size=20))


@settings(max_examples=100, deadline=None)
@given(st.lists(PAGES, max_size=3))
def test_any_marks_give_blocks(pages: list[Page]) -> None:
    blocks, apart = read_pages(pages)
    assert all(block.text for block in blocks) and all(apart)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=20))
def test_no_mark_is_lost(lengths: list[int]) -> None:
    rows = [line((TEXT * 2)[:length], i) for i, length in enumerate(lengths)]
    blocks, apart = read_pages([page(*rows)])
    assert sum(len(text.strip()) for text in (*apart, *(b.text for b in blocks))) == sum(map(len, rows))


def test_a_paragraph_above_two_columns_stays_whole() -> None:
    text, marks = paragraph(60, -2)
    left, right = (TEXT * 20)[:392] + "左。", (TEXT * 20)[:192] + "右。"
    assert texts(page(marks, column(left, 0, 20, 20), column(right, 225, 10, 20))) == [text, left, right]


def test_latin_words_at_the_ends_of_lines_are_joined() -> None:
    def rows(first: str, second: str) -> list[str]:
        return texts(page(line("字" * 20 + first, 0), line(second + "字" * 3, 1)))

    assert rows("open office", "rules") == ["字" * 20 + "open office rules" + "字" * 3]
    assert rows("共计12345678", "个") == ["字" * 20 + "共计12345678个" + "字" * 3]
