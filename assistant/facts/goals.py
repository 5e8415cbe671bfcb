"""Extract goals and results: each quantity of a document with what it measures, of when, planned or achieved."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.datamodels import Document, Goal, GoalStatus
from assistant.documents.source_text import CELL_SEPARATOR
from assistant.facts.context import GoalContext, period_of, status_in_time, status_of
from assistant.facts.indicators import Named, name_indicators
from assistant.facts.tables import table_rows
from assistant.language.places import LEVEL
from assistant.language.quantities import MAY_COUNT, Quantity, find_quantities
from assistant.language.sentences import SENTENCE_OR_LINE

CLAUSE_LINK = (";", "；")
MOST_WHOLES = 4
"""Rows back that 其中 may speak of."""
LONGEST_TOLD = 400
"""Characters of a sentence before a number that may tell its status and year."""


@dataclass(frozen=True)
class _Row:
    """A quantity with what it measures; offsets count in the document's text.

    ``status`` and ``period`` are what a table says; for a sentence they are told by its words and its place.
    """

    indicator: str
    quantity: Quantity
    start: int
    end: int
    sentence: tuple[int, int]
    told: str = ""
    """The sentence up to the end of the number."""
    part: bool = False
    status: GoalStatus | None = None
    period: str = ""


def extract_goals(document: Document) -> list[Goal]:
    """The rows of a document in the order of its text. No model is used; each value's digits stand in its ``raw``.

    Quantities without words that tell what they measure are left out.
    """
    context = GoalContext(document)
    starts = [section.start for section in document.sections]
    rows = sorted((*_sentence_rows(document.text), *_table_rows(document.text)), key=lambda row: (row.end, row.start))
    goals: list[Goal] = []
    wholes: list[Goal] = []
    for row in rows:
        same_unit = [goal for goal in wholes[-MOST_WHOLES:] if goal.unit == row.quantity.unit] or wholes
        whole = same_unit[-1].goal_id if row.part and same_unit else ""
        goals.append(_goal(document, context, row, _section(document, starts, row.start), whole))
        if not row.part:
            wholes.append(goals[-1])
    return goals


def _sentence_rows(text: str) -> Iterator[_Row]:
    before: Named | None = None
    for match in SENTENCE_OR_LINE.finditer(text):
        sentence, offset = match[0], match.start()
        if CELL_SEPARATOR.strip() in sentence or not MAY_COUNT.search(sentence):
            before = None
            continue
        quantities = find_quantities(sentence)
        named = name_indicators(sentence, quantities, before)
        for quantity, one in zip(quantities, named, strict=True):
            if one.indicator:
                told = sentence[max(0, quantity.end - LONGEST_TOLD) : quantity.end]
                span = (offset + one.start, offset + one.end)
                yield _Row(one.indicator, quantity, *span, match.span(), told, one.part)
        before = named[-1] if named and sentence.endswith(CLAUSE_LINK) else None


def _table_rows(text: str) -> Iterator[_Row]:
    for row in table_rows(text):
        yield _Row(row.indicator, row.quantity, row.start, row.end, row.line, status=row.status, period=row.period)


def _section(document: Document, starts: list[int], position: int) -> int:
    """Rank of the innermost section that holds the position."""
    rank: int | None = bisect_right(starts, position) - 1
    while rank and document.sections[rank].end <= position:
        rank = document.sections[rank].parent
    return rank or 0


def _goal(document: Document, context: GoalContext, row: _Row, rank: int, whole: str) -> Goal:
    quantity = row.quantity
    raw = document.text[row.start : row.end]
    stretch = context.stretch(rank, row.start)
    status = row.status or status_of(stretch, row.told, raw, quantity.unit)
    dated = re.match(r"((?:19|20)\d\d)年", row.indicator)
    period = row.period or (dated[1] if dated else period_of(stretch, status, row.told))
    original_start, original_end = document.alignment.original_span(row.start, row.end)
    level = LEVEL.search(row.indicator)
    return Goal(
        goal_id=f"{document.document_id}!{row.end}",
        document_id=document.document_id,
        source=document.source,
        title=document.title,
        section=rank,
        section_path=document.section_path(rank),
        indicator=row.indicator[dated.end() :] if dated else row.indicator,
        comparator=quantity.comparator,
        value=quantity.value,
        upper=quantity.upper,
        unit=quantity.unit,
        amount=quantity.amount,
        period=period,
        status=status if row.status else status_in_time(stretch, status, row.told, period),
        masked=quantity.masked,
        place=document.place,
        level=f"{level[1]}级" if level else "",
        part_of=whole,
        raw=raw,
        text=document.text[slice(*row.sentence)].strip(),
        start=row.start,
        end=row.end,
        original_start=original_start,
        original_end=original_end,
    )
