"""A number that rows of goals tell: the sentence of the row, led by its words."""

from __future__ import annotations

from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.refusals import find_refusal
from assistant.answering.evidence.row_sentences import goal_sentences
from assistant.answering.kinds.quoting import quoted_answer, sentence_span
from assistant.datamodels import Answer, Question, Refusal, Sentence

NAME = "goal"


def recognises(question: Question) -> bool:
    """A number, asked in Chinese: rows are named by their Chinese words."""
    return question.kind == "number" and not question.foreign


def collects(evidence: Evidence) -> list[Sentence] | None:
    """The sentences of the rows that the question asks for; None where no row is what is asked."""
    goals = evidence.goals(evidence.question.statuses)
    return goal_sentences(evidence.question, goals, evidence.library) if goals else None


def refuses(evidence: Evidence, found: list[Sentence]) -> Refusal | None:
    """Where the passages of the rows lack a word that narrows the question."""
    return find_refusal(evidence, found, lambda *_: True)


def composes(evidence: Evidence, found: list[Sentence]) -> Answer:
    """A line a sentence."""
    return quoted_answer(evidence, NAME, found, sentence_span)
