"""Places: which a question names or describes, and which a document calls its own."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from assistant.language.years import DATED

SUFFIXES = "省市县区镇乡州盟旗"
NAMED = re.compile(r"([\u4e00-\u9fff]{1,5}?)(省|市|县|区|镇(?!市)|乡(?!市)|州(?!市)|盟|旗)(?![级直场域村镇])")
# What may stand before a place and is no part of its name.
BEFORE_NAME = re.compile(
    r"十[一二三四五]五|期间|今年|本年|全年|截至|目前|其中|请问|关于|争取|加快|推进|建设|提出|举办|打造|[在的和与,，、对]"
)
NOT_A_PLACE = re.compile(
    r"[我全本该各省市县区级哪某这那几个同了是].|[一二三四五六七八九十][市县区镇乡]$|[园地社景校灾矿库片街辖厂郊]区$|(?:^|贫困|偏远|边远|丘陵|老|主|新|中心)[山城]区$"
    r"|示范|试验|开发|高新|先导|创新|科技|强[省市县区镇]|服务|下乡$|家乡$|城乡$|城镇$|乡镇$"
)
NAME_TAGS = ("ns", "nr", "nz", "nt")
IN_TITLE = re.compile(
    r"(?:^|印发|关于(?!印发)|中共)((?![我全各本])[\u4e00-\u9fff]{2,4}?[市县区州盟旗])(?![域级直场内外间])"
)
IN_TEXT = re.compile(r"([\u4e00-\u9fff]{2,3})([市县区州盟旗])(?![域级直场内外间块位])")
NOT_IN_NAME = re.compile(
    r"自治|打造|围绕|[我全本该各省市县区级国家们一二三四五六七八九十几两的和与在以为到对向及等这那新老强学城园示范地社试小开高科工商农创业产贫行政功先街"
    r"有了是将从把被由按让使于其中者内外上下多少大来去并或即又也点印发]"
)
OWN_SUFFIX = re.compile(r"[我全](市|县|区|州|盟|旗)(?![级域])")
LEVEL = re.compile(r"(国家|省|市|县|区|州)(?:级|(?=科技|重点|重大|高新|技术|企业|工程|专利|知识产权|自然|领军|级以上))")
"""国家级, 省级 … at the head of an indicator."""
# --- names in Latin letters, in an English question ---
IN = re.compile(r"\b(?:in|of|at|from|for) $")
PINYIN = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxzcsryw]|[zcs]h)?(?:iang|iong|uang|ang|eng|ian|iao|ing|ong|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu"
    r"|ou|ua|ue|ui|un|uo|a|e|i|o|u)){1,4}"
)
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
FOREIGN_NAME = re.compile(
    rf"(?<=[a-z,] )((?!(?:{MONTH}|China|Chinese|County|City|District|Province)\b)[A-Z][a-z]{{2,}})"
)


def named_places(key: str) -> tuple[str, ...]:
    """Places with their suffix, as in 某某市, in the order they stand there; not 茶叶县, which describes one."""
    return tuple(name for name in _place_like(key) if not _describes(name))


def describing_places(key: str) -> tuple[str, ...]:
    """Words such as 茶叶县 or 石油区, which tell a place by what it has."""
    return tuple(name for name in _place_like(key) if _describes(name))


def without_scope(key: str) -> str:
    """The words without the years and places that they name."""
    rest = DATED.sub("", key)
    for place in named_places(key):
        rest = rest.replace(place, "")
    return rest


@lru_cache(maxsize=4096)
def _place_like(key: str) -> tuple[str, ...]:
    if not any(suffix in key for suffix in SUFFIXES):
        return ()
    names = (name + suffix for name, suffix in NAMED.findall(BEFORE_NAME.sub(" ", DATED.sub(" ", key))))
    return tuple(place for name in names if not NOT_A_PLACE.search(name) and (place := _trimmed(name)))


@lru_cache(maxsize=4096)
def _trimmed(name: str) -> str:
    """The name from its first word that is one: 位居某某市 names 某某市."""
    import rjieba

    rest, words = name, rjieba.tag(name)
    for word, tag in words:
        if tag.startswith(NAME_TAGS) and len(word) > 1:
            return rest
        rest = rest[len(word) :]
    return "" if any(tag.startswith(("v", "d", "p")) for _, tag in words) else name


@lru_cache(maxsize=4096)
def _describes(name: str) -> bool:
    """Whether the words before 县 or 市 are common nouns and no name."""
    import rjieba

    words = rjieba.tag(name)
    whole = any(tag.startswith(NAME_TAGS) and len(word) > 1 for word, tag in words)
    return not whole and any(tag == "n" and len(word) > 1 for word, tag in words[:-1])


def foreign_names(text: str) -> tuple[str, ...]:
    """Names in Latin letters inside an English question, lower case: places in pinyin, most often."""
    names = FOREIGN_NAME.finditer(text)
    return tuple(
        match[0].lower() for match in names if PINYIN.fullmatch(match[0].lower()) or IN.search(text[: match.start()])
    )


def counted_places(text: str) -> Counter[str]:
    """How often a text names each city, county or district; only of the kind it calls its own, where it says 我县."""
    counts: Counter[str] = Counter()
    own = own_suffix(text)
    for words, suffix in IN_TEXT.findall(text):
        if own and suffix != own:
            continue
        short = words[-2:]
        always_together = text.count(words + suffix) == text.count(short + suffix)
        name = words if always_together and not NOT_IN_NAME.search(words) else short
        if not NOT_IN_NAME.search(name):
            counts[name + suffix] += 1
    return counts


@lru_cache(maxsize=256)
def own_suffix(text: str) -> str:
    """县 of a text that speaks of 我县 and 全县; '' where it does neither."""
    kinds = Counter(OWN_SUFFIX.findall(text)).most_common(1)
    return kinds[0][0] if kinds else ""
