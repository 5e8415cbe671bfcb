"""Set rows about one indicator side by side, and find the rows of a document that cannot both be true."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.datamodels import Contradiction, Goal, GoalPair, PairRelation
from assistant.language.indicator_terms import bigrams, canonical
from assistant.retrieval.encoders import FloatArray

LEAST_ALIKE = 0.6
LEXICAL_WEIGHT = 0.5
# Words that make another indicator of the same thing; both rows must have them or neither.
TELLING = re.compile(
    r"新增|总数|总量|累计|净增|发明|实用新型|外观|增长|下降|提高|比重|强度|位次|授权|申请|申报|认定|受理|结案|人均|上市|国家|省|市(?!场)|县|区(?!域)|国际|重大|重点|农业|工业|奖|投资|产值|产量|收入|增加值"
)
COUNTS = frozenset("个家项件名人位户次场起宗单篇份张台套支条期块所处座笔")
OTHER_PLACE = 0.9
SHORTEST_NAME = 4


def pair_goals(goals: Sequence[Goal], chosen: Sequence[Goal], vectors: dict[str, FloatArray]) -> list[GoalPair]:
    """For each of the ``chosen`` rows the most alike row of each document and status, best first.

    Two rows pair where one is planned and the other reported, or where their documents or years differ. The score is
    0.5 Dice(bigrams) + 0.5 max(0, cosine) of the canonical indicators; rows whose units, levels or telling words
    differ do not pair. Rows of two places have 0.9 of the score.
    """
    by_name: dict[str, list[Goal]] = defaultdict(list)
    for goal in goals:
        by_name[canonical(goal.indicator)].append(goal)
    holders: dict[str, set[str]] = defaultdict(set)
    for name in by_name:
        for pair in bigrams(name):
            holders[pair].add(name)
    pairs: dict[tuple[str, str], GoalPair] = {}
    for goal in chosen:
        for found in _partners(goal, by_name, holders, vectors):
            first, second = sorted((found.first, found.second), key=lambda one: (one.status != "planned", one.goal_id))
            pairs.setdefault((first.goal_id, second.goal_id), GoalPair(first, second, found.relation, found.score))
    return sorted(pairs.values(), key=lambda pair: (-pair.score, pair.first.goal_id, pair.second.goal_id))


def _partners(
    goal: Goal, by_name: dict[str, list[Goal]], holders: dict[str, set[str]], vectors: dict[str, FloatArray]
) -> list[GoalPair]:
    """The best partner of each other document, and of the other status in the same one."""
    name = canonical(goal.indicator)
    if len(name) < SHORTEST_NAME:
        return []
    best: dict[tuple[str, str, str], GoalPair] = {}
    for other_name in sorted(set().union(*(holders[pair] for pair in bigrams(name)))):
        score = likeness(name, other_name, vectors)
        if score < LEAST_ALIKE:
            continue
        for other in by_name[other_name]:
            relation = _relation(goal, other)
            if relation is None:
                continue
            key = (other.document_id, other.status, other.period)
            scoped = score * (1 if goal.place == other.place else OTHER_PLACE)
            if key not in best or scoped > best[key].score:
                best[key] = GoalPair(goal, other, relation, round(scoped, 4))
    return list(best.values())


def likeness(name: str, other: str, vectors: dict[str, FloatArray]) -> float:
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
    if goal.goal_id == other.goal_id or dimension(goal.unit) != dimension(other.unit):
        return None
    if goal.level and other.level and goal.level != other.level:
        return None
    if goal.status != other.status:
        return "planned and achieved"
    if goal.document_id != other.document_id:
        return "documents"
    return "years" if goal.period != other.period else None


def dimension(unit: str) -> str:
    """What a unit measures: 亿元 and 万元 the same, 家 and 个 the same, % and 个百分点 the same."""
    if unit in ("%", "个百分点", "百分点"):
        return "%"
    plain = unit.lstrip("万亿千百")
    return "count" if plain in COUNTS else plain


def find_contradictions(goals: Sequence[Goal]) -> list[Contradiction]:
    """Rows of one document that disagree, in the order of the documents."""
    by_document: dict[str, list[Goal]] = defaultdict(list)
    for goal in goals:
        by_document[goal.document_id].append(goal)
    return [found for rows in by_document.values() for found in (*_too_large_parts(rows), *_disagreeing(rows))]


def _too_large_parts(rows: list[Goal]) -> Iterator[Contradiction]:
    by_id = {row.goal_id: row for row in rows}
    for part in rows:
        whole = by_id.get(part.part_of)
        if whole is None or part.unit != whole.unit or "%" in part.unit:
            continue
        if part.amount and whole.amount and part.amount > whole.amount:
            yield Contradiction(whole, part, "part larger than whole")


def _disagreeing(rows: list[Goal]) -> Iterator[Contradiction]:
    """The same indicator, period, status and unit in two sentences with two values.

    Two results may count different things; two plans may not.
    """
    same: dict[tuple[str, ...], list[Goal]] = defaultdict(list)
    for row in rows:
        name = canonical(row.indicator)
        if len(name) >= SHORTEST_NAME and not row.part_of:
            same[name, row.period, row.status, row.unit, row.level].append(row)
    for group in same.values():
        for first, second in combinations(group, 2):
            if first.text == second.text:
                continue
            if first.masked != second.masked:
                yield Contradiction(first, second, "masked here, told there")
            elif first.value != second.value and first.status == "planned":
                yield Contradiction(first, second, "two values")
