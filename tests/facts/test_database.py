"""Files that readers share: each gets its own rows, and the file is let go of when nobody holds it."""

from __future__ import annotations

import gc
import sqlite3
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from assistant.facts.database import opened


@pytest.fixture
def squares(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "squares.sqlite")) as file, file:
        file.execute("create table squares (number integer primary key, square integer)")
        file.executemany("insert into squares values (?, ?)", ((one, one * one) for one in range(2000)))
    return tmp_path / "squares.sqlite"


def test_threads_get_their_own_rows(squares: Path) -> None:
    file = opened(squares)

    def asked(first: int) -> bool:
        rows = file.execute("select * from squares where number >= ? order by number limit 40", (first,)).fetchall()
        return rows == [(one, one * one) for one in range(first, first + 40)]

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(asked, [7 * one % 1900 for one in range(4000)]))


def test_a_file_that_nobody_holds_is_closed(squares: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        opened(squares).execute("select 1").fetchall()
        gc.collect()
    with pytest.raises(sqlite3.OperationalError):
        opened(squares).execute("insert into squares values (-1, 1)")
