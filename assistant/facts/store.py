"""Goals, measures and the vectors of indicators of an index, in one read-only SQLite file.

Rows are read by index, never all at once: by what they count, and through a table of the terms that these names are
made of, each with its weight in the passages of the index.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cached_property
from operator import attrgetter
from threading import Lock
from typing import Any, TypeVar

import numpy as np

from assistant.datamodels import DocumentFacts, Goal, Measure, RowQuery, Scope
from assistant.errors import REBUILD, IndexCorrupt
from assistant.facts.database import Connection, checksum
from assistant.facts.naming import counted_name
from assistant.interfaces import FloatArray
from assistant.language.synonyms import canonical
from assistant.language.tokenization import evidence_tokens
from assistant.language.units import TOO_COMMON
from assistant.language.years import period_years

GOALS = "goals.sqlite"
LISTS = frozenset({"section_path", "serves", "heads", "responsible"})
TRUTHS = frozenset({"masked"})
MOST_ROWS = 1 << 20
"""Of one document in a table."""
ROUNDING = 1e-9
FEW = 50
"""Documents whose rows are read by their document, and ordered after."""
SCHEMA = """
create table indicators (name text primary key, vector blob not null) without rowid;
create table names (name text primary key, weight real not null) without rowid;
create table name_terms (term text, name text, weight real not null, primary key (term, name)) without rowid;
create index goals_by_name on goals (name, position);
create index goals_by_canonical on goals (canonical, position);
create index goals_by_document on goals (document_id, position);
create index goals_by_year on goals (year);
create index goals_by_status on goals (status);
create index goals_by_standing on goals (standing) where standing != 'stated';
create index goals_by_source on goals (source);
create index goals_by_place on goals (place);
create unique index goals_by_id on goals (goal_id);
create index measures_by_document on measures (document_id, position);
create unique index measures_by_id on measures (measure_id);
"""
Row = TypeVar("Row", Goal, Measure)


def columns_of(record: type[Goal] | type[Measure]) -> str:
    """The fields of a record as columns."""
    return ", ".join(f'"{one.name}"' for one in fields(record))


def write_rows(
    connection: sqlite3.Connection, goals: Iterable[Goal], measures: Iterable[Measure], numbers: Mapping[str, int]
) -> None:
    """Create the tables of rows and write these, ordered by the number of their document and their place in it."""
    goal_columns, measure_columns = columns_of(Goal), columns_of(Measure)
    for table, columns in (("goals", f"{goal_columns}, canonical, name, year"), ("measures", measure_columns)):
        connection.execute(f"create table {table} (position integer primary key, {columns}, checksum)")
    for table, record, rows in (("goals", Goal, goals), ("measures", Measure, measures)):
        columns_in = attrgetter(*(one.name for one in fields(record)))  # astuple would copy every value
        ranks: dict[str, int] = {}
        for row in rows:
            rank = ranks[row.document_id] = ranks.get(row.document_id, -1) + 1
            stored = tuple(map(_stored, columns_in(row)))
            values = [numbers[row.document_id] * MOST_ROWS + rank, *stored]
            if isinstance(row, Goal):
                years = period_years(row.period)
                values += [canonical(row.indicator), counted_name(row.indicator, row.unit)]
                values.append(years[0] if len(years) == 1 else None)
            values.append(checksum(stored))
            connection.execute(f"insert into {table} values ({', '.join('?' * len(values))})", values)  # noqa: S608


def write_names(
    connection: sqlite3.Connection,
    weight: Callable[[str], float],
    encode: Callable[[list[str]], FloatArray],
    known: dict[str, bytes],
) -> None:
    """Index the rows by what they count; ``known`` vectors are taken, the others of indicators made by ``encode``."""
    for statement in SCHEMA.split(";"):
        connection.execute(statement)
    for (name,) in connection.execute("select distinct name from goals order by name").fetchall():
        terms = {term: weight(term) for term in evidence_tokens(name)}
        if terms and not TOO_COMMON.fullmatch(name):
            connection.execute("insert into names values (?, ?)", (name, sum(terms.values())))
            rows = ((term, name, one) for term, one in terms.items())
            connection.executemany("insert into name_terms values (?, ?, ?)", rows)
    names = [name for (name,) in connection.execute("select distinct canonical from goals order by canonical")]
    missing = [name for name in names if name not in known]
    vectors = encode(missing).astype(np.float16) if missing else ()
    known = known | {name: row.tobytes() for name, row in zip(missing, vectors, strict=True)}
    connection.executemany("insert into indicators values (?, ?)", ((name, known[name]) for name in names))


def _stored(value: object) -> object:
    """As SQLite gives it back."""
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


class SqlRows:
    """Reads what ``write_rows`` wrote; safe to use from threads.

    Raises sqlite3.DatabaseError for a damaged file, IndexCorrupt for a changed row.
    """

    def __init__(self, connection: Connection, facts: Mapping[str, DocumentFacts]) -> None:
        self._connection = connection
        self._connection.execute("select count(*) from names")
        self._lock = Lock()
        self._facts = facts

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def named(self, tokens: Collection[str], least: float) -> dict[str, float]:
        """What rows count, where the tokens make up ``least`` of its terms by weight; with that share, most first."""
        rows = self._all(
            "select name, told from (select name, sum(t.weight) / max(n.weight) as told "
            "from name_terms t join names n using (name) where term in (select value from json_each(?)) group by name) "
            "as names where told >= ? order by told desc, name",
            (json.dumps(sorted(tokens)), least - ROUNDING),
        )
        return dict(rows)

    def plan(self, query: RowQuery) -> list[str]:
        """How SQLite finds the goals of a query, in its words: by which index."""
        statement, values, _ = self._statement(query)
        return [str(row[-1]) for row in self._all(f"explain query plan {statement}", tuple(values))]

    def goals(self, query: RowQuery) -> Iterator[Goal]:
        """Rows in the order of the query's names, then of the documents and their texts."""
        statement, values, ranks = self._statement(query)
        rows = self._rows(Goal, statement, values, query.scope)
        return iter(sorted(rows, key=ranks)) if ranks else rows

    def _statement(self, query: RowQuery) -> tuple[str, list[Any], Callable[[Goal], int] | None]:
        """The statement for goals with its values; a key to sort by where it does not keep the order of names."""
        conditions, values, documents = self._conditions(query, "goal_id")
        if query.masked is not None:
            conditions.append("masked = ?")
            values.append(int(query.masked))
        if query.scope.years is not None:
            conditions.append("(year is null or year in (select cast(value as integer) from json_each(?)))")
            values.append(json.dumps(sorted(query.scope.years)))
        column, wanted = ("name", query.names) if query.canonicals is None else ("canonical", query.canonicals)
        if wanted is None:
            return _select(Goal, "goals g", conditions, "position"), values, None
        told = json.dumps(list(wanted), ensure_ascii=False)
        if documents is not None and len(documents) <= FEW:
            conditions.append(f"g.{column} in (select value from json_each(?))")  # noqa: S608 - one of two
            return _select(Goal, "goals g", conditions, "position"), [*values, told], _ranker(column, wanted)
        conditions.insert(0, f"g.{column} = n.value")
        return (
            _select(Goal, "json_each(?) n cross join goals g", conditions, "n.key, g.position"),
            [told, *values],
            None,
        )

    def measures(self, query: RowQuery) -> Iterator[Measure]:
        """Measures in the order of the documents and their texts."""
        conditions, values, _ = self._conditions(query, "measure_id")
        return self._rows(Measure, _select(Measure, "measures g", conditions, "position"), values, query.scope)

    def _conditions(self, query: RowQuery, identity: str) -> tuple[list[str], list[Any], list[str] | None]:
        """The conditions that goals and measures share, with their values, and the documents that they name.

        A place lets pass what its documents say, and what others say of it.
        """
        scope, places = query.scope, query.scope.places
        documents = self._documents(replace(scope, places=None))
        conditions, values = _conditions(query, documents, identity)
        if places is not None:
            told = "exists (select 1 from json_each(?) p where instr(g.place, p.value) > 0)"
            conditions.append(f"(g.document_id in (select value from json_each(?)) or {told})")  # noqa: S608
            values += [json.dumps(self._documents(scope)), json.dumps(sorted(places), ensure_ascii=False)]
        return conditions, values, documents

    def periods(self) -> list[str]:
        """Every period that a row tells."""
        return [
            one
            for (one,) in self._all("select period from goals union select period from measures order by period", ())
        ]

    def stored_vectors(self) -> dict[str, bytes]:
        """The vector of each canonical indicator as it is stored: numbers in half precision."""
        return dict(self._all("select name, vector from indicators", ()))

    def indicator_vectors(self) -> Mapping[str, FloatArray]:
        """Unit vectors of the canonical indicators after their mean is taken away.

        Vectors of short texts share a large common part; without it they tell indicators apart (Mu and Viswanath,
        "All-but-the-Top", ICLR 2018, its first step).
        """
        return self._vectors

    @cached_property
    def _vectors(self) -> dict[str, FloatArray]:
        rows = self._all("select name, vector from indicators order by name", ())
        if not rows:
            return {}
        vectors = np.array([np.frombuffer(vector, np.float16) for _, vector in rows], np.float32)
        vectors -= vectors.mean(axis=0)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return {name: row for (name, _), row in zip(rows, vectors, strict=True)}

    def _documents(self, scope: Scope) -> list[str] | None:
        """The documents that a scope leaves, whatever their years; None for all."""
        unbounded = Scope(scope.years)
        if scope == unbounded:
            return None
        if scope == Scope(scope.years, documents=scope.documents):
            return sorted(scope.documents or ())
        free = Scope(None, scope.places, scope.bureaus, scope.kinds, scope.sources, scope.documents)
        return [name for name, about in self._facts.items() if free.passes(name, about)]

    def _rows(self, record: type[Row], statement: str, values: list[Any], scope: Scope) -> Iterator[Row]:
        scope = replace(scope, places=None)
        names = [one.name for one in fields(record)]
        document, period = names.index("document_id"), names.index("period")
        for *columns, kept in self._stream(statement, values):
            row = tuple(columns)
            if checksum(row) != kept:
                raise IndexCorrupt(f"a row of the index was changed; {REBUILD}")
            if scope.years is None or scope.passes(
                row[document], self._facts[row[document]], period_years(row[period])
            ):
                yield record(**{name: _value(name, one) for name, one in zip(names, row, strict=True)})

    def _stream(self, statement: str, values: list[Any]) -> Iterator[tuple[Any, ...]]:
        """Rows in blocks, each read under the lock, so that a caller may stop early."""
        with self._lock:
            cursor = self._connection.execute(statement, values)
            rows = cursor.fetchmany(64)
        while rows:
            yield from rows
            with self._lock:
                rows = cursor.fetchmany(256)

    def _all(self, statement: str, values: tuple[Any, ...]) -> list[Any]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()


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


def _conditions(query: RowQuery, documents: list[str] | None, identity: str) -> tuple[list[str], list[Any]]:
    """The conditions that goals and measures share, with their values."""
    wanted = [("document_id", documents), ("status", query.statuses), (identity, query.ids)]
    if identity == "goal_id":
        wanted.append(("standing", query.standings))
    given = [(column, values) for column, values in wanted if values is not None]
    conditions = [f"g.{column} in (select value from json_each(?))" for column, _ in given]  # noqa: S608 - our own columns
    told = [json.dumps(sorted(values), ensure_ascii=False) for _, values in given]
    if identity == "goal_id" and query.standings is not None and "stated" not in query.standings:
        conditions.append("g.standing != 'stated'")  # so that the index of the few others serves
    if query.responsible is not None:
        conditions.append("instr(g.responsible, ?) > 0")
        told.append(query.responsible)
    return conditions, told


def _value(name: str, stored: Any) -> Any:  # noqa: ANN401 - a column of any type
    if name in LISTS:
        return tuple(json.loads(str(stored)))
    return bool(stored) if name in TRUTHS else stored
