"""有用, 没用, 数字错 below an answer, and a reason for the latter two."""

from __future__ import annotations

from typing import Any, get_args

import gradio

from assistant.errors import FeedbackError
from assistant.feedback import FeedbackStore, Verdict
from assistant.page.talk.exchanges import Talk
from assistant.page.users import user_of
from assistant.page.words import word

KEYS: dict[Verdict, str] = {"useful": "useful", "useless": "useless", "wrong number": "wrong_number"}
THANKS, EXPLAINED = "已记下,谢谢。", "已记下。可以再写明哪里不对。"


def build_feedback(feedback: FeedbackStore, talk: gradio.State) -> gradio.Row:
    """The row of buttons, hidden until there is an answer, with the field for the reason below."""
    number = gradio.State(0)
    row: gradio.Row
    with gradio.Row(visible=False, elem_id="judged") as row:
        buttons = {
            verdict: gradio.Button(word(KEYS[verdict]), size="sm", elem_id=f"judge-{KEYS[verdict]}", min_width=90)
            for verdict in get_args(Verdict)
        }
    with gradio.Row(visible=False, elem_id="why") as why:
        reason = gradio.Textbox(label=word("reason"), submit_btn=word("send"), elem_id="reason", max_length=2000)
    for verdict, button in buttons.items():
        button.click(
            _judge(feedback, verdict), talk, [number, why, reason], queue=False, show_progress="hidden",
            api_visibility="private",
        )  # fmt: skip

    def explain(given: int, words: str) -> tuple[Any, str]:
        if given and words.strip():
            _kept(lambda: feedback.explain(given, words.strip()))
        gradio.Info(THANKS, duration=3)
        return gradio.update(visible=False), ""

    reason.submit(
        explain, [number, reason], [why, reason], queue=False, show_progress="hidden", api_visibility="private"
    )
    return row


def _judge(feedback: FeedbackStore, verdict: Verdict) -> Any:  # noqa: ANN401 - Gradio takes any function
    def judge(talk: Talk, request: gradio.Request) -> tuple[int, Any, str]:
        answer = talk.last.answer if talk.last else None
        if answer is None:
            return 0, gradio.update(visible=False), ""
        number = _kept(lambda: feedback.add(verdict, answer, user=user_of(request).name))
        gradio.Info(THANKS if verdict == "useful" else EXPLAINED, duration=3)
        return number, gradio.update(visible=verdict != "useful"), ""

    return judge


def _kept(store: Any) -> int:  # noqa: ANN401 - a call of the store
    try:
        return store() or 0
    except FeedbackError as error:
        raise gradio.Error(str(error)) from error
