"""What several commands share: options, settings, a loaded assistant, progress bars."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from assistant.assistant import Assistant
from assistant.datamodels import DocumentFacts
from assistant.datamodels.scope import KINDS
from assistant.errors import IndexDirectoryError, IndexNotFound
from assistant.settings import Settings, keep_private, load_settings

Command = Callable[..., Any]
SKIPPED_EXIT_CODE = 3
"""Of a build that had to pass over files."""


def location_options(command: Command) -> Command:
    """``--corpus``, ``--index`` and ``--encoder``."""
    for name, help_text in (
        ("encoder", "'bundled', or the name or folder of a sentence-transformers model."),
        ("index", "Folder of the index."),
        ("corpus", "Folder of the documents."),
    ):
        kind = str if name == "encoder" else click.Path(path_type=Path)
        command = click.option(f"--{name}", type=kind, help=help_text)(command)
    return command


class Years(click.ParamType[frozenset[int]]):
    """2013, 2013,2015 or 2013-2015."""

    name = "year"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[int]:
        """The years as a set."""
        years: set[int] = set()
        for part in str(value).split(","):
            match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", part.strip())
            if not match:
                self.fail(f"{value!r} is no year; write 2013, 2013,2015 or 2013-2015", param, ctx)
            years |= set(range(int(match[1]), int(match[2] or match[1]) + 1))
        return frozenset(years) or self.fail(f"{value!r} holds no year; the earlier one comes first", param, ctx)


def scope_options(command: Command) -> Command:
    """``--year``, ``--place``, ``--bureau``, ``--kind``, ``--source``, ``--document``: the fields of a Scope."""
    for name, kind, help_text in (
        ("document", str, "Only the document of this id."),
        ("source", str, "Only files whose path below the corpus begins so."),
        ("kind", click.Choice(KINDS), "Only documents of this kind."),
        ("bureau", str, "Only documents of this bureau."),
        ("place", str, "Only documents of this place, for example 某某市."),
    ):
        told = f"{help_text} May repeat."
        command = click.option(f"--{name}", type=kind, multiple=True, callback=several, help=told)(command)
    told = "Only of these years: 2013, 2013,2015 or 2013-2015. May repeat."
    return click.option("--year", type=Years(), multiple=True, callback=all_years, help=told)(command)


def all_years(_: click.Context, __: click.Parameter, values: tuple[frozenset[int], ...]) -> frozenset[int] | None:
    """The years of an option that may repeat; None where it was not given."""
    return frozenset().union(*values) if values else None


def several(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...] | None:
    """The values of an option that may repeat; None where it was not given."""
    return values or None


def json_option(help_text: str) -> Callable[[Command], Command]:
    """``--json``, which every command has whose output a program might read."""
    return click.option("--json", "as_json", is_flag=True, help=help_text)


def chosen_settings(corpus: Path | None, index: Path | None, encoder: str | None) -> Settings:
    """The settings with what the command line says instead."""
    given = {"corpus": corpus, "index": index, "encoder": encoder}
    settings = load_settings().model_copy(update={name: value for name, value in given.items() if value is not None})
    keep_private(settings)
    return settings


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error."""
    with stages() as stage:
        yield lambda done, total: stage(label, done, total)


@contextmanager
def stages() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on standard error whose label changes."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=None)
        yield lambda label, done, total: bar.update(task, description=label, completed=done, total=total)


def build(
    settings: Settings, locations: list[Path] | None = None, *, enqueue: bool = False, stored: bool = False
) -> Assistant:
    """Bring the index up to date, with a bar for each stage; files that cannot be read are reported and passed over."""
    with stages() as stage:
        return Assistant.build(
            None if stored else locations or settings.corpus,
            settings.index,
            encoder=settings.encoder,
            settings=settings,
            progress=lambda done, total: stage("计算向量", done, total),
            on_file=lambda name, done, total: stage(f"读取 {name}", done, total),
            on_unreadable=lambda error: click.echo(f"bureau: skipped {one_line(error)}", err=True),
            enqueue=enqueue,
        )


def load(settings: Settings, *, build_missing: bool = False) -> Assistant:
    """The live index; a missing one is built first where ``build_missing`` says so."""
    try:
        return Assistant.load(settings.index, encoder=settings.encoder, settings=settings)
    except IndexNotFound:
        if not build_missing:
            raise
    click.echo(f"{settings.index} 中还没有索引,先从 {settings.corpus} 建立。", err=True)
    return build(settings)


def live_facts(index: Path) -> dict[str, DocumentFacts]:
    """What each document of the live index is about; {} where there is none that can be read."""
    from assistant.retrieval.index import HybridIndex

    try:
        live = HybridIndex.load(index)
    except IndexDirectoryError:
        return {}
    facts = dict(live.store.facts)
    live.close()
    return facts


def one_line(error: Exception) -> str:
    """The message of an error as one line."""
    return " ".join(str(error).split())
