"""Units: what a number counts or measures. Every list of units stands here."""

from __future__ import annotations

import re

SCALES = {
    "": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万万": 1e8,
    "千亿": 1e11, "万亿": 1e12,
}  # fmt: skip
SCALE = "(?:万亿|万万|千亿|千万|百万|亿|万|千|百)"
MONEY = r"(?:美元|欧元|港元|日元|元人民币|人民币|元)(?:/(?:平方米|㎡|m2|[人吨亩户月年天日次公台套辆头只场家个件张床]))?"
# Longer words first. What follows a measure word may show that it is part of another word: 项目, 人才, 家庭, 单位.
COUNTED = (
    r"人次|人份|户次|家次|件次|场次|批次|艘次|班次|台次|辆次|架次|车次|课时|学时|台[(（]套[)）]|台套|平方公里|平方千米|平方米|立方米|公里|千米|公顷"
    r"|吨标准煤|吨标煤|公斤|千克|千瓦时|千瓦|兆瓦|亩次|标箱"
    r"|项目(?=[、,，;；。]|$)|项(?!目)|个(?![月字]|百分点|小时|工作日|方面|环节|层次|阶段|意识|维护|自信|确立)"
    r"|人(?![才员民口均力士工])|家(?!庭|园|属|具|电|禽|乡)|单(?!位|一|项|独|元)|次(?!全会|党代会|会议)|件(?!套)"
    r"|名(?![牌录单称优誉特])|位(?!于|次|置)|起(?!来|到|点)|处(?!理|置|室|长)|支(?!持|撑|部|出|农)|场(?!所|地|景|馆|站)"
    r"|条(?!件|例|线)|期(?!间|末|货)|台(?!账|湾)|套(?!路)|座(?!谈)|块(?!状)|本(?!地|土|市|县|区|科)|部(?!门|分|署|队)"
    r"|份(?!额)|户(?!籍|外)|亩|吨|斤|间(?!接)|辆|倍|番|所(?!有|在|属|以(?![上下]))|株|头(?!部)|只(?!有|增)|张|册|艘|架|门(?!户|类)|宗|款(?!项)|岁(?!月|末|首|入|出)|微克/立方米|毫克/升"
    r"|种(?!类|植|子|养|粮|田|业|质|源|方式|模式|形式)|对(?!接|外|口|象|比|照|策|标|于|应|立|企|我|全|各|重|照|此)|枚|幢|栋|篇|班(?!子|组|列)|组(?!织|建|成|长)|片(?!区)|盏|首(?!创|次|批|位)"
)
PERCENT = r"个百分点|百分点|[%％‰]"
UNKNOWN_COUNTED = r"[\u4e00-\u9fff](?=[、,，;；。]|以上)|(?![\u4e00-\u9fff])"
UNIT = rf"(?:{PERCENT}|{SCALE}?{MONEY}|{SCALE}?(?:{COUNTED})|{SCALE}(?:{UNKNOWN_COUNTED}))"
NO_SUM = re.compile(r"[%％倍点位]")
"""Units of which parts do not add up to a whole."""
DURATION = r"(?:个工作日|工作日|个月|小时|分钟|天|日|年)"
COUNT_UNITS = frozenset("个家项件名人位户次场起宗单篇份张台套支条期块所处座笔")
"""Measure words that may stand for each other: 44家企业 and 44个企业."""
OPENED_UNITS = frozenset("家个项件名人位支场次条所处期")
"""Units of things that 新增 in front of one of them opens a list of: 新增企业5家、机构3个."""
BEGINS = "[%％‰家项件个名人次处场起篇单份间元万亿亩户辆座台套支位倍年月天日级类条章所期届批种只平宗张笔块吨]"
"""A character that may begin the unit behind a number."""
COUNTS = "[件家个项万亿人名元%％份次篇亩户场单台吨间处]"
"""A character behind 2000 that makes it a number and no year."""
COUNT_NAME = "[人户家件项个次]数|数量|人口|面积"
"""The end of a name that counts things."""
ASKED = (
    "(?:人次|户次|家次|件次|场次|批次|课时|学时|平方公里|平方米|公里|公顷|公斤|吨|家|项|件|个|名|人|次|处|场|起|篇|单|份|间|元|亩|户|辆|座|台|套"
    "|支|条|位|宗|张|笔)"
)
"""The measure word behind 多少 or 几."""
APPROXIMATE = "多余"
VALUE = re.compile(
    rf"(?<![\dA-Za-z.第])(?!(?:19|20)\d\d年|\d{{1,2}}(?:月|[日号](?!均)))\d(?:[\d.,]*\d)?\s*[{APPROXIMATE}]?\s*[\u4e00-\u9fff%％‰℃]|(?<![\d年])\d[\d.,]*$"
    r"|[xX*]{1,4}(?=[%万亿家项件个名人次级])|[一二三四五六七八九十百千]{{1,15}}[家项件个名人次]"
)
"""A number with a unit, told or masked."""
MASKED_VALUE = re.compile(
    r"(?<![A-Za-z])[xX*]{1,6}(?:\.[xX*]{1,6})?\s{0,3}[%％万亿家项件个名人次场单]|[&＆][%％]|(?<=[,，、])亿?元"
)
"""A number that is hidden or lost."""
COUNTED_VALUE = re.compile(
    rf"(?:([\dxX*])|[一二三四五六七八九十百千两]|(?<=[&＆]))[{APPROXIMATE}]?\s*[万亿]*({ASKED}|[%％‰\u4e00-\u9fff])"
)
"""(digit or '', unit) of each number in a clause."""
NUMBER_WITH_UNIT = re.compile(
    r"(?<![\d.])[-+]?\d[\d,]*(?:\.\d+)?\s*(?:[万亿千百]*[%％‰\u4e00-\u9fffA-Za-z])?"
    rf"|[一二三四五六七八九十百千万亿两]{{1,15}}(?={BEGINS})"
)
"""A number with the first character of its unit, as a sentence of a model is held against its quotes."""
ENDS_IN_NUMBER = re.compile(r"\d[\d.]{0,20}\s{0,3}[万亿]?[%％\u4e00-\u9fff]?$")
"""Words that end with a number and at most one character of its unit."""
UNIT_AT_LINE_START = r"(?!\d*[年月日时个家项件名人次亿万千百元点分届度期])"
"""What must not follow the bare number of an item: 1强化 is an item, 5家 is none."""
LOST_NUMBER_CLAUSE = re.compile(r"(?:^|[,，、。;；])[万亿]?(?:亿元|万元|元|[%％]|[个家项件])[,，、。]")
"""A unit whose number is gone."""
LOST_START = re.compile(r"(?:[万亿]?元|[%％])(?=[、,增下占]|$)|[、%％]")
GENERIC_THING = re.compile(r"企业|项目|单位|人员|学校|专家|干部|个人|目标|基础|群众")
"""Things that a noun alone does not tell apart."""
TOO_COMMON = re.compile(r"企业|项目|单位|人员|干部|目标|基础|村|家|人|.?")


OTHER_UNIT = re.compile(
    rf"{DURATION}|分|度|级|股|羽|秒|升|[毫厘纳微]米|千伏安时|重量箱|℃|{SCALE}|(?=[A-Z]*[a-z])[A-Za-z²³μ]{{1,5}}|[KMGT]?[WB]"
)


def is_unit(words: str) -> bool:
    """Whether the words are a unit and nothing else: 万元, 件/万人, 吨标准煤/万元, %."""
    parts = re.split("[/／每]", words.strip())
    return 0 < len(parts) < 4 and all(re.fullmatch(rf"{UNIT}|{SCALE}?(?:{OTHER_UNIT.pattern})", one) for one in parts)


def scale_of(unit: str) -> str:
    """万 of 万元; '' where the unit has no such word."""
    match = re.match(SCALE, unit)
    return match[0] if match else ""


def dimension(unit: str) -> str:
    """What a unit measures: 亿元 and 万元 the same, 家 and 个 the same, % and 个百分点 the same."""
    if unit in ("%", "个百分点", "百分点"):
        return "%"
    plain = unit.lstrip("万亿千百")
    return "count" if plain in COUNT_UNITS else plain
