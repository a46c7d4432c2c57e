"""Where the shipped checklists and templates lie (随程序提供的清单和模板)."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource(folder: str, name: str) -> Path:
    """Path of a shipped file: inside an installed wheel, else beside the package in a checkout."""
    installed = _PACKAGE / "data" / folder / name
    return installed if installed.exists() else _PACKAGE.parent / folder / name


DEFAULT_CHECKLIST = "shapotou-2018.yaml"
DEFAULT_TEMPLATE = "gap-report.docx"
