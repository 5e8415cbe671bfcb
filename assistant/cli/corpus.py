"""Commands that read documents: index, publish, inspect, doctor."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.options import (
    SKIPPED_EXIT_CODE,
    build,
    chosen_settings,
    json_option,
    location_options,
    progress_bar,
)
from assistant.retrieval.generations import live_name
from assistant.settings import Settings, cores

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.documents.gathering import Gathered

COUNTED = ("added", "changed", "unchanged", "removed")
"""What may become of a file."""
MOST_WORKERS = 4
"""Where nobody says how many: each needs memory too."""


@click.command()
@click.argument("locations", nargs=-1, type=click.Path(path_type=Path))
@click.option("--workers", type=click.IntRange(1, 256), help="Processes that extract; as many as cores, up to four.")
@click.option("--enqueue", is_flag=True, help="Let `bureau worker`s read the files (BUREAU_QUEUE), and wait for them.")
@click.option("--stored", is_flag=True, help="Build it anew from the texts in it, where the files are gone.")
@location_options
@json_option("Print what was built as JSON.")
def index(
    locations: tuple[Path, ...],
    workers: int | None,
    enqueue: bool,
    stored: bool,
    corpus: Path | None,
    index: Path | None,
    encoder: str | None,
    as_json: bool,
) -> None:
    """Bring the index up to date with folders and files (the corpus folder where none is named).

    Files that have not changed are not read again. Exit code 3: some files could not be read and were passed over.
    """
    if locations and corpus:
        raise click.UsageError("name the documents as arguments or with --corpus, not both")
    settings = chosen_settings(corpus, index, encoder)
    if enqueue and (locations or not settings.queue):
        raise click.UsageError("--enqueue needs BUREAU_QUEUE, and reads the corpus folder alone")
    if stored and (locations or corpus or enqueue):
        raise click.UsageError("--stored reads no files: name no documents")
    built = build(_at_work(settings, workers), list(locations), enqueue=enqueue, stored=stored)
    gathered = built.gathered
    if gathered is None:
        raise RuntimeError("a build knows its files")
    told = _told(built, gathered, settings.index)
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _told_words(told))
    if gathered.skipped:
        became = "they are left out" if stored else "of those read before, the old text stays"
        click.echo(f"bureau: {len(gathered.skipped)} files could not be read; {became}", err=True)
        sys.exit(SKIPPED_EXIT_CODE)


def _at_work(settings: Settings, processes: int | None) -> Settings:
    """The settings with so many processes that extract."""
    own = settings.workers if "workers" in settings.model_fields_set else min(MOST_WORKERS, cores())
    return settings.model_copy(update={"workers": processes or own})


def _told(built: Assistant, gathered: Gathered, folder: Path) -> dict[str, Any]:
    """What became of the files, and the index that came of it."""
    return {
        "index": str(folder),
        "generation": live_name(folder),
        "encoder": built.encoder.fingerprint,
        "documents": len(built.store.facts),
        "passages": len(built.index),
        **{name: len(getattr(gathered, name)) for name in COUNTED},
        "skipped": gathered.skipped,
    }


def _told_words(told: dict[str, Any]) -> str:
    named = zip(COUNTED, ("新增", "更新", "未变", "移除"), strict=True)
    files = "、".join(f"{word} {told[name]}" for name, word in named if told[name])
    return f"已索引 {told['documents']} 篇文件、{told['passages']} 个段落,存于 {told['index']}(文件:{files})。"


@click.command()
@click.option("--processes", type=click.IntRange(1, 256), help="Files at the same time; as many as cores, up to four.")
@click.option("--until-done", is_flag=True, help="End when there is nothing to do.")
@location_options
def worker(
    processes: int | None, until_done: bool, corpus: Path | None, index: Path | None, encoder: str | None
) -> None:
    """Read files for `bureau index --enqueue` of another machine, from the same corpus folder, over BUREAU_QUEUE."""
    from assistant.ingestion.worker import work

    settings = chosen_settings(corpus, index, encoder)
    if not settings.queue:
        raise click.UsageError("set BUREAU_QUEUE: postgresql://…")
    work(
        _at_work(settings, processes),
        lambda words: click.echo(f"bureau worker: {words}", err=True),
        until_done=until_done,
    )


@click.command()
@click.argument("engine", required=False)
@click.option("--store", help="PostgreSQL for texts and rows: postgresql://… (BUREAU_STORE).")
@json_option("Print what was published as JSON.")
@location_options
def publish(
    engine: str | None,
    store: str | None,
    as_json: bool,
    corpus: Path | None,
    index: Path | None,
    encoder: str | None,
) -> None:
    """Send the live index to Milvus, which serves it then: an address, or a file of Milvus Lite (BUREAU_ENGINE)."""
    from assistant.retrieval.index import HybridIndex
    from assistant.retrieval.publishing import publish as send

    settings = chosen_settings(corpus, index, encoder)
    uri = engine or settings.engine
    if not uri:
        raise click.UsageError("name an engine, or set BUREAU_ENGINE")
    opened = HybridIndex.load(settings.index, thorough=True)
    with progress_bar("发布") as progress:
        name = send(opened, uri, store or settings.store, progress)
    told = {"engine": uri, "generation": name, "passages": len(opened)}
    click.echo(json.dumps(told) if as_json else f"已发布 {len(opened)} 个段落到 {uri}(第 {name} 代)。")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option("Print everything found as JSON.")
def inspect(file: Path, as_json: bool) -> None:
    """Show what is read from a file: encoding, works, outline, repairs, dropped lines, passages."""
    from assistant.cli.inspection import inspect_file, inspection_text

    inspection = inspect_file(file)
    click.echo(json.dumps(inspection, ensure_ascii=False) if as_json else inspection_text(inspection))


@click.command()
@json_option("Print the checks as JSON.")
@location_options
def doctor(as_json: bool, corpus: Path | None, index: Path | None, encoder: str | None) -> None:
    """Check the corpus, the encoder and the index; exit code 1 where one of them does not work."""
    from assistant.cli.doctor import examine

    checks = examine(chosen_settings(corpus, index, encoder))
    if as_json:
        click.echo(
            json.dumps([{"name": one.name, "ok": one.ok, "detail": one.detail} for one in checks], ensure_ascii=False)
        )
    else:
        for check in checks:
            click.echo(f"{'正常' if check.ok else '异常'}  {check.name}: {check.detail}")
    if not all(check.ok for check in checks):
        sys.exit(1)
