"""The documents about the code are true."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "assistant"
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
RESULTS = ROOT / "benchmarks" / "results"
PACKAGES = sorted(path.parent for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_package_is_named_in_the_picture(package: Path) -> None:
    assert re.search(rf"\b{package.name}\b", ARCHITECTURE)


def test_the_order_of_the_layers_is_that_of_the_test() -> None:
    from test_layers import LAYERS

    told = re.findall(r"[a-z_]+", ARCHITECTURE.split("enforces it:")[1].split("|")[0])
    assert told == [name for layer in LAYERS for name in layer if not name.startswith("__")]


@pytest.mark.parametrize("kind", sorted((PACKAGE / "answering" / "kinds").glob("*.py")), ids=lambda path: path.stem)
def test_a_kind_of_answer_is_one_file_with_four_functions(kind: Path) -> None:
    source = kind.read_text(encoding="utf-8")
    named = re.search(rf"\b{kind.stem}\b", (kind.parent / "__init__.py").read_text(encoding="utf-8"))
    if kind.stem in ("__init__", "quoting", "joining", "earlier", "sentences"):
        return
    assert named
    shared = "(SentenceKind)" in source or "= SentenceKind(" in source
    for function in ("recognises", "tells") if shared else ("recognises", "collects", "refuses", "composes"):
        assert f"def {function}(" in source


HALF = 0.005 + 1e-9
"""Two digits are told of each figure."""


def figure(name: str, *keys: str) -> float:
    """A figure of results/<name>.json."""
    value = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    for key in keys:
        value = value[key]
    return float(value)


@pytest.mark.parametrize(
    ("row", "name"), [("40 development questions", "questions"), ("360 of our own", "own_questions")]
)
def test_the_figures_of_answers_are_those_measured(row: str, name: str) -> None:
    (line,) = (line for line in README.splitlines() if line.startswith(f"| {row}"))
    told = [float(cell) for cell in re.findall(r"\| (\d\.\d\d)(?= )", line)]
    measured = [
        figure("answers", name, key)
        for key in ("right", "lists and comparisons whole", "refusal precision", "refusal recall")
    ]
    assert told[2:3] == [pytest.approx(measured[0], abs=HALF)]
    assert told[3] == pytest.approx(measured[1], abs=HALF)
    assert told[4] == pytest.approx(figure("answers", name, "answers that keep the guarantee"), abs=HALF)
    assert told[5:] == pytest.approx(measured[2:], abs=HALF)


def test_other_figures_are_those_measured() -> None:
    assert figure("answers", "altered answers", "accepted") == 0
    told = int(figure("answers", "altered answers", "tried"))
    assert f"Of {told:,} altered answers none is accepted" in README
    ask = figure("scale_answers", "100000", "ask, CPU ms, p50")
    memory = figure("scale_answers", "100000", "resident MB, at most")
    assert f"a question {ask:.0f} ms of CPU beyond the encoder and {memory:.0f} MB" in " ".join(README.split())
