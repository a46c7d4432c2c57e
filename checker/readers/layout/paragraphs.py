"""Paragraphs (自然段) out of lines: by indents, short last lines, pitch and size."""

from __future__ import annotations

import re
import string
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from checker.readers.layout.lines import Line

SENTENCE_END = re.compile(r"[。！？；：!?;:][”’）)」』]*$")
# 一、 （二） 1. 第三章 ●: what begins a paragraph.
OPENING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|\d{1,2}[、．.](?!\d)|[①-⑳●■◆▪•★]"
    r"|第[一二三四五六七八九十]{1,3}[章节条编、])"
)
LISTED = re.compile(r"^[一二三四五六七八九十]是")
LEADERS = re.compile(r"[.．…·⋯]{3,}\s*\d{1,3}$")
# What may not be parted from its neighbour at the end of a line.
OPENERS, CLOSERS = "（(《〈“‘【〔「『", "，。、；：？！）》〉”’】〕」』…—%％,.;:?!)"
WORD = rf"[{OPENERS}]*(?:[!-~\u00c0-\u024f]+|.)[{CLOSERS}]*"
# A quotation mark keeps to what stands on either side of it.
FIRST_WORD = re.compile(rf"{WORD}(?:(?:(?<=[{CLOSERS}])(?=[{OPENERS}])|(?=[“‘])|(?<=[“‘”’])){WORD})*")
ADDRESSEES = re.compile(r"^[^。；]{1,40}(?:[府委会厅局署办组大]|办公室|领导|代表|同志)[：:]$")
# In sizes of type: a line that leaves more room surely ends a paragraph; and where paragraphs are
# indented, a line at the left edge goes on with one unless the last line leaves more than the second.
SHORT = 5.0
RAGGED = 4.0
# So few lines may all be short; more than that many sizes from one to the next belong to no paragraph.
FEW_LINES = 4
WIDEST_PITCH = 3.0
MOST_NEAR = 20
LETTERS = frozenset(string.ascii_letters)
# Ends of lines are looked at, not whole lines: a line of a hundred thousand dots takes no longer.
END = 40


class Edges(NamedTuple):
    """Where the lines of a column begin and end (版心)."""

    left: float
    right: float


NOWHERE = Edges(0, 0)


@dataclass(slots=True)
class Column:
    """Lines in order (栏), and all lines between the same edges: tables part the lines of a column.

    `width` and `height` are those of the page.
    """

    page: int
    width: float
    height: float
    lines: list[Line]
    peers: list[Line]
    edges: Edges = NOWHERE


class Setting(NamedTuple):
    """How a document is set (版式): the pitch of its lines in sizes of type, that size; how paragraphs begin and part."""

    pitch: float
    size: float
    indented: bool
    gapped: bool
    listed: bool


def set_edges(columns: Sequence[Column]) -> None:
    """Give each column its edges; where its lines are few or short, those of a column near by."""
    sure: dict[int, list[tuple[int, Edges]]] = defaultdict(list)
    for column in columns:
        column.edges = _own_edges(column)
        if len(column.peers) > FEW_LINES and len(sure[column.page]) < MOST_NEAR:
            sure[column.page].append((column.page, column.edges))
    anywhere = [known for page in sure.values() for known in page][:MOST_NEAR]
    for column in columns:
        page = column.page
        near = [known for number in range(page - 2, page + 3) for known in sure.get(number, ())] or anywhere
        fits = [known for known in near if _contains(known[1], column)]
        if fits:
            # Left and right pages may have margins of their own.
            column.edges = min(fits, key=lambda known: ((known[0] - page) % 2, abs(known[0] - page)))[1]


def _own_edges(column: Column) -> Edges:
    lines = column.peers
    widest = max(line.x1 - line.x0 for line in lines)
    # A few lines in the margin are notes or a menu; the edge is where a good part of the text begins.
    starts = sorted(line.x0 for line in lines if line.x1 - line.x0 >= 0.5 * widest)
    pairs = zip(starts, starts[max(1, len(starts) // 8) :], strict=False)
    long = [line for line in lines if line.x1 - line.x0 >= 0.75 * widest]
    left = next((a for a, b in pairs if b - a < 0.5 * lines[0].size), min(line.x0 for line in long))
    ends = sorted(line.x1 for line in long)
    # One that hangs into the margin must not make all the others short.
    right = ends[int(len(ends) * 0.8)] if len(ends) > 4 else ends[-1]
    if len(lines) <= FEW_LINES and right - left < 0.8 * (column.width - 2 * left):
        # Too few to tell a full line from a short one: the margins will be alike.
        right = column.width - left
    return Edges(left, right)


def _contains(edges: Edges, column: Column) -> bool:
    """Whether a column may have the edges of another: its own are within, and not sure."""
    wide, own = edges.right - edges.left, column.edges
    if own.left < edges.left - 0.02 * wide or own.right > edges.right + 0.02 * wide:
        return False
    # A page may have but one line that is not indented.
    flush = any(abs(line.x0 - edges.left) < 0.5 * line.size < own.left - edges.left for line in column.peers)
    return len(column.peers) <= FEW_LINES or own.right - own.left < 0.9 * wide or flush


def setting_of(columns: Sequence[Column]) -> Setting:
    """The setting of a document, from all its lines."""
    sizes: Counter[float] = Counter()
    for line in (line for column in columns for line in column.lines):
        sizes[round(line.size * 2) / 2] += len(line.text)
    pitches: Counter[int] = Counter()
    listed = False
    # How the next line stands to a line that surely ends a paragraph: its pitch and its indent.
    breaks: list[tuple[int, float]] = []
    for column in columns:
        for line, following in pairwise(column.lines):
            if not 0.87 < line.size / following.size < 1.15:
                continue
            pitch = round((following.y1 - line.y1) / line.size * 20)
            room = (column.edges.right - line.x1) / line.size
            if room < 3 and pitch <= 20 * WIDEST_PITCH:
                pitches[pitch] += 1
            if room > SHORT:
                breaks.append((pitch, (following.x0 - column.edges.left) / line.size))
                listed = listed or bool(LISTED.match(following.text))
    usual = max(pitches, key=lambda p: (pitches[p] + pitches[p - 1] + pitches[p + 1], -p), default=0)
    indented = sum(1.2 < indent < 3 for _, indent in breaks)
    flush = sum(abs(indent) < 0.7 for _, indent in breaks)
    gapped = sum(pitch > 1.2 * usual for pitch, _ in breaks)
    size = max(sizes, key=sizes.__getitem__, default=0.0)
    return Setting(usual / 20, size, indented >= max(flush, 1), gapped * 2 > len(breaks), listed)


class Paragraph:
    """Lines that belong together (自然段)."""

    def __init__(self, line: Line, column: Column) -> None:
        self.page = column.page
        self._parts = [line.text]
        self.last, self.column = line, column
        self.first_left = line.x0 - column.edges.left
        # Where its second and later lines begin.
        self.left: float | None = None

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def add(self, line: Line, column: Column) -> None:
        self.left = line.x0 - column.edges.left
        # Latin words stand apart; a number or a long name may be broken anywhere.
        space = " " if self._parts[-1][-1] in LETTERS and line.text[0] in LETTERS else ""
        self._parts.append(space + line.text)
        self.last, self.column = line, column

    def goes_on(self, line: Line, column: Column, setting: Setting) -> bool:
        """Whether the next line of the document belongs to this paragraph."""
        last, below, size = self.last, column is self.column, line.size
        if not 0.85 < last.size / size < 1.18 or _are_rows(last, line) or LEADERS.search(last.text[-END:]):
            return False
        if self._is_apart(line, setting) if below else self._is_elsewhere(line, column):
            return False
        flush = line.x0 - column.edges.left < 0.7 * size
        if flush and ADDRESSEES.search(line.text):
            return False
        ended = bool(SENTENCE_END.search(last.text[-END:]))
        if _is_title(last, self.column, setting) and _is_title(line, column, setting):
            return not ended
        returns = setting.indented and flush and 1.2 * size < self.first_left < 5 * size
        sure = returns or (below and setting.gapped)
        if self.column.edges.right - last.x1 > max(self._need(line), sure * RAGGED * size):
            return False
        if ended and not sure and _opens(line, setting):
            return False
        return returns or self._is_in_place(line, column, setting)

    def _is_apart(self, line: Line, setting: Setting) -> bool:
        pitch = (line.y1 - self.last.y1) / line.size
        usual = setting.pitch or WIDEST_PITCH / 1.2
        return pitch > max(1.2 * usual, usual + 0.3) or pitch < 0.5

    def _is_elsewhere(self, line: Line, column: Column) -> bool:
        """Whether one of the two lines is not where a page or column ends and the next begins."""
        if column.page == self.column.page:
            return False
        return self.last.y1 < 0.5 * self.column.height or line.y0 > 0.5 * column.height

    def _need(self, line: Line) -> float:
        """The room that the first word of the next line would have taken: with more, a new line was wanted."""
        word = FIRST_WORD.match(line.text)
        need = sum(1.0 if character > "\u2e7f" else 0.6 for character in word[0]) if word else 1.0
        step = (self.last.x1 - self.last.x0) / max(_width(self.last.text), 1.0)
        return need * max(step, self.last.size) + 0.7 * self.last.size

    def _is_in_place(self, line: Line, column: Column, setting: Setting) -> bool:
        """Whether the line begins where the next line of this paragraph should."""
        size, left = line.size, line.x0 - column.edges.left
        if self.left is not None:
            return abs(left - self.left) < 0.8 * size
        if left > 0.25 * (column.edges.right - column.edges.left):
            return False
        indent = self.first_left - left
        if 0.8 * size <= indent <= 5 * size:
            return left < 0.8 * size or not setting.indented
        if abs(indent) < 0.8 * size:
            return not setting.indented or not 1.2 * size < left < 3 * size
        # Hanging: the number stands out to the left of its text.
        hangs = -5 * size < indent < (-1.2 * size if setting.indented else 0)
        return hangs and bool(OPENING.match(self._parts[0])) and not _opens(line, setting)


def _is_title(line: Line, column: Column, setting: Setting) -> bool:
    """Whether the line is one of a title: large type, in the middle. Titles are broken by their sense."""
    edges = column.edges
    middle = abs(line.x0 + line.x1 - edges.left - edges.right) < 1.2 * line.size
    return line.size > 1.1 * setting.size and middle


def _opens(line: Line, setting: Setting) -> bool:
    """Whether a line begins as paragraphs of this document do."""
    return bool(OPENING.match(line.text) or (setting.listed and LISTED.match(line.text)))


def _are_rows(line: Line, following: Line) -> bool:
    """Whether two lines are rows of a list whose columns stand below one another."""
    return any(abs(one - other) < 0.5 * line.size for one in line.stops for other in following.stops)


def _width(text: str) -> float:
    return sum(1.0 if character > "\u2e7f" else 0.5 for character in text)


def find_paragraphs(columns: Sequence[Column], setting: Setting) -> list[Paragraph]:
    """The paragraphs of columns that are read one after the other."""
    found: list[Paragraph] = []
    for column in columns:
        for line in column.lines:
            if found and found[-1].goes_on(line, column, setting):
                found[-1].add(line, column)
            else:
                found.append(Paragraph(line, column))
    return found
