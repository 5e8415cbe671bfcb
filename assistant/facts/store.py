"""Goals, measures and the vectors of indicators of an index, in one read-only SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import astuple, fields, replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from assistant.datamodels import Document, Goal, Measure, Passage
from assistant.language.indicator_terms import canonical
from assistant.retrieval.encoders import FloatArray
from assistant.retrieval.placement import Placement
from assistant.retrieval.store import attached, new_database, read_only

GOALS = "goals.sqlite"
LISTS = frozenset({"section_path", "serves"})
TRUTHS = frozenset({"masked"})
TABLES: dict[str, type[Goal | Measure]] = {"goals": Goal, "measures": Measure}
MOST_ROWS = 1 << 20
"""Of one document in a table."""


def extract_records(documents: Iterable[Document], passages: Iterable[Passage]) -> tuple[list[Goal], list[Measure]]:
    """The goals and measures of all documents, each with the passage that holds its end or its beginning."""
    from assistant.facts.goals import extract_goals
    from assistant.facts.measures import extract_measures

    by_document: dict[str, list[Passage]] = {}
    for passage in passages:
        by_document.setdefault(passage.document_id, []).append(passage)
    goals: list[Goal] = []
    measures: list[Measure] = []
    for document in documents:
        own = by_document.get(document.document_id, [])
        found = extract_goals(document)
        goals += [replace(goal, passage_id=_passage_id(own, goal.end - 1)) for goal in found]
        measures += [
            replace(measure, passage_id=_passage_id(own, measure.start))
            for measure in extract_measures(document, found)
        ]
    return goals, measures


def _passage_id(passages: list[Passage], position: int) -> str:
    return next(one.passage_id for one in passages if one.start <= position < one.end)


def write_goal_store(
    folder: Path,
    goals: Iterable[Goal],
    measures: Iterable[Measure],
    placement: Placement,
    encode: Callable[[list[str]], FloatArray],
    live: Path | None = None,
) -> None:
    """Write the rows of a generation: those of new documents, and what ``placement`` takes over.

    ``live`` is the folder of the generation to take it from; ``encode`` makes the vectors of canonical
    indicators that it does not hold.
    """
    with new_database(folder / GOALS) as connection:
        connection.execute("create table indicators (name text primary key, vector blob not null) without rowid")
        _write(connection, "goals", goals, placement)
        _write(connection, "measures", measures, placement)
        known: dict[str, bytes] = {}
        if live is not None:
            with attached(connection, live / GOALS, placement):
                for table, record in TABLES.items():
                    columns = _columns(record)
                    connection.execute(
                        f"insert into {table} select new_number * {MOST_ROWS} + position % {MOST_ROWS}, {columns} "  # noqa: S608
                        f"from live.{table} join taken using (document_id)"
                    )
                known = dict(connection.execute("select name, vector from live.indicators"))
        names = {canonical(one) for (one,) in connection.execute("select distinct indicator from goals")}
        missing = sorted(names - known.keys())
        vectors = encode(missing).astype(np.float16) if missing else ()
        known |= {name: row.tobytes() for name, row in zip(missing, vectors, strict=True)}
        connection.executemany("insert into indicators values (?, ?)", ((name, known[name]) for name in sorted(names)))


def _columns(record: type[Goal | Measure]) -> str:
    return ", ".join(f'"{one.name}"' for one in fields(record))


def _write(connection: sqlite3.Connection, table: str, rows: Iterable[Goal | Measure], placement: Placement) -> None:
    """Rows are ordered by their document and their place in it."""
    columns = _columns(TABLES[table])
    connection.execute(f"create table {table} (position integer primary key, {columns})")
    marks = ", ".join("?" * (columns.count(",") + 2))
    ranks: dict[str, int] = {}
    for row in rows:
        rank = ranks[row.document_id] = ranks.get(row.document_id, -1) + 1
        position = placement.documents[row.document_id] * MOST_ROWS + rank
        values = map(_stored, astuple(row))
        connection.execute(f"insert into {table} values ({marks})", (position, *values))  # noqa: S608 - our own fields


def _stored(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value


class GoalStore:
    """Reads a store when first asked; safe to use from threads. Raises sqlite3.DatabaseError for a damaged file."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(read_only(path), uri=True, check_same_thread=False)
        self._connection.execute("select count(*) from indicators")
        self._lock = Lock()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @cached_property
    def goals(self) -> list[Goal]:
        """All rows, in the order of the documents and their texts."""
        return [Goal(**row) for row in self._rows("goals", Goal)]

    @cached_property
    def _goals_by_document(self) -> dict[str, list[Goal]]:
        rows: dict[str, list[Goal]] = {}
        for goal in self.goals:
            rows.setdefault(goal.document_id, []).append(goal)
        return rows

    def of_document(self, document_id: str) -> list[Goal]:
        """The rows of a document, in the order of its text."""
        return self._goals_by_document.get(document_id, [])

    @cached_property
    def goal_by_id(self) -> dict[str, Goal]:
        """The rows by their ids."""
        return {goal.goal_id: goal for goal in self.goals}

    @cached_property
    def measures(self) -> list[Measure]:
        """All measures, in the order of the documents and their texts."""
        return [Measure(**row) for row in self._rows("measures", Measure)]

    @cached_property
    def indicator_vectors(self) -> dict[str, FloatArray]:
        """Unit vectors of the canonical indicators after their mean is taken away.

        Vectors of short texts share a large common part; without it they tell indicators apart (Mu and Viswanath,
        "All-but-the-Top", ICLR 2018, its first step).
        """
        with self._lock:
            rows = self._connection.execute("select name, vector from indicators order by name").fetchall()
        if not rows:
            return {}
        vectors = np.array([np.frombuffer(vector, np.float16) for _, vector in rows], np.float32)
        vectors -= vectors.mean(axis=0)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return {name: row for (name, _), row in zip(rows, vectors, strict=True)}

    def _rows(self, table: str, record: type[Goal | Measure]) -> list[dict[str, Any]]:
        names = [one.name for one in fields(record)]
        with self._lock:
            found = self._connection.execute(f"select {_columns(record)} from {table} order by position").fetchall()  # noqa: S608
        return [{name: _value(name, one) for name, one in zip(names, row, strict=True)} for row in found]


def _value(name: str, stored: Any) -> Any:  # noqa: ANN401 - a column of any type
    if name in LISTS:
        return tuple(json.loads(str(stored)))
    return bool(stored) if name in TRUTHS else stored
