"""The masthead (版头): who reports, on which year, when; and which lines are checked."""

from __future__ import annotations

import datetime

import pytest

from checker.load import checklist_source, load_checklist
from checker.masthead import Line, Masthead, read_lines, read_masthead
from checker.model.checklist import Wording
from checker.model.document import Block
from checker.model.report import Report
from checker.parse import parse_report

WORDING: Wording = load_checklist(checklist_source(None)).wording
TITLE = "青麓镇2021年法治政府建设年度报告"
NAMELESS = "2021年法治政府建设年度报告"
YEARLESS = "青麓镇法治政府建设年度报告"
HEADING = "一、主要举措和成效"
FACT = "全年就集镇改造召开听证会2次，听取了35名代表的意见。"


def head(*lines: str) -> Masthead:
    return read_masthead(read_lines(tuple(Block(line) for line in lines)), WORDING)


def body(*lines: str) -> list[str]:
    return [line.text for line in head(*lines).body]


def report(*lines: str) -> Report:
    return parse_report(tuple(Block(line) for line in lines), WORDING)


def dated(*lines: str) -> list[tuple[str, str]]:
    return [(mark.kind, mark.date.isoformat()) for mark in head(*lines).dates]


# ---- title ----


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([TITLE], TITLE),
        (["青麓镇人民政府", "2021年法治政府建设情况报告"], "青麓镇人民政府2021年法治政府建设情况报告"),
        (
            ["青麓镇人民政府", "关于2021年度法治政府建设", "工作情况的报告"],
            "青麓镇人民政府关于2021年度法治政府建设工作情况的报告",
        ),
        (
            ["中共青麓镇委员会", "青麓镇人民政府", "2021年法治政府建设工作报告"],
            "中共青麓镇委员会青麓镇人民政府2021年法治政府建设工作报告",
        ),
        (
            [
                "青麓镇人民政府",
                "关于2021年度推进法治政府建设暨党政主要负责人履行推进法治建设第一责任人职责工作情况的报告",
            ],
            "青麓镇人民政府关于2021年度推进法治政府建设暨党政主要负责人履行推进法治建设第一责任人职责工作情况的报告",
        ),
        (["青麓镇 2021 年 法治政府建设年度报告"], TITLE),
        (["青麓镇２０２１年法治政府建设年度报告"], TITLE),
        (["青麓镇2021年依法行政工作总结"], "青麓镇2021年依法行政工作总结"),
    ],
    ids=[
        "one line",
        "two lines",
        "three lines",
        "joint",
        "long second line",
        "spaces",
        "full width",
        "summary",
    ],
)
def test_a_title_on_one_or_several_lines_is_found_whole(lines: list[str], title: str) -> None:
    read = head(*lines, HEADING, FACT)
    assert read.title == title
    assert next(line.text for line in read.body) == HEADING


@pytest.mark.parametrize("above", ["青麓镇人民政府", "清源市人民政府"])
def test_a_unit_over_a_title_that_names_its_own_is_no_part_of_it(above: str) -> None:
    title = "青麓镇人民政府2021年法治政府建设年度报告"
    assert head(above, title, HEADING, FACT).title == title


def test_the_title_keeps_its_place_in_the_text() -> None:
    read = report("首页 > 法治政府", "青麓镇人民政府", "2021年法治政府建设情况报告", HEADING, FACT)
    assert read.title_span is not None
    assert read.quote(read.title_span) == "青麓镇人民政府\n2021年法治政府建设情况报告"


def test_a_title_behind_navigation_and_metadata_is_found() -> None:
    assert head("首页 > 政务公开", "索引号：64-2021-1", TITLE, HEADING, FACT).title == TITLE


@pytest.mark.parametrize(
    "line",
    [
        "2021年，我镇向县政府提交了法治政府建设情况报告。",
        "一、法治政府建设情况",
        "学习《法治政府建设年度报告》",
    ],
    ids=["a sentence", "a numbered heading", "a document's name"],
)
def test_what_only_speaks_of_a_report_is_no_title(line: str) -> None:
    read = head(line, FACT)
    assert (read.title, read.title_span) == ("", None)


def test_a_report_without_a_title_is_read_from_its_first_line() -> None:
    assert body(HEADING, FACT)[0] == HEADING


@pytest.mark.parametrize("hashes", ["#", "##"])
def test_a_markdown_title_in_a_text_file_is_a_title_without_its_mark(hashes: str) -> None:
    text = f"{hashes} {TITLE}"
    read = report(text, f"## {HEADING}", FACT)
    assert read.title == TITLE
    assert read.title_span is not None and read.quote(read.title_span) == TITLE


def test_a_markdown_heading_in_a_text_file_declares_its_level() -> None:
    lines = read_lines((Block("### （一）决策"), Block("#不是标题")))
    assert [(line.text, line.level) for line in lines] == [("(一)决策", 3), ("#不是标题", None)]


# ---- lines ----


def test_lines_are_folded_and_carry_their_offsets_in_the_text() -> None:
    blocks = (Block("　　收到１２件。 "), Block(""), Block("\t办结", table=True))
    text = "\n".join(block.text for block in blocks)
    lines = read_lines(blocks)
    assert [line.text for line in lines] == ["收到12件。", "办结"]
    assert [text[line.span.start : line.span.end] for line in lines] == ["收到１２件。", "办结"]
    assert [line.table for line in lines] == [False, True]
    assert isinstance(lines[0], Line)


# ---- unit ----


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        (TITLE, "青麓镇"),
        ("青麓镇人民政府关于2021年度法治政府建设情况的报告", "青麓镇人民政府"),
        ("关于青麓镇2021年法治政府建设情况的报告", "青麓镇"),
        ("石河县青麓街道办事处2021年法治政府建设工作报告", "石河县青麓街道办事处"),
        ("石河县民族宗教事务局2021年法治政府建设年度报告", "石河县民族宗教事务局"),
        ("中共青麓镇委员会青麓镇人民政府2021年法治政府建设工作报告", "青麓镇人民政府"),
        ("中共青麓镇委 青麓镇人民政府关于2021年法治政府建设情况的报告", "青麓镇人民政府"),
        ("石河县人民政府法治政府建设情况报告", "石河县人民政府"),
    ],
)
def test_the_unit_stands_in_the_title(title: str, unit: str) -> None:
    assert head(title, HEADING, FACT).unit == unit


@pytest.mark.parametrize("party", ["中共青麓街道工作委员会", "中共青麓街道工委"])
def test_of_a_joint_title_the_government_is_the_unit(party: str) -> None:
    assert head(f"{party}青麓街道办事处2021年法治政府建设报告", HEADING, FACT).unit == "青麓街道办事处"


def test_without_a_unit_in_the_title_the_signature_names_it() -> None:
    read = head(NAMELESS, "来源：石河县人民政府", HEADING, FACT, "青麓镇人民政府", "2022年1月20日")
    assert read.unit == "青麓镇人民政府"


def test_without_title_and_signature_the_source_line_names_the_unit() -> None:
    assert head(NAMELESS, "来源：青麓镇人民政府 发布时间：2022-01-20", HEADING, FACT).unit == "青麓镇人民政府"


def test_the_judicial_bureau_that_published_the_page_is_not_taken_for_the_unit() -> None:
    read = head(NAMELESS, "来源：石河县司法局", "2021年，青麓镇坚持依法行政，召开听证会2次。")
    assert read.unit == "青麓镇"


@pytest.mark.parametrize("opening", ["2021年，青麓镇坚持依法行政。", "2021年度，青麓街道深入推进依法行政。"])
def test_without_all_these_the_opening_sentence_names_the_unit(opening: str) -> None:
    assert head(NAMELESS, opening, HEADING, FACT).unit in ("青麓镇", "青麓街道")


def test_a_report_that_names_nobody_has_no_unit() -> None:
    assert head(NAMELESS, HEADING, FACT).unit == ""


def test_the_administration_of_a_development_zone_is_a_unit() -> None:
    read = head("漱江经济开发区管委会2021年法治政府建设年度报告", HEADING, FACT)
    assert (read.unit, read.level) == ("漱江经济开发区管委会", "county")


# ---- level ----


@pytest.mark.parametrize(
    ("unit", "level"),
    [
        ("青麓镇", "township"),
        ("青麓镇人民政府", "township"),
        ("青麓回族乡", "township"),
        ("青麓苏木", "township"),
        ("青麓街道", "subdistrict"),
        ("青麓街道办事处", "subdistrict"),
        ("石河县", "county"),
        ("石河市人民政府", "county"),
        ("漱江区", "county"),
        ("漱江区司法局", "department"),
        ("石河县发展和改革委员会", "department"),
        ("石河市生态环境局青麓分局", "department"),
        ("石河县公安局交通警察大队", "department"),
    ],
)
def test_the_end_of_the_name_tells_the_level(unit: str, level: str) -> None:
    assert head(f"{unit}2021年法治政府建设年度报告", HEADING, FACT).level == level


@pytest.mark.parametrize(
    ("own", "level"),
    [
        ("我镇", "township"),
        ("我乡", "township"),
        ("我街道", "subdistrict"),
        ("我局", "department"),
        ("我县", "county"),
        ("我区", "county"),
    ],
)
def test_where_no_name_is_given_how_it_calls_itself_tells_the_level(own: str, level: str) -> None:
    assert (
        head(NAMELESS, HEADING, f"今年{own}召开听证会2次，{own}聘请法律顾问1名，受到全县表扬。").level
        == level
    )


def test_the_name_counts_more_than_how_others_are_called() -> None:
    told = "我县出台方案，我县召开会议，全县统一部署，青麓镇逐项落实。"
    assert head(TITLE, HEADING, told).level == "township"


# ---- year ----


@pytest.mark.parametrize(
    ("title", "lines", "year"),
    [
        (TITLE, ["2019年，全镇召开听证会2次。"], 2021),
        ("青麓镇二〇二一年法治政府建设年度报告", [FACT], 2021),
        ("青麓镇二○二一年度法治政府建设年度报告", [FACT], 2021),
        ("青麓镇二零一九年法治政府建设年度报告", [FACT], 2019),
        (YEARLESS, ["2021年，全镇召开听证会2次。"], 2021),
        (YEARLESS, ["二〇二一年，全镇召开听证会2次。"], 2021),
    ],
    ids=["title", "han title", "han circle", "han zero", "text", "han text"],
)
def test_the_year_stands_in_the_title_or_else_in_the_text(title: str, lines: list[str], year: int) -> None:
    assert head(title, HEADING, *lines).year == year


@pytest.mark.parametrize(
    ("date", "year"), [("2022-02-03", 2021), ("2022-06-30", 2021), ("2022-07-01", 2022), ("2022-12-30", 2022)]
)
def test_the_date_tells_the_year_where_nothing_else_does(date: str, year: int) -> None:
    assert head(YEARLESS, f"发布日期：{date}", HEADING, FACT).year == year


def test_without_any_year_there_is_none() -> None:
    assert head(YEARLESS, HEADING, FACT).year is None


# ---- dates ----


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("发布日期：2022-01-20", "published"),
        ("发布时间：2022年1月20日 10:30", "published"),
        ("公开日期：2022/1/20", "published"),
        ("时间：2022.01.20", "published"),
        ("来源：青麓镇人民政府 更新时间：２０２２－０１－２０", "published"),
        ("2022-01-20 来源：青麓镇人民政府", "published"),
        ("成文日期：2022-01-20", "written"),
        ("生成日期：2022年1月20日", "written"),
        ("印发日期：2022-01-20", "written"),
    ],
)
def test_a_label_tells_what_kind_of_date_it_is(line: str, kind: str) -> None:
    assert dated(TITLE, line, HEADING, FACT) == [(kind, "2022-01-20")]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2022年2月24日", "2022-02-24"),
        ("二〇二二年二月二十四日", "2022-02-24"),
        ("二○二二年十二月三十日", "2022-12-30"),
        ("二〇二二年一月十日", "2022-01-10"),
        ("二〇二二年三月二十日", "2022-03-20"),
    ],
)
def test_the_signature_is_a_date_of_its_own_kind(line: str, date: str) -> None:
    assert dated(TITLE, HEADING, FACT, "青麓镇人民政府", line) == [("signed", date)]


@pytest.mark.parametrize("attached", ["附件：青麓镇报告.docx", "附件1：统计表", "青麓镇2021年报告.pdf"])
def test_a_list_of_attachments_behind_the_signature_does_not_hide_its_date(attached: str) -> None:
    assert dated(TITLE, HEADING, FACT, "青麓镇人民政府", "2022年1月15日", attached) == [
        ("signed", "2022-01-15")
    ]


def test_dates_come_published_first_each_with_its_place() -> None:
    read = report(TITLE, "成文日期：2022-01-18", "发布日期：2022-02-03", HEADING, FACT, "2022年1月15日")
    assert [(mark.kind, read.quote(mark.span)) for mark in read.dates] == [
        ("published", "2022-02-03"),
        ("written", "2022-01-18"),
        ("signed", "2022年1月15日"),
    ]


def test_several_dates_on_one_line_keep_their_own_labels() -> None:
    line = "成文日期：2022-01-18 发布日期：2022-02-03"
    assert dated(TITLE, line, HEADING, FACT) == [("published", "2022-02-03"), ("written", "2022-01-18")]


def test_a_date_in_the_body_is_no_date_of_the_document() -> None:
    assert dated(TITLE, HEADING, "2021年3月5日，召开听证会1次，35名代表参加。", FACT) == []


@pytest.mark.parametrize("line", ["发布日期：2022-13-01", "发布日期：2022-02-30"])
def test_an_impossible_date_is_no_date(line: str) -> None:
    assert dated(TITLE, line, HEADING, FACT) == []


def test_dates_are_dates() -> None:
    assert head(TITLE, "发布日期：2022-01-20", HEADING, FACT).dates[0].date == datetime.date(2022, 1, 20)


# ---- source ----


def test_publisher_and_index_number_come_from_the_metadata() -> None:
    source = head(TITLE, "索引号：640502-002/2022-00012", "发布机构：青麓镇人民政府", HEADING, FACT).source
    assert (source.publisher, source.index_number) == ("青麓镇人民政府", "640502-002/2022-00012")


def test_the_source_names_the_lines_that_show_the_publication() -> None:
    read = report("首页 > 政务公开", TITLE, "发布时间：2022-01-20", HEADING, FACT)
    assert [read.quote(span) for span in read.source.spans] == ["首页 > 政务公开", "发布时间：2022-01-20"]


def test_a_signature_alone_shows_no_publication() -> None:
    assert head(TITLE, HEADING, FACT, "青麓镇人民政府", "2022年1月20日").source.spans == ()


# ---- what is checked ----

HEAD_LINES = [
    "您的位置：首页 > 政务公开 > 法治政府",
    "当前位置：首页>>信息公开",
    "索引号：640502-002/2022-00012",
    "发布机构：青麓镇人民政府",
    "信息来源：石河县司法局",
    "发布时间：2022-01-20 10:30",
    "字号：【大 中 小】",
    "【打印】 【关闭】",
    "2022-01-20",
    "分享到：",
    "有效性：有效",
]
TAIL_LINES = [
    "上一篇：关于开展普法活动的通知",
    "下一篇：没有了",
    "版权所有：石河县人民政府",
    "宁ICP备05000000号",
    "扫一扫在手机打开当前页",
    "【打印本页】 【关闭窗口】",
    "责任编辑：张三",
    "青麓镇人民政府",
    "2022年1月20日",
    "二〇二二年一月二十日",
    "（此件公开发布）",
]


@pytest.mark.parametrize("line", HEAD_LINES)
def test_navigation_and_metadata_before_and_behind_the_title_are_not_checked(line: str) -> None:
    assert body(line, TITLE, HEADING, FACT) == body(TITLE, HEADING, FACT)
    assert body(TITLE, line, HEADING, FACT) == body(TITLE, HEADING, FACT)


@pytest.mark.parametrize("line", TAIL_LINES)
def test_signature_and_navigation_at_the_end_are_not_checked(line: str) -> None:
    assert body(TITLE, HEADING, FACT, line) == body(TITLE, HEADING, FACT)


def test_a_whole_saved_page_leaves_only_its_report() -> None:
    assert body(*HEAD_LINES, TITLE, *HEAD_LINES[2:], HEADING, FACT, *TAIL_LINES) == body(TITLE, HEADING, FACT)


@pytest.mark.parametrize("line", ["浏览次数：123", "点击数：56 次", "阅读量：88"])
def test_counters_of_a_page_are_not_checked(line: str) -> None:
    assert body(TITLE, line, HEADING, FACT) == body(TITLE, HEADING, FACT)


SPEAKING = [
    "配备打印机3台，为群众免费打印材料30份。",
    "把依法行政放在首页位置，召开听证会2次。",
    "时间安排上做到早谋划、早部署，全年召开会议4次。",
    "依托微信公众号推送普法信息86条，浏览量3万人次。",
    "注册志愿者120名，登录平台服务群众300人次；",
    "联系我们村的律师1名，开展法律服务12次。",
]


@pytest.mark.parametrize("line", SPEAKING)
@pytest.mark.parametrize("place", ["first", "between", "last", "alone"])
def test_a_sentence_that_only_uses_a_word_of_the_page_is_never_lost(line: str, place: str) -> None:
    lines = {
        "first": [TITLE, line, HEADING, FACT],
        "between": [TITLE, HEADING, line, FACT],
        "last": [TITLE, HEADING, FACT, line],
        "alone": [TITLE, line],
    }[place]
    folded = read_lines((Block(line),))[0].text
    assert folded in body(*lines)


@pytest.mark.parametrize("rest", [[HEADING, FACT], []], ids=["first", "alone"])
def test_a_sentence_that_opens_like_a_label_is_never_lost(rest: list[str]) -> None:
    line = "办理时间:由15日压缩到3日,群众少跑了路。"
    assert line in body(TITLE, line, *rest)


@pytest.mark.parametrize("line", ["（三）推行服务事项一次打印", "3.优化首页服务专栏", "二、打印店专项执法"])
def test_a_numbered_heading_that_uses_a_word_of_the_page_is_never_lost(line: str) -> None:
    assert read_lines((Block(line),))[0].text in body(TITLE, HEADING, line, FACT)


def test_a_long_sentence_without_a_stop_is_not_lost_for_a_word_of_the_page() -> None:
    line = "为群众免费打印材料30份，就集镇改造召开听证会2次"
    assert body(TITLE, HEADING, line, FACT)[1] == "为群众免费打印材料30份,就集镇改造召开听证会2次"


@pytest.mark.parametrize("lines", [[HEADING, FACT], []], ids=["last line", "one-line body"])
def test_a_last_line_without_a_stop_is_not_lost_for_a_word_of_the_page(lines: list[str]) -> None:
    line = "全年就集镇改造召开听证会2次,为群众免费打印材料30份"
    assert line in body(TITLE, *lines, line)


def test_a_one_line_body_is_checked() -> None:
    assert body(TITLE, FACT) == [FACT.replace("，", ",")]


def test_a_table_at_the_end_is_checked() -> None:
    blocks = (Block(TITLE), Block(HEADING), Block(FACT), Block("听证会\t2次", table=True))
    assert read_masthead(read_lines(blocks), WORDING).body[-1].text == "听证会\t2次"


# ---- addressee ----


@pytest.mark.parametrize(
    "line",
    [
        "县人民政府：",
        "县委、县人民政府：",
        "区政府、区委依法治区办：",
        "镇党委、镇人大主席团：",
        "主送：县人民政府",
        "呈报：县委、县人民政府",
    ],
)
def test_an_addressee_is_taken_out_of_the_text(line: str) -> None:
    read = report(TITLE, line, HEADING, FACT)
    assert read.addressee is not None
    assert read.quote(read.addressee) == line
    assert line.replace("：", ":") not in body(TITLE, line, HEADING, FACT)


@pytest.mark.parametrize(
    "line",
    [
        "在县委、县政府领导下，现将情况报告如下：",
        "2021年，我镇向县人民政府作了如下汇报：",
        FACT,
    ],
)
def test_an_opening_that_names_the_government_is_no_addressee(line: str) -> None:
    assert head(TITLE, line, HEADING, FACT).addressee is None


def test_a_numbered_heading_that_names_the_government_is_no_addressee() -> None:
    assert head(TITLE, "一、落实县委、县政府部署：", FACT).addressee is None


def test_an_addressee_may_stand_at_the_foot() -> None:
    read = report(TITLE, HEADING, FACT, "报送：县人民政府、镇人大主席团")
    assert read.addressee is not None
    assert read.quote(read.addressee) == "报送：县人民政府、镇人大主席团"


# ---- wording decides ----


def test_the_words_of_a_page_are_those_of_the_wording_file() -> None:
    lines = read_lines(tuple(Block(line) for line in (TITLE, HEADING, FACT, "客服热线在线服务")))
    plain = read_masthead(lines, Wording({"noise": ()}))
    told = read_masthead(lines, Wording({"noise": ("客服热线",)}))
    assert (len(plain.body), len(told.body)) == (3, 2)


def test_a_letterhead_above_the_title_is_no_part_of_it() -> None:
    read = report(
        "青麓镇人民政府文件",
        "青政发〔2024〕19号",
        "青麓镇2023年度法治政府建设情况报告",
        "一、主要举措",
        "全年召开听证会2次。",
    )
    assert (read.title, read.year) == ("青麓镇2023年度法治政府建设情况报告", 2023)


@pytest.mark.parametrize(
    "title",
    [
        "2023年青麓镇法治政府建设年度报告",
        "关于2023年度青麓镇法治政府建设情况的报告",
        "2023年法治政府建设年度报告（青麓镇）",
    ],
)
def test_a_unit_behind_the_year_is_found(title: str) -> None:
    assert head(title, "一、主要举措", "全年召开听证会2次。").unit == "青麓镇"


def test_the_number_of_the_document_is_read_from_a_label_or_a_red_head() -> None:
    labelled = head(
        "发文字号：青政发〔2022〕3号　发布机构：青麓镇人民政府　来源：青麓发布", TITLE, HEADING, FACT
    )
    assert labelled.source.document_number == "青政发〔2022〕3号"
    assert (labelled.source.publisher, labelled.source.origin) == ("青麓镇人民政府", "青麓发布")
    red = head("青麓镇人民政府文件", "青政发〔2022〕3号", TITLE, HEADING, FACT)
    assert red.source.document_number == "青政发〔2022〕3号"
    assert head(TITLE, HEADING, FACT).source.document_number == ""


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        ("来源:青麓县司法局时间: 2022-03-08", "青麓县司法局"),
        ("日期:2022年11月03日 作者: 来源: 点击:[]", ""),
        ("来源： 浏览次数：318", ""),
        ("信息来源：青麓发布　浏览次数：318", "青麓发布"),
    ],
)
def test_a_label_without_a_value_does_not_take_the_next_label(line: str, origin: str) -> None:
    assert head(TITLE, line, HEADING, FACT).source.origin == origin
