"""Anything else: the sentences that hold most of the question. Answers what no other kind does."""

from __future__ import annotations

from assistant.answering.kinds.sentences import SentenceKind
from assistant.datamodels import Question, Sentence


def recognises(question: Question) -> bool:
    """Every question."""
    return bool(question.text)


def tells(_: Question, chosen: list[Sentence]) -> bool:
    """Words are enough."""
    return bool(chosen)


KIND = SentenceKind("fact", recognises, tells)
