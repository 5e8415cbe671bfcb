"""Evaluation questions: one JSON object a line, with the spans of the files that answer each.

Needed: ``id``, ``question``, ``locations`` (a list of ``doc``, ``start``, ``end``: character offsets in the
decoded file; empty where the documents do not tell). Used where given: ``need`` ("all" spans or "any"),
``style``, ``kind``. Other fields are passed over.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.errors import JudgementError


@dataclass(frozen=True)
class Span:
    """A stretch of a source file."""

    source: str
    start: int
    end: int

    def overlap(self, source: str, start: int, end: int) -> int:
        """Characters shared with another stretch."""
        return max(0, min(self.end, end) - max(self.start, start)) if source == self.source else 0


@dataclass(frozen=True)
class Judgement:
    """A question and what answers it."""

    question_id: str
    question: str
    style: str
    need: Literal["all", "any"]
    spans: tuple[Span, ...]

    @property
    def answerable(self) -> bool:
        """Whether the documents tell."""
        return bool(self.spans)


def read_judgements(path: Path) -> list[Judgement]:
    """Read the file; raises JudgementError that names the line at fault."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise JudgementError(f"cannot read the questions in {path}: {error}") from error
    judgements = [_judgement(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not judgements:
        raise JudgementError(f"{path} holds no question; each line is a JSON object with id, question and locations")
    return judgements


def _judgement(path: Path, number: int, line: str) -> Judgement:
    try:
        record = json.loads(line)
        spans = tuple(Span(str(one["doc"]), int(one["start"]), int(one["end"])) for one in record["locations"])
        if any(span.start >= span.end or span.start < 0 for span in spans):
            raise ValueError("a location ends before it begins")
        need: Literal["all", "any"] = "any" if record.get("need") == "any" else "all"
        if not str(record["question"]).strip():
            raise ValueError("the question is empty")
        style = str(record.get("style") or "")
        return Judgement(str(record["id"]), str(record["question"]), style, need, spans)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise JudgementError(
            f"{path}, line {number}: not a question with id, question and locations (doc, start, end): {error}"
        ) from error
