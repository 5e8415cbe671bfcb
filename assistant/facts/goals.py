"""Extract goals and results: each quantity of a document with what it measures, of when, planned or achieved."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.datamodels import Document, Goal, GoalStatus, Table
from assistant.documents.source_text import CELL_SEPARATOR
from assistant.facts.context import TELLING_LEVELS, GoalContext
from assistant.facts.indicators import Named, name_indicators
from assistant.facts.period import part_of_period, period_of
from assistant.facts.places import owner_of
from assistant.facts.responsible import due_in, duties_of, duty_at
from assistant.facts.said import LONGEST_BEFORE, LONGEST_BEHIND, Said
from assistant.facts.standing import standing_of
from assistant.facts.status import status_in_time, status_of
from assistant.facts.tables import SEAM, TableSentence, table_quantities
from assistant.language.places import LEVEL
from assistant.language.polarity import INTENDS
from assistant.language.quantities import MAY_COUNT, Quantity, find_quantities
from assistant.language.sentences import SENTENCE_OR_LINE
from assistant.language.standing import ADDRESSES, MAY_ADDRESS, TAKES_BACK
from assistant.language.years import OPENING, SPAN

CLAUSE_LINK = (";", "；")
LONGEST_HEAD = 40
MOST_WHOLES = 4
"""Rows back that 其中 may speak of."""


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
    said: Said | None = None
    """None for a cell of a table."""
    part: bool = False
    status: GoalStatus | None = None
    period: str = ""
    heads: tuple[str, ...] = ()


def extract_goals(document: Document) -> list[Goal]:
    """The rows of a document in the order of its text. No model is used; each value's digits stand in its ``raw``.

    Quantities without words that tell what they measure are left out.
    """
    reading = _Reading(document)
    rows = sorted((*_sentence_rows(document), *_table_rows(document)), key=lambda row: (row.end, row.start))
    goals: list[Goal] = []
    wholes: list[Goal] = []
    for row in rows:
        same_unit = [goal for goal in wholes[-MOST_WHOLES:] if goal.unit == row.quantity.unit] or wholes
        whole = same_unit[-1].goal_id if row.part and same_unit else ""
        goals.append(reading.goal(row, whole))
        if not row.part:
            wholes.append(goals[-1])
    return goals


def _sentence_rows(document: Document) -> Iterator[_Row]:
    """The rows of running text; lines of cells are read as tables."""
    lines = sorted(_lines_of_cells(document.tables))
    before: Named | None = None
    opening, ordered = "", -1
    for match in SENTENCE_OR_LINE.finditer(document.text):
        sentence = match[0]
        if match.start() == 0 or document.text[match.start() - 1] == "\n":
            line = document.text[match.start() : document.text.find("\n", match.start()) % (len(document.text) + 1)]
            opening = _opening(line)
            order = ADDRESSES.search(line) if MAY_ADDRESS.search(line) else None
            ordered = match.start() + order.start() if order else len(document.text)
        rank = bisect_right(lines, (match.end(), 0)) - 1
        in_table = rank >= 0 and lines[rank][1] > match.start()
        if in_table or CELL_SEPARATOR.strip() in sentence or not MAY_COUNT.search(sentence):
            before = None
            continue
        goes_on = opening if not INTENDS.search(sentence) else ""
        around = _around(document.text, match.span(), goes_on, addressed=ordered < match.end())
        rows, before = _named_rows(sentence, match.span(), before, around)
        yield from rows
        before = before if sentence.endswith(CLAUSE_LINK) else None


def _opening(line: str) -> str:
    """The time that counts for a whole paragraph: what it opens with, or what its first sentence, a heading, names."""
    dated = OPENING.match(line)
    first = line.partition("。")[0]
    if dated is None and len(first) <= LONGEST_HEAD and not re.search(r"\d", first):
        dated = SPAN.search(first)
    return dated[0] if dated else ""


def _around(text: str, span: tuple[int, int], opening: str, *, addressed: bool) -> Said:
    """What stands around a sentence in its paragraph."""
    before = text[max(0, span[0] - LONGEST_BEFORE) : span[0]]
    behind = text[span[1] : span[1] + LONGEST_BEHIND].partition("\n")[0]
    list_before = re.split("[。\n]", before)[-1]
    following = behind.partition("。")[0]
    plain = not TAKES_BACK.search(f"{text[slice(*span)]}{following}")
    return Said(text[slice(*span)], 0, 0, list_before, following, opening, addressed, plain)


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
            around = Said(document.text[slice(*span)], 0, 0)
            for row in _named_rows(around.sentence, span, None, around)[0]:
                yield replace(row, status=one.status, period=one.period)
        else:
            yield _Row(
                one.indicator, one.quantity, one.start, one.end, one.line,
                part=one.part, status=one.status, period=one.period, heads=one.heads,
            )  # fmt: skip


def _named_rows(
    sentence: str, span: tuple[int, int], before: Named | None, around: Said
) -> tuple[list[_Row], Named | None]:
    """The rows of the sentence that stands at ``span`` in the text, and the last of their names."""
    quantities = find_quantities(sentence)
    named = name_indicators(sentence, quantities, before)
    rows = [
        _Row(
            one.indicator, quantity, span[0] + one.start, span[0] + one.end, span,
            replace(around, start=one.start, end=quantity.end), one.part,
        )
        for quantity, one in zip(quantities, named, strict=True)
        if one.indicator
    ]  # fmt: skip
    return rows, named[-1] if named else None


class _Reading:
    """Makes goals of the rows of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._context = GoalContext(document)
        self._starts = [section.start for section in document.sections]
        self._duties = duties_of(document)

    def goal(self, row: _Row, whole: str) -> Goal:
        """The row with all that its words, its table, its section and its document say of it."""
        document, quantity = self._document, row.quantity
        raw = document.text[row.start : row.end]
        rank = self._section(row.start)
        path = document.section_path(rank)
        stretch = self._context.stretch(rank, row.start)
        said = row.said or Said("", 0, 0)
        status = row.status or status_of(stretch, said, raw, quantity.unit)
        dated = re.match(r"((?:19|20)\d\d)年", row.indicator)
        period = row.period or (dated[1] if dated else period_of(stretch, status, said))
        part = part_of_period(stretch, status, said, raw, row.heads)
        owner = owner_of(said.sentence, said.end, row.heads, path[:TELLING_LEVELS], document.place)
        standing = standing_of(said, document.title)
        bodies, due = duty_at(self._duties, (row.end, row.end + 1))
        original_start, original_end = document.alignment.original_span(row.start, row.end)
        level = LEVEL.search(row.indicator)
        return Goal(
            goal_id=f"{document.document_id}!{row.end}",
            document_id=document.document_id,
            source=document.source,
            title=document.title,
            section=rank,
            section_path=path,
            indicator=_without(owner.place, row.indicator[dated.end() :] if dated else row.indicator),
            comparator=quantity.comparator,
            value=quantity.value,
            upper=quantity.upper,
            unit=quantity.unit,
            amount=quantity.amount,
            period=period,
            status=status if row.status else status_in_time(stretch, status, said.told, period),
            masked=quantity.masked,
            place=owner.place,
            level=f"{level[1]}级" if level else "",
            part_of=whole,
            raw=raw,
            text=document.text[slice(*row.sentence)].strip(),
            start=row.start,
            end=row.end,
            original_start=original_start,
            original_end=original_end,
            heads=row.heads,
            part_of_period=part,
            standing="quoted" if owner.quoted and standing == "stated" else standing,
            responsible=bodies,
            due=(status != "achieved" and due_in(said.clause)) or due,
        )

    def _section(self, position: int) -> int:
        """Rank of the innermost section that holds the position."""
        rank: int | None = bisect_right(self._starts, position) - 1
        while rank and self._document.sections[rank].end <= position:
            rank = self._document.sections[rank].parent
        return rank or 0


def _without(place: str, indicator: str) -> str:
    """The indicator without the place whose it is: 新增孵化器:某某区 of 某某区 is 新增孵化器."""
    thing, _, part = indicator.rpartition(":")
    if thing and part == place:
        return thing
    rest = indicator.removeprefix(place).lstrip(f"的{SEAM}")
    return rest if place and len(rest) > 1 else indicator
