"""What is no question of the documents' content: a greeting, what the assistant can do, which documents there are."""

from __future__ import annotations

from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.examples import example_questions
from assistant.answering.question.understanding import understand
from assistant.datamodels import Answer, Help, Question, Refusal
from assistant.language import asking
from assistant.language.normalization import search_key

NAME = "help"
EXAMPLES = 3


def recognises(question: Question) -> bool:
    """A greeting, a wish for a text, a question for the documents themselves."""
    key = search_key(question.text)
    return bool(asking.NOT_A_QUESTION.search(key) or asking.LISTS_DOCUMENTS.search(key))


def collects(evidence: Evidence) -> list[Help]:
    """The titles in scope where they are asked for; else who answers, with questions that have an answer."""
    store = evidence.library.store
    if asking.LISTS_DOCUMENTS.search(search_key(evidence.question.text)):
        shown = (one for name, one in store.facts.items() if evidence.scope.passes(name, one))
        return [Help("documents", tuple(one.called for one in shown))]
    examples = tuple(example_questions(store, lambda asked: evidence.answer(understand(asked), NAME), EXAMPLES))
    return [Help("greeting", (str(len(store.facts)),)), *([Help("examples", examples)] if examples else [])]


def refuses(_: Evidence, __: list[Help]) -> Refusal | None:
    """Never."""
    return None


def composes(evidence: Evidence, found: list[Help]) -> Answer:
    """The lines as they are."""
    return Answer(evidence.question.text, NAME, tuple(found))
