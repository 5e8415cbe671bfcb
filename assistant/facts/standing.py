"""What a sentence does with a number: claims it, supposes it, drops it, denies it, or corrects it."""

from __future__ import annotations

import re

from assistant.datamodels import Standing
from assistant.facts.said import Said
from assistant.language.polarity import GOAL
from assistant.language.standing import (
    AIMED,
    CANCELLED,
    CHANGES_TO,
    CORRECTS,
    DENIES_REACHING,
    FALSE,
    FORMER,
    GIVES_UP,
    IF,
    NOT_REACHED,
    OF_AIMS,
    POINTS_BACK,
    REAL,
    REJECTED,
    RULES,
    SUPPOSES,
)

LONGEST_BETWEEN = 6
"""Characters between an old number and the 改为 that follows it."""
LONGEST_CHANGED = 12
"""Characters between 改为 and the number that it leads to."""


def standing_of(said: Said, title: str) -> Standing:
    """The standing of a number by the words of its sentence, of its paragraph, and of the next sentence.

    ``title`` is the document's, which may be that of a correction.
    """
    if said.addressed:
        return "addressed"
    if said.plain:
        return "stated"
    return (
        _corrected(said, title)
        or _false(said)
        or _taken_back(said)
        or ("denied" if _denied(said) else None)
        or _supposed(said)
        or "stated"
    )


def _corrected(said: Said, title: str) -> Standing | None:
    """By 由…改为…, 将…更正为…, …应为…: the number before is corrected; the one behind corrects where that is said."""
    before, behind = said.before, said.sentence[said.end :]
    last = _last(CHANGES_TO, before)
    if last and len(before) - last.end() <= LONGEST_CHANGED:
        corrects = CORRECTS.search(said.sentence + title) or OF_AIMS.search(said.sentence + _of_change(title))
        former = FORMER.search(before[: last.start()]) or CORRECTS.search(before + title)
        return "correction" if corrects and former else None
    following = CHANGES_TO.search(behind)
    if following is None or following.start() > LONGEST_BETWEEN:
        return None
    former = FORMER.search(said.before) or CORRECTS.search(said.sentence)
    return "corrected" if former else None


def _of_change(title: str) -> str:
    """The title where the document is one of a change."""
    return title if re.search(r"调整|修改|变更|更正", title) else ""


def _false(said: Said) -> Standing | None:
    """By 虚报, 误报: the numbers before 核实后为 are false, and those behind it true."""
    if FALSE.search(said.sentence):
        real = _last(REAL, said.before)
        if real is None:
            return "false"
        return "correction" if len(said.before) - real.end() <= LONGEST_CHANGED else None
    return "false" if POINTS_BACK.search(said.following) and FALSE.search(said.following) else None


def _taken_back(said: Said) -> Standing | None:
    """By 未获采纳, 取消: in the clauses behind the number, before it, or in a next sentence that points back."""
    pointed = said.following if POINTS_BACK.search(said.following) else ""
    own = said.sentence[said.clause_start : said.end]
    if not AIMED.search(said.before):
        return "cancelled" if GIVES_UP.search(own) else None
    behind = said.near_behind
    if REJECTED.search(behind) or REJECTED.search(pointed):
        return "rejected"
    return "cancelled" if CANCELLED.search(behind) or CANCELLED.search(pointed) or GIVES_UP.search(own) else None


def _denied(said: Said) -> bool:
    """Whether it was not reached; 未达到50家的目标 tells the aim, which stands."""
    clause = said.clause
    if GOAL.search(clause):
        return False
    own, behind = said.sentence[said.clause_start : said.end], said.sentence[said.end : said.clause_end]
    return bool(DENIES_REACHING.search(own) or NOT_REACHED.search(behind))


def _supposed(said: Said) -> Standing | None:
    """Behind 假设, 若: supposed; conditional where a rule follows."""
    if SUPPOSES.search(said.before):
        return "supposed"
    if IF.search(said.before):
        return "conditional" if RULES.search(said.sentence) else "supposed"
    return None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last one counts
        pass
    return found
