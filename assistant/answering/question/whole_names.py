"""Places without their suffix: 沈阳和广元 are 沈阳市和广元市, where the documents or a list of divisions know them."""

from __future__ import annotations

from assistant.answering.library import Library
from assistant.language.divisions import full_name, is_wide
from assistant.language.places import IN_FRONT, NAME_GOES_ON, NAME_TAGS, SUFFIXES
from assistant.language.tokenization import evidence_tokens

LEAST_BEHIND = 2


def with_whole_names(key: str, library: Library) -> str:
    """The key with the suffix behind each place that lacks it, but where texts know it as the head of a longer name.

    Of a name that the documents' own places have in two ways none is taken.
    """
    parts = library.place_pattern.split(key) if library.place_pattern else [key]
    whole: list[str] = []
    for rank, part in enumerate(parts):
        behind = "".join(parts[rank + 1 :])
        whole.append(_whole(part, behind, library) if rank % 2 else _listed(part, behind, library))
    return "".join(whole)


def _listed(part: str, behind: str, library: Library) -> str:
    """The words between places of documents, with the suffix of those that the list of divisions holds."""
    import rjieba

    whole, rest = "", part
    for word, tag in rjieba.tag(part):
        rest = rest[len(word) :]
        name = full_name(word)  # 大连 is an adverb to the tagger
        named = name and (tag.startswith(NAME_TAGS) or is_wide(name)) and IN_FRONT.search(whole)
        whole += _whole(word, rest + behind, library) if named else word
    return whole


def _whole(stem: str, behind: str, library: Library) -> str:
    """The place with its suffix, unless it has one, or texts know it and what stands behind it as one name."""
    name = library.place_stems.get(stem) or full_name(stem)
    suffix = name[len(stem) :]
    bare = not behind.startswith((*SUFFIXES, suffix[0])) and not _is_head_of_name(stem, behind, library)
    return name if bare else stem


def _is_head_of_name(stem: str, behind: str, library: Library) -> bool:
    """Whether a passage runs the stem and the characters behind it together."""
    following = NAME_GOES_ON.match(behind)
    if following is None or len(following[0]) < LEAST_BEHIND:
        return following is not None
    tokens = evidence_tokens(stem + following[0])
    together = library.index.holders(dict.fromkeys(tokens, 1.0))
    return any(most >= len(tokens) for _, most in together.values())
