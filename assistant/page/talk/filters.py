"""Which documents a question is asked of: fields to choose from, and a chip for each that is set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import gradio

from assistant.assistant import Assistant
from assistant.datamodels import DocumentFacts, Scope
from assistant.page.news import News
from assistant.page.overview import years_of
from assistant.page.words import SENTENCES, WORDS, word
from assistant.records import DOCUMENT_KIND_WORDS

ALL = SENTENCES["all"]
Choices = list[tuple[str, str]]


class Filters(NamedTuple):
    """What is chosen, each '' where nothing is; of ``document`` the id."""

    year: str = ""
    place: str = ""
    bureau: str = ""
    kind: str = ""
    document: str = ""

    def words(self, facts: Mapping[str, DocumentFacts]) -> str:
        """What is chosen, as people read it; '' where nothing is."""
        about = facts.get(self.document)
        kind = next((name for kind, name in DOCUMENT_KIND_WORDS.items() if kind == self.kind), "")
        year = f"{self.year} 年" if self.year else ""
        return "、".join(filter(None, (year, self.place, self.bureau, kind, about.called if about else "")))

    @property
    def scope(self) -> Scope:
        """The documents that are meant."""
        return Scope.of(
            year=int(self.year) if self.year else None,
            place=self.place or None,
            bureau=self.bureau or None,
            kind=self.kind or None,
            document=self.document or None,
        )


def choices_of(facts: Mapping[str, DocumentFacts]) -> dict[str, Choices]:
    """What each field offers: label and value, ``ALL`` first."""
    about = list(facts.values())
    offered: dict[str, Choices] = {
        "year": [(f"{year} 年", str(year)) for year in years_of(about)],
        "place": _plain(one.place for one in about),
        "bureau": _plain(one.bureau for one in about),
        "kind": [(name, kind) for kind, name in DOCUMENT_KIND_WORDS.items() if any(one.kind == kind for one in about)],
        "document": [(_titled(one), name) for name, one in facts.items()],
    }
    return {name: [(ALL, ""), *offered[name]] for name in Filters._fields}


def _plain(values: Iterable[str]) -> Choices:
    return [(one, one) for one in sorted({value for value in values if value})]


def _titled(about: DocumentFacts) -> str:
    years = "、".join(map(str, about.years))
    return f"{about.title or about.source}({years})" if years and years not in about.title else about.called


def build_chips() -> list[gradio.Button]:
    """A hidden button for each field."""
    with gradio.Row(elem_id="chips"):
        return [gradio.Button("", size="sm", visible=False, elem_id=f"chip-{name}") for name in Filters._fields]


def build_filters(assistant: Assistant, news: News, chips: Sequence[gradio.Button]) -> list[gradio.Dropdown]:
    """The fields inside the open Blocks; their choices are those of the index, also when it changes."""
    offered = choices_of(assistant.documents())
    with gradio.Accordion(word("filters"), open=False, elem_id="filters"), gradio.Row():
        fields = [
            gradio.Dropdown(offered[name], value="", label=word(name), elem_id=f"filter-{name}", min_width=150)
            for name in Filters._fields
        ]
    news.tell(lambda: _refreshed(assistant), None, fields)
    for name, field, chip in zip(Filters._fields, fields, chips, strict=True):
        field.change(_chip(assistant, name), field, chip, queue=False, show_progress="hidden", api_visibility="private")
        chip.click(lambda: "", None, field, queue=False, show_progress="hidden", api_visibility="private")
    return fields


def _refreshed(assistant: Assistant) -> list[Any]:
    return [gradio.update(choices=choices) for choices in choices_of(assistant.documents()).values()]


def _chip(assistant: Assistant, name: str) -> Any:  # noqa: ANN401 - Gradio takes any function
    """The function that shows what a field is set to, on a button that sets it back."""

    def shown(value: str | None) -> Any:  # noqa: ANN401 - what gradio.update returns
        label = next((label for label, one in choices_of(assistant.documents())[name] if one == value and value), "")
        return gradio.update(value=f"{WORDS[name][0]}:{label} ✕", visible=bool(label))

    return shown
