"""A language model behind any endpoint that speaks OpenAI's chat completions; off unless an address and a name are set.

Servers differ: replies.py reads what they send, this file asks for it, with a deadline.
"""

from __future__ import annotations

import asyncio
import ipaddress
import queue
import threading
from collections.abc import AsyncIterator, Generator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from assistant.answering.writing.replies import LONGEST_REPLY, Piece, read_pieces, without_thoughts
from assistant.errors import GenerationError, SettingsError
from assistant.interfaces import Messages
from assistant.language.frames import OVERFLOWS

LONGEST_DRAFT = 6000
"""Characters beside thoughts."""
STALL_SECONDS = 0.2
"""How often the reader looks whether it is still wanted."""


@dataclass(frozen=True)
class LanguageModel:
    """Where a model is, what it is called, and how long one answer may take."""

    base_url: str
    name: str
    api_key: str
    seconds: float
    maximum_tokens: int

    def __repr__(self) -> str:
        return f"LanguageModel(base_url={self.base_url!r}, name={self.name!r})"

    def stream(self, messages: Messages) -> Generator[str, None, None]:
        """The pieces of a reply as they come; closing the iterator closes the connection.

        Raises GenerationError where the reply cannot be had whole: the endpoint refuses, breaks off, drips past the
        deadline, or stops without saying that it is done.
        """
        pieces: queue.Queue[str | GenerationError | None] = queue.Queue()
        stop = threading.Event()
        thread = threading.Thread(target=self._run, args=(messages, pieces, stop), daemon=True, name="language-model")
        thread.start()
        try:
            while (piece := pieces.get()) is not None:
                if isinstance(piece, GenerationError):
                    raise piece
                yield piece
        finally:
            stop.set()
            thread.join(timeout=5)

    def _run(
        self, messages: Messages, pieces: queue.Queue[str | GenerationError | None], stop: threading.Event
    ) -> None:
        """Put the pieces, then None or the error; in a thread of its own, where a deadline can cancel a read."""
        try:
            asyncio.run(self._collect(messages, pieces, stop))
            pieces.put(None)
        except GenerationError as error:
            pieces.put(error)
        except Exception as error:
            pieces.put(GenerationError(_reason(error)))

    async def _collect(self, messages: Messages, pieces: queue.Queue[Any], stop: threading.Event) -> None:
        reading = asyncio.ensure_future(self._read(messages, pieces))
        waiting = asyncio.ensure_future(_until(stop))
        done, _ = await asyncio.wait((reading, waiting), timeout=self.seconds, return_when=asyncio.FIRST_COMPLETED)
        for task in (reading, waiting):
            if task not in done:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        if not done:
            raise GenerationError(f"模型在 {self.seconds:g} 秒内没有答完")
        if reading in done:
            await reading

    async def _read(self, messages: Messages, pieces: queue.Queue[Any]) -> None:
        told = ""
        async for piece in self._pieces(messages):
            told += piece.text
            if len(told) > LONGEST_REPLY:
                raise GenerationError("模型的回答过长")
            if piece.text:
                pieces.put(piece.text)
        length = len(without_thoughts(told).strip())
        if length > LONGEST_DRAFT:
            raise GenerationError(f"模型的回答超过 {LONGEST_DRAFT} 字")
        if not length:
            raise GenerationError("模型没有给出回答")

    async def _pieces(self, messages: Messages) -> AsyncIterator[Piece]:
        """The pieces of the reply; the client never retries, and takes no key from elsewhere.

        A request that a server refuses for one of its settings is sent again without it: newer models want
        max_completion_tokens, and some no temperature.
        """
        settings: dict[str, Any] = {"temperature": 0, "max_tokens": self.maximum_tokens}
        async with _client(self.base_url, self.api_key, self.seconds) as client:
            from openai import BadRequestError

            create = client.chat.completions.with_streaming_response.create
            for _ in range(len(settings) + 1):
                try:
                    async with create(model=self.name, messages=messages, stream=True, **settings) as response:
                        async for piece in read_pieces(response.iter_lines(), response.headers.get("content-type", "")):
                            yield piece
                        return
                except BadRequestError as error:
                    if not _without_refused(settings, str(error)):
                        raise


def _without_refused(settings: dict[str, Any], message: str) -> bool:
    """Whether a setting that a refusal names was changed for one that the server may take."""
    if "max_tokens" in settings and "max_completion_tokens" in message:
        settings["max_completion_tokens"] = settings.pop("max_tokens")
        return True
    refused = next((name for name in settings if name in message), "")
    settings.pop(refused, None)
    return bool(refused)


async def _until(stop: threading.Event) -> None:
    while not stop.is_set():
        await asyncio.sleep(STALL_SECONDS)


def _client(base_url: str, api_key: str, seconds: float) -> Any:  # noqa: ANN401 - the extra may be missing
    """The client; settings of OpenAI's own in the environment are none of ours, nor is a proxy for a local address."""
    try:
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient, omit
    except ImportError as error:
        raise GenerationError('没有安装模型组件,请运行 pip install "bureau-assistant[llm]"') from error
    headers: dict[str, Any] = {"OpenAI-Organization": omit, "OpenAI-Project": omit}
    return AsyncOpenAI(
        base_url=base_url,
        api_key=api_key or "none",
        timeout=seconds,
        max_retries=0,
        default_headers=headers,
        http_client=DefaultAsyncHttpxClient(trust_env=not is_local(base_url)),
    )


def is_local(address: str) -> bool:
    """Whether an address is of this machine or its own network, which no proxy may see."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".lan", ".internal", ".localhost"))


def _reason(error: Exception) -> str:
    """One line about what went wrong, without the reply's text: it may repeat the key or a page of HTML."""
    from openai import APIConnectionError, APIStatusError, APITimeoutError

    if isinstance(error, APITimeoutError):
        return "模型没有按时回应"
    if isinstance(error, APIConnectionError):
        return "连不上模型,请核对 BUREAU_LLM_BASE_URL"
    if isinstance(error, APIStatusError):
        if OVERFLOWS.search(str(error)):
            return "请求超出模型的上下文长度"
        return STATUS_REASONS.get(error.status_code, f"模型返回错误 {error.status_code}")
    if type(error).__name__ in BROKEN_OFF:
        return "模型的回答中途断开"
    return f"模型的回答无法读取({type(error).__name__})"


BROKEN_OFF = frozenset({"RemoteProtocolError", "ReadError", "ReadTimeout", "WriteError", "StreamError"})
"""Errors of the transport, whose library is the client's own choice."""
STATUS_REASONS = {
    400: "模型不接受这次请求",
    401: "模型拒绝访问,请核对 BUREAU_LLM_API_KEY",
    403: "模型拒绝访问,请核对 BUREAU_LLM_API_KEY",
    404: "没有这个模型或地址,请核对 BUREAU_LLM_MODEL 和 BUREAU_LLM_BASE_URL",
    413: "请求过大,模型服务不接受",
    429: "模型正忙或额度已用完,请稍后再试",
}


def language_model(base_url: str, name: str, api_key: str, seconds: float, maximum_tokens: int) -> LanguageModel | None:
    """The model of the settings; None where neither address nor name is set. Raises SettingsError for one alone."""
    if not base_url and not name:
        return None
    if not base_url or not name:
        raise SettingsError(
            "set both BUREAU_LLM_BASE_URL and BUREAU_LLM_MODEL, or BUREAU_LLM_MODEL alone to a .gguf file"
        )
    return LanguageModel(base_url, name, api_key, seconds, maximum_tokens)
