"""Commands that ask the index: search, ask, mentions, evaluate."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO, Unpack

import click

from assistant.cli.options import (
    Command,
    chosen_settings,
    json_option,
    load,
    location_options,
    one_line,
    progress_bar,
    scope_options,
)
from assistant.datamodels import ScopeOptions
from assistant.errors import AssistantError
from assistant.markdown import answer_as_markdown, hits_as_markdown
from assistant.plain_text import answer_text, mention_text, search_text
from assistant.records import answer_record, mention_record, search_record

REFUSED_EXIT_CODE = 4


def _query_options(command: Command) -> Command:
    command = json_option("Print JSON, one object a question: --format json.")(command)
    command = click.option(
        "--format", "form", type=click.Choice(("text", "json", "markdown")), default="text", help="What to print."
    )(command)
    batch_help = "Take the questions from a file, one a line; - for standard input."
    command = click.option("--batch", type=click.File(encoding="utf-8"), help=batch_help)(command)
    return click.argument("question", required=False)(command)


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
            click.echo(f"bureau: question {number}: {one_line(error)}", err=True)
    if failed:
        sys.exit(1)


@click.command()
@_query_options
@scope_options
@click.option("-k", "count", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many passages.")
@location_options
def search(
    question: str | None,
    batch: TextIO | None,
    as_json: bool,
    form: str,
    count: int,
    corpus: Path | None,
    index: Path | None,
    encoder: str | None,
    **filters: Unpack[ScopeOptions],
) -> None:
    """Find the passages nearest to a question."""
    questions = _questions(question, batch)
    loaded = load(chosen_settings(corpus, index, encoder))

    def found(one: str) -> str:
        hits = loaded.search(one, k=count, **filters)
        if as_json or form == "json":
            return json.dumps(search_record(one, hits), ensure_ascii=False)
        return hits_as_markdown(hits) if form == "markdown" else search_text(hits)

    _answer_each(questions, found)


@click.command()
@_query_options
@scope_options
@click.option(
    "--fail-on-refusal", is_flag=True, help=f"Exit with {REFUSED_EXIT_CODE} where a question is not answered."
)
@location_options
def ask(
    question: str | None,
    batch: TextIO | None,
    as_json: bool,
    form: str,
    fail_on_refusal: bool,
    corpus: Path | None,
    index: Path | None,
    encoder: str | None,
    **filters: Unpack[ScopeOptions],
) -> None:
    """Answer a question with citations, or say why the documents do not tell; builds a missing index first."""
    questions = _questions(question, batch)
    loaded = load(chosen_settings(corpus, index, encoder), build_missing=True)

    states = []

    def answered(one: str) -> str:
        answer = loaded.ask(one, **filters)
        states.append(answer.state)
        if as_json or form == "json":
            return json.dumps(answer_record(answer), ensure_ascii=False)
        return answer_as_markdown(answer) if form == "markdown" else answer_text(answer)

    _answer_each(questions, answered)
    if fail_on_refusal and {"refused", "nearest"} & set(states):
        sys.exit(REFUSED_EXIT_CODE)


@click.command()
@click.argument("phrase")
@json_option("Print JSON, a list of documents.")
@scope_options
@location_options
def mentions(
    phrase: str,
    as_json: bool,
    corpus: Path | None,
    index: Path | None,
    encoder: str | None,
    **filters: Unpack[ScopeOptions],
) -> None:
    """List every document that mentions a phrase, each with a quote."""
    loaded = load(chosen_settings(corpus, index, encoder))
    found = loaded.mentions(_clean(phrase), **filters)
    click.echo(
        json.dumps([mention_record(one) for one in found], ensure_ascii=False) if as_json else mention_text(found)
    )


@click.command()
@click.argument("questions", type=click.Path(path_type=Path))
@json_option("Print the figures and every question's result as JSON.")
@location_options
def evaluate(questions: Path, as_json: bool, corpus: Path | None, index: Path | None, encoder: str | None) -> None:
    """Measure the index on a file of judged questions."""
    from dataclasses import asdict

    from assistant.evaluation import evaluate as measure
    from assistant.evaluation.judgements import read_judgements

    judgements = read_judgements(questions)
    loaded = load(chosen_settings(corpus, index, encoder), build_missing=True)
    with progress_bar("评测") as progress:
        evaluation = measure(loaded, judgements, progress)
    if as_json:
        click.echo(json.dumps(asdict(evaluation), ensure_ascii=False))
        return
    for name, value in evaluation.figures.items():
        shown = "-" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"
        click.echo(f"{name:<20} {shown:>8}")
