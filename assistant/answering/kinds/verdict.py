"""Questions that are answered with yes or no: the quote that tells, led by a verdict where its words decide it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answering.checking.claims import claim_of, claimed_quantity, verdict
from assistant.answering.checking.verdict_check import objects
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.refusals import NEAREST
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
            return Judged(found, found.kind == "goal")
    return Judged(evidence.answer(replace(understand(claim), kind="fact"), NAME), decides=True)


def refuses(evidence: Evidence, found: Judged) -> Refusal | None:
    """As the question for what is claimed; whether something was done, no words of a plan tell."""
    words = [line.words for line in found.answer.lines if isinstance(line, Quoted)]
    if words and asking.ASKS_DONE.search(evidence.question.key) and all(map(only_planned, words)):
        return Refusal("absent", ONLY["planned"], tuple(evidence.found[:NEAREST]), "planned")
    return found.answer.refusal


def composes(evidence: Evidence, found: Judged) -> Answer:
    """The verdict, then the quotes; the quotes alone where their words do not decide, or two disagree."""
    answer = found.answer
    first = next((line.words for line in answer.lines if isinstance(line, Quoted)), "")
    holds = verdict(evidence.question.key, first) if found.decides and first else None
    if holds is None or Notice("contradiction") in answer.lines or objects(evidence.question.text, first, holds=holds):
        return replace(answer, question=evidence.question.text)
    return replace(answer, question=evidence.question.text, kind=NAME, lines=(Verdict(holds), *answer.lines))
