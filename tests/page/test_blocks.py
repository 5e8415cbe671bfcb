"""A session of the page does not grow with what was shown in it."""

from __future__ import annotations

import asyncio
from typing import Any

import gradio
from gradio.state_holder import SessionState

from assistant.page.blocks import Page


async def shown(kind: type[gradio.Blocks], times: int) -> tuple[list[list[Any]], int]:
    """What so many events send that change one of two outputs, and by how many components the session grew."""
    with kind(analytics_enabled=False) as demo:
        box, words, button = gradio.Textbox(), gradio.Markdown(), gradio.Button()
        button.click(lambda: None, None, [box, words])
    (event,) = (one for one in demo.fns.values() if len(one.outputs) == 2)
    session = SessionState(demo)
    before, sent = len(session.blocks_config.blocks), []
    for number in range(times):
        sent.append(await demo.postprocess_data(event, {box: gradio.update(visible=number % 2 == 0)}, session))
        sent.append(await demo.postprocess_data(event, {box: "", words: f"第{number}句"}, session))
    return sent, len(session.blocks_config.blocks) - before


def test_a_session_keeps_no_component_for_what_it_showed_before() -> None:
    skipped = {"__type__": "update"}
    sent, grown = asyncio.run(shown(Page, 3))
    assert grown == 0
    assert sent == [
        [{"__type__": "update", "visible": True}, skipped],
        ["", "第0句"],
        [{"__type__": "update", "visible": False}, skipped],
        ["", "第1句"],
        [{"__type__": "update", "visible": True}, skipped],
        ["", "第2句"],
    ]


def test_without_it_gradio_keeps_one_for_each() -> None:
    """Fails once Gradio does not: then the class is no longer needed."""
    assert asyncio.run(shown(gradio.Blocks, 3))[1] > 0
