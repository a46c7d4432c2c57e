"""Faults in a YAML file (文件差错): place, the line with a caret, what is valid, what was meant."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from checker.errors import CheckerError, ChecklistError
from checker.load.syntax import NotYaml, compose
from checker.model.checklist import Wording

Loc = tuple[int | str, ...]
# YAML ends a line at these, an editor does not
_BREAKS = str.maketrans({"\r": "\n", "\x85": " ", "\u2028": " ", "\u2029": " "})


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of YAML file (文件种类): its name, an example to follow, the way out, and its error."""

    name: str
    example: str
    way_out: str
    error: type[CheckerError]


CHECKLIST = FileKind(
    "清单", " checklists/shapotou-2018.yaml ", "或用 fazhi checklist show 查看自带清单。", ChecklistError
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault (差错) with its place in the file, lines and columns counted from 1."""

    line: int
    column: int
    message: str
    hint: str = ""


class Source:
    """A YAML file as text, as nodes with their places, and as plain data of strings.

    Nothing is retyped (the safe loader turns 2026.10 into 2026.1 and no into False) and repeated
    keys are faults (it drops them without a word). kind: what people call such a file, and where
    an example of it is found.
    """

    def __init__(self, path: Path, kind: FileKind | None = None) -> None:
        self.path = path
        self.kind = kind or CHECKLIST
        self.wording: Wording | None = None
        self.faults: list[Fault] = []
        self.text = _read(path, self.kind)
        self.lines = self.text.split("\n")
        try:
            root = compose(self.text)
            self.data = self._plain(root) if root else None
        except NotYaml as error:
            fault = Fault(error.line, error.column, f"YAML 写法有误：{error.message}", _ADVICE)
            raise self.error([fault]) from error
        except RecursionError:
            raise self.kind.error(f"{path}：嵌套太深。请参照{self.kind.example}编写。") from None
        if root is None:
            raise self.kind.error(f"{path}：文件是空的。请参照{self.kind.example}编写。")
        self.root = root

    def _plain(self, node: yaml.Node, above: tuple[yaml.Node, ...] = ()) -> object:
        if any(node is other for other in above):
            self.add_node(node, "别名（*）指向了包含它自己的内容", "请把内容直接写出来，不用别名。")
            return ""
        above = (*above, node)
        if isinstance(node, yaml.MappingNode):
            result: dict[str, object] = {}
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    self.add_node(key, "键应当是一个词", "键写成“词语: ”，方括号和花括号只用在值里。")
                    continue
                if key.value in result:
                    self.add_node(key, f"键 “{key.value}” 重复", "同一处每个键只能写一次，请合并或删去一个。")
                result[str(key.value)] = self._plain(value, above)
            return result
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(value, above) for value in node.value]
        return str(node.value)

    def node(self, loc: Sequence[int | str], *, key: bool = False) -> yaml.Node:
        """The node at a path of keys and indexes, or the nearest one above it that exists."""
        node = self.root
        for step in loc:
            found = self._step(node, step, key and step == loc[-1])
            if found is None:
                break
            node = found
        return node

    @staticmethod
    def _step(node: yaml.Node, step: int | str, key: bool) -> yaml.Node | None:
        if isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                if name.value == step:
                    at: yaml.Node = name if key else value
                    return at
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found: yaml.Node = node.value[step]
            return found
        return None

    def add(self, loc: Sequence[int | str], message: str, hint: str = "", *, key: bool = False) -> None:
        self.add_node(self.node(loc, key=key), message, hint)

    def add_node(self, node: yaml.Node, message: str, hint: str = "") -> None:
        mark = node.start_mark
        self.faults.append(Fault(mark.line + 1, mark.column + 1, message, hint))

    def check_comments(self) -> None:
        """Add a fault for each text that a # has cut short: to YAML what follows is a remark."""
        for node in _scalars(self.root):
            end, line = node.end_mark.column, self.lines[node.end_mark.line]
            if not node.style and line[end:].lstrip().startswith("#"):
                self.add_node(
                    node, "“#” 后面的文字会丢失", "请把整段文字放进英文双引号，或改用“第…号”等写法。"
                )

    def raise_faults(self) -> None:
        if self.faults:
            raise self.error(self.faults)

    def error(self, faults: list[Fault]) -> CheckerError:
        """All faults at once, in the order of the file."""
        parts = [self._show(fault) for fault in sorted(faults, key=lambda f: (f.line, f.column))]
        return self.kind.error("\n".join(parts) + f"\n共 {len(faults)} 处差错，{self.kind.name}未能使用。")

    def _show(self, fault: Fault) -> str:
        line = self.lines[fault.line - 1] if fault.line <= len(self.lines) else ""
        number = str(fault.line)
        shown, column = _excerpt(line, fault.column - 1)
        rows = [
            f"{self.path}:{fault.line}:{fault.column}: {fault.message}",
            f"  {number} | {shown}",
            f"  {' ' * len(number)} | {' ' * column}^",
        ]
        if fault.hint:
            rows.append(f"  {fault.hint}")
        return "\n".join(rows)


def _scalars(root: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """Every value that is a text, once."""
    waiting, seen = [root], set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue  # an alias
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield node
        elif isinstance(node, yaml.MappingNode):
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


_ADVICE = "请检查缩进（用空格，不用制表符）、冒号后的空格和成对的引号；含有冒号、引号的词语请加英文双引号。"
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def _read(path: Path, kind: FileKind) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").translate(_BREAKS)
    except FileNotFoundError:
        raise kind.error(f"{path}：找不到这个{kind.name}文件。请检查路径，{kind.way_out}") from None
    except (IsADirectoryError, PermissionError, OSError) as error:
        raise kind.error(f"{path}：打不开（{error.strerror or error}）。请确认是文件且有读取权限。") from None
    except UnicodeDecodeError:
        raise kind.error(f"{path}：不是 UTF-8 编码。请在编辑器里另存为 UTF-8 后再试。") from None


def _excerpt(line: str, column: int, width: int = 70) -> tuple[str, int]:
    """The part of a long line around a column, and the caret's place in display cells."""
    begin = max(0, column - 30) if len(line) > width else 0
    shown = line[begin : begin + width]
    return _HIDDEN.sub("\ufffd", shown.replace("\t", " ")), cells(line[begin:column])


def cells(text: str) -> int:
    """Display width: Han characters and full-width forms take two cells."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def choices(valid: Sequence[str], given: str = "") -> str:
    """可用: a、b、c。是否想写 “b”？"""
    text = f"可用：{'、'.join(valid)}。"
    near = difflib.get_close_matches(given, valid, n=1, cutoff=0.5) if given else []
    return text + (f"是否想写 “{near[0]}”？" if near else "")
