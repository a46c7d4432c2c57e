"""Rates (比率) against the counts beside them: shares, growth, and differences in points.

A printed rate is right if it is the ratio rounded to the printed decimals; a ratio cut off behind
them (498/499 as 99.7%) is not. Only a sure pairing is judged: the numerator must speak of what the
rate is named after, the denominator count the same thing - and if any pair in reach fits, all is well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from checker.defects.body import Paragraph, mark, paragraphs
from checker.defects.counts import Count, Percentage, counts_in
from checker.model.assessment import Defect
from checker.model.report import Report, Role

KIND = "text.rate"
_RATE = re.compile(
    r"(?P<label>[一-龥]{1,10})(?:率|比例)(?:均|都|分别)?(?:已|高)?(?:保持在|稳定在|提高到|提升到|提升至|达到?|为|是|至)?(?:了)?"
    r"(?P<about>约|近|超过?|逾)?(?P<number>\d+(?:\.\d+)?)%(?P<more>以上|左右|多|以内|以下)?"
)
_SHARE = re.compile(
    r"占(?P<of>比|总数|总量|总件数|总人数|全部|其中)?的?(?:比例)?(?:达到?|为)?(?P<about>约|近|超过?|逾)?(?P<number>\d+(?:\.\d+)?)%(?P<more>以上|左右|多)?"
)
_SHARE_OF = re.compile(
    r"占[^,。;%\d]{0,12}(?P<whole>\d[\d,]*)[一-龥]{1,2}的(?:比例)?(?:达到?|为)?(?P<number>\d+(?:\.\d+)?)%(?!以上|左右)"
)
_UP, _DOWN = "增长|增加|上升|提高|提升|增多", "下降|减少|降低|回落|下滑|减|降"
_CHANGE = rf"(?P<verb>{_UP}|{_DOWN})(?:了|幅度?)?(?:达到?|为)?(?P<number>\d+(?:\.\d+)?)%"
_AGAINST = re.compile(
    r"(?P<subject>[^,。;:]{0,14})[比较](?:上一?年度?|去年|前年|(?:19|20)\d\d年)?(?:度|全年|同期)?[^,。;\d]{0,8}$"
)
_AFTER_BASE = re.compile(rf"(?:相比)?,?(?:(?:{_UP}|{_DOWN})了?\d+[一-龥]{{1,2}},)?(?:同比)?{_CHANGE}")
_FROM_TO = re.compile(r"[^,。;\d]{0,6}(?:至|到|为)$")
_AFTER_TO = re.compile(rf",?(?:同比)?(?:总体)?{_CHANGE}")
_POINTS = re.compile(
    r"(?P<a>\d+(?:\.\d+)?)%[^,。;%\d]{0,10}?(?P<verb>提高|上升|提升|增长|增加|升|增|下降|降低|减少|降)(?:到|至|为)(?P<b>\d+(?:\.\d+)?)%"
    r",?[^,。;\d]{0,8}?(?P<number>\d+(?:\.\d+)?)个百分点"
)
_STEMS: tuple[tuple[str, str], ...] = (
    ("成功", "成功|调成|调结|化解|达成"),
    ("办结|结案|审结|了结", "办结|结案|审结|办理完"),
    ("化解", "化解|调处|成功"),
    ("调处|调解|调成", "调处|调解|处理|成功|化解|调成"),
    ("办复|答复|回复", "办复|答复|回复"),
    ("整改|整治|销号|修复", "整改|整治|销号|改正|修复"),
    ("持证|领证|取证|发证", "证"),
    ("出庭", "出庭|到庭"),
    ("合格", "(?<!不)合格"),
    ("达标", "达标"),
    ("采纳|采用", "采纳|采用"),
    ("胜诉", "胜诉"),
    ("败诉", "败诉"),
    ("纠错", "撤销|纠正|确认违法|纠错"),
    ("报备|备案", "备案|报备"),
    ("覆盖", "覆盖|配备|建成|聘请|签约"),
)
_TIMELY = ("按期", "按时", "及时", "限时", "当场", "当日", "一次性", "首次", "准时", "如期")
_CASE_RATES = re.compile(r"纠错|胜诉|败诉|撤诉|维持|和解|调撤|撤销")
_SETTLED = re.compile(r"(?:成功|办结|化解|调处|调解|结案|办复)$")
_CLAUSE_END = re.compile(r"[,、:;。(]")


def find(report: Report) -> list[Defect]:
    """Rates that the counts beside them do not give."""
    found: list[Defect] = []
    for paragraph in paragraphs(report):
        if (
            paragraph.heading
            or paragraph.role is Role.PLAN
            or ("%" not in paragraph.text and "百分点" not in paragraph.text)
        ):
            continue
        before = (0, 0)
        for start, end in paragraph.sentences():
            if "%" in paragraph.text[start:end]:
                found += _Reader(report, paragraph, start, end, before).defects()
            before = (start, end)
    return found


class _Reader:
    """The rates of one sentence and the counts in their reach."""

    def __init__(
        self, report: Report, paragraph: Paragraph, start: int, end: int, before: tuple[int, int]
    ) -> None:
        self.report, self.paragraph, self.text = report, paragraph, paragraph.text
        self.start, self.end = start, end
        self.counts = counts_in(self.text, start, end)
        self.earlier = before

    def defects(self) -> Iterator[Defect]:
        seen = self.start
        for match in _RATE.finditer(self.text, self.start, self.end):
            if not (match["about"] or match["more"]):
                yield from self._named(match, seen)
            seen = match.end()
        for match in _SHARE.finditer(self.text, self.start, self.end):
            if not (match["about"] or match["more"]):
                yield from self._share(match)
        for match in _SHARE_OF.finditer(self.text, self.start, self.end):
            yield from self._share_of(match)
        for count in self.counts:
            yield from self._growth(count)
        for match in _POINTS.finditer(self.text, self.start, self.end):
            yield from self._points(match)

    def _named(self, match: re.Match[str], seen: int) -> Iterator[Defect]:
        printed = Percentage(Decimal(match["number"]), match.start("number"), match.end())
        stem = _stem(match["label"])
        reach = [c for c in self.counts if c.end <= match.start() and not c.rough]
        parts = [c for c in reach if self._speaks_of(c, match["label"], stem)]
        near = [c for c in parts if c.start >= seen]
        if not parts:
            behind = [c for c in self.counts if c.start > match.end() and not c.rough][:1]
            parts = [
                c
                for c in behind
                if "%" not in self.text[match.end() : c.end] and self._speaks_of(c, match["label"], stem)
            ]
        if not parts:
            yield from self._impossible(match, printed, reach)
            parts = near = self._settled_beside(match, printed, reach)
        wholes = self._wholes((near or parts)[-1], reach) if parts else []
        if wholes and not self._any_fits(printed, parts, reach):
            yield self._defect((near or parts)[-1], wholes[-1], printed)

    def _any_fits(self, printed: Percentage, parts: list[Count], reach: list[Count]) -> bool:
        """Whether one part, or all of them together, are the printed share of something in reach."""
        together = sum((part.value for part in parts), Decimal(0))
        return any(
            printed.fits(share, whole.value)
            for part in parts
            for whole in self._wholes(part, reach)
            for share in {part.value, together}
            if share <= whole.value
        )

    def _settled_beside(self, match: re.Match[str], printed: Percentage, reach: list[Count]) -> list[Count]:
        """排查192件，说和186件，成功率…: whatever the word, the count right before the rate."""
        if (
            not reach
            or not _SETTLED.search(match["label"])
            or any(word in match["label"] for word in _TIMELY)
        ):
            return []
        part = reach[-1]
        wholes = [c for c in reach[:-1] if c.unit == part.unit]
        near = re.fullmatch(r"[一-龥]{0,6},", self.text[part.end : match.start()])
        if len(wholes) != 1 or wholes[0].value < part.value or not near:
            return []
        return [part] if abs(part.value * 100 / wholes[0].value - printed.number) <= 3 else []

    def _wholes(self, part: Count, reach: list[Count]) -> list[Count]:
        """What the part can be a share of: the same unit, before it, and not smaller."""
        found = [
            c
            for c in reach
            if c.start < part.start and c.unit == part.unit and c.value >= part.value and c.value > 0
        ]
        if not found:
            earlier = counts_in(self.text, *self.earlier)[-2:]
            found = [c for c in earlier if c.unit == part.unit and c.value >= part.value > 0 and not c.rough]
            if found and abs(part.value / found[-1].value - 1) > Decimal("0.2"):
                return []
        return found

    def _speaks_of(self, count: Count, label: str, stem: re.Pattern[str]) -> bool:
        before, behind = self._context(count)
        timely = [word for word in _TIMELY if word in label]
        if timely and not any(word in before + behind for word in timely):
            return False
        if re.search(r"(?:应(?!诉)当?|需|须|未|没有?|不)[一-龥]{0,2}$", before) and not re.search(
            r"未成", before
        ):
            return False
        return bool(stem.search(before) or stem.search(behind))

    def _context(self, count: Count) -> tuple[str, str]:
        """The words of its clause before a count, and those behind it up to the next figure."""
        ahead = self.text[self.start : count.start]
        before = re.split(r"[,、:;。(]|\d[^,、:;。(\d]?", ahead)[-1]
        behind = re.split(r"[,、:;。)\d]", self.text[count.end : count.end + 24])[0]
        if behind[:1] in "中里内":
            behind = ""
        return before, behind

    def _share(self, match: re.Match[str]) -> Iterator[Defect]:
        """N件，其中M件…，占X%."""
        printed = Percentage(Decimal(match["number"]), match.start("number"), match.end())
        reach = [c for c in self.counts if c.end <= match.start()]
        if len(reach) < 2 or reach[-1].rough:
            return
        part = reach[-1]
        wholes = [c for c in reach[:-1] if c.unit == part.unit and c.value > part.value and not c.rough]
        if not wholes or any(printed.fits(part.value, whole.value) for whole in wholes):
            return
        between = self.text[wholes[-1].end : part.start]
        near = len(between) <= 40 and abs(part.value * 100 / wholes[-1].value - printed.number) <= 2
        if "其中" in between or (len(wholes) == 1 and (near or between.startswith(("中", "里")))):
            yield self._defect(part, wholes[-1], printed)

    def _share_of(self, match: re.Match[str]) -> Iterator[Defect]:
        """M件，占总数N件的X%."""
        whole = next((c for c in self.counts if c.start == match.start("whole")), None)
        ahead = [c for c in self.counts if c.end <= match.start()]
        if whole is None or not ahead or whole.rough or ahead[-1].rough or ahead[-1].unit != whole.unit:
            return
        printed = Percentage(Decimal(match["number"]), match.start("number"), match.end())
        if 0 < ahead[-1].value <= whole.value and not printed.fits(ahead[-1].value, whole.value):
            yield self._defect(ahead[-1], whole, printed)

    def _growth(self, base: Count) -> Iterator[Defect]:
        """214件，比2019年的231件下降7.4%; and 由6430次降至4108次，下降36.1%."""
        ahead, behind = self.text[self.start : base.start], self.text[base.end : self.end]
        against, change = _AGAINST.search(ahead), _AFTER_BASE.match(behind)
        if against and change:
            now = self._compared(base, against["subject"])
        else:
            change = _AFTER_TO.match(behind)
            first = [c for c in self.counts if c.end < base.start and c.unit == base.unit]
            if not change or not first or not _FROM_TO.search(ahead[first[-1].end - self.start :]):
                return
            if not re.search(r"[由从]", ahead[: first[-1].start - self.start]):
                return
            now, base = [base], first[-1]
        if not now or base.rough or base.value == 0:
            return
        printed = Percentage(Decimal(change["number"]), 0, 0)
        sign = -1 if re.fullmatch(_DOWN, change["verb"]) else 1
        if any(c.rough or printed.fits((c.value - base.value) * sign, base.value) for c in now):
            return
        place = Percentage(
            printed.number, now[0].start if now[0].start > base.start else base.start, base.end + change.end()
        )
        yield self._changed(now[0], base, printed, place)

    def _compared(self, base: Count, subject: str) -> list[Count]:
        """The counts a base can be compared with: those of its subject, if it names one."""
        reach = [c for c in self.counts if c.end <= base.start and c.unit == base.unit]
        own = re.sub(r"总?[数量]$|同比|总体|^[^一-龥]+", "", subject)
        if len(own) < 2 or re.search(r"\d", own):
            return reach
        pairs = {own[i : i + 2] for i in range(len(own) - 1)}
        return [c for c in reach if any(pair in self._context(c)[0] for pair in pairs)]

    def _changed(self, now: Count, base: Count, printed: Percentage, place: Percentage) -> Defect:
        change = now.value - base.value
        word = "下降" if change < 0 else "增长"
        right = f"{word}{printed.written(abs(change), base.value)}"
        start = min(now.start, base.start) if abs(now.start - base.start) < 30 else place.start
        return mark(
            self.report,
            KIND,
            self.paragraph.span(self._back(start), min(place.end, self.end)),
            message=f"增减幅度与件数不符：{base.value}{base.written}到{now.value}{now.written}应为{right}，文中为{printed.number}%",
            suggestion=right,
        )

    def _points(self, match: re.Match[str]) -> Iterator[Defect]:
        first, second, printed = (Decimal(match[name]) for name in ("a", "b", "number"))
        if abs(second - first) == printed:
            return
        yield mark(
            self.report,
            KIND,
            self.paragraph.span(match.start(), match.end()),
            message=f"百分点之差不符：{first}%与{second}%相差{abs(second - first)}个百分点，文中为{printed}个百分点",
            suggestion=f"{abs(second - first)}个百分点",
        )

    def _impossible(self, match: re.Match[str], printed: Percentage, reach: list[Count]) -> Iterator[Defect]:
        """A rate of concluded cases that no whole number of them gives."""
        if not _CASE_RATES.search(match["label"]) or not re.search(
            r"审结|办结|结案|判决", self.text[self.start : match.start()]
        ):
            return
        wholes = [c for c in reach if c.unit == "件" and 0 < c.value < 200]
        if not wholes or printed.step == 1 or any(_any_share(printed, c.value) for c in wholes):
            return
        names = "、".join(f"{c.value}{c.written}" for c in wholes)
        yield mark(
            self.report,
            KIND,
            self.paragraph.span(max(match.start("label"), match.end() - 30), match.end()),
            message=f"以同句的{names}为分母都得不出{printed.number}%",
            suggestion=f"{match['label']}率____%（请写明分子、分母并核算）",
        )

    def _defect(self, part: Count, whole: Count, printed: Percentage) -> Defect:
        right = printed.written(part.value, whole.value)
        how = "（文中系截去尾数，应四舍五入）" if printed.cut_off(part.value, whole.value) else ""
        ratio = f"{part.value}/{whole.value}"
        return mark(
            self.report,
            KIND,
            self.paragraph.span(self._back(min(part.start, printed.start)), max(part.end, printed.end)),
            message=f"比率与件数不符：{ratio}={right}，文中为{printed.number}%{how}",
            suggestion=f"{printed.number}%改为{right}（或核对件数{part.value}、{whole.value}）",
        )

    def _back(self, position: int) -> int:
        """The beginning of the clause a position stands in, but not far away."""
        ends = [m.end() for m in _CLAUSE_END.finditer(self.text, self.start, position)]
        return max(ends[-1] if ends else self.start, position - 14)


def _stem(label: str) -> re.Pattern[str]:
    for names, words in _STEMS:
        if re.search(rf"(?:{names})$", label):
            return re.compile(words)
    return re.compile(re.escape(label[-2:]))


def _any_share(printed: Percentage, whole: Decimal) -> bool:
    middle = int(printed.number * whole / 100)
    return any(
        printed.fits(Decimal(k), whole) for k in range(max(middle - 1, 0), min(middle + 2, int(whole)) + 1)
    )
