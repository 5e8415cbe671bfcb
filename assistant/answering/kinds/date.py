"""When: a sentence that tells a day or a year; of a document's issue, its lines with a date."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answering.evidence.evidence import Evidence
from assistant.answering.kinds.sentences import SentenceKind
from assistant.datamodels import Answer, Question, Sentence
from assistant.interfaces import DocumentStore
from assistant.language import asking
from assistant.language.sentences import split_sentences
from assistant.language.years import DATE, IMPRINT_LINE

LONGEST_DATE_LINE = 40


def recognises(question: Question) -> bool:
    """When something happens or happened."""
    return question.kind == "date"


def tells(_: Question, chosen: list[Sentence]) -> bool:
    """Whether a date stands there."""
    return any(DATE.search(sentence.text) for sentence in chosen)


def _issue_lines(best: Sentence, store: DocumentStore) -> list[Sentence]:
    """The short lines of the document with a date: signature and imprint, which may each have lost a part of it."""
    return [
        replace(best, hit=replace(best.hit, passage=passage), text=text, start=start, end=end, lead="", named=True)
        for passage in store.passages_of(best.hit.document_id)
        for text, start, end in split_sentences(passage.text, passage.start)
        if len(text) <= LONGEST_DATE_LINE and IMPRINT_LINE.search(text)
    ]


@dataclass(frozen=True)
class DateKind(SentenceKind):
    """A kind whose lines are those of signature and imprint, where the day of issue is asked."""

    def composes(self, evidence: Evidence, found: list[Sentence]) -> Answer:
        """A line a sentence."""
        issued = asking.ISSUED.search(evidence.question.key)
        lines = _issue_lines(found[0], evidence.library.store) if issued else []
        return super().composes(evidence, lines or found)


KIND = DateKind("date", recognises, tells)
