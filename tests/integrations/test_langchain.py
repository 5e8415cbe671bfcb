"""The LangChain retriever and tools: what they return is what the assistant finds."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant import Assistant, Scope, ScopeError
from assistant.integrations.langchain import BureauRetriever, bureau_tools

QUESTION = "专利申请量的目标"


def test_documents_are_the_passages_that_a_search_finds(dated_plans: Assistant) -> None:
    hits = dated_plans.search(QUESTION, k=3)
    found = BureauRetriever(assistant=dated_plans, k=3).invoke(QUESTION)
    assert [one.id for one in found] == [hit.passage.passage_id for hit in hits]
    assert [one.page_content for one in found] == [hit.passage.text for hit in hits]
    first = found[0].metadata
    assert (first["source"], first["title"]) == (hits[0].passage.source, hits[0].passage.title)
    assert first["year"] == hits[0].years[-1]
    assert dated_plans.read(first["document_id"], first["start"], first["end"]) == found[0].page_content
    assert None not in first.values()


def test_the_number_of_documents_is_set_at_construction_or_at_a_call(dated_plans: Assistant) -> None:
    retriever = BureauRetriever(assistant=dated_plans, k=2)
    assert len(retriever.invoke(QUESTION)) == 2
    assert len(retriever.invoke(QUESTION, k=5)) == 5
    with pytest.raises(ScopeError):
        retriever.invoke(QUESTION, k=0)


def test_a_scope_at_construction_or_at_a_call(dated_plans: Assistant) -> None:
    retriever = BureauRetriever(assistant=dated_plans, scope=Scope.of(year=2014))
    assert {one.metadata["year"] for one in retriever.invoke(QUESTION)} == {2014}
    assert {one.metadata["year"] for one in retriever.invoke(QUESTION, scope=Scope.of(year=2012))} == {2012}
    every = BureauRetriever(assistant=dated_plans)
    assert {one.metadata["year"] for one in every.invoke(QUESTION, year=range(2012, 2014))} == {2012, 2013}


def test_many_calls_at_once_find_what_one_finds(dated_plans: Assistant) -> None:
    retriever = BureauRetriever(assistant=dated_plans, k=4)
    questions = [f"{year}年{QUESTION}" for year in range(2011, 2017)] * 7
    one_by_one = [[one.id for one in retriever.invoke(question)] for question in questions]
    with ThreadPoolExecutor(40) as pool:
        assert [[one.id for one in found] for found in pool.map(retriever.invoke, questions)] == one_by_one

    async def together() -> list[list[str | None]]:
        found = await asyncio.gather(*(retriever.ainvoke(question) for question in questions))
        return [[one.id for one in each] for each in found]

    assert asyncio.run(together()) == one_by_one


def test_tools_tell_quotes_and_rows_as_json(dated_plans: Assistant) -> None:
    search, ask, goals = bureau_tools(dated_plans, k=2)
    assert [one.name for one in (search, ask, goals)] == ["search_documents", "ask_documents", "list_goals"]
    assert len(json.loads(search.invoke({"question": QUESTION}))["hits"]) == 2
    told = json.loads(ask.invoke({"question": "丙市2014年专利申请量的目标是多少?"}))
    assert told["citations"][0]["quote"] == "1.专利申请量达到2014件以上。"
    assert {row["value"] for row in json.loads(goals.invoke({"words": "专利申请量"}))} == {5, *range(2011, 2017)}


def test_without_the_framework_its_install_line_is_told() -> None:
    script = "import sys; sys.modules['langchain_core'] = None\nimport assistant.integrations.langchain"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "pip install langchain-core" in told.stderr.splitlines()[-1]
