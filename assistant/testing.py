"""Contracts that a store, an index, an encoder, a reader or a format from elsewhere can run in its own tests.

Each raises AssertionError with what is wrong. Our own parts run the same ones.

>>> from assistant.testing import check_index, sample                                    # doctest: +SKIP
>>> batch, encoder = sample()                                                            # doctest: +SKIP
>>> check_index(*open_mine(batch, encoder), batch, encoder)                              # doctest: +SKIP
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from assistant.answering.question.understanding import understand
from assistant.datamodels import Hit, RowQuery, Scope, Sentence, SourceText
from assistant.documents.parsing import parse_documents
from assistant.facts.naming import counted_name
from assistant.facts.records import prepare
from assistant.interfaces import (
    Batch,
    DocumentStore,
    Encoder,
    FloatArray,
    FormatReader,
    Found,
    PassageIndex,
    Reader,
    Reranker,
)
from assistant.language.synonyms import canonical
from assistant.language.tokenization import evidence_tokens, tokenize
from assistant.language.units import TOO_COMMON
from assistant.language.weights import TermWeights
from assistant.retrieval.context import embedded_text, sparse_tokens
from assistant.retrieval.sparse import K1, B

SAMPLES = {
    "a.txt": (
        "甲市科技局2013年工作要点\n一、工作目标\n1.专利申请量2300件以上;研发投入占GDP比重2.3%。\n2.新增高新技术企业*家。\n"
        "二、工作措施\n(一)抓专利\n1.提升专利申请量。\n2.强化考核。\n(二)抓人才\n1.引进人才10名。\n"
    ),
    "b/b.txt": (
        "甲市科技局2013年工作总结\n一、成绩\n全年专利申请量2415件,其中发明专利300件。\n"
        "二、2014年打算\n专利申请量3000件以上。\n"
    ),
    "c.txt": (
        "乙县科技局2014年工作要点\n专利申请量500件。组织防震减灾演练5次。(责任单位:发展改革局)\n"
        "假设投入翻一番,培训人员900人次。\n"
    ),
}
TOLERANCE = 1e-6


class SampleEncoder:
    """Signed hashed tokens, scaled to length 1: an encoder without a model."""

    fingerprint, dimension = "sample-64", 64

    def encode_queries(self, texts: list[str]) -> FloatArray:
        """(texts, 64) vectors."""
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, self.dimension)

    def encode_passages(self, texts: list[str]) -> FloatArray:
        """(texts, 64) vectors."""
        return self.encode_queries(texts)

    def _vector(self, text: str) -> FloatArray:
        vector = np.full(self.dimension, 1e-6, np.float32)
        for token in tokenize(text):
            digest = hashlib.sha256(token.encode()).digest()
            vector[digest[0] % self.dimension] += 1 if digest[1] % 2 else -1
        unit: FloatArray = vector / np.linalg.norm(vector)
        return unit


def sample(passage_characters: int = 60) -> tuple[Batch, SampleEncoder]:
    """Three small documents ready to publish, and an encoder for them."""
    sources = {name: SourceText(text, "utf-8", sha256=f"sha-{name}") for name, text in SAMPLES.items()}
    documents = [work for name, source in sources.items() for work in parse_documents(source, name)]
    return prepare(documents, sources, passage_characters=passage_characters), SampleEncoder()


def check_encoder(encoder: Encoder) -> None:
    """Rows of length 1, as many as texts, the same for the same text, alone or among others."""
    texts = ["专利申请量2300件以上", "", "防震减灾 R&D" * 300]
    for encode in (encoder.encode_queries, encoder.encode_passages):
        vectors = encode(texts)
        _require(vectors.shape == (3, encoder.dimension), f"the shape is {vectors.shape}, not (3, {encoder.dimension})")
        _require(vectors.dtype == np.float32, f"vectors are {vectors.dtype}, not float32")
        _require(bool(np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)), "rows are not of length 1")
        _require(
            bool(np.allclose(encode(texts[:1])[0], vectors[0], atol=1e-3)), "a text among others has another vector"
        )
        _require(encode([]).shape == (0, encoder.dimension), "no texts give no rows")
    _require(bool(encoder.fingerprint), "the fingerprint is empty")


def check_reranker(reranker: Reranker) -> None:
    """A score for each text."""
    scores = reranker.scores("专利申请量是多少?", ["专利申请量2300件。", "防震减灾。"])
    _require(np.shape(scores) == (2,), f"the shape of the scores is {np.shape(scores)}, not (2,)")
    _require(bool(np.isfinite(scores).all()), "a score is no number")


def check_reader(reader: Reader) -> None:
    """The sentences given, each once, best first; none for none."""
    batch, _ = sample()
    hits = [Hit(rank, 1 / rank, rank, rank, passage) for rank, passage in enumerate(batch.passages, start=1)]
    given = [Sentence(hit, hit.passage.text, hit.passage.start, hit.passage.end) for hit in hits]
    question = understand("甲市2013年专利申请量的目标是多少?")
    read = reader.read(question, given)
    told = sorted((one.start, one.end, one.text) for one in read)
    _require(told == sorted((one.start, one.end, one.text) for one in given), "sentences were lost, added or changed")
    scores = [one.score for one in read]
    _require(scores == sorted(scores, reverse=True), "the best does not come first")
    _require(reader.read(question, []) == [], "no sentences give none")


def check_format(reader: FormatReader, path: Path, words: str) -> None:
    """The text of a file with the words in it, and offsets that lie inside."""
    source = reader(path)
    _require(words in source.text, f"{words!r} is not in what was read")
    offsets = [*(offset for offset, _ in source.headings), *source.pages, *(end for _, end in source.markup)]
    _require(all(0 <= offset <= len(source.text) for offset in offsets), "an offset lies outside the text")
    _require(bool(source.encoding), "the encoding, or the name of the format, is empty")


def check_index(index: PassageIndex, store: DocumentStore, batch: Batch, encoder: Encoder) -> None:
    """What was published is read back; searches are exact BM25 and exact cosine, within the scope alone."""
    passages = sorted(batch.passages, key=lambda one: (one.source, one.document_id, one.start))
    _require(len(index) == len(passages), f"{len(index)} passages, not {len(passages)}")
    _require(store.passages() == passages, "the passages are not those published, by source and place")
    _check_documents(store, batch)
    _check_searches(index, store, encoder)
    _check_rows(index, store, batch)


def _check_documents(store: DocumentStore, batch: Batch) -> None:
    passages = store.passages()
    numbers = list(range(len(passages)))[::-1]
    _require(store.numbered(numbers) == passages[::-1], "numbered() does not keep the order asked")
    _require(list(store.facts) == sorted({one.document_id for one in batch.documents}), "facts are not by source")
    for document in batch.documents:
        read = store.document(document.document_id)
        same = (read.text, read.sections, read.alignment) == (document.text, document.sections, document.alignment)
        _require(same, f"{document.document_id} is not read back as it was")
        own = [one for one in passages if one.document_id == document.document_id]
        _require(store.passages_of(document.document_id) == own, "passages_of() differs from passages()")
        _require(store.source_text(document.source).text == batch.sources[document.source].text, "another file's text")
    _require(store.passage_by_id(passages[0].passage_id) == passages[0], "passage_by_id() gives another")
    for missing in (store.document, store.passage_by_id, store.source_text):
        _raises(KeyError, missing, "none")


def _check_searches(index: PassageIndex, store: DocumentStore, encoder: Encoder) -> None:
    passages, tokens = store.passages(), tokenize("专利申请量的目标,专利")
    for scope in (Scope(), Scope.of(place="甲市"), Scope.of(kind="plan", year=2014), Scope.of(place="丙")):
        allowed = [scope.passes(one.document_id, store.facts[one.document_id]) for one in passages]
        scores = _bm25(store, tokens)
        wanted = [(number, score) for number, score in enumerate(scores) if score > 0 and allowed[number]]
        _same(index.search_words(tokens, 10, scope), wanted, "words")
        vector = encoder.encode_queries(["专利"])[0]
        cosines = encoder.encode_passages([embedded_text(one) for one in passages]) @ vector
        wanted = [(number, float(one)) for number, one in enumerate(cosines) if allowed[number]]
        _same(index.search_vectors(vector, 10, scope), wanted, "vectors", tolerance=1e-2)
    _require(index.held_by("没有") == 0, "a term that no passage holds is held")


def _bm25(store: DocumentStore, tokens: list[str]) -> list[float]:
    """BM25Okapi of each passage as rank-bm25 works it out."""
    from rank_bm25 import BM25Okapi

    texts = [sparse_tokens(one, store.facts[one.document_id]) for one in store.passages()]
    okapi = BM25Okapi(texts, k1=K1, b=B)
    okapi.idf = {term: idf for term, idf in okapi.idf.items() if idf > 0}
    return [float(one) for one in okapi.get_scores(tokens)]


def _same(found: Found, wanted: list[tuple[int, float]], leg: str, tolerance: float = TOLERANCE) -> None:
    best = sorted(wanted, key=lambda one: (-one[1], one[0]))[:10]
    scores = [score for _, score in found]
    right = len(found) == len(best) and np.allclose(scores, [score for _, score in best], atol=tolerance)
    _require(bool(right), f"the search by {leg} finds {found}, not {best}")
    known = dict(wanted)
    _require(all(abs(known.get(number, -9) - score) <= tolerance for number, score in found), f"{leg}: wrong passages")


def _check_rows(index: PassageIndex, store: DocumentStore, batch: Batch) -> None:
    rows, order = store.rows, {name: rank for rank, name in enumerate(store.facts)}
    every = sorted(batch.goals, key=lambda one: (order[one.document_id], batch.goals.index(one)))
    _require(list(rows.goals(RowQuery())) == every, "goals are not those published, in their order")
    measures = sorted(batch.measures, key=lambda one: (order[one.document_id], batch.measures.index(one)))
    _require(list(rows.measures(RowQuery())) == measures, "measures are not those published, in their order")
    planned = [one for one in every if one.status == "planned" and not one.masked]
    _require(
        list(rows.goals(RowQuery(statuses=["planned"], masked=False))) == planned, "status or masked does not filter"
    )
    supposed = [one for one in every if one.standing == "supposed"]
    _require(
        bool(supposed) and list(rows.goals(RowQuery(standings=["supposed"]))) == supposed, "standings do not filter"
    )
    led = [one for one in every if any("发展改革局" in body for body in one.responsible)]
    _require(bool(led) and list(rows.goals(RowQuery(responsible="发展改革局"))) == led, "bodies do not filter")
    of_2014 = [one for one in every if "2014" in (one.period or str(store.facts[one.document_id].years))]
    _require(list(rows.goals(RowQuery(Scope.of(year=2014)))) == of_2014, "a year is the row's, else its document's")
    names = ["组织防震减灾演练", "专利申请量"]
    wanted = [one for name in names for one in every if counted_name(one.indicator, one.unit) == name]
    _require(list(rows.goals(RowQuery(names=names))) == wanted, "rows do not come in the order of the names")
    _require(list(rows.goals(RowQuery(ids=[every[-1].goal_id]))) == every[-1:], "an id does not find its row")
    _require(list(rows.goals(RowQuery(canonicals=[]))) == [], "no indicators give no rows")
    weights = TermWeights(len(index), index.held_by)
    asked = frozenset(evidence_tokens("专利申请量"))
    told = {name: weights.coverage(terms, asked) for name, terms in _names(batch)}
    wanted_names = {name: share for name, share in told.items() if share >= 0.6}
    found = rows.named(asked, 0.6)
    _require(set(found) == set(wanted_names), f"named() gives {sorted(found)}, not {sorted(wanted_names)}")
    _require(
        all(abs(found[name] - share) < TOLERANCE for name, share in wanted_names.items()), "shares are not by weight"
    )
    _require(
        set(rows.indicator_vectors()) == {canonical(one.indicator) for one in every}, "indicators without a vector"
    )
    _require(
        set(rows.periods()) == {one.period for one in every} | {one.period for one in measures},
        "periods() differs from the rows",
    )


def _names(batch: Batch) -> Iterable[tuple[str, tuple[str, ...]]]:
    names = {counted_name(one.indicator, one.unit) for one in batch.goals}
    return [(name, evidence_tokens(name)) for name in sorted(names) if not TOO_COMMON.fullmatch(name)]


def _require(right: bool, otherwise: str) -> None:
    if not right:
        raise AssertionError(otherwise)


def _raises(error: type[Exception], call: Callable[[str], object], name: str) -> None:
    try:
        call(name)
    except error:
        return
    raise AssertionError(f"{getattr(call, '__name__', call)}({name!r}) does not raise {error.__name__}")
