"""Sentences that words chose and that the rows in them do not speak against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answering.evidence.fitting import is_of_time
from assistant.answering.evidence.row_sentences import led
from assistant.answering.evidence.rows import in_place, is_asked, named_share, thing_share
from assistant.answering.library import Library
from assistant.datamodels import Goal, Question, Scope, Sentence
from assistant.language.asking import ASKED_CHARACTER
from assistant.language.synonyms import canonical
from assistant.language.years import months_of, parts_of_year, period_years


def supported_by_rows(
    question: Question, sentences: Iterable[Sentence], library: Library, scope: Scope
) -> list[Sentence]:
    """Of sentences that words chose those that may answer a number, each led by the one row of it that fits, where
    others about the same thing do not.

    Left out are headings, and sentences whose rows are about another thing than the one asked, which a row of the
    document names, or of another year, status, place or kind, or not stated. Where no row names the thing, because
    the question uses words of its own, one that fits is enough. A sentence without rows is not judged.
    """
    if question.kind != "number" or question.foreign:
        return list(sentences)
    of_documents: dict[str, NamedRows] = {}
    supported = []
    for sentence in sentences:
        document_id = sentence.hit.document_id
        if sentence.heading:
            continue
        if document_id not in of_documents:
            of_documents[document_id] = _named_rows(question, document_id, library, scope)
        named = of_documents[document_id]
        rows = [(one, share) for one, share in named.rows if sentence.start < one.end <= sentence.end]
        if counts_as_asked(question, sentence.text, [one for one, _ in rows], library):
            supported.append(sentence)
            continue
        related = [one for one, share in rows if share and (share >= named.most or question.parts > 1)]
        asked = related if named.thing else [one for one, _ in rows]
        fitting = [one for one in asked if one.claimed and row_fits(question, one, library, scope)]
        if rows and not fitting:
            continue
        if fitting and _is_beside_the_whole(question, fitting, named, library, scope):
            continue
        others = len(asked) if question.years else len(related)
        supported.append(led(sentence, fitting[0]) if len(fitting) == 1 < others else sentence)
    return supported


@dataclass(frozen=True)
class NamedRows:
    """The rows of a document with how far the question names each, how far it names the one that fits best, and
    whether any counts the thing asked.
    """

    rows: list[tuple[Goal, float]]
    most: float
    thing: bool


def _named_rows(question: Question, document_id: str, library: Library, scope: Scope) -> NamedRows:
    rows = [(one, named_share(one, question)) for one in library.rows_of(document_id)]
    fitting = (share for one, share in rows if share and row_fits(question, one, library, scope))
    return NamedRows(rows, max(fitting, default=0.0), any(thing_share(one, question) for one, _ in rows))


def counts_as_asked(question: Question, text: str, rows: Sequence[Goal], library: Library) -> bool:
    """Whether a number has the measure word that is asked, where no list has that word and so no row the number.

    The other rows of the sentence must be of the years, statuses and place that are asked: 开行200列、增长5%.
    """
    if question.unit or not has_asked_character(question, text):
        return False
    facts = library.store.facts
    return any(
        one.claimed
        and is_of_time(question, one, facts[one.document_id], question.statuses)
        and in_place(question, one, library)
        for one in rows
    )


def has_asked_character(question: Question, text: str) -> bool:
    """Whether a number stands before the character behind 多少, be it a measure word of no list: 多少颗."""
    asked = ASKED_CHARACTER.search(question.key)
    return asked is not None and re.search(rf"\d[\d.,]*[万亿余多]*{re.escape(asked[1])}", text) is not None


def _is_beside_the_whole(
    question: Question, fitting: list[Goal], named: NamedRows, library: Library, scope: Scope
) -> bool:
    """Whether rows are all of parts of a year, no part is asked, and the document tells the whole of one of them."""
    if parts_of_year(question.key) or not all(months_of(one.part_of_period) for one in fitting):
        return False
    names = {canonical(one.indicator) for one in fitting}
    return any(
        canonical(one.indicator) in names
        and not months_of(one.part_of_period)
        and row_fits(question, one, library, scope)
        for one, _ in named.rows
    )


def row_fits(question: Question, goal: Goal, library: Library, scope: Scope) -> bool:
    """Whether a row is of the year, place, status and kind that is asked, whatever its standing."""
    about = library.store.facts[goal.document_id]
    passes = scope.passes(goal.document_id, about, period_years(goal.period))
    return passes and is_asked(question, goal, question.statuses, library)
