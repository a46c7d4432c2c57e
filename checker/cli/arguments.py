"""What may be typed (参数), and the help. Light: nothing here loads a checklist or a reader."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from checker import __version__
from checker.cli.documents import add_document_commands
from checker.cli.options import add_checklist, add_format, add_people, add_reading, add_skip, command
from checker.cli.parser import Parser, Usage
from checker.cli.terminal import complain

_CHECK_HELP = """\
例：
  fazhi check 报告.docx
  fazhi check 各镇报告/ --out 核查结果/
  cat 报告.txt | fazhi check - --level 乡镇 --format json

--out 为每份报告写一份“报告名-核查报告.docx”，另写“核查结果.json”；再次运行会更新这些文件，
但绝不改写被查的报告。文件夹里以“-核查报告.docx”结尾的文件不当作报告。

退出码：
  0  每份报告都没有需要补写的事项
  1  有报告未反映或仅有计划的事项，或者有文件的文字可能不全（如扫描件），要由人核对，
     或者人工判定缺项的决定因报告修改而失效，要重新复核
  2  没能完成：用法不对，清单、复核单或豁免有误，没有可查的报告，结果写不出去，
     或者有任何一份文件没能读取（其余的照常核查并给出结果）
"""
_REVIEW_HELP = """\
例：
  fazhi review 报告.docx -o review.yaml                 写出复核单，用记事本等填写
  fazhi check 报告.docx --review review.yaml            按复核结果核查
  fazhi review 报告修改稿.docx -o review.yaml           报告改了：更新复核单，决定跟着没有变化的条目

退出码：0 已写出或更新；2 没能完成（复核单写法有误、是另一份报告的，原文件不动）。
"""
_LINT_HELP = """\
例：
  fazhi checklist lint 本区清单.yaml

退出码：0 清单无误且样句都得出应有的判定；1 有样句判定不符；2 清单有误，未能使用。
"""
_EVALUATE_HELP = """\
例：
  fazhi evaluate 标注/ -v --min-status 0.90

“名称.json”是标注，旁边放同名的报告（.txt、.docx、.pdf 等）。
关键词基线：报告里有一句话含有某条写法的全部词语就算已反映，不看语气、部分和数据。
退出码：0 达到要求；1 低于所给的最低值；2 没能完成（包括没有一份标注可用）。
"""


def parse(argv: Sequence[str] | None) -> argparse.Namespace | int:
    """The arguments of a command; or the exit code where there is nothing more to do."""
    try:
        return _parser().parse_args(argv)
    except Usage as usage:
        complain(usage.text)
        return 2
    except SystemExit as end:  # --help and --version
        return int(end.code or 0)


def _parser() -> Parser:
    parser = Parser(
        prog="fazhi",
        description="对照清单核查法治政府建设年度报告：哪些要求报告未反映，依据是什么，怎样补写。",
        epilog="例：fazhi check 报告.docx --out 核查结果/\n\n每个命令的说明：fazhi 命令 --help",
    )
    parser.add_argument("--version", action="version", version=f"fazhi {__version__}", help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="命令", dest="command", required=True)
    _add_check(commands)
    _add_review(commands)
    add_document_commands(commands)
    _add_checklist(commands)
    _add_explain(commands)
    _add_evaluate(commands)
    return parser


def _add_check(commands: Any) -> None:
    parser = command(
        commands, "check", help="核查报告，列出缺项", description="核查一份或多份报告，列出缺项、依据和补写建议。",
        epilog=_CHECK_HELP,
    )  # fmt: skip
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="路径",
        help="报告文件（.docx .doc .wps .pdf .ofd .html .txt 等）、文件夹、.zip，或 -（标准输入）",
    )
    add_reading(parser)
    add_skip(parser)
    add_people(parser)
    parser.add_argument(
        "--silence", action="append", default=[], metavar="指纹",
        help="不再提示某一处文字差错，可多次使用；指纹见结果中该差错的方括号",
    )  # fmt: skip
    parser.add_argument(
        "--nearest", action="store_true",
        help="对报告未反映的事项给出最接近的段落（要装载分词词典，约多一秒；--out 时总是给出）",
    )  # fmt: skip
    add_format(parser)
    parser.add_argument("--out", type=Path, metavar="文件夹", help="把每份报告的核查报告（DOCX）写到这里")
    parser.add_argument(
        "--template", type=Path, metavar="模板.docx", help="核查报告用自己的模板（与 --out 合用）"
    )


def _add_review(commands: Any) -> None:
    parser = command(
        commands, "review", help="写出复核单，由人逐条决定", description="写出或更新一份复核单：每条核查发现由人确认、更正或不认定。",
        epilog=_REVIEW_HELP,
    )  # fmt: skip
    parser.add_argument("path", metavar="报告", help="报告文件，或 -（标准输入）")
    parser.add_argument(
        "-o", "--out", type=Path, required=True, metavar="review.yaml",
        help="复核单写到哪里；已有的会更新，其中的决定不会丢",
    )  # fmt: skip
    add_reading(parser)


def _add_checklist(commands: Any) -> None:
    parser = command(
        commands, "checklist", help="检查或查看清单", description="检查清单文件，查看清单内容。",
        epilog="例：fazhi checklist lint 本区清单.yaml",
    )  # fmt: skip
    actions = parser.add_subparsers(title="命令", metavar="命令", dest="action", required=True)
    lint = actions.add_parser(
        "lint", help="检查清单并运行样句", description="检查清单文件，并让每条样句都得出应有的判定。",
        epilog=_LINT_HELP,
    )  # fmt: skip
    lint.add_argument("file", nargs="?", metavar="清单.yaml", help="清单文件；不写时检查自带清单")
    show = actions.add_parser(
        "show", help="按类别列出检查项", description="按类别列出检查项：要求、依据、适用层级、补写建议。",
        epilog="例：fazhi checklist show --item decision.hearing",
    )  # fmt: skip
    show.add_argument("file", nargs="?", metavar="清单.yaml", help="清单文件；不写时用自带清单")
    show.add_argument("--item", metavar="编号", help="只看这一项，连同认定规则和样句")
    actions.add_parser(
        "schema", help="输出编辑器用的 JSON Schema", description="输出清单文件的 JSON Schema，供编辑器校验。",
        epilog="例：fazhi checklist schema > checklist.schema.json",
    )  # fmt: skip


def _add_explain(commands: Any) -> None:
    parser = command(
        commands, "explain", help="说明某一项为何这样判定", description="说明某一项为何这样判定，用到哪些原文。",
        epilog="例：fazhi explain 报告.docx decision.legality-review\n\n编号见 fazhi checklist show。",
    )  # fmt: skip
    parser.add_argument("path", metavar="路径", help="报告文件，或 -（标准输入）")
    parser.add_argument("item", metavar="编号", help="检查项的编号或名称")
    add_reading(parser)
    add_people(parser)


def _add_evaluate(commands: Any) -> None:
    parser = command(
        commands, "evaluate", help="对照人工标注评分", description="对照人工标注给核查结果评分，并与关键词基线相比。",
        epilog=_EVALUATE_HELP,
    )  # fmt: skip
    parser.add_argument("folder", type=Path, metavar="标注文件夹", help="放着标注和报告的文件夹")
    add_checklist(parser)
    parser.add_argument("-v", "--verbose", action="store_true", help="逐项列出不一致之处")
    for name, what in (
        ("status", "判定准确率"),
        ("gap-precision", "缺项查准率"),
        ("gap-recall", "缺项查全率"),
    ):
        parser.add_argument(f"--min-{name}", type=_share, metavar="0到1", help=f"{what}低于此值时退出码为 1")


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"“{text}”应当是 0 到 1 之间的小数，如 0.9。")
    return value
