"""Answers of a language model, recorded, through the whole path: what is shown of them, and what the checks cost.

python written_answers.py --corpus seeds=../corpus --corpus cities=FOLDER [--index FOLDER]

``written_answers.jsonl`` holds for each question that unseen_questions.jsonl asks of told things an answer written by
hand over the numbered sentences that a model gets, blind to the checks; each sentence names its quotes by digest. The
model that speaks them finds their marks in what it is given; where a quote was not given, or nothing is told, it says
that the passages do not tell.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
from unseen import Shown, figures, outcome

from assistant import Assistant
from assistant.answering.checking.guarantee import violations
from assistant.language.normalization import search_key

HERE = Path(__file__).parent
NOT_TOLD = "原文没有写明。"
NUMBERED = re.compile(r"^\[(\d+)\] (.*?)(?:\((?:表中|注意):.*)?$", re.MULTILINE)


def digest(quote: str) -> str:
    """Names a quote without holding it."""
    return hashlib.sha256(re.sub(r"\s", "", search_key(quote)).encode()).hexdigest()[:12]


class Recorded:
    """A model that answers from a record."""

    def __init__(self, sentences: list[dict[str, Any]]) -> None:
        self._sentences = sentences
        self.asked = False

    def stream(self, messages: list[dict[str, str]]) -> Generator[str, None, None]:
        """The recorded sentences with the marks that their quotes have in the message."""
        self.asked = True
        marks = {digest(quote): mark for mark, quote in NUMBERED.findall(messages[-1]["content"])}
        told = [one for one in self._sentences if all(quote in marks for quote in one["quotes"])]
        for one in told:
            yield one["text"].rstrip("。") + "".join(f"[{marks[quote]}]" for quote in one["quotes"]) + "。"
        if not any(one["quotes"] for one in told):
            yield NOT_TOLD


def main() -> None:
    """Ask, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", action="append", default=[], help="NAME=FOLDER", type=lambda one: one.split("=", 1))
    parser.add_argument("--index", type=Path, help="folder to keep the indexes in")
    parser.add_argument("--answers", type=Path, help="write every answer with its outcome here")
    options = parser.parse_args()
    records = [json.loads(line) for line in (HERE / "unseen_questions.jsonl").read_text(encoding="utf-8").splitlines()]
    lines = (HERE / "written_answers.jsonl").read_text(encoding="utf-8").splitlines()
    recorded = {one["id"]: one["sentences"] for one in map(json.loads, lines)}
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.index or Path(temporary)
        libraries = {name: Assistant.build(Path(corpus), folder / name) for name, corpus in options.corpus}
        asked = [record for record in records if record["corpus"] in libraries]
        report(asked, recorded, libraries, options.answers)


def report(
    records: list[dict[str, Any]],
    recorded: dict[str, list[dict[str, Any]]],
    libraries: dict[str, Assistant],
    answers: Path | None,
) -> None:
    """Ask each question without and with its record, and print what came of it."""
    outcomes, spent, shown, told = [], [], Counter[str](), []
    for record in records:
        library = libraries[record["corpus"]]
        model = Recorded(recorded.get(record["id"], []))
        started = time.process_time()
        library.ask(record["question"])
        alone = time.process_time() - started
        with_model = Assistant(library.index, library.store, library.encoder, model=model)
        started = time.process_time()
        answer = with_model.ask(record["question"])
        spent += [1000 * (time.process_time() - started - alone)] if model.asked else []
        quotes = "\n".join(one.quote for one in answer.citations)
        sources = frozenset(one.source for one in answer.citations)
        what = outcome(record, Shown(answer.state, f"{answer.text}\n{quotes}", sources, answer))
        outcomes.append((record, what))
        shown["asked"] += model.asked
        shown["written"] += answer.generated
        shown["with sentences left out"] += "未显示" in answer.text
        shown["all left out"] += "都与原文不符" in answer.notice
        shown["break the guarantee"] += bool(violations(answer, library.store))
        told.append({**record, "outcome": what, "shown": answer.text, "notice": answer.notice})
    print(json.dumps(figures(outcomes)))
    print(
        json.dumps(shown), "CPU ms that the model's part adds, median and p95:", np.percentile(spent, (50, 95)).round()
    )
    if answers:
        answers.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told), encoding="utf-8")


if __name__ == "__main__":
    main()
