"""The chat page: ``python ui.py``. Settings come from BUREAU_* variables; a missing index is built first."""

from __future__ import annotations

from assistant import Assistant, IndexNotFound
from assistant.page.chat import build_chat, launch
from assistant.settings import load_settings

settings = load_settings()
try:
    loaded = Assistant.load(settings.index, encoder=settings.encoder, settings=settings)
except IndexNotFound:
    loaded = Assistant.build(settings.corpus, settings.index, encoder=settings.encoder, settings=settings)

demo = build_chat(loaded)

if __name__ == "__main__":
    launch(demo, host=settings.host, port=settings.port)
