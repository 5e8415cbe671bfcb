"""The interface under /v1: what it returns, what it refuses, and in which words."""

from __future__ import annotations

import re
from html import unescape
from typing import get_type_hints
from urllib.parse import quote, urljoin, urlsplit

import pytest
from programs import KEY, Interface
from pydantic import SecretStr
from starlette.testclient import TestClient

from assistant import Assistant
from assistant.datamodels.records import AnswerRecord, CitationRecord, HitRecord
from assistant.errors import SettingsError
from assistant.records import answer_record, search_record
from assistant.server.api import application, rules_of
from assistant.server.links import Links
from assistant.serving.gate import Rules
from assistant.serving.rate import Rate
from assistant.settings import Settings

GOAL = "丙市2014年专利申请量的目标是多少?"


def test_search_and_ask_tell_what_the_library_does(plans: Assistant, interface: Interface) -> None:
    client = interface()
    found = client.post("/v1/search", json={"query": "专利申请量", "k": 2, "year": 2014}).json()
    assert found == search_record("专利申请量", plans.search("专利申请量", k=2, year=2014))
    assert {hit["title"] for hit in found["hits"]} == {"丙市科技局2014年工作要点"}
    answer = client.post("/v1/ask", json={"question": GOAL}).json()
    assert answer == answer_record(plans.ask(GOAL))
    assert answer["citations"][0]["quote"] == "1.专利申请量达到2300件以上。"


def test_the_types_of_records_name_every_field(plans: Assistant) -> None:
    answer = answer_record(plans.ask(GOAL))
    assert set(answer) == set(get_type_hints(AnswerRecord))
    assert set(answer["citations"][0]) == set(get_type_hints(CitationRecord))
    assert set(search_record(GOAL, plans.search(GOAL))["hits"][0]) == set(get_type_hints(HitRecord))


def test_a_question_goes_on_the_messages_before_it(interface: Interface) -> None:
    before = [{"role": "user", "content": GOAL}, {"role": "assistant", "content": "2300件以上"}]
    answer = interface().post("/v1/ask", json={"question": "高新技术企业呢?", "messages": before}).json()
    assert answer["citations"][0]["quote"] == "2.新增高新技术企业5家。"


def test_rows_come_in_parts(interface: Interface) -> None:
    client = interface()
    all_rows = client.post("/v1/goals", json={}).json()
    assert [(row["indicator"], row["value"]) for row in all_rows["goals"]] == [
        ("专利申请量", 5), ("建成科技企业孵化器", 1), ("专利申请量", 2300), ("新增高新技术企业", 5)
    ]  # fmt: skip
    part = client.post("/v1/goals", json={"first": 1, "limit": 2}).json()
    assert part == {"total": 4, "goals": all_rows["goals"][1:3]}
    done = client.post("/v1/goals", json={"status": "achieved", "words": "专利"}).json()
    assert [row["raw"] for row in done["goals"]] == ["全年专利申请量5件"]
    measures = client.post("/v1/measures", json={"words": "知识产权"}).json()
    assert [row["heading"] for row in measures["measures"]] == ["加强知识产权保护"]


def test_documents_are_listed_and_read_on(interface: Interface) -> None:
    client = interface()
    listed = client.get("/v1/documents", params={"year": 2014}).json()
    assert (listed["total"], listed["documents"][0]["title"]) == (1, "丙市科技局2014年工作要点")
    name = listed["documents"][0]["document_id"]
    page = client.get(f"/v1/documents/{name.replace('#', '%23')}", params={"start": 15, "characters": 6}).json()
    assert (page["text"], page["next"]) == ("一、工作目标", 21)
    assert client.get("/v1/documents/none").status_code == 404


@pytest.mark.parametrize(
    ("path", "body", "status", "told"),
    [
        ("/v1/search", {"query": "x" * 5000}, 400, "characters"),
        ("/v1/search", {"query": " "}, 422, "body.query"),
        ("/v1/search", {"query": "专利", "year": "2014"}, 422, "body.year"),
        ("/v1/search", {"query": "专利", "colour": "red"}, 422, "body.colour"),
        ("/v1/ask", [1], 422, "body"),
        ("/v1/none", {}, 404, "Not Found"),
    ],
)
def test_what_cannot_be_is_told(interface: Interface, path: str, body: object, status: int, told: str) -> None:
    refused = interface().post(path, json=body)
    assert refused.status_code == status
    assert told in refused.json()["error"]["message"]


def test_what_is_no_json_is_told(interface: Interface) -> None:
    refused = interface().post("/v1/search", content=b"query=x", headers={"content-type": "text/plain"})
    assert "application/json" in refused.json()["error"]["message"]
    assert refused.status_code == 422


def test_an_index_that_is_gone_is_told(plans: Assistant, interface: Interface) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OSError("no such device")

    object.__setattr__(plans, "search", gone)
    refused = interface().post("/v1/search", json={"query": "专利"})
    assert (refused.status_code, refused.json()["error"]["message"]) == (503, "no such device")


def test_only_the_key_opens(interface: Interface) -> None:
    assert interface(KEY).get("/v1/models").json()["error"]["code"] == "invalid_api_key"
    assert interface(KEY, "wrong").get("/v1/models").status_code == 401
    assert interface(KEY, KEY).get("/v1/models").status_code == 200
    assert interface(KEY).get("/health").json() == {"status": "ok"}
    assert interface(KEY).get("/openapi.json").status_code == 401


def test_a_link_of_an_answer_opens_its_document_alone(plans: Assistant, interface: Interface) -> None:
    one, other = plans.documents()
    client = interface(KEY)
    link = Links(key=KEY).address("http://127.0.0.1:8000/", one, (0, 4))
    page = client.get(link)
    assert page.status_code == 200
    views = re.findall(r'href="(\?[^"]+)"', page.text)  # relative, so that they are signed too
    opened = [client.get(urljoin(link, unescape(view))).status_code for view in views]
    assert opened == [200, 200, 401]  # the file may hold other works
    signed, below = link.rpartition("/")[0], urlsplit(link).path.rpartition("/")[2]
    assert client.get(f"{signed}/{quote(other)}").status_code == 401
    assert client.get(f"/v1/documents/{below}").status_code == 401
    assert client.get(f"/documents/{below}").status_code == 401
    assert client.get(f"/documents/~{'0' * 32}/{below}").status_code == 401
    assert client.post(link).status_code == 405
    assert (
        Links("https://kb.kjj.local/docs/").address("http://x/", "a.txt#1")
        == "https://kb.kjj.local/docs/documents/a.txt%231"
    )


def test_documents_take_several_values_and_no_unknown_ones(interface: Interface) -> None:
    client = interface()
    assert client.get("/v1/documents", params={"year": [2014, 2015]}).json()["total"] == 2
    assert client.get("/v1/documents", params={"bureau": "丁县", "year": 2015}).json()["total"] == 1
    assert client.get("/v1/documents", params={"colour": "red"}).status_code == 422


def test_a_page_elsewhere_gets_nothing(interface: Interface) -> None:
    elsewhere = {"Origin": "https://evil.example"}
    body = {"query": "专利"}
    assert interface().post("/v1/search", json=body, headers=elsewhere).status_code == 403
    assert (
        interface(KEY, KEY).post("/v1/search", json=body, headers=elsewhere).status_code == 200
    )  # no page has the key
    assert interface().get("/v1/models", headers={"Host": "evil.example"}).status_code == 421


def test_too_much_is_refused(plans: Assistant) -> None:
    app = application(plans, Rules(rate=Rate(0.5, 2), body_bytes=100), Settings())
    client = TestClient(app, base_url="http://localhost:8000")
    body = {"query": "专利"}
    assert client.post("/v1/search", json={"query": "专利" * 100}).status_code == 413
    assert client.post("/v1/search", json=body).status_code == 200
    late = client.post("/v1/search", json=body)
    assert (late.status_code, late.headers["retry-after"]) == (429, "2")


def test_others_reach_it_only_with_a_key_that_none_guesses() -> None:
    assert rules_of(Settings(), "127.0.0.1").login is None
    with pytest.raises(SettingsError, match="BUREAU_API_KEY"):
        rules_of(Settings(api_key=SecretStr("short")), "0.0.0.0")  # noqa: S104
    for unsendable in (" " * 20, "十六个汉字不能放进请求头里的密钥啊"):
        with pytest.raises(SettingsError, match="ASCII"):
            rules_of(Settings(api_key=SecretStr(unsendable)), "127.0.0.1")
    named = rules_of(Settings(hosts="http://KB.kjj.local:8000/x, b.local:1,c"), "127.0.0.1").hosts
    assert {"kb.kjj.local", "b.local", "c"} <= named
    with pytest.raises(SettingsError, match="BUREAU_HOSTS"):
        rules_of(Settings(hosts="http://"), "127.0.0.1")
    assert "10.0.0.5" in rules_of(Settings(api_key=SecretStr(KEY)), "10.0.0.5").hosts
