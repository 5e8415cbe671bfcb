"""What a build makes of documents: passages, and rows, each with the passage that holds it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from assistant.datamodels import Document, Goal, Measure, Passage, SourceText
from assistant.documents.structure.passages import PASSAGE_CHARACTERS, passage_at, split_passages
from assistant.facts.goals import extract_goals
from assistant.facts.measures import extract_measures
from assistant.interfaces import Batch

OnFailure = Callable[[str, Exception], None]
"""Is told the source of a document that could not be taken in, and why."""


def prepare(
    documents: list[Document],
    sources: Mapping[str, SourceText],
    kept: Collection[str] = (),
    passage_characters: int = PASSAGE_CHARACTERS,
    on_failure: OnFailure | None = None,
) -> Batch:
    """The documents with their passages and rows, ready to publish; ``kept`` are sources that stay as they are.

    Where anything goes wrong with a document, its source is left out and told to ``on_failure``, which may change
    ``kept``; without that function the error is raised.
    """
    made: dict[str, tuple[list[Passage], list[Goal], list[Measure]]] = {}
    failed: set[str] = set()
    for document in documents:
        try:
            passages = split_passages(document, passage_characters)
            made[document.document_id] = (passages, *extract_records([document], passages))
        except Exception as error:
            if on_failure is None:
                raise
            if document.source not in failed:
                on_failure(document.source, error)
            failed.add(document.source)
    left = [document for document in documents if document.source not in failed]
    parts = [made[document.document_id] for document in left]
    passages = [one for of_document, _, _ in parts for one in of_document]
    goals = [one for _, of_document, _ in parts for one in of_document]
    measures = [one for _, _, of_document in parts for one in of_document]
    told = {name: source for name, source in sources.items() if name not in failed}
    return Batch(left, told, passages, goals, measures, kept)


def extract_records(documents: Iterable[Document], passages: Iterable[Passage]) -> tuple[list[Goal], list[Measure]]:
    """The goals and measures of all documents, each with the passage that holds its end or its beginning."""
    by_document: dict[str, list[Passage]] = {}
    for passage in passages:
        by_document.setdefault(passage.document_id, []).append(passage)
    goals: list[Goal] = []
    measures: list[Measure] = []
    for document in documents:
        own = by_document.get(document.document_id, [])
        found = extract_goals(document)
        goals += [replace(goal, passage_id=passage_at(own, goal.end - 1).passage_id) for goal in found]
        measures += [
            replace(measure, passage_id=passage_at(own, measure.start).passage_id)
            for measure in extract_measures(document, found)
        ]
    return goals, measures
