"""Example questions made from the rows of the corpus itself, each checked to be answered by what it was made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.datamodels import Answer, DocumentFacts, Goal, Measure, RowQuery, Scope
from assistant.interfaces import DocumentStore

MOST = 4
TRIED = 12
"""Questions of each document and kind that are tried."""
LOOKED_AT = 100
"""Documents that are looked through."""
NAME = re.compile(r"[\u4e00-\u9fff]{4,12}")
STEPS = 3
"""Items that a theme has at least, and its answer too."""
Check = Callable[[Answer], bool]


def example_questions(store: DocumentStore, ask: Callable[[str], Answer], most: int = MOST) -> list[str]:
    """At most ``most`` questions that ``ask`` answers well, of goals and measures in turn, those of a place first."""
    dated = [name for name, about in store.facts.items() if about.years]
    named = sorted(dated, key=lambda name: not store.facts[name].place)[:LOOKED_AT]
    kinds = (_of_goals, _of_measures)
    found: list[list[str]] = [[], []]
    for questions, kind in zip(found, kinds, strict=True):
        telling = named
        while telling and len(questions) < most:  # one of each document, then another of those that had one
            telling = [one for one in telling if _adds(questions, most, kind(store, one), ask)]
    turns = [one for both in zip(*(each + [""] * most for each in found), strict=False) for one in both if one]
    return turns[:most]


def _adds(
    questions: list[str], most: int, candidates: Iterator[tuple[str, Check]], ask: Callable[[str], Answer]
) -> bool:
    """Whether one more question was found where there is room for it; it is added."""
    question = _first(candidates, ask, questions) if len(questions) < most else ""
    questions += [question] if question else []
    return bool(question)


def _first(candidates: Iterator[tuple[str, Check]], ask: Callable[[str], Answer], known: list[str]) -> str:
    """The first new question whose answer passes its check; '' where none of those tried does."""
    tried = (one for one, _ in zip(candidates, range(TRIED), strict=False))
    return next((question for question, is_good in tried if question not in known and is_good(ask(question))), "")


def _of_goals(store: DocumentStore, document_id: str) -> Iterator[tuple[str, Check]]:
    """How much is planned of an indicator, answered by the words of its row."""
    about = store.facts[document_id]
    query = RowQuery(Scope(documents=frozenset({document_id})), statuses=frozenset({"planned"}), masked=False)
    for goal in sorted(store.rows.goals(query), key=lambda one: not one.comparator):  # 达到…以上 is a goal beyond doubt
        whole = goal.claimed and not (goal.part_of or goal.part_of_period or goal.heads or "/" in goal.unit)
        if whole and goal.value is not None and NAME.fullmatch(goal.indicator) and _is_year(goal.period):
            yield f"{goal.place or about.place}{goal.period}年{goal.indicator}的目标是多少?", _quotes(goal)


def _of_measures(store: DocumentStore, document_id: str) -> Iterator[tuple[str, Check]]:
    """What is done about a theme that has several items, answered by as many lines of its document."""
    measures = store.rows.measures(RowQuery(Scope(documents=frozenset({document_id}))))
    for theme in measures:
        items = [one for one in measures if one.parent == theme.measure_id]
        if len(items) >= STEPS and NAME.fullmatch(theme.heading):
            yield f"{_said(store.facts[document_id], theme)}{theme.heading}有哪些措施?", _lists(document_id)


def _said(about: DocumentFacts, theme: Measure) -> str:
    year = theme.period if _is_year(theme.period) else str(about.years[-1])
    return f"{theme.place or about.place}{year}年"


def _is_year(period: str) -> bool:
    return period.isdecimal() and len(period) == 4


def _quotes(goal: Goal) -> Check:
    return lambda answer: (
        answer.answered
        and any(
            one.document_id == goal.document_id and one.start <= goal.start and goal.end <= one.end
            for one in answer.citations[:1]
        )
    )


def _lists(document_id: str) -> Check:
    return lambda answer: (
        answer.answered
        and len(answer.lines) >= STEPS
        and all(one.document_id == document_id for one in answer.citations)
    )
