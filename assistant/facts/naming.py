"""What a row counts, as questions name it."""

from __future__ import annotations

from assistant.language.synonyms import canonical

SPENDING = frozenset({"研发", "研发投入", "研发经费"})
INTENSITY = "研发投入强度"


def row_name(indicator: str, unit: str) -> str:
    """The indicator in the field's words: R&D in per cent, where it does not grow, is its intensity (投入强度)."""
    name = canonical(indicator)
    return INTENSITY if unit == "%" and name in SPENDING else name


def counted_name(indicator: str, unit: str) -> str:
    """The same of a part (其中 …) without the whole that it is a part of."""
    return row_name(indicator, unit).rpartition(":")[2]


def counted_characters(indicator: str, unit: str) -> frozenset[str]:
    """The distinct letters, digits and characters of that name."""
    return frozenset(filter(str.isalnum, counted_name(indicator, unit)))
