"""The current goes, the disk is full, fails, or takes nothing more: what was acknowledged is there, and nothing else was acknowledged."""

from __future__ import annotations

import base64
import secrets
import time

import httpx
import pytest

from conditions import fail_fdatasync, failing_disk
from desk import eventually
from places import SmallDisk
from trial import Talk, Trial
from words import say


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


def free(trial: Trial) -> int:
    """What the desk says that is free, in bytes."""
    lines = httpx.get(f"{trial.desk.url}/metrics", timeout=10).text.splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("contesta_disk_free_bytes ")), 2**62)


def send_file_by_program(trial: Trial, talk: Talk) -> httpx.Response:
    path = f"{trial.desk.url}/api/v1/conversations/{talk.conversation}"
    version = trial.program.get(f"conversations/{talk.conversation}")["version"]
    file = {"name": "tarifa.pdf", "media_type": "application/pdf", "content": base64.b64encode(b"%PDF-1.4").decode()}
    body = {"text": "Va la tarifa", "answers": talk.message_with(talk.asked[-1])["id"], "version": version, "attachments": [file]}
    headers = {**trial.desk.api.http.headers, "Idempotency-Key": secrets.token_hex(8)}
    return httpx.post(f"{path}/replies", json=body, headers=headers, timeout=20)


def send_file_by_page(trial: Trial, talk: Talk) -> httpx.Response:
    visit = secrets.token_hex(32)
    version = trial.program.get(f"conversations/{talk.conversation}")["version"]
    fields = {"csrf": visit, "text": "Va la tarifa", "version": str(version), "idempotency_key": secrets.token_hex(8)}
    headers = {
        "Authorization": trial.desk.api.http.headers["Authorization"], "Cookie": f"__Host-contesta-visit={visit}",
        "Accept": "text/html", "Accept-Language": "es",
    }  # fmt: skip
    files = {"files": ("tarifa.pdf", b"%PDF-1.4", "application/pdf")}
    return httpx.post(
        f"{trial.desk.url}/conversations/{talk.conversation}/replies", data=fields, files=files, headers=headers, timeout=20
    )  # fmt: skip


def picture_state(trial: Trial, talk: Talk) -> str:
    """How far the file is that the contact has sent; nothing before it is in the desk."""
    return next((file["state"] for each in talk.messages() for file in each["attachments"]), "")


def test_a_disk_that_is_nearly_full_refuses_files_and_takes_what_people_say() -> None:
    """Row 11."""
    with SmallDisk.mounted(megabytes=2_048) as disk, Trial.begun(people=3, folder=disk.folder) as trial:
        talk = trial.talks[0]
        talk.exchange()
        disk.leave(megabytes=80)
        eventually("the look at the disk", lambda: free(trial) < 100 * 1_048_576)
        by_program = send_file_by_program(trial, talk)
        assert (by_program.status_code, by_program.json()["code"]) == (503, "storage_unavailable")
        assert "No room for files" in by_program.json()["detail"]
        by_page = send_file_by_page(trial, talk)
        assert (by_page.status_code, say("problem.no_room_for_files") in by_page.text) == (503, True)
        assert "Va la tarifa" in by_page.text, "the words are lost"
        trial.desk.simulator.write(talk.contact, kind="image")
        eventually("the picture's message", lambda: picture_state(trial, talk) == "fetching")
        with trial.going_on():
            trial.wait_for_exchanges(4)
        assert refusals(trial) == 0
        assert picture_state(trial, talk) == "fetching"
        disk.empty()
        eventually("the picture", lambda: picture_state(trial, talk) == "stored", 60)


def test_a_disk_that_is_full_goes_on_taking_what_people_say_by_its_reserve() -> None:
    """Row 11."""
    with SmallDisk.mounted(megabytes=2_048) as disk, Trial.begun(people=3, folder=disk.folder) as trial:
        reserve = disk.folder / "reserve"
        eventually("the reserve", lambda: reserve.exists() and reserve.stat().st_blocks * 512 >= 64 * 1_048_576)
        with trial.going_on():
            trial.wait_for_exchanges(3)
            disk.leave(megabytes=0.1)
            eventually("the end of the reserve", lambda: reserve.stat().st_size == 0)
            trial.wait_for_exchanges(6)
            assert "the reserve was given up" in trial.desk.log.read_text()
            disk.empty()
            eventually("a new reserve", lambda: reserve.stat().st_size == 64 * 1_048_576)
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
