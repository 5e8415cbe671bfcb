"""Character recognition of a page that is a picture, with the models that rapidocr carries in its package."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING

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


def recognize(page: PdfPage) -> list[str] | None:
    """Lines from top to bottom; None where rapidocr is not installed."""
    engine = _engine()
    if engine is None:
        return None
    from rapidocr.utils.output import RapidOCROutput

    picture = page.render(scale=DOTS_PER_INCH / 72).to_numpy()
    result = engine(picture)
    if not isinstance(result, RapidOCROutput) or result.boxes is None or result.txts is None:
        return []
    pieces = []
    for box, text in zip(result.boxes, result.txts, strict=True):
        top, bottom = float(box[:, 1].min()), float(box[:, 1].max())
        pieces.append(((top + bottom) / 2, float(box[:, 0].min()), bottom - top, text))
    return _in_lines(sorted(pieces))


def _in_lines(pieces: list[tuple[float, float, float, str]]) -> list[str]:
    """Texts of (middle, left, height, text), those of one line side by side."""
    lines: list[list[tuple[float, float, float, str]]] = []
    for piece in pieces:
        if lines and abs(piece[0] - lines[-1][0][0]) < SAME_LINE * max(piece[2], lines[-1][0][2]):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [" ".join(text for _, _, _, text in sorted(line, key=lambda piece: piece[1])) for line in lines]
