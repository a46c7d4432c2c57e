"""`fazhi template` (模板): a copy to edit that never overwrites, and a look at what was edited."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import docx
import pytest

from checker.cli import main, template
from checker.cli.documents import TEMPLATES
from checker.resources import resource

Run = Callable[..., SimpleNamespace]


@pytest.fixture
def fazhi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> SimpleNamespace:
        code = main(arguments)
        out, err = capsys.readouterr()
        return SimpleNamespace(code=code, out=out, err=err)

    return run


def write(name: str, *paragraphs: str) -> str:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(name)
    return name


def shipped(kind: str) -> Path:
    return resource("templates", template._SHIPPED[kind][0])


# --- new ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", TEMPLATES)
def test_new_writes_a_copy_of_what_is_shipped(fazhi: Run, kind: str) -> None:
    run = fazhi("template", "new", kind)
    assert (run.code, run.err) == (0, "")
    (made,) = Path(".").iterdir()
    assert made.name == f"{TEMPLATES[kind][0]}{shipped(kind).suffix}"
    assert made.read_bytes() == shipped(kind).read_bytes()
    assert made.name in run.out


def test_new_knows_the_chinese_names(fazhi: Run) -> None:
    assert fazhi("template", "new", "核查报告", "-o", "我的.docx").code == 0
    assert Path("我的.docx").read_bytes() == shipped("report").read_bytes()


def test_new_puts_the_copy_into_a_folder_that_is_named(fazhi: Run) -> None:
    Path("模板").mkdir()
    assert fazhi("template", "new", "report", "-o", "模板").code == 0
    assert Path("模板/核查报告.docx").is_file()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("report",), "核查报告.docx 已经存在"),
        (("report", "-o", "a.doc"), "以 .docx 结尾"),
        (("report", "-o", "核查报告.docx/a.docx"), "是文件，不是文件夹"),
        (("信",), "没有“信”这种模板。可用：函（letter）"),
        ((), "缺少：种类"),
    ],
)
def test_new_overwrites_nothing_and_tells_what_is_wrong(
    fazhi: Run, arguments: tuple[str, ...], told: str
) -> None:
    Path("核查报告.docx").write_bytes(b"mine")
    run = fazhi("template", "new", *arguments)
    assert (run.code, run.out) == (2, "")
    assert told in run.err
    assert [(path.name, path.read_bytes()) for path in Path(".").iterdir()] == [("核查报告.docx", b"mine")]


# --- check --------------------------------------------------------------------------------------------


def test_the_shipped_template_is_fine_and_its_sample_is_written(fazhi: Run) -> None:
    run = fazhi("template", "check", str(shipped("report")), "--sample", "out/样张.docx")
    assert (run.code, run.err) == (0, "")
    assert "可以使用" in run.out
    document = docx.Document("out/样张.docx")
    assert any("示例镇" in paragraph.text for paragraph in document.paragraphs)


def test_wrong_names_end_with_2_and_are_told_at_once_and_no_sample_is_written(fazhi: Run) -> None:
    name = write("a.docx", "标题 {{ report.titel }}", "{{ gasp }}", "{{ ''.__class__ }}")
    run = fazhi("template", "check", name, "--kind", "report", "--sample", "样张.docx")
    assert (run.code, run.err) == (2, "")
    for told in (
        "report.titel：没有这个变量",
        "是否想写：report.title",
        "正文：标题",
        "是否想写：gaps",
        "只能取用数据",
    ):
        assert told in run.out
    assert "没有写出示例" in run.out
    assert not Path("样张.docx").exists()


def test_what_the_document_must_say_and_does_not_ends_with_1(fazhi: Run) -> None:
    run = fazhi("template", "check", write("a.docx", "{{ overall.bar }}"))
    assert run.code == 1
    assert "没有用到，而核查报告里应当有的内容" in run.out
    assert "未反映的事项" in run.out


def test_a_document_of_no_kind_asks_for_it(fazhi: Run) -> None:
    name = write("a.docx", "没有标记")
    run = fazhi("template", "check", name)
    assert (run.code, run.out) == (2, "")
    assert "--kind" in run.err
    assert fazhi("template", "check", name, "--kind", "核查报告").code == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("没有.docx",), "没有.docx"),
        (("空.docx",), "不是可用的 Word 文档"),
        (("a.docx", "--kind", "豁免"), "不是 Word 模板"),
        (("a.docx", "--sample", "a.docx"), "就是模板本身"),
        (("a.docx", "--sample", "样张.doc"), "以 .docx 结尾"),
        (("a.docx", "--sample", "."), "是文件夹"),
    ],
)
def test_check_tells_what_is_wrong_and_writes_nothing(
    fazhi: Run, arguments: tuple[str, ...], told: str
) -> None:
    write("a.docx", "{{ report.title }}")
    Path("空.docx").write_bytes(b"")
    before = {path.name: path.read_bytes() for path in Path(".").iterdir()}
    run = fazhi("template", "check", *arguments)
    assert (run.code, run.out) == (2, "")
    assert told in run.err
    assert {path.name: path.read_bytes() for path in Path(".").iterdir()} == before


def test_a_new_settings_file_is_of_no_use_until_it_is_filled_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["template", "new", "发文设置"]) == 0
    report = str(resource("examples", "heijing-2023.txt"))
    assert main(["letter", report, "--issuer", "发文设置.yaml", "-o", "公函", "--date", "2026-03-02"]) == 2
    assert capsys.readouterr().err.count("还没有填好") == 5
    assert not Path("公函").exists()
