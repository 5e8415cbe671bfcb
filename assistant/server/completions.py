"""OpenAI's door: /v1/models and /v1/chat/completions, as clients of its chat completions know them.

Answers are ours: what a request says of temperature or tools is passed over, its system messages too. Each mark is a
link to the passage; quotes stand once more as ``url_citation`` annotations (as of OpenAI's web search), and in a stream
as an event of type source, which open-webui shows beside the answer.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import StreamingResponse

from assistant.assistant import Assistant
from assistant.datamodels import Answer
from assistant.errors import AssistantError
from assistant.markdown import citation_places, escape_lightly
from assistant.page.talk.rendering import Address, Rendering, answer_markdown
from assistant.server.client_prompts import asked_in, reply_to_client
from assistant.server.door import error_body
from assistant.server.links import Links
from assistant.server.requests import CompletionRequest
from assistant.server.shapes import CompletionRecord, ModelRecord, ModelsRecord

MODEL = "bureau-assistant"
DONE = "data: [DONE]\n\n"


def completion_routes(assistant: Assistant, links: Links) -> APIRouter:
    """The routes of the door."""
    router = APIRouter(prefix="/v1", tags=["OpenAI"])

    @router.get("/models")
    def models() -> ModelsRecord:
        """The one model that there is."""
        return {"object": "list", "data": [_model()]}

    @router.get("/models/{name}")
    def model(name: str) -> ModelRecord:
        """The model of that name."""
        _known(name)
        return _model()

    @router.post(
        "/chat/completions",
        response_model=CompletionRecord,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    )
    def complete(asked: CompletionRequest, request: Request) -> Any:  # noqa: ANN401 - a completion or a stream of it
        """The answer to the last question of the user, with what was asked before."""
        _known(asked.model)
        replies = _replies(assistant, asked, partial(links.address, str(request.base_url)))
        if not asked.stream:
            *_, last = replies
            return _completion(asked, last)
        first = next(replies)  # a question that cannot be fails before the stream begins
        return StreamingResponse(_stream(asked, first, replies), media_type="text/event-stream")

    return router


@dataclass(frozen=True)
class Said:
    """What has been said so far, and the quotes it stands on."""

    content: str
    annotations: tuple[dict[str, Any], ...] = ()
    sources: tuple[dict[str, Any], ...] = ()


def _model() -> ModelRecord:
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}


def _known(name: str) -> None:
    if name != MODEL:
        raise HTTPException(404, f"there is no model {name!r}; use {MODEL!r}")


def _replies(assistant: Assistant, asked: CompletionRequest, address: Address) -> Iterator[Said]:
    """What is said, as it grows; the last is whole."""
    users = [rank for rank, one in enumerate(asked.messages) if one.role == "user" and one.text().strip()]
    if not users:
        raise HTTPException(400, "the messages hold no question of a user")
    question = asked.messages[users[-1]].text()
    if (reply := reply_to_client(question)) is not None:
        yield Said(reply)
        return
    question = asked_in(question)
    before = [{"role": one.role, "content": asked_in(one.text())} for one in asked.messages[: users[-1]]]
    for turn in assistant.converse(question, turns=assistant.turns_of(before)):
        said, answer = answer_markdown(turn.answer, Rendering(address, html=False)), turn.answer
        yield Said(said)
    yield _whole(answer, said, address)


def _whole(answer: Answer, content: str, address: Address) -> Said:
    """An answer and its words with the places of its quotes, as words too and as plain values."""
    if not answer.citations:
        return Said(content)
    content += "\n\n出处:\n"
    annotations, sources = [], []
    for citation, (mark, where, quote) in zip(answer.citations, citation_places(answer), strict=True):
        url = address(citation.document_id, (citation.start, citation.end))
        link, start = f"[\\[{mark}\\]]({url})", len(content) + len("\n- ")
        content += f"\n- {link} {escape_lightly(where)}"
        cited = {"url": url, "title": where, "start_index": start, "end_index": start + len(link)}
        annotations.append({"type": "url_citation", "url_citation": cited})
        found = {"source": url, "name": where, "passage_id": citation.passage_id}
        sources.append({"source": {"name": where, "url": url}, "document": [quote], "metadata": [found]})
    return Said(content, tuple(annotations), tuple(sources))


def _usage(asked: CompletionRequest, said: Said) -> dict[str, int]:
    """In characters: there are no tokens here that anybody pays for."""
    prompt = sum(len(one.text()) for one in asked.messages)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": len(said.content),
        "total_tokens": prompt + len(said.content),
    }


def _completion(asked: CompletionRequest, said: Said) -> dict[str, Any]:
    message = {"role": "assistant", "content": said.content, "refusal": None, "annotations": list(said.annotations)}
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": _usage(asked, said),
    }


def _stream(asked: CompletionRequest, first: Said, rest: Iterator[Said]) -> Iterator[str]:
    """Events of a stream: words as they come, then the quotes, the end, and what was used where that is asked for."""
    head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": "chat.completion.chunk", "created": int(time.time())}

    def event(delta: dict[str, Any], finish: str | None = None, **more: dict[str, Any]) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return _event({**head, "model": MODEL, "choices": [choice], **more})

    yield event({"role": "assistant", "content": ""})
    sent, said = "", first
    try:
        while True:
            if added := _added(sent, said.content):
                yield event({"content": added})
                sent = said.content
            said, before = next(rest, said), said
            if said is before:
                break
    except AssistantError as error:
        yield _event(error_body(503, str(error)))
        return
    for source in said.sources:
        yield event({}, event={"type": "source", "data": source})
    yield event({"annotations": list(said.annotations)} if said.annotations else {}, "stop")
    if asked.stream_options and asked.stream_options.include_usage:
        yield _event({**head, "model": MODEL, "choices": [], "usage": _usage(asked, said)})
    yield DONE


def _added(sent: str, content: str) -> str:
    """What is still to be sent; of words that took back what was sent, all of them below a line."""
    return content[len(sent) :] if content.startswith(sent) else f"\n\n---\n\n{content}"


def _event(record: dict[str, Any]) -> str:
    return f"data: {json.dumps(record, ensure_ascii=False)}\n\n"
