"""The assistant over HTTP: /v1/search, ask, goals, measures, documents, and the doors for clients of others."""

from __future__ import annotations

import re
from importlib.metadata import version
from sqlite3 import DatabaseError
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPBearer
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from assistant.assistant import Assistant
from assistant.datamodels.records import AnswerRecord, SearchRecord
from assistant.errors import AssistantError, QuestionError, ScopeError, SettingsError
from assistant.page.reading.documents import document_route
from assistant.records import answer_record, document_record, search_record
from assistant.server.completions import completion_routes
from assistant.server.door import Door, error_response
from assistant.server.links import Links
from assistant.server.requests import AskRequest, DocumentsRequest, GoalsRequest, RowsRequest, SearchRequest
from assistant.server.retrieval import retrieval_routes
from assistant.server.shapes import DocumentsRecord, GoalsRecord, MeasuresRecord, PageRecord, document_page
from assistant.serving.gate import Rules
from assistant.serving.running import hosts_of, is_here
from assistant.settings import Settings

TITLE = "bureau-assistant"
SHORTEST_KEY = 16
SENDABLE = re.compile(r"[!-~]+")
Row = TypeVar("Row")


class ErrorDetail(BaseModel):
    """What is wrong and what to do about it."""

    message: str
    type: str
    param: str | None
    code: str | None


class ErrorBody(BaseModel):
    """An error, in the shape of OpenAI's."""

    error: ErrorDetail


ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody, "description": told}
    for status, told in {
        400: "The question, the scope or the like cannot be.",
        401: "The key is missing or wrong.",
        403: "The request comes from another page.",
        404: "There is no such thing.",
        411: "The request does not tell its length.",
        413: "The request is too large.",
        421: "The host is called by a name that it does not know.",
        422: "The request does not follow the schema.",
        429: "Too many requests; Retry-After tells when to ask again.",
        503: "The index cannot be read.",
    }.items()
}


def rules_of(settings: Settings, host: str) -> Rules:
    """What may come in. Raises SettingsError for an address that others can reach without a key that none guesses."""
    key = settings.api_key.get_secret_value()
    if key and not SENDABLE.fullmatch(key):
        raise SettingsError(
            "BUREAU_API_KEY must be of ASCII letters, digits and signs, without spaces: it is sent in a header"
        )
    if not is_here(host) and len(key) < SHORTEST_KEY:
        raise SettingsError(
            f"{host} can be reached by other machines; set BUREAU_API_KEY to a secret of {SHORTEST_KEY} characters "
            "or more"
        )
    return Rules(hosts_of(settings, host))


def application(assistant: Assistant, rules: Rules, settings: Settings) -> Door:
    """The whole interface behind its door."""
    key = settings.api_key.get_secret_value()
    links = Links(settings.public_url, key)
    app = FastAPI(
        title=TITLE,
        version=version("bureau-assistant"),
        description="Cited answers, passages, goals and measures from a bureau's own documents.",
        docs_url=None,  # its scripts come from elsewhere
        redoc_url=None,
        responses=ERRORS,
        dependencies=[Depends(HTTPBearer(auto_error=False))],  # told in the schema; the door asks for it
    )
    app.include_router(_asking_routes(assistant))
    app.include_router(_reading_routes(assistant))
    app.include_router(completion_routes(assistant, links))
    app.include_router(retrieval_routes(assistant))
    app.router.routes.append(document_route(assistant, settings.corpus))
    _tell_errors(app)
    return Door(app, rules, key)


def _asking_routes(assistant: Assistant) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["asking"])

    @router.post("/search")
    def search(asked: SearchRequest) -> SearchRecord:
        """Passages, best first."""
        return search_record(asked.query, assistant.search(asked.query, k=asked.k, scope=asked.scope()))

    @router.post("/ask")
    def ask(asked: AskRequest) -> AnswerRecord:
        """An answer with citations, or a refusal; ``messages`` are the conversation before the question."""
        scope = asked.scope()
        messages = [{"role": one.role, "content": one.text()} for one in asked.messages]
        turns = assistant.turns_of(messages, scope=scope)
        *_, last = assistant.converse(asked.question, turns=turns, scope=scope, literal=asked.literal)
        return answer_record(last.answer)

    @router.post("/goals")
    def goals(asked: GoalsRequest) -> GoalsRecord:
        """Goals and results, those that name most of the words first."""
        rows = assistant.goals(
            asked.words,
            scope=asked.scope(),
            status=asked.status,
            standing=asked.standing,
            responsible=asked.responsible,
            masked=asked.masked,
        )
        return {"total": len(rows), "goals": _part(rows, asked)}

    @router.post("/measures")
    def measures(asked: RowsRequest) -> MeasuresRecord:
        """Measures in order; with words those that name them, and those above and below."""
        rows = assistant.measures(asked.words, scope=asked.scope(), status=asked.status, responsible=asked.responsible)
        return {"total": len(rows), "measures": _part(rows, asked)}

    return router


def _reading_routes(assistant: Assistant) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["reading"])

    @router.get("/documents")
    def documents(asked: Annotated[DocumentsRequest, Query()]) -> DocumentsRecord:
        """The documents: id, title, kind, years, place, bureau, number and day of issue."""
        found = list(assistant.documents(scope=asked.scope()).items())
        shown = found[asked.first : asked.first + asked.limit]
        return {"total": len(found), "documents": [document_record(*one) for one in shown]}

    @router.get("/documents/{document_id:path}")
    def document(
        document_id: str,
        start: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
        characters: Annotated[int, Query(ge=1, le=1_000_000)] = 100_000,
    ) -> PageRecord:
        """The text of a document from ``start`` on, with its headings."""
        try:
            return document_page(assistant.document(document_id), start, characters)
        except ScopeError as error:
            raise HTTPException(404, str(error)) from error

    return router


def _part(rows: list[Row], asked: RowsRequest) -> list[Row]:
    return rows[asked.first : asked.first + asked.limit]


def _tell_errors(app: FastAPI) -> None:
    """Each error as JSON that says what to do."""

    def answered(status: int) -> Any:  # noqa: ANN401 - what FastAPI takes
        return lambda request, error: error_response(request.url.path, status, " ".join(str(error).split()))

    def refused(request: Request, error: Exception) -> JSONResponse:
        status, detail = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
        return error_response(request.url.path, status, detail, headers=dict(getattr(error, "headers", None) or {}))

    def malformed(request: Request, error: Exception) -> JSONResponse:
        first = error.errors()[0] if isinstance(error, RequestValidationError) else {}
        if "json" not in request.headers.get("content-type", "json"):
            return error_response(request.url.path, 422, "send JSON, with the header Content-Type: application/json")
        where = ".".join(str(part) for part in first.get("loc", ())[:2])  # behind it are names of ours
        return error_response(request.url.path, 422, f"{where}: {first.get('msg', 'cannot be read')}")

    statuses = {QuestionError: 400, ScopeError: 400, AssistantError: 503, OSError: 503}
    for kind, status in statuses.items():
        app.add_exception_handler(kind, answered(status))
    app.add_exception_handler(
        DatabaseError,
        lambda request, _: error_response(request.url.path, 503, "the index is damaged; run: bureau doctor"),
    )
    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RequestValidationError, malformed)
