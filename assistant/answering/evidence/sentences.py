"""The sentences of the passages found, read by how much of the question each holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from assistant.datamodels import DocumentFacts, Hit, Question, Sentence
from assistant.interfaces import DocumentStore, Encoder
from assistant.language.asking import INTENDS_NOW
from assistant.language.marks import ITEM
from assistant.language.polarity import REVIEWS
from assistant.language.sentences import CLAUSE, DAMAGED, split_sentences
from assistant.language.tokenization import evidence_tokens
from assistant.language.units import VALUE
from assistant.language.weights import TermWeights
from assistant.language.years import DATE

# Fitted by logistic regression on which sentence holds the answer (benchmarks/README.md).
SENTENCE_WEIGHT, PASSAGE_WEIGHT, HIT_WEIGHT, CHARACTER_WEIGHT = 0.28, 0.19, 0.24, 0.36
KIND_BONUS, HEADING_FACTOR, DAMAGED_FACTOR = 0.16, 0.6, 0.7
# An English question, or one in words of its own, shares few characters with its answer: meaning takes their place.
PARAPHRASE = 0.45
MEANING_WEIGHT = 0.3
SCORED_HITS, SCORED_SENTENCES = 6, 60
REVIEW_FACTOR = 0.75
"""What shall be done is not told by the review of what was."""
LEAST_ITEMS = 2
"""Marks between items that make a sentence a list."""


def sentences_of(hits: list[Hit]) -> list[Sentence]:
    """The sentences of the best hits, in their order."""
    found = (sentence for hit in hits[:SCORED_HITS] for sentence in sentences_in(hit))
    return list(islice(found, SCORED_SENTENCES))


def sentences_in(hit: Hit) -> Iterator[Sentence]:
    """The sentences of a passage, in the order of its text."""
    for text, start, end in split_sentences(hit.passage.text, hit.passage.start):
        yield Sentence(hit, text, start, end, _is_heading(text, hit))


@dataclass(frozen=True)
class WordReader:
    """The reader that is shipped.

    The score adds the weight of the question's words that the sentence and its passage hold, the score of the
    hit, whether the kind of thing asked for is there, and the weight of its characters; of an English question the
    cosine to it, spread from the least (0) to the most similar sentence (1).
    """

    weights: TermWeights
    store: DocumentStore
    encoder: Encoder

    def read(self, question: Question, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The sentences with their scores, best first; ties by the rank of the hit and the place in it."""
        hits = {sentence.hit.passage.passage_id: sentence.hit for sentence in sentences}
        if not hits:
            return []
        shared = max(self.weights.coverage(question.characters, set(hit.passage.text)) for hit in hits.values())
        meanings = [(0.0, 0.0)] * len(sentences)
        if question.foreign or shared < PARAPHRASE:
            meanings = self._meanings(question, [sentence.text for sentence in sentences])
        wanted = frozenset(question.tokens)
        named = {name: wanted.intersection(name_tokens(self._about(hit))) for name, hit in hits.items()}
        shares = {
            name: self.weights.coverage(question.tokens, context_tokens(hit, self._about(hit)))
            for name, hit in hits.items()
        }
        intends = question.kind == "measure" and INTENDS_NOW.search(question.key)
        reviews = {name for name, hit in hits.items() if intends and REVIEWS.search(" ".join(hit.passage.section_path))}
        read = []
        for sentence, (meaning, margin) in zip(sentences, meanings, strict=True):
            name = sentence.hit.passage.passage_id
            covered = wanted.intersection(evidence_tokens(sentence.text)) | named[name]
            score = (
                SENTENCE_WEIGHT * self.weights.coverage(question.tokens, covered)
                + PASSAGE_WEIGHT * shares[name]
                + HIT_WEIGHT * sentence.hit.score
                + KIND_BONUS * has_kind(question, sentence.text)
                + CHARACTER_WEIGHT * self.weights.coverage(question.characters, set(sentence.text))
                + MEANING_WEIGHT * meaning
            )
            score *= HEADING_FACTOR if sentence.heading else 1
            score *= REVIEW_FACTOR if name in reviews else 1
            score *= DAMAGED_FACTOR if DAMAGED.search(sentence.text) else 1
            read.append(replace(sentence, score=score, covered=covered, margin=margin))
        return sorted(read, key=lambda sentence: (-sentence.score, sentence.hit.rank, sentence.start))

    def _about(self, hit: Hit) -> DocumentFacts:
        return self.store.facts[hit.document_id]

    def _meanings(self, question: Question, texts: list[str]) -> list[tuple[float, float]]:
        """For each sentence, its spread cosine, and by how much its cosine leads the best other one."""
        cosines = self.encoder.encode_passages(texts) @ self.encoder.encode_queries([question.text])[0]
        low, high = float(cosines.min()), float(cosines.max())
        others = sorted(map(float, cosines))[-2] if len(cosines) > 1 else high
        spread = max(high - low, 1e-9)
        return [((one - low) / spread, one - (others if one == high else high)) for one in map(float, cosines)]


def context_tokens(hit: Hit, about: DocumentFacts) -> set[str]:
    """Tokens of the passage with the title, headings, place and bureau that travel with it."""
    passage = hit.passage
    return {*name_tokens(about), *evidence_tokens(" ".join((*passage.section_path, passage.text)))}


def name_tokens(about: DocumentFacts) -> tuple[str, ...]:
    """Tokens of what a document is called: title, place and bureau."""
    return evidence_tokens(" ".join((about.title, about.place, about.bureau)))


def scope_tokens(question: Question, about: DocumentFacts) -> set[str]:
    """The same with those of the places that a question names: they tell which document, not what of it."""
    return {*name_tokens(about), *(token for place in question.places for token in evidence_tokens(place))}


def has_kind(question: Question, text: str) -> bool:
    """Whether the sentence holds the kind of thing that is asked: a number beside words of the question."""
    if question.kind == "number":
        return any(
            VALUE.search(clause) and (question.foreign or not set(question.tokens).isdisjoint(evidence_tokens(pair)))
            for clause, pair in _with_the_one_before(CLAUSE.findall(text))
        )
    if question.kind == "date":
        return bool(DATE.search(text))
    return question.kind == "list" and text.count("、") >= LEAST_ITEMS


def _with_the_one_before(clauses: list[str]) -> Iterator[tuple[str, str]]:
    for before, clause in zip(["", *clauses], clauses, strict=False):
        yield clause, before + clause


def _is_heading(text: str, hit: Hit) -> bool:
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
    words = ITEM.sub("", words) or words
    return words if all(qualifier in words or qualifier not in quote for qualifier in question.qualifiers) else quote
