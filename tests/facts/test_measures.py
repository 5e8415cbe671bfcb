"""The tree of measures, complete and in order."""

from __future__ import annotations

import pytest

from assistant import Document, Measure, extract_goals, extract_measures, parse_documents


def measures(document: Document) -> list[Measure]:
    return extract_measures(document, extract_goals(document))


def parsed(text: str) -> list[Measure]:
    return measures(parse_documents(text, "a.txt")[0])


PLAN = (
    "某局2013年工作要点\n一、总体思路\n坚持创新。\n二、主要目标\n1.专利申请量2300件。\n三、工作措施\n"
    "(一)强化政策\n1.完善政策。一是修订办法,规范管理。二是落实资金。\n2.加强考核。\n(二)推进专利\n3.提升专利申请量。开展培训20次。\n"
    "四、存在问题\n1.人才不足。\n"
)


def test_themes_items_and_steps_stand_in_their_tree() -> None:
    found = parsed(PLAN)
    assert [(one.kind, one.mark, one.number, one.heading) for one in found] == [
        ("theme", "(一)", 1, "强化政策"),
        ("item", "1.", 1, "完善政策"),
        ("sub-item", "一是", 1, "修订办法,规范管理"),
        ("sub-item", "二是", 2, "落实资金"),
        ("item", "2.", 2, "加强考核"),
        ("theme", "(二)", 2, "推进专利"),
        ("item", "3.", 1, "提升专利申请量"),
    ]
    by_heading = {one.heading: one for one in found}
    assert by_heading["落实资金"].parent == by_heading["完善政策"].measure_id
    assert by_heading["提升专利申请量"].parent == by_heading["推进专利"].measure_id
    assert {one.part for one in found} == {"三、工作措施"}
    assert {(one.status, one.period) for one in found} == {("planned", "2013")}


def test_a_measure_serves_the_goals_it_names_and_those_that_stand_in_it() -> None:
    document = parse_documents(PLAN, "a.txt")[0]
    goals = {goal.indicator: goal.goal_id for goal in extract_goals(document)}
    serving = next(one for one in measures(document) if one.heading == "提升专利申请量")
    assert set(serving.serves) == {goals["专利申请量"], goals["培训"]}


def test_text_is_a_slice_without_the_items_below() -> None:
    document = parse_documents(PLAN, "a.txt")[0]
    for one in measures(document):
        assert document.text[one.start : one.end] == one.text
    assert next(one for one in measures(document) if one.kind == "theme").text == "(一)强化政策"


def test_what_was_done_and_what_comes_have_their_status_and_year() -> None:
    found = parsed(
        "某局工作总结\n一、2004年主要工作回顾\n(一)抓宣传\n1、办班。开班。\n二、2005年工作思路\n(一)抓项目\n狠抓申报。\n(二)抓人才\n引人才。\n"
    )
    assert [(one.heading, one.status, one.period) for one in found] == [
        ("抓宣传", "achieved", "2004"),
        ("办班", "achieved", "2004"),
        ("抓项目", "planned", "2005"),
        ("抓人才", "planned", "2005"),
    ]


def test_paragraphs_are_items_where_there_is_no_outline() -> None:
    found = parsed("某局工作总结\n企业队伍壮大。认定企业71家。\n平台建设推进。新建3家。\n")
    assert [(one.kind, one.number, one.heading) for one in found] == [
        ("item", 1, "企业队伍壮大"),
        ("item", 2, "平台建设推进"),
    ]


@pytest.fixture(scope="module")
def works(documents: list[Document]) -> dict[str, list[Measure]]:
    return {document.document_id: measures(document) for document in documents}


def test_the_plan_of_seven_themes_gives_its_23_items(works: dict[str, list[Measure]]) -> None:
    found = next(found for name, found in works.items() if name.startswith("003"))
    themes = [one for one in found if one.kind == "theme"]
    assert [one.mark for one in themes] == ["(一)", "(二)", "(三)", "(四)", "(五)", "(六)", "(七)"]
    items = [[one.mark for one in found if one.parent == theme.measure_id] for theme in themes]
    assert items == [[str(number) for number in range(1, count + 1)] for count in (3, 4, 3, 4, 3, 3, 3)]
    assert len(found) == 30


def test_the_plan_whose_numbers_run_on_gives_13_items_under_their_parents(works: dict[str, list[Measure]]) -> None:
    found = next(found for name, found in works.items() if name.startswith("004"))
    by_id = {one.measure_id: one for one in found}
    assert [(by_id[one.parent].mark, one.mark) for one in found if one.kind == "item"] == [
        *(("(一)", f"{number}.") for number in (1, 2, 3)),
        *(("(二)", f"{number}.") for number in range(4, 10)),
        *(("四、", f"{number}.") for number in range(10, 14)),
    ]
