"""Each piece of docs/cookbook.md runs as it stands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import Assistant

ROOT = Path(__file__).parent.parent.parent
PIECES = re.findall(r"## (\w+)\n[\s\S]*?```python\n([\s\S]*?)```", (ROOT / "docs" / "cookbook.md").read_text("utf-8"))
PACKAGES = {
    "LangChain": "langchain_core",
    "LlamaIndex": "llama_index.core",
    "Haystack": "haystack",
    "Notebook": "pandas",
}


@pytest.mark.parametrize(("name", "piece"), PIECES, ids=[name for name, _ in PIECES])
def test_a_piece_runs_and_finds_something(
    name: str, piece: str, seeds: Assistant, index_folder: Path, tmp_path: Path
) -> None:
    if name in PACKAGES and not os.environ.get("REQUIRE_FRAMEWORKS"):
        pytest.importorskip(PACKAGES[name], reason=f"no {name} here: see tests/integrations/requirements.txt")
    assert len(seeds.index)
    (tmp_path / "index").symlink_to(index_folder)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    command = [sys.executable, "-c", piece]
    told = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert len(told.stdout.splitlines()) >= 4
