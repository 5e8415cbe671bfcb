"""A socket and a server over it, in one process that ends in order when it is told to."""

from __future__ import annotations

import logging
import os
import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import uvicorn

from assistant.errors import SettingsError
from assistant.serving.gate import HERE
from assistant.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp

ENDING_SECONDS = 5
"""How long a request that runs when the server is stopped may take to end."""


class OneLine(logging.Filter):
    """An error as its kind in one line: its own words and those of its lines may hold what was asked."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without its traceback."""
        if record.exc_info and record.exc_info[0]:
            told = record.getMessage().strip().partition("\n")[0]
            record.msg, record.args = f"{told} ({record.exc_info[0].__name__})", ()
            record.exc_info = record.exc_text = None
        return True


def serve(app: ASGIApp, listening: socket.socket, root_path: str = "") -> None:
    """Answer requests over the socket until interrupted; nothing that is asked is logged."""
    config = uvicorn.Config(
        app,
        access_log=False,  # its lines would hold what was asked
        log_level="warning",
        root_path=root_path,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=ENDING_SECONDS,
    )
    server = uvicorn.Server(config)  # which sets up its loggers
    logging.getLogger("uvicorn.error").addFilter(OneLine())
    server.run([listening])


def listening_at(host: str, port: int) -> socket.socket:
    """A socket that listens there; a browser may connect before the server takes its first request."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        if os.name == "posix":  # elsewhere it would let two programs share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(where)
        listening.listen(128)
    except OSError as error:
        raise SettingsError(
            f"port {port} of {host} is in use or not ours to use; choose another with --port"
        ) from error
    return listening


def hosts_of(settings: Settings, host: str) -> frozenset[str]:
    """The names that this machine answers to."""
    named = {_host_name(one.strip()) for one in settings.hosts.split(",") if one.strip()}
    return frozenset({*HERE, host.lower(), socket.gethostname().lower(), *named})


def _host_name(given: str) -> str:
    """The name alone where it is given with a scheme or a port. Raises SettingsError where there is none."""
    try:
        name = urlsplit(given if "//" in given else f"//{given}").hostname
    except ValueError:
        name = None
    if not name:
        raise SettingsError(f"BUREAU_HOSTS names hosts with commas, such as kb.kjj.local; {given!r} is none")
    return name


def address_of(host: str, port: int) -> str:
    """Without a path."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def is_here(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
