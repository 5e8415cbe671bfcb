"""A language model behind any endpoint that speaks OpenAI's chat completions; off unless an address and a name are set.

Reference: the streaming chat completions of the OpenAI API, as llama.cpp, vLLM and Ollama serve them too.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Generator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from assistant.errors import GenerationError, SettingsError
from assistant.interfaces import Messages

LONGEST_DRAFT = 6000
"""Characters; an endless stream stops here."""
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
        length, finished = 0, None
        async for text, finish in self._chunks(messages):
            finished = finish
            length += len(text)
            if length > LONGEST_DRAFT:
                raise GenerationError(f"模型的回答超过 {LONGEST_DRAFT} 字")
            if text:
                pieces.put(text)
        if finished != "stop":
            raise GenerationError("模型的回答过长,被截断" if finished == "length" else "模型的回答中途断开")
        if not length:
            raise GenerationError("模型没有给出回答")

    async def _chunks(self, messages: Messages) -> AsyncIterator[tuple[str, str | None]]:
        """(text, reason to finish) of each event; the client never retries, and takes no key from elsewhere."""
        client = _client(self.base_url, self.api_key, self.seconds)
        async with client:
            stream = await client.chat.completions.create(
                model=self.name,
                messages=messages,
                stream=True,
                temperature=0,
                max_tokens=self.maximum_tokens,
            )
            async with stream:
                kind = stream.response.headers.get("content-type", "")
                if "event-stream" not in kind:
                    raise GenerationError(f"模型地址返回的不是回答({kind or '未说明类型'}),请核对 BUREAU_LLM_BASE_URL")
                finish = None
                async for event in stream:
                    for choice in event.choices[:1]:
                        finish = choice.finish_reason or finish
                        yield choice.delta.content or "", finish


async def _until(stop: threading.Event) -> None:
    while not stop.is_set():
        await asyncio.sleep(STALL_SECONDS)


def _client(base_url: str, api_key: str, seconds: float) -> Any:  # noqa: ANN401 - the extra may be missing
    """The client; settings of OpenAI's own in the environment are none of ours."""
    try:
        from openai import AsyncOpenAI, omit
    except ImportError as error:
        raise GenerationError('没有安装模型组件,请运行 pip install "bureau-assistant[llm]"') from error
    headers: dict[str, Any] = {"OpenAI-Organization": omit, "OpenAI-Project": omit}
    return AsyncOpenAI(
        base_url=base_url,
        api_key=api_key or "none",
        timeout=seconds,
        max_retries=0,
        default_headers=headers,
    )


def _reason(error: Exception) -> str:
    """One line about what went wrong, without the reply's text: it may repeat the key or a page of HTML."""
    from openai import APIConnectionError, APIStatusError, APITimeoutError

    if isinstance(error, APITimeoutError):
        return "模型没有按时回应"
    if isinstance(error, APIConnectionError):
        return "连不上模型或连接中断,请核对 BUREAU_LLM_BASE_URL"
    if isinstance(error, APIStatusError):
        return STATUS_REASONS.get(error.status_code, f"模型返回错误 {error.status_code}")
    return f"模型的回答无法读取({type(error).__name__})"


STATUS_REASONS = {
    400: "模型不接受这次请求(可能超出上下文长度)",
    401: "模型拒绝访问,请核对 BUREAU_LLM_API_KEY",
    403: "模型拒绝访问,请核对 BUREAU_LLM_API_KEY",
    404: "没有这个模型或地址,请核对 BUREAU_LLM_MODEL 和 BUREAU_LLM_BASE_URL",
    413: "请求超出模型的上下文长度",
    429: "模型正忙或额度已用完,请稍后再试",
}


def language_model(base_url: str, name: str, api_key: str, seconds: float, maximum_tokens: int) -> LanguageModel | None:
    """The model of the settings; None where neither address nor name is set. Raises SettingsError for one alone."""
    if not base_url and not name:
        return None
    if not base_url or not name:
        raise SettingsError("set both BUREAU_LLM_BASE_URL and BUREAU_LLM_MODEL, or neither")
    return LanguageModel(base_url, name, api_key, seconds, maximum_tokens)
