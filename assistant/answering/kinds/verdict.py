"""Questions that are answered with yes or no: the quote that tells, led by a verdict where its words decide it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answering.checking.claims import claim_of, claimed_quantity, nearest_clause, verdict
from assistant.answering.checking.verdict_check import objects
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.refusals import NEAREST
from assistant.answering.kinds.quoting import quoted_answer, sentence_span
from assistant.answering.question.understanding import understand
from assistant.datamodels import Answer, Notice, Question, Quoted, Refusal, Verdict
from assistant.language import asking
from assistant.language.frames import ONLY
from assistant.language.polarity import only_planned

NAME = "verdict"


@dataclass(frozen=True)
class Judged:
    """The answer to what is claimed, and whether its first words may decide the claim."""

    answer: Answer
    decides: bool
    planned: bool = False
    """Whether it is asked what has happened, and what is quoted only says what shall be."""


def recognises(question: Question) -> bool:
    """Yes or no."""
    return question.kind == "verdict"


def collects(evidence: Evidence) -> Judged:
    """A number that is claimed is asked for, and must be told by a row; other claims are asked for as they stand."""
    claim = claim_of(evidence.question.key)
    claimed = claimed_quantity(claim)
    if claimed is not None:
        before = claim[: claimed.start].rstrip("了")
        done = "了" if asking.CLAIMS_DONE.search(claim) else ""
        asked = understand(f"{before}{done}多少{claimed.unit}{claim[claimed.end :]}?")
        found = evidence.answer(asked, NAME)
        if found.answered or (found.refusal is not None and found.refusal.only == "planned"):
            return Judged(found, found.kind == "goal", _is_plan(evidence, found))
    answer = evidence.answer(replace(understand(claim), kind="fact"), NAME)
    if not _is_plan(evidence, answer):
        return Judged(answer, decides=True)
    results = (quoted_answer(evidence, NAME, [one], sentence_span) for one in evidence.near)
    result = next((one for one in results if not _is_plan(evidence, one)), None)
    return Judged(result or answer, decides=True, planned=result is None)


def refuses(evidence: Evidence, found: Judged) -> Refusal | None:
    """As the question for what is claimed; whether something was done, no words of a plan tell."""
    if found.planned:
        return Refusal("absent", ONLY["planned"], tuple(evidence.found[:NEAREST]), "planned")
    return found.answer.refusal


def _is_plan(evidence: Evidence, answer: Answer) -> bool:
    """Whether it is asked what has happened, and all that is quoted only says what shall be: by its words, its
    headings, the numbers around it.
    """
    if not asking.ASKS_DONE.search(evidence.question.key):
        return False
    claim, facts = claim_of(evidence.question.key), evidence.library.store.facts
    lines = [line for line in answer.lines if isinstance(line, Quoted)]
    planned = []
    for line in lines:
        citation = answer.citations[line.markers[0] - 1]
        rows = evidence.library.rows_of(citation.document_id)
        around = [one for one in rows if one.passage_id == citation.passage_id]
        within = [one for one in around if citation.start < one.end <= citation.end] or around
        shall = bool(within) and all(one.status == "planned" for one in within)
        shall = shall or facts[citation.document_id].kind in ("plan", "notice")
        planned.append(only_planned(nearest_clause(claim, line.words), citation.section_path, under_plan=shall))
    return bool(planned) and all(planned)


def composes(evidence: Evidence, found: Judged) -> Answer:
    """The verdict, then the quotes; the quotes alone where their words do not decide, or two disagree."""
    answer = found.answer
    first = next((line.words for line in answer.lines if isinstance(line, Quoted)), "")
    holds = verdict(evidence.question.key, first) if found.decides and first else None
    if holds is None or Notice("contradiction") in answer.lines or objects(evidence.question.text, first, holds=holds):
        return replace(answer, question=evidence.question.text)
    return replace(answer, question=evidence.question.text, kind=NAME, lines=(Verdict(holds), *answer.lines))
