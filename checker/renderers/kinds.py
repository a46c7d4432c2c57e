"""The kinds of templates (模板种类), and what each is tried with.

The variables come from the functions that fill real documents, so that both cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from checker.model.assessment import Assessment, Finding
from checker.model.comparison import Comparison
from checker.model.letter import Letter
from checker.renderers import samples
from checker.renderers.gap_report import gap_report_context, render_gap_report
from checker.renderers.letter import letter_context, render_letter
from checker.renderers.recheck_table import recheck_context, render_recheck_table
from checker.renderers.word import WordTemplate


@dataclass(frozen=True, slots=True)
class Sample:
    """One document to try a template with (示例): its variables, and how it is filled."""

    context: Mapping[str, Any]
    render: Callable[[WordTemplate], bytes]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a template is for (模板种类).

    must: what its document has to say, and the variables of which one says it; samples: one with
    everything, one with as little as can be.
    """

    must: Mapping[str, tuple[str, ...]]
    samples: Callable[[], tuple[Sample, ...]]

    def contexts(self) -> tuple[Mapping[str, Any], ...]:
        """The variables of its samples."""
        return tuple(sample.context for sample in self.samples())


def _report(told: Assessment) -> Sample:
    return Sample(
        gap_report_context(told, samples.DATE),
        lambda template: render_gap_report(told, template=template, date=samples.DATE),
    )


def _letter(told: Assessment, letter: Letter, supplied: tuple[Finding, ...] = ()) -> Sample:
    return Sample(
        letter_context(told, letter, supplied),
        lambda template: render_letter(told, letter, template=template, supplied=supplied),
    )


def _letters() -> tuple[Sample, ...]:
    return (
        _letter(samples.full(), samples.letter(), samples.supplied()),
        _letter(samples.lacking_one(), samples.draft()),
    )


def _recheck(told: Comparison) -> Sample:
    return Sample(
        recheck_context(told, samples.DATE),
        lambda template: render_recheck_table(told, template=template, date=samples.DATE),
    )


_LETTER = Kind(
    {
        "发文机关": ("issuer.body",),
        "发文字号": ("number",),
        "主送机关": ("addressee",),
        "报告标题": ("report.title",),
        "缺项清单": ("findings[].title", "parts[].groups[].findings[].title"),
        "补充内容": ("findings[].remedy", "parts[].groups[].findings[].remedy"),
        "时限": ("due",),
        "成文日期": ("date",),
        "联系人": ("issuer.contact",),
    },
    _letters,
)
KINDS = {
    "letter": _LETTER,
    "notice": _LETTER,
    "report": Kind(
        {
            "报告标题": ("report.title",),
            "未反映的事项": ("gaps[].findings[].title",),
            "反映不具体的事项": ("thin[].findings[].title",),
            "需人工核实的事项": ("manual[].findings[].title",),
            "文字可能不全的提示": ("doubt",),
        },
        lambda: (_report(samples.full()), _report(samples.bare())),
    ),
    "recheck": Kind(
        {
            "报告": ("report.title", "report.unit"),
            "各项的结论": ("parts[].rows[].outcome_name", "parts[].title"),
            "各项的名称": ("parts[].rows[].title",),
            "清单已没有的缺项": ("dropped[].title",),
            "文字可能不全的提示": ("new.doubt",),
        },
        lambda: (_recheck(samples.comparison()), _recheck(samples.settled())),
    ),
}
