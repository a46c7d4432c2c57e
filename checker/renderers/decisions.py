"""How decisions of people read in words (人工决定的措辞), and what nobody has looked at. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.assessment import (
    DEFECT_NAMES,
    GAP_NAMES,
    GAPS,
    STATUS_NAMES,
    Assessment,
    Defect,
    Finding,
    Status,
)
from checker.model.decision import CONFIRM, DEFECT_STATUS, DISMISS, Decision, Lapse, WaiverUse
from checker.renderers.layout import Layout, plain

# what is named where nobody has looked at it; the rest is only counted
_NAMED = (Status.UNMET, Status.DEFERRED, Status.THIN, Status.MANUAL)
LIKELY_NAME = "因写法相近视为已反映"


def review_lines(assessment: Assessment, layout: Layout) -> list[str]:
    """The part on people's decisions of a report in text; empty where nobody was asked."""
    parts = list(_parts(assessment))
    if not parts:
        return []
    lines = [layout.rule(), layout.paint("title", "人工复核情况"), layout.rule()]
    for title, texts in parts:
        lines += ["", *layout.text(title, style="title")]
        for number, text in enumerate(texts, start=1):
            lines += layout.field(f"{number}.".ljust(3), text)
    return lines


def _parts(assessment: Assessment) -> Iterator[tuple[str, list[str]]]:
    decided = [f"{_name(told)}：{people_text(told, assessment)}" for told in _decided(assessment)]
    waivers, lapsed = assessment.waivers, assessment.lapsed
    if decided:
        yield f"人工决定（{len(decided)}条）", decided
    if waivers:
        yield f"豁免（{len(waivers)}条）", [waiver_text(use) for use in waivers]
    if lapsed:
        yield f"失效的决定（{len(lapsed)}条，按程序的判定算，请重新复核）", [lapse_text(la) for la in lapsed]
    if assessment.review:
        lead = "" if assessment.review.path else "没有这份报告的复核单。"
        counts = "，".join(f"{name}{count}" for name, count in unseen_counts(assessment))
        names = [f"{name}：{'；'.join(titles)}" for name, titles in unseen_names(assessment)]
        yield f"{lead}尚无人看过：{counts or '没有'}", names


def decisions_of(assessment: Assessment) -> Iterator[tuple[str, Decision, Status | None]]:
    """Every decision that holds: of what, the decision, and of an item the program's own judgement."""
    for told in _decided(assessment):
        if told.decision:
            yield _name(told), told.decision, told.judged if isinstance(told, Finding) else None


def _decided(assessment: Assessment) -> list[Finding | Defect]:
    """The items that a person decided on, then the defects in the order of the text."""
    defects = sorted((*assessment.defects, *assessment.dismissed), key=lambda defect: defect.span)
    everything: list[Finding | Defect] = [*assessment.findings, *defects]
    return [told for told in everything if told.decision]


def _name(told: Finding | Defect) -> str:
    """What a decision is about, in words."""
    if isinstance(told, Finding):
        return told.item.title
    return f"{DEFECT_NAMES.get(told.kind, told.kind)}“{plain(told.quote)}”"


def people_text(told: Finding | Defect, assessment: Assessment) -> str:
    """What people decided of a finding or defect, who and why; empty where nobody did."""
    texts = []
    if told.decision:
        texts.append(f"{verdict(told)}{decision_text(told.decision)}")
        if is_outdated(told.decision, assessment):
            texts.append("作出决定以后报告文字有改动，请看决定是否仍然成立")
    if isinstance(told, Finding) and told.waiver:
        waiver = told.waiver
        texts.append(
            f"豁免（{plain(waiver.approved_by)}批准，{waiver.first}至{waiver.last}）：{plain(waiver.reason)}"
        )
    return "；".join(texts)


def verdict(told: Finding | Defect) -> str:
    """人工确认, 人工不认定, or 人工更正 with both judgements."""
    word = told.decision.word if told.decision else ""
    judged = STATUS_NAMES[told.judged] if isinstance(told, Finding) else ""
    if word in (CONFIRM, judged):
        return "人工确认"
    own = f"（程序判定：{judged}）" if judged else ""
    return f"人工不认定{own}" if word == DISMISS else f"人工更正为“{word}”{own}"


def decision_text(decision: Decision) -> str:
    """Behind a verdict: reason and quotation, and who decided when."""
    quote = f"引文“{plain(decision.quote)}”" if decision.quote else ""
    why = "；".join(filter(None, (plain(decision.reason), quote)))
    return f"{'：' if why else ''}{why}（{plain(decision.by)}，{decision.date}）"


def is_outdated(decision: Decision, assessment: Assessment) -> bool:
    """Whether a decision that asks for nothing was made upon another text, and no words carry it."""
    asks = decision.word in (CONFIRM, *GAP_NAMES)
    return not asks and not decision.quote and decision.text != assessment.digest


def waiver_text(use: WaiverUse) -> str:
    waiver = use.waiver
    days = f"{waiver.first}至{waiver.last}（两天都算在内）"
    text = (
        f"{plain(waiver.unit)}：{use.title}，{days}，{plain(waiver.approved_by)}批准：{plain(waiver.reason)}"
    )
    return f"{text}——没有适用：{use.why}" if use.why else f"{text}——已适用"


def lapse_text(lapse: Lapse) -> str:
    entry = lapse.entry
    made = f"原决定“{entry.decision.word}”{decision_text(entry.decision)}" if entry.decision else ""
    return f"{plain(entry.title)}［{entry.status}］{made}。失效原因：{lapse.why}"


def unseen_counts(assessment: Assessment) -> Iterator[tuple[str, int]]:
    """How many findings nobody has looked at, by the names of their statuses; then the defects."""
    for status, name in STATUS_NAMES.items():
        if count := sum(finding.status is status for finding in assessment.unseen()):
            yield name, count
    if defects := sum(defect.decision is None for defect in assessment.defects):
        yield DEFECT_STATUS, defects


def unseen_names(assessment: Assessment) -> Iterator[tuple[str, list[str]]]:
    """The titles of what a person should look at first, and has not."""
    unseen = assessment.unseen()
    for status in _NAMED:
        if titles := [finding.item.title for finding in unseen if finding.status is status]:
            yield STATUS_NAMES[status], titles
    if titles := [finding.item.title for finding in assessment.likely()]:
        yield LIKELY_NAME, titles


def review_conclusion(assessment: Assessment) -> str:
    """People's part in the counts, in one line; empty where nobody was asked."""
    applied = sum(not use.why for use in assessment.waivers)
    decided = len(_decided(assessment))
    rows = [f"人工决定{decided}条"] if assessment.review else []
    rows += [f"豁免{applied}项"] if assessment.waivers else []
    rows += [f"失效的决定{len(assessment.lapsed)}条"] if assessment.lapsed else []
    if assessment.review:
        gaps = sum(f.status in GAPS for f in assessment.unseen())
        rows.append(f"{len(assessment.unseen())}项尚无人看过（其中缺项{gaps}）")
    return "，".join(rows) + "。" if rows else ""
