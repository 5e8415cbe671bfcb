"""How often one address may ask: a bucket of tokens that fills at a steady rate."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from threading import Lock

MOST = 10_000
"""Addresses that are remembered; full buckets are forgotten first."""


class Rate:
    """A token bucket for each address: ``burst`` requests at once, ``per_second`` over time."""

    def __init__(self, per_second: float = 20, burst: float = 400, now: Callable[[], float] = time.monotonic) -> None:
        self._per_second, self._burst, self._now = per_second, burst, now
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def wait(self, address: str) -> int:
        """0 where a request may pass, which takes a token; else seconds until there is one."""
        with self._lock:
            now = self._now()
            tokens = self._tokens(address, now)
            if tokens < 1:
                return math.ceil((1 - tokens) / self._per_second)
            self._buckets[address] = (tokens - 1, now)
            if len(self._buckets) > MOST:
                self._forget(now)
            return 0

    def _tokens(self, address: str, now: float) -> float:
        left, then = self._buckets.get(address, (self._burst, now))
        return min(self._burst, left + (now - then) * self._per_second)

    def _forget(self, now: float) -> None:
        """Let go of addresses whose buckets are full again, or of all but half of them."""
        self._buckets = {one: kept for one, kept in self._buckets.items() if self._tokens(one, now) < self._burst}
        while len(self._buckets) > MOST:
            del self._buckets[next(iter(self._buckets))]
