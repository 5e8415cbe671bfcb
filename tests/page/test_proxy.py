"""A proxy in the environment stands before no page of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from browser_page import wait_until_served


def test_the_page_is_served_where_the_proxy_is_dead(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "丙市2014年工作要点.txt").write_text("专利申请量达到2300件以上。\n", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    dead = dict.fromkeys(("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    command = [sys.executable, "-m", "assistant", "chat", "--no-open", "--port", port]
    folders = ["--corpus", str(tmp_path / "corpus"), "--index", str(tmp_path / "index")]
    with subprocess.Popen([*command, *folders], stdout=subprocess.DEVNULL, env=os.environ | dead) as process:
        try:
            wait_until_served(f"http://127.0.0.1:{port}/", process)
        finally:
            process.terminate()
