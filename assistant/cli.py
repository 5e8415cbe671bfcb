"""The ``bureau`` command: each verb is a method of the library. Errors are one line and exit code 1, usage 2."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO, TypedDict, Unpack

import click

from assistant.assistant import Assistant
from assistant.datamodels import DocumentKind
from assistant.errors import AssistantError, IndexNotFound, UnreadableDocument
from assistant.formatting import answer_record, answer_text, search_record, search_text
from assistant.settings import Settings, load_settings

Command = Callable[..., Any]


class FilterOptions(TypedDict):
    """What ``_filter_options`` adds to a command, as the library's methods take it."""

    year: int | None
    source: str | None
    kind: DocumentKind | None
    place: str | None


def main() -> None:
    """Run the command line; every expected error becomes one line on standard error."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="replace")
        sys.exit(bureau.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except AssistantError as error:
        click.echo(f"bureau: {' '.join(str(error).split())}", err=True)
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        click.echo("bureau: interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        click.echo(f"bureau: {error}", err=True)
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="bureau-assistant", prog_name="bureau")
def bureau() -> None:
    """Ask a bureau's own documents: every answer quotes them word for word, or says they do not tell."""


def _location_options(command: Command) -> Command:
    for name, help_text in (
        ("encoder", "'bundled', or the name or folder of a sentence-transformers model."),
        ("index", "Folder of the index."),
        ("corpus", "Folder of the documents."),
    ):
        kind = str if name == "encoder" else click.Path(path_type=Path)
        command = click.option(f"--{name}", type=kind, help=help_text)(command)
    return command


def _filter_options(command: Command) -> Command:
    kinds = click.Choice(["plan", "summary", "notice", "other"])
    for option in (
        click.option("--place", help="Only documents of this place, for example 某某市."),
        click.option("--kind", type=kinds, help="Only documents of this kind."),
        click.option("--source", help="Only files whose path below the corpus begins so."),
        click.option("--year", type=int, help="Only documents about this year."),
    ):
        command = option(command)
    return command


def _query_options(command: Command) -> Command:
    command = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a question.")(command)
    batch_help = "Take the questions from a file, one a line; - for standard input."
    command = click.option("--batch", type=click.File(encoding="utf-8"), help=batch_help)(command)
    return click.argument("question", required=False)(command)


def _settings(corpus: Path | None, index: Path | None, encoder: str | None) -> Settings:
    given = {"corpus": corpus, "index": index, "encoder": encoder}
    return load_settings().model_copy(update={name: value for name, value in given.items() if value is not None})


def _questions(question: str | None, batch: TextIO | None) -> list[str]:
    """The question given, or the lines of the batch."""
    if (question is None) == (batch is None):
        raise click.UsageError("give one question, or a file of them with --batch")
    if batch is None:
        return [_clean(question or "")]
    try:
        lines = batch.read().lstrip("\ufeff").split("\n")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"the file of questions is not UTF-8 ({error})") from error
    return [_clean(line.rstrip("\r")) for line in lines if line.strip()]


def _clean(text: str) -> str:
    """Arguments are UTF-8 whatever the locale says; bytes that are not become replacement characters."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _answer_each(questions: list[str], answer: Callable[[str], str]) -> None:
    """Print the answer to each question; one that cannot be answered is reported and the rest go on."""
    failed = False
    for number, question in enumerate(questions, start=1):
        try:
            click.echo(answer(question))
        except AssistantError as error:
            if len(questions) == 1:
                raise
            failed = True
            click.echo(f"bureau: question {number}: {' '.join(str(error).split())}", err=True)
    if failed:
        sys.exit(1)


@contextmanager
def _progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _build(settings: Settings, *, skip_unreadable: bool = False) -> Assistant:
    def report(error: UnreadableDocument) -> None:
        click.echo(f"bureau: skipped {error}", err=True)

    with _progress("建立索引") as progress:
        return Assistant.build(
            settings.corpus,
            settings.index,
            encoder=settings.encoder,
            settings=settings,
            progress=progress,
            on_unreadable=report if skip_unreadable else None,
        )


def _load(settings: Settings, *, build_missing: bool = False) -> Assistant:
    try:
        return Assistant.load(settings.index, encoder=settings.encoder, settings=settings)
    except IndexNotFound:
        if not build_missing:
            raise
    click.echo(f"{settings.index} 中还没有索引,先从 {settings.corpus} 建立。", err=True)
    return _build(settings)


@bureau.command()
@_location_options
@click.option("--skip-unreadable", is_flag=True, help="Pass over files that cannot be read instead of stopping.")
@click.option("--json", "as_json", is_flag=True, help="Print what was built as JSON.")
def index(corpus: Path | None, index: Path | None, encoder: str | None, skip_unreadable: bool, as_json: bool) -> None:
    """Read the documents and build the index; unchanged passages are not embedded again."""
    settings = _settings(corpus, index, encoder)
    built = _build(settings, skip_unreadable=skip_unreadable).index
    facts = {
        "index": str(settings.index),
        "generation": built.generation,
        "encoder": built.fingerprint,
        "documents": len(built.store.facts),
        "passages": len(built),
    }
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
    else:
        click.echo(f"已索引 {facts['documents']} 篇文件、{facts['passages']} 个段落,存于 {settings.index}。")


@bureau.command()
@_query_options
@_filter_options
@click.option("-k", "count", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many passages.")
@_location_options
def search(
    question: str | None,
    batch: TextIO | None,
    as_json: bool,
    count: int,
    corpus: Path | None,
    index: Path | None,
    encoder: str | None,
    **filters: Unpack[FilterOptions],
) -> None:
    """Find the passages nearest to a question."""
    questions = _questions(question, batch)
    loaded = _load(_settings(corpus, index, encoder))

    def found(one: str) -> str:
        hits = loaded.search(one, k=count, **filters)
        return json.dumps(search_record(one, hits), ensure_ascii=False) if as_json else search_text(hits)

    _answer_each(questions, found)


@bureau.command()
@_query_options
@_filter_options
@_location_options
def ask(
    question: str | None,
    batch: TextIO | None,
    as_json: bool,
    corpus: Path | None,
    index: Path | None,
    encoder: str | None,
    **filters: Unpack[FilterOptions],
) -> None:
    """Answer a question with citations, or say why the documents do not tell; builds a missing index first."""
    questions = _questions(question, batch)
    loaded = _load(_settings(corpus, index, encoder), build_missing=True)

    def answered(one: str) -> str:
        answer = loaded.ask(one, **filters)
        return json.dumps(answer_record(answer), ensure_ascii=False) if as_json else answer_text(answer)

    _answer_each(questions, answered)


@bureau.command()
@click.option("--host", help="Address to listen on; other machines can reach anything but 127.0.0.1.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--open/--no-open", "open_browser", default=True, help="Open the page in a browser.")
@_location_options
def chat(
    host: str | None,
    port: int | None,
    open_browser: bool,
    corpus: Path | None,
    index: Path | None,
    encoder: str | None,
) -> None:
    """Open the chat page; builds a missing index first."""
    settings = _settings(corpus, index, encoder)
    loaded = _load(settings, build_missing=True)
    from assistant.chat import build_chat, launch

    launch(build_chat(loaded), host=host or settings.host, port=port or settings.port, open_browser=open_browser)


@bureau.command()
@click.argument("questions", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures and every question's result as JSON.")
@_location_options
def evaluate(questions: Path, as_json: bool, corpus: Path | None, index: Path | None, encoder: str | None) -> None:
    """Measure the index on a file of judged questions."""
    from dataclasses import asdict

    from assistant.evaluation import evaluate as measure
    from assistant.evaluation.judgements import read_judgements

    judgements = read_judgements(questions)
    loaded = _load(_settings(corpus, index, encoder), build_missing=True)
    with _progress("评测") as progress:
        evaluation = measure(loaded, judgements, progress)
    if as_json:
        click.echo(json.dumps(asdict(evaluation), ensure_ascii=False))
        return
    for name, value in evaluation.figures.items():
        shown = "-" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"
        click.echo(f"{name:<20} {shown:>8}")


@bureau.command()
@click.option("--json", "as_json", is_flag=True, help="Print the checks as JSON.")
@_location_options
def doctor(as_json: bool, corpus: Path | None, index: Path | None, encoder: str | None) -> None:
    """Check the corpus, the encoder and the index; exit code 1 where one of them does not work."""
    from assistant.doctor import examine

    checks = examine(_settings(corpus, index, encoder))
    if as_json:
        click.echo(
            json.dumps([{"name": one.name, "ok": one.ok, "detail": one.detail} for one in checks], ensure_ascii=False)
        )
    else:
        for check in checks:
            click.echo(f"{'正常' if check.ok else '异常'}  {check.name}: {check.detail}")
    if not all(check.ok for check in checks):
        sys.exit(1)
