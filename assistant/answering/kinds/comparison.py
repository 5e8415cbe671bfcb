"""Two or more sides by side: 甲比乙多几家, 甲和乙分别多少, 计划和实际完成分别多少."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.evidence.evidence import Evidence
from assistant.answering.kinds.joining import behind
from assistant.answering.question.parts import Part, compared, scopes, statuses
from assistant.answering.question.understanding import understand
from assistant.datamodels import (
    Answer,
    Citation,
    Difference,
    Line,
    Notice,
    Question,
    Quoted,
    Refusal,
    TableRow,
    TableValue,
)
from assistant.datamodels.answers import plain_number
from assistant.language import asking
from assistant.language.normalization import search_key
from assistant.language.places import named_places, stem_of
from assistant.language.polarity import EXACT
from assistant.language.quantities import Quantity, find_quantities

NAME = "comparison"


@dataclass(frozen=True)
class Sides:
    """The sides of a comparison with the answer to each; ``apart`` where it asks by how much they differ."""

    parts: list[Part]
    answers: list[Answer]
    apart: bool


def recognises(question: Question) -> bool:
    """Two sides, or more."""
    return bool(compared(question.key) or scopes(question.key) or statuses(question.key))


def collects(evidence: Evidence) -> Sides | None:
    """The answer to each side; None where none has one, or a difference is asked and one has none."""
    key = evidence.question.key
    pair = compared(key)
    if any(asking.WHICH_SIDE.search(one.text) for one in pair):
        pair = []
    parts = pair or scopes(key) or statuses(key)
    answers = [evidence.answer(understand(side.text), NAME) for side in parts]
    answered = [one.answered for one in answers]
    return Sides(parts, answers, bool(pair)) if all(answered) or (any(answered) and not pair) else None


def refuses(_: Evidence, __: Sides) -> Refusal | None:
    """Never: each side is answered."""
    return None


def composes(evidence: Evidence, found: Sides) -> Answer:
    """One row a quoted line; the difference below where each side is one plain number of the same unit."""
    rows: list[TableRow] = []
    values: list[Line] = []
    citations: list[Citation] = []
    notices: dict[Line, None] = {}
    untold = [one.label for one, answer in zip(found.parts, found.answers, strict=True) if not answer.answered]
    for side, answer in zip(found.parts, found.answers, strict=True):
        own, quotes = behind(answer, citations)
        for line in own:
            if isinstance(line, Quoted):
                rows.append(TableRow(as_asked(side.label, evidence.question), line.words, line.markers))
            elif isinstance(line, TableValue):
                values.append(line)
            elif isinstance(line, Notice):
                notices[line] = None
        citations += quotes
    difference = _difference(rows) if found.apart else []
    labels = tuple(as_asked(label, evidence.question) for label in untold)
    missing = [Notice("missing", labels)] if labels else []
    definition = [] if labels else [Notice("definition")]
    lines = (*rows, *difference, *values, *definition, *missing, *notices)
    return Answer(evidence.question.text, NAME, lines, tuple(citations))


def as_asked(label: str, question: Question) -> str:
    """The label with its places as the question calls them: 沈阳, not 沈阳市."""
    asked = search_key(question.text)
    for place in named_places(label):
        label = label if label in asked else label.replace(place, stem_of(place), 1)
    return label


def _difference(rows: list[TableRow]) -> list[Difference]:
    """[] where a side is no plain number, bounded or about, or the units differ."""
    sides = [find_quantities(row.words) for row in rows]
    if len(sides) != 2 or any(len(found) != 1 for found in sides):
        return []
    first, second = sides[0][0], sides[1][0]
    if first.unit != second.unit or first.unit == "%" or not (_is_plain(first) and _is_plain(second)):
        return []
    smaller, larger = sorted((first.value or 0.0, second.value or 0.0))
    return [Difference(plain_number(larger), plain_number(smaller), first.unit)]


def _is_plain(quantity: Quantity) -> bool:
    """Whether the number is told, exact, and no growth."""
    return (
        quantity.value is not None and quantity.upper is None and quantity.comparator in EXACT and not quantity.change
    )
