"""Heads and rules of official letters (版头和红线) for make_letter.py: GB/T 9704-2012, 7.2 and 10.1.

Rules are filled rectangles anchored to the page or to a paragraph: borders of paragraphs are not
exact enough. Word and WPS read the DrawingML, older programs the VML beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import parse_xml

RED = "FF0000"
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
THICK, GAP, THIN = 0.8, 0.5, 0.3  # millimetres of a double rule: 1.6 together
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
RULE = """
<w:r {spaces}><mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{ident}" behindDoc="1"
 locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="{relative}"><wp:posOffset>{top}</wp:posOffset></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>
<wp:docPr id="{ident}" name="红线{ident}"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{red}"/></a:solidFill>
<a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>
</wp:anchor></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:rect id="rule{ident}" style="position:absolute;margin-left:{left_pt}pt;\
margin-top:{top_pt}pt;width:{width_pt}pt;height:{height_pt}pt;z-index:-{ident};\
mso-position-horizontal-relative:page;mso-position-vertical-relative:{vml_relative}" \
fillcolor="#{red}" stroked="f"/></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>"""


def add_rule(
    paragraph: Any,
    place: tuple[str, float],
    size: tuple[float, float],
    *,
    ident: int,
    left: float | None = None,
) -> None:
    """One red rectangle. place: what its top is measured from (page or paragraph), and how far (mm).

    size: width and height in mm; it is centred on the page unless its left edge is given.
    """
    relative, top = place
    width, height = size
    left = (PAGE_WIDTH - width) / 2 if left is None else left
    lengths = {"left": left, "top": top, "width": width, "height": height}
    emus = {name: round(length * 36000) for name, length in lengths.items()}
    points = {f"{name}_pt": f"{length * 72 / 25.4:.2f}" for name, length in lengths.items()}
    vml = "page" if relative == "page" else "text"
    xml = RULE.format(
        spaces=SPACES, relative=relative, vml_relative=vml, ident=ident, red=RED, **emus, **points
    )
    paragraph._p.append(parse_xml("".join(xml.splitlines()).replace("  ", " ")))


def add_double_rule(
    paragraph: Any, place: tuple[str, float], *, heights: Sequence[float], ident: int, width: float = 170.0
) -> None:
    """Two rules, the upper one first, one gap apart."""
    relative, top = place
    add_rule(paragraph, place, (width, heights[0]), ident=ident)
    add_rule(paragraph, (relative, top + heights[0] + GAP), (width, heights[1]), ident=ident + 1)
