"""A PostgreSQL that whoever measures or breaks something has for themselves. Needs nothing but Debian's package."""

from __future__ import annotations

import contextlib
import os
import pathlib
import socket
import subprocess
import tempfile
from collections.abc import Iterator


def programs() -> pathlib.Path:
    """Of the newest PostgreSQL on this machine."""
    return max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """A PostgreSQL with the settings that it comes with."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.data = folder / "data"
        self.log = folder / "log"
        self.port = free_port()
        self.url = f"postgres://contesta@127.0.0.1:{self.port}/postgres"
        self.run("initdb", "--auth", "trust", "--username", "contesta", "--pgdata", self.data)
        self.start()

    @classmethod
    @contextlib.contextmanager
    def running(cls) -> Iterator[Cluster]:
        with tempfile.TemporaryDirectory(prefix="contesta-postgres-") as folder:
            if os.geteuid() == 0:
                subprocess.run(["chown", "postgres", folder], check=True)
            cluster = cls(pathlib.Path(folder))
            try:
                yield cluster
            finally:
                cluster.stop()

    def run(self, program: str, *arguments: object) -> None:
        """PostgreSQL refuses to be run by root."""
        user = ["runuser", "--user", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*user, str(programs() / program), *map(str, arguments)]
        finished = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/", timeout=120)
        assert finished.returncode == 0, finished.stdout

    def start(self) -> None:
        options = f"-p {self.port} -k {self.data} -c listen_addresses=127.0.0.1"
        self.run("pg_ctl", "start", "--wait", "--pgdata", self.data, "--log", self.log, "--options", options)

    def count(self, table: str) -> int:
        """How many rows there are."""
        command = [programs() / "psql", "--tuples-only", "--no-align", "--command", f"SELECT count(*) FROM {table}", self.url]
        return int(subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout)

    def stop(self) -> None:
        """At once, as if it had been killed."""
        self.run("pg_ctl", "stop", "--mode", "immediate", "--pgdata", self.data)
