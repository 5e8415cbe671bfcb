from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant import Repair
from assistant.documents.cleaning.aligned_text import AlignedText, Edit
from assistant.documents.cleaning.normalization import normalize_spaces, simplify
from assistant.documents.cleaning.pinyin import remove_inline_pinyin

SPACES = "\u200b \n\r\u3000\u00a0"
DIRTY = st.text(st.sampled_from("創新(chuàng)xīn產業 \n\u3000\u00a0\r\u200b專利,。12.5%*x陜aú"), max_size=60)


def test_a_deletion_leaves_the_rest_where_it_stood() -> None:
    edited = AlignedText.from_original("創(chuàng)新").apply([Edit(1, 9, "", "pinyin")])
    assert edited.text == "創新"
    assert list(zip(edited.starts, edited.ends, strict=True)) == [(0, 1), (9, 10)]
    assert edited.repairs == (Repair("pinyin", "(chuàng)", "", True, 1, 9),)
    assert edited.alignment().original_span(0, 2) == (0, 10)
    assert edited.alignment().original_span(1, 2) == (9, 10)


def test_a_replacement_of_another_length_maps_to_the_whole_of_what_it_replaced() -> None:
    alignment = AlignedText.from_original("ab??cd").apply([Edit(2, 4, "xyz", "repair")]).alignment()
    assert alignment.original_span(2, 3) == (2, 4)
    assert alignment.original_span(1, 6) == (1, 5)


def test_a_replacement_of_equal_length_maps_one_by_one_unless_it_says_otherwise() -> None:
    edits = [Edit(0, 2, "AB", "x"), Edit(2, 4, "CD", "y", by_character=False)]
    alignment = AlignedText.from_original("abcd").apply(edits).alignment()
    assert [alignment.original_span(place, place + 1) for place in range(4)] == [(0, 1), (1, 2), (2, 4), (2, 4)]


def test_edits_after_edits_still_map_to_the_file() -> None:
    once = AlignedText.from_original("a--bcd").apply([Edit(1, 3, "", "first")])
    twice = once.apply([Edit(1, 2, "B", "second")])
    assert twice.text == "aBcd"
    assert twice.repairs[1] == Repair("second", "b", "B", True, 3, 4)
    assert twice.slice(1, 3).alignment().original_span(0, 2) == (3, 5)


@given(DIRTY)
def test_cleaning_maps_every_character_and_records_every_change(original: str) -> None:
    cleaned = simplify(remove_inline_pinyin(normalize_spaces(AlignedText.from_original(original))))
    alignment = cleaned.alignment()
    repaired = {
        position for repair in cleaned.repairs for position in range(repair.original_start, repair.original_end)
    }
    kept: set[int] = set()
    for position, character in enumerate(cleaned.text):
        start, end = alignment.original_span(position, position + 1)
        assert (start, end) == cleaned.original_span(position, position + 1)
        kept.update(range(start, end))
        before = original[start:end]
        assert (
            before == character
            or set(range(start, end)) <= repaired
            or (character in " \n" and not before.strip(SPACES))
        )
    vanished = set(range(len(original))) - kept - repaired
    assert not "".join(original[position] for position in vanished).strip(SPACES)
