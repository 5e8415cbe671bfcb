"""Who: a sentence that names a person."""

from __future__ import annotations

from assistant.answering.kinds.sentences import SentenceKind
from assistant.datamodels import Question, Sentence
from assistant.language.bodies import names_a_person


def recognises(question: Question) -> bool:
    """Who does or did something."""
    return question.kind == "person"


def tells(_: Question, chosen: list[Sentence]) -> bool:
    """Whether a person is named."""
    return any(names_a_person(sentence.text) for sentence in chosen)


KIND = SentenceKind("person", recognises, tells)
