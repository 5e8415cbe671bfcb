"""Set rows about one indicator side by side, and find the rows of a document that cannot both be true."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from assistant.datamodels import Contradiction, Goal, GoalPair, PairRelation, RowQuery, Scope
from assistant.interfaces import FloatArray, RowStore
from assistant.language.grants import GIVES
from assistant.language.indicators import TELLING
from assistant.language.polarity import ABOVE, AT_LEAST, NEARLY, NEW, RISES_OR_FALLS, TOTAL
from assistant.language.synonyms import bigrams, canonical
from assistant.language.units import NO_SUM, dimension
from assistant.language.years import months_of

LEAST_ALIKE = 0.6
LEXICAL_WEIGHT = 0.5
SHORTEST_NAME = 4
LEAST_SAID_TWICE = 0.7
LONGEST_CHANGE = 4
"""Characters at the end of an indicator that say that it grows."""


def pair_goals(chosen: Sequence[Goal], rows: RowStore) -> list[GoalPair]:
    """For each of the ``chosen`` rows the most alike row of each document and status, best first.

    Two rows of one place pair where one is planned and the other reported of the same time, or where their documents
    or years differ; a part of a year pairs with the same part. The score is 0.5 Dice(bigrams) + 0.5 max(0, cosine) of
    the canonical indicators; rows whose units, levels or telling words differ do not pair, nor those that are only
    supposed, quoted or dropped.
    """
    vectors = rows.indicator_vectors()
    holders: dict[str, set[str]] = defaultdict(set)
    for name in vectors:
        for pair in bigrams(name):
            holders[pair].add(name)
    alike = {name: _alike(name, holders, vectors) for name in {canonical(goal.indicator) for goal in chosen}}
    wanted = sorted(set().union(*alike.values()))
    by_name: dict[str, list[Goal]] = defaultdict(list)
    for goal in rows.goals(RowQuery(canonicals=wanted)):
        by_name[canonical(goal.indicator)].append(goal)
    pairs: dict[tuple[str, str], GoalPair] = {}
    for goal in chosen:
        for found in _partners(goal, alike[canonical(goal.indicator)], by_name):
            first, second = sorted((found.first, found.second), key=lambda one: (one.status != "planned", one.goal_id))
            pairs.setdefault((first.goal_id, second.goal_id), GoalPair(first, second, found.relation, found.score))
    return sorted(pairs.values(), key=lambda pair: (-pair.score, pair.first.goal_id, pair.second.goal_id))


def _alike(name: str, holders: dict[str, set[str]], vectors: Mapping[str, FloatArray]) -> dict[str, float]:
    """The indicators that are alike enough, with how alike they are, in the order of their names."""
    if len(name) < SHORTEST_NAME:
        return {}
    others = sorted(set().union(*(holders[pair] for pair in bigrams(name))))
    scores = {other: likeness(name, other, vectors) for other in others}
    return {other: score for other, score in scores.items() if score >= LEAST_ALIKE}


def _partners(goal: Goal, alike: Mapping[str, float], by_name: Mapping[str, list[Goal]]) -> list[GoalPair]:
    """The best partner of each other document, and of the other status in the same one."""
    best: dict[tuple[str, str, str], GoalPair] = {}
    for name, score in alike.items():
        for other in by_name[name]:
            relation = _relation(goal, other)
            if relation is None:
                continue
            key = (other.document_id, other.status, other.period)
            if key not in best or score > best[key].score:
                best[key] = GoalPair(goal, other, relation, round(score, 4))
    return list(best.values())


def likeness(name: str, other: str, vectors: Mapping[str, FloatArray]) -> float:
    """How alike two canonical indicators are, from 0 to 1; 0 where a telling word sets them apart."""
    if name == other:
        return 1.0
    if sorted(TELLING.findall(name)) != sorted(TELLING.findall(other)):
        return 0.0
    own, theirs = bigrams(name), bigrams(other)
    dice = 2 * len(own & theirs) / max(1, len(own) + len(theirs))
    cosine = float(vectors[name] @ vectors[other]) if name in vectors and other in vectors else dice
    return LEXICAL_WEIGHT * dice + (1 - LEXICAL_WEIGHT) * max(0.0, cosine)


def _relation(goal: Goal, other: Goal) -> PairRelation | None:
    """How two rows may stand side by side; None where they may not."""
    if goal.goal_id == other.goal_id or not _is_comparable(goal, other):
        return None
    if goal.status != other.status:
        return "planned and achieved" if goal.period == other.period else None
    if goal.document_id != other.document_id:
        return "documents"
    return "years" if goal.period != other.period else None


def _is_comparable(goal: Goal, other: Goal) -> bool:
    """Whether both are claimed, of one place, kind of unit and level, and of spans of time of one length."""
    return (
        goal.claimed
        and other.claimed
        and goal.place == other.place
        and dimension(goal.unit) == dimension(other.unit)
        and not (goal.level and other.level and goal.level != other.level)
        and months_of(goal.part_of_period) == months_of(other.part_of_period)
        and goal.period.isdigit() == other.period.isdigit()
    )


def _tell_the_same(first: str, second: str) -> bool:
    """Whether two sentences say the same but for their numbers: the overlap of their bigrams (Szymkiewicz–Simpson).

    A report names 新增学位 of several schools; only what it says twice can disagree.
    """
    own, theirs = (bigrams(re.sub(r"[\dxX*.,，。;；、\s]", "", canonical(text))) for text in (first, second))
    return len(own & theirs) >= LEAST_SAID_TWICE * max(1, min(len(own), len(theirs)))


def find_contradictions(goals: Iterable[Goal]) -> list[Contradiction]:
    """Rows of one document that disagree, in the order of the documents."""
    by_document: dict[str, list[Goal]] = defaultdict(list)
    for goal in goals:
        by_document[goal.document_id].append(goal)
    return [found for rows in by_document.values() for found in (*_too_large_parts(rows), *_disagreeing(rows))]


def contradictions_of(chosen: Collection[Goal], rows: RowStore) -> list[Contradiction]:
    """Those of the documents of chosen rows in which one of these rows stands."""
    names = {goal.goal_id for goal in chosen}
    documents = frozenset(goal.document_id for goal in chosen)
    found = find_contradictions(rows.goals(RowQuery(Scope(documents=documents))))
    return [one for one in found if not names.isdisjoint((one.first.goal_id, one.second.goal_id))]


def _too_large_parts(rows: list[Goal]) -> Iterator[Contradiction]:
    by_id = {row.goal_id: row for row in rows}
    for part in rows:
        whole = by_id.get(part.part_of)
        if whole is None or part.unit != whole.unit or NO_SUM.search(part.unit) or not (part.claimed and whole.claimed):
            continue
        if RISES_OR_FALLS.search(whole.indicator[-LONGEST_CHANGE:]) or (
            _is_open(whole.comparator) and not part.comparator
        ):
            continue
        if part.amount and whole.amount and part.amount > whole.amount:
            yield Contradiction(whole, part, "part larger than whole")


def _is_open(comparator: str) -> bool:
    """Whether words leave it open how much more a number may be: 超过, 以上, 近."""
    return any(one.search(comparator) for one in (ABOVE, AT_LEAST, NEARLY))


def _disagreeing(rows: list[Goal]) -> Iterator[Contradiction]:
    """The same indicator, period, status and unit in two sentences with two values.

    Two results may count different things; two plans may not, but for the steps of a grant.
    """
    same: dict[tuple[str, ...], list[Goal]] = defaultdict(list)
    for row in rows:
        name = canonical(row.indicator)
        if len(name) >= SHORTEST_NAME and not (row.part_of or GIVES.search(row.text)) and row.claimed and row.period:
            counted = "".join(sorted(set(NEW.findall(row.raw) + TOTAL.findall(row.raw))))
            part = (row.period, row.part_of_period, row.place)
            same[name, *part, row.status, row.unit, row.level, counted].append(row)
    for group in same.values():
        for first, second in combinations(group, 2):
            if first.text == second.text:
                continue
            if first.masked != second.masked:
                yield Contradiction(first, second, "masked here, told there")
            elif first.value != second.value and first.status == "planned" and _tell_the_same(first.text, second.text):
                yield Contradiction(first, second, "two values")
