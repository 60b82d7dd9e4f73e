"""The current goes, the disk is full, fails, or takes nothing more: what was acknowledged is there, and nothing else was acknowledged."""

from __future__ import annotations

import time

import httpx
import pytest

from conditions import fail_fdatasync, failing_disk
from desk import eventually
from places import SmallDisk
from trial import Trial


def is_ready(trial: Trial) -> bool:
    return httpx.get(f"{trial.desk.url}/readyz", timeout=10).is_success


def refusals(trial: Trial) -> int:
    return sum(each["status"] == 503 for each in trial.desk.simulator.get("deliveries")["items"])


@pytest.mark.parametrize("moment", range(3))
def test_what_was_acknowledged_is_there_after_a_power_cut(moment: int) -> None:
    """A build with `synchronous=NORMAL` fails here: see docs/reliability.md."""
    with SmallDisk.mounted() as disk, Trial.begun(people=6, folder=disk.folder) as trial:
        with trial.going_on():
            trial.wait_for_exchanges(6)
            time.sleep(moment * 0.11)
            disk.cut_power()
            trial.desk.kill()
            disk.mount_again()
            trial.desk.start()
            trial.wait_for_exchanges(3)
        trial.judge()


def test_a_full_disk_takes_nothing_in_and_loses_nothing() -> None:
    with SmallDisk.mounted(megabytes=24) as disk, Trial.begun(people=3, folder=disk.folder) as trial:
        with trial.going_on():
            trial.wait_for_exchanges(3)
            disk.fill()
            eventually("refused webhooks", lambda: refusals(trial) >= 3)
            # What fits into the log that is there is still taken; each look takes some of it.
            eventually("a readiness that says no", lambda: not is_ready(trial))
            assert trial.program.get("conversations", state="all")["items"], "what is there can be read"
            disk.empty()
            eventually("readiness", lambda: is_ready(trial))
            trial.wait_for_exchanges(3)
        trial.judge()


def test_a_read_only_disk_takes_nothing_in_and_loses_nothing() -> None:
    with SmallDisk.mounted() as disk, Trial.begun(people=3, folder=disk.folder) as trial:
        with trial.going_on():
            trial.wait_for_exchanges(3)
            disk.become_read_only()
            eventually("a refused webhook, or the end", lambda: trial.desk.process.poll() is not None or refusals(trial) >= 3)
            trial.desk.kill()
            disk.mount_again()
            trial.desk.start()
            trial.wait_for_exchanges(3)
        trial.judge()


def test_a_disk_that_can_not_confirm_ends_the_program_and_nothing_is_lost() -> None:
    with Trial.begun(people=3) as trial:
        trial.desk.kill()
        trial.desk.start(**failing_disk())
        with trial.going_on():
            trial.wait_for_exchanges(2)
            fail_fdatasync(trial.desk.process.pid)
            assert trial.desk.process.wait(timeout=30) == 74
            assert "could not confirm" in trial.desk.log.read_text()
            trial.desk.start()
            trial.wait_for_exchanges(3)
        trial.judge()
