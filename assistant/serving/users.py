"""Who may come in: names with a role and a salted hash of the password, kept beside the index.

A password is held as scrypt (RFC 7914) with N=2^15, r=8, p=3, which OWASP lists as the equal of its first choice.
Wrong ones are counted for the name and for the address they come from; each count past the free ones locks twice as
long as the one before.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from assistant.datamodels import EVERYTHING_SEEN, Rights
from assistant.errors import LoginRefused, UserError
from assistant.settings import Settings

Role = Literal["reader", "editor"]
ROLES: tuple[Role, ...] = get_args(Role)
COST = 2**15
"""N of scrypt: 32 MB and a quarter of a second a try."""
SHORTEST, LONGEST = 10, 200
"""Characters of a password."""
NAME = re.compile(r"[\w.@-]{1,64}")
FREE = {"name": 5, "address": 20}
"""Wrong passwords before a lock; an office may come from one address."""
FIRST_LOCK, LONGEST_LOCK, FORGOTTEN = 30.0, 3600.0, 86_400.0
"""Seconds of the first lock, of the longest one, and until failures are forgotten."""
NOBODY = (b"nobody", b"")
FIND = "SELECT name, role, salt, sees FROM users LEFT JOIN rights USING (name)"
SCHEMA = """
CREATE TABLE IF NOT EXISTS users (name TEXT PRIMARY KEY, role TEXT NOT NULL, salt BLOB NOT NULL, hash BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS rights (name TEXT PRIMARY KEY, sees TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS failures (who TEXT PRIMARY KEY, count INTEGER NOT NULL, last REAL NOT NULL);
"""


@dataclass(frozen=True)
class User:
    """One who may come in. ``stamp`` changes with the password and the rights."""

    name: str
    role: Role
    stamp: str = ""
    sees: Rights = EVERYTHING_SEEN
    """The documents that the user may see."""

    @property
    def edits(self) -> bool:
        """Whether the user may change documents and settings."""
        return self.role == "editor"


class UserStore:
    """Users in a SQLite file that only its owner may read; usable from threads and processes.

    Raises UserError where the file cannot be used. ``now`` gives seconds, for tests.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self._path, self._now = path, now

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
            with closing(sqlite3.connect(self._path, timeout=10, isolation_level=None)) as connection:
                connection.executescript(SCHEMA)
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise UserError(f"cannot use the list of users in {self._path} ({error})") from error

    def add(self, name: str, password: str, role: Role = "reader", sees: Rights = EVERYTHING_SEEN) -> User:
        """A new user, who sees some documents or all.

        Raises UserError for a name that is taken or odd, a short password, another role, or an editor who is to see
        but some.
        """
        _check(name, password)
        _check_rights(role, sees)
        if role not in ROLES:
            raise UserError(f"no role {role!r}; choose {' or '.join(ROLES)}")
        salt = os.urandom(16)
        with self._opened() as connection:
            try:
                connection.execute("BEGIN")
                connection.execute("INSERT INTO users VALUES (?, ?, ?, ?)", (name, role, salt, _hash(password, salt)))
                _set_rights(connection, name, sees)
                connection.execute("COMMIT")
            except sqlite3.IntegrityError as error:
                raise UserError(
                    f"there is a user {name!r} already; bureau user password {name} sets another"
                ) from error
        return _user(name, role, salt, _told(sees))

    def set_rights(self, name: str, sees: Rights) -> None:
        """Let a user see other documents, which ends the user's sessions. Raises UserError as ``add`` does."""
        found = self.find(name)
        if found is None:
            raise UserError(f"no user {name!r}; bureau user list names them")
        _check_rights(found.role, sees)
        with self._opened() as connection:
            _set_rights(connection, name, sees)

    def set_password(self, name: str, password: str) -> None:
        """Another password, which ends the user's sessions and locks. Raises UserError as ``add`` does."""
        _check(name, password)
        salt = os.urandom(16)
        with self._opened() as connection:
            changed = connection.execute(
                "UPDATE users SET salt = ?, hash = ? WHERE name = ?", (salt, _hash(password, salt), name)
            ).rowcount
            connection.execute("DELETE FROM failures WHERE who = ?", (f"name:{name}",))
        if not changed:
            raise UserError(f"no user {name!r}; bureau user list names them")

    def remove(self, name: str) -> None:
        """Take a user off, whose sessions end with it. Raises UserError where there is none."""
        with self._opened() as connection:
            if not connection.execute("DELETE FROM users WHERE name = ?", (name,)).rowcount:
                raise UserError(f"no user {name!r}; bureau user list names them")
            _set_rights(connection, name, EVERYTHING_SEEN)  # whoever has this name later begins anew

    def all(self) -> list[User]:
        """All users by name; none where no file was ever made."""
        if not self._path.exists():
            return []
        with self._opened() as connection:
            found = connection.execute(f"{FIND} ORDER BY name").fetchall()
        return [_user(*one) for one in found]

    def find(self, name: str) -> User | None:
        """The user of that name, if there is one."""
        with self._opened() as connection:
            row = connection.execute(f"{FIND} WHERE name = ?", (name,)).fetchone()
        return _user(*row) if row else None

    def verify(self, name: str, password: str, address: str = "") -> User:
        """The user whose password it is. Raises LoginRefused, which says no more than how long to wait.

        A try is counted before the password is looked at, so that many at once get no more of them.
        """
        keys = {f"name:{name[:LONGEST]}": FREE["name"], f"address:{address}": FREE["address"]}
        with self._opened() as connection:
            self._count(connection, keys)
            row = connection.execute("SELECT salt, hash FROM users WHERE name = ?", (name,)).fetchone()
            salt, known = row or NOBODY
            right = hmac.compare_digest(_hash(password[:LONGEST], salt), known)  # as slow where there is no such user
            if not right:
                raise LoginRefused("用户名或密码不对。")
            connection.execute("DELETE FROM failures WHERE who = ?", (f"name:{name}",))
            connection.execute("UPDATE failures SET count = count - 1 WHERE who = ?", (f"address:{address}",))
            return _user(*connection.execute(f"{FIND} WHERE name = ?", (name,)).fetchone())

    def _count(self, connection: sqlite3.Connection, keys: dict[str, int]) -> None:
        now = self._now()
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("DELETE FROM failures WHERE last < ?", (now - FORGOTTEN,))
            for who, free in keys.items():
                row = connection.execute("SELECT count, last FROM failures WHERE who = ?", (who,)).fetchone()
                left = row[1] + _lock(row[0] - free) - now if row else 0
                if left > 0:
                    raise LoginRefused(f"密码错误次数过多,请 {int(left) + 1} 秒后再试。", seconds=int(left) + 1)
            for who in keys:
                connection.execute(
                    "INSERT INTO failures VALUES (?, 1, ?) ON CONFLICT DO UPDATE SET count = count + 1, last = ?",
                    (who, now, now),
                )
        finally:
            connection.execute("COMMIT")


def users_of(settings: Settings) -> UserStore:
    """The list of users, beside the index."""
    return UserStore(settings.index / "state" / "users.sqlite")


def _user(name: str, role: Role, salt: bytes, sees: str | None) -> User:
    rights = Rights(**{field: frozenset(values) for field, values in json.loads(sees or "{}").items()})
    return User(name, role, salt.hex() + (sees or ""), rights)


def _set_rights(connection: sqlite3.Connection, name: str, sees: Rights) -> None:
    connection.execute("DELETE FROM rights WHERE name = ?", (name,))
    if told := _told(sees):
        connection.execute("INSERT INTO rights VALUES (?, ?)", (name, told))


def _told(sees: Rights) -> str | None:
    """The rights as they are stored; None for all."""
    told = sees.record()
    return json.dumps(told, ensure_ascii=False) if told else None


def _check_rights(role: Role, sees: Rights) -> None:
    if role == "editor" and sees != EVERYTHING_SEEN:
        raise UserError("an editor sees every document; let others edit, or make this one a reader")


def _lock(beyond: int) -> float:
    """Seconds of the lock after so many failures past the free ones, of which the last free one locks first."""
    return 0.0 if beyond < 0 else min(FIRST_LOCK * 2.0 ** min(beyond, 20), LONGEST_LOCK)


def _check(name: str, password: str) -> None:
    if not NAME.fullmatch(name):
        raise UserError("a user's name has 1 to 64 letters, digits, _ . @ or -")
    if not SHORTEST <= len(password) <= LONGEST or password == name:
        raise UserError(f"a password has {SHORTEST} to {LONGEST} characters and is not the name")


def _hash(password: str, salt: bytes) -> bytes:
    secret = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=salt, n=COST, r=8, p=3, maxmem=64 * 2**20, dklen=32)
