"""The text of a Word paragraph (段内文字): its lines, with the place of every stretch in the XML.

This is the inner loop of the reader: a report has a thousand runs, most of them plain.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.model.document import Piece
from checker.readers.docx.markup import (
    NAMES,
    WORD,
    attr,
    branch,
    kind,
    says_hidden,
    switch,
)
from checker.readers.docx.signs import plain, symbol
from checker.readers.package import Element

TAGS = (f"{{{WORD}}}{name}" for name in ("p", "pPr", "r", "rPr", "t"))
PARAGRAPH, PROPERTIES, RUN, RUN_PROPERTIES, TEXT = TAGS
SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
# Not text of the document as it now stands. All other elements are looked into, known or not.
SKIPPED = {
    "del", "moveFrom", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr",
    "rt", "instrText",
}  # fmt: skip
# Word itself allows 20 fields inside one another.
MAX_FIELDS = 50


class Part:
    """A part of the package with text (部件), its paragraphs numbered."""

    def __init__(self, name: str, root: Element) -> None:
        self.name, self.root = name, root
        # Elements are told apart by identity, which lasts as long as somebody holds them.
        self.paragraphs = {one: place for place, one in enumerate(root.iter(PARAGRAPH))}
        self.hides = says_hidden(root)


@dataclass(slots=True)
class Found:
    """What a document has besides text (图片、图表、嵌入文件), for the notes to its reader."""

    pictures: list[Element] = field(default_factory=list)
    charts: int = 0
    embedded: int = 0


class Inline:
    """What one paragraph holds, as it is gathered: lines, and text boxes for later."""

    def __init__(self, part: Part, found: Found) -> None:
        self.boxes: list[Element] = []
        self._part, self._found = part, found
        self._lines: list[tuple[list[str], list[Piece]]] = []
        self._length = 0
        self._begin_line()
        # For each field (域) that is open, whether we are past its code, in its result.
        self._fields: list[bool] = []
        self._hides = part.hides
        self._run: Element | None = None
        self._offset = 0

    def gather(self, paragraph: Element) -> None:
        """Add a paragraph: mostly the only one, else one more that is joined to those before."""
        self._paragraph = paragraph
        self._number = self._part.paragraphs[paragraph]
        self._run_numbers: dict[Element, int] = {}
        part, number = self._part.name, self._number
        # Nearly every paragraph is plain runs, each one text behind its properties: what `_look_at`
        # does is said again for those, up to the first that is not, since this is where the time goes.
        new, runs, is_plain = tuple.__new__, 0, not (self._hides or self._fields)
        for element in paragraph:
            tag, size = element.tag, len(element)
            if is_plain and tag == RUN and 0 < size < 3:
                last = element[-1]
                shown = last.text if last.tag == TEXT else None
                if shown and shown.isprintable() and (size == 1 or element[0].tag == RUN_PROPERTIES):
                    begin = self._length
                    self._length = end = begin + len(shown)
                    self._texts.append(shown)
                    self._pieces.append(new(Piece, (begin, end, part, number, runs, 0)))
                    runs += 1
                    continue
            is_plain = is_plain and tag != RUN and (tag == PROPERTIES or not size)
            self._look_at(element, NAMES[tag])

    def lines(self) -> list[tuple[str, tuple[Piece, ...]]]:
        """The lines, of which there is at least one, with their pieces."""
        return [("".join(texts), tuple(pieces)) for texts, pieces in self._lines]

    def _look_at(self, element: Element, name: str) -> None:
        if name == "t":
            self._put(element.text or "")
        elif name in {"m:t", "a:t"}:
            self._show(plain(element.text or ""))
        elif name in SIGNS:
            self._put(SIGNS[name])
        elif name in {"br", "cr"}:
            self._offset += 1
            self._begin_line()
        elif name in OTHERS:
            OTHERS[name](self, element)
        elif name not in SKIPPED:
            self._look_into(element)

    def _look_into(self, container: Element) -> None:
        for element in container:
            self._look_at(element, NAMES[element.tag])

    def _look_into_run(self, run: Element) -> None:
        outer = self._run, self._offset
        self._run, self._offset = run, 0
        # Text hidden by a style is shown: no report is written so, and a word too many does no harm.
        if not (self._hides and switch(run, "rPr", "vanish")):
            self._look_into(run)
        self._run, self._offset = outer

    def _put(self, text: str) -> None:
        """Show text of a run, and remember where it stands."""
        # The result of a field inside the code of another is not shown. Text in a code itself
        # is against the standard: rather a word too many than a paragraph lost.
        if text and all(self._fields[:-1]):
            if self._run is not None:
                place = self._part.name, self._number, self._run_number(self._run), self._offset
                self._pieces.append(Piece(self._length, self._length + len(text), *place))
            self._show(plain(text) if text != "\t" else text)
        self._offset += len(text)

    def _run_number(self, run: Element) -> int:
        """Which run of this paragraph it is; those of its text boxes do not count."""
        if not self._run_numbers:
            runs = (one for one in self._paragraph.iter(RUN) if _paragraph_of(one) is self._paragraph)
            self._run_numbers = {one: place for place, one in enumerate(runs)}
        return self._run_numbers[run]

    def _show(self, text: str) -> None:
        """Show text that stands in no run."""
        self._texts.append(text)
        self._length += len(text)

    def _begin_line(self) -> None:
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._lines.append((self._texts, self._pieces))

    def _put_symbol(self, element: Element) -> None:
        sign = symbol(attr(element, "font"), attr(element, "char"))
        self._put(sign)
        self._offset += not sign

    def _turn_field(self, element: Element) -> None:
        turn = attr(element, "fldCharType")
        if turn == "begin" and len(self._fields) < MAX_FIELDS:
            self._fields.append(False)
        elif self._fields and turn == "separate":
            self._fields[-1] = True
        elif self._fields and turn == "end":
            self._fields.pop()

    def _choose(self, element: Element) -> None:
        self._look_into(branch(element))

    def _hang(self, element: Element) -> None:
        self.boxes.append(element if kind(element) == "txbxContent" else [element])

    def _note_picture(self, element: Element) -> None:
        self._found.pictures.append(element)
        self._look_into(element)

    def _note_chart(self, element: Element) -> None:
        self._found.charts += 1


def _paragraph_of(run: Element) -> Element:
    return next(run.iterancestors(PARAGRAPH), None)


OTHERS = {
    "r": Inline._look_into_run,
    "sym": Inline._put_symbol,
    "fldChar": Inline._turn_field,
    "mc:AlternateContent": Inline._choose,
    "txbxContent": Inline._hang,
    "?:textpath": Inline._hang,
    "p": Inline._hang,
    "tbl": Inline._hang,
    "a:blip": Inline._note_picture,
    "?:imagedata": Inline._note_picture,
    "?:chart": Inline._note_chart,
    "?:relIds": Inline._note_chart,
}
