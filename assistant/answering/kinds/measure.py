"""What is done, how and why: the paragraph that says so."""

from __future__ import annotations

from assistant.answering.kinds.quoting import paragraph_span
from assistant.answering.kinds.sentences import SentenceKind
from assistant.datamodels import Question, Sentence


def recognises(question: Question) -> bool:
    """What is done, how, why."""
    return question.kind == "measure"


def tells(_: Question, chosen: list[Sentence]) -> bool:
    """Words are enough."""
    return bool(chosen)


KIND = SentenceKind("measure", recognises, tells, paragraph_span)
