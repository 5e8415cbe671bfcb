"""Whether a language model answers here, and how fast."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass

from assistant.errors import GenerationError
from assistant.interfaces import Writer
from assistant.language.frames import TRIAL

ENOUGH = 20
"""Characters of a reply after which a model that likes to talk is stopped."""


@dataclass(frozen=True)
class Trial:
    """What became of a short request."""

    seconds_to_first: float
    seconds: float
    reply: str


def try_model(model: Writer) -> Trial:
    """Ask a model for one word. Raises GenerationError where it does not answer."""
    started = time.monotonic()
    first, reply = 0.0, ""
    with closing(model.stream([{"role": "user", "content": TRIAL}])) as pieces:
        for piece in pieces:
            first = first or time.monotonic() - started
            reply += piece
            if len(reply) > ENOUGH:
                break
    if not reply.strip():
        raise GenerationError("模型没有给出回答")
    return Trial(first, time.monotonic() - started, reply.strip())


def described(model: Writer) -> str:
    """The trial in one line for staff; of a model in this process its speed and context. Raises GenerationError."""
    from assistant.answering.writing.local_model import LocalModel

    if isinstance(model, LocalModel):
        speed = model.speed()
        return (
            f"{model.path.name} 在本机运行:每秒读 {speed.reading:.0f}、写 {speed.writing:.0f} 个词元,"
            f"上下文 {model.context} 词元,{model.threads} 个线程"
        )
    trial = try_model(model)
    return f"可以使用:{trial.seconds_to_first:.1f} 秒开始回答,{trial.seconds:.1f} 秒答复"
