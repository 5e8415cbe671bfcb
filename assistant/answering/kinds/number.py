"""A number that no row tells: the sentence that names the thing and holds a number in the unit asked for."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.refusals import find_refusal, row_refusal
from assistant.answering.evidence.sentences import lead
from assistant.answering.evidence.values import has_value, telling_clauses
from assistant.answering.kinds.quoting import quoted_answer, sentence_span
from assistant.datamodels import Answer, Question, Refusal, Sentence
from assistant.language.polarity import SHARE_OF
from assistant.language.synonyms import canonical
from assistant.language.tokenization import evidence_tokens

NAME = "number"
LEAST_THING = 0.5
MOST_OF_ALL = 0.7
"""Or so much of all that the question says."""


@dataclass(frozen=True)
class Told:
    """The sentences that may tell the number, and why they do not."""

    sentences: list[Sentence]
    refusal: Refusal | None


def recognises(question: Question) -> bool:
    """How many, how much."""
    return question.kind == "number"


def collects(evidence: Evidence) -> Told:
    """The sentences that hold most of the question; where they tell no number, the clause that tells most of it."""
    told = Told(evidence.chosen, find_refusal(evidence, evidence.chosen, tells))
    if told.refusal and told.refusal.reason == "absent" and (clause := telling_clauses(evidence)):
        return Told(clause, find_refusal(evidence, clause, tells))
    return told


def refuses(evidence: Evidence, found: Told) -> Refusal | None:
    """Where the number is not there, told by a row of another status or year where one has it."""
    return found.refusal and (row_refusal(evidence) or found.refusal)


def composes(evidence: Evidence, found: Told) -> Answer:
    """A line a sentence."""
    return quoted_answer(evidence, NAME, found.sentences, sentence_span)


def tells(question: Question, chosen: list[Sentence]) -> bool:
    """Whether a number that is asked for is there, in the unit that is asked for."""
    for sentence in chosen:
        words = lead(question, sentence.text)
        if has_value(question, words) and not _is_share(question, words) and _names_thing(question, sentence.text):
            return True
    return False


def _names_thing(question: Question, text: str) -> bool:
    """Whether the text names the thing that is counted, or most of its characters where it is longer than two."""
    told, characters = canonical(text), set("".join(question.thing))
    if not question.thing or not question.thing.isdisjoint(evidence_tokens(told)):
        return True
    if len(characters) > 2 and len(characters & set(told)) >= LEAST_THING * len(characters):
        return True
    return sum(one in told for one in question.characters) >= MOST_OF_ALL * len(question.characters)


def _is_share(question: Question, words: str) -> bool:
    """Whether the number is a share of what is asked for (占GDP2.3%), not the thing itself."""
    shared = SHARE_OF.search(words)
    return bool(shared and question.words and question.words[-1] in shared[1].lower() and "占" not in question.key)
