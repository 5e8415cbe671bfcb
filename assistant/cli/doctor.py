"""Check that what an answer needs is there and works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.answering.writing import configured_model
from assistant.answering.writing.trial import described
from assistant.documents.corpus import read_documents
from assistant.errors import AssistantError, EncoderUnavailable, UnreadableDocument
from assistant.retrieval.encoders import BUNDLED, load_encoder
from assistant.retrieval.generations import file_sha256, live_name
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.opening import Opened, opened_index
from assistant.settings import Settings

MOST_TOLD = 50
"""Files that are named; the number of all is told."""


@dataclass(frozen=True)
class Check:
    """One thing examined."""

    name: str
    ok: bool
    detail: str


def examine(settings: Settings) -> list[Check]:
    """Examine corpus, encoder, index, and the language model if there is one; an error is the detail of its check."""
    return [
        _check("文件", lambda: _corpus(settings)),
        _check("编码器", lambda: _encoder(settings)),
        _check("索引", lambda: _index(settings)),
        *([_check("语言模型", lambda: _model(settings))] if settings.llm_model or settings.llm_base_url else []),
    ]


def _check(name: str, examination: Callable[[], str]) -> Check:
    try:
        return Check(name, True, examination())
    except AssistantError as error:
        return Check(name, False, str(error))


def _corpus(settings: Settings) -> str:
    unreadable: list[UnreadableDocument] = []
    works = sum(1 for _ in read_documents(settings.corpus, unreadable.append))
    if unreadable:
        told = "；".join(map(str, unreadable[:MOST_TOLD]))
        raise UnreadableDocument(f"{len(unreadable)} 个文件不能读取：{told}")
    return f"{settings.corpus} 中的文件均可读取,共 {works} 篇"


def _encoder(settings: Settings) -> str:
    encoder = load_encoder(settings.encoder)
    if settings.encoder == BUNDLED:
        _check_weights()
    return f"{encoder.fingerprint},{encoder.encode_queries(['测试']).shape[1]} 维"


def _model(settings: Settings) -> str:
    model = configured_model(settings)
    return described(model) if model else ""


def _check_weights() -> None:
    from assistant.retrieval.encoders.bundled import WEIGHTS_SHA256
    from assistant.retrieval.encoders.network import BUNDLED_FOLDER, WEIGHTS_FILE

    if file_sha256(BUNDLED_FOLDER / WEIGHTS_FILE) != WEIGHTS_SHA256:
        raise EncoderUnavailable("the weights of the bundled encoder were changed; reinstall bureau-assistant")


def _index(settings: Settings) -> str:
    fingerprint = load_encoder(settings.encoder).fingerprint
    if settings.engine:
        index: Opened = opened_index(settings.index, fingerprint, settings.engine, settings.store)
    else:
        live_name(settings.index)
        index = HybridIndex.load(settings.index, fingerprint, thorough=True)
    return f"{index.generation} 号索引,{len(index.store.facts)} 篇文件,{len(index)} 个段落"
