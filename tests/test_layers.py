"""Imports point one way: each module may import its own layer and those before it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "assistant"
LAYERS = (
    ("errors",),
    ("language",),
    ("datamodels", "interfaces", "settings"),
    ("documents",),
    ("facts",),
    ("retrieval",),
    ("answering",),
    ("evaluation",),
    ("ingestion", "options", "shelf", "assistant", "collection", "upkeep"),
    ("records", "exporting", "markdown", "plain_text", "feedback", "testing"),
    ("serving",),
    ("page", "server", "integrations"),
    ("cli",),
    ("__init__", "__main__"),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Names of our modules that a file imports, at the top or inside functions."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return {name for name in names if name == "assistant" or name.startswith("assistant.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    rank = RANK[parts[0]]
    for name in imported(path):
        target = name.split(".")[1] if "." in name else "__init__"
        assert RANK[target] <= rank, f"{'.'.join(parts)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_and_functions_stay_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 300
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, node.name


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ["torch", "sentence_transformers", "faiss", "gradio", "onnxruntime", "langchain_text_splitters"]
    script = f"import assistant, sys; print([name for name in {heavy} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
