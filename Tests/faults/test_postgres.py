"""PostgreSQL is stopped in the midst of the load, again and again: what was acknowledged is there."""

from __future__ import annotations

import contextlib
import os
import pathlib
import subprocess
import tempfile
from collections.abc import Iterator

from desk import eventually, free_port
from trial import Trial


def programs() -> pathlib.Path:
    """Of the newest PostgreSQL on this machine."""
    return max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))


class Cluster:
    """A PostgreSQL of a test's own."""

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

    def stop(self) -> None:
        """At once, as if it had been killed."""
        self.run("pg_ctl", "stop", "--mode", "immediate", "--pgdata", self.data)


def test_a_database_stopped_under_load_loses_nothing_that_was_acknowledged() -> None:
    with Cluster.running() as cluster, Trial.begun(people=4, database=cluster.url) as trial:
        with trial.going_on():
            for _ in range(3):
                trial.wait_for_exchanges(3)
                cluster.stop()
                cluster.start()
            trial.wait_for_exchanges(3)
        assert trial.desk.process.poll() is None, "the desk went on by itself"
        trial.judge()


def test_a_desk_killed_under_load_finds_everything_in_its_database() -> None:
    with Cluster.running() as cluster, Trial.begun(people=4, database=cluster.url) as trial:
        with trial.going_on():
            for _ in range(3):
                trial.wait_for_exchanges(3)
                trial.desk.kill()
                trial.desk.start()
            trial.wait_for_exchanges(3)
        trial.judge()


def test_a_database_that_is_away_at_the_start_is_an_error_that_says_so() -> None:
    with Cluster.running() as cluster, Trial.begun(people=1, database=cluster.url) as trial:
        trial.desk.kill()
        cluster.stop()
        trial.desk.launch()
        assert eventually("the end", lambda: trial.desk.process.poll()) == 75
        cluster.start()
        trial.desk.start()
        trial.talks[0].exchange()
        trial.judge()
