"""What a language model gets to read: the sentences of the best passages, numbered, and the rules for answering."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from assistant.answering.checking.citations import cite, repeats
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.sentences import sentences_in
from assistant.answering.library import Library
from assistant.datamodels import Answer, Citation, Goal, Hit
from assistant.interfaces import Messages
from assistant.language.frames import UNCLAIMED, WRITING
from assistant.language.standing import ADDRESSES

MOST_ITEMS = 60


def material(evidence: Evidence, answer: Answer, most_characters: int) -> list[Citation]:
    """The sentences of the passages behind the answer, then of those that the search found, numbered from 1.

    Headings and what gives orders to its reader are left out. No more than ``most_characters`` of quotes.
    """
    items: list[Citation] = []
    for hit in _hits(evidence, answer):
        for sentence in sentences_in(hit):
            if sentence.heading or ADDRESSES.search(sentence.text):
                continue
            citation = cite(evidence.library.store, hit.passage, sentence.start, sentence.end, len(items) + 1)
            if len(items) == MOST_ITEMS or sum(len(one.quote) for one in (*items, citation)) > most_characters:
                return items
            if not repeats(citation, items):
                items.append(citation)
    return items


def _hits(evidence: Evidence, answer: Answer) -> Iterator[Hit]:
    """Each passage once: those that the answer quotes, those nearest to a refusal, those found."""
    store = evidence.library.store
    cited = (Hit(1, 0.0, None, None, store.passage_by_id(one.passage_id)) for one in answer.citations)
    nearest = answer.refusal.nearest if answer.refusal else ()
    seen: set[str] = set()
    for hit in (*cited, *nearest, *evidence.hits):
        if hit.passage.passage_id not in seen:
            seen.add(hit.passage.passage_id)
            yield hit


def messages(question: str, items: list[Citation], library: Library) -> Messages:
    """What the model is told: the rules, the numbered sentences under their documents and headings, the question."""
    blocks = []
    for (_, path), group in groupby(items, key=lambda one: (one.document_id, one.section_path)):
        quotes = list(group)
        blocks.append("\n".join([_head(quotes[0], path), *(_line(one, library) for one in quotes)]))
    return [
        {"role": "system", "content": WRITING},
        {"role": "user", "content": "原文:\n\n" + "\n\n".join(blocks) + f"\n\n问题:{question}"},
    ]


def _head(citation: Citation, path: tuple[str, ...]) -> str:
    """Title, place, years and headings over some sentences."""
    about = "、".join((*([citation.place] if citation.place else []), *(f"{year}年" for year in citation.years)))
    return " › ".join((f"《{citation.title or citation.source}》" + (f"({about})" if about else ""), *path))


def _line(citation: Citation, library: Library) -> str:
    """A numbered sentence; the numbers of a row of a table under their heads, and what the document takes back."""
    rows = [row for row in library.rows_of(citation.document_id) if citation.start < row.end <= citation.end]
    cells = "；".join(_cell(row) for row in rows if row.heads)
    taken = "、".join(dict.fromkeys(UNCLAIMED[row.standing] for row in rows if row.standing in UNCLAIMED))
    return (
        f"[{citation.marker}] {citation.quote}{f'(表中:{cells})' if cells else ''}{f'(注意:{taken})' if taken else ''}"
    )


def _cell(row: Goal) -> str:
    unit = "" if row.unit in row.raw else row.unit
    return f"{'·'.join(row.heads)}:{row.raw}{unit}"
