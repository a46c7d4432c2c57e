"""A checklist file, and what it extends, into the noun `Checklist`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from checker.errors import ChecklistError
from checker.load.classifier import load_classifier
from checker.load.faults import Source, choices
from checker.load.schema import (
    BasisPart,
    ChecklistFile,
    DocumentPart,
    ExtensionFile,
    GroupPart,
    ItemPart,
    RulePart,
    WordingFile,
)
from checker.load.titles import load_titles
from checker.load.validate import validated
from checker.model.checklist import Basis, Checklist, Group, Item, Phrase, Rule, Specimen, Word, Wording
from checker.model.classifier import NO_CLASSIFIER, Classifier
from checker.model.report import LEVELS
from checker.model.text import fold
from checker.resources import DEFAULT_CHECKLIST, resource

T = TypeVar("T", bound=BaseModel)
_PHRASE_KEYS = ("mention", "topic", "about", "about-mention", "not", "not-about", "nil", "figures-as")


def checklist_source(name: str | None) -> Path:
    """The file a name means: a path, or the id of a shipped checklist; the default where None."""
    if name is None:
        return resource("checklists", DEFAULT_CHECKLIST)
    shipped = resource("checklists", f"{name}.yaml")
    return shipped if not Path(name).exists() and shipped.exists() else Path(name)


def load_checklist(path: Path, extending: tuple[Path, ...] = ()) -> Checklist:
    """The checklist in a file. Raises ChecklistError with every fault, its line and a caret.

    extending: the files that extend it, so that a circle is noticed.
    """
    source = Source(path)
    if isinstance(source.data, dict) and "extends" in source.data:
        return _extend(source, extending)
    _named_files(source)
    file = _validate(ChecklistFile, source)
    wording = _load_wording(source, file.wording)
    _check_groups(source, file.groups, wording)
    _check_documents(source, file.documents, (b for g in file.groups for i in g.items for b in i.basis))
    source.raise_faults()
    groups = tuple(Group(g.id, g.title, tuple(_item(i, wording) for i in g.items)) for g in file.groups)
    return Checklist(
        file.id, file.title, file.version, file.basis, _bound(groups, file.documents), wording,
        vocabulary=_vocabulary(groups), titles=load_titles(_beside(source, file.titles)),
        classifier=load_classifier(_beside(source, file.classifier)) if file.classifier else NO_CLASSIFIER,
    )  # fmt: skip


def _vocabulary(groups: Iterable[Group]) -> tuple[str, ...]:
    """Every word the rules look for, once."""
    phrases = (phrase for group in groups for item in group.items for phrase in item.rule.phrases())
    return tuple(sorted({part for phrase in phrases for part in phrase.parts() if part}))


def _named_files(source: Source) -> None:
    """A file that a checklist names must lie beside it or among the shipped ones."""
    data = source.data if isinstance(source.data, dict) else {}
    for key in ("wording", "titles", "classifier"):
        name = data.get(key)
        if isinstance(name, str) and name and not _beside(source, name).exists():
            usual = "json" if key == "classifier" else "yaml"
            source.add(
                (key,), f"找不到 “{name}”", f"写文件名，如 {key}: {key}.{usual}；它应当和清单放在一起。"
            )
            source.raise_faults()  # without it nothing else can be told


def _validate(model: type[T], source: Source) -> T:
    return validated(model, source, also=lambda: _check_phrases(source, source.data, ()))


def _beside(source: Source, name: str) -> Path:
    """A file that a checklist names: beside it, else the shipped one."""
    path = source.path.parent / name
    return path if path.exists() else resource("checklists", name)


def _load_wording(source: Source, name: str) -> Wording:
    own = Source(_beside(source, name))
    file = _validate(WordingFile, own)
    own.raise_faults()
    return Wording(
        cues={key: tuple(map(fold, words)) for key, words in file.cues.items()},
        synonyms={key: tuple(map(fold, words)) for key, words in file.synonyms.items()},
    )


def _check_groups(source: Source, groups: list[GroupPart], wording: Wording) -> None:
    """What the format cannot say: no items, repeated ids, items without a rule, unknown groups."""
    if not any(group.items for group in groups):
        source.add(
            ("groups",), "清单里没有任何检查项", "没有检查项的清单会让任何报告都“没有问题”，因此不能使用。"
        )
    seen: dict[str, int] = {}
    for g, group in enumerate(groups):
        for i, item in enumerate(group.items):
            loc = ("groups", g, "items", i)
            if item.id in seen:
                source.add((*loc, "id"), f"编号 “{item.id}” 重复", f"第 {seen[item.id]} 行已有同名检查项。")
            seen.setdefault(item.id, source.node((*loc, "id")).start_mark.line + 1)
            check_item(source, loc, item, wording)


def check_item(source: Source, loc: tuple[int | str, ...], item: ItemPart, wording: Wording) -> None:
    """Faults of one item that its format cannot show."""
    _check_basis(source, loc, item.basis)
    _check_rule(source, (*loc, "rule"), item.rule, wording)


def _check_documents(
    source: Source, documents: list[DocumentPart], bases: Iterable[Basis | BasisPart]
) -> None:
    """A document that no item rests on is a slip of the pen, and would silently bind nobody."""
    cited = {basis.document for basis in bases}
    for d, part in enumerate(documents):
        if part.title not in cited:
            source.add(
                ("documents", d, "title"),
                f"没有哪一项的依据是 “{part.title}”",
                choices(sorted(cited), part.title),
            )


def _bound(
    groups: tuple[Group, ...], documents: Iterable[DocumentPart], extended: Iterable[Item] = ()
) -> tuple[Group, ...]:
    """The groups with every basis knowing whom its document binds, also as an extended checklist says."""
    binding: dict[str, dict[str, Any]] = {
        basis.document: {"levels": basis.levels, "area": basis.area, "since": basis.since}
        for item in extended
        for basis in item.basis
    }
    binding |= {
        part.title: {
            "levels": tuple(LEVELS) if part.binds == "all" else tuple(part.binds),
            "area": part.area,
            "since": int(part.since),
        }
        for part in documents
    }

    def basis(old: Basis) -> Basis:
        return replace(old, **binding.get(old.document, {}))

    return tuple(
        replace(
            group, items=tuple(replace(item, basis=tuple(map(basis, item.basis))) for item in group.items)
        )
        for group in groups
    )


def _check_basis(source: Source, loc: tuple[int | str, ...], bases: list[BasisPart]) -> None:
    for b, basis in enumerate(bases):
        if bool(basis.quotation) == bool(basis.summary):
            source.add((*loc, "basis", b), "依据要写 quotation（条款原文）或 summary（要点），且只写一个")


def _check_rule(source: Source, loc: tuple[int | str, ...], rule: RulePart, wording: Wording) -> None:
    if rule.check == "mention" and not (rule.mention or rule.about_mention):
        source.add(
            loc, "规则没有任何 mention 写法", "至少写一种报告里会出现的写法，否则任何报告都会判为未反映。"
        )
    if rule.check == "section" and not rule.roles:
        source.add(loc, "section 规则缺少 roles", "写明要找哪一部分，如 roles: [shortcomings]。")
    if rule.about_mention and not rule.about:
        source.add(
            (*loc, "about-mention"), "有 about-mention 而没有 about", "about 写明句子要谈的对象。", key=True
        )
    data = rule.model_dump(by_alias=True)
    for key in _PHRASE_KEYS:
        for p, phrase in enumerate(data[key]):
            _check_phrase(source, (*loc, key, p), phrase, wording)


def _check_phrase(source: Source, loc: tuple[int | str, ...], phrase: str, wording: Wording) -> None:
    """A phrase must hold a word in each of its places, and name only groups that exist."""
    empty = [word for word in phrase.split() or [""] if not all(c.strip("《…") for c in word.split("|"))]
    if empty:
        source.add(loc, f"写法 “{phrase}” 里缺少词语", "“|”两边、“《”后面、“…”两边都要有词。")
    for name in _groups_in(phrase):
        if name not in wording.synonyms:
            source.add(loc, f"没有 “{name}” 这组同义词", choices(list(wording.synonyms), name))


def _check_phrases(source: Source, data: object, loc: tuple[int | str, ...]) -> None:
    """Faults in the phrases of a file whose format is at fault elsewhere, so that all are told at once."""
    name = data.get("wording") if isinstance(data, dict) and not loc else None
    if not loc and (not isinstance(name, str) or not _beside(source, name).exists()):
        return
    if not loc:
        try:
            source.wording = _load_wording(source, str(name))
        except ChecklistError:
            return  # the wording's own faults come next
    if isinstance(data, dict):
        for key, value in data.items():
            if key in _PHRASE_KEYS and isinstance(value, list) and loc and loc[-1] == "rule":
                for p, phrase in enumerate(value):
                    if isinstance(phrase, str) and phrase and source.wording:
                        _check_phrase(source, (*loc, key, p), phrase, source.wording)
            else:
                _check_phrases(source, value, (*loc, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            _check_phrases(source, value, (*loc, i))


def _groups_in(phrase: str) -> list[str]:
    return [
        c[1:-1] for word in phrase.split() for c in word.split("|") if c.startswith("<") and c.endswith(">")
    ]


@cache
def _word(choices: tuple[str, ...]) -> Word:
    """Equal words as one object, so that a report is asked for each only once."""
    return Word.of(choices)


def parse_phrase(text: str, synonyms: Mapping[str, tuple[str, ...]]) -> Phrase:
    """A phrase as written (`<决策> 归档|存档`) into words with their alternatives."""
    words = []
    for word in text.split():
        choices_of: list[str] = []
        for choice in filter(None, word.split("|")):
            if choice.startswith("<") and choice.endswith(">"):
                choices_of += synonyms.get(choice[1:-1], ())
            else:
                choices_of.append(fold(choice).replace("《…", "《").strip("…"))
        words.append(_word(tuple(choices_of)))
    # the word with the fewest alternatives first: a phrase that cannot occur is dropped at once
    return Phrase(text, tuple(sorted(words, key=lambda word: len(word.choices))))


def _item(part: ItemPart, wording: Wording) -> Item:
    specimens = [
        Specimen(status, text) for status, texts in part.specimens.model_dump().items() for text in texts
    ]
    return Item(
        id=part.id,
        title=part.title,
        requirement=part.requirement,
        basis=tuple(Basis(b.document, b.clause, b.quotation, b.summary) for b in part.basis),
        levels=tuple(LEVELS) if part.levels == "all" else tuple(part.levels),
        figures=part.figures == "expected",
        rule=_rule(part.rule, wording),
        remedy=part.remedy,
        specimens=tuple(specimens),
    )


def _rule(part: RulePart, wording: Wording) -> Rule:
    def phrases(texts: list[str]) -> tuple[Phrase, ...]:
        return tuple(parse_phrase(text, wording.synonyms) for text in texts)

    return Rule(
        check=part.check,
        roles=tuple(part.roles),
        mention=phrases(part.mention),
        topic=phrases(part.topic),
        about=_any_of(phrases(part.about)),
        about_mention=phrases(part.about_mention),
        exclude=_any_of(phrases(part.exclude)),
        exclude_about=_any_of(phrases(part.exclude_about)),
        nil=phrases(part.nil),
        units=tuple(map(fold, part.units)),
        figure_words=_any_of(phrases(part.figure_words)),
        whole_section=part.whole_section,
        learning_counts=part.learning == "counts",
    )


def _any_of(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Where any of some phrases is enough, those of one word are one word with many alternatives."""
    singles = [choice for phrase in phrases if len(phrase.words) == 1 for choice in phrase.words[0].choices]
    others = tuple(phrase for phrase in phrases if len(phrase.words) > 1)
    if len(singles) < 2:
        return phrases
    text = "|".join(phrase.text for phrase in phrases if len(phrase.words) == 1)
    return (Phrase(text, (_word(tuple(singles)),)), *others)


def _extend(source: Source, extending: tuple[Path, ...]) -> Checklist:
    """Another checklist with items added, replaced or switched off."""
    file = _validate(ExtensionFile, source)
    base_path = source.path.parent / file.extends
    if not base_path.exists():
        base_path = checklist_source(file.extends.removesuffix(".yaml"))
    circle = (*extending, source.path.resolve())
    if not base_path.exists() or base_path.resolve() in circle:
        source.add(
            ("extends",), f"找不到要扩展的清单 “{file.extends}”", "写文件名，如 extends: shapotou-2018.yaml。"
        )
        source.raise_faults()
    base = load_checklist(base_path, circle)
    items = {item.id: item for item in base.items()}
    replaced = _replacements(source, file, items, base.wording)
    off = _switched_off(source, file, items)
    added = _additions(source, file, base, items)
    source.raise_faults()
    groups = _bound(_merged(base, replaced, off, added), file.documents, base.items())
    bases = (basis for group in groups for item in group.items for basis in item.basis)
    _check_documents(source, file.documents, bases)
    source.raise_faults()
    if not any(group.items for group in groups):
        raise ChecklistError(f"{source.path}：停用之后清单里没有任何检查项，不能使用。")
    return Checklist(
        file.id, file.title, file.version, file.basis or base.basis, groups, base.wording,
        base.switched_off + tuple(off.items()), _vocabulary(groups), base.titles, _still_same(base, replaced),
    )  # fmt: skip


def _still_same(base: Checklist, replaced: Mapping[str, Item]) -> Classifier:
    """The classifier without the items whose rule is another now: it was trained for the old one."""
    old = {item.id: item.rule for item in base.items()}
    changed = {id_ for id_, item in replaced.items() if item.rule != old[id_]}
    known = base.classifier
    return Classifier(
        {id_: bias for id_, bias in known.biases.items() if id_ not in changed},
        {id_: weights for id_, weights in known.weights.items() if id_ not in changed},
    )


def _replacements(
    source: Source, file: ExtensionFile, items: Mapping[str, Item], wording: Wording
) -> dict[str, Item]:
    replaced = {}
    for i, patch in enumerate(file.replace):
        loc = ("replace", i)
        if patch.id not in items:
            source.add((*loc, "id"), f"原清单没有 “{patch.id}”", choices(list(items), patch.id))
            continue
        old = items[patch.id]
        _check_basis(source, loc, patch.basis or [])
        if patch.rule is not None:
            _check_rule(source, (*loc, "rule"), patch.rule, wording)
        replaced[patch.id] = _patched(
            old, patch.model_dump(exclude_none=True, by_alias=False), patch.rule, wording
        )
    return replaced


def _patched(old: Item, changes: Mapping[str, Any], rule: RulePart | None, wording: Wording) -> Item:
    levels = changes.get("levels")
    basis = tuple(Basis(**b) for b in changes["basis"]) if "basis" in changes else old.basis
    specimens = changes.get("specimens")
    return Item(
        id=old.id,
        title=changes.get("title", old.title),
        requirement=changes.get("requirement", old.requirement),
        basis=basis,
        levels=old.levels if levels is None else tuple(LEVELS) if levels == "all" else tuple(levels),
        figures=old.figures if "figures" not in changes else changes["figures"] == "expected",
        rule=old.rule if rule is None else _rule(rule, wording),
        remedy=changes.get("remedy", old.remedy),
        specimens=old.specimens
        if specimens is None
        else tuple(Specimen(status, text) for status, texts in specimens.items() for text in texts),
    )


def _switched_off(source: Source, file: ExtensionFile, items: Mapping[str, Item]) -> dict[str, str]:
    off = {}
    for i, part in enumerate(file.off):
        if part.id not in items:
            source.add(("off", i, "id"), f"原清单没有 “{part.id}”", choices(list(items), part.id))
        off[part.id] = part.reason
    return off


def _additions(
    source: Source, file: ExtensionFile, base: Checklist, items: Mapping[str, Item]
) -> dict[str, Group]:
    known = {group.id: group for group in base.groups}
    added: dict[str, Group] = {}
    taken = set(items)
    for a, part in enumerate(file.add):
        if part.group not in known and not part.title:
            source.add(
                ("add", a, "group"),
                f"没有 “{part.group}” 这个类别",
                choices(list(known), part.group) + "新建类别请加 title。",
            )
        for i, item in enumerate(part.items):
            loc = ("add", a, "items", i)
            if item.id in taken:
                source.add((*loc, "id"), f"编号 “{item.id}” 已有", "修改已有检查项请写在 replace 里。")
            taken.add(item.id)
            check_item(source, loc, item, base.wording)
        new = tuple(_item(item, base.wording) for item in part.items)
        title = known[part.group].title if part.group in known else part.title
        before = added[part.group].items if part.group in added else ()
        added[part.group] = Group(part.group, title, before + new)
    return added


def _merged(
    base: Checklist, replaced: Mapping[str, Item], off: Mapping[str, str], added: Mapping[str, Group]
) -> tuple[Group, ...]:
    groups = []
    for group in base.groups:
        kept = tuple(replaced.get(item.id, item) for item in group.items if item.id not in off)
        groups.append(
            Group(group.id, group.title, kept + (added[group.id].items if group.id in added else ()))
        )
    known = {group.id for group in base.groups}
    return tuple(groups) + tuple(group for group in added.values() if group.id not in known)
