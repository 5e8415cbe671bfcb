"""Many users of the page at once, and many questions in a row: what each waits, and what the process keeps.

    python benchmarks/page_load.py --corpus corpus --users 20 100 --questions 2000

The page runs in a process of its own; users are HTTP clients that do what a browser does: join the queue, read its
events. Times are on the clock, since waiting is what users feel: read them as ratios to one user alone in the same run.
CPU time and memory are the process's own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from browser_page import started_chat

QUESTIONS = (
    "平湖市2013年专利申请量的目标是多少?",
    "平湖市2014年专利申请量的目标是多少?",
    "平湖市2013年有哪些工作目标?",
    "义乌2004年新增了几家省级高新技术企业?",
    "怎样加强知识产权保护?",
    "哪些文件提到科技特派员?",
)
SEARCHING = "正在查找"
USERS = 20
"""Who ask the many questions in turn."""


@dataclass(frozen=True)
class Waited:
    """Seconds until something is shown, until words of an answer are, and until it is whole; and that it was."""

    shown: float
    words: float
    whole: float
    answered: bool


class Client:
    """What a browser does with the box."""

    def __init__(self, address: str, config: dict[str, Any]) -> None:
        self._address = address
        box = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "question")
        self._event = next(
            one for one in config["dependencies"] if [box, "submit"] in one["targets"] and len(one["targets"]) > 1
        )
        self.number = int(self._event["id"])
        values = {one["id"]: one["props"].get("value") for one in config["components"]}
        self._inputs, self._box = [values.get(one) for one in self._event["inputs"]], box

    async def ask(self, client: httpx.AsyncClient, question: str, session: str) -> Waited:
        """Ask in a session; the first of a session pays for what opening the page pays for in a browser."""
        data: list[Any] = [question, [], None, None, {}, False, *self._inputs[6:]]
        body = {"data": data, "fn_index": self._event["id"], "session_hash": session, "trigger_id": self._box}
        begun = time.perf_counter()
        joined = await client.post(f"{self._address}gradio_api/queue/join", json=body)
        joined.raise_for_status()
        shown = words = 0.0
        waited = Waited(0, 0, 0, answered=False)
        events = f"{self._address}gradio_api/queue/data"
        async with client.stream("GET", events, params={"session_hash": session}) as stream:
            async for line in stream.aiter_lines():
                if not line.startswith("data:"):
                    continue
                event, now = json.loads(line[5:]), time.perf_counter() - begun
                if event["msg"] == "process_generating":
                    shown = shown or now
                    if not words and SEARCHING not in line:
                        words = now
                if event["msg"] == "process_completed":  # what comes then tells the browser to close the stream
                    waited = Waited(shown, words or now, now, bool(event["success"]))
        return waited


async def at_once(client: Client, users: int) -> list[Waited]:
    """One question of each of so many users, all at the same time."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=300, limits=limits, trust_env=False) as connection:
        sessions = [secrets.token_hex(8) for _ in range(users)]
        for session in sessions:
            await client.ask(connection, "您好", session)
        asked = zip(cycle(QUESTIONS), sessions, strict=False)
        return list(await asyncio.gather(*(client.ask(connection, *one) for one in asked)))


async def one_by_one(client: Client, questions: int) -> list[Waited]:
    """The same questions of one user, each after the one before."""
    async with httpx.AsyncClient(timeout=300, trust_env=False) as connection:
        asked = zip(range(questions), cycle(QUESTIONS), strict=False)
        return [await client.ask(connection, question, "alone") for _, question in asked]


async def in_a_row(client: Client, questions: int, process: int) -> list[int]:
    """Megabytes resident after each tenth of so many questions, one after the other."""
    kept = []
    async with httpx.AsyncClient(timeout=300, trust_env=False) as connection:
        for number in range(questions):
            await client.ask(connection, QUESTIONS[number % len(QUESTIONS)], f"user {number % USERS}")
            if (number + 1) % max(questions // 10, 1) == 0:
                kept.append(resident(process))
    return kept


def resident(process: int) -> int:
    """Megabytes that a process holds."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024


def cpu_seconds(process: int) -> float:
    """User and system time of a process."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def listening(address: str) -> int:
    """The process that serves an address of this machine."""
    port = address.rstrip("/").rpartition(":")[2]
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            command = (folder / "cmdline").read_bytes().split(b"\0")
            if b"chat" in command and port.encode() in command:
                return int(folder.name)
    raise SystemExit("the page is not running")


def percentile(waits: list[float], share: float) -> float:
    """The wait that so large a share does not exceed."""
    return sorted(waits)[min(int(share * len(waits)), len(waits) - 1)]


def main() -> None:
    """Run it and print a line a figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--users", type=int, nargs="+", default=[20, 100])
    parser.add_argument("--questions", type=int, default=2000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "corpus").symlink_to(given.corpus.resolve())
        with started_chat(Path(folder)) as address:
            client = Client(address, httpx.get(f"{address}config", trust_env=False).json())
            process = listening(address)
            alone = asyncio.run(one_by_one(client, 4 * len(QUESTIONS)))
            first, words = (statistics.median(getattr(one, name) for one in alone) for name in ("shown", "words"))
            print(f"alone: shown {first:.3f} s, words {words:.3f} s")
            for users in given.users:
                before = cpu_seconds(process)
                waits = asyncio.run(at_once(client, users))
                spent = cpu_seconds(process) - before
                late = {name: percentile([getattr(one, name) for one in waits], 0.95) for name in ("shown", "words")}
                print(
                    f"{users} at once: {sum(one.answered for one in waits)} answered, p95 shown {late['shown']:.2f} s, "
                    f"words {late['words']:.2f} s = {late['words'] / words:.1f} x alone; "
                    f"{1000 * spent / users:.0f} ms CPU a question"
                )
            kept = asyncio.run(in_a_row(client, given.questions, process))
            print(f"{given.questions} in a row: MB after each tenth {kept}")


if __name__ == "__main__":
    main()
