"""Goals and measures as JSON records, as tables and as text for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from assistant.datamodels import Contradiction, Goal, GoalPair, GoalStatus, Measure

STATUS_WORDS: dict[GoalStatus, str] = {"planned": "计划", "achieved": "完成", "projected": "预计"}
KIND_WORDS = {"theme": "主题", "item": "措施", "sub-item": "分项"}
RELATION_WORDS = {"planned and achieved": "计划与完成", "years": "不同年份", "documents": "不同文件"}
REASON_WORDS = {
    "part larger than whole": "部分大于整体",
    "masked here, told there": "一处隐去,一处写明",
    "two values": "两处数值不同",
}
MASKED = "原文缺失"
TableCell = str | float | int | None
Table = list[dict[str, TableCell]]


def goal_record(goal: Goal) -> dict[str, Any]:
    """What ``bureau goals --json`` prints of a row."""
    return asdict(goal) | {"section_path": list(goal.section_path)}


def measure_record(measure: Measure) -> dict[str, Any]:
    """What ``bureau measures --json`` prints of a measure."""
    return asdict(measure) | {"section_path": list(measure.section_path), "serves": list(measure.serves)}


def pair_record(pair: GoalPair) -> dict[str, Any]:
    """What ``bureau pairs --json`` prints of a pair."""
    return {
        "relation": pair.relation,
        "score": pair.score,
        "first": goal_record(pair.first),
        "second": goal_record(pair.second),
    }


def contradiction_record(found: Contradiction) -> dict[str, Any]:
    """What ``bureau contradictions --json`` prints of a contradiction."""
    return {"reason": found.reason, "first": goal_record(found.first), "second": goal_record(found.second)}


def number_text(value: float | None) -> str:
    """2300 and 1.6 as written in a document; '' for None."""
    return "" if value is None else f"{value:.10f}".rstrip("0").rstrip(".")


def value_text(goal: Goal) -> str:
    """The number with its unit and bounds as people read it: ≥ is never made up, 6%-7% stays a range."""
    if goal.masked:
        return f"{MASKED}({goal.unit})" if goal.unit else MASKED
    upper = f"-{number_text(goal.upper)}" if goal.upper is not None else ""
    return f"{number_text(goal.value)}{upper}{goal.unit}"


def goal_table(goals: Sequence[Goal]) -> Table:
    """A row a goal, under Chinese headings."""
    return [
        {
            "指标": goal.indicator,
            "数值": whole(goal.value),
            "上限": whole(goal.upper),
            "单位": goal.unit,
            "限定": goal.comparator,
            "期间": goal.period,
            "状态": STATUS_WORDS[goal.status],
            "数值缺失": "是" if goal.masked else "",
            "级别": goal.level,
            "地区": goal.place,
            "文件": goal.title or goal.source,
            "章节": " › ".join(goal.section_path),
            "原文": goal.text,
            "换算数值": whole(goal.amount),
            "编号": goal.goal_id,
            "所属整体": goal.part_of,
            "来源": goal.source,
            "起": goal.original_start,
            "止": goal.original_end,
        }
        for goal in goals
    ]


def whole(value: float | None) -> float | int | None:
    """2300.0 as 2300; None and 1.6 as they are."""
    return int(value) if value is not None and value.is_integer() else value


def measure_table(measures: Sequence[Measure]) -> Table:
    """A row a measure, under Chinese headings."""
    return [
        {
            "层次": KIND_WORDS[measure.kind],
            "序号": measure.mark or str(measure.number),
            "措施": measure.heading,
            "所属部分": measure.part,
            "状态": STATUS_WORDS[measure.status],
            "期间": measure.period,
            "地区": measure.place,
            "文件": measure.title or measure.source,
            "内容": measure.text,
            "编号": measure.measure_id,
            "上级": measure.parent,
            "对应目标": " ".join(measure.serves),
            "来源": measure.source,
            "起": measure.original_start,
            "止": measure.original_end,
        }
        for measure in measures
    ]


def goal_lines(goals: Sequence[Goal]) -> str:
    """Goals for a terminal: by document, the indicator, its value, and the words they stand on."""
    if not goals:
        return "没有找到相符的目标或指标。"
    lines = []
    for (title, source), rows in groupby(goals, key=lambda goal: (goal.title, goal.source)):
        lines.append(f"{title or source}  ({source})")
        for goal in rows:
            bounds = f" {goal.comparator}" if goal.comparator else ""
            when = " ".join(part for part in (goal.period, STATUS_WORDS[goal.status]) if part)
            lines.append(f"  {goal.indicator}: {value_text(goal)}{bounds}  [{when}]  「{goal.raw}」")
    lines.append(f"共 {len(goals)} 条。")
    return "\n".join(lines)


def measure_lines(measures: Sequence[Measure]) -> str:
    """Measures for a terminal: the tree of each document and part, with the number of each kind."""
    if not measures:
        return "没有找到相符的措施。"
    lines = []
    for (title, source, part), group in groupby(measures, key=lambda one: (one.title, one.source, one.part)):
        rows = list(group)
        where = " › ".join(name for name in (title or source, part) if name)
        lines.append(f"{where}  ({source};{counted(rows)})")
        known = {one.measure_id: one for one in rows}
        for measure in rows:
            depth, above = 1, measure.parent
            while above in known:
                depth, above = depth + 1, known[above].parent
            lines.append(f"{'  ' * depth}{measure.mark or f'{measure.number}.'} {measure.heading}")
    lines.append(f"共 {counted(measures)}。")
    return "\n".join(lines)


def counted(measures: Sequence[Measure]) -> str:
    """7 个主题、23 条措施."""
    units = {"theme": "个主题", "item": "条措施", "sub-item": "条分项"}
    counts = {kind: sum(one.kind == kind for one in measures) for kind in units}
    return "、".join(f"{counts[kind]} {unit}" for kind, unit in units.items() if counts[kind])


def pair_lines(pairs: Sequence[GoalPair]) -> str:
    """Pairs for a terminal, both quotes below each other."""
    if not pairs:
        return "没有可以对照的指标。"
    blocks = [
        f"{RELATION_WORDS[pair.relation]}  相似度 {pair.score:.2f}\n{_side(pair.first)}\n{_side(pair.second)}"
        for pair in pairs
    ]
    return "\n".join([*blocks, f"共 {len(pairs)} 对。"])


def contradiction_lines(found: Sequence[Contradiction]) -> str:
    """Contradictions for a terminal, both quotes below each other."""
    if not found:
        return "没有发现前后不一致的数值。"
    blocks = [f"{REASON_WORDS[one.reason]}\n{_side(one.first)}\n{_side(one.second)}" for one in found]
    return "\n".join([*blocks, f"共 {len(found)} 处。"])


def _side(goal: Goal) -> str:
    when = " ".join(part for part in (goal.period, STATUS_WORDS[goal.status]) if part)
    place = f"{goal.source}:{goal.original_start}-{goal.original_end}"
    return f"  {goal.indicator}: {value_text(goal)}  [{when}]  {goal.title} ({place})\n    「{goal.raw}」"
