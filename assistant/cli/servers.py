"""Commands that go on until they are stopped: chat for people, mcp and serve for programs."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from assistant.assistant import Assistant
from assistant.cli.options import chosen_settings, load, location_options
from assistant.errors import SettingsError


@click.command()
@click.option("--host", help="Address to listen on; any but 127.0.0.1 needs users (bureau user add).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--watch", is_flag=True, help="Follow the folder of documents and keep the index up to date.")
@click.option("--open/--no-open", "open_browser", default=True, help="Open the page in a browser.")
@location_options
def chat(
    host: str | None,
    port: int | None,
    watch: bool,
    open_browser: bool,
    corpus: Path | None,
    index: Path | None,
    encoder: str | None,
) -> None:
    """Open the chat page; builds a missing index first."""
    settings = chosen_settings(corpus, index, encoder)
    from assistant.page.served import launch

    chosen = {name: value for name, value in (("host", host), ("port", port), ("watch", watch)) if value}

    def loaded() -> Assistant:
        return load(settings, build_missing=True)

    launch(loaded, settings.model_copy(update=chosen), open_browser=open_browser)


@click.command()
@click.option("--http", is_flag=True, help="Serve over HTTP on this machine instead of standard input and output.")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Port of --http.")
@location_options
def mcp(http: bool, port: int, corpus: Path | None, index: Path | None, encoder: str | None) -> None:
    """Serve search, ask, goals, measures and the documents as tools of the Model Context Protocol."""
    module = _extra("assistant.server.tools")
    server = module.mcp_server(load(chosen_settings(corpus, index, encoder), build_missing=True))
    if not http:
        server.run()
        return
    from assistant.serving import running

    host = "127.0.0.1"
    with running.listening_at(host, port) as listening:
        click.echo(f"MCP: {running.address_of(host, port)}/mcp  (Ctrl+C 结束)", err=True)
        running.serve(server.streamable_http_app(host=host), listening)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Any but this one needs BUREAU_API_KEY.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@location_options
def serve(host: str, port: int, corpus: Path | None, index: Path | None, encoder: str | None) -> None:
    """Serve programs over HTTP: search, ask, goals, measures; OpenAI's chat completions; Dify's retrieval."""
    from assistant.server.api import application, rules_of
    from assistant.serving import running

    settings = chosen_settings(corpus, index, encoder)
    rules = rules_of(settings, host)
    with running.listening_at(host, port) as listening:
        app = application(load(settings, build_missing=True), rules, settings)
        click.echo(f"接口地址: {running.address_of(host, port)}/v1  (Ctrl+C 结束)", err=True)
        running.serve(app, listening)


def _extra(module: str) -> Any:  # noqa: ANN401 - a module
    """A module of ours that stands on an extra. Raises SettingsError with its install line where that is missing."""
    try:
        return import_module(module)
    except ImportError as error:
        raise SettingsError(str(error)) from error
