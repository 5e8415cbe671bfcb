"""The characters that a page of a PDF shows, where they stand once the page is turned to be read."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from pypdfium2 import PdfPage, raw

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
SLANTED = 8.0
"""Degrees off a right angle from which a character belongs to a watermark."""
WHITE = 0xF8
DEPTH = 3
"""Of objects in groups that are looked into."""


class Sign(NamedTuple):
    """A character, or the blank before it as a second one, with its box on the page as it is read."""

    text: str
    box: Box


class Page:
    """One page, turned so that most of its characters stand upright."""

    def __init__(self, page: PdfPage) -> None:
        self.page = page
        self._text = page.get_textpage()
        count = self._text.count_chars()
        angles = [round(math.degrees(raw.FPDFText_GetCharAngle(self._text, place))) % 360 for place in range(count)]
        upright = Counter(-90 * round(angle / 90) % 360 for angle in angles if _is_right(angle))
        self.turn = upright.most_common(1)[0][0] if upright else page.get_rotation()
        """Degrees, clockwise, by which the page is turned to be read."""
        left, bottom, right, top = page.get_mediabox()
        self._corner, self._extent = (left, bottom), (right - left, top - bottom)
        self.width: float
        self.height: float
        self.width, self.height = self._extent if self.turn % 180 == 0 else self._extent[::-1]
        self._angles = angles

    def signs(self) -> list[Sign]:
        """The characters in the order of the page's content, blanks included; not those that nobody sees."""
        found = []
        high = 0
        for place, angle in enumerate(self._angles):
            code = raw.FPDFText_GetUnicode(self._text, place)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            if code in (0, 0xFFFE) or not _is_right(angle):
                continue
            sign = Sign(chr(code), self.turned(self._text.get_charbox(place, loose=True)))
            if sign.text.isspace() or (self._is_on_page(sign.box) and not self._is_white(place, sign.box)):
                found.append(sign)
        self._text.close()
        return found

    def turned(self, box: Box) -> Box:
        """A box of the page's own space on the page as it is read."""
        left, bottom = box[0] - self._corner[0], box[1] - self._corner[1]
        right, top = box[2] - self._corner[0], box[3] - self._corner[1]
        width, height = self._extent
        turns: dict[int, Callable[[], Box]] = {
            0: lambda: (left, bottom, right, top),
            90: lambda: (bottom, width - right, top, width - left),
            180: lambda: (width - right, height - top, width - left, height - bottom),
            270: lambda: (height - top, left, height - bottom, right),
        }
        return turns[self.turn]()

    def _is_on_page(self, box: Box) -> bool:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return 0 <= x <= self.width and 0 <= y <= self.height

    def _is_white(self, place: int, box: Box) -> bool:
        """Whether a character is white and nothing darker is painted below it."""
        colours = [ctypes.c_uint() for _ in range(4)]
        told = raw.FPDFText_GetFillColor(self._text, place, *map(ctypes.byref, colours))
        if not told or any(one.value < WHITE for one in colours[:3]):
            return False
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return not any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in self._painted)

    @cached_property
    def _painted(self) -> list[Box]:
        """The boxes of pictures, and of what is filled with another colour than white."""
        found = []
        for one in self.page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEPTH):
            colours = [ctypes.c_uint() for _ in range(4)]
            told = one.type == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPageObj_GetFillColor(one, *map(ctypes.byref, colours))
            if not told or any(colour.value < WHITE for colour in colours[:3]):
                found.append(self.turned(one.get_bounds()))
        return found

    @cached_property
    def rules(self) -> int:
        """How many lines and frames are drawn."""
        return sum(1 for _ in self.page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=DEPTH))

    def has_picture(self) -> bool:
        """Whether any picture stands on the page."""
        return any(True for _ in self.page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEPTH))


def _is_right(angle: float) -> bool:
    return abs((angle + 45) % 90 - 45) <= SLANTED
