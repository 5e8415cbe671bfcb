"""Measure the reader: repair, furniture, outline, encodings, speed.

    python benchmarks/reading.py [--damage damage.jsonl] [--reports FOLDER]

``--damage``: judged damaged runs of the corpus, one JSON object a line with doc, offset, observed, repaired, certain.
``--reports``: clean documents; they must come out unchanged, and are damaged by `web_damage` to be mended again.
Prints one JSON object and writes it to benchmarks/results/reading.json.
"""

from __future__ import annotations

import argparse
import codecs
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from web_damage import damage

from assistant import Document, parse_documents
from assistant.documents.cleaning.aligned_text import AlignedText
from assistant.documents.cleaning.normalization import normalize_spaces, simplify
from assistant.documents.cleaning.repair import repair
from assistant.documents.formats.encodings import decode
from assistant.documents.loading import read_source
from assistant.language.normalization import to_simplified

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
NARROW = str.maketrans("，；？：（）", ",;?:()")
CONTEXT = 4
SAMPLE = "二、工作目标\n5.专利申请量达到2300件以上,其中发明占10%以上。"


def rows(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_text(path: Path) -> str:
    """A file with its line ends as they are, as offsets count them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return file.read()


def damage_figures(path: Path) -> dict[str, int]:
    """Judged runs: exact, marked as not mended, wrong."""
    outcomes: Counter[str] = Counter()
    mended: dict[str, AlignedText] = {}
    for row in rows(path):
        if row["certain"] is not True:
            continue
        name = row["doc"]
        if name not in mended:
            mended[name] = simplify(repair(normalize_spaces(AlignedText.from_original(read_text(CORPUS / name)))))
        aligned, start, end = mended[name], row["offset"], row["offset"] + len(row["observed"])
        inside = np.flatnonzero((aligned.starts < end) & (aligned.ends > start))
        got = aligned.text[inside[0] : inside[-1] + 1]
        marked = any(aligned.is_marked(int(place)) for place in inside)
        outcomes["exact" if got == row["repaired"] else "marked" if marked else "wrong"] += 1
    return dict(outcomes)


def undone_damage(reports: list[str]) -> dict[str, int]:
    """Damage made by the forward model: runs mended right, mended wrong, marked; ? left in the text."""
    outcomes: Counter[str] = Counter()
    for seed, report in enumerate(reports):
        damaged = damage(report, seed)
        aligned = repair(AlignedText.from_original(damaged))
        clean = to_simplified(damage_free(report)).split("\n")
        breaks = [match.end() for match in re.finditer("\n", damaged)]
        for one in aligned.repairs:
            if one.kind != "byte_shift":
                continue
            line = clean[int(np.searchsorted(breaks, one.original_start, "right"))]
            outcomes[_outcome(aligned, one.original_start, one.after, line) if one.certain else "marked"] += 1
    return dict(outcomes)


def damage_free(report: str) -> str:
    """The report through the forward model's change of script alone."""
    from opencc import OpenCC

    return str(OpenCC("s2t").convert(report)).translate(NARROW)


def _outcome(aligned: AlignedText, original_start: int, after: str, line: str) -> str:
    """Right where the mended run stands in the clean line with its neighbours of one side."""
    start = int(np.searchsorted(aligned.starts, original_start))
    end = start + len(after)
    left = re.split(r"[?\n]", to_simplified(aligned.text[max(0, start - CONTEXT) : start]))[-1]
    right = re.split(r"[?\n]", to_simplified(aligned.text[end : end + CONTEXT]))[0]
    run = to_simplified(after).translate(NARROW)
    return "right" if left + run in line or run + right in line else "wrong"


def furniture_figures(works: dict[str, list[Document]]) -> dict[str, int]:
    """Listed furniture lines that are dropped, and how many lines are dropped in all."""
    listed = list(rows(HERE / "furniture.jsonl"))
    dropped = {name: Counter(line for line in found[0].dropped) for name, found in works.items()}
    gone = 0
    for row in listed:
        text = simplify(repair(normalize_spaces(AlignedText.from_original(row["text"])))).text
        gone += dropped[row["source"]][text] > 0
    return {"listed": len(listed), "dropped": gone, "dropped_in_all": sum(map(Counter.total, dropped.values()))}


def outline_figures(works: dict[str, list[Document]]) -> dict[str, int]:
    """Judged headings with the right level and parent, and headings found that nobody listed."""
    judged = rows(HERE / "outline.jsonl")
    found: dict[tuple[str, int], tuple[int, int | None]] = {}
    for name in {row["source"] for row in judged}:
        (document,) = works[name]
        starts = [document.alignment.original_span(one.start, one.start + 1)[0] for one in document.sections]
        for place, one in enumerate(document.sections[1:], start=1):
            found[name, starts[place]] = (one.level, starts[one.parent] if one.parent else None)
    right = sum(found.get((row["source"], row["start"])) == (row["level"], row["parent"]) for row in judged)
    return {"judged": len(judged), "right": right, "extra": len(found) - len(judged)}


def encoding_figures() -> dict[str, bool]:
    """Whether one text reads right in each encoding."""
    from opencc import OpenCC

    traditional = str(OpenCC("s2t").convert(SAMPLE))
    cases = {
        "utf-8": (SAMPLE.encode(), SAMPLE),
        "utf-8 with mark": (SAMPLE.encode("utf-8-sig"), SAMPLE),
        "gb18030": (SAMPLE.encode("gb18030"), SAMPLE),
        "gbk cut in a character": (SAMPLE.encode("gbk")[:-1], SAMPLE[:-1]),
        "big5": (traditional.encode("big5"), traditional),
        "utf-16-le": (SAMPLE.encode("utf-16-le"), SAMPLE),
        "utf-16-be": (SAMPLE.encode("utf-16-be"), SAMPLE),
        "utf-16-le with mark": (codecs.BOM_UTF16_LE + SAMPLE.encode("utf-16-le"), SAMPLE),
        "utf-16-be with mark": (codecs.BOM_UTF16_BE + SAMPLE.encode("utf-16-be"), SAMPLE),
        "gb18030 of 17 bytes": ("专利申请量12件。a".encode("gb18030"), "专利申请量12件。a"),
    }
    return {name: decode(content).text == text for name, (content, text) in cases.items()}


def repair_speed(reports: list[str]) -> float:
    """Characters of clean text through the repair per second of CPU time, in millions."""
    prepared = [normalize_spaces(AlignedText.from_original(report)) for report in reports]
    begin = time.process_time()
    for aligned in prepared:
        repair(aligned)
    return round(sum(map(len, reports)) / (time.process_time() - begin) / 1e6, 2)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else None)
    parser.add_argument("--damage", type=Path)
    parser.add_argument("--reports", type=Path)
    arguments = parser.parse_args()
    works = {path.name: parse_documents(read_source(path), path.name) for path in sorted(CORPUS.glob("*.txt"))}
    figures: dict[str, Any] = {
        "furniture": furniture_figures(works),
        "outline": outline_figures(works),
        "encodings": encoding_figures(),
    }
    if arguments.damage:
        figures["damaged runs"] = damage_figures(arguments.damage)
    if arguments.reports:
        paths = sorted(arguments.reports.glob("*.txt"))
        reports = [read_text(path) for path in paths]
        read = [one for path in paths for one in parse_documents(read_source(path), path.name)]
        figures["clean reports"] = {
            "files": len(paths),
            "repairs": sum(len(one.repairs) for one in read),
            "lines dropped": sum(len(one.dropped) for one in read),
            "million characters repaired per CPU second": repair_speed(reports),
        }
        figures["damage made and undone"] = undone_damage(reports)
    text = json.dumps(figures, ensure_ascii=False, indent=2)
    (HERE / "results" / "reading.json").write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
