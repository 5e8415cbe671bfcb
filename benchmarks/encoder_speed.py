"""Light runtime against sentence-transformers over the same weights: CPU time a passage, and cosine.

    python benchmarks/encoder_speed.py [--folder corpus] [--rounds 7]

Both run on one thread, in turn, round after round, so that a machine that slows down slows both. Passages are
200 characters of the documents in the folder. Writes results/encoder_speed.json.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

from assistant.documents.corpus import read_documents  # noqa: E402
from assistant.interfaces import Encoder, FloatArray  # noqa: E402
from assistant.retrieval.encoders.bundled import BundledEncoder  # noqa: E402
from assistant.retrieval.encoders.sentence_transformer import SentenceTransformerEncoder  # noqa: E402

HERE = Path(__file__).parent


def cpu_milliseconds(encoder: Encoder, passages: list[str]) -> tuple[float, FloatArray]:
    """CPU time a passage, and the vectors."""
    begin = time.process_time()
    vectors = encoder.encode_passages(passages)
    return (time.process_time() - begin) / len(passages) * 1000, vectors


def main() -> None:
    """Measure, print, write."""
    import torch

    torch.set_num_threads(1)
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, default=HERE.parent / "corpus")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    text = "".join(document.text for document in read_documents(options.folder)).replace("\n", "")
    passages = [text[start : start + 200] for start in range(0, min(len(text), 12_800), 200)]
    light, torch_encoder = BundledEncoder(threads=1), SentenceTransformerEncoder("bundled")
    ratios, light_times, torch_times = [], [], []
    for _ in range(options.rounds):
        torch_time, expected = cpu_milliseconds(torch_encoder, passages)
        light_time, vectors = cpu_milliseconds(light, passages)
        ratios.append(torch_time / light_time)
        torch_times.append(torch_time)
        light_times.append(light_time)
    cosines = (vectors * expected).sum(axis=1)
    result = {
        "passages": len(passages),
        "passages_per_cpu_second_ratio": {
            "median": round(statistics.median(ratios), 2),
            "minimum": round(min(ratios), 2),
            "maximum": round(max(ratios), 2),
        },
        "cpu_milliseconds_a_passage": {
            "light": round(statistics.median(light_times), 1),
            "sentence_transformers_float32": round(statistics.median(torch_times), 1),
        },
        "cosine": {"mean": round(float(cosines.mean()), 5), "minimum": round(float(cosines.min()), 5)},
    }
    (HERE / "results" / "encoder_speed.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
