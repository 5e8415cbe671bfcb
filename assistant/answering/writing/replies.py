"""Replies of chat servers as they come: an event stream, or a whole reply in JSON, whatever their header calls them.

References: the streaming chat completions of the OpenAI API; server-sent events (WHATWG HTML, 9.2).
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from assistant.errors import GenerationError

LONGEST_REPLY = 1_000_000
"""Characters of a reply, thoughts and all; an endless one ends at the deadline or here."""
THOUGHT_ENDS = "</think>"
THOUGHT = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)
CUT_AT_LENGTH = frozenset({"length", "max_tokens", "max_output_tokens", "model_length"})
WITHHELD = frozenset({"content_filter", "safety", "recitation"})


@dataclass(frozen=True)
class Piece:
    """Some words of a reply, and why it ended where it has."""

    text: str = ""
    finish: str = ""


def without_thoughts(text: str) -> str:
    """What a model says beside its thoughts.

    What stands before an end of thoughts is thought, too, where none begins: some servers begin it in the prompt.
    """
    return THOUGHT.sub("", text).rpartition(THOUGHT_ENDS)[2]


async def read_pieces(lines: AsyncIterator[str], kind: str) -> AsyncIterator[Piece]:
    """The pieces of a reply from its lines; ``kind`` is its content type.

    Raises GenerationError where the reply is neither events nor JSON, tells an error, is cut off, or breaks off: no
    reason to finish and no [DONE].
    """
    finish, done, whole, length = "", False, list[str](), 0
    events = "event-stream" in kind
    async for line in lines:
        events = events or (not whole and line.startswith(("data:", "event:", ":")))
        if not events:
            whole.append(line)
            length += len(line)
            if length > LONGEST_REPLY:
                raise GenerationError("模型的回答过长")
            continue
        told = line.removeprefix("data:").strip() if line.startswith("data:") else ""
        done = done or told == "[DONE]"
        if told and told != "[DONE]":
            piece = piece_of(_read(told))
            finish = piece.finish or finish
            yield piece
    if not events:
        piece = _whole("\n".join(whole), kind)
        finish, done = piece.finish, True
        yield piece
    check_end(finish, done=done)


def _read(told: str) -> dict[str, Any]:
    try:
        found = json.loads(told)
    except ValueError as error:
        raise GenerationError("模型的回答无法读取(不是 JSON)") from error
    if not isinstance(found, dict):
        raise GenerationError("模型的回答无法读取(不是 JSON 对象)")
    if found.get("error"):
        raise GenerationError("模型在回答中报告了错误")
    return found


def piece_of(event: dict[str, Any], part: str = "delta") -> Piece:
    """The words of an event, or of a whole reply; those of thoughts in fields of their own are left out."""
    choices = event.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    message = choice.get(part) or choice.get("message") or {}
    content = message.get("content") if isinstance(message, dict) else None
    if isinstance(content, list):  # parts, as newer servers send them
        content = "".join(str(one.get("text") or "") for one in content if isinstance(one, dict))
    return Piece(content if isinstance(content, str) else "", str(choice.get("finish_reason") or ""))


def _whole(body: str, kind: str) -> Piece:
    """The reply of a server that does not stream."""
    if not body.lstrip().startswith("{"):
        told = kind.partition(";")[0] or "未说明类型"
        raise GenerationError(f"模型地址返回的不是回答({told}),请核对 BUREAU_LLM_BASE_URL")
    event = _read(body)
    if not event.get("choices"):
        raise GenerationError("模型地址返回的 JSON 里没有回答,请核对 BUREAU_LLM_BASE_URL")
    return piece_of(event, "message")


def check_end(finish: str, *, done: bool) -> None:
    """Raise GenerationError where a reply ended otherwise than by its model's will; ``done`` where it said [DONE]."""
    if finish in CUT_AT_LENGTH:
        raise GenerationError("模型的回答过长,被截断,请调大 BUREAU_LLM_MAXIMUM_TOKENS")
    if finish in WITHHELD:
        raise GenerationError("模型服务拦下了这次回答")
    if not finish and not done:
        raise GenerationError("模型的回答中途断开")
