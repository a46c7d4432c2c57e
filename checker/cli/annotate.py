"""`fazhi annotate` (批注): a copy of a draft with a note at everything that is to be mended."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from checker.audit import audit_document
from checker.cli.decided import decided_one
from checker.cli.output import check_folder, write_files
from checker.cli.paths import real
from checker.cli.reading import STDIN, named
from checker.cli.terminal import say
from checker.errors import OutputError
from checker.load import checklist_source, load_checklist
from checker.nearest import with_nearest
from checker.readers import file_bytes
from checker.readers.guard import Guard


def run(arguments: argparse.Namespace) -> int:
    """0 where there is nothing to note, 1 where there is."""
    from checker.renderers.annotated import notes_of, render_annotated  # loads python-docx

    path, out = Path(arguments.path), arguments.out
    _check_output(path, out)
    checklist = load_checklist(checklist_source(arguments.checklist))
    with named(path), Guard(arguments.encoding) as guard:
        data = file_bytes(path)
        document = guard.read_bytes(str(path), data)
        assessment = audit_document(document, checklist, path=str(path), level=arguments.level)
    assessment = decided_one(arguments, assessment, day=datetime.date.today())
    assessment = with_nearest(assessment).without_defects(arguments.skip_defect)
    copy, itself = render_annotated(data, document, assessment, date=datetime.date.today())
    write_files(out.parent, {out.name: copy})
    count = len(notes_of(assessment))
    what = "" if itself else "，是读出的文字，不是原件"
    say(f"已写出 {out}（批注{count}条{what}）\n")
    if document.doubt:
        say(f"{document.doubt}，没有批注缺项，请由人核对。\n")
    return 1 if count or document.doubt else 0


def _check_output(path: Path, out: Path) -> None:
    if str(path) == STDIN:
        raise OutputError("批注要写回文件的副本，不能用标准输入。请先存成文件。")
    if out.suffix.lower() != ".docx":
        raise OutputError(f"{out}：批注副本是 Word 文档，-o 后面的文件名请以 .docx 结尾。")
    if real(out) == real(path):
        raise OutputError(f"{out} 就是草稿本身，不能改写。请给副本另起一个名字。")
    if out.is_dir():
        raise OutputError(f"{out} 是文件夹。-o 后面请写一个文件名。")
    check_folder(out.parent)
