"""Who answers for an item, and by when: the item, and the bracket or line that says so."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.checking.citations import cite
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.refusals import find_refusal
from assistant.datamodels import Answer, Citation, Passage, Question, Quoted, Refusal, Sentence
from assistant.facts.responsible import Duty, duties_at, duties_of
from assistant.interfaces import DocumentStore
from assistant.language import asking
from assistant.language.bodies import TELLS_WHO

NAME = "responsible"
NEAR = 0.85
"""Share of the best sentence's score that one under a duty must have."""


@dataclass(frozen=True)
class Charged:
    """An item and what is said of who does it and when."""

    item: Sentence
    duty: Duty | None = None
    """None where the sentence itself names who does it, or nobody."""


def recognises(question: Question) -> bool:
    """Who leads, who answers for it; by when it is done."""
    return bool(asking.RESPONSIBLE.search(question.key) or asking.DONE_WHEN.search(question.key))


def collects(evidence: Evidence) -> Charged | None:
    """The best sentence under a duty that tells what is asked; the best of all where who is asked; else None."""
    if not evidence.chosen:
        return None
    return _charged(evidence) or (Charged(evidence.chosen[0]) if _asks_who(evidence.question) else None)


def _asks_who(question: Question) -> bool:
    return asking.RESPONSIBLE.search(question.key) is not None


def _charged(evidence: Evidence) -> Charged | None:
    question, store = evidence.question, evidence.library.store
    best = evidence.chosen[0]
    duties = duties_of(store.document(best.hit.document_id))
    for item in evidence.sentences:
        if item.score < NEAR * best.score or item.hit.document_id != best.hit.document_id:
            continue
        duty = next(iter(duties_at(duties, (item.start, item.end))), None)
        if duty is not None and (duty.bodies if _asks_who(question) else duty.due):
            return Charged(item, duty)
    return None


def refuses(evidence: Evidence, found: Charged) -> Refusal | None:
    """Where the words of the question are not there."""
    told = found.duty is not None or TELLS_WHO.search(found.item.text) is not None
    return find_refusal(evidence, [found.item], lambda *_: told)


def composes(evidence: Evidence, found: Charged) -> Answer:
    """The item, and the words of the duty where they do not end it; both in one quote where nothing lies between."""
    store, item, duty = evidence.library.store, found.item, found.duty
    passage = item.hit.passage
    if duty is None or item.start <= duty.words[0] < item.end:
        spans = [(passage, item.start, item.end)]
    else:
        spans = [(passage, item.start, item.end), (_passage_at(store, duty, passage), *duty.words)]
    citations: list[Citation] = [cite(store, *span, number) for number, span in enumerate(spans, start=1)]
    lines = tuple(Quoted(one.quote, (one.marker,)) for one in citations)
    return Answer(evidence.question.text, NAME, lines, tuple(citations))


def _passage_at(store: DocumentStore, duty: Duty, near: Passage) -> Passage:
    """The passage that holds the words of the duty."""
    return next(
        one for one in store.passages_of(near.document_id) if one.start <= duty.words[0] and duty.words[1] <= one.end
    )
