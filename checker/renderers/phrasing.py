"""How single things read in words (措辞): a basis, a quotation, where it was searched. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.model.assessment import Quote
from checker.model.checklist import Basis
from checker.model.report import TOLD, Stance
from checker.renderers.layout import plain

REPORTED = (*TOLD, Stance.NIL)


def source_name(path: str) -> str:
    """What people call the source of a report."""
    return "标准输入" if path == "-" else path


def basis_texts(bases: Iterable[Basis]) -> Iterator[str]:
    """Every basis with the clause's own words, or what it comes to."""
    document = ""
    for basis in bases:
        words = f"“{plain(basis.quotation)}”" if basis.quotation else f"（要点）{plain(basis.summary)}"
        yield f"{'同一文件' if basis.document == document else basis.document} {basis.clause}：{words}"
        document = basis.document


def quote_text(quote: Quote) -> str:
    """A quotation in quotation marks, with its section and page."""
    words = plain(quote.text).rstrip("，,；;、：:")
    return f"“{words}”（{plain(quote.section) or '正文'}{page_text(quote)}）"


def page_text(quote: Quote) -> str:
    """The page to turn to, behind the name of a section."""
    return f"，第{quote.page}页" if quote.page else ""


def read_text(quote: Quote) -> str:
    """A quotation, and how it was read."""
    return f"{quote_text(quote)}——{reading(quote)}"


def reading(quote: Quote) -> str:
    """How a quotation was read, and by what."""
    name = quote.stance_name
    return f"{name}（{plain(quote.reason)}）" if quote.reason and quote.reason != name else name


def tops(searched: Iterable[str]) -> list[str]:
    """The parts on the highest level, each once."""
    return list(dict.fromkeys("开头" if name == "正文" else name.split(" / ")[0] for name in searched))


def places(searched: Iterable[str]) -> str:
    """The parts that were searched, in words."""
    return "；".join(map(plain, tops(searched)))
