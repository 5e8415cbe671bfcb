"""What is done, how and why: the paragraph that says so."""

from __future__ import annotations

from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.refusals import without_number
from assistant.answering.kinds.quoting import paragraph_span, quoted_answer
from assistant.datamodels import Answer, Question, Refusal, Sentence

NAME = "measure"


def recognises(question: Question) -> bool:
    """What is done, how, why."""
    return question.kind == "measure"


def collects(evidence: Evidence) -> list[Sentence]:
    """The sentences that hold most of the question."""
    return evidence.chosen


def refuses(evidence: Evidence, found: list[Sentence]) -> Refusal | None:
    """Where the words of the question are not there, or not the kind of thing that is asked."""
    return without_number(evidence, found, tells)


def composes(evidence: Evidence, found: list[Sentence]) -> Answer:
    """A line a sentence."""
    return quoted_answer(evidence, NAME, found, paragraph_span)


def tells(_: Question, chosen: list[Sentence]) -> bool:
    """Words are enough."""
    return bool(chosen)
