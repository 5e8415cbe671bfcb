"""A page without documents starts, says how to add some, and turns into the page when they are there."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from browser_page import wait_until_served

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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "assistant", "chat", "--no-open", "--port", address.rpartition(":")[2]]
    folders = ["--corpus", str(corpus), "--index", str(tmp_path / "index")]
    with subprocess.Popen([*command, *folders], stdout=subprocess.DEVNULL) as process:
        try:
            wait_until_served(f"{address}/health", process)
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
        finally:
            process.terminate()
            assert process.wait(20) in (0, -15)
