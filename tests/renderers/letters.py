"""Small letters for the tests of their renderers, and their PDF as LibreOffice prints it."""

from __future__ import annotations

import dataclasses
import datetime
import importlib
import io
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from docx import Document
from docx.oxml.ns import qn

from checker.model.assessment import Assessment, Finding, Status
from checker.model.checklist import Basis
from checker.model.letter import Issuer, Letter
from checker.model.report import Stance
from checker.readers.libreoffice import find_soffice
from checker.renderers.letter import render_letter
from checker.renderers.word import WordTemplate
from tests.renderers.assessments import assessment, finding, item, quote

TEMPLATES = Path(__file__).parents[2] / "templates"
LETTER, NOTICE = (WordTemplate(TEMPLATES / name) for name in ("letter.docx", "notice.docx"))
BINDING = Basis("《督察规定》", "第九条", quotation="应当报告。", levels=("township",))
GUIDING = Basis("某区《意见》（2018年）", "二（一）", summary="应当听证。", levels=("county",))
NAME_40 = "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县全面依法治县委员会办公室法治督察"[:40]
UNIT_40 = "双江拉祜族佤族布朗族傣族自治县沙河乡人民政府综合行政执法和应急管理指挥调度中心办公"[:40]
MM = 25.4 / 72


def issuer(**changes: Any) -> Issuer:
    given: dict[str, Any] = {
        "body": "青原区司法局",
        "own": "我局",
        "kind": "函",
        "area": "某省青原区",
        "prefix": "青司函",
        "first": 1,
        "contact": "张三",
        "phone": "0955-7012345",
        "deadline": 15,
        "cc": ("青原区委全面依法治区委员会办公室", "青原区人民政府办公室"),
    }
    return Issuer(**(given | changes))


def letter(addressee: str = "青麓镇人民政府", *, draft: str = "", **changes: Any) -> Letter:
    if draft:
        return Letter(issuer(**changes), addressee, None, None, None)
    day, due = datetime.date(2026, 3, 5), datetime.date(2026, 3, 26)
    return Letter(issuer(**changes), addressee, day, 12, due)


def gap(number: int = 0, status: Status = Status.UNMET, *quotes: Any, **evidence: Any) -> Finding:
    """A finding of its own, with two clauses: one that binds a township, one that does not."""
    made = dataclasses.replace(item(f"i{number}", f"事项{number}"), basis=(GUIDING, BINDING))
    return finding(status, *quotes, of=made, **evidence)


def every_kind(each: int = 1) -> Assessment:
    """So many findings of each kind that is asked for, and one that is met."""
    made = [gap(status=Status.MET)]
    for _ in range(each):
        made += [
            gap(len(made)),
            gap(len(made) + 1, Status.DEFERRED, quote("拟召开听证会。", Stance.PLANNED, section="下步计划")),
            gap(len(made) + 2, Status.THIN, quote("全年召开听证会2次。"), lacking=("数量",)),
            gap(len(made) + 3, contrary="发布日期早于报告年度结束"),
        ]
    return assessment(*made)


def rendered(told: Assessment, sent: Letter | None = None, **more: Any) -> bytes:
    return render_letter(told, sent or letter(), **({"template": LETTER} | more))


def texts(data: bytes) -> list[str]:
    """All paragraphs: of the first page's header, then of the body and its tables."""
    document = Document(io.BytesIO(data))
    roots = [document.sections[0].first_page_header._element, document.element.body]
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for root in roots for p in root.iter(qn("w:p"))]


def maker(name: str, monkeypatch: Any) -> Any:
    """One of the scripts that make the templates."""
    monkeypatch.syspath_prepend(str(TEMPLATES))
    return importlib.import_module(name)


# --- pages in millimetres ------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Sign:
    """A printed character: its ink's box from the page's left and top, and its baseline, in mm."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float


@dataclasses.dataclass(frozen=True)
class Bar:
    """A filled shape on a page, in mm, with its colour."""

    left: float
    top: float
    right: float
    bottom: float
    colour: tuple[int, int, int]


def printed(documents: Mapping[str, bytes], folder: Path) -> dict[str, Any]:
    """The PDF of each document; one run of LibreOffice for all."""
    for name, data in documents.items():
        (folder / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(find_soffice()), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    files = [str(folder / f"{name}.docx") for name in documents]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
    return {name: pdfium.PdfDocument(folder / f"{name}.pdf") for name in documents}


def signs(page: Any) -> list[Sign]:
    text, height = page.get_textpage(), page.get_height()
    found = []
    for at in range(text.count_chars()):
        sign = chr(pdfium_c.FPDFText_GetUnicode(text.raw, at))
        if sign.isspace() or not sign.isprintable():
            continue
        left, bottom, right, top = text.get_charbox(at)
        x, y = pdfium_c.c_double(), pdfium_c.c_double()
        pdfium_c.FPDFText_GetCharOrigin(text.raw, at, x, y)
        box = (left * MM, (height - top) * MM, right * MM, (height - bottom) * MM)
        found.append(Sign(sign, *box, (height - y.value) * MM))
    return found


def lines(page: Any) -> list[list[Sign]]:
    """The signs of a page by baseline, from the top, each line from the left."""
    rows: dict[float, list[Sign]] = {}
    for sign in signs(page):
        base = next((known for known in rows if abs(known - sign.base) < 0.5), sign.base)
        rows.setdefault(base, []).append(sign)
    return [sorted(rows[base], key=lambda sign: sign.left) for base in sorted(rows)]


def line(page: Any, text: str) -> list[Sign]:
    """The line that says this."""
    return next(row for row in lines(page) if text in "".join(sign.text for sign in row))


def bars(page: Any) -> Iterator[Bar]:
    height = page.get_height()
    for shape in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = shape.get_bounds()
        colour = [pdfium_c.c_uint() for _ in range(4)]
        pdfium_c.FPDFPageObj_GetFillColor(shape.raw, *colour)
        red, green, blue, _ = (part.value for part in colour)
        yield Bar(left * MM, (height - top) * MM, right * MM, (height - bottom) * MM, (red, green, blue))
