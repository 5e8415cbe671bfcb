"""A language model, where the user has one."""

from __future__ import annotations

from assistant.interfaces import Writer
from assistant.settings import Settings

GGUF = ".gguf"
"""The name of a model's file ends so."""


def configured_model(settings: Settings) -> Writer | None:
    """The language model of the settings; its code is not loaded where there is none."""
    if not settings.llm_base_url and not settings.llm_model:
        return None
    if not settings.llm_base_url and settings.llm_model.endswith(GGUF):
        from assistant.answering.writing.local_model import local_model

        return local_model(
            settings.llm_model,
            settings.llm_seconds,
            settings.llm_maximum_tokens,
            settings.llm_context,
            settings.llm_threads,
        )
    from assistant.answering.writing.language_model import language_model

    return language_model(
        settings.llm_base_url,
        settings.llm_model,
        settings.llm_api_key.get_secret_value(),
        settings.llm_seconds,
        settings.llm_maximum_tokens,
    )
