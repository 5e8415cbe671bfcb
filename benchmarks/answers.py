"""Answers on the corpus: are they right, refused where they must be, proof against alteration, and what do they cost?

python answers.py                                             the questions beside this file
python answers.py --reports FOLDER --growth QUESTIONS         and those on reports of many cities
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from altered_answers import altered

from assistant import Answer, Assistant, Turn, kept
from assistant.answering.checking.guarantee import violations
from assistant.evaluation import is_quoted
from assistant.evaluation.judgements import read_judgements
from assistant.evaluation.metrics import precision_and_recall

HERE = Path(__file__).parent
ABSENT_YEARS = (2019, 2020, 2021, 2031)
ABSENT_CITIES = (
    *("伦敦", "拉萨", "甲乙", "青岛", "深圳", "高雄", "温岭", "义乌", "昆山", "大同", "延安", "敦煌", "东京", "巴黎"),
    *(
        "海口",
        "张家界",
        "景德镇",
        "丽江",
        "日照",
        "洛阳",
        "开封",
        "曲阜",
        "秦皇岛",
        "威海",
        "承德",
        "吐鲁番",
        "喀什",
        "漠河",
    ),
)


def main() -> None:
    """Measure, print a table, write results/answers.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=Path, help="folder of reports of many cities")
    parser.add_argument("--growth", type=Path, help="questions on them: question, answers, source")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Assistant.build(HERE.parent / "corpus", Path(folder) / "corpus")
        results = {name: measured(corpus, HERE / f"{name}.jsonl") for name in ("questions", "own_questions")}
        results["follow_ups"] = conversations(corpus, HERE / "follow_ups.jsonl")
        results["altered answers"] = alterations(corpus, questions_of(HERE / "questions.jsonl"))
        results["cost"] = cost(corpus, questions_of(HERE / "questions.jsonl"))
        if options.reports and options.growth:
            reports = Assistant.build(options.reports, Path(folder) / "reports")
            results["city reports"] = city_reports(reports, options.growth)
    for name, figures in results.items():
        print(name)
        for figure, value in figures.items():
            print(f"  {figure:<36} {value:.3f}" if isinstance(value, float) else f"  {figure:<36} {value}")
    (HERE / "results" / "answers.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")


def records(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def questions_of(path: Path) -> list[str]:
    """The questions of a file."""
    return [str(record["question"]) for record in records(path)]


def holds(answer: Answer, expected: Sequence[str], need: str) -> bool:
    """Whether the answer or its quotes tell all (or any) of the expected words."""
    told = _squeezed(answer.text + "".join(one.quote for one in answer.citations))
    found = [_squeezed(words) in told for words in expected]
    return bool(found) and (all(found) if need == "all" else any(found))


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def measured(assistant: Assistant, path: Path) -> dict[str, Any]:
    """Right: all evidence is quoted, or the expected words are told; for a question without an answer: refused."""
    right, several, refused, unanswerable, sound = [], [], [], [], 0
    for record, judgement in zip(records(path), read_judgements(path), strict=True):
        answer = assistant.ask(judgement.question)
        sound += not violations(answer, assistant.store)
        refused.append(not answer.answered)
        unanswerable.append(not judgement.answerable)
        if judgement.answerable:
            quoted = [is_quoted(answer, judgement, number) for number in range(len(judgement.spans))]
            supported = all(quoted) if judgement.need == "all" else any(quoted)
            right.append(answer.answered and (supported or holds(answer, record.get("expect", ()), judgement.need)))
            if record["kind"] in ("list", "compare"):
                several.append(right[-1])
    precision, recall = precision_and_recall(refused, unanswerable)
    return {
        "questions": len(refused),
        "answerable": len(right),
        "right": sum(right) / len(right),
        "lists and comparisons whole": sum(several) / len(several),
        "refusal precision": precision,
        "refusal recall": recall,
        "answers that keep the guarantee": sound / len(refused),
    }


def conversations(assistant: Assistant, path: Path) -> dict[str, Any]:
    """How many last turns are right."""
    right = 0
    lines = records(path)
    for record in lines:
        turns: tuple[Turn, ...] = ()
        for question in record["turns"]:
            (turn,) = assistant.converse(question, turns=turns)
            turns = kept(turns, turn)
        answer = turns[-1].answer
        right += holds(answer, record["expect"], "all") if record["answerable"] else not answer.answered
    return {"conversations": len(lines), "last turn right": right / len(lines)}


def alterations(assistant: Assistant, questions: list[str]) -> dict[str, Any]:
    """How many altered answers pass the guarantee; none may."""
    tried = accepted = 0
    for question in questions:
        answer = assistant.ask(question)
        for one in altered(answer) if answer.answered else ():
            tried += 1
            accepted += not violations(one, assistant.store)
    return {"tried": tried, "accepted": accepted}


class TimedEncoder:
    """An encoder whose CPU time is told apart."""

    def __init__(self, encoder: Any) -> None:  # noqa: ANN401
        self._encoder = encoder
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.seconds = 0.0

    def encode_queries(self, texts: list[str]) -> Any:  # noqa: ANN401
        """Encode and add the time."""
        return self._timed(self._encoder.encode_queries, texts)

    def encode_passages(self, texts: list[str]) -> Any:  # noqa: ANN401
        """Encode and add the time."""
        return self._timed(self._encoder.encode_passages, texts)

    def _timed(self, encode: Any, texts: list[str]) -> Any:  # noqa: ANN401
        started = time.process_time()
        vectors = encode(texts)
        self.seconds += time.process_time() - started
        return vectors


def cost(assistant: Assistant, questions: list[str]) -> dict[str, Any]:
    """Milliseconds of CPU an answer, with and without the encoder; each question once, after a first one."""
    timed = TimedEncoder(assistant.encoder)
    assistant = Assistant(assistant.index, assistant.store, timed)
    beyond, encoder = [], []
    for question in [questions[0], *questions]:
        timed.seconds, started = 0.0, time.process_time()
        assistant.ask(question)
        spent = time.process_time() - started
        beyond.append(1000 * (spent - timed.seconds))
        encoder.append(1000 * timed.seconds)
    return {
        "beyond the encoder, p50 ms": float(np.percentile(beyond[1:], 50)),
        "beyond the encoder, p95 ms": float(np.percentile(beyond[1:], 95)),
        "encoder, p50 ms": float(np.percentile(encoder[1:], 50)),
        "encoder, p95 ms": float(np.percentile(encoder[1:], 95)),
    }


def city_reports(assistant: Assistant, path: Path) -> dict[str, Any]:
    """Whether the right city's report tells the right value, and questions on absent years and cities are refused."""
    lines = records(path)
    source = value = 0
    for record in lines:
        answer = assistant.ask(record["question"])
        right = bool(answer.citations) and answer.citations[0].source == record["source"]
        source += right
        value += right and any(words in answer.text for words in record["answers"])
    absent = list(_absent(lines))
    refused = sum(not assistant.ask(question).answered for question in absent)
    return {
        "questions": len(lines),
        "right report": source / len(lines),
        "right value": value / len(lines),
        "absent years and cities": len(absent),
        "refused": refused / len(absent),
    }


def _absent(lines: list[dict[str, Any]]) -> Iterator[str]:
    """60 questions: another year of a city that is there, and cities that are not."""
    for number, record in enumerate(lines[: 60 - len(ABSENT_CITIES)]):
        yield record["question"].replace("2024", str(ABSENT_YEARS[number % len(ABSENT_YEARS)]))
    for city in ABSENT_CITIES:
        yield f"{city}市2024年政府工作报告提出的地区生产总值增长预期目标是多少?"


if __name__ == "__main__":
    main()
