"""CPU time of building an index: the encoder's share, and an update after one of 1,000 documents has changed.

python indexing.py --reports FOLDER [--documents 1000]

FOLDER holds texts to cut into documents. The build and the update are whole processes of `bureau index`. Writes
results/indexing.json.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from assistant import Assistant, BundledEncoder
from assistant.interfaces import FloatArray

HERE = Path(__file__).parent


class TimedEncoder(BundledEncoder):
    """The bundled encoder, which adds up the CPU time of its process while it encodes."""

    seconds = 0.0

    def encode_passages(self, texts: list[str]) -> FloatArray:
        """Vectors, timed."""
        begun = time.process_time()
        vectors = super().encode_passages(texts)
        self.seconds += time.process_time() - begun
        return vectors


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=1_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        documents = write_documents(options.reports, folder / "corpus", options.documents)
        share = encoder_share(folder / "corpus", folder / "other")
        full, passages = indexed(folder)
        nothing, _ = indexed(folder)
        changed = documents[len(documents) // 2]
        changed.write_text(changed.read_text(encoding="utf-8") + "\n新增专利申请321件。\n", encoding="utf-8")
        update, _ = indexed(folder)
    result = {
        "documents": len(documents),
        "passages": passages,
        "encoder_share_of_build": round(share, 3),
        "build_cpu_seconds": round(full, 2),
        "update_of_one_cpu_seconds": round(update, 2),
        "nothing_changed_cpu_seconds": round(nothing, 2),
        "update_over_build": round(update / full, 4),
    }
    (HERE / "results" / "indexing.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


def write_documents(reports: Path, folder: Path, count: int) -> list[Path]:
    """The texts, cut at sentence ends into ``count`` files of about one length."""
    folder.mkdir()
    texts = [path.read_text(encoding="utf-8-sig").replace("。", "。\n") for path in sorted(reports.iterdir())]
    lines = [line for text in texts for line in text.splitlines() if line]
    length = sum(map(len, lines)) * 0.97 // count
    written: list[Path] = []
    part: list[str] = []
    for line in lines:
        part.append(line)
        if sum(map(len, part)) >= length and len(written) < count:
            written.append(folder / f"{len(written):04d}.txt")
            written[-1].write_text(f"第{len(written)}号工作总结\n" + "\n".join(part), encoding="utf-8")
            part = []
    return written


def encoder_share(corpus: Path, index: Path) -> float:
    """The encoder's share of the CPU time of a build in this process."""
    encoder = TimedEncoder()
    begun = time.process_time()
    Assistant.build(corpus, index, encoder=encoder)
    return encoder.seconds / (time.process_time() - begun)


def indexed(folder: Path) -> tuple[float, int]:
    """CPU seconds of a whole process of `bureau index`, and how many passages it tells."""
    command = [sys.executable, "-m", "assistant", "index", "--corpus", "corpus", "--index", "index", "--json"]
    before = os.times()
    done = subprocess.run(command, check=True, capture_output=True, cwd=folder)
    after = os.times()
    told: dict[str, Any] = json.loads(done.stdout)
    seconds = after.children_user - before.children_user + after.children_system - before.children_system
    return seconds, int(told["passages"])


if __name__ == "__main__":
    main()
