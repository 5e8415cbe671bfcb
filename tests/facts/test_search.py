"""Rows by words and filters, side by side, and in contradiction."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from conftest import HashingEncoder

from assistant import (
    Assistant,
    DocumentFacts,
    Goal,
    Measure,
    RowQuery,
    Scope,
    extract_goals,
    extract_measures,
    parse_documents,
)
from assistant.errors import IndexCorrupt
from assistant.facts.database import opened
from assistant.facts.naming import counted_name
from assistant.facts.pairing import find_contradictions, likeness
from assistant.facts.search import wanted_terms
from assistant.facts.store import SqlRows
from assistant.facts.store_writing import write_names, write_rows
from assistant.language.synonyms import canonical
from assistant.language.units import dimension
from assistant.retrieval.store_writing import new_database

PLAN = (
    "安吉县科技局2013年工作要点\n二、工作目标\n1.专利申请量2300件以上;研发投入占GDP比重2.3%。\n2.新增高新技术企业*家。\n"
    "三、工作措施\n(一)抓专利\n1.提升专利申请量。\n2.新增高新技术企业7家。\n(二)抓人才\n1.引进人才。\n"
)
SUMMARY = "安吉县科技局2013年工作总结\n专利申请量2415件。研究与试验发展经费支出占地区生产总值比重2.4%。"
OTHER = "长兴县科技局2014年工作要点\n专利申请数3000件。组织科技项目60项以上,其中省级科技项目80项以上。"


@pytest.fixture
def built(tmp_path: Path, hashing_encoder: HashingEncoder) -> Assistant:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, text in (("plan.txt", PLAN), ("summary.txt", SUMMARY), ("other.txt", OTHER)):
        (corpus / name).write_text(text, encoding="utf-8")
    return Assistant.build(corpus, tmp_path / "index", encoder=hashing_encoder)


def told(goals: list[Goal]) -> list[tuple[str, float | None]]:
    return [(goal.source, goal.value) for goal in goals]


def test_words_find_the_rows_that_name_them(built: Assistant) -> None:
    assert told(built.goals("专利申请量")) == [("plan.txt", 2300), ("summary.txt", 2415), ("other.txt", 3000)]


def test_words_of_the_field_that_mean_the_same_find_the_same(built: Assistant) -> None:
    assert told(built.goals("研发投入占GDP")) == [("plan.txt", 2.3), ("summary.txt", 2.4)]
    assert canonical("R&D经费支出占国内生产总值的比重") == canonical("研究与试验发展投入占GDP比重")


@pytest.mark.parametrize(
    ("filters", "values"),
    [
        ({"year": 2014}, [3000]),
        ({"place": "长兴"}, [3000]),
        ({"source": "plan"}, [2300]),
        ({"status": "achieved"}, [2415]),
        ({"status": "planned"}, [3000, 2300]),
        ({"bureau": "科技局", "masked": False}, [3000, 2300, 2415]),
        ({"bureau": "农业局"}, []),
    ],
)
def test_filters(built: Assistant, filters: dict[str, object], values: list[float]) -> None:
    assert [goal.value for goal in built.goals("专利申请", **filters)] == values  # type: ignore[arg-type]


def test_masked_rows_alone(built: Assistant) -> None:
    assert [(goal.indicator, goal.raw) for goal in built.goals(masked=True)] == [
        ("新增高新技术企业", "新增高新技术企业*家")
    ]


def test_measures_keep_what_is_above_and_below(built: Assistant) -> None:
    assert [one.heading for one in built.measures("专利申请量", source="plan")] == ["抓专利", "提升专利申请量"]
    assert [one.heading for one in built.measures("抓人才")] == ["抓人才", "引进人才"]
    assert len(built.measures(source="plan")) == 5


def test_every_row_names_the_passage_that_holds_it(built: Assistant) -> None:
    store = built.store
    for goal in built.goals():
        passage = store.passage_by_id(goal.passage_id)
        assert passage.start < goal.end <= passage.end
    for measure in built.measures():
        passage = store.passage_by_id(measure.passage_id)
        assert passage.start <= measure.start < passage.end


def test_pairs_set_planned_beside_achieved(built: Assistant) -> None:
    pairs = built.pairs("专利申请量", source="plan")
    assert [(one.relation, one.first.value, one.second.value) for one in pairs] == [
        ("planned and achieved", 2300, 2415),  # 3000 is of another place
    ]
    assert pairs[0].score == 1.0


def test_contradictions_are_told(built: Assistant) -> None:
    found = built.contradictions()
    assert [(one.reason, one.first.value, one.second.value) for one in found] == [
        ("part larger than whole", 60, 80),
        ("masked here, told there", None, 7),
    ]
    assert built.contradictions(source="summary") == []


def test_two_plans_with_two_values_contradict_but_two_results_may_count_two_things() -> None:
    text = "某局2013年工作{}\n一、目标\n认定高新技术企业5家。\n二、任务\n认定高新技术企业7家。"
    plan = extract_goals(parse_documents(text.format("要点"), "a.txt")[0])
    assert [one.reason for one in find_contradictions(plan)] == ["two values"]
    report = extract_goals(
        parse_documents("某局2013年工作总结\n认定高新技术企业5家。\n认定高新技术企业7家。", "a.txt")[0]
    )
    assert find_contradictions(report) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("专利申请量", "发明专利申请量"),
        ("省企业研发中心", "市企业研发中心"),
        ("生产总值", "生产总值增长"),
        ("专利授权量", "专利申请量"),
    ],
)
def test_a_telling_word_sets_indicators_apart(first: str, second: str) -> None:
    assert likeness(first, second, {}) == 0


def test_likeness_is_half_shared_pairs_and_half_cosine() -> None:
    vectors = {"技术合同成交额": np.array([1, 0], np.float32), "技术交易额": np.array([0.6, 0.8], np.float32)}
    # bigrams 6 and 4, one shared: Dice 2*1/10; cosine 0.6
    assert likeness("技术合同成交额", "技术交易额", vectors) == pytest.approx(0.5 * 0.2 + 0.5 * 0.6)


@pytest.mark.parametrize(("unit", "other"), [("亿元", "万元"), ("家", "个"), ("%", "个百分点"), ("万亩", "亩")])
def test_units_of_one_dimension(unit: str, other: str) -> None:
    assert dimension(unit) == dimension(other)


def test_rows_of_other_units_do_not_pair(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("某局2013年工作要点\n专利申请量5件。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("某局2012年工作总结\n专利申请量5%。", encoding="utf-8")
    assert Assistant.build(tmp_path, tmp_path / "index", encoder=HashingEncoder()).pairs() == []


def stored(folder: Path, weights: dict[str, float]) -> tuple[SqlRows, list[Goal], list[Measure], list[str]]:
    """The rows of PLAN in a store of their own, and the indicators that vectors were asked for."""
    (document,) = parse_documents(PLAN, "plan.txt")
    goals = extract_goals(document)
    measures = extract_measures(document, goals)
    asked: list[str] = []

    def encode(names: list[str]) -> npt.NDArray[np.float32]:
        asked.extend(names)
        return np.array([[2, 0], [0, 2], *([1, 1] for _ in names[2:])], np.float32)

    with new_database(folder / "goals.sqlite") as connection:
        write_rows(connection, goals, measures, {document.document_id: 0})
        write_names(connection, lambda term: weights.get(term, 1.0), encode, {})
    return SqlRows(opened(folder / "goals.sqlite"), {document.document_id: document}), goals, measures, asked


def test_what_is_stored_is_read_back(tmp_path: Path) -> None:
    rows, goals, measures, asked = stored(tmp_path, {})
    assert (list(rows.goals(RowQuery())), list(rows.measures(RowQuery()))) == (goals, measures)
    assert asked == sorted({canonical(goal.indicator) for goal in goals})
    # mean (1, 1): centred (1, -1), (-1, 1), (0, 0) and so on; scaled to length 1
    root = 0.5**0.5
    assert np.allclose(rows.indicator_vectors()[asked[0]], [root, -root])
    assert np.allclose(rows.indicator_vectors()[asked[2]], [0, 0])
    rows.close()


def test_what_rows_count_is_found_by_the_weight_of_its_terms(tmp_path: Path) -> None:
    """专利申请量 is 专利 利申 申请 请量: 3 + 1 + 1 + 1; 专利 alone tells a half of it, with 申请 two thirds."""
    rows, *_ = stored(tmp_path, {"专利": 3.0})
    assert rows.named({"专利"}, 0.6) == {}
    assert rows.named({"专利"}, 0.5) == {"专利申请量": pytest.approx(0.5)}
    assert rows.named({"专利", "申请"}, 0.6) == {"专利申请量": pytest.approx(4 / 6)}
    assert [goal.value for goal in rows.goals(RowQuery(names=["专利申请量"]))] == [2300]


def test_rows_come_by_the_order_of_the_names_asked(tmp_path: Path) -> None:
    rows, *_ = stored(tmp_path, {})
    names = ["新增高新技术企业", "专利申请量"]
    assert [goal.value for goal in rows.goals(RowQuery(names=names))] == [None, 7, 2300]
    assert [goal.value for goal in rows.goals(RowQuery(names=names, masked=False))] == [7, 2300]
    assert list(rows.goals(RowQuery(Scope.of(place="长兴"), names=names))) == []


def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    path = tmp_path / "goals.sqlite"
    path.write_bytes(b"not a database")
    with pytest.raises(sqlite3.DatabaseError):
        SqlRows(opened(path), {})


def test_an_index_without_its_goals_is_corrupt(built: Assistant, tmp_path: Path) -> None:
    (generation,) = (tmp_path / "index" / "generations").iterdir()
    (generation / "goals.sqlite").write_bytes(b"x")
    with pytest.raises(IndexCorrupt):
        Assistant.load(tmp_path / "index", encoder=HashingEncoder())


def test_no_words_give_all_rows_in_order(built: Assistant) -> None:
    assert built.goals("  ") == list(built.store.rows.goals(RowQuery()))
    assert built.measures("") == list(built.store.rows.measures(RowQuery()))
    assert wanted_terms("专利 高企") == {"专利", "高新", "新技", "技术", "术企", "企业"}


@pytest.mark.parametrize(
    "scope",
    [
        Scope.of(year=2013),
        Scope.of(year=[2014, 2015]),
        Scope.of(place="甲市"),
        Scope.of(year=2014, place="乙县"),
        Scope.of(year=2015, kind="summary"),
        Scope.of(year=2013, document="b.txt#1"),
        Scope.of(year=1999),
    ],
)
def test_rows_in_scope_are_those_of_a_look_at_each(tmp_path: Path, scope: Scope) -> None:
    documents = [
        *parse_documents(
            "甲市科技局2013年工作要点\n专利2300件。孵化器7家。投入300万元。人才9名。\n(一)抓专利\n", "a.txt"
        ),
        *parse_documents("乙县教育局2014年工作总结\n学校12所。食堂5个。教师8名。教室30间。\n(一)抓食堂\n", "b.txt"),
    ]
    facts = {document.document_id: document for document in documents}
    periods = cycle(["", "2013", "2014—2015", "近三年", "2015"])
    places = cycle(["甲市", "乙县", "丙区"])
    goals = [
        replace(goal, period=next(periods), place=next(places))
        for document in documents
        for goal in extract_goals(document)
    ]
    measures = [
        replace(measure, period=next(periods)) for document in documents for measure in extract_measures(document, [])
    ]
    with new_database(tmp_path / "goals.sqlite") as connection:
        write_rows(connection, goals, measures, {name: rank for rank, name in enumerate(facts)})
        write_names(connection, lambda _: 1.0, HashingEncoder().encode_passages, {})
    rows = SqlRows(opened(tmp_path / "goals.sqlite"), facts)
    assert len(goals) == 8
    passing = [row for row in goals if _passes(row, scope, facts[row.document_id])]
    assert list(rows.goals(RowQuery(scope))) == passing
    assert list(rows.measures(RowQuery(scope))) == [
        row for row in measures if _passes(row, scope, facts[row.document_id])
    ]
    names = sorted({counted_name(row.indicator, row.unit) for row in goals})
    by_name = [row for name in names for row in passing if counted_name(row.indicator, row.unit) == name]
    assert list(rows.goals(RowQuery(scope, names=names))) == by_name


def _passes(row: Goal | Measure, scope: Scope, about: DocumentFacts) -> bool:
    """Years are the row's, else its document's; a place is what either says."""
    years = tuple(int(one) for one in re.findall(r"\d{4}", row.period))
    named = scope.places is None or any(one in row.place for one in scope.places)
    free = replace(scope, places=None)
    return free.passes(row.document_id, about, years) and (named or scope.passes(row.document_id, about, years))


def test_years_and_places_are_found_by_an_index(tmp_path: Path) -> None:
    rows, *_ = stored(tmp_path, {})
    for scope in (Scope.of(year=2013), Scope.of(place="甲"), Scope.of(year=2013, place="甲")):
        plan = " ".join(rows.plan(RowQuery(scope)))
        assert "SCAN g" not in plan, plan
