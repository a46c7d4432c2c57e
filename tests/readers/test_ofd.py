"""OFD documents: the same text whatever program wrote them, and a word about what was not read."""

from __future__ import annotations

import base64
import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import checker.readers.ofd
from checker.errors import ReadError
from checker.model.document import Document
from checker.readers import ocr
from checker.readers.layout import Mark, Page
from checker.readers.ofd import read_ofd
from checker.readers.ofd.page import Budget, Drawing, Painter
from checker.readers.ofd.text import PAGE_SPACE, POINTS
from checker.readers.package import Package
from tests.readers.ofd_writer import NAMESPACE, Line, Manner, Sheet, lay_out, write_ofd, zipped

ROWS = [
    ["序号", "执法事项", "数量（件）", "备注"],
    ["1", "行政处罚", "23", "无"],
    ["2", "行政许可", "105", "按期办结"],
]
PARAGRAPHS = [
    "某某街道2023年法治政府建设年度报告",
    "2023年，某某街道坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，"
    "认真落实《法治政府建设实施纲要（2021—2025年）》，扎实推进依法行政各项工作，现将有关情况报告如下。",
    "一、主要举措和成效",
    "（一）加强组织领导。街道党工委会议专题研究法治建设4次，主要负责人履行推进法治建设第一责任人职责，"
    "与司法所、派出所、综合执法队等单位共同部署，全年共开展法治讲座12场，参加人员856人次。" * 3,
    "（二）规范行政执法。严格落实行政执法公示、执法全过程记录、重大执法决定法制审核“三项制度”。",
    ROWS,
    "二、存在的问题",
    "一些干部运用法治思维和法治方式解决问题的能力有待提高，基层执法力量还不足，普法宣传的形式比较单一。" * 14,
    "三、下一步打算",
    "继续完善重大行政决策程序，加强行政复议和应诉工作，依法化解矛盾纠纷。",
]  # fmt: skip
HEADER = "法治政府建设年度报告"
SHEETS = lay_out(PARAGRAPHS, HEADER)
TEXTS = [text for p in PARAGRAPHS for text in ([p] if isinstance(p, str) else ["　".join(row) for row in p])]
MANNERS = {
    "a line an object": Manner(),
    "g notation, default namespace, absolute paths": Manner(deltas="g", prefix="", absolute=True),
    "a character an object, CTM 0.05, blocks": Manner(unit="glyph", scale=0.05, nested=True, glyphs=True),
    "made from PDF": Manner(unit="run", scale=0.3528, flipped=True, boundary="page", rules="bars"),
    "template, widths left to the font": Manner(deltas="none", template=True),
    "composite objects": Manner(composite=True, deltas="g"),
    "indented XML": Manner(unit="run", indented=True, prefix="o:"),
}
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)


def page(objects: str, extra: str = "") -> str:
    return f'<Page xmlns="{NAMESPACE}">{extra}<Content><Layer ID="1">{objects}</Layer></Content></Page>'


def code(text: str, x: float = 28, y: float = 50, attributes: str = "", inner: str = "") -> str:
    return (
        f'<TextObject ID="2" Boundary="{x} {y} 150 6" Font="3" Size="5.644" {attributes}>'
        f'<TextCode X="0" Y="5" {inner}>{text}</TextCode></TextObject>'
    )


def one_page(objects: str, extra: str = "", **more: str | bytes) -> bytes:
    return write_ofd([Sheet()], Doc_0__Pages__Page_0__Content_xml=page(objects, extra), **more)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def drawn(objects: str) -> Drawing:
    from lxml import etree

    drawing = Drawing(210 * POINTS, 297 * POINTS)
    Painter(drawing, {}, Budget()).paint(etree.fromstring(f"<Layer>{objects}</Layer>"), PAGE_SPACE)
    return drawing


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_every_manner_of_writing_gives_the_same_paragraphs_and_rows(manner: Manner) -> None:
    document = read_ofd(write_ofd(SHEETS, manner))

    assert texts(document) == TEXTS
    assert [block.text for block in document.blocks if block.table] == ["　".join(row) for row in ROWS]
    assert document.kind == "ofd"
    assert (document.notes, document.doubt) == ((), "")


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_headers_and_page_numbers_stand_apart(manner: Manner) -> None:
    document = read_ofd(write_ofd(SHEETS, manner))

    assert HEADER in document.apart
    assert any("1" in text and "—" in text for text in document.apart)
    assert document.blocks[-1].page == len(SHEETS)


def test_deltas_boundary_and_ctm_give_the_place_of_every_character() -> None:
    objects = (
        '<TextObject Boundary="10 20 50 50" CTM="0.5 0 0 0.5 1 2" Size="10">'
        '<TextCode X="4" Y="8" DeltaX="g 2 10 30">法治政府</TextCode></TextObject>'
    )
    marks = drawn(objects).page().marks

    assert [mark.text for mark in marks] == list("法治政府")
    assert [round(mark.x0 / POINTS, 3) for mark in marks] == [13, 18, 23, 38]
    assert {round((mark.x1 - mark.x0) / POINTS, 3) for mark in marks} == {5}
    assert all(mark.y0 / POINTS < 20 + 2 + 4 < mark.y1 / POINTS for mark in marks)


def test_a_code_may_hold_several_lines_by_its_deltas() -> None:
    marks = drawn(code("法治政府", inner='DeltaX="5.6 -5.6 5.6" DeltaY="0 10 0"')).page().marks
    assert [(round(mark.x0 / POINTS, 1), round(mark.y1 / POINTS)) for mark in marks] == [
        (28, 56), (33.6, 56), (28, 66), (33.6, 66),
    ]  # fmt: skip


def test_a_huge_repetition_is_no_more_than_the_text() -> None:
    start = time.perf_counter()
    document = read_ofd(one_page(code("法治政府建设", inner='DeltaX="g 999999999 5.644"')))

    assert texts(document) == ["法治政府建设"]
    assert time.perf_counter() - start < 1


def test_escaped_characters_and_later_codes_of_an_object_are_read() -> None:
    objects = (
        '<TextObject Boundary="20 20 150 6" Size="5"><TextCode X="0" Y="5">A&amp;B&lt;甲&gt;&#x6CD5;</TextCode>'
        '<TextCode X="60">乙</TextCode></TextObject>'
    )
    assert texts(read_ofd(one_page(objects)))[0].replace("　", "").replace(" ", "") == "A&B<甲>法乙"


def test_invisible_objects_are_left_out() -> None:
    objects = code("看得见") + code("看不见", y=70, attributes='Visible="false"')
    assert texts(read_ofd(one_page(objects))) == ["看得见"]


def test_text_that_runs_another_way_follows_its_page() -> None:
    turned = "".join(
        f'<TextObject Boundary="{x} 30 6 200" CTM="0 1 -1 0 6 0" Size="5.644">'
        f'<TextCode X="0" Y="5">{text}</TextCode></TextObject>'
        for x, text in ((150, "依法行政第一行文字"), (130, "依法行政第二行文字"))
    )
    found = texts(read_ofd(one_page(turned + code("正文"))))
    assert found == ["正文", "依法行政第一行文字依法行政第二行文字"]


def test_small_size_own_spaces_and_radicals_of_other_programs() -> None:
    # easyofd writes `size`; programs that draw every character put spaces into objects of their own.
    (*_, mark) = drawn(code("依法行政").replace('Size="5.644"', 'size="2"')).page().marks
    assert round((mark.x1 - mark.x0) / POINTS, 3) == 2
    spaced = code("a", x=28) + code(" ", x=31) + code("b", x=31.5)
    assert texts(read_ofd(one_page(spaced))) == ["a b"]
    assert texts(read_ofd(one_page(code("⽅案")))) == ["方案"]


def test_a_few_characters_without_codes_are_doubted() -> None:
    text = "依法行政工作总结报告" * 3
    assert "缺字" in read_ofd(one_page(code(text + "\ue11e"))).doubt
    assert "缺字" in read_ofd(one_page(code(text + "¤"))).doubt
    assert read_ofd(one_page(code(text + "\uf06c"))).doubt == ""  # a bullet of Word's


def test_a_secret_mark_is_no_scan() -> None:
    document = read_ofd(one_page(code("看得见的正文一行") + code("暗记", y=70, attributes='Alpha="0"')))
    assert (texts(document), document.doubt) == (["看得见的正文一行"], "")
    assert "暗记" in document.apart


def test_a_slanted_watermark_stands_apart() -> None:
    slanted = code("内部资料", y=150, attributes='CTM="0.7 -0.7 0.7 0.7 0 0"')
    document = read_ofd(one_page(code("正文一行") + slanted))

    assert texts(document) == ["正文一行"]
    assert "内部资料" in document.apart


def test_what_a_document_has_besides_its_pages_is_noted() -> None:
    document = f"""<Document xmlns="{NAMESPACE}"><CommonData/><Pages><Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></Pages>
        <Annotations>Annots/Annotations.xml</Annotations><Attachments>Attachs.xml</Attachments></Document>"""
    found = read_ofd(one_page(code("正文一行"), Doc_0__Document_xml=document))
    assert texts(found) == ["正文一行"]
    assert "注释里的文字没有读" in found.notes[0] and "附件没有读" in found.notes[1]


def test_lines_are_rules_whether_stroked_framed_or_filled() -> None:
    frame = '<PathObject Boundary="10 10 50 20"><AbbreviatedData>M 0 0 L 50 0 L 50 20 L 0 20 C</AbbreviatedData></PathObject>'
    bar = '<PathObject Boundary="10 40 50 1"><AbbreviatedData>S 0 0 L 50 0 L 50 0.3 L 0 0.3 C</AbbreviatedData></PathObject>'
    curve = '<PathObject Boundary="10 50 50 1"><AbbreviatedData>M 0 0 B 1 1 2 2 50 0</AbbreviatedData></PathObject>'
    slope = '<PathObject Boundary="10 50 50 9"><AbbreviatedData>M 0 0 L 40 9</AbbreviatedData></PathObject>'

    assert len(drawn(frame).rules) == 4
    (rule,) = drawn(bar).rules
    assert [round(edge / POINTS, 1) for edge in rule] == [10, 40, 60, 40.3]
    assert drawn(curve).rules == drawn(slope).rules == []


def test_all_documents_are_read_and_versions_doubted() -> None:
    ofd = f"""<OFD xmlns="{NAMESPACE}"><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody>
        <DocBody><DocRoot>Doc_1/Document.xml</DocRoot><Versions><Version ID="1" BaseLoc="V0.xml"/></Versions></DocBody></OFD>"""
    second = f'<Document xmlns="{NAMESPACE}"><Pages><Page ID="1" BaseLoc="P.xml"/></Pages></Document>'
    document = read_ofd(
        one_page(
            code("第一个文档。"),
            OFD_xml=ofd,
            Doc_1__Document_xml=second,
            DOC_1__P_xml=page(code("第二个文档。")),
        )
    )
    assert texts(document) == ["第一个文档。", "第二个文档。"]
    assert "2 个文档" in "".join(document.notes) and "最初的版本" in document.doubt


def test_a_location_never_leads_out_of_the_package() -> None:
    document = f'<Document xmlns="{NAMESPACE}"><Pages><Page ID="1" BaseLoc="../../../../etc/passwd"/></Pages></Document>'
    with pytest.raises(ReadError, match="没有文字"):
        read_ofd(one_page("", Doc_0__Document_xml=document))


def test_pages_without_text_are_told() -> None:
    curves = (
        '<PathObject Boundary="20 20 9 9"><AbbreviatedData>M 0 0 B 1 1 2 2 3 3</AbbreviatedData></PathObject>'
        * 300
    )
    with pytest.raises(ReadError, match=r"文字是图形.*\.docx"):
        read_ofd(one_page(curves))

    pages = [*lay_out(["正文的一段文字，" * 20]), Sheet()]
    document = read_ofd(write_ofd(pages, Doc_0__Pages__Page_1__Content_xml=page(curves)))
    assert "第2页的文字是图形或图片，没有读到" in document.doubt
    assert "正文的一段文字" in texts(document)[0]


def test_a_missing_page_is_told() -> None:
    pages = lay_out(["正文的一段文字，" * 20])
    document = f"""<Document xmlns="{NAMESPACE}"><Pages><Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>
        <Page ID="2" BaseLoc="Pages/Page_7/Content.xml"/></Pages></Document>"""
    assert "第2页的内容在文件里缺失" in read_ofd(write_ofd(pages, Doc_0__Document_xml=document)).doubt


def test_text_below_a_scan_and_coded_text_are_doubted() -> None:
    hidden = code("扫描件所附的文字层", inner="", attributes='Alpha="0"') * 5
    assert "文字层" in read_ofd(one_page(hidden)).doubt
    with pytest.raises(ReadError, match="编码"):
        read_ofd(one_page(code("\ue001\ue002\ue003\ue004" * 10)))


SCAN = '<ImageObject ID="5" ResourceID="7" Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>'
SCAN_PARTS: dict[str, str | bytes] = {
    "Doc_0__DocumentRes_xml": f"""<Res xmlns="{NAMESPACE}" BaseLoc="Res"><MultiMedias><MultiMedia ID="7" Type="Image">
        <MediaFile>scan.png</MediaFile></MultiMedia></MultiMedias></Res>""",
    "Doc_0__Res__scan_png": PIXEL,
}


def test_a_scan_needs_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(ReadError, match=r"fazhi\[ocr\]"):
        read_ofd(one_page(SCAN, **SCAN_PARTS))


def test_a_scan_is_recognised_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Page(300, 400, [Mark("扫描件上的一行文字", 30, 40, 130, 55)])
    seen: list[bytes] = []
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "images", lambda data: seen.append(data) or iter(["picture"]))
    monkeypatch.setattr(ocr, "ocr_page", lambda image, width, height: found)
    document = read_ofd(one_page(SCAN, **SCAN_PARTS))

    assert seen == [PIXEL]
    assert texts(document) == ["扫描件上的一行文字"]
    assert "第1页的文字由文字识别（OCR）得到" in document.doubt


def test_a_large_picture_beside_text_is_noted() -> None:
    document = read_ofd(one_page(code("正文的一段文字，" * 9) + SCAN, **SCAN_PARTS))
    assert document.notes == ("第1页有图片，图片里的文字没有读。",)


def test_encrypted_files_are_refused() -> None:
    with pytest.raises(ReadError, match="加密"):
        read_ofd(one_page(code("正文"), Encryptions_xml="<Encryptions/>"))


@pytest.mark.parametrize("part", ["OFD_xml", "Doc_0__Document_xml"])
def test_what_is_no_ofd_is_refused(part: str) -> None:
    with pytest.raises(ReadError, match=r"OFD.*。$"):
        read_ofd(one_page(code("正文"), **{part: "<None/>"}))


def test_what_a_page_refers_to_in_vain_is_told() -> None:
    objects = code("正文一行") + '<CompositeObject ResourceID="77"/>'
    assert "第1页的内容在文件里缺失" in read_ofd(one_page(objects)).doubt
    template = '<Template TemplateID="78"/>'
    assert "第1页的内容在文件里缺失" in read_ofd(one_page(code("正文一行"), template)).doubt


def test_no_more_pictures_are_recognised_than_there_is_time_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker.readers.ofd, "MAX_SCANS", 1)
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "ocr_page", lambda *_: pytest.fail("recognised"))
    with pytest.raises(ReadError, match="图形或图片"):
        read_ofd(one_page(SCAN + SCAN.replace("0 0 210", "0 1 210"), **SCAN_PARTS))


def test_composites_that_hold_themselves_come_to_an_end() -> None:
    again = '<CompositeObject ResourceID="1" Boundary="0 0 9 9"/>'
    resources = f"""<Res xmlns="{NAMESPACE}"><CompositeGraphicUnits><CompositeGraphicUnit ID="1"><Content>{again * 9}</Content>
        </CompositeGraphicUnit></CompositeGraphicUnits></Res>"""
    with pytest.raises(ReadError, match="嵌套"):
        read_ofd(one_page(again, Doc_0__DocumentRes_xml=resources))


def test_composites_that_multiply_are_stopped() -> None:
    units = "".join(
        f'<CompositeGraphicUnit ID="{n}"><Content>'
        + f'<CompositeObject ResourceID="{n + 1}" Boundary="0 0 9 9"/>' * 10
        + "</Content></CompositeGraphicUnit>"
        for n in range(20)
    )
    resources = f'<Res xmlns="{NAMESPACE}"><CompositeGraphicUnits>{units}</CompositeGraphicUnits></Res>'
    with pytest.raises(ReadError, match="过多"):
        read_ofd(one_page('<CompositeObject ResourceID="0"/>', Doc_0__DocumentRes_xml=resources))


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker.readers.ofd, "MAX_PAGES", 2)
    with pytest.raises(ReadError, match="超过 2 页"):
        read_ofd(write_ofd([Sheet([Line("文字", 30, 40)])] * 3))


NUMBERS = [
    "",
    "NaN",
    "-inf",
    "1e308",
    "-5",
    "0",
    "1e-300",
    "g 9 9",
    "９",
    "0 0 0 0 0 0",
    "1e6 0 0 1e6 1e6 1e6",
    "x",
]


def mutated(seed: int) -> bytes:
    """A document with some values of its XML replaced by numbers no page should have."""
    chance = random.Random(seed)
    manner = chance.choice(list(MANNERS.values()))
    package = Package(write_ofd(SHEETS[:1], manner))
    parts: dict[str, str | bytes] = {}
    for name in package.names():
        text = package._unpack(package._parts[name]).decode()
        for _ in range(chance.randint(0, 6)):
            places = [at for at in range(len(text)) if text[at] == '"' and text[at - 1] == "="]
            at = chance.choice(places)
            end = text.index('"', at + 1)
            text = text[: at + 1] + chance.choice(NUMBERS) + text[end:]
        parts[name] = text
    return zipped(parts)


def answer(data: bytes) -> None:
    try:
        document = read_ofd(data)
    except ReadError as error:
        assert str(error).endswith("。")
    else:
        assert isinstance(document, Document)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**9))
def test_any_value_gives_a_document_or_read_error(seed: int) -> None:
    answer(mutated(seed))


WHOLE = write_ofd(SHEETS[:1], MANNERS["made from PDF"])


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=4))
def test_any_bytes_give_a_document_or_read_error(at: int, patch: bytes) -> None:
    answer(WHOLE[:at] + patch + WHOLE[at + len(patch) :])
    answer(WHOLE[:at])
