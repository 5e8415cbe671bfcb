"""The addresses of documents: /documents/ID shows one whole, with ``start`` and ``end`` of what is marked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from assistant.assistant import Assistant
from assistant.datamodels import Document, SourceText
from assistant.documents.formats.worker import draw_apart
from assistant.errors import ScopeError, UnreadableDocument
from assistant.page.reading.reader import VIEWS, Picture, Span, View, document_page
from assistant.retrieval.restricted import shows_file

MOST_SPANS = 50
MOST_PAGES = 4
"""Of a quote that are shown at once."""


def document_route(assistant: Assistant, corpus: Path) -> Route:
    """The route of the documents; files are served from the folder ``corpus`` alone."""

    async def answer(request: Request) -> Response:
        return await to_thread.run_sync(shown, assistant, corpus, request.path_params["name"], request.query_params)

    return Route("/documents/{name:path}", answer)


def shown(assistant: Assistant, corpus: Path, name: str, asked: QueryParams) -> Response:
    """A document as a page, or its file; 404 where there is none, 400 for spans that cannot be."""
    try:
        document = assistant.document(name)
        if not shows_file(assistant.store, document.source):  # it also holds works that this user may not see
            if "file" in asked:
                return PlainTextResponse("这个文件里还有别的文件,不能整个下载。", 403)
            asked = QueryParams([one for one in asked.multi_items() if one[0] in ("start", "end")])
        return _file(corpus, document) if "file" in asked else _page(assistant, corpus, document, asked)
    except ScopeError:
        return PlainTextResponse("没有这个文件,可能已经更新或删除。", 404)
    except ValueError:
        return PlainTextResponse("start 和 end 应为正文范围内的字数。", 400)
    except (UnreadableDocument, OSError) as error:
        return PlainTextResponse(f"这一页画不出来:{error}", 404)


def _file(corpus: Path, document: Document) -> Response:
    """The file itself, from the folder alone."""
    path = (corpus / document.source).resolve()
    if not path.is_relative_to(corpus.resolve()) or not path.is_file():
        return PlainTextResponse("原文件已不在文件夹中。", 404)
    return FileResponse(path, filename=path.name, content_disposition_type="attachment")


def _page(assistant: Assistant, corpus: Path, document: Document, asked: QueryParams) -> Response:
    spans = spans_of(asked, len(document.text))
    source = assistant.store.source_text(document.source)
    view: View = next((one for one in VIEWS if one == asked.get("view")), "read")
    pages = []
    if view == "pages":
        pages = pictures(corpus / document.source, document, source, spans, asked.get("page", ""))
    return HTMLResponse(document_page(document, source, spans, view, pages))


def pictures(path: Path, document: Document, source: SourceText, spans: list[Span], page: str) -> list[Picture]:
    """The page that is asked for, or those that the spans stand on, or the first of the document.

    Raises UnreadableDocument as ``draw_apart``, and OSError where the file is gone.
    """
    behind = [document.alignment.original_span(start, end) for start, end in spans or [(0, 1)]]
    words = [source.text[start:end] for start, end in behind] if spans else []
    numbers = {number for start, end in behind for number in (source.page(start), source.page(end - 1)) if number}
    wanted = [int(page)] if page.isdecimal() else sorted(numbers)[:MOST_PAGES]
    return [Picture(number, *_drawn(path, path.stat().st_mtime_ns, number, tuple(words))) for number in wanted]


@lru_cache(maxsize=24)
def _drawn(path: Path, _: int, number: int, words: tuple[str, ...]) -> tuple[bytes, list[tuple[float, ...]]]:
    return draw_apart(path, number, words)


def spans_of(asked: QueryParams, length: int) -> list[Span]:
    """Pairs of ``start`` and ``end``. Raises ValueError where one is no span of a text of that length."""
    starts, ends = (list(map(int, asked.getlist(name))) for name in ("start", "end"))
    spans = list(zip(starts, ends, strict=True))
    if len(spans) > MOST_SPANS or not all(0 <= start < end <= length for start, end in spans):
        raise ValueError("no span of the text")
    return spans
