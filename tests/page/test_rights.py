"""What the addresses of documents give to who may see some works of a file, and not all."""

from __future__ import annotations

from pathlib import Path

from conftest import HashingEncoder
from starlette.datastructures import QueryParams

from assistant import Assistant
from assistant.datamodels import Rights
from assistant.page.reading.documents import shown


def test_a_work_is_shown_without_the_file_that_holds_others(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    text = "工作总结篇一\n专利申请量2999件。\n工作总结篇二\n新建学校9所。\n"
    (corpus / "mixed.txt").write_text(text, encoding="utf-8")
    assistant = Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
    whole = shown(assistant, corpus, "mixed.txt#1", QueryParams("view=original"))
    assert whole.status_code == 200
    assert shown(assistant, corpus, "mixed.txt#1", QueryParams("file=1")).status_code == 200
    assistant.restrict(lambda: Rights(documents=frozenset({"mixed.txt#1"})))
    for asked in ("", "start=7&end=12", "view=original", "view=pages&page=1"):
        answer = shown(assistant, corpus, "mixed.txt#1", QueryParams(asked))
        assert answer.status_code == 200
        assert "专利申请量" in bytes(answer.body).decode()
        assert "学校" not in bytes(answer.body).decode()
    assert shown(assistant, corpus, "mixed.txt#1", QueryParams("file=1")).status_code == 403
    for asked in ("", "file=1", "view=original"):
        assert shown(assistant, corpus, "mixed.txt#2", QueryParams(asked)).status_code == 404
