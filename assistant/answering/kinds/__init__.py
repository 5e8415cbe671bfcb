"""The kinds of answers, one file each: what it recognises, collects, refuses and composes.

``KINDS`` are tried in order. The first that recognises the question and collects anything answers it, or refuses. A
kind that asks again (the sides of a comparison, the clauses of a question) leaves that to the kinds below it.
"""

from __future__ import annotations

from typing import Any, Protocol

from assistant.answering.evidence.evidence import Evidence
from assistant.answering.kinds import (
    about_document,
    clauses,
    comparison,
    conversing,
    date,
    fact,
    goal,
    goal_list,
    listing,
    measure,
    mentions,
    narrowing,
    number,
    numbered_term,
    organisation,
    outline,
    person,
    rank,
    responsible,
    several_documents,
    verdict,
)
from assistant.datamodels import Answer, Question, Refusal, refused


class AnswerKind(Protocol):
    """A module of this package, or its ``KIND``. ``found`` is what its own ``collects`` brought."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module has it as a constant
        """Of the kind, as ``Answer.kind`` tells it."""

    def recognises(self, question: Question, /) -> bool:
        """Whether the question may be of this kind."""

    def collects(self, evidence: Evidence, /) -> Any:  # noqa: ANN401 - each kind has its own
        """What the answer is made of; None where the question is of another kind after all."""

    def refuses(self, evidence: Evidence, found: Any, /) -> Refusal | None:  # noqa: ANN401
        """Why there is no answer, or None where there is one."""

    def composes(self, evidence: Evidence, found: Any, /) -> Answer:  # noqa: ANN401
        """The answer."""


KINDS: tuple[AnswerKind, ...] = (
    conversing, mentions, comparison, narrowing, about_document, outline, goal_list, several_documents, numbered_term,
    clauses, verdict, goal, responsible, person.KIND, rank.KIND, listing, organisation.KIND, date.KIND, number,
    measure.KIND, fact.KIND,
)  # fmt: skip


def answer(evidence: Evidence, below: str = "") -> Answer:
    """The answer of the first kind, of those below ``below``, that has one or refuses."""
    names = [kind.NAME for kind in KINDS]
    for kind in KINDS[names.index(below) + 1 if below else 0 :]:
        found = kind.collects(evidence) if kind.recognises(evidence.question) else None
        if found is not None:
            refusal = kind.refuses(evidence, found)
            return refused(evidence.question.text, refusal) if refusal else kind.composes(evidence, found)
    raise AssertionError("the last kind answers every question")
