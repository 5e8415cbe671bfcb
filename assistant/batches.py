"""What a build makes of the files it read, batch by batch; of many batches in processes of their own, at the same time.

Extraction is nearly all of a build. A batch whose process dies is made once more, file by file, each in a process of
its own, so that one file sets itself aside and no other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from multiprocessing import get_context

from assistant.documents.corpus import failure
from assistant.documents.gathering import Read
from assistant.facts.records import prepare
from assistant.interfaces import Batch

BATCH_CHARACTERS = 4_000_000
"""Of the files that are in memory at once, with all that is made of them: some 300 MB."""
BROKEN = "the process that extracted from it broke down; please report it with the file"
PassOver = Callable[[str, str], None]
"""Is told the name of a file that could not be taken in, and why."""
Made = tuple[Batch, list[tuple[str, str]]]
"""What was made, and why each other file was not."""


def batches(read: Iterable[Read], passage_characters: int, workers: int, pass_over: PassOver) -> Iterator[Batch]:
    """The files with all that is made of them, in their order; ``workers`` processes make it where that pays."""
    groups = _groups(read)
    first, second = next(groups, None), next(groups, None)
    if first is None:
        return
    if second is None or workers < 2:
        made: Iterable[Made] = (_made(group, passage_characters) for group in chain([first], _some(second), groups))
    else:
        made = _apart(chain([first, second], groups), passage_characters, workers)
    for batch, failed in made:
        for source, reason in failed:
            pass_over(source, reason)
        yield batch


def _groups(read: Iterable[Read]) -> Iterator[list[Read]]:
    """As many files as have BATCH_CHARACTERS, or one."""
    group: list[Read] = []
    characters = 0
    for file in read:
        group.append(file)
        characters += len(file.source.text)
        if characters >= BATCH_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _some(group: list[Read] | None) -> list[list[Read]]:
    return [] if group is None else [group]


def _made(group: list[Read], passage_characters: int) -> Made:
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
    pool = _pool(workers)
    waiting: deque[tuple[list[Read], Future[Made]]] = deque()
    try:
        for group in groups:
            try:
                future = pool.submit(_made, group, passage_characters)
            except BrokenProcessPool:  # by one of those before, which is told when its turn comes
                pool = _pool(workers)
                future = pool.submit(_made, group, passage_characters)
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
    with _pool(1) as pool:
        try:
            return pool.submit(_made, group, passage_characters).result()
        except BrokenProcessPool:
            pass
    if len(group) == 1:
        return Batch([], {}, [], [], []), [(group[0].name, BROKEN)]
    made = [_alone([file], passage_characters) for file in group]
    whole = Batch(
        [one for batch, _ in made for one in batch.documents],
        {name: one for batch, _ in made for name, one in batch.sources.items()},
        [one for batch, _ in made for one in batch.passages],
        [one for batch, _ in made for one in batch.goals],
        [one for batch, _ in made for one in batch.measures],
    )
    return whole, [one for _, failed in made for one in failed]


def _pool(workers: int) -> ProcessPoolExecutor:
    """Processes that begin with nothing of ours: a copy of this one would have its threads' locks."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
