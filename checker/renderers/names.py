"""Which names a template uses (变量核对): each looked up in sample data, in the scope where it stands. Pure.

The marks are walked without being run, so that a wrong name is found in a branch that the sample
data does not reach, and all of them at once.
"""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2 import nodes

# What an expression may be, each value with the path that leads to it; None: nothing is known of it.
Samples = tuple[tuple[str, Any], ...] | None
VARIABLE, FILTER, TEST, FORBIDDEN = "变量", "过滤器", "判断", "不允许的写法"
_SAME = frozenset(
    ["sort", "list", "reverse", "unique", "default", "d", "select", "reject", "selectattr", "rejectattr"]
)
_ONE = frozenset(("first", "last", "random", "min", "max"))
_BY_ATTRIBUTE = frozenset(("selectattr", "rejectattr", "groupby", "attr"))
_TAG = re.compile(r"</?\w+:[^>]*>")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that nothing is behind (不认识的名称).

    kind: what it is used as; guess: the name that is probably meant, or ""; places: the paragraphs
    it stands in, each with its part.
    """

    kind: str
    name: str
    guess: str
    places: tuple[str, ...]

    @property
    def forbidden(self) -> bool:
        """Whether the sandbox lets no template have it."""
        return self.kind == FORBIDDEN


@dataclass(frozen=True, slots=True)
class Names:
    """What the marks of a template ask for (用名): paths such as `gaps[].findings[].title`."""

    unknown: tuple[Unknown, ...]
    used: frozenset[str]


def find_names(
    sources: Iterable[tuple[str, str]], environment: jinja2.Environment, contexts: Iterable[Mapping[str, Any]]
) -> Names:
    """The names used in parts of a template; a part with a fault of syntax is passed over."""
    reader = _Reader(environment, contexts)
    for part, source in sources:
        try:
            tree = environment.parse(source)
        except jinja2.TemplateSyntaxError:
            continue
        reader.read(part, source.split("\n"), tree)
    unknown = (
        Unknown(kind, name, guess, tuple(dict.fromkeys(places)))
        for (kind, name, guess), places in reader.unknown.items()
    )
    return Names(tuple(unknown), frozenset(reader.used))


def paths(value: Any, under: str = "") -> Iterator[str]:
    """Every path into sample data, those that lead to others first."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            path = f"{under}.{name}" if under else str(name)
            yield path
            yield from paths(inner, path)
    elif isinstance(value, list):
        yield from dict.fromkeys(path for inner in value for path in paths(inner, f"{under}[]"))


class _Reader:
    """Walks the marks in the order in which they are run, with the names that are known there."""

    def __init__(self, environment: jinja2.Environment, contexts: Iterable[Mapping[str, Any]]) -> None:
        self.unknown: dict[tuple[str, str, str], list[str]] = {}
        self.used: set[str] = set()
        self._environment = environment
        contexts = list(contexts)
        names = dict.fromkeys(name for context in contexts for name in context)
        self._known: dict[str, Samples] = {
            name: tuple((name, context[name]) for context in contexts if name in context) for name in names
        }
        self._paths = list(dict.fromkeys(path for context in contexts for path in paths(context)))
        self._scopes: list[dict[str, Samples]] = []
        self._part, self._lines = "", [""]

    def read(self, part: str, lines: list[str], tree: nodes.Template) -> None:
        self._part, self._lines = part, lines
        self._scopes = [dict.fromkeys(self._environment.globals), dict(self._known)]
        self._all(tree.body)

    # --- statements ---

    def _all(self, found: Iterable[nodes.Node], bound: Mapping[str, Samples] | None = None) -> None:
        """A body; in a scope of its own where names are bound for it."""
        if bound is not None:
            self._scopes.append(dict(bound))
        for node in found:
            self._visit(node)
        if bound is not None:
            self._scopes.pop()

    def _visit(self, node: nodes.Node) -> None:
        match node:
            case nodes.Expr():
                self._value(node)
            case nodes.For():
                self._loop(node)
            case nodes.Assign():
                self._bind(node.target, self._value(node.node))
            case nodes.AssignBlock():
                self._all(node.body, {})
                self._bind(node.target, None)
            case nodes.With():
                self._with(node)
            case nodes.Macro() | nodes.CallBlock():
                self._macro(node)
            case _:
                self._all(node.iter_child_nodes())

    def _loop(self, node: nodes.For) -> None:
        found = _elements(self._value(node.iter))
        self._scopes.append({"loop": None})
        self._bind(node.target, found)
        self._all([node.test] if node.test else [])
        self._all(node.body)
        self._scopes.pop()
        self._all(node.else_)

    def _with(self, node: nodes.With) -> None:
        values = [self._value(value) for value in node.values]
        self._scopes.append({})
        for target, value in zip(node.targets, values, strict=True):
            self._bind(target, value)
        self._all(node.body)
        self._scopes.pop()

    def _macro(self, node: nodes.Macro | nodes.CallBlock) -> None:
        if isinstance(node, nodes.Macro):
            self._scopes[-1][node.name] = None
        else:
            self._value(node.call)
        self._all(node.defaults)
        names = [argument.name for argument in node.args]
        self._all(node.body, dict.fromkeys([*names, "caller", "varargs", "kwargs"]))

    def _bind(self, target: nodes.Node, found: Samples) -> None:
        if isinstance(target, nodes.Name):
            self._scopes[-1][target.name] = found
        elif isinstance(target, nodes.Tuple):
            for place, inner in enumerate(target.items):
                self._bind(inner, _member(found, place))

    # --- expressions ---

    def _value(self, node: nodes.Node) -> Samples:
        match node:
            case nodes.Name():
                return self._name(node)
            case nodes.Getattr():
                return self._field(node, self._value(node.node), node.attr)
            case nodes.Getitem(arg=nodes.Const(value=str(name))):
                return self._field(node, self._value(node.node), name)
            case nodes.Getitem():
                self._visit(node.arg)
                found = self._value(node.node)
                return found if isinstance(node.arg, nodes.Slice) else self._any(found)
            case nodes.Call():
                return self._call(node)
            case nodes.Filter():
                return self._filter(node)
            case nodes.Test() if node.name not in self._environment.tests:
                self._note(node, TEST, name=node.name, guess=_near(node.name, self._environment.tests))
            case nodes.Or() | nodes.And() | nodes.Add():
                return _either(self._value(node.left), self._value(node.right))
            case nodes.CondExpr():
                self._value(node.test)
                return _either(self._value(node.expr1), self._value(node.expr2) if node.expr2 else ())
        self._all(node.iter_child_nodes())
        return None

    def _name(self, node: nodes.Name) -> Samples:
        for scope in reversed(self._scopes):
            if node.name in scope:
                found = scope[node.name]
                self.used.update(path for path, _ in found or ())
                return found
        # what stands in no list may have been written without what leads to it: unit for report.unit
        known = {path.rpartition(".")[2]: path for path in reversed(self._paths) if "[]" not in path}
        known |= {name: name for scope in self._scopes[1:] for name in scope}
        self._note(node, VARIABLE, name=node.name, guess=known.get(_near(node.name, known), ""))
        return None

    def _field(self, node: nodes.Node, found: Samples, name: str) -> Samples:
        if name.startswith("_"):
            self._note(node, FORBIDDEN, name=_written(node))
            return None
        held = [(path, value) for path, value in found or () if value is not None]
        inner = [(f"{path}.{name}", v[name]) for path, v in held if isinstance(v, dict) and name in v]
        if held and not inner and not any(hasattr(value, name) for _, value in held):
            near = _near(name, (field for _, value in held if isinstance(value, dict) for field in value))
            whole = _written(node)
            self._note(node, VARIABLE, name=whole, guess=near and near.join(whole.rsplit(name, 1)))
        self.used.update(path for path, _ in inner)
        return tuple(inner) or None

    def _any(self, found: Samples) -> Samples:
        """What any key or number may lead to."""
        if found is None:
            return None
        inner = [
            (f"{p}.{name}", v) for p, held in found if isinstance(held, dict) for name, v in held.items()
        ]
        self.used.update(path for path, _ in inner)
        return tuple(inner) or _elements(found)

    def _call(self, node: nodes.Call) -> Samples:
        self._all([*node.args, *node.kwargs])
        match node.node:
            case nodes.Getattr(attr="items") as method:
                found = self._value(method.node)
                self._any(found)
                return tuple((p, list(v.items())) for p, v in found or () if isinstance(v, dict)) or None
            case nodes.Getattr(attr="get") as method if node.args and isinstance(node.args[0], nodes.Const):
                return self._field(node, self._value(method.node), str(node.args[0].value))
        self._value(node.node)
        return None

    def _filter(self, node: nodes.Filter) -> Samples:
        if node.name not in self._environment.filters:
            self._note(node, FILTER, name=node.name, guess=_near(node.name, self._environment.filters))
        found = self._value(node.node) if node.node else None
        self._all([*node.args, *node.kwargs])
        attribute = _attribute(node)
        if node.name == "attr" and attribute:
            return self._field(node, found, attribute)
        values = _elements(found)
        for name in attribute.split(".") if attribute else ():
            values = self._field(node, values, name)
        if node.name == "map" and attribute:
            return tuple((path, [value]) for path, value in values) if values else None
        if node.name in _ONE:
            return _elements(found)
        return found if node.name in _SAME else None

    def _note(self, node: nodes.Node, kind: str, *, name: str, guess: str = "") -> None:
        line = self._lines[min(node.lineno, len(self._lines)) - 1]
        text = html.unescape(_TAG.sub("", line)).strip()
        self.unknown.setdefault((kind, name, guess), []).append(f"{self._part}：{text}")


def _near(name: str, known: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(name, list(known), n=1)), "")


def _elements(found: Samples) -> Samples:
    """What a loop over it gives."""
    lists = [(path, value) for path, value in found or () if isinstance(value, list)]
    return tuple((f"{path}[]", inner) for path, value in lists for inner in value) or None


def _member(found: Samples, place: int) -> Samples:
    """One of several values that stand side by side."""
    sides = [(path, value) for path, value in found or () if isinstance(value, tuple)]
    return tuple((path, value[place]) for path, value in sides if place < len(value)) or None


def _either(one: Samples, other: Samples) -> Samples:
    return None if one is None or other is None else one + other


def _attribute(node: nodes.Filter) -> str:
    """The field that a filter goes by: `gaps|map(attribute="title")`."""
    given = [pair.value for pair in node.kwargs if pair.key == "attribute"]
    if node.name in _BY_ATTRIBUTE:
        given += node.args[:1]
    value = given[0].value if given and isinstance(given[0], nodes.Const) else ""
    return value if isinstance(value, str) else ""


def _written(node: nodes.Node) -> str:
    """An expression about as its author wrote it."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_written(node.node)}.{node.attr}"
        case nodes.Getitem(arg=nodes.Const(value=value)):
            return f"{_written(node.node)}[{value!r}]"
        case nodes.Filter():
            return f"{_written(node.node) if node.node else ''}|{node.name}({_attribute(node)})"
        case nodes.Call(args=[nodes.Const(value=value), *_]):
            return f"{_written(node.node)}({value!r})"
        case nodes.Const():
            return repr(node.value)
    return "…"
