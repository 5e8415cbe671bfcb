"""What a build makes of the files it read, batch by batch; of many batches in processes of their own, at the same time.

Extraction is nearly all of a build. A batch whose process dies is made once more, file by file, each in a process of
its own, so that one file sets itself aside and no other.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import TypeVar

from assistant.documents.corpus import failure
from assistant.documents.gathering import Read
from assistant.facts.records import prepare
from assistant.interfaces import Batch

BATCH_CHARACTERS = 4_000_000
"""Of the files that are in memory at once, with all that is made of them: some 300 MB."""
BROKEN = "the process that extracted from it broke down; please report it with the file"
File = TypeVar("File")
Made = tuple[Batch, list[tuple[str, str]]]
"""What was made, and why each other file was not."""


def made_here(read: Iterable[Read], passage_characters: int, workers: int) -> Iterator[Made]:
    """All that is made of the files, in their order; ``workers`` processes make it where that pays."""
    groups = grouped(read, lambda file: len(file.source.text))
    first, second = next(groups, None), next(groups, None)
    if first is None:
        return
    if second is None or workers < 2:
        yield from (made_of(group, passage_characters) for group in chain([first], _some(second), groups))
    else:
        yield from _apart(chain([first, second], groups), passage_characters, workers)


def grouped(files: Iterable[File], length: Callable[[File], int]) -> Iterator[list[File]]:
    """As many files as have BATCH_CHARACTERS, or one; no next file is asked for before a group is taken."""
    group: list[File] = []
    characters = 0
    for file in files:
        group.append(file)
        characters += length(file)
        if characters >= BATCH_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _some(group: list[Read] | None) -> list[list[Read]]:
    return [] if group is None else [group]


def made_of(group: list[Read], passage_characters: int) -> Made:
    """All that is made of some files."""
    failed: list[tuple[str, str]] = []
    batch = prepare(
        [work for file in group for work in file.works],
        {file.name: file.source for file in group},
        (),
        passage_characters,
        lambda source, error: failed.append((source, failure(error))),
    )
    return batch, failed


def _apart(groups: Iterable[list[Read]], passage_characters: int, workers: int) -> Iterator[Made]:
    """Each group in one of so many processes, some of them ahead of the one that is wanted."""
    pool = process_pool(workers)
    waiting: deque[tuple[list[Read], Future[Made]]] = deque()
    try:
        for group in groups:
            try:
                future = pool.submit(made_of, group, passage_characters)
            except BrokenProcessPool:  # by one of those before, which is told when its turn comes
                pool = process_pool(workers)
                future = pool.submit(made_of, group, passage_characters)
            waiting.append((group, future))
            if len(waiting) > workers:
                yield _result(*waiting.popleft(), passage_characters)
        while waiting:
            yield _result(*waiting.popleft(), passage_characters)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _result(group: list[Read], future: Future[Made], passage_characters: int) -> Made:
    try:
        return future.result()
    except BrokenProcessPool:
        return _alone(group, passage_characters)


def _alone(group: list[Read], passage_characters: int) -> Made:
    """The group in a process of its own; where that dies, each of its files."""
    with process_pool(1) as pool:
        try:
            return pool.submit(made_of, group, passage_characters).result()
        except BrokenProcessPool:
            pass
    if len(group) == 1:
        return Batch([], {}, [], [], []), [(group[0].name, BROKEN)]
    return joined([_alone([file], passage_characters) for file in group])


def joined(made: list[Made]) -> Made:
    """Several results as one."""
    whole = Batch(
        [one for batch, _ in made for one in batch.documents],
        {name: one for batch, _ in made for name, one in batch.sources.items()},
        [one for batch, _ in made for one in batch.passages],
        [one for batch, _ in made for one in batch.goals],
        [one for batch, _ in made for one in batch.measures],
    )
    return whole, [one for _, failed in made for one in failed]


def process_pool(workers: int) -> ProcessPoolExecutor:
    """Processes that begin with nothing of ours: a copy of this one would have its threads' locks."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_live_with_parent)


def _live_with_parent() -> None:
    """End when the parent does, however it ends; leave it to the parent what an interrupt at the keyboard means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=[parent_process()], daemon=True).start()


def _end_with(parent: BaseProcess | None) -> None:
    if parent is not None:
        parent.join()
        os._exit(1)
