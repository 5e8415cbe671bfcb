"""The addresses of documents: /documents/ID shows one whole, with ``start`` and ``end`` of what is marked."""

from __future__ import annotations

from pathlib import Path

from anyio import to_thread
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from assistant.assistant import Assistant
from assistant.errors import ScopeError
from assistant.page.reader import Span, document_page

MOST_SPANS = 50


def document_route(assistant: Assistant, corpus: Path) -> Route:
    """The route of the documents; files are served from the folder ``corpus`` alone."""

    async def answer(request: Request) -> Response:
        return await to_thread.run_sync(shown, assistant, corpus, request.path_params["name"], request.query_params)

    return Route("/documents/{name:path}", answer)


def shown(assistant: Assistant, corpus: Path, name: str, asked: QueryParams) -> Response:
    """A document as a page, or its file; 404 where there is none, 400 for spans that cannot be."""
    try:
        document = assistant.document(name)
    except ScopeError:
        return PlainTextResponse("没有这个文件,可能已经更新或删除。", 404)
    if "file" in asked:
        path = (corpus / document.source).resolve()
        if not path.is_relative_to(corpus.resolve()) or not path.is_file():
            return PlainTextResponse("原文件已不在文件夹中。", 404)
        return FileResponse(path, filename=path.name, content_disposition_type="attachment")
    try:
        spans = spans_of(asked, len(document.text))
    except ValueError:
        return PlainTextResponse("start 和 end 应为正文范围内的字数。", 400)
    source = assistant.store.source_text(document.source).text
    return HTMLResponse(document_page(document, source, spans, original=asked.get("view") == "original"))


def spans_of(asked: QueryParams, length: int) -> list[Span]:
    """Pairs of ``start`` and ``end``. Raises ValueError where one is no span of a text of that length."""
    starts, ends = (list(map(int, asked.getlist(name))) for name in ("start", "end"))
    spans = list(zip(starts, ends, strict=True))
    if len(spans) > MOST_SPANS or not all(0 <= start < end <= length for start, end in spans):
        raise ValueError("no span of the text")
    return spans
