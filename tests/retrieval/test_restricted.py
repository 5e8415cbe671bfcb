"""What one sees who has the right to some documents: theirs, whole, and no word of another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import HashingEncoder

from assistant import Assistant, RowQuery, Scope, ScopeError
from assistant.datamodels import DocumentFacts, Rights
from assistant.records import answer_record
from assistant.retrieval.restricted import shows_file

TEXTS = {
    "kjj/a.txt": "甲市科技局2014年工作要点\n一、目标\n专利申请量达到2300件以上。\n二、措施\n(一)建设孵化器\n",
    "jyj/b.txt": "乙县教育局2015年工作要点\n一、目标\n新建学校12所以上。专利申请量达到77件。\n二、措施\n(一)改造食堂\n",
    "mixed.txt": "工作总结篇一\n专利申请量2999件。\n工作总结篇二\n新建学校9所。\n",
    "metadata.toml": '["mixed.txt#1"]\nbureau = "科技局"\n["mixed.txt#2"]\nbureau = "教育局"\n',
}
SIGHTS = {
    "all": Rights(),
    "science": Rights(bureaus=frozenset({"科技局"})),
    "schools": Rights(sources=frozenset({"jyj"})),
    "none": Rights(documents=frozenset()),
}


@pytest.fixture
def seen(tmp_path: Path) -> Callable[[str], Assistant]:
    """The assistant, as one of them calls it."""
    for name, text in TEXTS.items():
        (tmp_path / "corpus" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "corpus" / name).write_text(text, encoding="utf-8")
    assistant = Assistant.build(tmp_path / "corpus", tmp_path / "index", encoder=HashingEncoder())
    whose = ["all"]
    assistant.restrict(lambda: SIGHTS[whose[0]])

    def called_by(name: str) -> Assistant:
        whose[0] = name
        return assistant

    return called_by


def sources(assistant: Assistant) -> set[str]:
    return {about.source for about in assistant.documents().values()}


def test_only_these_documents_are_found_counted_and_read(seen: Callable[[str], Assistant]) -> None:
    every = seen("all").documents()
    assert sources(seen("all")) == set(TEXTS) - {"metadata.toml"}
    ours = {name for name, about in every.items() if about.source == "kjj/a.txt"} | {"mixed.txt#1"}
    science = seen("science")
    assert set(science.documents()) == ours
    assert shows_file(science.store, "kjj/a.txt")
    assert not shows_file(science.store, "mixed.txt")  # it also holds works of others
    assert not shows_file(science.store, "jyj/b.txt")
    assert shows_file(seen("all").store, "mixed.txt")
    seen("science")
    for words in ("专利申请量", "新建学校", "食堂", "2015年工作要点"):
        assert {hit.document_id for hit in science.search(words, k=9)} <= ours
        assert {goal.document_id for goal in science.goals(words)} <= ours
        assert {one.document_id for one in science.measures(words)} <= ours
        assert {one.document_id for one in science.mentions(words)} <= ours
        assert {
            document for pair in science.pairs(words) for document in (pair.first.document_id, pair.second.document_id)
        } <= ours
    assert [goal.value for goal in science.goals("专利申请量")] == [2300, 2999]
    assert science.goals("新建学校") == []
    assert science.store.rows.named({"学校"}, 0.0) == {}
    assert "2015" not in science.store.rows.periods()
    assert {one.document_id for one in science.store.passages()} == ours


def test_what_may_not_be_seen_is_as_if_it_were_not_there(seen: Callable[[str], Assistant]) -> None:
    whole = seen("all")
    hidden = next(name for name, about in whole.documents().items() if about.source == "jyj/b.txt")
    passage = whole.store.passages_of(hidden)[0]
    number = whole.store.passages().index(passage)
    science = seen("science")
    with pytest.raises(ScopeError, match="no document"):
        science.document(hidden)
    with pytest.raises(KeyError):
        science.store.passage_by_id(passage.passage_id)
    with pytest.raises(KeyError):
        science.store.numbered([number])
    with pytest.raises(KeyError):
        science.store.source_text("jyj/b.txt")
    assert science.store.passages_of(hidden) == []
    assert science.search("新建学校", k=3, document=hidden) == []
    assert list(science.store.rows.goals(RowQuery(Scope.of(document=hidden)))) == []
    holders = science.index.holders({"学校": 1.0, "专利": 1.0})
    assert hidden not in holders
    assert not science.ask("2015年新建学校的目标是多少所?").answered
    assert seen("schools").ask("2015年新建学校的目标是多少所?").answered


def test_answers_are_those_of_whoever_sees_all(seen: Callable[[str], Assistant]) -> None:
    question = "甲市2014年专利申请量的目标是多少?"
    assert answer_record(seen("science").ask(question)) == answer_record(seen("all").ask(question))
    assert sources(seen("none")) == set()
    assert not seen("none").ask(question).answered
    assert seen("none").search(question) == []


def test_a_retriever_from_elsewhere_is_kept_within_too(seen: Callable[[str], Assistant]) -> None:
    whole = seen("all")
    own = Assistant(whole.index, whole.store, whole.encoder, retriever=whole.library.retriever)
    own.restrict(lambda: SIGHTS["science"])
    assert {hit.passage.source for hit in own.search("专利申请量", k=9)} == {"kjj/a.txt", "mixed.txt"}


def test_rights_are_exact_where_a_scope_looks_for_words() -> None:
    about = DocumentFacts("jia/a.txt", "乙市科技局学习甲市经验的要点", "plan", (2020,), "乙市", "科技局")
    assert Scope.of(place="甲市").passes("a", about)
    for given, seen in (
        (Rights(places=frozenset({"甲市"})), False),
        (Rights(places=frozenset({"乙"})), False),
        (Rights(places=frozenset({"乙市", "丙县"})), True),
        (Rights(bureaus=frozenset({"科技"})), False),
        (Rights(bureaus=frozenset({"科技局"}), places=frozenset({"丙县"})), False),
        (Rights(sources=frozenset({"ji"})), False),
        (Rights(sources=frozenset({"jia"})), True),
        (Rights(sources=frozenset({"jia/"})), True),
        (Rights(sources=frozenset({"jia/a.txt"})), True),
        (Rights(sources=frozenset({"jia/a.tx"})), False),
        (Rights(documents=frozenset({"a"}), kinds=frozenset({"plan"})), True),
        (Rights(kinds=frozenset({"summary"})), False),
    ):
        assert given.passes("a", about) == seen, given


def test_rights_follow_a_new_generation(seen: Callable[[str], Assistant], tmp_path: Path) -> None:
    assert sources(seen("science")) == {"kjj/a.txt", "mixed.txt"}
    (tmp_path / "corpus" / "kjj" / "c.txt").write_text("甲市科技局2017年工作要点\n引进人才5名。\n", encoding="utf-8")
    Assistant.build(tmp_path / "corpus", tmp_path / "index", encoder=HashingEncoder())
    assert sources(seen("science")) == {"kjj/a.txt", "kjj/c.txt", "mixed.txt"}
    assert sources(seen("schools")) == {"jyj/b.txt"}
