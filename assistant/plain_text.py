"""Hits, answers, goals and measures as plain text: for terminals, and for tools whose text a model reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from assistant.datamodels import (
    Answer,
    Citation,
    Contradiction,
    Goal,
    GoalPair,
    Hit,
    Measure,
    Mention,
    Quoted,
    TableRow,
)
from assistant.records import REASON_WORDS, RELATION_WORDS, counted, location, value_text, when_text

SHOWN_CHARACTERS = 160


def search_text(hits: Sequence[Hit], characters: int = SHOWN_CHARACTERS) -> str:
    """Hits for a terminal: place, then the beginning of the passage."""
    if not hits:
        return "没有找到相关段落。"
    blocks = []
    for hit in hits:
        passage = hit.passage
        shown = " ".join(passage.text.split())
        shown = shown[:characters] + ("…" if len(shown) > characters else "")
        where = location(passage.source, passage.title, passage.section_path)
        blocks.append(f"{hit.rank}. {where}  ({passage.source}:{passage.original_start})\n   {shown}")
    return "\n".join(blocks)


def answer_text(answer: Answer) -> str:
    """An answer for a terminal: its text, then each source once with its quotes, or the nearest passages.

    A quote that a line has word for word is not printed again.
    """
    lines = [answer.notice, answer.text] if answer.notice else [answer.text]
    told = {_bare(line.words) for line in answer.lines if isinstance(line, Quoted | TableRow)}
    for source, citations in groupby(sorted(answer.citations, key=_by_source(answer)), key=lambda one: one.source):
        own = list(citations)
        lines.append(f"\n{own[0].title or source}  ({source})")
        for citation in own:
            where = location("", "", citation.section_path)
            page = f" 第{citation.page}页" if citation.page else ""
            quote = "" if _bare(citation.quote) in told else f"\n    「{citation.quote}」"
            lines.append(
                f"[{citation.marker}]{page} {citation.original_start}-{citation.original_end} {where}".rstrip() + quote
            )
    if answer.refusal and answer.refusal.nearest:
        lines.append(search_text(answer.refusal.nearest))
    return "\n".join(lines)


def _bare(words: str) -> str:
    """Words without the marks that end them."""
    return words.strip().rstrip("。;；,，")


def _by_source(answer: Answer) -> Callable[[Citation], int]:
    """The order of the sources, each where it is first quoted."""
    order = {one.source: rank for rank, one in reversed(list(enumerate(answer.citations)))}
    return lambda citation: order[citation.source]


def mention_text(found: Sequence[Mention]) -> str:
    """Documents that mention something, for a terminal."""
    if not found:
        return "没有文件提到。"
    lines = [f"共 {len(found)} 份文件:"]
    for one in found:
        citation = one.citation
        lines.append(
            f"{citation.title or citation.source}  ({citation.source}:{citation.original_start};{one.sentences} 处)\n"
            f"    「{citation.quote}」"
        )
    return "\n".join(lines)


def goal_lines(goals: Sequence[Goal]) -> str:
    """Goals for a terminal: by document, the indicator, its value, and the words they stand on."""
    if not goals:
        return "没有找到相符的目标或指标。"
    lines = []
    for (title, source), rows in groupby(goals, key=lambda goal: (goal.title, goal.source)):
        lines.append(f"{title or source}  ({source})")
        for goal in rows:
            bounds = f" {goal.comparator}" if goal.comparator else ""
            lines.append(
                f"  {goal.indicator}: {value_text(goal)}{bounds}  [{when_text(goal)}]{_duty(goal)}  「{goal.raw}」"
            )
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
            lines.append(f"{'  ' * depth}{measure.mark or f'{measure.number}.'} {measure.heading}{_duty(measure)}")
    lines.append(f"共 {counted(measures)}。")
    return "\n".join(lines)


def _duty(row: Goal | Measure) -> str:
    """Who answers for a row and by when; '' where nothing tells."""
    told = ";".join(filter(None, ("、".join(row.responsible), row.due)))
    return f"  ({told})" if told else ""


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
    place = f"{goal.source}:{goal.original_start}-{goal.original_end}"
    return f"  {goal.indicator}: {value_text(goal)}  [{when_text(goal)}]  {goal.title} ({place})\n    「{goal.raw}」"
