"""When not to answer: the year, the place or the thing asked for is not in the evidence."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.answering.evidence import (
    DATE,
    MASKED_VALUE,
    VALUE,
    Sentence,
    TermWeights,
    context_tokens,
    lead,
    name_tokens,
)
from assistant.answering.goal_questions import asked_thing
from assistant.answering.questions import Question, evidence_tokens
from assistant.answering.scope import headed_years
from assistant.datamodels import DocumentFacts, Hit, Refusal
from assistant.documents.indicator_terms import canonical
from assistant.documents.metadata import own_kind
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.pairing import dimension

NEAREST = 3
# idf-weighted share of the question's words that the evidence with its title must hold, set on the
# development questions; a cosine says nothing here. A wrong number is worse than a refusal.
LEAST_SUPPORT, LEAST_SUPPORT_OF_A_NUMBER = 0.15, 0.25
LEAST_MARGIN = 0.01
LEAST_THING = 0.5
WORD_SHARE = 0.4
LEAST_FOCUS = 0.4
LEAST_COVERAGE = 0.12
LEAST_MENTIONS = 2
COUNTED = re.compile(r"(?:([\dxX*])|[一二三四五六七八九十百千两]|(?<=[&＆]))[多余]?\s*[万亿]*([%％‰\u4e00-\u9fff])")
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤楼葛章柯应楼俞"
)
TITLED_PERSON = re.compile(
    rf"(?:书记|主任|局长|市长|县长|区长|省长|院士|教授|部长|处长|所长|校长|主席|经理|董事长|组长)(?:[{SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
)
ORGANISATION_ASKED = re.compile(r"哪一?家|哪个(?:企业|公司|单位|机构|团队)")
ORGANISATION = re.compile(
    r"公司|集团|厂|研究[所院室]|大学|学院|协会|银行|合作社|事务所|实验室|医院|中心|团队|局|院|[“《]|、"
)
RANKED = re.compile(r"第[一二三四五六七八九十\dxX*]+|前[一二三四五六七八九十\dxX*]+[位名]|首位|榜首|倒数")
LONGEST_MISSING = 12
# The documents are those of science bureaus; another bureau's figure must stand under its name.
OTHER_BODY = re.compile(
    r"(教育|农业农村|农业|发展和改革|发改|财政|卫生健康|卫健|工业和信息化|工信|经信|商务|民政|公安|人社|文旅|文物|环保"
    r"|生态环境|住建|交通|水利|市场监管|税务|统计|审计|司法)(?:局|委|厅|办)"
)


def in_scope(question: Question, hit: Hit, index: HybridIndex) -> bool:
    """Whether the passage speaks of the years and places that the question names."""
    return _year_fits(question, hit, index) and _place_fits(question, hit, index)


def _year_fits(question: Question, hit: Hit, index: HybridIndex) -> bool:
    """By the year that the headings name, else the document's years, else a year in the passage itself."""
    return not question.years or any(_speaks_of(year, hit, index) for year in question.years)


def _speaks_of(year: int, hit: Hit, index: HybridIndex) -> bool:
    years = headed_years(hit.passage.section_path) or index.store.facts[hit.passage.document_id].years
    return year in years or f"{year}年" in hit.passage.text


def missing_years(question: Question, chosen: list[Sentence], index: HybridIndex) -> list[int]:
    """Years that the question names and no evidence speaks of; a row was chosen by its own year."""
    if len(question.years) == 1 and all(sentence.named for sentence in chosen):
        return []
    return [year for year in question.years if not any(_speaks_of(year, sentence.hit, index) for sentence in chosen)]


def _place_fits(question: Question, hit: Hit, index: HybridIndex) -> bool:
    """By the document's own place where it is known; else by what its text calls itself.

    A city that a document only mentions (与上海、南京等地合作) is not what it speaks of. Of several places the
    last is the narrowest and counts; where two are compared, one of them is enough.
    """
    if not question.names and not question.places:
        return True
    text = index.store.document(hit.passage.document_id).text
    if question.names:
        about = index.store.facts[hit.passage.document_id]
        spelled = _pinyin(f"{about.place}{about.title}") + _spelled(text)
        return all(name in spelled for name in question.names)
    facts = index.store.facts[hit.passage.document_id]
    return any(
        _is_of(place, facts, hit.passage.text, text)
        for place in (question.places if question.compares else question.places[-1:])
    )


def is_named(place: str, about: DocumentFacts) -> bool:
    """Whether the title or the place of a document is the one asked for: 某某县 is not 某某市."""
    if about.place and place[:-1] == about.place[:-1]:
        return place == about.place or place in about.title
    return place[:-1] in about.title or place[:-1] in about.place


def _is_of(place: str, facts: DocumentFacts, passage: str, text: str) -> bool:
    stem = place[:-1]
    if is_named(place, facts) or (place[-1] == "省" and stem in text):
        return True
    if facts.place or own_kind(text) not in ("", place[-1]):
        return stem in passage
    return place in text or text.count(stem) >= LEAST_MENTIONS


@lru_cache(maxsize=8192)
def _pinyin(text: str) -> str:
    """The text as an English question spells its names: without tones, in one run."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))


@lru_cache(maxsize=64)
def _spelled(text: str) -> str:
    """The same of a long text, character by character, which reads one of several readings of some."""
    return "".join(map(_syllable, text))


@lru_cache(maxsize=8192)
def _syllable(character: str) -> str:
    return _pinyin(character)


def find_refusal(question: Question, chosen: list[Sentence], found: list[Hit], index: HybridIndex) -> Refusal | None:
    """Why the question cannot be answered from ``chosen``, or None where it can."""
    nearest = tuple(found[:NEAREST])
    if not found:
        return Refusal("empty", "", ())
    if not chosen:
        return _out_of_scope(question, found, index, nearest)
    weights = TermWeights(index)
    held: set[str] = set()
    names: set[str] = set()
    for sentence in chosen:
        facts = index.store.facts[sentence.hit.passage.document_id]
        held |= context_tokens(sentence.hit, facts)
        names |= set(name_tokens(facts))
    if (body := OTHER_BODY.search(question.text)) and not any(_says(sentence, body[1]) for sentence in chosen):
        return Refusal("absent", body[0], nearest)
    lacking = [word for word in question.qualifiers if not any(_says(sentence, word) for sentence in chosen)]
    if lacking:
        return Refusal("absent", "、".join(lacking), nearest)
    if chosen[0].named or (question.tokens and _stands(question, chosen, held, names, weights)):
        return None
    return Refusal("absent", _missing_words(question, held), nearest)


def _stands(question: Question, chosen: list[Sentence], held: set[str], names: set[str], weights: TermWeights) -> bool:
    """Whether sentences that no row chose hold enough of the question to answer it."""
    topic = tuple(token for token in question.tokens if token not in names)
    if question.focus and weights.coverage(question.focus, held) < LEAST_FOCUS:
        return False
    if question.foreign:
        near = not topic or weights.coverage(topic, held) >= LEAST_COVERAGE or chosen[0].margin >= 0
        return (near or bool(question.names)) and _tells(question, chosen)
    characters = {
        one for sentence in chosen for one in " ".join((*sentence.hit.passage.section_path, sentence.hit.passage.text))
    } | set("".join(names))
    words = weights.coverage(topic, held) if topic else 1.0
    support = WORD_SHARE * words + (1 - WORD_SHARE) * weights.coverage(question.characters, characters)
    least = LEAST_SUPPORT_OF_A_NUMBER if question.kind == "number" else LEAST_SUPPORT
    return (support >= least or chosen[0].margin >= LEAST_MARGIN) and _tells(question, chosen)


def _says(sentence: Sentence, word: str) -> bool:
    """Whether the passage or its headings hold a qualifier of the question."""
    return word in sentence.hit.passage.text or any(word in heading for heading in sentence.hit.passage.section_path)


def _tells(question: Question, chosen: list[Sentence]) -> bool:
    """Whether a number that is asked for is there, in the unit that is asked for."""
    if question.kind == "person":
        return any(_names_a_person(sentence.text) for sentence in chosen)
    if question.kind == "rank":
        return any(RANKED.search(sentence.text) for sentence in chosen)
    if ORGANISATION_ASKED.search(question.text):
        return any(ORGANISATION.search(sentence.text) for sentence in chosen)
    if question.kind == "date":
        return any(DATE.search(sentence.text) for sentence in chosen)
    if question.kind != "number":
        return True
    leads = [lead(question, sentence.text) for sentence in chosen]
    thing = asked_thing(question)
    return any(
        _has_value(question, words) and not _is_share(question, words) and _names_thing(thing, canonical(sentence.text))
        for words, sentence in zip(leads, chosen, strict=True)
    )


def _names_thing(thing: frozenset[str], text: str) -> bool:
    """Whether the text names the thing that is counted, or most of its characters where it is longer than two."""
    characters = set("".join(thing))
    if not thing or not thing.isdisjoint(evidence_tokens(text)):
        return True
    return len(characters) > 2 and len(characters & set(text)) >= LEAST_THING * len(characters)


def _has_value(question: Question, words: str) -> bool:
    """Whether a number stands there, in the unit that is asked for, be it masked or lost."""
    if not VALUE.search(words) and not MASKED_VALUE.search(words):
        return False
    return not question.unit or any(
        one == question.unit or (number and dimension(one) == dimension(question.unit))
        for number, one in COUNTED.findall(words)
    )


def _names_a_person(text: str) -> bool:
    import rjieba

    return bool(TITLED_PERSON.search(text)) or any(
        tag.startswith("nr") and len(word) > 1 for word, tag in rjieba.tag(text)
    )


def _is_share(question: Question, words: str) -> bool:
    """Whether the number is a share of what is asked for (占GDP2.3%), not the thing itself."""
    shared = re.search(r"占([^,，;；。\d]*)", words)
    return bool(shared and question.words and question.words[-1] in shared[1].lower() and "占" not in question.text)


def _missing_words(question: Question, held: set[str]) -> str:
    """The words of the question that the evidence does not hold whole, at most three."""
    words = [word for word in question.words if not set(evidence_tokens(word)) <= held]
    return "、".join(word[:LONGEST_MISSING] for word in words[:3])


def _out_of_scope(question: Question, found: list[Hit], index: HybridIndex, nearest: tuple[Hit, ...]) -> Refusal:
    """Name the place or the year that no passage speaks of."""
    if not any(_place_fits(question, hit, index) for hit in found):
        return Refusal("wrong_place", "、".join(question.places or question.names), nearest)
    return Refusal("wrong_year", "、".join(f"{year}年" for year in question.years), nearest)
