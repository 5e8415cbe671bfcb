"""What chat clients write around a question, or ask a model for on their own behalf: a title, tags, further questions.

open-webui sends prompts as a user's message that begins with "### Task:". Those on its own behalf name the JSON that
they want and hold the conversation between <chat_history> and </chat_history>; those over files of its own hold what it
found in a <context>, which is none of our documents, and the question in a <user_query> or behind the context.
"""

from __future__ import annotations

import json
import re

TASK = re.compile(r"\s*#{1,4}\s*Task\b")
WANTED = re.compile(r"JSON format:?\s*\{\s*\"(\w+)\"\s*:\s*(.)")
HISTORY = re.compile(r"<chat_history>(.*?)</chat_history>", re.DOTALL)
ASKED = re.compile(r"^\s*USER:\s*(.+)$", re.MULTILINE)
QUERY = re.compile(r"<user_query>(.*?)</user_query>", re.DOTALL)
CONTEXT = re.compile(r"\A.*</context>", re.DOTALL)
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


def asked_in(message: str) -> str:
    """The question of a message, without what a client wrote around it."""
    if not TASK.match(message):
        return message
    if query := QUERY.search(message):
        return query[1].strip()
    return CONTEXT.sub("", message).strip() or message
