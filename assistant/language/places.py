"""Places: which a question names or describes, and which a document calls its own."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from assistant.language import divisions
from assistant.language.units import COUNTS
from assistant.language.years import DATED

SUFFIXES = "省市县区镇乡州盟旗"
NAMED = re.compile(r"([\u4e00-\u9fff]{1,5}?)(省|市|县|区|镇(?!市)|乡(?!市)|州(?!市)|盟|旗)(?![级直场域村镇民])")
# What may stand before a place and is no part of its name.
BEFORE_NAME = re.compile(
    r"十[一二三四五]五|期间|今年|本年|全年|截至|目前|其中|请问|关于|争取|加快|推进|建设|提出|举办|打造|[在的和与,，、对]"
)
NOT_A_PLACE = re.compile(
    r"[我全本该各省市县区级哪某这那几个同了是].|[一二三四五六七八九十][市县区镇乡]$|[园地社景校灾矿库片街辖厂郊苏老牧林灌]区$|(?:^|贫困|偏远|边远|丘陵|老|主|新|中心)[山城]区$"
    r"|联盟$|示范|试验|开发|高新|先导|创新|科技|强[省市县区镇]|服务|下乡$|家乡$|城乡$|城镇$|乡镇$"
)
SUFFIX = re.compile(
    r"(?:(?:综合实验|经济技术开发|高新技术产业开发|产城融合示范|示范|新|开发|高新|经开)区"
    r"|(?:[\u4e00-\u9fff]{1,4}族)*自治[区州县旗]|特别行政区|[省市县区州盟旗镇乡])$"
)
IN_FRONT = re.compile(r"(?:^|[\s,，、。;；:：?？的和与跟比在]|年度?|请问|[省市县区州])$")
"""In front of a place that a question is about, as against one in the middle of a name."""
NAME_GOES_ON = re.compile(r"[—–·-]|(?![和与跟及比的在有要]|[今去明前]年|[上下]半年)[\u4e00-\u9fff]{2}")
"""Behind a name what may make it the name of a thing: 吉林一号."""
SHORTEST_NAME = 2
PLACEHOLDERS = "甲乙丙丁戊己庚辛壬癸某"
UNKNOWN_TAGS = ("zg", "ng", "x", "g", "ag", "q", "j")
"""Of single characters that may begin a name which jieba does not know."""
NAME_TAGS = ("ns", "nr", "nz", "nt")
# A place that no list of divisions holds, at the head of a title or behind the words that send it out.
AT_HEAD = re.compile(
    r"(?:^|[\s《“]|印发|关于(?!印发)(?:更正|订正|勘正|调整|修改|修订|变更)?|中共|\d年度?)(?![我全各本该])"
    r"([\u4e00-\u9fff]{2,4}?(?:(?:综合实验|经济技术开发|高新技术产业开发|经济开发|综合开发|高新|经开|新|开发)区|[省市县区州盟旗镇乡])"
    r"|[甲乙丙丁戊己庚辛壬癸某][省市县区州盟旗镇乡])"
    r"(?=[^域级直场内外间本]|$)"
)
# A body that a place's name stands in front of: 某某市人民政府, 某某区科技局.
BODY = (
    r"(?:人民政府|政府|[省市县区州盟旗]?委|人大|政协|人民代表大会|第[一二三四五六七八九十\d]+届"
    r"|[\u4e00-\u9fff]{2,8}?(?:局|厅|委员会|办公室|管委会))"
)
BODY_LINE = re.compile(rf"{BODY}(?:文件)?$")
"""A line that ends in a body."""
OF_BODY = re.compile(rf"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{{2,6}}?[省市县区州盟旗])(?={BODY})")
CONGRESS = re.compile(r"在([\u4e00-\u9fff]{2,12}?)(?:第[一二三四五六七八九十\d]+届|人民代表大会)")
MENTIONS = re.compile("对接|支援|支持|帮扶|协作|合作|学习|借鉴|赴|与|同|向")
TOWN = re.compile(r"([\u4e00-\u9fff]{1,4}?(?:镇|乡|街道))(?=人民政府|办事处|党委|党工委|关于|\d{4}年)")
MONTHS = re.compile(r"\d月(?:份|底)?")
NO_JOINTS = ("和", "与")
"""Joints that are none at the head of a text: 和丰市."""
SHORT_CITY = re.compile(r"[\u4e00-\u9fff]州")
"""温州, a city without its suffix."""
PARTNER = re.compile(r"(?:对接|支援|支持|帮扶|协作|合作|学习|借鉴|赴|到|向|从|跟)$")
"""In front of a place that a question only names."""
NAMES_A_THING = re.compile(
    r"(?:科学技术|科技)?(?:进步)?奖|《|(?:高新技术|名牌|著名|重点|科技|专利|示范|优秀)(?:企业|产品|商标|计划|项目|单位|奖)|首位|第[一二三四五六七八九十\d]+[位名]|级(?!财政)"
)
"""Behind a place: something that is named after it and may be of another place."""
MENTIONED = re.compile(r"(?:对接|支援|支持|帮扶|协作|合作|学习|借鉴|赴|[与同和向到])$")
LEAST_NAMED = 3
"""Times that a text must name what it is to be of."""
NO_NAME = re.compile(
    r"自治$|^[我全各本该贵]|上市|城市|集市|超市|门市|县市|市县|区县|县区|地区$|园区$|社区$|城区$|[库山景老]区$|[一二三四五六七八九十][市县区镇乡]$|村镇|城镇|乡镇|下乡|城乡|推进|建设|打造|争创|加快"
)
RANKS = {"国": 0, "省": 1, "市": 2, "州": 2, "盟": 2, "县": 3, "区": 3, "旗": 3, "镇": 4, "乡": 4, "道": 4}
"""The rank of a place by its last character; a city or district may also be one below."""
WHOLE = re.compile(
    r"(?:[我全本]|辖区内?)(国|省|市|县|区|州|盟|旗|镇|乡)(?![级域性外内际民有产家营控直])|(?P<level>[市区县省州]本级)"
)
"""Words that speak of the whole of a place: 全市, 我县; or of its own level alone: 市本级."""
LEVEL_ALONE = re.compile(r"本级")
COMPARED_WITH = re.compile(
    r"(?:[占居列在高低于比为与同超领]|位居|排名?|高于|低于|好于|快于|优于|领先|达到|跻身|纳入|列入|进入|获|被|作为|成为|全国|经|由|向|对|从)$"
)
"""In front of 全省: it is what something is set against."""
NO_WHOLE = re.compile(
    r"第|前|首|唯一|平均|排|领先|率先|之|位|名|通报|表彰|推广|范围|各地|试点|示范|先进|优秀|最|重点|统一|一体|百强|文明|劳动|民族"
)
"""Behind 全省, the same."""
# --- whose a number is ---
UNLISTED = re.compile(
    r"([\u4e00-\u9fff]{1,3}(?:[省市县区旗镇乡]|街道))(?=[\s:：]*(?:新增|完成|达到?|[共有为约超各])?[\s:：]*(?:不[少低]于)?\d)"
)
"""A name that the list of divisions lacks, with its number right behind it."""
ZONE = re.compile(r"(?:高新|经开|开发|新)区$")
LEADS = re.compile(rf"(?:^|[,，。;；:：、(（)）]|其中|和|及|以及|分别[是为]|\d年度?|{COUNTS})$")
"""What stands in front of a place whose number it is, as against one that is only named."""
OF_OTHERS = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:局|厅|委|公司|集团|企业|大学|学院|研究院|所|商会|协会|中心|市场|等)")
"""Behind a place: a body of it, which does something here."""
JOINED = ("、", "和", "及", "与")
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


def stem_of(place: str) -> str:
    """The name without its suffix: 平潭 of 平潭综合实验区."""
    return SUFFIX.sub("", place)


def named_places(key: str) -> tuple[str, ...]:
    """Places with their suffix, as in 某某市, in the order they stand there; not 茶叶县, which describes one."""
    return tuple(name for name in _place_like(key) if not _describes(name))


def asked_places(key: str) -> tuple[str, ...]:
    """The places that a question is about; not one that it only names beside another: 甲县向乙市争取的资金."""
    return tuple(one for one in named_places(key) if not _is_partner(key, key.find(one), one))


def naming_places(key: str) -> tuple[str, ...]:
    """The places that a thing is named after which the question asks for: 某市科技进步奖."""
    ends = ((one, key.find(one) + len(one)) for one in named_places(key))
    return tuple(one for one, end in ends if key[end : end + 1] != "《" and NAMES_A_THING.match(key, end))


def _is_partner(key: str, start: int, name: str) -> bool:
    """Whether a place is only named beside another, or gives something its name: 获某市科技进步奖."""
    return bool(PARTNER.search(key[:start]) or NAMES_A_THING.match(key, start + len(name)))


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
    words = DATED.sub(lambda match: " " * len(match[0]), key)
    spans = [one[1:] for one in divisions.named(words)]
    # 和 in front of a name is cut off, but not the 和 of 和政县.
    bare = MONTHS.sub(" ", BEFORE_NAME.sub(lambda match: _blank(match, spans), words))
    names = [name + suffix for name, suffix in NAMED.findall(bare)]
    within = {name for before, name in pairwise(names) if name in divisions.COMMON and f"{before}{name}" in key}
    found = (name if name in within else _trimmed(name) if _may_be_a_place(name) else "" for name in names)
    return tuple(filter(None, found))


def _blank(match: re.Match[str], spans: list[tuple[int, int]]) -> str:
    """Blanks for words in front of a name; the words where they are part of one that stands in the list."""
    inside = (match[0] in NO_JOINTS and not match.start()) or any(
        start <= match.start() < stop for start, stop in spans
    )
    return match[0] if inside else " " * len(match[0])


def _may_be_a_place(name: str) -> bool:
    return (divisions.is_division(name) and name not in divisions.COMMON) or not (
        SHORT_CITY.fullmatch(name) or NOT_A_PLACE.search(name) or NO_NAME.search(name) or is_thing(name)
    )


@lru_cache(maxsize=4096)
def is_thing(name: str) -> bool:
    """Whether the last word is a common noun that ends as a place does: 老旧小区, 棚户区."""
    import rjieba

    word, tag = rjieba.tag(name)[-1]
    return name[0] not in PLACEHOLDERS and len(word) > 1 and tag in ("n", "l", "s", "a")


@lru_cache(maxsize=4096)
def _trimmed(name: str) -> str:
    """The name from its first word that is one: 位居某某市 names 某某市."""
    import rjieba

    listed = [found.start for found in divisions.named(name) if found.end == len(name)]
    if listed and name[listed[0] :] not in divisions.COMMON:
        return name[listed[0] :]
    rest, words = name, rjieba.tag(name)
    for word, tag in words:
        unknown = len(word) == 1 and tag in UNKNOWN_TAGS and len(rest) > SHORTEST_NAME
        if unknown or (tag.startswith(NAME_TAGS) and len(word) > 1):
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
    prefixed = chain and head and head[1].endswith(chain[0].name)
    if head and first and not prefixed and not (NO_NAME.search(head[1]) or MENTIONS.match(head[1])):
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
    counts: Counter[str] = Counter(
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
