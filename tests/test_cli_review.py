"""Reviews and waivers on the command line (人工复核): what is written, applied, refused and told."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import jsonschema
import pytest
from docx.oxml.ns import qn

from checker.audit import audit_report
from checker.cli import main
from tests.reviews import CHECKLIST, SAID, TEXT, filled

ROOT = Path(__file__).parent.parent
TODAY = datetime.date.today()
Run = Callable[..., Any]


@pytest.fixture
def fazhi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in a folder that holds a report and a small checklist."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(CHECKLIST, encoding="utf-8")
    Path("a.txt").write_text(TEXT, encoding="utf-8")

    def run(*arguments: str) -> Any:
        code = main([*arguments, "-c", "small.yaml"])
        out, err = capsys.readouterr()
        return SimpleNamespace(code=code, out=out, err=err)

    return run


def decide(
    ident: str, word: str, *, reason: str = "已核对", quote: str = "", path: str = "review.yaml"
) -> None:
    text = Path(path).read_text(encoding="utf-8")
    values = {"decision": word, "reason": reason, "quote": quote, "by": "王小明", "date": str(TODAY)}
    Path(path).write_text(filled(text, ident, **values), encoding="utf-8")


def flat(text: str) -> str:
    return "".join(text.split())


def waive(unit: str = "青麓镇", **days: datetime.date) -> None:
    given = {"from": TODAY, "until": TODAY} | days
    Path("豁免.yaml").write_text(
        f"waivers:\n  - item: a.hearing\n    unit: {unit}\n    reason: 试点\n    approved_by: 县司法局\n"
        + "".join(f"    {name}: {day}\n" for name, day in given.items()),
        encoding="utf-8",
    )


def words_in(path: str) -> str:
    """Everything that a Word document says."""
    body = docx.Document(path).element.body
    return "".join(text.text or "" for text in body.iter(qn("w:t")))


def reviewed(fazhi: Run) -> None:
    assert fazhi("review", "a.txt", "-o", "review.yaml").code == 0


def result(fazhi: Run, *arguments: str) -> Any:
    """The JSON of a run, which keeps to the published schema."""
    data = json.loads(fazhi("check", "a.txt", "--format", "json", *arguments).out)
    schema = json.loads((ROOT / "checker/schemas/result.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(data)
    return data


# --- fazhi review ------------------------------------------------------------------------------------


def test_a_review_is_written_and_says_how_many_wait(fazhi: Run) -> None:
    run = fazhi("review", "a.txt", "-o", "review.yaml")
    assert run.code == 0
    assert "4条待看，其中1条需人工核实" in run.out
    assert "怎样填" in Path("review.yaml").read_text(encoding="utf-8")


def test_an_update_keeps_decisions_and_tells_which_lapsed(fazhi: Run) -> None:
    reviewed(fazhi)
    decide("hearing", "已反映", quote=SAID)
    decide("archive", "确认")
    Path("a.txt").write_text(TEXT.replace(SAID, "组织会议"), encoding="utf-8")
    run = fazhi("review", "a.txt", "-o", "review.yaml")
    assert "保留决定1条，失效1条" in run.out
    assert "失效：听证：" in run.out
    assert SAID in Path("review.yaml").read_text(encoding="utf-8")


def test_a_review_behind_a_link_is_brought_up_to_date_where_it_lies(fazhi: Run) -> None:
    reviewed(fazhi)
    Path("link.yaml").symlink_to("review.yaml")
    Path("a.txt").write_text(TEXT.replace(SAID, "组织会议"), encoding="utf-8")
    assert fazhi("review", "a.txt", "-o", "link.yaml").code == 0
    assert Path("link.yaml").is_symlink()
    assert Path("link.yaml").read_bytes() == Path("review.yaml").read_bytes()


def test_what_was_saved_in_an_editor_meanwhile_is_not_written_over(
    fazhi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewed(fazhi)

    def saving(*arguments: Any, **options: Any) -> Any:
        decide("hearing", "确认")
        return audit_report(*arguments, **options)

    monkeypatch.setattr("checker.cli.review.audit_report", saving)
    run = fazhi("review", "a.txt", "-o", "review.yaml")
    assert (run.code, run.out) == (2, "")
    assert "没有改写" in run.err
    assert "decision: 确认" in Path("review.yaml").read_text(encoding="utf-8")


def test_what_a_review_holds_does_not_steer_the_terminal(fazhi: Run) -> None:
    reviewed(fazhi)
    decide("hearing", "确认")
    text = Path("review.yaml").read_text(encoding="utf-8")
    Path("review.yaml").write_text(text.replace('"听证"', '"听\\e[2J证"'), encoding="utf-8")
    Path("a.txt").write_text(TEXT + "召开听证会。\n", encoding="utf-8")
    run = fazhi("review", "a.txt", "-o", "review.yaml")
    assert "失效1条" in run.out
    assert "\x1b" not in run.out


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda text: text.replace("decision: 确认", "decision: 确任"), "是否想写 “确认”"),
        (lambda text: text.replace('unit: "青麓镇"', 'unit: "黑井镇"'), "是黑井镇2023年度的复核单"),
        (lambda text: text.replace('year: "2023"', 'year: "2022"'), "是青麓镇2022年度的复核单"),
        (lambda _: "", "文件是空的"),
        (lambda _: "甲: [", "YAML 写法有误"),
    ],
)
def test_a_file_that_is_no_review_of_this_report_stays_as_it_is(
    fazhi: Run, change: Callable[[str], str], expected: str
) -> None:
    reviewed(fazhi)
    decide("archive", "确认")
    path = Path("review.yaml")
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    before = path.read_bytes()
    run = fazhi("review", "a.txt", "-o", "review.yaml")
    assert (run.code, run.out) == (2, "")
    assert expected in run.err
    assert path.read_bytes() == before


def test_the_report_itself_is_never_written_over(fazhi: Run) -> None:
    Path("a.yaml").write_text(TEXT, encoding="utf-8")
    for out in ("a.yaml", "a.txt", "."):
        assert fazhi("review", "a.yaml", "-o", out).code == 2
    assert Path("a.yaml").read_text(encoding="utf-8") == TEXT


# --- fazhi check --review ----------------------------------------------------------------------------


def test_the_exit_code_follows_what_people_decided(fazhi: Run) -> None:
    reviewed(fazhi)
    decide("hearing", "已反映", quote=SAID)
    assert fazhi("check", "a.txt", "--review", "review.yaml").code == 1
    decide("archive", "不适用")
    assert fazhi("check", "a.txt", "--review", "review.yaml").code == 0


def test_a_gap_that_a_person_found_is_not_clean_once_its_words_change(fazhi: Run) -> None:
    reviewed(fazhi)
    decide("hearing", "不适用")
    decide("archive", "不适用")
    decide("trees", "报告未反映")
    Path("a.txt").write_text(TEXT.replace("三千", "五千"), encoding="utf-8")
    run = fazhi("check", "a.txt", "--review", "review.yaml")
    assert "失效的决定1条" in run.out
    assert run.code == 1


def test_text_marks_what_a_person_decided_and_what_nobody_has_looked_at(fazhi: Run) -> None:
    reviewed(fazhi)
    decide("hearing", "已反映", quote=SAID, reason="第一部分写到")
    run = fazhi("check", "a.txt", "--review", "review.yaml")
    told = flat(run.out)
    assert (
        "听证：人工更正为“已反映”（程序判定：报告未反映）：第一部分写到；引文“组织群众恳谈三场”（王小明，"
        in told
    )
    assert "报告未反映：归档" in told
    assert "需人工核实：主送" in told
    assert "共4项，1项需要补写" in told


def test_json_follows_the_review_and_keeps_to_its_schema(fazhi: Run) -> None:
    reviewed(fazhi)
    decide("hearing", "不认定", reason="与本镇无关")
    (report,) = result(fazhi, "--review", "review.yaml")["reports"]
    item = report["items"][0]
    assert (item["status"], item["own_status"], item["decision"]["decision"]) == ("na", "unmet", "不认定")
    assert report["review"]["unseen"]["items"] == ["a.archive", "a.trees", "a.addressee"]


def test_json_lists_lapsed_decisions(fazhi: Run) -> None:
    reviewed(fazhi)
    decide("hearing", "已反映", quote=SAID)
    Path("a.txt").write_text(TEXT.replace(SAID, "组织会议"), encoding="utf-8")
    (report,) = result(fazhi, "--review", "review.yaml")["reports"]
    assert report["items"][0]["status"] == "unmet"
    assert [lapse["id"] for lapse in report["review"]["lapsed"]] == ["a.hearing"]


def test_the_gap_report_tells_what_people_decided(fazhi: Run) -> None:
    reviewed(fazhi)
    decide("hearing", "不认定", reason="与本镇无关")
    decide("archive", "确认")
    waive()
    fazhi("check", "a.txt", "--review", "review.yaml", "--waivers", "豁免.yaml", "--out", "out")
    told = words_in("out/a-核查报告.docx")
    for words in (
        "人工复核情况",
        "与本镇无关",
        "王小明",
        "不认定（程序判定：报告未反映）",
        "听证（人工决定）",
        "豁免",
    ):
        assert words in told


def test_the_gap_report_says_nothing_of_reviews_where_nobody_was_asked(fazhi: Run) -> None:
    fazhi("check", "a.txt", "--out", "out")
    assert "人工复核情况" not in words_in("out/a-核查报告.docx")


def test_a_quotation_that_does_not_stand_in_the_report_is_an_error_with_its_line(fazhi: Run) -> None:
    reviewed(fazhi)
    decide("hearing", "已反映", quote="召开群众大会三场")
    run = fazhi("check", "a.txt", "--review", "review.yaml")
    assert (run.code, run.out) == (2, "")
    assert "quote 在报告里找不到" in run.err
    assert "^" in run.err


def test_a_malformed_review_lets_nothing_be_checked(fazhi: Run) -> None:
    reviewed(fazhi)
    decide("hearing", "不认定", reason="")
    run = fazhi("check", "a.txt", "--review", "review.yaml", "--out", "out")
    assert (run.code, run.out) == (2, "")
    assert "缺少 “reason”" in run.err
    assert not Path("out").exists()


def test_a_review_of_another_report_is_told_and_not_applied(fazhi: Run) -> None:
    reviewed(fazhi)
    decide("hearing", "不适用")
    Path("b.txt").write_text(TEXT.replace("青麓镇", "黑井镇"), encoding="utf-8")
    run = fazhi("check", "b.txt", "--review", "review.yaml")
    assert run.code == 1
    assert "有1份复核单没有用上，这次没有查到它们的报告：review.yaml（青麓镇2023年度）" in run.err
    assert "没有这份报告的复核单" in run.out
    assert "需要补写（报告未反映2）" in flat(run.out)


def test_two_reviews_of_one_report_are_an_error(fazhi: Run) -> None:
    reviewed(fazhi)
    Path("review-2.yaml").write_bytes(Path("review.yaml").read_bytes())
    run = fazhi("check", "a.txt", "--review", ".")
    assert run.code == 2
    assert "有两份复核单" in run.err


def test_a_review_is_not_put_upon_a_namesake(fazhi: Run) -> None:
    reviewed(fazhi)
    decide("hearing", "不适用")
    Path("甲县").mkdir()
    Path("甲县/b.txt").write_text(TEXT.replace("三千", "五千"), encoding="utf-8")
    run = fazhi("check", "a.txt", "甲县/b.txt", "--review", "review.yaml", "--format", "json")
    statuses = [report["items"][0]["status"] for report in json.loads(run.out)["reports"]]
    assert statuses == ["na", "unmet"]


def test_a_review_that_may_be_of_two_namesakes_is_an_error(fazhi: Run) -> None:
    reviewed(fazhi)
    for name in ("b.txt", "c.txt"):
        Path(name).write_text(TEXT.replace("三千", name), encoding="utf-8")
    run = fazhi("check", "b.txt", "c.txt", "--review", "review.yaml")
    assert run.code == 2
    assert "分不清" in run.err


@pytest.mark.parametrize("name", ["review-a.yaml", "复核单.yaml", "青麓镇.YML"])
def test_a_folder_of_reviews_is_searched_for_its_reviews(fazhi: Run, name: str) -> None:
    Path("复核").mkdir()
    Path("复核/issuer.yaml").write_text("body: 局\n", encoding="utf-8")
    assert fazhi("review", "a.txt", "-o", f"复核/{name}").code == 0
    decide("hearing", "不适用", path=f"复核/{name}")
    assert "人工决定1条" in fazhi("check", "a.txt", "--review", "复核").out


def test_a_folder_without_reviews_is_an_error(fazhi: Run) -> None:
    run = fazhi("check", "a.txt", "--review", ".")
    assert run.code == 2
    assert "没有复核单" in run.err


# --- fazhi check --waivers ---------------------------------------------------------------------------


def test_a_waiver_holds_today_and_is_listed(fazhi: Run) -> None:
    waive()
    run = fazhi("check", "a.txt", "--waivers", "豁免.yaml")
    assert "1项需要补写" in run.out
    assert "已适用" in flat(run.out)
    (report,) = result(fazhi, "--waivers", "豁免.yaml")["reports"]
    assert (report["items"][0]["status"], report["items"][0]["waived"]) == ("na", True)
    assert report["waivers"][0]["applied"] is True


def test_an_expired_waiver_is_listed_and_not_applied(fazhi: Run) -> None:
    day = datetime.timedelta(days=1)
    waive(**{"from": TODAY - 9 * day, "until": TODAY - day})
    run = fazhi("check", "a.txt", "--waivers", "豁免.yaml")
    assert "2项需要补写" in run.out
    assert "到期" in flat(run.out)


def test_a_waiver_of_no_unit_checked_is_listed(fazhi: Run) -> None:
    waive("黑井镇")
    assert "没有查到这个单位的报告" in flat(fazhi("check", "a.txt", "--waivers", "豁免.yaml").out)
    assert result(fazhi, "--waivers", "豁免.yaml")["idle_waivers"][0]["unit"] == "黑井镇"


def test_a_faulty_file_of_waivers_waives_nothing(fazhi: Run) -> None:
    waive(until=TODAY - datetime.timedelta(days=1))
    run = fazhi("check", "a.txt", "--waivers", "豁免.yaml")
    assert (run.code, run.out) == (2, "")
    assert "豁免未能使用" in run.err


# --- the other commands ------------------------------------------------------------------------------


def test_explain_tells_both_the_decision_and_the_programs_reason(fazhi: Run) -> None:
    reviewed(fazhi)
    decide("hearing", "已反映", quote=SAID)
    run = fazhi("explain", "a.txt", "a.hearing", "--review", "review.yaml")
    assert run.code == 0
    assert "人工更正为“已反映”" in run.out
    assert "程序  报告未反映" in run.out


def test_annotate_leaves_out_what_a_person_dismissed(fazhi: Run) -> None:
    reviewed(fazhi)
    decide("hearing", "不认定", reason="与本镇无关")
    decide("archive", "确认")
    fazhi("annotate", "a.txt", "-o", "a-批注.docx", "--review", "review.yaml")
    (comment,) = docx.Document("a-批注.docx").comments
    assert "归档" in comment.text
    assert "人工确认" in comment.text
