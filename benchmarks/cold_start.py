"""CPU time of a whole `bureau search` process against `import sentence_transformers` in the same run.

python benchmarks/cold_start.py [--rounds 5]

Needs an index (`bureau index`). Writes results/cold_start.json.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def cpu_seconds(command: list[str]) -> float:
    """User and system time of a finished process and its children."""
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=HERE.parent)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def main() -> None:
    """Measure in turn, print, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    search = [sys.executable, "-m", "assistant", "search", "专利申请量的目标"]
    reference = [sys.executable, "-c", "import sentence_transformers"]
    pairs = [(cpu_seconds(search), cpu_seconds(reference)) for _ in range(rounds)]
    ratios = [ours / theirs for ours, theirs in pairs]
    result = {
        "rounds": rounds,
        "search_over_import": {
            "median": round(statistics.median(ratios), 3),
            "minimum": round(min(ratios), 3),
            "maximum": round(max(ratios), 3),
        },
        "cpu_seconds": {
            "bureau_search": round(statistics.median(ours for ours, _ in pairs), 2),
            "import_sentence_transformers": round(statistics.median(theirs for _, theirs in pairs), 2),
        },
    }
    (HERE / "results" / "cold_start.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
