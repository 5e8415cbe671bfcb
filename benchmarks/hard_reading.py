"""What reading costs where it is hard: a table of ten thousand rows, a long line of numbers, adversarial text.

usage: hard_reading.py [--expressions]

Prints CPU seconds. ``--expressions`` runs every regular expression of the package over adversarial strings of 20,000
characters, each in a process that is stopped after four seconds, and names those that take more than half a second.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import pkgutil
import re
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

import assistant
from assistant import parse_documents
from assistant.documents.formats import read_with
from assistant.facts.goals import extract_goals

LENGTH = 20_000
LONG, LIMIT = 0.5, 4.0
PIECES = (
    "1", "x", "*", " ", "1 ", "中", "一", ".", "| ", "- ", "-", "(", "《", "1万", "1,", "比", "#",
    "达到1,234.5万元以上、",
    "-:|", "百千万亿", "2023年", "十", "由", "的", "、",
    "中、", "第1页 ", "\t", "_", "a_1", "（甲", "中\n", "某市", "科技局",
    "比上年", "&%", "万", "一万", "1至", "xx.", "分别为", "比中",
)  # fmt: skip


def table_seconds(folder: Path) -> dict[str, float]:
    """CPU seconds of reading, parsing and extracting a sheet of 10,000 rows and 20,000 numbers."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["指标", "单位", "2023年完成", "2024年目标"])
    for number in range(10_000):
        sheet.append([f"指标{number}号申请量", "件", number + 0.5, 2 * number + 1])
    book.save(folder / "table.xlsx")
    marks = [time.process_time()]
    source = read_with(folder / "table.xlsx", "spreadsheet")
    marks.append(time.process_time())
    (document,) = parse_documents(source, "table.xlsx")
    marks.append(time.process_time())
    rows = len(extract_goals(document))
    marks.append(time.process_time())
    steps = dict(zip(("read", "parse", "extract"), (after - before for before, after in pairwise(marks)), strict=True))
    return steps | {"all": marks[-1] - marks[0], "rows": rows}


def line_seconds(characters: int) -> float:
    """CPU seconds of parsing and extracting one line full of numbers."""
    text = ("专利申请量达到2300件以上，技术合同成交额8.5亿元，" * (characters // 28 + 1))[:characters]
    begin = time.process_time()
    (document,) = parse_documents(text, "line.txt")
    extract_goals(document)
    return time.process_time() - begin


def expressions() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern of the package's modules, each once, with a name."""
    seen: set[str] = set()
    for module in pkgutil.walk_packages(assistant.__path__, "assistant."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for one in value if isinstance(value, tuple | list) else (value,):
                if isinstance(one, re.Pattern) and isinstance(one.pattern, str) and one.pattern not in seen:
                    seen.add(one.pattern)
                    yield f"{module.name}.{name}", one


def _time(pattern: re.Pattern[str], answers: Connection) -> None:
    for piece in PIECES:
        text = (piece * LENGTH)[:LENGTH]
        begin = time.process_time()
        for _ in pattern.finditer(text):
            pass
        pattern.fullmatch(text)
        answers.send(time.process_time() - begin)


def slow_expressions() -> Iterator[str]:
    """The patterns that take long, with the piece that they take long over."""
    for name, pattern in expressions():
        answers, end = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=_time, args=(pattern, end))
        process.start()
        for piece in PIECES:
            taken = answers.recv() if answers.poll(LIMIT) else LIMIT
            if taken > LONG:
                yield f"{name} over {piece!r}: {taken:.1f} s"
            if taken == LIMIT:
                process.terminate()
                break
        process.join()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--expressions", action="store_true")
    options = parser.parse_args()
    if options.expressions:
        found = list(slow_expressions())
        print("\n".join(found) or "no expression takes long")
        return
    with tempfile.TemporaryDirectory() as folder:
        print("table of 10,000 rows:", {name: round(one, 2) for name, one in table_seconds(Path(folder)).items()})
    for characters in (500_000, 1_000_000):
        print(f"one line of {characters:,} characters: {line_seconds(characters):.1f} s")


if __name__ == "__main__":
    main()
