"""What chat clients ask a model for on their own behalf: a title, tags, further questions. None is a question of ours.

open-webui sends such prompts as a user's message that begins with "### Task:", names the JSON it wants and holds the
conversation between <chat_history> and </chat_history>.
"""

from __future__ import annotations

import json
import re

TASK = re.compile(r"\s*#{1,4}\s*Task\b")
WANTED = re.compile(r"JSON format:?\s*\{\s*\"(\w+)\"\s*:\s*(.)")
HISTORY = re.compile(r"<chat_history>(.*?)</chat_history>", re.DOTALL)
ASKED = re.compile(r"^\s*USER:\s*(.+)$", re.MULTILINE)
TITLE = "title"
LONGEST_TITLE = 30


def reply_to_client(message: str) -> str | None:
    """What a client gets for a prompt of its own: the first question as title, else nothing; None for a question."""
    if not TASK.match(message) or not (history := HISTORY.search(message)):
        return None
    wanted = WANTED.search(message)
    if not wanted:
        return ""
    name, opened = wanted.groups()
    if name != TITLE:
        return json.dumps({name: [] if opened == "[" else ""})
    asked = ASKED.search(history[1])
    return json.dumps({name: asked[1].strip()[:LONGEST_TITLE] if asked else ""}, ensure_ascii=False)
