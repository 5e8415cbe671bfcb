"""The language model is set by who sits at this machine, and its key is shown nowhere."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import gradio
import pytest
from conftest import Office
from scripted_server import scripted

from assistant.page.model_tab import NOT_HERE, _attempted, _state, is_here


def request(host: str = "127.0.0.1", **headers: str) -> gradio.Request:
    return cast(gradio.Request, SimpleNamespace(client=SimpleNamespace(host=host), headers=headers))


@pytest.mark.parametrize(
    ("asked", "here"),
    [
        (request(), True),
        (request("::1"), True),
        (request("192.168.1.20"), False),
        (request("127.0.0.1", **{"x-forwarded-for": "192.168.1.20"}), False),
        (cast(gradio.Request, SimpleNamespace(client=None, headers={})), False),
    ],
)
def test_who_sits_at_this_machine(asked: gradio.Request, here: bool) -> None:
    assert is_here(asked) is here


def test_a_model_is_tried_before_it_is_taken() -> None:
    with scripted(["好"]) as server:
        words, model = _attempted(server.base_url, "scripted", "sk-secret-1", request())
        assert model is not None
        assert "可以使用" in words
        assert server.headers[0]["authorization"] == "Bearer sk-secret-1"
        assert "sk-secret" not in f"{words}{model}{_state(model)}"


@pytest.mark.parametrize(
    ("address", "name", "told"),
    [
        ("", "", "请填写地址和模型名"),
        ("http://127.0.0.1:9/v1", "a", "连不上模型"),
        ("http://127.0.0.1:9/v1", "", "BUREAU_LLM_MODEL"),
        ("", "/nowhere/model.gguf", "there is no file"),
    ],
)
def test_what_does_not_work_is_said_without_the_key(address: str, name: str, told: str) -> None:
    words, model = _attempted(address, name, "sk-secret-1", request())
    assert model is None
    assert told in words.replace("\\", "")
    assert "sk-secret" not in words


def test_nobody_else_may_choose_a_model() -> None:
    with scripted(["好"]) as server:
        assert _attempted(server.base_url, "scripted", "", request("10.0.0.8")) == (NOT_HERE, None)
        assert server.requests == []


def test_a_model_can_be_taken_and_left_while_it_runs(office: Office) -> None:
    built = office(金湾市科技局2031年工作要点="专利申请量达到2310件以上。")
    question = "金湾市2031年专利申请量的目标是多少?"
    with scripted(["专利申请量的目标是2310件以上[1]。"]) as server:
        _, model = _attempted(server.base_url, "scripted", "", request())
        built.use_model(model)
        assert built.ask(question).generated
        built.use_model(None)
        assert not built.ask(question).generated
