"""A PostgreSQL of the tests alone, on a socket of 127.0.0.1, where its programs are installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
USER = "postgres"


class Server:
    """A server that can be stopped and started anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.run("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C", "-U", USER)
        self.start()

    @property
    def address(self) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c fsync=off"
        self.run("pg_ctl", "-w", "-o", options, "-l", str(self.folder / "log"), "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-w", "-m", "immediate", "stop")

    def run(self, program: str, *options: str) -> None:
        """It does not run as root: there, as the user that its package made."""
        own = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run(
            [PROGRAMS[-1] / program, "-D", self.folder, *options],
            check=True, stdout=subprocess.DEVNULL, cwd="/", **own,  # type: ignore[call-overload]
        )  # fmt: skip


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server, in a folder that the user it runs as may enter."""
    if not PROGRAMS:
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail("no PostgreSQL here")
        pytest.skip("no PostgreSQL here")
    folder = Path(tempfile.mkdtemp(prefix="bureau-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, USER, USER)
    server = Server(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(postgres: Server) -> Callable[[], str]:
    """Makes addresses of empty databases."""
    import psycopg

    def made() -> str:
        with psycopg.connect(postgres.address, autocommit=True) as wire:
            (count,) = wire.execute("select count(*) from pg_database").fetchone() or (0,)
            wire.execute(f"create database own{count}".encode())
        return f"{postgres.address.rpartition('/')[0]}/own{count}"

    return made
