"""The page over the corpus and one hostile document, served and opened in a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = bool(os.environ.get("REQUIRE_BROWSER"))
HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no chromium here: apt-get install chromium"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]


def wait_until_served(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own page
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert process.poll() is None, "the page ended before it served"
            time.sleep(0.5)
    pytest.fail("the page did not come up in two minutes")


def ask(page: Page, question: str) -> str:
    """Ask and return the answer when it has come whole."""
    asked = page.locator("#conversation .user.message").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_function("n => document.querySelectorAll('#conversation .user.message').length > n", arg=asked)
    return answered(page)


def answered(page: Page) -> str:
    """The last answer when it has come whole: the button asks again, and the words no longer change."""
    page.wait_for_function("() => /提问|Ask/.test(document.querySelector('#question').innerText)")
    answer = page.locator("#conversation .bot.message").last
    shown, previous = "", None
    for _ in range(240):
        shown = answer.inner_text() if answer.count() else ""
        if shown == previous and shown and not any(words in shown for words in ("Loading content", "正在查找")):
            return shown
        previous = shown
        page.wait_for_timeout(250)
    pytest.fail(f"no answer in a minute, only {shown!r}")


@contextmanager
def started_chat(folder: Path, path: str = "", **environment: str) -> Iterator[str]:
    """The address of a chat over ``folder/corpus`` and ``folder/index``, when ``path`` below it answers.

    What it prints lies in ``folder/printed.txt``.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/"
    command = [sys.executable, "-m", "assistant", "chat", "--no-open", "--port", address.strip("/").rpartition(":")[2]]
    folders = ["--corpus", str(folder / "corpus"), "--index", str(folder / "index")]
    settings = os.environ | environment
    with (
        (folder / "printed.txt").open("wb") as printed,
        subprocess.Popen([*command, *folders], stdout=printed, stderr=subprocess.STDOUT, env=settings) as process,
    ):
        try:
            wait_until_served(address + path, process)
            yield address
        finally:
            process.terminate()
            assert process.wait(20) in (0, -15)


@contextmanager
def served_page(folder: Path) -> Iterator[str]:
    """The address of a chat over the corpus and one hostile document, with its data in ``folder``."""
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    hostile = f"丁市2031年工作总结\n一、成绩\n全年培育珍珠企业77家{HOSTILE}。\n![图](http://example.com/a.png)\n"
    (folder / "corpus" / "hostile.txt").write_text(hostile, encoding="utf-8")
    with started_chat(folder) as address:
        yield address


@contextmanager
def opened_page(address: str, profile: Path, requested: list[str]) -> Iterator[Page]:
    """The page in a new Chromium; ``requested`` collects every address that it asks for."""
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, headless=True, args=arguments, locale="zh-CN"
        )
        opened = context.new_page()
        opened.set_default_timeout(60_000)
        opened.on("request", lambda request: requested.append(request.url))
        opened.goto(address)
        opened.wait_for_selector("#question textarea")
        yield opened
        context.close()
