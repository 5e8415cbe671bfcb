"""Addresses of tables as files: /export/goals.xlsx, with the fields of the tab as its query."""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import quote

from anyio import to_thread
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from assistant.assistant import Assistant
from assistant.errors import AssistantError
from assistant.exporting import write_table
from assistant.page.tables.views import VIEWS, Wanted

TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export_route(assistant: Assistant) -> Route:
    """The route of the tables."""

    async def answer(request: Request) -> Response:
        return await to_thread.run_sync(exported, assistant, request.path_params["name"], request.query_params)

    return Route("/export/{name}", answer)


def export_address(view: str, suffix: str, wanted: Wanted) -> str:
    """Where a table is to be had as a file, relative to the page."""
    return f"export/{view}{suffix}?{wanted.query}"


def exported(assistant: Assistant, name: str, asked: QueryParams) -> Response:
    """The file; 404 for one that there is not, 400 for fields that cannot be, or that leave no row."""
    view, suffix = VIEWS.get(Path(name).stem), Path(name).suffix
    if view is None or suffix not in TYPES:
        return PlainTextResponse("没有这个表。", 404)
    wanted = Wanted.of(dict(asked))
    if wanted.year and not wanted.year.isdecimal():
        return PlainTextResponse("year 是四位数字。", 400)
    try:
        table = view.table(view.items(assistant, wanted))
        if not table:
            return PlainTextResponse("没有符合条件的内容可以导出。", 400)
        with tempfile.TemporaryDirectory(prefix="bureau-") as folder:
            path = Path(folder) / f"table{suffix}"
            write_table(table, path)
            content = path.read_bytes()
    except AssistantError as error:
        return PlainTextResponse(str(error), 400)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(view.name + suffix)}"}
    return Response(content, media_type=TYPES[suffix], headers=headers)
