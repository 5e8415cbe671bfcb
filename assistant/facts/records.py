"""What a build makes of documents: passages, and rows, each with the passage that holds it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from assistant.datamodels import Document, Goal, Measure, Passage, SourceText
from assistant.documents.structure.passages import PASSAGE_CHARACTERS, split_passages
from assistant.facts.goals import extract_goals
from assistant.facts.measures import extract_measures
from assistant.interfaces import Batch


def prepare(
    documents: list[Document],
    sources: Mapping[str, SourceText],
    kept: Collection[str] = (),
    passage_characters: int = PASSAGE_CHARACTERS,
) -> Batch:
    """The documents with their passages and rows, ready to publish; ``kept`` are sources that stay as they are."""
    passages = [passage for document in documents for passage in split_passages(document, passage_characters)]
    goals, measures = extract_records(documents, passages)
    return Batch(documents, sources, passages, goals, measures, kept)


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
        goals += [replace(goal, passage_id=_passage_id(own, goal.end - 1)) for goal in found]
        measures += [
            replace(measure, passage_id=_passage_id(own, measure.start))
            for measure in extract_measures(document, found)
        ]
    return goals, measures


def _passage_id(passages: list[Passage], position: int) -> str:
    return next(one.passage_id for one in passages if one.start <= position < one.end)
