"""The words of many passages in our index, in tantivy and in bm25s: CPU of a search, memory, CPU of a build.

python scale_peers.py --reports FOLDER --index INDEX

INDEX is one of scale_answers.py. Each system runs in a process of its own over the tokens of our passages, and is asked
the same hundred questions; the ten best of each.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from scale_answers import NoiseEncoder, questions_of, resident, timed
from systems import BM25S, OursSparse, Tantivy

from assistant import Assistant
from assistant.language.tokenization import tokenize
from assistant.retrieval.context import sparse_tokens

HERE = Path(__file__).parent
SYSTEMS = ("ours", "tantivy", "bm25s")
NONE = np.zeros(1, np.float32)


def main() -> None:
    """Measure each, print, write results/scale_peers.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=Path, required=True)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--only", choices=SYSTEMS, help="measure one here (used by this script)")
    options = parser.parse_args()
    if options.only:
        print(json.dumps(measured(options.only, options.index, options.reports)))
        return
    results: dict[str, Any] = {}
    for name in SYSTEMS:
        command = [sys.executable, __file__, "--reports", options.reports, "--index", options.index, "--only", name]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        results[name] = json.loads(done.stdout) if not done.returncode else {"ended with": done.returncode}
        print(name, results[name], flush=True)
    path = HERE / "results" / "scale_peers.json"
    every = (json.loads(path.read_text("utf-8")) if path.exists() else {}) | {str(results["ours"]["passages"]): results}
    path.write_text(json.dumps(every, indent=1) + "\n", "utf-8")


def measured(name: str, index: Path, reports: Path) -> dict[str, float]:
    """The figures of one system."""
    assistant = Assistant.load(index, encoder=NoiseEncoder())
    cities = sorted(path.stem.split("20")[0] for path in reports.glob("*.txt"))
    questions = [" ".join(tokenize(one)) for one in questions_of(assistant, cities, random.Random(7))]
    passages, system = len(assistant.index), system_of(name, index)
    started = time.process_time()
    if name != "ours":
        facts = assistant.store.facts
        texts = [" ".join(sparse_tokens(one, facts[one.document_id])) for one in assistant.store.passages()]
        started = time.process_time()
        system.build(texts, NONE)
        del texts
    built = time.process_time() - started
    costs = timed(lambda question: system.search(question, NONE, 10), questions, 20)
    return {
        "passages": passages,
        "search, CPU ms, p50": round(float(np.percentile(costs, 50)), 2),
        "search, CPU ms, p95": round(float(np.percentile(costs, 95)), 2),
        "build, CPU s": round(built),
        "resident MB": resident("VmRSS"),
        "resident MB, at most": resident("VmHWM"),
    }


def system_of(name: str, index: Path) -> Any:  # noqa: ANN401 - they share their methods alone
    """The system, over tokens that stand between spaces."""
    if name == "ours":
        return Ours(index)
    return Tantivy(str.split) if name == "tantivy" else BM25S(str.split)


class Ours(OursSparse):
    """Our sparse leg, of tokens that are told apart already."""

    def search(self, question: str, vector: Any, k: int) -> list[Any]:  # noqa: ANN401 - not used
        """Numbers only."""
        found, _ = self._sparse.search(question.split(), k)
        return list(found)


if __name__ == "__main__":
    main()
