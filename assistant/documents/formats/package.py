"""Office Open XML packages (ECMA-376, parts 1 and 2), opened as tolerantly as office programs open them.

Parts are found by their relationships; what is missing, dangling or odd in a part that is not asked for does no harm.
Tags and attributes are read without their namespaces, so that the strict form (ISO/IEC 29500) reads as the usual one.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from assistant.documents.limits import limits
from assistant.errors import UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element


TOO_LARGE = "{} bytes; split it, or raise BUREAU_UNPACKED_BYTES above {:,}"
LARGEST_SHARE = 0.25
"""Of the bytes that may be unpacked, what one part may have: its tree takes some ten times as much."""


class Package:
    """A zip of XML parts, each known by its name; use it as a context manager."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = ZipFile(path)
        except BadZipFile as error:
            raise UnreadableDocument(f"damaged ({error}); open it and save it again") from error
        self._names = {name.lstrip("/").lower(): name for name in self._zip.namelist()}
        self._related: dict[str, list[tuple[str, str, str]]] = {}
        unpacked = sum(one.file_size for one in self._zip.infolist())
        self._most = limits.get().unpacked_bytes
        if unpacked > self._most:
            raise UnreadableDocument(TOO_LARGE.format(f"it unpacks to {unpacked:,}", self._most))

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def part(self, name: str) -> _Element | None:
        """The root of an XML part, tags without namespaces; None where the package has no such part.

        Raises UnreadableDocument for a part that is too large.
        """
        stored = self._names.get(name.lstrip("/").lower())
        if stored is None:
            return None
        size = self._zip.getinfo(stored).file_size
        if size > LARGEST_SHARE * self._most:
            raise UnreadableDocument(TOO_LARGE.format(f"{stored} in it unpacks to {size:,}", self._most))
        return parsed(self._zip.read(stored))

    def main(self) -> str:
        """The name of the part that the package is about; '' where no relationship tells it."""
        found = self.related("", "officeDocument")
        return found[0] if found else ""

    def related(self, name: str, kind: str) -> list[str]:
        """Names of the parts that ``name`` relates to as ``kind``, the last word of the relationship's type."""
        return [target for _, target, found in self._relationships(name) if found == kind]

    def targets(self, name: str) -> dict[str, str]:
        """Part by the id of its relationship to the part ``name``."""
        return {identifier: target for identifier, target, _ in self._relationships(name)}

    def _relationships(self, name: str) -> list[tuple[str, str, str]]:
        """(id, part, kind) of each; read once for each part."""
        if name not in self._related:
            self._related[name] = self._read_relationships(name)
        return self._related[name]

    def _read_relationships(self, name: str) -> list[tuple[str, str, str]]:
        folder, base = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = []
        for one in root.iter("Relationship") if root is not None else ():
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
            if one.get("TargetMode") != "External" and target.lower() in self._names:
                found.append((one.get("Id", ""), target, one.get("Type", "").rpartition("/")[2]))
        return found


def parsed(content: bytes) -> _Element | None:
    """The root of an XML file, tags without namespaces; entities are not resolved, nothing is fetched."""
    from lxml.etree import XMLParser, fromstring

    parser = XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    root = fromstring(content, parser)
    return None if root is None else without_namespaces(root)


def without_namespaces(root: _Element) -> _Element:
    """The tree with local names for tags and attributes."""
    for element in root.iter():
        if isinstance(element.tag, str) and "}" in element.tag:
            element.tag = str(element.tag).rpartition("}")[2]
        for key in [key for key in element.attrib if "}" in key]:
            element.attrib[str(key).rpartition("}")[2]] = element.attrib.pop(key)
    return root


def is_on(properties: _Element | None, *names: str) -> bool:
    """Whether one of these switches (w:strike, w:vanish …) is set: without a value, or with one that is not false."""
    if properties is None:
        return False
    found = (properties.find(name) for name in names)
    return any(one is not None and one.get("val", "true") not in ("false", "0", "off", "none") for one in found)
