"""Rows that correct the number of an answer, in its document or in another."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answering.library import Library
from assistant.datamodels import Goal, RowQuery, Standing
from assistant.facts.naming import counted_name

WITHDRAWN: tuple[Standing, ...] = ("corrected", "false")
CORRECTING: tuple[Standing, ...] = (*WITHDRAWN, "correction")


def corrections_of(goals: list[Goal], library: Library) -> list[Goal]:
    """The rows that say that one of ``goals`` is corrected or false, or that tell its corrected value, in their order.

    A correction names the old value, of the same place and year, or the same thing.
    """
    told = [one for one in _takes_back(library) if one.standing in CORRECTING and one not in goals]
    return [one for one in told if any(_corrects(one, goal) for goal in goals)]


def _takes_back(library: Library) -> Iterable[Goal]:
    return library.store.rows.goals(RowQuery(standings=CORRECTING))


def _corrects(row: Goal, goal: Goal) -> bool:
    if row.unit != goal.unit or row.place != goal.place or goal.standing == "correction":
        return False
    if row.period and goal.period and row.period != goal.period:
        return False
    if row.standing in WITHDRAWN:
        return (row.value, row.upper) == (goal.value, goal.upper)
    return counted_name(row.indicator, row.unit) == counted_name(goal.indicator, goal.unit)
