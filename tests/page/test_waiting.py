"""A page without documents starts, says how to add some, and turns into the page when they are there."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from pathlib import Path

from browser_page import started_chat

DOCUMENT = "专利申请量达到2300件以上。\n"


def fetched(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own page
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_an_empty_corpus_does_not_stop_the_start(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    with started_chat(tmp_path, "health") as address:
        status, shown = fetched(address)
        assert status == 503
        assert str(corpus) in shown
        (corpus / "丙市2014年工作要点.txt").write_text(DOCUMENT, encoding="utf-8")
        for _ in range(120):
            status, shown = fetched(address)
            if status == 200:
                break
            time.sleep(0.5)
        assert "gradio" in shown
