"""A page of a PDF as a picture, and where on it words stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from assistant.documents.formats.pdf_signs import Box, Page, Sign
from assistant.errors import UnreadableDocument

WIDTH = 1100
"""Pixels of the picture, or of its height where that is more than twice as much."""
CLAUSE = re.compile(r"[^,。;:!?|\n]*[,。;:!?|\n]?")
"""Words that stand together on a page, wherever its lines and pages break."""
SHORTEST = 2
Place = tuple[float, float, float, float]
"""Left, top, width and height as shares of the page."""


def draw(path: Path, number: int, words: Sequence[str]) -> tuple[bytes, list[Place]]:
    """Page ``number``, from 1, as PNG, and the places of the words on it, a box a line.

    Raises UnreadableDocument where there is no such page.
    """
    from pypdfium2 import PdfDocument

    with PdfDocument(path) as document:
        if not 0 < number <= len(document):
            raise UnreadableDocument(f"there is no page {number}; the last is {len(document)}")
        page = Page(document[number - 1])
        signs = [sign for sign in page.signs() if not sign.text.isspace()]
        boxes = [box for one in words for box in _by_line([sign for found in _found(signs, one) for sign in found])]
        page.page.set_rotation(page.turn)
        scale = min(WIDTH / page.width, 2 * WIDTH / page.height)
        picture = BytesIO()
        page.page.render(scale=scale).to_pil().save(picture, "PNG")
    return picture.getvalue(), [_share(box, page.width, page.height) for box in boxes]


def _found(signs: Sequence[Sign], words: str) -> Iterator[list[Sign]]:
    """The signs of each clause of the words, each as near behind the one before as it is found."""
    text = "".join(_plain(sign.text)[:1] or "\0" for sign in signs)
    after = 0
    for clause in CLAUSE.findall(unicodedata.normalize("NFKC", words)):
        wanted = "".join(clause.split())
        if len(wanted) < SHORTEST:
            continue
        at = text.find(wanted, after)
        if at < 0:
            at = text.find(wanted)
        if at >= 0:
            after = at + len(wanted)
            yield list(signs[at:after])


def _by_line(signs: Sequence[Sign]) -> list[Box]:
    """A box around the signs of each line."""
    boxes: list[Box] = []
    for _, (left, bottom, right, top) in signs:
        if boxes and bottom < (boxes[-1][1] + boxes[-1][3]) / 2 < top and left >= boxes[-1][0]:
            last = boxes[-1]
            boxes[-1] = (min(last[0], left), min(last[1], bottom), max(last[2], right), max(last[3], top))
        else:
            boxes.append((left, bottom, right, top))
    return boxes


def _share(box: Box, width: float, height: float) -> Place:
    left, bottom, right, top = box
    return left / width, 1 - top / height, (right - left) / width, (top - bottom) / height


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
