"""``metadata.toml`` beside the documents: what people know better than the text tells.

["notices/0017.docx"]
title = "某市科技局2013年工作要点"
years = [2013]

["compilation.txt#3"]          # the third work of a file
place = "某市"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.datamodels import Document, Finding
from assistant.documents.placing import placed
from assistant.errors import DocumentError

FILE_NAME = "metadata.toml"
TEXT_KEYS = ("title", "place", "bureau", "number", "issued", "draft")
KINDS = ("plan", "summary", "notice", "other")
DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
Override = dict[str, Any]


def read_overrides(folder: Path) -> dict[str, Override]:
    """The table of each file or work; empty without a metadata.toml.

    Raises DocumentError where the file cannot be read, or has an unknown key or a value of the wrong kind.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DocumentError(f"{path}: cannot be read ({error}); mend it or remove it") from error
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise DocumentError(f'{path}: {name!r} stands outside a table; begin with a line ["file name"]')
        check_override(name, table, path)
    return tables


def write_override(folder: Path, name: str, facts: Mapping[str, Any]) -> None:
    """Put facts about a file or work into its table, beside those that stand there; comments and order stay.

    Raises DocumentError where the file cannot be read or written, or for a value that cannot be.
    """
    import tomlkit

    read_overrides(folder)  # a file that is broken is not written over
    check_override(name, facts)
    path = folder / FILE_NAME
    document = tomlkit.parse(path.read_text(encoding="utf-8-sig")) if path.is_file() else tomlkit.document()
    table = document.setdefault(name, tomlkit.table())
    table.update(facts)
    try:
        with placed(path) as file:
            file.write(tomlkit.dumps(document).encode())
    except OSError as error:
        raise DocumentError(f"{path}: cannot be written ({error.strerror}); check its permissions") from error


def check_override(name: str, table: Mapping[str, Any], path: Path = Path(FILE_NAME)) -> None:
    """Raise DocumentError for an unknown key or a value of the wrong kind."""
    for key, value in table.items():
        _check(path, name, key, value)


def _check(path: Path, name: str, key: str, value: object) -> None:
    if key in TEXT_KEYS:
        wanted, fits = "a text", isinstance(value, str)
        if key == "issued" and fits:
            wanted, fits = "a day as 2013-01-18", DAY.fullmatch(str(value)) is not None
    elif key == "kind":
        wanted, fits = f"one of {', '.join(KINDS)}", value in KINDS
    elif key == "years":
        wanted, fits = (
            "a list of years",
            isinstance(value, list) and all(type(year) is int and 1900 <= year <= 2100 for year in value),
        )
    else:
        raise DocumentError(
            f"{path}: [{name}] has the unknown key {key!r}; known are kind, years, {', '.join(TEXT_KEYS)}"
        )
    if not fits:
        raise DocumentError(f"{path}: [{name}] {key} must be {wanted}, not {value!r}")


def apply_override(document: Document, override: Override) -> Document:
    """The document with the given facts instead of those found."""
    if not override:
        return document
    title = override.get("title", document.title)
    kept = tuple(finding for finding in document.findings if finding.name not in override)
    return replace(
        document,
        title=title,
        kind=override.get("kind", document.kind),
        years=tuple(sorted(override.get("years", document.years))),
        place=override.get("place", document.place),
        bureau=override.get("bureau", document.bureau),
        number=override.get("number", document.number),
        issued=override.get("issued", document.issued),
        draft=override.get("draft", document.draft),
        sections=(replace(document.sections[0], heading=title), *document.sections[1:]),
        findings=(*(Finding(name, "metadata.toml", True) for name in override), *kept),
    )
