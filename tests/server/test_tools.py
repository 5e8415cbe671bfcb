"""The MCP server, driven by the SDK's own clients: in this process, over standard input and output, and over HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.types import CallToolResult, TextContent
from starlette.types import ASGIApp

from assistant import Assistant
from assistant.records import answer_record, goal_record, measure_record, search_record
from assistant.server.tools import mcp_server

GOAL = "丙市2014年专利申请量的目标是多少?"
TOOLS = ["search", "ask", "goals", "measures", "documents", "open_document"]
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


def text_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def called(assistant: Assistant, *calls: tuple[str, dict[str, Any]]) -> list[CallToolResult]:
    async def call() -> list[CallToolResult]:
        async with Client(mcp_server(assistant)) as client:
            return [await client.call_tool(name, given) for name, given in calls]

    return asyncio.run(call())


def test_tools_tell_what_they_take_and_return(plans: Assistant) -> None:
    async def listed() -> Any:  # noqa: ANN401 - the SDK's
        async with Client(mcp_server(plans)) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(listed())
    assert [tool.name for tool in tools] == TOOLS
    for tool in tools:
        assert tool.description
        assert tool.annotations.read_only_hint
        assert tool.output_schema["type"] == "object"
        assert all("description" in field for field in tool.input_schema["properties"].values())


def test_fields_are_the_records_and_text_holds_quote_and_place(plans: Assistant) -> None:
    found, answered, goals, measures = called(
        plans,
        ("search", {"question": "专利申请量", "k": 2}),
        ("ask", {"question": GOAL}),
        ("goals", {"words": "专利", "status": "planned"}),
        ("measures", {"words": "知识产权"}),
    )
    assert found.structured_content == search_record("专利申请量", plans.search("专利申请量", k=2))
    assert "全年专利申请量5件。建成科技企业孵化器1家。" in text_of(found)
    assert answered.structured_content == answer_record(plans.ask(GOAL))
    assert "「1.专利申请量达到2300件以上。」" in text_of(answered)
    assert "丙市科技局2014年工作要点  (丙市科技局2014年工作要点.txt)" in text_of(answered)
    (goal,) = plans.goals("专利", status="planned")
    assert goals.structured_content == {"total": 1, "goals": [goal_record(goal)]}
    assert "「专利申请量达到2300件以上」" in text_of(goals)
    (measure,) = plans.measures("知识产权")
    assert measures.structured_content == {"total": 1, "measures": [measure_record(measure)]}


def test_a_document_is_found_and_read_on(plans: Assistant) -> None:
    (listed,) = called(plans, ("documents", {"year": 2014}))
    assert listed.structured_content is not None
    (document,) = listed.structured_content["documents"]
    name = document["document_id"]
    assert text_of(listed) == f"{name} 《丙市科技局2014年工作要点》 丙市 2014"
    (page,) = called(plans, ("open_document", {"document_id": name, "start": 15, "characters": 6}))
    assert text_of(page) == "一、工作目标\n(open_document start=21 …)"
    assert page.structured_content is not None
    assert (page.structured_content["next"], page.structured_content["headings"][0]["start"]) == (21, 0)


def test_text_alone_leads_to_the_passage(plans: Assistant) -> None:
    """Most clients show a model the text of a result and nothing else."""
    words = "专利申请量达到2300件以上"
    for name, given in (("ask", {"question": GOAL}), ("search", {"question": words, "year": 2014})):
        (result,) = called(plans, (name, given))
        place = re.search(r"^\[1\] document_id=(\S+) start=(\d+) end=(\d+)$", text_of(result), re.MULTILINE)
        assert place is not None
        start, end = int(place[2]), int(place[3])
        arguments = {"document_id": place[1], "start": start, "characters": end - start}
        (page,) = called(plans, ("open_document", arguments))
        assert words in text_of(page)
    for name in ("goals", "measures"):
        (result,) = called(plans, (name, {"year": 2014}))
        assert text_of(result).endswith("document_id=丙市科技局2014年工作要点.txt#1")


def test_many_rows_come_in_parts(office: Callable[..., Assistant]) -> None:
    lines = "".join(f"{number}.新增第{number}类企业{number}家。\n" for number in range(1, 61))
    assistant = office(丙市科技局2014年工作要点=f"一、工作目标\n{lines}")
    first, second = called(assistant, ("goals", {}), ("goals", {"first": 50}))
    assert first.structured_content is not None
    assert second.structured_content is not None
    assert [len(one["goals"]) for one in (first.structured_content, second.structured_content)] == [50, 10]
    assert "\n(第 1—50 条,共 60 条;其余从 first=50 起)\n" in text_of(first)
    assert "其余" not in text_of(second)


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("ask", {"question": ""}, "the question is empty"),
        ("open_document", {"document_id": "none"}, "documents() tells which there are"),
        ("search", {"question": "专利", "place": " "}, "place must be a text"),
        ("search", {"question": "专利", "k": 0}, "greater than or equal to 1"),
    ],
)
def test_errors_tell_what_to_do(plans: Assistant, name: str, given: dict[str, Any], told: str) -> None:
    (result,) = called(plans, (name, given))
    assert result.is_error
    assert told in text_of(result)


def test_an_index_that_is_gone_is_told(plans: Assistant) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OSError("no such device")

    object.__setattr__(plans, "ask", gone)
    (result,) = called(plans, ("ask", {"question": GOAL}))
    assert text_of(result).endswith("the index cannot be read (no such device); run: bureau doctor")


def test_documents_are_resources(plans: Assistant) -> None:
    async def read() -> tuple[list[str], str, str]:
        async with Client(mcp_server(plans)) as client:
            resources = (await client.list_resources()).resources
            uri = next(one.uri for one in resources if one.title == "丙市科技局2014年工作要点")
            with pytest.raises(Exception, match="no document 'none'"):
                await client.read_resource("bureau://documents/none")
            (content,) = (await client.read_resource(uri)).contents
            return [str(one.title) for one in resources], str(uri), str(getattr(content, "text", ""))

    titles, uri, text = asyncio.run(read())
    assert titles == ["丁县科技局2015年工作总结", "丙市科技局2014年工作要点"]
    assert uri.endswith(".txt%231")
    assert text == next(plans.document(name).text for name in plans.documents() if name.startswith("丙市"))


async def _asked(connected: AbstractAsyncContextManager[Any]) -> tuple[list[str], str]:
    async with Client(connected) as client:
        names = [one.name for one in (await client.list_tools()).tools]
        result = await client.call_tool("ask", {"question": "平湖市2013年专利申请量的目标是多少?"})
        return names, text_of(result)


def bureau(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("bureau")), *arguments]


def test_over_standard_input_and_output(seeds: Assistant, index_folder: Path) -> None:
    assert len(seeds.index)
    command, *arguments = bureau("mcp", "--index", str(index_folder))
    names, text = asyncio.run(_asked(stdio_client(StdioServerParameters(command=command, args=arguments))))
    assert names == TOOLS
    assert "专利申请量达到2300件以上[1]" in text


def test_over_http(plans: Assistant, serve: Callable[[ASGIApp], str]) -> None:
    address = serve(mcp_server(plans).streamable_http_app())

    async def asked() -> list[CallToolResult]:
        async with Client(f"{address}/mcp") as client:
            calls = [client.call_tool("ask", {"question": GOAL}) for _ in range(40)]
            return await asyncio.gather(*calls)

    expected = answer_record(plans.ask(GOAL))
    assert [one.structured_content for one in asyncio.run(asked())] == [expected] * 40


CLIENT_OF_SDK_1 = """
import asyncio, json, sys
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
async def main():
    parameters = StdioServerParameters(command=sys.argv[1], args=sys.argv[2:])
    async with stdio_client(parameters) as streams, ClientSession(*streams) as session:
        await session.initialize()
        names = [one.name for one in (await session.list_tools()).tools]
        result = await session.call_tool("ask", {"question": "平湖市2013年专利申请量的目标是多少?"})
        resources = (await session.list_resources()).resources
        print(json.dumps([names, result.structuredContent["state"], result.content[0].text, len(resources)]))
asyncio.run(main())
"""


def test_a_client_of_the_sdk_before(seeds: Assistant, index_folder: Path) -> None:
    """``MCP1_PYTHON`` is an interpreter that has mcp 1.30."""
    assert len(seeds.index)
    python = os.environ.get("MCP1_PYTHON")
    if not python:
        pytest.skip("MCP1_PYTHON names no interpreter with mcp 1.30")
    command = [python, "-c", CLIENT_OF_SDK_1, *bureau("mcp", "--index", str(index_folder))]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    names, state, text, resources = json.loads(told.stdout)
    assert (names, state, resources) == (TOOLS, "answered", len(seeds.documents()))
    assert "专利申请量达到2300件以上[1]" in text
