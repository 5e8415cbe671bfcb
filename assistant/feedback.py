"""What users say of answers, in a SQLite file beside the index: useful, useless or a wrong number, and why."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from assistant.datamodels import Answer
from assistant.errors import FeedbackError

Verdict = Literal["useful", "useless", "wrong number"]
VERDICTS = get_args(Verdict)
LONGEST_REASON = 2000
SCHEMA = """CREATE TABLE IF NOT EXISTS feedback (
    number INTEGER PRIMARY KEY, given TEXT NOT NULL, user TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL,
    question TEXT NOT NULL, answer TEXT NOT NULL, state TEXT NOT NULL, citations TEXT NOT NULL)"""


@dataclass(frozen=True)
class Feedback:
    """One verdict over one answer."""

    number: int
    given: str
    """When, as ISO 8601 in UTC."""
    user: str
    """Name of the one who gave it; '' where nobody logs in."""
    verdict: str
    reason: str
    question: str
    """As the answer understood it."""
    answer: str
    state: str
    citations: list[dict[str, Any]]
    """``source``, ``original_start``, ``original_end`` and ``quote`` of each."""


class FeedbackStore:
    """The file at ``path``, made when the first verdict is given. Raises FeedbackError where it cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, verdict: Verdict, answer: Answer, *, user: str = "", reason: str = "") -> int:
        """Keep a verdict; its number."""
        quoted = [
            {name: getattr(one, name) for name in ("source", "original_start", "original_end", "quote")}
            for one in answer.citations
        ]
        given = datetime.now(UTC).isoformat(timespec="seconds")
        row = (given, user, verdict, reason[:LONGEST_REASON], answer.question, answer.text, answer.state)
        with self._opened() as connection:
            added = connection.execute(
                "INSERT INTO feedback (given, user, verdict, reason, question, answer, state, citations)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, json.dumps(quoted, ensure_ascii=False)),
            )
            return int(added.lastrowid or 0)

    def explain(self, number: int, reason: str) -> None:
        """Put a reason to a verdict."""
        with self._opened() as connection:
            connection.execute("UPDATE feedback SET reason = ? WHERE number = ?", (reason[:LONGEST_REASON], number))

    def all(self) -> list[Feedback]:
        """Every verdict, in the order they were given."""
        if not self.path.exists():
            return []
        with self._opened() as connection:
            rows = connection.execute("SELECT * FROM feedback ORDER BY number").fetchall()
        return [Feedback(*(*columns, json.loads(citations))) for *columns, citations in rows]

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=10)
            try:
                with connection:
                    connection.execute(SCHEMA)
                    yield connection
            finally:
                connection.close()
        except (OSError, sqlite3.Error) as error:
            raise FeedbackError(
                f"{self.path}: feedback cannot be kept there ({error}); check the folder, or move a damaged file away"
            ) from error


def feedback_of(index: Path) -> FeedbackStore:
    """The feedback on answers from the index in a folder."""
    return FeedbackStore(index / "state" / "feedback.sqlite")


def feedback_record(one: Feedback) -> dict[str, Any]:
    """What ``bureau feedback --json`` prints of a verdict."""
    return asdict(one)


def judged_questions(given: Sequence[Feedback]) -> list[dict[str, Any]]:
    """Questions of the evaluation format from the answers found useful; of one asked twice the last verdict counts.

    An answer that was not useful tells no span that would have been: a person must judge it.
    """
    last = {one.question: one for one in given}
    return [
        {
            "id": f"feedback-{one.number}",
            "question": one.question,
            "style": "feedback",
            "locations": [
                {"doc": span["source"], "start": span["original_start"], "end": span["original_end"]}
                for span in one.citations
            ],
        }
        for one in last.values()
        if one.verdict == "useful" and one.state in ("answered", "refused")
    ]
