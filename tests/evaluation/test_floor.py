"""The benchmark questions keep their floor: what a change costs shows here."""

from __future__ import annotations

from pathlib import Path

import pytest
from answers import measured

from assistant import Assistant

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.mark.parametrize(
    ("name", "right", "precision", "recall"), [("questions", 0.91, 0.71, 1.0), ("own_questions", 0.865, 0.83, 0.9)]
)
def test_answers_are_not_worse(seeds: Assistant, name: str, right: float, precision: float, recall: float) -> None:
    figures = measured(seeds, BENCHMARKS / f"{name}.jsonl")
    assert figures["right"] >= right
    assert figures["refusal precision"] >= precision
    assert figures["refusal recall"] >= recall
    assert figures["answers that keep the guarantee"] == 1.0
