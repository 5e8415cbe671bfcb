"""Questions that are answered with yes or no: what they claim, held against what the documents say."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answering.evidence import TermWeights
from assistant.answering.extraction import Extract, extract
from assistant.answering.frames import NO, YES
from assistant.answering.guarantee import MARKS
from assistant.answering.questions import Question, content_tokens, evidence_tokens, understand
from assistant.answering.scope import DATED
from assistant.datamodels import Answer
from assistant.documents.normalization import search_key
from assistant.documents.quantities import Quantity, find_quantities
from assistant.retrieval.pairing import dimension
from assistant.retrieval.retriever import Filters, HybridRetriever

ASKING = re.compile(r"是否|是不是|有没有|能不能|对不对|对吗|[吗吧](?=[?？]?$)|[?？]")
NEGATION = re.compile(r"没有|未|尚无|不|无|空白|缺乏|尚待")
MORE = re.compile(r"超|突破|多于|高于|大于|不低于|不少于|至少|以上")
LESS = re.compile(r"不到|不足|低于|少于|小于|不超过|至多|以下|以内")
LEAST_CLAIM = 0.75


def judge(question: Question, retriever: HybridRetriever, filters: Filters) -> Extract:
    """是 or 与原文不符, followed by the quote; the quote alone where the words do not decide it."""
    claim = _claim(question.text)
    quantities = [one for one in find_quantities(claim) if one.value is not None]
    if len(quantities) == 1:
        found = extract(understand(_asked(claim, quantities[0])), retriever, filters)
        if found.answer.answered:
            return _with_frame(found, _numeric_verdict(claim, quantities[0], found))
    found = extract(replace(understand(claim), kind="fact"), retriever, filters)
    return _with_frame(found, YES if found.answer.answered and _is_told(claim, found.answer, retriever) else "")


def _claim(text: str) -> str:
    """What the question says: 是不是达到了50家? claims 达到了50家."""
    return ASKING.sub("", text).strip(" ,，。")


def _asked(claim: str, quantity: Quantity) -> str:
    """The claim as a question about its number, without the words that bound it: 企业多少家."""
    return f"{claim[: quantity.start]}多少{quantity.unit}{claim[quantity.end :]}?"


def _with_frame(found: Extract, frame: str) -> Extract:
    return replace(found, answer=replace(found.answer, text=f"{frame}\n{found.answer.text}")) if frame else found


def _numeric_verdict(claim: str, claimed: Quantity, found: Extract) -> str:
    """Whether the number that is told is the one claimed, or lies on the side of it that is claimed."""
    told = [one for one in find_quantities(MARKS.sub("", found.answer.text)) if one.amount is not None]
    alike = [one for one in told if dimension(one.unit) == dimension(claimed.unit)]
    if any(_agrees(claim, claimed, one) for one in alike):
        return YES
    return NO if found.by_rows and len(alike) == 1 else ""


def _agrees(claim: str, claimed: Quantity, told: Quantity) -> bool:
    if claimed.amount is None or told.amount is None:
        return False
    if LESS.search(claim):
        return told.amount <= claimed.amount
    return told.amount >= claimed.amount if MORE.search(claim) else told.amount == claimed.amount


def _is_told(claim: str, answer: Answer, retriever: HybridRetriever) -> bool:
    """Whether the quotes hold nearly all words of the claim, and neither of them denies anything."""
    quoted = "".join(one.quote for one in answer.citations)
    if NEGATION.search(claim) or NEGATION.search(quoted):
        return False
    wanted = content_tokens(DATED.sub(" ", search_key(claim)))
    names = " ".join(" ".join((one.title, *one.section_path)) for one in answer.citations)
    held = set(evidence_tokens(quoted + " " + names))
    return TermWeights(retriever.index).coverage(wanted, held) >= LEAST_CLAIM
