"""The README's promises about itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.plain_text import answer_text

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_shows_what_the_program_prints(seeds: Assistant) -> None:
    example = re.search(r"```console\n\$ bureau ask (.+)\n([\s\S]*?)\$ bureau ask (.+) \| head -1\n(.+)\n```", README)
    assert example is not None
    assert answer_text(seeds.ask(example[1])) + "\n" == example[2]
    assert answer_text(seeds.ask(example[3])).split("\n")[0] == example[4]


def test_links_lead_to_files() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_readme_is_short() -> None:
    assert README.count("\n") <= 150


@pytest.mark.parametrize("name", ["LICENSE", "CHANGELOG.md", "SECURITY.md", "constraints.txt", ".ci/run", "ui.py"])
def test_the_files_of_the_layout_are_there(name: str) -> None:
    assert (ROOT / name).is_file()


def test_no_seed_is_named_in_the_product() -> None:
    names = re.compile("平湖|义乌|義烏|郫县|中宁|阳城|略阳|平科技|6388d497|54b0e76b|0d80e4d3|6c7405a0|be4d01cc")
    for path in (ROOT / "assistant").rglob("*.py"):
        assert not names.search(path.read_text(encoding="utf-8")), path


def test_the_program_for_langchain_runs(seeds: Assistant, index_folder: Path, tmp_path: Path) -> None:
    program = next(one for one in re.findall(r"```python\n([\s\S]*?)```", README) if "BureauRetriever" in one)
    assert program.count("\n") <= 15
    (tmp_path / "index").symlink_to(index_folder)
    told = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    found = seeds.search("知识产权质押融资", k=3, year=2013)
    assert [line.split()[0] for line in told.stdout.splitlines() if "@" in line.split()[0]] == [
        hit.passage.passage_id for hit in found
    ]
