"""LOAD (清单): a file into a checklist, or every fault in it with its line and a caret."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker.errors import ChecklistError
from checker.load import checklist_source, load_checklist
from checker.load.checklist import parse_phrase
from checker.model.checklist import Basis, Checklist, Item, Specimen
from checker.model.report import LEVELS

WORDING = """\
cues:
  done: [召开]
synonyms:
  会议室: [礼堂]
  会: [听证会, 论证会]
"""
HEAD = """\
id: tiny
title: 小清单
version: 2026.10
basis: 无
wording: wording.yaml
groups:
  - id: decision
    title: 决策
    items:
"""
ITEM = """\
      - id: decision.hearing
        title: 听证
        requirement: 应当写明听证情况。
        basis:
          - document: 文件
            clause: 一
            summary: 听证。
        levels: [township]
        figures: expected
        rule:
          check: mention
          mention: [<会> 召开]
          figures-in: [次]
        remedy: 建议补写：召开____次。
"""
OTHER = ITEM.replace("decision.hearing", "decision.other")
TINY = HEAD + ITEM
EXTENSION = "extends: tiny.yaml\nid: mine\ntitle: 本区清单\n"


@pytest.fixture(autouse=True)
def wording(tmp_path: Path) -> None:
    (tmp_path / "wording.yaml").write_text(WORDING, encoding="utf-8")
    (tmp_path / "tiny.yaml").write_text(TINY, encoding="utf-8")


def load(folder: Path, text: str | bytes, name: str = "x.yaml") -> Checklist:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_checklist(path)


def fault(folder: Path, text: str | bytes, name: str = "x.yaml") -> str:
    """What is said of a faulty file, without its folder."""
    with pytest.raises(ChecklistError) as error:
        load(folder, text, name)
    return str(error.value).replace(f"{folder}/", "")


def places(message: str) -> list[tuple[int, int, str]]:
    """Line, column and fault of every fault that a message lists."""
    found = re.findall(r"^x\.yaml:(\d+):(\d+): (.+)$", message, re.MULTILINE)
    return [(int(line), int(column), said) for line, column, said in found]


def changed(old: str, new: str, text: str = TINY) -> str:
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


def item_of(checklist: Checklist, ident: str = "decision.hearing") -> Item:
    (found,) = [item for item in checklist.items() if item.id == ident]
    return found


# ---- a file without faults ----


def test_a_file_becomes_a_checklist(tmp_path: Path) -> None:
    checklist = load(tmp_path, TINY)
    assert (checklist.id, checklist.title, checklist.basis) == ("tiny", "小清单", "无")
    assert [(group.id, group.title) for group in checklist.groups] == [("decision", "决策")]
    item = item_of(checklist)
    assert item.basis == (Basis("文件", "一", summary="听证。"),)
    assert (item.levels, item.figures) == (("township",), True)
    assert (item.rule.check, item.rule.units) == ("mention", ("次",))


def test_synonym_groups_are_put_in_and_all_words_are_in_the_vocabulary(tmp_path: Path) -> None:
    checklist = load(tmp_path, TINY)
    (phrase,) = item_of(checklist).rule.mention
    assert {word.choices for word in phrase.words} == {("听证会", "论证会"), ("召开",)}
    assert set(checklist.vocabulary) == {"听证会", "论证会", "召开"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("听证会", {("听证会",)}),
        ("召开 听证会", {("召开",), ("听证会",)}),
        ("召开|举行 听证会", {("召开", "举行"), ("听证会",)}),
        ("<会>|座谈会", {("听证会", "论证会", "座谈会")}),
        ("听证会|听证会", {("听证会",)}),
        ("召开…听证会", {("召开…听证会",)}),
        ("《听证", {("《听证",)}),
        ("《…听证", {("《听证",)}),
        ("…听证…", {("听证",)}),
        ("１２件", {("12件",)}),
    ],
)
def test_a_phrase_is_words_and_their_alternatives(text: str, words: set[tuple[str, ...]]) -> None:
    phrase = parse_phrase(text, {"会": ("听证会", "论证会")})
    assert (phrase.text, {word.choices for word in phrase.words}) == (text, words)


def test_levels_all_means_every_level(tmp_path: Path) -> None:
    checklist = load(tmp_path, changed("[township]", "all"))
    assert item_of(checklist).levels == tuple(LEVELS)


def test_specimens_carry_the_status_they_stand_under(tmp_path: Path) -> None:
    specimens = "        specimens:\n          met: [召开听证会2次。]\n          unmet: [无, 没有]\n"
    assert item_of(load(tmp_path, TINY + specimens)).specimens == (
        Specimen("met", "召开听证会2次。"),
        Specimen("unmet", "无"),
        Specimen("unmet", "没有"),
    )


@pytest.mark.parametrize(
    "data", [TINY.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + TINY.encode()], ids=["windows", "bom"]
)
def test_a_file_saved_by_any_editor_is_read(tmp_path: Path, data: bytes) -> None:
    assert load(tmp_path, data).title == "小清单"


@pytest.mark.parametrize(
    "value", ["2026.10", "no", "1:30", "0x1F", "2026-01-02", "null", "~", "010", "1_000", "yes"]
)
def test_nothing_is_retyped(tmp_path: Path, value: str) -> None:
    checklist = load(tmp_path, changed("version: 2026.10", f"version: {value}"))
    assert checklist.version == value
    item = item_of(load(tmp_path, changed("title: 听证", f"title: {value}")))
    assert item.title == value


def test_numbers_in_lists_stay_text(tmp_path: Path) -> None:
    assert item_of(load(tmp_path, changed("[次]", "[1.10, no, 1:30]"))).rule.units == ("1.10", "no", "1:30")


# ---- one fault, its place, its line, what is valid and what was meant ----


@pytest.mark.parametrize(
    ("old", "new", "place", "said", "hints"),
    [
        ("        remedy:", "        remdy:", (23, 9), "不认识的键 “remdy”", ["可用：", "是否想写 “remedy”"]),
        ("          check:", "          chek:", (20, 11), "不认识的键 “chek”", ["是否想写 “check”"]),
        ("          figures-in:", "          figures_in:", (22, 11), "不认识的键 “figures_in”", ["“figures-in”"]),
        ("basis: 无", "basis: 无\nauthor: 我", (5, 1), "不认识的键 “author”", ["可用：id、title"]),
        ("check: mention", "check: mentions", (20, 18), "未知的取值 “mentions”", ["“mention”", "addressee"]),
        ("figures: expected", "figures: yes", (18, 18), "未知的取值 “yes”", ["expected、optional"]),
        ("township]", "twonship]", (17, 18), "未知的取值 “twonship”", ["是否想写 “township”"]),
        ("id: decision.hearing", "id: Hearing", (10, 13), "“id” 不能写成 “Hearing”", ["decision.hearing"]),
        ("<会> 召开", "<会仪室> 召开", (21, 21), "没有 “会仪室” 这组同义词", ["“会议室”"]),
        ("mention: [<会> 召开]", "mention: []", (20, 11), "规则没有任何 mention 写法", ["未反映"]),
        ("[<会> 召开]", '[""]', (21, 21), "“mention” 不能为空", []),
        ("[<会> 召开]", '[听证, ""]', (21, 25), "“mention” 不能为空", []),
        ("[<会> 召开]", "听证会", (21, 20), "“mention” 应当是列表", []),
        ("title: 听证", "title: [听证]", (11, 16), "“title” 应当是一段文字", []),
        ("title: 听证", "title:", (11, 15), "“title” 不能为空", []),
        ("[township]", "[]", (17, 17), "“levels” 不能为空", []),
        ("            summary: 听证。\n", "", (14, 13), "依据要写 quotation", ["且只写一个"]),
        (
            "summary: 听证。",
            "summary: 听证。\n            quotation: 听证。",
            (14, 13),
            "依据要写 quotation",
            ["且只写一个"],
        ),
        ("check: mention", "check: section", (20, 11), "section 规则缺少 roles", ["roles: [shortcomings]"]),
        ("figures-in:", "about-mention: [代表]\n          figures-in:", (22, 11), "而没有 about", ["about"]),
    ],
)  # fmt: skip
def test_a_fault_is_shown_with_its_place_what_is_valid_and_what_was_meant(
    tmp_path: Path, old: str, new: str, place: tuple[int, int], said: str, hints: list[str]
) -> None:
    text = changed(old, new)
    message = fault(tmp_path, text)
    assert (*place, True) in [(line, column, said in told) for line, column, told in places(message)]
    line = text.split("\n")[place[0] - 1]
    assert f"  {place[0]} | {line}\n" in message
    assert [hint for hint in hints if hint not in message] == []


def under_caret(message: str) -> str:
    """The character of the shown line that the caret stands under."""
    shown, caret = re.findall(r"^  (?:\d+| +) \| (.*)$", message, re.MULTILINE)[:2]
    at, column = 0, caret.index("^")
    for character in shown:
        if at >= column:
            return character
        at += 2 if ord(character) > 0x2E80 else 1
    return ""


@pytest.mark.parametrize(
    ("old", "new", "character"),
    [
        ("        remedy:", "        zremedy:", "z"),
        ("[<会> 召开]", "[听证会召开, <仪>]", "<"),
        ("title: 小清单", "title: 小清单: 乙", ":"),
        ("[<会> 召开]", "[" + "听证会, " * 20 + "<仪>]", "<"),
    ],
    ids=["ascii", "behind Han characters", "syntax", "far to the right"],
)
def test_the_caret_stands_under_the_fault_in_display_columns(
    tmp_path: Path, old: str, new: str, character: str
) -> None:
    message = fault(tmp_path, changed(old, new))
    if character == "z":
        message = message[message.index("不认识的键") :]
    assert under_caret(message) == character


def test_a_long_line_is_shown_around_the_fault_only(tmp_path: Path) -> None:
    message = fault(tmp_path, changed("[<会> 召开]", "[" + "听证会, " * 40 + "<仪>]"))
    assert max(map(len, message.split("\n"))) <= 90


def test_a_byte_order_mark_moves_no_column(tmp_path: Path) -> None:
    message = fault(tmp_path, b"\xef\xbb\xbf" + changed("id: tiny", "zz: 1\nid: tiny").encode())
    assert places(message) == [(1, 1, "不认识的键 “zz”")]
    assert "  1 | zz: 1\n" in message


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("basis", ITEM[: ITEM.index("        basis:")] + ITEM[ITEM.index("        levels:") :]),
        ("rule", ITEM[: ITEM.index("        rule:")] + ITEM[ITEM.index("        remedy:") :]),
        ("remedy", ITEM[: ITEM.index("        remedy:")]),
        ("requirement", re.sub(r" +requirement:.*\n", "", ITEM)),
        ("figures", re.sub(r" +figures: .*\n", "", ITEM)),
        ("id", ITEM.replace("- id: decision.hearing\n        title", "- title")),
    ],
)
def test_a_missing_key_is_named_at_its_item(tmp_path: Path, key: str, text: str) -> None:
    message = fault(tmp_path, HEAD + text)
    assert places(message) == [(10, 9, f"缺少 “{key}”")]


@pytest.mark.parametrize("key", ["id", "title", "version", "basis", "wording", "groups"])
def test_a_missing_key_of_the_file_is_named(tmp_path: Path, key: str) -> None:
    text = (
        TINY[: TINY.index("groups:")]
        if key == "groups"
        else re.sub(rf"^{key}:.*\n", "", TINY, count=1, flags=re.M)
    )
    assert [said for _, _, said in places(fault(tmp_path, text))] == [f"缺少 “{key}”"]


def test_a_repeated_key_is_a_fault_at_the_second(tmp_path: Path) -> None:
    message = fault(tmp_path, changed("figures: expected", "figures: expected\n        figures: optional"))
    assert places(message) == [(19, 9, "键 “figures” 重复")]


def test_a_repeated_id_is_a_fault_and_names_the_line_of_the_first(tmp_path: Path) -> None:
    message = fault(tmp_path, HEAD + ITEM + ITEM)
    assert places(message) == [(24, 13, "编号 “decision.hearing” 重复")]
    assert "第 10 行已有" in message


def test_an_id_repeated_in_another_group_is_a_fault(tmp_path: Path) -> None:
    second = "  - id: other\n    title: 别的\n    items:\n"
    assert "编号 “decision.hearing” 重复" in fault(tmp_path, TINY + second + ITEM)


@pytest.mark.parametrize(
    "groups",
    ["groups: []\n", "groups:\n  - id: a\n    title: 甲\n    items: []\n"],
    ids=["no group", "empty group"],
)
def test_a_checklist_without_items_is_an_error_and_never_a_clean_run(tmp_path: Path, groups: str) -> None:
    message = fault(tmp_path, HEAD[: HEAD.index("groups:")] + groups)
    assert "清单里没有任何检查项" in message
    assert places(message)


# ---- several faults ----


def test_all_faults_are_listed_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = HEAD.replace("basis: 无", "basos: 无") + ITEM.replace("remedy:", "remdy:")
    text += OTHER.replace("check: mention", "check: mentions").replace("expected", "maybe")
    message = fault(tmp_path, text)
    found = places(message)
    assert found == sorted(found)
    assert {said for _, _, said in found} == {
        "缺少 “basis”", "不认识的键 “basos”", "缺少 “remedy”", "不认识的键 “remdy”",
        "未知的取值 “mentions”", "未知的取值 “maybe”",
    }  # fmt: skip
    assert message.endswith("共 6 处差错，清单未能使用。")


def test_all_faults_that_only_the_whole_shows_are_listed_at_once(tmp_path: Path) -> None:
    text = HEAD + ITEM.replace("<会>", "<仪>") + ITEM.replace("summary: 听证。", "quotation: ''")
    said = [told for _, _, told in places(fault(tmp_path, text))]
    assert [told[:4] for told in said] == ["没有 “", "编号 “", "依据要写"]


def test_repeated_keys_are_listed_with_the_other_faults(tmp_path: Path) -> None:
    text = changed("figures: expected", "figures: expected\n        figures: optional")
    text = changed("remedy:", "remedy: 建议。\n        author:", text)
    assert [said for _, _, said in places(fault(tmp_path, text))] == [
        "键 “figures” 重复",
        "不认识的键 “author”",
    ]


def test_faults_of_format_and_of_content_are_listed_at_once(tmp_path: Path) -> None:
    text = HEAD + ITEM.replace("<会>", "<仪>") + OTHER.replace("check: mention", "check: mentions")
    assert len(places(fault(tmp_path, text))) == 2


def test_one_wrong_level_is_one_fault(tmp_path: Path) -> None:
    assert len(places(fault(tmp_path, changed("township]", "twonship]")))) == 1


# ---- no YAML, no text, no file ----


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("title: 小清单: 乙", 2),
        ("\ttitle: 小清单", 2),
        ("title: *小", 2),
        ("title: [小", 3),
        ("title: 小\n---\nx: 1", 3),
    ],
    ids=["two colons", "tab", "alias", "open bracket", "two documents"],
)
def test_broken_yaml_is_shown_with_its_line_and_advice(tmp_path: Path, title: str, line: int) -> None:
    message = fault(tmp_path, changed("title: 小清单", title))
    ((at, _, said),) = places(message)
    assert (at, "YAML 写法有误" in said) == (line, True)
    assert "^\n" in message
    assert "请检查缩进" in message


def test_an_open_quotation_mark_is_told(tmp_path: Path) -> None:
    assert "引号没有成对" in fault(tmp_path, changed("title: 小清单", 'title: "小清单'))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (TINY.encode("gb18030"), "不是 UTF-8 编码"),
        (TINY.encode("utf-16"), "不是 UTF-8 编码"),
        (b"", "文件是空的"),
        (b"# nothing\n", "文件是空的"),
        (TINY.replace("小", "\0").encode(), "看不见的控制字符"),
        (b"- 1\n- 2\n", "应当是若干个键"),
        (b"word", "应当是若干个键"),
    ],
)
def test_a_file_that_is_no_checklist_is_told_with_its_name(tmp_path: Path, data: bytes, said: str) -> None:
    message = fault(tmp_path, data)
    assert message.startswith("x.yaml")
    assert said in message


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError, match=r"absent\.yaml：找不到这个清单文件"):
        load_checklist(tmp_path / "absent.yaml")
    with pytest.raises(ChecklistError, match="打不开"):
        load_checklist(tmp_path)


def test_faults_of_the_wording_are_shown_in_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "wording.yaml").write_text("cues:\n  done: 召开\nsynonims: {}\n", encoding="utf-8")
    message = fault(tmp_path, TINY)
    assert "wording.yaml:2:9: “done” 应当是列表" in message
    assert "wording.yaml:3:1: 不认识的键 “synonims”" in message
    assert "是否想写 “synonyms”" in message


def test_a_missing_wording_is_shown_where_it_is_named(tmp_path: Path) -> None:
    assert places(fault(tmp_path, changed("wording: wording.yaml", "wording: absent.yaml")))[0][:2] == (5, 10)


@pytest.mark.parametrize("phrase", ["  ", "|", "《", "…", "听证 |"])
def test_a_phrase_without_a_word_is_a_fault(tmp_path: Path, phrase: str) -> None:
    assert places(fault(tmp_path, changed("[<会> 召开]", f'["{phrase}"]')))[0][:2] == (21, 21)


@pytest.mark.parametrize("key", ["[a]", "{a: b}"])
def test_a_key_that_is_no_word_is_a_fault(tmp_path: Path, key: str) -> None:
    assert fault(tmp_path, changed("title: 小清单", f"title: 小清单\n{key}: x"))


def test_an_alias_that_holds_itself_is_a_fault(tmp_path: Path) -> None:
    assert fault(tmp_path, "a: &x [*x]\n")


# ---- extends ----

NEW = ITEM.replace("decision.hearing", "decision.new")
ADD = "add:\n  - group: decision\n    items:\n" + NEW
SECOND = """\
replace:
  - id: decision.hearing
    title: 新名
    remedy: 新建议。
"""
OFF = "off:\n  - id: decision.hearing\n    reason: 本区另行核查。\n"


def test_an_extension_adds_items_to_a_group(tmp_path: Path) -> None:
    checklist = load(tmp_path, EXTENSION + ADD)
    assert [item.id for item in checklist.items()] == ["decision.hearing", "decision.new"]
    assert (checklist.id, checklist.title, checklist.basis) == ("mine", "本区清单", "无")
    assert [group.id for group in checklist.groups] == ["decision"]


def test_an_extension_adds_a_group_if_it_gives_its_title(tmp_path: Path) -> None:
    added = ADD.replace("group: decision", "group: other\n    title: 别的")
    checklist = load(tmp_path, EXTENSION + added)
    assert [(g.id, g.title, len(g.items)) for g in checklist.groups] == [
        ("decision", "决策", 1),
        ("other", "别的", 1),
    ]


def test_an_added_items_words_are_searched_for(tmp_path: Path) -> None:
    checklist = load(tmp_path, EXTENSION + ADD.replace("[<会> 召开]", "[一站式|<会>]"))
    assert {"一站式", "听证会", "召开"} <= set(checklist.vocabulary)


def test_an_extension_replaces_only_the_keys_it_gives(tmp_path: Path) -> None:
    before = item_of(load(tmp_path, TINY, "tiny.yaml"))
    item = item_of(load(tmp_path, EXTENSION + SECOND))
    assert (item.title, item.remedy) == ("新名", "新建议。")
    assert (item.requirement, item.basis, item.levels, item.figures, item.rule) == (
        before.requirement, before.basis, before.levels, before.figures, before.rule,
    )  # fmt: skip


def test_every_key_of_an_item_can_be_replaced(tmp_path: Path) -> None:
    patch = """\
replace:
  - id: decision.hearing
    requirement: 新要求。
    basis:
      - {document: 新文件, clause: 二, quotation: 原文。}
    levels: all
    figures: optional
    rule: {mention: [一站式]}
    specimens: {met: [一站式办理。]}
"""
    checklist = load(tmp_path, EXTENSION + patch)
    item = item_of(checklist)
    assert (item.requirement, item.basis) == ("新要求。", (Basis("新文件", "二", "原文。"),))
    assert (item.levels, item.figures) == (tuple(LEVELS), False)
    assert item.specimens == (Specimen("met", "一站式办理。"),)
    assert checklist.vocabulary == ("一站式",)


def test_an_item_is_switched_off_with_its_reason(tmp_path: Path) -> None:
    checklist = load(tmp_path, EXTENSION + ADD + OFF)
    assert [item.id for item in checklist.items()] == ["decision.new"]
    assert checklist.switched_off == (("decision.hearing", "本区另行核查。"),)


def test_switching_everything_off_is_an_error_and_never_a_clean_run(tmp_path: Path) -> None:
    assert "停用之后清单里没有任何检查项" in fault(tmp_path, EXTENSION + OFF)


def test_switching_off_without_a_reason_is_a_fault(tmp_path: Path) -> None:
    text = EXTENSION + "off:\n  - id: decision.hearing\n"
    assert places(fault(tmp_path, text)) == [(5, 5, "缺少 “reason”")]
    text = EXTENSION + 'off:\n  - id: decision.hearing\n    reason: ""\n'
    assert places(fault(tmp_path, text)) == [(6, 13, "“reason” 不能为空")]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("replace:\n  - id: decision.hering\n    title: 新\n", (5, 9), "原清单没有 “decision.hering”"),
        ("off:\n  - id: decision.hering\n    reason: 无\n", (5, 9), "原清单没有 “decision.hering”"),
        (ADD.replace("group: decision", "group: decison"), (5, 12), "没有 “decison” 这个类别"),
    ],
    ids=["replace", "off", "group"],
)
def test_what_an_extension_names_must_be_there_and_a_guess_is_made(
    tmp_path: Path, text: str, place: tuple[int, int], said: str
) -> None:
    message = fault(tmp_path, EXTENSION + text)
    assert places(message) == [(*place, said)]
    assert re.search("是否想写 “decision(.hearing)?”", message)


def test_an_added_item_may_not_take_an_id_that_is_there(tmp_path: Path) -> None:
    message = fault(tmp_path, EXTENSION + ADD.replace("decision.new", "decision.hearing"))
    assert places(message) == [(7, 13, "编号 “decision.hearing” 已有")]
    assert "replace" in message


def test_two_added_items_may_not_share_an_id(tmp_path: Path) -> None:
    assert "编号 “decision.new” 已有" in fault(tmp_path, EXTENSION + ADD + NEW)


def test_added_and_replaced_rules_are_checked_like_any(tmp_path: Path) -> None:
    text = (
        EXTENSION
        + ADD.replace("<会>", "<仪>")
        + "replace:\n  - id: decision.hearing\n    rule: {mention: [<礼>]}\n"
    )
    said = [told for _, _, told in places(fault(tmp_path, text))]
    assert said == ["没有 “仪” 这组同义词", "没有 “礼” 这组同义词"]


@pytest.mark.parametrize("words", ["", ", summary: 丙, quotation: 丁"])
def test_the_basis_of_a_replacement_is_checked_like_any(tmp_path: Path, words: str) -> None:
    patch = f"replace:\n  - id: decision.hearing\n    basis:\n      - {{document: 甲, clause: 乙{words}}}\n"
    assert "依据要写 quotation" in fault(tmp_path, EXTENSION + patch)


def test_all_faults_of_an_extension_are_listed_at_once(tmp_path: Path) -> None:
    text = EXTENSION + ADD.replace("group: decision", "group: decison").replace("<会>", "<仪>")
    text += "replace:\n  - id: decision.no\n    title: 新\noff:\n  - id: decision.none\n    reason: 无\n"
    found = places(fault(tmp_path, text))
    assert len(found) == 4
    assert found == sorted(found)


@pytest.mark.parametrize("name", ["absent.yaml", "x.yaml"], ids=["missing", "itself"])
def test_a_checklist_to_extend_must_be_another_file(tmp_path: Path, name: str) -> None:
    message = fault(tmp_path, EXTENSION.replace("tiny.yaml", name))
    assert places(message) == [(1, 10, f"找不到要扩展的清单 “{name}”")]


def test_files_that_extend_each_other_are_a_fault(tmp_path: Path) -> None:
    (tmp_path / "y.yaml").write_text(EXTENSION.replace("tiny.yaml", "x.yaml"), encoding="utf-8")
    assert fault(tmp_path, EXTENSION.replace("tiny.yaml", "y.yaml"))


def test_faults_of_the_extended_file_are_shown_in_that_file(tmp_path: Path) -> None:
    (tmp_path / "tiny.yaml").write_text(TINY.replace("remedy:", "remdy:"), encoding="utf-8")
    assert "tiny.yaml:23:9: 不认识的键 “remdy”" in fault(tmp_path, EXTENSION + ADD)


def test_an_extension_can_be_extended_and_what_was_off_stays_off(tmp_path: Path) -> None:
    (tmp_path / "y.yaml").write_text(EXTENSION + ADD + OFF, encoding="utf-8")
    checklist = load(tmp_path, EXTENSION.replace("tiny.yaml", "y.yaml"))
    assert [item.id for item in checklist.items()] == ["decision.new"]
    assert checklist.switched_off == (("decision.hearing", "本区另行核查。"),)


# ---- which file ----


@pytest.mark.parametrize("name", ["shapotou-2018", "shapotou-2018.yaml"])
def test_a_shipped_checklist_is_extended_by_its_id_or_name(tmp_path: Path, name: str) -> None:
    checklist = load(tmp_path, EXTENSION.replace("tiny.yaml", name))
    assert len(list(checklist.items())) == len(list(load_checklist(checklist_source(None)).items()))


def test_a_shipped_checklist_is_found_by_its_id_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_checklist(checklist_source("shapotou-2018")).id == "shapotou-2018"
    assert checklist_source(None) == checklist_source("shapotou-2018")


def test_a_file_of_ones_own_is_taken_before_a_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shapotou-2018").write_text(TINY, encoding="utf-8")
    assert load_checklist(checklist_source("shapotou-2018")).id == "tiny"


def test_any_other_name_is_a_path() -> None:
    assert checklist_source("folder/mine.yaml") == Path("folder/mine.yaml")


# ---- whom a document binds ----

DOCUMENTS = "documents:\n  - {title: 文件, binds: [county], area: 某区, since: 2019}\ngroups:"


def basis_of(checklist: Checklist) -> Basis:
    return item_of(checklist).basis[0]


def test_a_document_binds_the_levels_the_area_and_the_years_that_the_file_names(tmp_path: Path) -> None:
    basis = basis_of(load(tmp_path, changed("groups:", DOCUMENTS)))
    assert basis.binds("county", "某省某市某区", 2023)
    assert not basis.binds("township", "某省某市某区", 2023)
    assert not basis.binds("county", "某省某市另一区", 2023)
    assert not basis.binds("county", "某省某市某区", 2018)
    assert basis.binds("county", "某省某市某区", 2019)


def test_a_document_that_is_not_listed_binds_nobody(tmp_path: Path) -> None:
    basis = basis_of(load(tmp_path, TINY))
    assert not any(basis.binds(level, "某区", 2023) for level in LEVELS)


def test_an_extension_keeps_what_binds_and_may_say_otherwise(tmp_path: Path) -> None:
    (tmp_path / "tiny.yaml").write_text(changed("groups:", DOCUMENTS), encoding="utf-8")
    assert basis_of(load(tmp_path, EXTENSION + ADD)).binds("county", "某区", 2023)
    other = "documents:\n  - {title: 文件, binds: all}\n"
    assert basis_of(load(tmp_path, EXTENSION + other + ADD)).binds("township", "别处", 2023)


def test_a_document_that_no_item_rests_on_is_a_fault(tmp_path: Path) -> None:
    text = changed("groups:", DOCUMENTS.replace("文件", "文牛"))
    assert [said for _, _, said in places(fault(tmp_path, text))] == ["没有哪一项的依据是 “文牛”"]


def test_the_shipped_checklist_binds_townships_to_the_opinions_in_their_own_district_only() -> None:
    opinions = next(b for item in load_checklist(checklist_source(None)).items() for b in item.basis)
    assert opinions.document.startswith("沙坡头区《")
    assert opinions.binds("township", "宁夏回族自治区中卫市沙坡头区", 2023)
    assert not opinions.binds("subdistrict", "宁夏回族自治区中卫市沙坡头区", 2023)
    assert not opinions.binds("township", "云南省楚雄彝族自治州禄丰市", 2023)
