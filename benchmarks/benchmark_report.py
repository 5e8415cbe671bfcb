"""Tables and curves of what run_benchmarks.py measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

METRICS = ("recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10")
RESAMPLED = 2_000


def interval(rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """(2, metrics) ends of the 95 % bootstrap interval of the mean of (questions, metrics)."""
    draw = np.random.default_rng(0)
    means = [rows[draw.integers(0, len(rows), len(rows))].mean(axis=0) for _ in range(RESAMPLED)]
    ends: npt.NDArray[np.float64] = np.percentile(means, [2.5, 97.5], axis=0)
    return ends


def write_tables(measured: Path, folder: Path) -> None:
    """Write retrieval.md and scale.md, and as JSON the figures without those of each question."""
    for name, table in (("retrieval", quality_table), ("scale", cost_table)):
        path = measured / f"{name}.json"
        if not path.exists():
            continue
        results: dict[str, dict[str, dict[str, Any]]] = json.loads(path.read_text())
        text = table(results)
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
        for told in (told for systems in results.values() for told in systems.values()):
            told.pop("questions", None)
        (folder / f"{name}.json").write_text(json.dumps(results, indent=1) + "\n")
        print(text)


def quality_table(results: dict[str, Any]) -> str:
    """Means; of other systems whether ours is above or below beyond the interval of the paired difference."""
    lines = [
        "`+` ours is better, `-` ours is worse: the 95 % bootstrap interval of the paired difference does not hold 0.",
        "",
    ]
    for part, systems in results.items():
        ours = np.array(systems["ours"]["questions"])
        low, high = interval(ours)
        lines += [f"### {part}, {len(ours)} questions", "", f"| | {' | '.join(METRICS)} | query CPU ms |"]
        lines += ["|---" * (len(METRICS) + 2) + "|"]
        for name, told in systems.items():
            cells = [f"{told[metric]:.3f}" for metric in METRICS]
            if name == "ours":
                cells = [f"{one} ({a:.3f}-{b:.3f})" for one, a, b in zip(cells, low, high, strict=True)]
            else:
                worst, best = interval(ours - np.array(told["questions"]))
                marks = np.where(worst > 0, " +", np.where(best < 0, " -", ""))
                cells = [one + mark for one, mark in zip(cells, marks, strict=True)]
            lines.append(f"| {name} | {' | '.join(cells)} | {told['query_cpu_ms_p50']:.1f} |")
        lines.append("")
    return "\n".join(lines)


def cost_table(results: dict[str, Any]) -> str:
    """Costs by size."""
    lines = ["Index CPU of ours is that of opening it; disk is all of its folder with the cache of vectors.", ""]
    for part, systems in sorted(results.items(), key=lambda one: int(one[0])):
        lines += [
            f"### {int(part):,} passages",
            "",
            "| | query CPU ms, p50 | p95 | resident MB | peak MB | index CPU s | disk MB |",
            "|---|---|---|---|---|---|---|",
        ]
        lines += [
            f"| {name} | {told['query_cpu_ms_p50']:.2f} | {told['query_cpu_ms_p95']:.2f} | {told['resident_mb']} "
            f"| {told['peak_mb']} | {told['build_cpu_seconds']:.1f} | {told.get('disk_mb', '')} |"
            for name, told in systems.items()
        ]
        lines.append("")
    return "\n".join(lines)


def plot(results: Path, picture: Path) -> None:
    """Query CPU and memory against passages; nothing where no size was measured."""
    if not results.exists():
        return
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    told = json.loads(results.read_text())
    sizes = sorted(told, key=int)
    figure, panels = pyplot.subplots(1, 2, figsize=(11, 4.5))
    drawn = (("query_cpu_ms_p50", "CPU a query, ms (median)"), ("resident_mb", "resident memory, MB"))
    names = sorted({name for size in sizes for name in told[size]})
    for panel, (figure_name, label) in zip(panels, drawn, strict=True):
        for name in names:
            points = [(int(size), told[size][name][figure_name]) for size in sizes if name in told[size]]
            style = {"linewidth": 2.5} if name.startswith("ours") else {"linewidth": 1, "linestyle": "--"}
            panel.plot(*zip(*points, strict=True), marker="o", label=name, **style)
        panel.set(xscale="log", yscale="log", xlabel="passages", title=label)
        panel.grid(visible=True, which="both", alpha=0.3)
    panels[1].legend(fontsize=7, loc="upper left")
    figure.tight_layout()
    figure.savefig(picture, dpi=110)
