"""Look a template over before it is used (模板检查): wrong names, what it leaves out, and a filled sample."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from lxml import etree  # type: ignore[import-untyped]

from checker.errors import TemplateError
from checker.renderers.kinds import KINDS, Kind
from checker.renderers.names import Names, Unknown, find_names, paths
from checker.renderers.word import WordTemplate

# how our own templates begin the category in their properties
CATEGORY = "fazhi-"
# what filling stops at where names were found wanting before
UNKNOWN_NAMES = (jinja2.UndefinedError, jinja2.TemplateAssertionError, SecurityError)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# halves of marks that were not filled, also as an input method writes them
_MARK = re.compile(r"[{｛]\s*[{｛%％#]|[%％#}｝]\s*[}｝]")
_TEXTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")


@dataclass(frozen=True, slots=True)
class Inspection:
    """What there is to tell of a template (检查结果).

    unknown: names that nothing is behind; wanting: what its document must say and it does not use;
    left: paragraphs of the sample in which marks stayed as they were; fault: why it could not be
    filled; unused: the other variables it does not use, no fault; sample: the filled document.
    """

    kind: str
    unknown: tuple[Unknown, ...] = ()
    wanting: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    fault: str = ""
    unused: tuple[str, ...] = ()
    sample: bytes = b""

    @property
    def usable(self) -> bool:
        """Whether real documents can be written with it."""
        return not (self.unknown or self.fault)


def kind_of(template: WordTemplate) -> str:
    """What a template is for, by its properties, else by the variables it uses; "" where neither tells."""
    named = template.category.removeprefix(CATEGORY)
    if named in KINDS and named != template.category:
        return named
    names = {name: _names(template, kind) for name, kind in KINDS.items()}
    known = {name: len(found.used) - len(found.unknown) for name, found in names.items()}
    best = [name for name in KINDS if known[name] == max(known.values())]
    # a letter and a notice have the same variables; two kinds that have not are both possible
    return best[0] if names[best[0]].used and all(KINDS[name] is KINDS[best[0]] for name in best) else ""


def inspect(template: WordTemplate, kind: str) -> Inspection:
    """Everything about a template of a kind. Raises TemplateError where it is no Word document."""
    like = KINDS[kind]
    names = _names(template, like)
    told = Inspection(
        kind,
        names.unknown,
        tuple(title for title, ways in like.must.items() if names.used.isdisjoint(ways)),
        unused=_unused(names, like.contexts()),
    )
    return _filled(told, template, like)


def _names(template: WordTemplate, kind: Kind) -> Names:
    return find_names(template.sources(), template.environment, kind.contexts())


def _unused(names: Names, contexts: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The variables not used anywhere: a field that one list of findings uses counts for all of them."""
    every = list(dict.fromkeys(path for context in contexts for path in paths(context)))
    used = {_tail(path) for path in every if path in names.used}
    unused: dict[str, None] = {}
    for tail in map(_tail, every):
        if tail not in used and tail.rpartition(".")[0] not in {one.rpartition(".")[2] for one in unused}:
            unused[tail] = None
    return tuple(unused)


def _tail(path: str) -> str:
    """The last two names of a path: `findings.title` of `gaps[].findings[].title`."""
    return ".".join(path.replace("[]", "").split(".")[-2:])


def _filled(told: Inspection, template: WordTemplate, kind: Kind) -> Inspection:
    """With every sample filled in; the first, which holds most, is the one to look at."""
    try:
        documents = [sample.render(template) for sample in kind.samples()]
    except TemplateError as error:
        named = told.unknown and isinstance(error.__cause__, UNKNOWN_NAMES)
        return told if named else replace(told, fault=str(error).removeprefix(f"{template.path}: "))
    left = dict.fromkeys(text for document in documents for text in _left(document))
    return replace(told, left=tuple(left), sample=documents[0])


def _left(document: bytes) -> list[str]:
    """The paragraphs of a filled document in which a mark stands, wherever docxtpl does not look."""
    texts: list[str] = []
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        for name in filter(_TEXTS.fullmatch, archive.namelist()):
            for paragraph in etree.fromstring(archive.read(name)).iter(f"{_W}p"):
                texts.append("".join(text.text or "" for text in paragraph.iter(f"{_W}t")))
    return [text for text in texts if _MARK.search(text)]
