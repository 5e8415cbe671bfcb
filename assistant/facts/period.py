"""Of when a number is: the year or years, and the part of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from assistant.datamodels import GoalStatus
from assistant.facts.context import Stretch
from assistant.facts.said import Said
from assistant.language.polarity import OWN_PLAN, RUNNING_TOTAL
from assistant.language.years import COMPARED, EARLIER, PART_OR_WHOLE, RELATIVE_TOLD, SPAN, THIS_YEAR, TOLD

TIME = re.compile(rf"(?P<year>{TOLD.pattern})|(?:{SPAN.pattern})|{RELATIVE_TOLD.pattern}")
KEPT_SENTENCES = 64
"""Whose times are kept, because each number of a sentence asks for them."""


@lru_cache(maxsize=KEPT_SENTENCES)
def _spoken(sentence: str) -> str:
    """The sentence with blanks for the times that a number is only set against."""
    return COMPARED.sub(lambda match: " " * len(match[0]), sentence)


@lru_cache(maxsize=KEPT_SENTENCES)
def _times(sentence: str) -> tuple[re.Match[str], ...]:
    """The times that a sentence names, the last first."""
    return tuple(TIME.finditer(_spoken(sentence)))[::-1]


@lru_cache(maxsize=KEPT_SENTENCES)
def _parts(sentence: str) -> tuple[re.Match[str], ...]:
    """The parts of a year and the whole years that a sentence names, the last first."""
    return tuple(PART_OR_WHOLE.finditer(_spoken(sentence)))[::-1]


def _last(found: Callable[[str], tuple[re.Match[str], ...]], said: Said) -> re.Match[str] | None:
    """What the words up to the number name last, else those at the head of the paragraph."""
    own = (one for one in found(said.sentence) if one.end() <= said.end)
    return next(own, None) or next(iter(found(said.opening)), None)


def period_of(stretch: Stretch, status: GoalStatus, said: Said) -> str:
    """The year or years that the words up to the end of the number name last; '' where nothing tells."""
    found = _last(lambda sentence: tuple(one for one in _times(sentence) if not _dates_a_thing(one, stretch)), said)
    if found is not None:
        return _told_time(found, stretch)
    if stretch.span:
        return stretch.span
    own = status in (stretch.status, "projected") or (stretch.headed and OWN_PLAN.search(said.sentence))
    year = stretch.year if own else stretch.following
    if year is not None:
        return str(year)
    return "今年" if status != "planned" and THIS_YEAR.search(said.told) else ""


def _dates_a_thing(time: re.Match[str], stretch: Stretch) -> bool:
    """Whether a year says how old what is counted is, and not when: 2000年前建成的小区 in a plan of 2024."""
    past = time["year"] and stretch.year and int(time["year"][:4]) < stretch.year
    return bool(past and EARLIER.match(time.string, time.end()))


def _told_time(found: re.Match[str], stretch: Stretch) -> str:
    """The year, the five years or the year by its distance to now."""
    if found["year"] or found["plan"] or found["years"]:
        return str(found["plan"] or found["years"] or found["year"][:4])
    if stretch.this_year is None:
        return found[0]
    return str(stretch.this_year + (-1 if found["last"] else 1 if found["next"] else 0))


def part_of_period(stretch: Stretch, status: GoalStatus, said: Said, raw: str, heads: Iterable[str]) -> str:
    """The part of a year that the words name last, where the whole year is not named behind it; else the heading's.

    ``heads`` are the words of a table. 累计 where the number is a running total of no other part. '' for the whole.
    """
    found = next(iter(_parts(" ".join(heads))), None) or _last(_parts, said)
    part = (found["part"] or "") if found else stretch.part if status == stretch.status else ""
    return part or ("累计" if RUNNING_TOTAL.search(raw) else "")
