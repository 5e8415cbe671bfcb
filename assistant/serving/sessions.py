"""Sessions of users who have logged in: a secret in a cookie, of which only the digest is kept, in memory."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from assistant.serving.users import User, UserStore

MOST = 10_000


@dataclass(frozen=True)
class Session:
    """Who, and until when in the seconds of the clock."""

    user: User
    until: float


class Sessions:
    """Who has logged in, for ``hours`` each. A user who is taken off or gets another password is out at once."""

    def __init__(self, users: UserStore, hours: float, now: Callable[[], float] = time.monotonic) -> None:
        self._users, self._seconds, self._now = users, hours * 3600, now
        self._open: dict[bytes, Session] = {}
        self._lock = Lock()

    @property
    def seconds(self) -> int:
        """How long a session lasts."""
        return int(self._seconds)

    def begin(self, user: User) -> str:
        """The secret of a new session; the oldest ends where there are too many."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._open = {key: one for key, one in self._open.items() if one.until > self._now()}
            while len(self._open) >= MOST:
                del self._open[next(iter(self._open))]
            self._open[_digest(token)] = Session(user, self._now() + self._seconds)
        return token

    def user(self, token: str) -> User | None:
        """Whose session it is, as the list of users has them now; None for one that has ended."""
        session = self._open.get(_digest(token))
        if session is None or session.until <= self._now():
            return None
        current = self._users.find(session.user.name)
        return current if current is not None and current.stamp == session.user.stamp else None

    def end(self, token: str) -> None:
        """Log out."""
        with self._lock:
            self._open.pop(_digest(token), None)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
