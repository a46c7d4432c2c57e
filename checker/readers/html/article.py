"""The article of a page (网页正文): which of its lines are the report, and which stand around it.

No paragraph may be lost, so the lines decide and not one element: everything from the first
running text to the last is the report, wherever it stands, save what is surely furniture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from checker.model.text import LETTERHEAD, REPORT_TITLE
from checker.readers.html.furniture import (
    BOX,
    NUMBERED,
    PHRASES,
    STATEMENT,
    bare,
    is_furniture,
    is_prose,
    zone_of,
)
from checker.readers.html.line import Line
from checker.readers.html.metadata import LABEL, is_metadata
from checker.readers.package import Element
from checker.readers.text import count_han

# 青麓镇人民政府, or （送审稿）, on a line above the title that it belongs to
TITLE_HEAD = re.compile(
    r"^[\u4e00-\u9fff]{2,24}(?:政府|镇|乡|街道|办事处|委员会|管委会|局|委|办公室|县|区|市)$|^[（(][^()（）]{1,12}[)）]$"
)
DATED = re.compile(r"[（(]?(?:(?:19|20)\d\d|二[〇○零Ｏ])[^。]{1,14}日[)）]?")
SIGNATURE = re.compile(
    rf".*(?:政府|镇|乡|街道|办事处|委员会|管委会|局|厅|委|办公室|中心|党组|党委|党工委|县|区|市)|"
    rf"{DATED.pattern}|[（(]此件.*|[（(]?联系人.*"
)
YEAR = re.compile(r"(?:19|20)\d\d年?|二[〇○零O][〇○零O一二三四五六七八九]{2}年")
# The name of a column of the site, which stands above every report in it.
COLUMN = re.compile(
    r"(?:推进)?(?:法治|法制|依法行政)(?:政府)?(?:建设)?(?:工作)?(?:情况)?(?:年度)?(?:工作)?(?:情况)?(?:报告|总结)"
)
SITE_SEPARATORS = re.compile(r"[_|｜>]|\s[-–—]+\s|[-–—]{2,}|(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff])")
MAIN_SHARE = 0.8
BUTTON_LENGTH = 6
SIGNATURE_LINES = 8
SURE = 6  # a score of a title that leaves no doubt


@dataclass(frozen=True, slots=True)
class Article:
    """The report of a page (正文): its red head, title and lines, and what stands around it for its metadata."""

    title: str
    above: tuple[Line, ...]
    lines: tuple[Line, ...]
    near: tuple[Line, ...]
    far: tuple[Line, ...]


class Layout:
    """Where the running text of a page stands (版面): what each element holds of it."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.ranges = _ranges(lines)
        masses, said = [], set()
        for line in lines:
            # Some sites write the report twice, for the desk and for the phone.
            masses.append(0 if line.text in said or not is_prose(line) else count_han(line.text))
            said.add(line.text)
        self._sums = [0, *accumulate(masses)]
        self._zones: dict[Element, int] = {}
        self.zones = [self._zone(line.element) for line in lines]
        for start, end in self._boxes():
            self.zones[start:end] = [2] * (end - start)
        masses = [0 if zone else mass for mass, zone in zip(masses, self.zones, strict=True)]
        self._sums = [0, *accumulate(masses)]
        self.prose = [i for i, mass in enumerate(masses) if mass]

    def mass(self, start: int, end: int) -> int:
        return self._sums[end] - self._sums[start]

    def _zone(self, element: Element | None) -> int:
        """The zone of an element or of the nearest furniture around it, its text allowing it."""
        path = []
        while element is not None and element not in self._zones:
            path.append(element)
            element = element.getparent()
        found = self._zones[element] if element is not None else 0
        for step in reversed(path):
            own, total = zone_of(step), self._sums[-1]
            allowed = 0.3 * total if own > 1 else min(80, 0.3 * total)
            if own and self.mass(*self.ranges[step]) <= allowed:
                found = max(found, own)
            self._zones[step] = found
        return found

    def _boxes(self) -> list[tuple[int, int]]:
        """Boxes beside the report (推荐栏、排行榜): they begin with what sites call them.

        One in the middle of running text counts only where it is nothing but links.
        """
        boxes = [self._box(i) for i, line in enumerate(self.lines) if BOX.fullmatch(bare(line.text))]
        boxes = [box for box in boxes if len(box) > 1]
        boxed = {i for box in boxes for i in box}
        free = [i for i in range(len(self.lines)) if self.mass(i, i + 1) and i not in boxed]
        free = [i for i in free if not self.zones[i] and _is_of_report(self.lines[i])] or [-1]
        held = sum(self.mass(i, i + 1) for i in free)
        return [
            (box[0], box[-1] + 1)
            for box in boxes
            if all(_is_link(self.lines[i]) for i in box[1:])
            or ((box[-1] < free[0] or box[0] > free[-1] >= 0) and self.mass(box[0], box[-1] + 1) <= 2 * held)
        ]

    def _box(self, head: int) -> range:
        """The lines of the innermost element that a heading opens: itself alone where it opens none."""
        element = self.lines[head].element
        while element is not None and self.ranges[element] == (head, head + 1):
            element = element.getparent()
        start, end = self.ranges[element] if element is not None else (head, head + 1)
        if start < head or any(
            REPORT_TITLE.search(line.text) and not _is_link(line) for line in self.lines[start:end]
        ):
            return range(head, head + 1)
        return range(start, end)

    def core(self) -> tuple[int, int]:
        """The range of the lines of the innermost element that holds the running text (正文容器)."""
        wanted = MAIN_SHARE * self._sums[-1]
        holding = (span for span in self.ranges.values() if wanted and self.mass(*span) >= wanted)
        return min(holding, key=lambda span: span[1] - span[0], default=(0, len(self.lines)))

    def end(self, title: int, core: tuple[int, int], last: int) -> int:
        """Where the report ends: with the element that holds its title too, or before what is furniture there."""
        homes = [b for a, b in self.ranges.values() if a <= title and b >= core[1]]
        home = max(min(homes, default=0) if title < core[0] else 0, core[1], last + 1)
        for i in range(last + 1, home):
            line = self.lines[i]
            ends = PHRASES.search(line.text) and is_furniture(line.text)
            if ends or (i >= core[1] and (_is_link(line) or (self.zones[i] and not self.is_signature(i)))):
                return i
        return home

    def is_signature(self, i: int) -> bool:
        """Whether a line stands in an element of nothing but a signature and its date (落款)."""
        element = self.lines[i].element.getparent()
        start, end = self.ranges[element] if element is not None else (0, len(self.lines))
        lines = self.lines[start:end] if end - start <= SIGNATURE_LINES else []
        return all(map(_signs, lines)) and any(DATED.fullmatch(bare(line.text)) for line in lines)


def find_article(lines: list[Line], names: list[str], page_title: str) -> Article:
    """The report of a page: its title, its lines in order, and the lines around it."""
    layout = Layout(lines)
    start, end = core = layout.core()
    inside = [i for i in layout.prose if start <= i < end]
    opening = inside[0] if inside else min(end, start + 12)
    span, score = _title_span(layout, opening, [*names, *_pieces(page_title)], page_title)
    title = "".join(line.text.strip() for line in lines[span[0] : span[1]])
    floor = span[1] if score >= SURE else 0
    outside = [i for i in layout.prose if not start <= i < end and i >= floor and _is_of_report(lines[i])]
    first, last = min([opening, *outside]), max([*inside, *outside], default=end - 1)
    stop = layout.end(span[0] if span[1] else start, core, last)
    kept = [
        i
        for i in range(len(lines))
        if i not in range(*span) and _is_kept(layout, i, core, (first, last, stop), span)
    ]
    title = title or _title_from_names(names, page_title, lines, kept)
    kept = _without_title(lines, kept, title, first)
    left = sorted({*range(len(lines))} - {*kept})
    near = tuple(lines[i] for i in left if i < first and layout.zones[i] < 2)
    far = tuple(lines[i] for i in left if (i > last or layout.zones[i] > 1) and lines[i].text)
    above = tuple(lines[i] for i in kept if i < span[0])
    return Article(title, above, tuple(lines[i] for i in kept if i >= span[0]), near, far)


def _ranges(lines: list[Line]) -> dict[Element, tuple[int, int]]:
    """For every element the range of the lines in it."""
    starts: dict[Element, int] = {}
    ends: dict[Element, int] = {}
    for order, found in ((range(len(lines)), starts), (range(len(lines) - 1, -1, -1), ends)):
        for i in order:
            element = lines[i].element
            while element is not None and element not in found:
                found[element] = i
                element = element.getparent()
    return {element: (start, ends[element] + 1) for element, start in starts.items()}


def _is_of_report(line: Line) -> bool:
    """Whether running text outside of the article's element may be of the report: else the site says it."""
    return not (len(line.text) < 200 and STATEMENT.search(line.text)) and not is_furniture(line.text)


def _is_link(line: Line) -> bool:
    return line.linked * 10 > 6 * len(line.text.strip()) > 0 and not line.files


def _is_kept(
    layout: Layout, i: int, core: tuple[int, int], prose: tuple[int, int, int], title: tuple[int, int]
) -> bool:
    line, inside, zone = layout.lines[i], core[0] <= i < core[1], layout.zones[i]
    first, last, stop = prose
    if zone and not (zone == 1 and inside and not _is_link(line)):
        return last < i < stop and layout.is_signature(i)
    if is_furniture(line.text) or (_is_link(line) and len(line.text.strip()) <= BUTTON_LENGTH):
        return False
    if i < first:
        return _opens(line, inside, i < title[0], bool(title[1]))
    if i > last:
        return i < stop and (_signs(line) or not is_metadata(line))
    return inside or not _is_link(line)


def _opens(line: Line, inside: bool, above: bool, titled: bool) -> bool:
    """Whether a line in front of the running text belongs to the report: 主送机关, 一、总体情况."""
    if is_metadata(line) or _is_link(line):
        return False
    if above or inside:
        text = bare(line.text)
        return inside and (not above or bool(LETTERHEAD.search(text) or TITLE_HEAD.search(text)))
    text = bare(line.text)
    said = count_han(text) >= 10 or NUMBERED.match(text) or text.startswith(("（", "("))
    return titled and bool(said or line.level or text.endswith(("：", ":")))


def _signs(line: Line) -> bool:
    text = bare(line.text)
    return len(text) < 60 and bool(SIGNATURE.fullmatch(text)) and not LABEL.match(text) and not _is_link(line)


def _pieces(page_title: str) -> list[str]:
    return [piece.strip() for piece in SITE_SEPARATORS.split(page_title) if len(piece.strip()) > 5]


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _title_span(
    layout: Layout, opening: int, names: list[str], page_title: str
) -> tuple[tuple[int, int], int]:
    """The lines of the visible title, (0, 0) where there is none, and how sure it is."""
    best, best_score = (0, 0), 2
    plain_names = {_plain(name) for name in names}
    whole = _plain(page_title)
    for i in range(max(0, opening - 150), opening):
        for size in (1, 2, 3):
            part = layout.lines[i : i + size]
            if i + size > opening or not all(line.text.strip() for line in part):
                break
            plain = _plain("".join(line.text for line in part))
            one = all(line.element is part[0].element for line in part)
            if size > 1 and not (one and part[0].level) and plain not in plain_names:
                continue
            score = _title_score(part[0], plain, plain_names, whole) + size - 1
            score -= 8 * max(layout.zones[i : i + size])
            if score > best_score:
                best, best_score = (i, i + size), score
    return best, best_score if best[1] else 0


def _title_score(line: Line, plain: str, names: set[str], whole: str) -> int:
    text = bare(line.text)
    if not 6 <= len(plain) <= 90 or text.endswith(("。", "；", "：", ":")) or line.cells:
        return -9
    if NUMBERED.match(text) or is_furniture(text) or is_metadata(line):
        return -9
    score = 10 if plain in names else 3 * (plain in whole)
    score += {1: 4, 2: 3, 3: 2}.get(line.level or 9, 0)
    score += 3 * bool(REPORT_TITLE.search(plain)) + 2 * bool(YEAR.search(plain))
    return score - 12 * bool(COLUMN.fullmatch(plain)) - 6 * _is_link(line)


def _title_from_names(names: list[str], page_title: str, lines: list[Line], kept: list[int]) -> str:
    """The title where the page shows none, from its meta tags or its window (网页标题)."""
    pieces = _pieces(page_title)
    choice = next(iter([*names, *filter(REPORT_TITLE.search, pieces), *pieces]), "")
    opening = "".join(_plain(lines[i].text) for i in kept[:6])
    return "" if _plain(choice) in opening else choice


def _without_title(lines: list[Line], kept: list[int], title: str, first: int) -> list[int]:
    """Without the title where the page repeats it in front of the text, on one line or on several."""
    wanted, at = _plain(title), 0
    while wanted and at < len(kept) and kept[at] <= first:
        parts = [_plain(lines[i].text) for i in kept[at : at + 4]]
        size = next((n for n in (1, 2, 3, 4) if "".join(parts[:n]) == wanted), 0)
        kept = kept[:at] + kept[at + size :]
        at += not size
    return kept
