"""Answers put together into one: their lines and citations with new markers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.datamodels import Answer, Citation, Line, Stated


def renumbered(answer: Answer, numbers: Mapping[int, int]) -> tuple[list[Line], list[Citation]]:
    """Lines and citations with the new numbers of their markers; quotes that have none go, with their lines."""
    lines: list[Line] = []
    for line in answer.lines:
        if not isinstance(line, Stated):
            lines.append(line)
        elif all(marker in numbers for marker in line.markers):
            lines.append(replace(line, markers=tuple(numbers[marker] for marker in line.markers)))
    return lines, [replace(one, marker=numbers[one.marker]) for one in answer.citations if one.marker in numbers]


def behind(answer: Answer, citations: list[Citation]) -> tuple[list[Line], list[Citation]]:
    """Lines and citations of an answer that is put behind ``citations``."""
    return renumbered(answer, {one.marker: one.marker + len(citations) for one in answer.citations})
