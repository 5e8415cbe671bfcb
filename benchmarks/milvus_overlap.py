"""The best ten through Milvus against those of the folder, without and with a filter that keeps about 2 %.

python milvus_overlap.py --index FOLDER --engine URI [--questions 60]

FOLDER is an index that scale_answers.py built. It is sent to the engine first where that does not serve it yet.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import numpy as np
from scale_answers import QUESTIONS, NoiseEncoder, resident

from assistant import Assistant, Hit, Scope, Settings
from assistant.interfaces import Found
from assistant.language.tokenization import tokenize
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.milvus import connected, published
from assistant.retrieval.publishing import publish


def main() -> None:
    """Print the mean share of the best ten that both find, by leg, and what a search costs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--engine", required=True)
    parser.add_argument("--questions", type=int, default=60)
    given = parser.parse_args()
    folder = Assistant.load(given.index, encoder=NoiseEncoder())
    index = HybridIndex.load(given.index)
    if published(connected(given.engine)) != index.generation:
        begun = time.process_time()
        publish(index, given.engine, progress=lambda done, total: print(f"{done}/{total}", end="\r"))
        print(f"sent {len(index)} passages: {time.process_time() - begun:.0f} CPU s, {resident('VmHWM')} MB at most")
    engine = Assistant.load(given.index, encoder=NoiseEncoder(), settings=Settings(engine=given.engine))
    chooser = random.Random(5)
    places = sorted({about.place for about in folder.documents().values() if about.place})
    questions = [
        QUESTIONS[number % len(QUESTIONS)].format(city=chooser.choice(places), year=2000 + number % 60, before=1999)
        for number in range(given.questions)
    ]
    everything = Scope(documents=frozenset(folder.documents()))  # named one by one, all vectors are compared
    filtered = Scope.of(place=places[0])
    for name, scope, exact in (("all", Scope(), everything), ("filtered", filtered, filtered)):
        kept = len(folder.documents(scope=scope)) / len(folder.documents())
        shares: dict[str, list[float]] = {"words": [], "vectors": [], "both": []}
        spent: list[float] = []
        both: list[tuple[Assistant, Scope]] = [(folder, exact), (engine, scope)]
        for question in questions:
            tokens, vector = tokenize(question), folder.encoder.encode_queries([question])[0]
            begun = time.perf_counter()
            found = ids(engine.search(question, k=10, scope=scope))
            spent.append(time.perf_counter() - begun)
            best = {
                "words": [numbers(part.index.search_words(tokens, 10, one)) for part, one in both],
                "vectors": [numbers(part.index.search_vectors(vector, 10, one)) for part, one in both],
                "both": [ids(folder.search(question, k=10, scope=exact)), found],
            }
            for leg, (wanted, got) in best.items():
                shares[leg].append(len(wanted & got) / max(len(wanted), 1))
        told = ", ".join(f"{leg} {np.mean(values):.3f}" for leg, values in shares.items())
        print(f"{name} ({kept:.1%} of the documents): {told}; a search {1000 * np.median(spent):.0f} ms on the clock")


def numbers(found: Found) -> set[object]:
    """Of the passages that a leg finds."""
    return {number for number, _ in found}


def ids(hits: list[Hit]) -> set[object]:
    """Of the passages that a search finds."""
    return {hit.passage.passage_id for hit in hits}


if __name__ == "__main__":
    main()
