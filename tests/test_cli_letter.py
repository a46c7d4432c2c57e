"""`fazhi letter` (公函): who gets one, with which number, and what is never lost or written over."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import docx
import pytest

from checker.cli import main
from checker.renderers.layout import Layout, cells
from tests.small_checklist import LIST as SMALL

ROOT = Path(__file__).parent.parent
HEIJING = ROOT / "examples" / "heijing-2023.txt"
HEAD = "青麓镇2023年法治政府建设年度报告\n2023年，青麓镇推进各项工作，现将情况报告如下。\n"
GOOD = HEAD + "一、主要举措和成效\n全年召开决策听证会2次，就集镇停车收费方案听取意见。\n"
BAD = HEAD + "一、主要举措和成效\n全年植树三千棵，绿化面积有所扩大。\n"
LIST = SMALL.replace("[township, county]", "all")
ISSUER = """\
body: 青麓县司法局
self: 我局
kind: {kind}
area: 宁夏回族自治区中卫市青麓县
number: {{prefix: 青司函, next: 1}}
contact: {{name: 李四, phone: 0955-1234567}}
deadline: {deadline}
office: 青麓县人民政府办公室
"""
LETTER = (
    "{{ issuer.body }}",
    "文号：{{ issuer.prefix }}〔{{ year }}〕{{ number }}号",
    "{{ addressee }}：",
    "{%p for finding in findings %}",
    "{{ finding.number }}．{{ finding.title }}",
    "{%p endfor %}",
    "期限：{{ due }}",
)
Run = Callable[..., SimpleNamespace]


@pytest.fixture
def fazhi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Write letters to out/, in a folder that holds settings, a template and a checklist of one item."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(LIST, encoding="utf-8")
    settings()
    template("t.docx", *LETTER)

    def run(*arguments: str, date: str = "2026-03-02") -> SimpleNamespace:
        code = main(
            ["letter", "-c", "small.yaml", "--issuer", "issuer.yaml", "--template", "t.docx", "-o", "out"]
            + (["--date", date] if date else [])
            + list(arguments)
        )
        out, err = capsys.readouterr()
        return SimpleNamespace(code=code, out=out, err=err)

    return run


def settings(kind: str = "函", deadline: str = "15", more: str = "") -> None:
    Path("issuer.yaml").write_text(ISSUER.format(kind=kind, deadline=deadline) + more, encoding="utf-8")


def template(name: str, *paragraphs: str) -> None:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(name)


def put(name: str, text: str = BAD) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


def text_of(path: str) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)


def entries() -> list[dict[str, str]]:
    text = Path("发文登记.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def numbers() -> list[str]:
    return [entry["文号"] for entry in entries()]


def flat(text: str) -> str:
    return "".join(text.split())


def files(folder: str = "out") -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir()) if Path(folder).exists() else []


# --- a letter and its number ----------------------------------------------------------------------


def test_a_letter_is_numbered_dated_addressed_and_entered(fazhi: Run) -> None:
    run = fazhi(put("甲.txt"))
    assert run.code == 1
    assert text_of("out/甲-函.docx").split("\n") == [
        "青麓县司法局", "文号：青司函〔2026〕1号", "青麓镇人民政府：", "1．决策听证", "期限：2026年3月23日",
    ]  # fmt: skip
    (entry,) = entries()
    digest = entry.pop("摘要")
    assert digest.startswith("h") and len(digest) == 21
    assert entry == {
        "文号": "青司函〔2026〕1号", "年": "2026", "序号": "1", "日期": "2026-03-02", "收文单位": "青麓镇人民政府",
        "报告": "青麓镇2023年法治政府建设年度报告", "报告文件": "甲.txt", "文件名": "甲-函.docx",
    }  # fmt: skip
    assert "青司函〔2026〕1号" in run.out
    assert f"已写出 {Path('out/甲-函.docx')}" in run.out
    assert "请各单位在2026-03-23前反馈" in run.out


def test_the_very_same_run_gives_the_same_numbers_and_bytes(fazhi: Run) -> None:
    put("甲.txt")
    put("乙.txt", BAD.replace("青麓", "红石"))
    fazhi("甲.txt", "乙.txt")
    before = {name: Path("out", name).read_bytes() for name in files()}
    ledger = Path("发文登记.csv").read_bytes()
    assert fazhi("乙.txt", "甲.txt").code == 1
    assert {name: Path("out", name).read_bytes() for name in files()} == before
    assert Path("发文登记.csv").read_bytes() == ledger


@pytest.mark.parametrize(
    "change",
    [
        lambda: put("甲.txt", BAD + "二、下一步工作安排\n召开决策听证会。\n"),
        lambda: settings(deadline="10"),
        lambda: settings(more="seal: no\n"),
        lambda: settings(more="cc: [县委办]\n"),
        lambda: template("t.docx", *LETTER, "此函。"),
    ],
)
def test_any_difference_takes_a_new_number_and_leaves_the_old_letter(
    fazhi: Run, change: Callable[[], object]
) -> None:
    fazhi(put("甲.txt"))
    before = Path("out/甲-函.docx").read_bytes()
    change()
    run = fazhi("甲.txt")
    assert numbers() == ["青司函〔2026〕1号", "青司函〔2026〕2号"]
    assert Path("out/甲-函.docx").read_bytes() == before
    assert "2号" in text_of("out/甲-2-函.docx")
    assert "已有不同的内容，没有改写" in run.err


def test_a_letter_that_somebody_edited_is_not_written_over(fazhi: Run) -> None:
    fazhi(put("甲.txt"))
    Path("out/甲-函.docx").write_bytes(b"edited")
    fazhi("甲.txt")
    assert Path("out/甲-函.docx").read_bytes() == b"edited"
    assert "1号" in text_of("out/甲-2-函.docx")
    assert numbers() == ["青司函〔2026〕1号"]


def test_a_new_year_begins_at_one_whatever_the_settings_begin_with(fazhi: Run) -> None:
    settings(more="")
    path = Path("issuer.yaml")
    path.write_text(path.read_text("utf-8").replace("next: 1}", "next: 15, year: 2025}"), "utf-8")
    fazhi(put("甲.txt"), date="2025-12-01")
    fazhi("甲.txt", date="2026-01-05")
    assert numbers() == ["青司函〔2025〕15号", "青司函〔2026〕1号"]


def test_a_new_ledger_is_told(fazhi: Run) -> None:
    assert "没有找到发文登记，新建" in fazhi(put("甲.txt")).err
    assert "新建" not in fazhi("甲.txt", date="2026-03-03").err


def test_two_commands_at_once_share_no_number(fazhi: Run) -> None:
    for name in ("甲", "乙"):
        for number in range(4):
            put(f"{name}/{number}.txt", BAD.replace("青麓", f"{name}山{'一二三四'[number]}"))
    command = [sys.executable, "-m", "checker.cli", "letter", "-c", "small.yaml", "--issuer", "issuer.yaml"]
    command += ["--template", "t.docx", "--date", "2026-03-02"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    runs = [
        subprocess.Popen([*command, "-o", f"out-{name}", name], env=environment, stdout=subprocess.DEVNULL)
        for name in ("甲", "乙")
    ]
    assert [run.wait(timeout=120) for run in runs] == [1, 1]
    assert sorted(numbers()) == [f"青司函〔2026〕{n}号" for n in range(1, 9)]
    for entry in entries():
        folder = f"out-{entry['报告文件'][0]}"
        assert f"文号：{entry['文号']}" in text_of(f"{folder}/{entry['文件名']}")


# --- who gets none --------------------------------------------------------------------------------


def test_where_nothing_is_to_be_asked_there_is_no_letter_and_no_entry(fazhi: Run) -> None:
    run = fazhi(put("甲.txt", GOOD))
    assert (run.code, run.err, files()) == (0, "", [])
    assert "没有要补写的事项，不必发函" in run.out
    assert not Path("发文登记.csv").exists()


def test_what_only_people_can_tell_is_not_passed_over_where_there_is_no_letter(fazhi: Run) -> None:
    Path("small.yaml").write_text(LIST.replace("mention: [听证会]", "check: addressee"), encoding="utf-8")
    run = fazhi(put("甲.txt"))
    assert (run.code, files()) == (0, [])
    assert "不必发函；另有1项要由人核实" in flat(run.out)


def test_a_report_whose_text_may_not_be_whole_gets_no_letter(fazhi: Run) -> None:
    Path("甲.txt").write_bytes((BAD + "全").encode()[:-1])
    run = fazhi("甲.txt")
    assert (run.code, files()) == (1, [])
    assert "可能没有传全，没有写函，请由人核对" in flat(run.out)


def test_a_unit_that_is_not_recognised_gets_no_letter(fazhi: Run) -> None:
    run = fazhi(put("甲.txt", BAD.replace("青麓镇", "本地")))
    assert (run.code, files()) == (1, [])
    assert "认不出是哪个单位的报告，没有写函" in run.out


def test_a_unit_without_a_full_name_is_asked_for(fazhi: Run) -> None:
    put("甲.txt", BAD.replace("青麓镇", "青麓中心"))
    run = fazhi("甲.txt", "--level", "乡镇")
    assert (run.code, files()) == (1, [])
    assert "请在发文设置的addressees里写上青麓中心:主送机关全称" in flat(run.out)
    settings(more="addressees: {青麓中心: 青麓县青麓中心}\n")
    fazhi("甲.txt", "--level", "乡镇")
    assert "青麓县青麓中心：" in text_of("out/甲-函.docx")


def test_a_bad_file_costs_one_file(fazhi: Run) -> None:
    Path("坏.docx").write_bytes(b"PK\x03\x04 no")
    run = fazhi("坏.docx", put("甲.txt"), "没有.txt")
    assert run.code == 2
    assert files() == ["甲-函.docx"]
    assert run.out.count("未能读取") == 2


def test_two_reports_of_one_unit_get_a_letter_each_and_this_is_told(fazhi: Run) -> None:
    run = fazhi(put("a/报告.txt"), put("b/报告.txt", BAD + "全年栽花。\n"))
    assert files() == ["a-报告-函.docx", "b-报告-函.docx"]
    assert numbers() == ["青司函〔2026〕1号", "青司函〔2026〕2号"]
    assert "青麓镇人民政府有2份报告" in run.err


def test_copies_of_one_report_get_two_numbers_and_keep_them(fazhi: Run) -> None:
    put("a/报告.txt")
    put("b/报告.txt")
    for _ in range(2):
        fazhi("a", "b")
        assert numbers() == ["青司函〔2026〕1号", "青司函〔2026〕2号"]
        assert files() == ["a-报告-函.docx", "b-报告-函.docx"]


def test_what_the_program_wrote_is_not_taken_for_a_report(fazhi: Run) -> None:
    put("in/甲.txt")
    fazhi("in", "-o", "in", "--merge")
    fazhi("in", "-o", "in", "--draft", "--merge")
    run = fazhi("in", "-o", "in")
    assert numbers() == ["青司函〔2026〕1号"]
    assert "略过4个本程序写出的文件" in run.err


def test_no_report_is_written_over(fazhi: Run) -> None:
    put("甲.txt")
    document = docx.Document()
    for line in BAD.splitlines():
        document.add_paragraph(line)
    document.save("甲-函.docx")
    before = Path("甲-函.docx").read_bytes()
    fazhi("甲.txt", "甲-函.docx", "-o", ".")
    assert Path("甲-函.docx").read_bytes() == before
    assert Path("甲-2-函.docx").exists() and Path("甲-函-函.docx").exists()


def test_a_letter_follows_what_people_decided(fazhi: Run) -> None:
    put("甲.txt")
    main(["review", "甲.txt", "-c", "small.yaml", "-o", "review.yaml"])
    review = Path("review.yaml")
    decided = {"decision": "不认定", "reason": "本年没有应当听证的决策", "by": "李四", "date": "2026-03-01"}
    text = review.read_text("utf-8")
    for key, value in decided.items():
        text = text.replace(f"    {key}:\n", f"    {key}: {value}\n")
    review.write_text(text, "utf-8")
    assert fazhi("甲.txt", "--review", "review.yaml").code == 0
    assert files() == []


@pytest.mark.parametrize(("date", "written"), [("2026-03-31", []), ("2026-04-01", ["甲-函.docx"])])
def test_a_waiver_holds_on_the_date_of_the_letter(fazhi: Run, date: str, written: list[str]) -> None:
    keys = "item: decision.hearing, unit: 青麓镇, reason: 撤并, approved_by: 县政府"
    put("waivers.yaml", f"waivers:\n  - {{{keys}, from: 2026-01-01, until: 2026-03-31}}\n")
    fazhi(put("甲.txt"), "--waivers", "waivers.yaml", date=date)
    assert files() == written


# --- drafts, notices, merging ---------------------------------------------------------------------


def test_a_draft_needs_no_date_takes_no_number_and_is_not_entered(fazhi: Run) -> None:
    run = fazhi(put("甲.txt"), "--draft", date="")
    assert (run.code, run.err, files()) == (1, "", ["甲-函-草稿.docx"])
    assert "文号：青司函〔〕号" in text_of("out/甲-函-草稿.docx")
    assert "（草稿）" in run.out
    assert not list(Path(".").glob("发文登记*"))


def test_a_draft_leaves_a_letter_alone(fazhi: Run) -> None:
    fazhi(put("甲.txt"))
    fazhi("甲.txt", "--draft")
    assert files() == ["甲-函-草稿.docx", "甲-函.docx"]


def test_a_body_above_sends_a_notice(fazhi: Run) -> None:
    settings(kind="通知")
    run = fazhi(put("甲.txt"))
    assert files() == ["甲-通知.docx"]
    assert "写通知1份" in run.out


def test_merging_adds_one_file_of_all(fazhi: Run) -> None:
    put("甲.txt")
    put("乙.txt", BAD.replace("青麓", "红石"))
    run = fazhi("甲.txt", "乙.txt", "--merge")
    assert files() == sorted(["甲-函.docx", "乙-函.docx", "全部函-合并打印.docx"])
    text = text_of("out/全部函-合并打印.docx")
    assert text.index("青麓镇人民政府：") < text.index("红石镇人民政府：")
    assert f"已写出 {Path('out/全部函-合并打印.docx')}" in run.out


# --- what cannot be done --------------------------------------------------------------------------


def test_a_letter_needs_a_date(fazhi: Run) -> None:
    run = fazhi(put("甲.txt"), date="")
    assert (run.code, run.out, files()) == (2, "", [])
    assert "缺少 --date" in run.err


def test_a_missing_date_and_faulty_settings_are_told_together(fazhi: Run) -> None:
    settings(deadline="半月")
    run = fazhi(put("甲.txt"), date="")
    assert "写工作日天数" in run.err
    assert "缺少 --date" in run.err


@pytest.mark.parametrize("date", ["2026-02-30", "明天", "3月1日"])
def test_a_date_that_is_none_is_told(fazhi: Run, date: str) -> None:
    run = fazhi(put("甲.txt"), date=date)
    assert run.code == 2
    assert f"没有“{date}”这个日期" in run.err


def test_today_may_be_said(fazhi: Run) -> None:
    settings(deadline="2199-01-02")
    assert fazhi(put("甲.txt"), date="今天").code == 1


def test_a_deadline_must_lie_behind_the_date(fazhi: Run) -> None:
    settings(deadline="2026-03-02")
    run = fazhi(put("甲.txt"))
    assert (run.code, files()) == (2, [])
    assert "期限 2026-03-02 不在成文日期 2026-03-02 之后" in run.err


def test_a_deadline_on_a_holiday_is_told(fazhi: Run) -> None:
    settings(deadline="2026-10-01")
    run = fazhi(put("甲.txt"))
    assert (run.code, files()) == (1, ["甲-函.docx"])
    assert "2026-10-01 不是工作日" in run.err


def test_a_deadline_in_a_year_without_a_calendar_stops_before_any_work(fazhi: Run) -> None:
    run = fazhi(put("甲.txt"), date="2125-12-20")
    assert (run.code, files()) == (2, [])
    assert "pip install -U chinesecalendar" in run.err


@pytest.mark.parametrize("marks", ["{{ addresee }}", "{{ addressee"])
def test_a_faulty_template_costs_no_number(fazhi: Run, marks: str) -> None:
    template("t.docx", marks)
    run = fazhi(put("甲.txt"))
    assert (run.code, files()) == (2, [])
    assert not Path("发文登记.csv").exists()


def test_a_damaged_ledger_stops_everything_and_stays_as_it_is(fazhi: Run) -> None:
    put("发文登记.csv", "文号,年\n青司函〔2026〕1号,2026\n")
    run = fazhi(put("甲.txt"))
    assert (run.code, files()) == (2, [])
    assert "发文登记.csv:1: " in run.err
    assert Path("发文登记.csv").read_text("utf-8") == "文号,年\n青司函〔2026〕1号,2026\n"


def test_a_ledger_that_cannot_be_written_stops_everything(
    fazhi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: object, target: object) -> None:
        raise PermissionError(13, "Permission denied", str(source), None, str(target))

    monkeypatch.setattr(os, "replace", refuse)
    run = fazhi(put("甲.txt"))
    assert (run.code, files()) == (2, [])
    assert "请关闭正在用 Excel 或 WPS 打开它的窗口" in run.err


@pytest.mark.parametrize(
    ("accident", "code", "told"),
    [
        (OSError(28, "No space left on device"), 2, "各份公函的文号不变"),
        (KeyboardInterrupt(), 130, "请原样再运行一次"),
    ],
)
def test_letters_that_could_not_be_written_keep_their_numbers_for_the_next_run(
    fazhi: Run, monkeypatch: pytest.MonkeyPatch, accident: BaseException, code: int, told: str
) -> None:
    replace = os.replace

    def refuse(source: object, target: Path) -> None:
        if Path(target).suffix == ".docx":
            raise accident
        replace(str(source), target)

    monkeypatch.setattr(os, "replace", refuse)
    run = fazhi(put("甲.txt"), "--merge")
    assert (run.code, files()) == (code, [])
    assert told in run.err and "没有写出任何文件" not in run.err
    monkeypatch.setattr(os, "replace", replace)
    fazhi("甲.txt")
    assert numbers() == ["青司函〔2026〕1号"]


def test_names_with_marks_of_xml_and_of_templates_arrive_whole(fazhi: Run) -> None:
    settings(more='addressees: {青麓镇: "甲<乙>&{{ 丙 }}镇\\u0007"}\n')
    fazhi(put("甲.txt"))
    assert "甲<乙>&{{ 丙 }}镇" in text_of("out/甲-函.docx")


# --- how it looks, and the real one ---------------------------------------------------------------


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_fits_its_width(fazhi: Run, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setattr("checker.cli.letter.layout", lambda: Layout(width))
    long = f"{'很长的文件名' * 6}.txt"
    run = fazhi(put(long), put("乙.txt", GOOD), "没有.txt", put("丙.txt", BAD.replace("青麓镇", "本地")))
    table = run.out.split("已写出")[0]
    assert max(map(cells, table.splitlines())) <= width
    assert "青司函〔2026〕1号" in table
    assert table.splitlines()[1].endswith(" 函") == (width == 120)


def test_a_real_report_gets_a_letter_from_the_shipped_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "examples" / "issuer.yaml", "issuer.yaml")
    arguments = ["letter", str(HEIJING), "--issuer", "issuer.yaml", "-o", "公函", "--date", "2026-03-02"]
    assert main(arguments) == 1
    assert numbers() == ["禄司函〔2026〕1号"]
    assert "禄丰市黑井镇人民政府" in text_of("公函/heijing-2023-函.docx")
