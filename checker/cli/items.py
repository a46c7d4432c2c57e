"""An item by what a person types (检查项): its id or its title."""

from __future__ import annotations

import difflib

from checker.errors import CheckerError
from checker.model.checklist import Checklist, Item


def find_item(checklist: Checklist, wanted: str) -> Item:
    """The item with an id or a title. Raises CheckerError with a guess."""
    items = list(checklist.items())
    for item in items:
        if wanted in (item.id, item.title):
            return item
    for name, reason in checklist.switched_off:
        if wanted == name:
            raise CheckerError(f"检查项“{wanted}”在清单“{checklist.title}”里已停用：{reason}")
    fault = f"清单“{checklist.title}”里没有检查项“{wanted}”。"
    raise CheckerError(f"{fault}{_guess(items, wanted)}全部编号：fazhi checklist show。")


def _guess(items: list[Item], wanted: str) -> str:
    near = [item for item in items if wanted.lower() in item.id or wanted in item.title]
    if not near:
        names = {item.id: item for item in items} | {item.title: item for item in items}
        last = {item.id.split(".")[-1]: item for item in items} | names
        near = [last[name] for name in difflib.get_close_matches(wanted.lower(), list(last), n=1, cutoff=0.5)]
    return f"是否想写：{'、'.join(f'{item.id}（{item.title}）' for item in near[:4])}？" if near else ""
