"""What a question is about: the years, places and qualifiers that it names, which an answer must share."""

from __future__ import annotations

import re

# 2000件 is a number, not a year.
YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?![\d件家个项万亿人名元%％.余多份次篇亩户场单台套吨间处])")
CHINESE_YEAR = re.compile(r"(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2}(?=年)")
SHORT_YEAR = re.compile(r"(?<![\d.第近前这过满])[0-3]\d(?=年(?![以之来内间前后]))")
CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
DATED = re.compile(YEAR.pattern + "年?度?")
RELATIVE_YEAR = re.compile(r"去年|前年|明年|后年|(?<!\d)[一二两三四五六七八九十\d]{1,2}年[前后]")
ONE_MONTH = re.compile(r"(?<![\d到至-])(?:1[0-2]|[1-9])月(?!底|末|初|前|起|中旬|\d)")
PLACE = re.compile(r"([\u4e00-\u9fff]{1,5}?)(省|市|县|区|镇(?!市)|乡(?!市)|州(?!市)|盟|旗)(?![级直场域村镇])")
# What may stand before a place and is no part of its name.
BEFORE_PLACE = re.compile(
    r"十[一二三四五]五|期间|今年|本年|全年|截至|目前|其中|请问|关于|争取|加快|推进|建设|提出|举办|打造|[在的和与,，、对]"
)
NOT_A_PLACE = re.compile(
    r"[我全本该各省市县区级哪某这那几个同了是].|[一二三四五六七八九十][市县区镇乡]$|[园地社景校灾矿库片街辖厂郊]区$|(?:^|贫困|偏远|边远|丘陵|老|主|新|中心)[山城]区$"
    r"|示范|试验|开发|高新|先导|创新|科技|强[省市县区镇]|服务|下乡$|家乡$|城乡$|城镇$|乡镇$"
)
IN = re.compile(r"\b(?:in|of|at|from|for) $")
PINYIN = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxzcsryw]|[zcs]h)?(?:iang|iong|uang|ang|eng|ian|iao|ing|ong|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu"
    r"|ou|ua|ue|ui|un|uo|a|e|i|o|u)){1,4}"
)
NAME_TAGS = ("ns", "nr", "nz", "nt")
# A capitalised word inside an English sentence.
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
FOREIGN_NAME = re.compile(
    rf"(?<=[a-z,] )((?!(?:{MONTH}|China|Chinese|County|City|District|Province)\b)[A-Z][a-z]{{2,}})"
)
# Words that make another figure of an indicator: an answer without them is an answer to another question.
QUALIFIER = re.compile(
    r"发明(?!创造)|实用新型|外观设计|[一二三特]等奖|[金银铜]奖|优秀奖|人均|户均|国家重点实验室|十[一二三四五]五|上半年|下半年|[一二三四1-4]季度|国家级|省级|市级|县级|区级|国际|海外"
    r"|第[一二三四五六七八九十\d]+[届批期次名号]"
)


def with_digits(key: str) -> str:
    """The search key of a question with years such as 二〇一四年 and 14年 in digits, all four of them."""
    whole = CHINESE_YEAR.sub(lambda match: match[0].translate(CHINESE_DIGITS).replace("二", "2"), key)
    return SHORT_YEAR.sub(lambda match: f"20{match[0]}", whole)


def named_years(key: str) -> tuple[int, ...]:
    """Years in the order of time."""
    return tuple(sorted({int(year) for year in YEAR.findall(key)}))


def headed_years(section_path: tuple[str, ...]) -> tuple[int, ...]:
    """Years that the headings over a passage name."""
    return named_years("\n".join(section_path))


def named_places(key: str) -> tuple[str, ...]:
    """Places with their suffix, as in 某某市, in the order they stand there; not 茶叶县, which describes one."""
    return tuple(name for name in _place_like(key) if not _describes(name))


def without_scope(key: str) -> str:
    """The words without the years and places that they name."""
    rest = DATED.sub("", key)
    for place in named_places(key):
        rest = rest.replace(place, "")
    return rest


def describing_places(key: str) -> tuple[str, ...]:
    """Words such as 茶叶县 or 石油区, which tell a place by what it has."""
    return tuple(name for name in _place_like(key) if _describes(name))


def _place_like(key: str) -> list[str]:
    names = (name + suffix for name, suffix in PLACE.findall(BEFORE_PLACE.sub(" ", DATED.sub(" ", key))))
    return [place for name in names if not NOT_A_PLACE.search(name) and (place := _trimmed(name))]


def _trimmed(name: str) -> str:
    """The name from its first word that is one: 位居某某市 names 某某市."""
    import rjieba

    rest, words = name, rjieba.tag(name)
    for word, tag in words:
        if tag.startswith(NAME_TAGS) and len(word) > 1:
            return rest
        rest = rest[len(word) :]
    return "" if any(tag.startswith(("v", "d", "p")) for _, tag in words) else name


def _describes(name: str) -> bool:
    """Whether the words before 县 or 市 are common nouns and no name."""
    import rjieba

    words = rjieba.tag(name)
    whole = any(tag.startswith(NAME_TAGS) and len(word) > 1 for word, tag in words)
    return not whole and any(tag == "n" and len(word) > 1 for word, tag in words[:-1])


def foreign_names(text: str) -> tuple[str, ...]:
    """Names in Latin letters inside an English question, lower case: places in pinyin, most often."""
    names = (match for match in FOREIGN_NAME.finditer(text))
    return tuple(
        match[0].lower() for match in names if PINYIN.fullmatch(match[0].lower()) or IN.search(text[: match.start()])
    )


def qualifiers(key: str) -> tuple[str, ...]:
    """Words that narrow what is asked for, and relative years, which only the documents' own words can bear out."""
    return tuple(QUALIFIER.findall(key)) + tuple(RELATIVE_YEAR.findall(key)) + tuple(ONE_MONTH.findall(key))
