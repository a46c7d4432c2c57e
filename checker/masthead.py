"""The masthead (版头): what stands around a report's text, and who speaks in it.

Saved web pages carry navigation and metadata around the report. Unit, dates, source and index
number are taken from there, and the lines themselves kept out of the text that is checked.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from checker.model.checklist import Wording
from checker.model.document import Block
from checker.model.report import DateMark, Source, Span
from checker.model.text import LETTERHEAD, REPORT_TITLE, fold

_SENTENCE_END = "。!?;,、"
_YEAR = re.compile(r"((?:19|20)\d\d|二[〇○零O0]?[〇○零一二三四五六七八九]{2,3})年?")
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?")
_HAN_DATE = re.compile(
    r"([一二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_UNIT_END = re.compile(
    r"(管委会|镇|乡|街道|苏木|县|区|市|州|旗|局|厅|委|办|中心|人民政府|办事处|委员会|办公室|分局|大队|支队)$"
)
_NUMBERED = re.compile(
    r"^(第[一二三四五六七八九十]+|[一二三四五六七八九十壹贰叁肆伍]+[、.是]|\([一二三四五六七八九十\d]+\)|\d+[.、])"
)
_ADDRESSEE = re.compile(
    r"(政府|党委|[省市县区]委|委员会|人大|主席团|党工委|常委会)[^一-龥]*$|(政府|党委|[省市县区]委|人大)[、,;]"
)
_REPORTED_TO = re.compile(
    r"^\(?(?:主报|主送|报|报送|呈报|呈|呈送)\s*:.*(?:党委|政府|人大|主席团|党工委|[县区市]委)"
)
# a list of attachments, which pages put behind the signature
_ATTACHED = re.compile(
    r"^附件\s*\d{0,2}\s*:.{0,60}$|\.(?:docx?|wps|pdf|ofd|xlsx?|zip|rar)\)?$", re.IGNORECASE
)
# a name, up to a blank or to the next label: 来源:县司法局时间:2021-03-08
_NAME = r"\s*:\s*([^\s:|]{2,25}?)(?=[\s|]|$|(?:时间|日期|作者|点击|浏览|阅读|访问|审核|编辑|供稿|来源|字体|字号)[^\s:|]{0,4}\s*:)"
_SOURCES = {
    "publisher": re.compile(rf"(?:发布机构|发文机关|信息来源|来源|发布单位|供稿){_NAME}"),
    "origin": re.compile(rf"(?:来源|供稿){_NAME}"),
    "index_number": re.compile(r"索引号\s*:?\s*([\w/\-.]+)"),
    "document_number": re.compile(
        r"(?:^|文号\s*:\s*|字号\s*:\s*)([^\s:|]{2,15}[〔\[(](?:19|20)\d\d[〕\])]\s*第?\d+号)"
    ),
}
_MARKDOWN = re.compile(r"(#{1,6})\s+(?=\S)")  # a Markdown heading in a file named .txt
_LEVEL_ENDS = (
    ("department", re.compile(r"(局|厅|办公室|办|中心|队|署|站|所|法院|检察院)$")),
    (
        "department",
        re.compile(
            r"(改革|健康|规划|商务|建设|教育|体育|管理|工作|科学技术|民族|宗教|卫健|发改|教体|住建|工信|政法)\w*委(员会)?$"
        ),
    ),
    ("township", re.compile(r"(镇|乡|苏木|民族乡)$")),
    ("subdistrict", re.compile(r"(街道|街)$")),
    ("county", re.compile(r"(县|区|市|州|旗|盟|新区|开发区|管委会|管理委员会)$")),
)
_DATE_KINDS = (
    ("published", ("发布", "公开日期", "公布", "更新时间", "时间", "日期")),
    ("written", ("成文", "生成", "印发")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file with its place and its heading level, if the file declares one."""

    span: Span
    text: str
    level: int | None = None
    table: bool = False


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the head and tail of the file tell (版头), and the lines of the body between them."""

    title: str
    title_span: Span | None
    unit: str
    level: str
    year: int | None
    dates: tuple[DateMark, ...]
    source: Source
    addressee: Span | None
    body: tuple[Line, ...]


def read_lines(blocks: tuple[Block, ...]) -> tuple[Line, ...]:
    """The blocks' lines with their offsets in the joined text, empty ones left out."""
    lines, at = [], 0
    for block in blocks:
        bare = block.text.strip(" \t\u3000\u00a0\ufeff\u200b\r\n")
        hashes = _MARKDOWN.match(bare)
        level = len(hashes.group(1)) if hashes else block.level
        bare = bare[hashes.end() :] if hashes else bare
        if bare:
            start = at + block.text.index(bare)
            lines.append(Line(Span(start, start + len(bare)), fold(bare), level, block.table))
        at += len(block.text) + 1
    return tuple(lines)


def read_masthead(lines: tuple[Line, ...], wording: Wording) -> Masthead:
    """Title, unit, level, year, dates and source; `body` is what is left to check."""
    first, last = _title_lines(lines, wording)
    head_end = _skip_metadata(lines, last, wording)
    tail_start = _tail(lines, head_end, wording)
    title = _squeeze("".join(line.text for line in lines[first:last]))
    addressee, body = _take_addressee(lines[head_end:tail_start])
    addressee = addressee or next(
        (line for line in lines[tail_start:] if _REPORTED_TO.match(line.text)), None
    )
    around = lines[:head_end] + lines[tail_start:]
    signature = lines[tail_start:]
    dates = _dates(around, signature, wording)
    year = _year(title, body, dates)
    unit = _unit(title, around, signature, body, addressee)
    return Masthead(
        title=title,
        title_span=Span(lines[first].span.start, lines[last - 1].span.end) if last > first else None,
        unit=unit,
        level=_level(unit, body),
        year=year,
        dates=dates,
        source=_source(lines[:first] + lines[last:head_end] + signature),
        addressee=addressee.span if addressee else None,
        body=body,
    )


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _is_noise(text: str, wording: Wording) -> bool:
    if text[-1] in "。;!,、" or ("," in text and len(text) > 20):  # a sentence may speak of 打印 and 首页
        return False
    return any(word in text for word in wording.cues.get("noise", ()))


def _is_metadata(text: str, wording: Wording) -> bool:
    squeezed = _squeeze(text)
    if text[-1] in "。;!" and len(text) > 20:
        return False  # 办理时间:由15日压缩到3日。
    labels = wording.cues.get("metadata", ())
    return any(
        re.search(rf"(?:^|[\s|\[\]【】《》>)\d]){label}\s*:", text[:80])
        for label in labels
        if f"{label}:" in squeezed
    ) or bool(_DATE.match(squeezed) and len(squeezed) < 24)


def _is_title(text: str) -> bool:
    bare = _squeeze(text)
    return (
        6 <= len(bare) <= 70
        and bool(REPORT_TITLE.search(bare))
        and not any(c in bare for c in "。!?;:>|《")
        and not _NUMBERED.match(bare)
    )


def _title_lines(lines: tuple[Line, ...], wording: Wording) -> tuple[int, int]:
    """First and last+1 index of the title; (0, 0) where there is none."""
    found = (0, 0)
    for i, line in enumerate(lines[:40]):
        if len(line.text) > 90 or (len(line.text) > 30 and line.text.endswith("。")):
            break
        for size in (1, 2, 3):
            part = lines[i : i + size]
            if any(len(p.text) > 45 and size > 1 for p in part) or any(
                _is_metadata(p.text, wording) for p in part
            ):
                break
            if any(_is_noise(p.text, wording) or LETTERHEAD.search(p.text) for p in part):
                break
            if size > 1 and _is_title(part[-1].text) and _unit_in(_squeeze(part[-1].text)):
                break  # the name of a unit or a site over a title that names its own
            if _is_title("".join(p.text for p in part)):
                if not (found[1] > i):
                    found = (i, i + size)
                break
    first, last = found
    if last and first and _completes_title(lines[first - 1].text, lines[first].text, wording):
        first -= 1
    return first, last


def _completes_title(before: str, title: str, wording: Wording) -> bool:
    """Whether the line before is the unit that a two-line title begins with."""
    if _is_noise(before, wording) or _is_metadata(before, wording) or len(before) > 40:
        return False
    starts = title.startswith("关于") or bool(_YEAR.match(title)) or title.startswith("法治")
    return starts and bool(_UNIT_END.search(_squeeze(before))) and not any(c in before for c in "。,;:|")


def _skip_metadata(lines: tuple[Line, ...], start: int, wording: Wording) -> int:
    """Index of the first body line behind the title."""
    at = start
    limit = min(len(lines), start + 25)
    for i in range(start, limit):
        text = lines[i].text
        if len(text) > 80 and not _is_metadata(text[:40], wording):
            break
        if _is_metadata(text, wording) or (_is_noise(text, wording) and len(text) < 60):
            at = i + 1
        elif _NUMBERED.match(text) or len(text) > 40:
            break
        elif re.fullmatch(r"[\d\-:/ .年月日×\[\]()]+", text) or _is_title(text):
            at = i + 1
    return at


def _tail(lines: tuple[Line, ...], start: int, wording: Wording) -> int:
    """Index of the first line behind the body: signature, date, navigation."""
    end = len(lines)
    for i in range(len(lines) - 1, start, -1):
        text = lines[i].text
        navigation = _is_noise(text, wording) or bool(_ATTACHED.search(text))
        signature = bool(
            _DATE.fullmatch(text) or _HAN_DATE.fullmatch(_squeeze(text)) or re.match(r"^\(?此件", text)
        )
        unit = len(text) <= 40 and bool(_UNIT_END.search(_squeeze(text))) and not _NUMBERED.match(text)
        metadata = (_is_metadata(text, wording) and not text.endswith("。")) or bool(_REPORTED_TO.match(text))
        if (
            navigation
            or signature
            or unit
            or metadata
            or (
                len(text) <= 24
                and text[-1] not in "。;!)"
                and not _NUMBERED.match(text)
                and end < len(lines)
                and not lines[i].table
            )
        ):
            end = i
        elif len(text) > 24 or text[-1] in "。;!)" or _NUMBERED.match(text) or lines[i].table:
            break
    return end


def _take_addressee(body: tuple[Line, ...]) -> tuple[Line | None, tuple[Line, ...]]:
    """The addressee (主送机关) if the body opens with one, and the rest."""
    for i, line in enumerate(body[:3]):
        text = _squeeze(line.text)
        if _REPORTED_TO.match(text) and len(text) <= 60:
            return line, body[:i] + body[i + 1 :]
        named = (
            text.endswith(":") and not _NUMBERED.match(text) and len(text) <= 45 and _ADDRESSEE.search(text)
        )
        if named and not re.search(r"如下|汇报|报告如", text):
            return line, body[:i] + body[i + 1 :]
    return None, body


def _iso(year: str, month: str, day: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _han_number(text: str) -> str:
    if "十" not in text:
        return "".join(_DIGITS.get(c, c) for c in text)
    tens, _, ones = text.partition("十")
    return str((int(_DIGITS.get(tens, "1")) if tens else 1) * 10 + (int(_DIGITS[ones]) if ones else 0))


def _dates(around: tuple[Line, ...], signature: tuple[Line, ...], wording: Wording) -> tuple[DateMark, ...]:
    """Every date in the metadata and the signature, published ones first."""
    found = []
    for line in around:
        in_tail = line in signature
        for match in _DATE.finditer(line.text):
            date = _iso(*match.groups())
            if date is None or (match.start() > 0 and not _is_metadata(line.text, wording) and not in_tail):
                continue
            kind = _date_kind(line.text[: match.start()], in_tail)
            found.append(
                DateMark(kind, date, Span(line.span.start + match.start(), line.span.start + match.end()))
            )
        for match in _HAN_DATE.finditer(line.text) if in_tail else ():
            date = _iso(*(_han_number(part) for part in match.groups()))
            if date:
                found.append(
                    DateMark(
                        "signed", date, Span(line.span.start + match.start(), line.span.start + match.end())
                    )
                )
    order = {"published": 0, "written": 1, "signed": 2}
    return tuple(sorted(found, key=lambda mark: order[mark.kind]))


def _date_kind(before: str, in_tail: bool) -> str:
    """Which kind of date a label announces: the label nearest before it decides."""
    label = _squeeze(before)[-8:]
    places = [(label.rfind(word), kind) for kind, words in _DATE_KINDS for word in words if word in label]
    for kind, words in _DATE_KINDS[::-1]:
        if any(word in label for word in words if word not in ("时间", "日期")):
            return kind
    if places:
        return max(places)[1]
    return "signed" if in_tail else "published"


def _year(title: str, body: tuple[Line, ...], dates: tuple[DateMark, ...]) -> int | None:
    """The report year: the title's, else the first year the body opens with, else the date's."""
    for text in [title] + [line.text for line in body[:4]]:
        match = _YEAR.search(_squeeze(text))
        if match:
            digits = "".join(_DIGITS.get(c, c) for c in match.group(1))
            if digits.isdigit() and len(digits) == 4:
                return int(digits)
    if dates:
        return dates[0].date.year - (dates[0].date.month <= 6)
    return None


def _unit_in(title: str) -> str:
    """The unit that a title names, or nothing."""
    bare = re.sub(
        r"^(?:\([^()]*\))?(?:关于)?(?:印发)?(?:(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年?度?",
        "",
        title,
    )
    match = re.match(
        r"(?:关于)?(?:印发)?(.*?)(?:关于)?(?:(?:19|20)\d\d|二[〇○零]|法治|法制|依法|全面|推进|落实)", bare
    )
    name = match.group(1) if match else ""
    name = re.sub(r"^关于|关于$", "", name)
    if not name:
        behind = re.search(r"\(([^()]{2,20})\)$", title)
        name = behind.group(1) if behind else ""
    joint = re.match(r"^中共.+?委员?会?(.*人民政府|.*办事处)$", name)
    if joint and joint.group(1):
        name = joint.group(1)
    return name if _UNIT_END.search(name) else ""


def _unit(
    title: str,
    around: tuple[Line, ...],
    signature: tuple[Line, ...],
    body: tuple[Line, ...],
    addressee: Line | None,
) -> str:
    """The reporting unit: title, then signature, source line, and the opening sentence."""
    named = _unit_in(title)
    if named:
        return named
    for line in signature:
        bare = _squeeze(line.text)
        if len(bare) <= 30 and _UNIT_END.search(bare) and not re.search(r"[:>]", bare):
            return re.sub(r"^中共.+?委员?会(?=.+(人民政府|办事处)$)", "", bare)
    for label in ("发布机构", "发布单位", "发文机关", "来源", "信息来源", "公开主体"):
        for line in around:
            match = re.search(label + r"\s*:\s*([^\s:|]{3,25})", line.text)
            if match and _UNIT_END.search(match.group(1)) and "司法" not in match.group(1):
                return match.group(1)
    for line in body[:3]:
        match = re.search(
            r"(?:年度?,?|^)([一-龥]{2,6}?(?:镇|乡|街道|县|区|局))(?:党委|坚持|在|认真|深入|始终|以|全面|紧)",
            _squeeze(line.text),
        )
        if match:
            return match.group(1)
    return ""


def _level(unit: str, body: tuple[Line, ...]) -> str:
    """The unit's level by the end of its name, else by how it calls itself."""
    name = re.sub(r"(人民政府|办事处|党工委|党委|政府)$", "", unit)
    for level, ending in _LEVEL_ENDS:
        if name and ending.search(name):
            return level
    text = "".join(line.text for line in body)
    calls = {
        "township": ("我镇", "我乡", "全镇", "全乡"),
        "subdistrict": ("我街道", "全街道", "街道办"),
        "department": ("我局", "全局", "局党组"),
        "county": ("我县", "我区", "全县", "全区", "我市"),
    }
    counts = {level: sum(text.count(word) for word in words) for level, words in calls.items()}
    best = max(counts, key=lambda level: counts[level])
    return best if counts[best] else "township"


def _source(lines: tuple[Line, ...]) -> Source:
    """What the lines around the text say of its source, and which of them show that it was published."""
    found: dict[str, str] = {}
    spans = []
    for line in lines:
        for name, pattern in _SOURCES.items():
            if match := pattern.search(line.text):
                found.setdefault(name, match.group(1))
        if re.search(
            r"来源|发布|公开日期|日期\s*:|时间\s*:|索引号|首页|当前位置|点击|>>|上一[条篇]|浏览", line.text
        ):
            spans.append(line.span)
    return Source(**found, spans=tuple(spans))
