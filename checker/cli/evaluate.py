"""`fazhi evaluate` (评分): the checker against labels made by people, with a keyword baseline beside it."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.audit import Read, audit_report
from checker.cli.reading import reader
from checker.cli.terminal import complain, layout, progress, say
from checker.errors import CheckerError, ReadError
from checker.load import checklist_source, load_checklist
from checker.model.checklist import Checklist
from checker.readers import SUFFIXES
from checker.renderers.layout import Layout, cells, pad, shorten
from checker.scoring import Score, keyword_baseline, prediction_of, score


@dataclass(frozen=True, slots=True)
class _Row:
    """The scores of one labelled report: in full, and for the items that the baseline can judge."""

    name: str
    full: Score
    shared: Score
    baseline: Score


def run(arguments: argparse.Namespace) -> int:
    """0, or 1 where a measure falls below what was asked for."""
    checklist = load_checklist(checklist_source(arguments.checklist))
    pairs = list(_pairs(arguments.folder))
    if not pairs:
        raise CheckerError(
            f"{arguments.folder}：没有成对的标注和报告。每份“名称.json”旁边要有同名的报告（.txt、.docx、.pdf 等）。"
        )
    names = [label.stem for label, _ in pairs]
    with reader(None, [report for _, report in pairs]) as read:
        rows = [_score(label, report, checklist, read) for label, report in progress(pairs, names)]
    total = sum((row.full for row in rows), Score())
    say("\n".join(_tables(rows, total, layout())))
    if arguments.verbose:
        say("\n".join(_by_item(rows, total, layout())))
    return _below(arguments, total)


def _pairs(folder: Path) -> Iterator[tuple[Path, Path]]:
    if not folder.is_dir():
        raise CheckerError(f"{folder}：不是文件夹。请给出放着标注和报告的文件夹。")
    for label in sorted(folder.glob("*.json")):
        report = next((p for s in SUFFIXES if (p := label.with_suffix(s)).exists()), None)
        if report is None:
            complain(f"{label}：旁边没有同名的报告，未评分。")
        else:
            yield label, report


def _score(path: Path, source: Path, checklist: Checklist, read: Read) -> _Row:
    label = _label(path)
    try:
        assessment = audit_report(source, checklist, read=read)
    except ReadError as error:
        raise CheckerError(f"未能读取 {error}") from None
    text = assessment.report.text
    baseline, prediction = keyword_baseline(checklist, text), prediction_of(assessment)
    only = baseline.statuses
    return _Row(
        path.stem,
        score(prediction, label, text),
        score(prediction, label, text, only=only),
        score(baseline, label, text, only=only),
    )


def _label(path: Path) -> dict[str, Any]:
    try:
        label: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise CheckerError(f"{path}：标注读不出来（{error}）。应为 UTF-8 的 JSON 文件。") from None
    items = label.get("items") if isinstance(label, dict) else None
    if not isinstance(items, dict) or not all(isinstance(v, dict) and "status" in v for v in items.values()):
        raise CheckerError(f"{path}：不是标注文件，缺少 items 或其中的 status。")
    return dict(label)


def _tables(rows: list[_Row], total: Score, shape: Layout) -> Iterator[str]:
    columns = ("判定", "查准", "查全", "F1", "证据", "差错F1", "要素")
    widths = [12 if column == "证据" else 9 for column in columns]
    name = shape.width - sum(widths)
    heads = (" " * (width - cells(c)) + c for width, c in zip(widths, columns, strict=True))
    yield pad("报告", name) + "".join(heads)
    yield shape.rule()
    for row in rows:
        yield pad(shorten(row.name, name), name) + _measures(row.full)
    yield shape.rule()
    yield pad(f"合计（{len(rows)}份）", name) + _measures(total)
    yield ""
    shared, baseline = (sum((getattr(r, key) for r in rows), Score()) for key in ("shared", "baseline"))
    yield from shape.text(f"与关键词基线相比（只比有词语规则的{len(shared.judged)}项次）：")
    yield pad("  本程序", name) + _measures(shared, plain=True)
    yield pad("  关键词基线", name) + _measures(baseline, plain=True)
    yield ""
    yield from shape.text(
        "判定：与标注相同的比例。查准、查全、F1：缺项（未反映和仅有计划）。证据：引文与标注引文重合的项数。"
        "要素：单位、年度、层级认对的个数。"
    )


def _measures(score: Score, *, plain: bool = False) -> str:
    gaps = score.gaps
    text = f"{score.accuracy:9.3f}{gaps.precision:9.3f}{gaps.recall:9.3f}{gaps.f1:9.3f}"
    text += f"{score.evidence_right}/{score.evidence}".rjust(12)
    if plain:
        return text
    return text + f"{score.defects.f1:9.3f}" + f"{score.source_right}/{score.source}".rjust(9)


def _by_item(rows: list[_Row], total: Score, shape: Layout) -> Iterator[str]:
    yield ""
    yield from shape.text("逐项：与标注不同的判定", style="title")
    wrong: dict[str, list[str]] = {}
    for row in rows:
        for judged in row.full.judged:
            if judged.wanted != judged.given:
                wrong.setdefault(judged.item, []).append(f"{row.name} 应为{judged.wanted}得出{judged.given}")
    for item, faults in sorted(wrong.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        yield from shape.field(f"{len(faults)}次", f"{item}：{'；'.join(faults)}", indent=2)
    yield ""
    yield from shape.text("判定的混淆：应为 -> 得出", style="title")
    pairs = Counter((j.wanted, j.given) for j in total.judged)
    for (wanted, given), number in sorted(pairs.items()):
        mark = "" if wanted == given else "  *"
        yield f"  {wanted:9} -> {given:9}{number:6}{mark}"


def _below(arguments: argparse.Namespace, total: Score) -> int:
    measures = (
        ("判定准确率", total.accuracy, arguments.min_status),
        ("缺项查准率", total.gaps.precision, arguments.min_gap_precision),
        ("缺项查全率", total.gaps.recall, arguments.min_gap_recall),
    )
    low = [(name, value, least) for name, value, least in measures if least is not None and value < least]
    for name, value, least in low:
        complain(f"{name} {value:.3f} 低于 {least:.3f}。")
    return 1 if low else 0
