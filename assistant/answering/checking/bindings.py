"""What stands beside what: a date, a place or a limiting number of a quote stays with the words it is said of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.answering.checking.denials import held
from assistant.answering.checking.sources import Sources, places_in
from assistant.answering.checking.stated_numbers import clauses
from assistant.language.writing import DUE, EACH_OF_THEM, LIMITING, LIMITS

CLEARLY_BETTER = 0.15
"""By how much the clause of another date or place may hold more of the words of a clause."""
USED = 0.7
"""Share of the words of a clause that a sentence must have to say the same."""
Finder = Callable[[str], list[str]]


def binding_violations(text: str, sources: Sources) -> Iterator[str]:
    """A date or place that a quote gives to something else, and all where the quote says it of some."""
    for what, finder in (("date", _dates), ("place", places_in)):
        yield from (f"{what} {one!r} is that of something else" for one in _exchanged(text, sources, finder))
    if EACH_OF_THEM.search(text):
        for clause in clauses(sources.quotes):
            number = LIMITING.search(clause)
            if number and number[1] not in text and held(_said(clause, number), text) > USED:
                yield f"leaves out that it is said of {number[1]}"


def _said(clause: str, number: re.Match[str]) -> str:
    """The words of a clause without its number and what opens it."""
    return LIMITS.sub("", clause[: number.start(1)]) + clause[number.end() :]


def _dates(clause: str) -> list[str]:
    return [found[0] for found in DUE.finditer(clause)]


def _exchanged(text: str, sources: Sources, finder: Finder) -> Iterator[str]:
    """Each of a kind of words whose clause says what the quotes say beside another of the kind."""
    told = [(one, clause) for clause in clauses(sources.quotes) for one in finder(clause)]
    for clause in clauses(text):
        for one in finder(clause):
            words = clause.replace(one, "")
            own = max((held(words, other) for name, other in told if name == one), default=None)
            best = max((held(words, other) for name, other in told if name != one), default=0.0)
            if own is not None and best > own + CLEARLY_BETTER:
                yield one
