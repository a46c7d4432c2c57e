"""Lay out what depends on a letter's text (随文字而定的版式): numbers of GB/T 9704-2012, by style name.

A Word template cannot say that a long name of a body is set smaller, that a title breaks where the
sense allows, or that the signature is centred over its date. What a user's template has under other
style names is left as it is. All lengths are points unless they are named otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.text.font import Font
from docx.text.parfmt import ParagraphFormat

from checker.renderers.title import balanced, text_width
from checker.renderers.word import let_long_rows_break

MARK, TITLES = "发文机关标志", ("公文标题", "附件标题")
SIGNATURE, DATE = "署名", "成文日期"
IMPRINT, IMPRINT_ROOM = "版记", "版记位置"
TITLE_WIDTH = 20  # characters of 22 pt in 156 mm
SIGNATURE_WIDTH = 22  # characters of 16 pt: with those free at its sides, the type area is full
HAN, ASCII = 15.75, 7.75  # advance of a character of 16 pt set 0.25 pt tighter, so that 28 make a line
SMALLEST_MARK, NARROWEST = 26.0, 0.75  # below that the name of a body takes one line more
INK_TOP, INK_BOTTOM, BASELINE = 0.84, 0.08, 0.8  # of the size above and below, of an exact line above


def lay_out(document: Any, names: Sequence[str], *, sealed: bool) -> None:
    """Finish a filled python-docx document in place.

    names: what a title does not tear. sealed: whether a seal will be set over name and date.
    """
    let_long_rows_break(document)
    styles = {style.name: style for style in document.styles}
    by_style: dict[str, list[Any]] = {}
    for paragraph in _paragraphs(document):
        by_style.setdefault(_style_id(paragraph), []).append(paragraph)

    def those(name: str) -> list[Any]:
        return by_style.get(styles[name].style_id, []) if name in styles else []

    width = _text_area(document)
    for paragraph in those(MARK):
        _fit_mark(paragraph, styles[MARK], width, names)
    for paragraph in (p for name in TITLES for p in those(name)):
        _break_lines(paragraph, balanced(_text(paragraph), TITLE_WIDTH, names))
    for paragraph in those(IMPRINT_ROOM) if IMPRINT in styles else ():
        _keep_room(paragraph, styles[IMPRINT])
    for signature, date in zip(those(SIGNATURE), those(DATE), strict=False):
        _place_signature(signature, date, width, sealed=sealed)


# --- the name in red -----------------------------------------------------------------------------


def _fit_mark(paragraph: Any, style: Any, width: float, names: Sequence[str]) -> None:
    """A long name: first a smaller size, then narrower characters, then one line more."""
    text, full = _text(paragraph), style.font.size
    if not text or full is None:
        return
    lines, size, scale = [text], min(full.pt, width / text_width(text)), 1.0
    while size * scale < SMALLEST_MARK * NARROWEST and len(lines) < 4:
        share = text_width(text) / (len(lines) + 1)
        lines = balanced(text, math.ceil(share * 1.15), names)
        size = min(full.pt, width / max(map(text_width, lines)))
    if size < SMALLEST_MARK:
        size, scale = SMALLEST_MARK, size / SMALLEST_MARK
    _set_size(paragraph, math.floor(size * 2) / 2, scale)
    _keep_top(paragraph, style, size / full.pt)
    _break_lines(paragraph, lines)


def _set_size(paragraph: Any, size: float, scale: float) -> None:
    for run in paragraph.iter(qn("w:r")):
        if run.find(qn("w:t")) is None:
            continue
        Font(run).size = Pt(size)
        properties = run.rPr
        for width in properties.findall(qn("w:w")):
            properties.remove(width)
        width = OxmlElement("w:w")
        width.set(qn("w:val"), f"{math.floor(scale * 100)}")
        properties.insert_element_before(width, "w:kern", "w:position", "w:sz")


def _keep_top(paragraph: Any, style: Any, ratio: float) -> None:
    """Smaller characters keep their top edge and the distance to what follows."""
    told = style.paragraph_format
    if ratio == 1 or not isinstance(told.line_spacing, Length):
        return
    line, size = told.line_spacing.pt, style.font.size.pt
    above = BASELINE * line - INK_TOP * size
    below = (1 - BASELINE) * line - INK_BOTTOM * size
    before = (told.space_before.pt if told.space_before else 0) + above * (1 - ratio)
    after = (told.space_after.pt if told.space_after else 0) + below * (1 - ratio)
    own = ParagraphFormat(paragraph)
    own.line_spacing = Pt(line * ratio)
    own.space_before, own.space_after = Pt(max(0, before)), Pt(max(0, after))


def _keep_room(paragraph: Any, style: Any) -> None:
    """Make the paragraph behind the 版记 as high: where it fits, the 版记 at the foot covers no text."""
    table, told = paragraph.getprevious(), style.paragraph_format
    if table is None or table.tag != qn("w:tbl") or not isinstance(told.line_spacing, Length):
        return
    rows = [[_imprint_lines(cell, style) for cell in row.iter(qn("w:tc"))] for row in table.iter(qn("w:tr"))]
    lines = sum(max(row, default=0) for row in rows)
    ParagraphFormat(paragraph).line_spacing = Pt((lines + 0.25) * told.line_spacing.pt - 1)


def _imprint_lines(cell: Any, style: Any) -> int:
    """How many lines a cell's text takes, the first of them from its hanging indent on."""
    told = style.paragraph_format
    left, right, hanging = (
        length.pt if length else 0.0
        for length in (told.left_indent, told.right_indent, told.first_line_indent)
    )
    text = "".join(part.text or "" for part in cell.iter(qn("w:t")))
    wide: float = text_width(text) * (style.font.size.pt if style.font.size else told.line_spacing.pt)
    cell_width = next((int(width.get(qn("w:w"), 0)) / 20 for width in cell.iter(qn("w:tcW"))), 0.0)
    room = max(72.0, cell_width - left - right)  # some programs leave the width of a cell out
    return 1 + max(0, math.ceil((wide - room + hanging) / room))


# --- signature and date --------------------------------------------------------------------------


def _place_signature(signature: Any, date: Any, width: float, *, sealed: bool) -> None:
    """GB/T 9704-2012, 7.3.5.1 where it is sealed, 7.3.5.2 where it is not."""
    name, day = _text(signature), _text(date)
    lines = balanced(name, SIGNATURE_WIDTH)
    _break_lines(signature, lines)
    wide, dated = max(map(_advance, lines), default=0.0), _advance(day)
    if sealed:  # the date four characters from the right, the name centred over it
        axis = width - max(64.0 + dated / 2, wide / 2)
        for paragraph, half in ((signature, wide / 2 + HAN), (date, dated / 2 + 2 * HAN)):
            _indent(paragraph, left=axis - half, right=width - axis - half, side=WD_ALIGN_PARAGRAPH.CENTER)
    else:  # the date begins two characters behind the beginning of the name
        left = width - wide - (32.0 if dated <= wide else 64.0 + dated - wide)
        _indent(signature, left=left, right=-2 * HAN, side=WD_ALIGN_PARAGRAPH.LEFT)
        _indent(date, left=left + 32.0, right=-2 * HAN, side=WD_ALIGN_PARAGRAPH.LEFT)


def _indent(paragraph: Any, *, left: float, right: float, side: WD_ALIGN_PARAGRAPH) -> None:
    paragraph.get_or_add_pPr().get_or_add_ind().attrib.clear()  # those in characters too
    own = ParagraphFormat(paragraph)
    own.left_indent, own.right_indent, own.first_line_indent = Pt(left), Pt(right), Pt(0)
    own.alignment = side


def _advance(text: str) -> float:
    return sum(ASCII if sign.isascii() else HAN for sign in text)


# --- paragraphs as XML ---------------------------------------------------------------------------


def _paragraphs(document: Any) -> Iterator[Any]:
    """Those of the body and of the headers."""
    yield from document.element.body.iter(qn("w:p"))
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.HEADER:
            yield from relation.target_part.element.iter(qn("w:p"))


def _style_id(paragraph: Any) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else str(style.get(qn("w:val")))


def _text_area(document: Any) -> float:
    section = document.sections[0]
    return float(section.page_width - section.left_margin - section.right_margin) / Pt(1)


def _text(paragraph: Any) -> str:
    return "".join(text.text or "" for text in _texts(paragraph))


def _texts(paragraph: Any) -> list[Any]:
    """The text elements of the paragraph's own runs, not those of its shapes."""
    return paragraph.findall(f"{qn('w:r')}/{qn('w:t')}")  # type: ignore[no-any-return]


def _break_lines(paragraph: Any, lines: Sequence[str]) -> None:
    """Put a line break between these lines, which together are the paragraph's text."""
    starts = [sum(map(len, lines[:n])) for n in range(1, len(lines))]
    offset = 0
    for text in _texts(paragraph):
        words = text.text or ""
        for start in reversed(starts):
            if offset <= start < offset + len(words):
                _insert_break(text, words[start - offset :])
                words = words[: start - offset]
        offset += len(text.text or "")
        text.text = words


def _insert_break(text: Any, rest: str) -> None:
    tail = OxmlElement("w:t")
    tail.text = rest
    tail.set(qn("xml:space"), "preserve")
    text.addnext(tail)
    text.addnext(OxmlElement("w:br"))
