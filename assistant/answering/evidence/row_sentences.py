"""The sentences of rows as evidence, each led by the words of its row, with what is to be said about them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from assistant.answering.evidence.corrections import corrections_of
from assistant.answering.evidence.rows import MOST_ROWS
from assistant.answering.library import Library
from assistant.datamodels import Goal, Hit, NoticeKind, Question, Sentence
from assistant.documents.structure.tables import BAR
from assistant.facts.naming import counted_characters
from assistant.facts.pairing import find_contradictions
from assistant.language.grants import GIVES
from assistant.language.normalization import fold_width
from assistant.language.polarity import EXCEPTS
from assistant.language.tokenization import evidence_tokens

SAME_INDICATOR = ("masked here, told there", "two values")
CELLS = re.compile(rf"\s{{0,3}}{BAR.pattern}\s{{0,3}}")
LOST = 0.3
"""Share of the characters of a name that the words of its row may lack."""


def goal_sentences(question: Question, goals: list[Goal], library: Library) -> list[Sentence]:
    """The sentences of rows, and of those that contradict them, as evidence."""
    corrections = corrections_of(goals, library)
    others = [] if corrections else _contradicting(goals, library)
    notice = _notice(goals, others, corrections, library)
    by_sentence: dict[tuple[str, ...], list[Goal]] = defaultdict(list)
    for goal in (*corrections, *goals, *others):
        by_sentence[(goal.passage_id, goal.text, *((goal.goal_id,) if goal.heads else ()))].append(goal)
    return [_sentence(question, rows, library, notice) for rows in by_sentence.values()]


def _notice(goals: list[Goal], others: list[Goal], corrections: list[Goal], library: Library) -> NoticeKind | None:
    """What is to be said about the rows."""
    if corrections or any(goal.standing == "correction" for goal in goals):
        return "correction"
    if others:
        return "contradiction"
    if any(goal.masked for goal in goals):
        return "masked"
    return "draft" if any(library.store.facts[goal.document_id].draft for goal in goals) else None


def _contradicting(goals: list[Goal], library: Library) -> list[Goal]:
    """Rows of the same document that say otherwise."""
    of_document = library.rows_of(goals[0].document_id) if goals else []
    found = [one for one in find_contradictions(of_document) if one.reason in SAME_INDICATOR]
    sides = [side for one in found if one.first in goals or one.second in goals for side in (one.first, one.second)]
    return [goal for goal in dict.fromkeys(sides) if goal not in goals][: MOST_ROWS - 1]


def _carries(words: str, goal: Goal, library: Library) -> bool:
    """Whether words tell all that their row says: what it counts, its part of a year, its place, how it stands."""
    place = library.store.facts[goal.document_id].place
    name = counted_characters(goal.indicator, goal.unit)
    return (
        goal.standing == "stated"
        and (not goal.part_of_period or goal.part_of_period in words)
        and (goal.place == place or goal.place in words)
        and (not GIVES.search(words) or len(name.difference(words)) <= LOST * len(name))
        and not EXCEPTS.search(goal.text.replace(words, ""))
    )


def _sentence(question: Question, goals: list[Goal], library: Library, notice: NoticeKind | None) -> Sentence:
    """The sentence of some rows, led by their words; the words alone where their passage begins inside the sentence."""
    first = goals[0]
    passage = library.store.passage_by_id(first.passage_id)
    begin = max(passage.start, min(goal.start for goal in goals))
    end = max(goal.end for goal in goals)
    words = passage.text[begin - passage.start : end - passage.start]
    if not first.heads and not all(_carries(words, goal, library) for goal in goals):
        words = first.text
    at = passage.text.find(first.text, max(0, first.end - passage.start - len(first.text)))
    start, text = (passage.start + at, first.text) if at >= 0 else (begin, words)
    covered = frozenset(question.tokens).intersection(evidence_tokens(text))
    hit = Hit(1, 1.0, None, None, passage)
    sentence = Sentence(
        hit, text, start, start + len(text), score=1.0, covered=covered, lead=words, named=True, notice=notice
    )
    return led(sentence, first) if first.heads else sentence


def _words(goal: Goal) -> str:
    """The words of a row; of a row of a table those of its cell."""
    return CELLS.split(goal.raw)[-1] if goal.heads else goal.raw


def led(sentence: Sentence, goal: Goal) -> Sentence:
    """The sentence led by the words of one of its rows."""
    words = _words(goal)
    unit = goal.unit if goal.heads and goal.unit not in fold_width(words) else ""
    return replace(sentence, lead=words, heads=goal.heads, unit=unit)
