"""Measure one system in this process: python measure_system.py NAME FOLDER. Prints one JSON object.

FOLDER holds what run_benchmarks.py prepared: texts, vectors, questions, our index, and judgements of some sets.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from systems import Ours, system

from assistant.evaluation.metrics import ndcg_at_k, recall_at_k, reciprocal_rank

DEPTH = 10


def main() -> None:
    """Build, ask, tell."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    ours = name.startswith("ours")
    texts = [] if ours else json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    vectors = np.zeros((0, 1), np.float32) if ours else np.load(folder / "vectors.npy")
    questions = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
    question_vectors = np.load(folder / "question_vectors.npy")
    before = memory("VmRSS")
    begun = time.process_time()
    measured = system(name, folder / "index")
    measured.build(texts, vectors)
    build = time.process_time() - begun
    rankings, costs = [], []
    for question, vector in zip(questions, question_vectors, strict=True):
        begun = time.process_time()
        rankings.append(measured.search(question, vector, DEPTH))
        costs.append(1000 * (time.process_time() - begun))
    told: dict[str, Any] = {
        "build_cpu_seconds": round(build, 2),
        "query_cpu_ms_p50": round(float(np.percentile(costs, 50)), 3),
        "query_cpu_ms_p95": round(float(np.percentile(costs, 95)), 3),
        "resident_mb": memory("VmRSS") - (0 if ours else before),
        "peak_mb": memory("VmHWM"),
        "input_mb": 0 if ours else before,
    }
    if ours:
        told["disk_mb"] = sum(path.stat().st_size for path in (folder / "index").rglob("*")) >> 20
    if (folder / "relevant.json").exists():
        if isinstance(measured, Ours):
            rankings = [measured.numbers(ids) for ids in rankings]
        told |= quality(rankings, json.loads((folder / "relevant.json").read_text()))
    print(json.dumps(told))


def memory(name: str) -> int:
    """Of this process, in MB: VmRSS is what it holds now, VmHWM the most it ever held."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) >> 10 for line in status.splitlines() if line.startswith(name))


def quality(rankings: list[list[int]], relevant: list[dict[str, Any]]) -> dict[str, Any]:
    """Means over the questions; and each question's figures, for intervals and for pairs with another system."""
    rows = []
    for ranking, truth in zip(rankings, relevant, strict=True):
        found = [frozenset(truth["passages"].get(str(number), ())) for number in ranking]
        rows.append(
            [
                *(recall_at_k(found, truth["spans"], k) for k in (1, 5, 10)),
                reciprocal_rank(found, DEPTH),
                ndcg_at_k(found, len(truth["passages"]), DEPTH),
            ]
        )
    means = np.mean(rows, axis=0).round(4).tolist()
    names = ("recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10")
    return {**dict(zip(names, means, strict=True)), "questions": np.round(rows, 4).tolist()}


if __name__ == "__main__":
    main()
