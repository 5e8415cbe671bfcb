"""``bureau worker``: takes files from the queue, reads them from its own corpus folder, stores what it makes of them.

Each file is extracted in a process apart, so that one that ends its process is set aside and the worker goes on.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from assistant.documents.corpus import CorpusFile, corpus_file
from assistant.documents.gathering import Read
from assistant.documents.limits import ReadingLimits
from assistant.errors import AssistantError, EngineUnavailable, UnreadableDocument
from assistant.ingestion.batches import BROKEN, made_of, process_pool
from assistant.ingestion.packing import packed
from assistant.ingestion.work_queue import DEAD_AFTER, TASK, Job, WorkQueue, queue_told
from assistant.interfaces import Encoder
from assistant.retrieval.context import embedded_text
from assistant.retrieval.encoders import load_encoder
from assistant.settings import Settings

AGAIN = 5.0
"""Seconds before a worker that lost PostgreSQL tries again."""
OTHER = "is not the file that was to be read: it changed meanwhile, or the worker has another folder; index again"
Say = Callable[[str], None]


def work(settings: Settings, say: Say, *, until_done: bool = False) -> None:
    """Take jobs until a signal ends it, or until there are none; ``settings.workers`` files at the same time.

    Raises EngineUnavailable where PostgreSQL is not there at the beginning; later it is waited for.
    """
    queue = WorkQueue(settings.queue)
    queue.prepare()
    pools = [process_pool(1) for _ in range(settings.workers)]
    try:
        while True:
            try:
                asyncio.run(_working(queue, settings, pools, say, until_done=until_done))
                return
            except EngineUnavailable as error:
                say(f"{error}; trying again")
                time.sleep(AGAIN)
    finally:
        for pool in pools:
            pool.shutdown(wait=False, cancel_futures=True)


async def _working(
    queue: WorkQueue, settings: Settings, pools: list[ProcessPoolExecutor], say: Say, *, until_done: bool
) -> None:
    app = queue.app()
    free: asyncio.Queue[ProcessPoolExecutor] = asyncio.Queue()
    for pool in pools:
        free.put_nowait(pool)

    @app.task(name=TASK)
    async def extract_file(source: str, sha256: str, passage_characters: int, encoder: str) -> None:
        job = Job(source, sha256, passage_characters, encoder)
        pool, begun = await free.get(), time.monotonic()
        try:
            told = await asyncio.get_running_loop().run_in_executor(pool, extract, job, settings)
        except BrokenProcessPool:
            told = BROKEN
            pools.remove(pool)
            pools.append(pool := process_pool(1))
            await asyncio.to_thread(queue.store, job, None, None, BROKEN)
        finally:
            free.put_nowait(pool)
        say(f"{source}: {told or f'{time.monotonic() - begun:.1f} s'}")

    with queue_told():
        async with app.open_async():
            await app.run_worker_async(
                concurrency=settings.workers,
                wait=not until_done,
                delete_jobs="successful",
                update_heartbeat_interval=DEAD_AFTER / 3,
                stalled_worker_timeout=DEAD_AFTER,
            )


def extract(job: Job, settings: Settings) -> str:
    """Make of the file what its job asks for and store it; why nothing was made of it, or ''."""
    queue = WorkQueue(settings.queue)
    if queue.holds(job):
        return ""
    batch, vectors, reason = None, None, ""
    try:
        file = _file(settings.corpus, job)
        source, works = file.read(ReadingLimits.of(settings))
        made, failed = made_of([Read(file.name, replace(source, sha256=job.sha256), works)], job.passage_characters)
        reason = "".join(told for _, told in failed)
        if not failed:
            batch, vectors = packed(made), _vectors([embedded_text(one) for one in made.passages], job, settings)
    except UnreadableDocument as error:
        reason = str(error).removeprefix(f"{settings.corpus / job.source}: ")
    queue.store(job, batch, vectors, reason)
    return reason


def _file(corpus: Path, job: Job) -> CorpusFile:
    """The file of a job. Raises UnreadableDocument where it is not the same as when the job was made."""
    file = corpus_file(corpus, job.source)
    if file.sha256() != job.sha256:
        raise UnreadableDocument(f"{file.path}: {OTHER}")
    return file


def _vectors(texts: list[str], job: Job, settings: Settings) -> bytes | None:
    """Vectors of passages in half precision; None where this worker has another encoder than the index."""
    try:
        encoder = _encoder(settings.encoder)
    except AssistantError:
        return None
    if encoder.fingerprint != job.encoder:
        return None
    return encoder.encode_passages(texts).astype(np.float16).tobytes() if texts else b""


@cache
def _encoder(name: str) -> Encoder:
    return load_encoder(name)
