"""Who uses the page, as the gate found out."""

from __future__ import annotations

from collections.abc import Callable

import gradio
from gradio.context import LocalContext

from assistant.datamodels import EVERYTHING_SEEN, NOTHING_SEEN, Rights
from assistant.page.words import SENTENCES
from assistant.serving.gate import ASKING, LOCAL_USER, Rules
from assistant.serving.users import User

NOT_EDITOR = SENTENCES["not_editor"]


def user_of(request: gradio.Request | None) -> User:
    """The user behind an event of the page; whoever sits here where nobody logs in."""
    return _user_behind(request) or LOCAL_USER


def _user_behind(event: gradio.Request | None) -> User | None:
    found = getattr(event.request.state, "user", None) if event is not None and event.request is not None else None
    return found if isinstance(found, User) else None


def sight_of(rules: Rules) -> Callable[[], Rights]:
    """What whoever is being answered may see; between requests nothing, as soon as one user may not see everything."""

    def sight() -> Rights:
        if rules.login is None:
            return EVERYTHING_SEEN
        event = LocalContext.request.get(None)
        user = ASKING.get() if event is None else _user_behind(event)
        if user is not None:
            return user.sees
        limited = event is not None or any(one.sees != EVERYTHING_SEEN for one in rules.login.users.all())
        return NOTHING_SEEN if limited else EVERYTHING_SEEN

    return sight
