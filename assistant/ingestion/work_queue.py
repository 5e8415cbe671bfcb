"""Files that workers on other machines extract: a job for each in PostgreSQL, and what came of it.

Jobs are procrastinate's (procrastinate.readthedocs.io), in a schema of their own. A result is stored under a key of the
file's content, its name and all that decides what is made of it: one that is there is never made again, whoever died.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from assistant.documents.gathering import News
from assistant.errors import EngineUnavailable
from assistant.ingestion.batches import BROKEN, Made, grouped, joined
from assistant.ingestion.packing import unpacked
from assistant.interfaces import Batch, Encoder, FloatArray
from assistant.retrieval.context import embedded_text
from assistant.retrieval.generations import FORMAT
from assistant.retrieval.postgres import installed, wired

if TYPE_CHECKING:
    import psycopg
    from procrastinate import App

SCHEMA = "work_of_bureau"
TASK = "extract"
MOST_TRIES = 3
"""Workers that may die over a file before it is set aside."""
DEAD_AFTER = 30.0
"""Seconds without a sign of life of a worker."""
PATIENCE = 300.0
"""Seconds that PostgreSQL may be away before a build that waits for it ends."""
LOOK, MEND = 0.5, 5.0
"""Seconds between two looks at the results, and between two at jobs whose worker died."""
RESULTS = """
create table if not exists results (
    key text primary key, source text not null, batch bytea, vectors bytea, reason text,
    made timestamptz not null default now())
"""
OnDone = Callable[[str, int, int], None]


class Job(NamedTuple):
    """What a worker is told of a file."""

    source: str
    sha256: str
    passage_characters: int
    encoder: str
    """Fingerprint of the encoder that the index is built with."""

    @property
    def key(self) -> str:
        """Names the result."""
        return hashlib.sha256(json.dumps([FORMAT, *self]).encode()).hexdigest()


class WorkQueue:
    """The jobs and results at an address of PostgreSQL. Raises EngineUnavailable."""

    def __init__(self, address: str) -> None:
        self.address = address

    def prepare(self) -> None:
        """Make the tables where there are none yet."""
        with self.wired() as wire:
            wire.execute("select pg_advisory_xact_lock(hashtext(%s))", (SCHEMA,))  # two may begin at once
            wire.execute(f"create schema if not exists {SCHEMA}".encode())
            wire.execute(RESULTS.encode())
            there = wire.execute("select to_regclass('procrastinate_jobs')").fetchone()
            if there == (None,):
                with installed():
                    from procrastinate.schema import SchemaManager
                wire.execute(SchemaManager.get_schema().encode())

    @contextmanager
    def wired(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection for one transaction over the schema."""
        with wired(self.address, "BUREAU_QUEUE") as wire:
            wire.execute(f"set search_path to {SCHEMA}".encode())
            yield wire

    def made(self, jobs: Iterable[Job], vectors: GivenVectors, on_done: OnDone | None = None) -> Iterator[Made]:
        """What workers make of files, some files together, in the order that they are done.

        ``on_done`` is told (file, files done, files in all). A file over which workers die is set aside; where
        PostgreSQL is away it is waited for.
        """
        each = self._each({job.key: job for job in jobs}, vectors, on_done)
        for group in grouped(each, lambda made: sum(len(one.text) for one in made[0].sources.values())):
            yield joined(group)
            vectors.forget()

    def _each(self, waiting: dict[str, Job], vectors: GivenVectors, on_done: OnDone | None) -> Iterator[Made]:
        """What is made of each file."""
        total, mended, tries = len(waiting), 0.0, Counter[str]()
        while waiting:
            with self._patience():
                if time.monotonic() - mended > MEND:
                    self._mend(waiting, tries)
                    mended = time.monotonic()
                for key in self._done(waiting):
                    made = self._taken(waiting[key], vectors)
                    job = waiting.pop(key)
                    if on_done:
                        on_done(job.source, total - len(waiting), total)
                    yield made
            if waiting:
                time.sleep(LOOK)

    def store(self, job: Job, batch: bytes | None, vectors: bytes | None, reason: str = "") -> None:
        """Keep what was made of a file, or why nothing was; the first result of a key stays."""
        with self.wired() as wire:
            wire.execute(
                "insert into results values (%s, %s, %s, %s, %s) on conflict do nothing",
                (job.key, job.source, batch, vectors, reason),
            )

    def holds(self, job: Job) -> bool:
        """Whether there is a result."""
        with self.wired() as wire:
            return wire.execute("select 1 from results where key = %s", (job.key,)).fetchone() is not None

    def forget(self, jobs: Iterable[Job]) -> None:
        """Remove results that are published."""
        with self.wired() as wire:
            wire.execute("delete from results where key = any(%s)", ([job.key for job in jobs],))

    def app(self) -> App:
        """procrastinate's, whose worker takes the jobs."""
        with installed():
            from procrastinate import App, PsycopgConnector

        options = f"-c search_path={SCHEMA}"
        return App(connector=PsycopgConnector(conninfo=self.address, kwargs={"options": options}))

    def _done(self, waiting: Collection[str]) -> list[str]:
        """The keys that have a result."""
        with self.wired() as wire:
            found = wire.execute("select key from results where key = any(%s) order by key", (list(waiting),))
            return [str(key) for (key,) in found]

    def _taken(self, job: Job, given: GivenVectors) -> Made:
        with self.wired() as wire:
            statement = "select batch, vectors, reason from results where key = %s"
            batch, vectors, reason = wire.execute(statement, (job.key,)).fetchone() or (None, None, BROKEN)
        if batch is None:
            return Batch([], {}, [], [], []), [(job.source, reason)]
        made = unpacked(batch)
        if vectors is not None:
            given.keep(made, vectors)
        return made, []

    def _mend(self, waiting: Mapping[str, Job], tries: Counter[str]) -> None:
        """Give every file a job that a living worker can take; set aside those over which too many died."""
        with ThreadPoolExecutor(1) as thread, queue_told():  # there may be a loop in this one
            thread.submit(asyncio.run, self._mended(waiting, tries)).result()

    async def _mended(self, waiting: Mapping[str, Job], tries: Counter[str]) -> None:
        app = self.app()
        async with app.open_async():
            manager = app.job_manager
            for stalled in await manager.get_stalled_jobs(task_name=TASK, seconds_since_heartbeat=DEAD_AFTER):
                job = Job(**cast(dict[str, Any], stalled.task_kwargs))
                if stalled.attempts + 1 >= MOST_TRIES:
                    self.store(job, None, None, BROKEN)
                await manager.retry_job(stalled, retry_at=datetime.now(UTC))
            alive = {
                one.queueing_lock
                for status in ("todo", "doing")
                for one in await manager.list_jobs_async(status=status)
            }
            ended = alive.union(self._done(waiting))  # asked after them: one that ends meanwhile is among these
            for key, job in waiting.items():
                if key not in ended:
                    tries[key] += 1
                    if tries[key] > MOST_TRIES:
                        self.store(job, None, None, BROKEN)
                    else:
                        deferrer = app.configure_task(TASK, queueing_lock=key)
                        await deferrer.defer_async(**job._asdict())

    @contextmanager
    def _patience(self) -> Iterator[None]:
        """Wait where PostgreSQL is away for a while."""
        try:
            yield
        except EngineUnavailable:
            begun = time.monotonic()
            while time.monotonic() - begun < PATIENCE:
                with suppress(EngineUnavailable), self.wired():
                    return
                time.sleep(LOOK)
            raise


class GivenVectors:
    """An encoder that knows the vectors that workers made, and has others made by one of its own."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, FloatArray] = {}

    @property
    def fingerprint(self) -> str:
        """Of its encoder."""
        return self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        """Of its encoder."""
        return self._encoder.dimension

    def keep(self, batch: Batch, content: bytes) -> None:
        """Know the vectors of a batch from now on until they are asked for."""
        texts = [embedded_text(one) for one in batch.passages]
        vectors = np.frombuffer(content, np.float16).astype(np.float32).reshape(len(texts), self.dimension)
        self._known.update(zip(texts, vectors, strict=True))

    def forget(self) -> None:
        """Know none any more."""
        self._known.clear()

    def encode_queries(self, texts: list[str]) -> FloatArray:
        """(texts, dimension) vectors of questions."""
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: list[str]) -> FloatArray:
        """(texts, dimension) vectors of passages."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        missing = [row for row, text in enumerate(texts) if text not in self._known]
        for row, text in enumerate(texts):
            if text in self._known:
                vectors[row] = self._known.pop(text)
        if missing:
            vectors[missing] = self._encoder.encode_passages([texts[row] for row in missing])
        return vectors


@contextmanager
def queue_told() -> Iterator[None]:
    """Whatever the queue or the way to it raises, as EngineUnavailable."""
    with installed():
        from procrastinate.exceptions import ProcrastinateException
    try:
        yield
    except ProcrastinateException as error:
        words = " ".join(f"{error} {error.__cause__ or ''}".split())
        raise EngineUnavailable(f"the queue did not do it ({words}); check BUREAU_QUEUE and whether it runs") from error


def jobs_of(news: Iterable[News], passage_characters: int, encoder: Encoder) -> list[Job]:
    """A job for each file."""
    return [Job(one.file.name, one.sha256, passage_characters, encoder.fingerprint) for one in news]
