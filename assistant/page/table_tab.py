"""A tab with a table of rows: filters above, the passage of a clicked row beside it, files to download."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from assistant.assistant import Assistant
from assistant.datamodels import Goal, GoalStatus, Measure
from assistant.errors import AssistantError
from assistant.exporting import write_table
from assistant.options import RowOptions
from assistant.page.rendering import escape_markdown
from assistant.records import STATUS_WORDS, Table

if TYPE_CHECKING:
    import gradio

ALL = "全部"
STATUSES: dict[str, GoalStatus] = {word: status for status, word in STATUS_WORDS.items()}
MOST_ROWS = 500
HINT = "<p class='hint'>点击表中一行,这里会显示原文段落,引用的字句以底色标出。表头右侧的 ⋮ 可以排序。</p>"
Row = TypeVar("Row", bound=Goal | Measure)
Cells = list[list[str | float | int | None]]


@dataclass(frozen=True)
class Kind(Generic[Row]):
    """What one kind of rows needs to be shown."""

    name: str
    """Of the files to download, and the prefix of the ids of elements."""
    element: str
    headings: Sequence[str]
    widths: Sequence[str]
    find: Callable[[str, RowOptions], list[Row]]
    identify: Callable[[Row], str]
    cells: Callable[[Row], list[str | float | int | None]]
    table: Callable[[Sequence[Row]], Table]
    panel: Callable[[Row], str]
    counted: Callable[[Sequence[Row]], str]


@dataclass(frozen=True)
class Fields:
    """The fields above a table, and what fires when the rows change."""

    inputs: list[Any]
    changed: list[Any]


def build_tab(assistant: Assistant, demo: gradio.Blocks, kind: Kind[Row], *, masked: bool = False) -> Fields:
    """Build the tab inside the open Blocks ``demo``; ``masked`` adds the filter by hidden numbers."""
    import gradio

    filters: list[gradio.Dropdown]
    with gradio.Row():
        words = gradio.Textbox(
            "",
            label="查找",
            placeholder="例如:专利、研发投入",
            submit_btn="查找",
            elem_id=f"{kind.element}-words",
            scale=3,
        )
        filters = _filters(assistant, masked=masked)
    count = gradio.Markdown(elem_id=f"{kind.element}-count")
    with gradio.Row(equal_height=False):
        with gradio.Column(scale=3, min_width=420):
            frame = gradio.Dataframe(
                headers=list(kind.headings),
                column_widths=list(kind.widths),
                datatype=["number" if name in ("#", "数值") else "str" for name in kind.headings],
                interactive=False,
                max_height=520,
                wrap=True,
                show_label=False,
                elem_id=f"{kind.element}-table",
            )
            with gradio.Row():
                buttons = [gradio.Button(f"导出 {label}", size="sm") for label in ("CSV", "Excel")]
            file = gradio.File(label="下载", visible=False, elem_id=f"{kind.element}-file")
        with gradio.Column(scale=2, min_width=300):
            panel = gradio.Markdown(
                HINT, elem_id=f"{kind.element}-passage", elem_classes="sources", latex_delimiters=[]
            )
    shown = gradio.State([])
    inputs: list[Any] = [words, *filters]
    changed = [demo.load, words.submit, *(one.change for one in filters)]
    gradio.on(changed, _shower(kind), inputs, [frame, count, shown, panel, file])
    frame.select(_opener(kind), [shown, *inputs], panel)
    folder = tempfile.TemporaryDirectory(prefix="bureau-")
    for button, suffix in zip(buttons, (".csv", ".xlsx"), strict=True):
        button.click(_exporter(kind, folder, suffix), inputs, file)
    return Fields(inputs, changed)


def _filters(assistant: Assistant, *, masked: bool) -> list[gradio.Dropdown]:
    """Status, place, year, file, and whether the number is told; read when the page is built."""
    import gradio

    facts = assistant.store.facts.values()
    periods = {int(period) for period in assistant.store.rows.periods() if period.isdigit()}
    years = sorted(periods.union(*(one.years for one in facts)), reverse=True)
    choices = {
        "状态": list(STATUSES),
        "年份": [str(year) for year in years],
        "地区": sorted({one.place for one in facts if one.place}),
        "文件": sorted({one.source for one in facts}),
    }
    if masked:
        choices["数值"] = ["已写明", "原文缺失"]
    return [gradio.Dropdown([ALL, *values], value=ALL, label=label, min_width=110) for label, values in choices.items()]


def row_options(words: str, status: str, year: str, place: str, source: str, told: str = ALL) -> tuple[str, RowOptions]:
    """What the fields of the tab ask for."""
    return words or "", RowOptions(
        status=STATUSES.get(status),
        year=None if year == ALL else int(year),
        place=None if place == ALL else place,
        source=None if source == ALL else source,
        masked=None if told == ALL else told == "原文缺失",
    )


def _shower(kind: Kind[Row]) -> Any:  # noqa: ANN401 - Gradio takes any function
    import gradio

    def show(*fields: str) -> tuple[Cells, str, list[str], str, gradio.File]:
        """The rows, how many, their ids, and no passage and no file: those were of the rows before."""
        rows = kind.find(*row_options(*fields))
        more = f",显示前 {MOST_ROWS} 条" if len(rows) > MOST_ROWS else ""
        cells = [[number, *kind.cells(row)] for number, row in enumerate(rows[:MOST_ROWS], start=1)]
        count = escape_markdown(f"共 {kind.counted(rows) or '0 条'}{more}")
        return cells, count, [kind.identify(row) for row in rows], HINT, gradio.File(None, visible=False)

    return show


def _opener(kind: Kind[Row]) -> Any:  # noqa: ANN401 - Gradio takes any function
    import gradio

    def opened(event: gradio.SelectData, shown: list[str], *fields: str) -> str:
        """The passage of the row that was clicked; its first cell tells which, however the table is sorted."""
        number = int(event.row_value[0])
        wanted = shown[number - 1] if 0 < number <= len(shown) else ""
        return _panel_of(kind, wanted, fields)

    opened.__annotations__["event"] = gradio.SelectData
    return opened


def _panel_of(kind: Kind[Row], identifier: str, fields: tuple[str, ...]) -> str:
    panels = (kind.panel(row) for row in kind.find(*row_options(*fields)) if kind.identify(row) == identifier)
    return next(panels, HINT)


def _exporter(kind: Kind[Row], folder: tempfile.TemporaryDirectory[str], suffix: str) -> Any:  # noqa: ANN401
    import gradio

    def exported(*fields: str) -> gradio.File:
        target = Path(folder.name) / uuid.uuid4().hex / f"{kind.name}{suffix}"
        target.parent.mkdir()
        try:
            write_table(kind.table(kind.find(*row_options(*fields))), target)
        except AssistantError as error:
            raise gradio.Error(str(error)) from error
        return gradio.File(str(target), visible=True)

    return exported
