"""Commands that keep things going: example, watch, backup, restore, service."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from assistant.cli.options import build, chosen_settings, json_option, live_facts, location_options, one_line
from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.upkeep.bundling import PLATFORMS, PYTHONS, make_bundle

if TYPE_CHECKING:
    from assistant.documents.gathering import Gathered
    from assistant.upkeep.service import Kind


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
def example(folder: Path | None) -> None:
    """Copy five documents to try the assistant with into a folder, the corpus folder where none is named."""
    from assistant.upkeep.example import copy_example

    target = folder or chosen_settings(None, None, None).corpus
    copied = copy_example(target)
    told = f"已放入 {len(copied)} 篇示例文件" if copied else "示例文件都已经在了"
    click.echo(f"{told}:{target.absolute()}。接着运行 bureau chat。")


@click.command()
@click.option(
    "--seconds",
    type=click.FloatRange(1, 86_400),
    default=60,
    show_default=True,
    help="Between two looks where the system tells of no change, as of a network share.",
)
@location_options
def watch(seconds: float, corpus: Path | None, index: Path | None, encoder: str | None) -> None:
    """Follow the folder of documents and bring the index up to date whenever it has changed, until stopped."""
    from assistant.upkeep.watching import Watcher

    settings = chosen_settings(corpus, index, encoder)
    click.echo(f"正在关注 {settings.corpus.absolute()}  (Ctrl+C 结束)", err=True)
    known = len({one.source for one in live_facts(settings.index).values()})
    watcher = Watcher(settings, known, seconds=seconds)
    try:
        for reason in watcher.changes(Event()):
            if reason:
                click.echo(f"{_now()} {reason}", err=True)
            elif not _updated(settings):
                watcher.forget()
    except KeyboardInterrupt:
        click.echo("已停止。", err=True)


def _updated(settings: Settings) -> bool:
    """Bring the index up to date and say what became of the files; whether that worked."""
    try:
        built = build(settings)
        gathered = built.gathered
        built.close()
    except AssistantError as error:
        click.echo(f"{_now()} {one_line(error)}", err=True)
        return False
    if gathered is not None and (gathered.is_news or gathered.skipped):
        click.echo(f"{_now()} {_became(gathered)}")
    return True


def _now() -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S")


def _became(gathered: Gathered) -> str:
    counts = {
        "新增": len(gathered.added),
        "更新": len(gathered.changed),
        "移除": len(gathered.removed),
        "读不出": len(gathered.skipped),
        "未变": len(gathered.unchanged),
    }
    return ",".join(f"{name} {count}" for name, count in counts.items() if count)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", "replacing", is_flag=True, help="Also where there is such a file.")
@json_option("Print what was kept as JSON.")
@location_options
def backup(
    file: Path, replacing: bool, as_json: bool, corpus: Path | None, index: Path | None, encoder: str | None
) -> None:
    """Write documents, corrections, users and feedback into one archive; the index is made of these."""
    from assistant.upkeep.backup import back_up

    counts = back_up(chosen_settings(corpus, index, encoder), file, replacing=replacing)
    click.echo(
        json.dumps(counts) if as_json else f"已备份 {counts['corpus']} 个文件、{counts['state']} 个名单到 {file}。"
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", "replacing", is_flag=True, help="Also where other files of these names are there.")
@json_option("Print what was brought back as JSON.")
@location_options
def restore(
    file: Path, replacing: bool, as_json: bool, corpus: Path | None, index: Path | None, encoder: str | None
) -> None:
    """Bring back what `bureau backup` wrote; then run: bureau index."""
    from assistant.upkeep.backup import restore as bring_back

    counts = bring_back(chosen_settings(corpus, index, encoder), file, replacing=replacing)
    told = f"已恢复 {counts['corpus']} 个文件、{counts['state']} 个名单。接着运行 bureau index。"
    click.echo(json.dumps(counts) if as_json else told)


@click.command()
@click.option(
    "--for",
    "kind",
    type=click.Choice(("systemd", "windows")),
    default="systemd",
    show_default=True,
    help="What keeps it running.",
)
@location_options
def service(kind: Kind, corpus: Path | None, index: Path | None, encoder: str | None) -> None:
    """Print what makes the system keep the page running: a unit of systemd, or a task of Windows."""
    from assistant.upkeep.service import service_file

    settings = chosen_settings(corpus, index, encoder)
    corpus, index = settings.corpus.absolute(), settings.index.absolute()
    click.echo(service_file(kind, Path.cwd(), corpus, index, os.environ), nl=False)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--wheel",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Of this program: pip wheel --no-deps .",
)
@click.option(
    "--platform",
    type=click.Choice(tuple(PLATFORMS)),
    default="linux-x86_64",
    show_default=True,
    help="Of the machines over there.",
)
@click.option("--python", type=click.Choice(PYTHONS), default="3.11", show_default=True, help="Version over there.")
@click.option(
    "--slim", is_flag=True, help="Without torch and sentence-transformers, which the bundled encoder never uses."
)
@json_option("Print what was made as JSON.")
def bundle(folder: Path, wheel: Path, platform: str, python: str, slim: bool, as_json: bool) -> None:
    """Make a folder that installs the program where there is no network; run it where there is one."""
    made = make_bundle(folder, wheel, platform, python, slim=slim)
    told = f"已做好 {folder}:{made['wheels']} 个安装包,{made['megabytes']} MB。说明见其中的 说明.md。"
    click.echo(json.dumps(made, ensure_ascii=False) if as_json else told)
