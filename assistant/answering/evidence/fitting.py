"""Whether a row is of the year, status, unit, part and kind of number that a question asks for."""

from __future__ import annotations

import re

from assistant.datamodels import DocumentFacts, Goal, GoalStatus, Question
from assistant.facts.tables import SEAM
from assistant.language import asking, years
from assistant.language.polarity import GROWTH_AT_END, NEW, RISES_OR_FALLS, SHARE, SPEAKS_OF_PLAN, TOTAL
from assistant.language.synonyms import canonical
from assistant.language.tables import WHOLE
from assistant.language.titles import told_years
from assistant.language.tokenization import evidence_tokens
from assistant.language.units import dimension
from assistant.language.years import SPAN, months_of, parts_of_year, period_years

FIVE_YEARS = re.compile(years.FIVE_YEARS)
ORDER: dict[GoalStatus, int] = {"planned": 0, "achieved": 1, "projected": 2}
LONGEST_CHANGE = 4
"""Characters at the end of an indicator that say that it grows."""
LONGEST_TOLD = 16
"""And at the end of the words of a row."""


def fits(question: Question, goal: Goal, about: DocumentFacts, statuses: frozenset[GoalStatus]) -> bool:
    """Whether a row is of the years, qualifiers, unit and status that are asked, and counts what is asked for."""
    words = _words(goal)
    several = question.parts > 1 or question.each
    return (
        is_of_time(question, goal, about, statuses)
        and (several or all(word in words or asking.OCCASION.fullmatch(word) for word in question.qualifiers))
        and _all_parts_are_named(question, goal)
        and counts_the_same(question, goal)
    )


def is_of_time(question: Question, goal: Goal, about: DocumentFacts, statuses: frozenset[GoalStatus]) -> bool:
    """Whether a row is of the years, the part of a year and the status that are asked."""
    return (
        _is_of_years(question, goal, about)
        and _is_of_part(question, goal)
        and (goal.status in statuses or (not goal.heads and about.kind != "plan" and _may_be_done(goal, statuses)))
    )


def _words(goal: Goal) -> str:
    return " ".join((goal.indicator, goal.raw, goal.period, *goal.heads))


def _is_of_years(question: Question, goal: Goal, about: DocumentFacts) -> bool:
    """Whether it is of a year that is asked; what is of five years is of none of them."""
    if not question.years:
        return True
    several = SPAN.search(goal.period) or FIVE_YEARS.fullmatch(goal.period)
    own = set(period_years(goal.period)) or (set() if several else _years_told(goal, about))
    return not own.isdisjoint(question.years)


def _years_told(goal: Goal, about: DocumentFacts) -> set[int]:
    """The years of its document that a row without one of its own may be of: results in a report are of the first."""
    years = told_years(about.title, about.years)
    return set(years[:1]) if goal.status == "achieved" and len(years) > len(about.years) else set(about.years)


def _is_of_part(question: Question, goal: Goal) -> bool:
    """Whether it is of the part of a year that is asked; of none, where the whole year is asked."""
    asked = parts_of_year(question.key)
    own = months_of(goal.part_of_period)
    return own in asked if asked else own is None or not asking.WHOLE_YEAR.search(question.key)


def _all_parts_are_named(question: Question, goal: Goal) -> bool:
    """Whether the question says something of each part of the name of a row of a table, but for sums over all."""
    parts = canonical(goal.indicator).split(SEAM) if goal.heads else []
    asked = question.indicator_tokens | set(question.characters)
    return len(parts) < 2 or all(
        WHOLE.search(part) or not asked.isdisjoint(evidence_tokens(part)) or set(part) <= asked for part in parts
    )


def _may_be_done(goal: Goal, statuses: frozenset[GoalStatus]) -> bool:
    """Whether a row that is filed as planned may be a result: neither its words nor its headings speak of a plan."""
    return "achieved" in statuses and not SPEAKS_OF_PLAN.search(goal.text + "".join(goal.section_path))


def counts_the_same(question: Question, goal: Goal) -> bool:
    """Whether both speak in one unit, of shares or not, of growth or not, of what is new or of all there is."""
    several, key = question.parts > 1, question.key
    if question.unit and dimension(goal.unit) != dimension(question.unit):
        return False
    if SHARE.search(goal.indicator) and not SHARE.search(key):
        return False
    if asking.PERCENT.search(key) and "%" not in goal.unit and not several:
        return False
    grows = RISES_OR_FALLS.search(goal.indicator[-LONGEST_CHANGE:] + goal.raw[-LONGEST_TOLD:])
    wants_growth = asking.HOW_MUCH_MORE.search(key) and not several
    if (wants_growth and not grows) or (GROWTH_AT_END.search(goal.indicator) and not asking.GROWTH.search(key)):
        return False
    words = _words(goal)
    if TOTAL.search(key) and not several:
        return bool(TOTAL.search(words) or not NEW.search(words))
    return several or not NEW.search(key) or bool(NEW.search(words))


def order(question: Question, goal: Goal, about: DocumentFacts) -> tuple[bool, bool, int]:
    """Rows of a part of the year come last where the question asks for none; a summary tells first what was done."""
    partial = bool(months_of(goal.part_of_period)) and not parts_of_year(question.key)
    return partial, about.kind == "summary" and goal.status != "achieved", ORDER[goal.status]
