"""A PostgreSQL that whoever measures or breaks something has for themselves. Needs nothing but Debian's package."""

from __future__ import annotations

import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from typing import Self


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
        self.fill()
        self.start()

    def fill(self) -> None:
        self.run("initdb", "--auth", "trust", "--username", "contesta", "--pgdata", self.data)

    @classmethod
    @contextlib.contextmanager
    def running(cls, **origin: Cluster) -> Iterator[Self]:
        with tempfile.TemporaryDirectory(prefix="contesta-postgres-") as folder:
            if os.geteuid() == 0:
                subprocess.run(["chown", "postgres", folder], check=True)
            cluster = cls(pathlib.Path(folder), **origin)
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

    def ask(self, question: str) -> str:
        """One statement, and the one value that it answers with."""
        command = [programs() / "psql", "--tuples-only", "--no-align", "--command", question, self.url]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout.strip()

    def count(self, table: str) -> int:
        """How many rows there are."""
        return int(self.ask(f"SELECT count(*) FROM {table}"))

    def end_sessions(self) -> None:
        """Those of every desk, as an administrator does, or a network that forgets its connections."""
        self.ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'contesta'")

    def stop(self) -> None:
        """At once, as if it had been killed."""
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "stop", "--mode", "immediate", "--pgdata", self.data)

    def kill(self) -> None:
        """All of its processes, as when the machine goes."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        children = pathlib.Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for process in (first, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        (self.data / "postmaster.pid").unlink()


class Standby(Cluster):
    """A copy that follows another cluster: from now on, that one acknowledges only what this one has stored too."""

    def __init__(self, folder: pathlib.Path, primary: Cluster) -> None:
        self.primary = primary
        super().__init__(folder)
        primary.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.ask("SELECT pg_reload_conf()")
        self.both = f"postgres://contesta@127.0.0.1:{self.port},127.0.0.1:{primary.port}/postgres"

    def fill(self) -> None:
        place = ["--host", "127.0.0.1", "--port", self.primary.port, "--username", "contesta"]
        self.run("pg_basebackup", *place, "--write-recovery-conf", "--checkpoint", "fast", "--pgdata", self.data)

    def is_followed(self) -> bool:
        """Whether the primary waits for it."""
        return self.primary.ask("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == "1"

    def promote(self) -> None:
        self.run("pg_ctl", "promote", "--wait", "--pgdata", self.data)
