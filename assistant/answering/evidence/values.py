"""The clause that tells the number asked for: with the clauses before it, it holds most of what the question says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.answering.evidence.conflicts import conflict
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.fitting import counts_the_same
from assistant.answering.evidence.sentences import scope_tokens
from assistant.answering.evidence.supporting import counts_as_asked, has_asked_character, row_fits
from assistant.answering.library import Library
from assistant.datamodels import Goal, Question, Sentence
from assistant.facts.naming import counted_characters
from assistant.language.normalization import search_key
from assistant.language.sentences import CLAUSE, DAMAGED
from assistant.language.synonyms import canonical
from assistant.language.tokenization import evidence_tokens
from assistant.language.units import COUNTED_VALUE, MASKED_VALUE, VALUE, dimension
from assistant.language.weights import TermWeights

LEAST_TOLD = 0.33
"""Share of the question that a clause must tell, half by itself, half with the clauses before it."""
CLEARLY_BETTER = 0.05
"""By how much a clause of another year or status may tell more of the question than the one that answers."""
WHOLE_NAME, SHORTEST = 0.95, 3
LOST_CHARACTERS = 0.25
"""Share of the characters of an indicator that the question says whole which the answer may lack."""
LEAST_NAMED = 0.5
"""Share of the characters of what a row counts that the question must hold."""
DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Candidate:
    """A clause with a number in the unit asked for, how much of the question it tells, and whether its rows fit."""

    sentence: Sentence
    told: float
    fits: bool


def telling_clauses(evidence: Evidence) -> list[Sentence]:
    """The sentence whose clause tells most of the question, led by it; [] where one that does not fit tells more."""
    question, library = evidence.question, evidence.library
    sentences = [one for one in evidence.sentences if not one.heading and not DAMAGED.search(one.text)]
    if question.foreign or not sentences:
        return []
    indicator = frozenset(known_indicator(question, library))
    found = [one for sentence in sentences for one in _candidates(evidence, sentence, indicator)]
    best = max((one for one in found if one.fits), key=lambda one: one.told, default=None)
    most = max((one.told for one in found), default=0.0)
    return [replace(best.sentence, named=True)] if best and best.told >= max(LEAST_TOLD, most - CLEARLY_BETTER) else []


def _candidates(evidence: Evidence, sentence: Sentence, indicator: frozenset[str]) -> Iterator[Candidate]:
    """The clauses that may count what is asked; of an indicator that the question says whole, only its own."""
    question, library = evidence.question, evidence.library
    asked, rows = _asked(question, sentence, library), library.rows_of(sentence.hit.document_id)
    for clause in CLAUSE.finditer(sentence.text):
        if not has_value(question, clause[0]) or _is_said(question, clause[0]):
            continue
        until = sentence.text[: clause.end()]
        lost = indicator.difference(canonical(search_key(until)))
        own = [one for one in rows if clause.start() < one.end - sentence.start <= clause.end()]
        same = [one for one in own if counts_the_same(question, one) and _is_named(question, one)]
        counted = counts_as_asked(question, clause[0], own, library)
        if len(lost) > LOST_CHARACTERS * len(indicator) or (own and not same and not counted):
            continue
        led = replace(sentence, lead=clause[0].rstrip(",，;；。"))
        row = any(one.claimed and row_fits(question, one, library, evidence.scope) for one in same)
        told = (asked.share(clause[0], library.weights) + asked.share(until, library.weights)) / 2
        yield Candidate(led, told, (row or counted or not own) and not conflict(question, led))


def _is_named(question: Question, goal: Goal) -> bool:
    """Whether the question holds most of the characters of what a row counts."""
    name = counted_characters(goal.indicator, goal.unit)
    return len(name.intersection(canonical(question.key))) >= LEAST_NAMED * len(name)


def _is_said(question: Question, words: str) -> bool:
    """Whether the question itself says all the numbers."""
    return set(DIGITS.findall(words)) <= set(DIGITS.findall(question.key))


def known_indicator(question: Question, library: Library) -> str:
    """The longest name of rows of the index that the question says whole; '' where it says none."""
    key = canonical(question.key)
    named = library.store.rows.named(question.indicator_tokens, WHOLE_NAME)
    return max((one for one in named if len(one) >= SHORTEST and one in key), key=len, default="")


def _asked(question: Question, sentence: Sentence, library: Library) -> Asked:
    about = library.store.facts[sentence.hit.document_id]
    names = scope_tokens(question, about)
    named = set("".join((about.title, about.place, *question.places)))
    tokens = tuple(one for one in question.asked_tokens if one not in names)
    return Asked(tokens, tuple(one for one in question.characters if one not in named))


@dataclass(frozen=True)
class Asked:
    """What a question says beside the name of a document."""

    tokens: tuple[str, ...]
    characters: tuple[str, ...]

    def share(self, text: str, weights: TermWeights) -> float:
        """The mean of the shares of its words and of its characters that a text tells, by weight."""
        key = search_key(text)
        held = {*evidence_tokens(key), *evidence_tokens(canonical(key))}
        words = weights.coverage(self.tokens, held) if self.tokens else 1.0
        return (words + (weights.coverage(self.characters, set(key)) if self.characters else 1.0)) / 2


def has_value(question: Question, words: str) -> bool:
    """Whether a number stands there, in the unit that is asked for, be it masked or lost."""
    if not VALUE.search(words) and not MASKED_VALUE.search(words):
        return has_asked_character(question, words)
    return not question.unit or any(
        one == question.unit or (number and dimension(one) == dimension(question.unit))
        for number, one in COUNTED_VALUE.findall(words)
    )
