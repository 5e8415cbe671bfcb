"""Write goals, measures and the vectors of indicators of an index into one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from operator import attrgetter

import numpy as np

from assistant.datamodels import Goal, Measure
from assistant.facts.database import checksum
from assistant.facts.naming import counted_name
from assistant.facts.statements import SEVERAL
from assistant.interfaces import FloatArray
from assistant.language.synonyms import canonical
from assistant.language.tokenization import evidence_tokens
from assistant.language.units import TOO_COMMON
from assistant.language.years import period_years

GOALS = "goals.sqlite"
MOST_ROWS = 1 << 20
"""Of one document in a table."""
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
create index measures_by_place on measures (place);
create index measures_by_year on measures (year);
create unique index measures_by_id on measures (measure_id);
"""


def columns_of(record: type[Goal] | type[Measure]) -> str:
    """The fields of a record as columns."""
    return ", ".join(f'"{one.name}"' for one in fields(record))


def write_rows(
    connection: sqlite3.Connection, goals: Iterable[Goal], measures: Iterable[Measure], numbers: Mapping[str, int]
) -> None:
    """Create the tables of rows and write these, ordered by the number of their document and their place in it."""
    goal_columns, measure_columns = columns_of(Goal), columns_of(Measure)
    for table, columns in (("goals", f"{goal_columns}, canonical, name"), ("measures", measure_columns)):
        connection.execute(f"create table {table} (position integer primary key, {columns}, year, checksum)")
    for table, record, rows in (("goals", Goal, goals), ("measures", Measure, measures)):
        columns_in = attrgetter(*(one.name for one in fields(record)))  # astuple would copy every value
        ranks: dict[str, int] = {}
        for row in rows:
            rank = ranks[row.document_id] = ranks.get(row.document_id, -1) + 1
            stored = tuple(map(_stored, columns_in(row)))
            values = [numbers[row.document_id] * MOST_ROWS + rank, *stored]
            if isinstance(row, Goal):
                values += [canonical(row.indicator), counted_name(row.indicator, row.unit)]
            values += [_year(row), checksum(stored)]
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


def _year(row: Goal | Measure) -> int | None:
    """The year of a row; SEVERAL for more than one, None for that of its document."""
    years = period_years(row.period)
    return None if not years else years[0] if len(years) == 1 else SEVERAL


def _stored(value: object) -> object:
    """As SQLite gives it back."""
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value
