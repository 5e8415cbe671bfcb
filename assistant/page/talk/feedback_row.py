"""有用, 没用, 数字错 below an answer, and a reason for the latter two."""

from __future__ import annotations

from typing import Any, get_args

import gradio

from assistant.errors import FeedbackError
from assistant.feedback import FeedbackStore, Verdict
from assistant.markdown import escape_markdown
from assistant.page.talk.exchanges import Talk
from assistant.page.users import user_of
from assistant.page.words import SENTENCES, word

KEYS: dict[Verdict, str] = {"useful": "useful", "useless": "useless", "wrong number": "wrong_number"}
THANKS, EXPLAINED = SENTENCES["thanks"], SENTENCES["thanks_why"]
LONGEST_NAMED = 30
"""Characters of a question that are repeated."""


def build_feedback(feedback: FeedbackStore, talk: gradio.State) -> gradio.Row:
    """The row of buttons, hidden until there is an answer, with what became of it and the field for the reason."""
    number = gradio.State(0)
    row: gradio.Row
    with gradio.Row(visible=False, elem_id="judged") as row:
        buttons = {
            verdict: gradio.Button(word(KEYS[verdict]), size="sm", elem_id=f"judge-{KEYS[verdict]}", min_width=90)
            for verdict in get_args(Verdict)
        }
    told = gradio.Markdown(visible=False, elem_id="judged-state", latex_delimiters=[])
    with gradio.Row(visible=False, elem_id="why") as why:
        reason = gradio.Textbox(label=word("reason"), elem_id="reason", max_length=2000, scale=4)
        send = gradio.Button(word("send"), size="sm", elem_id="send", scale=0, min_width=90)
    changed = [number, told, why, reason]
    options: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
    for verdict, button in buttons.items():
        button.click(_judge(feedback, verdict), talk, changed, **options)

    def explain(given: int, words: str, said: Talk) -> list[Any]:
        if given and words.strip():
            _kept(lambda: feedback.explain(given, words.strip()))
        return [0, gradio.update(value=_about(THANKS, said), visible=True), gradio.update(visible=False), ""]

    for sent in (reason.submit, send.click):
        sent(explain, [number, reason, talk], changed, **options)
    return row


def _judge(feedback: FeedbackStore, verdict: Verdict) -> Any:  # noqa: ANN401 - Gradio takes any function
    def judge(talk: Talk, request: gradio.Request) -> list[Any]:
        answer = talk.last.answer if talk.last else None
        if answer is None:
            return [0, gradio.update(visible=False), gradio.update(visible=False), ""]
        number = _kept(lambda: feedback.add(verdict, answer, user=user_of(request).name))
        told = _about(THANKS if verdict == "useful" else EXPLAINED, talk)
        return [number, gradio.update(value=told, visible=True), gradio.update(visible=verdict != "useful"), ""]

    return judge


def _about(words: str, talk: Talk) -> str:
    question = talk.last.question if talk.last else ""
    named = question if len(question) <= LONGEST_NAMED else f"{question[:LONGEST_NAMED]}…"
    return escape_markdown(words.format(named))


def _kept(store: Any) -> int:  # noqa: ANN401 - a call of the store
    try:
        return store() or 0
    except FeedbackError as error:
        raise gradio.Error(str(error)) from error
