"""Bring the index of a folder up to date with documents: read what changed, extract, publish.

Where the files are gone, it is built anew from the texts that it holds, also by an older version of the program.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, suppress
from itertools import chain
from pathlib import Path

from assistant.documents.corpus import OnUnreadable, corpus_files
from assistant.documents.gathering import Gathered, OnFile, Read, find_news, pass_over, read_news
from assistant.documents.limits import ReadingLimits
from assistant.errors import IndexDirectoryError, UnreadableDocument
from assistant.facts.database import opened
from assistant.ingestion.batches import Made, made_here
from assistant.ingestion.work_queue import GivenVectors, Job, WorkQueue, jobs_of
from assistant.interfaces import Encoder
from assistant.retrieval.generations import OLDEST, checked_generation, live_name
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.store import STORE
from assistant.retrieval.texts import Texts
from assistant.retrieval.vector_cache import Progress
from assistant.retrieval.writing import FolderWriter
from assistant.settings import Settings

SKIPPED = Path("state") / "skipped.json"
"""Beside the index: what could not be read, for people to see."""


def update(
    corpus: Path | Iterable[Path],
    folder: Path,
    encoder: Encoder,
    settings: Settings,
    progress: Progress | None,
    on_file: OnFile | None,
    on_unreadable: OnUnreadable | None,
    *,
    enqueue: bool = False,
) -> tuple[HybridIndex, Gathered]:
    """The index of the folder with these documents, and what became of each file; see ``Assistant.build``."""
    files = corpus_files(corpus, maximum_files=settings.maximum_files)
    live = _live_index(folder, encoder.fingerprint)
    known = live.store.texts.source_hashes() if live else {}
    gathered = Gathered()
    news = find_news(files, known, gathered, on_file=None if enqueue else on_file, on_unreadable=on_unreadable)

    cut_anew = live is not None and live.passage_characters != settings.passage_characters
    writer = FolderWriter(
        folder, None if cut_anew else live, passage_characters=settings.passage_characters, progress=progress
    )
    queue, jobs, vectors = None, list[Job](), encoder
    if enqueue:
        queue, vectors = WorkQueue(settings.queue), GivenVectors(encoder)
        queue.prepare()
        jobs = jobs_of(news, settings.passage_characters, encoder)
        made = queue.made(jobs, vectors, on_file)
    else:
        read = read_news(news, known, gathered, allowed=ReadingLimits.of(settings), on_unreadable=on_unreadable)
        made = made_here(read, settings.passage_characters, settings.workers)
    if live and cut_anew:
        held = _held(live.store.texts, gathered.unchanged)
        made = chain(made, made_here(held, settings.passage_characters, settings.workers))
    written = _write(made, writer, vectors, gathered, known, on_unreadable, begun=live is None, keeps=not cut_anew)
    if queue:
        queue.forget(jobs)
    _keep_skipped(folder, gathered.skipped)
    if live is None or written:
        live = HybridIndex.load(folder, encoder.fingerprint)
    return live, gathered


def rebuild(
    folder: Path,
    encoder: Encoder,
    settings: Settings,
    progress: Progress | None,
    on_file: OnFile | None,
    on_unreadable: OnUnreadable | None,
) -> tuple[HybridIndex, Gathered]:
    """The index of the folder anew from the texts that it holds, and what became of each file."""
    generation, _ = checked_generation(folder, live_name(folder), {STORE}, thorough=True, oldest=OLDEST)
    with closing(opened(generation / STORE)) as file:
        texts = Texts.of_any_format(file)
        names = sorted(texts.source_hashes())
        gathered = Gathered(changed=list(names))

        def read() -> Iterator[Read]:
            for number, one in enumerate(_held(texts, names)):
                if on_file:
                    on_file(one.name, number, len(names))
                yield one

        writer = FolderWriter(folder, passage_characters=settings.passage_characters, progress=progress)
        made = made_here(read(), settings.passage_characters, settings.workers)
        _write(made, writer, encoder, gathered, {}, on_unreadable, begun=True, keeps=False)
    return HybridIndex.load(folder, encoder.fingerprint), gathered


def _write(
    made: Iterable[Made],
    writer: FolderWriter,
    encoder: Encoder,
    gathered: Gathered,
    known: Mapping[str, str],
    on_unreadable: OnUnreadable | None,
    *,
    begun: bool,
    keeps: bool,
) -> bool:
    """Publish what was made, where that is news, the index is just ``begun`` or files are gone; whether it was.

    ``keeps``: with what the live index tells of unchanged files.
    """
    with ExitStack() as stack:
        adding = None
        for batch, failed in made:
            for source, reason in failed:
                pass_over(source, UnreadableDocument(f"{source}: {reason}"), gathered, known, on_unreadable)
            if batch.sources:
                adding = adding or stack.enter_context(writer.adding(encoder))
                adding.add(batch)
        if adding is None and (begun or gathered.removed):
            adding = stack.enter_context(writer.adding(encoder))
        if adding is not None:
            adding.finish(gathered.unchanged if keeps else ())
        return adding is not None


def _held(texts: Texts, names: Iterable[str]) -> Iterator[Read]:
    """Files from the texts that an index holds; which they are is looked at when the first is asked for."""
    for name in tuple(names):
        yield Read(name, texts.source_text(name), texts.documents_of(name))


def skipped_of(folder: Path) -> dict[str, str]:
    """Why files were passed over when the index of the folder was last brought up to date, by their names."""
    try:
        told = json.loads((folder / SKIPPED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(reason) for name, reason in told.items()} if isinstance(told, dict) else {}


def _keep_skipped(folder: Path, skipped: Mapping[str, str]) -> None:
    path = folder / SKIPPED
    with suppress(OSError):  # it only tells people; the index stands without it
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(dict(skipped)), encoding="utf-8")


def _live_index(folder: Path, fingerprint: str) -> HybridIndex | None:
    """The index to take unchanged documents from, every byte of it checked; None where there is none that fits."""
    try:
        return HybridIndex.load(folder, fingerprint, thorough=True)
    except IndexDirectoryError:
        return None
