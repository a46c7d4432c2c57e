"""What the commands that write documents take (公文参数): annotate, letter, recheck and template."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from checker.cli.options import add_format, add_people, add_reading, add_skip, command, day

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


def add_document_commands(commands: Any) -> None:
    """In the order of the help."""
    for add in (_add_annotate, _add_letter, _add_recheck, _add_template):
        add(commands)


def _add_annotate(commands: Any) -> None:
    parser = command(
        commands, "annotate", help="在草稿的副本上加批注", description="另写一份带批注的副本：缺什么，依据哪一条，怎样补；草稿本身不动。",
        epilog=_ANNOTATE_HELP,
    )  # fmt: skip
    parser.add_argument(
        "path", metavar="草稿", help="报告草稿；.docx 保留原有格式和修订，其他格式另存读出的文字"
    )
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="副本.docx", help="批注副本写到哪里")
    add_reading(parser)
    add_skip(parser)
    add_people(parser)


def _add_letter(commands: Any) -> None:
    parser = command(
        commands, "letter", help="给缺项的单位写公函", description="为每份有缺项的报告写一份函或通知，请单位补充反馈。",
        epilog=_LETTER_HELP,
    )  # fmt: skip
    parser.add_argument("paths", nargs="+", metavar="路径", help="报告文件、文件夹、.zip，或 -（标准输入）")
    _add_issuer(parser, required=True, help="发文设置：谁发函、文号、联系人、期限")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="文件夹", help="公函写到哪里")
    parser.add_argument("--merge", action="store_true", help="另写一份合并打印的文件，每份公函从右手页开始")
    parser.add_argument("--template", type=Path, metavar="模板.docx", help="公函用自己的模板")
    add_reading(parser)
    add_people(parser)


def _add_issuer(parser: argparse.ArgumentParser, *, required: bool, help: str) -> None:
    parser.add_argument("--issuer", type=Path, required=required, metavar="issuer.yaml", help=help)
    parser.add_argument(
        "--date", type=day, metavar="日期", help="成文日期，如 2026-12-01，或 今天；正式的公函必须写"
    )
    parser.add_argument("--draft", action="store_true", help="只写草稿：不编文号，不登记，可以不写日期")


def _add_recheck(commands: Any) -> None:
    parser = command(
        commands, "recheck", help="对照修改前后两稿，逐项销号", description="对照同一份报告的原稿和新稿：哪些缺项可以销号，依据哪句话，哪些仍需补充。",
        epilog=_RECHECK_HELP,
    )  # fmt: skip
    parser.add_argument("old", metavar="原稿", help="修改前的报告，或保存的核查结果（.json）")
    parser.add_argument("new", metavar="新稿", help="修改后的报告，或 -（标准输入）")
    parser.add_argument(
        "-o", "--out", type=Path, metavar="文件夹", help="把销号表（DOCX）写到这里；也可以写 .docx 文件名"
    )
    parser.add_argument("--template", type=Path, metavar="模板.docx", help="销号表用自己的模板（与 -o 合用）")
    _add_issuer(
        parser, required=False, help="发文设置：还有要补充的，另写一份公函到 -o 的文件夹，对已补充的致谢"
    )
    parser.add_argument("--letter-template", type=Path, metavar="模板.docx", help="这份公函用自己的模板")
    parser.set_defaults(merge=False)
    add_format(parser)
    add_reading(parser)
    add_people(parser)


def _add_template(commands: Any) -> None:
    parser = command(
        commands, "template", help="取得或检查自己的模板", description="写出一份自带的模板供修改，检查改过的模板。",
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
