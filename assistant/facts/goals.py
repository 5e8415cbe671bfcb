"""Extract goals and results: each quantity of a document with what it measures, of when, planned or achieved."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.datamodels import Document, Goal, GoalStatus, Table
from assistant.documents.source_text import CELL_SEPARATOR
from assistant.facts.context import GoalContext, period_of, status_in_time, status_of
from assistant.facts.indicators import Named, name_indicators
from assistant.facts.tables import TableSentence, table_quantities
from assistant.language.places import LEVEL
from assistant.language.polarity import INTENDS
from assistant.language.quantities import MAY_COUNT, Quantity, find_quantities
from assistant.language.sentences import SENTENCE_OR_LINE
from assistant.language.years import OPENING_YEAR

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
    heads: tuple[str, ...] = ()


def extract_goals(document: Document) -> list[Goal]:
    """The rows of a document in the order of its text. No model is used; each value's digits stand in its ``raw``.

    Quantities without words that tell what they measure are left out.
    """
    context = GoalContext(document)
    starts = [section.start for section in document.sections]
    rows = sorted((*_sentence_rows(document), *_table_rows(document)), key=lambda row: (row.end, row.start))
    goals: list[Goal] = []
    wholes: list[Goal] = []
    for row in rows:
        same_unit = [goal for goal in wholes[-MOST_WHOLES:] if goal.unit == row.quantity.unit] or wholes
        whole = same_unit[-1].goal_id if row.part and same_unit else ""
        goals.append(_goal(document, context, row, _section(document, starts, row.start), whole))
        if not row.part:
            wholes.append(goals[-1])
    return goals


def _sentence_rows(document: Document) -> Iterator[_Row]:
    """The rows of running text; lines of cells are read as tables."""
    lines = sorted(_lines_of_cells(document.tables))
    before: Named | None = None
    opening = ""
    for match in SENTENCE_OR_LINE.finditer(document.text):
        sentence = match[0]
        if match.start() == 0 or document.text[match.start() - 1] == "\n":
            opening = dated[0] if (dated := OPENING_YEAR.match(sentence)) else ""
        rank = bisect_right(lines, (match.end(), 0)) - 1
        in_table = rank >= 0 and lines[rank][1] > match.start()
        if in_table or CELL_SEPARATOR.strip() in sentence or not MAY_COUNT.search(sentence):
            before = None
            continue
        rows, last = _named_rows(sentence, match.span(), before)
        goes_on = opening and not INTENDS.search(sentence)
        yield from (replace(row, told=opening + row.told) for row in rows) if goes_on else rows
        before = last if sentence.endswith(CLAUSE_LINK) else None


def _lines_of_cells(tables: Iterable[Table]) -> Iterator[tuple[int, int]]:
    """The spans of the rows of tables that hold two cells or more."""
    for table in tables:
        for _, row in groupby(table.cells, key=lambda cell: cell.row):
            cells = list(row)
            if len(cells) > 1:
                yield cells[0].start, cells[-1].end


def _table_rows(document: Document) -> Iterator[_Row]:
    for one in table_quantities(document.text, document.tables):
        if isinstance(one, TableSentence):
            span = one.cell.start, one.cell.end
            for row in _named_rows(document.text[slice(*span)], span, None)[0]:
                yield replace(row, status=one.status, period=one.period)
        else:
            yield _Row(
                one.indicator, one.quantity, one.start, one.end, one.line,
                part=one.part, status=one.status, period=one.period, heads=one.heads,
            )  # fmt: skip


def _named_rows(sentence: str, span: tuple[int, int], before: Named | None) -> tuple[list[_Row], Named | None]:
    """The rows of the sentence that stands at ``span`` in the text, and the last of their names."""
    quantities = find_quantities(sentence)
    named = name_indicators(sentence, quantities, before)
    rows = []
    for quantity, one in zip(quantities, named, strict=True):
        if one.indicator:
            told = sentence[max(0, quantity.end - LONGEST_TOLD) : quantity.end]
            rows.append(_Row(one.indicator, quantity, span[0] + one.start, span[0] + one.end, span, told, one.part))
    return rows, named[-1] if named else None


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
        heads=row.heads,
    )
