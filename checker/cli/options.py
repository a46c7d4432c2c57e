"""Options that several commands share (公用选项), and how their values are read."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import Any

from checker.cli.parser import Parser
from checker.model.assessment import DEFECT_NAMES
from checker.readers.text import known_encoding

LEVELS = {
    "township": ("乡镇", "乡", "镇"),
    "subdistrict": ("街道", "街道办"),
    "county": ("县区", "县", "区", "市", "县（市、区）"),
    "department": ("部门",),
}


def command(commands: Any, name: str, **texts: str) -> Parser:
    """A command that is the module of its name; texts: its help, description and epilog."""
    parser: Parser = commands.add_parser(name, **texts)
    parser.set_defaults(module=f"checker.cli.{name}")
    return parser


def add_reading(parser: argparse.ArgumentParser) -> None:
    """How reports are read, and against what."""
    add_checklist(parser)
    parser.add_argument(
        "--level", type=_level, metavar="层级", help="乡镇、街道、县区、部门；不写时从报告里认"
    )
    parser.add_argument(
        "--encoding", type=_encoding, metavar="编码",
        help="文本和网页的编码，如 gb18030、utf-16、big5；不写时自动辨认",
    )  # fmt: skip


def add_checklist(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-c", "--checklist", metavar="清单", help="清单文件，或自带清单的名称；默认沙坡头区 2018 年清单"
    )


def add_skip(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--skip-defect", action="append", default=[], metavar="种类", choices=tuple(DEFECT_NAMES),
        help=f"不查某一种文字差错，可多次使用：{'、'.join(DEFECT_NAMES)}",
    )  # fmt: skip


def add_people(parser: argparse.ArgumentParser) -> None:
    """What people decided of the findings."""
    parser.add_argument(
        "--review", action="append", type=Path, default=[], metavar="复核单",
        help="按人工复核的决定算：fazhi review 写出并填好的文件，或放着复核单的文件夹；可多次使用",
    )  # fmt: skip
    parser.add_argument(
        "--waivers", type=Path, metavar="豁免.yaml", help="按经批准的豁免算：哪个单位、哪一项、从哪天到哪天"
    )


def add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="结果的形式：text（默认）或 json"
    )


def _level(text: str) -> str:
    for level, names in LEVELS.items():
        if text.lower() == level or text in names:
            return level
    raise argparse.ArgumentTypeError(
        f"不认识的层级“{text}”。可用：乡镇、街道、县区、部门，或 {'、'.join(LEVELS)}。"
    )


def _encoding(text: str) -> str:
    if known_encoding(text) is None:
        raise argparse.ArgumentTypeError(f"不认识编码“{text}”。可用 utf-8、gb18030、utf-16、big5 等。")
    return text


def day(text: str) -> datetime.date:
    if text in ("今天", "today"):
        return datetime.date.today()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"没有“{text}”这个日期。请写成 2026-12-01，或写 今天。") from None
