"""Whether two texts are two versions of one report (两稿), and what to know of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checker.compare.rewording import bare, sentences
from checker.errors import CheckerError
from checker.model.assessment import Assessment
from checker.model.comparison import Earlier, named
from checker.model.report import LEVELS, Report

_BODIES = re.compile(r"(?:人民政府|办事处|委员会|政府)$")


def matching(results: Sequence[Earlier], new: Report) -> Earlier:
    """The one of several saved reports that is the older version of this one. Raises CheckerError."""
    if len(results) == 1:
        return results[0]
    same = [old for old in results if _same_unit(old.unit, new.unit) and old.year in (new.year, None)]
    if len(same) == 1:
        return same[0]
    rows = "\n".join(f"  {_who(old.unit, old.year)}：{old.path}" for old in (same or results))
    fault = "有不止一份同单位、同年度的报告" if same else "没有同单位、同年度的报告"
    raise CheckerError(
        f"核查结果里{fault}，新稿是{_who(new.unit, new.year)}。请直接用原报告文件作原稿。结果里有：\n{rows}"
    )


def check_same(old: Earlier, new: Report) -> None:
    """Raises CheckerError where unit or year tell that these are two reports."""
    unlike = [] if not (old.unit and new.unit) or _same_unit(old.unit, new.unit) else ["单位"]
    if old.year and new.year and old.year != new.year:
        unlike.append("年度")
    if unlike:
        raise CheckerError(
            f"两份报告的{'和'.join(unlike)}不同：原稿是{_who(old.unit, old.year)}，"
            f"新稿是{_who(new.unit, new.year)}。"
            "销号只对照同一单位、同一年度的两稿：请核对两个文件，原稿在前，新稿在后。"
        )


def unsure(old: Earlier, new: Report) -> str:
    """Why these may not be two versions of one report; empty where unit and year tell that they are."""
    if old.unit and new.unit and old.year and new.year:
        return ""
    one, other = _who(old.unit, old.year), _who(new.unit, new.year)
    return f"没有认全两稿的单位和年度（原稿{one}，新稿{other}），请先确认是同一份报告的两稿。"


def notes(old: Earlier, new: Assessment) -> Iterator[str]:
    """What people should know of the comparison as such."""
    report = new.report
    if old.level != report.level:
        one, other = (LEVELS.get(level, level) for level in (old.level, report.level))
        yield f"两稿认定的层级不同（原稿{one}，新稿{other}），适用的事项可能不同；层级可用 --level 指定。"
    if old.checklist != named(new.checklist.title, new.checklist.version):
        yield f"原稿按另一份清单核查：{old.checklist}。"
    if old.doubt:
        yield f"{old.doubt}：原稿的文字可能不全，当时没有认定缺项，也可能把原有的话当成新写的。"
    one_text, other_text = (sorted(map(bare, sentences(text))) for text in (old.text, report.text))
    if one_text == other_text:
        yield "两稿的文字相同（不计空白、标点和先后），没有补充任何内容。"


def _same_unit(one: str, other: str) -> bool:
    """Whether two names mean one unit: 禄丰市黑井镇人民政府 and 黑井镇 do."""
    one, other = ("".join(_BODIES.sub("", unit).split()) for unit in (one, other))
    return bool(one and other) and (one.endswith(other) or other.endswith(one))


def _who(unit: str, year: int | None) -> str:
    return f"{unit or '单位未认出'}{f'{year}年' if year else '（年度未认出）'}"
