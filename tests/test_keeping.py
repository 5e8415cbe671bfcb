"""Following the folder of documents, keeping and bringing back, the example, services."""

from __future__ import annotations

import configparser
import json
import os
import random
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest
from browser_page import started_chat
from conftest import ROOT, HashingEncoder

from assistant import Assistant, AssistantError, BackupError, CorpusNotFound, Settings
from assistant.datamodels import Rights
from assistant.feedback import feedback_of
from assistant.records import answer_record
from assistant.serving.users import users_of
from assistant.upkeep import watching
from assistant.upkeep.backup import back_up, restore
from assistant.upkeep.example import copy_example, example_files
from assistant.upkeep.service import service_file
from assistant.upkeep.watching import Watcher

QUESTION = "丙市2014年专利申请量的目标是多少?"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for year in (2013, 2014, 2015):
        text = f"丙市科技局{year}年工作要点\n一、目标\n专利申请量达到{year + 287}件以上。\n"
        (corpus / f"{year}.txt").write_text(text, encoding="utf-8")
    return Settings(corpus=corpus, index=tmp_path / "index")


def built(settings: Settings) -> Assistant:
    return Assistant.build(settings.corpus, settings.index, encoder=HashingEncoder(), on_unreadable=lambda _: None)


# --- watching


@pytest.fixture
def told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the watcher of the folder says, '' for a change that is done."""
    monkeypatch.setattr(watching, "QUIET", 0.2)
    monkeypatch.setattr(watching, "PATIENCE", 2.0)
    said: list[str] = []
    stop = Event()

    watcher = Watcher(settings, seconds=0.5)

    def run() -> None:
        for reason in watcher.changes(stop):
            try:
                if not reason:
                    built(settings).close()
            except AssistantError as error:  # the folder went away in the middle
                said.append(str(error))
                watcher.forget()
            else:
                said.append(reason)

    thread = Thread(target=run, daemon=True)
    thread.start()
    wait_for(lambda: said == [""])
    yield said
    stop.set()
    thread.join(10)


def test_what_could_not_be_taken_in_is_told_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "QUIET", 0.1)
    worked: list[bool] = []

    def update() -> bool:
        worked.append(len(worked) == 2)
        return worked[-1]

    stop = watching.follow(settings, 0, update, lambda _: None)
    wait_for(lambda: len(worked) == 1)
    (settings.corpus / "2013.txt").touch()
    wait_for(lambda: len(worked) >= 2)
    (settings.corpus / "2013.txt").touch()
    wait_for(lambda: len(worked) >= 3)
    assert worked == [False, False, True]
    stop.set()


def wait_for(done: object, seconds: float = 20) -> None:
    for _ in range(int(seconds * 10)):
        if done():  # type: ignore[operator]
            return
        time.sleep(0.1)
    raise AssertionError("it did not come to that")


def indexed(settings: Settings) -> set[str]:
    with Assistant.load(settings.index, encoder=HashingEncoder()) as assistant:
        return {about.source for about in assistant.documents().values()}


def test_what_comes_changes_and_goes_is_indexed(settings: Settings, told: list[str]) -> None:
    corpus = settings.corpus
    assert indexed(settings) == {"2013.txt", "2014.txt", "2015.txt"}
    (corpus / "sub").mkdir()
    (corpus / "sub" / "2016.txt").write_text("丙市科技局2016年工作要点\n引进人才7名。\n", encoding="utf-8")
    wait_for(lambda: len(told) == 2)
    (corpus / "2013.txt").unlink()
    (corpus / "2014.txt").rename(corpus / "renamed.txt")
    wait_for(lambda: len(told) == 3)
    assert indexed(settings) == {"renamed.txt", "2015.txt", "sub/2016.txt"}
    assert set(told) == {""}


def test_a_file_that_is_being_written_is_read_once_it_is_whole(settings: Settings, told: list[str]) -> None:
    with (settings.corpus / "long.txt").open("w", encoding="utf-8") as file:
        for line in range(10):
            file.write("丙市科技局2017年工作要点\n" if not line else f"新建孵化器{line}家。\n")
            file.flush()
            time.sleep(0.1)
    wait_for(lambda: len(told) == 2)
    time.sleep(1)
    assert len(told) == 2  # not one for each line
    with Assistant.load(settings.index, encoder=HashingEncoder()) as assistant:
        assert [goal.value for goal in assistant.goals("孵化器")] == list(range(1, 10))


def test_a_share_that_goes_away_takes_nothing_out_of_the_index(settings: Settings, told: list[str]) -> None:
    away = settings.corpus.with_name("away")
    settings.corpus.rename(away)
    wait_for(lambda: "没有文件夹" in told[-1])
    settings.corpus.mkdir()  # the empty folder that a share was mounted on
    wait_for(lambda: "共享文件夹断开" in told[-1])
    assert indexed(settings) == {"2013.txt", "2014.txt", "2015.txt"}
    settings.corpus.rmdir()
    away.rename(settings.corpus)
    (settings.corpus / "2016.txt").write_text("丙市科技局2016年工作要点\n引进人才7名。\n", encoding="utf-8")
    wait_for(lambda: told[-1] == "")
    assert "2016.txt" in indexed(settings)


def test_many_files_that_are_gone_at_once_are_waited_for(settings: Settings, told: list[str]) -> None:
    for year in (2013, 2014):
        (settings.corpus / f"{year}.txt").unlink()
    wait_for(lambda: "少了 2 个" in told[-1])
    assert len(indexed(settings)) == 3
    (settings.corpus / "2016.txt").write_text("丙市科技局2016年工作要点\n引进人才7名。\n", encoding="utf-8")
    wait_for(lambda: told[-1] == "")  # one of three is gone now
    assert indexed(settings) == {"2015.txt", "2016.txt"}
    for year in (2015, 2016):
        (settings.corpus / f"{year}.txt").rename(settings.corpus / f"{year}.md")
    wait_for(lambda: indexed(settings) == {"2015.md", "2016.md"})
    (settings.corpus / "2016.md").unlink()
    (settings.corpus / "2015.md").write_text("丙市科技局2015年工作要点\n引进人才1名。\n", encoding="utf-8")
    wait_for(lambda: indexed(settings) == {"2015.md"})


@pytest.mark.slow
def test_many_events_end_in_the_index_that_is_built_from_nothing(settings: Settings, told: list[str]) -> None:
    corpus, chooser = settings.corpus, random.Random(7)
    for number in range(1000 if os.environ.get("BUREAU_LONG") else 200):
        names = sorted(corpus.glob("*.txt"))
        what = chooser.choice(("create", "change", "rename", "delete", "half", "away"))
        path = chooser.choice(names)
        text = f"丙市科技局{chooser.randint(2000, 2029)}年工作要点\n专利申请量达到{number}件以上。\n"
        if what == "create":
            (corpus / f"n{number}.txt").write_text(text, encoding="utf-8")
        elif what == "change":
            path.write_text(text, encoding="utf-8")
        elif what == "rename":
            path.rename(corpus / f"r{number}.txt")
        elif what == "delete" and len(names) > 3:
            path.unlink()
        elif what == "half":
            path.write_bytes(text.encode()[: chooser.randrange(3, 40)])
        elif what == "away" and number % 20 == 0:
            corpus.rename(corpus.with_name("away"))
            time.sleep(0.3)
            corpus.with_name("away").rename(corpus)
        time.sleep(chooser.random() / 50)
    whole = settings.model_copy(update={"index": settings.index.with_name("whole")})
    expected = built(whole)

    def same() -> bool:
        with Assistant.load(settings.index, encoder=HashingEncoder()) as assistant:
            return assistant.store.passages() == expected.store.passages()

    wait_for(same, 60)


def test_the_page_follows_the_folder_from_an_empty_one_on(tmp_path: Path) -> None:
    with started_chat(tmp_path, "health", BUREAU_WATCH="true") as address:  # makes the folder, and waits for files
        for name in ("2013.txt", "2016.txt"):
            (tmp_path / "corpus" / name).write_text(f"丙市科技局{name[:4]}年工作要点\n人才7名。\n", encoding="utf-8")
            wait_for(lambda: httpx.get(f"{address}documents/{name}%231").status_code == 200, 60)  # noqa: B023


def test_the_command_follows_until_it_is_stopped(settings: Settings) -> None:
    own = {"BUREAU_CORPUS": str(settings.corpus), "BUREAU_INDEX": str(settings.index)}
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "watch", "--seconds", "1"], cwd=ROOT, env=os.environ | own, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert re.fullmatch(r"\d{4}-\d\d-\d\d [\d:]{8} 新增 3\n", process.stdout.readline())
    (settings.corpus / "2013.txt").unlink()
    (settings.corpus / "empty.txt").write_text("", encoding="utf-8")
    assert process.stdout.readline()[20:] == "移除 1,读不出 1,未变 2\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert err.endswith("已停止。\n")
    assert "Traceback" not in err


# --- keeping


def test_what_was_kept_is_brought_back(settings: Settings, tmp_path: Path, cheap_hashes: None) -> None:
    (settings.corpus / "sub").mkdir()
    shutil.copy(settings.corpus / "2013.txt", settings.corpus / "sub" / "副本.txt")
    (settings.corpus / "metadata.toml").write_text('["2014.txt"]\nplace = "丁县"\n', encoding="utf-8")
    before = built(settings)
    users_of(settings).add("li", "correct horse", sees=Rights(places=frozenset({"丁县"})))
    answer = before.ask("丁县2014年专利申请量的目标是多少?")
    feedback_of(settings.index).add("wrong number", answer, reason="是吗")
    assert answer.answered
    archive = tmp_path / "kept.zip"
    assert back_up(settings, archive) == {"corpus": 5, "state": 2}
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    files = {path.relative_to(settings.corpus): path.read_bytes() for path in settings.corpus.rglob("*.t*")}
    verdicts = feedback_of(settings.index).all()
    before.close()
    for folder in (settings.corpus, settings.index):
        shutil.rmtree(folder)
    assert restore(settings, archive) == {"corpus": 5, "state": 2}
    assert {path.relative_to(settings.corpus): path.read_bytes() for path in settings.corpus.rglob("*.t*")} == files
    after = built(settings)
    assert answer_record(after.ask("丁县2014年专利申请量的目标是多少?")) == answer_record(answer)
    assert users_of(settings).verify("li", "correct horse").sees == Rights(places=frozenset({"丁县"}))
    assert feedback_of(settings.index).all() == verdicts
    assert len(verdicts) == 1


def test_nothing_that_is_there_is_written_over_unasked(settings: Settings, tmp_path: Path) -> None:
    archive = tmp_path / "kept.zip"
    back_up(settings, archive)
    with pytest.raises(BackupError, match="--replace"):
        back_up(settings, archive)
    assert back_up(settings, archive, replacing=True) == {"corpus": 3, "state": 0}
    (settings.corpus / "2013.txt").write_text("later", encoding="utf-8")
    (settings.corpus / "2014.txt").unlink()
    with pytest.raises(BackupError, match="--replace"):
        restore(settings, archive)
    assert not (settings.corpus / "2014.txt").exists()
    assert restore(settings, archive, replacing=True) == {"corpus": 3, "state": 0}
    assert "2300" in (settings.corpus / "2013.txt").read_text(encoding="utf-8")


def test_archives_that_are_none_of_ours_are_refused(settings: Settings, tmp_path: Path) -> None:
    archive = tmp_path / "kept.zip"
    back_up(settings, archive)
    content = archive.read_bytes()
    (tmp_path / "cut.zip").write_bytes(content[: len(content) // 2])
    (tmp_path / "text.zip").write_text("no archive", encoding="utf-8")
    for number, name in enumerate(("../out.txt", "state/../../out", "state/other.sqlite", "etc/passwd", "/abs")):
        with zipfile.ZipFile(tmp_path / f"evil{number}.zip", "w") as evil:
            evil.writestr("bureau-backup.json", json.dumps({"version": 1}))
            evil.writestr(name, "x")
    for path in (*tmp_path.glob("evil*.zip"), tmp_path / "cut.zip", tmp_path / "text.zip"):
        with pytest.raises(BackupError):
            restore(settings, path, replacing=True)
    assert not (tmp_path / "out.txt").exists()
    with zipfile.ZipFile(tmp_path / "state.zip", "w") as other:
        other.writestr("bureau-backup.json", json.dumps({"version": 1}))
        other.writestr("state/users.sqlite", "no database")
    with pytest.raises(BackupError, match="no database"):
        restore(settings, tmp_path / "state.zip", replacing=True)
    with pytest.raises(BackupError, match="folder of documents"):
        back_up(settings, settings.corpus / "sub" / "kept.zip")
    with pytest.raises(BackupError):
        back_up(settings, tmp_path / "none" / "kept.zip")
    with pytest.raises(CorpusNotFound):
        back_up(settings.model_copy(update={"corpus": tmp_path / "none"}), tmp_path / "other.zip")
    assert not (tmp_path / "other.zip").exists()


# --- example and services


def test_the_example_is_the_five_documents(tmp_path: Path) -> None:
    assert len(example_files()) == 5
    (tmp_path / "new").mkdir()
    own = tmp_path / "new" / example_files()[0].name
    own.write_text("mine", encoding="utf-8")
    assert len(copy_example(tmp_path / "new")) == 4
    assert own.read_text(encoding="utf-8") == "mine"
    assert {path.read_bytes() for path in copy_example(tmp_path / "other")} == {
        path.read_bytes() for path in (ROOT / "corpus").glob("*.txt")
    }


def test_a_unit_runs_the_page_where_it_is_and_tells_no_secret(tmp_path: Path) -> None:
    environment = {
        "BUREAU_PORT": "7861", "BUREAU_API_KEY": "hush", "BUREAU_LLM_API_KEY": "hush", "HOME": "/root",
        "BUREAU_STORE": "postgresql://me:hush@db/x", "BUREAU_LLM_MODEL": 'a "b" 100%$x',
    }  # fmt: skip
    text = service_file("systemd", tmp_path, tmp_path / "my corpus", tmp_path / "index", environment)
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(text)
    assert unit["Service"]["WorkingDirectory"] == str(tmp_path)
    assert unit["Service"]["ExecStart"] == (
        f'{sys.executable} -m assistant chat --no-open --watch --corpus "{tmp_path}/my corpus" --index {tmp_path}/index'
    )
    assert unit["Service"]["ReadWritePaths"] == f'"{tmp_path}/my corpus" {tmp_path}/index'
    assert "hush" not in text
    assert "Environment=BUREAU_PORT=7861\n" in text
    assert 'Environment="BUREAU_LLM_MODEL=a \\"b\\" 100%%$$x"\n' in text
    if shutil.which("systemd-analyze"):
        (tmp_path / "bureau.service").write_text(text, encoding="utf-8")
        told = subprocess.run(
            ["systemd-analyze", "verify", tmp_path / "bureau.service"], capture_output=True, text=True, check=False
        )
        assert "Unknown" not in told.stderr


def test_a_task_is_xml_with_the_program(tmp_path: Path) -> None:
    text = service_file("windows", tmp_path / "a & b", tmp_path / "c & d", tmp_path / "i", {})
    tree = ET.fromstring(text.encode())  # noqa: S314 - our own
    space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    assert tree.findtext(f".//{space}Command") == sys.executable
    assert tree.findtext(f".//{space}Arguments") == (
        f'-m assistant chat --no-open --watch --corpus "{tmp_path}/c & d" --index {tmp_path}/i'
    )
    assert tree.findtext(f".//{space}WorkingDirectory") == str(tmp_path / "a & b")
