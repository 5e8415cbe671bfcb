"""What the page says of itself, and the questions that it offers."""

from __future__ import annotations

from collections.abc import Generator
from types import SimpleNamespace

from conftest import Office

from assistant.interfaces import Messages
from assistant.page.overview import checked_examples, overview

PLAN = "丙市科技局2014年工作要点\n二、工作目标\n1.专利申请量达到2300件以上。\n2.授权专利1600件。\n"
SUMMARY = "丁县科技局2012年工作总结\n一、主要成绩\n全年新增高新技术企业5家。\n"


def test_the_overview_counts_documents_years_places_and_kinds(office: Office) -> None:
    with office(丙市2014年工作要点=PLAN, 丁县2012年工作总结=SUMMARY) as built:
        shown = overview(built)
    assert "馆藏:2 个文件、2 篇;2012、2014 年;丁县、丙市;计划、要点 1 篇,总结 1 篇。" in shown
    assert shown.index(">丁县2012年工作总结</a>") < shown.index(">丙市2014年工作要点</a>")


def test_a_title_is_text(office: Office) -> None:
    with office(a="<b>丙市</b>科技局2014年工作要点\n" + PLAN) as built:
        assert "<b>" not in overview(built)


def test_examples_ask_for_planned_rows_and_are_answered_by_them(office: Office) -> None:
    with office(丙市2014年工作要点=PLAN, 丁县2012年工作总结=SUMMARY) as built:
        examples = checked_examples(built)
        answers = [built.ask(one).text for one in examples]
    assert examples == ["丙市2014年专利申请量的目标是多少?", "丙市2014年授权专利的目标是多少?"]
    assert "2300件以上" in answers[0]


def test_no_model_is_asked_while_the_page_starts(office: Office) -> None:
    asked: list[Messages] = []

    def stream(messages: Messages) -> Generator[str, None, None]:
        asked.append(messages)
        yield "好"

    with office(丙市2014年工作要点=PLAN) as built:
        built.use_model(SimpleNamespace(stream=stream))
        assert checked_examples(built)[0] == "丙市2014年专利申请量的目标是多少?"
    assert asked == []


def test_what_is_not_answered_from_its_row_is_not_offered(office: Office) -> None:
    with office(丁县2012年工作总结=SUMMARY) as built:
        assert checked_examples(built) == []


def test_what_is_planned_beyond_doubt_is_offered_before_what_recurs(office: Office) -> None:
    plan = "二、工作目标\n1.召开科技工作例会每月1次。\n2.组织科技下乡活动3次。\n3.授权专利达到1600件。\n"
    with office(丙市2014年工作要点=plan) as built:
        shown = checked_examples(built)
    assert shown[0] == "丙市2014年授权专利的目标是多少?"
    assert not any("例会" in one for one in shown)
