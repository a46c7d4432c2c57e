"""Where a passage of the report stands in a Word draft (原件位置): its runs, cut to its very words.

A run that only shows text is cut in two as Word does it when somebody comments on a part of it: both
halves keep its properties, and no character changes. Any other run is taken whole.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any, NamedTuple

from docx.oxml.ns import qn
from docx.text.run import Run
from lxml import etree  # type: ignore[import-untyped]

from checker.model.document import Document, Piece
from checker.model.report import Span

Ends = tuple[Run, Run]
_T, _R, _P, _PROPERTIES = qn("w:t"), qn("w:r"), qn("w:p"), qn("w:rPr")
_BOX = qn("w:txbxContent")
# what counts as one character of a run's text, and what stands between characters
_SIGNS = frozenset(qn(f"w:{name}") for name in ("tab", "ptab", "br", "cr", "noBreakHyphen", "sym"))
_MARKS = frozenset((qn("w:lastRenderedPageBreak"), qn("w:softHyphen")))
_WHOLE = frozenset((_PROPERTIES, *_SIGNS, *_MARKS))
_REVISIONS = frozenset(qn(f"w:{name}") for name in ("rPrChange", "ins", "del", "moveFrom", "moveTo"))
_SPACE = qn("xml:space")
_HIDDEN = " \t\r\n"  # at either end of a text, unless it says xml:space="preserve"
_NOTES = {"footnote": qn("w:footnoteReference"), "endnote": qn("w:endnoteReference")}


class _Place(NamedTuple):
    """A character of the draft: its run, and which character of it, or None where only the run tells."""

    run: Any
    at: int | None


class Places:
    """Finds passages of a report in the draft that it was read from."""

    def __init__(self, draft: Any, document: Document) -> None:
        self._draft, self._document = draft, document
        self._main = part_name(draft.part)
        self._paragraphs = {self._main: list(draft.element.iter(_P))}
        # as they were numbered before any of them was cut
        self._runs: dict[Any, list[Any]] = {}
        self._cuts: dict[Any, list[tuple[int, Any]]] = {}

    def ends(self, span: Span) -> Ends:
        """The first and the last run of a passage, of which they hold nothing else where that can be."""
        offsets = range(span.start, max(span.end, span.start + 1))
        first, last = self._first(offsets), self._first(reversed(offsets))
        if first is None or last is None:
            # an automatic number, which is nobody's text: the words behind it
            first = last = self._first(range(span.end, span.end + 1)) or _Place(self._first_run(), None)
        for place, behind in ((first, 0), (last, 1)):
            if place.at is not None:
                self._cut(place.run, place.at + behind)
        return Run(self._half(first), self._draft), Run(self._half(last), self._draft)

    def _first(self, offsets: Iterable[int]) -> _Place | None:
        return next(filter(None, map(self._place, offsets)), None)

    def _place(self, offset: int) -> _Place | None:
        piece = self._document.locate(offset)
        if piece is None:
            return None
        paragraph = self._paragraph(piece)
        if piece.part != self._main:
            return self._reference(paragraph)
        if boxes := list(paragraph.iterancestors(_BOX)):
            return _whole(boxes[-1])  # no comment can stand in the box itself
        if paragraph not in self._runs:
            self._runs[paragraph] = [r for r in paragraph.iter(_R) if next(r.iterancestors(_P)) is paragraph]
        return _Place(self._runs[paragraph][piece.run], piece.offset)

    def _paragraph(self, piece: Piece) -> Any:
        if piece.part not in self._paragraphs:
            parts = {part_name(part): part for part in self._draft.part.package.parts}
            root = etree.fromstring(parts[piece.part].blob)
            self._paragraphs[piece.part] = list(root.iter(_P))
        return self._paragraphs[piece.part][piece.paragraph]

    def _reference(self, paragraph: Any) -> _Place | None:
        """The run in the text that refers to the note (脚注、尾注) a paragraph stands in."""
        for kind, tag in _NOTES.items():
            for note in paragraph.iterancestors(qn(f"w:{kind}")):
                for reference in self._draft.element.body.iter(tag):
                    if reference.get(qn("w:id")) == note.get(qn("w:id")):
                        return _whole(reference)
        return None

    def _first_run(self) -> Any:
        runs = (r for r in self._draft.element.body.iter(_R) if not any(True for _ in r.iterancestors(_BOX)))
        run = next(runs, None)
        return self._draft.add_paragraph().add_run(" ")._r if run is None else run

    # --- cutting ---

    def _half(self, place: _Place) -> Any:
        """The part of a run that holds a character."""
        cuts = self._cuts.get(place.run, [(0, place.run)])
        return [half for start, half in cuts if start <= (place.at or 0)][-1]

    def _cut(self, run: Any, at: int) -> None:
        """See to it that a part of the run begins at a character, where it can be cut."""
        cuts = self._cuts.setdefault(run, [(0, run)])
        number, (start, half) = [cut for cut in enumerate(cuts) if cut[1][0] <= at][-1]
        if start < at < start + _length(half) and _only_shows_text(half):
            cuts.insert(number + 1, (at, _cut_off(half, at - start)))


def _whole(inner: Any) -> _Place | None:
    """The run that holds something."""
    run = next(inner.iterancestors(_R), None)
    return None if run is None else _Place(run, None)


def part_name(part: Any) -> str:
    """A part's name as `Piece.part` has it."""
    return str(part.partname).lstrip("/")


def _length(run: Any) -> int:
    return sum(map(_characters, run))


def _characters(child: Any) -> int:
    return len(child.text or "") if child.tag == _T else int(child.tag in _SIGNS)


def _only_shows_text(run: Any) -> bool:
    """Whether a run can be cut: no field, picture or note in it, no revision of its properties."""
    properties = run.find(_PROPERTIES)
    if properties is not None and any(child.tag in _REVISIONS for child in properties):
        return False
    return all(child.tag in _WHOLE or _shows(child) for child in run)


def _shows(child: Any) -> bool:
    """Text whose spaces at either end are shown, or that has none."""
    text = child.text or ""
    return child.tag == _T and (child.get(_SPACE) == "preserve" or text == text.strip(_HIDDEN))


def _cut_off(run: Any, at: int) -> Any:
    """A new run behind this one, with what it showed from a character on."""
    rest = copy.deepcopy(run)
    rest.tail = None
    run.addnext(rest)
    for left, right in list(zip(run, rest, strict=True)):
        length = _characters(left)
        if left.tag == _PROPERTIES:
            continue
        if left.tag == _T and 0 < at < length:
            _show(left, left.text[:at])
            _show(right, right.text[at:])
        else:
            (rest.remove(right) if at > 0 else run.remove(left))
        at -= length
    return rest


def _show(text: Any, shown: str) -> None:
    text.text = shown
    if shown != shown.strip(_HIDDEN):
        text.set(_SPACE, "preserve")
