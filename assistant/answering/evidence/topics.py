"""A topic that several documents speak of: of each the sentence that says most of it."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.sentences import has_kind, sentences_in
from assistant.datamodels import Sentence
from assistant.language import asking
from assistant.language.tokenization import content_tokens, evidence_tokens

HITS = 60
LEAST_TOLD = 0.55
"""Share of the topic's words, by weight, that a sentence with its headings must hold."""
LEAST_OF_ALL, HIT_OF_ALL = 0.28, 0.3
"""The same where the question asks of all documents, often in words of its own: the score of the hit counts too."""
NEARLY, NEARLY_OF_ALL = 0.7, 0.55
"""And the share of the best sentence's share."""
KIND_BONUS = 0.1
BARE_HEADING = 0.5
"""What the words count that only a heading holds."""


def topic_sentences(evidence: Evidence) -> list[Sentence]:
    """The best sentence of each document that says enough of the topic, the best first; ties by rank of the hit."""
    question, library = evidence.question, evidence.library
    words = asking.EVERYWHERE.sub(" ", " ".join(question.words))
    quoted = asking.QUOTED.findall(question.key)
    topic = content_tokens(" ".join(quoted) or asking.FRAME.sub(" ", words))
    of_all = asking.EVERYWHERE.search(question.key) is not None
    least, nearly, by_hit = (LEAST_OF_ALL, NEARLY_OF_ALL, HIT_OF_ALL) if of_all else (LEAST_TOLD, NEARLY, 0.0)
    if not topic:
        return []
    best: dict[str, Sentence] = {}
    for hit in library.retriever.search(words, k=HITS, scope=evidence.scope):
        if hit.document_id in library.superseded or not all(one in hit.passage.text for one in quoted):
            continue
        for sentence in sentences_in(hit):
            if sentence.heading:
                continue
            held = set(evidence_tokens(sentence.text))
            above = held.union(evidence_tokens(" ".join(hit.passage.section_path)))
            own, whole = library.weights.coverage(topic, held), library.weights.coverage(topic, above)
            score = own + BARE_HEADING * (whole - own) + KIND_BONUS * has_kind(question, sentence.text)
            score += by_hit * hit.score
            known = best.get(hit.document_id)
            if score >= least and (known is None or score > known.score):
                best[hit.document_id] = replace(sentence, score=score, named=True)
    found = sorted(best.values(), key=lambda one: (-one.score, one.hit.rank))
    return [one for one in found if one.score >= nearly * found[0].score]
