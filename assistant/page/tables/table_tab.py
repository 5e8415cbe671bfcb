"""The tabs 目标一览 and 措施一览: fields above a table whose rows open the document, page by page."""

from __future__ import annotations

import html
from dataclasses import dataclass, fields
from typing import Any

import gradio

from assistant.assistant import Assistant
from assistant.errors import AssistantError
from assistant.markdown import escape_markdown
from assistant.page.news import News
from assistant.page.tables.exports import export_address
from assistant.page.tables.views import HIDDEN, STATUSES, TOLD, VIEWS, View, Wanted, table_html
from assistant.page.talk.filters import ALL, Choices, choices_of
from assistant.page.words import told, word

ROWS = 100
"""On one page of a table."""


@dataclass(frozen=True)
class Fields:
    """The fields above a table, and what fires when its rows change."""

    wanted: list[Any]
    changed: list[Any]


def build_table_tab(assistant: Assistant, news: News, views: list[str]) -> Fields:
    """Build a tab inside the open Blocks; it offers the ``views`` by name, the first of them first."""
    element = views[0]
    with gradio.Row(equal_height=False):
        named = [(VIEWS[name].name, name) for name in views]
        view = gradio.Dropdown(
            named, value=element, label=word("view"), visible=len(views) > 1, elem_id=f"{element}-view", min_width=150
        )
        words = gradio.Textbox(
            "",
            label=word("find"),
            placeholder=word("find_hint"),
            submit_btn=word("find"),
            elem_id=f"{element}-words",
            scale=2,
        )
    with gradio.Row():
        wanted = [words, *_fields(assistant, element)]
    with gradio.Row(elem_classes="counted"):
        count = gradio.Markdown(elem_id=f"{element}-count")
        clear = gradio.Button(word("clear_filters"), size="sm", elem_id=f"{element}-clear", scale=0, min_width=110)
    table = gradio.Markdown(elem_id=f"{element}-table", elem_classes="table", latex_delimiters=[])
    page = gradio.State(0)
    with gradio.Row():
        before = gradio.Button(word("page_before"), size="sm", visible=False, elem_id=f"{element}-before")
        after = gradio.Button(word("page_after"), size="sm", visible=False, elem_id=f"{element}-after")
    changes = [words.submit, view.change, clear.click, *(one.change for one in wanted[1:])]
    show, shown = _shower(assistant), [table, count, page, before, after]
    given = [view, *wanted]
    news.tell(_turned(show, 0), [page, *given], shown)
    gradio.on(changes, _turned(show, None), [page, *given], shown, api_visibility="private")
    clear.click(lambda: [""] * len(wanted), None, wanted, queue=False, api_visibility="private")
    for button, step in ((before, -1), (after, 1)):
        button.click(_turned(show, step), [page, *given], shown, api_visibility="private")
    news.tell(lambda: _offered(assistant, element), None, wanted[1:])
    return Fields(wanted, changes)


def _fields(assistant: Assistant, element: str) -> list[gradio.Dropdown | gradio.Textbox]:
    """In the order of ``Wanted``; of measures no number is told or hidden."""
    made: list[gradio.Dropdown | gradio.Textbox] = []
    for name, choices in _choices(assistant, element).items():
        shown, identifier = name != "told" or element == "goals", f"{element}-{name}"
        if choices is None:
            made.append(gradio.Textbox("", label=word(name), elem_id=identifier, min_width=110))
        else:
            made.append(
                gradio.Dropdown(
                    choices, value=choices[0][1], label=word(name), elem_id=identifier, min_width=110, visible=shown
                )
            )
    return made


def _choices(assistant: Assistant, element: str) -> dict[str, Choices | None]:
    """What each field offers; None for one that is written into."""
    facts = assistant.documents()
    offered = choices_of(facts)
    periods = {int(period) for period in assistant.store.rows.periods() if period.isdigit()}
    years = sorted(periods.union(*(one.years for one in facts.values())), reverse=True)
    known: dict[str, Choices | None] = {
        "status": [(ALL, ""), *((one, one) for one in STATUSES)],
        "year": [(ALL, ""), *((f"{year} 年", str(year)) for year in years)],
        "place": offered["place"],
        "document": offered["document"],
        "told": [(ALL, ""), (TOLD, TOLD), (HIDDEN, HIDDEN)],
        "responsible": None,
        "order": [(name, "" if not rank else name) for rank, name in enumerate(VIEWS[element].orders)],
    }
    return {one.name: known[one.name] for one in fields(Wanted) if one.name in known}


def _offered(assistant: Assistant, element: str) -> list[Any]:
    """The choices of the index as it is when the page is opened."""
    choices = _choices(assistant, element).values()
    return [gradio.skip() if one is None else gradio.update(choices=one) for one in choices]


def _turned(show: Any, step: int | None) -> Any:  # noqa: ANN401 - Gradio takes any function
    """The function that shows the page ``step`` further, or the first."""

    def turned(page: int, *given: str, request: gradio.Request | None = None) -> list[Any]:
        return list(show(0 if step is None else max(page + step, 0), given, request))

    turned.__annotations__["request"] = gradio.Request
    return turned


def _shower(assistant: Assistant) -> Any:  # noqa: ANN401 - what a tab calls
    def show(page: int, given: tuple[str, ...], request: gradio.Request | None) -> tuple[Any, ...]:
        """Table, count, page, and the buttons that turn it."""
        name, *values = given
        view: View[Any] = VIEWS[name]
        wanted = Wanted.in_order(values)
        hidden = gradio.update(visible=False)
        try:
            items = view.items(assistant, wanted)
        except AssistantError as error:
            return "", escape_markdown(told(error, request)), 0, hidden, hidden
        first = page * ROWS
        page, first = (page, first) if first < len(items) else (0, 0)
        shown = items[first : first + ROWS]
        table = table_html(view, assistant, shown) if shown else ""
        turning = [gradio.update(visible=first > 0), gradio.update(visible=first + ROWS < len(items))]
        return table, _told(name, view, items, first, wanted), page, *turning

    return show


def _told(name: str, view: View[Any], items: list[Any], first: int, wanted: Wanted) -> str:
    """How many rows there are, which of them are shown, and links to all of them as files."""
    if not items:
        chosen = "、".join(
            html.escape(getattr(wanted, one.name)) for one in fields(wanted) if getattr(wanted, one.name)
        )
        return f"共 0 条。现有条件:{chosen}" if chosen else "共 0 条"
    last = min(first + ROWS, len(items))
    part = f",第 {first + 1}—{last} 条" if len(items) > ROWS else ""
    links = " ".join(
        f"<a class='export' download href='{html.escape(export_address(name, suffix, wanted))}'>导出 {label}</a>"
        for suffix, label in ((".xlsx", "Excel"), (".csv", "CSV"))
    )
    return f"{links} {html.escape(f'共 {view.count(items)}{part}')}"
