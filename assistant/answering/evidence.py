"""Evidence: the sentences of the passages found, scored by how much of the question they hold."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering.questions import Question, evidence_tokens
from assistant.datamodels import DocumentFacts, Hit
from assistant.retrieval.encoders import Encoder
from assistant.retrieval.index import HybridIndex

CLAUSE = re.compile(r"(?:[^,，;；。]|(?<=\d),(?=\d{3}))+[,，;；。]?")
ITEM_MARK = re.compile(r"^(?:\d{1,2}[.、．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]是)")
SENTENCE = re.compile(r"[^。！？；;\n]+[。！？；;]?")
UNITS = "%％‰家项件个名人次处场起篇单份间元万亿亩户辆座台套支位倍年月天日级类条章所期届批种只平"
VALUE = re.compile(
    rf"\d[\d.,]*\s*(?:多|余)?\s*[{UNITS}]|(?<![\d年])\d[\d.,]*$"
    r"|[xX*]{1,4}(?=[%万亿家项件个名人次级])|[一二三四五六七八九十百千]+[家项件个名人次]"
)
MASKED_VALUE = re.compile(
    r"(?<![A-Za-z])[xX*]+(?:\.[xX*]+)?\s*[%％万亿家项件个名人次场单]|[&＆][%％]|(?<=[,，、])亿?元"
)
DATE = re.compile(
    r"[今明后]年|[上下]半年|年[底初中末]|月底|[\d*xX]{2,4}年|月[一二三四五六七八九十\d]+日|\d{1,2}月|\d{6,8}印发|(?:19|20)\d\d年"
)
# Fitted by logistic regression on which sentence holds the answer (benchmarks/README.md).
SENTENCE_WEIGHT, PASSAGE_WEIGHT, HIT_WEIGHT, CHARACTER_WEIGHT = 0.28, 0.19, 0.24, 0.36
KIND_BONUS, HEADING_FACTOR, DAMAGED_FACTOR = 0.16, 0.6, 0.7
DAMAGED = re.compile(r"(?<=[\u4e00-\u9fffA-Za-z)])\?+(?=[\u4e00-\u9fffA-Za-z(])")
"""A question mark inside a word: characters that no reading brings back."""
# An English question, or one in words of its own, shares few characters with its answer: meaning takes their place.
PARAPHRASE = 0.45
MEANING_WEIGHT = 0.3
SCORED_HITS, SCORED_SENTENCES = 6, 60


@dataclass(frozen=True)
class Sentence:
    """A sentence or list item of a passage; offsets count in the text of its document."""

    hit: Hit
    text: str
    start: int
    end: int
    score: float
    covered: frozenset[str]
    """Question tokens that the sentence or the name of its document holds."""
    margin: float
    """By how much its cosine to the question leads the next best sentence; negative behind the best."""
    heading: bool
    """Whether it is a title or heading."""
    lead: str = ""
    """The words that answer, where a row of goals tells them."""
    named: bool = False
    """Whether the question names that row, so that its words need not be weighed."""
    notice: str = ""
    """What is to be said about that row, such as that its number is hidden."""


class TermWeights:
    """idf(t) = ln(1 + (N - n(t) + 0.5) / (n(t) + 0.5)) over the passages; unknown terms weigh most."""

    def __init__(self, index: HybridIndex) -> None:
        self._sparse = index.sparse
        self._known: dict[str, float] = {}

    def __getitem__(self, term: str) -> float:
        if term not in self._known:
            count = self._sparse.held_by(term)
            self._known[term] = math.log(1 + (len(self._sparse) - count + 0.5) / (count + 0.5))
        return self._known[term]

    def coverage(self, wanted: tuple[str, ...], held: set[str] | frozenset[str]) -> float:
        """Share of the weight of ``wanted`` that ``held`` holds; 0 where nothing is wanted."""
        total = sum(self[term] for term in wanted)
        return sum(self[term] for term in wanted if term in held) / total if total else 0.0


def context_tokens(hit: Hit, facts: DocumentFacts) -> set[str]:
    """Tokens of the passage with the title, headings, place and bureau that travel with it."""
    passage = hit.passage
    return {*name_tokens(facts), *evidence_tokens(" ".join((*passage.section_path, passage.text)))}


def name_tokens(facts: DocumentFacts) -> tuple[str, ...]:
    """Tokens of what a document is called: title, place and bureau."""
    return evidence_tokens(" ".join((facts.title, facts.place, facts.bureau)))


def score_sentences(question: Question, hits: list[Hit], index: HybridIndex, encoder: Encoder) -> list[Sentence]:
    """The sentences of the best hits, best first; ties by the rank of the hit and the place in it.

    The score adds the weight of the question's words that the sentence and its passage hold, the score of the
    hit, whether the kind of thing asked for is there, and the weight of its characters; of an English question the
    cosine to it, spread from the least (0) to the most similar sentence (1).
    """
    candidates = [
        (rank, *sentence)
        for rank, hit in enumerate(hits[:SCORED_HITS])
        for sentence in split_sentences(hit.passage.text, hit.passage.start)
    ][:SCORED_SENTENCES]
    if not candidates:
        return []
    weights = TermWeights(index)
    shared = max(weights.coverage(question.characters, set(hit.passage.text)) for hit in hits[:SCORED_HITS])
    meanings = [(0.0, 0.0)] * len(candidates)
    if question.foreign or shared < PARAPHRASE:
        meanings = _meanings(question, [text for _, text, _, _ in candidates], encoder)
    wanted = frozenset(question.tokens)
    facts = [index.store.facts[hit.passage.document_id] for hit in hits[:SCORED_HITS]]
    named = [wanted.intersection(name_tokens(one)) for one in facts]
    shares = [
        weights.coverage(question.tokens, context_tokens(hit, one)) for hit, one in zip(hits, facts, strict=False)
    ]
    scored = []
    for (rank, text, start, end), (meaning, margin) in zip(candidates, meanings, strict=True):
        hit = hits[rank]
        covered = wanted.intersection(evidence_tokens(text)) | named[rank]
        score = (
            SENTENCE_WEIGHT * weights.coverage(question.tokens, covered)
            + PASSAGE_WEIGHT * shares[rank]
            + HIT_WEIGHT * hit.score
            + KIND_BONUS * has_kind(question, text)
            + CHARACTER_WEIGHT * weights.coverage(question.characters, set(text))
            + MEANING_WEIGHT * meaning
        )
        heading = is_heading(text, hit)
        score *= (HEADING_FACTOR if heading else 1) * (DAMAGED_FACTOR if DAMAGED.search(text) else 1)
        scored.append(Sentence(hit, text, start, end, score, covered, margin, heading))
    return sorted(scored, key=lambda sentence: (-sentence.score, sentence.hit.rank, sentence.start))


def _meanings(question: Question, texts: list[str], encoder: Encoder) -> list[tuple[float, float]]:
    """For each sentence, its spread cosine, and by how much its cosine leads the best other one."""
    cosines = encoder.encode_passages(texts) @ encoder.encode_queries([question.text])[0]
    low, high = float(cosines.min()), float(cosines.max())
    others = sorted(map(float, cosines))[-2] if len(cosines) > 1 else high
    spread = max(high - low, 1e-9)
    return [((cosine - low) / spread, cosine - (others if cosine == high else high)) for cosine in map(float, cosines)]


def has_kind(question: Question, text: str) -> bool:
    """Whether the sentence holds the kind of thing that is asked: a number beside words of the question."""
    if question.kind == "number":
        clauses = CLAUSE.findall(text)
        pairs = [before + clause for before, clause in zip(["", *clauses], clauses, strict=False)]
        return any(
            VALUE.search(clause) and (question.foreign or _shares_a_word(question, pair))
            for clause, pair in zip(clauses, pairs, strict=True)
        )
    if question.kind == "date":
        return bool(DATE.search(text))
    return question.kind == "list" and text.count("、") >= 2


def _shares_a_word(question: Question, text: str) -> bool:
    return not set(question.tokens).isdisjoint(evidence_tokens(text))


def is_heading(text: str, hit: Hit) -> bool:
    """Whether the sentence is a title or heading, which names a thing but does not tell it."""
    words = text.rstrip("。：:")
    return words in hit.passage.title or words in hit.passage.section_path


def lead(question: Question, quote: str) -> str:
    """The clauses that hold the words of the question, from the first to the last; the quote where they do not do.

    A clause belongs to it that adds a word to the clause with most of them, up to the next number.
    """
    clauses = list(CLAUSE.finditer(quote))
    if question.kind != "number" or question.foreign or len(clauses) < 2:
        return quote
    held = [set(question.tokens) & set(evidence_tokens(clause[0])) for clause in clauses]
    best = max(held, key=len)
    if not best:
        return quote
    strong = [rank for rank, words in enumerate(held) if words == best or words - best]
    last = next((rank for rank in range(strong[-1], len(clauses)) if VALUE.search(clauses[rank][0])), strong[-1])
    words = quote[clauses[strong[0]].start() : clauses[last].end()].rstrip(",，;；。")
    words = ITEM_MARK.sub("", words) or words
    return words if all(qualifier in words or qualifier not in quote for qualifier in question.qualifiers) else quote


def split_sentences(text: str, offset: int) -> Iterator[tuple[str, int, int]]:
    """(sentence, start, end) with white space trimmed; offsets count from ``offset``."""
    for match in SENTENCE.finditer(text):
        stripped = match[0].strip()
        if stripped:
            start = offset + match.start() + match[0].index(stripped)
            yield stripped, start, start + len(stripped)
