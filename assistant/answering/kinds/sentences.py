"""Answers that are sentences: the functions of the kinds that differ only in what they recognise and must be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.refusals import Tells, without_number
from assistant.answering.kinds.quoting import Span, quoted_answer, sentence_span
from assistant.datamodels import Answer, Question, Refusal, Sentence


@dataclass(frozen=True)
class SentenceKind:
    """A kind of answer that quotes the sentences which hold most of the question."""

    NAME: str
    asks: Callable[[Question], bool]
    tells: Tells
    span: Span = sentence_span
    """What of a sentence's passage is quoted."""

    def recognises(self, question: Question) -> bool:
        """Whether the question asks for this kind of thing."""
        return self.asks(question)

    def collects(self, evidence: Evidence) -> list[Sentence]:
        """The sentences that hold most of the question; of a number, those that its rows do not speak against."""
        return evidence.chosen

    def refuses(self, evidence: Evidence, found: list[Sentence]) -> Refusal | None:
        """Where the words of the question are not there, or not the kind of thing that is asked."""
        return without_number(evidence, found, self.tells)

    def composes(self, evidence: Evidence, found: list[Sentence]) -> Answer:
        """A line a sentence."""
        return quoted_answer(evidence, self.NAME, found, self.span)
