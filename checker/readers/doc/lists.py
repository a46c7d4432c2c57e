"""Lists in an old Word document (.doc 自动编号): the same labels as in a .docx."""

from __future__ import annotations

import struct

from checker.readers.doc.file import Broken, DocFile
from checker.readers.doc.sprms import Paragraph
from checker.readers.docx.numbering import MAX_DEPTH, NO_LIST, Counts, Level, List

LISTS, OVERRIDES = 73, 74
# Longer ones no person writes; each paragraph of a list would repeat them.
MAX_TEMPLATE = 64
# Numbers that mean no list: of Word 6, and "was taken out of its list".
LEGACY = 0x07FF
SUFFIXES = {0: "tab", 1: "space", 2: "nothing"}
LIST_SIZE, LEVEL_SIZE, USE_SIZE, CHANGE_SIZE = 28, 28, 16, 8

# The format of numbers ([MS-OSHARED] 2.2.1.3); those left out are written as decimal.
FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
    10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth",
    16: "japaneseLegal", 17: "japaneseDigitalTenThousand", 18: "decimalEnclosedCircle",
    19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle",
    30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting",
    34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital",
    37: "chineseCounting", 38: "chineseLegalSimplified", 39: "chineseCountingThousand",
    57: "numberInDash", 255: "none",
}  # fmt: skip


class Lists:
    """Counts the paragraphs of a .doc (编号计数), which must be shown to it in order."""

    def __init__(self, file: DocFile) -> None:
        self._counts = Counts()
        self._uses: dict[int, List] = {}
        self.is_broken = False
        try:
            families = _families(file.part(LISTS), file.after(LISTS))
            self._uses = _uses(file.part(OVERRIDES), families)
        except (Broken, struct.error, IndexError):
            self.is_broken = True

    def label(self, text: str, paragraph: Paragraph) -> str:
        """Count a paragraph and give its label, with the gap that parts it from its text."""
        used = self._uses.get(paragraph.list, NO_LIST)
        return self._counts.label(str(paragraph.list), used, paragraph.level, text)


def _families(part: bytes, behind: bytes) -> dict[int, dict[int, Level]]:
    """The levels of every list, by its id; they stand one after the other behind all lists."""
    families: dict[int, dict[int, Level]] = {}
    at = 0
    for number in range(struct.unpack_from("<H", part)[0] if part else 0):
        begin = 2 + LIST_SIZE * number
        (key,) = struct.unpack_from("<i", part, begin)
        levels = {}
        for depth in range(1 if part[begin + 26] & 1 else MAX_DEPTH):
            levels[depth], at = _level(behind, at)
        families[key] = levels
    return families


def _level(data: bytes, at: int) -> tuple[Level, int]:
    start, form, flags = struct.unpack_from("<iBB", data, at)
    places = data[at + 6 : at + 15]
    suffix, characters, paragraph, restart = (data[at + i] for i in (15, 24, 25, 26))
    at += LEVEL_SIZE + characters + paragraph
    (length,) = struct.unpack_from("<H", data, at)
    if at + 2 + 2 * length > len(data):
        raise Broken
    text = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    level = Level(
        text=_template(text[:MAX_TEMPLATE], places),
        form=FORMS.get(form, "decimal"),
        start=max(start, 0),
        suffix=SUFFIXES.get(suffix, "tab"),
        restart=restart if flags & 8 else None,
        legal=bool(flags & 4),
        style=None,
    )
    return level, at + 2 + 2 * length


def _template(text: str, places: bytes) -> str:
    """The text of a label as WordprocessingML writes it: %1 where the number of the first level stands."""
    holders = {place - 1 for place in places if place}
    return "".join(
        f"%{ord(sign) + 1}" if at in holders and ord(sign) < MAX_DEPTH else sign
        for at, sign in enumerate(text)
        if at in holders or sign >= " "
    )


def _uses(part: bytes, families: dict[int, dict[int, Level]]) -> dict[int, List]:
    """The lists in use, by the number that paragraphs name: a family, with what this use changes."""
    uses = {}
    count = struct.unpack_from("<I", part)[0] if part else 0
    at = 4 + USE_SIZE * count
    for number in range(min(count, LEGACY)):
        key, changed = struct.unpack_from("<i8xB", part, 4 + USE_SIZE * number)
        at += 4
        levels, starts = dict(families.get(key, {})), {}
        for _ in range(changed):
            start, flags = struct.unpack_from("<iI", part, at)
            at += CHANGE_SIZE
            depth = flags & 0xF
            if flags & 0x20:
                levels[depth], at = _level(part, at)
                start = levels[depth].start
            if flags & 0x10:
                starts[depth] = max(start, 0)
        uses[number + 1] = List(str(key), levels, starts)
    return uses
