"""Places: which a question names or describes, and which a document calls its own."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from assistant.language import divisions
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
# A place that no list of divisions holds, at the head of a title or behind the words that send it out.
AT_HEAD = re.compile(
    r"(?:^|[\s《“]|印发|关于(?!印发)|中共|\d年度?)(?![我全各本该])"
    r"([\u4e00-\u9fff]{2,4}?(?:(?:综合实验|经济技术开发|高新技术产业开发|经济开发|综合开发|高新|经开|新|开发)区|[省市县区州盟旗镇乡])"
    r"|[甲乙丙丁戊己庚辛壬癸某][省市县区州盟旗镇乡])"
    r"(?=[^域级直场内外间本]|$)"
)
# A body that a place's name stands in front of: 某某市人民政府, 某某区科技局.
BODY = (
    r"(?:人民政府|政府|[省市县区州盟旗]?委|人大|政协|人民代表大会|第[一二三四五六七八九十\d]+届"
    r"|[\u4e00-\u9fff]{2,8}?(?:局|厅|委员会|办公室|管委会))"
)
OF_BODY = re.compile(rf"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{{2,6}}?[省市县区州盟旗])(?={BODY})")
CONGRESS = re.compile(r"在([\u4e00-\u9fff]{2,12}?)(?:第[一二三四五六七八九十\d]+届|人民代表大会)")
MENTIONS = re.compile("对接|支援|支持|帮扶|协作|合作|学习|借鉴|赴|与|同|向")
TOWN = re.compile(r"([\u4e00-\u9fff]{1,4}?(?:镇|乡|街道))(?=人民政府|办事处|党委|党工委|关于|\d{4}年)")
MENTIONED = re.compile(r"(?:对接|支援|支持|帮扶|协作|合作|学习|借鉴|赴|[与同和向到])$")
NO_NAME = re.compile(
    r"自治$|^[我全各本该贵]|上市|城市|集市|超市|门市|县市|市县|区县|县区|地区$|园区$|社区$|城区$|[库山景老]区$|[一二三四五六七八九十][市县区镇乡]$|村镇|城镇|乡镇|下乡|城乡|推进|建设|打造|争创|加快"
)
OWN_SUFFIX = re.compile(r"[我全](省|市|县|区|州|盟|旗)(?![级域])")
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
    names = [name + suffix for name, suffix in NAMED.findall(BEFORE_NAME.sub(" ", DATED.sub(" ", key)))]
    within = {name for before, name in pairwise(names) if name in divisions.COMMON and f"{before}{name}" in key}
    found = (name if name in within else _trimmed(name) if _may_be_a_place(name) else "" for name in names)
    return tuple(filter(None, found))


def _may_be_a_place(name: str) -> bool:
    return (divisions.is_division(name) and name not in divisions.COMMON) or not (
        NOT_A_PLACE.search(name) or NO_NAME.search(name)
    )


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


def own_place(words: str) -> str:
    """The place that a title, or the name of a body, begins with or is of; '' where it names none.

    Of 某省某市某区 the last; not one that it only turns to (对接某市).
    """
    chain: list[divisions.Found] = []
    for found in divisions.named(words):
        if chain and found.start != chain[-1].end:
            break
        if chain or not MENTIONED.search(words[: found.start]):
            chain.append(found)
    head = AT_HEAD.search(words)
    first = not chain or (head and (head.start(1) < chain[0].start or head[1].startswith(chain[-1].name)))
    if head and first and not (NO_NAME.search(head[1]) or MENTIONS.match(head[1])):
        return head[1]
    if not chain:
        return ""
    town = TOWN.match(words, chain[-1].end)
    return town[1] if town else chain[-1].name


def body_place(line: str) -> str:
    """The place of the body that a short line names: 某某市科学技术局; '' for other lines."""
    if congress := CONGRESS.search(line):
        return own_place(congress[1])
    listed = next((found for found in divisions.named(line[:20])), None)
    if listed and listed.start == 0 and re.search(BODY, line[listed.end :]):
        return own_place(line)
    unlisted = OF_BODY.match(line)
    return unlisted[1] if unlisted and not NO_NAME.search(unlisted[1]) else ""


def counted_places(text: str) -> Counter[str]:
    """How often a text names each place of the list of divisions, and each that a body of it is named after.

    Only places of the kind that the text calls its own, where it says 我县.
    """
    own = own_suffix(text)
    counts = Counter(
        found.name
        for found in divisions.named(text)
        if not MENTIONED.search(text, max(0, found.start - 2), found.start)
    )
    unlisted = {found[1] for found in OF_BODY.finditer(text) if not NO_NAME.search(found[1])}
    counts.update({name: text.count(name) for name in unlisted - set(counts)})
    return Counter({name: count for name, count in counts.items() if not own or name[-1] == own})


@lru_cache(maxsize=256)
def own_suffix(text: str) -> str:
    """县 of a text that speaks of 我县 and 全县; '' where it does neither."""
    kinds = Counter(OWN_SUFFIX.findall(text)).most_common(1)
    return kinds[0][0] if kinds else ""
