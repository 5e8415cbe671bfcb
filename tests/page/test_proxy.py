"""A proxy in the environment stands before no page of this machine."""

from __future__ import annotations

from pathlib import Path

from browser_page import started_chat


def test_the_page_is_served_where_the_proxy_is_dead(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "丙市2014年工作要点.txt").write_text("专利申请量达到2300件以上。\n", encoding="utf-8")
    dead = dict.fromkeys(("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    with started_chat(tmp_path, **dead):
        pass
