"""A wheel built from the project holds all that it needs and works from another folder."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import checker

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "examples" / "heijing-2023.txt"
RUN = "import sys; from checker.cli import main; sys.exit(main())"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel. No network: the build backend is the one that is installed."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace")
    assert run.returncode == 0, run.stdout + run.stderr
    return next(out.glob("fazhi-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files alone, put where Python looks first: the checkout is not seen."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(folder)
    return folder


def python(code: str, *arguments: str, installed: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", errors="replace"
    )


def test_wheel_holds_package_checklists_template_and_schemas(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        held = set(file.namelist())
    owed = {path.relative_to(ROOT).as_posix() for path in (ROOT / "checker").rglob("*.py")}
    owed |= {f"checker/schemas/{path.name}" for path in (ROOT / "checker" / "schemas").glob("*.json")}
    owed |= {f"checker/data/checklists/{path.name}" for path in (ROOT / "checklists").glob("*.yaml")}
    shipped = [path for path in (ROOT / "templates").iterdir() if path.suffix in (".docx", ".yaml")]
    owed |= {f"checker/data/templates/{path.name}" for path in shipped} | {"checker/py.typed"}
    assert owed - held == set()


def test_wheel_and_package_tell_the_same_version(wheel: Path) -> None:
    assert wheel.name.split("-")[1] == checker.__version__


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        held = file.namelist()
    assert [name for name in held if not name.startswith(("checker/", "fazhi-"))] == []
    assert [
        name for name in held if "/data/" in name and not name.endswith((".yaml", ".docx", "classifier.json"))
    ] == []


def test_schemas_are_shipped(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        schemas = [name for name in file.namelist() if name.startswith("checker/schemas/")]
        assert schemas
        for name in schemas:
            if name.endswith(".json"):
                json.loads(file.read(name))


def test_shipped_files_are_found_inside_the_package(installed: Path, tmp_path: Path) -> None:
    code = (
        "from checker.resources import resource\n"
        "from checker.load import checklist_source, load_checklist\n"
        "assert resource('templates', 'gap-report.docx').is_file()\n"
        "checklist = load_checklist(checklist_source(None))\n"
        "print(checklist_source(None), len(list(checklist.items())), len(checklist.wording.cues))\n"
    )
    run = python(code, installed=installed, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    path, items, cues = run.stdout.rsplit(maxsplit=2)
    assert Path(path).is_relative_to(installed)
    assert (int(items), int(cues) > 10) == (57, True)


def test_check_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    shutil.copy(REPORT, tmp_path / "report.txt")
    run = python(RUN, "check", "report.txt", "--out", "letters", installed=installed, cwd=tmp_path)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "黑井镇" in run.stdout
    assert len(list((tmp_path / "letters").glob("*.docx"))) == 1


def test_json_result_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    shutil.copy(REPORT, tmp_path / "report.txt")
    run = python(RUN, "check", "report.txt", "--format", "json", installed=installed, cwd=tmp_path)
    assert run.returncode == 1, run.stdout + run.stderr
    assert json.loads(run.stdout)["reports"][0]["unit"] == "黑井镇"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_pins_every_dependency_with_hashes_and_names_no_registry(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="ascii")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + (project["optional-dependencies"]["dev"] if "dev" in name else [])
    pinned = {match[1]: match[2] for match in re.finditer(r"^([a-z0-9._-]+)==(.+)$", lock, re.MULTILINE)}
    assert {re.split(r"[<>=]", text)[0].lower() for text in wanted} - set(pinned) == set()
    assert [package for package, rest in pinned.items() if not rest.endswith("\\")] == []
    assert "://" not in lock
    assert "index-url" not in lock
