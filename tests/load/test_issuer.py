"""The issuing body's settings (发文设置): what they give, and every fault with its place."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from checker.errors import SettingsError
from checker.load.issuer import load_issuer
from checker.model.letter import Issuer

EXAMPLE = Path(__file__).parents[2] / "examples" / "issuer.yaml"
FULL = {
    "body": "青麓县司法局",
    "self": "我局",
    "kind": "函",
    "area": "宁夏回族自治区中卫市青麓县",
    "number": "{prefix: 青司函, next: 1}",
    "contact": "{name: 李四, phone: 0955-1234567}",
    "deadline": "15",
}


def settings(folder: Path, **changes: str) -> Path:
    """The settings with some lines changed; an empty one is left out."""
    path = folder / "issuer.yaml"
    lines = [f"{key}: {value}" for key, value in (FULL | changes).items() if value]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def fault(folder: Path, **changes: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load_issuer(settings(folder, **changes))
    return str(caught.value)


def test_the_example_is_valid() -> None:
    issuer = load_issuer(EXAMPLE)
    assert (issuer.body, issuer.own, issuer.prefix, issuer.deadline) == ("禄丰市司法局", "我局", "禄司函", 15)
    assert issuer.addressee("黑井镇", "township") == "禄丰市黑井镇人民政府"


def test_what_is_not_written_has_its_default(tmp_path: Path) -> None:
    issuer = load_issuer(settings(tmp_path))
    assert (issuer.cc, issuer.seal, issuer.first, issuer.office) == ((), True, 1, "")
    assert Path(issuer.ledger) == tmp_path / "发文登记.csv"


def test_stray_spaces_and_full_width_figures_are_cleaned(tmp_path: Path) -> None:
    issuer = load_issuer(
        settings(
            tmp_path,
            body="青麓县 司法局　",
            number="{prefix: '青 司 函', next: '１５', year: ２０２６}",
            contact="{name: 李　四, phone: ０９５５－１２３}",
            deadline="１０ 个工作日",
        )
    )
    assert (issuer.body, issuer.prefix, issuer.contact) == ("青麓县司法局", "青司函", "李四")
    assert (issuer.first, issuer.first_year, issuer.phone, issuer.deadline) == (15, 2026, "0955-123", 10)


@pytest.mark.parametrize(
    ("written", "seal"),
    [("yes", True), ("是", True), ("True", True), ("no", False), ("否", False), ("NO", False)],
)
def test_a_seal_is_yes_or_no(tmp_path: Path, written: str, seal: bool) -> None:
    assert load_issuer(settings(tmp_path, seal=written)).seal is seal


def test_a_deadline_may_be_a_day(tmp_path: Path) -> None:
    assert load_issuer(settings(tmp_path, deadline="2026-12-15")).deadline == datetime.date(2026, 12, 15)


def test_a_ledger_may_lie_elsewhere(tmp_path: Path) -> None:
    assert Path(load_issuer(settings(tmp_path, ledger="登记/台账.CSV")).ledger) == tmp_path / "登记/台账.CSV"


def test_everything_that_is_missing_is_asked_for_at_once(tmp_path: Path) -> None:
    text = fault(tmp_path, **dict.fromkeys(FULL, ""), seal="yes")
    assert all(f"缺少 “{key}”" in text for key in FULL)
    assert "共 7 处差错" in text


@pytest.mark.parametrize("key", FULL)
def test_what_is_missing_is_asked_for_with_an_example(tmp_path: Path, key: str) -> None:
    text = fault(tmp_path, **{key: ""})
    assert f"缺少 “{key}”" in text
    assert "写" in text.splitlines()[3]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("kind", "函件", "可用：函、通知"),
        ("number", "{prefix: 青司函〔2026〕, next: 1}", "只写机关代字"),
        ("number", "{prefix: 第青司函号, next: 1}", "只写机关代字"),
        ("number", '{prefix: "=青司函", next: 1}', "只写机关代字"),
        ("number", "{prefix: 青司函, next: 0}", "写下一个可用的序号"),
        ("number", "{prefix: 青司函, next: 三}", "写下一个可用的序号"),
        ("number", "{prefix: 青司函, next: 15}", "缺少 “year”"),
        ("number", "{prefix: 青司函}", "缺少 “next”"),
        ("contact", "{name: 李四}", "缺少 “phone”"),
        ("contact", "{name: 李四, phone: 无}", "写联系电话"),
        ("contact", "{name: 张××, phone: 0955-123}", "还没有填好"),
        ("body", "____司法局", "还没有填好"),
        ("deadline", "0", "写工作日天数"),
        ("deadline", "半个月", "写工作日天数"),
        ("deadline", "2026-02-30", "没有 “2026-02-30” 这一天"),
        ("cc", "县委办", "应当是列表"),
        ("seal", "也许", "要盖章写 yes"),
        ("kind", "通知", "缺少 “office”"),
        ("ledger", "台账.xlsx", "写 .csv 文件名"),
        ("addressees", "[黑井镇]", "应当是若干个键"),
        ("adressees", "{黑井镇: 黑井镇人民政府}", "不认识的键 “adressees”"),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_is_valid(
    tmp_path: Path, key: str, value: str, words: str
) -> None:
    text = fault(tmp_path, **{key: value})
    line = list(FULL | {key: value}).index(key) + 1
    assert f"issuer.yaml:{line}:" in text
    assert words in text


def test_faults_of_the_format_and_of_the_content_are_told_together(tmp_path: Path) -> None:
    text = fault(tmp_path, kind="函件", deadline="2026-02-30", body="")
    assert "共 3 处差错" in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "文件是空的"),
        ("body：青麓县司法局\nself：我局\n", "英文冒号"),
        ("- body: 青麓县司法局\n", "没有读到设置"),
        ("body: [\n", "YAML 写法有误"),
    ],
)
def test_a_file_that_holds_no_settings_is_told(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "issuer.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=words):
        load_issuer(path)


def test_a_file_that_is_not_there_is_told_with_the_way_to_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"找不到这个发文设置文件.*fazhi template new"):
        load_issuer(tmp_path / "no.yaml")


# --- addressees -----------------------------------------------------------------------------------


def issuer(**addressees: str) -> Issuer:
    return Issuer("局", "我局", "函", "", "函", 1, "李", "1", 15, addressees=addressees)


@pytest.mark.parametrize(
    ("unit", "level", "addressee"),
    [
        ("黑井镇", "township", "黑井镇人民政府"),
        ("黑井镇人民政府", "township", "黑井镇人民政府"),
        ("青麓乡", "township", "青麓乡人民政府"),
        ("东区街道", "subdistrict", "东区街道办事处"),
        ("东区街道办事处", "subdistrict", "东区街道办事处"),
        ("峄城区", "county", "峄城区人民政府"),
        ("峄城区人民政府", "county", "峄城区人民政府"),
        ("禄丰市教育体育局", "department", "禄丰市教育体育局"),
        ("东区", "subdistrict", ""),  # 街道? 开发区? Nothing is made up.
        ("青麓中心", "township", ""),
        ("", "department", ""),
    ],
)
def test_the_addressee_is_the_full_name_of_the_unit(unit: str, level: str, addressee: str) -> None:
    assert issuer().addressee(unit, level) == addressee


@pytest.mark.parametrize("unit", ["黑井镇", "黑井镇人民政府"])
@pytest.mark.parametrize("key", ["黑井镇", "黑井镇人民政府"])
def test_the_issuer_names_addressees_by_either_name_of_a_unit(unit: str, key: str) -> None:
    assert issuer(**{key: "禄丰市黑井镇人民政府"}).addressee(unit, "township") == "禄丰市黑井镇人民政府"
