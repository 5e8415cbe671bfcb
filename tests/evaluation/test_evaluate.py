from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import Assistant, JudgementError, evaluate
from assistant.evaluation.judgements import Judgement, Span, read_judgements

ROOT = Path(__file__).parent.parent.parent
PLAN = "003_6c7405a0fd13b55c.txt"


def test_figures_of_three_questions_by_hand(seeds: Assistant) -> None:
    """The first is found first and quoted; the second's span lies where no search looks; the third is refused."""
    asked = "平湖市2013年专利申请量的目标是多少?"
    judgements = [
        Judgement("right", asked, "plain", "all", (Span(PLAN, 894, 907),)),
        Judgement("wrong", asked, "plain", "all", (Span("000_6388d49793ab5cef.txt", 0, 10),)),
        Judgement("none", "平湖市2014年专利申请量的目标是多少?", "plain", "all", ()),
    ]
    figures = evaluate(seeds, judgements).figures
    assert (figures["questions"], figures["answerable"], figures["recall@1"]) == (3, 2, 0.5)
    assert (figures["answer_accuracy"], figures["quote_validity"]) == (0.5, 1.0)
    assert (figures["refusal_precision"], figures["refusal_recall"]) == (1.0, 1.0)


@pytest.mark.slow
def test_the_development_questions_reach_what_the_readme_states(seeds: Assistant) -> None:
    figures = evaluate(seeds, read_judgements(ROOT / "benchmarks" / "questions.jsonl")).figures
    least = {"recall@1": 0.62, "recall@5": 0.85, "refusal_precision": 0.6, "refusal_recall": 0.6}
    assert figures["quote_validity"] == 1.0
    for name, value in least.items():
        figure = figures[name]
        assert figure is not None
        assert figure >= value, name


@pytest.mark.parametrize("line", ["[]", "{", '{"id": 1, "question": "q"}', '{"id":1,"question":"q","locations":[{}]}'])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "questions.jsonl"
    good = json.dumps({"id": "a", "question": "q", "locations": []})
    path.write_text(f"{good}\n\n{line}\n")
    with pytest.raises(JudgementError, match="line 3"):
        read_judgements(path)


def test_a_missing_or_empty_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    for name in ("none.jsonl", "empty.jsonl"):
        with pytest.raises(JudgementError):
            read_judgements(tmp_path / name)
