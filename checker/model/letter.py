"""Letters (公函): who sends them, and what one letter needs that no report tells."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from checker.model.decision import same_unit

# what a full name ends with, and what a name without it lacks
_FULL = ("人民政府", "办事处", "管委会", "委员会")
_BEHIND = {
    "township": (("镇", "乡", "苏木"), "人民政府"),
    "subdistrict": (("街道",), "办事处"),
    "county": (("县", "区", "市", "旗", "州", "盟"), "人民政府"),
}


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuing body (发文机关), as its file `issuer.yaml` tells.

    body: its full or standardised short name, as it stands in red and in the signature; own: how it
    calls itself in the text (我局); kind: 函 between bodies without rank over one another, 通知 from
    a body above (《党政机关公文处理工作条例》); area: where it is, which decides what binds its
    addressees; prefix: 机关代字; first: the lowest number to give in `first_year`, every other year
    begins at 1; deadline: working days from the letter's date, or a day; seal: whether space for a
    seal is kept (GB/T 9704-2012, 7.3.5.1) or none will be set (7.3.5.2); office: who prints a 通知
    (印发机关); addressees: full names of units whose name in the report is not enough; ledger: path of the ledger.
    """

    body: str
    own: str
    kind: str
    area: str
    prefix: str
    first: int
    contact: str
    phone: str
    deadline: int | datetime.date
    cc: tuple[str, ...] = ()
    seal: bool = True
    office: str = ""
    addressees: Mapping[str, str] = field(default_factory=dict)
    ledger: str = ""
    first_year: int = 0

    def addressee(self, unit: str, level: str) -> str:
        """The full name (主送机关) of a unit that a report names, or nothing where it cannot be told."""
        for name, full in self.addressees.items():
            if same_unit(name, unit):
                return full
        if unit and (level == "department" or unit.endswith(_FULL)):
            return unit
        ends, behind = _BEHIND.get(level, ((), ""))
        return unit + behind if unit.endswith(ends) else ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What one letter says besides the findings (一份公函): date, number, addressee, deadline.

    number and date are None in a draft, where a space is left for them; due is then None where it
    counts from the date.
    """

    issuer: Issuer
    addressee: str
    date: datetime.date | None
    number: int | None
    due: datetime.date | None


def document_number(prefix: str, year: int, number: int) -> str:
    """发文字号: 禄司函〔2026〕3号 (GB/T 9704-2012, 7.2.5)."""
    return f"{prefix}〔{year}〕{number}号"
