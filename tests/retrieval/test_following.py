"""A generation that is published behind another: only what changed is sent to Milvus, and readers see each whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import HashingEncoder

from assistant import Assistant, EngineUnavailable, HybridIndex, Scope, Settings
from assistant.retrieval import milvus, publishing
from assistant.retrieval.milvus import connected, published
from assistant.retrieval.publishing import publish

if not os.environ.get("REQUIRE_MILVUS"):
    pytest.importorskip("pymilvus", reason='no Milvus here: pip install -e ".[milvus]"')
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.slow]  # grpc and protobuf warn of themselves

WORDS = ("专利申请", "防震减灾", "高新技术企业", "科技特派员", "孵化器")


@dataclass
class Place:
    """A corpus with its index, published to an engine and a store."""

    corpus: Path
    folder: Path
    engine: str
    store: str

    def write(self, name: str, *words: str) -> None:
        lines = "\n".join(f"{word}工作完成{number}项,比上年增长一成。" for number, word in enumerate(words, start=2))
        path = self.corpus / f"{name}.txt"
        path.write_text(f"{name}市科技局2015年工作总结\n{lines}\n", encoding="utf-8")

    def build(self) -> Assistant:
        return Assistant.build(self.corpus, self.folder, encoder=HashingEncoder())

    def publish(self, progress: Callable[[int, int], None] | None = None) -> list[int]:
        """Build and publish; how many passages and rows were told to be sent, one number a step."""
        told: list[int] = []

        def note(done: int, total: int) -> None:
            told.append(total)
            if progress:
                progress(done, total)

        publish(own(self.build()), self.engine, self.store, note)
        return told

    def reader(self) -> Assistant:
        settings = Settings(engine=self.engine, store=self.store)
        return Assistant.load(self.folder, encoder=HashingEncoder(), settings=settings)


def own(assistant: Assistant) -> HybridIndex:
    assert isinstance(assistant.index, HybridIndex)
    return assistant.index


@pytest.fixture
def place(tmp_path: Path, database: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(milvus, "LOOK_SECONDS", 0)
    monkeypatch.setattr(publishing, "DRIFT", 0.3)  # of so few passages one changes much
    (tmp_path / "corpus").mkdir()
    made = Place(tmp_path / "corpus", tmp_path / "index", str(tmp_path / "milvus.db"), database())
    for number, name in enumerate(("丙", "丁", "戊", "己", "庚", "辛")):
        made.write(name, *WORDS[number % 3 :])
    return made


def found(reader: Assistant) -> list[Any]:
    """What a few questions find, with scores."""
    scopes = (Scope(), Scope.of(place="丁"), Scope.of(source="己.txt"))
    hits = [hit for word in WORDS for scope in scopes for hit in reader.search(word, k=50, scope=scope)]
    return [(hit.passage.text, hit.passage.source, round(hit.score, 4)) for hit in hits]


def held(place: Place) -> int:
    """Rows of the collection, also those of no generation."""
    client = connected(place.engine)
    (collection,) = {name for name in client.list_collections() if name.startswith("passages_")}
    (told,) = client.query(collection, filter="number >= 0", output_fields=["count(*)"])
    return int(told["count(*)"])


def test_what_changed_alone_is_sent(place: Place) -> None:
    first = place.publish()
    assert first[0] == 6  # a passage a document
    reader = place.reader()
    assert found(reader) == found(place.build())
    before = published(connected(place.engine))
    place.write("丁", "技术合同登记", *WORDS)  # changed
    place.write("甲", "技术合同登记", "专利申请")  # new, and the first of all
    (place.corpus / "戊.txt").unlink()
    second = place.publish()
    assert second[0] == 2
    assert published(connected(place.engine)) != before
    assert found(reader) == found(place.build())
    assert held(place) == 8  # those of the two that are gone are there for readers of the generation before
    assert not any(about.source == "戊.txt" for about in reader.documents().values())
    place.write("庚", "孵化器")
    assert place.publish()[0] == 1
    assert held(place) == 7  # six documents, and one of the generation before
    assert found(reader) == found(place.build())
    assert len({hit.passage.text for hit in reader.search("技术合同登记", k=50)}) == 6
    reader.close()


def test_readers_see_the_generation_before_until_all_is_there(place: Place) -> None:
    place.publish()
    reader = place.reader()
    before = found(reader)
    place.write("甲", *WORDS)
    (place.corpus / "丙.txt").unlink()
    seen = []
    place.publish(lambda *_: seen.append(found(reader) == before))
    assert len(seen) > 1
    assert all(seen)
    assert found(reader) == found(place.build()) != before
    reader.close()


def test_what_broke_off_is_sent_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.publish()
    reader = place.reader()
    before = found(reader)
    for name in "甲乙":
        place.write(name, *WORDS)
    monkeypatch.setattr(publishing, "BLOCK", 1)

    def broken(done: int, total: int) -> None:
        if (done, total) == (1, 2):
            raise OSError("the wire is cut")

    with pytest.raises(EngineUnavailable, match="the wire is cut"):
        place.publish(broken)
    assert found(reader) == before
    (place.corpus / "甲.txt").unlink()  # what was sent of it is no part of what follows
    assert place.publish()[0] == 1
    assert held(place) == 7
    assert found(reader) == found(place.build())
    reader.close()


def test_a_collection_that_lost_passages_is_made_anew(place: Place) -> None:
    place.publish()
    client = connected(place.engine)
    (collection,) = (name for name in client.list_collections() if name.startswith("passages_"))
    client.delete(collection, filter="number in [3]")
    place.write("甲", *WORDS)
    assert place.publish()[:2] == [1, 7]
    reader = place.reader()
    assert found(reader) == found(place.build())
    reader.close()


def test_a_mean_that_drifted_sends_everything(place: Place) -> None:
    place.publish()
    place.write("甲", *(f"{word}{number}" for word in WORDS for number in range(60)))
    assert place.publish()[0] == len(own(place.build())) > 7
    reader = place.reader()
    assert found(reader) == found(place.build())
    reader.close()


def test_a_store_that_comes_later_is_filled(place: Place) -> None:
    index = own(place.build())
    publish(index, place.engine)
    publish(index, place.engine, place.store)
    reader = place.reader()
    assert found(reader) == found(place.build())
    reader.close()
