"""Decode Chinese text of unknown encoding: by its mark, as UTF-8, else as what gives the most common characters."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from assistant.errors import UnreadableDocument
from assistant.language.normalization import SIMPLIFIED_CHARACTERS

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CANDIDATES = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
FLOOR = 0.6
"""Least share of common characters; real Chinese text has above 0.9, text in a wrong encoding below 0.5."""
MOST_LATIN = 0.2
"""Share of accented Latin letters and signs above which bytes were read as Latin-1."""
MOST_CONTROLS = 3
SAMPLE = 20_000
PROBE_BYTES = 60_000
BINARY = "binary content, not text; save it as a text file"
UNKNOWN = "no known encoding gives readable text (tried UTF-8, GB18030, Big5, UTF-16); save it again as UTF-8"
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
WIDE_SIGN = re.compile(r"[\u2010-\u203b\u2100-\u22ff\u2460-\u24ff\u2500-\u26ff\u3000-\u303f\uff01-\uffe5]")


@dataclass(frozen=True)
class Decoded:
    """The characters, the encoding they were in, and what was lost."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(content: bytes) -> Decoded:
    """The characters of a text file; its byte order mark is dropped, its line ends stay.

    Raises UnreadableDocument for a binary file and where no encoding gives Chinese or ASCII text.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _without_controls(_decode(content[len(mark) :], encoding))
    try:
        return _without_controls(_not_mojibake(Decoded(content.decode("utf-8"), "utf-8")))
    except UnicodeDecodeError:
        pass
    except UnreadableDocument:
        if content.count(0) * 4 < len(content):  # UTF-16 of ASCII is valid UTF-8, half of it NUL
            raise
    probe = content[:PROBE_BYTES]
    candidates = CANDIDATES if b"\0" not in content else CANDIDATES[-2:]
    best = max(candidates, key=lambda encoding: common_share(_decode(probe, encoding).text))
    decoded = _decode(content, best)
    if common_share(decoded.text) < FLOOR and not _all_chinese(decoded):
        raise UnreadableDocument(BINARY if b"\0" in content else UNKNOWN)
    return _without_controls(decoded)


def _all_chinese(decoded: Decoded) -> bool:
    """Whether every character is ASCII or Chinese, however rare: a list of names may be."""
    return not decoded.warnings and all(
        character.isascii() or "\u4e00" <= character <= "\u9fff" or _is_common(character) for character in decoded.text
    )


def _without_controls(decoded: Decoded) -> Decoded:
    """A few stray control characters are left out with a warning; many make the file no text."""
    strays = len(CONTROL.findall(decoded.text))
    if strays > max(MOST_CONTROLS, len(decoded.text) // 1000) or 4 * strays > len(decoded.text):
        raise UnreadableDocument(BINARY)
    if not strays:
        return decoded
    warning = f"{strays} control characters are left out"
    return Decoded(CONTROL.sub("", decoded.text), decoded.encoding, (*decoded.warnings, warning))


def _not_mojibake(decoded: Decoded) -> Decoded:
    """Refuse valid UTF-8 whose characters are another encoding's bytes: mostly Latin-1, or read as GB18030 before."""
    sample = decoded.text[:SAMPLE]
    letters = [character for character in sample if not character.isascii()]
    latin = sum(character <= "\u00ff" for character in letters)
    if latin > 0.5 * len(letters) and latin > MOST_LATIN * len(sample):
        raise UnreadableDocument(UNKNOWN)
    if common_share(sample) < FLOOR:
        before = sample.encode("gb18030", "ignore").decode("utf-8", "ignore")
        if common_share(before) > FLOOR and len(before) > 0.4 * len(sample):
            raise UnreadableDocument(UNKNOWN)
    return decoded


def common_share(text: str) -> float:
    """Share of common Chinese characters and signs among all that are not ASCII; 1 for ASCII alone.

    Common are the 3,755 characters of GB 2312's first level, after conversion to simplified ones. Control
    characters and replacement characters count against the text.
    """
    counts = Counter(text[:SAMPLE].translate(SIMPLIFIED_CHARACTERS))
    common = other = 0
    for character, count in counts.items():
        if _is_common(character):
            common += count
        elif not character.isascii() or CONTROL.match(character):
            other += count
    return common / (common + other) if common + other else 1.0


def _is_common(character: str) -> bool:
    if WIDE_SIGN.match(character):
        return True
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def _decode(content: bytes, encoding: str) -> Decoded:
    """Decoded with replacement characters; a character that the end of the file cut is left out."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    text = decoder.decode(content)
    warnings = []
    if decoder.getstate()[0]:
        warnings.append("the file ends in the middle of a character, which is left out")
    lost = text.count("\ufffd")
    if lost:
        warnings.append(f"{lost} characters could not be decoded and stand as \ufffd")
    return Decoded(text, encoding, tuple(warnings))
