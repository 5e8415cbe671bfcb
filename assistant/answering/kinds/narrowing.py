"""A question that names or describes the documents it is about is answered from these."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answering.evidence.descriptions import described, named_documents, unknown_description
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.refusals import NEAREST
from assistant.answering.question.understanding import understand
from assistant.datamodels import Answer, Question, Refusal, Scope
from assistant.language.places import describing_places

NAME = "narrowing"


@dataclass(frozen=True)
class Narrowed:
    """The question and the scope that are left; ``unknown`` are the words that describe what the corpus has not."""

    question: Question
    scope: Scope
    unknown: str = ""


def recognises(question: Question) -> bool:
    """Every question: which documents it names, the index tells."""
    return bool(question.text)


def collects(evidence: Evidence) -> Narrowed | None:
    """The rest of the question within the documents; None where they are given."""
    question, scope, library = evidence.question, evidence.scope, evidence.library
    if scope.documents is not None:
        return None
    description = described(question, library)
    if description is not None and description.rest.strip():
        return Narrowed(understand(description.rest), replace(scope, documents=description.documents))
    if question.kind == "number" and (unknown := unknown_description(question.key)):
        return Narrowed(question, scope, unknown)
    # 茶叶县 that no document fits is a place that the corpus has nothing about.
    places = describing_places(question.key) if description is None else ()
    question = replace(question, places=(*question.places, *places))
    return Narrowed(question, replace(scope, documents=named_documents(question, library)))


def refuses(evidence: Evidence, found: Narrowed) -> Refusal | None:
    """Where the corpus has no document as the question describes it."""
    if not found.unknown:
        return None
    nearest = evidence.library.retriever.search(found.question.key, k=NEAREST, scope=found.scope)
    return Refusal("absent", found.unknown, tuple(nearest))


def composes(evidence: Evidence, found: Narrowed) -> Answer:
    """The answer to the rest."""
    answer = evidence.answer(found.question, NAME, scope=found.scope)
    return replace(answer, question=evidence.question.text)
