"""Users, their passwords and locks, sessions and the rate of requests, on a clock of our own."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import LoginRefused, UserError
from assistant.serving.rate import Rate
from assistant.serving.sessions import Sessions
from assistant.serving.users import COST, User, UserStore

pytestmark = pytest.mark.usefixtures("cheap_hashes")
RIGHT, WRONG = "correct horse", "wrong horse staple"


class Clock:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def users(tmp_path: Path, clock: Clock) -> UserStore:
    store = UserStore(tmp_path / "state" / "users.sqlite", clock)
    store.add("chen", RIGHT, "editor")
    return store


def refused(users: UserStore, name: str = "chen", address: str = "10.0.0.1", password: str = WRONG) -> int:
    """Seconds to wait that a wrong password brings."""
    with pytest.raises(LoginRefused) as error:
        users.verify(name, password, address)
    return error.value.seconds


def test_the_right_password_lets_in_and_is_nowhere_in_the_file(users: UserStore, tmp_path: Path) -> None:
    assert users.verify("chen", RIGHT).edits
    path = tmp_path / "state" / "users.sqlite"
    assert RIGHT.encode() not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_hash_is_scrypt_with_the_parameters_told(
    users: UserStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.serving.users.COST", COST)
    users.set_password("chen", RIGHT)
    with closing(sqlite3.connect(tmp_path / "state" / "users.sqlite")) as connection, connection:
        salt, known = connection.execute("SELECT salt, hash FROM users").fetchone()
    assert known == hashlib.scrypt(RIGHT.encode(), salt=salt, n=32768, r=8, p=3, maxmem=2**26, dklen=32)
    assert len(salt) == 16


def test_five_wrong_passwords_lock_and_each_more_locks_twice_as_long(users: UserStore, clock: Clock) -> None:
    assert [refused(users) for _ in range(5)] == [0, 0, 0, 0, 0]
    assert refused(users) == 31  # 30 s, and the second that has begun
    assert refused(users, password=RIGHT) == 31
    clock.now += 30
    assert refused(users) == 0
    assert refused(users) == 61
    clock.now += 60
    assert users.verify("chen", RIGHT, "10.0.0.1").name == "chen"
    assert refused(users) == 0  # and nothing is held against the name


def test_no_lock_is_longer_than_an_hour(users: UserStore, clock: Clock) -> None:
    for _ in range(40):
        refused(users)
        clock.now += 3600
    assert refused(users) == 0
    assert refused(users) == 3601


def test_one_address_may_not_try_many_names(users: UserStore) -> None:
    assert [refused(users, f"user{number}") for number in range(20)] == [0] * 20
    assert refused(users, "chen", password=RIGHT) == 31
    assert users.verify("chen", RIGHT, "10.0.0.2").name == "chen"


def test_many_tries_at_once_get_no_more_of_them(users: UserStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        seconds = list(pool.map(lambda _: refused(users), range(30)))
    assert seconds.count(0) == 5


def test_who_is_unknown_is_told_the_same(users: UserStore) -> None:
    with pytest.raises(LoginRefused) as unknown:
        users.verify("nobody", WRONG, "a")
    with pytest.raises(LoginRefused) as known:
        users.verify("chen", WRONG, "b")
    assert str(unknown.value) == str(known.value)


@pytest.mark.parametrize(
    ("name", "password", "role", "told"),
    [
        ("chen", "another one", "reader", "there is a user"),
        ("li", "short", "reader", "10 to 200"),
        ("li" * 5, "li" * 5, "reader", "not the name"),
        ("a b", RIGHT, "reader", "1 to 64"),
        ("", RIGHT, "reader", "1 to 64"),
        ("li", RIGHT, "owner", "reader or editor"),
    ],
)
def test_what_cannot_be_a_user(users: UserStore, name: str, password: str, role: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        users.add(name, password, role)  # type: ignore[arg-type]


def test_a_list_that_cannot_be_used_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "users.sqlite").write_bytes(b"no database at all, but long enough to be taken for one" * 20)
    with pytest.raises(UserError, match="cannot use the list of users"):
        UserStore(tmp_path / "users.sqlite").all()
    assert UserStore(tmp_path / "nowhere.sqlite").all() == []


def test_sessions_end_with_time_password_user_and_log_out(users: UserStore, clock: Clock) -> None:
    sessions = Sessions(users, 12, clock)
    chen = users.verify("chen", RIGHT)
    token = sessions.begin(chen)
    assert sessions.user(token) == User("chen", "editor", chen.stamp)
    assert sessions.user(token + "x") is None
    clock.now += 12 * 3600
    assert sessions.user(token) is None
    token = sessions.begin(chen)
    users.set_password("chen", "another password")
    assert sessions.user(token) is None
    token = sessions.begin(users.verify("chen", "another password"))
    other = sessions.begin(users.verify("chen", "another password"))
    sessions.end(token)
    assert (sessions.user(token) is None, sessions.user(other) is not None) == (True, True)
    users.remove("chen")
    assert sessions.user(other) is None
    with pytest.raises(UserError, match="no user"):
        users.remove("chen")


def test_a_bucket_empties_and_fills(clock: Clock) -> None:
    rate = Rate(per_second=2, burst=3, now=clock)
    assert [rate.wait("a") for _ in range(4)] == [0, 0, 0, 1]
    assert rate.wait("b") == 0
    clock.now += 1
    assert [rate.wait("a") for _ in range(3)] == [0, 0, 1]


def test_no_more_addresses_are_remembered_than_fit(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.serving.rate.MOST", 10)
    rate = Rate(per_second=1, burst=2, now=clock)
    for number in range(100):
        rate.wait(str(number))
    assert len(rate._buckets) <= 10
    assert rate.wait("99") == 0
    assert rate.wait("99") == 1
