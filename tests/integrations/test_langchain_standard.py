"""LangChain's own tests of retrievers: k at construction and at a call, sync and async."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from conftest import CORPUS, HashingEncoder

from assistant import Assistant
from assistant.integrations.langchain import BureauRetriever

if os.environ.get("REQUIRE_FRAMEWORKS"):
    import langchain_tests.integration_tests as standard
else:
    standard = pytest.importorskip(
        "langchain_tests.integration_tests", reason="no langchain-tests here: see tests/integrations/requirements.txt"
    )


@pytest.fixture(scope="class", autouse=True)
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder: Path = tmp_path_factory.mktemp("langchain")
    request.cls.assistant = Assistant.build(CORPUS, folder, encoder=HashingEncoder())


class TestBureauRetriever(standard.RetrieversIntegrationTests):  # type: ignore[misc]
    assistant: Assistant

    @property
    def retriever_constructor(self) -> type[BureauRetriever]:
        return BureauRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"assistant": self.assistant, "k": 2}

    @property
    def retriever_query_example(self) -> str:
        return "专利申请量的目标"
