"""Whether a text can be a question at all."""

from __future__ import annotations

from assistant.errors import QuestionError
from assistant.language.tokenization import tokenize

LONGEST_QUESTION = 2000
EXAMPLE = "ask for a goal or a measure, for example 专利申请量的目标是多少?"


def checked_question(text: str) -> str:
    """The question without white space around it. Raises QuestionError where it is empty, or too long."""
    if not isinstance(text, str):
        raise QuestionError(f"the question must be a text, not {text!r}; {EXAMPLE}")
    stripped = text.encode("utf-8", "replace").decode().strip()
    if not stripped:
        raise QuestionError(f"the question is empty; {EXAMPLE}")
    if not tokenize(stripped):
        raise QuestionError(f"the question has no words; {EXAMPLE}")
    if len(stripped) > LONGEST_QUESTION:
        raise QuestionError(
            f"the question has {len(stripped):,} characters; ask in at most {LONGEST_QUESTION:,}, one thing at a time"
        )
    return stripped
