"""The article of a page (网页正文): which of its lines are the report, and which stand around it.

No paragraph may be lost, so the lines decide and not one element: everything from the first
running text to the last is the report, wherever it stands, save what is surely furniture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.readers.html.furniture import NUMBERED as NUMBERED_LINE
from checker.readers.html.furniture import (
    STATEMENT,
    TAIL,
    han_count,
    is_content,
    is_furniture,
    is_prose,
    zone,
)
from checker.readers.html.line import Line
from checker.readers.html.metadata import is_metadata
from checker.readers.package import Element

REPORT = re.compile(r"(?:法治|法制|依法行政|依法治).{0,24}?(?:报告|总结|汇报|情况)(?:[（(].{0,12}[)）])?$")
LETTERHEAD = re.compile(r"[〔\[(（](?:19|20)\d\d[〕\])）]\s*第?\d+号\s*$|文\s*件\s*$")
SIGNATURE = re.compile(
    r"(?:政府|镇|乡|街道|办事处|委员会|管委会|局|厅|委|办公室|中心|党组|党委|党工委|县|区|市)[\s　]*$|"
    r"^[\s　]*[（(]?(?:(?:19|20)\d\d|二[〇○零Ｏ])[^。]{1,14}日[)）]?[\s　]*$|^[\s　]*[（(]此件|^[\s　]*[（(]?联系人"
)
YEAR = re.compile(r"(?:19|20)\d\d年?|二[〇○零O][〇○零O一二三四五六七八九]{2}年")
# The name of a column of the site, which stands above every report in it.
COLUMN = re.compile(
    r"(?:推进)?(?:法治|法制|依法行政)(?:政府)?(?:建设)?(?:工作)?(?:情况)?(?:年度)?(?:工作)?(?:情况)?(?:报告|总结)"
)
TITLE_NAME = re.compile(r"title|biaoti|\bbt\b|\btit\b|headline|ucaptitle", re.IGNORECASE)
SITE_SEPARATORS = re.compile(r"[_|｜>]|\s[-–—]+\s|[-–—]{2,}|(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff])")
MAIN_SHARE = 0.8
BUTTON_LENGTH = 6
SIGNATURE_LINES = 8


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
        self.masses = [_mass(line) for line in lines]
        self._sums = [0]
        for mass in self.masses:
            self._sums.append(self._sums[-1] + mass)
        self.total = self._sums[-1]
        self._zones: dict[Element, int] = {}
        self.zones = [self._zone(line.element) for line in lines]
        self.prose = [i for i, mass in enumerate(self.masses) if mass and not self.zones[i]]

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
            found = max(found, self._own_zone(step))
            self._zones[step] = found
        return found

    def _own_zone(self, element: Element) -> int:
        own = zone(element)
        if own and element in self.ranges:
            held = self.mass(*self.ranges[element])
            if held > (0.3 * self.total if own > 1 else min(80, 0.3 * self.total)):
                return 0
        return own

    def core(self) -> tuple[int, int]:
        """The range of the lines that an element of the article holds (正文容器)."""
        total = sum(self.masses[i] for i in self.prose)
        if not total:
            return self._core_without_prose()
        wanted = MAIN_SHARE * total
        named, best = None, (0, len(self.lines))
        for span in self.ranges.values():
            if self.mass(*span) >= wanted and span[1] - span[0] <= best[1] - best[0]:
                best = span
        for element, span in self.ranges.items():
            size = span[1] - span[0]
            if (
                self.mass(*span) >= wanted
                and (named is None or size <= named[1] - named[0])
                and is_content(element)
            ):
                named = span
        # A name far above the text holds the furniture too.
        if named and named[1] - named[0] <= 1.5 * (best[1] - best[0]) + 12:
            return named
        return self._marked(wanted) or best

    def _marked(self, wanted: float) -> tuple[int, int] | None:
        begins = [i for i, line in enumerate(self.lines) if line.mark == "begin"]
        ends = [i for i, line in enumerate(self.lines) if line.mark == "end"]
        spans = [(a, b) for a in begins[:50] for b in ends[:50] if a < b and self.mass(a, b) >= wanted]
        return min(spans, key=lambda span: span[1] - span[0], default=None)

    def _core_without_prose(self) -> tuple[int, int]:
        spans = [
            span
            for element, span in self.ranges.items()
            if is_content(element) and not self._zones.get(element)
        ]
        return max(spans, key=lambda span: span[1] - span[0], default=(0, len(self.lines)))


def find_article(lines: list[Line], names: list[str], page_title: str) -> Article:
    """The report of a page: its title, its lines in order, and the lines around it."""
    layout = Layout(lines)
    start, end = layout.core()
    inside = [i for i in layout.prose if start <= i < end]
    title_names = [*names, *_pieces(page_title)]
    opening = inside[0] if inside else min(end, start + 12)
    span, score = _title_span(layout, opening, title_names, page_title)
    title = "".join(line.text.strip() for line in lines[span[0] : span[1]])
    floor = span[1] if score >= 6 else 0
    outside = [i for i in layout.prose if not start <= i < end and i >= floor and _is_of_report(lines[i])]
    first, last = min([opening, *outside]), max([*inside, *outside], default=end - 1)
    kept = [
        i
        for i in range(len(lines))
        if i not in range(*span) and _is_kept(layout, i, (start, end), (first, last), span)
    ]
    kept = _cut_tail(layout, kept, (start, end), last)
    title = title or _title_from_names(names, page_title, lines, kept)
    kept = _without_title(lines, kept, title, first)
    chosen = set(kept)
    near = tuple(
        line for i, line in enumerate(lines) if i < first and i not in chosen and not layout.zones[i] > 1
    )
    far = tuple(
        line
        for i, line in enumerate(lines)
        if (i > last or layout.zones[i] > 1) and i not in chosen and line.text
    )
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


def _mass(line: Line) -> int:
    return han_count(line.text) if is_prose(line.text, line.linked) else 0


def _is_of_report(line: Line) -> bool:
    """Whether running text outside of the article's element may be of the report: else the site says it."""
    return not (len(line.text) < 200 and STATEMENT.search(line.text)) and not is_furniture(line.text)


def _is_link(line: Line) -> bool:
    return line.linked * 10 > 6 * len(line.text.strip()) > 0 and not line.files


def _is_kept(
    layout: Layout, i: int, core: tuple[int, int], prose: tuple[int, int], title: tuple[int, int]
) -> bool:
    line, inside = layout.lines[i], core[0] <= i < core[1]
    if line.mark or layout.zones[i] > 1 or (layout.zones[i] and (not inside or _is_link(line))):
        return False
    if is_furniture(line.text) or (_is_link(line) and len(line.text.strip()) <= BUTTON_LENGTH):
        return False
    if i < prose[0]:
        return _opens(layout, i, inside, title)
    if i > prose[1]:
        return _signs(line) or (
            not is_metadata(line) and (inside or len(line.cells) > 1 or _is_beside(layout, i, prose[1]))
        )
    return inside or not _is_link(line)


def _opens(layout: Layout, i: int, inside: bool, title: tuple[int, int]) -> bool:
    """Whether a line in front of the running text belongs to the report: 主送机关, 一、总体情况."""
    line = layout.lines[i]
    if is_metadata(line) or _is_link(line):
        return False
    if i < title[0]:
        return inside and bool(LETTERHEAD.search(line.text))
    if inside:
        return True
    bare = line.text.strip(" \u3000\u00a0")
    said = han_count(bare) >= 10 or NUMBERED_LINE.match(bare) or bare.startswith(("（", "("))
    return title[1] > 0 and bool(said or bare.endswith(("：", ":")))


def _is_beside(layout: Layout, i: int, prose: int) -> bool:
    """Whether a line stands in the same element as running text outside of the article's element."""
    line, element = layout.lines[i], layout.lines[prose].element
    return line.element.getparent() is element.getparent() is not None and not _is_link(line)


def _signs(line: Line) -> bool:
    return len(line.text) < 60 and bool(SIGNATURE.search(line.text)) and not _is_link(line)


def _cut_tail(layout: Layout, kept: list[int], core: tuple[int, int], last: int) -> list[int]:
    """Drop what follows the report: from the first 上一篇, 扫一扫 or 主办单位 on."""
    tail = next((i for i in range(last + 1, len(layout.lines)) if TAIL.search(layout.lines[i].text)), None)
    edge = core[1] if last < core[1] else last + 1
    # Outside of the article's element the signature must follow soon.
    return [i for i in kept if (tail is None or i < tail) and i < edge + SIGNATURE_LINES]


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
    if not 6 <= len(plain) <= 90 or line.text.rstrip().endswith(("。", "；", "：", ":")) or line.cells:
        return -9
    if NUMBERED_LINE.match(line.text) or is_furniture(line.text) or is_metadata(line):
        return -9
    score = 0
    if plain in names:
        score = 10
    elif len(plain) >= 8 and (
        whole.startswith(plain) or any(plain.startswith(name) for name in names if len(name) > 9)
    ):
        score = 8
    elif len(plain) >= 8 and plain in whole:
        score = 3
    score += {1: 4, 2: 3, 3: 2}.get(line.level or 9, 0)
    around = line.element.getparent()
    called = f"{line.element.get('class')} {line.element.get('id')} {line.element.tag} " + (
        f"{around.get('class')} {around.get('id')}" if around is not None else ""
    )
    score += 2 if TITLE_NAME.search(called) else 0
    score += 3 if REPORT.search(plain) else 0
    score += 2 if YEAR.search(plain) else 0
    score -= 12 if COLUMN.fullmatch(plain) else 0
    return score - 6 * _is_link(line)


def _title_from_names(names: list[str], page_title: str, lines: list[Line], kept: list[int]) -> str:
    """The title where the page shows none, from its meta tags or its window (网页标题)."""
    choice = next(iter(names), "") or next((p for p in _pieces(page_title) if REPORT.search(p)), "")
    choice = choice or next(iter(_pieces(page_title)), "")
    opening = "".join(_plain(lines[i].text) for i in kept[:6])
    return "" if _plain(choice) in opening else choice


def _without_title(lines: list[Line], kept: list[int], title: str, first: int) -> list[int]:
    """Without the title where the page repeats it in front of the text, on one line or on several."""
    wanted, at, kept = _plain(title), 0, list(kept)
    while wanted and at < len(kept) and kept[at] <= first:
        joined, repeated = "", 0
        for size, i in enumerate(kept[at : at + 4], 1):
            joined += _plain(lines[i].text)
            if joined == wanted:
                repeated = size
        del kept[at : at + repeated]
        at += not repeated
    return kept
