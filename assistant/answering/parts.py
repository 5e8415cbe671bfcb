"""Questions that ask for more than one thing: their parts, each a question of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answering.questions import content_tokens
from assistant.answering.scope import DATED, named_places, without_scope
from assistant.language.normalization import search_key

ASKING = re.compile(
    r"多少|多久|多长|啥|咋|几[^乎]|哪|什么|谁|怎么|怎样|如何|为何|为什么|是否|是不是|有没有|[吗呢](?=[?？]|$)"
)
CLAUSE = re.compile(r"[^,，;；?？]+[,，;；?？]?")
COUNT_NOUN = re.compile(r"([次家件个人项单户场名篇起])数[,，]?(?:各?[是为有])?多少")
"""学习次数是多少 asks 学习多少次."""
THAN = re.compile(
    r"^(?P<first>.{4,}?)[,，]?\s*比(?![重例率较])(?P<second>.{2,}?)(?:大约|大概)?(?P<more>多|少|高|低|大)(?:了|出)?"
    r"(?P<asked>多少|几)(?P<unit>[\u4e00-\u9fff]{0,2})[?？]?$"
)
APART = re.compile(
    r"^(?P<first>.{4,}?)[,，]?\s*(?:[与跟]|(?<!总)和)(?P<second>.{2,}?)(?:相比|比较|比)?[,，]?\s*(?:相?差|各?是?多出?|少)(?:了)?"
    r"(?P<asked>多少|几)(?P<unit>[\u4e00-\u9fff]{0,2})[?？]?$"
)
GOAL_ALONE = re.compile(r"(?:年初|全年|年度)?(?:目标|计划|任务|预期)(?:数|值|任务)?")
BODY = r"的(?:那个|那座)?(?:县|市|区)"
BOTH_DESCRIBED = re.compile(rf"^(?P<first>[^,，和与]+?{BODY})[和与、](?P<second>[^,，]+?{BODY})[,，]?(?P<rest>.+)$")
BETWEEN = re.compile(r"[、和与跟及]|以及|还有|,|，")
DONE = r"(?:上一?年|去年|当年)?(?:实际|完成)[数值]?(?:完成)?"
PLANNED = r"(?:次年|今年|来年|明年|下一年)?(?:的)?(?:计划|目标|预期)[数值]?"
DONE_AND_PLANNED = re.compile(
    rf"(?P<done>{DONE})[和与、及](?P<planned>{PLANNED})|(?P<planned_first>{PLANNED})[和与、及](?P<done_last>{DONE})"
)
FRAME = re.compile(r"[今去来次明上]一?年|下一年|计划|打算|准备|一次|实际|目标|完成|[家个项件名]$")
QUOTED = re.compile(r"“[^”]+”")
SIDE_BY_SIDE = re.compile(r"分别|各[是为有发多]|对比|相比|比较|[差区]别|不同|谁更|哪个更")


@dataclass(frozen=True)
class Part:
    """One thing that a question asks for."""

    text: str
    label: str
    """The words of the question that tell it from the other parts."""


def compared(text: str) -> list[Part]:
    """The two sides of 甲比乙多几家; [] where the question is none."""
    match = THAN.match(text) or APART.match(text)
    if not match:
        return []
    asked = f"多少{match['unit']}"
    labels = [_label(match[side]) for side in ("first", "second")]
    things = [_thing(label) for label in labels]
    if not any(things) or any(GOAL_ALONE.fullmatch(thing) for thing in things):
        return []
    sides = [
        label if thing else f"{label}{other}"
        for label, thing, other in zip(labels, things, reversed(things), strict=True)
    ]
    return [Part(f"{side}是{asked}?", label) for side, label in zip(sides, labels, strict=True)]


def scopes(text: str) -> list[Part]:
    """The question for each of the places or years that it sets side by side; [] where it names at most one."""
    if not SIDE_BY_SIDE.search(text):
        return []
    if both := BOTH_DESCRIBED.match(text):
        rest = re.sub(r"[,，]?(?:哪个|谁)[^,，]*$|[各分]别?(?=[是为有发多])", "", both["rest"])
        return [Part(f"{both[side]},{rest}", both[side]) for side in ("first", "second")]
    key = search_key(text)
    years = list(dict.fromkeys(match[0] for match in DATED.finditer(key)))
    for names in (list(named_places(key)), years):
        run = "|".join(map(re.escape, names))
        if len(names) > 1 and (match := re.search(rf"(?:{run})(?:(?:{BETWEEN.pattern})+(?:{run}))+", key)):
            return [Part(key[: match.start()] + name + key[match.end() :], name) for name in names]
    return []


def statuses(text: str) -> list[Part]:
    """The question for what was done and for what is planned, where it asks for both side by side."""
    match = DONE_AND_PLANNED.search(text)
    if not match:
        return []
    rest = re.sub(r"分别|[,，](?=[是为])", "", text[: match.start()] + text[match.end() :])
    done, planned = match["done"] or match["done_last"], match["planned"] or match["planned_first"]
    rest = COUNT_NOUN.sub(r"多少\1", rest)
    return [Part(f"实际完成的{rest}", done), Part(f"计划的{rest}", planned)]


def clauses(text: str) -> list[Part]:
    """Clauses that each ask for something; words before the first belong to it; [] where only one asks."""
    found: list[str] = []
    waiting = ""
    for clause in CLAUSE.findall(text):
        waiting += clause
        if ASKING.search(clause):
            found.append(waiting.strip(" ,，;；?？"))
            waiting = ""
    if len(found) < 2 or any(not content_tokens(search_key(ASKING.sub(" ", one))) for one in found):
        return []
    return [Part(f"{found[0]}?", found[0]), *(Part(f"{_scope(found[0], one)}{one}?", one) for one in found[1:])]


def _scope(first: str, later: str) -> str:
    """The place and the year of the first clause, as far as a later one names none of its own."""
    places = "" if named_places(search_key(later)) else "".join(named_places(search_key(first)))
    years = "" if DATED.search(later) else "".join(match[0] for match in DATED.finditer(first))
    bare = not content_tokens(search_key(ASKING.sub(" ", FRAME.sub(" ", later))))
    return places + years + (_subject(first) if bare else "")


def _subject(first: str) -> str:
    """What a clause is about, for a later one that leaves it out: its quoted words, else those before it asks."""
    asking = ASKING.search(first)
    before = first[: asking.start()] if asking else first
    return "".join(QUOTED.findall(first)) or FRAME.sub("", before).rpartition(",")[2].rstrip("是为有的")


def _thing(side: str) -> str:
    """What a side speaks of besides its place and year; '' where it is a place or year alone."""
    rest = without_scope(search_key(side))
    return rest.strip("的 ") if content_tokens(rest) else ""


def _label(side: str) -> str:
    """The words that name a side of a comparison."""
    return re.sub(r"^[,，]|[,，]$", "", side)
