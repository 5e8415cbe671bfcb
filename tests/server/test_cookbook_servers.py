"""The pieces of docs/cookbook.md for programs that speak HTTP or MCP run as they stand."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from assistant import Assistant

COOKBOOK = (Path(__file__).parent.parent.parent / "docs" / "cookbook.md").read_text(encoding="utf-8")
START, *PIECES = re.findall(r"```sh\n(.*?)```", COOKBOOK, re.DOTALL)
TOLD = "专利申请量达到2300件以上"


@pytest.fixture(scope="module")
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "no_proxy": "*"}


@pytest.fixture(scope="module")
def started(
    seeds: Assistant,
    index_folder: Path,
    port: int,
    environment: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The exports that the pieces stand on, with a server that was started as the cookbook does."""
    assert len(seeds.index)
    folder = tmp_path_factory.mktemp("cookbook")
    (folder / "index").symlink_to(index_folder)
    exports, start = START.replace("8000", str(port)).splitlines()
    command = start.partition("&")[0]
    server = subprocess.Popen(["bash", "-c", f"{exports}\nexec {command}"], cwd=folder, env=environment)
    try:
        for _ in range(300):
            try:
                httpx.get(f"http://127.0.0.1:{port}/health", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield exports
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.parametrize("piece", PIECES, ids=[re.findall(r":8000(\S+)", piece)[-1] for piece in PIECES])
def test_a_piece_gets_an_answer(piece: str, started: str, port: int, environment: dict[str, str]) -> None:
    script = f"set -e\n{started}\n{piece.replace('8000', str(port))}"
    told = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert '"error"' not in told.stdout
    assert (TOLD in told.stdout) != ("/models" in piece)


def test_the_command_for_claude_desktop_serves_tools(
    seeds: Assistant, index_folder: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    assert len(seeds.index)
    (tmp_path / "index").symlink_to(index_folder)
    (settings,) = re.findall(r"```json\n(.*?)```", COOKBOOK, re.DOTALL)
    parameters = StdioServerParameters(**json.loads(settings)["mcpServers"]["bureau"], env=environment, cwd=tmp_path)

    async def tools() -> list[str]:
        async with Client(stdio_client(parameters)) as client:
            return [one.name for one in (await client.list_tools()).tools]

    assert "ask" in asyncio.run(tools())
