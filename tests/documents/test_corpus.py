from __future__ import annotations

from pathlib import Path

import pytest

from assistant import DocumentError, UnreadableDocument, read_documents
from assistant.documents.corpus import corpus_files
from assistant.documents.overrides import read_overrides


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("各单位:\n认真做好2020年工作。")
    (tmp_path / "b.txt").write_text("工作总结篇一\n甲。\n工作总结篇二\n乙。")
    return tmp_path


def test_metadata_toml_tells_better_by_file_and_by_work(corpus: Path) -> None:
    (corpus / "metadata.toml").write_text(
        '["a.txt"]\ntitle = "某市科技局要点"\nyears = [2021, 2020]\nplace = "某市"\nkind = "plan"\n'
        '["b.txt"]\nbureau = "科技局"\n["b.txt#2"]\nplace = "乙县"\nissued = "2013-01-18"\n'
    )
    first, second, third = read_documents(corpus)
    assert (first.title, first.years, first.place, first.kind) == ("某市科技局要点", (2020, 2021), "某市", "plan")
    assert first.sections[0].heading == "某市科技局要点"
    assert {one.name: (one.where, one.certain) for one in first.findings}["place"] == ("metadata.toml", True)
    assert (second.bureau, second.place, second.issued) == ("科技局", "", "")
    assert (third.bureau, third.place, third.issued) == ("科技局", "乙县", "2013-01-18")


def test_a_file_of_furniture_alone_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("朗读\n- 1 -")
    with pytest.raises(UnreadableDocument, match="nothing but"):
        list(read_documents(tmp_path))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[a", "cannot be read"),
        ('["a.txt"]\ncolour = "red"', "unknown key 'colour'"),
        ('["a.txt"]\nyears = "2013"', "list of years"),
        ('["a.txt"]\nyears = [true]', "list of years"),
        ('["a.txt"]\nyears = [99999]', "list of years"),
        ('["a.txt"]\nissued = "2013年"', "2013-01-18"),
        ('["a.txt"]\nkind = "poem"', "one of plan"),
        ('["a.txt"]\ntitle = 3', "a text"),
        ('title = "x"', "outside a table"),
    ],
)
def test_a_wrong_metadata_toml_is_an_error_that_says_where(corpus: Path, content: str, words: str) -> None:
    (corpus / "metadata.toml").write_text(content)
    with pytest.raises(DocumentError, match=words):
        read_overrides(corpus)


def test_the_hash_changes_with_the_file_and_with_what_is_said_about_it(corpus: Path) -> None:
    def hashes() -> list[str]:
        return [file.sha256() for file in corpus_files(corpus)]

    before = hashes()
    assert hashes() == before
    (corpus / "a.txt").write_text("另一篇")
    changed = hashes()
    assert (changed[0] != before[0], changed[1] == before[1]) == (True, True)
    (corpus / "metadata.toml").write_text('["b.txt#1"]\nplace = "乙县"')
    assert (hashes()[0] == changed[0], hashes()[1] != changed[1]) == (True, True)
