"""A number that several documents tell and a question that names none of them: what each tells, under its title."""

from __future__ import annotations

from itertools import islice

from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.rows import telling_documents
from assistant.answering.kinds.joining import behind
from assistant.datamodels import Answer, Citation, Heading, Line, Notice, Question, Refusal, Scope, Stated
from assistant.language.asking import ONE_DOCUMENT

NAME = "several documents"
MOST_CHOICES = 4
Told = list[Answer] | Refusal


def recognises(question: Question) -> bool:
    """No year, no place, no words that mean one document."""
    named = question.years or question.places or question.foreign
    return not named and not ONE_DOCUMENT.search(question.key) and (question.kind == "number" or not question.words)


def collects(evidence: Evidence) -> Told | None:
    """The answers of two documents or more; a question without words of its own is asked back with some to choose."""
    question, facts = evidence.question, evidence.library.store.facts
    if evidence.scope != Scope() or len(facts) < 2:
        return None
    if not question.words:
        titles = "、".join(f"《{one.title}》" for one in islice(facts.values(), MOST_CHOICES))
        return Refusal("vague", f"{titles}等 {len(facts)} 篇")
    telling = islice(telling_documents(question, evidence.library), MOST_CHOICES)
    answers = [evidence.answer(question, NAME, scope=Scope(documents=frozenset({name}))) for name in telling]
    told = [one for one in answers if one.kind == "goal"]
    return told if len(told) > 1 else None


def refuses(_: Evidence, found: Told) -> Refusal | None:
    """Where the question says nothing of what it is about."""
    return found if isinstance(found, Refusal) else None


def composes(evidence: Evidence, found: Told) -> Answer:
    """The lines of each document below its title, then what is to be said about them."""
    lines: list[Line] = []
    citations: list[Citation] = []
    notices: dict[Line, None] = {Notice("definition"): None}
    for answer in found if isinstance(found, list) else ():
        own, quotes = behind(answer, citations)
        first = answer.citations[0]
        title = evidence.library.store.facts[first.document_id].title
        lines += [Heading(title or first.source, first.document_id), *(one for one in own if isinstance(one, Stated))]
        notices |= {one: None for one in own if isinstance(one, Notice)}
        citations += quotes
    return Answer(evidence.question.text, NAME, (*lines, *notices), tuple(citations))
