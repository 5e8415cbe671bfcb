"""Answers, hits, goals and measures as JSON records and as tables: what other programs read.

Fields are added, never changed or taken away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, cast

from assistant.datamodels import (
    Answer,
    Contradiction,
    DocumentFacts,
    DocumentKind,
    Goal,
    GoalPair,
    GoalStatus,
    Hit,
    Line,
    Measure,
    Mention,
    Refusal,
    Standing,
)
from assistant.datamodels.answers import plain_number
from assistant.datamodels.records import (
    AnswerRecord,
    CitationRecord,
    DocumentRecord,
    HitRecord,
    RefusalRecord,
    SearchRecord,
)

STATUS_WORDS: dict[GoalStatus, str] = {"planned": "计划", "achieved": "完成", "projected": "预计"}
STANDING_WORDS: dict[Standing, str] = {
    "stated": "", "conditional": "有条件", "correction": "更正后", "supposed": "假设", "quoted": "引述他方",
    "rejected": "未获采纳", "cancelled": "取消或推迟", "denied": "未达到", "false": "不实", "addressed": "指令文字",
    "corrected": "已更正",
}  # fmt: skip
DOCUMENT_KIND_WORDS: dict[DocumentKind, str] = {
    "plan": "计划、要点", "summary": "总结", "notice": "通知", "other": "其他",
}  # fmt: skip
KIND_WORDS = {"theme": "主题", "item": "措施", "sub-item": "分项"}
RELATION_WORDS = {"planned and achieved": "计划与完成", "years": "不同年份", "documents": "不同文件"}
REASON_WORDS = {
    "part larger than whole": "部分大于整体",
    "masked here, told there": "一处隐去,一处写明",
    "two values": "两处数值不同",
}
MASKED = "原文缺失"
TableCell = str | float | int | None
Table = list[dict[str, TableCell]]


def document_record(document_id: str, about: DocumentFacts) -> DocumentRecord:
    """What a document is called and about, beside its id."""
    return cast(DocumentRecord, {"document_id": document_id} | _listed(asdict(about)))


def hit_record(hit: Hit) -> HitRecord:
    """A hit as a flat record."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "sparse_rank": hit.sparse_rank,
        "dense_rank": hit.dense_rank,
        "passage_id": passage.passage_id,
        "document_id": passage.document_id,
        "source": passage.source,
        "title": passage.title,
        "section_path": list(passage.section_path),
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "original_start": passage.original_start,
        "original_end": passage.original_end,
        "years": list(hit.years),
        "place": hit.place,
        "kind": hit.kind,
        "sparse_score": hit.sparse_score,
        "dense_score": hit.dense_score,
    }


def search_record(question: str, hits: list[Hit]) -> SearchRecord:
    """What ``bureau search --json`` prints."""
    return {"query": question, "hits": [hit_record(hit) for hit in hits]}


def answer_record(answer: Answer) -> AnswerRecord:
    """What ``bureau ask --json`` prints."""
    return {
        "question": answer.question,
        "answered": answer.answered,
        "state": answer.state,
        "kind": answer.kind,
        "text": answer.text,
        "lines": [line_record(line) for line in answer.lines],
        "generated": answer.generated,
        "notice": answer.notice,
        "refusal": _refusal_record(answer.refusal) if answer.refusal else None,
        "citations": [cast(CitationRecord, _listed(asdict(citation))) for citation in answer.citations],
    }


def _refusal_record(refusal: Refusal) -> RefusalRecord:
    return {
        "reason": refusal.reason,
        "missing": refusal.missing,
        "only": refusal.only,
        "nearest": [hit.passage.passage_id for hit in refusal.nearest],
    }


def mention_record(mention: Mention) -> dict[str, Any]:
    """What ``bureau mentions --json`` prints of a document: how many sentences have the phrase, the first as quoted."""
    citation = _listed(asdict(mention.citation))
    return {"document_id": mention.document_id, "sentences": mention.sentences, "citation": citation}


def line_record(line: Line) -> dict[str, Any]:
    """A line with its type, such as "quoted", its text, and its fields."""
    return {"type": type(line).__name__.lower(), "text": line.text} | _listed(asdict(line))


def _listed(record: dict[str, Any]) -> dict[str, Any]:
    """Tuples as the lists that JSON has."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in record.items()}


def goal_record(goal: Goal) -> dict[str, Any]:
    """What ``bureau goals --json`` prints of a row."""
    return _listed(asdict(goal))


def measure_record(measure: Measure) -> dict[str, Any]:
    """What ``bureau measures --json`` prints of a measure."""
    return _listed(asdict(measure))


def pair_record(pair: GoalPair) -> dict[str, Any]:
    """What ``bureau pairs --json`` prints of a pair."""
    return {
        "relation": pair.relation,
        "score": pair.score,
        "first": goal_record(pair.first),
        "second": goal_record(pair.second),
    }


def contradiction_record(found: Contradiction) -> dict[str, Any]:
    """What ``bureau contradictions --json`` prints of a contradiction."""
    return {"reason": found.reason, "first": goal_record(found.first), "second": goal_record(found.second)}


def number_text(value: float | None) -> str:
    """2300 and 1.6 as written in a document; '' for None."""
    return "" if value is None else plain_number(value)


def value_text(goal: Goal) -> str:
    """The number with its unit and bounds as people read it: ≥ is never made up, 6%-7% stays a range."""
    if goal.masked:
        return f"{MASKED}({goal.unit})" if goal.unit else MASKED
    upper = f"-{number_text(goal.upper)}" if goal.upper is not None else ""
    return f"{number_text(goal.value)}{upper}{goal.unit}"


def when_text(goal: Goal) -> str:
    """Of when a row is and how it stands, as people read it: 2024 上半年 完成 假设."""
    words = (goal.period, goal.part_of_period, STATUS_WORDS[goal.status], STANDING_WORDS[goal.standing])
    return " ".join(filter(None, words))


def goal_table(goals: Sequence[Goal]) -> Table:
    """A row a goal, under Chinese headings."""
    return [
        {
            "指标": goal.indicator,
            "数值": whole(goal.value),
            "上限": whole(goal.upper),
            "单位": goal.unit,
            "限定": goal.comparator,
            "期间": goal.period,
            "时段": goal.part_of_period,
            "状态": STATUS_WORDS[goal.status],
            "性质": STANDING_WORDS[goal.standing],
            "责任单位": "、".join(goal.responsible),
            "完成时限": goal.due,
            "数值缺失": "是" if goal.masked else "",
            "级别": goal.level,
            "地区": goal.place,
            "文件": goal.title or goal.source,
            "章节": " › ".join(goal.section_path),
            "原文": goal.text,
            "换算数值": whole(goal.amount),
            "编号": goal.goal_id,
            "所属整体": goal.part_of,
            "来源": goal.source,
            "起": goal.original_start,
            "止": goal.original_end,
        }
        for goal in goals
    ]


def whole(value: float | None) -> float | int | None:
    """2300.0 as 2300; None and 1.6 as they are."""
    return int(value) if value is not None and value.is_integer() else value


def measure_table(measures: Sequence[Measure]) -> Table:
    """A row a measure, under Chinese headings."""
    return [
        {
            "层次": KIND_WORDS[measure.kind],
            "序号": measure.mark or str(measure.number),
            "措施": measure.heading,
            "所属部分": measure.part,
            "状态": STATUS_WORDS[measure.status],
            "期间": measure.period,
            "责任单位": "、".join(measure.responsible),
            "完成时限": measure.due,
            "地区": measure.place,
            "文件": measure.title or measure.source,
            "内容": measure.text,
            "编号": measure.measure_id,
            "上级": measure.parent,
            "对应目标": " ".join(measure.serves),
            "来源": measure.source,
            "起": measure.original_start,
            "止": measure.original_end,
        }
        for measure in measures
    ]


def counted(measures: Sequence[Measure]) -> str:
    """7 个主题、23 条措施."""
    units = {"theme": "个主题", "item": "条措施", "sub-item": "条分项"}
    counts = {kind: sum(one.kind == kind for one in measures) for kind in units}
    return "、".join(f"{counts[kind]} {unit}" for kind, unit in units.items() if counts[kind])


def location(source: str, title: str, section_path: tuple[str, ...]) -> str:
    """Where a passage stands, as people read it."""
    return " › ".join(part for part in (title or source, *section_path) if part)
