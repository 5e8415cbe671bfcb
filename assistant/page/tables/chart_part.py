"""The chart of one indicator below the table of goals, as a picture."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path
from typing import Any

import gradio

from assistant.assistant import Assistant
from assistant.datamodels import Goal
from assistant.page.news import News
from assistant.page.tables.chart import bar_chart, comparable
from assistant.page.tables.table_tab import Fields
from assistant.page.tables.views import GOALS, Wanted
from assistant.page.words import word


def build_chart(assistant: Assistant, news: News, tab: Fields) -> None:
    """Build it inside the open Blocks, over the rows that the fields of the tab choose."""
    with gradio.Accordion(word("chart"), open=False, elem_id="goal-chart") as opened:
        choice = gradio.Dropdown([], label=word("chart_hint"), interactive=True, elem_id="goal-choice")
        picture = gradio.Image(
            show_label=False, interactive=False, visible=False, buttons=["download"], elem_id="goal-picture"
        )
    folder = tempfile.TemporaryDirectory(prefix="bureau-")

    def rows(values: tuple[str, ...]) -> list[Goal]:
        return GOALS.items(assistant, Wanted.in_order(values))

    def choose(*values: str) -> tuple[Any, Any]:
        return gradio.update(choices=list(comparable(rows(values))), value=None), gradio.update(visible=False)

    def draw(name: str | None, *values: str) -> Any:  # noqa: ANN401 - what gradio.update returns
        found = comparable(rows(values)).get(name or "")
        if not found:
            return gradio.update(visible=False)
        path = Path(folder.name) / f"{uuid.uuid4().hex}.svg"
        path.write_text(bar_chart(str(name), found), encoding="utf-8")
        return gradio.update(value=str(path), visible=True)

    news.on(opened.expand).tell(choose, tab.wanted, [choice, picture])
    gradio.on(tab.changed, choose, tab.wanted, [choice, picture], api_visibility="private")
    choice.input(draw, [choice, *tab.wanted], picture, api_visibility="private")
