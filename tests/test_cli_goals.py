"""The tables of goals and measures on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli import bureau, one_error_line

from assistant import Assistant

KEYS = {
    "indicator", "comparator", "value", "unit", "period", "status", "masked", "raw", "text", "passage_id", "source",
    "title", "section_path", "original_start", "original_end",
}  # fmt: skip


@pytest.fixture(scope="module")
def index(seeds: Assistant, index_folder: Path) -> Path:
    return index_folder


def test_goals_print_what_the_design_promises(index: Path) -> None:
    result = bureau("goals", "专利申请量", "--source", "003", "--json", "--index", index)
    (total, share) = json.loads(result.stdout)
    assert set(total) >= KEYS
    assert (total["indicator"], total["value"], total["unit"], total["period"]) == ("专利申请量", 2300, "件", "2013")
    assert (total["status"], total["masked"], total["comparator"]) == ("planned", False, "达到…以上")
    assert total["raw"] == "专利申请量达到2300件以上"
    assert (share["value"], share["unit"], share["part_of"]) == (10, "%", total["goal_id"])


def test_measures_of_one_plan_are_complete_and_counted(index: Path) -> None:
    result = bureau("measures", "--source", "003", "--index", index)
    lines = result.stdout.splitlines()
    assert lines[-1] == "共 7 个主题、23 条措施。"
    assert lines[1] == "  (一) 以强化政策扶持为抓手,致力激活创新驱动力"
    assert len(lines) == 1 + 30 + 1


def test_contradictions_and_pairs(index: Path) -> None:
    found = json.loads(bureau("contradictions", "--json", "--index", index).stdout)
    assert {(one["reason"], one["first"]["value"], one["second"]["value"]) for one in found} == {
        ("part larger than whole", 60, 80),
        ("masked here, told there", None, 7),
    }
    assert json.loads(bureau("pairs", "授权专利", "--json", "--index", index).stdout) == []  # of two places


def test_a_table_is_exported(index: Path, tmp_path: Path) -> None:
    path = tmp_path / "目标.csv"
    result = bureau("goals", "--masked", "--export", path, "--index", index)
    assert result.stdout.startswith(f"已写入 {path}")
    assert "2300" not in path.read_text(encoding="utf-8-sig")


def test_errors_are_one_line(index: Path, tmp_path: Path) -> None:
    assert ".csv or .xlsx" in one_error_line(bureau("goals", "--export", tmp_path / "a.pdf", "--index", index))
    assert bureau("goals", "--status", "done", "--index", index).returncode == 2
