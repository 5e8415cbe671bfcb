"""Any text survives reading: what comes out stands in the file, and what does not come out was noise."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import parse_documents, split_passages
from assistant.datamodels import SourceText

PIECES = (
    "二、工作目标",
    "(一)",
    "1.",
    "1强化",
    "一是",
    "二是",
    "、基本思路",
    "①",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "\u3000",
    "\u00a0",
    "專利",
    "申請(qǐng)",
    "?yōu)閮?yōu)",
    "??萍籍a(chǎn)",
    "?,F(xiàn)",
    "?",
    "\ufffd",
    "2300件",
    "1.6 %",
    "20xx年",
    "。",
    ";",
    "x",
    "工作总结篇一",
    "工作总结篇二",
    "朗读",
    "- 1 -",
    "当前位置:首页 > 政策 > 正文",
    "😀",
    "\x0b",
    "𫄛",
    "ǖ",
    "()",
)
DIRTY = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(deadline=None)
@given(DIRTY)
def test_every_character_maps_back_and_only_noise_is_left_out(original: str) -> None:
    kept: set[int] = set()
    dropped: list[str] = []
    repaired: set[int] = set()
    works = parse_documents(original, "a.txt")
    for work in works:
        dropped = list(work.dropped)
        for one in work.repairs:
            repaired.update(range(one.original_start, one.original_end))
        last = (0, 0)
        for place in range(len(work.text)):
            start, end = work.alignment.original_span(place, place + 1)
            assert (start, end) == last or last[1] <= start < end <= len(original)
            last = (start, end)
            kept.update(range(start, end))
        passages = split_passages(work, 20)
        assert "".join(passage.text for passage in passages) == work.text
    if not works:
        return
    left_out = "".join(original[place] for place in range(len(original)) if place not in kept | repaired)
    noise = "".join(dropped)
    assert all(sign.isspace() or sign in noise or sign in "()qǐngyōuhǎnFxià年" for sign in left_out)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_at_all_is_read(original: str) -> None:
    for work in parse_documents(SourceText(original, "utf-8"), "a.txt"):
        assert work.text.strip()
        assert work.sections[0].end == len(work.text)
        for section in work.sections[1:]:
            assert section.parent is not None
            parent = work.sections[section.parent]
            assert parent.level == section.level - 1
            assert parent.start <= section.start < section.end <= parent.end


def test_letters_among_digits_are_marked_and_no_number() -> None:
    (document,) = parse_documents(
        "某县2024年工作总结\n新增企业②③家,申请23OO件,淘汰l5家,型号O2B不变,2023年有I级站1座。", "a.txt"
    )
    assert [(one.before, one.after, one.certain) for one in document.repairs] == [
        ("②③", "②③", False),
        ("23OO", "23OO", False),
        ("l5", "l5", False),
    ]
    assert "申请23OO件" in document.text
