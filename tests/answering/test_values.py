"""Numbers that no row and no whole sentence answers: the clause that tells most of the question does, or none."""

from __future__ import annotations

import pytest
from conftest import Office

from assistant import Assistant
from assistant.answering.checking.guarantee import violations
from assistant.answering.evidence.values import has_value, known_indicator
from assistant.answering.question.understanding import understand

TEXT = """一、2023年工作回顾
开行中欧班列1026列、增长56.4%,新设外资企业6629家。投资836万元的养老院、550万元的文体馆项目基本完工。
空气优良天数比率达83.8%,细颗粒物浓度31.3微克/立方米。东方镇进入全国百强镇前50强,南山镇成为农业先行区。
用好低效用地试点,推行分行业工业上楼,整治低效工业用地1万亩。社会消费品零售总额完成159.5亿元。

二、2024年重点工作
全年完成1600公里老旧燃气管网改造任务。对300亩果园进行修剪管理。社会消费品零售总额增长8%。
"""


@pytest.fixture
def bureau(office: Office) -> Assistant:
    return office(衢州市2024年政府工作报告=TEXT)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2023年开行中欧班列多少列?", "开行中欧班列1026列"),
        ("老旧燃气管网全年要换多少公里?", "1600公里老旧燃气管网改造任务"),
        ("新的文体馆项目花了多少钱?", "550万元的文体馆"),
        ("细颗粒物的浓度是多少?", "31.3微克/立方米"),
        ("去年低效工业地整治了多少亩来着", "整治低效工业用地1万亩"),
        ("东方镇在全国百强镇里进了前多少?", "前50强"),
    ],
)
def test_the_clause_that_tells_the_question_answers(bureau: Assistant, question: str, told: str) -> None:
    answer = bureau.ask(question)
    assert told in answer.text
    assert violations(answer, bureau.store) == []


@pytest.mark.parametrize(
    "question",
    [
        "300亩果园的苹果产量是多少?",  # the only number beside it is the question's own
        "地区生产总值完成多少亿元?",  # of another indicator
        "2023年燃气管网计划改造多少户?",  # in another unit
    ],
)
def test_no_clause_of_another_thing_answers(bureau: Assistant, question: str) -> None:
    assert not bureau.ask(question).answered


def test_an_indicator_that_the_question_says_whole(bureau: Assistant) -> None:
    assert known_indicator(understand("2023年社会消费品零售总额完成多少"), bureau.library).startswith(
        "社会消费品零售总额"
    )
    assert known_indicator(understand("果园怎么样"), bureau.library) == ""


@pytest.mark.parametrize(
    ("question", "words", "has"),
    [
        ("多少列班列", "开行1026列", True),
        ("浓度是多少", "浓度31.3微克/立方米", True),
        ("总投资多少", "2023年8月实现由负转正", False),
        ("总投资多少", "15.争取国家支持", False),
        ("浓度是多少", "PM2.5年均浓度改善", False),
        ("多少家企业", "产值20亿元", False),
        ("多少家企业", "企业x家", True),
        ("多少名学生", "学生30人", True),
    ],
)
def test_a_number_in_the_unit_asked_for(question: str, words: str, has: bool) -> None:
    assert has_value(understand(question), words) is has
