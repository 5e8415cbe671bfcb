"""CPU time of a whole `bureau search` process against the same search put together from LangChain, in the same run.

pip install -e .. -r requirements.txt
python cold_start.py [--rounds 5]

Builds an index of the corpus for it. Writes results/cold_start.json.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
QUESTION = "专利申请量的目标"


def cpu_seconds(command: list[str]) -> float:
    """User and system time of a finished process and its children."""
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=HERE.parent)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def main() -> None:
    """Measure in turn, print, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        index, saved = f"{folder}/index", f"{folder}/langchain"
        bureau, langchain = [sys.executable, "-m", "assistant"], [sys.executable, str(HERE / "langchain_search.py")]
        cpu_seconds([*bureau, "index", "--corpus", "corpus", "--index", index])
        cpu_seconds([*langchain, "--save", saved, index])
        ours, theirs = [*bureau, "search", QUESTION, "--index", index], [*langchain, saved, QUESTION]
        pairs = [(cpu_seconds(ours), cpu_seconds(theirs)) for _ in range(rounds)]
    ratios = [one / other for one, other in pairs]
    result = {
        "rounds": rounds,
        "search_over_langchain": {
            "median": round(statistics.median(ratios), 3),
            "minimum": round(min(ratios), 3),
            "maximum": round(max(ratios), 3),
        },
        "cpu_seconds": {
            "bureau_search": round(statistics.median(one for one, _ in pairs), 2),
            "langchain": round(statistics.median(other for _, other in pairs), 2),
        },
    }
    (HERE / "results" / "cold_start.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
