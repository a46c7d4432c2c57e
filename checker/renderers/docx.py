"""Render an assessment as a gap report in DOCX (核查情况报告) by filling a Word template.

The wording and the looks live in the template (``templates/gap-report.docx`` or the user's own);
this module gives it plain data and makes sure that no character of a report can break or cut the
document. The variables a template may use are listed at `gap_report_context`.
"""

from __future__ import annotations

import datetime
import difflib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jinja2
from docx.oxml.ns import qn
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]
from markupsafe import Markup, escape

from checker.errors import TemplateError
from checker.model.assessment import DEFECT_NAMES, STATUS_NAMES, Assessment, Defect, Finding, Quote, Status
from checker.model.checklist import Basis, Group
from checker.model.report import LEVELS, Report, Span, Stance
from checker.renderers.phrasing import LIKELY, page_text, stance_name, tops

BAR_SLOTS = 20
BAR_ORDER = (Status.MET, Status.THIN, Status.DEFERRED, Status.UNMET, Status.MANUAL)
UNREADABLE = "\ufffd"
LINE_BREAK = re.compile(r"\r\n|[\r\n\t\x85\u2028\u2029]")
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
UNKNOWN_NAME = re.compile(r"'([^']+)' is undefined|has no (?:attribute|element) '?([^']+?)'?$")
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
CELL_PROPERTIES = (
    *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar"),
    *("textDirection", "tcFitText", "vAlign", "hideMark"),
)


def render_gap_report(assessment: Assessment, *, template: Path, date: datetime.date) -> bytes:
    """Fill the template with the assessment (填写核查报告). The same input gives the same bytes."""
    context = gap_report_context(assessment, date)
    with _faults_told(template, context):
        document = _Template(io.BytesIO(_template_bytes(template)))
        document.get_docx()
    with _faults_told(template, context, document):
        document.render(context, _environment(), autoescape=True)
        _order_cell_properties(document)
        _fix_dates(document, date)
        filled = io.BytesIO()
        document.save(filled)
    return repacked(filled.getvalue())


# --- the variables of a template -----------------------------------------------------------------


def gap_report_context(assessment: Assessment, date: datetime.date) -> dict[str, Any]:
    """The variables of a template (模板变量): plain dicts, lists, strings and counts.

    date      day of the check, "2026年3月5日"
    file      name of the file that was read
    notes     list of sentences: how it was read, what was not
    doubt     why its text may not be whole ("" when it is): then nothing counts as a gap
    report    title, unit, year ("" when unknown), level (乡镇…)
    checklist title, version, basis, total, switched_off: list of {id, reason}
    names     status -> its Chinese name; statuses: met thin deferred unmet manual na
    counts    one number for each status, and: total, applicable (total less na), gaps, defects
    groups    every group of the checklist: title, total (applicable), counts, bar
              (list of 20 statuses in proportion, "none" where nothing applies)
    overall   the same for all groups together (title "")
    gaps, thin, manual, met
              the groups that have such findings: numeral (一、二…), title, findings
    missing_parts  titles of the parts of their own that the report lacks
    na        titles of the items that do not apply
    defects   number, kind, name (Chinese), place (heading), quote, message, suggestion

    A finding: number (runs through the part), id, title, requirement, remedy, status, status_name,
    basis (list of {document, clause, quotation, summary}), quotes (list of {text, section, stance,
    stance_name, reason, figure}), lacking (list), searched (list of headings), undecidable,
    contrary, nearest (a quote, or none: the passage to look at first; it is no evidence).
    """
    return {
        "date": _chinese_date(date),
        "file": Path(assessment.path).name,
        "notes": list(assessment.notes),
        "doubt": assessment.report.doubt,
        "report": _report(assessment.report),
        "checklist": _checklist(assessment),
        "names": {status.value: name for status, name in STATUS_NAMES.items()},
        "counts": _counts(assessment.findings) | {"defects": len(assessment.defects)},
        "groups": [_summary(group.title, findings) for group, findings in _grouped(assessment)],
        "overall": _summary("", assessment.findings),
        "missing_parts": [finding.item.title for finding in assessment.missing_parts()],
        "gaps": _part(assessment, Status.UNMET, Status.DEFERRED),
        "thin": _part(assessment, Status.THIN),
        "manual": _part(assessment, Status.MANUAL),
        "met": _part(assessment, Status.MET),
        "na": [finding.item.title for finding in assessment.findings if finding.status is Status.NA],
        "defects": [
            _defect(number, defect, assessment.report)
            for number, defect in enumerate(assessment.defects, start=1)
        ],
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "unit": report.unit,
        "year": "" if report.year is None else str(report.year),
        "level": LEVELS.get(report.level, report.level),
    }


def _checklist(assessment: Assessment) -> dict[str, Any]:
    checklist = assessment.checklist
    return {
        "title": checklist.title,
        "version": checklist.version,
        "basis": checklist.basis,
        "total": len(assessment.findings),
        "switched_off": [{"id": item, "reason": reason} for item, reason in checklist.switched_off],
    }


def _grouped(assessment: Assessment) -> list[tuple[Group, list[Finding]]]:
    """The findings under their groups, in the checklist's order."""
    groups = assessment.checklist.groups
    homes = {item.id: group.id for group in groups for item in group.items}
    members: dict[str, list[Finding]] = {group.id: [] for group in groups}
    for finding in assessment.findings:
        # A finding without a group would vanish from the document: better to fail here.
        members[homes[finding.item.id]].append(finding)
    return [(group, members[group.id]) for group in groups]


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    counts = {status.value: sum(f.status is status for f in findings) for status in Status}
    gaps = counts[Status.UNMET] + counts[Status.DEFERRED]
    applicable = len(findings) - counts[Status.NA]
    return counts | {"total": len(findings), "applicable": applicable, "gaps": gaps}


def _summary(title: str, findings: Sequence[Finding]) -> dict[str, Any]:
    counts = _counts(findings)
    return {"title": title, "total": counts["applicable"], "counts": counts, "bar": _bar(counts)}


def _bar(counts: Mapping[str, int]) -> list[str]:
    """Statuses over a fixed number of slots by largest remainder; what occurs at all gets a slot."""
    present = [status.value for status in BAR_ORDER if counts[status]]
    total = sum(counts[status] for status in present)
    if not total:
        return ["none"] * BAR_SLOTS
    exact = {status: counts[status] * BAR_SLOTS / total for status in present}
    slots = {status: max(1, int(exact[status])) for status in present}
    while (spare := BAR_SLOTS - sum(slots.values())) != 0:
        step = 1 if spare > 0 else -1
        movable = [status for status in present if step > 0 or slots[status] > 1]
        slots[max(movable, key=lambda status: step * (exact[status] - slots[status]))] += step
    return [status for status in present for _ in range(slots[status])]


def _part(assessment: Assessment, *statuses: Status) -> list[dict[str, Any]]:
    """The groups that have findings of these statuses; numbers run through the whole part."""
    part: list[dict[str, Any]] = []
    number = 0
    for group, findings in _grouped(assessment):
        wanted = [finding for finding in findings if finding.status in statuses]
        if not wanted:
            continue
        told = [_finding(number + n, f, assessment.report) for n, f in enumerate(wanted, start=1)]
        number += len(wanted)
        part.append({"numeral": _numeral(len(part) + 1), "title": group.title, "findings": told})
    return part


def _finding(number: int, finding: Finding, report: Report) -> dict[str, Any]:
    item, evidence = finding.item, finding.evidence
    return {
        "number": number,
        "id": item.id,
        "title": item.title,
        "requirement": item.requirement,
        "remedy": item.remedy,
        "status": finding.status.value,
        "status_name": STATUS_NAMES[finding.status],
        "basis": [_basis(basis) for basis in item.basis],
        "quotes": [_quote(quote, report) for quote in _shown(finding)],
        "lacking": list(evidence.lacking),
        "searched": tops(evidence.searched),
        "undecidable": evidence.undecidable,
        "contrary": evidence.contrary,
        "nearest": _quote(evidence.nearest, report) if evidence.nearest else None,
    }


def _shown(finding: Finding) -> list[Quote]:
    """What shows a met or thin item, and what contradicts it; for a gap, all that was found."""
    if finding.status not in (Status.MET, Status.THIN):
        return list(finding.evidence.quotes)
    shown = (Stance.DONE, Stance.ASSERTED, Stance.NIL, Stance.DENIED)
    return [quote for quote in finding.evidence.quotes if quote.stance in shown]


def _basis(basis: Basis) -> dict[str, str]:
    return {
        "document": basis.document,
        "clause": basis.clause,
        "quotation": basis.quotation,
        "summary": basis.summary,
    }


def _quote(quote: Quote, report: Report) -> dict[str, str]:
    return {
        "text": quote.text,
        "section": _place(quote),
        "stance": quote.stance.value,
        "stance_name": stance_name(quote),
        "reason": quote.reason,
        "figure": report.quote(quote.figure) if quote.figure else "",
    }


def _place(quote: Quote) -> str:
    """The heading a quotation stands under, its page, and whether it is to be looked at."""
    page, likely = page_text(quote), f"；{LIKELY}" if quote.likely else ""
    return f"{quote.section or '未设标题部分'}{page}{likely}" if page or likely else quote.section


def _defect(number: int, defect: Defect, report: Report) -> dict[str, Any]:
    return {
        "number": number,
        "kind": defect.kind,
        "name": DEFECT_NAMES.get(defect.kind, defect.kind),
        "place": _heading_at(report, defect.span),
        "quote": defect.quote,
        "message": defect.message,
        "suggestion": defect.suggestion,
    }


def _heading_at(report: Report, span: Span) -> str:
    """The heading of the innermost section around a place; parents come before children in `walk`."""
    titles = [section.title for section in report.walk() if section.span.holds(span)]
    return titles[-1] if titles else ""


def _numeral(number: int) -> str:
    """一 to 九十九, as headings count."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if tens == 0:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def _chinese_date(date: datetime.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"


# --- filling the template ------------------------------------------------------------------------


class _BrokenResult(Exception):
    """The filled document is no longer XML: a tag of the template stands across a boundary."""


class _Template(DocxTemplate):  # type: ignore[misc]
    """docxtpl, made strict."""

    def fix_tables(self, xml: str) -> Any:
        # docxtpl parses with recover=True and so cuts a broken document without a word.
        try:
            etree.fromstring(xml)
        except etree.XMLSyntaxError as error:
            raise _BrokenResult(str(error)) from error
        return super().fix_tables(xml)

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Leave the file's properties alone: they are no XML text and would be escaped twice."""


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True, finalize=_written)


def _written(value: Any) -> Any:
    """What a template prints, safe inside the XML of a document and complete.

    Line breaks become spaces, because docxtpl turns "\\n" into a line without indent; characters
    that XML forbids become U+FFFD; "_" is escaped because docxtpl afterwards rewrites "{_{".
    """
    if isinstance(value, jinja2.Undefined) or hasattr(value, "__html__"):
        return value
    text = NOT_XML.sub(UNREADABLE, LINE_BREAK.sub(" ", str(value)))
    return Markup(str(escape(text)).replace("_", "&#95;"))


def _order_cell_properties(document: Any) -> None:
    """Bring what ``{% cellbg %}`` and ``{% vm %}`` added to a cell into the order the schema wants."""
    rank = {qn(f"w:{name}"): place for place, name in enumerate(CELL_PROPERTIES)}
    for properties in document.docx.element.body.iter(qn("w:tcPr")):
        properties[:] = sorted(properties, key=lambda child: rank.get(child.tag, len(rank)))


def _fix_dates(document: Any, date: datetime.date) -> None:
    moment = datetime.datetime.combine(date, datetime.time())
    properties = document.docx.core_properties
    properties.created = properties.modified = moment
    properties.last_modified_by = ""
    properties.revision = 1


def repacked(data: bytes) -> bytes:
    """The same archive with fixed times, so that equal input gives equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, ZIP_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            target.writestr(info, source.read(name))
    return packed.getvalue()


# --- faults of a template, told to people --------------------------------------------------------


def _template_bytes(template: Path) -> bytes:
    try:
        return template.read_bytes()
    except OSError as error:
        raise TemplateError(
            f"{template}: 无法读取模板（{error.strerror}）。"
            "请检查 --template 给出的路径是否存在、可读，且是 .docx 文件。"
        ) from error


@contextmanager
def _faults_told(template: Path, context: dict[str, Any], document: Any = None) -> Iterator[None]:
    """Turn whatever a template makes go wrong into a TemplateError.

    Everything is caught on purpose: an expression in a user's template can raise any exception.
    """
    try:
        yield
    except TemplateError:
        raise
    except jinja2.UndefinedError as error:
        raise TemplateError(f"{template}: {_unknown_variable(error, context, document)}") from error
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(f"{template}: {_syntax_fault(error)}") from error
    except SecurityError as error:
        raise TemplateError(
            f"{template}: 模板中有不允许的写法（{error}）。模板只能取用数据，请删去以下划线开头的属性等写法。"
        ) from error
    except _BrokenResult as error:
        raise TemplateError(
            f"{template}: 填写后文档结构损坏（{error}）。多因 for、if 与 endfor、endif 不在同一层："
            "整段的用 {%p … %}，整行的用 {%tr … %}，首尾须同类并各占一段或一行。"
        ) from error
    except Exception as error:
        raise TemplateError(f"{template}: {_other_fault(error, document)}") from error


def _unknown_variable(error: jinja2.UndefinedError, context: dict[str, Any], document: Any) -> str:
    found = UNKNOWN_NAME.search(str(error))
    if found is None:
        return f"模板用到了不存在的变量（{error}）。可用的变量：{'、'.join(sorted(context))}。"
    name = found[1] or found[2]
    lines = [f'模板用到了不存在的变量 "{name}"。']
    lines += [f"所在文字：{text}" for text in _paragraphs_with(name, document)[:1]]
    near = difflib.get_close_matches(name, sorted(_field_names(context)), n=1)
    lines += [f'是否想写 "{match}"？' for match in near]
    lines.append(f"可用的变量：{'、'.join(sorted(context))}；其字段见 checker/renderers/docx.py。")
    return "\n".join(lines)


def _field_names(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(_field_names(inner) for inner in value.values()))
    if isinstance(value, list):
        return set().union(*(_field_names(inner) for inner in value))
    return set()


def _paragraphs_with(name: str, document: Any) -> list[str]:
    """The template's paragraphs that use a variable, to show where it stands."""
    if document is None:
        return []
    uses = re.compile(r"\{[{%][^}]*\b" + re.escape(name) + r"\b")
    paragraphs = document.docx.element.body.iter(qn("w:p"))
    texts = ["".join(text.text or "" for text in p.iter(qn("w:t"))) for p in paragraphs]
    return [text for text in texts if uses.search(text)]


def _syntax_fault(error: jinja2.TemplateSyntaxError) -> str:
    # docxtpl hands over the lines around the fault, at most three of them before it.
    around = list(getattr(error, "docx_context", ()))
    place = min(error.lineno - 1, 3)
    line = around[place].strip() if place < len(around) else ""
    shown = f"\n所在文字：{line}" if line else ""
    return (
        f"模板语法错误（{error.message}）。{shown}\n"
        "请检查 {{ }} 与 {% %} 是否成对、每个 for 有 endfor、每个 if 有 endif。"
    )


def _other_fault(error: Exception, document: Any) -> str:
    if document is None:
        return f"不是可用的 Word 文档（{error}）。请用 Word 或 WPS 另存为 .docx 后再试。"
    return f"模板无法填写（{type(error).__name__}: {error}）。请检查模板中的算式、过滤器和函数。"
