"""What several documents tell of one thing, where a question names none of them: of each, under its title."""

from __future__ import annotations

from itertools import islice

from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.rows import telling_documents
from assistant.answering.evidence.topics import topic_sentences
from assistant.answering.kinds.joining import under_title
from assistant.answering.kinds.quoting import paragraph_span, quoted_answer, sentence_span
from assistant.datamodels import Answer, Citation, Line, Notice, Question, Refusal, Scope, Sentence
from assistant.language.asking import EVERYWHERE, ONE_DOCUMENT

NAME = "several documents"
MOST_CHOICES = 4
MOST_DOCUMENTS = 8
LONGEST_PARAGRAPH = 400
Told = list[Answer] | Refusal


def recognises(question: Question) -> bool:
    """No year, no place, no words that mean one document; or words that mean all of them."""
    named = question.years or question.places or question.foreign or ONE_DOCUMENT.search(question.key)
    several = question.kind in ("number", "measure") or not question.words
    return (not named and several) or _is_everywhere(question)


def _is_everywhere(question: Question) -> bool:
    return not question.places and EVERYWHERE.search(question.key) is not None


def collects(evidence: Evidence) -> Told | None:
    """The answers of two documents or more; a question without words of its own is asked back with some to choose."""
    question, facts = evidence.question, evidence.library.store.facts
    if (evidence.scope != Scope() and not _is_everywhere(question)) or len(facts) < 2:
        return None
    if not question.words:
        titles = "、".join(f"《{one.title}》" for one in islice(facts.values(), MOST_CHOICES))
        return Refusal("vague", f"{titles}等 {len(facts)} 篇")
    told = _rows(evidence) if question.kind == "number" else []
    if len(told) < 2 and (question.kind == "measure" or _is_everywhere(question)):
        quoted = (_quoted(evidence, one) for one in topic_sentences(evidence)[:MOST_DOCUMENTS])
        told = [one for one in quoted if one.citations]  # none where the quote does not hold
    return told if len(told) > 1 else None


def _rows(evidence: Evidence) -> list[Answer]:
    """The answers of documents with a row that is named as the question names it."""
    telling = islice(telling_documents(evidence.question, evidence.library), MOST_CHOICES)
    scopes = (Scope(documents=frozenset({name})) for name in telling)
    answers = [evidence.answer(evidence.question, NAME, scope=scope) for scope in scopes]
    return [one for one in answers if one.kind == "goal"]


def _quoted(evidence: Evidence, sentence: Sentence) -> Answer:
    """What one document says of the topic: of measures the paragraph, where it is not long."""
    start, end = paragraph_span(evidence.question, sentence)
    whole = evidence.question.kind == "measure" and end - start <= LONGEST_PARAGRAPH
    return quoted_answer(evidence, NAME, [sentence], paragraph_span if whole else sentence_span)


def refuses(_: Evidence, found: Told) -> Refusal | None:
    """Where the question says nothing of what it is about."""
    return found if isinstance(found, Refusal) else None


def composes(evidence: Evidence, found: Told) -> Answer:
    """The lines of each document below its title, then what is to be said about them."""
    lines: list[Line] = []
    citations: list[Citation] = []
    answers = found if isinstance(found, list) else []
    notices: dict[Line, None] = {Notice("definition"): None} if any(one.kind == "goal" for one in answers) else {}
    for answer in answers:
        own, quotes = under_title(answer, citations, evidence.library.store.facts)
        lines += own
        notices |= {one: None for one in answer.lines if isinstance(one, Notice)}
        citations += quotes
    return Answer(evidence.question.text, NAME, (*lines, *notices), tuple(citations))
