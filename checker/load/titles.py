"""A file of titles (法规名称表) into the noun `Titles`, or every fault in it with its line."""

from __future__ import annotations

import calendar
import datetime
import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from checker.load.faults import Loc, Source, choices
from checker.model.titles import Misquote, Title, Titles, core, years

Text = Annotated[str, Field(min_length=1)]
Day = Annotated[str, Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")]
_SHAPES = {"list_type": "列表，写在方括号里：[甲, 乙]", "string_type": "一段文字"}
_DATES = ("passed", "amended", "effective", "repealed")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TitlePart(_Part):
    """一个正式名称。"""

    title: Text
    short: list[Text] = []
    passed: Day | None = None
    amended: Day | None = None
    effective: Day | None = None
    repealed: Day | None = None
    replaced_by: str = Field("", alias="replaced-by")
    sure: Literal["V", "M"]
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

    written: Text
    right: Annotated[list[Text], Field(min_length=1)]
    note: str = ""


class TitlesFile(_Part):
    """法规名称表。"""

    titles: KindsPart
    wrong: list[WrongPart] = []


def load_titles(path: Path) -> Titles:
    """The titles in a file. Raises ChecklistError with every fault, its line and a caret."""
    source = Source(path)
    try:
        file = TitlesFile.model_validate(source.data)
    except ValidationError as error:
        for fault in error.errors():
            _translate(source, fault)
        raise source.error(source.faults) from None
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


def _translate(source: Source, fault: Mapping[str, Any]) -> None:
    """A validation fault in Chinese, with the valid choices and a guess."""
    # pydantic names the branch of a union in the path; the file knows no such step
    loc: Loc = tuple(step for step in fault["loc"] if not str(step).startswith("constrained-"))
    kind, key = fault["type"], next((str(step) for step in reversed(loc) if isinstance(step, str)), "文件")
    if kind == "missing":
        source.add(
            loc[:-1], f"缺少 “{key}”", "每个名称都要写 title 和 sure，每个错名都要写 written 和 right。"
        )
    elif kind == "extra_forbidden":
        source.add(loc, f"不认识的键 “{key}”", choices(_keys_at(loc[:-1]), key), key=True)
    elif kind == "literal_error":
        source.add(loc, f"未知的取值 “{fault['input']}”", choices(["V", "M"], str(fault["input"])))
    elif kind == "string_pattern_mismatch":
        source.add(
            loc, f"“{fault['input']}” 不是日期", "写 2021-01-22；只知道年月或年的，写 2021-01 或 2021。"
        )
    elif kind in ("too_short", "string_too_short"):
        source.add(loc, f"“{key}” 不能为空")
    else:
        source.add(loc, f"“{key}” 应当是{_SHAPES.get(kind, '若干个键')}")


def _keys_at(loc: Loc) -> list[str]:
    """The keys that the format allows at a place."""
    names = [step for step in loc if isinstance(step, str)]
    part: type[BaseModel] = TitlesFile
    if names[:1] == ["wrong"]:
        part = WrongPart
    elif names:
        part = TitlePart if len(names) > 1 else KindsPart
    return [field.alias or name for name, field in part.model_fields.items()]


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
