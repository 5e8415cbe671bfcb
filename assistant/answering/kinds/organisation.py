"""Which company, unit or team."""

from __future__ import annotations

from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.refusals import without_number
from assistant.answering.kinds.quoting import quoted_answer, sentence_span
from assistant.datamodels import Answer, Question, Refusal, Sentence
from assistant.language import asking
from assistant.language.bodies import ORGANISATION

NAME = "organisation"


def recognises(question: Question) -> bool:
    """Which organisation."""
    return bool(asking.ORGANISATION.search(question.key))


def collects(evidence: Evidence) -> list[Sentence]:
    """The sentences that hold most of the question."""
    return evidence.chosen


def refuses(evidence: Evidence, found: list[Sentence]) -> Refusal | None:
    """Where the words of the question are not there, or not the kind of thing that is asked."""
    return without_number(evidence, found, tells)


def composes(evidence: Evidence, found: list[Sentence]) -> Answer:
    """A line a sentence."""
    return quoted_answer(evidence, NAME, found, sentence_span)


def tells(_: Question, chosen: list[Sentence]) -> bool:
    """Whether an organisation is named."""
    return any(ORGANISATION.search(sentence.text) for sentence in chosen)
