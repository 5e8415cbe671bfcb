"""Questions that ask for more than one thing: their parts, each a question of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language import asking
from assistant.language.asking import ASKS, DESCRIBED
from assistant.language.normalization import HAN
from assistant.language.places import named_places, without_scope
from assistant.language.tokenization import content_tokens
from assistant.language.years import DATED


@dataclass(frozen=True)
class Part:
    """One thing that a question asks for."""

    text: str
    label: str
    """The words of the question that tell it from the other parts."""


def compared(key: str) -> list[Part]:
    """The two sides of 甲比乙多几家; [] where the question is none."""
    match = asking.THAN.match(key) or asking.APART.match(key)
    if not match or asking.LEADS_WITH_SIDES.match(key):
        return []
    asked = f"多少{match['unit']}"
    labels = [match[side].strip(",，") for side in ("first", "second")]
    things = [_thing(label) for label in labels]
    if not any(things) or any(asking.GOAL_ALONE.fullmatch(thing) for thing in things):
        return []
    sides = [
        label if thing else f"{label}{_whole_thing(other) if not _rest(label) else _thing(other)}"
        for label, thing, other in zip(labels, things, reversed(labels), strict=True)
    ]
    sides[1] = _scope_alone(labels[0], sides[1]) + sides[1]
    return [Part(f"{side}是{asked}?", label) for side, label in zip(sides, labels, strict=True)]


def scopes(key: str) -> list[Part]:
    """The question for each of the places or years that it sets side by side; [] where it names at most one.

    What is asked of each is what is left without the sides and the words that set them against each other.
    """
    if not asking.SIDE_BY_SIDE.search(key):
        return []
    if both := asking.BOTH_DESCRIBED.match(key):
        return [Part(f"{both[side]},{_of_one(both['rest'], sided=True)}", both[side]) for side in ("first", "second")]
    years = list(dict.fromkeys(match[0] for match in DATED.finditer(key)))
    relative = list(dict.fromkeys(asking.RELATIVE_YEAR.findall(key)))
    for names in (list(named_places(key)), years, relative):
        if len(names) > 1 and (len(names) == 2 or _stand_in_a_row(names, key)) and not _each_asks(names, key):
            rest = _of_one(asking.sides(names).sub(" ", key), sided=True)
            of = "的" if named_places(names[0]) and HAN.match(rest) else ""
            return [Part(f"{name}{of}{rest}", name) for name in names]
    return []


def _stand_in_a_row(names: list[str], key: str) -> bool:
    run = "|".join(map(re.escape, names))
    return re.search(rf"(?:{run})(?:(?:{asking.BETWEEN})+(?:{run}))+", key) is not None


def _each_asks(names: list[str], key: str) -> bool:
    """Whether each of two names stands in a clause of its own that asks."""
    asks = [one for one in re.split(r"[,，?？]", key) if ASKS.search(one)]
    return len(names) == 2 and all(
        any(name in one and other not in one for one in asks) for name, other in (names, names[::-1])
    )


def _of_one(key: str, *, sided: bool = False) -> str:
    """What a question that sets two sides against each other, or one clause of it, asks of one."""
    if not sided and not asking.SIDE_BY_SIDE.search(key):
        return f"{key.strip(',，?？ ')}?"
    rest = asking.WHICH_OF_BOTH.sub(" ", key)
    rest = re.sub(r"[\s,，]+", ",", asking.SET_AGAINST.sub("", rest).strip(",， ")).strip(",的")
    if ASKS.search(rest):
        return f"{rest}?"
    unit = asking.UNIT.search(key) or asking.ASKED_CHARACTER.search(key)
    many = f"是多少{unit[1] if unit else ''}" if asking.ASKS_VALUE.search(key) else ""
    asked = "是什么时候" if asking.DATE.search(key) else many
    return f"{rest}{asked}?"


def statuses(key: str) -> list[Part]:
    """The question for what was done and for what is planned, where it asks for both side by side."""
    match = asking.DONE_AND_PLANNED.search(key)
    if not match:
        return []
    rest = asking.APPORTIONING.sub("", key[: match.start()] + key[match.end() :])
    done, planned = match["done"] or match["done_last"], match["planned"] or match["planned_first"]
    rest = asking.COUNT_NOUN.sub(r"多少\1", rest)
    return [Part(f"实际完成的{rest}", done), Part(f"计划的{rest}", planned)]


def clauses(key: str) -> list[Part]:
    """Clauses that each ask for something; words before the first belong to it; [] where only one asks."""
    found: list[str] = []
    waiting = ""
    for clause in asking.CLAUSE.findall(key):
        waiting += clause
        if ASKS.search(clause):
            found.append(waiting.strip(" ,，;；?？"))
            waiting = ""
    if len(found) < 2 or any(not content_tokens(ASKS.sub(" ", one)) for one in found):
        return []
    return [Part(f"{found[0]}?", found[0]), *(Part(f"{_scope(found[0], one)}{_of_one(one)}", one) for one in found[1:])]


def _scope(first: str, later: str) -> str:
    """The place and the year of the first clause, as far as a later one names none of its own."""
    bare = not content_tokens(ASKS.sub(" ", asking.FRAME_OF_PART.sub(" ", DATED.sub(" ", later))))
    return _scope_alone(first, later) + (_subject(first) if bare else "")


def _scope_alone(first: str, later: str) -> str:
    """The place and the year of what comes first, as far as what comes later names none of its own."""
    places = "" if named_places(later) or DESCRIBED.match(later) else "".join(named_places(first))
    years = (
        "" if DATED.search(later) or DESCRIBED.match(later) else "".join(match[0] for match in DATED.finditer(first))
    )
    return places + years


def _subject(first: str) -> str:
    """What a clause is about, for a later one that leaves it out: its words before it asks, with what it quotes."""
    asks = ASKS.search(first)
    before = without_scope(first[: asks.start()] if asks else first)
    parts = [asking.FRAME_OF_PART.sub("", part).strip("是为有的 ") for part in before.split(",")]
    last = next((part for part in reversed(parts) if content_tokens(part)), "")
    quoted = "".join(match[0] for match in asking.QUOTED.finditer(first) if match[1] not in last)
    return quoted + last


def _thing(side: str) -> str:
    """What a side speaks of besides its place and year; '' where it is a place or year alone."""
    rest = asking.FRAME_OF_PART.sub("", _rest(side)).strip("的 ,，")
    return rest if content_tokens(rest) else ""


def _whole_thing(side: str) -> str:
    """The same with the words that say whether it is planned or done."""
    return _rest(side) if _thing(side) else ""


def _rest(side: str) -> str:
    return without_scope(side).strip("的 ,，")
