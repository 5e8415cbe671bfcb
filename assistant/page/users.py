"""Who uses the page, as the gate found out."""

from __future__ import annotations

import gradio

from assistant.page.words import SENTENCES
from assistant.serving.gate import LOCAL_USER
from assistant.serving.users import User

NOT_EDITOR = SENTENCES["not_editor"]


def user_of(request: gradio.Request | None) -> User:
    """The user behind an event of the page; whoever sits here where nobody logs in."""
    inner = request.request if request is not None else None
    found = getattr(inner.state, "user", LOCAL_USER) if inner is not None else LOCAL_USER
    return found if isinstance(found, User) else LOCAL_USER
