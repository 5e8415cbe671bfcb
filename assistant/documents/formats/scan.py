"""Character recognition of a page that is a picture, with the models that rapidocr carries in its package."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.documents.formats.pdf_lines import COLUMN_GAP, Line
from assistant.documents.source_text import CELL_SEPARATOR

if TYPE_CHECKING:
    from pypdfium2 import PdfPage
    from rapidocr import RapidOCR

DOTS_PER_INCH = 200
SAME_LINE = 0.6
"""Boxes whose middles are nearer than this share of their height stand on one line."""


@lru_cache(maxsize=1)
def _engine() -> RapidOCR | None:
    try:
        from rapidocr import RapidOCR
    except ImportError:
        return None
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error"})


def recognize(page: PdfPage) -> list[Line] | None:
    """Lines from top to bottom; None where rapidocr is not installed."""
    engine = _engine()
    if engine is None:
        return None
    from rapidocr.utils.output import RapidOCROutput

    picture = page.render(scale=DOTS_PER_INCH / 72).to_numpy()
    result = engine(picture)
    if not isinstance(result, RapidOCROutput) or result.boxes is None or result.txts is None:
        return []
    pieces = [
        Line(
            text,
            float(box[:, 0].min()),
            float(box[:, 0].max()),
            float(box[:, 1].max() - box[:, 1].min()),
            1 - float(box[:, 1].mean()) / picture.shape[0],
            float(picture.shape[1]),
        )
        for box, text in zip(result.boxes, result.txts, strict=True)
    ]
    return _in_lines(sorted(pieces, key=lambda piece: -piece.middle), picture.shape[0])


def _in_lines(pieces: list[Line], height: int) -> list[Line]:
    """The pieces of one line side by side, as cells where they stand far apart."""
    lines: list[list[Line]] = []
    for piece in pieces:
        near = lines and abs(piece.middle - lines[-1][0].middle) * height < SAME_LINE * piece.height
        lines[-1].append(piece) if near else lines.append([piece])
    return [_joined(sorted(line, key=lambda piece: piece.left)) for line in lines]


def _joined(line: list[Line]) -> Line:
    text = line[0].text
    for before, piece in pairwise(line):
        far = piece.left - before.right > COLUMN_GAP * piece.height
        text += (CELL_SEPARATOR if far else " ") + piece.text
    return replace(line[0], text=text, right=line[-1].right)
