"""A model may put a question into other words, but not ask for another year, place or number."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from conftest import Office

from assistant import Assistant, Settings
from assistant.answering.question.conversation import Turn
from assistant.answering.writing.rewriting import rewritten
from assistant.datamodels import Answer
from assistant.errors import GenerationError
from assistant.interfaces import Messages


class Says:
    """Rewrites every question to the same words, and answers nothing."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.told: list[Messages] = []

    def stream(self, messages: Messages) -> Generator[str, None, None]:
        self.told.append(messages)
        yield self.words if "改写" in messages[0]["content"] else "原文没有写明。"


class Fails:
    def stream(self, _: Messages) -> Generator[str, None, None]:
        yield from ()
        raise GenerationError("模型正忙")


@pytest.mark.parametrize(
    ("question", "words", "taken"),
    [
        ("2031年发明那块想弄多少?", "2031年发明专利申请量的目标是多少?", True),
        ("金湾市想弄多少专利?", "金湾市专利申请量的目标是多少?", True),
        ("2031年发明那块想弄多少?", "发明专利申请量的目标是多少?", False),  # the year lost
        ("发明那块想弄多少?", "2031年发明专利申请量的目标是多少?", False),  # a year added
        ("金湾市想弄多少专利?", "专利申请量的目标是多少?", False),  # the place lost
        ("想弄多少专利?", "杭州市专利申请量的目标是多少?", False),  # a place added
        ("想弄多少专利?", "专利申请量是否达到2300件?", False),  # a number added
        ("想弄多少专利?", "想弄多少专利?", False),
        ("想弄多少专利?", "", False),
        ("想弄多少专利?", "很长" * 1500, False),
    ],
)
def test_it_asks_for_the_same(question: str, words: str, taken: bool) -> None:
    assert rewritten(question, (), Says(words)) == (words if taken else "")


def test_what_was_asked_before_may_be_named() -> None:
    before = Turn("金湾市2031年专利申请量的目标是多少?", Answer("", "fact"))
    model = Says("金湾市2031年发明专利的目标是多少?")
    assert rewritten("那发明呢?", (before,), model) == "金湾市2031年发明专利的目标是多少?"
    assert "前面问过:金湾市2031年专利申请量的目标是多少?" in model.told[0][1]["content"]
    assert rewritten("那发明呢?", (), Says("金湾市2031年发明专利的目标是多少?")) == ""


def test_thoughts_marks_and_further_lines_are_dropped() -> None:
    assert (
        rewritten("想弄多少专利?", (), Says("<think>…</think>“专利申请量的目标是多少?”\n说明:略"))
        == "专利申请量的目标是多少?"
    )


def test_a_model_that_fails_changes_nothing() -> None:
    assert rewritten("想弄多少专利?", (), Fails()) == ""


def test_only_a_question_without_an_answer_is_put_into_other_words(office: Office) -> None:
    built = office(金湾市科技局2031年工作要点="孵化器新增12家。\n专利申请量达到2310件以上。")

    def last(question: str, *, switched: bool, literal: bool = False) -> tuple[str, Says]:
        model = Says("孵化器的目标是多少家?")
        settings = Settings(llm_rewrites=switched)
        asking = Assistant(built.index, built.store, built.encoder, model=model, settings=settings)
        return list(asking.converse(question, literal=literal))[-1].question, model

    asked = "创业园子打算添几个?"
    assert built.ask(asked).state != "answered"
    assert last(asked, switched=True)[0] == "孵化器的目标是多少家?"
    assert last(asked, switched=False)[0] == asked
    assert last(asked, switched=True, literal=True)[0] == asked
    answered, model = last("专利申请量的目标是多少?", switched=True)
    assert answered == "专利申请量的目标是多少?"
    assert all("改写" not in one[0]["content"] for one in model.told)
