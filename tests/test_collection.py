"""Documents are added, replaced, deleted and described while questions go on."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest
from conftest import HashingEncoder

from assistant import Assistant, DocumentError, ScopeError
from assistant.collection import Collection, HeldFile
from assistant.settings import Settings

PLAN = "丙市科技局2014年工作要点\n专利申请量达到2300件以上。\n"
QUESTION = "丙市2016年专利申请量的目标是多少?"


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(PLAN, encoding="utf-8")
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", maximum_bytes=10_000, maximum_files=4)
    return Collection(Assistant.build(settings.corpus, settings.index, encoder=HashingEncoder()), settings)


def given(tmp_path: Path, name: str, text: str) -> tuple[str, Path]:
    (tmp_path / "given").mkdir(exist_ok=True)
    path = tmp_path / "given" / name
    path.write_text(text, encoding="utf-8")
    return name, path


def ended(collection: Collection) -> Collection:
    limit = monotonic() + 60
    while collection.progress.running and monotonic() < limit:
        sleep(0.02)
    assert not collection.progress.running
    return collection


def test_a_file_is_taken_in_and_answers(collection: Collection, tmp_path: Path) -> None:
    assert not collection.assistant.ask(QUESTION).answered
    assert collection.add([given(tmp_path, "b.txt", PLAN.replace("2014", "2016").replace("2300", "2700"))]) == {}
    collection.update()
    assert ended(collection).progress.summary == {"added": 1, "changed": 0, "unchanged": 1, "removed": 0, "skipped": 0}
    assert "2700件以上" in collection.assistant.ask(QUESTION).text
    assert collection.files() == [HeldFile("a.txt", ("a.txt#1",), True), HeldFile("b.txt", ("b.txt#1",), True)]


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.txt", PLAN, "同名"),
        ("b.exe", PLAN, "格式"),
        ("metadata.toml", "", "改名"),
        (".hidden.txt", PLAN, "改名"),
        ("empty.txt", "", "空"),
        ("large.txt", "长" * 5000, "超过"),
        ("长" * 70 + ".txt", PLAN, "改名"),
    ],
)
def test_what_is_not_taken_says_why(collection: Collection, tmp_path: Path, name: str, text: str, why: str) -> None:
    (told,) = collection.add([given(tmp_path, name, text)]).values()
    assert why in told
    assert (collection.assistant.store.source_text("a.txt").text, len(collection.files())) == (PLAN, 1)
    assert (tmp_path / "corpus" / "a.txt").read_text(encoding="utf-8") == PLAN


def test_a_name_leads_nowhere_else(collection: Collection, tmp_path: Path) -> None:
    _, path = given(tmp_path, "x.txt", PLAN)
    assert collection.add([("../../outside/x.txt", path)]) == {}
    assert (tmp_path / "corpus" / "x.txt").is_file()


def test_no_more_files_than_the_settings_allow(collection: Collection, tmp_path: Path) -> None:
    refused = collection.add([given(tmp_path, f"{number}.txt", f"{number}{PLAN}") for number in range(5)])
    assert list(refused) == ["3.txt", "4.txt"]


def test_a_file_is_replaced_where_that_is_asked_for(collection: Collection, tmp_path: Path) -> None:
    assert collection.add([given(tmp_path, "a.txt", PLAN.replace("2300", "2310"))], replacing=True) == {}
    collection.update()
    assert ended(collection).progress.summary == {"added": 0, "changed": 1, "unchanged": 0, "removed": 0, "skipped": 0}
    assert "2310件以上" in collection.assistant.ask(QUESTION.replace("2016", "2014")).text


def test_a_file_is_deleted_but_not_the_last(collection: Collection, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="最后一个"):
        collection.delete("a.txt")
    with pytest.raises(ScopeError):
        collection.delete("../given/b.txt")
    collection.add([given(tmp_path, "b.txt", PLAN.replace("2014", "2016"))])
    collection.delete("a.txt")
    collection.update()
    assert [one.name for one in ended(collection).files()] == ["b.txt"]


def test_what_a_document_is_can_be_put_right(collection: Collection, tmp_path: Path) -> None:
    (tmp_path / "corpus" / "metadata.toml").write_text('# ours\n["a.txt"]\nbureau = "丙市科技局"\n', encoding="utf-8")
    collection.describe("a.txt#1", {"years": [2016], "title": '丙市"一号"要点'})
    text = (tmp_path / "corpus" / "metadata.toml").read_text(encoding="utf-8")
    assert text.startswith("# ours\n")
    assert tomllib.loads(text) == {"a.txt": {"bureau": "丙市科技局", "years": [2016], "title": '丙市"一号"要点'}}
    collection.update()
    (about,) = ended(collection).assistant.documents().values()
    assert (about.title, about.years) == ('丙市"一号"要点', (2016,))
    assert "2300件以上" in collection.assistant.ask(QUESTION).text


def test_facts_that_cannot_be_change_nothing(collection: Collection, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="years"):
        collection.describe("a.txt#1", {"years": [16]})
    with pytest.raises(ScopeError):
        collection.describe("z.txt#1", {"years": [2016]})
    assert not (tmp_path / "corpus" / "metadata.toml").exists()


def test_a_work_among_several_is_named_by_itself(collection: Collection, tmp_path: Path) -> None:
    works = [f"{title}\n一、成绩\n{'新增高新技术企业9家。' * 30}\n" for title in ("工作总结篇一", "工作总结篇二")]
    both = "\n".join(works)
    collection.add([given(tmp_path, "c.txt", both)])
    collection.update()
    works = [one for one in ended(collection).assistant.documents() if one.startswith("c.txt")]
    assert works == ["c.txt#1", "c.txt#2"]
    collection.describe("c.txt#2", {"place": "戊县"})
    assert tomllib.loads((tmp_path / "corpus" / "metadata.toml").read_text("utf-8")) == {"c.txt#2": {"place": "戊县"}}


def test_what_cannot_be_read_stands_in_the_list_with_the_reason(collection: Collection, tmp_path: Path) -> None:
    collection.add([given(tmp_path, "b.pdf", "no PDF at all")])
    collection.update()
    (_, broken) = ended(collection).files()
    assert (broken.name, broken.documents) == ("b.pdf", ())
    assert broken.reason
    again = Collection(collection.assistant, Settings(corpus=tmp_path / "corpus", index=tmp_path / "index"))
    assert again.files()[1].reason == broken.reason


def test_a_change_during_a_run_is_taken_in_by_another(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import assistant.collection as module
    from assistant.ingestion.building import update

    begun, go_on, runs = Event(), Event(), []

    def slow(*arguments: object) -> object:
        runs.append(1)
        begun.set()
        assert go_on.wait(30)
        return update(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "update", slow)
    collection.update()
    assert begun.wait(30)
    assert "2300件以上" in collection.assistant.ask(QUESTION.replace("2016", "2014")).text  # questions go on
    collection.add([given(tmp_path, "b.txt", PLAN.replace("2014", "2016"))])
    collection.update()
    collection.update()
    go_on.set()
    ended(collection)
    assert (len(runs), [one.name for one in collection.files() if one.documents]) == (2, ["a.txt", "b.txt"])


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(collection: Collection, tmp_path: Path) -> None:
    (tmp_path / "corpus").chmod(0o500)
    try:
        (told,) = collection.add([given(tmp_path, "b.txt", PLAN)]).values()
        assert "权限" in told
    finally:
        (tmp_path / "corpus").chmod(0o700)


@pytest.mark.parametrize("broken", ["metadata", "folder"])
def test_a_run_that_cannot_end_well_says_so_and_the_index_stands(
    collection: Collection, tmp_path: Path, broken: str
) -> None:
    done: dict[str, Callable[[], object]] = {
        "metadata": lambda: (tmp_path / "corpus" / "metadata.toml").write_text("x = [", encoding="utf-8"),
        "folder": lambda: (tmp_path / "corpus").rename(tmp_path / "away"),
    }
    done[broken]()
    collection.update()
    assert ended(collection).progress.error
    assert "2300件以上" in collection.assistant.ask(QUESTION.replace("2016", "2014")).text
