"""The page served: gradio behind the gate, in one process of uvicorn that ends when it is told to."""

from __future__ import annotations

import sys
import threading
import warnings
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import gradio
from fastapi import FastAPI

from assistant.assistant import Assistant
from assistant.collection import Collection
from assistant.documents.corpus import corpus_files
from assistant.errors import CorpusNotFound, SettingsError
from assistant.page.chat import build_chat
from assistant.page.quiet import keep_words_out
from assistant.page.reading.documents import document_route
from assistant.page.tables.exports import export_route
from assistant.page.users import sight_of
from assistant.page.words import TRANSLATIONS
from assistant.serving.gate import Gate, Rules
from assistant.serving.login import LoginPage
from assistant.serving.running import address_of, hosts_of, is_here, listening_at, serve
from assistant.serving.sessions import Sessions
from assistant.serving.users import users_of
from assistant.settings import Settings
from assistant.upkeep.watching import corpus_of, follow

if TYPE_CHECKING:
    from starlette.types import ASGIApp

PAGE = Path(__file__).parent
PRIMARY = "#b3400a"


def rules_of(settings: Settings, host: str) -> Rules:
    """What may come in. Raises SettingsError for an address that others can reach while there are no users."""
    users = users_of(settings)
    hosts = hosts_of(settings, host)
    if not users.all():
        if not is_here(host):
            raise SettingsError(
                f"{host} can be reached by other machines, and there are no users yet; "
                "add one with: bureau user add NAME --role editor"
            )
        return Rules(hosts, upload_bytes=settings.maximum_bytes)
    sessions = Sessions(users, settings.session_hours)
    return Rules(hosts, LoginPage(users, sessions), upload_bytes=settings.maximum_bytes)


def application(assistant: Assistant, rules: Rules, settings: Settings) -> FastAPI:
    """The page as an application, before which the gate is still to be put."""
    collection = Collection(assistant, settings)
    if settings.watch:
        known = len({one.source for one in assistant.store.facts.values()})
        follow(settings, known, collection.updated, _say)
    assistant.restrict(sight_of(rules))
    inner = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    inner.router.routes += [document_route(assistant, settings.corpus), export_route(assistant)]
    gradio.mount_gradio_app(
        inner,
        build_chat(assistant, settings, collection),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=rules.upload_bytes,
        head=_head(),
        theme=_theme(),
        i18n=TRANSLATIONS,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
    )
    return inner


def _say(words: str) -> None:
    print(f"bureau watch: {words}", file=sys.stderr, flush=True)  # noqa: T201


def _theme() -> gradio.themes.Base:
    """Fonts that are there, and buttons whose words stand out by 4.5:1 (WCAG 2.2, 1.4.3)."""
    fill = {f"button_primary_{name}": PRIMARY for name in ("background_fill", "background_fill_dark", "border_color")}
    fonts = {"font": ["system-ui", "Noto Sans CJK SC", "sans-serif"], "font_mono": ["monospace"]}
    return gradio.themes.Default(**fonts).set(**fill)  # type: ignore[arg-type]


def _head() -> str:
    """Our style and script, in the page itself: Gradio would narrow each rule of a style to its own elements."""
    style, script = ((PAGE / name).read_text(encoding="utf-8") for name in ("chat.css", "chat.js"))
    return f"<style>{style}</style><script>{script}</script>"


def launch(load: Callable[[], Assistant], settings: Settings, *, open_browser: bool = True) -> None:
    """Serve the page until interrupted or told to end; where ``load`` finds no documents yet, how to add some.

    Raises SettingsError where the port is taken, or others could reach a page that has no users.
    """
    keep_words_out()
    warnings.filterwarnings("ignore", message="Watermarking for SVG")  # our charts ask for no watermark
    host, port = settings.host, settings.port
    rules = rules_of(settings, host)
    with listening_at(host, port) as listening:
        address = f"{address_of(host, port)}{settings.root_path}"
        app = Gate(_shown(load, rules, settings), rules)
        print(f"页面地址: {address}  (Ctrl+C 结束)", flush=True)  # noqa: T201
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        serve(app, listening, settings.root_path)


def _shown(load: Callable[[], Assistant], rules: Rules, settings: Settings) -> ASGIApp:
    try:
        return application(load(), rules, settings)
    except CorpusNotFound:
        from assistant.page.waiting import Waiting

        corpus_of(settings)

        def attempt() -> FastAPI:
            corpus_files(settings.corpus, maximum_files=settings.maximum_files)  # quickly tells that there is nothing
            return application(load(), rules, settings)

        return Waiting(settings.corpus.absolute(), attempt)
