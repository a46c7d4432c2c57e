"""A text into YAML nodes (语法), or the place where it stops being YAML and what is wrong there."""

from __future__ import annotations

import re

import yaml

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# what an input method for Chinese does to "key: value"
_COLON = re.compile(r"^\s*(?:- )?[a-z_]+(：|:(?=[^\s:]))")
# a quotation that its line does not close; YAML reads on to the next mark, some lines below
_OPEN = re.compile(r'^\s*(?:- )?[a-z_]+:\s*(")(?:[^"\\]|\\.)*$')
_FAR = 20
_PROBLEMS = {
    "mapping values are not allowed here": "此处不能再出现冒号",
    "mapping values are not allowed in this context": "此处不能再出现冒号",
    "could not find expected ':'": "缺少冒号",
    "found character that cannot start any token": "文字不能用这个符号开头，缩进不能用制表符",
    "found a tab character that violates indentation": "缩进用了制表符",
    "found unexpected end of stream": "引号没有成对",
    "found undefined alias": "文字不能用 * 号开头",
    "but found another document": "“---” 把文件分成了两份",
    "did not find expected key": "此处应当是一个键，请检查缩进和引号",
    "did not find expected ',' or ']'": "方括号里缺少逗号或右括号",
    "did not find expected ',' or '}'": "花括号里缺少逗号或右括号",
}


class NotYaml(Exception):
    """Where a text is no YAML: line and column from 1, and what is wrong, in Chinese."""

    def __init__(self, line: int, column: int, message: str) -> None:
        self.line, self.column, self.message = line, column, message


def compose(text: str) -> yaml.Node | None:
    """The nodes of a text, None where it holds none. Raises NotYaml."""
    if found := _UNPRINTABLE.search(text):
        at = found.start()
        raise NotYaml(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), "有看不见的控制字符，请删去")
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
        return node
    except yaml.MarkedYAMLError as error:
        raise _told(error, text.split("\n")) from error
    except yaml.YAMLError as error:
        raise NotYaml(1, 1, f"无法识别（{error}）") from error


def _told(error: yaml.MarkedYAMLError, lines: list[str]) -> NotYaml:
    """What is wrong and where: YAML notices an open quotation mark or a missing colon only further down."""
    begun = error.context in ("while scanning a quoted scalar", "while scanning a simple key")
    mark = (error.context_mark if begun else None) or error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    problem = str(error.problem or "")
    for near in range(min(line, len(lines) - 1), max(line - _FAR, -1), -1):
        if near >= line - 1 and (found := _COLON.match(lines[near])):
            return NotYaml(near + 1, found.start(1) + 1, "冒号要用英文半角的“:”，后面空一格")
        if problem == "did not find expected key" and (found := _OPEN.match(lines[near])):
            return NotYaml(near + 1, found.start(1) + 1, "引号没有成对")
    return NotYaml(line + 1, column + 1, _PROBLEMS.get(problem, problem or "无法识别"))
