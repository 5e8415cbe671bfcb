"""The retrievers of LlamaIndex and Haystack, and the filter trees: in an environment that has the frameworks."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest

from assistant import Assistant, Scope, ScopeError
from assistant.integrations.filters import scope_of_filters

QUESTION = "专利申请量的目标"
REQUIRED = bool(os.environ.get("REQUIRE_FRAMEWORKS"))


def needed(name: str) -> Any:  # noqa: ANN401 - a module
    """The module, or a test that is skipped where the framework is not there and need not be."""
    if REQUIRED:
        return __import__(name)
    return pytest.importorskip(name, reason=f"no {name} here: pip install -r tests/integrations/requirements.txt")


def condition(field: str, operator: str, value: object) -> dict[str, object]:
    return {"field": field, "operator": operator, "value": value}


def years(scope: Scope | None, assistant: Assistant) -> list[tuple[str, int]]:
    return sorted((one.place, one.years[0]) for one in assistant.documents(scope=scope).values())


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (condition("year", "==", 2012), [("丙市", 2012)]),
        (condition("meta.year", "in", [2012, 2014]), [("丙市", 2012), ("丙市", 2014)]),
        (condition("year", ">=", 2015), [("丁县", 2015), ("丙市", 2015), ("丙市", 2016)]),
        (condition("place", "!=", "丙市"), [("丁县", 2015)]),
        (
            {"operator": "AND", "conditions": [condition("year", ">", 2014), condition("kind", "==", "plan")]},
            [("丙市", 2015), ("丙市", 2016)],
        ),
        (
            {"operator": "OR", "conditions": [condition("year", "<", 2012), condition("kind", "not in", ["plan"])]},
            [("丁县", 2015), ("丙市", 2011)],
        ),
        ({"operator": "NOT", "conditions": [condition("year", "<=", 2015)]}, [("丙市", 2016)]),
    ],
)
def test_filter_trees_leave_the_documents_that_satisfy_them(
    dated_plans: Assistant, filters: dict[str, object], left: list[tuple[str, int]]
) -> None:
    assert years(scope_of_filters(filters, dated_plans), dated_plans) == left


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (condition("colour", "==", 1), "known are year"),
        (condition("year", "~", 1), "known are =="),
        (condition("year", ">", "x"), "cannot be compared"),
        ({"operator": "XOR", "conditions": []}, "AND, OR, NOT"),
    ],
)
def test_filters_that_cannot_be(dated_plans: Assistant, filters: dict[str, object], told: str) -> None:
    with pytest.raises(ScopeError, match=told):
        scope_of_filters(filters, dated_plans)


def test_no_filters_leave_all(dated_plans: Assistant) -> None:
    assert scope_of_filters(None, dated_plans) is None


def test_llamaindex_retrieves_what_a_search_finds(dated_plans: Assistant) -> None:
    needed("llama_index.core")
    from assistant.integrations.llamaindex import BureauRetriever

    hits = dated_plans.search(QUESTION, k=3)
    retriever = BureauRetriever(dated_plans, k=3)
    found = retriever.retrieve(QUESTION)
    assert [(one.node.node_id, one.score) for one in found] == [(hit.passage.passage_id, hit.score) for hit in hits]
    assert found[0].node.metadata["source"] == hits[0].passage.source
    again = asyncio.run(retriever.aretrieve(QUESTION))
    assert [one.node.node_id for one in again] == [one.node.node_id for one in found]
    narrow = BureauRetriever(dated_plans, scope=Scope.of(year=2013)).retrieve(QUESTION)
    assert {one.node.metadata["year"] for one in narrow} == {2013}


def test_haystack_runs_it_in_a_pipeline_with_a_filter_tree(dated_plans: Assistant) -> None:
    needed("haystack")
    from haystack import Pipeline

    from assistant.integrations.haystack import BureauRetriever

    pipeline = Pipeline()
    pipeline.add_component("retriever", BureauRetriever(dated_plans, top_k=4))
    found = pipeline.run({"retriever": {"query": QUESTION}})["retriever"]["documents"]
    assert [one.id for one in found] == [hit.passage.passage_id for hit in dated_plans.search(QUESTION, k=4)]
    tree = {
        "operator": "AND",
        "conditions": [condition("meta.year", ">=", 2014), condition("meta.place", "==", "丙市")],
    }
    asked = {"retriever": {"query": QUESTION, "filters": tree, "top_k": 9}}
    assert sorted(one.meta["year"] for one in pipeline.run(asked)["retriever"]["documents"]) == [2014, 2015, 2016]
