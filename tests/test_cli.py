"""The command line (命令行): what goes in, what comes out, and with which exit code."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pytest

from checker import __version__
from checker.cli import check, main
from checker.cli.output import SUFFIX, file_names, write_files
from checker.cli.terminal import bar
from checker.errors import OutputError
from checker.load import editor_schema
from checker.renderers.layout import cells
from tests.small_checklist import LIST

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
HEAD = (
    "青麓镇2023年法治政府建设年度报告\n发布日期：2024-02-20\n2023年，青麓镇推进各项工作，现将情况报告如下。\n"
)
GOOD = HEAD + "一、主要举措和成效\n全年召开决策听证会2次，就集镇停车收费方案听取意见。\n"
BAD = HEAD + "一、主要举措和成效\n全年植树三千棵，绿化面积有所扩大。\n二、下一步工作安排\n召开决策听证会。\n"
Run = Callable[..., "Outcome"]


class Outcome(SimpleNamespace):
    code: int
    out: str
    err: str


@pytest.fixture
def fazhi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in an empty folder that holds a checklist of one item."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(LIST, encoding="utf-8")

    def run(*arguments: str) -> Outcome:
        code = main(arguments)
        out, err = capsys.readouterr()
        return Outcome(code=code, out=out, err=err)

    return run


def put(name: str, text: str = GOOD) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data), isatty=lambda: False))


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def files(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def shell(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "checker.cli", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "200"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, **options)


# --- exit codes --------------------------------------------------------------------------------------


def test_a_report_without_gaps_ends_with_0(fazhi: Run) -> None:
    run = fazhi("check", put("a.txt"), "-c", "small.yaml")
    assert (run.code, run.err) == (0, "")
    assert "没有需要补写的事项" in run.out


def test_a_report_with_gaps_ends_with_1(fazhi: Run) -> None:
    run = fazhi("check", put("a.txt", BAD), "-c", "small.yaml")
    assert (run.code, run.err) == (1, "")
    assert "仅有计划或自认不足" in run.out


def test_a_wrong_path_ends_with_2_and_names_it(fazhi: Run) -> None:
    run = fazhi("check", "没有.txt", "-c", "small.yaml")
    assert (run.code, run.out) == (2, "")
    assert "没有.txt" in run.err
    assert "找不到" in run.err


def test_an_unread_file_ends_with_2_and_is_a_row_beside_the_others(fazhi: Run) -> None:
    put("in/a.txt")
    Path("in/b.docx").write_bytes(b"PK\x03\x04 no archive")
    run = fazhi("check", "in", "-c", "small.yaml")
    assert run.code == 2
    assert "青麓镇2023年法治政府建设年度报告" in run.out
    row = next(line for line in run.out.splitlines() if line.startswith("in/b.docx"))
    assert "未能读取：" in row
    assert "1份未能读取" in run.err


def test_a_folder_without_reports_ends_with_2_and_says_what_can_be_read(fazhi: Run) -> None:
    Path("empty").mkdir()
    run = fazhi("check", "empty", "-c", "small.yaml")
    assert run.code == 2
    assert "没有可读的报告" in run.err


def test_a_faulty_checklist_ends_with_2_and_shows_line_and_caret(fazhi: Run) -> None:
    put("wrong.yaml", LIST.replace("figures: optional", "figurs: optional"))
    run = fazhi("check", put("a.txt"), "-c", "wrong.yaml")
    assert (run.code, run.out) == (2, "")
    lines = run.err.splitlines()
    (place,) = [i for i, line in enumerate(lines) if "wrong.yaml:16:9:" in line]
    assert "figurs: optional" in lines[place + 1]
    assert lines[place + 2].index("^") == lines[place + 1].index("figurs")
    assert "是否想写 “figures”" in run.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "缺少：命令"),
        (["chek", "a.txt"], "是否想写“check”"),
        (["check"], "缺少：路径"),
        (["check", "a.txt", "--level", "村"], "不认识的层级“村”"),
        (["check", "a.txt", "--format", "xml"], "没有“xml”"),
        (["check", "a.txt", "--template", "t.docx"], "--out"),
        (["check", "a.txt", "--frobnicate"], "不认识的参数：--frobnicate"),
        (["evaluate", ".", "--min-status", "90"], "0 到 1"),
    ],
)
def test_wrong_usage_ends_with_2_and_is_explained_in_chinese(
    fazhi: Run, arguments: list[str], said: str
) -> None:
    put("a.txt")
    run = fazhi(*arguments)
    assert (run.code, run.out) == (2, "")
    assert said in run.err


# --- what is checked ---------------------------------------------------------------------------------


def test_standard_input_is_read_as_text_and_as_word(fazhi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    document = docx.Document()
    for line in GOOD.splitlines():
        document.add_paragraph(line)
    word = io.BytesIO()
    document.save(word)
    for data in (GOOD.encode(), GOOD.encode("gb18030"), word.getvalue()):
        stdin(monkeypatch, data)
        run = fazhi("check", "-", "-c", "small.yaml")
        assert (run.code, run.err) == (0, "")
        assert "标准输入" in run.out
        assert "青麓镇" in run.out


def test_standard_input_without_a_report_ends_with_2(fazhi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, b"")
    run = fazhi("check", "-", "-c", "small.yaml")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("未能读取 标准输入：文件是空的")


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("县区", "county"),
        ("county", "county"),
        ("街道", "subdistrict"),
        ("部门", "department"),
        ("乡镇", "township"),
    ],
)
def test_level_overrides_what_the_report_says(fazhi: Run, name: str, level: str) -> None:
    run = fazhi("check", put("a.txt"), "-c", "small.yaml", "--level", name, "--format", "json")
    (report,) = json.loads(run.out)["reports"]
    assert report["level"] == level
    assert report["items"][0]["status"] == ("met" if level in ("township", "county") else "na")


def test_a_folder_is_searched_at_any_depth_and_each_file_is_checked_once(fazhi: Run) -> None:
    put("in/a.txt")
    put("in/deep/er/b.md")
    put("in/.hidden.txt")
    put("in/notes.csv")
    run = fazhi("check", "in", "in/a.txt", "./in/a.txt", "-c", "small.yaml", "--format", "json")
    data = json.loads(run.out)
    assert [report["path"] for report in data["reports"]] == ["in/a.txt", "in/deep/er/b.md"]
    assert data["unread"] == []


def test_each_file_of_a_folder_that_cannot_be_read_is_a_row_and_the_others_are_checked(fazhi: Run) -> None:
    put("in/a.txt")
    put("in/a.pdf", "x")
    put("in/b.rar", "x")
    run = fazhi("check", "in", "-c", "small.yaml", "--format", "json")
    data = json.loads(run.out)
    assert run.code == 2
    assert [row["path"] for row in data["reports"]] == ["in/a.txt"]
    assert {row["path"] for row in data["unread"]} == {"in/a.pdf", "in/b.rar"}


def test_an_archive_is_checked_like_a_folder_and_what_is_no_report_is_named(fazhi: Run) -> None:
    with zipfile.ZipFile("各镇.zip", "w") as archive:
        archive.writestr("甲/a.txt", GOOD)
        archive.writestr("表.xlsx", "x")
    run = fazhi("check", "各镇.zip", "-c", "small.yaml", "--format", "json", "--out", "out")
    (report,) = json.loads(run.out)["reports"]
    assert report["path"] == "各镇.zip/甲/a.txt"
    assert "略过1个不是报告的文件：各镇.zip/表.xlsx" in run.err
    assert "a-核查报告.docx" in files("out")
    assert fazhi("explain", "各镇.zip/甲/a.txt", "decision.hearing", "-c", "small.yaml").code in (0, 1)


def test_an_encoding_is_taken_from_the_command_line_and_a_wrong_one_is_refused(fazhi: Run) -> None:
    Path("b.txt").write_bytes(GOOD.encode("utf-16-le"))
    assert fazhi("check", "b.txt", "-c", "small.yaml", "--encoding", "utf-16-le").code == 0
    assert fazhi("check", "b.txt", "-c", "small.yaml", "--encoding", "gb18030").code == 2
    wrong = fazhi("check", "b.txt", "-c", "small.yaml", "--encoding", "utf-9")
    assert wrong.code == 2
    assert "不认识编码“utf-9”" in wrong.err


def test_annotate_writes_a_copy_with_notes_and_leaves_the_draft_alone(fazhi: Run) -> None:
    document = docx.Document()
    for line in BAD.splitlines():
        document.add_paragraph(line)
    document.save("草稿.docx")
    before = Path("草稿.docx").read_bytes()
    run = fazhi("annotate", "草稿.docx", "-o", "out/副本.docx", "-c", "small.yaml")
    assert run.code == 1
    assert "批注1条" in run.out
    (note,) = docx.Document("out/副本.docx").comments
    assert "决策听证" in note.text
    assert Path("草稿.docx").read_bytes() == before
    assert fazhi("annotate", put("good.txt", GOOD), "-o", "good.docx", "-c", "small.yaml").code == 0


@pytest.mark.parametrize(
    ("path", "out", "said"),
    [
        ("a.txt", "a.pdf", "以 .docx 结尾"),
        ("a.docx", "a.docx", "就是草稿本身"),
        ("-", "b.docx", "不能用标准输入"),
        ("a.txt", "夹.docx", "是文件夹"),
        ("没有.docx", "b.docx", "找不到这个文件"),
    ],
)
def test_annotate_refuses_what_it_cannot_write(fazhi: Run, path: str, out: str, said: str) -> None:
    put("a.txt", BAD)
    put("a.docx", BAD)
    Path("夹.docx").mkdir()
    run = fazhi("annotate", path, "-o", out, "-c", "small.yaml")
    assert run.code == 2
    assert said in run.err
    assert not Path("b.docx").exists()


def test_a_wrong_extension_is_noted_and_the_file_is_read(fazhi: Run) -> None:
    put("a.docx", GOOD)
    run = fazhi("check", "a.docx", "-c", "small.yaml")
    assert "后缀是.docx，内容是“纯文本”，已按内容读取。" in "".join(run.out.split())


def test_a_file_cut_off_in_a_character_is_never_clean(fazhi: Run) -> None:
    Path("a.txt").write_bytes((BAD + "全").encode()[:-1])
    run = fazhi("check", "a.txt", "-c", "small.yaml")
    assert run.code == 1
    assert "文字可能不全，没有认定缺项" in run.out
    assert "末尾断在半个字上" in "".join(run.out.split())


# --- what is printed ---------------------------------------------------------------------------------


def test_piped_output_is_plain_and_fits_80_cells() -> None:
    run = shell("check", *map(str, sorted(EXAMPLES.glob("*-20*.txt"))), cwd=ROOT)
    assert run.returncode == 1, run.stderr
    assert "\x1b" not in run.stdout + run.stderr
    lines = run.stdout.splitlines()
    assert len(lines) > 500
    assert [line for line in lines if cells(line) > 80] == []
    assert [line for line in lines if line.lstrip().startswith(tuple("，。、；：）》”"))] == []


def test_one_report_ends_with_its_counts_and_many_with_a_table(fazhi: Run) -> None:
    one = fazhi("check", put("a.txt"), "-c", "small.yaml").out
    assert one.rstrip().splitlines()[-1].startswith(("结论", "      "))
    assert "汇总" not in one
    assert "汇总（2份）" in fazhi("check", "a.txt", put("b.txt", BAD), "-c", "small.yaml").out


def test_json_is_all_there_is_on_standard_output(fazhi: Run) -> None:
    arguments = ("check", put("a.txt"), "没有.txt", "-c", "small.yaml", "--format", "json", "--out", "out")
    run = fazhi(*arguments)
    assert run.code == 2
    data = json.loads(run.out)
    assert [report["unit"] for report in data["reports"]] == ["青麓镇"]
    assert [row["path"] for row in data["unread"]] == ["没有.txt"]
    assert "已写出" in run.err


def test_output_that_nobody_reads_any_more_is_no_crash() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "checker.cli", "check", "examples/heijing-2023.txt"]
    run = subprocess.run(command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, encoding="utf-8")
    os.close(writer)
    assert (run.returncode, run.stderr) == (2, "")


def test_a_console_that_knows_no_chinese_is_no_crash() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "checker.cli", "check", "examples/heijing-2023.txt"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, env=environment)
    assert (run.returncode, run.stderr) == (1, b"")


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("columns", "widest"), [("80", 80), ("100", 100), ("200", 120), ("10", 40)])
def test_a_terminal_is_used_in_colour_up_to_120_cells(
    fazhi: Run, monkeypatch: pytest.MonkeyPatch, columns: str, widest: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys, "stdout", screen := Screen())
    main(["check", put("a.txt", BAD), "-c", "small.yaml"])
    assert "\x1b[33m" in screen.getvalue()
    told = re.sub(r"\x1b\[\d*m", "", screen.getvalue())
    assert max(map(cells, told.splitlines())) == widest


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_terminal_that_wants_no_colour_gets_none(
    fazhi: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", screen := Screen())
    main(["check", put("a.txt", BAD), "-c", "small.yaml"])
    assert "青麓镇" in screen.getvalue()
    assert "\x1b" not in screen.getvalue()


def test_progress_is_shown_on_a_terminal_for_several_files_only(
    fazhi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", screen := Screen())
    main(["check", put("a.txt"), "-c", "small.yaml"])
    assert screen.getvalue() == ""
    main(["check", "a.txt", put("b.txt"), "-c", "small.yaml"])
    assert "1/2 b.txt" in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_the_progress_bar_fits_its_line() -> None:
    shown = bar(3, 12, "很长的文件名" * 20, 79)
    assert shown.startswith("核查 [#####...............] 3/12 很长的")
    assert cells(shown) <= 79


# --- what is written ---------------------------------------------------------------------------------


def test_out_holds_a_gap_report_for_each_report_and_the_json(fazhi: Run) -> None:
    run = fazhi("check", put("in/甲镇.txt"), put("in/乙镇.md", BAD), "-c", "small.yaml", "--out", "new/out")
    assert run.code == 1
    assert files("new/out") == sorted([f"甲镇{SUFFIX}", f"乙镇{SUFFIX}", "核查结果.json"])
    text = "\n".join(p.text for p in docx.Document(f"new/out/乙镇{SUFFIX}").paragraphs)
    assert "青麓镇" in text
    assert len(json.loads(Path("new/out/核查结果.json").read_text(encoding="utf-8"))["reports"]) == 2
    for name in files("new/out"):
        assert f"已写出 {Path('new/out') / name}" in run.out


def test_reports_of_the_same_name_get_names_of_their_own() -> None:
    sources = ["甲镇/报告.txt", "乙镇/报告.docx", "乙镇/报告.md", "x/丙.txt", "-"]
    names = file_names(sources, folder=Path("out"))
    stems = ["甲镇-报告", "乙镇-报告（docx）", "乙镇-报告（md）", "丙", "标准输入"]
    assert [name.removesuffix(SUFFIX) for name in names] == stems


def test_names_can_be_written_on_any_system_and_are_not_too_long(tmp_path: Path) -> None:
    names = file_names(
        ["a\n:b?.txt", f"各镇.zip/{'镇' * 90}/{'报' * 90}.txt", f"{'报' * 90}.docx"], folder=tmp_path
    )
    assert names[0] == f"a__b_{SUFFIX}"
    assert len(set(names)) == 3
    assert max(len(name.encode()) for name in names) <= 255
    assert write_files(tmp_path, dict.fromkeys(names, b"x"))


def test_names_that_differ_only_in_case_are_made_distinct() -> None:
    names = file_names(["a/R.txt", "a/r.txt"], folder=Path("out"))
    assert len({name.casefold() for name in names}) == 2


def test_no_report_is_ever_written_over(fazhi: Run) -> None:
    document = docx.Document()
    for line in BAD.splitlines():
        document.add_paragraph(line)
    trap = f"甲{SUFFIX}"
    document.save(trap)
    put("甲.txt", BAD)
    before = {name: Path(name).read_bytes() for name in (trap, "甲.txt")}
    run = fazhi("check", "甲.txt", trap, "-c", "small.yaml", "--out", ".")
    assert run.code == 1
    assert {name: Path(name).read_bytes() for name in before} == before
    assert sum(name.endswith(SUFFIX) for name in files(".")) == 3


def test_checking_a_folder_again_does_not_check_its_gap_reports(fazhi: Run) -> None:
    put("in/a.txt", BAD)
    for _ in range(2):
        run = fazhi("check", "in", "-c", "small.yaml", "--out", "in", "--format", "json")
        assert [report["path"] for report in json.loads(run.out)["reports"]] == ["in/a.txt"]
    assert files("in") == sorted(["a.txt", f"a{SUFFIX}", "核查结果.json"])


@pytest.mark.parametrize("content", [None, b"no document", "unknown"])
def test_nothing_is_written_when_the_template_is_bad(fazhi: Run, content: bytes | str | None) -> None:
    if content == "unknown":
        document = docx.Document()
        document.add_paragraph("{{ unitt }}")
        document.save("t.docx")
    elif isinstance(content, bytes):
        Path("t.docx").write_bytes(content)
    run = fazhi("check", put("a.txt", BAD), "-c", "small.yaml", "--out", "out", "--template", "t.docx")
    assert (run.code, run.out) == (2, "")
    assert "t.docx" in run.err
    assert not Path("out").exists()


def test_the_users_template_is_used(fazhi: Run) -> None:
    document = docx.Document()
    document.add_paragraph("致{{ report.unit }}")
    document.save("t.docx")
    fazhi("check", put("a.txt", BAD), "-c", "small.yaml", "--out", "out", "--template", "t.docx")
    assert docx.Document(f"out/a{SUFFIX}").paragraphs[0].text == "致青麓镇"


def test_an_out_that_is_a_file_is_refused_before_any_work(
    fazhi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "assess_all", lambda *_, **__: pytest.fail("the work was begun"))
    run = fazhi("check", put("a.txt"), "-c", "small.yaml", "--out", put("taken", "x"))
    assert (run.code, run.out) == (2, "")
    assert "taken 是文件" in run.err
    assert Path("taken").read_text(encoding="utf-8") == "x"


def test_a_failed_write_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left", "a")))
    with pytest.raises(OutputError, match="No space left"):
        write_files(tmp_path, {"a": b"new", "b": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


# --- checklist ---------------------------------------------------------------------------------------


def test_lint_ends_with_0_where_every_specimen_agrees(fazhi: Run) -> None:
    run = fazhi("checklist", "lint", "small.yaml")
    assert (run.code, run.err) == (0, "")
    assert "样句2条，判定全部相符" in flat(run.out)


def test_lint_ends_with_1_and_shows_item_wanted_got_and_text(fazhi: Run) -> None:
    put("small.yaml", LIST.replace("met: [召开决策听证会2次。]", "met: [全年修路五公里，群众满意。]"))
    run = fazhi("checklist", "lint", "small.yaml")
    assert run.code == 1
    owed = (
        "decision.hearing（决策听证）应为已反映（met）得出报告未反映（unmet）样句全年修路五公里，群众满意。"
    )
    assert owed in flat(run.out)
    assert "样句2条，1条判定不符" in flat(run.out)


def test_lint_ends_with_2_where_the_checklist_is_faulty(fazhi: Run) -> None:
    run = fazhi("checklist", "lint", put("wrong.yaml", LIST.replace("mention:", "mentions:")))
    assert (run.code, run.out) == (2, "")
    assert "wrong.yaml:18:11:" in run.err


def test_lint_names_items_without_specimens(fazhi: Run) -> None:
    put("bare.yaml", LIST.split("        specimens:")[0])
    run = fazhi("checklist", "lint", "bare.yaml")
    assert run.code == 0
    assert "没有样句decision.hearing" in flat(run.out)


def test_show_prints_groups_requirement_basis_levels_and_remedy(fazhi: Run) -> None:
    run = fazhi("checklist", "show", "small.yaml")
    assert run.code == 0
    for owed in (
        "小清单",
        "【决策】",
        "应当写明听证。",
        "《实施意见》二：“组织听证。”",
        "乡镇、县（市、区）",
        "请补写听证会",
    ):
        assert owed in flat(run.out)


def test_show_prints_every_item_of_the_shipped_checklist(fazhi: Run) -> None:
    out = fazhi("checklist", "show").out
    assert out.count("  要求  ") == 57
    assert max(map(cells, out.splitlines())) <= 80


def test_show_of_one_item_adds_its_rule_and_specimens(fazhi: Run) -> None:
    out = flat(fazhi("checklist", "show", "small.yaml", "--item", "decision.hearing").out)
    assert "写法听证会" in out
    assert "样句［已反映］召开决策听证会2次。" in out


def test_schema_prints_the_schema_for_editors(fazhi: Run) -> None:
    assert json.loads(fazhi("checklist", "schema").out) == editor_schema()


# --- explain -----------------------------------------------------------------------------------------


def test_explain_shows_the_quotation_its_section_how_it_was_read_and_its_figure(fazhi: Run) -> None:
    put("small.yaml", LIST.replace("mention: [听证会]", "mention: [听证会]\n          figures-in: [次]"))
    run = fazhi("explain", put("a.txt"), "decision.hearing", "-c", "small.yaml")
    out = flat(run.out)
    assert run.code == 0
    for owed in (
        "要求应当写明听证。",
        "判定已反映",
        "听证会2次",
        "所在主要举措和成效",
        "读作已做",
        "数据有，“2次”",
    ):
        assert owed in out


def test_explain_of_a_plan_says_that_it_is_only_a_plan(fazhi: Run) -> None:
    run = fazhi("explain", put("a.txt", BAD), "决策听证", "-c", "small.yaml")
    assert run.code == 1
    assert "报告只把这件事写成今后的计划，没有写本年度做了什么。" in flat(run.out)
    assert "读作计划" in flat(run.out)


def test_explain_of_a_gap_says_where_it_was_searched_and_for_what(fazhi: Run) -> None:
    text = BAD.replace("召开决策听证会。", "继续植树造林，绿化荒山。")
    run = fazhi("explain", put("a.txt", text), "decision.hearing", "-c", "small.yaml")
    assert run.code == 1
    assert "找到的原文：没有" in run.out
    assert "查找开头；主要举措和成效；下一步工作安排" in flat(run.out)
    assert "同一句里有这些词就认得：听证会" in flat(run.out)


def test_explain_of_an_item_for_other_levels_says_for_which(fazhi: Run) -> None:
    run = fazhi("explain", put("a.txt"), "decision.hearing", "-c", "small.yaml", "--level", "部门")
    assert run.code == 0
    assert "本项只适用于乡镇、县（市、区），这份报告按部门核查" in flat(run.out)


@pytest.mark.parametrize("typed", ["decision.hering", "hearing", "听证"])
def test_explain_of_an_unknown_item_guesses(fazhi: Run, typed: str) -> None:
    run = fazhi("explain", put("a.txt"), typed, "-c", "small.yaml")
    assert (run.code, run.out) == (2, "")
    assert "是否想写：decision.hearing（决策听证）" in run.err


def test_explain_of_an_unread_file_ends_with_2(fazhi: Run) -> None:
    run = fazhi("explain", "没有.txt", "decision.hearing", "-c", "small.yaml")
    assert (run.code, run.out) == (2, "")
    assert "没有.txt" in run.err


# --- evaluate ----------------------------------------------------------------------------------------


def labelled(name: str, status: str, text: str = GOOD) -> None:
    put(f"labels/{name}.txt", text)
    items = {"decision.hearing": {"status": status, "quotes": ["听证会2次"] if status == "met" else []}}
    label = {"unit": "青麓镇", "level": "township", "year": 2023, "items": items, "defects": []}
    put(f"labels/{name}.json", json.dumps(label, ensure_ascii=False))


def test_evaluate_prints_the_measures_and_the_baseline(fazhi: Run) -> None:
    labelled("a", "met")
    labelled("b", "deferred", BAD)
    run = fazhi("evaluate", "labels", "-c", "small.yaml")
    rows = {line.split()[0]: line.split()[1:] for line in run.out.splitlines() if line.strip()}
    assert run.code == 0
    assert rows["合计（2份）"][:5] == ["1.000", "1.000", "1.000", "1.000", "1/1"]
    assert rows["合计（2份）"][-1] == "6/6"
    assert rows["本程序"][0] == "1.000"
    assert rows["关键词基线"][0] == "0.500"


def test_evaluate_below_what_was_asked_ends_with_1(fazhi: Run) -> None:
    labelled("a", "met")
    labelled("b", "met", BAD)
    assert fazhi("evaluate", "labels", "-c", "small.yaml", "--min-status", "0.5").code == 0
    run = fazhi("evaluate", "labels", "-c", "small.yaml", "--min-status", "0.6", "--min-gap-precision", "0.1")
    assert run.code == 1
    assert "判定准确率 0.500 低于 0.600" in run.err
    assert "缺项查准率 0.000 低于 0.100" in run.err
    assert fazhi("evaluate", "labels", "-c", "small.yaml", "--min-gap-recall", "0.1").code == 1


def test_evaluate_verbose_shows_what_differs_by_item_and_the_confusion(fazhi: Run) -> None:
    labelled("b", "met", BAD)
    out = fazhi("evaluate", "labels", "-c", "small.yaml", "-v").out
    assert "1次decision.hearing：b应为met得出deferred" in flat(out)
    assert re.search(r"met +-> deferred +1  \*", out)


def test_evaluate_tells_of_a_label_without_report_and_scores_the_others(fazhi: Run) -> None:
    labelled("a", "met")
    put("labels/alone.json", "{}")
    run = fazhi("evaluate", "labels", "-c", "small.yaml")
    assert run.code == 0
    assert "alone.json：旁边没有同名的报告" in run.err
    assert "合计（1份）" in run.out


@pytest.mark.parametrize(
    ("name", "text"), [("labels/a.json", "{"), ("labels/a.json", "[]"), ("labels/b.txt", GOOD)]
)
def test_evaluate_without_a_usable_label_ends_with_2(fazhi: Run, name: str, text: str) -> None:
    put("labels/a.txt")
    put(name, text)
    run = fazhi("evaluate", "labels", "-c", "small.yaml")
    assert (run.code, run.out) == (2, "")
    assert "labels" in run.err


# --- help --------------------------------------------------------------------------------------------

COMMANDS = [
    [],
    ["check"],
    ["checklist"],
    ["checklist", "lint"],
    ["checklist", "show"],
    ["checklist", "schema"],
    ["explain"],
    ["evaluate"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_in_chinese_with_an_example(fazhi: Run, command: list[str]) -> None:
    run = fazhi(*command, "--help")
    assert (run.code, run.err) == (0, "")
    assert "例：" in run.out
    assert re.search(r"^用法：fazhi", run.out)
    assert not re.search(r"usage:|options:|positional|show this", run.out)
    assert max(map(cells, run.out.splitlines())) <= 100


def test_the_help_of_check_tells_the_exit_codes(fazhi: Run) -> None:
    out = fazhi("check", "--help").out
    assert "退出码" in out
    assert "任何一份文件没能读取" in out


def test_version(fazhi: Run) -> None:
    run = fazhi("--version")
    assert (run.code, run.out.strip()) == (0, f"fazhi {__version__}")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from checker.cli import main; main(['--help'])\n"
        "heavy = {'pydantic', 'yaml', 'lxml', 'docx', 'docxtpl', 'jinja2', 'jieba'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr


def test_checking_a_text_loads_neither_word_nor_jieba() -> None:
    code = (
        "import sys; from checker.cli import main; main(['check', 'examples/heijing-2023.txt'])\n"
        "heavy = {'lxml', 'docx', 'docxtpl', 'jinja2', 'jieba'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr


def test_a_kind_of_defect_is_switched_off_and_one_finding_is_silenced(tmp_path, capsys):
    report = tmp_path / "石桥镇.txt"
    report.write_text(
        "石桥镇2023年法治政府建设年度报告\n一、主要举措和成效\n全年开展“普法宣传活动8次，辖XX个村。\n",
        encoding="utf-8",
    )

    def defects(*options):
        main(["check", str(report), "--format", "json", *options])
        return json.loads(capsys.readouterr().out)["reports"][0]["defects"]

    found = {defect["id"]: defect["fingerprint"] for defect in defects()}
    assert set(found) == {"text.punctuation", "text.placeholder"}
    assert [d["id"] for d in defects("--skip-defect", "text.placeholder")] == ["text.punctuation"]
    assert [d["id"] for d in defects("--silence", found["text.punctuation"])] == ["text.placeholder"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_that_leads_back_to_itself_costs_one_row(fazhi: Run) -> None:
    put("in/a.txt")
    Path("in/圈.txt").symlink_to("圈.txt")
    run = fazhi("check", "in", "-c", "small.yaml", "--out", "out")
    assert run.code == 2
    assert "圈.txt" in run.out and Path("out/a-核查报告.docx").exists()
    assert fazhi("check", "in/圈.txt", "-c", "small.yaml").code == 2
