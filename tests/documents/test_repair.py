from __future__ import annotations

import pytest

from assistant.documents.aligned_text import AlignedText
from assistant.documents.repair import remove_inline_pinyin


def repaired(text: str) -> str:
    return remove_inline_pinyin(AlignedText.from_original(text)).text


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("創(chuàng)新驅(qū)動", "創新驅動"),
        ("應(yīng)用、調(diào)整", "應用、調整"),
        ("產（chǎn）業(yè)", "產業"),
        ("女(nǚ)企業(yè)家", "女企業家"),
    ],
)
def test_a_reading_behind_its_character_goes(dirty: str, clean: str) -> None:
    assert repaired(dirty) == clean


@pytest.mark.parametrize(
    "text",
    ["浙大(x)研究院", "高新(logo)", "技術(R&D)", "(一)工作思路", "創(xīn)新", "新品種()", "a(chuàng)", "企業(街道)"],
)
def test_every_other_bracket_stays(text: str) -> None:
    assert repaired(text) == text
