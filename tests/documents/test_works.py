from __future__ import annotations

from assistant.documents.cleaning.aligned_text import AlignedText
from assistant.documents.structure.works import split_works


def works(text: str) -> list[tuple[str, str]]:
    return [(title, work.text) for title, work in split_works(AlignedText.from_original(text))]


def test_a_compilation_is_split_at_its_repeated_heading() -> None:
    text = "前面的话。\n工作总结篇一\n甲。\n工作总结篇二\n乙。"
    assert works(text) == [
        ("", "前面的话。\n"),
        ("工作总结篇一", "工作总结篇一\n甲。\n"),
        ("工作总结篇二", "工作总结篇二\n乙。"),
    ]


def test_works_keep_their_place_in_the_file() -> None:
    _, second = split_works(AlignedText.from_original("总结篇一\n甲\n总结篇二\n乙"))
    assert second[1].alignment().original_span(0, 4) == (7, 11)


def test_one_heading_or_words_in_a_sentence_split_nothing() -> None:
    for text in ("工作总结篇一\n甲。", "发表论文篇十二\n这是篇一。", "论文三篇\n论文五篇\n论文十篇"):
        assert works(text) == [("", text)]
