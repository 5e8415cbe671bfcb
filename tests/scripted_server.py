"""A loopback server that speaks OpenAI's streaming chat completions, or breaks in a way that a test chooses."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ScriptedServer(ThreadingHTTPServer):
    """Streams ``pieces``; ``fault`` says what goes wrong."""

    daemon_threads = True

    def __init__(self, pieces: list[str], fault: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pieces = pieces
        self.fault = fault
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.broken = threading.Event()
        """Set where the other side hung up while the server was writing."""

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


STATUSES = {
    "unauthorized": (401, {"error": {"message": "Incorrect API key provided: sk-secret-123"}}),
    "busy": (429, {"error": {"message": "Rate limit reached"}}),
    "overflow": (400, {"error": {"message": "the request exceeds the available context size", "code": 400}}),
    "unknown": (404, {"error": {"message": "model not found"}}),
    "broken": (500, {"error": {"message": "boom"}}),
}


FINISHES = {"length": "length", "eos": "eos", "withheld": "content_filter"}
REFUSED = {"max_tokens": "max_tokens", "temperature": "temperature"}
"""Settings that a server refuses as long as a request has them."""


class _Handler(BaseHTTPRequestHandler):
    server: ScriptedServer

    def log_message(self, *arguments: object) -> None:
        """Be quiet."""

    def do_POST(self) -> None:
        length = int(self.headers["content-length"])
        self.server.requests.append(json.loads(self.rfile.read(length)))
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        fault = self.server.fault
        if fault in STATUSES:
            status, body = STATUSES[fault]
            self._respond(status, "application/json", json.dumps(body).encode())
        elif fault == "html":
            self._respond(200, "text/html", b"<html><body>Please log in</body></html>")
        elif fault in REFUSED and REFUSED[fault] in self.server.requests[-1]:
            message = f"Unsupported parameter: '{fault}'. Use 'max_completion_tokens' instead."
            message = message if fault == "max_tokens" else f"'{fault}' does not support 0 with this model."
            self._respond(400, "application/json", json.dumps({"error": {"message": message}}).encode())
        elif fault == "json reply":
            told = {"role": "assistant", "content": "".join(self.server.pieces)}
            body = {"choices": [{"index": 0, "message": told, "finish_reason": "stop"}]}
            self._respond(200, "application/json", json.dumps(body, indent=1).encode())
        elif fault == "json":
            self._respond(200, "application/json", b'{"choices": []}')
        else:
            try:
                self._stream(fault)
            except (BrokenPipeError, ConnectionResetError):
                self.server.broken.set()

    def _respond(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, fault: str) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/plain" if fault == "text/plain" else "text/event-stream")
        self.end_headers()
        if fault == "comments":
            self._drip(b": ping\n\n")
        if fault == "reasoning":
            self._event({"delta": {"reasoning_content": "也许是2800件。", "content": None}, "finish_reason": None})
        if fault == "closed thought":
            self._event({"delta": {"content": "也许是2800件。不对。</think>"}, "finish_reason": None})
        if not self._stream_pieces(fault):
            return
        if fault == "endless":
            self._drip(
                f"data: {json.dumps(_chunk({'delta': {'content': '很长'}, 'finish_reason': None}))}\n\n".encode()
            )
        if fault == "garbage":
            self.wfile.write(b"data: {not json\n\n")
        if fault == "error event":
            self.wfile.write(b'data: {"error": {"message": "out of memory"}}\n\n')
        if fault == "no end":
            return
        if fault != "no finish":
            self._event({"delta": {}, "finish_reason": FINISHES.get(fault, "stop")})
        self.wfile.write(b"data: [DONE]\n\n")

    def _stream_pieces(self, fault: str) -> bool:
        """Whether the connection is still open."""
        for number, piece in enumerate(self.server.pieces):
            if fault == "cut" and number:
                self.connection.shutdown(2)
                return False
            content = [{"type": "text", "text": piece}] if fault == "parts" else piece
            self._event({"delta": {"content": content}, "finish_reason": None})
            if fault == "drip":
                time.sleep(0.2)
        return True

    def _drip(self, line: bytes) -> None:
        while True:
            self.wfile.write(line)
            self.wfile.flush()
            time.sleep(0.001 if b"data" in line else 0.1)

    def _event(self, choice: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(_chunk(choice), ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()


def _chunk(choice: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, **choice}],
    }


@contextmanager
def scripted(pieces: list[str], fault: str = "") -> Iterator[ScriptedServer]:
    """Serve in a thread for the time of a test."""
    server = ScriptedServer(pieces, fault)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
