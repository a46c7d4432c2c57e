"""The letter (函) and the notice (通知): what they say, and that nothing is lost or accused."""

from __future__ import annotations

import dataclasses
import datetime
import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from checker.errors import OutputError
from checker.model.assessment import Status
from checker.model.decision import Decision
from checker.model.report import Stance
from checker.renderers.letter import letter_context
from checker.renderers.merging import merged
from checker.renderers.word import WordTemplate
from tests.renderers.assessments import assessment, quote
from tests.renderers.letters import (
    BINDING,
    LETTER,
    NAME_40,
    NOTICE,
    UNIT_40,
    every_kind,
    gap,
    issuer,
    letter,
    maker,
    rendered,
    texts,
)

HOSTILE = "甲&乙<丙>{{ 7*7 }}{% raw %}%}]]>{_{ x }_}{#丁#}\"'&amp;戊"
NEVER = re.compile(r"未开展|未建立|未落实|没有开展|责令|必须|整改|问责|\[M\]|\[V\]")


def wording(data: bytes) -> str:
    return "\n".join(texts(data))


def rows(data: bytes, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(io.BytesIO(data)).tables[table].rows]


# --- what is asked -------------------------------------------------------------------------------


def test_each_kind_stands_under_its_own_heading_without_holes() -> None:
    told = [line for line in texts(rendered(every_kind())) if re.match("[一二三四五六]、", line)]
    assert told == [
        "一、报告未见反映的内容（1项）",
        "二、仅见于下一年安排或者仅作为不足提及的内容（1项）",
        "三、表述较笼统的内容（1项）",
        "四、与要求不一致的内容（1项）",
        "五、请予补充完善的方式",
    ]


def test_one_kind_is_told_in_a_sentence_without_headings() -> None:
    lines = texts(rendered(assessment(gap(1), gap(2, Status.MET))))
    assert not [line for line in lines if re.match("[一二三四五六]、", line)]
    assert any("报告未见反映的内容有：重大行政决策程序方面的“事项1”。" in line for line in lines)


def test_the_list_has_a_row_for_every_gap_in_the_order_of_the_letter() -> None:
    list_of_gaps = rows(rendered(every_kind(2)))[1:]
    assert [row[0] for row in list_of_gaps] == [str(number) for number in range(1, 9)]
    assert [row[4].split("：")[0] for row in list_of_gaps] == (
        ["未见反映"] * 2 + ["仅见于下一年安排"] * 2 + ["表述较笼统，未附数量"] * 2 + ["与要求不一致"] * 2
    )
    assert {row[6] for row in list_of_gaps} == {"2026年3月26日前"}
    receipt = rows(rendered(every_kind(2)), 2)[1:]
    assert [row[:2] for row in receipt] == [row[:2] for row in list_of_gaps]


def test_only_a_clause_that_binds_the_unit_stands_without_reference() -> None:
    clauses = rows(rendered(assessment(gap(1))))[1][2]
    assert clauses == "文件①第九条：“应当报告。”\n参照文件②二（一）：应当听证。"
    lines = wording(rendered(assessment(gap(1))))
    assert "根据《督察规定》，参照某区《意见》（2018年），" in lines
    assert "①《督察规定》；②某区《意见》（2018年）（参照）。" in lines


def test_where_nothing_binds_the_letter_only_refers() -> None:
    lines = wording(rendered(assessment(gap(1), level="subdistrict")))
    assert "根据" not in lines.replace("仅依据", "") and "参照某区《意见》（2018年）、《督察规定》，" in lines


def test_titles_side_by_side_stand_without_a_comma() -> None:
    bases = (BINDING, dataclasses.replace(BINDING, document="《处罚法》"))
    told = dataclasses.replace(gap(1), item=dataclasses.replace(gap(1).item, basis=bases))
    assert "根据《督察规定》《处罚法》，我局" in wording(rendered(assessment(told)))


def test_a_heading_without_a_second_has_no_number() -> None:
    assert "重大行政决策程序。事项1；事项5。" in texts(rendered(every_kind(2)))


def test_a_gap_tells_where_it_was_looked_for() -> None:
    everywhere, partly = gap(1), gap(2, searched=("主要举措",))
    told = [row[3] for row in rows(rendered(assessment(everywhere, partly)))[1:]]
    assert told == ["经查阅报告全文，未见有关表述。", "经查阅报告“主要举措”部分，未见有关表述。"]


@pytest.mark.parametrize(
    ("stances", "judgement"),
    [
        ([Stance.PLANNED], "仅见于下一年安排"),
        ([Stance.ADMITTED], "仅作为存在的不足提及"),
        ([Stance.PLANNED, Stance.ADMITTED], "仅见于下一年安排或者仅作为存在的不足提及"),
    ],
)
def test_a_plan_and_an_admission_are_told_apart(stances: list[Stance], judgement: str) -> None:
    quotes = [quote("拟召开听证会。", stance) for stance in stances]
    assert rows(rendered(assessment(gap(1, Status.DEFERRED, *quotes))))[1][4] == judgement


def test_what_the_report_does_say_is_never_called_missing() -> None:
    recited = gap(1, Status.UNMET, quote("全年召开听证会2次。", Stance.RECITED))
    row = rows(rendered(assessment(recited)))[1]
    assert row[3] == "“全年召开听证会2次。”（主要举措；转述要求）"
    assert row[4] == "仅见左列表述，未见符合本项要求的内容"
    assert "“事项1”（有相关表述，见附件1）" in wording(rendered(assessment(recited)))
    lines = wording(rendered(assessment(gap(1, contrary="发布日期早于报告年度结束"))))
    assert "未见反映" not in lines and "与要求不一致：发布日期早于报告年度结束" in lines


def test_what_the_report_says_was_not_done_is_told_as_its_own_words() -> None:
    denied = gap(1, Status.UNMET, quote("全年没有开过听证会。", Stance.DENIED))
    data = rendered(assessment(denied, gap(2)))
    lines = texts(data)
    assert [row[1::3] for row in rows(data)[1:]] == [["事项2", "未见反映"], ["事项1", "报告写明未做"]]
    assert lines.index("一、报告未见反映的内容（1项）") < lines.index("二、报告写明未做的内容（1项）")
    assert "报告写明未做的，请说明有关情况" in "".join(lines)
    assert "写明未做" not in wording(rendered(assessment(gap(1))))


def test_what_a_person_decided_is_marked_and_the_words_he_found_are_shown() -> None:
    quoting, silent = (
        Decision("反映不具体", "", quote, "李四", datetime.date(2026, 3, 1)) for quote in ("开过听证会", "")
    )
    found = dataclasses.replace(gap(1, Status.THIN), decision=quoting)
    told = dataclasses.replace(gap(2, Status.THIN), decision=silent)
    shown = [(row[3], row[4]) for row in rows(rendered(assessment(found, told)))[1:]]
    judged = "表述较笼统（经人工核对）"  # of the words he judged the program cannot tell what they lack
    assert shown == [("“开过听证会”", judged), ("见报告有关部分。", judged)]


def test_nothing_to_ask_is_no_letter() -> None:
    with pytest.raises(ValueError, match="nothing to ask"):
        rendered(assessment(gap(1, Status.MET), gap(2, Status.MANUAL)))


def test_the_list_shows_three_quotations_that_differ_and_tells_of_the_others() -> None:
    texts = ["拟召开听证会。", "拟召开听证会，", *(f"拟办听证{n}。" for n in "甲乙丙")]
    quotes = [quote(text, Stance.PLANNED) for text in texts] + [quote("听证不够。", Stance.ADMITTED)]
    told = rows(rendered(assessment(gap(1, Status.DEFERRED, *quotes))))[1][3]
    assert ["拟召开听证会" in told, "拟办听证甲" in told, "听证不够" in told] == [True] * 3
    assert "拟办听证乙" not in told and "另有2处类似表述" in told


def test_a_follow_up_thanks_for_what_was_supplied_and_asks_for_the_rest() -> None:
    told = assessment(gap(1), gap(2, Status.MET))
    data = rendered(told, supplied=[gap(2, Status.MET)])
    lines = wording(data)
    assert "关于继续补充完善青麓镇" in lines and "感谢你镇" in lines
    assert "“事项2”的内容，报告已作补充" in lines and "尚有1项内容请继续补充完善" in lines
    assert [row[1] for row in rows(data)[1:]] == ["事项1"]
    lines = wording(rendered(told, supplied=[gap(2, Status.MET), gap(3, Status.MET)]))
    assert "“事项2”“事项3”等2项内容，报告已作补充" in lines


# --- names, dates, numbers -----------------------------------------------------------------------


def test_number_date_and_deadline_are_those_given() -> None:
    lines = texts(rendered(every_kind()))
    assert lines.count("青司函〔2026〕12号") == 2  # the head, and the receipt
    assert "2026年3月5日" in lines
    assert "请于2026年3月26日前将补充完善后的报告" in "".join(lines)


def test_a_draft_leaves_space_and_makes_up_no_year() -> None:
    lines = texts(rendered(every_kind(), letter(draft="yes")))
    assert "青司函〔　　　　〕　　号" in lines and "　　　　年　　月　　日" in lines
    assert "请自本函成文之日起15个工作日内将" in "".join(lines)
    assert "2026" not in "".join(lines)


@pytest.mark.parametrize(
    ("addressee", "you"),
    [
        ("青麓镇人民政府", "你镇"),
        ("东区街道办事处", "你街道"),
        ("青原区人民政府", "你区"),
        ("青原区水务局", "你局"),
        ("青原区发展和改革委员会", "你委"),
        ("青原区政务服务中心", "你单位"),
    ],
)
def test_the_unit_is_addressed_by_its_kind(addressee: str, you: str) -> None:
    assert f"请{you}对照附件1逐项核对" in wording(rendered(every_kind(), letter(addressee)))


def test_a_report_without_title_and_year_is_named_without_them() -> None:
    lines = texts(rendered(assessment(gap(1), title="", year=None, dates=())))
    assert "青原区司法局关于补充完善青麓镇法治政府建设年度报告的函" in lines
    assert any("对你镇法治政府建设年度报告的文本进行了核对" in line for line in lines)


def test_without_copies_there_is_no_imprint_in_a_letter_and_one_line_in_a_notice() -> None:
    alone = letter(cc=(), office="青原区人民政府办公室")
    assert "抄送" not in wording(rendered(every_kind(), alone))
    lines = texts(rendered(every_kind(), alone, template=NOTICE))
    assert "抄送" not in "".join(lines)
    assert "青原区人民政府办公室" in lines and "2026年3月5日印发" in lines


def test_a_letter_and_a_notice_close_as_their_kind_does() -> None:
    assert "专此函达，请予函复。" in texts(rendered(every_kind()))
    notice = texts(rendered(every_kind(), template=NOTICE))
    assert "特此通知。" in notice and "青原区司法局文件" in notice
    assert "函" not in "".join(notice).replace("青司函", "")


@pytest.mark.parametrize("template", [LETTER, NOTICE])
def test_the_wording_asks_and_never_accuses(template: WordTemplate) -> None:
    for data in (rendered(every_kind(2), template=template), template.path.read_bytes()):
        assert not NEVER.findall(wording(data))


# --- hostile and long text -----------------------------------------------------------------------


def test_hostile_text_arrives_as_it_is() -> None:
    told = assessment(
        gap(1, Status.THIN, quote(HOSTILE, section=HOSTILE), lacking=(HOSTILE,)),
        gap(2, contrary=HOSTILE),
        unit=HOSTILE,
        title=HOSTILE,
    )
    data = rendered(told, letter(HOSTILE, body=HOSTILE, contact=HOSTILE, cc=(HOSTILE,)))
    lines = texts(data)
    assert lines[0] == HOSTILE and f"{HOSTILE}：" in lines and f"抄送：{HOSTILE}。" in lines
    assert f"“{HOSTILE}”（{HOSTILE}）" in lines
    assert any(line.startswith(f"{HOSTILE}关于补充完善{HOSTILE}2023年度") for line in lines)


@pytest.mark.parametrize("template", [LETTER, NOTICE])
def test_long_names_stand_whole_wherever_they_stand(template: WordTemplate) -> None:
    sent = letter(UNIT_40, body=NAME_40, cc=(NAME_40, UNIT_40))
    lines = texts(rendered(assessment(gap(1), unit=UNIT_40), sent, template=template))
    assert f"{NAME_40}{'' if template is LETTER else '文件'}" in lines
    assert NAME_40 in lines and f"{UNIT_40}：" in lines and f"抄送：{NAME_40}，{UNIT_40}。" in lines


# --- templates of users --------------------------------------------------------------------------


def own_template(folder: Path, *paragraphs: str, header: str = "") -> WordTemplate:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.save(str(folder / "own.docx"))
    return WordTemplate(folder / "own.docx")


def test_a_template_without_our_styles_is_filled_and_left_as_it_is(tmp_path: Path) -> None:
    template = own_template(tmp_path, "{{ issuer.body }}致{{ addressee }}", "{{ findings|length }}项")
    assert texts(rendered(every_kind(), template=template))[1:] == ["青原区司法局致青麓镇人民政府", "4项"]


# --- one file for printing -----------------------------------------------------------------------


def sections(data: bytes) -> list[tuple[str, str]]:
    found = []
    for section in Document(io.BytesIO(data)).element.body.iter(qn("w:sectPr")):
        numbers = section.find(qn("w:pgNumType"))
        kind = section.find(qn("w:type"))
        found.append(
            (
                "nextPage" if kind is None else kind.get(qn("w:val")),
                "" if numbers is None else numbers.get(qn("w:start")),
            )
        )
    return found


def three(template: WordTemplate) -> list[bytes]:
    names = ("青麓镇", "柏湾镇", "石桥镇")
    return [rendered(assessment(gap(1), unit=u), letter(f"{u}人民政府"), template=template) for u in names]


@pytest.mark.parametrize("template", [LETTER, NOTICE])
def test_merged_letters_are_all_there_in_their_order(template: WordTemplate) -> None:
    letters = three(template)
    together = [line for line in texts(merged(letters))[1:] if line]
    assert together == [line for one in letters for line in texts(one)[1:] if line]


def test_merged_notices_begin_on_odd_pages_as_page_one() -> None:
    assert sections(merged(three(NOTICE))) == [("oddPage", "1")] * 3


def test_a_blank_even_page_stands_before_a_letter_whose_first_page_has_a_head() -> None:
    blank, begun = ("evenPage", ""), ("nextPage", "1")
    assert sections(merged(three(LETTER))) == [begun, blank, begun, blank, begun]
    document = Document(io.BytesIO(merged(three(LETTER))))
    for section in (document.sections[1], document.sections[3]):
        assert not section.header.paragraphs[0].text and not section.even_page_footer.paragraphs[0].text
    assert document.sections[4].first_page_header.paragraphs[0].text == "青原区司法局"


def test_headers_that_differ_stay_with_their_letters(tmp_path: Path) -> None:
    template = own_template(tmp_path, "{{ addressee }}", header="致{{ addressee }}")
    document = Document(io.BytesIO(merged(three(template))))
    heads = [section.header.paragraphs[0].text for section in document.sections]
    assert heads == ["致青麓镇人民政府", "致柏湾镇人民政府", "致石桥镇人民政府"]


def test_letters_with_other_pictures_or_links_are_refused() -> None:
    one, other = three(NOTICE)[:2]
    document = Document(io.BytesIO(other))
    link = document.part.relate_to("https://example.invalid/", "urn:link", is_external=True)
    document.element.body[0].set(qn("r:id"), link)
    changed = io.BytesIO()
    document.save(changed)
    with pytest.raises(OutputError, match="--merge"):
        merged([one, changed.getvalue()])


def test_the_same_letters_give_the_same_bytes() -> None:
    assert merged(three(LETTER)) == merged(three(LETTER))
    with zipfile.ZipFile(io.BytesIO(merged(three(LETTER)))) as archive:
        assert archive.testzip() is None


# --- the templates -------------------------------------------------------------------------------


@pytest.mark.parametrize("stored", [LETTER.path, NOTICE.path])
def test_the_template_is_what_its_script_makes(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = io.BytesIO()
    maker("make_letter", monkeypatch).build(stored).save(made)
    with zipfile.ZipFile(made) as fresh, zipfile.ZipFile(stored) as kept:
        assert sorted(fresh.namelist()) == sorted(kept.namelist())
        for name in fresh.namelist():
            if name.endswith(".xml"):
                assert fresh.read(name) == kept.read(name), f"{name}: run templates/make_letter.py"


def test_a_clause_binds_only_where_it_is_in_force() -> None:
    bound = dataclasses.replace(gap(1).item.basis[1], area="某省")
    told = dataclasses.replace(gap(1), item=dataclasses.replace(gap(1).item, basis=(bound,)))
    for area, kind in (("某省青原区", "binding"), ("他省", "guiding")):
        context = letter_context(assessment(told), dataclasses.replace(letter(), issuer=issuer(area=area)))
        assert context["documents"][kind] == ["《督察规定》"]
