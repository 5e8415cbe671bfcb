"""Older word processor files (doc, wps, odt), turned into docx by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from assistant.datamodels import SourceText
from assistant.documents.formats import word
from assistant.errors import UnreadableDocument

TIME_LIMIT = 120
"""Seconds for one file, the first start of LibreOffice included."""


def read(path: Path) -> SourceText:
    """The text of the converted file. LibreOffice runs with a profile folder of its own and no macros."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableDocument(f"{path.suffix} files need LibreOffice; install it, or save the file as .docx")
    with tempfile.TemporaryDirectory(prefix="bureau-") as name:
        folder = Path(name)
        copied = folder / f"document{_suffix(path)}"  # a name that tells the format, whatever the file is called
        shutil.copyfile(path, copied)
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", "docx", "--outdir", str(folder), str(copied),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=TIME_LIMIT)  # noqa: S603 - no shell
        except subprocess.TimeoutExpired as error:
            raise UnreadableDocument(f"LibreOffice took more than {TIME_LIMIT} s; save the file as .docx") from error
        except (subprocess.CalledProcessError, OSError) as error:
            raise UnreadableDocument(f"LibreOffice cannot convert it ({error}); save the file as .docx") from error
        converted = folder / "document.docx"
        if not converted.is_file():
            raise UnreadableDocument("LibreOffice cannot read it; open the file and save it as .docx")
        read_text = word.read(converted)
    return replace(read_text, encoding=_suffix(path)[1:])


def _suffix(path: Path) -> str:
    """The suffix of the format that the content is of."""
    with path.open("rb") as file:
        head = file.read(512)
    return ".odt" if head.startswith(b"PK") else ".xml" if head.lstrip().startswith(b"<") else ".doc"
