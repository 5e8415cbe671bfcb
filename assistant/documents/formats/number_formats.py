"""A number or a day as a sheet shows it under its format (ECMA-376, part 1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

# Formats that a file names by number alone; those above 26 as Chinese Excel shows them.
YEAR_MONTH, MONTH_DAY, FULL = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "yyyy-mm-dd",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy-mm-dd hh:mm", 27: YEAR_MONTH, 28: MONTH_DAY, 29: MONTH_DAY, 30: "m-d-yy", 31: FULL, 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: YEAR_MONTH,
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0;-",
    42: "¥#,##0;-¥#,##0;-",
    43: "#,##0.00;-#,##0.00;-", 44: "¥#,##0.00;-¥#,##0.00;-", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0",
    50: YEAR_MONTH, 51: MONTH_DAY, 52: YEAR_MONTH, 53: MONTH_DAY, 54: MONTH_DAY, 55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"', 57: YEAR_MONTH, 58: MONTH_DAY,
}  # fmt: skip
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<halves>AM/PM|A/P|上午/下午)'
    r"|(?P<day>[yYeE]{2,}|[yY]|[mM]+|[dD]+|[hH]+|[sS]+|[aA]{3,4})|(?P<exponent>[eE][+-])|(?P<digit>[0#?])"
    r"|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<plain>General|@|G/通用格式)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
CURRENCY = re.compile(r"\$([^-\]]*)")
ELAPSED = re.compile(r"[hHmMsS]+")
FIRST_DAY, FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
LAST_SERIAL = 2_958_466
WEEKDAYS = "一二三四五六日"
LONGEST_FORMAT = 255


class Token(NamedTuple):
    """A piece of a format: its kind and its characters."""

    kind: str
    text: str


class Section(NamedTuple):
    """One of up to four formats that are parted by ; with the condition under which it is used."""

    tokens: tuple[Token, ...]
    operator: str
    bound: float

    @property
    def is_day(self) -> bool:
        """Whether it shows a day or a time."""
        return any(token.kind in ("day", "halves", "elapsed") for token in self.tokens)


def shown_number(value: float, number_format: str, *, since_1904: bool = False) -> str:
    """The value as the sheet shows it: 123456 under 0!.0,"万元" is 12.3万元; halves are rounded up, as Excel does."""
    section, absolute = _section(value, number_format)
    if section is None or not number_format or any(token.kind == "plain" for token in section.tokens):
        words = "".join(token.text for token in section.tokens if token.kind == "literal") if section else ""
        return plain(value) + words
    if section.is_day:
        day = _day(value, since_1904=since_1904)
        return plain(value) if day is None else "".join(_day_parts(day, value, section.tokens)).strip()
    return _number(abs(value) if absolute else value, section.tokens)


def plain(value: float) -> str:
    """The value without a format: no .0 behind a whole number, no digits that only binary fractions have."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else f"{value:.15g}"


def _section(value: float, number_format: str) -> tuple[Section | None, bool]:
    """The section for the value, and whether it shows the value without its sign."""
    sections = _sections(number_format[:LONGEST_FORMAT])[:3]
    if not sections:
        return None, False
    if any(one.operator for one in sections):
        found = next((one for one in sections if one.operator and _holds(value, one)), sections[-1])
        return found, found.operator.startswith("<") and value < 0
    if value < 0 and len(sections) > 1:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], False


def _holds(value: float, section: Section) -> bool:
    """Whether the condition of a section holds."""
    bound = section.bound
    return {
        "<": value < bound,
        ">": value > bound,
        "<=": value <= bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[section.operator]


@lru_cache(maxsize=512)
def _sections(number_format: str) -> tuple[Section, ...]:
    found: list[Section] = []
    tokens: list[Token] = []
    operator, bound = "", 0.0
    for match in TOKEN.finditer(number_format):
        if match["other"] == ";":
            found.append(Section(tuple(tokens), operator, bound))
            tokens, operator, bound = [], "", 0.0
            continue
        if (bracket := match["bracket"]) is not None and (condition := CONDITION.fullmatch(bracket.strip())):
            operator, bound = condition[1], float(condition[2])
            continue
        tokens += _tokens(match)
    return (*found, Section(tuple(tokens), operator, bound))


def _tokens(match: re.Match[str]) -> Iterator[Token]:
    """The token of a piece; none for a colour, a blank as wide as a sign, and a fill."""
    if (bracket := match["bracket"]) is not None:
        if ELAPSED.fullmatch(bracket):
            yield Token("elapsed", bracket)
        elif (currency := CURRENCY.match(bracket)) and currency[1]:
            yield Token("literal", currency[1])
        return
    for kind in ("day", "halves", "exponent", "digit", "point", "comma", "percent", "plain"):
        if match[kind] is not None:
            yield Token(kind, match[kind])
            return
    words = next((match[kind] for kind in ("quoted", "escaped", "other") if match[kind] is not None), "")
    if words:
        yield Token("literal", words)


def _number(value: float, tokens: tuple[Token, ...]) -> str:
    kinds = [token.kind for token in tokens]
    if "digit" not in kinds:
        return "".join(_sign(token) for token in tokens)
    point = kinds.index("point") if "point" in kinds else len(tokens)
    exponent = kinds.index("exponent") if "exponent" in kinds else len(tokens)
    point = min(point, exponent)
    decimals = sum(kind == "digit" for kind in kinds[point:exponent])
    if exponent < len(tokens):
        mantissa, _, power = f"{value:.{decimals}E}".partition("E")
        digits = power[1:].lstrip("0").zfill(kinds[exponent:].count("digit"))
        return f"{mantissa}E{'-' if power[0] == '-' else '+'}{digits}"
    whole_digits = [rank for rank in range(point) if kinds[rank] == "digit"]
    last = whole_digits[-1] if whole_digits else -1
    scaled = sum(kinds[rank] == "comma" for rank in range(last + 1, point))
    scaled += sum(kinds[rank] == "comma" for rank in range(point, len(tokens)))
    grouped = any(kinds[rank] == "comma" for rank in range(last))
    exact = Decimal(f"{value:.15g}") * Decimal(100) ** kinds.count("percent") / Decimal(1000) ** scaled
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) if abs(exact) < 1e25 else exact
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    shown = _whole(whole.lstrip("0"), tokens[:point], grouped=grouped)
    shown += _fraction(fraction, tokens[point:])
    return ("-" if rounded < 0 else "") + shown.strip()


def _whole(digits: str, tokens: tuple[Token, ...], *, grouped: bool) -> str:
    """Digits laid from the right on their places, the first of which takes all that are left; words stay between."""
    places = sum(token.kind == "digit" for token in tokens)
    pieces: list[str] = []
    left, grown = digits, 0
    for token in reversed(tokens):
        if token.kind != "digit":
            pieces.append(_sign(token))
            continue
        places -= 1
        taken = left if not places else left[-1:]
        left = left[: len(left) - len(taken)]
        for digit in reversed(taken or ("0" if token.text == "0" else "")):
            pieces.append("," if grouped and grown and grown % 3 == 0 else "")
            pieces.append(digit)
            grown += 1
    return "".join(reversed(pieces))


def _fraction(digits: str, tokens: tuple[Token, ...]) -> str:
    """The point and the digits behind it; # shows no 0 at the end."""
    optional = [token.text != "0" for token in tokens if token.kind == "digit"]
    while digits and optional and optional[-1] and digits[-1] == "0":
        digits, optional = digits[:-1], optional[:-1]
    left = list(digits)
    pieces = []
    for token in tokens:
        if token.kind == "digit":
            pieces.append(left.pop(0) if left else "")
        elif token.kind == "point":
            pieces.append("." if digits else "")
        else:
            pieces.append(_sign(token))
    return "".join(pieces)


def _sign(token: Token) -> str:
    return token.text if token.kind in ("literal", "percent") else ""


def _day(serial: float, *, since_1904: bool) -> datetime | None:
    """The day of a serial number; None where no calendar has it."""
    if not 0 <= serial < LAST_SERIAL:
        return None
    begin = FIRST_DAY_1904 if since_1904 else FIRST_DAY
    return begin + timedelta(days=serial + (not since_1904 and 1 <= serial < 60), microseconds=500)


def _day_parts(day: datetime, serial: float, tokens: tuple[Token, ...]) -> Iterator[str]:
    halves = any(token.kind == "halves" for token in tokens)
    for rank, token in enumerate(tokens):
        if token.kind == "day":
            yield _day_part(day, token.text.lower(), minutes=_is_minute(tokens, rank), halves=halves)
        elif token.kind == "elapsed":
            yield str(int(serial * {"h": 24, "m": 1440, "s": 86400}[token.text[0].lower()] + 1e-6))
        elif token.kind == "halves":
            morning, _, afternoon = token.text.partition("/")
            yield morning if day.hour < 12 else afternoon
        elif token.kind in ("point", "comma"):
            yield token.text
        elif token.kind != "digit":
            yield _sign(token)


def _day_part(day: datetime, code: str, *, minutes: bool, halves: bool) -> str:
    if code[0] in "ye":
        return f"{day.year % 100:02d}" if code == "yy" else str(day.year)
    if code[0] == "a":
        return ("星期" if len(code) > 3 else "") + WEEKDAYS[day.weekday()]
    if code[0] == "m" and not minutes and len(code) > 2:
        return day.strftime("%B" if len(code) > 3 else "%b")
    if code[0] == "d" and len(code) > 2:
        return "星期" + WEEKDAYS[day.weekday()]
    hour = (day.hour - 1) % 12 + 1 if halves else day.hour
    number = {"m": day.minute if minutes else day.month, "d": day.day, "h": hour, "s": day.second}[code[0]]
    return f"{number:02d}" if len(code) > 1 else str(number)


def _is_minute(tokens: tuple[Token, ...], rank: int) -> bool:
    """Whether m stands for minutes: behind hours or before seconds."""
    codes = [(place, one.text[0].lower()) for place, one in enumerate(tokens) if one.kind in ("day", "elapsed")]
    here = next(number for number, (place, _) in enumerate(codes) if place == rank)
    before = codes[here - 1][1] if here else ""
    behind = codes[here + 1][1] if here + 1 < len(codes) else ""
    return before == "h" or behind == "s"
