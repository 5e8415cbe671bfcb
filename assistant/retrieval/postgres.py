"""Texts, rows and statistics of published generations in PostgreSQL, each in a schema of its own (postgresql.org).

The tables are those of the generation's SQLite files, and the statements that read them are the same: a few words of
them are put into those of PostgreSQL here. A generation is copied in one transaction: it is there whole, or not.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields
from functools import cache
from io import BytesIO
from itertools import chain
from pathlib import Path
from sqlite3 import Connection as File
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.datamodels import Goal, Measure
from assistant.errors import EngineUnavailable, IndexNotFound
from assistant.facts.database import Cursor, opened
from assistant.facts.store_writing import GOALS
from assistant.retrieval.arrays import Array
from assistant.retrieval.store import STORE, PassageStore

if TYPE_CHECKING:
    import psycopg

PREFIX = "bureau_"
TYPES = {"integer": "bigint", "text": 'text collate "C"', "blob": "bytea", "real": "double precision"}
"""The order of texts is that of their code points, as in SQLite."""
NUMBERS = {"year": "integer", "checksum": "integer"}
WORDS = (("json_each(?)", "elements(%s)"), ("instr(", "strpos("), ("?", "%s"))
FUNCTIONS = """
create function {schema}.elements(listed text) returns table (key bigint, value text) language sql immutable strict as
$$ select place - 1, one from jsonb_array_elements_text(listed::jsonb) with ordinality as given (one, place) $$;
create function {schema}.substr(words text, first bigint, count bigint) returns text language sql immutable strict as
$$ select pg_catalog.substr(words, first::integer, count::integer) $$
"""
CONNECTIONS, SECONDS = 8, 10
"""Of a process to PostgreSQL at most; and how long it waits for one."""
STEP = 1000
"""Rows between two words of progress."""
Progress = Callable[[int, int], None]


class PostgresConnection:
    """Reads a schema with statements of SQLite; safe to use from threads. Raises EngineUnavailable."""

    def __init__(self, address: str, schema: str) -> None:
        with told():
            from psycopg_pool import ConnectionPool

            self._pool = ConnectionPool(
                address,
                kwargs={"autocommit": True},
                configure=lambda wire: _look_in(wire, schema),
                min_size=1,
                max_size=CONNECTIONS,
                timeout=SECONDS,
                check=ConnectionPool.check_connection,  # PostgreSQL may have been started anew
                open=True,
            )
        self._close = weakref.finalize(self, self._pool.close, 1)

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Cursor:
        """Run a statement; its rows are here when this returns."""
        with told(), self._pool.connection() as wire:
            return wire.execute(_translated(statement).encode(), values)

    def close(self) -> None:
        """Let go of the connections."""
        self._close()


@cache
def _translated(statement: str) -> str:
    for ours, theirs in WORDS:
        statement = statement.replace(ours, theirs)
    return statement


def _look_in(wire: psycopg.Connection[Any], schema: str) -> None:
    from psycopg.sql import SQL, Identifier

    wire.execute(SQL("set search_path to {}").format(Identifier(schema)))


def opened_generation(address: str, name: str) -> tuple[PassageStore, dict[str, bytes]]:
    """The store of a generation that was sent, and its other files. Raises EngineUnavailable, IndexNotFound."""
    with wired(address) as wire:
        if name not in _generations(wire):
            raise IndexNotFound(f"PostgreSQL does not hold the generation {name}; run: bureau publish")
    connection = PostgresConnection(address, PREFIX + name)
    return PassageStore(connection, connection), dict(connection.execute("select name, content from files").fetchall())


def array_of(content: bytes) -> Array:
    """The array of a .npy file."""
    array: Array = np.load(BytesIO(content), allow_pickle=False)
    return array


def send(folder: Path, files: Mapping[str, bytes], address: str, name: str, progress: Progress | None = None) -> None:
    """Copy the SQLite files of a generation, and ``files`` beside them, into a schema. Raises EngineUnavailable."""
    with wired(address) as wire:
        schema = PREFIX + name
        _run(wire, "drop schema if exists {schema} cascade", schema)  # one that was sent, but not published
        _run(wire, "create schema {schema}", schema)
        _run(wire, FUNCTIONS, schema)
        _look_in(wire, schema)
        wire.execute("create table files (name text primary key, content bytea not null)")
        wire.cursor().executemany("insert into files values (%s, %s)", files.items())
        with closing(opened(folder / STORE)) as texts, closing(opened(folder / GOALS)) as rows:
            tables = [(one, table) for one in (texts, rows) for table in _tables(one)]
            total = sum(_count(*one) for one in tables)
            for done, _ in enumerate(chain.from_iterable(_copied(wire, *one) for one in tables), start=1):
                if progress and (done % STEP == 0 or done == total):
                    progress(done, total)


def forget(address: str, kept: Collection[str]) -> None:
    """Remove all generations but some. Raises EngineUnavailable."""
    with wired(address) as wire:
        for name in _generations(wire):
            if name not in kept:
                _run(wire, "drop schema {schema} cascade", PREFIX + name)


@contextmanager
def wired(address: str, setting: str = "BUREAU_STORE") -> Iterator[psycopg.Connection[Any]]:
    """A connection for one transaction, which an error takes back. Raises EngineUnavailable."""
    with told(setting):
        import psycopg

        with psycopg.connect(address, connect_timeout=SECONDS) as wire:
            yield wire


@contextmanager
def told(setting: str = "BUREAU_STORE") -> Iterator[None]:
    """Whatever PostgreSQL or the way to it raises, as EngineUnavailable that names the setting of its address."""
    with installed():
        import psycopg
        from psycopg_pool import PoolTimeout
    try:
        yield
    except (psycopg.Error, PoolTimeout) as error:
        words = " ".join(str(error).split())
        raise EngineUnavailable(f"PostgreSQL did not do it ({words}); check {setting} and whether it runs") from error


@contextmanager
def installed() -> Iterator[None]:
    """What an import lacks of the extra, as EngineUnavailable with the line that installs it."""
    try:
        yield
    except ImportError as error:
        needed = 'PostgreSQL needs its client; run: pip install "bureau-assistant[postgres]"'
        raise EngineUnavailable(needed) from error


def _run(wire: psycopg.Connection[Any], statement: str, schema: str) -> None:
    from psycopg.sql import SQL, Identifier

    wire.execute(SQL(statement).format(schema=Identifier(schema)))


def _generations(wire: psycopg.Connection[Any]) -> list[str]:
    """Names of the generations that are there."""
    found = wire.execute("select nspname from pg_namespace where starts_with(nspname, %s) order by 1", (PREFIX,))
    return [str(name).removeprefix(PREFIX) for (name,) in found]


def _tables(file: File) -> list[str]:
    return [name for (name,) in file.execute("select name from sqlite_master where type = 'table' order by name")]


def _count(file: File, table: str) -> int:
    return int(file.execute(f"select count(*) from {table}").fetchone()[0])  # noqa: S608 - one of ours


def _copied(wire: psycopg.Connection[Any], file: File, table: str) -> Iterator[None]:
    """Copy a table with its keys and indexes, row by row."""
    columns = file.execute(f"pragma table_info({table})").fetchall()
    told_columns = ", ".join(f'"{name}" {TYPES[kind.lower() or _kind(name)]}' for _, name, kind, *_ in columns)
    wire.execute(f"create table {table} ({told_columns})".encode())
    with wire.cursor().copy(f"copy {table} from stdin".encode()) as copying:
        for row in file.execute(f"select * from {table}"):  # noqa: S608 - one of ours
            copying.write_row(row)
            yield
    keys = [name for _, name, *_, place in sorted(columns, key=lambda one: one[-1]) if place]
    if keys:
        wire.execute(f"alter table {table} add primary key ({_quoted(keys)})".encode())
    for _, name, unique, origin, *_ in file.execute(f"pragma index_list({table})").fetchall():
        if origin == "pk":
            continue
        of_index = [column for _, _, column in file.execute(f"pragma index_info({name})")]
        wire.execute(f"create {'unique ' * unique}index on {table} ({_quoted(of_index)})".encode())
    wire.execute(f"analyze {table}".encode())


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


@cache
def _kind(name: str) -> str:
    """What a column of rows without a declared type holds."""
    types = {one.name: str(one.type) for record in (Goal, Measure) for one in fields(record)}
    kind = {"int": "integer", "bool": "integer", "float | None": "real"}.get(types.get(name, ""), "text")
    return NUMBERS.get(name, kind)
