"""Terms that count their parts: 三大攻坚战, “两城三园”, “5即”, 六项行动."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.language.asking import NUMERALS, QUOTED
from assistant.language.normalization import search_key
from assistant.language.numbers import number_value

NUMBER = rf"(?:[{NUMERALS}两]{{1,2}}|\d{{1,2}})"
LONGEST = 12
CLASSIFIER = "[大项个条种类座张片块方份]"
GROUP = re.compile(
    rf"(?P<number>{NUMBER})(?:{CLASSIFIER}(?=[\u4e00-\u9fff]))?(?P<name>(?!字)[^\W\d{NUMERALS}两_]{{1,8}})"
)
ASKS_PARTS = re.compile(
    rf"(?:指|包括|各?是|叫|有|为)[^,，?？]{{0,4}}(?:什么|哪|啥)|哪(?:{NUMBER}|几){CLASSIFIER}|列出|各指"
    r"|分别(?:是|指|叫)(?!多少|几)"
)
TERM = re.compile(
    rf"(?<![第哪几\d{NUMERALS}]){NUMBER}{CLASSIFIER}(?:[\u4e00-\u9fff]{{2,7}}?)(?=[,，、?？“\"]|[和与及]|各?[是指为叫]|都|分别|包括|有哪|具体|$)"
)
NARROWED = re.compile(rf"(?P<number>{NUMBER}){CLASSIFIER}?[“\"](?P<name>[^”\"]{{1,6}})[”\"]")
"""其中的五座“城”: some of the parts alone."""
OF_KINDS = re.compile(r"方面|问题|部分|内容|重点|任务|工作|措施|举措|目标|建议|环节|方向|特点|不足")
"""What a list may have any number of: no term of its own."""

# --- where a text tells the parts ---
STOPS = re.compile(r"[,，。;；:：!！\n]")
TAIL = re.compile(r"(?:等|这)?(?:的)?[“\"]?$")
INTRODUCED = re.compile(r"[”\"]?[^,，。;；\n]{0,8}?(?:[:：,，(（]|——|即|是指|包括|分别(?:是|为))")
SENTENCE_END = re.compile(r"[。;；\n)）]")


@dataclass(frozen=True)
class NumberedTerm:
    """A term as it is written, without quotation marks, and how many parts of which name it has."""

    text: str
    groups: tuple[tuple[int, str], ...]

    @property
    def count(self) -> int:
        """How many parts it has in all."""
        return sum(number for number, _ in self.groups)

    @cached_property
    def written(self) -> re.Pattern[str]:
        """The term in a text, with blanks between its characters."""
        return re.compile(r"\s?".join(map(re.escape, self.text)))


def asked_terms(question: str) -> list[NumberedTerm]:
    """The terms whose parts a question asks for, in its own words; [] where it asks for none."""
    key = search_key(question)
    if not ASKS_PARTS.search(key):
        return []
    plain = [one for one in TERM.findall(key) if not OF_KINDS.search(one)]
    narrowed = NARROWED.search(key)
    terms: list[NumberedTerm] = []
    for text in (*QUOTED.findall(key), *plain):
        found = list(GROUP.finditer(text))
        groups = tuple((int(number_value(one["number"]) or 0), one["name"]) for one in found)
        whole = (
            1 < len(text) <= LONGEST
            and "".join(one[0] for one in found) == text
            and all(number > 1 for number, _ in groups)
        )
        if groups and whole and not any(text in one.text for one in terms):
            kept = tuple(one for one in groups if narrowed and one[1] == narrowed["name"])
            terms.append(NumberedTerm(text, kept or groups))
    return terms
