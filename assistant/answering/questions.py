"""Understand a question: what it asks for, of which year and place, and the words an answer must stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.answering.glossary import chinese_terms, field_terms
from assistant.answering.scope import DATED, foreign_names, named_places, named_years, qualifiers, with_digits
from assistant.errors import QuestionError
from assistant.language.normalization import search_key
from assistant.language.tokenization import tokenize

LONGEST_QUESTION = 2000
# What a document that the question names is called is no place or year of its own.
TITLE = re.compile(r"《[^》]*》")
Kind = Literal["number", "list", "measure", "date", "person", "rank", "verdict", "fact"]

# Words that ask, and frame words of the field that hardly tell one passage from another.
INTERROGATIVE = re.compile(
    r"请问|请告诉我|多少|哪一天|哪一年|哪些|哪几\w|哪[一二三四五六七八九十两]\w|哪\w?|几[个家项件名人次]|什么|怎么样?|怎样|如何|为何"
    r"|是否|分别|各是|各为|有没有|啥|咋|有哪|[吗呢么吧啊谁]|[是有](?=[,，?？]|$)"
    r"|\b(?:what|how|many|much|is|are|was|were|the|of|in|for|to|did|does|do|which|who|when|a|an)\b"
)
FRAME_WORD = re.compile(r"打算|准备|应该|目标|措施|计划|方面|情况|工作|资料|文件")
FUNCTION_CHARACTERS = "的那该了和与被也都又这某们些是"
CUTS = re.compile(rf"[\s,，。;；:：?？!！()（）“”\"'{FUNCTION_CHARACTERS}]+")
FRAME = re.compile(r"的?目标|计划|分别|预期|实际|次年|上一年|[上今明去]年|各(?=是)")
FOCUS = re.compile(r"([\u4e00-\u9fff]{2,})(?:各?是|为)(?:多少|谁|哪位)")
MONEY = re.compile(
    r"多少(?:钱|经费|资金|投资|收入|补贴|贷款|[资补]助|奖金|金额)|(?:经费|资金|投资额?|收入|产值|销售额|补贴|金额|税收)(?:各?是|为|达|有)?多少"
)
NUMBER = re.compile(
    r"多少|几[个家项件名人次处场起篇单万亿年位宗张条份间户亩]|百分之几|how (?:many|much)"
    r"|各是|占比|比例|数量|[个家项件名人次场单]数|target"
)
UNIT_ASKED = re.compile(r"(?:多少|几)万?亿?(?:个)?([家项件名人次处场起篇单份间元亩户辆座台位宗张])")
LIST = re.compile(
    r"[一二两三四五六七八九十][大项个条类种].{1,10}(?:是什么|指什么|有什么|包括)|哪些|哪几|哪[一二三四五六七八九十两\d]*[个项家大类种处方条样点块些]|包括什么|四个“|[一二三四五六七八九十两][个项大]“|有哪|分别是(?!多少|几)|列出"
)
DATE = re.compile(r"哪一?[天日年月]|何时|什么时[候间]|几[月号]")
COMPARE = re.compile(r"比(?![重例率]).{2,}[多少高低大小快慢强弱]|相比|对比|比较|分别|区别|差别|不同|各自")
VERDICT = re.compile(r"是否|是不是|有没有|能不能|对不对|对吗|[^什怎那]吗[?？]?$|[了是]吧[?？]?$")
PERSON = re.compile(r"是谁|由谁担任|谁是|谁担任|[给予]了?谁|哪位(?:领导|局长|书记|主任|专家|同志)|叫什么名字")
RANK = re.compile(r"第几|排名多少|排[在到]?多少")
KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = ((VERDICT, "verdict"), (PERSON, "person"), (RANK, "rank"))
MEASURE = re.compile(r"措施|为什么|原因|怎么[做办抓推]?|如何|怎样|做什么|做些什么|做法|举措|打算|准备")


@dataclass(frozen=True)
class Question:
    """A question and what it names."""

    text: str
    search_text: str
    """The question, with the Chinese terms of an English one."""
    kind: Kind
    years: tuple[int, ...]
    places: tuple[str, ...]
    """With their suffix, as in 某某市."""
    names: tuple[str, ...]
    """Names in Latin letters in an English question, lower case: places in pinyin, most often."""
    qualifiers: tuple[str, ...]
    """Words that narrow what is asked for, such as 省级 and 第三届; the evidence must hold them."""
    tokens: tuple[str, ...]
    """Distinct bigrams, Latin words and numbers that an answer should stand on, years and asking words left out."""
    words: tuple[str, ...]
    """The stretches of the question between asking words, years and function words."""
    unit: str
    """The measure word of 多少件 and 几家; empty where none is asked for."""
    characters: tuple[str, ...]
    """Distinct Han characters of the words: 首批 shares one with 头一批 where no bigram is shared."""
    heading_tokens: tuple[str, ...]
    """The same with frame words such as 目标 and 措施, which headings are made of."""
    focus: tuple[str, ...]
    """Tokens of the thing asked for in 某某是多少 or 某某是谁, which the evidence must name; mostly empty."""
    compares: bool
    """Whether it sets two things side by side."""
    foreign: bool
    """Whether it is asked in Latin letters, so that words cannot tell what the documents hold."""
    count: int | None
    """How many parts a list is said to have: 哪五个方面 gives 5."""


def understand(text: str) -> Question:
    """Read a question. Raises QuestionError where it is empty or longer than 2,000 characters."""
    stripped = text.encode("utf-8", "replace").decode().strip()
    if not stripped:
        raise QuestionError("the question is empty; ask for a goal or a measure, for example 专利申请量的目标是多少?")
    if not tokenize(stripped):
        raise QuestionError(
            "the question has no words; ask for a goal or a measure, for example 专利申请量的目标是多少?"
        )
    if len(stripped) > LONGEST_QUESTION:
        raise QuestionError(
            f"the question has {len(stripped):,} characters; ask in at most {LONGEST_QUESTION:,}, one thing at a time"
        )
    key = with_digits(search_key(stripped))
    foreign = len(re.findall("[a-z]", key)) > len(key) / 2
    terms = chinese_terms(key) if foreign else field_terms(key)
    asked = INTERROGATIVE.sub(" ", DATED.sub(" ", terms if foreign and terms else f"{key} {terms}"))
    topic = FRAME_WORD.sub(" ", asked)
    return Question(
        text=stripped,
        search_text=f"{stripped} {terms}".strip(),
        kind=_kind(key),
        years=named_years(TITLE.sub(" ", key)),
        places=named_places(TITLE.sub(" ", key)),
        qualifiers=qualifiers(key),
        names=foreign_names(stripped) if foreign else (),
        tokens=content_tokens(topic) or content_tokens(asked),
        unit=unit[1] if (unit := UNIT_ASKED.search(key)) else "元" if MONEY.search(key) else "",
        words=tuple(word for word in CUTS.split(topic) if evidence_tokens(word)),
        characters=tuple(dict.fromkeys(re.findall(r"[\u4e00-\u9fff]", CUTS.sub("", topic)))),
        heading_tokens=content_tokens(asked),
        focus=content_tokens(match[1][-5:]) if (match := FOCUS.search(FRAME.sub("", key))) else (),
        compares=bool(COMPARE.search(key)),
        foreign=foreign,
        count=_count(key),
    )


def content_tokens(text: str) -> tuple[str, ...]:
    """Evidence tokens of a question, without bigrams that a function word cuts through."""
    return tuple(token for token in evidence_tokens(text) if set(token).isdisjoint(FUNCTION_CHARACTERS))


@lru_cache(maxsize=65536)
def evidence_tokens(text: str) -> tuple[str, ...]:
    """Distinct tokens but single Han characters, which match by chance."""
    return tuple(dict.fromkeys(token for token in tokenize(text) if len(token) > 1 or token.isdigit()))


def _kind(key: str) -> Kind:
    for pattern, kind in KINDS:
        if pattern.search(key):
            return kind
    if DATE.search(key):
        return "date"
    if MEASURE.search(key):
        return "measure"
    if LIST.search(key):
        return "list"
    if NUMBER.search(key):
        return "number"
    return "fact"


def _count(key: str) -> int | None:
    match = re.search(r"哪([一二两三四五六七八九十]|\d{1,2})|([一二两三四五六七八九十])[大项个条类种].+什么", key)
    if not match:
        return None
    number = (match[1] or match[2]).replace("两", "二")
    return int(number) if number.isdigit() else "一二三四五六七八九十".find(number) + 1
