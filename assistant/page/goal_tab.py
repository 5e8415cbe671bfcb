"""The tabs 目标一览 and 措施一览."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from assistant.datamodels import Goal, Measure, RowQuery
from assistant.facts.pairing import pair_goals
from assistant.options import RowOptions
from assistant.page.chart import bar_chart, comparable
from assistant.page.rendering import row_panel
from assistant.page.table_tab import Kind, build_tab, row_options
from assistant.records import (
    KIND_WORDS,
    REASON_WORDS,
    RELATION_WORDS,
    STANDING_WORDS,
    STATUS_WORDS,
    counted,
    goal_table,
    measure_table,
    whole,
)

if TYPE_CHECKING:
    import gradio

GOAL_HEADINGS = ("#", "指标", "数值", "单位", "限定", "期间", "状态", "说明", "地区", "文件")
GOAL_WIDTHS = ("48px", "220px", "90px", "64px", "96px", "70px", "64px", "84px", "80px", "200px")
MEASURE_HEADINGS = ("#", "层次", "序号", "措施", "责任单位", "完成时限", "所属部分", "状态", "期间", "对应目标", "文件")
MEASURE_WIDTHS = ("48px", "64px", "64px", "300px", "160px", "110px", "140px", "64px", "70px", "160px", "180px")
MOST_RELATED = 6
CHART_HINT = "选择一个指标,看它在各文件、各年份的计划与完成。"


def build_goal_tab(assistant: Assistant, demo: gradio.Blocks) -> None:
    """Build the tab of goals with its chart inside the open Blocks ``demo``."""
    import gradio

    kind = _goal_kind(assistant)
    fields = build_tab(assistant, demo, kind, masked=True)
    with gradio.Accordion("指标对比图", open=False, elem_id="goal-chart"):
        choice = gradio.Dropdown([], label=CHART_HINT, interactive=True, elem_id="goal-choice")
        picture = gradio.Image(
            show_label=False,
            interactive=False,
            visible=False,
            buttons=["download", "fullscreen"],
            elem_id="goal-picture",
        )
    gradio.on(fields.changed, _chooser(kind), fields.inputs, [choice, picture])
    folder = tempfile.TemporaryDirectory(prefix="bureau-")
    choice.input(_drawer(kind, folder), [choice, *fields.inputs], picture)


def _goal_kind(assistant: Assistant) -> Kind[Goal]:
    def find(words: str, options: RowOptions) -> list[Goal]:
        return assistant.goals(words, **options)

    def panel(goal: Goal) -> str:
        pairs = pair_goals([goal], assistant.store.rows)[:MOST_RELATED]
        related = [
            (RELATION_WORDS[pair.relation], pair.second if pair.first.goal_id == goal.goal_id else pair.first)
            for pair in pairs
        ]
        conflicts = [
            one for one in assistant.contradictions(document=goal.document_id) if goal in (one.first, one.second)
        ]
        told = [(REASON_WORDS[one.reason], one.second if one.first == goal else one.first) for one in conflicts]
        return row_panel(goal, told + related, assistant.store)

    return Kind(
        name="目标一览",
        element="goal",
        headings=GOAL_HEADINGS,
        widths=GOAL_WIDTHS,
        find=find,
        identify=lambda goal: goal.goal_id,
        cells=_goal_cells,
        table=goal_table,
        panel=panel,
        counted=lambda goals: f"{len(goals)} 条目标与指标",
    )


def _goal_cells(goal: Goal) -> list[str | float | int | None]:
    return [
        goal.indicator,
        whole(goal.value),
        goal.unit,
        goal.comparator,
        " ".join(filter(None, (goal.period, goal.part_of_period))),
        STATUS_WORDS[goal.status],
        "、".join(filter(None, (_number_note(goal), STANDING_WORDS[goal.standing]))),
        goal.place,
        goal.title or goal.source,
    ]


def _number_note(goal: Goal) -> str:
    """What is to be said of a number: that it is hidden, or the first of a range."""
    return "原文缺失" if goal.masked else f"至 {goal.upper:g}" if goal.upper is not None else ""


def _chooser(kind: Kind[Goal]) -> Any:  # noqa: ANN401 - Gradio takes any function
    import gradio

    def choose(*fields: str) -> tuple[gradio.Dropdown, gradio.Image]:
        names = list(comparable(kind.find(*row_options(*fields))))
        return gradio.Dropdown(names, value=None), gradio.Image(None, visible=False)

    return choose


def _drawer(kind: Kind[Goal], folder: tempfile.TemporaryDirectory[str]) -> Any:  # noqa: ANN401
    import gradio

    def draw(name: str | None, *fields: str) -> gradio.Image:
        rows = comparable(kind.find(*row_options(*fields))).get(name or "")
        if not rows:
            return gradio.Image(None, visible=False)
        path = Path(folder.name) / f"{uuid.uuid4().hex}.svg"
        path.write_text(bar_chart(str(name), rows), encoding="utf-8")
        return gradio.Image(str(path), visible=True)

    return draw


def build_measure_tab(assistant: Assistant, demo: gradio.Blocks) -> None:
    """Build the tab of measures inside the open Blocks ``demo``."""
    build_tab(assistant, demo, _measure_kind(assistant))


def _measure_kind(assistant: Assistant) -> Kind[Measure]:
    def find(words: str, options: RowOptions) -> list[Measure]:
        return assistant.measures(words, **options)

    def served(measure: Measure) -> list[Goal]:
        found = {goal.goal_id: goal for goal in assistant.store.rows.goals(RowQuery(ids=measure.serves))}
        return [found[goal_id] for goal_id in measure.serves]

    def cells(measure: Measure) -> list[str | float | int | None]:
        return [
            KIND_WORDS[measure.kind],
            measure.mark or str(measure.number),
            measure.heading,
            "、".join(measure.responsible),
            measure.due,
            measure.part,
            STATUS_WORDS[measure.status],
            measure.period,
            "、".join(goal.indicator for goal in served(measure)[:3]),
            measure.title or measure.source,
        ]

    return Kind(
        name="措施一览",
        element="measure",
        headings=MEASURE_HEADINGS,
        widths=MEASURE_WIDTHS,
        find=find,
        identify=lambda measure: measure.measure_id,
        cells=cells,
        table=measure_table,
        panel=lambda measure: row_panel(measure, [("对应目标", goal) for goal in served(measure)], assistant.store),
        counted=counted,
    )
