"""Which company, unit or team."""

from __future__ import annotations

from assistant.answering.kinds.sentences import SentenceKind
from assistant.datamodels import Question, Sentence
from assistant.language import asking
from assistant.language.bodies import ORGANISATION


def recognises(question: Question) -> bool:
    """Which organisation."""
    return bool(asking.ORGANISATION.search(question.key))


def tells(_: Question, chosen: list[Sentence]) -> bool:
    """Whether an organisation is named."""
    return any(ORGANISATION.search(sentence.text) for sentence in chosen)


KIND = SentenceKind("organisation", recognises, tells)
