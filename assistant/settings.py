"""Settings with their defaults, from BUREAU_* environment variables; unknown ones are refused."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

PREFIX = "BUREAU_"


class Settings(BaseSettings):
    """Where things are and how they are searched. ``BUREAU_CORPUS=docs`` sets ``corpus``, and so on."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    corpus: Path = Path("corpus")
    index: Path = Path("index")
    engine: str = ""
    """Address of a Milvus, or a file of Milvus Lite, that serves what ``bureau publish`` sent there."""
    store: str = ""
    """Address of a PostgreSQL (postgresql://…) that holds the texts and rows of what the engine serves; without one
    they are read from the index folder."""
    encoder: str = "bundled"
    """"bundled", or the name or folder of a sentence-transformers model."""
    maximum_files: int = Field(default=20_000, ge=1)
    maximum_bytes: int = Field(default=50_000_000, ge=1)
    """Of one file."""
    unpacked_bytes: int = Field(default=400_000_000, ge=1)
    """Of all that is packed in one file."""
    reader_seconds: float = Field(default=300, gt=0)
    """For one file of another format than text."""
    memory_bytes: int = Field(default=1_500_000_000, ge=100_000_000)
    """Of the process that reads such files."""
    workers: int = Field(default=1, ge=1, le=256)
    """Processes that extract goals and measures at the same time; a program that asks for more needs a main guard."""
    queue: str = ""
    """Address of a PostgreSQL (postgresql://…) over which ``bureau worker``s take the files of
    ``bureau index --enqueue``."""
    passage_characters: int = Field(default=600, ge=50, le=2000)
    fusion: Literal["min_max", "reciprocal_rank"] = "min_max"
    dense_weight: float = Field(default=0.3, ge=0, le=1)
    """0 is BM25 alone, 1 is vectors alone."""
    reranker: str = ""
    """Name or folder of a sentence-transformers CrossEncoder that orders the passages found; none by default."""
    llm_base_url: str = ""
    """Address of an endpoint that speaks OpenAI's chat completions; with ``llm_model`` it switches the model on."""
    llm_model: str = ""
    """Its name there; without an address the file of a model (GGUF) that runs in this process."""
    llm_api_key: SecretStr = SecretStr("")
    llm_seconds: float = Field(default=60, gt=0, le=600)
    """How long one answer of the model may take."""
    llm_passage_characters: int = Field(default=4000, ge=200, le=100_000)
    """How much of the passages found the model gets to read; less for one with a small context."""
    llm_rewrites: bool = False
    """Whether the model may put a question that finds no answer into other words, and ask again; slow models should
    not."""
    llm_context: int = Field(default=8192, ge=512, le=1_000_000)
    """Tokens that a model in this process keeps in mind: passages, question and answer."""
    llm_threads: int = Field(default=0, ge=0, le=1024)
    """Of a model in this process; 0 for as many as this process may use."""
    llm_maximum_tokens: int = Field(default=600, ge=16, le=8192)
    watch: bool = False
    """Whether the page follows the folder of documents and brings the index up to date by itself."""
    private: bool = False
    """Whether files that we write are for their owner alone to read."""
    host: str = "127.0.0.1"
    """Other machines can reach any address but this; it then needs users."""
    port: int = Field(default=7860, ge=1, le=65535)
    hosts: str = ""
    """Further names by which browsers call this host, with commas: "wenda.kjj.local"."""
    root_path: str = Field(default="", pattern=r"^(/[\w.~-]+)*$")
    """Path under which a proxy shows the page: "/kb"."""
    session_hours: float = Field(default=12, gt=0, le=720)
    """How long a log-in lasts."""
    api_key: SecretStr = SecretStr("")
    """What programs send to ``bureau serve`` as bearer; needed where other machines can reach it."""
    public_url: str = Field(default="", pattern=r"^(https?://[^\s?#]+)?$")
    """Where those who read answers of ``bureau serve`` reach its documents, if that is not where programs do."""


def load_settings() -> Settings:
    """Read the environment; raises SettingsError for an unknown name or an impossible value."""
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known)
    if unknown:
        raise SettingsError(f"unknown setting {unknown[0]}; known are {', '.join(sorted(known))}")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{PREFIX}{'_'.join(map(str, first['loc']))}".upper()
        raise SettingsError(f"{name}: {first['msg']}; it was {first['input']!r}") from error


def keep_private(settings: Settings) -> None:
    """Where the settings ask for it, let nobody but their owner read what this process writes, nor the index."""
    if settings.private and os.name == "posix":
        os.umask(0o077)
        with suppress(OSError):  # not there yet, or another's, who then decides
            settings.index.chmod(0o700)


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
