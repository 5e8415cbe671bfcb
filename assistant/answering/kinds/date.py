"""When: a sentence that tells a day or a year."""

from __future__ import annotations

from assistant.answering.kinds.sentences import SentenceKind
from assistant.datamodels import Question, Sentence
from assistant.language.years import DATE


def recognises(question: Question) -> bool:
    """When something happens or happened."""
    return question.kind == "date"


def tells(_: Question, chosen: list[Sentence]) -> bool:
    """Whether a date stands there."""
    return any(DATE.search(sentence.text) for sentence in chosen)


KIND = SentenceKind("date", recognises, tells)
