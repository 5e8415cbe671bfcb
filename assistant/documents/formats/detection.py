"""What a file is, by its content: a docx named .doc is a docx. Its suffix counts where the content is plain text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from assistant.documents.limits import limits
from assistant.errors import UnknownFormat, UnreadableDocument

HEAD_BYTES = 4096
LAST_ASCII, LEAST_WORDS = 0x7F, 8
"""Bytes of Chinese characters from which a file that should be packed is a text after all."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The first words inside a zip package → the reader; None for packages that no reader is there for.
PACKAGES: tuple[tuple[str, str | None], ...] = (
    ("word/", "word"), ("xl/", "spreadsheet"), ("ppt/", None), ("ofd.xml", None), ("content.xml", "office"),
)  # fmt: skip
STREAMS = (("WordDocument", "office"), ("Workbook", "legacy_spreadsheet"), ("Book", "legacy_spreadsheet"))
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|meta|p|h1|span|font)[\s>/]", re.IGNORECASE)
SPREADSHEET_XML = re.compile(b"urn:schemas-microsoft-com:office:spreadsheet")
WORD_XML = re.compile(
    rb"schemas\.microsoft\.com/office/word/2003/wordml|schemas\.microsoft\.com/office/2006/xmlPackage"
)
WEB_ARCHIVE = re.compile(
    rb"(?:^|\n)MIME-Version:.*(?:^|\n)Content-Type:\s*multipart/related", re.IGNORECASE | re.DOTALL
)
OTHERS = (
    (b"Rar!", "rar"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gzip"), (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG", "picture"), (b"GIF8", "picture"), (b"BM", "picture"), (b"II*\0", "picture"), (b"MM\0*", "picture"),
    (b"\x7fELF", "program"), (b"MZ", "program"), (b"ID3", "sound"), (b"OggS", "sound"),
)  # fmt: skip
PACKERS = frozenset({"rar", "7z", "gzip"})
# Suffix of plain text → the reader.
TEXTS = {
    "": "plain", ".txt": "plain", ".text": "plain", ".md": "plain", ".markdown": "plain",
    ".csv": "separated", ".tsv": "separated", ".tab": "separated",
}  # fmt: skip
# Suffixes whose content should be of another kind: where it is text after all, it is read as such.
PACKED = frozenset(
    {".doc", ".docx", ".docm", ".dot", ".dotx", ".dotm", ".wps", ".wpt", ".rtf", ".odt", ".xls", ".xlsx", ".xlsm"}
    | {".xlt", ".xltx", ".xltm", ".et", ".ett", ".pdf", ".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"}
)
WEB = frozenset({".html", ".htm", ".shtml", ".xhtml"})
SHEETS = frozenset({".xls", ".et", ".xlsx"})
WHAT_TO_DO = {
    "picture": "a picture; put it in a PDF, which character recognition reads",
    "packed": "packed files; unpack them here",
    "": "no document that can be read; save it as .docx, .pdf or .txt",
}


def reader_of(path: Path) -> str:
    """The name of the reader for the file. Raises UnknownFormat where none is there for it."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _packed(path)
    if head.startswith(OLE):
        return _in_streams(path)
    if head.startswith(b"{\\rtf"):
        return "rich_text"
    for mark, kind in OTHERS:
        if head.startswith(mark) and (len(mark) > 2 or b"\0" in head):
            raise UnknownFormat(WHAT_TO_DO["packed" if kind in PACKERS else kind if kind in WHAT_TO_DO else ""])
    return _text(path, head.replace(b"\0", b""))


def _packed(path: Path) -> str:
    """By the names inside a zip file."""
    try:
        with zipfile.ZipFile(path) as package:
            names = [name.lower().lstrip("/") for name in package.namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableDocument(f"damaged ({error}); open it and save it again") from error
    for part, reader in PACKAGES:
        if any(name.startswith(part) for name in names):
            if reader is None:
                raise UnknownFormat(WHAT_TO_DO[""])
            return reader
    raise UnknownFormat(WHAT_TO_DO["packed"])


def _in_streams(path: Path) -> str:
    """By the names of the streams in a compound file, the format of Office before 2007."""
    content = path.read_bytes() if path.stat().st_size <= limits.get().maximum_bytes else b""
    if _utf16("EncryptedPackage") in content:
        raise UnreadableDocument("the file has a password; save it without")
    found = next((reader for name, reader in STREAMS if _utf16(name) in content), None)
    if found is None:
        raise UnknownFormat(WHAT_TO_DO[""])
    return found


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _text(path: Path, head: bytes) -> str:
    """The reader of a text, by its first words, else by its suffix."""
    suffix = path.suffix.lower()
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start[:1] == b"<" and suffix not in (".md", ".markdown"):
        marks = ((SPREADSHEET_XML, "xml_spreadsheet"), (WORD_XML, "office"), (HTML, "web"))
        if found := next((reader for mark, reader in marks if mark.search(head)), ""):
            return found
    if WEB_ARCHIVE.search(head) or suffix in WEB:
        return "web"
    if suffix in PACKED and sum(byte > LAST_ASCII for byte in head) < LEAST_WORDS:
        raise UnreadableDocument(f"damaged or no {suffix} file; open it and save it again")
    if suffix in PACKED:
        return "separated" if b"\t" in head and suffix in SHEETS else "plain"
    if suffix not in TEXTS:
        raise UnknownFormat(f"{suffix}: {WHAT_TO_DO['']}")
    return TEXTS[suffix]
