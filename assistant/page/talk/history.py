"""Conversations of before, as a browser keeps them: what was asked, not what was answered.

Listed again they are answered from the documents of today, so no number of an old index is shown as if it still stood.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.page.talk.exchanges import MOST, Asked, Exchange
from assistant.page.talk.filters import Filters

MOST_KEPT = 30
LONGEST_NAME = 24
Kept = dict[str, list[dict[str, Any]]]
"""The conversations of each user of this browser, the last first."""


class KeptQuestion(BaseModel):
    """A question as it was put."""

    model_config = ConfigDict(strict=True, extra="forbid")

    text: str
    filters: dict[str, str]
    searching: bool
    alone: bool

    def asked(self) -> Asked:
        """The question, with the filters that there still are."""
        known = {name: value for name, value in self.filters.items() if name in Filters._fields}
        return Asked(self.text, Filters(**known), self.searching, self.alone)


class KeptConversation(BaseModel):
    """What was asked in one conversation, and when it was last."""

    model_config = ConfigDict(strict=True, extra="forbid")

    name: str
    when: datetime = Field(strict=False)
    asked: list[KeptQuestion] = Field(min_length=1, max_length=MOST)

    @property
    def label(self) -> str:
        """How it is listed: its day, its first question, how many there are."""
        first = self.asked[0].text
        shown = first if len(first) <= LONGEST_NAME else f"{first[:LONGEST_NAME]}…"
        return f"{self.when:%m-%d %H:%M} {shown}({len(self.asked)} 问)"


ENTRIES = TypeAdapter(dict[str, list[KeptConversation]])


def new_name() -> str:
    """A name for a conversation that begins."""
    return secrets.token_hex(8)


def remembered(kept: object, user: str, name: str, exchanges: Sequence[Exchange], now: datetime) -> Kept:
    """What the browser keeps, with the conversation ``name`` as it is now."""
    asked = [
        KeptQuestion(
            text=one.asked.text,
            filters=one.asked.filters._asdict(),
            searching=one.asked.searching,
            alone=one.asked.alone,
        )
        for one in exchanges
    ]
    entry = KeptConversation(name=name, when=now, asked=asked)
    return _with(kept, user, [entry, *(one for one in _of(kept, user) if one.name != name)][:MOST_KEPT])


def forgotten(kept: object, user: str, name: str | None) -> Kept:
    """What the browser keeps without a conversation of the user, or without any of them."""
    return _with(kept, user, [one for one in _of(kept, user) if name is not None and one.name != name])


def listed(kept: object, user: str) -> list[tuple[str, str]]:
    """Label and name of each conversation of the user, the last first."""
    return [(one.label, one.name) for one in _of(kept, user)]


def asked_in(kept: object, user: str, name: str) -> list[Asked]:
    """The questions of a conversation; none where it is not known."""
    return [question.asked() for one in _of(kept, user) if one.name == name for question in one.asked]


def _with(kept: object, user: str, entries: list[KeptConversation]) -> Kept:
    plain: Kept = ENTRIES.dump_python(_checked(kept) | {user: entries}, mode="json")
    return plain


def _of(kept: object, user: str) -> list[KeptConversation]:
    return _checked(kept).get(user, [])


def _checked(kept: object) -> dict[str, list[KeptConversation]]:
    """What a browser sent; nothing where it is not what we gave it."""
    try:
        return ENTRIES.validate_python(kept)
    except ValidationError:
        return {}
