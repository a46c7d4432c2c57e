"""The Shapotou checklist as it is published: ids, basis, remedies, specimens, quotations."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from checker.load import load_checklist
from checker.model.checklist import Basis, Item

ROOT = Path(__file__).parent.parent
CHECKLIST = load_checklist(ROOT / "checklists" / "shapotou-2018.yaml")
ITEMS = {item.id: item for item in CHECKLIST.items()}
OPINIONS_TITLE = "沙坡头区《关于进一步加强乡镇政府法治政府建设的实施意见》"

# Ids are permanent: results are compared by id, across tools and years.
IDS = [
    "sections.title",
    "sections.measures",
    "sections.shortcomings",
    "sections.causes",
    "sections.first-responsible",
    "sections.plan",
    "sections.timeliness",
    "sections.published",
    "sections.addressees",
    "leadership.first-responsible",
    "leadership.leading-group",
    "leadership.agenda",
    "leadership.planning",
    "leadership.personally",
    "leadership.study",
    "leadership.appraisal",
    "leadership.judicial-authority",
    "decision.rules",
    "decision.public-participation",
    "decision.expert-review",
    "decision.risk-assessment",
    "decision.legality-review",
    "decision.collective",
    "decision.consultation",
    "decision.opinion-poll",
    "decision.hearing",
    "decision.archive",
    "decision.accountability",
    "documents.procedure",
    "documents.publication",
    "documents.legality-review",
    "documents.filing",
    "documents.cleanup",
    "enforcement.equipment",
    "enforcement.disclosure",
    "enforcement.conduct",
    "enforcement.procedure",
    "enforcement.recording",
    "enforcement.legal-review",
    "personnel.qualification",
    "personnel.auxiliary",
    "personnel.training",
    "contracts.review",
    "oversight.public",
    "oversight.enforcement",
    "oversight.litigation",
    "oversight.court-appearance",
    "oversight.judgments",
    "oversight.openness",
    "capacity.legal-staff",
    "capacity.counsel-appointed",
    "capacity.counsel-villages",
    "capacity.counsel-role",
    "capacity.counsel-appraisal",
    "promotion.demonstration",
    "promotion.publicity",
    "promotion.disputes",
]

# Numbers of articles that were checked against the text of the law. All others are from memory and
# must not stand in a letter: such a basis names the part of the document instead (年度报告内容（一）).
VERIFIED_ARTICLES = {
    "《中华人民共和国行政处罚法》": {"第三十九条", "第四十七条", "第四十八条", "第五十八条"},
    "《中华人民共和国行政诉讼法》": {"第三条"},
    "《优化营商环境条例》": {"第五十八条", "第五十九条"},
    "《党政主要负责人履行推进法治建设第一责任人职责规定》（2016年）": {"第四条"},
}
ARTICLE = re.compile(r"第[一二三四五六七八九十百\d]+条")


def folded(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@pytest.fixture(scope="module")
def opinions() -> str:
    return folded((ROOT / "examples" / "shapotou-opinions-2018.txt").read_text(encoding="utf-8-sig"))


def every_basis() -> list[tuple[str, Basis]]:
    return [(item.id, basis) for item in ITEMS.values() for basis in item.basis]


def test_the_57_ids_in_their_order() -> None:
    assert len(IDS) == len(set(IDS)) == 57
    assert list(ITEMS) == IDS


def test_an_item_stands_in_the_group_its_id_names() -> None:
    assert [(g.id, i.id) for g in CHECKLIST.groups for i in g.items if i.id.split(".")[0] != g.id] == []


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_item_is_complete(item: Item) -> None:
    assert item.title
    assert item.requirement.endswith("。")
    assert item.basis
    assert item.levels
    assert all(basis.document and basis.clause for basis in item.basis)
    assert all(bool(basis.quotation) != bool(basis.summary) for basis in item.basis)


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_remedy_is_a_sentence_to_fill_in_without_invented_facts(item: Item) -> None:
    assert "____" in item.remedy or item.remedy.startswith("建议")
    # Only a stated zero (“本年度…0件”) and the dates of the rule itself may stand there as figures.
    figures = set(re.findall(r"\d+月\d+日|\d+", item.remedy))
    assert figures <= {"0", "1月1日", "3月31日", "12月31日"}


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_item_shows_what_it_accepts_and_what_not(item: Item) -> None:
    shown = Counter(specimen.status for specimen in item.specimens)
    assert shown["met"] >= 2
    assert shown["unmet"] >= 2
    if not item.id.startswith("sections."):
        assert shown["deferred"] >= 2
    if item.figures:
        assert shown["thin"] >= 2


def test_quotations_of_the_opinions_are_their_own_words(opinions: str) -> None:
    quoted = [
        (item, basis.quotation) for item, basis in every_basis() if basis.document.startswith(OPINIONS_TITLE)
    ]
    assert len(quoted) >= 50
    assert [(item, words) for item, words in quoted if not words or folded(words) not in opinions] == []


def test_only_the_opinions_are_quoted_word_for_word() -> None:
    others = [(item, basis) for item, basis in every_basis() if not basis.document.startswith(OPINIONS_TITLE)]
    assert [(item, basis.document) for item, basis in others if basis.quotation] == []


def test_articles_are_named_only_where_they_were_verified() -> None:
    unknown = [
        (item, basis.document, article)
        for item, basis in every_basis()
        for text in (basis.clause, basis.summary)
        for article in ARTICLE.findall(text)
        if article not in VERIFIED_ARTICLES.get(basis.document, set())
    ]
    assert unknown == []


def test_no_article_number_stands_where_nobody_verified_it() -> None:
    texts = [(item.id, text) for item in ITEMS.values() for text in (item.requirement, item.remedy)]
    assert [(item, text) for item, text in texts if ARTICLE.search(text)] == []
