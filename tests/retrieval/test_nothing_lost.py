"""What happens to disks and processes: after each, an index tells what it told before, or says that it is damaged.

``BUREAU_LONG=1 pytest tests/retrieval/test_nothing_lost.py`` does it hundreds of times.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import HashingEncoder

from assistant import Assistant, AssistantError
from assistant.records import answer_record, goal_record, search_record
from assistant.retrieval import generations
from assistant.retrieval.generations import live_name

LONG = bool(os.environ.get("BUREAU_LONG"))
KILLS, FLIPS = (50, 2000) if LONG else (6, 120)
QUESTIONS = ("丙市2014年专利申请量的目标是多少?", "怎样加强知识产权保护?", "丙市2014年有哪些目标?")
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # numpy reads old types where a flip names one
]


def plan(year: int) -> str:
    return (
        f"丙市科技局{year}年工作要点\n一、工作目标\n1.专利申请量达到{year + 300}件以上。\n"
        f"2.新增高新技术企业{year % 100}家。\n"
        f"二、工作措施\n(一)加强知识产权保护。建立专利预警机制,组织培训{year % 50}次。\n"
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for year in range(2010, 2016):
        (folder / f"{year}.txt").write_text(plan(year), encoding="utf-8")
    return folder


def told(assistant: Assistant) -> list[object]:
    """All that is asked of an index."""
    return [
        *(answer_record(assistant.ask(question)) for question in QUESTIONS),
        search_record("专利", assistant.search("专利", k=20)),
        [goal_record(one) for one in assistant.goals()],
        [assistant.document(name).text for name in assistant.documents()],
    ]


def opened(folder: Path) -> Assistant:
    return Assistant.load(folder, encoder=HashingEncoder())


def test_a_flipped_bit_is_told_or_changes_nothing(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file counts as small, so that none is checked as a whole before it is read."""
    monkeypatch.setattr(generations, "HASHED_BYTES", 0)
    folder = tmp_path / "index"
    right = told(Assistant.build(corpus, folder, encoder=HashingEncoder()))
    files = sorted((folder / "generations" / live_name(folder)).iterdir())
    chosen, found = random.Random(7), 0
    for _ in range(FLIPS):
        path = chosen.choice(files)
        content = path.read_bytes()
        changed, bit = bytearray(content), chosen.randrange(8 * len(content))
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(changed)
        try:
            now = told(opened(folder))
        except AssistantError as error:
            assert "bureau index" in str(error)
            found += 1
        else:
            assert now == right or path.suffix in (".npy", ".faiss"), (path, bit)
        path.write_bytes(content)
    assert found > FLIPS // 20
    assert told(opened(folder)) == right


def test_an_update_takes_nothing_over_from_a_damaged_index(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "HASHED_BYTES", 0)
    folder = tmp_path / "index"
    right = told(Assistant.build(corpus, folder, encoder=HashingEncoder()))
    store = folder / "generations" / live_name(folder) / "passages.sqlite"
    content = bytearray(store.read_bytes())
    content[content.index("专利申请量达到2314件".encode()) + 25] ^= 1
    store.write_bytes(content)
    (corpus / "2020.txt").write_text(plan(2020), encoding="utf-8")
    Assistant.build(corpus, folder, encoder=HashingEncoder())
    (corpus / "2020.txt").unlink()
    assert told(Assistant.build(corpus, folder, encoder=HashingEncoder())) == right


@pytest.mark.parametrize("part", ["manifest.json", "passages.sqlite", "goals.sqlite", "dense.faiss", "sparse.idf.npy"])
def test_a_file_cut_short_is_told(tmp_path: Path, corpus: Path, part: str) -> None:
    folder = tmp_path / "index"
    Assistant.build(corpus, folder, encoder=HashingEncoder())
    path = folder / "generations" / live_name(folder) / part
    content = path.read_bytes()
    for length in {0, 1, len(content) // 2, len(content) - 1}:
        path.write_bytes(content[:length])
        with pytest.raises(AssistantError, match="bureau index"):
            told(opened(folder))


BUILDING = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from conftest import HashingEncoder
from assistant import Assistant
print("there", flush=True)
Assistant.build(Path(sys.argv[1]), Path(sys.argv[2]), encoder=HashingEncoder())
"""


def test_kill_9_at_any_moment_loses_nothing(tmp_path: Path, corpus: Path) -> None:
    folder, chosen = tmp_path / "index", random.Random(11)
    Assistant.build(corpus, folder, encoder=HashingEncoder())
    command = [sys.executable, "-c", BUILDING, str(corpus), str(folder), str(Path(__file__).parent.parent)]
    for attempt in range(KILLS):
        before = told(opened(folder))
        (corpus / "2020.txt").write_text(f"{plan(2020)}补充:新增企业{attempt + 1}家。\n", encoding="utf-8")
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"there\n"
            time.sleep(chosen.uniform(0, 0.6))
            process.send_signal(signal.SIGKILL)
        now = told(opened(folder))  # the state before, or the new one
        after = told(Assistant.build(corpus, folder, encoder=HashingEncoder()))
        assert now in (before, after)
        assert not list((folder / "generations").glob("*.partial"))
    fresh = tmp_path / "fresh"
    assert told(opened(folder)) == told(Assistant.build(corpus, fresh, encoder=HashingEncoder()))


def test_two_writers_do_not_mix(tmp_path: Path, corpus: Path) -> None:
    folder = tmp_path / "index"
    command = [sys.executable, "-c", BUILDING, str(corpus), str(folder), str(Path(__file__).parent.parent)]
    writers = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(3)]
    errors = [writer.communicate(timeout=120)[1].decode() for writer in writers]
    assert [writer.returncode for writer in writers].count(0) >= 1
    for writer, error in zip(writers, errors, strict=True):
        assert writer.returncode == 0 or "IndexBusy" in error
    assert told(opened(folder)) == told(Assistant.build(corpus, tmp_path / "fresh", encoder=HashingEncoder()))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_still_answers(tmp_path: Path, corpus: Path) -> None:
    folder = tmp_path / "index"
    right = told(Assistant.build(corpus, folder, encoder=HashingEncoder()))
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert told(opened(folder)) == right
        (corpus / "2020.txt").write_text(plan(2020), encoding="utf-8")
        with pytest.raises(AssistantError, match="--index"):
            Assistant.build(corpus, folder, encoder=HashingEncoder())
    finally:
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_copy_of_the_folder_is_the_index(tmp_path: Path, corpus: Path) -> None:
    right = told(Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder()))
    shutil.copytree(tmp_path / "index", tmp_path / "copy")
    assert told(opened(tmp_path / "copy")) == right
