"""The file format of a checklist (清单文件格式), declared once: validation and the editors' schema.

The classes mirror the YAML, the nouns in `checker.model.checklist` are what the program works with.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1)]
Texts = list[Text]
Level = Literal["township", "subdistrict", "county", "department"]
RoleName = Literal[
    "preamble", "measures", "shortcomings", "causes", "first-responsible", "plan", "mixed", "other"
]
Kind = Literal["mention", "section", "title", "date", "published", "addressee"]


_WHOLE = "每个检查项都要有要求、依据、规则和补写建议。"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=False)


class BasisPart(_Part):
    """依据：文件、条款，以及条款原文（quotation）或经核实的要点（summary），二者择一。"""

    document: Text
    clause: Text
    quotation: str = ""
    summary: str = ""


class DocumentPart(_Part):
    """依据的文件对谁有直接约束力；没有列出的文件和层级，公函里一律写“参照”。"""

    title: Text
    binds: Literal["all"] | Annotated[list[Level], Field(min_length=1)]
    area: str = ""
    since: Annotated[
        str, Field(pattern=r"^(19|20)\d\d$", description="写年份：从哪一年度的报告起适用，如 2019。")
    ] = "1900"


class RulePart(_Part):
    """认定规则：写词语，不写正则表达式。"""

    check: Kind = "mention"
    roles: list[RoleName] = []
    whole_section: RoleName | Literal[""] = Field("", alias="whole-section")
    learning: Literal["counts", ""] = ""
    mention: Texts = []
    topic: Texts = []
    about: Texts = []
    about_mention: Texts = Field([], alias="about-mention")
    exclude: Texts = Field([], alias="not")
    exclude_about: Texts = Field([], alias="not-about")
    nil: Texts = []
    units: Texts = Field([], alias="figures-in")
    figure_words: Texts = Field([], alias="figures-as")


class SpecimensPart(_Part):
    """样句：每句必须得出所在键的判定，是规则自己的测试。"""

    met: Texts = []
    thin: Texts = []
    deferred: Texts = []
    unmet: Texts = []
    manual: Texts = []


class ItemPart(_Part):
    """检查项。"""

    id: Annotated[
        str,
        Field(
            pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$",
            description="编号用小写英文、数字、连字符，并以点分级，如 decision.hearing。",
        ),
    ]
    title: Text
    requirement: Text
    basis: Annotated[list[BasisPart], Field(min_length=1, description=_WHOLE)]
    levels: Literal["all"] | Annotated[list[Level], Field(min_length=1)]
    figures: Literal["expected", "optional"]
    rule: RulePart = Field(description=_WHOLE)
    remedy: Text
    specimens: SpecimensPart = SpecimensPart()


class ItemPatch(_Part):
    """替换检查项的一部分：只写要改的键，其余沿用原清单。"""

    id: Text
    title: Text | None = None
    requirement: Text | None = None
    basis: Annotated[list[BasisPart], Field(min_length=1)] | None = None
    levels: Literal["all"] | list[Level] | None = None
    figures: Literal["expected", "optional"] | None = None
    rule: RulePart | None = None
    remedy: Text | None = None
    specimens: SpecimensPart | None = None


class GroupPart(_Part):
    """类别。"""

    id: Text
    title: Text
    items: list[ItemPart]


class AdditionPart(_Part):
    """在一个类别里增加检查项；类别不存在时给出 title 即新建。"""

    group: Text
    title: str = ""
    items: Annotated[list[ItemPart], Field(min_length=1)]


class OffPart(_Part):
    """停用一个检查项，必须写明理由。"""

    id: Text
    reason: Text


class ChecklistFile(_Part):
    """完整的清单。"""

    id: Text
    title: Text
    version: Text
    basis: Text
    wording: Text
    titles: Text = "titles.yaml"
    classifier: str = ""
    documents: list[DocumentPart] = []
    groups: list[GroupPart]


class ExtensionFile(_Part):
    """在另一份清单上增、改、停用的清单。"""

    extends: Text
    id: Text
    title: Text
    version: Text = "1"
    basis: str = ""
    documents: list[DocumentPart] = []
    add: list[AdditionPart] = []
    replace: list[ItemPatch] = []
    off: list[OffPart] = []


class WordingFile(_Part):
    """用语表。"""

    cues: dict[str, Texts]
    synonyms: dict[str, Texts] = {}


def editor_schema() -> dict[str, Any]:
    """JSON Schema for editors: what a checklist file may hold."""
    full = ChecklistFile.model_json_schema(ref_template="#/$defs/{model}")
    extension = ExtensionFile.model_json_schema(ref_template="#/$defs/{model}")
    definitions = full.pop("$defs") | extension.pop("$defs")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "fazhi 清单",
        "oneOf": [full, extension],
        "$defs": definitions,
    }
