"""LOAD: a checklist (清单) from YAML, or every fault in it with its line."""

from checker.load.checklist import checklist_source, load_checklist
from checker.load.schema import editor_schema

__all__ = ["checklist_source", "editor_schema", "load_checklist"]
