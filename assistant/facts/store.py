"""Goals, measures and the vectors of indicators of an index, read out of a database.

Rows are read by index, never all at once: by what they count, and through a table of the terms that these names are
made of, each with its weight in the passages of the index.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, replace
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar

import numpy as np

from assistant.datamodels import DocumentFacts, Goal, Measure, RowQuery, Scope
from assistant.errors import REBUILD, IndexCorrupt
from assistant.facts.database import Connection, checksum
from assistant.facts.statements import LISTED, PLACES, Statement, Statements
from assistant.interfaces import FloatArray
from assistant.language.years import period_years

LISTS = frozenset({"section_path", "serves", "heads", "responsible"})
TRUTHS = frozenset({"masked"})
ROUNDING = 1e-9
NAMED = (
    "select name, told from (select name, sum(t.weight) / max(n.weight) as told from name_terms t "  # noqa: S608
    f"join names n using (name) where term in ({LISTED}) group by name) as names "
    "where told >= ? order by told desc, name"
)
Row = TypeVar("Row", Goal, Measure)


class SqlRows:
    """Reads what ``write_rows`` wrote; safe to use from threads.

    Raises sqlite3.DatabaseError for a damaged file, IndexCorrupt for a changed row.
    """

    def __init__(self, connection: Connection, facts: Mapping[str, DocumentFacts]) -> None:
        self._connection = connection
        self._connection.execute("select count(*) from names")
        self._lock = Lock()
        self._facts = facts
        self._statements = Statements(facts, lambda: self._places)

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def named(self, tokens: Collection[str], least: float) -> dict[str, float]:
        """What rows count, where the tokens make up ``least`` of its terms by weight; with that share, most first."""
        return dict(self._all(NAMED, (json.dumps(sorted(tokens)), least - ROUNDING)))

    def plan(self, query: RowQuery) -> list[str]:
        """How SQLite finds the goals of a query, in its words: by which index."""
        statement = self._statements.of_goals(query)
        return [str(row[-1]) for row in self._all(f"explain query plan {statement.words}", statement.values)]

    def goals(self, query: RowQuery) -> Iterator[Goal]:
        """Rows in the order of the query's names, then of the documents and their texts."""
        statement = self._statements.of_goals(query)
        rows = self._rows(Goal, statement, query.scope)
        return iter(sorted(rows, key=statement.rank)) if statement.rank else rows

    def measures(self, query: RowQuery) -> Iterator[Measure]:
        """Measures in the order of the documents and their texts."""
        return self._rows(Measure, self._statements.of_measures(query), query.scope)

    @cached_property
    def _places(self) -> list[str]:
        tables = (PLACES.format(table=table) for table in ("goals", "measures"))
        return sorted({place for statement in tables for (place,) in self._all(statement, ())})

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

    def _rows(self, record: type[Row], statement: Statement, scope: Scope) -> Iterator[Row]:
        scope = replace(scope, places=None)
        names = [one.name for one in fields(record)]
        document, period = names.index("document_id"), names.index("period")
        for *columns, kept in self._stream(statement):
            row = tuple(columns)
            if checksum(row) != kept:
                raise IndexCorrupt(f"a row of the index was changed; {REBUILD}")
            if scope.years is None or scope.passes(
                row[document], self._facts[row[document]], period_years(row[period])
            ):
                yield record(**{name: _value(name, one) for name, one in zip(names, row, strict=True)})

    def _stream(self, statement: Statement) -> Iterator[tuple[Any, ...]]:
        """Rows in blocks, each read under the lock, so that a caller may stop early."""
        with self._lock:
            cursor = self._connection.execute(statement.words, statement.values)
            rows = cursor.fetchmany(64)
        while rows:
            yield from rows
            with self._lock:
                rows = cursor.fetchmany(256)

    def _all(self, statement: str, values: tuple[Any, ...]) -> list[Any]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()


def _value(name: str, stored: Any) -> Any:  # noqa: ANN401 - a column of any type
    if name in LISTS:
        return tuple(json.loads(str(stored)))
    return bool(stored) if name in TRUTHS else stored
