"""Dify's door: requests and errors as its documentation of external knowledge has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import HashingEncoder
from programs import KEY, Interface, door
from starlette.testclient import TestClient

from assistant import Assistant
from assistant.server.retrieval import relevance


def body(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    setting = {"top_k": 3, "score_threshold": 0.0}
    return {"knowledge_id": "all", "query": "专利申请量", "retrieval_setting": setting} | changed


def test_records_hold_what_dify_reads(plans: Assistant, interface: Interface) -> None:
    answer = interface(KEY, KEY).post("/retrieval", json=body())
    records = answer.json()["records"]
    hits = plans.search("专利申请量", k=3)
    assert answer.status_code == 200
    assert [record["content"] for record in records] == [hit.passage.text for hit in hits]
    assert {frozenset(record) for record in records} == {frozenset(("content", "score", "title", "metadata"))}
    assert records[0]["metadata"]["document_id"] == hits[0].document_id
    assert None not in records[0]["metadata"].values()


def test_a_score_is_the_share_of_the_question_that_is_told(plans: Assistant, interface: Interface) -> None:
    question = "知识产权预警"  # five bigrams, of which the first passage has the four of 知识产权 and 预警
    hits = plans.search(question, k=4)
    scores = relevance(question, hits)
    assert scores[0] == 0.8
    assert scores == sorted(scores, reverse=True)
    setting = {"top_k": 4, "score_threshold": 0.5}
    records = interface().post("/retrieval", json=body(query=question, retrieval_setting=setting)).json()["records"]
    assert [record["score"] for record in records] == [score for score in scores if score >= 0.5]
    none = {"top_k": 4, "score_threshold": 0.9}
    assert interface().post("/retrieval", json=body(query=question, retrieval_setting=none)).json() == {"records": []}


@pytest.mark.parametrize(
    ("authorization", "code"),
    [(None, 1001), ("Basic eHh4", 1001), ("Bearer wrong", 1002)],
)
def test_errors_have_difys_codes(interface: Interface, authorization: str | None, code: int) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    refused = interface(KEY).post("/retrieval", json=body(), headers=headers)
    assert (refused.status_code, refused.json()["error_code"]) == (403, code)


def test_a_knowledge_is_all_or_a_folder(interface: Interface) -> None:
    client = interface()
    unknown = client.post("/retrieval", json=body(knowledge_id="none"))
    assert (unknown.status_code, unknown.json()["error_code"]) == (404, 2001)
    assert client.post("/retrieval", json=body(knowledge_id="丁县")).status_code == 404  # a folder, not a beginning
    name = "丁县科技局2015年工作总结.txt"
    records = client.post("/retrieval", json=body(knowledge_id=name)).json()["records"]
    assert {record["title"] for record in records} == {"丁县科技局2015年工作总结"}
    malformed = client.post("/retrieval", json={"query": "专利"})
    assert (malformed.status_code, set(malformed.json())) == (422, {"error_code", "error_msg"})


@pytest.mark.parametrize(
    ("name", "operator", "value", "titles"),
    [
        ("year", "=", "2014", {"丙市科技局2014年工作要点"}),
        ("year", "≥", 2015, {"丁县科技局2015年工作总结"}),
        ("year", "in", ["2014", "2015"], {"丙市科技局2014年工作要点", "丁县科技局2015年工作总结"}),
        ("year", "empty", None, set()),
        ("kind", "is", "summary", {"丁县科技局2015年工作总结"}),
        ("kind", "is not", "summary", {"丙市科技局2014年工作要点"}),
        ("title", "contains", "要点", {"丙市科技局2014年工作要点"}),
        ("title", "not contains", "要点", {"丁县科技局2015年工作总结"}),
        ("title", "start with", "丁县", {"丁县科技局2015年工作总结"}),
        ("title", "end with", "总结", {"丁县科技局2015年工作总结"}),
        (["title", "source"], "contains", "丙市", {"丙市科技局2014年工作要点"}),
        ("bureau", "not empty", None, {"丙市科技局2014年工作要点", "丁县科技局2015年工作总结"}),
    ],
)
def test_conditions_choose_documents(
    interface: Interface, name: object, operator: str, value: object, titles: set[str]
) -> None:
    condition = {"conditions": [{"name": name, "comparison_operator": operator, "value": value}]}
    setting = {"top_k": 9, "score_threshold": 0}
    records = interface().post("/retrieval", json=body(metadata_condition=condition, retrieval_setting=setting))
    assert {record["title"] for record in records.json()["records"]} == titles


def test_conditions_that_cannot_be_are_told(interface: Interface) -> None:
    for operator, name, value, told in (
        ("before", "year", "2014", "known are"),
        ("contains", "colour", "red", "known are"),
        ("in", "title", "丙市科技局2014年工作要点和别的", "takes a list"),
    ):
        condition = {"conditions": [{"name": name, "comparison_operator": operator, "value": value}]}
        refused = interface().post("/retrieval", json=body(metadata_condition=condition))
        assert refused.status_code == 400
        assert told in refused.json()["error_msg"]


def test_a_folder_is_not_one_that_begins_alike(tmp_path: Path, hashing_encoder: HashingEncoder) -> None:
    for name in ("2013/a", "2013-draft/b"):
        path = tmp_path / "corpus" / f"{name}.txt"
        path.parent.mkdir(parents=True)
        path.write_text(f"丙市2013年工作总结{name[-1]}\n专利申请量5件。\n", encoding="utf-8")
    assistant = Assistant.build(tmp_path / "corpus", tmp_path / "index", encoder=hashing_encoder)
    client = TestClient(door(assistant), base_url="http://127.0.0.1:8000")
    for folder in ("2013", "2013/"):
        records = client.post("/retrieval", json=body(knowledge_id=folder)).json()["records"]
        assert {record["metadata"]["source"] for record in records} == {"2013/a.txt"}
    assert client.post("/retrieval", json=body(knowledge_id="201")).status_code == 404
