"""One record says which documents and rows a call is about, and every call obeys it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import HashingEncoder

from assistant import Assistant, DocumentFacts, QuestionError, Scope, ScopeError, kept

ABOUT = DocumentFacts("2013/a.txt", "甲市科技局2013年工作要点", "plan", (2013,), "甲市", "科技局")
FILES = {
    "jia2013.txt": (
        "安吉县科技局2013年工作要点\n一、工作目标\n1.专利申请量2300件以上。\n二、工作措施\n1.举办专利培训。\n2.奖励专利。\n"
    ),
    "jia2014.txt": "安吉县科技局2014年工作总结\n一、成绩\n全年专利申请量2415件。\n",
    "yi2013.txt": (
        "长兴县教育局2013年工作要点\n一、工作目标\n1.专利申请量500件。\n二、工作措施\n1.开展专利课堂。\n2.办专利展。\n"
    ),
}


@pytest.fixture
def built(tmp_path: Path) -> Assistant:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, text in FILES.items():
        (corpus / name).write_text(text, encoding="utf-8")
    return Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())


@pytest.mark.parametrize(
    ("options", "passes"),
    [
        ({}, True),
        ({"year": 2013}, True),
        ({"year": 2014}, False),
        ({"year": [2012, 2013]}, True),
        ({"year": range(2010, 2014)}, True),
        ({"year": range(2014, 2020)}, False),
        ({"place": "甲市"}, True),
        ({"place": "甲"}, True),
        ({"place": ("乙县", "甲市")}, True),
        ({"place": "乙县"}, False),
        ({"bureau": "科技"}, True),
        ({"bureau": "教育"}, False),
        ({"kind": "plan"}, True),
        ({"kind": {"summary", "notice"}}, False),
        ({"source": "2013"}, True),
        ({"source": ["2012", "2013/a"]}, True),
        ({"source": "a.txt"}, False),
        ({"document": "x#1"}, True),
        ({"document": "y#1"}, False),
        ({"year": 2013, "place": "乙县"}, False),
    ],
)
def test_a_document_passes(options: dict[str, Any], passes: bool) -> None:
    assert Scope.of(**options).passes("x#1", ABOUT) is passes


def test_a_row_passes_by_its_own_years() -> None:
    assert Scope.of(year=2014).passes("x#1", ABOUT, (2014,))
    assert not Scope.of(year=2013).passes("x#1", ABOUT, (2014,))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"year": "2013"}, "year must be a whole number"),
        ({"year": 2013.0}, "year must be a whole number"),
        ({"year": True}, "year must be a whole number"),
        ({"year": []}, "year must be a whole number"),
        ({"year": range(2013, 2013)}, "year must be a whole number"),
        ({"kind": "计划"}, "kind must be one of plan, summary, notice, other"),
        ({"kind": ["plan", "report"]}, "not report"),
        ({"place": ""}, "place must be a text"),
        ({"place": 5}, "place must be a text"),
        ({"source": ["a", None]}, "source must be a text"),
        ({"document": ()}, "document must be a text"),
    ],
)
def test_a_value_that_cannot_be_is_told(built: Assistant, options: dict[str, Any], told: str) -> None:
    for call in (built.search, built.ask, built.goals, built.measures, built.pairs, built.contradictions):
        with pytest.raises(ScopeError, match=told):
            call("专利", **options)
    with pytest.raises(ScopeError, match=told):
        built.converse("专利", **options)
    with pytest.raises(ScopeError, match=told):
        built.documents(**options)


def test_other_values_that_cannot_be_are_told(built: Assistant) -> None:
    with pytest.raises(ScopeError, match="status must be one of planned, achieved, projected"):
        built.goals(status="计划")
    with pytest.raises(ScopeError, match="k must be 1 or more"):
        built.search("专利", k=0)
    with pytest.raises(ScopeError, match=r"Scope\.of"):
        built.search("专利", scope={"year": 2013})  # type: ignore[arg-type]
    with pytest.raises(ScopeError, match="must be a frozenset"):
        Scope(places="安吉县")  # type: ignore[arg-type]
    with pytest.raises(QuestionError, match="must be a text"):
        built.ask(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="unknown part 'raeder'"):
        Assistant(built.index, built.store, HashingEncoder(), raeder=None)  # type: ignore[call-arg]
    with pytest.raises(ScopeError, match="masked must be"):
        built.goals(masked="no")  # type: ignore[arg-type]
    with pytest.raises(ScopeError, match="k must be 1 or more"):
        built.search("专利", k=2.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="scoop"):
        built.goals(scoop=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="jahr"):
        built.search("专利", jahr=2013)  # type: ignore[call-arg]


def test_every_call_obeys_the_same_scope(built: Assistant) -> None:
    scope = Scope.of(year=range(2013, 2014), place=["安吉县", "丙市"])
    assert list(built.documents(scope=scope)) == ["jia2013.txt#1"]
    assert {hit.document_id for hit in built.search("专利", k=50, scope=scope)} == {"jia2013.txt#1"}
    assert built.ask("专利申请量是多少件?", scope=scope).citations[0].document_id == "jia2013.txt#1"
    assert {one.document_id for one in built.goals(scope=scope)} == {"jia2013.txt#1"}
    assert {one.document_id for one in built.measures(scope=scope)} == {"jia2013.txt#1"}
    chosen = built.pairs(scope=scope)
    assert all("jia2013.txt#1" in (one.first.document_id, one.second.document_id) for one in chosen)
    assert [goal.value for goal in built.goals("专利申请量", bureau="教育局")] == [500]
    assert [goal.value for goal in built.goals("专利申请量", status={"achieved", "projected"})] == [2415]


def test_options_narrow_a_scope() -> None:
    wide = Scope.of(year=range(2010, 2020), place="甲市")
    assert wide.within(Scope.of(year=2013)) == Scope.of(year=2013, place="甲市")
    assert wide.within(Scope.of(place="甲市城区")).places == frozenset({"甲市城区"})
    assert wide.within(Scope()) == wide


def test_a_restriction_to_documents_holds_in_a_conversation(built: Assistant) -> None:
    (first,) = built.converse("安吉县2013年专利申请量的目标是多少?")
    assert first.answer.citations[0].document_id == "jia2013.txt#1"
    turns = kept((), first)
    for follow_up in ("专利呢?", "那2014年呢?", "还有呢?", "具体怎么做的?", "其中专利申请量是多少件?"):
        (turn,) = built.converse(follow_up, turns=turns, document="yi2013.txt#1")
        quoted = {one.document_id for one in turn.answer.citations}
        nearest = {hit.document_id for hit in (turn.answer.refusal.nearest if turn.answer.refusal else ())}
        assert quoted | nearest <= {"yi2013.txt#1"}, follow_up


def test_documents_are_read(built: Assistant) -> None:
    assert list(built.documents()) == ["jia2013.txt#1", "jia2014.txt#1", "yi2013.txt#1"]
    document = built.document("jia2014.txt#1")
    assert (document.place, document.years, document.kind) == ("安吉县", (2014,), "summary")
    start = document.text.index("专利")
    assert built.read("jia2014.txt#1", start, start + 10) == "专利申请量2415件"[:10]
    assert built.read("jia2014.txt#1") == document.text
    with pytest.raises(ScopeError, match=r"documents\(\) tells"):
        built.read("none#1")


def test_hits_and_citations_say_whose_they_are(built: Assistant) -> None:
    hit = built.search("全年专利申请量", k=1)[0]
    assert (hit.document_id, hit.years, hit.place, hit.kind) == ("jia2014.txt#1", (2014,), "安吉县", "summary")
    (citation,) = built.ask("安吉县2014年专利申请量是多少件?").citations
    assert (citation.document_id, citation.years, citation.place, citation.kind) == (
        *("jia2014.txt#1", (2014,)),
        *("安吉县", "summary"),
    )


def test_an_assistant_lets_go_of_its_files(built: Assistant, tmp_path: Path) -> None:
    with Assistant.load(tmp_path / "index", encoder=HashingEncoder()) as opened:
        assert opened.search("专利", k=1)
        connection = opened.store._connection  # type: ignore[attr-defined]
    with pytest.raises(Exception, match="closed"):
        connection.execute("select 1")
    assert built.search("专利", k=1)


def test_a_conversation_is_made_from_plain_messages(built: Assistant) -> None:
    messages = [
        {"role": "system", "content": "你是助手"},
        {"role": "user", "content": "安吉县2013年专利申请量的目标是多少?"},
        {"role": "assistant", "content": "9999件"},
        {"role": "user", "content": "  "},
        {"role": "user", "content": "?"},
        {"role": "user", "content": None},
        {"role": "user", "content": "那2014年呢?"},
    ]
    turns = built.turns_of(messages)  # type: ignore[arg-type]
    assert [turn.question for turn in turns] == [
        "安吉县2013年专利申请量的目标是多少?",
        "安吉县2014年专利申请量的目标是多少?",
    ]
    assert "2300" in turns[0].answer.text
    assert built.turns_of([]) == ()
    (turn,) = built.converse("那2013年呢?", turns=turns)
    assert turn.question == "安吉县2013年专利申请量的目标是多少?"
