"""Whether a place of a document plans, reports or expects, and of which year it speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.datamodels import Document, GoalStatus
from assistant.language.polarity import (
    ACHIEVED_HEADING,
    ACHIEVED_SENTENCE,
    COMPLETED,
    PLANNED_HEADING,
    PLANNED_SENTENCE,
    PROJECTED,
    TURN,
)
from assistant.language.titles import REPORT
from assistant.language.years import COMPARED, HALF, RELATIVE_TOLD, SPAN, THIS_YEAR, TOLD, told_years, with_digits

TELLING_LEVELS = 2
SHORT_LINE = 20


@dataclass(frozen=True)
class Stretch:
    """A part of a document with what its headings say: the status and year of what stands there."""

    status: GoalStatus
    year: int | None
    """Of what it plans or reports."""
    following: int | None
    """The year that a report looks forward to; None in a plan."""
    this_year: int | None
    """What 今年 means there."""
    headed: bool = False
    """Whether a heading says so."""


class GoalContext:
    """Answers for one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._stretches: dict[int, Stretch] = {}
        self._has_planned_heading = any(PLANNED_HEADING.search(one.heading) for one in document.sections[1:])
        self.turn: int | None = self._turning_point()

    def stretch(self, rank: int, position: int) -> Stretch:
        """The part of the document around ``position``, a place in the section ``rank``."""
        if rank not in self._stretches:
            self._stretches[rank] = self._described(rank)
        found = self._stretches[rank]
        if self.turn is not None and position >= self.turn and found.status == "achieved":
            return Stretch("planned", found.following, None, found.this_year)
        return found

    def _described(self, rank: int) -> Stretch:
        """By the outermost heading above that tells, else by the kind of document; items deep down do not tell."""
        for heading in self._document.section_path(rank)[:TELLING_LEVELS]:
            achieved = ACHIEVED_HEADING.search(heading)
            planned = PLANNED_HEADING.search(heading) or self._looks_ahead(heading)
            if achieved or planned:
                status: GoalStatus = "achieved" if achieved else "planned"
                years = told_years(heading)
                if not years and HALF.search(heading):
                    years = list(self._document.years[:1])
                return replace(self._with_year(status, years[-1] if years else None), headed=True)
        return self._with_year("planned" if self._document.kind in ("plan", "notice") else "achieved", None)

    def _looks_ahead(self, heading: str) -> bool:
        """Whether a heading names the last year of a document that looks back at an earlier one."""
        years, all_years = told_years(heading), self._document.years
        if len(all_years) < 2 or not years or years[-1] != all_years[-1]:
            return False
        others = [one.heading for one in self._document.sections[1:] if one.heading != heading]
        return any(ACHIEVED_HEADING.search(one) and told_years(one)[-1:] < years for one in others if told_years(one))

    def _with_year(self, status: GoalStatus, headed: int | None) -> Stretch:
        document = self._document
        years = document.years
        if not years:
            return Stretch(status, headed, headed + 1 if headed and status == "achieved" else None, headed)
        first, last = years[0], years[-1]
        if not self._years_are_named:
            return Stretch(status, headed, headed + 1 if headed and status == "achieved" else None, headed)
        if document.kind != "summary":
            planned, achieved, now = last, None, last
        elif REPORT.search(document.title):
            planned, achieved, now = last, last - 1, last
        elif len(years) > 1:
            planned, achieved, now = last, first, first if status == "achieved" else last
        elif self._only_planned:
            planned, achieved, now = last, last - 1, last - 1 if status == "achieved" else last
        else:
            planned, achieved, now = last + (not HALF.search(document.title)), last, last
        if status == "planned":
            return Stretch(status, headed or planned, None, now)
        return Stretch(status, headed or achieved, planned, now)

    @cached_property
    def _years_are_named(self) -> bool:
        """Whether title or headings name a year; one that only a sentence names is not what 今年 means."""
        words = with_digits("\n".join((self._document.title, *(one.heading for one in self._document.sections))))
        return any(str(year) in words for year in self._document.years)

    @cached_property
    def _only_planned(self) -> bool:
        """Whether the last year stands only in headings that plan: then what is reported is of the year before."""
        year = str(self._document.years[-1])
        if year in with_digits(self._document.title):
            return False
        headings = [one.heading for one in self._document.sections if year in one.heading]
        return bool(headings) and all(PLANNED_HEADING.search(one) for one in headings)

    def _turning_point(self) -> int | None:
        """Where a summary without headings turns to what comes: xxxx年,某市将 …"""
        if self._document.kind not in ("summary", "other") or self._has_planned_heading:
            return None
        position = 0
        for line in self._document.text.split("\n"):
            if position and (TURN.search(line) or (len(line) <= SHORT_LINE and PLANNED_HEADING.search(line))):
                return position
            position += len(line) + 1
        return None


def status_of(stretch: Stretch, sentence: str, clause: str, unit: str) -> GoalStatus:
    """The status of a quantity by ``sentence`` up to its end, by its own clause, and by what surrounds them.

    Where no heading tells, 以上 without a word of completion is a demand.
    """
    if PROJECTED.search(clause):
        return "projected"
    if unit.startswith("次/") and "了" not in clause:
        return "planned"
    if PLANNED_SENTENCE.search(sentence):
        return "planned"
    if stretch.status == "planned" and ACHIEVED_SENTENCE.search(sentence):
        return "achieved"
    if not stretch.headed and clause.endswith("以上") and not COMPLETED.search(clause):
        return "planned"
    return stretch.status


def status_in_time(stretch: Stretch, status: GoalStatus, sentence: str, period: str) -> GoalStatus:
    """The status by the year that is told: in a report 到2025年 is planned, in a plan an earlier year was achieved."""
    if not period.isdigit() or stretch.year is None or status == "projected":
        return status
    if stretch.status == status == "achieved" and int(period) > max(stretch.year, stretch.this_year or 0):
        return "planned" if re.search(rf"[到至]{period}年|{period}年[底末前]", sentence) else status
    if stretch.status == status == "planned" and int(period) < stretch.year and not PLANNED_SENTENCE.search(sentence):
        return "achieved"
    return status


def period_of(stretch: Stretch, status: GoalStatus, sentence: str) -> str:
    """The year or years that ``sentence``, up to the end of the quantity, speaks of; '' where nothing tells."""
    told = COMPARED.sub("", sentence)
    years = TOLD.findall(told)
    relative = None
    for relative in RELATIVE_TOLD.finditer(told):  # noqa: B007 - the last one counts
        pass
    if years and (relative is None or told.rfind(years[-1]) > relative.start()):
        return str(years[-1])
    if relative:
        if stretch.this_year is None:
            return relative[0]
        return str(stretch.this_year + (-1 if relative["last"] else 1 if relative["next"] else 0))
    span = SPAN.search(told)
    if span:
        return span[1] or span[2]
    year = stretch.year if status in (stretch.status, "projected") else stretch.following
    if year is not None:
        return str(year)
    return "今年" if status != "planned" and THIS_YEAR.search(told) else ""
