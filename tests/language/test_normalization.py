from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.cleaning.aligned_text import AlignedText
from assistant.documents.cleaning.normalization import normalize_spaces, simplify
from assistant.language.normalization import search_key, to_simplified


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("創新驅動發展", "创新驱动发展"),
        ("來陜考察", "来陕考察"),
        ("乾淨", "干净"),
        ("乾坤", "乾坤"),
        ("專利2300件", "专利2300件"),
    ],
)
def test_traditional_becomes_simplified(traditional: str, simplified: str) -> None:
    assert to_simplified(traditional) == simplified


@given(st.text())
def test_simplified_text_keeps_its_length(text: str) -> None:
    assert len(to_simplified(text)) == len(text)


def test_a_run_of_changed_characters_is_one_repair() -> None:
    repairs = simplify(AlignedText.from_original("科技創業園區")).repairs
    assert [(one.before, one.after) for one in repairs] == [("創業園區", "创业园区")]


def test_margins_and_empty_lines_go_and_words_stay_apart() -> None:
    text = "\ufeff\u3000 标题\u00a0\r\n\r\n \u3000一、目标 \u00a0 二\n\n"
    assert normalize_spaces(AlignedText.from_original(text)).text == "标题\n一、目标 二"


def test_the_search_key_folds_width_and_case() -> None:
    assert search_key("Ｒ＆Ｄ創新１０％") == "r&d创新10%"


def test_a_simplified_text_with_a_traditional_name_stays() -> None:
    text = AlignedText.from_original(
        "沈先生到金华调研,听取科技创新工作汇报,乾西乡的同志参加了会议。" + "会议要求抓好落实。" * 5
    )
    assert simplify(text) == text
