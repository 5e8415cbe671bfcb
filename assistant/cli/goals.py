"""Commands about goals and measures: goals, measures, pairs, contradictions."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar, Unpack

import click

from assistant.cli.options import (
    Command,
    chosen_settings,
    json_option,
    load,
    location_options,
    scope_options,
    several,
)
from assistant.datamodels import STANDINGS
from assistant.exporting import write_table
from assistant.options import STATUSES, RowOptions
from assistant.plain_text import contradiction_lines, goal_lines, measure_lines, pair_lines
from assistant.records import (
    Table,
    contradiction_record,
    goal_record,
    goal_table,
    measure_record,
    measure_table,
    pair_record,
)

Row = TypeVar("Row")


def _row_options(command: Command) -> Command:
    statuses = click.Choice(STATUSES)
    help_text = "Only what is planned, achieved or projected. May repeat."
    command = click.option("--status", type=statuses, multiple=True, callback=several, help=help_text)(command)
    body = click.option("--responsible", help="Only what a body answers for: part of its name.")
    return click.argument("words", nargs=-1)(scope_options(body(command)))


def _masked_option(command: Command) -> Command:
    standings = click.Choice(STANDINGS)
    told = "Only rows that stand so; without it all but orders to the reader. May repeat."
    command = click.option("--standing", type=standings, multiple=True, callback=several, help=told)(command)
    help_text = "Only rows whose number is hidden or lost, or only the others."
    return click.option("--masked/--told", default=None, help=help_text)(command)


def _export_option(command: Command) -> Command:
    kind = click.Path(path_type=Path, dir_okay=False)
    return click.option("--export", type=kind, help="Write the table to a .csv or .xlsx file.")(command)


def _show(
    rows: Sequence[Row],
    record: Callable[[Row], dict[str, Any]],
    lines: Callable[[Sequence[Row]], str],
    *,
    as_json: bool,
    table: Table | None = None,
    export: Path | None = None,
) -> None:
    if export is not None and table is not None:
        write_table(table, export)
        click.echo(f"已写入 {export}:{len(rows)} 行。", err=as_json)
        if not as_json:
            return
    click.echo(json.dumps([record(row) for row in rows], ensure_ascii=False) if as_json else lines(rows))


@click.command()
@_row_options
@_masked_option
@_export_option
@json_option("Print the rows as JSON.")
@location_options
def goals(
    words: tuple[str, ...],
    as_json: bool,
    export: Path | None,
    corpus: Path | None,
    index: Path | None,
    encoder: str | None,
    **filters: Unpack[RowOptions],
) -> None:
    """List goals and results: how many, by when, planned or achieved; with WORDS those that they name."""
    loaded = load(chosen_settings(corpus, index, encoder), build_missing=True)
    rows = loaded.goals(" ".join(words), **filters)
    _show(rows, goal_record, goal_lines, as_json=as_json, table=goal_table(rows), export=export)


@click.command()
@_row_options
@_export_option
@json_option("Print the measures as JSON.")
@location_options
def measures(
    words: tuple[str, ...],
    as_json: bool,
    export: Path | None,
    corpus: Path | None,
    index: Path | None,
    encoder: str | None,
    **filters: Unpack[RowOptions],
) -> None:
    """List measures as the tree that the documents make of them; with WORDS those that they name."""
    loaded = load(chosen_settings(corpus, index, encoder), build_missing=True)
    rows = loaded.measures(" ".join(words), **filters)
    _show(rows, measure_record, measure_lines, as_json=as_json, table=measure_table(rows), export=export)


@click.command()
@_row_options
@_masked_option
@click.option("-k", "count", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many pairs.")
@json_option("Print the pairs as JSON.")
@location_options
def pairs(
    words: tuple[str, ...],
    as_json: bool,
    count: int,
    corpus: Path | None,
    index: Path | None,
    encoder: str | None,
    **filters: Unpack[RowOptions],
) -> None:
    """Set the same indicator side by side: planned and achieved, across years and documents."""
    loaded = load(chosen_settings(corpus, index, encoder), build_missing=True)
    _show(loaded.pairs(" ".join(words), **filters)[:count], pair_record, pair_lines, as_json=as_json)


@click.command()
@_row_options
@json_option("Print the contradictions as JSON.")
@location_options
def contradictions(
    words: tuple[str, ...],
    as_json: bool,
    corpus: Path | None,
    index: Path | None,
    encoder: str | None,
    **filters: Unpack[RowOptions],
) -> None:
    """List numbers of one document that cannot both be true."""
    loaded = load(chosen_settings(corpus, index, encoder), build_missing=True)
    found = loaded.contradictions(" ".join(words), **filters)
    _show(found, contradiction_record, contradiction_lines, as_json=as_json)
