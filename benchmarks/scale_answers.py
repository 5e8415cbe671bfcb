"""What a question costs at size: CPU and memory of ``ask`` and ``search`` over reports of many cities and years.

python scale_answers.py --reports FOLDER [--passages 100000]

Each document is a title of one city and year over paragraphs of the reports in new orders; the vectors are noise, so
that the encoder costs nothing and is not measured. The index is built once, then asked in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import count, islice, product
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from assistant import Assistant, Document, FolderWriter, parse_documents, prepare
from assistant.datamodels import Section
from assistant.interfaces import Batch, FloatArray

HERE = Path(__file__).parent
Record = TypeVar("Record", bound=Any)
QUESTIONS = (
    "{city}{year}年地区生产总值增长的目标是多少?",
    "{city}{year}年规模以上工业增加值增长多少?",
    "{city}{year}年新增高新技术企业多少家?",
    "{city}{year}年有哪些科技创新措施?",
    "一般公共预算收入增长目标是多少?",
    "新增就业多少万人?",
    "怎么培育科技型企业?",
    "{city}怎么推进乡村振兴?",
    "{city}{year}年城镇新增就业是不是5万人?",
    "{city}{year}年和{before}年的研发投入分别是多少?",
)
FIRST_YEAR, YEARS, SHIFT, PARAGRAPHS = 1990, 100, 11, 60
KINDS = ("政府工作报告", "科技局工作要点", "教育局工作要点", "发展改革委工作要点", "科技局工作总结", "民政局工作总结")
BATCH, DISTINCT = 200, 600
"""Documents that are prepared at once, and that are read and extracted; all others are these in later years."""
IDS = ("source", "document_id", "passage_id", "goal_id", "measure_id", "part_of", "parent", "serves")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class NoiseEncoder:
    """A vector of noise for each text; no model."""

    fingerprint, dimension = "noise-384", 384

    def encode_queries(self, texts: list[str]) -> FloatArray:
        """Unit vectors that depend on the text alone."""
        noise = [np.random.default_rng(zlib.crc32(text.encode())).standard_normal(384, np.float32) for text in texts]
        unit: FloatArray = np.stack([one / np.linalg.norm(one) for one in noise])
        return unit

    def encode_passages(self, texts: list[str]) -> FloatArray:
        """The same."""
        return self.encode_queries(texts)


def main() -> None:
    """Build, ask in another process, print, write results/scale_answers.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=Path, required=True, help="folder of reports of many cities, as text")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--index", type=Path, help="where the index is, or shall be")
    parser.add_argument("--ask", action="store_true", help="ask the index that is there (used by this script)")
    options = parser.parse_args()
    cities = sorted(path.stem.split("20")[0] for path in options.reports.glob("*.txt"))
    if options.ask:
        print(json.dumps(asked(options.index, cities)))
        return
    with tempfile.TemporaryDirectory() as folder:
        index = options.index or Path(folder) / "index"
        if not index.exists():
            build(options.reports, cities, options.passages, index)
        command = [sys.executable, __file__, "--reports", options.reports, "--index", index, "--ask"]
        figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for name, value in figures.items():
        print(f"{name:<32} {value}")
    path = HERE / "results" / "scale_answers.json"
    every = json.loads(path.read_text("utf-8")) | {str(options.passages): figures}
    path.write_text(json.dumps(every, indent=1) + "\n", "utf-8")


def build(reports: Path, cities: list[str], passages: int, index: Path) -> None:
    """Write documents until they hold as many passages, and index them."""
    paragraphs = [
        line.strip()
        for path in sorted(reports.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if 40 < len(line.strip()) < 1500
    ]
    started, held, rows, documents = time.process_time(), 0, 0, 0
    with FolderWriter(index).adding(NoiseEncoder()) as adding:
        for batch in batches(made(cities, paragraphs), DISTINCT):
            adding.add(batch)
            held, rows = held + len(batch.passages), rows + len(batch.goals)
            documents += len(batch.documents)
            spent, most = time.process_time() - started, resident("VmHWM")
            print(f"{held} passages, {spent:.0f} CPU s, {most} MB at most", end="\r", file=sys.stderr)
            if held >= passages:
                break
        extracted = time.process_time() - started
        adding.finish()
    figures = {
        "documents": documents,
        "passages": held,
        "rows": rows,
        "read and extracted, CPU s": round(extracted),
        "put together, CPU s": round(time.process_time() - started - extracted),
        "resident MB, at most": resident("VmHWM"),
        "index MB": sum(path.stat().st_size for path in index.rglob("*") if path.is_file()) >> 20,
    }
    for name, value in figures.items():
        print(f"{name:<32} {value}")


def batches(documents: Iterator[Document], distinct: int) -> Iterator[Batch]:
    """The first ``distinct`` documents as a build reads them, then copies of them in other years, without end."""
    read = []
    for _ in range(distinct // BATCH):
        own = list(islice(documents, BATCH))
        read.append(prepare(own, {one.source: source_of(one) for one in own}))
        yield read[-1]
    for number in count(1):
        copy = Copy(number)
        for batch in read:
            yield Batch(
                [copy.of(one) for one in batch.documents],
                {copy.named(name): copy.of(one) for name, one in batch.sources.items()},
                [copy.of(one) for one in batch.passages],
                [copy.of(one) for one in batch.goals],
                [copy.of(one) for one in batch.measures],
            )


class Copy:
    """Records with other years in their words, as long as before, so that offsets stay, and other names."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._shift = SHIFT * number % YEARS

    def named(self, name: str) -> str:
        """Of a file, or an id."""
        return f"{self._number:04d}/{name}" if name else name

    def of(self, record: Record) -> Record:
        """The copy of a record."""
        fresh = {one.name: self._of(getattr(record, one.name), one.name in IDS) for one in fields(record)}
        return replace(record, **fresh)

    def _of(self, value: Any, names: bool) -> Any:  # noqa: ANN401 - a field
        if isinstance(value, str):
            return self.named(value) if names else YEAR.sub(lambda match: str(self._year(int(match[0]))), value)
        if isinstance(value, tuple) and value and isinstance(value[0], str):
            return tuple(self._of(one, names) for one in value)
        if isinstance(value, tuple) and value and isinstance(value[0], int):
            return tuple(map(self._year, value))
        if isinstance(value, tuple) and value and isinstance(value[0], Section):
            return tuple(map(self.of, value))
        return value

    def _year(self, year: int) -> int:
        return (
            FIRST_YEAR + (year - FIRST_YEAR + self._shift) % YEARS if FIRST_YEAR <= year < FIRST_YEAR + YEARS else year
        )


def source_of(document: Document):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """The file that the document would come from."""
    from assistant import SourceText

    return SourceText(document.text, "utf-8")


def made(cities: list[str], paragraphs: list[str]) -> Iterator[Document]:
    """A report for each city and year, of paragraphs in a new order."""
    chooser = random.Random(20)
    half = PARAGRAPHS // 2
    for kind, year, city in product(KINDS, range(FIRST_YEAR, 2100), cities):
        body = chooser.sample(paragraphs, PARAGRAPHS)
        heads = (f"{city}{year}年{kind}", f"一、{year - 1}年工作回顾", f"二、{year}年工作安排")
        text = "\n".join([*heads[:2], *body[:half], heads[2], *body[half:]])
        yield from parse_documents(text, f"{kind}/{city}{year}.txt")


def asked(index: Path, cities: list[str]) -> dict[str, float | int]:
    """CPU milliseconds of each question after a warm-up, and the memory of the process."""
    assistant = Assistant.load(index, encoder=NoiseEncoder())
    chooser = random.Random(7)
    questions = questions_of(assistant, cities, chooser)
    about = chooser.choices(list(assistant.store.facts.values()), k=40)
    places = [{"year": one.years[0], "place": one.place} for one in about]
    started = time.process_time()
    assistant.ask(questions[0])
    first = time.process_time() - started
    costs = {
        "search": timed(assistant.search, questions, 20),
        "ask": timed(assistant.ask, questions, 20),
        "goals of a place and year": timed(lambda of: assistant.goals("高新技术企业", **of), places, 5),
        "measures of a place and year": timed(lambda of: assistant.measures("人才", **of), places, 5),
        "goals of a year": timed(lambda of: assistant.goals("高新技术企业", year=of["year"]), places[:6], 1),
        "pairs of a place and year": timed(lambda of: assistant.pairs("专利", **of), places, 5),
    }
    return {
        "documents": len(assistant.store.facts),
        "passages": len(assistant.index),
        "first ask, CPU ms": round(1000 * first, 1),
        **{
            f"{name}, CPU ms, p{part}": round(float(np.percentile(values, part)), 1)
            for name, values in costs.items()
            for part in (50, 95)
        },
        "answered": sum(assistant.ask(question).answered for question in questions),
        "resident MB": resident("VmRSS"),
        "resident MB, at most": resident("VmHWM"),
    }


def questions_of(assistant: Assistant, cities: list[str], chooser: random.Random) -> list[str]:
    """A hundred questions about years and cities of the documents."""
    years = sorted({year for about in assistant.store.facts.values() for year in about.years})
    questions = []
    for number in range(100):
        year = chooser.choice(years[1:])
        words = {"city": chooser.choice(cities), "year": year, "before": year - 1}
        questions.append(QUESTIONS[number % len(QUESTIONS)].format(**words))
    return questions


def timed(call: Callable[[Any], object], given: Sequence[Any], warm: int) -> list[float]:
    """CPU milliseconds of a call with each value, after ``warm`` of them."""
    costs = []
    for one in (*given[:warm], *given):
        started = time.process_time()
        call(one)
        costs.append(1000 * (time.process_time() - started))
    return costs[warm:]


def resident(name: str) -> int:
    """Memory of this process, now or at most, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith(name))


if __name__ == "__main__":
    main()
