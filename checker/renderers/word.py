"""Fill a Word template (填写模板) through Jinja2: no character of a report can break or cut the document.

The wording and the looks live in the template, ours or the user's own; the renderers give it plain
data. Templates run in Jinja2's sandbox, an unknown variable is an error, and every fault is told
with its place.
"""

from __future__ import annotations

import datetime
import difflib
import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jinja2
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]
from markupsafe import Markup, escape

from checker.errors import TemplateError

UNREADABLE = "\ufffd"
LINE_BREAK = re.compile(r"\r\n|[\r\n\t\x85\u2028\u2029]")
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
UNKNOWN_NAME = re.compile(r"'([^']+)' is undefined|has no (?:attribute|element) '?([^']+?)'?$")
PARAGRAPH = re.compile(r"<w:p(?=[ >])")
LONG_ROW = 250  # characters
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
CELL_PROPERTIES = (
    *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar"),
    *("textDirection", "tcFitText", "vAlign", "hideMark"),
)
_UNREAD = {FileNotFoundError: "没有这个文件", IsADirectoryError: "是文件夹", PermissionError: "没有读取权限"}
Finish = Callable[[Any], None]


class WordTemplate:
    """A Word template (模板), read and compiled once and filled as often as there are documents.

    data: the file; environment: where its marks are evaluated, with the filters and tests it knows.
    Raises TemplateError where it cannot be read, and from `fill` where it cannot be filled.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data = _template_bytes(path)
        self.environment = _Environment(undefined=jinja2.StrictUndefined, autoescape=True, finalize=_written)
        self._patched: dict[str, str] = {}

    def fill(self, context: dict[str, Any], *, date: datetime.date, finish: Finish | None = None) -> bytes:
        """The filled document; the same input gives the same bytes.

        date: what the file's properties name as its day. finish: what is still to be done to the
        python-docx document after filling, such as layout that depends on the text.
        """
        with _faults_told(self.path, context, document := self._opened()):
            document.render(context, self.environment, autoescape=True)
            _order_cell_properties(document)
            if finish:
                finish(document.docx)
            _fix_dates(document, date)
            filled = io.BytesIO()
            document.save(filled)
        return repacked(filled.getvalue())

    @property
    def category(self) -> str:
        """The category in the file's properties, which tells what our own templates are for."""
        return str(self._opened().docx.core_properties.category or "")

    def sources(self) -> list[tuple[str, str]]:
        """The marks of each part that is filled (正文, 页眉, 页脚, 脚注), one line a paragraph."""
        with _faults_told(self.path, {}, document := self._opened()):
            return [
                (name, PARAGRAPH.sub(r"\n\g<0>", document.patch_xml(xml))) for name, xml in document.parts()
            ]

    def _opened(self) -> _Template:
        with _faults_told(self.path, {}):
            document = _Template(io.BytesIO(self.data), self._patched)
            document.get_docx()
            _find_properties(document.docx)
        return document


# --- docxtpl, made strict and quick --------------------------------------------------------------


class _BrokenResult(Exception):
    """The filled document is no longer XML: a tag of the template stands across a boundary."""


class _Template(DocxTemplate):  # type: ignore[misc]
    """docxtpl, made strict; `patched` keeps what was prepared for an earlier document."""

    def __init__(self, file: io.BytesIO, patched: dict[str, str]) -> None:
        super().__init__(file)
        self._patched = patched

    def patch_xml(self, src_xml: str) -> str:
        if src_xml not in self._patched:
            self._patched[src_xml] = super().patch_xml(src_xml)
        return self._patched[src_xml]

    def parts(self) -> Iterator[tuple[str, str]]:
        """Each part that docxtpl fills, by its Chinese name, as XML."""
        yield "正文", self.get_xml()
        for name, uri in (("页眉", self.HEADER_URI), ("页脚", self.FOOTER_URI)):
            yield from ((name, self.get_part_xml(part)) for _, part in self.get_headers_footers(uri))
        for part in self.docx.part.package.parts:
            if part.content_type == CONTENT_TYPE.WML_FOOTNOTES:
                yield "脚注", part.blob.decode("utf-8")

    def fix_tables(self, xml: str) -> Any:
        # docxtpl parses with recover=True and so cuts a broken document without a word.
        try:
            etree.fromstring(xml)
        except etree.XMLSyntaxError as error:
            raise _BrokenResult(str(error)) from error
        return super().fix_tables(xml)

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Leave the file's properties alone: they are no XML text and would be escaped twice."""


class _Environment(SandboxedEnvironment):
    """A sandbox that compiles each source once: compiling costs as much as filling."""

    def from_string(self, source: Any, *args: Any, **more: Any) -> jinja2.Template:
        compiled: dict[Any, jinja2.Template] = self.__dict__.setdefault("compiled", {})
        if source not in compiled:
            compiled[source] = super().from_string(source, *args, **more)
        return compiled[source]


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


def _find_properties(document: Any) -> None:
    """Name the relation to a file's properties as python-docx looks for it.

    LibreOffice spells it otherwise; python-docx would add a second part of the same name.
    """
    for relation in document.part.package.rels.values():
        if relation.reltype.lower().endswith("/metadata/core-properties"):
            relation._reltype = RELATIONSHIP_TYPE.CORE_PROPERTIES


def _fix_dates(document: Any, date: datetime.date) -> None:
    moment = datetime.datetime.combine(date, datetime.time())
    properties = document.docx.core_properties
    properties.created = properties.modified = moment
    properties.last_modified_by = ""
    properties.revision = 1


def let_long_rows_break(document: Any) -> None:
    """A row that fills a good part of a page may run over to the next: it would leave the first one empty."""
    for row in document.element.body.iter(qn("w:tr")):
        if sum(len(text.text or "") for text in row.iter(qn("w:t"))) > LONG_ROW:
            for kept in [*row.iter(qn("w:cantSplit"))]:
                kept.getparent().remove(kept)
            for paragraph in row.iter(qn("w:p")):
                paragraph.get_or_add_pPr().get_or_add_keepLines().set(qn("w:val"), "0")


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
        fault = _UNREAD.get(type(error), error.strerror)
        raise TemplateError(
            f"{template}: 无法读取模板（{fault}）。请检查所给的模板路径是否存在、可读，且是 .docx 文件。"
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
        told = _unknown_variable(error, context, document)
        hint = f"一次列出全部问题：fazhi template check {template}"
        raise TemplateError(f"{template}: {told}\n{hint}") from error
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
    lines.append(f"可用的变量：{'、'.join(sorted(context))}。")
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
    line = html.unescape(around[place]).strip() if place < len(around) else ""
    shown = f"\n所在文字：{line}" if line else ""
    return (
        f"模板语法错误（{error.message}）。{shown}\n"
        "请检查 {{ }} 与 {% %} 是否成对、每个 for 有 endfor、每个 if 有 endif。"
    )


def _other_fault(error: Exception, document: Any) -> str:
    if document is None:
        return f"不是可用的 Word 文档（{error}）。请用 Word 或 WPS 另存为 .docx 后再试。"
    return f"模板无法填写（{type(error).__name__}: {error}）。请检查模板中的算式、过滤器和函数。"
