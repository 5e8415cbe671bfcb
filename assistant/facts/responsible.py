"""Who answers for what a document says, and by when: read behind the item that it belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.datamodels import Document
from assistant.facts.task_tables import tasks_of
from assistant.language.responsibility import (
    BRACKET,
    DUE,
    LABEL,
    LABELLED,
    TELLS_BODY,
    VERB,
    listed_bodies,
)

LONGEST_DUE = 24


@dataclass(frozen=True)
class Duty:
    """What one bracket or line says, with the span of the text that it is about, ``start`` to ``end``."""

    bodies: tuple[str, ...]
    due: str
    start: int
    end: int
    words: tuple[int, int]
    """Where the bracket or line stands."""


def duties_of(document: Document) -> list[Duty]:
    """The brackets, lines and rows of tables of a document that name bodies, in their order.

    Each bracket or line is about what stands before it in its section, from where the one before ends; one in the
    heading of a section is about all of it.
    """
    found = [Duty(one.bodies, one.due, *one.row, one.row) for one in tasks_of(document) if one.bodies]
    return sorted((*found, *_bracketed(document)), key=lambda one: one.words)


def _bracketed(document: Document) -> list[Duty]:
    """The duties of running text."""
    sections = [one for one in document.sections if not one.inline]
    starts = [one.start for one in sections]
    found: list[Duty] = []
    for (first, last), inner in _annotations(document.text):
        bodies, due = read_duty(inner)
        if not bodies:
            continue
        section = sections[bisect_right(starts, first) - 1]
        before = found[-1].words[1] if found else 0
        alone = document.text[max(0, first - 1) : first] in ("", "\n")
        while alone and section.parent and before <= document.sections[section.parent].start:
            section = document.sections[section.parent]
        line_end = document.text.find("\n", section.start)
        if section.level and last == line_end and section.end > line_end + 1:
            start, end = section.start, section.end
        else:
            start, end = max(section.start, before), last
        found.append(Duty(bodies, due, start, end, (first, last)))
    return found


def _annotations(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The spans of brackets and lines that may name bodies, with what they say, in their order, none in another."""
    told = [(match.span(), match[1]) for match in BRACKET.finditer(text) if TELLS_BODY.search(match[1])]
    told += [(match.span(), match[0].strip()) for match in LABELLED.finditer(text)]
    last = 0
    for span, inner in sorted(told):
        if span[0] >= last:
            yield span, inner
            last = span[1]


def read_duty(words: str) -> tuple[tuple[str, ...], str]:
    """The bodies, each with what it does, and the time that the words of a bracket or a cell name."""
    bodies: list[str] = []
    due = ""
    for part in re.split(r"[;；。\n]|[,，](?=[^,，;；]{0,12}[:：])", words):
        label = LABEL.search(part)
        if label and label["due"]:
            due = due or part[label.end() :].strip()[:LONGEST_DUE]
            continue
        if label and label.start() <= 1:
            bodies += listed_bodies(part[label.end() :], label["role"])
            continue
        waiting = ""
        for clause in re.split(r"[,，](?![^(（]*[)）])", part):
            if verb := VERB.search(clause.strip()):
                bodies += listed_bodies(f"{waiting}{verb['bodies']}", verb["verb"])
            waiting = "" if verb else f"{waiting}{clause}、"
    if not due and (told := DUE.search(words)):
        due = told[0]
    return tuple(dict.fromkeys(bodies)), due


def duties_at(duties: list[Duty], span: tuple[int, int]) -> list[Duty]:
    """The duties inside a span of the text, else the narrowest that is about its start; [] where there is none."""
    inside = [one for one in duties if span[0] <= one.words[0] < span[1]]
    about = sorted((one for one in duties if one.start <= span[0] < one.end), key=lambda one: one.end - one.start)
    return inside or about[:1]


def duty_at(duties: list[Duty], span: tuple[int, int]) -> tuple[tuple[str, ...], str]:
    """The bodies and the time that ``duties_at`` a span of the text tell."""
    chosen = duties_at(duties, span)
    bodies = dict.fromkeys(body for one in chosen for body in one.bodies)
    return tuple(bodies), "、".join(dict.fromkeys(one.due for one in chosen if one.due))


def due_in(words: str) -> str:
    """The time by which words say that something will be done; '' where they do not."""
    found = DUE.search(words)
    return found[0] if found else ""
