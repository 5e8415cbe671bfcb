"""What users say of answers is kept, listed and made into questions."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Office

from assistant import FeedbackError
from assistant.cli.feedback import feedback
from assistant.evaluation.judgements import read_judgements
from assistant.feedback import feedback_of

QUESTION, OTHER = "丙市2014年专利申请量的目标是多少?", "丙市2014年珍珠产量的目标是多少?"


def test_verdicts_are_kept_with_what_they_are_of(office: Office, tmp_path: Path) -> None:
    built = office(丙市科技局2014年工作要点="专利申请量达到2300件以上。")
    store = feedback_of(tmp_path / "index")
    assert store.all() == []
    number = store.add("wrong number", built.ask(QUESTION), user="li")
    store.explain(number, "应为2310件")
    (one,) = store.all()
    assert (one.number, one.user, one.verdict, one.reason, one.state) == (
        1,
        "li",
        "wrong number",
        "应为2310件",
        "answered",
    )
    assert (one.question, one.answer) == (QUESTION, "专利申请量达到2300件以上[1]")
    assert one.citations == [
        {
            "source": "丙市科技局2014年工作要点.txt",
            "original_start": 15,
            "original_end": 30,
            "quote": "专利申请量达到2300件以上。",
        }
    ]


def test_useful_answers_become_questions_that_are_evaluated(office: Office, tmp_path: Path) -> None:
    built = office(丙市科技局2014年工作要点="专利申请量达到2300件以上。")
    store = feedback_of(tmp_path / "index")
    store.add("useless", built.ask(QUESTION))
    store.add("useful", built.ask(QUESTION))
    store.add("useful", built.ask(OTHER))
    store.add("useful", built.ask("您好"))
    exported = tmp_path / "questions.jsonl"
    told = CliRunner().invoke(feedback, ["--index", str(tmp_path / "index"), "--export", str(exported)])
    assert (told.exit_code, "2 个问题。另有 1 条" in told.output) == (0, True)
    first, second = read_judgements(exported)
    assert (first.question, [(one.source, one.start, one.end) for one in first.spans]) == (
        QUESTION,
        [("丙市科技局2014年工作要点.txt", 15, 30)],
    )
    assert (second.question, second.answerable) == (OTHER, False)


def test_the_last_verdict_over_a_question_counts(office: Office, tmp_path: Path) -> None:
    built = office(丙市科技局2014年工作要点="专利申请量达到2300件以上。")
    store = feedback_of(tmp_path / "index")
    for verdict in ("useful", "useless"):
        store.add(verdict, built.ask(QUESTION))
    told = CliRunner().invoke(feedback, ["--index", str(tmp_path / "index"), "--export", str(tmp_path / "q.jsonl")])
    assert told.exit_code == 1
    assert not (tmp_path / "q.jsonl").exists()


def test_verdicts_are_listed(office: Office, tmp_path: Path) -> None:
    built = office(丙市科技局2014年工作要点="专利申请量达到2300件以上。")
    feedback_of(tmp_path / "index").add("useless", built.ask(QUESTION), reason="太\n短")
    where = ["--index", str(tmp_path / "index")]
    plain = CliRunner().invoke(feedback, where).output
    assert plain.endswith(f"没用 {QUESTION} 太 短\n")
    (record,) = json.loads(CliRunner().invoke(feedback, [*where, "--json"]).output)
    assert (record["verdict"], record["question"], record["reason"]) == ("useless", QUESTION, "太\n短")


def test_a_file_that_is_no_database_is_an_error_that_says_what_to_do(office: Office, tmp_path: Path) -> None:
    built = office(丙市科技局2014年工作要点="专利申请量达到2300件以上。")
    path = feedback_of(tmp_path / "index").path
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(FeedbackError, match="move a damaged file away"):
        feedback_of(tmp_path / "index").add("useful", built.ask(QUESTION))
    assert path.read_bytes() == b"not a database" * 100
    if os.name == "posix" and os.geteuid():
        path.unlink()
        path.parent.chmod(0o500)
        with pytest.raises(FeedbackError, match="check the folder"):
            feedback_of(tmp_path / "index").add("useful", built.ask(QUESTION))
