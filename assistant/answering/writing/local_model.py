"""A language model in this process, from a file of llama.cpp (GGUF): no server, no key, no network.

The library is a server that can be called without its door; the door it opens all the same is a socket in a folder
that only this user may enter.
"""

from __future__ import annotations

import os
import queue
import tempfile
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant.answering.writing.replies import LONGEST_REPLY, check_end, piece_of
from assistant.errors import GenerationError, SettingsError
from assistant.interfaces import Messages
from assistant.language.frames import OVERFLOWS
from assistant.settings import cores

STALL_SECONDS = 0.2
"""How often a reader looks whether its time is over."""
TRIED_TOKENS = 16
"""Tokens that tell the speed."""


@dataclass(frozen=True)
class Speed:
    """Tokens a second: read, and written."""

    reading: float
    writing: float


@dataclass(frozen=True)
class LocalModel:
    """A model of a file, loaded when it is first asked; one question at a time."""

    path: Path
    seconds: float
    maximum_tokens: int
    context: int
    threads: int
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def stream(self, messages: Messages) -> Generator[str, None, None]:
        """The pieces of a reply as they come; closing the iterator ends it.

        Raises GenerationError where the model cannot be loaded, the context is too small, the reply is cut off, or
        the deadline passes.
        """
        deadline = time.monotonic() + self.seconds
        events: queue.Queue[dict[str, Any] | None] = queue.Queue()
        stop = threading.Event()
        thread = threading.Thread(target=self._run, args=(messages, events, stop), daemon=True, name="local-model")
        thread.start()
        told, finish = 0, ""
        try:
            while (event := self._next(events, deadline)) is not None:
                piece = piece_of(event)
                finish, told = piece.finish or finish, told + len(piece.text)
                if told > LONGEST_REPLY:
                    raise GenerationError("模型的回答过长")
                if piece.text:
                    yield piece.text
            check_end(finish, done=False)
        finally:
            stop.set()

    def _next(self, events: queue.Queue[dict[str, Any] | None], deadline: float) -> dict[str, Any] | None:
        """The next event; None behind the last one."""
        while True:
            if time.monotonic() > deadline:
                raise GenerationError(f"模型在 {self.seconds:g} 秒内没有答完")
            try:
                event = events.get(timeout=STALL_SECONDS)
            except queue.Empty:
                continue
            if event and event.get("error"):
                raise GenerationError(_reason(str(event["error"])))
            return event

    def _run(self, messages: Messages, events: queue.Queue[dict[str, Any] | None], stop: threading.Event) -> None:
        """Put the events of the reply, then None; in a thread of its own, because the library blocks."""

        def taken(event: dict[str, Any]) -> bool:
            events.put(event)
            return stop.is_set()

        try:
            self._ask(messages, self.maximum_tokens, taken)
        except Exception as error:  # the library raises what it likes; the reader tells it
            events.put({"error": str(error)})
        events.put(None)

    def _ask(self, messages: Messages, tokens: int, taken: Callable[[dict[str, Any]], object]) -> None:
        request = {"messages": messages, "stream": True, "max_tokens": tokens, "temperature": 0}
        with self._turn:
            self._server.handle_chat_completions(request, taken)

    def speed(self) -> Speed:
        """How fast it reads and writes here, by a short reply. Raises GenerationError where it cannot be loaded."""
        events: list[dict[str, Any]] = []
        self._ask([{"role": "user", "content": "你好"}], TRIED_TOKENS, events.append)
        timings = next((one["timings"] for one in reversed(events) if "timings" in one), None)
        if timings is None:
            raise GenerationError("模型没有给出回答")
        return Speed(timings["prompt_per_second"], timings["predicted_per_second"])

    @cached_property
    def _server(self) -> Any:  # noqa: ANN401 - the extra may be missing
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # threads that spin while they wait halve the speed
        try:
            import xllamacpp
        except ImportError as error:
            raise GenerationError('没有安装本机模型组件,请运行 pip install "bureau-assistant[local-llm]"') from error
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(self.path)
        parameters.n_ctx = self.context
        parameters.n_parallel = 1
        parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = self.threads
        parameters.warmup = False
        parameters.verbosity = -1
        parameters.hostnames = [
            str(Path(tempfile.mkdtemp(prefix="bureau-")) / "model.sock")
        ]  # the suffix makes it no port
        try:
            return xllamacpp.Server(parameters)
        except RuntimeError as error:
            raise GenerationError(f"模型文件无法读取:{self.path.name},请核对 BUREAU_LLM_MODEL") from error


def _reason(message: str) -> str:
    """One line about what went wrong."""
    return "请求超出模型的上下文长度,请调大 BUREAU_LLM_CONTEXT" if OVERFLOWS.search(message) else message


def local_model(name: str, seconds: float, maximum_tokens: int, context: int, threads: int) -> LocalModel:
    """The model of a file. Raises SettingsError where there is no such file."""
    path = Path(name)
    if not path.is_file():
        raise SettingsError(f"BUREAU_LLM_MODEL: there is no file {name}; give a GGUF file, or set BUREAU_LLM_BASE_URL")
    return LocalModel(path, seconds, maximum_tokens, context, threads or cores())
