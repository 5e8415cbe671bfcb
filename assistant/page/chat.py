"""The chat page: answers with marks on the left, the passages behind them on the right.

Everything that comes from a document or a question is escaped before it reaches the page, whose Markdown is
sanitised once more. gr.HTML is not used: it sanitises nothing and needs a policy that allows eval.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import gradio

from assistant.answering.question.conversation import Turn, kept
from assistant.assistant import Assistant
from assistant.datamodels import Scope
from assistant.errors import AssistantError
from assistant.page.goal_tab import build_goal_tab, build_measure_tab
from assistant.page.model_tab import build_model_tab
from assistant.page.overview import KINDS, checked_examples, overview, years_of
from assistant.page.rendering import answer_markdown, escape_markdown, turn_panel, understood
from assistant.page.table_tab import ALL

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

TITLE = "科技局文件问答"
MOST_TURNS = 30
FURTHER = 4
"""Passages that can be opened below an answer."""
EMPTY_PANEL = "<p class='hint'>回答中的 [1] 等标记可以点击,这里会显示原文段落,引用的字句以底色标出。</p>"
History = list[dict[str, str]]
Panels = list[str]
Turns = tuple[Turn, ...]


def build_chat(assistant: Assistant) -> gradio.Blocks:
    """The page as Gradio blocks, ready to launch."""

    demo: gradio.Blocks
    with gradio.Blocks(
        title=TITLE, analytics_enabled=False, fill_width=True, fill_height=True, delete_cache=(600, 3600)
    ) as demo:
        gradio.Markdown(f"# {TITLE}\n只根据馆藏文件回答,每句都附原文出处;文件没有写的,直接说没有。", elem_id="intro")
        gradio.Markdown(lambda: overview(assistant), elem_id="overview", latex_delimiters=[])
        with gradio.Tab("问答"):
            _build_conversation(assistant, demo)
        with gradio.Tab("目标一览"):
            build_goal_tab(assistant, demo)
        with gradio.Tab("措施一览"):
            build_measure_tab(assistant, demo)
        with gradio.Tab("语言模型"):
            build_model_tab(assistant)
        demo.queue(default_concurrency_limit=8, max_size=256)
    return demo


def _build_conversation(assistant: Assistant, demo: gradio.Blocks) -> None:
    with gradio.Row(equal_height=False):
        with gradio.Column(scale=3, min_width=340):
            chatbot = gradio.Chatbot(
                label="对话",
                elem_id="conversation",
                height="62vh",
                layout="bubble",
                buttons=[],
                latex_delimiters=[],
                feedback_options=None,
                placeholder="**可以这样问**(点一下就提问):",
                examples=[{"text": one} for one in checked_examples(assistant)],
            )
            box = _question_box()
            with gradio.Row():
                literal = gradio.Button("按原话回答", size="sm", elem_id="literal", visible=False)
                gradio.Button("复制回答", size="sm", elem_id="copy-answer")
                gradio.Button("复制对话", size="sm", elem_id="copy-all")
                clear = gradio.Button("清空对话", size="sm", elem_id="clear")
            filters = _filters(assistant)
            demo.load(lambda: _filter_updates(assistant), None, filters, api_visibility="private")
        with gradio.Column(scale=2, min_width=300):
            panel = gradio.Markdown(EMPTY_PANEL, elem_id="sources", elem_classes="sources", latex_delimiters=[])
    panels, asked, turns = gradio.State([]), gradio.State(""), gradio.State(())
    taken = box.submit(_take, [box, chatbot], [box, chatbot, asked], api_visibility="private")
    chosen = chatbot.example_select(_take_example, [chatbot], [box, chatbot, asked], api_visibility="private")
    given, shown = [asked, chatbot, panels, turns, *filters], [chatbot, panel, panels, turns, literal]
    for one in (taken, chosen):
        one.then(_answerer(assistant), given, shown, api_visibility="private")
    literal.click(_answerer(assistant, alone=True), given, shown, api_visibility="private")
    for cleared in (clear.click, chatbot.clear):
        cleared(
            lambda: ("", [], [], EMPTY_PANEL, (), gradio.update(visible=False), *([ALL] * len(filters))),
            None,
            [box, chatbot, panels, panel, turns, literal, *filters],
            api_visibility="private",
        )


def _question_box() -> gradio.Textbox:
    return gradio.Textbox(
        show_label=False,
        placeholder="例如:专利申请量的目标是多少?",
        submit_btn="提问",
        elem_id="question",
        autofocus=True,
    )


def _filters(assistant: Assistant) -> list[gradio.Dropdown]:
    """Year, kind and file to search in."""
    with gradio.Accordion("筛选文件", open=False):
        return [
            gradio.Dropdown(choices, value=ALL, label=label)
            for label, choices in zip(("年份", "类型", "文件"), _choices(assistant), strict=True)
        ]


def _choices(assistant: Assistant) -> list[list[str]]:
    about = assistant.documents().values()
    values = ([str(year) for year in years_of(about)], list(KINDS), sorted({one.source for one in about}))
    return [[ALL, *one] for one in values]


def _filter_updates(assistant: Assistant) -> list[Any]:
    """The choices of the index as it is when the page is opened, which may not be the one it was built over."""
    return [gradio.update(choices=choices) for choices in _choices(assistant)]


def _take(question: str, history: History) -> tuple[str, History, str]:
    """Empty the box and show the question."""
    if not question.strip():
        return question, history, ""
    return "", [*history, {"role": "user", "content": escape_markdown(question)}], question


def _take_example(history: History, event: gradio.SelectData) -> tuple[str, History, str]:
    """Ask the question that was clicked."""
    return _take(event.value["text"], history)


def _answerer(assistant: Assistant, *, alone: bool = False) -> Any:  # noqa: ANN401 - Gradio takes any generator function
    """The function that streams an answer into the page; ``alone`` as if nothing had been said before."""

    def answer(
        question: str, history: History, panels: Panels, turns: Turns, year: str, kind: str, source: str
    ) -> Iterator[tuple[History, str, Panels, Turns, Any]]:
        shown, hidden = "".join(panels) or EMPTY_PANEL, gradio.update(visible=False)
        if not question:
            yield history, shown, panels, turns, hidden
            return
        yield _said(history, "正在查找……"), shown, panels, turns, hidden
        number = len(history)
        scope = Scope.of(
            year=None if year == ALL else int(year),
            kind=KINDS.get(kind),
            source=None if source == ALL else source,
        )
        try:
            further = assistant.search(question, k=FURTHER, scope=scope)
            for turn in assistant.converse(question, turns=() if alone else turns, scope=scope, literal=alone):
                now = [turn_panel(turn.answer, assistant.store, number, further), *panels][:MOST_TURNS]
                content = understood(question, turn.question) + answer_markdown(turn.answer, number)
                completed = gradio.update(visible=turn.question != question.strip())
                yield _said(history, content), "".join(now), now, kept(turns, turn), completed
        except AssistantError as error:
            yield _said(history, escape_markdown(str(error))), shown, panels, turns, hidden

    return answer


def _said(history: History, content: str) -> History:
    return [*history, {"role": "assistant", "content": content}]
