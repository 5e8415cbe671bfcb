"""Behind nginx under /kb/, in a real Chromium: log in, ask, open a document, fetch a table; and pages of others."""

from __future__ import annotations

import http.server
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import browser_page
import pytest
from browser_page import MARKS, ask, started_chat, wait_until_served

from assistant.serving.users import UserStore

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
pytestmark = [
    *MARKS,
    pytest.mark.skipif(
        NGINX is None and not os.environ.get("REQUIRE_BROWSER"), reason="no nginx here: apt-get install nginx"
    ),
]
PASSWORD = "correct horse"  # noqa: S105 - of a test
CONFIGURATION = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
    uwsgi_temp_path {folder}; scgi_temp_path {folder};
    server {{
        listen 127.0.0.1:{port};
        location /kb/ {{
            proxy_pass {behind};
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_buffering off;
        }}
    }}
}}
"""
UPLOAD = """async (address) => {
    const form = new FormData();
    form.append("files", new File(["x"], "x.txt"));
    try {
        return (await fetch(address, { method: "POST", body: form, credentials: "include", mode: "no-cors" })).type;
    } catch (error) { return String(error); }
}"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def behind_nginx(folder: Path, address: str) -> Iterator[str]:
    port = free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder, port=port, behind=address), encoding="utf-8")
    with subprocess.Popen([str(NGINX), "-c", str(configuration), "-p", str(folder)]) as process:
        try:
            shown = f"http://127.0.0.1:{port}/kb/"
            wait_until_served(f"{shown}health", process)
            yield shown
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("proxy")


@pytest.fixture(scope="module")
def shown(folder: Path) -> Iterator[str]:
    (folder / "corpus").mkdir()
    (folder / "corpus" / "丙市2014年工作要点.txt").write_text("专利申请量达到2300件以上。\n", encoding="utf-8")
    UserStore(folder / "index" / "state" / "users.sqlite").add("li", PASSWORD, "editor")
    with (
        started_chat(folder, "health", BUREAU_ROOT_PATH="/kb", GRADIO_TEMP_DIR=str(folder / "cache")) as address,
        behind_nginx(folder, address) as proxied,
    ):
        yield proxied


def test_everything_works_under_a_path(shown: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_page.CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(locale="zh-CN")
        page.set_default_timeout(60_000)
        outside: list[str] = []
        page.on("request", lambda one: None if one.url.startswith((shown, "data:")) else outside.append(one.url))
        page.goto(shown)
        assert page.url == f"{shown}login"
        page.fill("#name", "li")
        page.fill("#password", PASSWORD)
        page.click("button")
        page.wait_for_selector("#question textarea")
        assert "2300件以上" in ask(page, "2014年专利申请量的目标是多少?")
        page.locator("#conversation a[href*='documents/']").first.click()
        marked = page.frame_locator("#reader iframe").locator("mark")
        assert "".join(marked.all_inner_texts()) == "专利申请量达到2300件以上。"
        page.keyboard.press("Escape")
        page.get_by_role("tab", name="目标一览", exact=True).click()
        with page.expect_download() as download:
            page.get_by_role("link", name="导出 CSV").first.click()
        assert "2300" in Path(download.value.path()).read_text(encoding="utf-8-sig")
        page.click("#log-out button")
        page.wait_for_url(f"{shown}login")
        assert outside == []
        browser.close()


def test_a_page_of_others_uploads_nothing(shown: str, folder: Path, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    (tmp_path / "index.html").write_text("<title>other</title>", encoding="utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(tmp_path))  # type: ignore[arg-type]

        def log_message(self, *arguments: object) -> None:
            """Be quiet."""

    other = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=other.serve_forever, daemon=True).start()

    def uploaded() -> list[Path]:
        return list((folder / "cache").rglob("x.txt"))

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_page.CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(shown)
        page.fill("#name", "li")
        page.fill("#password", PASSWORD)
        page.click("button")
        page.wait_for_selector("#question textarea")
        assert page.evaluate(UPLOAD, "gradio_api/upload") == "basic"
        assert len(uploaded()) == 1
        page.goto(f"http://127.0.0.1:{other.server_address[1]}/")
        assert "Failed to fetch" in page.evaluate(UPLOAD, f"{shown}gradio_api/upload")
        page.wait_for_timeout(500)
        browser.close()
    other.shutdown()
    other.server_close()
    assert len(uploaded()) == 1
