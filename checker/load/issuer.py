"""The settings of an issuing body (发文设置, issuer.yaml), or everything that is wrong or missing in them."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from checker.errors import SettingsError
from checker.load.faults import FileKind, Loc, Source
from checker.load.validate import validated
from checker.model.letter import Issuer

LEDGER = "发文登记.csv"
ISSUER = FileKind(
    "发文设置", " templates/issuer.yaml ", "或用 fazhi template new 发文设置 写出一份再改。", SettingsError
)
Text = Annotated[str, Field(min_length=1)]
_TEXTLESS = ("number", "deadline", "phone", "seal")  # not prose: full width becomes half
_BETWEEN_HAN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef])")
_BLANK = re.compile(r"_{2,}|×{2,}|[xX]{3,}|〇〇|○○|\.{3}|…|请填写|待填")
_DEADLINE = "写工作日天数，如 deadline: 15；或写一个日期，如 deadline: 2026-12-15。"
_SEAL = "要盖章写 yes（不写也是），不盖章写 no。"
_COLON = "每行写成“键: 值”，冒号用英文冒号，后面空一格，如 body: 禄丰市司法局。"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NumberPart(_Part):
    """发文字号。"""

    prefix: str = Field(
        pattern=r"^[^\s\d〔〕\[\]()【】第号=+\-@'\",]{1,20}$",
        description="只写机关代字，如 禄司函；年份、序号、〔〕和“号”由程序加上。",
    )
    next: str = Field(
        pattern=r"^[1-9]\d{0,4}$",
        description="写下一个可用的序号，如 next: 15；今年还没有发过文的写 next: 1。",
    )
    year: str = Field("", pattern=r"^20\d\d$", description="写年份，如 year: 2026。")


class ContactPart(_Part):
    """联系人。"""

    name: Text = Field(description="写联系人姓名，如 name: 张三。")
    phone: str = Field(pattern=r"\d{3}", description="写联系电话，如 phone: 0878-4123456。")


class IssuerFile(_Part):
    """发文设置。"""

    body: Text = Field(description="写发文机关全称或规范化简称，如 body: 禄丰市司法局。")
    own: Text = Field(alias="self", description="写文中的自称，如 self: 我局。")
    kind: Literal["函", "通知"] = Field(
        description="不相隶属的机关（如司法局对镇政府）写 函，上级对下级写 通知。"
    )
    area: Text = Field(
        description="从省写起，如 area: 云南省楚雄彝族自治州禄丰市；哪些文件对收文单位有约束力由它决定。"
    )
    number: NumberPart = Field(description="写文号的机关代字（prefix）和下一个序号（next）。")
    contact: ContactPart = Field(description="写联系人姓名（name）和电话（phone）。")
    deadline: str = Field(pattern=r"^([1-9]\d{0,2} ?(个?工作日)?|\d{4}-\d\d-\d\d)$", description=_DEADLINE)
    cc: list[Text] = []
    seal: str = Field("yes", pattern=r"^(?i:yes|no|true|false|是|否)$", description=_SEAL)
    office: str = Field("", description="写印发机关，如 office: 禄丰市人民政府办公室。")
    addressees: dict[str, Text] = {}
    ledger: str = Field(LEDGER, pattern=r"(?i)[^/\\]\.csv$", description=f"写 .csv 文件名，如 {LEDGER}。")


def load_issuer(path: Path) -> Issuer:
    """The issuing body in a file. Raises SettingsError with every fault, its line and a caret."""
    source = Source(path, ISSUER)
    if not isinstance(source.data, dict):
        source.add((), "没有读到设置", _COLON)
        source.raise_faults()
    source.data = _cleaned(source.data)
    file = validated(IssuerFile, source, also=lambda: _check(source))
    _check(source)
    source.raise_faults()
    return _issuer(file, path)


def _issuer(file: IssuerFile, path: Path) -> Issuer:
    days = re.match(r"\d{1,3}(?!\d)", file.deadline)
    return Issuer(
        body=file.body,
        own=file.own,
        kind=file.kind,
        area=file.area,
        prefix=file.number.prefix,
        first=int(file.number.next),
        contact=file.contact.name,
        phone=file.contact.phone,
        deadline=int(days[0]) if days else datetime.date.fromisoformat(file.deadline),
        cc=tuple(file.cc),
        seal=file.seal.lower() in ("yes", "true", "是"),
        office=file.office,
        addressees=file.addressees,
        ledger=str(path.parent / file.ledger),
        first_year=int(file.number.year or 0),
    )


def _cleaned(value: object, key: str = "") -> object:
    """Without stray spaces; numbers and the like in half width."""
    if isinstance(value, dict):
        inside = key if key in _TEXTLESS else ""
        return {_cleaned(name): _cleaned(inner, inside or str(name)) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner, key) for inner in value]
    text = unicodedata.normalize("NFKC", str(value)) if key in _TEXTLESS else str(value)
    return _BETWEEN_HAN.sub("", " ".join(text.split()))


def _check(source: Source) -> None:
    """What the format cannot say, in data that may yet be at fault otherwise."""
    texts = dict(_texts(source.data))
    for loc, text in texts.items():
        if _BLANK.search(text):
            source.add(loc, f"“{text}” 还没有填好", "请写真实内容，会原样印在公函上。")
    if texts.get(("kind",)) == "通知" and not texts.get(("office",)):
        source.add(("kind",), "缺少 “office”", f"通知的版记要有印发机关：{_described('office')}")
    if texts.get(("number", "next"), "1") != "1" and not texts.get(("number", "year")):
        advice = "next 只管这一年，别的年份从 1 号起；写上年份，如 year: 2026。"
        source.add(("number", "next"), "缺少 “year”", advice)
    deadline = texts.get(("deadline",), "")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", deadline):
        try:
            datetime.date.fromisoformat(deadline)
        except ValueError:
            source.add(("deadline",), f"没有 “{deadline}” 这一天", "请核对月份和日期。")


def _described(name: str) -> str:
    return IssuerFile.model_fields[name].description or ""


def _texts(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every text with its place."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*loc, str(name)))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*loc, number))
    else:
        yield loc, str(value)
