"""Shared fixtures: the corpus of the repository, and one index of it for the whole run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ["HF_HUB_OFFLINE"] = "1"

import pytest
from browser_page import opened_page, served_page

from assistant import Assistant, BundledEncoder, Document, HybridIndex, parse_documents
from assistant.interfaces import FloatArray
from assistant.testing import SampleEncoder

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytest_plugins = ["postgres", "programs"]
Office = Callable[..., Assistant]
ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"


class HashingEncoder(SampleEncoder):
    """The encoder of the contracts, which counts the passages it encoded."""

    fingerprint = "hashing-64"

    def __init__(self) -> None:
        self.encoded = 0

    def encode_passages(self, texts: list[str]) -> FloatArray:
        self.encoded += len(texts)
        return self.encode_queries(texts)


def opened(assistant: Assistant) -> HybridIndex:
    """The index of ours that the assistant has open."""
    assert isinstance(assistant.index, HybridIndex)
    return assistant.index


@pytest.fixture
def hashing_encoder() -> HashingEncoder:
    return HashingEncoder()


@pytest.fixture
def office(tmp_path: Path, hashing_encoder: HashingEncoder) -> Office:
    """Builds an assistant over texts by their titles."""

    def build(**documents: str) -> Assistant:
        corpus = tmp_path / "corpus"
        corpus.mkdir()
        for name, text in documents.items():
            (corpus / f"{name}.txt").write_text(f"{name}\n{text}", encoding="utf-8")
        return Assistant.build(corpus, tmp_path / "index", encoder=hashing_encoder)

    return build


@pytest.fixture
def dated_plans(office: Office) -> Assistant:
    """Six plans of one place, a year each from 2011, and a report of another place."""
    plans = {
        f"丙市科技局{year}年工作要点": f"二、工作目标\n1.专利申请量达到{year}件以上。\n" for year in range(2011, 2017)
    }
    return office(**plans, 丁县科技局2015年工作总结="全年专利申请量5件。\n")


@pytest.fixture(scope="session")
def encoder() -> BundledEncoder:
    return BundledEncoder()


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="session")
def seeds(index_folder: Path, encoder: BundledEncoder) -> Assistant:
    """The corpus of the repository, indexed with the bundled encoder."""
    return Assistant.build(CORPUS, index_folder, encoder=encoder)


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    """Every work of the corpus."""
    return [
        document
        for path in sorted(CORPUS.glob("*.txt"))
        for document in parse_documents(path.read_text(encoding="utf-8"), path.name)
    ]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The chat over the corpus and one hostile document."""
    with served_page(tmp_path_factory.mktemp("page")) as served:
        yield served


@pytest.fixture
def requested() -> list[str]:
    """Every address that the page asked for."""
    return []


@pytest.fixture
def page(address: str, tmp_path: Path, requested: list[str]) -> Iterator[Page]:
    """The page in a real Chromium with a new profile."""
    with opened_page(address, tmp_path / "profile", requested) as opened:
        yield opened


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed at a low cost, so that many can be tried."""
    monkeypatch.setattr("assistant.serving.users.COST", 16)
