"""Which documents and rows a call is about: one record and one test for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import TypedDict

from assistant.datamodels.documents import DocumentFacts
from assistant.errors import ScopeError

KINDS = ("plan", "summary", "notice", "other")
Texts = str | Iterable[str] | None
Numbers = int | range | Iterable[int] | None


class ScopeOptions(TypedDict, total=False):
    """What a caller may restrict; each takes one value or several, ``year`` also a range."""

    year: Numbers
    place: Texts
    bureau: Texts
    kind: Texts
    source: Texts
    document: Texts


@dataclass(frozen=True)
class Scope:
    """Which documents; None means all, an empty set none. ``Scope.of`` makes one from plain values and checks them."""

    years: frozenset[int] | None = None
    """Of the document; of a row its own years where it tells any."""
    places: frozenset[str] | None = None
    """Parts of the place or of the title."""
    bureaus: frozenset[str] | None = None
    """Parts of the bureau or of the title."""
    kinds: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    """Paths below the corpus, or the beginnings of some."""
    documents: frozenset[str] | None = None
    """Ids."""

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if value is not None and not isinstance(value, frozenset):
                raise ScopeError(
                    f"{one.name} must be a frozenset, not {value!r}; Scope.of(year=2013) makes a Scope of plain values"
                )

    @classmethod
    def of(
        cls,
        *,
        year: Numbers = None,
        place: Texts = None,
        bureau: Texts = None,
        kind: Texts = None,
        source: Texts = None,
        document: Texts = None,
    ) -> Scope:
        """The scope of these values. Raises ScopeError for a value of the wrong type, or a kind that there is not."""
        kinds = _texts("kind", kind)
        if kinds is not None and not kinds <= set(KINDS):
            raise ScopeError(f"kind must be one of {', '.join(KINDS)}, not {', '.join(sorted(kinds - set(KINDS)))}")
        return cls(
            _years(year),
            _texts("place", place),
            _texts("bureau", bureau),
            kinds,
            _texts("source", source),
            _texts("document", document),
        )

    def within(self, other: Scope) -> Scope:
        """What both allow; of places, bureaus and sources ``other``'s where it names any."""
        sets = {one.name: (getattr(self, one.name), getattr(other, one.name)) for one in fields(self)}
        exact = ("years", "kinds", "documents")
        return replace(
            self,
            **{
                name: mine if theirs is None else theirs if mine is None or name not in exact else mine & theirs
                for name, (mine, theirs) in sets.items()
            },
        )

    def passes(self, document_id: str, about: DocumentFacts, years: tuple[int, ...] = ()) -> bool:
        """Whether a document passes; with the ``years`` of a row, whether that row of it does."""
        return (
            (self.documents is None or document_id in self.documents)
            and (self.kinds is None or about.kind in self.kinds)
            and (self.years is None or not self.years.isdisjoint(years or about.years))
            and (self.sources is None or about.source.startswith(tuple(self.sources)))
            and (self.places is None or any(one in about.place or one in about.title for one in self.places))
            and (self.bureaus is None or any(one in about.bureau or one in about.title for one in self.bureaus))
        )


@dataclass(frozen=True)
class Rights:
    """Which documents somebody may see; None means all. Unlike a scope, which looks for words, each is exact."""

    places: frozenset[str] | None = None
    """Of the document, as the index tells it; its title does not count."""
    bureaus: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    """Files and folders below the corpus."""
    documents: frozenset[str] | None = None
    """Ids."""

    def passes(self, document_id: str, about: DocumentFacts) -> bool:
        """Whether a document may be seen."""
        return (
            (self.documents is None or document_id in self.documents)
            and (self.kinds is None or about.kind in self.kinds)
            and (self.places is None or about.place in self.places)
            and (self.bureaus is None or about.bureau in self.bureaus)
            and (self.sources is None or any(_is_in(about.source, one) for one in self.sources))
        )

    def record(self) -> dict[str, list[str]]:
        """What is named, by its field; {} for all documents."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: sorted(values) for name, values in told.items() if values is not None}


EVERYTHING_SEEN = Rights()
NOTHING_SEEN = Rights(documents=frozenset())


def _is_in(source: str, place: str) -> bool:
    """Whether a file is the one named, or lies in the folder named."""
    folder = place.rstrip("/")
    return source == folder or source.startswith(f"{folder}/")


def _years(given: Numbers) -> frozenset[int] | None:
    if given is None:
        return None
    years = tuple(given) if isinstance(given, Iterable) else (given,)
    if not years or any(type(year) is not int for year in years):
        raise ScopeError(f"year must be a whole number such as 2013, several of them, or a range; not {given!r}")
    return frozenset(years)


def _texts(name: str, given: Texts) -> frozenset[str] | None:
    if given is None:
        return None
    try:
        texts = (given,) if isinstance(given, str) else tuple(given)
    except TypeError:
        texts = (given,)  # type: ignore[assignment]  # told below
    if not texts or any(not isinstance(one, str) or not one.strip() for one in texts):
        raise ScopeError(f"{name} must be a text, or several of them, none empty; not {given!r}")
    return frozenset(texts)
