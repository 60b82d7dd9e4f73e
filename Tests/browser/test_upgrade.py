"""New programs on old data, old programs on new data, and data that is damaged."""

from __future__ import annotations

import lzma
import pathlib
import signal
import sqlite3
import subprocess
from collections.abc import Iterator

import pytest

from desk import MARTA, Desk, Programs, eventually
from simulator import binary

CONFIGURATION = 78
BAD_DATA = 65


@pytest.fixture
def own_desk() -> Iterator[Desk]:
    with Desk.founded() as desk:
        yield desk


def serve(desk: Desk) -> subprocess.CompletedProcess[str]:
    """What `contesta serve` says when it does not start."""
    return subprocess.run(
        [binary(), "serve", "--data", desk.folder, "--listen", f"127.0.0.1:{desk.port}"], capture_output=True, text=True, timeout=120
    )


def stop(desk: Desk) -> pathlib.Path:
    """Ends the server in order, so that the database is one file."""
    desk.process.send_signal(signal.SIGTERM)
    desk.process.wait(timeout=60)
    file = desk.folder / "contesta.sqlite"
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


def content(file: pathlib.Path) -> list[str]:
    """Every table and row; the file's own counters of its openings are nothing that a person loses."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        return [f"{table}: {database.execute(f'SELECT * FROM {table}').fetchall()}" for table in tables if "search_index" not in table]


def test_an_old_program_refuses_a_newer_schema_and_touches_nothing(own_desk: Desk) -> None:
    """Row 74."""
    file = stop(own_desk)
    with sqlite3.connect(file) as database:
        database.execute("UPDATE schema_state SET schema_version = 999, compat_version = 999")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = content(file)
    refused = serve(own_desk)
    assert refused.returncode == CONFIGURATION
    assert "newer program" in refused.stderr and "restore a backup" in refused.stderr
    assert content(file) == before


def test_a_desk_of_an_older_program_is_copied_sealed_and_goes_on(own_desk: Desk) -> None:
    """The file is a desk as version 0.1.0 left it at schema step 9: two contacts, four messages, an answer, nothing sealed."""
    file = stop(own_desk)
    for rest in own_desk.folder.glob("contesta.sqlite*"):
        rest.unlink()
    file.write_bytes(lzma.decompress((pathlib.Path(__file__).parent / "old-desk.sqlite.xz").read_bytes()))
    assert b"panes sin sal" in file.read_bytes()
    own_desk.start()
    (copy,) = [each for each in own_desk.folder.iterdir() if "before-step-" in each.name]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert b"panes sin sal" in copy.read_bytes()
    api = Programs(own_desk.url, own_desk.token(MARTA.email))
    (conversation,) = [each for each in api.get("conversations", state="all")["items"] if each["contact"]["name"] == "Ana Lucía"]
    texts = [message["text"] for message in api.messages(conversation["id"])]
    assert texts == ["¿Tienen panes sin sal para mañana?", "Sí, le guardo tres.", "¡Gracias!"]
    assert len(api.get("search", q="pan")["items"]) == 1
    stop(own_desk)
    for word in [b"panes sin sal", b"guardo tres", b"34600000001", b"4111", b"Ana Luc", b"wamid"]:
        assert word not in file.read_bytes(), word


@pytest.mark.parametrize("place", ["the file's first word", "the head of a table's page"])
def test_a_damaged_database_is_not_served(own_desk: Desk, place: str) -> None:
    """Row 13: one byte changed, as with dd."""
    file = stop(own_desk)
    with sqlite3.connect(file) as database:
        (size,) = database.execute("PRAGMA page_size").fetchone()
        (root,) = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'messages'").fetchone()
    offset = 0 if place == "the file's first word" else (root - 1) * size
    with file.open("r+b") as bytes_of_file:
        bytes_of_file.seek(offset)
        (byte,) = bytes_of_file.read(1)
        bytes_of_file.seek(offset)
        bytes_of_file.write(bytes([byte ^ 0xFF]))
    refused = serve(own_desk)
    assert refused.returncode == BAD_DATA, refused.stderr
    assert "damaged" in refused.stderr and "contesta backup restore" in refused.stderr


def test_a_stop_of_some_minutes_is_told_of(own_desk: Desk) -> None:
    """The last sign of life is put back, as if the machine had been off for eight days (row 28)."""
    eventually("a sign of life", lambda: pulses(own_desk))
    file = stop(own_desk)
    with sqlite3.connect(file) as database:
        database.execute(f"UPDATE pulses SET at = at - {8 * 86_400 * 1_000_000}")
    own_desk.start()
    place = own_desk.api.get("me")["workspaces"][0]["id"]

    def incidents() -> list[dict]:
        return own_desk.api.get(f"workspaces/{place}/incidents")["items"]

    (incident,) = eventually("the incident", incidents)
    assert incident["kind"] == "deaf"
    own_desk.kill()
    own_desk.start()
    assert [each["id"] for each in incidents()] == [incident["id"]]
    own_desk.api.post(f"workspaces/{place}/incidents/{incident['id']}/clearing", {"word": "Llamamos a los clientes."})
    assert incidents() == []


def pulses(desk: Desk) -> list[tuple[int]]:
    with sqlite3.connect(desk.folder / "contesta.sqlite") as database:
        return database.execute("SELECT at FROM pulses WHERE name = 'running'").fetchall()
