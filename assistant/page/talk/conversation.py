"""The tab 问答: one queued call a question, whatever asked it: the box, an example, a button below an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import gradio

from assistant.assistant import Assistant
from assistant.errors import AssistantError
from assistant.feedback import FeedbackStore
from assistant.markdown import escape_markdown
from assistant.page.news import News
from assistant.page.overview import checked_examples
from assistant.page.talk.exchanges import MOST, Asked, Reply, Talk, replied, replies
from assistant.page.talk.feedback_row import build_feedback
from assistant.page.talk.filters import Filters, build_chips, build_filters
from assistant.page.talk.history import Kept, asked_in, forgotten, listed, new_name, remembered
from assistant.page.talk.saving import build_saving
from assistant.page.talk.suggestions import asked_again, suggestions
from assistant.page.users import user_of
from assistant.page.words import SENTENCES, told, word

EMPTY_PANEL = SENTENCES["empty_panel"]
SEARCHING, STOPPED = SENTENCES["searching"], SENTENCES["stopped"]
STORED = "bureau-conversations"
History = list[dict[str, Any]]
Updates = dict[Any, Any]


@dataclass(frozen=True)
class Parts:
    """The components of the tab that change while it is used."""

    chatbot: gradio.Chatbot
    box: gradio.Textbox
    literal: gradio.Button
    panel: gradio.Markdown
    talk: gradio.State
    name: gradio.State
    kept: gradio.BrowserState
    history: gradio.Dropdown
    judged: gradio.Row
    filters: list[gradio.Dropdown]
    searching: gradio.Checkbox


def build_conversation(assistant: Assistant, news: News, feedback: FeedbackStore) -> None:
    """Build the tab inside the open Blocks."""
    talk, name = gradio.State(Talk()), gradio.State("")
    # The browser gets this secret with the page: it hides nothing, and a random one would lose all at a restart.
    kept = gradio.BrowserState({}, storage_key=STORED, secret=STORED)
    with gradio.Row(equal_height=False):
        with gradio.Column(scale=3, min_width=340):
            chatbot, chips = _chatbot(assistant), build_chips()
            box = gradio.Textbox(
                label=word("question"), placeholder=word("question_hint"), submit_btn=word("ask"), elem_id="question"
            )
            literal = gradio.Button(word("literal"), size="sm", elem_id="literal", visible=False)
            judged = build_feedback(feedback, talk)
            with gradio.Row():
                searching = gradio.Checkbox(False, label=word("search_only"), elem_id="search-only", container=False)
                clear = gradio.Button(word("clear"), size="sm", elem_id="clear")
            build_saving(talk)
        with gradio.Column(scale=2, min_width=300, elem_id="beside"):
            filters = build_filters(assistant, news, chips)
            with gradio.Accordion(word("history"), open=False, elem_id="history"):
                history = gradio.Dropdown([], label=word("history_hint"), elem_id="earlier", interactive=True)
                with gradio.Row():
                    forget = gradio.Button(word("forget"), size="sm", elem_id="forget")
                    forget_all = gradio.Button(word("forget_all"), size="sm", elem_id="forget-all")
            panel = gradio.Markdown(EMPTY_PANEL, elem_id="sources", elem_classes="sources", latex_delimiters=[])
    parts = Parts(chatbot, box, literal, panel, talk, name, kept, history, judged, filters, searching)
    _connect_asking(assistant, parts)
    _connect_clearing(parts, clear)
    _connect_history(assistant, parts, news, forget, forget_all)


def _chatbot(assistant: Assistant) -> gradio.Chatbot:
    return gradio.Chatbot(
        label=word("conversation"),
        elem_id="conversation",
        show_label=False,
        height="52vh",
        layout="bubble",
        buttons=[],
        latex_delimiters=[],
        feedback_options=None,
        placeholder=word("suggestions"),
        examples=[{"text": one} for one in checked_examples(assistant)],
    )


def _connect_asking(assistant: Assistant, parts: Parts) -> None:
    given = [parts.box, parts.chatbot, parts.talk, parts.name, parts.kept, parts.searching, *parts.filters]
    changed = [
        parts.box, parts.chatbot, parts.talk, parts.name, parts.kept, parts.history, parts.panel, parts.literal,
        parts.judged, *parts.filters,
    ]  # fmt: skip
    triggers = [parts.box.submit, parts.chatbot.example_select, parts.chatbot.option_select, parts.literal.click]
    # One event for all of them: while it runs the browser begins it no second time, and what was typed stays.
    asking = gradio.on(
        triggers, _answerer(assistant, parts), given, changed, trigger_mode="once", api_visibility="private",
        concurrency_limit=4, concurrency_id="asking",
    )  # fmt: skip
    asking.failure(_idle, None, parts.box, queue=False, api_visibility="private")  # Gradio shows the error itself
    parts.box.stop(
        _stopped, parts.chatbot, [parts.chatbot, parts.box], cancels=[asking], queue=False, api_visibility="private"
    )


def _asked(event: gradio.EventData, text: str, talk: Talk, searching: bool, filters: Filters) -> Asked | None:
    """What is asked: by the box, or by an example, a button below an answer, or 按原话回答."""
    value = event._data.get("value") if isinstance(event._data, dict) else None
    if isinstance(event.target, gradio.Chatbot) and isinstance(value, str):
        return asked_again(value, filters)
    if isinstance(event.target, gradio.Chatbot):
        return Asked(str(value["text"]), filters) if isinstance(value, dict) else None
    if isinstance(event.target, gradio.Button):
        return replace(talk.last.asked, alone=True) if talk.last else None
    return Asked(text, filters, searching) if text.strip() else None


def _answerer(assistant: Assistant, parts: Parts) -> Any:  # noqa: ANN401 - Gradio takes any generator function
    """The function that streams an answer into the page."""

    def answer(
        event: gradio.EventData, request: gradio.Request, text: str, history: History, talk: Talk, name: str,
        kept: Kept, searching: bool, *filters: str,
    ) -> Iterator[Updates]:  # fmt: skip
        chosen = Filters(*(one or "" for one in filters))
        asked = _asked(event, text, talk, searching, chosen)
        if asked is None:
            yield {parts.box: text}
            return
        history = [*trimmed(history), _message("user", escape_markdown(asked.text))]
        box: dict[str, Any] = {"value": ""} if isinstance(event.target, gradio.Textbox) else {}
        yield {
            parts.box: gradio.update(submit_btn=False, stop_btn=word("stop"), **box),
            parts.chatbot: [*history, _message("assistant", SEARCHING)],
            **({} if asked.filters == chosen else dict(zip(parts.filters, asked.filters, strict=True))),
        }
        last = None
        try:
            for reply in replies(assistant, asked, talk):
                if last is not None:  # the last one is shown with all that goes with it
                    yield _shown(parts, history, last)
                last = reply
        except AssistantError as error:
            said = escape_markdown(told(error, request))
            yield {parts.chatbot: [*history, _message("assistant", said)], parts.box: _idle()}
            return
        if last is not None:
            yield _whole(assistant, parts, history, last) | _kept(parts, kept, name or new_name(), last, request)

    return answer


def _whole(assistant: Assistant, parts: Parts, history: History, reply: Reply) -> Updates:
    """A reply that is whole, with what can be done next, and a box that asks again."""
    options = suggestions(reply.exchange, assistant.store.facts)
    return _shown(parts, history, reply) | {
        parts.chatbot: [*history, {**_message("assistant", reply.content), "options": options}],
        parts.box: _idle(),
    }


def _kept(parts: Parts, kept: Kept, name: str, reply: Reply, request: gradio.Request) -> Updates:
    """The conversation among those that the browser keeps."""
    user = user_of(request).name
    kept = remembered(kept, user, name, reply.talk.exchanges, datetime.now())  # the clock on the user's wall
    return {parts.name: name, parts.kept: kept, parts.history: gradio.update(choices=listed(kept, user), value=None)}


def _shown(parts: Parts, history: History, reply: Reply) -> Updates:
    exchange = reply.exchange
    return {
        parts.chatbot: [*history, _message("assistant", reply.content)],
        parts.talk: reply.talk,
        parts.panel: reply.panel,
        parts.literal: gradio.update(visible=exchange.question != exchange.asked.text.strip()),
        parts.judged: gradio.update(visible=exchange.answer is not None),
    }


def trimmed(history: History) -> History:
    """The messages of as many exchanges as a talk keeps: the browser sends them all with each question."""
    return history[-2 * (MOST - 1) :]


def _message(role: str, content: str) -> dict[str, Any]:
    return {"role": role, "content": content}


def _stopped(history: History) -> tuple[History, Any]:
    """The conversation as far as it came, and a box that asks again."""
    if history and history[-1]["role"] == "assistant" and SEARCHING in str(history[-1]["content"]):
        history = [*history[:-1], _message("assistant", STOPPED)]
    return history, _idle()


def _idle() -> Any:  # noqa: ANN401 - what gradio.update returns
    """The box as it asks."""
    return gradio.update(submit_btn=word("ask"), stop_btn=False)


def _connect_clearing(parts: Parts, clear: gradio.Button) -> None:
    def cleared() -> Updates:
        """A conversation that begins; the one before stays among the earlier ones."""
        hidden = gradio.update(visible=False)
        empty: Updates = {
            parts.chatbot: [], parts.talk: Talk(), parts.panel: EMPTY_PANEL, parts.literal: hidden,
            parts.judged: hidden, parts.box: "", parts.name: "", parts.searching: False,
        }  # fmt: skip
        return empty | dict.fromkeys(parts.filters, "")

    changed = [
        parts.chatbot, parts.talk, parts.panel, parts.literal, parts.judged, parts.box, parts.name, parts.searching,
        *parts.filters,
    ]  # fmt: skip
    clear.click(cleared, None, changed, queue=False, api_visibility="private")


def _connect_history(
    assistant: Assistant, parts: Parts, news: News, forget: gradio.Button, forget_all: gradio.Button
) -> None:
    def opened(kept: Kept, name: str | None, request: gradio.Request) -> Iterator[Updates]:
        """An earlier conversation, each question answered as the documents of today tell."""
        history, talk = [], Talk()
        for asked in asked_in(kept, user_of(request).name, name or ""):
            history.append(_message("user", escape_markdown(asked.text)))
            try:
                reply = replied(assistant, asked, talk)
            except AssistantError as error:
                history.append(_message("assistant", escape_markdown(told(error, request))))
                continue
            talk = reply.talk
            yield _shown(parts, history, reply) | {parts.name: name}
            history.append(_message("assistant", reply.content))

    def choices(kept: Kept, request: gradio.Request) -> Any:  # noqa: ANN401 - what gradio.update returns
        return gradio.update(choices=listed(kept, user_of(request).name), value=None)

    def left(kept: Kept, name: str | None, request: gradio.Request) -> tuple[Kept, Any]:
        kept = forgotten(kept, user_of(request).name, name) if name else kept
        return kept, choices(kept, request)

    def none_left(kept: Kept, request: gradio.Request) -> tuple[Kept, Any]:
        kept = forgotten(kept, user_of(request).name, None)
        return kept, choices(kept, request)

    shown = [parts.chatbot, parts.talk, parts.panel, parts.literal, parts.judged, parts.name]
    news.tell(choices, parts.kept, parts.history)
    parts.history.input(opened, [parts.kept, parts.history], shown, api_visibility="private")
    forget.click(left, [parts.kept, parts.history], [parts.kept, parts.history], queue=False, api_visibility="private")
    forget_all.click(none_left, parts.kept, [parts.kept, parts.history], queue=False, api_visibility="private")
