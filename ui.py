"""The chat page: ``python ui.py``. Settings come from BUREAU_* variables; a missing index is built first."""

from __future__ import annotations

from assistant import Assistant, IndexNotFound
from assistant.page.served import launch
from assistant.settings import keep_private, load_settings

settings = load_settings()
keep_private(settings)


def loaded() -> Assistant:
    """The assistant over the index, which is built where there is none."""
    try:
        return Assistant.load(settings.index, encoder=settings.encoder, settings=settings)
    except IndexNotFound:
        return Assistant.build(settings.corpus, settings.index, encoder=settings.encoder, settings=settings)


if __name__ == "__main__":
    launch(loaded, settings)
