"""A backup is made while the desk serves; what comes back from it sends nothing that may have gone already."""

from __future__ import annotations

import json
import pathlib
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator

import pytest

from conftest import Visits, sign_in
from desk import MARTA, Desk, Programs, eventually
from simulator import binary


def contesta(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([binary(), *map(str, arguments)], capture_output=True, text=True, timeout=300)


@pytest.fixture
def own_desk() -> Iterator[Desk]:
    """A desk that no other test looks at: it is thrown away and brought back."""
    with Desk.founded(undo_seconds=1) as desk:
        desk.simulator.post("settings", {"statuses": "manual"})
        yield desk


@pytest.fixture
def shelf(tmp_path: pathlib.Path) -> pathlib.Path:
    """Where backups lie."""
    return tmp_path


def restore(desk: Desk, backup: pathlib.Path) -> None:
    """The machine burnt down; the desk is brought back from a backup, at the same address."""
    if desk.process.poll() is None:
        desk.kill()
    safe = backup.parent / "safe"
    bring_keys(desk.folder, safe)
    shutil.rmtree(desk.folder)
    finished = contesta("backup", "restore", backup, "--data", desk.folder, "--json")
    assert finished.returncode == 0, finished.stderr
    bring_keys(safe, desk.folder)
    desk.start()
    desk._api = Programs(desk.url, desk.token(MARTA.email))


def bring_keys(source: pathlib.Path, folder: pathlib.Path) -> None:
    """As docs/operations.md says: the signing keys are kept apart from the backups, and put back by hand."""
    if (source / "keys").exists():
        folder.mkdir(exist_ok=True)
        shutil.copytree(source / "keys", folder / "keys", dirs_exist_ok=True)


def workspace(desk: Desk) -> str:
    return desk.api.get("me")["workspaces"][0]["id"]


def texts(desk: Desk, contact: str) -> list[str]:
    """What the world really saw."""
    return [receipt["text"] for receipt in desk.simulator.receipts(contact=contact)]


def test_a_backup_made_under_load_is_one_moment_and_can_be_restored_elsewhere(own_desk: Desk, shelf: pathlib.Path) -> None:
    """Row 75."""
    desk = own_desk
    contact = desk.simulator.add_contact("Ana Gil", phone="34600000101")
    desk.simulator.write(contact, "Antes de la copia")
    desk.conversation_with("Ana Gil")
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            desk.simulator.write(contact, f"Durante la copia {number}")

    writing = threading.Thread(target=write)
    writing.start()
    try:
        backups = [shelf / f"{number}.tar" for number in range(3)]
        made = [contesta("backup", "create", backup, "--data", desk.folder, "--json") for backup in backups]
    finally:
        stop.set()
        writing.join()
    assert [each.returncode for each in made] == [0, 0, 0], [each.stderr for each in made]
    for backup in backups:
        verified = contesta("backup", "verify", backup)
        assert verified.returncode == 0, verified.stderr
        assert backup.stat().st_mode & 0o777 == 0o600
    counts = [int(json.loads(each.stdout)["messages"]) for each in made]
    assert counts == sorted(counts)

    elsewhere = shelf / "elsewhere"
    assert contesta("backup", "restore", backups[-1], "--data", elsewhere).returncode == 0
    bring_keys(desk.folder, elsewhere)
    intact = contesta("ledger", "verify", "--data", elsewhere)
    assert intact.returncode == 0, intact.stdout
    assert contesta("replay", "--check", "--data", elsewhere).stdout.startswith("the same")


def test_any_tar_opens_it_and_no_signing_key_is_in_it(own_desk: Desk, shelf: pathlib.Path) -> None:
    assert contesta("backup", "create", shelf / "b.tar", "--data", own_desk.folder).returncode == 0
    with tarfile.open(shelf / "b.tar") as archive:
        names = archive.getnames()
        manifest = json.load(archive.extractfile("manifest.json"))
    assert names[0] == "database.sqlite" and names[-1] == "manifest.json"
    assert not [name for name in names if ("key" in name and name != "keys/master.key") or "lock" in name]
    assert manifest["schema_step"] >= 8


@pytest.mark.parametrize("place", [0.02, 0.5, 0.98])
def test_a_changed_byte_is_found_and_nothing_is_restored(own_desk: Desk, shelf: pathlib.Path, place: float) -> None:
    backup = shelf / "b.tar"
    assert contesta("backup", "create", backup, "--data", own_desk.folder).returncode == 0
    content = bytearray(backup.read_bytes())
    content[int(len(content) * place)] ^= 0x20
    backup.write_bytes(content)
    verified = contesta("backup", "verify", backup)
    assert verified.returncode == 65 and "can't be used" in verified.stderr
    assert contesta("backup", "restore", backup, "--data", shelf / "new").returncode == 65
    assert not (shelf / "new").exists()


def test_a_folder_that_is_served_from_is_not_replaced(own_desk: Desk, shelf: pathlib.Path) -> None:
    backup = shelf / "b.tar"
    assert contesta("backup", "create", backup, "--data", own_desk.folder).returncode == 0
    refused = contesta("backup", "restore", backup, "--data", own_desk.folder)
    assert refused.returncode == 65 and "--replace" in refused.stderr
    assert contesta("backup", "restore", backup, "--data", own_desk.folder, "--replace").returncode != 0
    assert own_desk.answers()


def test_nothing_is_repeated_after_an_old_backup_was_restored(own_desk: Desk, shelf: pathlib.Path) -> None:
    """Row 65: the judge is what the provider really got."""
    desk = own_desk
    people = {}
    for number, name in enumerate(["Berta Sol", "Carlos Paz", "Dora Luz"]):
        contact = desk.simulator.add_contact(name, phone=f"3460000020{number}")
        desk.simulator.write(contact, f"¿Me guardan uno? Soy {name}")
        people[name] = (contact, desk.conversation_with(name))
    desk.kill()
    desk.undo_seconds = 30
    desk.start()
    held = {name: desk.api.reply(conversation, f"Sí, {name}.", key=name)["id"] for name, (_, conversation) in people.items()}
    backup = shelf / "old.tar"
    assert contesta("backup", "create", backup, "--data", desk.folder).returncode == 0
    # All three leave after the backup.
    desk.kill()
    desk.undo_seconds = 1
    desk.start()
    for name, (contact, _) in people.items():
        eventually(f"the reply to {name}", lambda contact=contact: texts(desk, contact), patience=60)

    restore(desk, backup)
    berta, carlos, dora = people
    for name, (_, conversation) in people.items():
        assert desk.api.status(conversation, held[name]) == "unknown"
    place = workspace(desk)
    assert desk.api.get(f"workspaces/{place}/delivery")["on_hold"]

    # The provider's own word settles one; the principal another; the third stays open.
    (receipt,) = desk.simulator.receipts(contact=people[berta][0])
    desk.simulator.post("statuses", {"message_id": receipt["message_id"], "status": "delivered"})
    eventually("the status", lambda: desk.api.status(people[berta][1], held[berta]) == "delivered")
    desk.api.post(f"messages/{held[carlos]}/resolve-unknown", {"outcome": "was_sent"})

    # What is written meanwhile waits.
    desk.simulator.write(people[dora][0], "¿Hola?")
    eventually("the question", lambda: len(desk.api.messages(people[dora][1])) == 3)
    desk.api.reply(people[dora][1], "Disculpe la demora.", key="after")
    assert contesta("delivery", "release", "--data", desk.folder).returncode == 65
    assert texts(desk, people[dora][0]) == [f"Sí, {dora}."]

    released = contesta("delivery", "release", "--data", desk.folder, "--yes")
    assert released.returncode == 0 and "1 reply" in released.stdout
    eventually("the new reply", lambda: len(texts(desk, people[dora][0])) == 2)
    assert {name: texts(desk, contact) for name, (contact, _) in people.items()} == {
        berta: [f"Sí, {berta}."], carlos: [f"Sí, {carlos}."], dora: [f"Sí, {dora}.", "Disculpe la demora."],
    }  # fmt: skip
    assert desk.api.status(people[dora][1], held[dora]) == "unknown"
    assert contesta("ledger", "verify", "--data", desk.folder).returncode == 0


def test_every_page_says_that_nothing_is_sent_and_the_principal_lets_it_send(own_desk: Desk, shelf: pathlib.Path, visits: Visits) -> None:
    desk = own_desk
    assert contesta("backup", "create", shelf / "b.tar", "--data", desk.folder).returncode == 0
    restore(desk, shelf / "b.tar")
    page = visits.context().new_page()
    sign_in(page, desk.url)
    for path in ["/", "/waiting", "/search", "/health"]:
        page.goto(desk.url + path)
        assert page.get_by_role("status").filter(has_text="restaur").count() == 1, path
    page.locator("[name=sure]").check()
    page.locator("form[action$='/release'] button").click()
    page.goto(desk.url + "/health")
    assert page.locator("form[action$='/release']").count() == 0
    assert not desk.api.get(f"workspaces/{workspace(desk)}/delivery")["on_hold"]
