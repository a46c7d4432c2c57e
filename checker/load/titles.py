"""A file of titles (法规名称表) into the noun `Titles`, or every fault in it with its line."""

from __future__ import annotations

import calendar
import datetime
import difflib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from checker.load.faults import Loc, Source
from checker.load.validate import validated
from checker.model.titles import Misquote, Title, Titles, core, years

Text = Annotated[str, Field(min_length=1)]
_DAY_HINT = "写 2021-01-22；只知道年月或年的，写 2021-01 或 2021。"
Day = Annotated[str, Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")]
_DATES = ("passed", "amended", "effective", "repealed")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TitlePart(_Part):
    """一个正式名称。"""

    title: Text = Field(description="每个名称都要写 title 和 sure。")
    short: list[Text] = []
    passed: Day | None = Field(None, description=_DAY_HINT)
    amended: Day | None = Field(None, description=_DAY_HINT)
    effective: Day | None = Field(None, description=_DAY_HINT)
    repealed: Day | None = Field(None, description=_DAY_HINT)
    replaced_by: str = Field("", alias="replaced-by")
    sure: Literal["V", "M"] = Field(description="每个名称都要写 title 和 sure。")
    note: str = ""


class KindsPart(_Part):
    """法律、行政法规和司法解释、中央文件。"""

    laws: Annotated[list[TitlePart], Field(min_length=1)]
    regulations: list[TitlePart] = []
    documents: list[TitlePart] = []

    def each(self) -> list[tuple[str, int, TitlePart]]:
        """Every title with its kind and its place in the list."""
        kinds = {"laws": self.laws, "regulations": self.regulations, "documents": self.documents}
        return [(kind, i, part) for kind, parts in kinds.items() for i, part in enumerate(parts)]


class WrongPart(_Part):
    """一个常见错名。"""

    written: Text = Field(description="每个错名都要写 written 和 right。")
    right: Annotated[list[Text], Field(min_length=1, description="每个错名都要写 written 和 right。")]
    note: str = ""


class TitlesFile(_Part):
    """法规名称表。"""

    titles: KindsPart
    wrong: list[WrongPart] = []


def load_titles(path: Path) -> Titles:
    """The titles in a file. Raises ChecklistError with every fault, its line and a caret."""
    source = Source(path)
    file = validated(TitlesFile, source)
    _check_titles(source, file)
    _check_wrong(source, file)
    source.raise_faults()
    titles = [_title(kind, part) for kind, _, part in file.titles.each()]
    return Titles.listing(titles, [Misquote(w.written, tuple(w.right), w.note) for w in file.wrong])


def _title(kind: str, part: TitlePart) -> Title:
    return Title(
        name=part.title,
        kind=kind,
        short=tuple(part.short),
        passed=_day(part.passed),
        amended=_day(part.amended),
        effective=_day(part.effective),
        repealed=_last_day(part.repealed),
        replaced_by=part.replaced_by,
        sure=part.sure,
        note=part.note,
    )


def _day(text: str | None) -> datetime.date | None:
    """The first day that a date, a month or a year allows."""
    return datetime.date.fromisoformat((text + "-01-01")[:10]) if text else None


def _last_day(text: str | None) -> datetime.date | None:
    """The last day that a date, a month or a year allows."""
    if not text or len(text) == 10:
        return _day(text)
    year, month = int(text[:4]), int(text[5:7] or 12)
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _check_titles(source: Source, file: TitlesFile) -> None:
    """What the format cannot say: impossible days, marks in titles, titles given twice."""
    seen: dict[tuple[str, object], int] = {}
    names = {part.title for _, _, part in file.titles.each()}
    for kind, i, part in file.titles.each():
        loc = ("titles", kind, i)
        for key in _DATES:
            _check_day(source, (*loc, key), getattr(part, key))
        if "《" in part.title or "》" in part.title:
            source.add((*loc, "title"), "名称不加书名号", "名称里面的书名号写成〈〉。")
        if part.replaced_by and part.replaced_by not in names:
            source.add(
                (*loc, "replaced-by"), f"表里没有 “{part.replaced_by}”", _guess(part.replaced_by, names)
            )
        for name in (part.title, *part.short):
            key_of = (core(name), years(name))
            if key_of in seen:
                source.add((*loc, "title"), f"“{name}” 重复", f"第 {seen[key_of]} 行已有。")
            seen.setdefault(key_of, source.node((*loc, "title")).start_mark.line + 1)


def _check_day(source: Source, loc: Loc, text: str | None) -> None:
    try:
        _day(text)
        _last_day(text)
    except ValueError:
        source.add(loc, f"没有 “{text}” 这一天", "请核对月份和日期。")


def _check_wrong(source: Source, file: TitlesFile) -> None:
    """A wrong title must not be a right one, and what it stands for must be in the list."""
    names = {part.title for _, _, part in file.titles.each()}
    cores = {core(name) for _, _, part in file.titles.each() for name in (part.title, *part.short)}
    seen: set[str] = set()
    for i, part in enumerate(file.wrong):
        written = core(part.written)
        if written in cores:
            source.add(
                ("wrong", i, "written"), f"“{part.written}” 同时列在 titles 里", "正确的写法不能又是错名。"
            )
        if written in seen:
            source.add(("wrong", i, "written"), f"“{part.written}” 重复", "每个错名只写一次。")
        seen.add(written)
        for r, right in enumerate(part.right):
            if right not in names:
                source.add(("wrong", i, "right", r), f"表里没有 “{right}”", _guess(right, names))


def _guess(name: str, names: set[str]) -> str:
    near = difflib.get_close_matches(name, sorted(names), n=1, cutoff=0.5)
    return f"是否想写 “{near[0]}”？" if near else "先在 titles 里写上这个名称。"
