"""An answer from a table shows the heads of its cell, and only these pass the guarantee."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import HashingEncoder

from assistant import Answer, Assistant
from assistant.answering.checking.guarantee import violations
from assistant.datamodels import TableValue

TABLE = (
    "甲市2024年任务分解表\n单位:家\n县区 | 指标 | 2024年 | \n | | 目标 | 完成\n东 区 | 示范企业 | 12 | 10\n"
    " | 工作站 | 5 | 6\n西 区 | 示范企业 | 18 | 19\n | 工作站 | 7 | 8\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("tables")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "甲市2024年任务分解表.txt").write_text(TABLE, encoding="utf-8")
    return Assistant.build(folder / "corpus", Path(folder / "index"), encoder=HashingEncoder())


def asked(built: Assistant, question: str) -> Answer:
    answer = built.ask(question)
    assert violations(answer, built.store) == []
    return answer


def test_the_number_of_the_place_and_status_asked_for_with_its_heads(built: Assistant) -> None:
    assert asked(built, "西区2024年示范企业完成多少家?").text == "西区 · 示范企业 · 2024年 · 完成:19家[1]"
    assert asked(built, "东区2024年示范企业目标是多少家?").text == "东区 · 示范企业 · 2024年 · 目标:12家[1]"
    assert asked(built, "西区2024年工作站完成多少?").text == "西区 · 工作站 · 2024年 · 完成:8家[1]"


def test_a_place_that_the_table_does_not_name_is_refused(built: Assistant) -> None:
    assert not built.ask("南区2024年示范企业完成多少家?").answered


@pytest.mark.parametrize(
    "change",
    [
        {"heads": ("东区", "示范企业", "2024年", "完成")},
        {"heads": ("西区", "示范企业", "2024年", "目标")},
        {"heads": ("西区", "工作站", "2024年", "完成")},
        {"heads": ()},
        {"words": "18"},
        {"words": "9"},
        {"unit": "万家"},
    ],
)
def test_other_heads_words_and_units_do_not_pass(built: Assistant, change: dict[str, object]) -> None:
    answer = asked(built, "西区2024年示范企业完成多少家?")
    (line,) = answer.lines
    assert isinstance(line, TableValue)
    forged = replace(answer, lines=(replace(line, **change),))  # type: ignore[arg-type]
    assert violations(forged, built.store)
