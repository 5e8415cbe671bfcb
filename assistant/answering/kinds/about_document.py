"""Questions about a document itself: its number, the day and the body of its issue, who spoke it; from its edges."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from assistant.answering.evidence.asked_document import asked_document
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.refusals import NEAREST
from assistant.answering.kinds.quoting import quoted_answer, sentence_span
from assistant.datamodels import Answer, Document, Hit, Question, Refusal, Sentence
from assistant.interfaces import DocumentStore
from assistant.language import asking
from assistant.language.places import BODY_LINE
from assistant.language.sentences import split_lines
from assistant.language.titles import DAMAGED_NUMBER, NUMBER, SPEAKER_LINE
from assistant.language.years import DAY, IMPRINT_LINE

NAME = "about document"
HEAD_LINES, TAIL_LINES = 10, 12
LONGEST_LINE = 60
LONGEST_DATE_LINE = 40


def recognises(question: Question) -> bool:
    """Its number, its issue, its speaker."""
    key = question.key
    return _asks_speaker(key) or any(one.search(key) for one in (asking.ABOUT_NUMBER, asking.ABOUT_ISSUE))


def _asks_speaker(key: str) -> bool:
    return bool(asking.HEAD_OF_PLACE.search(key) or (asking.ABOUT_SPEAKER.search(key) and asking.REPORTED.search(key)))


def collects(evidence: Evidence) -> list[Sentence] | None:
    """The lines at the edges of the document that tell it; a number that another text tells of it; None for others."""
    document = asked_document(evidence)
    found = _edges(document, evidence) if document else []
    key = evidence.question.key
    if not found and asking.ABOUT_NUMBER.search(key):
        found = [one for one in evidence.sentences if NUMBER.search(one.text)][:1]
    speaks = document is not None and (asking.ABOUT_NUMBER.search(key) or asking.REPORTED.search(key))
    return found if found or speaks else None


def _edges(document: Document, evidence: Evidence) -> list[Sentence]:
    key = evidence.question.key
    every = _lines(document, evidence.library.store)
    edges = every if len(every) <= HEAD_LINES + TAIL_LINES else [*every[:HEAD_LINES], *every[-TAIL_LINES:]]
    lines = [one for one in edges if len(one.text) <= LONGEST_LINE]
    wanted: list[Sentence] = []
    if asking.ABOUT_NUMBER.search(key):
        numbers = (one for pattern in (NUMBER, DAMAGED_NUMBER) for one in lines if pattern.search(one.text))
        wanted += islice(numbers, 1)
    if not asking.ABOUT_NUMBER.search(key) or asking.DATE.search(key):
        wanted += [one for one in lines if DAY.search(one.text)]
        wanted += [one for one in every if len(one.text) <= LONGEST_DATE_LINE and IMPRINT_LINE.search(one.text)]
    if _asks_speaker(key):
        wanted += [one for one in lines if SPEAKER_LINE.search(one.text)]
    elif asking.ISSUER.search(key):
        wanted += [one for one in lines if BODY_LINE.search(one.text)]
    return sorted(dict.fromkeys(wanted), key=lambda one: one.start)


def _lines(document: Document, store: DocumentStore) -> list[Sentence]:
    """The lines of a document."""
    return [
        Sentence(Hit(1, 1.0, None, None, passage), line, start, end, score=1.0, named=True)
        for passage in store.passages_of(document.document_id)
        for line, start, end in split_lines(passage.text, passage.start)
    ]


def refuses(evidence: Evidence, found: list[Sentence]) -> Refusal | None:
    """Where the document that is named does not tell."""
    return None if found else Refusal("absent", "", tuple(evidence.found[:NEAREST]))


def composes(evidence: Evidence, found: list[Sentence]) -> Answer:
    """The lines as they stand there."""
    other = replace(evidence, question=replace(evidence.question, years=()))
    return replace(quoted_answer(other, NAME, found, sentence_span), question=evidence.question.text)
