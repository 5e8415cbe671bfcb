"""The page: a chat whose answers show the passages behind them, tables of goals and measures, the files, the model.

Everything that comes from a document or a question is escaped before it reaches the page, whose Markdown is
sanitised once more. gr.HTML is not used: it sanitises nothing and needs a policy that allows eval.
"""

from __future__ import annotations

import os

import gradio

from assistant.assistant import Assistant
from assistant.collection import Collection
from assistant.feedback import feedback_of
from assistant.page.blocks import Page
from assistant.page.file_tab import build_file_tab
from assistant.page.model_tab import build_model_tab
from assistant.page.news import News
from assistant.page.overview import overview
from assistant.page.tables.chart_part import build_chart
from assistant.page.tables.table_tab import build_table_tab
from assistant.page.talk.conversation import build_conversation
from assistant.page.words import SENTENCES, word
from assistant.settings import Settings

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

TITLE = SENTENCES["title"]
SESSIONS = 200
"""Pages whose conversation the server keeps; of one that was left alone for longer the next question stands alone."""
WAITING = 256
"""Events that may wait for their turn."""


def build_chat(assistant: Assistant, settings: Settings, collection: Collection | None = None) -> gradio.Blocks:
    """The page as Gradio blocks, over the folders of the settings."""
    demo: Page
    with Page(
        title=TITLE, analytics_enabled=False, fill_width=True, fill_height=True, delete_cache=(600, 3600)
    ) as demo:
        gradio.Markdown(f"# {TITLE}\n只根据馆藏文件回答,每句都附原文出处;文件没有写的,直接说没有。", elem_id="intro")
        news = News(gradio.State(0), demo.load)
        shown = gradio.Markdown(elem_id="overview", latex_delimiters=[])
        news.tell(lambda: overview(assistant), None, shown)
        with gradio.Tab(word("tab_ask")):
            build_conversation(assistant, news, feedback_of(settings.index))
        with gradio.Tab(word("tab_goals")) as tab:
            goals = build_table_tab(assistant, news.on(tab.select), ["goals", "pairs", "contradictions"])
            build_chart(assistant, news, goals)
        with gradio.Tab(word("tab_measures")) as tab:
            build_table_tab(assistant, news.on(tab.select), ["measures"])
        with gradio.Tab(word("tab_files")) as tab:
            build_file_tab(collection or Collection(assistant, settings), news.on(tab.select))
        with gradio.Tab(word("tab_model")):
            build_model_tab(assistant)
        demo.state_session_capacity = SESSIONS
        demo.queue(default_concurrency_limit=4, max_size=WAITING)
    return demo
