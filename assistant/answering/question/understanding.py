"""Understand a question: what it asks for, of which year and place, and the words an answer must stand on."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.answering.question.checking import checked_question
from assistant.datamodels import GoalStatus, Question, QuestionKind
from assistant.language import asking
from assistant.language.asking import CUTS, INTERROGATIVE, list_count, qualifiers
from assistant.language.normalization import search_key
from assistant.language.places import asked_places, foreign_names, naming_places, without_scope
from assistant.language.polarity import GROWTH_OF
from assistant.language.synonyms import RESEARCH, canonical, chinese_terms, field_terms
from assistant.language.tokenization import content_tokens, evidence_tokens
from assistant.language.units import TOO_COMMON
from assistant.language.years import DATED, named_years, with_full_years

THING_TAIL = 3
"""Characters before 是多少 that name the thing."""
FOCUS_TAIL = 5
ALL_STATUSES: frozenset[GoalStatus] = frozenset({"planned", "achieved", "projected"})


def understand(text: str, whole_names: Callable[[str], str] = str) -> Question:
    """Read a question, with ``whole_names`` for the places that it calls by less.

    Raises QuestionError where it is empty or longer than 2,000 characters.
    """
    stripped = checked_question(text)
    plain = search_key(stripped)
    foreign = len(re.findall("[a-z]", plain)) > len(plain) / 2
    plain = stripped if foreign else asking.COUNT_NOUN.sub(r"多少\1", plain)
    said = with_full_years(search_key(plain))
    key = said if foreign else whole_names(said)
    terms = chinese_terms(key) if foreign else field_terms(key)
    asked = INTERROGATIVE.sub(" ", DATED.sub(" ", terms if foreign and terms else f"{said} {terms}"))
    topic = asking.FRAME.sub(" ", asked)
    words = tuple(word for word in CUTS.split(RESEARCH.sub("研发", topic)) if evidence_tokens(word))
    untitled = asking.TITLE.sub("《》", key)
    units, focus = set(asking.UNIT.findall(key)), asking.FOCUS.search(asking.FRAME_OF_FOCUS.sub("", key))
    parts = len(asking.PART.findall(key))
    keywords = " " in plain and not INTERROGATIVE.search(key)
    return Question(
        text=stripped,
        key=key,
        search_text=f"{plain} {terms}".strip(),
        kind=_kind(key),
        years=named_years(untitled),
        places=asked_places(untitled),
        names=foreign_names(stripped) if foreign else (),
        qualifiers=(*qualifiers(key), *naming_places(untitled)),
        tokens=content_tokens(topic) or content_tokens(asked),
        words=words,
        unit=units.pop() if len(units) == 1 else "元" if not units and asking.MONEY.search(key) else "",
        characters=tuple(dict.fromkeys(re.findall(r"[\u4e00-\u9fff]", CUTS.sub("", topic)))),
        heading_tokens=content_tokens(asked),
        focus=content_tokens(focus[1][-FOCUS_TAIL:]) if focus else (),
        compares=bool(asking.COMPARE.search(key)),
        foreign=foreign,
        count=list_count(key),
        thing=_thing(key),
        indicator_tokens=frozenset((*evidence_tokens(canonical(key)), *evidence_tokens(canonical(without_scope(key))))),
        asked_tokens=evidence_tokens(
            " ".join(canonical(one) for word in words for one in asking.FRAME_OF_NUMBER.sub(" ", word).split())
        ),
        statuses=ALL_STATUSES if keywords else _statuses(key),
        parts=parts,
        each=bool(asking.EACH.search(key)),
        several=parts > 1 or bool(asking.COMPARE.search(key)) or bool(asking.SEVERAL.search(key)) or keywords,
        keywords=keywords,
    )


def _kind(key: str) -> QuestionKind:
    return next((kind for kind, pattern in asking.KINDS if pattern.search(key)), "fact")


def _thing(key: str) -> frozenset[str]:
    """Tokens of the words behind 多少, else of the end of those before it: 销售额 is asked in 签约项目销售额多少.

    Empty where they are too common to tell one row from another, as in 多少个项目.
    """
    tokens: set[str] = set()
    for found in asking.THING.finditer(asking.FRAME_OF_NUMBER.sub("", key)):
        before = canonical(without_scope(GROWTH_OF.sub("", canonical(found[1])).strip("年度各的有了")))[-THING_TAIL:]
        behind = canonical(asking.COLLOQUIAL_END.sub("", found[2]))
        tokens |= set(evidence_tokens(behind) or behind) or set(evidence_tokens(before))
    return frozenset(token for token in tokens if not TOO_COMMON.fullmatch(token))


def _statuses(key: str) -> frozenset[GoalStatus]:
    """What the question asks of a row: planned, achieved or projected; all where it does not say."""
    planned, achieved = bool(asking.PLANNED.search(key)), bool(asking.ACHIEVED.search(key))
    if planned == achieved:
        return ALL_STATUSES
    return frozenset({"planned", "projected"}) if planned else frozenset({"achieved"})
