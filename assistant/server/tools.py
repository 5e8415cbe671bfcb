"""The assistant as an MCP server: tools that search and answer, documents as resources (modelcontextprotocol.io).

What a tool returns stands twice: as fields that follow its output schema, and as text with quotes and places, since
most clients show a model the text alone.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from importlib.metadata import version
from itertools import islice
from sqlite3 import DatabaseError
from typing import Annotated, Any, ParamSpec, TypeVar
from urllib.parse import quote, unquote

from pydantic import Field

from assistant.assistant import Assistant
from assistant.datamodels import DocumentKind, Goal, Measure, Scope
from assistant.datamodels.facts import GoalStatus
from assistant.datamodels.records import AnswerRecord, SearchRecord
from assistant.errors import AssistantError
from assistant.plain_text import answer_text, goal_lines, measure_lines, search_text
from assistant.records import answer_record, document_record, goal_record, measure_record, search_record
from assistant.server.shapes import DocumentsRecord, GoalsRecord, MeasuresRecord, PageRecord, document_page

try:
    from mcp.server import MCPServer
    from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
    from mcp.types import CallToolResult, Resource, TextContent, ToolAnnotations
except ImportError as error:
    raise ImportError('assistant.server.tools needs the MCP SDK; run: pip install "bureau-assistant[mcp]"') from error

INSTRUCTIONS = (
    "Work plans and summaries of Chinese science-and-technology bureaus. Ask in Chinese. `ask` answers with "
    "word-for-word quotes or says that the documents do not tell: repeat its numbers and quotes as they stand, with "
    "their places, and add none. `goals` and `measures` list rows; `search` finds passages; `open_document` reads on."
)
MOST_ROWS = 50
"""Rows and documents that a tool tells at once; a model reads them all."""
MOST_RESOURCES = 1000
LONGEST = 600
"""Characters of a passage in the text of a search."""
P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row", Goal, Measure)

Question = Annotated[str, Field(description="A question or words, in Chinese")]
Year = Annotated[int | None, Field(description="Only documents about this year; of rows, only those of this year")]
Place = Annotated[str | None, Field(description="Only documents of this place, by its Chinese name")]
Kind = Annotated[DocumentKind | None, Field(description="Only plans, summaries, notices or others")]
Name = Annotated[str | None, Field(description="Only this document: a document_id that another tool told")]
Status = Annotated[GoalStatus | None, Field(description="Only what is planned, achieved or projected")]
Words = Annotated[str, Field(description="Words that rows must name, in Chinese; '' for all")]
Body = Annotated[str | None, Field(description="Only what this body answers for: part of its name")]
First = Annotated[int, Field(ge=0, description=f"Rows to pass over; at most {MOST_ROWS} are told at once")]


def advised(tool: Callable[P, R]) -> Callable[P, R]:
    """The tool, whose errors tell a model what to do: the SDK hides the words of any but a ToolError."""

    @functools.wraps(tool)
    def called(*args: P.args, **options: P.kwargs) -> R:
        try:
            return tool(*args, **options)
        except AssistantError as error:
            raise ToolError(str(error)) from error
        except (DatabaseError, OSError) as error:
            raise ToolError(f"the index cannot be read ({error}); run: bureau doctor") from error

    return called


class BureauServer(MCPServer[Any]):
    """A server whose resources are the documents of the index as it is."""

    def __init__(self, assistant: Assistant, **options: Any) -> None:  # noqa: ANN401 - as the SDK takes them
        super().__init__("bureau-assistant", **options)
        self._assistant = assistant

    async def list_resources(self) -> list[Resource]:
        """The documents; of very many the first ones, the tool `documents` tells all."""
        found = self._assistant.documents().items()
        return [
            Resource(
                uri=f"bureau://documents/{quote(name, safe='')}", name=name, title=about.called, mime_type="text/plain"
            )
            for name, about in islice(found, MOST_RESOURCES)
        ]


def mcp_server(assistant: Assistant) -> BureauServer:
    """The server, to be run over standard input and output or over HTTP."""
    server = BureauServer(
        assistant, instructions=INSTRUCTIONS, version=version("bureau-assistant"), log_level="WARNING"
    )
    for tool in (*_finding_tools(assistant), *_listing_tools(assistant), *_reading_tools(assistant)):
        hints = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
        server.add_tool(advised(tool), annotations=hints)
    _add_resources(server, assistant)
    return server


def _finding_tools(assistant: Assistant) -> list[Callable[..., Any]]:
    def search(
        question: Question,
        k: Annotated[int, Field(ge=1, le=MOST_ROWS, description="How many passages")] = 5,
        year: Year = None,
        place: Place = None,
        kind: Kind = None,
        document: Name = None,
    ) -> Annotated[CallToolResult, SearchRecord]:
        """Find the passages nearest to a question, best first, each with its document, heading and offsets."""
        hits = assistant.search(question, k=k, scope=_scope(year, place, kind, document))
        places = [(hit.rank, hit.document_id, hit.passage.start, hit.passage.end) for hit in hits]
        return _result(search_text(hits, LONGEST) + _places(places), search_record(question, hits))

    def ask(
        question: Question, year: Year = None, place: Place = None, kind: Kind = None, document: Name = None
    ) -> Annotated[CallToolResult, AnswerRecord]:
        """Answer a question about goals (how many, by when, who) and measures with word-for-word quotes, or refuse.

        A refusal or a nearest quote is no answer: say so.
        """
        answer = assistant.ask(question, scope=_scope(year, place, kind, document))
        places = [(one.marker, one.document_id, one.start, one.end) for one in answer.citations]
        return _result(answer_text(answer) + _places(places), answer_record(answer))

    return [search, ask]


def _listing_tools(assistant: Assistant) -> list[Callable[..., Any]]:
    def goals(
        words: Words = "",
        year: Year = None,
        place: Place = None,
        kind: Kind = None,
        document: Name = None,
        status: Status = None,
        responsible: Body = None,
        first: First = 0,
    ) -> Annotated[CallToolResult, GoalsRecord]:
        """List goals and results: indicator, value, unit, period, status, who and by when, each with its words."""
        rows = assistant.goals(words, scope=_scope(year, place, kind, document), status=status, responsible=responsible)
        return _rows("goals", rows, first, goal_lines, goal_record)

    def measures(
        words: Words = "",
        year: Year = None,
        place: Place = None,
        kind: Kind = None,
        document: Name = None,
        status: Status = None,
        responsible: Body = None,
        first: First = 0,
    ) -> Annotated[CallToolResult, MeasuresRecord]:
        """List measures as the tree that the documents make of them, with who answers for each and by when."""
        rows = assistant.measures(
            words, scope=_scope(year, place, kind, document), status=status, responsible=responsible
        )
        return _rows("measures", rows, first, measure_lines, measure_record)

    return [goals, measures]


def _reading_tools(assistant: Assistant) -> list[Callable[..., Any]]:
    def documents(
        year: Year = None,
        place: Place = None,
        kind: Kind = None,
        first: Annotated[int, Field(ge=0, description="Documents to pass over")] = 0,
    ) -> Annotated[CallToolResult, DocumentsRecord]:
        """List the documents: id, title, place, years and kind."""
        found = assistant.documents(scope=_scope(year, place, kind, None))
        shown = [document_record(*one) for one in list(found.items())[first : first + MOST_ROWS]]
        lines = [
            " ".join(filter(None, (one["document_id"], f"《{one['title']}》", one["place"], *map(str, one["years"]))))
            for one in shown
        ]
        text = "\n".join(lines) + _more(len(found), first, len(shown))
        return _result(text, {"total": len(found), "documents": shown})

    def open_document(
        document_id: Annotated[str, Field(description="An id that another tool told")],
        start: Annotated[int, Field(ge=0, description="Characters to pass over")] = 0,
        characters: Annotated[int, Field(ge=1, le=20_000, description="How many to read")] = 4000,
    ) -> Annotated[CallToolResult, PageRecord]:
        """Read a document, word for word, from a character on; `next` tells where to go on."""
        page = document_page(assistant.document(document_id), start, characters)
        more = f"\n(open_document start={page['next']} …)" if page["next"] is not None else ""
        return _result(page["text"] + more, page)

    return [documents, open_document]


def _add_resources(server: MCPServer[Any], assistant: Assistant) -> None:
    @server.resource("bureau://documents/{name}", mime_type="text/plain")
    def document(name: str) -> str:
        """The text of a document."""
        try:
            return assistant.document(unquote(name)).text
        except AssistantError as error:
            raise ResourceNotFoundError(str(error)) from error


def _scope(year: int | None, place: str | None, kind: str | None, document: str | None) -> Scope:
    return Scope.of(year=year, place=place, kind=kind, document=document)


def _places(places: list[tuple[int, str, int, int]]) -> str:
    """Where to read on, by number: what open_document takes."""
    lines = [f"[{number}] document_id={name} start={start} end={end}" for number, name, start, end in places]
    return "\n\n" + "\n".join(lines) if lines else ""


def _rows(
    name: str,
    rows: Sequence[Row],
    first: int,
    lines: Callable[[Sequence[Row]], str],
    record: Callable[[Row], dict[str, Any]],
) -> CallToolResult:
    """Rows from the ``first`` on under their ``name``, with their documents as open_document takes them."""
    shown = rows[first : first + MOST_ROWS]
    documents = "".join(f"\ndocument_id={one}" for one in dict.fromkeys(row.document_id for row in shown))
    told = f"{lines(shown)}{_more(len(rows), first, len(shown))}" + (f"\n{documents}" if documents else "")
    return _result(told, {"total": len(rows), name: [record(one) for one in shown]})


def _more(total: int, first: int, shown: int) -> str:
    """Where the rest is, where some was left out."""
    after = first + shown
    return f"\n(第 {first + 1}—{after} 条,共 {total} 条;其余从 first={after} 起)" if after < total else ""


def _result(text: str, record: Any) -> CallToolResult:  # noqa: ANN401 - a record
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=record)
