"""Name what a quantity measures, in the document's own words.

The words stand before the number (专利申请量达到2300件) or behind it (44家企业); where neither tells, the row
before does (认定2家, 其中省级1家).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.facts.distribution import distributed
from assistant.facts.grants import grant_name
from assistant.language.indicators import (
    ADVERBIAL,
    ATTRIBUTE,
    BASE,
    COMPARISON,
    DELIMITER,
    EMPTY_NAME,
    ENUMERATION,
    JOINT,
    LENT_VERB,
    LEVEL,
    LEVEL_HEAD,
    LONGEST,
    LONGEST_VERB,
    NEW_VERB,
    NOMINAL,
    OBJECT,
    PERSONS,
    RANK_ONLY,
    RANKING,
    RELATIVE,
    SET_AGAINST,
    TOLD_WRONG,
    TRAILING,
    WORD,
)
from assistant.language.marks import BEFORE_WORDS
from assistant.language.noun_phrases import STOP_VERB, begins_with_verb, noun_phrase
from assistant.language.places import SUFFIXES, is_thing
from assistant.language.polarity import AIM_BEHIND, BOUNDS, CHANGED, GROWTH_AT_END, TOTAL
from assistant.language.quantities import QUOTED, Quantity
from assistant.language.units import COUNT_UNITS, GENERIC_THING, LOST_NUMBER_CLAUSE, LOST_START, OPENED_UNITS

LONGEST_BARE_VERB = 2
PLACE_ENDS = frozenset(SUFFIXES)
FARTHEST = 200
SHORT_REST = re.compile(r"[\u4e00-\u9fff]{1,6}")
"""What a noun phrase may go on with up to the end of its clause: 供水管网 改造."""
"""Characters on each side of a number among which its name stands."""


@dataclass(frozen=True)
class Named:
    """The words of an indicator and the span of the sentence that tells the row; ``own`` is what it says by itself."""

    indicator: str
    start: int
    end: int
    own: str
    part: bool
    """Whether 其中 makes it a part of the row before."""


def name_indicators(sentence: str, quantities: list[Quantity], before: Named | None = None) -> list[Named]:
    """For each quantity its indicator; ``before`` is the last row of the sentence before, which may be continued."""
    named: list[Named] = []
    wholes = _Wholes(before)
    lists = distributed(sentence, quantities)
    plain = QUOTED.sub(lambda match: "“" * len(match[0]), sentence)
    for rank, quantity in enumerate(quantities):
        left, right = _contexts(plain, quantities, rank, named[-1].end if named else 0)
        own, end = lists.get(rank, ""), quantity.end
        if not own:
            own, end = _own_words(sentence, quantity, left, right)
        own = "" if EMPTY_NAME.fullmatch(own) else own
        if not own and not named and (before is None or not before.indicator):
            own = _words_before(_clause_before(plain, left), quantity)
        own = grant_name(own, quantity.unit, sentence[: quantity.start], sentence[quantity.end : right]) or own
        previous = named[-1] if named else before
        between = sentence[named[-1].end if named else 0 : quantity.start]
        if LOST_NUMBER_CLAUSE.search(sentence[quantities[rank - 1].end if rank else 0 : quantity.start]):
            previous = None  # what the number counted is gone with another number
        opened = "其中" in sentence[max(0, left - len("其中:")) : quantity.start]
        previous, part = wholes.place(previous, between, own, opened=opened, first=not named)
        whole = wholes.of(quantity, own) if part else None
        part = whole is not None
        against = whole or previous
        indicator = _completed(own, quantity, against, part=part, same_sentence=bool(named))
        start = _trimmed_start(sentence, left, quantity.start)
        named.append(Named(indicator, start, max(end, quantity.end), own, part))
        if not part:
            wholes.add(named[-1], quantity)
    return named


@dataclass
class _Wholes:
    """Keeps the row that 其中 or a bracket makes others a part of."""

    whole: Named | None
    by_unit: dict[str, Named] = field(default_factory=dict)
    outer: Named | None = None
    """The row before an open bracket."""
    inside: bool = False

    def add(self, row: Named, quantity: Quantity) -> None:
        """Take a row that is no part."""
        self.whole = row
        self.by_unit[quantity.unit] = row

    def of(self, quantity: Quantity, own: str) -> Named | None:
        """The whole of a part: the row before a bracket, else the last one of its unit; a share may be of any."""
        if self.inside:
            return self.whole
        return self.by_unit.get(quantity.unit) or (self.whole if "占" in own or not self.by_unit else None)

    def place(
        self, previous: Named | None, between: str, own: str, *, opened: bool, first: bool
    ) -> tuple[Named | None, bool]:
        """The row before, and whether the next one is a part of the whole.

        ``between`` are the words since the row before, ``own`` those of the next one, ``opened`` tells of 其中.
        """
        closes, opens = bool(re.search("[)）]", between)), bool(re.search("[(（][^)）]*$", between))
        if closes and self.inside:
            self.whole = previous = self.outer
        self.inside = self.inside and not closes
        if opens and previous is not None:
            self.outer, self.inside, self.whole, opened = previous, True, previous, True
        joined = own and not RELATIVE.match(own) and (JOINT.match(between or " ") or LEVEL.fullmatch(own))
        goes_on = not closes and not first and previous is not None and previous.part and bool(joined)
        return previous, opened or goes_on


def _contexts(plain: str, quantities: list[Quantity], rank: int, left: int) -> tuple[int, int]:
    """Where the words before the quantity begin, at ``left`` or behind it, and where those after it end."""
    quantity = quantities[rank]
    left = min(left, quantity.start)
    for match in DELIMITER.finditer(plain, left, quantity.start):
        if not _opens_list(plain, match.start()):
            left = match.end()
    right = quantities[rank + 1].start if rank + 1 < len(quantities) else len(plain)
    stop = DELIMITER.search(plain, quantity.end, right)
    return left, stop.start() if stop else right


def _clause_before(plain: str, left: int) -> str:
    """The clause in front of the one that begins at ``left``, where that one does not say what it counts."""
    start = max((stop.end() for stop in DELIMITER.finditer(plain, 0, max(0, left - 1))), default=0)
    return TOLD_WRONG.sub("", BEFORE_WORDS.sub("", plain[start : max(0, left - 1)], count=1))


def _opens_list(plain: str, position: int) -> bool:
    """Whether the bracket closes or opens inside a name, as in 科技(知识产权)金融."""
    if plain[position] in "(（":
        return bool(re.match(r"[(（][\u4e00-\u9fff、A-Za-z&＆]{1,8}[)）]", plain[position : position + 10]))
    return plain[position] in ")）" and bool(
        re.search(r"[(（][\u4e00-\u9fff、A-Za-z&＆]{1,8}$", plain[max(0, position - 9) : position])
    )


def _own_words(sentence: str, quantity: Quantity, left: int, right: int) -> tuple[str, int]:
    """What the words beside the quantity call it, and where they end; '' where they do not tell."""
    before = BEFORE_WORDS.sub("", sentence[max(left, quantity.start - FARTHEST) : quantity.start], count=1)
    behind = sentence[quantity.end : min(right, quantity.end + FARTHEST)]
    if quantity.unit == "位" and sentence[quantity.start] == "第":
        return _ranked(before), quantity.end
    if (
        quantity.change
        or AIM_BEHIND.match(behind)
        or not WORD.match(behind)
        or _qualifies(quantity, behind)
        or behind[0] in "和及与以并"
    ):
        return _words_before(before, quantity), quantity.end
    match = OBJECT.match(behind)
    if match and (match["noun"] or match["verb"] != "为" or "、" in before or not _words_before(before, quantity)):
        thing = match["object"] + (match["noun"] if "项目" in match["noun"] and "奖" not in match["object"] else "")
        return thing, quantity.end + len(match[0])
    phrase, length = noun_phrase(behind)
    if phrase and SHORT_REST.fullmatch(behind, length) and not STOP_VERB.match(behind, length):
        phrase, length = behind.rstrip("的"), len(behind)
    if GENERIC_THING.fullmatch(phrase):
        verb = _words_before(before, quantity)
        phrase = (_verb_of(before) or (verb if len(verb) <= LONGEST_VERB else "")) + behind.lstrip("的")[:LONGEST]
        return phrase, quantity.end + len(behind)
    if phrase:
        return _verb_of(before) + phrase, quantity.end + length
    words = "" if quantity.unit.startswith("次/") else _words_before(before, quantity)
    return (words, quantity.end) if words else (behind.strip("的")[:LONGEST], right)


def _qualifies(quantity: Quantity, behind: str) -> bool:
    """Whether it only describes what follows: 年产值突破1亿元 的企业."""
    bounded = quantity.before or (quantity.after in BOUNDS and quantity.unit[-1:] not in COUNT_UNITS)
    return bool(bounded) and behind[0] == "的" and not quantity.unit.startswith("次/")


def _words_before(text: str, quantity: Quantity) -> str:
    """The noun phrase that ends before the number, without adverbials and empty verbs."""
    if match := ENUMERATION.match(text):
        text = match[1]
    words = ADVERBIAL.sub("", BASE.sub("", text))
    words = COMPARISON.sub("", TRAILING.sub("", words))
    if quantity.change:
        change = CHANGED.search(quantity.before)
        words = words + (change[0] if change and words and not words.endswith(("增速", "增幅")) else "")
    if re.search(r"占", words) and quantity.unit == "%" and not re.search(r"比[重例]$|占比$", words):
        words = re.sub(r"的?比[重例]?$", "", words) + "比重"
    return _shortened(words)


def _ranked(before: str) -> str:
    """位次 of what is ranked, with 全省 where it is named: 签约项目数居全省 is 签约项目数全省位次."""
    words = ADVERBIAL.sub("", before)
    match = RANKING.search(words)
    thing = TRAILING.sub("", words[: match.start()]) if match else words
    return f"{thing}{(match[1] or '') if match else ''}位次"


def _shortened(words: str) -> str:
    """The end of a long phrase, from the last item of its enumeration on."""
    if len(words) <= LONGEST:
        return words
    last = re.split(r"、|等(?=.)", words)[-1]
    return last if len(last) > 3 else words[-LONGEST:]


def _verb_of(before: str) -> str:
    """What of the words before the number goes with a noun phrase behind it: 拟建研发中心的 44家企业, 认定了 21家."""
    text = ADVERBIAL.sub("", before).strip()
    if text.endswith("的") and 3 <= len(text) <= 20 and "、" not in text:
        return text
    match = NEW_VERB.search(text) or re.search(NEW_VERB.pattern[1:], text)
    return match[0] if match else ""


def _completed(own: str, quantity: Quantity, previous: Named | None, *, part: bool, same_sentence: bool) -> str:
    """The indicator with what it leaves to the row before; '' where what it counts is lost."""
    if LOST_START.match(own):
        return ""
    if previous is None or not previous.indicator:
        return "" if RANK_ONLY.fullmatch(own) or CHANGED.fullmatch(own) else own
    earlier = previous.indicator
    verb = match[0] if (match := NEW_VERB.match(earlier)) else ""
    return _by_row_before(own, quantity, earlier, verb, part=part) or (
        verb + own if same_sentence and not part and _lends(verb, quantity, own) else own
    )


def _by_row_before(own: str, quantity: Quantity, earlier: str, verb: str, *, part: bool) -> str:
    """The indicator where its own words are only a part of it; '' where they are all of it."""
    thing = earlier.removeprefix(verb)
    if not own and (change := CHANGED.search(quantity.before)) and not earlier.endswith(change[0]):
        own = change[0]
    if not own:
        return earlier if quantity.change else GROWTH_AT_END.sub("", earlier) or earlier
    if relative := _of_row_before(own, earlier, thing):
        return relative
    if part and own.endswith("占比重"):
        return own.removesuffix("比重") + thing + "比重"
    if LEVEL.fullmatch(own) and not (own[-1] in PLACE_ENDS and is_thing(own)):
        return verb + own + LEVEL_HEAD.sub("", thing)
    if part:
        return f"{earlier}:{own}" if len(earlier) + len(own) <= LONGEST else own
    bare = NEW_VERB.fullmatch(own) or (len(own) == LONGEST_BARE_VERB and begins_with_verb(own))  # 打通
    return (thing if thing.startswith(own) else own + thing) if bare else ""


def _of_row_before(own: str, earlier: str, thing: str) -> str:
    """The indicator where its own words tell a change, an attribute or a rank of the row before; '' for others."""
    level = PERSONS.sub("", NOMINAL.sub("", GROWTH_AT_END.sub("", earlier))) or earlier
    if SET_AGAINST.match(own):
        return NOMINAL.sub("", GROWTH_AT_END.sub("", earlier)) + own
    if RELATIVE.match(own) and not TOTAL.match(own):
        return earlier + own
    if TOTAL.match(own) or ATTRIBUTE.fullmatch(own):
        return (level if PERSONS.search(own) else level.removeprefix(earlier.removesuffix(thing))) + own
    return RANK_ONLY.sub("", earlier) + own if RANK_ONLY.fullmatch(own) else ""


def _lends(verb: str, quantity: Quantity, own: str) -> bool:
    """Whether 新增 and the like before the row above counts for this row too."""
    return (
        ((verb.startswith("新") and quantity.unit in OPENED_UNITS) or LENT_VERB.fullmatch(verb) is not None)
        and not NEW_VERB.match(own)
        and not begins_with_verb(own)
    )


def _trimmed_start(sentence: str, left: int, stop: int) -> int:
    """Where the words of the row begin: without the mark of the item and the blank before them."""
    match = BEFORE_WORDS.match(sentence, left, stop)
    return match.end() if match else left
