"""The tables of the page: what each shows of which rows, as plain values without Gradio."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from assistant.assistant import Assistant
from assistant.datamodels import Contradiction, Goal, GoalPair, Measure, RowQuery
from assistant.datamodels.facts import GoalStatus
from assistant.options import RowOptions
from assistant.page.reading.reader import address_of
from assistant.records import (
    REASON_WORDS,
    RELATION_WORDS,
    STANDING_WORDS,
    STATUS_WORDS,
    Table,
    counted,
    goal_table,
    measure_table,
    value_text,
    when_text,
)

STATUSES: dict[str, GoalStatus] = {word: status for status, word in STATUS_WORDS.items()}
TOLD, HIDDEN = "已写明", "原文缺失"
MOST_WORDS = 200
Item = TypeVar("Item")
Key = Callable[[Any], Any]


@dataclass(frozen=True)
class Wanted:
    """What the fields above a table ask for; '' leaves it open."""

    words: str = ""
    status: str = ""
    year: str = ""
    place: str = ""
    document: str = ""
    """An id."""
    told: str = ""
    responsible: str = ""
    order: str = ""

    @classmethod
    def of(cls, given: dict[str, str]) -> Wanted:
        """From plain texts by name; others are passed over."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value.strip()[:MOST_WORDS] for name, value in given.items() if name in known})

    @classmethod
    def in_order(cls, values: Iterable[str | None]) -> Wanted:
        """From the values of all fields as they stand on the page."""
        return cls.of(dict(zip((one.name for one in fields(cls)), (one or "" for one in values), strict=True)))

    @property
    def options(self) -> RowOptions:
        """As the methods of the assistant take it; of the numbers that are told or hidden nothing."""
        return RowOptions(
            status=STATUSES.get(self.status),
            year=int(self.year) if self.year.isdecimal() else None,
            place=self.place or None,
            document=self.document or None,
            responsible=self.responsible or None,
        )

    @property
    def goal_options(self) -> RowOptions:
        """``options`` with that."""
        return self.options | RowOptions(masked={TOLD: False, HIDDEN: True}.get(self.told))

    @property
    def query(self) -> str:
        """The query of an address that asks for the same."""
        return urlencode({one.name: value for one in fields(self) if (value := getattr(self, one.name))})


@dataclass(frozen=True)
class View(Generic[Item]):
    """A table: its heads, the rows behind it, and what of a row stands under each head, as HTML."""

    name: str
    """Of the file that is exported, and of the choice where a tab has several."""
    heads: tuple[str, ...]
    find: Callable[[Assistant, Wanted], list[Item]]
    cells: Callable[[Assistant, Item], tuple[str, ...]]
    table: Callable[[Sequence[Item]], Table]
    count: Callable[[Sequence[Item]], str]
    orders: dict[str, Key]
    """By name; the first is taken where none is chosen, rows found by words stay as they are found."""

    def items(self, assistant: Assistant, wanted: Wanted) -> list[Item]:
        """The rows in the order that is wanted."""
        found = self.find(assistant, wanted)
        if wanted.order in self.orders:
            return sorted(found, key=self.orders[wanted.order])
        return found if wanted.words else sorted(found, key=next(iter(self.orders.values())))


def table_html(view: View[Item], assistant: Assistant, items: Sequence[Item]) -> str:
    """Rows of a view as HTML."""
    return html_table(view.heads, (view.cells(assistant, item) for item in items))


def html_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells of HTML under their heads, on one line, which the page's Markdown leaves as it is."""
    head = "".join(f"<th scope='col'>{name}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table class='rows'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _text(*parts: str) -> str:
    return html.escape(" ".join(filter(None, parts)))


def _titled(row: Goal | Measure, path: Sequence[str]) -> str:
    """The title, and small below it where in the document."""
    return f"{html.escape(row.title or row.source)}<br><small>{html.escape(' › '.join(path))}</small>"


def _opening(words: str, row: Goal | Measure, *others: Goal) -> str:
    """Words that open the document at a row; ``others`` of it are marked too."""
    end = row.end if isinstance(row, Goal) else min(row.end, row.start + len(row.text))
    address = address_of(row.document_id, (row.start, end), *((one.start, one.end) for one in others))
    return f"<a class='whole' href='{html.escape(address)}'>{html.escape(words)}</a>"


def _goal_cells(_: Assistant, goal: Goal) -> tuple[str, ...]:
    return (
        _titled(goal, goal.section_path),
        _text(goal.place),
        _text(goal.period, goal.part_of_period),
        _opening(goal.indicator or goal.raw, goal),
        _text(value_text(goal), goal.comparator),
        _text(STATUS_WORDS[goal.status], STANDING_WORDS[goal.standing]),
        _text("、".join(goal.responsible), goal.due),
    )


def _pair_cells(_: Assistant, pair: GoalPair) -> tuple[str, ...]:
    return (
        _text(RELATION_WORDS[pair.relation]),
        *(cell for goal in (pair.first, pair.second) for cell in _side(goal)),
    )


def _contradiction_cells(_: Assistant, found: Contradiction) -> tuple[str, ...]:
    return (
        _text(found.first.title or found.first.source),
        _text(REASON_WORDS[found.reason]),
        _opening(found.first.raw, found.first, found.second),
        _opening(found.second.raw, found.second, found.first),
    )


def _side(goal: Goal) -> tuple[str, str]:
    return _text(goal.place, when_text(goal)), _opening(f"{goal.indicator} {value_text(goal)}", goal)


def _measure_cells(assistant: Assistant, measure: Measure) -> tuple[str, ...]:
    goals = list(assistant.store.rows.goals(RowQuery(ids=measure.serves))) if measure.serves else []
    return (
        _titled(measure, (measure.part,)),
        _text(measure.place),
        _text(measure.period),
        f"<span class='{measure.kind}'>{_opening(f'{measure.mark}{measure.heading}', measure)}</span>",
        _text(STATUS_WORDS[measure.status]),
        _text("、".join(measure.responsible), measure.due),
        _text("、".join(dict.fromkeys(goal.indicator for goal in goals[:3]))),
    )


def _sided_table(kind: str, word: Callable[[Any], str], items: Sequence[GoalPair] | Sequence[Contradiction]) -> Table:
    """Two rows beside each other, under the heads of each with 甲 and 乙 before, and what they are to each other."""
    sides = [goal_table([one.first for one in items]), goal_table([one.second for one in items])]
    return [
        {kind: word(item)}
        | {f"{side}{name}": value for side, row in zip("甲乙", both, strict=True) for name, value in row.items()}
        for item, *both in zip(items, *sides, strict=True)
    ]


def _of_document(row: Goal | Measure) -> tuple[Any, ...]:
    return row.title, row.place, row.source, row.document_id, row.start


GOALS = View(
    name="目标",
    heads=("文件", "地区", "期间", "指标", "数值", "状态", "责任单位、时限"),
    find=lambda assistant, wanted: assistant.goals(wanted.words, **wanted.goal_options),
    cells=_goal_cells,
    table=goal_table,
    count=lambda goals: f"{len(goals)} 条目标与指标",
    orders={
        "按文件": _of_document,
        "按年份": lambda goal: (goal.period, *_of_document(goal)),
        "按指标": lambda goal: (goal.indicator, goal.place, goal.period, goal.start),
        "按数值": lambda goal: (goal.unit, -(goal.amount or 0), *_of_document(goal)),
    },
)
PAIRS = View(
    name="计划与完成对照",
    heads=("关系", "甲", "甲的数值", "乙", "乙的数值"),
    find=lambda assistant, wanted: assistant.pairs(wanted.words, **wanted.goal_options),
    cells=_pair_cells,
    table=lambda pairs: _sided_table("关系", lambda one: RELATION_WORDS[one.relation], pairs),
    count=lambda pairs: f"{len(pairs)} 对",
    orders={"按相似程度": lambda pair: -pair.score, "按文件": lambda pair: _of_document(pair.first)},
)
CONTRADICTIONS = View(
    name="互相矛盾的数字",
    heads=("文件", "矛盾", "一处", "另一处"),
    find=lambda assistant, wanted: assistant.contradictions(wanted.words, **wanted.goal_options),
    cells=_contradiction_cells,
    table=lambda found: _sided_table("矛盾", lambda one: REASON_WORDS[one.reason], found),
    count=lambda found: f"{len(found)} 处",
    orders={"按文件": lambda one: _of_document(one.first)},
)
MEASURES = View(
    name="措施",
    heads=("文件", "地区", "期间", "措施", "状态", "责任单位、时限", "对应目标"),
    find=lambda assistant, wanted: assistant.measures(wanted.words, **wanted.options),
    cells=_measure_cells,
    table=measure_table,
    count=lambda measures: counted(measures) or "0 条",
    orders={"按文件": _of_document, "按年份": lambda one: (one.period, *_of_document(one))},
)
VIEWS: dict[str, View[Any]] = {"goals": GOALS, "pairs": PAIRS, "contradictions": CONTRADICTIONS, "measures": MEASURES}
