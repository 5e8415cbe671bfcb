"""Whose a number is: the place of its words, its table, its section, its document, in this order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from assistant.language import divisions
from assistant.language.marks import BEFORE_WORDS
from assistant.language.places import (
    COMPARED_WITH,
    JOINED,
    LEADS,
    LEVEL_ALONE,
    MENTIONED,
    NO_NAME,
    NO_WHOLE,
    OF_OTHERS,
    RANKS,
    UNLISTED,
    WHOLE,
    ZONE,
)
from assistant.language.sentences import CLAUSE_STOP
from assistant.language.standing import OTHERS, SPEAKS

LONGEST_UNLISTED = 6


class Owner(NamedTuple):
    """The place of a number, and whether another than the document's speaks of itself."""

    place: str
    quoted: bool = False


class _Named(NamedTuple):
    start: int
    end: int
    name: str


def owner_of(sentence: str, end: int, heads: Iterable[str], sections: Iterable[str], place: str) -> Owner:
    """The owner of a number.

    ``end`` is where it ends in its sentence, ``heads`` are the words of its cell in a table, ``sections`` its
    headings, ``place`` is the document's.
    """
    for head in heads:
        if name := part_of(head, place):
            return Owner(name)
    owner = _by_words(sentence, end, place)
    if owner is not None:
        return owner
    for heading in reversed(list(sections)):
        if name := part_of(BEFORE_WORDS.sub("", heading, count=1), place):
            return Owner(name)
    return Owner(place)


@lru_cache(maxsize=4096)
def part_of(words: str, place: str) -> str:
    """The place that the words are the name of, where it may lie in ``place``; '' for other words."""
    words = words.strip()
    listed = next(divisions.named(words), None)
    found = listed.name if listed and listed.end - listed.start == len(words) else ""
    if not found and len(words) <= LONGEST_UNLISTED and words[-1:] in RANKS and _is_name(words):
        found = words
    return found if found and found != place and may_lie_in(found, place) else ""


def may_lie_in(name: str, place: str) -> bool:
    """Whether a place is one of another's: by the list of divisions, else by the rank of its kind."""
    if not place:
        return False
    listed = divisions.lies_in(name, place)
    return _rank(name) > _rank(place) if listed is None else listed


def _rank(place: str) -> int:
    return RANKS.get(place[-1:], 0)


def _by_words(sentence: str, end: int, place: str) -> Owner | None:
    """By the last place that leads a clause, where no 全市 follows it; None where the words tell none."""
    subjects = [one for one in _subjects(sentence, place) if one.end <= end]
    others = [one for one in _others(sentence) if one.end <= end]
    if not subjects and not others:
        return None
    owner: Owner | None = None
    last = 0
    told = sentence[:end]
    clause = max((mark.end() for mark in CLAUSE_STOP.finditer(told)), default=0)
    for found in subjects:
        if found.name.startswith("全") and found.start < clause:
            continue
        own = _of(found, told, place, same_clause=found.start >= clause) if found.name else None
        owner = own or (owner if found.name else None)
        last = found.end
    return Owner(others[-1].name, quoted=True) if others and others[-1].start >= last else owner


@lru_cache(maxsize=256)
def _others(sentence: str) -> tuple[_Named, ...]:
    """Nameless others, as 兄弟市, that speak or lead a clause."""
    found = OTHERS.finditer(sentence)
    return tuple(_Named(one.start(), one.end(), one[0]) for one in found if SPEAKS.match(sentence, one.end()))


def _of(found: _Named, told: str, place: str, *, same_clause: bool) -> Owner | None:
    """What a place that leads a clause makes of the numbers behind it."""
    if found.name == place:
        return Owner(place)
    if may_lie_in(found.name, place) or LEVEL_ALONE.search(found.name) or found.name.startswith("全"):
        return Owner(found.name)
    if SPEAKS.match(told, found.end):
        return Owner(found.name, quoted=True)
    alone = same_clause and not OF_OTHERS.match(told, found.end) and not told[: found.start].endswith(JOINED)
    if not alone or (place and divisions.lies_in(place, found.name)):
        return None
    return Owner(found.name, quoted=True)


@lru_cache(maxsize=256)
def _subjects(told: str, place: str) -> tuple[_Named, ...]:
    """The places that lead a clause, and the wholes, nameless where they mean the document's place, in their order."""
    listed = [
        _Named(one.start, one.end, one.name)
        for one in divisions.named(told)
        if leads(told, one.start) and (one.name not in divisions.COMMON or divisions.lies_in(one.name, place))
    ]
    wholes = [one for match in WHOLE.finditer(told) if (one := _whole(match, told, place))]
    unlisted = [
        _Named(match.start(1), match.end(1), match[1])
        for match in UNLISTED.finditer(told)
        if leads(told, match.start(1))
        and _is_name(match[1])
        and not any(one.start < match.end(1) and match.start(1) < one.end for one in (*listed, *wholes))
    ]
    return tuple(sorted((*listed, *wholes, *unlisted)))


@lru_cache(maxsize=4096)
def _is_name(words: str) -> bool:
    """Whether words that end as a place does are its name: 云台县, not 棚户区."""
    import rjieba

    if NO_NAME.search(words) or words[0] in "我全各本该某":
        return False
    return bool(ZONE.search(words)) or all(tag in ("ns", "nr", "nz", "zg") for _, tag in rjieba.tag(words)[:1])


def leads(told: str, start: int) -> bool:
    """Whether a place stands where a clause, an item or a part of a whole begins."""
    before = told[:start].rstrip()
    return bool(LEADS.search(before)) and not MENTIONED.search(before)


def _whole(match: re.Match[str], told: str, place: str) -> _Named | None:
    """全市 of a city's document is the city; 全省 there is the province, unless something is only set against it."""
    if match["level"]:
        return _Named(match.start(), match.end(), match["level"])
    kind = match[1]
    if not place or RANKS.get(kind, 9) >= _rank(place) or kind == place[-1:]:
        return _Named(match.start(), match.end(), "")
    before = CLAUSE_STOP.split(told[: match.start()])[-1]
    if COMPARED_WITH.search(before) or NO_WHOLE.match(told, match.end()) or not match[0].startswith("全"):
        return None
    return _Named(match.start(), match.end(), match[0])
