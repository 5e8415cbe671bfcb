"""The chat page: ``python ui.py``. Settings come from BUREAU_* variables; a missing index is built first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant import Assistant, IndexNotFound
from assistant.page.chat import build_chat
from assistant.page.served import launch
from assistant.settings import load_settings

if TYPE_CHECKING:
    import gradio

settings = load_settings()


def page() -> gradio.Blocks:
    """The page over the index, which is built where there is none."""
    try:
        loaded = Assistant.load(settings.index, encoder=settings.encoder, settings=settings)
    except IndexNotFound:
        loaded = Assistant.build(settings.corpus, settings.index, encoder=settings.encoder, settings=settings)
    return build_chat(loaded)


if __name__ == "__main__":
    launch(page, settings)
