"""Whether a place of a document plans, reports or expects, and of which year it speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.datamodels import Document, GoalStatus
from assistant.language.marks import FIRST_MARK, mark_length
from assistant.language.polarity import (
    ACHIEVED_HEADING,
    AIM_SENTENCE,
    ONLY_BACK,
    OPEN_HEADING,
    PLANNED_HEADING,
    REVIEW_HEADING,
    TURN,
)
from assistant.language.titles import REPORT
from assistant.language.years import DAY_LINE, FIVE_YEAR_PLAN, HALF, PART, told_years, with_digits

TELLING_LEVELS = 2
SHORT_LINE = 20
LONGEST_HEADLINE = 30
ENDS_SENTENCE = re.compile(r"[。；;，,：:|]")


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
    span: str = ""
    """The five years, 十五五, of a heading that names no single year."""
    part: str = ""
    """The part of a year that a heading, or the title of a report, names."""


class GoalContext:
    """Answers for one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._stretches: dict[int, Stretch] = {}
        self._has_planned_heading = any(PLANNED_HEADING.search(one.heading) for one in document.sections[1:])
        self._aims = self._aiming_point()
        self.turn: int | None = None if self._has_planned_heading else self._turning_point()
        """Where a summary without headings of a plan turns to what comes."""

    def stretch(self, rank: int, position: int) -> Stretch:
        """The part of the document around ``position``, a place in the section ``rank``."""
        if rank not in self._stretches:
            self._stretches[rank] = self._described(rank)
        found = self._stretches[rank]
        if found.status == "achieved" and self._is_ahead(rank, position):
            return Stretch("planned", found.following, None, found.this_year)
        if found.status == "achieved" and self._aims is not None:
            return replace(found, headed=True)  # a report that says its aims has told before what was done
        return found

    def _is_ahead(self, rank: int, position: int) -> bool:
        """Whether a summary has turned to what comes, and no heading since then looks back."""
        turn = self._aims if self.turn is None else self.turn
        if turn is None or position < turn:
            return False
        section: int | None = rank
        while section is not None and (one := self._document.sections[section]).start >= turn:
            if REVIEW_HEADING.search(one.heading):
                return False
            section = one.parent
        return True

    def _described(self, rank: int) -> Stretch:
        """By the outermost heading above that tells, else by the kind of document; items deep down do not tell."""
        title_part = PART.search(self._document.title)
        for heading in (*self._headline(rank), *self._document.section_path(rank)[:TELLING_LEVELS]):
            achieved = ACHIEVED_HEADING.search(heading)
            if achieved or PLANNED_HEADING.search(heading) or self._is_open(heading) or self._looks_ahead(heading):
                return self._headed("achieved" if achieved else "planned", heading)
        plain = self._with_year("planned" if self._document.kind in ("plan", "notice") else "achieved", None)
        return replace(plain, part=title_part[0]) if title_part and plain.status == "achieved" else plain

    def _is_open(self, heading: str) -> bool:
        """Whether 重点工作 heads a plan: not of an earlier year, nor in a summary, unless another heading plans."""
        years = told_years(heading)
        if years and self._document.years and years[-1] < self._document.years[-1]:
            return False
        return bool(OPEN_HEADING.search(heading)) and (self._document.kind != "summary" or not self._looks_back_alone)

    @cached_property
    def _looks_back_alone(self) -> bool:
        """Whether a summary's title names one thing that was done and none to come."""
        title = self._document.title
        return bool(ONLY_BACK.search(title)) and not PLANNED_HEADING.search(title)

    def _headed(self, status: GoalStatus, heading: str) -> Stretch:
        """What a heading that tells the status says of the time, too."""
        years, plan = told_years(heading), FIVE_YEAR_PLAN.search(heading)
        if not years and HALF.search(heading):
            years = list(self._document.years[:1])
        part = PART.search(heading) or (PART.search(self._document.title) if status == "achieved" else None)
        return replace(
            self._with_year(status, years[-1] if years else None),
            headed=True,
            span=f"十{plan[1] or plan[2]}五" if plan and not years else "",
            part=part[0] if part else "",
        )

    def _looks_ahead(self, heading: str) -> bool:
        """Whether a heading names the year that a report looks forward to."""
        years = told_years(heading)
        if not years or not self._years_are_named:
            return False
        reported = self._with_year("achieved", None)
        if self._document.kind == "summary" and reported.year is not None:
            return years[-1] == reported.following and years[-1] > reported.year
        others = [one.heading for one in self._document.sections[1:] if one.heading != heading]
        earlier = any(
            ACHIEVED_HEADING.search(one) and told_years(one)[-1:] < years for one in others if told_years(one)
        )
        return earlier and years[-1] == self._document.years[-1]

    def _headline(self, rank: int) -> tuple[str, ...]:
        """The short line with a year and without a mark below which a list that the section belongs to begins anew."""
        document = self._document
        while (above := document.sections[rank].parent) not in (0, None):
            rank = above
        start = document.sections[rank].start
        began = next((one.start for one in document.sections if one.level == 1), start)
        lines = [(position, words) for position, words in self._headlines if began < position < start]
        if not lines:
            return ()
        position, words = lines[-1]
        first = next(one for one in document.sections if one.start > position)
        return (words,) if FIRST_MARK.match(first.heading) else ()

    @cached_property
    def _headlines(self) -> list[tuple[int, str]]:
        """Lines inside the text that name a year as a heading does, but bear no mark."""
        found, position = [], 0
        for line in self._document.text.split("\n"):
            words = line.strip()
            bare = len(words) <= LONGEST_HEADLINE and not mark_length(words) and not ENDS_SENTENCE.search(words)
            if position and bare and told_years(words) and not DAY_LINE.fullmatch(words):
                found.append((position, words))
            position += len(line) + 1
        return found

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
        """Where a summary turns to what comes: a line (xxxx年,某市将 …), or the sentence of what is aimed at."""
        if not self._is_summary:
            return None
        position = 0
        for line in self._document.text.split("\n"):
            if position and (TURN.search(line) or (len(line) <= SHORT_LINE and PLANNED_HEADING.search(line))):
                return position if self._aims is None else min(position, self._aims)
            position += len(line) + 1
        return self._aims

    def _aiming_point(self) -> int | None:
        """Where a summary says what is aimed at."""
        found = AIM_SENTENCE.search(self._document.text) if self._is_summary else None
        return found.start() if found else None

    @property
    def _is_summary(self) -> bool:
        return self._document.kind in ("summary", "other")
