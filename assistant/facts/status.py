"""Whether a number is planned, reported or expected: by its clause, its sentence, its headings, its year."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.datamodels import GoalStatus
from assistant.facts.context import Stretch
from assistant.facts.period import KEPT_SENTENCES
from assistant.facts.said import Said
from assistant.language.polarity import (
    ACHIEVED_SENTENCE,
    AIM_BEHIND,
    AIMS,
    COMPLETED,
    DONE_AFTER_PLAN,
    PLANNED_SENTENCE,
    PROJECTED,
)


def status_of(stretch: Stretch, said: Said, raw: str, unit: str) -> GoalStatus:
    """The status of a number by the words before it, of which the last counts, and by what surrounds them.

    ``raw`` are the words of its row. An aim that opens a list counts for all of it: 目标是:…;…. Where no heading
    tells, 以上 without a word of completion is a demand.
    """
    if PROJECTED.search(raw):
        return "projected"
    if AIM_BEHIND.match(said.sentence, said.end) or (unit.startswith("次/") and "了" not in raw):
        return "planned"
    planned, achieved, done = (_last(places, said.end) for places in _markers(said.sentence))
    if stretch.status == "achieved":
        achieved = max(achieved, done)
    aimed = planned == achieved == -1 and AIMS.search(said.list_before) is not None
    demanded = not stretch.headed and raw.endswith("以上") and not COMPLETED.search(raw)
    if planned > achieved or aimed:
        return "planned"
    if achieved >= 0:
        return "achieved"
    return "planned" if demanded else stretch.status


@lru_cache(maxsize=KEPT_SENTENCES)
def _markers(sentence: str) -> tuple[tuple[int, ...], ...]:
    """Where a sentence has words of a plan, of a result, and of what became of a plan."""
    patterns = (PLANNED_SENTENCE, ACHIEVED_SENTENCE, DONE_AFTER_PLAN)
    return tuple(tuple(found.start() for found in pattern.finditer(sentence)) for pattern in patterns)


def _last(places: tuple[int, ...], end: int) -> int:
    """The last of the places before ``end``; -1 where none is."""
    return max((place for place in places if place < end), default=-1)


def status_in_time(stretch: Stretch, status: GoalStatus, told: str, period: str) -> GoalStatus:
    """The status by the year that is told: in a report 到2025年 is planned, in a plan an earlier year was achieved."""
    if not period.isdigit() or stretch.year is None or status == "projected":
        return status
    if stretch.status == status == "achieved" and int(period) > max(stretch.year, stretch.this_year or 0):
        return "planned" if re.search(rf"[到至]{period}年|{period}年[底末前]", told) else status
    if stretch.status == status == "planned" and int(period) < stretch.year and not PLANNED_SENTENCE.search(told):
        return "achieved"
    return status
