"""What people decided (人工决定), put upon the results of a command: `--review` and `--waivers`."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.cli.paths import real
from checker.cli.reading import Results
from checker.cli.terminal import complain
from checker.errors import SettingsError
from checker.load.review import load_review, refusal
from checker.load.waivers import load_waivers
from checker.model.assessment import Assessment, Unread
from checker.model.checklist import Checklist
from checker.model.decision import Review, Waiver, WaiverUse, same_unit
from checker.renderers.decisions import waiver_text
from checker.renderers.layout import plain
from checker.review import misquoted, review_of, reviewed

REVIEW_ENDS = (".yaml", ".yml")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Decided:
    """Results as they count after people had their say; idle: the waivers that are of no unit among them."""

    results: Results
    idle: tuple[WaiverUse, ...] = ()


def decided(
    arguments: argparse.Namespace, checklist: Checklist, results: Results, *, day: datetime.date
) -> Decided:
    """Apply the reviews and waivers that were named; day: the one on which waivers must hold.

    Raises SettingsError: where any file is at fault, nothing is applied.
    """
    reviews = [load_review(path, today=datetime.date.today()) for path in _review_files(arguments.review)]
    waivers = load_waivers(arguments.waivers, checklist) if arguments.waivers else ()
    of = _reviews_of(reviews, [r for r in results if isinstance(r, Assessment)])
    told: Results = []
    for result in results:
        if isinstance(result, Assessment):
            review = of.get(result.path) or (review_of(result) if arguments.review else None)
            if review and (faults := list(misquoted(result, review))):
                raise refusal(review, faults)
            result = reviewed(result, review, waivers, day=day)
        told.append(result)
    titles = {item.id: item.title for item in checklist.items()}
    return Decided(told, tuple(_idle(waivers, told, titles)))


def decided_one(arguments: argparse.Namespace, assessment: Assessment, *, day: datetime.date) -> Assessment:
    """The same for one report."""
    after = decided(arguments, assessment.checklist, [assessment], day=day)
    tell_idle(after)
    (told,) = (result for result in after.results if isinstance(result, Assessment))
    return told


def tell_idle(after: Decided) -> None:
    """On standard error, for commands whose result has no place for them."""
    for use in after.idle:
        complain(f"没有用上的豁免：{waiver_text(use)}")


def _review_files(named: Iterable[Path]) -> list[Path]:
    """The files meant by names of files and folders, each once."""
    files: dict[Path, Path] = {}
    for path in named:
        try:
            found = sorted(filter(_is_review, path.iterdir())) if path.is_dir() else [path]
        except OSError as error:
            raise SettingsError(
                f"{error.filename}：打不开（{error.strerror}）。请确认有读取权限。"
            ) from error
        if not found:
            raise SettingsError(f"{path}：文件夹里没有复核单。用 fazhi review 报告 -o review.yaml 生成。")
        files |= {real(file): file for file in found}
    return list(files.values())


def _is_review(path: Path) -> bool:
    """Whether a file in a folder is one, by its name or by what it holds; a faulty one is none the less."""
    if path.suffix.lower() not in REVIEW_ENDS or not path.is_file():
        return False
    return path.name.startswith(("review", "复核单")) or b"findings:" in path.read_bytes().replace(b"\0", b"")


def _reviews_of(reviews: Iterable[Review], reports: list[Assessment]) -> dict[str, Review]:
    """The review of each report, by the report's path."""
    of: dict[str, Review] = {}
    unused = []
    for review in reviews:
        mine = _reports_of(review, reports)
        if not mine:
            unused.append(f"{review.path}（{about(review)}）")
        for path in mine:
            if path in of:
                raise SettingsError(
                    f"{path} 有两份复核单：{of[path].path}、{review.path}。请只留一份，或用 --review 写明一份。"
                )
            of[path] = review
    if unused:
        more = " 等" if len(unused) > _SHOWN else ""
        shown = f"{'、'.join(unused[:_SHOWN])}{more}"
        complain(f"有{len(unused)}份复核单没有用上，这次没有查到它们的报告：{shown}。")
    return of


def _reports_of(review: Review, reports: Iterable[Assessment]) -> list[str]:
    """The paths of the reports that a review is of.

    Where several units bear one name, it is of the text it was made from, or of the file of its name:
    what was dismissed for one of them says nothing of another.
    """
    fitting = [a for a in reports if fits(review, a)]
    same_text = [a for a in fitting if a.digest == review.text]
    same_name = [a for a in fitting if a.file == review.file]
    mine = fitting if len(fitting) < 2 else same_text or same_name
    if (fitting and not mine) or (mine is same_name and len(mine) > 1):
        paths = "、".join(a.path for a in fitting)
        raise SettingsError(
            f"{review.path} 是{about(review)}的复核单，分不清是哪一份报告的：{paths}。请一份一份核查。"
        )
    return [a.path for a in mine]


def fits(review: Review, assessment: Assessment) -> bool:
    report = assessment.report
    return review.fits(unit=report.unit, year=report.year, file=assessment.file)


def about(review: Review) -> str:
    """The report that a review is of, in words."""
    year = f"{review.year}年度" if review.year else ""
    return plain(review.unit or f"“{review.file}”") + year


def _idle(
    waivers: Iterable[Waiver], results: Iterable[Assessment | Unread], titles: Mapping[str, str]
) -> Iterable[WaiverUse]:
    units = {r.report.unit: None for r in results if isinstance(r, Assessment) and r.report.unit}
    why = f"没有查到这个单位的报告（查到的单位：{'、'.join(units) or '无'}）"
    for waiver in waivers:
        if not any(same_unit(waiver.unit, unit) for unit in units):
            yield WaiverUse(waiver, why, titles.get(waiver.item, waiver.item))
