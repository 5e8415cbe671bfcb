"""Read a file in a process of its own, with limits of time and memory: what a hostile file breaks is that process.

One such process serves many files. It is asked and answers in lines of JSON, ends by itself when it has nothing to
do, and is begun anew after a file that it did not survive.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import Empty, Queue
from threading import Lock, Thread
from typing import Any

from assistant.datamodels import SourceText, Table, TableCell
from assistant.documents.limits import ReadingLimits, limits
from assistant.errors import UnreadableDocument

IDLE_SECONDS = 20.0
COMMAND = (sys.executable, "-c", "from assistant.documents.formats.worker import serve; serve()")
TOO_LONG = "reading it takes more than {:g} s; split it, or raise BUREAU_READER_SECONDS"
TOO_MUCH = "reading it takes more than {:,} bytes of memory; split it, or raise BUREAU_MEMORY_BYTES"
ENDED = "the reader broke down on it; open it and save it again, or as .txt"


class _Worker:
    """The process that reads; one file at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[str] | None = None
        self._memory = 0

    def answer(self, path: Path, task: dict[str, Any]) -> dict[str, Any]:
        """What the task brings on the file. Raises UnreadableDocument, and OSError as reading does."""
        allowed = limits.get()
        request = {"path": str(path.resolve()), "limits": asdict(allowed)} | task
        with self._lock:
            answer = self._ask(json.dumps(request), allowed)
        if error := answer.get("error"):
            raise UnreadableDocument(error)
        if answer.get("errno"):
            raise OSError(answer["errno"], os.strerror(answer["errno"]), str(path))
        return answer

    def _ask(self, request: str, allowed: ReadingLimits) -> dict[str, Any]:
        for again in (True, False):
            process = self._running(allowed.memory_bytes)
            line = self._exchange(process, request, allowed.seconds)
            if line:
                return dict(json.loads(line))
            self.stop()
            if line is None:
                raise UnreadableDocument(TOO_LONG.format(allowed.seconds))
            if not again or process.returncode not in (0, None):
                break  # it did not end by itself before it was asked
        raise UnreadableDocument(ENDED)

    def _running(self, memory: int) -> subprocess.Popen[str]:
        if self._process is not None and (self._process.poll() is not None or self._memory != memory):
            self.stop()
        if self._process is None:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    COMMAND,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    text=True,
                    encoding="utf-8",
                    env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                )
            except OSError as error:
                raise UnreadableDocument(
                    f"no process to read it can be started ({error.strerror}); free memory"
                ) from error
            self._memory = memory
        return self._process

    def _exchange(self, process: subprocess.Popen[str], request: str, seconds: float) -> str | None:
        """The line that answers; '' where the process ended, None where it took too long."""
        lines: Queue[str] = Queue()
        with suppress(BrokenPipeError):
            print(request, file=process.stdin, flush=True)
        stdout = process.stdout
        Thread(target=lambda: lines.put(stdout.readline() if stdout else ""), daemon=True).start()
        try:
            return lines.get(timeout=seconds)
        except Empty:
            return None

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            self._process.wait()
            self._process = None


_reading, _drawing = _Worker(), _Worker()
"""One reads a whole corpus for long; the other is there for who looks at a page."""
for _each in (_reading, _drawing):
    atexit.register(_each.stop)


def read_apart(path: Path, name: str) -> SourceText:
    """The text of the file by our reader of that name, in the process apart.

    Raises UnreadableDocument where the reader does, takes too long or too much memory, or breaks down.
    """
    return _source_text(_reading.answer(path, {"name": name})["source"])


def draw_apart(path: Path, page: int, words: Sequence[str]) -> tuple[bytes, list[tuple[float, ...]]]:
    """A page of a PDF as PNG, and where the words stand on it, as ``pdf_image.draw`` says, in a process apart.

    Raises UnreadableDocument as ``read_apart``, and where there is no such page.
    """
    answer = _drawing.answer(path, {"page": page, "words": list(words)})
    return b64decode(answer["picture"]), [tuple(box) for box in answer["boxes"]]


def serve() -> None:
    """Answer requests until none comes for a while: the main function of the process apart."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    requests: Queue[str] = Queue()
    Thread(target=_receive, args=(requests,), daemon=True).start()
    while True:
        try:
            line = requests.get(timeout=IDLE_SECONDS)
        except Empty:
            break
        if not line:
            break
        answer = _answer(json.loads(line))
        print(json.dumps(answer), file=answers, flush=True)
        if answer.get("full"):
            break
    os._exit(0)  # not waiting for the thread that reads


def _receive(requests: Queue[str]) -> None:
    for line in sys.stdin:
        requests.put(line)
    requests.put("")


def _done(path: Path, request: dict[str, Any]) -> dict[str, Any]:
    from assistant.documents.formats import read_safely, read_with

    if "page" in request:
        from assistant.documents.formats.pdf_image import draw

        picture, boxes = read_safely(path, lambda file: draw(file, request["page"], request["words"]))
        return {"picture": b64encode(picture).decode(), "boxes": boxes}
    return {"source": asdict(read_with(path, request["name"]))}


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    allowed = ReadingLimits(**request["limits"])
    limits.set(allowed)
    _bound_memory(allowed.memory_bytes)
    try:
        return _done(Path(request["path"]), request)
    except UnreadableDocument as error:
        if isinstance(error.__cause__, MemoryError):
            return {"error": TOO_MUCH.format(allowed.memory_bytes), "full": True}
        return {"error": str(error)}
    except MemoryError:
        return {"error": TOO_MUCH.format(allowed.memory_bytes), "full": True}
    except RecursionError:
        return {"error": ENDED}
    except OSError as error:
        return {"errno": error.errno or 5}


def _bound_memory(size: int) -> None:
    """Let no more be allocated, where the system can be told so."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (size, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _source_text(record: dict[str, Any]) -> SourceText:
    """What ``asdict`` made of a SourceText, after JSON."""
    tables = tuple(Table(tuple(TableCell(**cell) for cell in one["cells"])) for one in record.pop("tables"))
    record |= {name: tuple(map(tuple, record[name])) for name in ("headings", "markup")}
    record |= {name: tuple(record[name]) for name in ("warnings", "pages", "dropped")}
    return SourceText(**record, tables=tables)
