from __future__ import annotations

import inspect
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import assistant

CORPUS = Path(__file__).parent.parent / "corpus"


def test_all_is_sorted_and_everything_in_it_exists_and_is_documented() -> None:
    assert assistant.__all__ == sorted(assistant.__all__)
    for name in assistant.__all__:
        assert inspect.getdoc(getattr(assistant, name)), name


def test_every_public_name_of_the_package_is_in_all() -> None:
    modules = {name for name, value in vars(assistant).items() if inspect.ismodule(value)}
    public = {name for name in dir(assistant) if not name.startswith("_") and name != "annotations"} - modules
    assert public == set(assistant.__all__)


def test_a_search_does_not_load_what_reads_and_answers() -> None:
    """A cold `bureau search` is quick because of this."""
    code = "import sys, assistant.cli, assistant.assistant; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "assistant.retrieval.retriever" in loaded
    unwanted = {"assistant.answering.answers", "assistant.documents.parsing", "assistant.facts.goals"}
    assert unwanted.isdisjoint(loaded)
    assert {"scipy", "gradio", "torch", "faiss", "openai", "rank_bm25", "onnxruntime"}.isdisjoint(loaded)


def test_every_error_of_ours_is_an_assistant_error_and_exported() -> None:
    from assistant import errors

    ours = {name for name, value in vars(errors).items() if inspect.isclass(value)}
    assert ours <= set(assistant.__all__)
    assert all(issubclass(getattr(errors, name), assistant.AssistantError) for name in ours)


def test_the_version_is_that_of_the_distribution() -> None:
    assert assistant.__version__ == version("bureau-assistant")


def test_reading_passes_over_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲市总结\n申请专利120件。", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\0")
    skipped: list[assistant.UnreadableDocument] = []
    documents = list(assistant.read_documents(tmp_path, skipped.append))
    assert [document.source for document in documents] == ["a.txt"]
    assert len(skipped) == 1


def test_the_package_tells_its_types() -> None:
    folder = Path(str(assistant.__file__)).parent
    assert (folder / "py.typed").is_file()
    assert (folder / "__init__.pyi").is_file()
