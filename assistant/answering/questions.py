"""Understand a question: what it asks for, of which year and place, and the words an answer must stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.answering.glossary import chinese_terms
from assistant.documents.normalization import search_key
from assistant.errors import QuestionError
from assistant.retrieval.tokenization import tokenize

LONGEST_QUESTION = 2000
Kind = Literal["number", "list", "measure", "date", "fact"]

# Words that ask, and frame words of the field that hardly tell one passage from another.
INTERROGATIVE = re.compile(
    r"请问|请告诉我|多少|哪一天|哪一年|哪些|哪几\w|哪[一二三四五六七八九十两]\w|哪\w?|几[个家项件名人次]|什么|怎么样?|怎样|如何|为何"
    r"|是否|分别|各是|各为|有没有|有哪|[吗呢么吧啊谁]|[是有](?=[,，?？]|$)"
    r"|\b(?:what|how|many|much|is|are|was|were|the|of|in|for|to|did|does|do|which|who|when|a|an)\b"
)
FRAME_WORD = re.compile(r"打算|准备|应该|目标|措施|计划|方面|情况|工作|资料|文件")
FUNCTION_CHARACTERS = set("的那该了和与被也都又这某们些是")
FRAME = re.compile(r"的?目标|计划|分别|预期|实际|次年|上一年|[上今明去]年|各(?=是)")
FOCUS = re.compile(r"([\u4e00-\u9fff]{2,})(?:各?是|为|有)(?:多少|谁|哪位)")
NUMBER = re.compile(r"多少|几[个家项件名人次处场起篇单万亿年]|百分之几|how (?:many|much)|各是|占比|比例|数量|target")
LIST = re.compile(
    r"[一二两三四五六七八九十][大项个条类种].{1,10}(?:是什么|指什么|有什么|包括)|哪些|哪几|哪[一二三四五六七八九十两]?[个项家大类种处方]|包括什么|有哪|分别是|列出"
)
DATE = re.compile(r"哪一?[天日年月]|何时|什么时[候间]|几[月号]")
COMPARE = re.compile(r"比.{2,}[多少高低大小快慢强弱]|相比|对比|比较|分别|区别|差别|不同|各自")
MEASURE = re.compile(r"措施|怎么[做办抓推]?|如何|怎样|做什么|做些什么|做法|举措|打算|准备")
# A capitalised word inside an English sentence.
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
FOREIGN_NAME = re.compile(
    rf"(?<=[a-z,] )((?!(?:{MONTH}|China|Chinese|County|City|District|Province)\b)[A-Z][a-z]{{2,}})"
)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
DATED = re.compile(YEAR.pattern + "年?度?")
PLACE = re.compile(r"([\u4e00-\u9fff]{1,5}?)(省|市|县|区|州|盟|旗)(?![级直委政场域])")
NOT_A_PLACE = re.compile(
    r"争取|加快|推进|建设|提出|举办|打造|关于|[我全本该各省市县区级哪某这那几个同和与的在是了].|[一二三四五六七八九十][市县区]$"
    r"|[城园地山社景校灾矿库片街辖厂郊]区$|示范|试验|开发|高新|先导|创新|科技|强[省市县区]|服务"
)


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
    tokens: tuple[str, ...]
    """Distinct bigrams, Latin words and numbers that an answer should stand on, years and asking words left out."""
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
    stripped = text.strip()
    if not stripped:
        raise QuestionError("the question is empty; ask for a goal or a measure, for example 专利申请量的目标是多少?")
    if len(stripped) > LONGEST_QUESTION:
        raise QuestionError(
            f"the question has {len(stripped):,} characters; ask in at most {LONGEST_QUESTION:,}, one thing at a time"
        )
    key = search_key(stripped)
    years = tuple(sorted({int(year) for year in YEAR.findall(key)}))
    foreign = len(re.findall("[a-z]", key)) > len(key) / 2
    terms = chinese_terms(key) if foreign else ""
    asked = INTERROGATIVE.sub(" ", DATED.sub(" ", terms or key))
    return Question(
        text=stripped,
        search_text=f"{stripped} {terms}".strip(),
        kind=_kind(key),
        years=years,
        places=_places(DATED.sub(" ", key)),
        names=tuple(name.lower() for name in FOREIGN_NAME.findall(stripped)) if foreign else (),
        tokens=content_tokens(FRAME_WORD.sub(" ", asked)) or evidence_tokens(key),
        heading_tokens=content_tokens(asked),
        focus=content_tokens(match[1][-5:]) if (match := FOCUS.search(FRAME.sub("", key))) else (),
        compares=bool(COMPARE.search(key)),
        foreign=foreign,
        count=_count(key),
    )


def content_tokens(text: str) -> tuple[str, ...]:
    """Evidence tokens of a question, without bigrams that a function word cuts through."""
    return tuple(token for token in evidence_tokens(text) if not FUNCTION_CHARACTERS & set(token))


def evidence_tokens(text: str) -> tuple[str, ...]:
    """Distinct tokens but single Han characters, which match by chance."""
    return tuple(dict.fromkeys(token for token in tokenize(text) if len(token) > 1 or token.isdigit()))


def _places(key: str) -> tuple[str, ...]:
    names = (name + suffix for name, suffix in PLACE.findall(key))
    return tuple(name for name in names if not NOT_A_PLACE.search(name))


def _kind(key: str) -> Kind:
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
