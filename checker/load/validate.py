"""A YAML file against its declared format (格式校验): every fault in Chinese, with the valid choices.

What a reader of the message should know of a field stands in the field's `description`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from checker.load.faults import Loc, Source, choices

T = TypeVar("T", bound=BaseModel)
_BRANCHES = ("list[", "literal[", "constrained-list")
_SHAPES = {"list_type": "列表（每行以“- ”开头，或写在方括号里：[甲, 乙]）", "string_type": "一段文字"}


def validated(model: type[T], source: Source, *, also: Callable[[], None] = lambda: None) -> T:
    """The file as its model, or all its faults at once.

    also: looks for further faults where the format is already at fault, so that all are told together.
    """
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        for fault in _one_a_union(error.errors()):
            _translate(source, fault, model)
        also()
        raise source.error(source.faults) from None


def _one_a_union(faults: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Each branch of a union gives a fault of its own: keep the one that came furthest."""
    kept: dict[tuple[int | str, ...], Mapping[str, Any]] = {}
    for n, fault in enumerate(faults):
        loc = fault["loc"]
        branch = next((i for i, s in enumerate(loc) if isinstance(s, str) and s.startswith(_BRANCHES)), None)
        key = loc[:branch] if branch is not None else (*loc, f"#{n}")
        rank = (len(loc), fault["type"] != "literal_error")
        if key not in kept or rank > (len(kept[key]["loc"]), kept[key]["type"] != "literal_error"):
            kept[key] = fault
    return list(kept.values())


def _translate(source: Source, fault: Mapping[str, Any], model: type[BaseModel]) -> None:
    """A validation fault in Chinese, with the valid choices and a guess."""
    # pydantic names the branch of a union in the path; the file knows no such step
    loc = tuple(step for step in fault["loc"] if not (isinstance(step, str) and step.startswith(_BRANCHES)))
    kind, key = fault["type"], str(loc[-1]) if loc else ""
    if kind == "missing":
        source.add(loc[:-1], f"缺少 “{key}”", _described(model, loc))
    elif kind == "extra_forbidden":
        source.add(loc, f"不认识的键 “{key}”", choices(_keys_at(model, loc[:-1]), key), key=True)
    elif kind == "literal_error":
        valid = [part.strip(" '") for part in str(fault["ctx"]["expected"]).replace(" or ", ",").split(",")]
        source.add(loc, f"未知的取值 “{fault['input']}”", choices(valid, str(fault["input"])))
    elif kind == "string_pattern_mismatch":
        source.add(loc, f"“{key}” 不能写成 “{fault['input']}”", _described(model, loc))
    elif kind in ("too_short", "string_too_short"):
        source.add(loc, f"“{_name(loc)}” 不能为空")
    elif kind in ("list_type", "dict_type", "model_type", "string_type"):
        source.add(loc, f"“{_name(loc)}” 应当是{_SHAPES.get(kind, '若干个键')}")
    else:
        source.add(loc, f"“{_name(loc)}” 写法有误：{fault['msg']}")


def _name(loc: tuple[int | str, ...]) -> str:
    return next((str(step) for step in reversed(loc) if isinstance(step, str)), "文件")


def _keys_at(model: type[BaseModel], loc: Iterable[int | str]) -> list[str]:
    """The keys that the format allows at a place."""
    part = model
    for step in loc:
        field = _fields(part).get(str(step))
        if field is not None:
            part = _model_in(field.annotation) or part
    return list(_fields(part))


def _described(model: type[BaseModel], loc: Loc) -> str:
    """What the field at a place says of itself."""
    field: Any = None
    part = model
    for step in loc:
        found = _fields(part).get(str(step))
        if found is not None:
            field, part = found, _model_in(found.annotation) or part
    return (field.description or "") if field is not None else ""


def _fields(model: Any) -> dict[str, Any]:
    """The fields of a model under the names that the file uses."""
    return {f.alias or name: f for name, f in getattr(model, "model_fields", {}).items()}


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _model_in(part)
        if found:
            return found
    return None
