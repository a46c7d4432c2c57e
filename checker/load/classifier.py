"""A file of trained weights (句式分类器) into the noun `Classifier`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from checker.errors import ChecklistError
from checker.model.classifier import Classifier

REMEDY = "这个文件由训练得出，请不要手工修改；从原程序重新复制一份，或在清单里删去 classifier 一行。"


class ItemPart(BaseModel):
    """一个检查项的权重。"""

    model_config = ConfigDict(extra="forbid")

    bias: float
    weights: dict[Annotated[str, Field(min_length=1, max_length=2)], float]


class ClassifierFile(BaseModel):
    """训练所得的全部权重。"""

    model_config = ConfigDict(extra="forbid")

    trained: dict[str, str]
    items: dict[str, ItemPart]


def load_classifier(path: Path) -> Classifier:
    """The classifier in a file. Raises ChecklistError where it cannot be one."""
    try:
        file = ClassifierFile.model_validate_json(path.read_bytes())
    except (OSError, ValueError, ValidationError):
        raise ChecklistError(f"{path}：不是可用的句式分类器文件。{REMEDY}") from None
    return Classifier(
        {item: part.bias for item, part in file.items.items()},
        {item: part.weights for item, part in file.items.items()},
    )
