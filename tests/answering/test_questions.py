from __future__ import annotations

import pytest

from assistant import QuestionError
from assistant.answering.question.understanding import understand


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2013年专利申请量的目标是多少?", "number"),
        ("新增高新技术企业多少家", "number"),
        ("主要任务有哪些?", "list"),
        ("防震减灾采取哪些措施?", "measure"),
        ("科技特派员要做什么?", "measure"),
        ("工作要点是哪一天印发的?", "date"),
        ("工作主线是什么?", "fact"),
        ("How many patents were granted?", "number"),
    ],
)
def test_the_kind_of_thing_asked_for(text: str, kind: str) -> None:
    assert understand(text).kind == kind


def test_what_a_question_names() -> None:
    question = understand("平安市2013年和2014年的專利申請量目標各是多少?")
    assert question.years == (2013, 2014)
    assert question.places == ("平安市",)
    assert {"专利", "申请"} <= set(question.tokens)
    assert not {"多少", "目标", "2013"} & set(question.tokens)
    assert understand("重点抓哪五个方面").count == 5
    assert understand("哪12项行动").count == 12
    assert understand("二〇一四年和二零一五年").years == (2014, 2015)
    assert understand("十三五期间平安市的规划").places == ("平安市",)
    assert understand("第四届挑战赛的省级项目").qualifiers == ("第四届", "省级")
    assert understand("和丰市向甲市学习了几次").places == ("和丰市",)
    assert understand("和政县获甘肃省科技进步奖几项").places == ("和政县",)
    assert understand("甲县有多少个老旧小区").places == ("甲县",)
    assert understand("新增多少家企业").unit == "家"
    assert understand("昆山市的地区生产总值").places == ("昆山市",)
    assert understand("我市和全县、示范区、高新区的任务").places == ()


def test_the_thing_asked_for_is_the_focus() -> None:
    assert "门票" in understand("景区全年门票收入是多少?").focus
    assert "局长" in understand("科技局局长是谁?").focus
    assert understand("有多少家企业").focus == ()


def test_a_foreign_question_and_a_comparison_are_known() -> None:
    assert understand("How many patents were granted?").foreign
    assert not understand("R&D投入多少?").foreign
    english = understand("How many patent applications did Xinzhou file in May 2020?")
    assert (english.names, english.years) == (("xinzhou",), (2020,))
    assert english.search_text.endswith("专利 申请")
    assert understand("甲市比乙市多几家?").compares


@pytest.mark.parametrize("text", ["", " \n\u3000", "。?!", "😀", "问" * 2001])
def test_empty_and_overlong_questions_are_refused(text: str) -> None:
    with pytest.raises(QuestionError):
        understand(text)
