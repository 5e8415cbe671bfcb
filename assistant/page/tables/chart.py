"""One indicator across documents and years as a bar chart: an SVG that the browser draws with its own fonts.

Gradio's own plots need a policy that lets scripts be evaluated; a picture needs none.
"""

from __future__ import annotations

import html
from collections import Counter, defaultdict
from collections.abc import Sequence

from assistant.datamodels import Goal
from assistant.language.synonyms import canonical
from assistant.language.units import dimension
from assistant.records import STATUS_WORDS, value_text

WIDTH, LABEL_WIDTH, VALUE_WIDTH = 860, 300, 150
ROW, BAR, TOP = 30, 18, 64
COLOURS = {"planned": "#9ec5f8", "achieved": "#1f6fd6", "projected": "#f0b45a"}
MOST_BARS = 40
LONGEST_LABEL = 22
FONT = "system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"


def comparable(goals: Sequence[Goal]) -> dict[str, list[Goal]]:
    """Rows that can stand in one chart, by the name of their indicator; only indicators with two rows and more.

    The rows of a chart have one canonical indicator and units of one dimension, and all have a value.
    """
    groups: dict[tuple[str, str], list[Goal]] = defaultdict(list)
    for goal in goals:
        if goal.amount is not None:
            groups[canonical(goal.indicator), dimension(goal.unit)].append(goal)
    named: dict[str, list[Goal]] = {}
    for rows in sorted(groups.values(), key=len, reverse=True):
        if len(rows) > 1:
            name, unit = Counter((row.indicator, row.unit) for row in rows).most_common(1)[0][0]
            named[f"{name}({unit})" if unit else name] = rows
    return named


def bar_chart(title: str, goals: Sequence[Goal]) -> str:
    """The rows as horizontal bars, by place, year and document, by colour their status; below zero draws none.

    Where there are several places the title names them.
    """
    rows = sorted(goals, key=lambda goal: (goal.place, goal.period, goal.title, goal.start))[:MOST_BARS]
    places = list(dict.fromkeys(row.place or "地区不明" for row in rows))
    if len(places) > 1:
        title = f"{title}:{len(places)} 个地区分列({'、'.join(places)})"
    largest = max((row.amount or 0 for row in rows), default=0) or 1
    scale = (WIDTH - LABEL_WIDTH - VALUE_WIDTH) / largest
    parts = [_legend(title)]
    for number, row in enumerate(rows):
        parts.append(_bar(row, TOP + number * ROW, max(2.0, (row.amount or 0) * scale)))
    height = TOP + len(rows) * ROW + 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" font-family="{FONT}" font-size="13"><title>{html.escape(title)}</title>'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{"".join(parts)}</svg>'
    )


def _legend(title: str) -> str:
    marks = [
        f'<rect x="{LABEL_WIDTH + number * 80}" y="36" width="14" height="14" fill="{COLOURS[status]}"/>'
        f'<text x="{LABEL_WIDTH + 20 + number * 80}" y="48" fill="#333333">{word}</text>'
        for number, (status, word) in enumerate(STATUS_WORDS.items())
    ]
    return f'<text x="12" y="22" font-size="16" font-weight="600" fill="#111111">{html.escape(title)}</text>' + "".join(
        marks
    )


def _bar(row: Goal, top: int, length: float) -> str:
    words = " ".join(part for part in (row.place, row.period, row.title or row.source) if part)
    label = words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 1] + "…"
    value = f"{' '.join(part for part in (value_text(row), row.comparator) if part)} ({STATUS_WORDS[row.status]})"
    middle = top + BAR - 4
    return (
        f'<g><title>{html.escape(row.raw)}</title><text x="{LABEL_WIDTH - 10}" y="{middle}" text-anchor="end" '
        f'fill="#333333">{html.escape(label)}</text><rect x="{LABEL_WIDTH}" y="{top}" width="{length:.1f}" '
        f'height="{BAR}" rx="2" fill="{COLOURS[row.status]}"/><text x="{LABEL_WIDTH + length + 6:.1f}" y="{middle}" '
        f'fill="#111111">{html.escape(value)}</text></g>'
    )
