from __future__ import annotations

import pytest

from assistant.language.tokenization import tokenize


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("专利2300件", ["专", "专利", "利", "2300", "件"]),
        ("全社會R&D", ["全", "全社", "社", "社会", "会", "r&d"]),
        ("增长12.5%", ["增", "增长", "长", "12.5"]),
        ("CO2施肥", ["co2", "施", "施肥", "肥"]),
        ("创，新", ["创", "新"]),
        ("。?!", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert tokenize(text) == tokens
