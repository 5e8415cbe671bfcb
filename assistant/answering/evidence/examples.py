"""Example questions made from the corpus itself, each one checked to be answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.datamodels import Answer, Document
from assistant.interfaces import DocumentStore
from assistant.language.titles import LISTED

MOST = 4
INDICATOR = re.compile(
    r"(?:^|[。；;,，、.])(?:力争|全市|全县|全区|实现)?([\u4e00-\u9fff]{4,12}?)(?:达到|增长到|提高到|突破)\d"
)


def example_questions(store: DocumentStore, ask: Callable[[str], Answer], most: int = MOST) -> list[str]:
    """At most ``most`` questions that ``ask`` answers from the documents, one a document, those of a place first."""
    named_first = sorted(store.facts, key=lambda document_id: not store.facts[document_id].place)
    examples: list[str] = []
    for document_id in named_first:
        question = next(_candidates(store.document(document_id)), None)
        if question and question not in examples and ask(question).answered:
            examples.append(question)
        if len(examples) == most:
            break
    return examples


def _candidates(document: Document) -> Iterator[str]:
    """Questions about a number, then about a list of items, of a document that names its year or place."""
    year = f"{document.years[-1]}年" if document.years else ""
    if not document.place and not year:
        return
    for match in INDICATOR.finditer(document.text):
        yield f"{document.place}{year}{match[1]}的目标是多少?"
    for rank, section in enumerate(document.sections):
        words = LISTED.search(section.heading)
        if words and sum(part.parent == rank for part in document.sections) > 1:
            yield f"{document.place}{year}的{words[0]}有哪些?"
