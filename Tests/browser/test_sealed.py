"""What somebody gets who has the database, the files or a backup, but not the master key."""

from __future__ import annotations

import base64
import os
import pathlib
import sqlite3
import subprocess
from collections.abc import Iterator

import pytest

from desk import MARTA, Desk, Programs, eventually
from simulator import binary

CONFIGURATION = 78


@pytest.fixture
def own_desk() -> Iterator[Desk]:
    with Desk.founded() as desk:
        yield desk


def talk(desk: Desk) -> str:
    """Something of every kind that is confidential."""
    contact = desk.simulator.add_contact("Milagros Canario", phone="34611222333")
    desk.simulator.write(contact, "Mi contraseña del banco es golondrina9")
    desk.simulator.write(contact, kind="document", media={"mime_type": "application/pdf", "base64": PDF, "file_name": "nómina-canaria.pdf"})
    conversation = desk.conversation_with("Milagros Canario")
    eventually("the file", lambda: any(file.is_file() for file in (desk.folder / "blobs").rglob("*")))
    reply = desk.api.reply(conversation, "Reciba un saludo canario", "key-1")
    eventually("the answer", lambda: desk.api.status(conversation, reply["id"]) in ("accepted", "delivered", "read"))
    desk.api.post(f"conversations/{conversation}/notes", {"text": "Cliente delicada: llamar a su notaria"})
    desk.api.get("search", q="golondrina9")
    return conversation


PDF = base64.b64encode(b"%PDF-1.4\n% secreto de la nomina canaria\n%%EOF\n").decode()
CANARIES = [
    "Milagros", "34611222333", "golondrina9", "saludo canario", "notaria", "secreto de la nomina", "canaria.pdf", "wamid",
]  # fmt: skip


def found(folder: pathlib.Path, *others: pathlib.Path) -> list[str]:
    files = [file for file in [*folder.rglob("*"), *others] if file.is_file()]
    return sorted({f"{word} in {file.name}" for file in files for word in CANARIES if word.encode() in file.read_bytes()})


def test_neither_the_database_nor_a_file_nor_a_log_says_what_was_said(own_desk: Desk) -> None:
    own_desk.kill()
    own_desk.start(CONTESTA_LOG_LEVEL="trace")
    talk(own_desk)
    assert found(own_desk.folder, own_desk.log) == []
    own_desk.kill()
    assert found(own_desk.folder, own_desk.log) == [], "with everything that was still in the journal"


def test_a_backup_without_its_key_is_of_no_use(own_desk: Desk, tmp_path: pathlib.Path) -> None:
    key = tmp_path / "elsewhere.key"
    key.write_text(subprocess.run([binary(), "keys", "new"], capture_output=True, text=True, check=True).stdout)
    own_desk.stop()
    rotate(own_desk, key)
    (own_desk.folder / "keys" / "master.key").unlink()
    own_desk.start(CONTESTA_MASTER_KEY_FILE=str(key))
    os.environ["CONTESTA_MASTER_KEY_FILE"] = str(key)
    try:
        talk(own_desk)
        backup = tmp_path / "desk.tar"
        own_desk.command("backup", "create", str(backup))
        assert found(tmp_path) == []
        own_desk.command("backup", "verify", str(backup))
        del os.environ["CONTESTA_MASTER_KEY_FILE"]
        refused = contesta("backup", "restore", str(backup), "--data", str(tmp_path / "thief"))
        assert refused.returncode == CONFIGURATION and "sealed with the master key" in refused.stderr
        assert not (tmp_path / "thief").exists()
    finally:
        os.environ.pop("CONTESTA_MASTER_KEY_FILE", None)


def test_a_backup_with_the_key_of_its_folder_comes_back_whole(own_desk: Desk, tmp_path: pathlib.Path) -> None:
    conversation = talk(own_desk)
    backup = tmp_path / "desk.tar"
    own_desk.command("backup", "create", str(backup))
    own_desk.kill()
    assert contesta("backup", "restore", str(backup), "--data", str(own_desk.folder), "--replace").returncode == 0
    own_desk.start()
    texts = [message["text"] for message in own_desk.api.messages(conversation)]
    assert texts[0] == "Mi contraseña del banco es golondrina9" and "Reciba un saludo canario" in texts
    file = next(message for message in own_desk.api.messages(conversation) if message["attachments"])
    content = own_desk.api.http.get(file["attachments"][0]["url"].removeprefix("/api/v1/"))
    assert content.content == base64.b64decode(PDF)


def test_the_desk_does_not_start_with_another_key_and_says_which_it_needs(own_desk: Desk) -> None:
    own_desk.stop()
    other = base64.b64encode(bytes(32)).decode()
    refused = contesta("serve", "--data", str(own_desk.folder), "--listen", f"127.0.0.1:{own_desk.port}", CONTESTA_MASTER_KEY=other)
    assert refused.returncode == CONFIGURATION
    assert "sealed with the master key" in refused.stderr and other not in refused.stderr
    own = own_desk.folder / "keys" / "master.key"
    kept = own.read_text()
    own.unlink()
    refused = contesta("doctor", "--data", str(own_desk.folder))
    assert refused.returncode != 0 and "sealed with the master key" in refused.stderr + refused.stdout
    own.write_text(kept)
    own_desk.start()
    assert own_desk.api.get("me")["workspaces"]


@pytest.mark.parametrize("rubbish", ["", "short", "ñandú" * 10, "QUJD"])
def test_what_is_no_key_is_refused_without_repeating_it(own_desk: Desk, rubbish: str, tmp_path: pathlib.Path) -> None:
    own_desk.stop()
    file = tmp_path / "key"
    file.write_text(rubbish)
    refused = contesta("keys", "show", "--data", str(own_desk.folder), CONTESTA_MASTER_KEY_FILE=str(file))
    assert refused.returncode == CONFIGURATION and "can't be used" in refused.stderr
    assert not rubbish or rubbish not in refused.stderr


def test_a_command_may_give_the_key(own_desk: Desk, tmp_path: pathlib.Path) -> None:
    talk(own_desk)
    own_desk.stop()
    own = own_desk.folder / "keys" / "master.key"
    elsewhere = tmp_path / "master.key"
    own.rename(elsewhere)
    own_desk.start(CONTESTA_MASTER_KEY_COMMAND=f"cat '{elsewhere}'")
    os.environ["CONTESTA_MASTER_KEY_FILE"] = str(elsewhere)
    try:
        assert own_desk.api.get("search", q="golondr")["items"]
    finally:
        del os.environ["CONTESTA_MASTER_KEY_FILE"]
    assert not own.exists()


def test_after_a_rotation_the_old_key_opens_nothing(own_desk: Desk, tmp_path: pathlib.Path) -> None:
    conversation = talk(own_desk)
    own_desk.stop()
    new = tmp_path / "new.key"
    rotate(own_desk, new)
    assert new.stat().st_mode & 0o777 == 0o600
    refused = contesta("serve", "--data", str(own_desk.folder), "--listen", f"127.0.0.1:{own_desk.port}")
    assert refused.returncode == CONFIGURATION and "sealed with the master key" in refused.stderr
    own_desk.start(CONTESTA_MASTER_KEY_FILE=str(new))
    os.environ["CONTESTA_MASTER_KEY_FILE"] = str(new)
    try:
        programs = Programs(own_desk.url, own_desk.token(MARTA.email))
    finally:
        del os.environ["CONTESTA_MASTER_KEY_FILE"]
    assert programs.messages(conversation)[0]["text"] == "Mi contraseña del banco es golondrina9"


def test_words_of_one_workspace_say_nothing_of_another(own_desk: Desk) -> None:
    talk(own_desk)
    own_desk.stop()
    with sqlite3.connect(own_desk.folder / "contesta.sqlite") as database:
        tokens = " ".join(text for (text,) in database.execute("SELECT tokens FROM search_documents"))
    assert tokens and not any(letter.isascii() and letter.isalnum() for letter in tokens)


def rotate(desk: Desk, key: pathlib.Path) -> None:
    done = contesta("keys", "rotate", "--to", str(key), "--data", str(desk.folder))
    assert done.returncode == 0, done.stderr
    assert "opens older backups only" in done.stdout


def contesta(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [binary(), *arguments], capture_output=True, text=True, timeout=120, env={**os.environ, **environment}
    )
