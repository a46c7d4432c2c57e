"""The shape of the package: arrows point down, and no module lies about that nobody listed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "checker"
# Plural folder -> what the functions that its table lists are called.
TABLES = {"readers": "read_", "checks": "gather_", "defects": "find"}


def modules(folder: str) -> list[Path]:
    return sorted(path for path in (PACKAGE / folder).glob("*.py") if path.name != "__init__.py")


def names_used(source: Path) -> set[str]:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def parts_of(module: Path, prefix: str) -> list[str]:
    """The functions of a module that do its folder's work."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return [
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith(prefix)
    ]


def test_import_contracts_hold() -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--no-logo",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("folder", TABLES)
def test_every_part_in_a_plural_folder_is_in_its_table(folder: str) -> None:
    listed = names_used(PACKAGE / folder / "__init__.py")
    parts = {(path.stem, name) for path in modules(folder) for name in parts_of(path, TABLES[folder])}
    assert {part for part in parts if part[1] not in listed} == set()


@pytest.mark.parametrize("folder", TABLES)
def test_every_module_in_a_plural_folder_is_reached_from_its_door(folder: str) -> None:
    graph = grimp.build_graph("checker", cache_dir=None)
    # Files from strangers are read through a guard, and found in folders and archives.
    doors = {"readers": ("readers", "readers.guard", "readers.sources")}.get(folder, (folder,))
    reached = {f"checker.{door}" for door in doors}.union(
        *(graph.find_upstream_modules(f"checker.{door}") for door in doors)
    )
    assert {path.stem for path in modules(folder) if f"checker.{folder}.{path.stem}" not in reached} == set()


def test_every_module_is_reached_from_the_command_line() -> None:
    graph = grimp.build_graph("checker", cache_dir=None)
    doors = {module for module in graph.modules if module.split(".")[1:2] == ["cli"]} | {"checker"}
    reached = set().union(*(graph.find_upstream_modules(door) for door in doors)) | doors
    parents = {module.rsplit(".", 1)[0] for module in reached}
    assert graph.modules - reached - parents == set()


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert {folder.name for folder in folders if not (folder / "__init__.py").exists()} == set()
