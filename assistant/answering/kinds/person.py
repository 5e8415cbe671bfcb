"""Who: a sentence that names a person."""

from __future__ import annotations

from assistant.answering.kinds.sentences import SentenceKind
from assistant.datamodels import Question, Sentence
from assistant.language import asking
from assistant.language.bodies import names_a_body, names_a_person


def recognises(question: Question) -> bool:
    """Who does or did something."""
    return question.kind == "person"


def tells(question: Question, chosen: list[Sentence]) -> bool:
    """Whether a person is named; of whom something is given to, or who does it, a body will do."""
    body = asking.GIVEN_TO.search(question.key)
    office = asking.OFFICE.search(question.key)
    if office and not any(office[1] in one.text for one in chosen):
        return False
    return any(names_a_person(one.text) or (body and names_a_body(one.text)) for one in chosen)


KIND = SentenceKind("person", recognises, tells)
