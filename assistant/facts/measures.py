"""Extract measures: the tree of what a document says is done, with the goals that each serves."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from assistant.datamodels import Document, Goal, Measure, MeasureKind
from assistant.facts.context import GoalContext
from assistant.facts.responsible import due_in, duties_of, duty_at
from assistant.facts.task_tables import tasks_of
from assistant.language.marks import mark_length
from assistant.language.polarity import ACHIEVED_HEADING
from assistant.language.synonyms import bigrams, canonical
from assistant.language.titles import CONTAINER, FRAME, NO_MEASURES

FIRST_WORDS = re.compile(r"[^。；;:：\n]+")
LONGEST_HEADING = 40
LEAST_SERVED = 0.5
MOST_SERVING = 2
"""Measures that a goal is linked to at most, beside those that it stands in."""


@dataclass(frozen=True)
class _Branch:
    """A section or paragraph that is a measure, in its place of the tree."""

    section: int
    kind: MeasureKind
    parent: str
    """The id of the measure above; '' at the top."""
    number: int
    part: str
    span: tuple[int, int]
    words: tuple[int, int] | None = None
    """Of its name, where that does not begin it: in a row of a table."""


def extract_measures(document: Document, goals: list[Goal]) -> list[Measure]:
    """The measures of a document in the order of its text, themes before their items.

    ``goals`` are the document's rows, for the links from measures to goals. A document without an outline gives its
    paragraphs as items. Sections of goals, problems and suggestions are no measures.
    """
    context, duties = GoalContext(document), duties_of(document)
    told_in_text = _branches(document, context.turn) or _paragraphs(document)
    branches = sorted((*told_in_text, *_tasks(document)), key=lambda one: one.span[0])
    served = _served(document, [one.span for one in branches], goals)
    told = [duty_at(duties, one.span) for one in branches]
    return [_measure(document, context, *one) for one in zip(branches, served, told, strict=True)]


def _branches(document: Document, turn: int | None) -> list[_Branch]:
    children = _children(document, turn)
    tops = children.get(0, [])
    explicit = any(
        CONTAINER.search(document.sections[top].heading)
        and not FRAME.search(document.sections[top].heading)
        and not ACHIEVED_HEADING.search(document.sections[top].heading)
        and _is_listed(document, children, top)
        for top in tops
    )
    branches: list[_Branch] = []
    loose = 0
    for top in tops:
        heading = document.sections[top].heading
        if NO_MEASURES.search(heading) or (explicit and FRAME.search(heading)):
            continue
        listed = _is_listed(document, children, top)
        if CONTAINER.search(heading) and listed:
            themed = any(_is_listed(document, children, rank) for rank in children[top])
            branches += _grow(document, children, children[top], None, heading, turn, themed=themed)
        elif listed or not FRAME.search(heading):
            loose += 1
            branches += _grow(document, children, [top], None, "", turn, number=loose, themed=listed)
    return branches


def _children(document: Document, turn: int | None) -> dict[int, list[int]]:
    """The sections below each; what stands behind the ``turn`` of a summary to its plan is not below what was done."""
    children: dict[int, list[int]] = {}
    for rank, section in enumerate(document.sections):
        parent = section.parent
        while parent and turn is not None and document.sections[parent].start < turn <= section.start:
            parent = document.sections[parent].parent
        if parent is not None:
            children.setdefault(parent, []).append(rank)
    return children


def _is_listed(document: Document, children: dict[int, list[int]], rank: int) -> bool:
    """Whether the section has items of its own lines."""
    return any(not document.sections[child].inline for child in children.get(rank, []))


def _grow(
    document: Document,
    children: dict[int, list[int]],
    ranks: list[int],
    above: _Branch | None,
    part: str,
    turn: int | None,
    *,
    number: int = 1,
    themed: bool = False,
) -> Iterator[_Branch]:
    """The sections as branches, each followed by all that stands below it; ``themed`` makes themes of the top ones."""
    for offset, rank in enumerate(ranks):
        kind: MeasureKind = "theme" if themed else "item"
        if above and (document.sections[rank].inline or above.kind != "theme"):
            kind = "sub-item"
        parent = _identifier(document, above.span) if above else ""
        branch = _Branch(rank, kind, parent, number + offset, part, _own_span(document, rank, turn))
        yield branch
        yield from _grow(document, children, children.get(rank, []), branch, part, turn)


def _own_span(document: Document, rank: int, turn: int | None) -> tuple[int, int]:
    """The section's text up to its first child that has lines of its own, or to the turn of a summary."""
    section = document.sections[rank]
    inside = takewhile(lambda one: one.start < section.end, islice(document.sections, rank + 1, None))
    stop = next((one.start for one in inside if one.parent == rank and not one.inline), section.end)
    if turn is not None and section.start < turn < stop:
        stop = turn
    text = document.text[section.start : stop]
    return section.start, section.start + len(text.rstrip())


def _measure(
    document: Document,
    context: GoalContext,
    branch: _Branch,
    serves: tuple[str, ...],
    duty: tuple[tuple[str, ...], str],
) -> Measure:
    start, end = branch.span
    text = document.text[start:end]
    mark = mark_length(text)
    stretch = context.stretch(branch.section, start)
    original_start, original_end = document.alignment.original_span(start, end)
    return Measure(
        measure_id=_identifier(document, branch.span),
        document_id=document.document_id,
        source=document.source,
        title=document.title,
        section=branch.section,
        section_path=document.section_path(branch.section),
        kind=branch.kind,
        number=branch.number,
        mark=text[:mark].strip(),
        heading=_heading(document.text[slice(*branch.words)] if branch.words else text[mark:].lstrip()),
        part=branch.part,
        parent=branch.parent,
        status=stretch.status,
        period=str(stretch.year or ""),
        place=document.place,
        serves=serves,
        text=text,
        start=start,
        end=end,
        original_start=original_start,
        original_end=original_end,
        responsible=duty[0],
        due=duty[1] or (due_in(text) if stretch.status == "planned" else ""),
    )


def _identifier(document: Document, span: tuple[int, int]) -> str:
    return f"{document.document_id}~{span[0]}"


def _heading(text: str) -> str:
    """The first words, cut at a comma where they are long."""
    found = FIRST_WORDS.match(text)
    words = (found[0] if found else text).strip()
    if len(words) <= LONGEST_HEADING:
        return words
    head = re.split(r"[,，]", words)[0]
    return head if len(head) <= LONGEST_HEADING else words[:LONGEST_HEADING] + "…"


def _paragraphs(document: Document) -> Iterator[_Branch]:
    """The paragraphs of a document without an outline, but for its title."""
    position = number = 0
    for line in document.text.split("\n"):
        if "。" in line:
            number += 1
            yield _Branch(0, "item", "", number, "", (position, position + len(line)))
        position += len(line) + 1


def _tasks(document: Document) -> Iterator[_Branch]:
    """The tasks of tables that name who answers for them."""
    starts = [one.start for one in document.sections]
    for number, task in enumerate(tasks_of(document), start=1):
        rank = bisect_right(starts, task.row[0]) - 1
        yield _Branch(rank, "item", "", number, document.sections[rank].heading, task.row, task.words)


def _served(document: Document, spans: list[tuple[int, int]], goals: list[Goal]) -> list[tuple[str, ...]]:
    """For each measure the goals that stand in it, and those elsewhere whose indicator its words hold best.

    Words that many measures share weigh little: idf(b) = ln(1 + M / m(b)) over the bigrams of M measures.
    """
    holders: dict[str, list[int]] = {}
    for rank, (start, end) in enumerate(spans):
        for pair in bigrams(canonical(document.text[start:end])):
            holders.setdefault(pair, []).append(rank)
    starts = [start for start, _ in spans]
    served: list[list[str]] = [[] for _ in spans]
    for goal in goals:
        rank = bisect_right(starts, goal.start) - 1
        if rank >= 0 and goal.start < spans[rank][1]:
            served[rank].append(goal.goal_id)
        elif goal.status == "planned":
            for rank in _nearest(bigrams(canonical(goal.indicator)), holders, len(spans)):
                served[rank].append(goal.goal_id)
    return [tuple(one) for one in served]


def _nearest(wanted: frozenset[str], holders: dict[str, list[int]], measures: int) -> list[int]:
    """The measures that hold enough of the wanted bigrams, best first."""
    weights = {pair: math.log(1 + measures / len(holders.get(pair, " "))) for pair in sorted(wanted)}
    total = sum(weights.values())
    shares: dict[int, float] = defaultdict(float)
    for pair, weight in weights.items():  # in one order, so that sums repeat to the last digit
        for rank in holders.get(pair, ()):
            shares[rank] += weight / total
    enough = [(-share, rank) for rank, share in shares.items() if share >= LEAST_SERVED]
    return [rank for _, rank in sorted(enough)[:MOST_SERVING]]
