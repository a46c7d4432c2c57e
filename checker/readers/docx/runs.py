"""The text of a Word paragraph (段内文字): its lines, with the place of every stretch in the XML.

This is the inner loop of the reader: a report has a thousand runs, most of them plain.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.model.document import Piece
from checker.readers.docx.markup import (
    NAMES,
    STRICT,
    WORD,
    Chain,
    Styles,
    attr,
    branch,
    child,
    kind,
    says_hidden,
    switch,
    value,
)
from checker.readers.docx.signs import overlaid, plain, symbol
from checker.readers.package import Element

SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
# Not text of the document as it now stands. All other elements are looked into, known or not.
SKIPPED = {
    "del", "moveFrom", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr",
    "rt",
}  # fmt: skip
# Paragraphs of their own, that hang on this one.
HANGING = {"txbxContent", "a:txBody"}
NO_RUN = -1
# Word itself allows 20 fields inside one another; the code of one is a line.
MAX_FIELDS, MAX_CODE = 50, 1000


class Part:
    """A part of the package with text (部件): its paragraphs numbered, its usual tags spelled out."""

    def __init__(self, name: str, root: Element) -> None:
        space = root.tag.removesuffix(kind(root))
        self.name, self.root = name, root
        self.tags = (f"{space}r", f"{space}t", f"{space}rPr")
        self.paragraph = f"{space}p"
        # Elements are told apart by identity, which lasts as long as somebody holds them. A part may
        # mix both names of the namespace.
        paragraphs = root.iter(f"{{{WORD}}}p", f"{{{STRICT}}}p")
        self.paragraphs = {one: place for place, one in enumerate(paragraphs)}
        self.hides = says_hidden(root)


@dataclass(slots=True)
class Found:
    """What a document has besides text (图片、图表、嵌入文件), for the notes to its reader."""

    pictures: list[Element] = field(default_factory=list)
    charts: int = 0
    embedded: int = 0


@dataclass(slots=True)
class _Field:
    """A field that is open (域): its code, and whether we are past it, in the result."""

    code: str = ""
    past: bool = False


class Inline:
    """What one paragraph holds, as it is gathered: lines, and text boxes for later."""

    def __init__(self, part: Part, styles: Styles, found: Found) -> None:
        self.boxes: list[Element] = []
        self._part, self._styles, self._found = part, styles, found
        self._lines: list[tuple[list[str], list[Piece]]] = []
        self._length = 0
        self._begin_line()
        self._fields: list[_Field] = []
        self._paragraph: Element | None = None
        self._number = NO_RUN
        self._chain: Chain = ()
        self._hides = part.hides or styles.hides
        self._runs = 0
        self._run, self._offset = NO_RUN, 0

    def gather(self, paragraph: Element, chain: Chain) -> None:
        """Add a paragraph: mostly the only one, else one more that is joined to those before."""
        self._paragraph, self._chain = paragraph, chain
        self._number = self._part.paragraphs[paragraph]
        self._runs, self._run, self._offset = 0, NO_RUN, 0
        self._look_into(paragraph)

    def gather_stray(self, element: Element) -> None:
        """Add text that stands in no paragraph, such as a formula between two."""
        self._look_at(element, kind(element))

    def lines(self) -> list[tuple[str, tuple[Piece, ...]]]:
        """The lines, of which there is at least one, with their pieces."""
        return [("".join(texts), tuple(pieces)) for texts, pieces in self._lines]

    def _look_into(self, container: Element) -> None:
        run, text, properties = self._part.tags
        name, number = self._part.name, self._number
        is_plain = not self._hides and number != NO_RUN
        # Half the time that the class takes by itself.
        new = tuple.__new__
        for element in container:
            tag = element.tag
            if tag != run:
                self._look_at(element, NAMES[tag])
                continue
            # Nearly every run is one text behind its properties: said twice, here and in `_gather_run`
            # with `_put`, since this is where the time goes.
            size = len(element)
            if 0 < size < 3 and is_plain and not self._fields:
                last = element[-1]
                if last.tag == text and (size == 1 or element[0].tag == properties):
                    shown = last.text
                    if shown and shown.isprintable():
                        begin = self._length
                        self._length = end = begin + len(shown)
                        self._texts.append(shown)
                        self._pieces.append(new(Piece, (begin, end, name, number, self._runs, 0)))
                        self._runs += 1
                        continue
            self._gather_run(element)

    def _gather_run(self, element: Element) -> None:
        outer = self._run, self._offset
        self._run, self._offset = self._runs, 0
        self._runs += 1
        if self._hides and self._is_hidden(element):
            self._runs += self._runs_in(element)
        else:
            for node in element:
                self._look_at(node, NAMES[node.tag])
        self._run, self._offset = outer

    def _put(self, text: str | None) -> None:
        """Show text of a run, and remember where it stands."""
        if not text:
            return
        length = len(text)
        # The result of a field inside the code of another is not shown. Text in a code itself
        # is against the standard: rather a word too many than a paragraph lost.
        if not self._fields or all(field.past for field in self._fields[:-1]):
            begin = self._length
            self._length = end = begin + length
            self._texts.append(text if text.isprintable() or text == "\t" else plain(text))
            if self._run != NO_RUN and self._number != NO_RUN:
                piece = (begin, end, self._part.name, self._number, self._run, self._offset)
                if self._offset and self._pieces and _goes_on(self._pieces[-1], piece):
                    self._pieces[-1] = self._pieces[-1]._replace(end=end)
                else:
                    self._pieces.append(Piece(*piece))
        self._offset += length

    def _show(self, text: str) -> None:
        """Show text that stands in no run."""
        self._texts.append(text)
        self._length += len(text)

    def _begin_line(self) -> None:
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._lines.append((self._texts, self._pieces))

    def _look_at(self, element: Element, name: str) -> None:
        if name == "t":
            self._put(element.text)
        elif name in {"m:t", "a:t"}:
            self._show(plain(element.text or ""))
        elif name in SIGNS:
            self._put(SIGNS[name])
        elif name in {"br", "cr"}:
            self._offset += 1
            self._begin_line()
        elif name in SKIPPED:
            self._runs += self._runs_in(element)
        elif name in OTHERS:
            OTHERS[name](self, element)
        else:
            self._look_into(element)

    def _put_symbol(self, element: Element) -> None:
        sign = symbol(attr(element, "font"), attr(element, "char"))
        if sign:
            self._put(sign)
        else:
            self._offset += 1

    def _turn_field(self, element: Element) -> None:
        turn = attr(element, "fldCharType")
        if turn == "begin" and len(self._fields) < MAX_FIELDS:
            self._fields.append(_Field())
        elif self._fields and turn == "separate":
            self._fields[-1].past = True
        elif self._fields and turn == "end":
            field = self._fields.pop()
            if not field.past and not self._fields:
                self._show(overlaid(field.code))

    def _read_code(self, element: Element) -> None:
        if self._fields and not self._fields[-1].past and len(self._fields[-1].code) < MAX_CODE:
            self._fields[-1].code += (element.text or "")[:MAX_CODE]

    def _choose(self, element: Element) -> None:
        chosen = branch(element)
        for one in element:
            if one is chosen:
                self._look_into(one)
            else:
                self._runs += self._runs_in(one)

    def _hang(self, element: Element) -> None:
        self.boxes.append(element if kind(element) in HANGING else [element])
        self._runs += self._runs_in(element)

    def _note_picture(self, element: Element) -> None:
        self._found.pictures.append(element)
        self._look_into(element)

    def _note_chart(self, element: Element) -> None:
        self._found.charts += 1

    def _runs_in(self, skipped: Element) -> int:
        """How many runs of this paragraph are passed over with an element."""
        runs, paragraph = self._part.tags[0], self._part.paragraph
        return sum(
            1
            for run in skipped.iterdescendants(runs)
            if next(run.iterancestors(paragraph), None) is self._paragraph
        )

    def _is_hidden(self, run: Element) -> bool:
        """Hidden text (隐藏文字): said by the run, else its style, else the paragraph's style."""
        properties = child(run, "rPr")
        styles = (*self._styles.chain(value(properties, "rStyle")), *self._chain)
        said = (switch(properties, "vanish"), *(style.hidden for style in styles))
        return next((hidden for hidden in said if hidden is not None), False)


def _goes_on(last: Piece, piece: tuple[int, int, str, int, int, int]) -> bool:
    """Whether a piece follows another both in the line and in the run."""
    begin, _, _, paragraph, run, offset = piece
    same_run = (last.paragraph, last.run) == (paragraph, run)
    return same_run and last.end == begin and last.offset + begin - last.start == offset


OTHERS = {
    "sym": Inline._put_symbol,
    "fldChar": Inline._turn_field,
    "instrText": Inline._read_code,
    "mc:AlternateContent": Inline._choose,
    "txbxContent": Inline._hang,
    "a:txBody": Inline._hang,
    "?:textpath": Inline._hang,
    "p": Inline._hang,
    "tbl": Inline._hang,
    "a:blip": Inline._note_picture,
    "?:imagedata": Inline._note_picture,
    "?:chart": Inline._note_chart,
    "?:relIds": Inline._note_chart,
}
