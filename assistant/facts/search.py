"""Find goals and measures by words and filters: what the tables of the command line and the page show."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypedDict, TypeVar

from assistant.datamodels import DocumentFacts, Goal, GoalStatus, Measure
from assistant.language.indicator_terms import bigrams, canonical

LEAST_COVERED = 0.6
Row = TypeVar("Row", Goal, Measure)


@dataclass(frozen=True)
class RowFilters:
    """Which rows to show; None means all."""

    year: int | None = None
    """Of the row's period; of its document where the row names none."""
    place: str | None = None
    bureau: str | None = None
    source: str | None = None
    """A path below the corpus, or the beginning of one."""
    status: GoalStatus | None = None
    masked: bool | None = None
    """Of goals only: whether the number is hidden or lost."""


class RowOptions(TypedDict, total=False):
    """The fields of RowFilters, as keyword arguments."""

    year: int | None
    place: str | None
    bureau: str | None
    source: str | None
    status: GoalStatus | None
    masked: bool | None


def find_goals(goals: Sequence[Goal], facts: dict[str, DocumentFacts], words: str, filters: RowFilters) -> list[Goal]:
    """The rows that pass, those whose indicator holds most of ``words`` first; all in their order without words."""
    passing = [
        goal
        for goal in goals
        if passes(goal, facts, filters) and (filters.masked is None or goal.masked == filters.masked)
    ]
    return _ranked(passing, words, lambda goal: (goal.indicator, goal.raw, *goal.section_path))


def find_measures(
    measures: Sequence[Measure], facts: dict[str, DocumentFacts], words: str, filters: RowFilters
) -> list[Measure]:
    """The measures that pass, in their order.

    With ``words`` those that say them and the ones above; where a heading names them, also all below it.
    """
    passing = [measure for measure in measures if passes(measure, facts, filters)]
    if not words.strip():
        return passing
    found = {one.measure_id for one in _ranked(passing, words, lambda measure: (measure.heading, measure.text))}
    named = {one.measure_id for one in _ranked(passing, words, lambda measure: (measure.heading,))}
    for measure in passing:  # parents come before their children
        if measure.parent in named:
            named.add(measure.measure_id)
    kept = found | named
    parents = {measure.measure_id: measure.parent for measure in passing}
    for identifier in tuple(kept):
        while identifier := parents.get(identifier, ""):
            kept.add(identifier)
    return [measure for measure in passing if measure.measure_id in kept]


def passes(row: Goal | Measure, facts: dict[str, DocumentFacts], filters: RowFilters) -> bool:
    """Whether a row and its document pass all filters but that for masked numbers."""
    about = facts[row.document_id]
    years = [int(year) for year in re.findall(r"(?:19|20)\d\d", row.period)] or list(about.years)
    return (
        (filters.year is None or filters.year in years)
        and (filters.place is None or filters.place in about.place or filters.place in about.title)
        and (filters.bureau is None or filters.bureau in about.bureau or filters.bureau in about.title)
        and (filters.source is None or row.source.startswith(filters.source))
        and (filters.status is None or row.status == filters.status)
    )


def _ranked(rows: list[Row], words: str, told: Callable[[Row], tuple[str, ...]]) -> list[Row]:
    """Rows whose words cover enough of ``words``; more covered by a short name ranks higher, ties by order."""
    wanted = wanted_terms(words)
    if not wanted:
        return rows
    scored = []
    for rank, row in enumerate(rows):
        name, *rest = told(row)
        own = covered(wanted, canonical(name))
        everywhere = covered(wanted, " ".join(canonical(part) for part in (name, *rest)))
        if everywhere >= LEAST_COVERED:
            scored.append((-own, len(name) if own else 0, -everywhere, rank, row))
    return [row for *_, row in sorted(scored, key=lambda one: one[:4])]


def wanted_terms(words: str) -> frozenset[str]:
    """The bigrams of the words, each word by itself; a single character stands for itself."""
    parts = [canonical(part) for part in words.split()]
    return frozenset(term for part in parts for term in (bigrams(part) or {part}) if term)


def covered(wanted: frozenset[str], text: str) -> float:
    """Share of the terms that the text holds."""
    return sum(term in text for term in wanted) / len(wanted)
