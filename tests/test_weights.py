"""Rules and weights whose removal would change an answer, each held by one case worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import HashingEncoder

from assistant import Assistant, Citation, extract_goals, extract_measures, parse_documents
from assistant.answering.checking.citations import repeats
from assistant.answering.checking.claims import verdict
from assistant.interfaces import Encoder, FloatArray


class FlatEncoder:
    """One vector for every text: meaning tells nothing, words alone do."""

    fingerprint, dimension = "flat-4", 4

    def encode_queries(self, texts: list[str]) -> FloatArray:
        return np.full((len(texts), 4), 0.5, np.float32)

    encode_passages = encode_queries


def built(folder: Path, encoder: Encoder | None = None, /, **files: str) -> Assistant:
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in files.items():
        (corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    return Assistant.build(corpus, folder / "index", encoder=encoder or HashingEncoder())


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("航天飞机零件加工怎么组织", False),  # of its characters only 工 stands there
        ("科普宣传怎么组织", True),
        ("航天飞机零件运输车间月球雷达制冷科普宣传活动多少场", False),
        ("科普宣传活动多少场", True),
    ],
)
def test_words_that_share_next_to_nothing_are_no_answer(tmp_path: Path, question: str, answered: bool) -> None:
    text = "安吉县2013年总结\n一、成绩\n各镇开展科普宣传活动32场,走进工厂。\n"
    assert built(tmp_path, FlatEncoder(), a=text).ask(question).answered is answered


def test_quotes_come_from_one_document(tmp_path: Path) -> None:
    first = "安吉县科技局2013年工作总结\n一、成绩\n科技特派员下乡指导茶叶种植。\n"
    second = "长兴县科技局2013年工作总结\n一、成绩\n专利质押融资平台开通运行。\n"
    answer = built(tmp_path, a=first, b=second).ask("科技特派员下乡和专利质押融资平台的情况")
    assert len({one.source for one in answer.citations}) == 1


def test_a_share_does_not_answer_a_count(tmp_path: Path) -> None:
    text = "安吉县科技局2013年工作总结\n一、成绩\n高新技术企业占规上企业比重35%。\n"
    assistant = built(tmp_path, a=text)
    assert not assistant.ask("安吉县2013年高新技术企业多少家?").answered
    assert not assistant.ask("安吉县2013年高新技术企业是多少?").answered
    assert "35%" in assistant.ask("安吉县2013年高新技术企业占规上企业比重多少?").text


@pytest.mark.parametrize(
    ("question", "stated", "holds"),
    [
        ("企业超过20家吗?", "企业不超过20家", False),  # (20, inf) and (-inf, 20] share nothing
        ("企业不少于20家吗?", "企业不超过20家", None),  # 20 is in both
        ("企业少于20家吗?", "企业不少于20家", False),
        ("企业超过20家吗?", "企业不少于20家", None),
        ("企业不到20家吗?", "企业超过20家", False),
    ],
)
def test_intervals_that_touch(question: str, stated: str, holds: bool | None) -> None:
    assert verdict(question, stated) is holds


def test_a_plan_of_the_year_knows_better_than_the_outlook_before_it(tmp_path: Path) -> None:
    """Both tell the goal of 2014; the summary of 2013 says it in a heading and is found first."""
    summary = (
        "安吉县科技局2013年工作总结\n一、2013年工作回顾\n工作顺利。\n"
        "二、2014年专利申请量工作目标\n专利申请量达到900件。\n"
    )
    plan = (
        "安吉县科技局2014年工作要点\n一、工作思路\n强化服务,优化环境,完善机制,搭建平台。\n"
        "二、工作目标\n加强合作,严格考核,狠抓落实,营造氛围,专利申请量达到950件。\n"
    )
    others = {
        f"z{number}": f"长兴县农业局2010年工作总结\n一、成绩\n粮食生产{number}万吨,蔬菜基地{number}个。\n"
        for number in range(1, 6)
    }
    assistant = built(tmp_path, a=summary, b=plan, **others)
    question = "2014年专利申请量的目标是多少件?"
    assert [hit.passage.source for hit in assistant.search(question, k=2)] == ["a.txt", "b.txt"]
    assert assistant.ask(question).citations[0].source == "b.txt"


def test_a_list_below_the_heading_of_another_year_is_not_the_one_asked(tmp_path: Path) -> None:
    text = (
        "安吉县科技局2013年工作总结\n一、2013年主要任务\n1.抓科普。\n2.抓专利。\n"
        "二、2014年主要任务\n1.抓人才。\n2.抓平台。\n3.抓项目。\n"
    )
    assistant = built(tmp_path, a=text)
    told = assistant.ask("2014年的主要任务有哪些?").text
    assert told.startswith("共 3 条")
    assert "抓科普" not in told
    assert assistant.ask("2013年的主要任务有哪些?").text.startswith("共 2 条")


def test_quotes_that_only_touch_do_not_repeat() -> None:
    def quote(start: int, end: int, words: str) -> Citation:
        return Citation(1, "a@0", "a.txt", "", (), words, start, end, start, end, words)

    first = quote(0, 5, "专利申请量")
    assert not repeats(quote(5, 10, "达到3件。"), [first])
    assert not repeats(quote(5, 10, "达到3件。"), [quote(10, 15, "研发投入。")])
    assert repeats(quote(4, 10, "量达到3件。"), [first])
    assert repeats(quote(20, 22, "专利"), [first])


@pytest.mark.parametrize(("level", "pairs"), [("省", 1), ("市", 0)])
def test_levels_that_differ_do_not_pair(tmp_path: Path, level: str, pairs: int) -> None:
    """新技术示范企业 of the same words, one of the province and one of the city."""
    plan = "安吉县科技局2013年工作要点\n一、目标\n省级示范企业12家。\n"
    summary = f"安吉县科技局2013年工作总结\n一、成绩\n{level}级示范企业15家。\n"
    found = built(tmp_path, a=plan, b=summary).pairs()
    assert len(found) == pairs


def test_the_level_alone_sets_rows_apart() -> None:
    from dataclasses import replace

    from assistant.facts.pairing import _relation

    (document,) = parse_documents("安吉县科技局2013年工作要点\n一、目标\n省级示范企业12家。\n", "a.txt")
    (goal,) = extract_goals(document)
    other = replace(goal, goal_id="b", document_id="b", status="achieved")
    assert goal.level == "省级"
    assert _relation(goal, other) == "planned and achieved"
    assert _relation(goal, replace(other, level="市级")) is None
    assert _relation(goal, replace(other, level="")) == "planned and achieved"


def test_headings_count_three_times() -> None:
    from assistant.retrieval.context import sparse_tokens
    from assistant.testing import sample

    batch, _ = sample()
    passage = next(one for one in batch.passages if "2415" in one.text)
    about = next(one for one in batch.documents if one.document_id == passage.document_id)
    tokens = sparse_tokens(passage, about)
    assert tokens.count("总结") == 3 + passage.text.count("总结")
    assert tokens.count("专利") == passage.text.count("专利") == 2


@pytest.mark.parametrize(
    ("sentence", "status"),
    [("到2013年底培育企业5家。", "achieved"), ("到2014年底培育企业5家。", "planned")],
)
def test_what_a_report_tells_of_its_own_year_is_done(sentence: str, status: str) -> None:
    (document,) = parse_documents(f"安吉县科技局2013年工作总结\n一、2013年工作回顾\n{sentence}\n", "a.txt")
    (goal,) = extract_goals(document)
    assert (goal.value, goal.status) == (5, status)


@pytest.mark.parametrize(
    ("sentence", "status"), [("2013年培育企业5家。", "planned"), ("2012年培育企业5家。", "achieved")]
)
def test_what_a_plan_tells_of_its_own_year_is_planned(sentence: str, status: str) -> None:
    (document,) = parse_documents(f"安吉县科技局2013年工作要点\n一、工作安排\n{sentence}\n", "a.txt")
    (goal,) = extract_goals(document)
    assert goal.status == status


def test_what_metadata_tells_of_a_work_counts_above_what_it_tells_of_its_file(tmp_path: Path) -> None:
    text = "".join(f"工作总结篇{number}\n全年完成专利{number}件。\n" for number in "一二三")
    files: dict[str, Any] = {"a": text}
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "metadata.toml").write_text(
        '["a.txt"]\nplace = "安吉县"\nyears = [2012]\n["a.txt#2"]\nplace = "长兴县"\n', encoding="utf-8"
    )
    (tmp_path / "corpus" / "a.txt").write_text(files["a"], encoding="utf-8")
    facts = Assistant.build(tmp_path / "corpus", tmp_path / "index", encoder=HashingEncoder()).documents()
    assert [one.place for one in facts.values()] == ["安吉县", "长兴县", "安吉县"]
    assert [one.years for one in facts.values()] == [(2012,)] * 3


def test_a_measure_serves_goals_and_not_results() -> None:
    """Both name 专利申请量 outside of the measure; only what is planned is served by it."""
    text = (
        "安吉县科技局2013年工作要点\n一、存在问题\n上年专利申请量已完成800件,增长不快。\n"
        "二、工作目标\n专利申请量达到900件。\n三、工作措施\n1.提升专利申请量。\n2.办好科技节。\n"
    )
    (document,) = parse_documents(text, "a.txt")
    goals = extract_goals(document)
    assert [(goal.value, goal.status) for goal in goals] == [(800, "achieved"), (900, "planned")]
    served = {one.heading: one.serves for one in extract_measures(document, goals)}
    assert served["提升专利申请量"] == (goals[1].goal_id,)
