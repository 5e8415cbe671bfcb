"""What is served while there is nothing to answer from: how to add documents, until the page itself stands."""

from __future__ import annotations

import asyncio
import html
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from anyio import to_thread
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from assistant.errors import AssistantError, CorpusNotFound

SECONDS = 3
"""Between two looks at the folder of documents, and between two reloads of the page."""
PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="{seconds}"><title>还没有文件</title><style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.7 system-ui, "Noto Sans CJK SC", sans-serif }}
main {{ max-width: 40rem; margin: 12vh auto; padding: 0 1rem }}
</style></head><body><main><h1>还没有可以回答的文件</h1>
<p>请把工作要点、工作总结等文件放进文件夹 <code>{corpus}</code>(可以有子文件夹)。</p>
<p>支持 txt、md、csv、docx、xlsx、xls、et、rtf、pdf 和网页。放好后会自动读取,读完本页自动转到问答页面,不用重新启动。</p>
<p role="status">{told}</p></main></body></html>"""


class Waiting:
    """An ASGI application that shows how to add documents until ``attempt`` brings the page, and then is that page.

    ``attempt`` runs in a thread and raises AssistantError for as long as there is nothing to serve; CorpusNotFound
    where that is only for want of documents.
    """

    def __init__(self, corpus: Path, attempt: Callable[[], FastAPI]) -> None:
        self._corpus, self._attempt = corpus, attempt
        self._told = ""
        self._shown: FastAPI | None = None
        routes = [Route("/{path:path}", self._explain)]
        self._before = Starlette(routes=routes, lifespan=self._lifespan)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on to the page where it stands; the lifespan is always ours."""
        shown = self._shown if scope["type"] != "lifespan" else None
        await (shown or self._before)(scope, receive, send)

    async def _explain(self, _: Request) -> Response:
        content = PAGE.format(seconds=SECONDS, corpus=html.escape(str(self._corpus)), told=html.escape(self._told))
        return HTMLResponse(content, 503, {"Cache-Control": "no-store", "Retry-After": str(SECONDS)})

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(self._wait())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _wait(self) -> None:
        """Try until the page is there, then keep it alive until this task is cancelled."""
        while True:
            try:
                page = await to_thread.run_sync(self._attempt)
                break
            except CorpusNotFound:
                self._told = "正在等待文件……"
                await asyncio.sleep(SECONDS)
            except AssistantError as error:
                self._told = str(error)
                await asyncio.sleep(SECONDS)
        async with page.router.lifespan_context(page):
            self._shown = page
            await asyncio.Event().wait()
