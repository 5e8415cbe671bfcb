"""Copies of an answer and files of a conversation. The copying itself is the browser's (chat.js)."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import gradio

from assistant.page.talk.conversation_files import as_markdown, write_word
from assistant.page.talk.exchanges import Talk
from assistant.page.words import SENTENCES, word

NAME = SENTENCES["record_file"]


def build_saving(talk: gradio.State) -> None:
    """The buttons; chat.js clicks the link of a file as soon as it is there."""
    with gradio.Row(elem_id="saving"):
        for key in ("copy_answer", "copy_markdown", "copy_all"):
            gradio.Button(word(key), size="sm", elem_id=key.replace("_", "-"), min_width=90)
        saved = {
            suffix: gradio.Button(word(key), size="sm", elem_id=key.replace("_", "-"), min_width=90)
            for suffix, key in ((".docx", "save_word"), (".md", "save_markdown"))
        }
    file = gradio.File(label=word("files"), visible=False, elem_id="conversation-file", elem_classes="fetched")
    folder = tempfile.TemporaryDirectory(prefix="bureau-")
    for suffix, button in saved.items():
        button.click(_writer(folder, suffix), talk, file, api_visibility="private")


def _writer(folder: tempfile.TemporaryDirectory[str], suffix: str) -> Any:  # noqa: ANN401 - Gradio takes any function
    def write(talk: Talk) -> Any:  # noqa: ANN401 - what gradio.update returns
        if not talk.exchanges:
            return gradio.update(visible=False)
        now = datetime.now()
        path = Path(tempfile.mkdtemp(dir=folder.name)) / f"{NAME}{now:%Y%m%d-%H%M}{suffix}"
        if suffix == ".docx":
            write_word(talk.exchanges, path, now)
        else:
            path.write_text(as_markdown(talk.exchanges, now), encoding="utf-8")
        return gradio.update(value=str(path), visible=True)

    return write
