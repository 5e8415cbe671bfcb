"""Answers put together into one: their lines and citations with new markers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.datamodels import Answer, Citation, DocumentFacts, Heading, Line, Stated


def renumbered(answer: Answer, numbers: Mapping[int, int]) -> tuple[list[Line], list[Citation]]:
    """Lines and citations with the new numbers of their markers; quotes that have none go, with their lines."""
    lines: list[Line] = []
    for line in answer.lines:
        if not isinstance(line, Stated):
            lines.append(line)
        elif all(marker in numbers for marker in line.markers):
            lines.append(replace(line, markers=tuple(numbers[marker] for marker in line.markers)))
    return lines, [replace(one, marker=numbers[one.marker]) for one in answer.citations if one.marker in numbers]


def under_title(
    answer: Answer, citations: list[Citation], facts: Mapping[str, DocumentFacts]
) -> tuple[list[Line], list[Citation]]:
    """The title of the document that an answer quotes, the lines of the answer with words, and its quotes."""
    own, quotes = behind(answer, citations)
    name = answer.citations[0].document_id
    return [Heading(facts[name].called, name), *(one for one in own if isinstance(one, Stated))], quotes


def behind(answer: Answer, citations: list[Citation]) -> tuple[list[Line], list[Citation]]:
    """Lines and citations of an answer that is put behind ``citations``."""
    return renumbered(answer, {one.marker: one.marker + len(citations) for one in answer.citations})
