"""Read again, one byte earlier, what a web tool cut in the middle of a GBK character.

Such a tool handled GBK text byte by byte. Where it put ``(pinyin)`` behind two bytes that looked like a character
but belonged to two neighbours, or replaced A3AC, A3BB, A3BF (，；？) inside two neighbours, the rest was read one
byte late up to the next byte below 80: 。科技產 became ??萍籍a. The lead byte in front of the cut is lost and
printed as ``?``; pairs of the user-defined area are lost without a trace.

All readings that the bytes allow are searched (a beam); words choose among them (`words.WordModel`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.documents.cleaning.gbk import character, code_of
from assistant.documents.cleaning.pinyin import PINYIN, ReadingTable, characters_read, without_pinyin
from assistant.documents.cleaning.words import WordModel

LOST = "?\ufffd"
LOST_PINYIN = re.compile(rf"[{LOST}]({PINYIN})[)）]")
CUT_BYTES = {",": 0xAC, ";": 0xBB, "?": 0xBF, "，": 0xAC, "；": 0xBB, "？": 0xBF, "\ufffd": 0xBF}
BEAM = 24
MOST_FINISHED = 200
VANISHED_CHOICES = 12
VANISHED_LAST_CHOICES = 48
LAST_TRAIL = 0x80
"""No lead byte is as low: a trail up to here ends the run."""
MOST_GUESSES = 2
CONTEXT = 8
LONGEST_RUN = 80
# (trail, lead) inside two neighbours that form a pair of GBK's user-defined areas, shown as nothing.
VANISHING = (
    *((first, second) for first in (*range(0xAA, 0xB0), *range(0xF8, 0xFF)) for second in range(0xA1, 0xFF)),
    *((first, second) for first in range(0xA1, 0xA8) for second in range(0x81, 0xA1)),
)


@dataclass(frozen=True)
class Reading:
    """A way to read a run so far: its characters, the lead byte that waits for its trail, the place reached.

    ``guesses`` counts what the bytes alone do not say: a character other than 。 before a cut, a pair that vanished.
    """

    read: str
    pending: int | None
    position: int
    guesses: int = 0


class ShiftedText:
    """Reads the damaged runs of one text."""

    def __init__(self, text: str, table: ReadingTable, words: WordModel) -> None:
        self._text = text
        self._table = table
        self._words = words
        self._between: dict[tuple[int, int], list[str]] = {}

    def readings_at(self, start: int) -> list[Reading]:
        """Every finished reading of the damaged run at ``start``, where the search found it likely enough to follow."""
        if not self._can_end(start):
            return []
        finished: list[Reading] = []
        beam = self._openings(start)
        while beam:
            followers = [reading for one in beam for reading in self._continue(one)]
            finished += [reading for reading in followers if reading.pending is None]
            going = [reading for reading in followers if reading.pending is not None]
            beam = self._prune(start, going) if going and going[0].position - start < LONGEST_RUN else []
        return self._prune(start, finished, MOST_FINISHED)

    def _can_end(self, start: int) -> bool:
        """Whether signs of two bytes lead from the cut to a byte below 80 or a lost bracket: else no shift ends."""
        match = LOST_PINYIN.match(self._text, start)
        place = match.end() if match else start + 2
        while place < start + LONGEST_RUN:
            annotation = self._table.annotation_end(self._text, place)
            sign = self._text[place : place + 1]
            if annotation:
                place = annotation
            elif not sign or sign in LOST:
                return LOST_PINYIN.match(self._text, place) is not None
            elif len(code_of(sign)) != 2:
                return len(code_of(sign)) == 1 and 0x40 <= code_of(sign)[0] <= LAST_TRAIL
            else:
                place += 1
        return False

    def left(self, start: int) -> str:
        """What stands before a run, without annotations."""
        return without_pinyin(self._text[max(0, start - 3 * CONTEXT) : start])[-CONTEXT:]

    def _openings(self, start: int) -> list[Reading]:
        """What the lost byte may have been: the lead behind a key across two characters, or that before a cut."""
        match = LOST_PINYIN.match(self._text, start)
        if match:
            trail = code_of(self.left(start)[-1:])[-1:]
            for keys in (self._table.characters(match[1]), characters_read(match[1])):
                leads = {code[1] for code in map(code_of, keys) if trail and code[:1] == trail}
                if leads:
                    return [Reading("", lead, match.end()) for lead in sorted(leads)]
            return []
        following = self._text[start + 1 : start + 2]
        if following in CUT_BYTES:
            heads = filter(None, (character(lead, 0xA3) for lead in range(0x81, 0xFF)))
            return [Reading(head, CUT_BYTES[following], start + 2, int(head != "。")) for head in heads]
        return []

    def _continue(self, reading: Reading) -> Iterator[Reading]:
        """Readings one observed sign further."""
        position, text = reading.position, self._text
        annotation = self._table.annotation_end(text, position)
        if annotation:
            yield Reading(reading.read, reading.pending, annotation, reading.guesses)
            return
        sign = text[position : position + 1]
        if sign and sign in LOST:
            yield from self._close(reading)
            return
        code = code_of(sign)
        if len(code) == 2:
            yield from self._extend(reading, code[0], code[1])
        elif code and 0x40 <= code[0] <= LAST_TRAIL:
            yield from self._extend(reading, code[0], None)
        if sign.isascii() and "@" <= sign <= "~":  # the wide form A3xx of a sign, printed narrow
            yield from self._extend(reading, 0xA3, ord(sign) + 0x80)

    def _extend(self, reading: Reading, trail: int, pending: int | None) -> Iterator[Reading]:
        """The waiting byte takes its trail; or a pair has vanished between them."""
        lead, position = reading.pending or 0, reading.position + 1
        read = character(lead, trail)
        if read:
            yield Reading(reading.read + read, pending, position, reading.guesses)
        if reading.guesses < MOST_GUESSES:
            for both in self._vanished_between(lead, trail):
                yield Reading(reading.read + both, pending, position, reading.guesses + 1)

    def _vanished_between(self, lead: int, trail: int) -> list[str]:
        """The likeliest two characters of these outer bytes, of which the inner bytes are shown as nothing."""
        known = self._between.get((lead, trail))
        if known is None:
            pairs = ((character(lead, first), character(second, trail)) for first, second in VANISHING)
            possible = {first + second for first, second in pairs if first and second}
            most = VANISHED_CHOICES if trail > LAST_TRAIL else VANISHED_LAST_CHOICES
            known = sorted(possible, key=lambda both: (-self._words.pair(both), both))[:most]
            self._between[lead, trail] = known
        return known

    def _close(self, reading: Reading) -> Iterator[Reading]:
        """The waiting byte lost its trail to the bracket of an annotation, which says how the character is read."""
        lead = reading.pending or 0
        match = LOST_PINYIN.match(self._text, reading.position)
        if not match:
            return
        for last in sorted(self._table.characters(match[1])):
            code = code_of(last)
            if code[0] == lead:
                yield Reading(reading.read + last, None, match.end(), reading.guesses)
            elif reading.guesses < MOST_GUESSES:
                firsts = (character(lead, first) for first, second in VANISHING if second == code[0])
                for first in filter(None, firsts):
                    yield Reading(reading.read + first + last, None, match.end(), reading.guesses + 1)

    def _prune(self, start: int, readings: list[Reading], most: int = BEAM) -> list[Reading]:
        if len(readings) <= most:
            return readings
        left = self.left(start)
        return sorted(readings, key=lambda one: -self._score(left + one.read))[:most]

    def _score(self, text: str) -> float:
        return sum(self._words.scores(text))
