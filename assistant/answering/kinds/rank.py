"""Which place in a ranking."""

from __future__ import annotations

from assistant.answering.kinds.sentences import SentenceKind
from assistant.datamodels import Question, Sentence
from assistant.language.bodies import RANKED


def recognises(question: Question) -> bool:
    """The how-manieth."""
    return question.kind == "rank"


def tells(_: Question, chosen: list[Sentence]) -> bool:
    """Whether a rank stands there."""
    return any(RANKED.search(sentence.text) for sentence in chosen)


KIND = SentenceKind("rank", recognises, tells)
