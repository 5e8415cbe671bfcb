"""A number in its sentence: the words before and behind it, its clause, its paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from assistant.language.sentences import CLAUSE_STOP

NEAR_PARTS = 5
"""Clauses behind a number, with empty ones at brackets, in which a word may still take it back."""


LONGEST_BEFORE, LONGEST_BEHIND = 400, 200
"""Characters of a sentence around a number that may tell what is said of it."""


@dataclass(frozen=True)
class Said:
    """Offsets count in the sentence; ``start`` is that of the words of the row, ``end`` that of its number."""

    sentence: str
    start: int
    end: int
    list_before: str = ""
    """The items of the list, joined by ; with this one, that stand before it."""
    following: str = ""
    """The next sentence of the paragraph."""
    opening: str = ""
    """Words at the head of the paragraph that count for all of it: 2024年, 上半年."""
    addressed: bool = False
    """Whether the paragraph, up to here, gives its reader orders."""
    plain: bool = False
    """Whether neither the sentence nor the next has a word that takes a number back."""

    @property
    def before(self) -> str:
        """The sentence up to the end of the number."""
        return self.sentence[max(0, self.end - LONGEST_BEFORE) : self.end]

    @property
    def told(self) -> str:
        """The same behind what counts for the whole paragraph."""
        return self.opening + self.before

    @property
    def near_behind(self) -> str:
        """The rest of its clause and the next ones, up to another number."""
        parts = enumerate(CLAUSE_STOP.split(self.sentence[self.end : self.end + LONGEST_BEHIND]))
        kept = takewhile(lambda part: not re.search(r"\d", part[1]), parts)
        return "。".join(part for rank, part in kept if rank < NEAR_PARTS) + "。"

    @property
    def clause_start(self) -> int:
        """Where the clause of the row's first word begins."""
        return max((mark.end() for mark in CLAUSE_STOP.finditer(self.sentence, 0, self.start)), default=0)

    @property
    def clause_end(self) -> int:
        """Where the clause of the number ends."""
        mark = CLAUSE_STOP.search(self.sentence, self.end)
        return mark.start() if mark else len(self.sentence)

    @property
    def clause(self) -> str:
        """The words between the marks around it."""
        return self.sentence[self.clause_start : self.clause_end]
