"""Waivers (豁免): a file with any fault waives nothing."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from checker.errors import SettingsError
from checker.load import checklist_source, load_checklist
from checker.load.waivers import load_waivers
from checker.model.decision import Waiver
from tests.reviews import checklist

ROOT = Path(__file__).parents[2]
GOOD = {
    "item": "a.hearing", "unit": "青麓镇", "reason": "试点", "approved_by": "县司法局", "from": "2026-03-01",
    "until": "2026-03-31",
}  # fmt: skip


def written(tmp_path: Path, *waivers: dict[str, str]) -> Path:
    lines = [
        f"{'  - ' if n == 0 else '    '}{k}: {v}\n" for w in waivers for n, (k, v) in enumerate(w.items())
    ]
    path = tmp_path / "豁免.yaml"
    path.write_text("waivers:\n" + "".join(lines), encoding="utf-8")
    return path


def fault(path: Path) -> str:
    with pytest.raises(SettingsError) as error:
        load_waivers(path, checklist())
    return str(error.value)


def test_a_waiver_is_read_whole(tmp_path: Path) -> None:
    first, last = datetime.date(2026, 3, 1), datetime.date(2026, 3, 31)
    expected = Waiver("a.hearing", "青麓镇", "试点", "县司法局", first, last)
    assert load_waivers(written(tmp_path, GOOD), checklist()) == (expected,)


@pytest.mark.parametrize("name", GOOD)
def test_every_part_of_a_waiver_is_wanted(tmp_path: Path, name: str) -> None:
    assert f"缺少 “{name}”" in fault(written(tmp_path, {k: v for k, v in GOOD.items() if k != name}))


@pytest.mark.parametrize("name", GOOD)
def test_no_part_of_a_waiver_may_be_empty(tmp_path: Path, name: str) -> None:
    assert f"“{name}”" in fault(written(tmp_path, GOOD | {name: ""}))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"item": "a.haering"}, "是否想写 “a.hearing”"),
        ({"item": "听证"}, "清单里没有 “听证” 这一项"),
        ({"from": "2026-04-01"}, "早于第一天"),
        ({"until": "2026-02-30"}, "没有 “2026-02-30” 这一天"),
        ({"from": "三月"}, "不是日期"),
        ({"untill": "2026-03-31"}, "不认识的键 “untill”"),
        ({"reason": "见 #3 文"}, "“#” 后面的文字会丢失"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, change: dict[str, str], expected: str) -> None:
    told = fault(written(tmp_path, GOOD, GOOD | change))
    assert expected in told
    assert "豁免.yaml:" in told
    assert "^" in told


@pytest.mark.parametrize("text", ["", "- item: a\n", "waivers: 无\n", "waivers:\n", "甲"])
def test_another_file_holds_no_waivers(tmp_path: Path, text: str) -> None:
    path = tmp_path / "豁免.yaml"
    path.write_text(text, encoding="utf-8")
    assert "豁免.yaml" in fault(path)


def test_the_example_can_be_used() -> None:
    assert load_waivers(ROOT / "templates" / "waivers.yaml", load_checklist(checklist_source(None)))
