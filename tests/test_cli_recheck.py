"""`fazhi recheck` (销号): what goes in, what comes out, and with which exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import docx
import pytest

from checker.cli import main
from checker.resources import resource
from tests.small_checklist import LIST

EXAMPLES = Path(__file__).parent.parent / "examples"
OLD, NEW = EXAMPLES / "heijing-2023.txt", EXAMPLES / "heijing-2023-revised.txt"
HEAD = "青麓镇2023年法治政府建设年度报告\n2023年，青麓镇推进各项工作，现将情况报告如下。\n一、主要举措和成效\n全年植树三千棵。\n"
PLAN = "二、下一步工作安排\n召开决策听证会。\n"
Run = Callable[..., SimpleNamespace]


@pytest.fixture
def recheck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in a folder that holds a checklist of one item and two versions of a report."""
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("small.yaml", LIST),
        ("旧.txt", HEAD + PLAN),
        ("新.txt", HEAD + "召开决策听证会2次。\n"),
    ):
        Path(name).write_text(text, encoding="utf-8")

    def run(*arguments: str | Path) -> SimpleNamespace:
        code = main(["recheck", *map(str, arguments), "-c", "small.yaml"])
        out, err = capsys.readouterr()
        return SimpleNamespace(code=code, out=out, err=err)

    return run


def test_nothing_open_ends_with_0(recheck: Run) -> None:
    run = recheck("旧.txt", "新.txt")
    assert (run.code, run.err) == (0, "")
    assert "可销号1" in run.out


def test_something_open_ends_with_1(recheck: Run) -> None:
    run = recheck("旧.txt", "旧.txt")
    assert (run.code, run.err) == (1, "")
    assert "仍需补充1" in run.out


def test_words_that_only_moved_end_with_1(recheck: Run) -> None:
    Path("移.txt").write_text(HEAD + "召开决策听证会。\n", encoding="utf-8")
    run = recheck("旧.txt", "移.txt")
    assert run.code == 1
    assert "待核对1" in run.out


def test_a_file_that_is_no_report_settles_nothing(recheck: Run) -> None:
    run = recheck("旧.txt", "small.yaml")
    assert run.code == 1
    assert "请先确认是同一份报告" in "".join(run.out.split())


def test_a_saved_result_stands_for_the_older_report(recheck: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "旧.txt", "-c", "small.yaml", "--format", "json"]) == 1
    Path("旧.json").write_text(capsys.readouterr().out, encoding="utf-8")
    run, same = (
        recheck("旧.json", "新.txt", "--format", "json"),
        recheck("旧.txt", "新.txt", "--format", "json"),
    )
    assert run.code == 0
    assert json.loads(run.out) == json.loads(same.out)


def test_the_table_is_written_beside_nothing_else(recheck: Run) -> None:
    run = recheck("旧.txt", "新.txt", "-o", "销号")
    assert run.code == 0
    assert [path.name for path in Path("销号").iterdir()] == ["新-销号表.docx"]
    assert "已写出 销号/新-销号表.docx" in run.out.replace("\\", "/")
    assert len(docx.Document("销号/新-销号表.docx").tables) == 2


def test_the_table_may_be_named(recheck: Run) -> None:
    recheck("旧.txt", "新.txt", "-o", "x/表.docx", "--format", "json")
    assert Path("x/表.docx").exists()


@pytest.mark.parametrize("name", ["旧.docx", "新.docx", "模板.docx"])
def test_no_input_is_written_over(recheck: Run, name: str) -> None:
    Path(name).write_bytes(b"mine")
    arguments = {"旧.docx": (name, "新.txt"), "新.docx": ("旧.txt", name)}.get(name, ("旧.txt", "新.txt"))
    run = recheck(*arguments, "--template", "模板.docx", "-o", name)
    assert run.code == 2
    assert "不能改写" in run.err
    assert Path(name).read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("旧.txt", "没有.txt"), "未能读取 没有.txt"),
        (("没有.json", "新.txt"), "没有.json：找不到"),
        (("旧.txt", "新.json"), "新稿应当是报告文件"),
        ((".", "新.txt"), "这是文件夹"),
        (("-", "-"), "标准输入"),
        (("旧.txt", "新.txt", "--template", "a.docx"), "-o"),
        ((OLD, "新.txt"), "单位不同"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_says_why(
    recheck: Run, arguments: tuple[str | Path, ...], fault: str
) -> None:
    run = recheck(*arguments)
    assert (run.code, run.out) == (2, "")
    assert fault in run.err


def test_the_invented_revision_shows_every_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recheck", str(OLD), str(NEW), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    counts = told["counts"]
    assert min(counts[outcome] for outcome in ("closed", "partly", "unclear", "remaining", "new")) > 0
    assert min(len(told["defects"]["fixed"]), len(told["reworded"])) > 0
    new = NEW.read_text(encoding="utf-8")
    closing = [
        quote["quote"]
        for change in told["changes"]
        if change["outcome"] == "closed"
        for quote in change["evidence"]
    ]
    assert [words for words in closing if words not in new or words in OLD.read_text(encoding="utf-8")] == []


# --- the follow-up letter ---------------------------------------------------------------------------


def letters(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.docx"))


def follow_up(recheck: Run, tmp_path: Path, new: str, *more: str) -> SimpleNamespace:
    issuer = (EXAMPLES / "issuer.yaml").read_text(encoding="utf-8")
    (tmp_path / "issuer.yaml").write_text(issuer, encoding="utf-8")
    return recheck("旧.txt", new, "-o", "出", "--issuer", "issuer.yaml", "--date", "2026-03-02", *more)


def test_nothing_open_needs_no_letter(recheck: Run, tmp_path: Path) -> None:
    run = follow_up(recheck, tmp_path, "新.txt")
    assert run.code == 0, run.err
    assert letters(tmp_path / "出") == ["新-销号表.docx"]
    assert "没有要补写的事项" in run.out
    assert not (tmp_path / "发文登记.csv").exists()


def test_what_is_open_gets_a_numbered_letter(recheck: Run, tmp_path: Path) -> None:
    run = follow_up(recheck, tmp_path, "旧.txt")
    assert run.code == 1, run.err
    assert letters(tmp_path / "出") == ["旧-函.docx", "旧-销号表.docx"]
    assert "〔2026〕1号" in (tmp_path / "发文登记.csv").read_text(encoding="utf-8-sig")


def test_a_letter_asks_for_nothing_that_was_only_reworded(recheck: Run, tmp_path: Path) -> None:
    (tmp_path / "旧.txt").write_text(HEAD + "二、下一步工作安排\n建立决策听证会制度。\n", encoding="utf-8")
    (tmp_path / "改.txt").write_text(HEAD + "建立了决策听证会制度。\n", encoding="utf-8")
    run = follow_up(recheck, tmp_path, "改.txt")
    assert (run.code, letters(tmp_path / "出")) == (1, ["改-销号表.docx"]), run.out + run.err
    assert "待核对的1项没有写进函" in "".join(run.out.split())


def test_where_the_letter_cannot_be_written_there_is_no_table_either(recheck: Run, tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"no document")
    broken = docx.Document()
    broken.add_paragraph("{{ nobody }}")
    broken.save(str(tmp_path / "错.docx"))
    for template in ("坏.docx", "错.docx"):
        run = follow_up(recheck, tmp_path, "旧.txt", "--letter-template", template)
        assert (run.code, run.out) == (2, "")
        assert template in run.err
        assert not letters(tmp_path / "出")
    assert not (tmp_path / "发文登记.csv").exists()


def test_the_letters_template_is_not_written_over(recheck: Run, tmp_path: Path) -> None:
    (tmp_path / "出").mkdir()
    template = tmp_path / "出" / "旧-销号表.docx"
    template.write_bytes(resource("templates", "letter.docx").read_bytes())
    run = follow_up(recheck, tmp_path, "旧.txt", "--letter-template", str(template))
    assert run.code == 1, run.err
    assert template.read_bytes() == resource("templates", "letter.docx").read_bytes()
    assert letters(tmp_path / "出") == ["旧-2-销号表.docx", "旧-函.docx", "旧-销号表.docx"]


def test_two_texts_that_may_not_be_one_report_get_no_letter(recheck: Run, tmp_path: Path) -> None:
    (tmp_path / "无题.txt").write_text("一、主要举措和成效\n全年植树三千棵。\n", encoding="utf-8")
    run = follow_up(recheck, tmp_path, "无题.txt")
    assert (run.code, letters(tmp_path / "出")) == (1, ["无题-销号表.docx"])
    assert "没有写函：" in run.out
    assert "。。" not in run.out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--draft",), "要与 --issuer 合用"),
        (("--issuer", "issuer.yaml"), "要与 -o 文件夹 合用"),
        (("--issuer", "issuer.yaml", "-o", "表.docx"), "要与 -o 文件夹 合用"),
    ],
)
def test_options_of_the_letter_want_their_companions(
    recheck: Run, options: tuple[str, ...], words: str
) -> None:
    run = recheck("旧.txt", "新.txt", *options)
    assert run.code == 2
    assert words in run.err


def test_a_table_that_somebody_has_filled_in_is_not_written_over(recheck: Run, tmp_path: Path) -> None:
    assert recheck("旧.txt", "新.txt", "-o", "出").code == 0
    table = tmp_path / "出" / "新-销号表.docx"
    again = recheck("旧.txt", "新.txt", "-o", "出")
    assert letters(tmp_path / "出") == ["新-销号表.docx"], again.err
    document = docx.Document(str(table))
    document.add_paragraph("核对人：李四")
    document.save(str(table))
    filled = table.read_bytes()
    run = recheck("旧.txt", "新.txt", "-o", "出")
    assert "没有改写" in run.err
    assert table.read_bytes() == filled
    assert letters(tmp_path / "出") == ["新-2-销号表.docx", "新-销号表.docx"]
