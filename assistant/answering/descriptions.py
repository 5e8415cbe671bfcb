"""Documents that a question describes instead of naming: 举办某大会的那个市, 茶叶县."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.answering.evidence import TermWeights
from assistant.answering.questions import Question, content_tokens
from assistant.answering.scope import DATED, describing_places, named_years
from assistant.language.normalization import search_key
from assistant.retrieval.index import HybridIndex

BODY = r"(?:县|市|区|镇|局|科技局|地方|城市|单位|部门|文件|总结|计划|要点)"
DESCRIBED = re.compile(
    rf"^(?P<described>[^?？]{{3,60}}?)的(?:那个|那座|那份|那篇|那|这个|该)?(?P<body>{BODY})(?![\u4e00-\u9fff]?级)[,，、]?"
)
ASKING = re.compile(r"多少|几|哪|什么|谁|怎|如何|是否|是不是|有没有|吗")
FRAME = re.compile(r"所在|位于|提出|提到|提倡|讲|举办|打造|争取|实施|组织|申报|拥有|[有把将作为]")
LEAST_HELD = 0.65
NEARLY = 0.9
QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Description:
    """What a question says of a document, the rest of the question, and the documents it fits."""

    words: str
    rest: str
    documents: frozenset[str]


def described(text: str, index: HybridIndex) -> Description | None:
    """The documents that the question describes; None where it describes none, or none that the corpus has."""
    years = set(named_years(search_key(text)))
    for words, rest in _descriptions(text):
        documents = _documents_with(words, index)
        facts = index.store.facts
        places = {facts[one].place for one in documents} - {""}
        documents |= {name for name, one in facts.items() if one.place in places}
        of_years = frozenset(one for one in documents if years & set(facts[one].years))
        documents = of_years or documents
        if documents:
            return Description(words, rest, documents)
    return None


def unknown_description(text: str) -> str:
    """The words that describe a document, where they do; for a question that no document fits."""
    match = DESCRIBED.match(text)
    return match["described"] if match and not ASKING.search(match["described"]) else ""


def named_documents(question: Question, index: HybridIndex) -> frozenset[str] | None:
    """The documents of the place and the years that the question names; None where the corpus has none of these."""
    facts = index.store.facts
    if question.foreign or question.compares:
        return None
    text = search_key(question.text)
    of_place = frozenset(name for name, one in facts.items() if len(one.place) > 2 and one.place[:-1] in text)
    of_years = frozenset(name for name, one in facts.items() if not set(question.years).isdisjoint(one.years))
    if of_place and question.years:
        return of_place & of_years or None
    return of_place or None


def _descriptions(text: str) -> list[tuple[str, str]]:
    """(words that describe, rest of the question), those that name no place."""
    found = []
    match = DESCRIBED.match(text)
    if match and not ASKING.search(match["described"]):
        found.append((match["described"], text[match.end() :]))
    places = [name for name in describing_places(search_key(text)) if name in text]
    return [*found, *((name[:-1], text.replace(name, "", 1).lstrip("的那个")) for name in places)]


def _documents_with(words: str, index: HybridIndex) -> frozenset[str]:
    """The documents that hold most of the words, by weight, where they hold enough of them."""
    import rjieba

    # By words: a pair of characters across two of them stands in no document.
    cut = rjieba.cut(FRAME.sub(" ", DATED.sub(" ", search_key(words)))) or rjieba.cut(search_key(words))
    quoted = QUOTED.findall(search_key(words))
    tokens = tuple(dict.fromkeys(token for word in (*cut, *quoted) for token in content_tokens(word)))
    if not tokens:
        return frozenset()
    held, together = _shares(tokens, index)
    if quoted:
        names = zip(index.store.facts, _shares(content_tokens(" ".join(quoted)), index)[0], strict=True)
        holding = (name for name, share in names if share > LEAST_HELD)
        saying = [one for one in holding if all(part in search_key(index.store.document(one).text) for part in quoted)]
        if saying:
            return frozenset(saying)
    score = np.where(held >= LEAST_HELD, held + together, 0)
    found = [name for name, one in zip(index.store.facts, score, strict=True) if one >= NEARLY * max(score.max(), 1e-9)]
    return frozenset(found)


def _shares(tokens: tuple[str, ...], index: HybridIndex) -> tuple[FloatArray, FloatArray]:
    """For each document the share of the tokens' weight that it holds, and the most that one passage of it holds."""
    weights = TermWeights(index)
    held, passages = np.zeros(len(index.store.facts)), np.zeros(len(index))
    for token in tokens:
        found = index.sparse.holding(token)
        passages[found] += weights[token]
        held[np.unique(index.document_numbers[found])] += weights[token]
    together = np.zeros(len(held))
    np.maximum.at(together, index.document_numbers, passages)
    total = sum(weights[token] for token in tokens)
    return held / total, together / total
