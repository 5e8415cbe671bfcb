"""Answers to questions that nobody tuned for, beside two that need no rules.

python unseen.py --corpus seeds=../corpus --corpus cities=FOLDER [--questions unseen_questions.jsonl]

A question has the name of its corpus; those of a corpus that is not given are left out. Right: answered, a quote of a
source that tells it, and every piece (or as many as it says) in the answer or its quotes. The two others quote the
sentence of the first five passages with most bigrams of the question by weight, and the first passage whole.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant import Answer, Assistant
from assistant.answering.checking.guarantee import violations
from assistant.language.normalization import search_key
from assistant.language.sentences import split_sentences
from assistant.language.tokenization import evidence_tokens

HERE = Path(__file__).parent
VALUES = ("number", "parts", "date", "compare")
"""Kinds whose wrong answer is a wrong number."""
System = Callable[[Assistant, str], "Shown"]


@dataclass(frozen=True)
class Shown:
    """What a system says: ``state`` is answered, nearest or refused."""

    state: str
    text: str
    sources: frozenset[str]
    answer: Answer | None = None
    milliseconds: float = 0.0


def ours(assistant: Assistant, question: str) -> Shown:
    """The answer of this package; the CPU time is that beyond the encoder."""
    started = time.process_time()
    answer = assistant.ask(question)
    spent = 1000 * (time.process_time() - started)
    quotes = "\n".join(one.quote for one in answer.citations)
    sources = frozenset(one.source for one in answer.citations)
    state = getattr(answer, "state", "answered" if answer.answered else "refused")
    return Shown(state, f"{answer.text}\n{quotes}", sources, answer, spent)


def best_sentence(assistant: Assistant, question: str) -> Shown:
    """The sentence of the first five passages that holds most bigrams of the question, by weight."""
    wanted = evidence_tokens(search_key(question))
    weights, best = assistant.library.weights, (-1.0, "", "")
    for hit in assistant.search(question, k=5):
        for text, _, _ in split_sentences(hit.passage.text):
            best = max(best, (weights.coverage(wanted, set(evidence_tokens(text))), text, hit.passage.source))
    return Shown("answered", best[1], frozenset({best[2]}))


def first_passage(assistant: Assistant, question: str) -> Shown:
    """The first passage, whole."""
    (hit,) = assistant.search(question, k=1)
    return Shown("answered", hit.passage.text, frozenset({hit.passage.source}))


SYSTEMS: dict[str, System] = {"ours": ours, "best sentence": best_sentence, "first passage": first_passage}


def tells(record: dict[str, Any], shown: Shown) -> bool:
    """Whether all pieces that a right answer must show are there, from a source that tells them."""
    told = _squeezed(shown.text)
    if record["kind"] == "documents":  # which documents, whatever sentence is quoted of them
        least = int(record["need"]) if record["need"].isdigit() else len(record["sources"])
        return len(shown.sources & set(record["sources"])) >= min(len(record["sources"]), least)
    held = [_squeezed(piece) in told for piece in record["must"]]
    need = len(held) if record["need"] in ("all", "any") else int(record["need"])
    return sum(held) >= need and bool(shown.sources & set(record["sources"]))


def _squeezed(text: str) -> str:
    return re.sub(r"[\s,，。、“”\"]", "", search_key(text))


def outcome(record: dict[str, Any], shown: Shown) -> str:
    """right, refused, nearest (shown as such, and holding the answer or not), wrong; of the absent refused is right."""
    if not record["answerable"]:
        return {"refused": "right", "nearest": "nearest of absent"}.get(shown.state, "answered absent")
    if shown.state == "refused":
        return "refused"
    if tells(record, shown):
        return "right" if shown.state == "answered" else "nearest right"
    if shown.state == "nearest":
        return "nearest wrong"
    return "wrong number" if record["kind"] in VALUES else "wrong"


def figures(outcomes: list[tuple[dict[str, Any], str]]) -> dict[str, Any]:
    """Shares of the answerable and of the absent questions."""
    told = [what for record, what in outcomes if record["answerable"]]
    absent = [what for record, what in outcomes if not record["answerable"]]
    return {
        "answerable": len(told),
        "right": share(told, "right", "nearest right"),
        "of these as nearest": share(told, "nearest right"),
        "wrong number": share(told, "wrong number"),
        "wrong": share(told, "wrong", "nearest wrong"),
        "refused although told": share(told, "refused"),
        "absent": len(absent),
        "absent refused": share(absent, "right"),
        "absent as nearest": share(absent, "nearest of absent"),
    }


def share(outcomes: list[str], *names: str) -> float:
    """The share of the outcomes that have one of the names."""
    return round(sum(one in names for one in outcomes) / max(1, len(outcomes)), 3)


def main() -> None:
    """Ask, judge, print the figures of each system, whole and by kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, default=HERE / "unseen_questions.jsonl")
    parser.add_argument("--corpus", action="append", default=[], help="NAME=FOLDER", type=lambda one: one.split("=", 1))
    parser.add_argument("--index", type=Path, help="folder to keep the indexes in")
    parser.add_argument("--system", action="append", choices=list(SYSTEMS))
    parser.add_argument("--answers", type=Path, help="write every answer with its outcome here")
    options = parser.parse_args()
    records = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.index or Path(temporary)
        libraries = {name: Assistant.build(Path(corpus), folder / name) for name, corpus in options.corpus}
        asked = [record for record in records if record["corpus"] in libraries]
        for name in options.system or SYSTEMS:
            report(name, asked, libraries, options.answers)


def report(name: str, records: list[dict[str, Any]], libraries: dict[str, Assistant], answers: Path | None) -> None:
    """Ask one system all questions and print its figures."""
    outcomes, spent, unsound, lines = [], [], 0, []
    for record in records:
        assistant = libraries[record["corpus"]]
        shown = SYSTEMS[name](assistant, record["question"])
        outcomes.append((record, outcome(record, shown)))
        spent.append(shown.milliseconds)
        unsound += shown.answer is not None and bool(violations(shown.answer, assistant.store))
        lines.append({**record, "outcome": outcomes[-1][1], "state": shown.state, "shown": shown.text})
    print(name, json.dumps(figures(outcomes)))
    if name != "ours":
        return
    print("  answers that break the guarantee:", unsound, " p95 ms with the encoder:", round(np.percentile(spent, 95)))
    for field in ("kind", "style", "corpus"):
        by_field = defaultdict(list)
        for record, what in outcomes:
            by_field[record[field]].append((record, what))
        for value, some in sorted(by_field.items()):
            kept = {key: part for key, part in figures(some).items() if part}
            print(f"  {value:<16}", json.dumps(kept))
    if answers:
        answers.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
