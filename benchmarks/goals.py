"""Measure goals and measures: rows found, values right, nothing invented, speed.

    python benchmarks/goals.py [--gold goals.jsonl] [--reports FOLDER --growth questions.jsonl]

``--gold``: judged rows of parts of the corpus, one JSON object a line with doc, section (篇… or null), start, end,
value, unit, kind (goal, result, projected), masked, indicator.
``--reports``: clean documents; ``--growth``: questions about the growth goal of each, with source and answers.
Without them only what the repository holds is measured. Prints one JSON object, writes results/goals.json.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from assistant import Document, Goal, extract_goals, extract_measures, read_documents
from assistant.language.numbers import CHINESE

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
STATUS = {"goal": "planned", "result": "achieved", "projected": "projected"}
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def rows(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def bigram_f1(first: str, second: str) -> float:
    """F1 of the character pairs of two names."""
    own = Counter(first[at : at + 2] for at in range(len(first) - 1))
    theirs = Counter(second[at : at + 2] for at in range(len(second) - 1))
    return 2 * (own & theirs).total() / max(1, own.total() + theirs.total())


def matches(goal: Goal, row: dict[str, Any]) -> bool:
    """Whether a goal overlaps a judged row and has its value, or is masked as it is."""
    overlaps = goal.source == row["doc"] and goal.original_start < row["end"] and row["start"] < goal.original_end
    return overlaps and (goal.masked if row["masked"] else goal.value == row["value"])


def judged_figures(documents: list[Document], judged: list[dict[str, Any]]) -> dict[str, float]:
    """Recall, precision and what is right of the found rows, on the parts of the corpus that are judged."""
    parts = {(row["doc"], row["section"]) for row in judged}
    goals = [
        goal
        for document in documents
        if any(
            document.source == doc and (section is None or document.title.endswith(section)) for doc, section in parts
        )
        for goal in extract_goals(document)
    ]
    found: list[tuple[dict[str, Any], Goal]] = []
    taken: set[str] = set()
    for row in judged:
        candidates = [goal for goal in goals if matches(goal, row)]
        if not candidates:
            continue
        best = max(candidates, key=lambda goal, row=row: _closeness(goal, row, taken))  # type: ignore[misc]
        taken.add(best.goal_id)
        found.append((row, best))
    right = {goal.goal_id for goal in goals if any(matches(goal, row) for row in judged)}
    return {
        "judged": len(judged),
        "extracted": len(goals),
        "recall": len(found) / len(judged),
        "precision": len(right) / len(goals),
        "precision_one_to_one": len(taken) / len(goals),
        "value_and_unit": _share(goal.unit == row["unit"] for row, goal in found),
        "status": _share(goal.status == STATUS[row["kind"]] for row, goal in found),
        "masked": _share(goal.masked == row["masked"] for row, goal in found),
        "indicator_f1": sum(bigram_f1(goal.indicator, row["indicator"]) for row, goal in found) / len(found),
    }


def _is_judged(document: Document, parts: set[tuple[str, str | None]]) -> bool:
    return any(document.source == doc and (part is None or document.title.endswith(part)) for doc, part in parts)


def _closeness(goal: Goal, row: dict[str, Any], taken: set[str]) -> tuple[bool, bool, float]:
    return (goal.goal_id not in taken, goal.unit == row["unit"], bigram_f1(goal.indicator, row["indicator"]))


def _share(truths: Any) -> float:  # noqa: ANN401 - any iterable of bools
    values = [bool(one) for one in truths]
    return sum(values) / len(values)


def invented(goals: list[Goal]) -> int:
    """Rows with a value whose number stands neither in digits nor in Chinese numerals in their words."""
    return sum(
        goal.value is not None
        and abs(goal.value) not in {float(one.replace(",", "")) for one in NUMBER.findall(goal.raw)}
        and not re.search(f"{CHINESE}|百", goal.raw)
        for goal in goals
    )


def growth_figures(goals: dict[str, list[Goal]], questions: list[dict[str, Any]]) -> dict[str, int]:
    """Of how many reports the planned growth is a row with the right value."""
    found = sum(
        any(
            goal.status == "planned"
            and goal.unit == "%"
            and goal.value == float(question["answers"][0].rstrip("%％"))
            and re.search("生产总值增|GDP增", goal.indicator)
            for goal in goals[question["source"]]
        )
        for question in questions
    )
    return {"growth_questions": len(questions), "growth_goals_right": found}


def measure_counts(documents: list[Document]) -> dict[str, dict[str, int]]:
    """How many themes, items and steps each document of the corpus has."""
    return {
        document.document_id: dict(Counter(one.kind for one in extract_measures(document, extract_goals(document))))
        for document in documents
    }


def main() -> None:
    """Run what the arguments give data for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--reports", type=Path)
    parser.add_argument("--growth", type=Path)
    arguments = parser.parse_args()
    documents = list(read_documents(CORPUS))
    figures: dict[str, Any] = {"invented": invented([goal for one in documents for goal in extract_goals(one)])}
    if arguments.gold:
        figures |= judged_figures(documents, rows(arguments.gold))
    figures["measures"] = measure_counts(documents)
    if arguments.reports:
        documents = list(read_documents(arguments.reports))
        extract_goals(documents[0])  # the dictionary is read once
    by_source: dict[str, list[Goal]] = defaultdict(list)
    begin = time.process_time()
    for document in documents:
        by_source[document.source] += extract_goals(document)
    seconds = time.process_time() - begin
    characters = sum(len(document.text) for document in documents)
    figures["million_characters_a_cpu_second"] = round(characters / seconds / 1e6, 3)
    figures["rows_of_the_timed_documents"] = sum(map(len, by_source.values()))
    if arguments.reports:
        figures["invented_in_reports"] = invented([goal for goals in by_source.values() for goal in goals])
    if arguments.growth:
        figures |= growth_figures(by_source, rows(arguments.growth))
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    print(text)
    (HERE / "results" / "goals.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
