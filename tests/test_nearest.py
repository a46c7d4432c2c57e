"""The passage nearest to a gap (最接近的段落): beside it, never evidence, and never paid for unasked."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest

from checker.assess import judge
from checker.audit import audit_blocks
from checker.load import checklist_source, load_checklist
from checker.load.checklist import parse_phrase
from checker.model.assessment import Assessment, Evidence, Finding, Quote, Status
from checker.model.checklist import Checklist, Group, Item, Rule, Wording
from checker.model.document import Block
from checker.model.report import Span, Stance
from checker.nearest import with_nearest

ROOT = Path(__file__).parent.parent
WORDING: Wording = load_checklist(checklist_source(None)).wording
TITLE = "青麓镇2023年法治政府建设年度报告"
NEAR = "集镇改造方案请三位专家论证把关并且记录在案。"
FAR = "全年植树三千棵，新修水渠两公里，绿化面积有所扩大。"


def item(check: str = "mention") -> Item:
    rule = Rule(check, mention=(parse_phrase("专家论证会", {}),))
    requirement = "报告应当写明专家论证情况。"
    return Item("decision.experts", "专家论证", requirement, (), ("township",), True, rule, "建议")


def assessment(*lines: str, check: str = "mention") -> Assessment:
    groups = (Group("decision", "决策", (item(check),)),)
    checklist = Checklist("x", "x", "1", "x", groups, WORDING, vocabulary=("专家论证会",))
    blocks = tuple(Block(line) for line in (TITLE, "一、主要举措和成效", *lines))
    return audit_blocks(blocks, checklist, path="-")


def nearest(of: Assessment) -> Quote | None:
    return with_nearest(of).findings[0].evidence.nearest


# ---- what is shown ----


def test_the_passage_that_shares_the_rarest_words_stands_beside_a_gap() -> None:
    found = assessment(FAR, "（一）依法决策", NEAR, FAR)
    quote = nearest(found)
    assert quote is not None
    assert (quote.text, quote.section) == (NEAR, "依法决策")
    assert found.report.quote(quote.span) == NEAR


def test_where_nothing_comes_near_nothing_is_shown() -> None:
    assert nearest(assessment(FAR, "化解邻里纠纷三十件，群众满意。")) is None


def test_a_short_scrap_is_not_shown() -> None:
    assert nearest(assessment(FAR, "专家论证。")) is None


# ---- for whom ----


def with_finding(status: Status, evidence: Evidence, *, check: str = "mention") -> Assessment:
    found = assessment(NEAR, FAR, check="mention")
    return dataclasses.replace(found, findings=(Finding(item(check), status, evidence),))


QUOTE = Quote(Span(0, 2), "青麓", Stance.DENIED, "")


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.UNMET])
def test_only_an_unmet_item_gets_a_nearest_passage(status: Status) -> None:
    assert nearest(with_finding(status, Evidence())) is None


def test_an_unmet_item_gets_one() -> None:
    assert nearest(with_finding(Status.UNMET, Evidence())) is not None


def test_an_unmet_item_with_a_quotation_of_its_own_gets_none() -> None:
    assert nearest(with_finding(Status.UNMET, Evidence((QUOTE,)))) is None


@pytest.mark.parametrize("check", ["title", "section", "date", "published", "addressee"])
def test_an_item_that_is_not_searched_by_words_gets_none(check: str) -> None:
    assert nearest(with_finding(Status.UNMET, Evidence(), check=check)) is None


# ---- never evidence ----


def test_the_nearest_passage_changes_no_judgement_and_no_evidence() -> None:
    before = assessment(FAR, NEAR)
    after = with_nearest(before)
    assert [f.status for f in after.findings] == [f.status for f in before.findings] == [Status.UNMET]
    assert after.findings[0].evidence.quotes == ()
    assert dataclasses.replace(after.findings[0].evidence, nearest=None) == before.findings[0].evidence
    assert judge(item(), after.findings[0].evidence) is Status.UNMET


def test_it_is_the_same_every_time() -> None:
    found = assessment(FAR, NEAR)
    assert with_nearest(found) == with_nearest(found)


# ---- what it costs ----

CHECK = """
import json, sys
from checker.cli import main
code = main(sys.argv[1:])
heavy = [name for name in ("jieba", "docxtpl", "lxml") if name in sys.modules]
print(json.dumps([code, heavy]), file=sys.stderr)
"""


def run(tmp_path: Path, *arguments: str) -> tuple[int, list[str]]:
    """Exit code of the program in a process of its own, and the heavy modules that it loaded."""
    report = tmp_path / "报告.txt"
    report.write_text("\n".join((TITLE, "一、主要举措和成效", FAR, NEAR)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CHECK, *arguments, str(report)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    code, heavy = json.loads(done.stderr.strip().split("\n")[-1])
    return code, heavy


@pytest.mark.parametrize("form", ["text", "json"])
def test_checking_a_text_file_loads_neither_jieba_nor_word(tmp_path: Path, form: str) -> None:
    assert run(tmp_path, "check", "--format", form) == (1, [])


def test_jieba_is_loaded_for_those_who_ask(tmp_path: Path) -> None:
    assert run(tmp_path, "check", "--nearest") == (1, ["jieba"])


def test_importing_the_command_line_loads_no_jieba() -> None:
    told = "import sys, checker.cli.check, checker.nearest; sys.exit('jieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], cwd=ROOT, check=False).returncode == 0
