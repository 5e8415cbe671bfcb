from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Document, parse_documents, split_passages

LINES = st.lists(
    st.text(st.sampled_from("一二、(1.)。;,创新2300件\u3000 專利x*"), min_size=0, max_size=80), max_size=12
)


@settings(deadline=None)
@given(LINES.map("\n".join), st.integers(1, 60))
def test_passages_are_the_text_and_fit_the_size(original: str, size: int) -> None:
    for document in parse_documents(original, "a.txt"):
        passages = split_passages(document, size)
        assert "".join(passage.text for passage in passages) == document.text
        for passage in passages:
            assert 0 < len(passage.text) <= size
            assert passage.text == document.text[passage.start : passage.end]
            span = document.alignment.original_span(passage.start, passage.end)
            assert span == (passage.original_start, passage.original_end)
            assert 0 <= span[0] < span[1] <= len(original)


def test_a_heading_without_words_opens_the_passage_of_its_first_item() -> None:
    (document,) = parse_documents("一、目标\n1.专利2300件。\n2.人才10名。", "a.txt")
    passages = split_passages(document, 20)
    assert [(one.text, one.section_path) for one in passages] == [
        ("一、目标\n1.专利2300件。\n", ("一、目标", "1.")),
        ("2.人才10名。", ("一、目标", "2.")),
    ]


def test_short_neighbours_below_one_heading_share_a_passage() -> None:
    """Items 1 and 2 fit into 25 characters with their heading, 3 does not; parts of the document stay apart."""
    (document,) = parse_documents("一、目标\n1.专利2300件。\n2.人才10名。\n3.基地3个。\n二、措施\n抓落实。", "a.txt")
    assert [(one.text, one.section_path) for one in split_passages(document, 25)] == [
        ("一、目标\n1.专利2300件。\n2.人才10名。\n", ("一、目标",)),
        ("3.基地3个。\n", ("一、目标", "3.")),
        ("二、措施\n抓落实。", ("二、措施",)),
    ]


def test_long_lines_are_cut_at_sentence_ends() -> None:
    (document,) = parse_documents("甲" * 30 + "。" + "乙" * 30 + ";" + "丙" * 30 + "。", "a.txt")
    assert [one.text[0] + one.text[-1] for one in split_passages(document, 40)] == ["甲。", "乙;", "丙。"]


def test_a_size_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        split_passages(parse_documents("甲", "a.txt")[0], 0)


def test_every_character_of_the_seeds_maps_to_the_file(documents: list[Document]) -> None:
    for document in documents:
        passages = split_passages(document)
        assert "".join(passage.text for passage in passages) == document.text
        assert all(len(passage.text) <= 600 for passage in passages)
