"""The tables of the page: which rows in which order, what stands under each head, and the files made of them."""

from __future__ import annotations

import csv
import io
from dataclasses import fields

import pytest
from conftest import Office
from openpyxl import load_workbook
from starlette.datastructures import QueryParams

from assistant import Assistant
from assistant.page.tables.exports import export_address, exported
from assistant.page.tables.views import CONTRADICTIONS, GOALS, MEASURES, PAIRS, VIEWS, Wanted, table_html

PLAN = "丙市科技局2014年工作要点\n二、工作目标\n1.专利申请量达到2300件以上。\n2.新增高新技术企业5家。\n"
SUMMARY = "丙市科技局2014年工作总结\n全年专利申请量达到2417件。新增高新技术企业xx家。\n"
OTHER = "丁县科技局2012年工作要点\n专利申请量达到300件。责任单位:县知识产权局\n"


@pytest.fixture
def rows(office: Office) -> Assistant:
    return office(a=PLAN, b=SUMMARY, c=OTHER)


def test_goals_stand_by_document_place_and_year(rows: Assistant) -> None:
    goals = GOALS.items(rows, Wanted())
    assert [(one.title, one.indicator, one.value) for one in goals] == [
        ("丁县科技局2012年工作要点", "专利申请量", 300),
        ("丙市科技局2014年工作总结", "专利申请量", 2417),
        ("丙市科技局2014年工作总结", "新增高新技术企业", None),
        ("丙市科技局2014年工作要点", "专利申请量", 2300),
        ("丙市科技局2014年工作要点", "新增高新技术企业", 5),
    ]
    largest = GOALS.items(rows, Wanted(words="专利申请量", order="按数值"))
    assert [one.value for one in largest] == [2417, 2300, 300]


@pytest.mark.parametrize(
    ("wanted", "values"),
    [
        (Wanted(status="计划"), [300, 2300, 5]),
        (Wanted(year="2012"), [300]),
        (Wanted(place="丁县"), [300]),
        (Wanted(told="原文缺失"), [None]),
        (Wanted(told="已写明", words="高新技术企业"), [5]),
        (Wanted(responsible="知识产权局"), [300]),
    ],
)
def test_fields_choose_rows(rows: Assistant, wanted: Wanted, values: list[float | None]) -> None:
    assert [one.value for one in GOALS.items(rows, wanted)] == values


def test_a_row_opens_its_document_at_its_words(rows: Assistant) -> None:
    (goal,) = GOALS.items(rows, Wanted(words="专利申请量", place="丁县"))
    shown = table_html(GOALS, rows, [goal])
    assert "\n" not in shown
    assert f"href='documents/c.txt%231?start={goal.start}&amp;end={goal.end}'>专利申请量</a>" in shown
    assert "<td>300件 达到</td><td>计划</td><td>县知识产权局</td>" in shown


def test_pairs_and_what_cannot_both_be_true(rows: Assistant, office: Office) -> None:
    (pair,) = [one for one in PAIRS.items(rows, Wanted(words="专利申请量")) if one.relation == "planned and achieved"]
    assert (pair.first.value, pair.second.value) == (2300, 2417)
    (sides,) = PAIRS.table([pair])[:1]
    assert (sides["关系"], sides["甲数值"], sides["乙数值"]) == ("计划与完成", 2300, 2417)
    assert CONTRADICTIONS.items(rows, Wanted()) == []


def test_both_sides_of_a_contradiction_are_marked(office: Office) -> None:
    built = office(a="丙市科技局2014年工作总结\n立项科技项目60项,其中省级项目80项。\n")
    (found,) = CONTRADICTIONS.items(built, Wanted())
    spans = [f"start={one.start}&amp;end={one.end}" for one in (found.first, found.second)]
    shown = table_html(CONTRADICTIONS, built, [found])
    assert f"{spans[0]}&amp;{spans[1]}'>" in shown
    assert f"{spans[1]}&amp;{spans[0]}'>" in shown


def test_measures_are_listed_with_the_goals_that_they_serve(office: Office) -> None:
    text = "丙市科技局2014年工作要点\n三、工作措施\n(一)加强专利工作\n1.开展专利执法。查处案件10件。\n2.培训人员。\n"
    built = office(a=text)
    shown = [one.heading for one in MEASURES.items(built, Wanted())]
    assert shown[:2] == ["加强专利工作", "开展专利执法"]
    assert "<span class='theme'>" in table_html(MEASURES, built, MEASURES.items(built, Wanted()))


def test_what_documents_say_is_text(office: Office) -> None:
    built = office(a="丙市<i>科技局2014年工作要点\n培育<img src=x>企业77家。\n")
    shown = table_html(GOALS, built, GOALS.items(built, Wanted()))
    assert "<img" not in shown
    assert "<i>" not in shown


def test_fields_of_an_address() -> None:
    wanted = Wanted(words="专利 量", year="2014")
    assert export_address("goals", ".csv", wanted) == "export/goals.csv?words=%E4%B8%93%E5%88%A9+%E9%87%8F&year=2014"
    assert Wanted.of({"words": " 专利 ", "year": "2014", "nonsense": "1"}) == Wanted(words="专利", year="2014")
    assert len(Wanted.of({"words": "专" * 1000}).words) == 200


def test_a_table_comes_as_a_file_of_the_rows_that_are_wanted(rows: Assistant) -> None:
    answer = exported(rows, "goals.csv", QueryParams("place=丁县"))
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''%E7%9B%AE%E6%A0%87.csv"
    (row,) = csv.DictReader(io.StringIO(bytes(answer.body).decode("utf-8-sig")))
    assert (row["指标"], row["数值"], row["责任单位"]) == ("专利申请量", "300", "县知识产权局")
    book = load_workbook(io.BytesIO(bytes(exported(rows, "pairs.xlsx", QueryParams("words=专利申请量")).body)))
    assert [cell.value for cell in book.worksheets[0][1]][:3] == ["关系", "甲指标", "甲数值"]


@pytest.mark.parametrize(
    ("name", "query", "status"),
    [
        ("goals.pdf", "", 404),
        ("nothing.csv", "", 404),
        ("../goals.csv", "", 200),
        ("goals.csv", "place=无", 400),
        ("goals.csv", "year=abc", 400),
        ("contradictions.csv", "", 400),
    ],
)
def test_what_is_not_to_be_had(rows: Assistant, name: str, query: str, status: int) -> None:
    assert exported(rows, name, QueryParams(query)).status_code == status


def test_views_have_heads_and_an_order() -> None:
    assert {len(view.heads) for view in VIEWS.values()} == {4, 5, 7}
    assert all(view.orders for view in VIEWS.values())
    assert {one.name for one in fields(Wanted)} >= {"words", "order"}
