"""Find goals and measures by words and filters: what the tables of the command line and the page show."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from assistant.datamodels import Goal, Measure, RowQuery
from assistant.interfaces import RowStore
from assistant.language.synonyms import bigrams, canonical

LEAST_COVERED = 0.6
Row = TypeVar("Row", Goal, Measure)


def find_goals(rows: RowStore, words: str, query: RowQuery) -> list[Goal]:
    """The rows of the query, those whose indicator holds most of ``words`` first; all in their order without words."""
    return _ranked(list(rows.goals(query)), words, lambda goal: (goal.indicator, goal.raw, *goal.section_path))


def find_measures(rows: RowStore, words: str, query: RowQuery) -> list[Measure]:
    """The measures of the query, in their order.

    With ``words`` those that say them and the ones above; where a heading names them, also all below it.
    """
    passing = list(rows.measures(query))
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
