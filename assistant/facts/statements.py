"""The SQL that a query for rows makes, so that each filter is found by an index however many rows there are."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from assistant.datamodels import DocumentFacts, Goal, Measure, RowQuery, Scope
from assistant.facts.naming import counted_name
from assistant.language.synonyms import canonical

FEW = 50
"""Documents whose rows are read by their document, and ordered after."""
LISTED = "select value from json_each(?)"
SEVERAL = 0
"""Stands for the year of a row that tells several, which are looked at when it is read."""
PLACES = (
    "with recursive told(place) as (select min(place) from {table} union all "
    "select (select min(g.place) from {table} g where g.place > told.place) from told where place is not null) "
    "select place from told where place is not null"
)
"""Every place of the rows of a table, each by one look at its index."""


@dataclass(frozen=True)
class Statement:
    """A statement that reads rows; ``rank`` sorts them where it cannot keep the order of the names asked for."""

    words: str
    values: tuple[Any, ...]
    rank: Callable[[Goal], int] | None = None


@dataclass(frozen=True)
class Statements:
    """Makes statements over the documents of a store; ``places`` tells every place of a row."""

    facts: Mapping[str, DocumentFacts]
    places: Callable[[], list[str]]

    def of_goals(self, query: RowQuery) -> Statement:
        """Rows in the order of the query's names, then of the documents and their texts."""
        conditions, values, documents = self._conditions(query, "goals")
        if query.masked is not None:
            conditions.append("masked = ?")
            values.append(int(query.masked))
        column, wanted = ("name", query.names) if query.canonicals is None else ("canonical", query.canonicals)
        if wanted is None:
            return Statement(_select(Goal, "goals g", conditions, "position"), tuple(values))
        told = _listed(wanted)
        if documents is not None and len(documents) <= FEW:
            conditions.append(f"g.{column} in ({LISTED})")
            words = _select(Goal, "goals g", conditions, "position")
            return Statement(words, (*values, told), _ranker(column, wanted))
        conditions.insert(0, f"g.{column} = n.value")
        words = _select(Goal, "json_each(?) n cross join goals g", conditions, "n.key, g.position")
        return Statement(words, (told, *values))

    def of_measures(self, query: RowQuery) -> Statement:
        """Measures in the order of the documents and their texts."""
        conditions, values, _ = self._conditions(query, "measures")
        return Statement(_select(Measure, "measures g", conditions, "position"), tuple(values))

    def _conditions(self, query: RowQuery, table: str) -> tuple[list[str], list[Any], list[str] | None]:
        """The conditions that goals and measures share, with their values, and the documents that they name.

        A place lets pass what its documents say, and what others say of it.
        """
        scope, places = query.scope, query.scope.places
        documents = self._documents(replace(scope, places=None))
        conditions, values = _columns(query, documents, table)
        if places is not None:
            conditions.append(f"(g.document_id in ({LISTED}) or g.place in ({LISTED}))")
            told = [one for one in self.places() if any(part in one for part in places)]
            values += [_listed(self._documents(scope) or ()), _listed(told)]
        if scope.years is not None:
            of_years = Scope(scope.years)
            looked = self.facts if documents is None else filter(self.facts.__contains__, documents)
            own = [name for name in looked if of_years.passes(name, self.facts[name])]
            alone = documents is None and query.names is None and query.canonicals is None
            conditions.append(_of_years(scope.years, table, alone=alone))
            values.append(_listed(own))
        return conditions, values, documents

    def _documents(self, scope: Scope) -> list[str] | None:
        """The documents that a scope leaves, whatever their years; None for all."""
        if scope == Scope(scope.years):
            return None
        if scope == Scope(scope.years, documents=scope.documents):
            return sorted(scope.documents or ())
        free = replace(scope, years=None)
        return [name for name, about in self.facts.items() if free.passes(name, about)]


def _of_years(years: Collection[int], table: str, *, alone: bool) -> str:
    """The condition on years, which a row has itself, or from its document.

    ``alone`` where no other index finds the rows, so that those of both must.
    """
    told = ", ".join(map(str, (SEVERAL, *sorted(years))))
    conditions = (f"{{0}}year in ({told})", f"{{0}}year is null and {{0}}document_id in ({LISTED})")
    if not alone:
        return f"({' or '.join(one.format('g.') for one in conditions)})"
    parts = [f"select position from {table} where {one.format('')}" for one in conditions]  # noqa: S608 - our own words
    return f"g.position in ({' union all '.join(parts)})"


def _columns(query: RowQuery, documents: list[str] | None, table: str) -> tuple[list[str], list[Any]]:
    """The conditions on columns alone, with their values."""
    wanted = [("document_id", documents), ("status", query.statuses), (f"{table.removesuffix('s')}_id", query.ids)]
    if table == "goals":
        wanted.append(("standing", query.standings))
    given = [(column, values) for column, values in wanted if values is not None]
    conditions = [f"g.{column} in ({LISTED})" for column, _ in given]
    told = [_listed(sorted(values)) for _, values in given]
    if table == "goals" and query.standings is not None and "stated" not in query.standings:
        conditions.append("g.standing != 'stated'")  # so that the index of the few others serves
    if query.responsible is not None:
        conditions.append("instr(g.responsible, ?) > 0")
        told.append(query.responsible)
    return conditions, told


def _listed(values: Collection[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def _select(record: type[Goal] | type[Measure], table: str, conditions: list[str], order: str) -> str:
    columns = ", ".join(f'g."{one.name}"' for one in fields(record))
    where = f" where {' and '.join(conditions)}" if conditions else ""
    return f"select {columns}, g.checksum from {table}{where} order by {order}"  # noqa: S608 - our own tables and columns


def _ranker(column: str, wanted: Collection[str]) -> Callable[[Goal], int]:
    """The place of a row's name, or of its indicator, among those asked for."""
    ranks = {name: rank for rank, name in enumerate(wanted)}
    if column == "name":
        return lambda goal: ranks[counted_name(goal.indicator, goal.unit)]
    return lambda goal: ranks[canonical(goal.indicator)]
