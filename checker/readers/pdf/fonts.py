"""Fonts that a PDF names but does not hold (未嵌入的字体): whether this machine has others for them.

PDFium drops a text object all of whose glyphs it cannot find: what stands there is not read, without
a word. So it is asked, once, whether it finds a Han character, a letter and a figure.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

_SHOWN = "人X2"
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
    "/Supplement 4>>/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4"
    "/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>"
)


@cache
def has_fonts() -> bool:
    """Whether PDFium finds type on this machine for Chinese text whose font is not embedded."""
    pdf = pypdfium2.PdfDocument(_probe())
    try:
        text = pdf[0].get_textpage().get_text_range()
    finally:
        pdf.close()
    return all(character in text for character in _SHOWN)


def needs_fonts(pdf: Any) -> bool:
    """Whether a text of the document is set in a font that it does not hold."""
    for number in range(len(pdf)):
        for shown in pdf[number].get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,)):
            font = pdfium.FPDFTextObj_GetFont(shown.raw)
            if font and pdfium.FPDFFont_GetIsEmbedded(font) == 0:
                return True
    return False


def _probe() -> bytes:
    """A page with each character as a text object of its own."""
    shown = "".join(
        f"BT /F 16 Tf 1 0 0 1 {72 + 40 * place} 700 Tm <{character.encode('utf-16-be').hex()}> Tj ET\n"
        for place, character in enumerate(_SHOWN)
    )
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[4 0 R]/Count 1>>",
        _FONT,
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 3 0 R>>>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
    )
    out, places = "%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer{trailer}".encode("ascii")
