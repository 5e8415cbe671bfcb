"""Whether sentences tell the kind of thing asked: a number of that unit, a person, a company, a date, a rank."""

from __future__ import annotations

import re

from assistant.answering.evidence import DATE, MASKED_VALUE, VALUE, Sentence, lead
from assistant.answering.goal_questions import asked_thing
from assistant.answering.questions import Question, evidence_tokens
from assistant.facts.pairing import dimension
from assistant.language.indicator_terms import canonical

LEAST_THING = 0.5
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


def tells(question: Question, chosen: list[Sentence]) -> bool:
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


def _has_value(question: Question, words: str) -> bool:
    """Whether a number stands there, in the unit that is asked for, be it masked or lost."""
    if not VALUE.search(words) and not MASKED_VALUE.search(words):
        return False
    return not question.unit or any(
        one == question.unit or (number and dimension(one) == dimension(question.unit))
        for number, one in COUNTED.findall(words)
    )


def _names_thing(thing: frozenset[str], text: str) -> bool:
    """Whether the text names the thing that is counted, or most of its characters where it is longer than two."""
    characters = set("".join(thing))
    if not thing or not thing.isdisjoint(evidence_tokens(text)):
        return True
    return len(characters) > 2 and len(characters & set(text)) >= LEAST_THING * len(characters)


def _names_a_person(text: str) -> bool:
    import rjieba

    return bool(TITLED_PERSON.search(text)) or any(
        tag.startswith("nr") and len(word) > 1 for word, tag in rjieba.tag(text)
    )


def _is_share(question: Question, words: str) -> bool:
    """Whether the number is a share of what is asked for (占GDP2.3%), not the thing itself."""
    shared = re.search(r"占([^,，;；。\d]*)", words)
    return bool(shared and question.words and question.words[-1] in shared[1].lower() and "占" not in question.text)
