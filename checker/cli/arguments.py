"""What may be typed (参数), and the help. Light: nothing here loads a checklist or a reader."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from checker import __version__
from checker.cli.parser import Parser, Usage
from checker.cli.terminal import complain
from checker.model.assessment import DEFECT_NAMES
from checker.readers.text import known_encoding

LEVELS = {
    "township": ("乡镇", "乡", "镇"),
    "subdistrict": ("街道", "街道办"),
    "county": ("县区", "县", "区", "市", "县（市、区）"),
    "department": ("部门",),
}
_CHECK_HELP = """\
例：
  fazhi check 报告.docx
  fazhi check 各镇报告/ --out 核查结果/
  cat 报告.txt | fazhi check - --level 乡镇 --format json

--out 为每份报告写一份“报告名-核查报告.docx”，另写“核查结果.json”；再次运行会更新这些文件，
但绝不改写被查的报告。文件夹里以“-核查报告.docx”结尾的文件不当作报告。

退出码：
  0  每份报告都没有需要补写的事项
  1  有报告未反映或仅有计划的事项，或者有文件的文字可能不全（如扫描件），要由人核对
  2  没能完成：用法不对，清单、复核单或豁免有误，没有可查的报告，结果写不出去，
     或者有任何一份文件没能读取（其余的照常核查并给出结果）
"""
_ANNOTATE_HELP = """\
例：
  fazhi annotate 草稿.docx -o 草稿-批注.docx

批注写在：不具体或仅有计划的那句话；未反映的事项应当写在的那一部分的标题；缺少单列部分时写在报告标题；
文字差错的所在。退出码：0 没有可批注的；1 有批注；2 没能完成。
"""
_LETTER_HELP = """\
例：
  fazhi letter 各镇报告/ --issuer issuer.yaml -o 公函/ --draft
  fazhi letter 各镇报告/ --issuer issuer.yaml -o 公函/ --date 2026-12-01 --merge

发文设置（issuer.yaml）写明发文机关、文号、联系人和期限；用
fazhi template new 发文设置 写出一份再改。用过的文号记在发文设置旁边的
“发文登记.csv”里，不会重复；内容一字不变地再运行一次，文号不变。
文件夹里已有的公函如果改过，不会被改写，新的另起名字。

退出码：
  0  没有要补写的事项，没有写公函
  1  写出了公函，或者有报告要由人核对（文字可能不全、认不出单位等）
  2  没能完成，或者有文件没能读取（其余的照常写出）
"""
_RECHECK_HELP = """\
例：
  fazhi recheck 原报告.docx 新报告.docx
  fazhi recheck 核查结果.json 新报告.docx -o 销号/
  fazhi recheck 原报告.docx 新报告.docx -o 销号/ --issuer issuer.yaml --date 2026-12-01

原稿可以是报告文件，也可以是 fazhi check 保存的核查结果（.json）。新写的文字能证明的缺项才可销号；
只移动、只改写的文字不算补充，列为“待核对”，由人判断。

退出码：0 没有未了的事项；1 还有仍需补充、部分补充、待核对或新增的事项；2 没能完成。
"""
# what `fazhi template` knows: a file to fill, or to fill in
TEMPLATES = {
    "letter": ("函",),
    "notice": ("通知",),
    "report": ("核查报告",),
    "recheck": ("销号表",),
    "issuer": ("发文设置",),
    "waivers": ("豁免",),
}
_SETTINGS = ("issuer", "waivers")
_TEMPLATE_HELP = """\
例：
  fazhi template new 函                      写出 函.docx，用 Word 或 WPS 修改
  fazhi template check 函.docx               检查改过的模板
  fazhi template check 函.docx --sample 样张.docx
"""
_TEMPLATE_CHECK_HELP = """\
例：
  fazhi template check 函.docx --sample 样张.docx

一次列出所有不认识的变量和它们所在的段落，再用虚构的“示例镇”填写一遍。
退出码：0 可以使用；1 可以填写，但缺少该有的内容或留有没填的标记；2 不能使用。
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
    _add_annotate(commands)
    _add_letter(commands)
    _add_recheck(commands)
    _add_template(commands)
    _add_checklist(commands)
    _add_explain(commands)
    _add_evaluate(commands)
    return parser


def _add_check(commands: Any) -> None:
    parser = commands.add_parser(
        "check", help="核查报告，列出缺项", description="核查一份或多份报告，列出缺项、依据和补写建议。",
        epilog=_CHECK_HELP,
    )  # fmt: skip
    parser.set_defaults(module="checker.cli.check")
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="路径",
        help="报告文件（.docx .doc .wps .pdf .ofd .html .txt 等）、文件夹、.zip，或 -（标准输入）",
    )
    _add_checklist_option(parser)
    _add_level_option(parser)
    _add_encoding_option(parser)
    _add_skip_option(parser)
    _add_review_options(parser)
    parser.add_argument(
        "--silence", action="append", default=[], metavar="指纹",
        help="不再提示某一处文字差错，可多次使用；指纹见结果中该差错的方括号",
    )  # fmt: skip
    parser.add_argument(
        "--nearest", action="store_true",
        help="对报告未反映的事项给出最接近的段落（要装载分词词典，约多一秒；--out 时总是给出）",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="结果的形式：text（默认）或 json",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="文件夹", help="把每份报告的核查报告（DOCX）写到这里")
    parser.add_argument(
        "--template", type=Path, metavar="模板.docx", help="核查报告用自己的模板（与 --out 合用）"
    )


def _add_review(commands: Any) -> None:
    parser = commands.add_parser(
        "review", help="写出复核单，由人逐条决定", description="写出或更新一份复核单：每条核查发现由人确认、更正或不认定。",
        epilog=_REVIEW_HELP,
    )  # fmt: skip
    parser.set_defaults(module="checker.cli.review")
    parser.add_argument("path", metavar="报告", help="报告文件，或 -（标准输入）")
    parser.add_argument(
        "-o", "--out", type=Path, required=True, metavar="review.yaml",
        help="复核单写到哪里；已有的会更新，其中的决定不会丢",
    )  # fmt: skip
    _add_checklist_option(parser)
    _add_level_option(parser)
    _add_encoding_option(parser)


def _add_annotate(commands: Any) -> None:
    parser = commands.add_parser(
        "annotate", help="在草稿的副本上加批注", description="另写一份带批注的副本：缺什么，依据哪一条，怎样补；草稿本身不动。",
        epilog=_ANNOTATE_HELP,
    )  # fmt: skip
    parser.set_defaults(module="checker.cli.annotate")
    parser.add_argument(
        "path", metavar="草稿", help="报告草稿；.docx 保留原有格式和修订，其他格式另存读出的文字"
    )
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="副本.docx", help="批注副本写到哪里")
    _add_checklist_option(parser)
    _add_level_option(parser)
    _add_encoding_option(parser)
    _add_skip_option(parser)
    _add_review_options(parser)


def _add_letter(commands: Any) -> None:
    parser = commands.add_parser(
        "letter", help="给缺项的单位写公函", description="为每份有缺项的报告写一份函或通知，请单位补充反馈。",
        epilog=_LETTER_HELP,
    )  # fmt: skip
    parser.set_defaults(module="checker.cli.letter")
    parser.add_argument("paths", nargs="+", metavar="路径", help="报告文件、文件夹、.zip，或 -（标准输入）")
    _add_issuer_option(parser, required=True, help="发文设置：谁发函、文号、联系人、期限")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="文件夹", help="公函写到哪里")
    parser.add_argument("--merge", action="store_true", help="另写一份合并打印的文件，每份公函从右手页开始")
    parser.add_argument("--template", type=Path, metavar="模板.docx", help="公函用自己的模板")
    _add_checklist_option(parser)
    _add_level_option(parser)
    _add_encoding_option(parser)
    _add_review_options(parser)


def _add_issuer_option(parser: argparse.ArgumentParser, *, required: bool, help: str) -> None:
    parser.add_argument("--issuer", type=Path, required=required, metavar="issuer.yaml", help=help)
    parser.add_argument(
        "--date", type=_day, metavar="日期", help="成文日期，如 2026-12-01，或 今天；正式的公函必须写"
    )
    parser.add_argument("--draft", action="store_true", help="只写草稿：不编文号，不登记，可以不写日期")


def _add_recheck(commands: Any) -> None:
    parser = commands.add_parser(
        "recheck", help="对照修改前后两稿，逐项销号", description="对照同一份报告的原稿和新稿：哪些缺项可以销号，依据哪句话，哪些仍需补充。",
        epilog=_RECHECK_HELP,
    )  # fmt: skip
    parser.set_defaults(module="checker.cli.recheck")
    parser.add_argument("old", metavar="原稿", help="修改前的报告，或保存的核查结果（.json）")
    parser.add_argument("new", metavar="新稿", help="修改后的报告，或 -（标准输入）")
    parser.add_argument(
        "-o", "--out", type=Path, metavar="文件夹", help="把销号表（DOCX）写到这里；也可以写 .docx 文件名"
    )
    parser.add_argument("--template", type=Path, metavar="模板.docx", help="销号表用自己的模板（与 -o 合用）")
    _add_issuer_option(
        parser, required=False, help="发文设置：还有要补充的，另写一份公函到 -o 的文件夹，对已补充的致谢"
    )
    parser.add_argument("--letter-template", type=Path, metavar="模板.docx", help="这份公函用自己的模板")
    parser.set_defaults(merge=False)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="结果的形式：text（默认）或 json",
    )  # fmt: skip
    _add_checklist_option(parser)
    _add_level_option(parser)
    _add_encoding_option(parser)
    _add_review_options(parser)


def _add_template(commands: Any) -> None:
    parser = commands.add_parser(
        "template", help="取得或检查自己的模板", description="写出一份自带的模板供修改，检查改过的模板。",
        epilog=_TEMPLATE_HELP,
    )  # fmt: skip
    actions = parser.add_subparsers(title="命令", metavar="命令", dest="action", required=True)
    names = "、".join(names[0] for names in TEMPLATES.values())
    new = actions.add_parser(
        "new", help="写出一份自带的模板", description="写出一份自带的模板或设置文件供修改；不改写已有的文件。",
        epilog="例：fazhi template new 函 -o 我局函.docx",
    )  # fmt: skip
    new.add_argument("kind", type=_template, metavar="种类", help=names)
    new.add_argument(
        "-o", "--out", type=Path, metavar="文件", help="写到哪里；不写时在当前文件夹，以种类为名"
    )
    check = actions.add_parser(
        "check", help="检查一份模板", description="检查一份模板的变量，并用虚构的数据填写一遍。",
        epilog=_TEMPLATE_CHECK_HELP,
    )  # fmt: skip
    check.add_argument("file", metavar="模板.docx", help="改过的模板")
    check.add_argument(
        "--kind", type=_document, metavar="种类", help="函、通知、核查报告或销号表；不写时从模板里认"
    )
    check.add_argument("--sample", type=Path, metavar="样张.docx", help="把填写好的示例写到这里，供打开查看")
    for action in (new, check):
        action.set_defaults(module="checker.cli.template")


def _add_checklist(commands: Any) -> None:
    parser = commands.add_parser(
        "checklist", help="检查或查看清单", description="检查清单文件，查看清单内容。",
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
    schema = actions.add_parser(
        "schema", help="输出编辑器用的 JSON Schema", description="输出清单文件的 JSON Schema，供编辑器校验。",
        epilog="例：fazhi checklist schema > checklist.schema.json",
    )  # fmt: skip
    for action in (lint, show, schema):
        action.set_defaults(module="checker.cli.checklist")


def _add_explain(commands: Any) -> None:
    parser = commands.add_parser(
        "explain", help="说明某一项为何这样判定", description="说明某一项为何这样判定，用到哪些原文。",
        epilog="例：fazhi explain 报告.docx decision.legality-review\n\n编号见 fazhi checklist show。",
    )  # fmt: skip
    parser.set_defaults(module="checker.cli.explain")
    parser.add_argument("path", metavar="路径", help="报告文件，或 -（标准输入）")
    parser.add_argument("item", metavar="编号", help="检查项的编号或名称")
    _add_checklist_option(parser)
    _add_level_option(parser)
    _add_encoding_option(parser)
    _add_review_options(parser)


def _add_evaluate(commands: Any) -> None:
    parser = commands.add_parser(
        "evaluate", help="对照人工标注评分", description="对照人工标注给核查结果评分，并与关键词基线相比。",
        epilog=_EVALUATE_HELP,
    )  # fmt: skip
    parser.set_defaults(module="checker.cli.evaluate")
    parser.add_argument("folder", type=Path, metavar="标注文件夹", help="放着标注和报告的文件夹")
    _add_checklist_option(parser)
    parser.add_argument("-v", "--verbose", action="store_true", help="逐项列出不一致之处")
    for name, what in (
        ("status", "判定准确率"),
        ("gap-precision", "缺项查准率"),
        ("gap-recall", "缺项查全率"),
    ):
        parser.add_argument(f"--min-{name}", type=_share, metavar="0到1", help=f"{what}低于此值时退出码为 1")


def _add_checklist_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-c", "--checklist", metavar="清单", help="清单文件，或自带清单的名称；默认沙坡头区 2018 年清单"
    )


def _add_level_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--level", type=_level, metavar="层级", help="乡镇、街道、县区、部门；不写时从报告里认"
    )


def _add_encoding_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--encoding", type=_encoding, metavar="编码",
        help="文本和网页的编码，如 gb18030、utf-16、big5；不写时自动辨认",
    )  # fmt: skip


def _add_skip_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--skip-defect", action="append", default=[], metavar="种类", choices=tuple(DEFECT_NAMES),
        help=f"不查某一种文字差错，可多次使用：{'、'.join(DEFECT_NAMES)}",
    )  # fmt: skip


def _add_review_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--review", action="append", type=Path, default=[], metavar="复核单",
        help="按人工复核的决定算：fazhi review 写出并填好的文件，或放着 review*.yaml 的文件夹；可多次使用",
    )  # fmt: skip
    parser.add_argument(
        "--waivers", type=Path, metavar="豁免.yaml", help="按经批准的豁免算：哪个单位、哪一项、从哪天到哪天"
    )


def _encoding(text: str) -> str:
    if known_encoding(text) is None:
        raise argparse.ArgumentTypeError(f"不认识编码“{text}”。可用 utf-8、gb18030、utf-16、big5 等。")
    return text


def _day(text: str) -> datetime.date:
    if text in ("今天", "today"):
        return datetime.date.today()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"没有“{text}”这个日期。请写成 2026-12-01，或写 今天。") from None


def _level(text: str) -> str:
    for level, names in LEVELS.items():
        if text.lower() == level or text in names:
            return level
    raise argparse.ArgumentTypeError(
        f"不认识的层级“{text}”。可用：乡镇、街道、县区、部门，或 {'、'.join(LEVELS)}。"
    )


def _template(text: str) -> str:
    for kind, names in TEMPLATES.items():
        if text.lower() == kind or text in names:
            return kind
    valid = "、".join(f"{names[0]}（{kind}）" for kind, names in TEMPLATES.items())
    raise argparse.ArgumentTypeError(f"没有“{text}”这种模板。可用：{valid}。")


def _document(text: str) -> str:
    kind = _template(text)
    if kind in _SETTINGS:
        raise argparse.ArgumentTypeError(f"“{text}”不是 Word 模板。可用：函、通知、核查报告、销号表。")
    return kind


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"“{text}”应当是 0 到 1 之间的小数，如 0.9。")
    return value
