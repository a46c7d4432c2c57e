"""Writes OFD files in the manners of several producers (OFD 写出器), from one list of laid out text."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from xml.sax.saxutils import escape

from checker.readers.ofd.text import width

NAMESPACE = "http://www.ofdspec.org/2016"
# GB/T 9704: 22 lines of 28 characters of size 3 on A4, in millimetres.
SIZE, PITCH, LEFT, TOP = 5.644, 10.21, 28.0, 37.0
PER_LINE, PER_PAGE = 28, 22
ASCENT = 0.88


@dataclass(frozen=True)
class Line:
    """A line of text: the left end of its baseline."""

    text: str
    x: float
    y: float
    size: float = SIZE

    def origins(self) -> list[float]:
        xs = [self.x]
        for character in self.text[:-1]:
            xs.append(xs[-1] + width(character) * self.size)
        return xs


@dataclass
class Sheet:
    """One page: lines of text, and the ends of drawn lines."""

    lines: list[Line] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)


@dataclass(frozen=True)
class Manner:
    """How a producer writes: every field is a difference seen between programs."""

    unit: str = "line"  # line, run, glyph
    deltas: str = "list"  # list, g, none
    boundary: str = "tight"  # tight, page
    scale: float = 1.0  # of the CTM; sizes and deltas are divided by it
    flipped: bool = False  # the CTM starts at the foot of the page, as in files made from PDF
    prefix: str = "ofd:"
    absolute: bool = False
    nested: bool = False
    glyphs: bool = False
    template: bool = False
    composite: bool = False
    rules: str = "lines"  # lines, bars
    indented: bool = False


def lay_out(paragraphs: list[str | list[list[str]]], header: str = "") -> list[Sheet]:
    """Set paragraphs, and tables given as rows of cells, in lines and pages of GB/T 9704."""
    sheets: list[Sheet] = []
    at = 0

    def place(text: str, x: float, size: float = SIZE) -> None:
        sheets[-1].lines.append(Line(text, x, TOP + at * PITCH + SIZE, size))

    def turn(count: int = 1) -> None:
        nonlocal at
        if not sheets or at + count > PER_PAGE:
            sheets.append(Sheet())
            at = 0

    for paragraph in paragraphs:
        if isinstance(paragraph, str):
            for line in fold(paragraph):
                turn()
                indent = len(line) - len(line.lstrip("　"))
                place(line.lstrip("　"), LEFT + indent * SIZE)
                at += 1
        else:
            turn(len(paragraph))
            top, step = TOP + at * PITCH - 1, 156.0 / len(paragraph[0])
            for cells in paragraph:
                for column, cell in enumerate(cells):
                    place(cell, LEFT + column * step + 2, 4.2)
                at += 1
            bottom = top + len(paragraph) * PITCH
            rows = [top + row * PITCH for row in range(len(paragraph) + 1)]
            columns = [LEFT + column * step for column in range(len(paragraph[0]) + 1)]
            sheets[-1].rules += [(LEFT, y, LEFT + 156.0, y) for y in rows]
            sheets[-1].rules += [(x, top, x, bottom) for x in columns]
            at += 1
    for number, sheet in enumerate(sheets, 1):
        if header:
            sheet.lines.insert(0, Line(header, 80.0, 20.0, 3.2))
        sheet.lines.append(Line(f"— {number} —", 98.0, 275.0, 4.9))
    return sheets


def fold(paragraph: str) -> list[str]:
    """The lines of a paragraph with its indent of two characters; no line begins with a comma."""
    lines, line, room = [], "　　", PER_LINE - 2.0
    for character in paragraph:
        if room < width(character) and character not in "，。、；：》”）":
            lines.append(line)
            line, room = "", float(PER_LINE)
        line += character
        room -= width(character)
    return [*lines, line]


def write_ofd(sheets: list[Sheet], manner: Manner = Manner(), **more: str | bytes) -> bytes:
    """An OFD package; `more` are further parts or replaced ones (`Doc_0__Document_xml` is Doc_0/Document.xml)."""
    parts = _Writer(manner).parts(sheets)
    for name, content in more.items():
        folder, _, base = name.replace("__", "/").rpartition("/")
        parts[f"{folder}/".lstrip("/") + ".".join(base.rsplit("_", 1))] = content
    return zipped(parts)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


class _Writer:
    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self.number = 100

    def parts(self, sheets: list[Sheet]) -> dict[str, str | bytes]:
        manner = self.manner
        root = "/Doc_0/" if manner.absolute else ""
        parts: dict[str, str | bytes] = {}
        pages, templates, units = "", "", ""
        for at, sheet in enumerate(sheets):
            lines = sheet.lines
            use = ""
            if manner.template:
                # The header and the page number, as programs for red heads (红头) put them.
                lines, edges = lines[1:-1], [lines[0], lines[-1]]
                name = f"Tpls/Tpl_{at}/Content.xml"
                parts[f"Doc_0/{name}"] = self.page("".join(map(self.text, edges)))
                templates += self.tag("TemplatePage", f'ID="{900 + at}" Name="红头" BaseLoc="{root}{name}"')
                use = self.tag("Template", f'TemplateID="{900 + at}" ZOrder="Background"')
            body = "".join(map(self.text, lines)) + "".join(self.rules(sheet.rules))
            if manner.composite:
                unit = f'ID="{800 + at}" Width="210" Height="297"'
                units += self.tag("CompositeGraphicUnit", unit, self.tag("Content", "", body))
                body = self.tag(
                    "CompositeObject", f'ID="{self.next()}" ResourceID="{800 + at}" Boundary="0 0 210 297"'
                )
            parts[f"Doc_0/Pages/Page_{at}/Content.xml"] = self.page(body, use)
            pages += self.tag("Page", f'ID="{at + 1}" BaseLoc="{root}Pages/Page_{at}/Content.xml"')
        area = self.tag("PageArea", "", self.tag("PhysicalBox", "", "0 0 210 297"))
        resources = self.tag("DocumentRes", "", f"{root}DocumentRes.xml")
        common = self.tag("CommonData", "", area + resources + templates)
        parts["Doc_0/DocumentRes.xml"] = self.root(
            "Res", self.tag("CompositeGraphicUnits", "", units), 'BaseLoc="Res"'
        )
        parts["Doc_0/Document.xml"] = self.root("Document", common + self.tag("Pages", "", pages))
        location = self.tag("DocRoot", "", "/Doc_0/Document.xml" if manner.absolute else "Doc_0/Document.xml")
        body = self.tag("DocBody", "", self.tag("DocInfo", "", self.tag("DocID", "", "1" * 32)) + location)
        parts["OFD.xml"] = self.root("OFD", body, 'DocType="OFD" Version="1.1"')
        return parts

    def root(self, name: str, content: str, attributes: str = "") -> str:
        prefix = self.manner.prefix
        space = f'xmlns:{prefix[:-1]}="{NAMESPACE}"' if prefix else f'xmlns="{NAMESPACE}"'
        return f'<?xml version="1.0" encoding="UTF-8"?>{self.tag(name, f"{space} {attributes}", content)}'

    def tag(self, name: str, attributes: str, content: str = "") -> str:
        prefix = self.manner.prefix
        return f"<{prefix}{name} {attributes}>{content}</{prefix}{name}>"

    def page(self, objects: str, template: str = "") -> str:
        if self.manner.nested:
            for _ in range(3):
                objects = self.tag("PageBlock", f'ID="{self.next()}"', objects)
        layer = self.tag("Layer", f'ID="{self.next()}" Type="Body"', objects)
        return self.root("Page", template + self.tag("Content", "", layer))

    def text(self, line: Line) -> str:
        unit = {"line": 1000, "run": 7, "glyph": 1}[self.manner.unit]
        origins = line.origins()
        result = ""
        for at in range(0, len(line.text), unit):
            piece = line.text[at : at + unit]
            if piece.strip() or unit > 1:
                result += self.object(Line(piece, origins[at], line.y, line.size))
        return result

    def object(self, line: Line) -> str:
        manner = self.manner
        length = sum(width(character) for character in line.text) * line.size
        scale = manner.scale
        left, top = (line.x, line.y - ASCENT * line.size) if manner.boundary == "tight" else (0.0, 0.0)
        box = f"{left:.4f} {top:.4f} {length:.4f} {line.size:.4f}"
        x, y = (line.x - left) / scale, (line.y - top) / scale
        ctm = f'CTM="{scale} 0 0 {scale} 0 0"' if scale != 1 else ""
        if manner.flipped:
            y, ctm = (line.y - top - 297) / scale, f'CTM="{scale} 0 0 {scale} 0 297"'
        xs = line.origins()
        steps = [f"{(b - a) / scale:.4f}" for a, b in pairwise(xs)]
        deltas = f'DeltaX="{self.deltas(steps)}"' if steps and manner.deltas != "none" else ""
        glyphs = ""
        if manner.glyphs:
            numbers = " ".join(str(n + 3) for n in range(len(line.text)))
            of = f'CodePosition="0" CodeCount="{len(line.text)}" GlyphCount="{len(line.text)}"'
            glyphs = self.tag("CGTransform", of, self.tag("Glyphs", "", numbers))
        text = f"\n      {escape(line.text)}\n    " if manner.indented else escape(line.text)
        code = self.tag("TextCode", f'X="{x:.4f}" Y="{y:.4f}" {deltas}', text)
        size = f"{line.size / scale:.4f}"
        return self.tag(
            "TextObject", f'ID="{self.next()}" Boundary="{box}" {ctm} Font="3" Size="{size}"', glyphs + code
        )

    def deltas(self, steps: list[str]) -> str:
        if self.manner.deltas == "list":
            return " ".join(steps)
        words = []
        for step, group in groupby(steps):
            count = len(list(group))
            words.append(f"g {count} {step}" if count > 1 else step)
        return " ".join(words)

    def rules(self, rules: list[tuple[float, float, float, float]]) -> list[str]:
        return [self.rule(*rule) for rule in rules]

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> str:
        across, down = x1 - x0, y1 - y0
        data, attributes = f"M 0 0 L {across} {down}", 'LineWidth="0.25"'
        if self.manner.rules == "bars":
            w, h = max(across, 0.2), max(down, 0.2)
            data, attributes = f"M 0 0 L {w} 0 L {w} {h} L 0 {h} C", 'Fill="true" Stroke="false"'
        box = f"{x0} {y0} {max(across, 0.25)} {max(down, 0.25)}"
        path = self.tag("AbbreviatedData", "", data)
        return self.tag("PathObject", f'ID="{self.next()}" Boundary="{box}" {attributes}', path)

    def next(self) -> int:
        self.number += 1
        return self.number
