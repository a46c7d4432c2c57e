"""A template looked over (模板检查): every wrong name at once, no right one blamed, and a sample filled."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import jinja2
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from checker.errors import TemplateError
from checker.renderers.inspection import Inspection, inspect, kind_of
from checker.renderers.kinds import KINDS
from checker.renderers.names import find_names, paths
from checker.renderers.word import WordTemplate

TEMPLATES = Path(__file__).parents[2] / "templates"
CONTEXT = {
    "unit": "示例镇",
    "report": {"title": "报告", "year": "2025"},
    "counts": {"met": 1, "unmet": 2},
    "gaps": [
        {"title": "甲", "findings": [{"number": 1, "title": "听证", "near": None, "basis": []}]},
        {
            "title": "乙",
            "findings": [{"number": 2, "title": "评估", "near": {"text": "原文"}, "basis": ["条"]}],
        },
    ],
    "none": [],
}
Make = Callable[..., WordTemplate]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A Word template of some paragraphs."""

    def made(*paragraphs: str, change: Callable[[Any], None] = lambda document: None) -> WordTemplate:
        document = docx.Document()
        for text in paragraphs:
            document.add_paragraph(text)
        change(document)
        document.save(str(tmp_path / "模板.docx"))
        return WordTemplate(tmp_path / "模板.docx")

    return made


def unknown_in(source: str) -> list[str]:
    names = find_names([("正文", source)], jinja2.Environment(), [CONTEXT])
    return [one.name for one in names.unknown]


def used_in(source: str) -> set[str]:
    return set(find_names([("正文", source)], jinja2.Environment(), [CONTEXT]).used)


# --- names --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "{{ unit }}{{ report.title }}{{ report['year'] }}{{ counts[unit] }}",
        "{% for g in gaps %}{{ loop.index }}{% for f in g.findings %}{{ f.title }}{{ f.near.text }}{% endfor %}{% endfor %}",
        "{% for g in gaps if g.title %}{{ g.title }}{% else %}{{ unit }}{% endfor %}",
        "{% set first = gaps[0] %}{{ first.title }}{{ (gaps|first).findings }}{{ gaps[:1][0].title }}",
        "{% for g in gaps or none %}{{ g.title }}{% endfor %}{% for g in gaps + gaps %}{{ g.title }}{% endfor %}",
        "{% for name, count in counts.items() %}{{ name }}{{ count }}{% endfor %}",
        "{% for name, group in gaps|groupby('title') %}{{ name }}{{ group }}{% endfor %}",
        "{{ gaps|map(attribute='title')|join('、') }}{{ gaps|selectattr('title')|list|length }}",
        "{% macro line(f, mark='、') %}{{ f.anything }}{{ mark }}{{ caller() }}{% endmacro %}{{ line(gaps[0]) }}",
        "{% set ns = namespace(n=0) %}{% set ns.n = ns.n + 1 %}{{ ns.n }}{{ range(3)|join }}",
        "{% with a = report %}{{ a.title }}{% endwith %}{% set block %}{{ unit }}{% endset %}{{ block }}",
        "{{ unit.strip('。') }}{{ unit if unit is defined else '' }}{{ unit ~ report.title }}{{ report.get('title') }}",
        "{% filter upper %}{{ unit }}{% endfilter %}{% for x in none %}{{ x.anything }}{% endfor %}",
        "{% for f in gaps[0].findings|sort(attribute='number') %}{{ f.title }}{% endfor %}",
    ],
)
def test_a_name_that_is_there_is_not_blamed(source: str) -> None:
    assert unknown_in(source) == []


@pytest.mark.parametrize(
    ("source", "unknown"),
    [
        ("{{ unti }}{{ report.titel }}{{ report['tilte'] }}", ["unti", "report.titel", "report['tilte']"]),
        ("{% if unit %}{% else %}{{ nowhere }}{% endif %}", ["nowhere"]),
        ("{% for g in gaps %}{% for f in g.findings %}{{ f.titel }}{% endfor %}{% endfor %}", ["f.titel"]),
        ("{% for g in gaps %}{% endfor %}{{ g.title }}{{ loop.index }}", ["g", "loop"]),
        ("{% for g in gaps %}{{ g.findings.title }}{% endfor %}", ["g.findings.title"]),
        ("{% for g in gaps if g.titel %}{% else %}{{ g.title }}{% endfor %}", ["g.titel", "g"]),
        (
            "{{ gaps|map(attribute='titel')|join }}{{ gaps|selectattr('no')|list }}",
            ["gaps|map(titel)", "gaps|selectattr(no)"],
        ),
        ("{{ gaps|frist }}{{ unit is stirng }}", ["frist", "stirng"]),
        (
            "{{ unit.title2 }}{{ unit.strip(wrong) }}{{ unit|default(worse) }}",
            ["unit.title2", "wrong", "worse"],
        ),
        ("{% macro m(a) %}{{ a }}{{ b }}{% endmacro %}{{ a }}", ["b", "a"]),
        ("{% with a = unit %}{% endwith %}{{ a }}", ["a"]),
        ("{% set x = report %}{{ x.titel }}", ["x.titel"]),
        ("{{ report.get('titel') }}", ["report.get('titel')"]),
        ("{% for n, v in report.items() %}{{ v.no }}{% endfor %}", ["v.no"]),
        ("{{ ''.__class__ }}{{ unit|attr('__init__') }}", ["''.__class__", "unit|attr(__init__)"]),
        ("{% if nope is defined %}{% endif %}{{ nope|default('') }}", ["nope"]),
        ("{{ gaps[0].titel }}{{ (gaps|last).titel }}", ["gaps[0].titel", "gaps|last().titel"]),
    ],
)
def test_a_name_that_is_not_there_is_told_in_every_branch(source: str, unknown: list[str]) -> None:
    assert unknown_in(source) == unknown


@pytest.mark.parametrize(
    ("source", "guess"),
    [
        ("{{ unti }}", "unit"),
        ("{{ report.titel }}", "report.title"),
        ("{{ year }}", "report.year"),
        ("{{ report['tilte'] }}", "report['title']"),
        ("{% for g in gaps %}{{ g.tilte }}{% endfor %}", "g.title"),
        ("{{ gaps|lenght }}", "length"),
        ("{{ 甲乙丙 }}", ""),
    ],
)
def test_what_is_probably_meant_is_guessed(source: str, guess: str) -> None:
    names = find_names([("正文", source)], jinja2.Environment(), [CONTEXT])
    assert [one.guess for one in names.unknown] == [guess]


def test_used_names_are_told_with_the_lists_they_are_in() -> None:
    assert used_in("{% for g in gaps %}{{ g.findings|map(attribute='title') }}{% endfor %}") == {
        "gaps", "gaps[]", "gaps[].findings", "gaps[].findings[].title",
    }  # fmt: skip
    assert "gaps[].findings[].near.text" in set(paths(CONTEXT))


# --- whole templates ----------------------------------------------------------------------------------


def test_all_wrong_names_of_all_parts_are_told_with_their_paragraphs(make: Make) -> None:
    def footers(document: Any) -> None:
        document.sections[0].footer.paragraphs[0].text = "页脚 {{ dats }}"
        document.sections[0].header.paragraphs[0].text = "页眉 {{ report.unti }}"
        cell = document.add_table(1, 1).rows[0].cells[0]
        cell.text = "表内 {{ counts.gasp }}"

    told = inspect(make("标题 {{ report.titel }}", "再一处 <{{ report.titel }}>", change=footers), "report")
    shown = {one.name: (one.guess, *one.places) for one in told.unknown}
    assert shown == {
        "report.titel": (
            "report.title",
            "正文：标题 {{ report.titel }}",
            "正文：再一处 <{{ report.titel }}>",
        ),
        "counts.gasp": ("counts.gaps", "正文：表内 {{ counts.gasp }}"),
        "report.unti": ("report.unit", "页眉：页眉 {{ report.unti }}"),
        "dats": ("date", "页脚：页脚 {{ dats }}"),
    }
    assert not told.usable
    assert told.sample == b""


def test_a_mark_that_word_tore_into_runs_is_read_whole(make: Make) -> None:
    def torn(document: Any) -> None:
        paragraph = document.add_paragraph()
        for text in ("{", "{ rep", "ort.ti", "tel }", "}"):
            paragraph.add_run(text).bold = True

    assert [one.name for one in inspect(make(change=torn), "report").unknown] == ["report.titel"]


@pytest.mark.parametrize(
    ("paragraphs", "fault"),
    [
        (["{%p if doubt %}", "{{ doubt }}"], "语法错误"),
        (["{{ report.title"], "语法错误"),
        (["{%p for g in gaps %}", "{{ g.title }}{% endfor %}"], "结构损坏"),
        (["{{ 1 / counts.na if not gaps else '' }}"], "ZeroDivisionError"),
        (["{% include 'x' %}"], "无法填写"),
    ],
    ids=["no endif", "no }}", "across paragraphs", "fails where nothing is wanting", "include"],
)
def test_what_cannot_be_filled_is_told(make: Make, paragraphs: list[str], fault: str) -> None:
    told = inspect(make(*paragraphs), "report")
    assert fault in told.fault
    assert not told.usable


def test_a_wrong_name_is_told_beside_a_fault_of_syntax_elsewhere(make: Make) -> None:
    def header(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ report.titel }}"

    told = inspect(make("{% if doubt %}", change=header), "report")
    assert [one.name for one in told.unknown] == ["report.titel"]
    assert "语法错误" in told.fault


@pytest.mark.parametrize("code", ["''.__class__", "report.__init__", "report|attr('__class__')"])
def test_what_the_sandbox_refuses_is_told(make: Make, code: str) -> None:
    told = inspect(make("{{ report.title }}", f"{{{{ {code} }}}}"), "report")
    assert not told.usable
    assert any(one.forbidden for one in told.unknown) or "不允许" in told.fault


@pytest.mark.parametrize(
    "mark", ["｛｛ report.title ｝｝", "{{ report.title ｝｝", "{％ if doubt ％}", "{ { date } }"]
)
def test_a_mark_that_would_stand_in_the_letter_is_told(make: Make, mark: str) -> None:
    told = inspect(make("{{ report.title }}", f"甲{mark}乙"), "report")
    assert told.left or told.fault


def test_a_mark_where_nothing_is_filled_is_told(make: Make) -> None:
    def comment(document: Any) -> None:
        document.add_comment(document.paragraphs[0].runs, "给 {{ report.unit }}", "甲")

    told = inspect(make("{{ report.title }}", change=comment), "report")
    assert told.left == ("给 {{ report.unit }}",)


def test_a_text_box_is_filled_and_looked_over(make: Make) -> None:
    box = f"""<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>
    <w:p><w:r><w:t>{{{{ report.titel }}}}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"""

    def add(document: Any) -> None:
        document.add_paragraph()._p.append(parse_xml(box))

    assert [one.name for one in inspect(make(change=add), "report").unknown] == ["report.titel"]


def test_what_the_document_must_say_and_does_not_is_told(make: Make) -> None:
    told = inspect(make("{{ report.title }}{{ doubt }}"), "report")
    assert told.wanting == ("未反映的事项", "反映不具体的事项", "需人工核实的事项")
    assert told.usable


def test_unused_variables_are_told_once_and_without_their_parts(make: Make) -> None:
    unused = inspect(make("{% for g in gaps %}{{ g.findings[0].title }}{% endfor %}"), "report").unused
    assert {"report", "date", "findings.remedy", "defects"} <= set(unused)
    assert not {"gaps", "findings.title", "report.title", "thin.title"} & set(unused)


# --- kinds --------------------------------------------------------------------------------------------


def shipped() -> list[tuple[str, Path]]:
    files = {"letter": "letter", "notice": "notice", "report": "gap-report", "recheck": "recheck"}
    return [(kind, TEMPLATES / f"{name}.docx") for kind, name in files.items() if kind in KINDS]


@pytest.mark.parametrize(("kind", "path"), shipped(), ids=[kind for kind, _ in shipped()])
def test_the_shipped_template_of_every_kind_is_fine(kind: str, path: Path) -> None:
    template = WordTemplate(path)
    told = inspect(template, kind)
    assert (told.unknown, told.wanting, told.left, told.fault) == ((), (), (), "")
    assert "示例镇" in text_of(told)
    assert kind_of(template) == kind


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_shipped_template_that_libreoffice_wrote_anew_is_fine(tmp_path: Path) -> None:
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(tmp_path), *(str(path) for _, path in shipped())]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for kind, path in shipped():
        template = WordTemplate(tmp_path / path.name)
        told = inspect(template, kind)
        assert (told.unknown, told.wanting, told.left, told.fault) == ((), (), (), ""), kind
        assert kind_of(template) == kind
        with zipfile.ZipFile(io.BytesIO(told.sample)) as archive:
            assert len(archive.namelist()) == len(set(archive.namelist()))


@pytest.mark.parametrize("kind", KINDS)
def test_documents_refuse_what_the_sandbox_refuses(make: Make, kind: str) -> None:
    for sample in KINDS[kind].samples():
        with pytest.raises(TemplateError, match="不允许的写法"):
            sample.render(make("{{ ''.__class__.__mro__ }}"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_samples_know_every_name_and_what_must_be_used(kind: str) -> None:
    full, *others = KINDS[kind].contexts()
    known = set(paths(full))
    assert {path for ways in KINDS[kind].must.values() for path in ways} <= known
    for other in others:
        assert set(paths(other)) <= known
    assert [path for path in known if hasattr(dict, path.rpartition(".")[2])] == []  # hidden by a method


def test_without_its_properties_a_template_is_known_by_its_variables(make: Make) -> None:
    assert kind_of(make("{{ report.title }}", "{{ checklist.switched_off }}{{ overall.bar }}")) == "report"
    assert kind_of(make("{{ issuer.body }}{{ report.titel }}")) == "letter"


@pytest.mark.parametrize("text", ["法治政府建设年度报告", "{{ report.title }}", "{{ nowhere }}"])
def test_a_document_without_marks_or_with_those_of_several_kinds_is_of_none(make: Make, text: str) -> None:
    assert kind_of(make(text)) == ""


def test_what_is_no_word_document_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04")
    with pytest.raises(TemplateError, match="不是可用的 Word 文档"):
        kind_of(WordTemplate(tmp_path / "a.docx"))


def text_of(told: Inspection) -> str:
    document = docx.Document(io.BytesIO(told.sample))
    return "".join(re.findall(r">([^<]+)</w:t>", document.element.xml))
