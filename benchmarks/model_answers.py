"""Right and wrong sentences of language models over quotes: what the check of facts shows of them.

python model_answers.py --corpus FOLDER [--corpus FOLDER] [--index FOLDER] SENTENCES.jsonl [SENTENCES.jsonl]

A line of the file is a question with ``quotes`` (marker, source, document_id, quote, start, end) of documents in the
folders and ``sentences`` (text, marks, label right or wrong, kind). A sentence is shown as a fact (its numbers were
found in its quotes), as a summary, or not. One without marks is right where it says that nothing is told.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from assistant import Assistant, DocumentStore
from assistant.answering.checking.citations import cite
from assistant.answering.checking.written import judge
from assistant.answering.writing.drafts import sentences_of
from assistant.datamodels import Citation
from assistant.language.frames import NOT_TOLD


def cited(quote: dict[str, Any], store: DocumentStore) -> Citation | None:
    """The quote as a citation; None where the index has it no more."""
    try:
        text = store.document(quote["document_id"]).text
    except KeyError:
        return None
    places = [found.start() for found in re.finditer(re.escape(quote["quote"]), text)]
    start = min(places, key=lambda one: abs(one - quote["start"]), default=-1)
    end = start + len(quote["quote"])
    for passage in store.passages_of(quote["document_id"]) if places else ():
        if passage.start <= start and end <= passage.end:
            return cite(store, passage, start, end, quote["marker"])
    return None


def shown_as(sentence: dict[str, Any], quotes: dict[int, Citation], store: DocumentStore) -> str:
    """fact, gist, failed, or untold."""
    drafted = sentences_of(sentence["text"])
    parts = [part for one in drafted for part in one.parts]
    if not sentence["marks"]:
        return "untold" if NOT_TOLD.search(sentence["text"]) else "failed"
    every = [quotes[mark] for mark in sentence["marks"]]
    own = [(words, [quotes[mark] for mark in marks if mark in quotes] or every) for words, marks in parts]
    return judge(own, store).kind


def main() -> None:
    """Judge every sentence and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentences", type=Path, nargs="+")
    parser.add_argument("--corpus", type=Path, action="append", required=True)
    parser.add_argument("--index", type=Path, help="folder to keep the index in")
    parser.add_argument("--failures", action="store_true", help="print right sentences that fail and wrong ones shown")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        library = Assistant.build(options.corpus, options.index or Path(temporary))
        for path in options.sentences:
            report(path, library.store, failures=options.failures)


def report(path: Path, store: DocumentStore, *, failures: bool) -> None:
    """Print what is shown of the sentences of one file."""
    outcomes: Counter[tuple[str, str, str]] = Counter()
    lost, spent = 0, 0.0
    for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        quotes = {one["marker"]: found for one in record["quotes"] if (found := cited(one, store))}
        for sentence in record["sentences"]:
            if not set(sentence["marks"]) <= set(quotes):
                lost += 1
                continue
            started = time.process_time()
            what = shown_as(sentence, quotes, store)
            spent += time.process_time() - started
            outcomes[sentence["label"], sentence["kind"], what] += 1
            if failures and (what == "failed") is (sentence["label"] == "right"):
                print(f"  {sentence['label']} {sentence['kind']} {what}: {sentence['text']}")
    right, wrong = (sum(n for (label, _, _), n in outcomes.items() if label == one) for one in ("right", "wrong"))
    seen = sum(n for (label, _, what), n in outcomes.items() if label == "right" and what != "failed")
    facts = sum(n for (label, _, what), n in outcomes.items() if (label, what) == ("wrong", "fact"))
    gists = Counter({what: n for (_, kind, what), n in outcomes.items() if kind == "gist_unsupported"})
    print(f"{path.name}: right shown {seen / max(1, right):.3f} of {right};", end=" ")
    print(f"wrong facts shown as checked {facts} of {wrong};")
    print(f"  unsupported summaries shown {gists.total() - gists['failed']} of {gists.total()};", end=" ")
    print(f"quotes no longer there {lost}; CPU ms a sentence {1000 * spent / max(1, right + wrong):.0f}")
    for kind in sorted({(label, kind) for label, kind, _ in outcomes}):
        print("   ", *kind, {what: n for (*one, what), n in sorted(outcomes.items()) if tuple(one) == kind})


if __name__ == "__main__":
    main()
