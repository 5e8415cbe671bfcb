"""The tab that sets the language model: for who sits at this machine, until the page is served anew.

A model elsewhere reads questions and passages, so nobody who comes over the network may choose one. The key stays in
the memory of this process: it is in no page, no log and no error.
"""

from __future__ import annotations

from typing import Any

import gradio
from pydantic import ValidationError

from assistant.answering.writing import configured_model
from assistant.answering.writing.trial import described
from assistant.assistant import Assistant
from assistant.errors import AssistantError
from assistant.interfaces import Writer
from assistant.markdown import escape_markdown
from assistant.page.words import SENTENCES, word
from assistant.settings import Settings

HERE = ("127.0.0.1", "::1")
FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")
NOT_HERE = SENTENCES["not_here"]
EXPLAINED = SENTENCES["model"]
OFF = SENTENCES["no_model"]


def build_model_tab(assistant: Assistant) -> None:
    """Fields for address, name and key, and buttons to try, take and leave a model."""
    gradio.Markdown(EXPLAINED)
    settings = Settings()
    with gradio.Row():
        address = gradio.Textbox(settings.llm_base_url, label=word("address"), placeholder="http://127.0.0.1:8000/v1")
        name = gradio.Textbox(settings.llm_model, label=word("model"), placeholder="qwen3-8b")
        key = gradio.Textbox(label=word("key"), type="password")
    with gradio.Row():
        tried = gradio.Button(word("try"), elem_id="try-model")
        taken = gradio.Button(word("take"), elem_id="take-model", variant="primary")
        left = gradio.Button(word("leave"), elem_id="leave-model")
    told = gradio.Markdown(_state(assistant.model), elem_id="model-state")

    def attempt(base_url: str, model: str, secret: str, request: gradio.Request) -> str:
        return _attempted(base_url, model, secret, request)[0]

    def take(base_url: str, model: str, secret: str, request: gradio.Request) -> tuple[str, str]:
        words, writer = _attempted(base_url, model, secret, request)
        if writer is not None:
            assistant.use_model(writer)
            words = f"已采用。{words}"
        return words, ""

    def leave(request: gradio.Request) -> str:
        if not is_here(request):
            return NOT_HERE
        assistant.use_model(None)
        return OFF

    fields: list[Any] = [address, name, key]
    tried.click(attempt, fields, told, api_visibility="private")
    taken.click(take, fields, [told, key], api_visibility="private")
    left.click(leave, None, told, api_visibility="private")


def is_here(request: gradio.Request) -> bool:
    """Whether a request comes from this machine, and not through a proxy on it."""
    host = request.client.host if request.client else ""
    return host in HERE and not any(name in request.headers for name in FORWARDED)


def _state(model: Writer | None) -> str:
    return OFF if model is None else f"正在使用:{escape_markdown(str(model))}"


def _attempted(base_url: str, model: str, secret: str, request: gradio.Request) -> tuple[str, Writer | None]:
    """What a short request to the model brought, and the model where it answered."""
    if not is_here(request):
        return NOT_HERE, None
    known = Settings()
    kept = known.llm_api_key.get_secret_value() if base_url.strip() == known.llm_base_url else ""
    given = {"llm_base_url": base_url.strip(), "llm_model": model.strip(), "llm_api_key": secret or kept}
    try:
        writer = configured_model(Settings.model_validate(known.model_dump() | given))
        return (escape_markdown(described(writer)), writer) if writer else ("请填写地址和模型名。", None)
    except ValidationError:  # its text may repeat what was typed
        return "填写的内容不对,请核对。", None
    except AssistantError as error:
        return escape_markdown(str(error)), None
