"""Hits and answers as JSON records and as text for a terminal."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.datamodels import Answer, Hit

SHOWN_CHARACTERS = 160


def hit_record(hit: Hit) -> dict[str, Any]:
    """A hit as a flat record."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "sparse_rank": hit.sparse_rank,
        "dense_rank": hit.dense_rank,
        "passage_id": passage.passage_id,
        "source": passage.source,
        "title": passage.title,
        "section_path": list(passage.section_path),
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "original_start": passage.original_start,
        "original_end": passage.original_end,
    }


def search_record(question: str, hits: list[Hit]) -> dict[str, Any]:
    """What ``bureau search --json`` prints."""
    return {"query": question, "hits": [hit_record(hit) for hit in hits]}


def answer_record(answer: Answer) -> dict[str, Any]:
    """What ``bureau ask --json`` prints."""
    refusal = answer.refusal
    return {
        "question": answer.question,
        "answered": answer.answered,
        "text": answer.text,
        "generated": answer.generated,
        "notice": answer.notice,
        "refusal": refusal
        and {
            "reason": refusal.reason,
            "missing": refusal.missing,
            "nearest": [hit.passage.passage_id for hit in refusal.nearest],
        },
        "citations": [
            asdict(citation) | {"section_path": list(citation.section_path)} for citation in answer.citations
        ],
    }


def location(source: str, title: str, section_path: tuple[str, ...]) -> str:
    """Where a passage stands, as people read it."""
    return " › ".join(part for part in (title or source, *section_path) if part)


def search_text(hits: list[Hit]) -> str:
    """Hits for a terminal: place, then the beginning of the passage."""
    if not hits:
        return "没有找到相关段落。"
    blocks = []
    for hit in hits:
        passage = hit.passage
        shown = " ".join(passage.text.split())
        shown = shown[:SHOWN_CHARACTERS] + ("…" if len(shown) > SHOWN_CHARACTERS else "")
        where = location(passage.source, passage.title, passage.section_path)
        blocks.append(f"{hit.rank}. {where}  ({passage.source}:{passage.original_start})\n   {shown}")
    return "\n".join(blocks)


def answer_text(answer: Answer) -> str:
    """An answer for a terminal: its text, then the quotes with their places, or the nearest passages."""
    lines = [answer.notice, answer.text] if answer.notice else [answer.text]
    for citation in answer.citations:
        where = location(citation.source, citation.title, citation.section_path)
        page = f" 第{citation.page}页" if citation.page else ""
        span = f"{citation.source}{page}:{citation.original_start}-{citation.original_end}"
        lines.append(f"[{citation.marker}] 「{citation.quote}」\n    {where}  ({span})")
    if answer.refusal and answer.refusal.nearest:
        lines.append(search_text(list(answer.refusal.nearest)))
    return "\n".join(lines)
