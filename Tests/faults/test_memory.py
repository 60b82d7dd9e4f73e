"""A small machine: 256 MB of memory, and twice the load of the other tests."""

from __future__ import annotations

import contextlib
import pathlib
from collections.abc import Iterator

import pytest

from conditions import limited_memory, peak_memory
from test_limits import MEGABYTE, reader
from trial import Trial

LIMIT = 256 * MEGABYTE


@contextlib.contextmanager
def twice_the_load(trial: Trial) -> Iterator[None]:
    """Eight people who talk without a pause, and two hundred screens that read nothing of what they are told."""
    with contextlib.ExitStack() as screens:
        for _ in range(200):
            screens.enter_context(reader(trial.desk))
        with trial.going_on():
            trial.wait_for_exchanges(60)
            yield


def test_a_small_machine_kills_nobody_and_loses_nothing() -> None:
    """Row 72. Needs control groups of the second version (cgroups(7)), and root."""
    with Trial.begun(people=8) as trial:
        with limited_memory(trial.desk.process.pid, LIMIT) as group:
            if group is None:
                pytest.skip("no memory can be limited here: run this as root where /sys/fs/cgroup is of version 2 and may be written")
            with twice_the_load(trial):
                assert trial.desk.process.poll() is None
            assert "oom_kill 0" in pathlib.Path(group, "memory.events").read_text()
            trial.judge()


def test_twice_the_load_never_takes_more_memory_than_a_small_machine_has() -> None:
    """Row 72, where nothing can be limited: what it held at its peak."""
    with Trial.begun(people=8) as trial:
        with twice_the_load(trial):
            assert peak_memory(trial.desk.process.pid) < LIMIT
        trial.judge()
        assert peak_memory(trial.desk.process.pid) < LIMIT
