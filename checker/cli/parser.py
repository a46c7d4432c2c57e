"""An argument parser that speaks Chinese (参数解析): help, usage and faults."""

from __future__ import annotations

import argparse
import difflib
import re
from typing import Any, NoReturn

from checker.renderers.layout import cells, pad, wrap

WIDTH = 80
COLUMN = 26


class Usage(Exception):
    """A wrong command line: what to print and with which code to end."""

    def __init__(self, text: str) -> None:
        self.text = text


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help in Chinese: widths in cells."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=WIDTH)

    def _format_action(self, action: argparse.Action) -> str:
        if isinstance(action, argparse._SubParsersAction):
            return "".join(map(self._format_action, action._choices_actions))
        name = "  " + self._format_action_invocation(action)
        first, *rest = wrap(action.help or "", WIDTH - COLUMN)
        name = pad(name, COLUMN) if cells(name) < COLUMN - 1 else f"{name}\n{' ' * COLUMN}"
        return name + first + "".join(f"\n{' ' * COLUMN}{line}" for line in rest) + "\n"

    def _format_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None) -> str:
        return super()._format_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and never abbreviates options."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Formatter, add_help=False, allow_abbrev=False, **options)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        raise Usage(f"{chinese(message)}\n{self.format_usage().rstrip()}\n详细说明：{self.prog} --help")


def chinese(message: str) -> str:
    """argparse's own faults in Chinese; ours are Chinese already."""
    if found := re.fullmatch(r"the following arguments are required: (.+)", message):
        return f"缺少：{found[1]}。"
    if found := re.fullmatch(r"unrecognized arguments: (.+)", message):
        return f"不认识的参数：{found[1]}。"
    if found := re.fullmatch(r"argument (.+?): invalid choice: '(.+?)' \(choose from (.+)\)", message):
        valid = re.findall(r"[\w-]+", found[3])
        near = difflib.get_close_matches(found[2], valid, n=1)
        guess = f"是否想写“{near[0]}”？" if near else ""
        return f"{found[1]}：没有“{found[2]}”。可用：{'、'.join(valid)}。{guess}"
    if found := re.fullmatch(r"argument (.+?): expected (?:one|at least one) argument", message):
        return f"{found[1]} 后面要写一个值。"
    if found := re.fullmatch(r"argument (.+?): (.+)", message, re.DOTALL):
        return f"{found[1]}：{found[2]}"
    return message
