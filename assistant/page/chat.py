"""The chat page: answers with marks on the left, the passages behind them on the right.

Everything that comes from a document or a question is escaped before it reaches the page, whose Markdown is
sanitised once more. gr.HTML is not used: it sanitises nothing and needs a policy that allows eval.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answering.evidence.examples import example_questions
from assistant.answering.question.conversation import Turn, kept
from assistant.assistant import Assistant
from assistant.datamodels import DocumentKind, Scope
from assistant.errors import AssistantError, SettingsError
from assistant.page.goal_tab import build_goal_tab, build_measure_tab
from assistant.page.rendering import answer_markdown, escape_markdown, turn_panel, understood
from assistant.page.security import ContentSecurityPolicy

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

if TYPE_CHECKING:
    import gradio

PAGE = Path(__file__).parent
TITLE = "科技局文件问答"
MOST_TURNS = 30
OWN_ADDRESSES = ("127.0.0.1", "localhost", "::1")
FURTHER = 4
"""Passages that can be opened below an answer."""
ALL = "全部"
KINDS: dict[str, DocumentKind] = {"计划、要点": "plan", "总结": "summary", "通知": "notice", "其他": "other"}
EMPTY_PANEL = "<p class='hint'>回答中的 [1] 等标记可以点击,这里会显示原文段落,引用的字句以底色标出。</p>"
History = list[dict[str, str]]
Panels = list[str]
Turns = tuple[Turn, ...]


def build_chat(assistant: Assistant) -> gradio.Blocks:
    """The page as Gradio blocks, ready to launch."""
    import gradio

    from assistant.page.model_tab import build_model_tab

    demo: gradio.Blocks
    with gradio.Blocks(title=TITLE, analytics_enabled=False, fill_width=True, fill_height=True) as demo:
        gradio.Markdown(f"# {TITLE}\n只根据馆藏文件回答,每句都附原文出处;文件没有写的,直接说没有。", elem_id="intro")
        with gradio.Tab("问答"):
            _build_conversation(assistant)
        with gradio.Tab("目标一览"):
            build_goal_tab(assistant, demo)
        with gradio.Tab("措施一览"):
            build_measure_tab(assistant, demo)
        with gradio.Tab("语言模型"):
            build_model_tab(assistant)
        demo.queue(default_concurrency_limit=8, max_size=64)
    return demo


def _build_conversation(assistant: Assistant) -> None:
    import gradio

    with gradio.Row(equal_height=False):
        with gradio.Column(scale=3, min_width=340):
            chatbot = gradio.Chatbot(
                label="对话",
                elem_id="conversation",
                height="62vh",
                layout="bubble",
                buttons=["copy", "copy_all"],
                latex_delimiters=[],
                feedback_options=None,
                placeholder="请输入关于目标或措施的问题",
            )
            box = _question_box()
            with gradio.Row():
                literal = gradio.Button("按原话回答", size="sm", elem_id="literal", visible=False)
                clear = gradio.Button("清空对话", size="sm", elem_id="clear")
            filters = _filters(assistant)
            examples = [[one] for one in example_questions(assistant.store, assistant.ask)]
            if examples:
                gradio.Examples(examples, box, label="可以这样问", elem_id="examples")
        with gradio.Column(scale=2, min_width=300):
            panel = gradio.Markdown(EMPTY_PANEL, elem_id="sources", elem_classes="sources", latex_delimiters=[])
    panels, asked, turns = gradio.State([]), gradio.State(""), gradio.State(())
    taken = box.submit(_take, [box, chatbot], [box, chatbot, asked])
    given, shown = [asked, chatbot, panels, turns, *filters], [chatbot, panel, panels, turns, literal]
    taken.then(_answerer(assistant), given, shown)
    literal.click(_answerer(assistant, alone=True), given, shown)
    for cleared in (clear.click, chatbot.clear):
        cleared(
            lambda: ("", [], [], EMPTY_PANEL, (), gradio.update(visible=False)),
            None,
            [box, chatbot, panels, panel, turns, literal],
        )


def _question_box() -> gradio.Textbox:
    import gradio

    return gradio.Textbox(
        show_label=False,
        placeholder="例如:专利申请量的目标是多少?",
        submit_btn="提问",
        elem_id="question",
        autofocus=True,
    )


def _filters(assistant: Assistant) -> list[gradio.Dropdown]:
    """Year, kind and file to search in; read when the page is built."""
    import gradio

    facts = assistant.store.facts.values()
    years = sorted({year for one in facts for year in one.years}, reverse=True)
    choices = {
        "年份": [str(year) for year in years],
        "类型": list(KINDS),
        "文件": sorted({one.source for one in facts}),
    }
    with gradio.Accordion("筛选文件", open=False):
        return [gradio.Dropdown([ALL, *values], value=ALL, label=label) for label, values in choices.items()]


def _take(question: str, history: History) -> tuple[str, History, str]:
    """Empty the box and show the question."""
    if not question.strip():
        return question, history, ""
    return "", [*history, {"role": "user", "content": escape_markdown(question)}], question


def _answerer(assistant: Assistant, *, alone: bool = False) -> Any:  # noqa: ANN401 - Gradio takes any generator function
    """The function that streams an answer into the page; ``alone`` as if nothing had been said before."""
    import gradio

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


def _spare_from_proxy(host: str) -> None:
    """Let no proxy of the environment stand before the page: gradio asks the page itself whether it is up."""
    for name in ("NO_PROXY", "no_proxy"):
        spared = [one for one in os.environ.get(name, "").split(",") if one]
        os.environ[name] = ",".join(dict.fromkeys((*spared, *OWN_ADDRESSES, host)))


def launch(demo: gradio.Blocks, *, host: str, port: int, open_browser: bool = True) -> None:
    """Serve the page until interrupted. Raises SettingsError where the port is taken."""
    import gradio
    from starlette.middleware import Middleware

    warnings.filterwarnings("ignore", message="Watermarking for SVG")  # our charts ask for no watermark
    _spare_from_proxy(host)
    try:
        demo.launch(
            server_name=host,
            server_port=port,
            inbrowser=open_browser,
            prevent_thread_lock=True,
            share=False,
            quiet=True,
            footer_links=[],
            run_history=False,
            css=(PAGE / "chat.css").read_text(encoding="utf-8"),
            head=f"<script>{(PAGE / 'chat.js').read_text(encoding='utf-8')}</script>",
            theme=gradio.themes.Default(font=["system-ui", "Noto Sans CJK SC", "sans-serif"], font_mono=["monospace"]),
            app_kwargs={
                "middleware": [Middleware(ContentSecurityPolicy)],
                "docs_url": None,
                "redoc_url": None,
            },
        )
    except OSError as error:
        raise SettingsError(
            f"port {port} of {host} is in use or not ours to use; choose another with --port"
        ) from error
    print(f"页面地址: http://{host}:{port}  (Ctrl+C 结束)", flush=True)  # noqa: T201
    demo.block_thread()
