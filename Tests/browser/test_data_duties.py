"""What somebody may ask of whoever keeps their data: a copy of it, and that it goes."""

from __future__ import annotations

import base64
import io
import json
import os
import pathlib
import subprocess
from collections.abc import Iterator

import pytest
from PIL import Image

from desk import BUSINESS, Desk, eventually
from simulator import binary


@pytest.fixture
def own_desk() -> Iterator[Desk]:
    with Desk.founded() as desk:
        yield desk


def talk(desk: Desk) -> tuple[str, str]:
    """A conversation that is over, and its contact."""
    contact = desk.simulator.add_contact("Rosa Olvido", phone="34655444333")
    desk.simulator.write(contact, "Borren mis datos, por favor")
    conversation = desk.conversation_with("Rosa Olvido")
    reply = desk.api.reply(conversation, "Así lo haremos, un saludo", "key-1")
    eventually("the answer", lambda: desk.api.status(conversation, reply["id"]) in ("accepted", "delivered", "read"))
    return conversation, desk.api.get(f"conversations/{conversation}")["contact"]["id"]


def contesta(desk: Desk, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([binary(), *arguments, *desk.store], capture_output=True, text=True, timeout=120, env=dict(os.environ))


def test_an_export_holds_everything_in_forms_that_anybody_can_read(own_desk: Desk, tmp_path: pathlib.Path) -> None:
    _, contact = talk(own_desk)
    folder = tmp_path / "copy"
    done = contesta(own_desk, "export", BUSINESS, "--to", str(folder))
    assert done.returncode == 0, done.stderr
    copy = json.loads((folder / "contacts" / f"{contact}.json").read_text())
    assert copy["name"] == "Rosa Olvido" and copy["identities"][0]["value"] == "34655444333"
    assert [message["text"] for message in copy["messages"]] == ["Borren mis datos, por favor", "Así lo haremos, un saludo"]
    assert (folder.stat().st_mode & 0o777, (folder / "ledger.jsonl").stat().st_mode & 0o777) == (0o700, 0o600)
    verified = contesta(own_desk, "ledger", "verify", "--file", str(folder / "ledger.jsonl"))
    assert verified.returncode == 0, verified.stderr
    again = contesta(own_desk, "export", BUSINESS, "--to", str(folder))
    assert again.returncode != 0 and "not empty" in again.stderr


def test_one_contact_is_given_out_to_whoever_may_and_it_stands_in_the_log(own_desk: Desk) -> None:
    conversation, _ = talk(own_desk)
    copy = own_desk.api.get(f"conversations/{conversation}/export")
    assert copy["format"] == "contesta-contact/1" and len(copy["messages"]) == 2
    workspace = own_desk.api.get("me")["workspaces"][0]["id"]
    acts = [reading["act"] for reading in own_desk.api.get(f"workspaces/{workspace}/reports/readings")["items"]]
    assert "exported" in acts


def test_an_erased_contact_is_gone_and_the_ledger_is_whole(own_desk: Desk) -> None:
    conversation, contact = talk(own_desk)
    unsure = contesta(own_desk, "erase", contact)
    assert unsure.returncode != 0 and "--yes" in unsure.stderr
    assert own_desk.api.messages(conversation)
    done = contesta(own_desk, "erase", contact, "--yes")
    assert done.returncode == 0, done.stderr
    assert own_desk.api.http.get(f"conversations/{conversation}").status_code == 404
    assert own_desk.api.get("search", q="Borren")["items"] == []
    assert contesta(own_desk, "ledger", "verify").returncode == 0
    assert contesta(own_desk, "erase", contact, "--yes").returncode != 0
    assert contesta(own_desk, "replay", "--check").returncode == 0


def test_the_interface_erases_too(own_desk: Desk) -> None:
    conversation, _ = talk(own_desk)
    gone = own_desk.api.http.delete(f"conversations/{conversation}/contact")
    assert gone.status_code == 204, gone.text
    assert own_desk.api.http.get(f"conversations/{conversation}").status_code == 404


def photograph(kind: str) -> bytes:
    """A picture as a telephone takes it: lying on its side, with the place, the device and a comment in it."""
    picture = Image.effect_noise((64, 48), 80).convert("RGB")
    exif = Image.Exif()
    exif[0x0112], exif[0x0110] = 6, "Telefono de Ana"
    exif.get_ifd(0x8825).update({1: "S", 2: (34.0, 36.0, 13.0), 3: "W", 4: (58.0, 22.0, 53.0)})
    file = io.BytesIO()
    picture.save(file, kind, exif=exif, **({"comment": "en casa"} if kind == "JPEG" else {}))
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_does_not_tell_where_it_was_taken_and_looks_the_same(own_desk: Desk, kind: str) -> None:
    original = photograph(kind)
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(0x8825), "the picture says where it was taken"
    contact = own_desk.simulator.add_contact("Rosa Foto", phone="34655444334")
    own_desk.simulator.write(contact, "¿Me manda una foto?")
    conversation = own_desk.conversation_with("Rosa Foto")
    question = own_desk.api.messages(conversation)[0]["id"]
    file = {"name": "foto", "media_type": f"image/{kind.lower()}", "content": base64.b64encode(original).decode()}
    version = own_desk.api.get(f"conversations/{conversation}")["version"]
    reply = own_desk.api.post(
        f"conversations/{conversation}/replies",
        {"text": "Aquí va", "answers": question, "version": version, "attachments": [file]}, **{"Idempotency-Key": "foto-1"},
    )  # fmt: skip
    sent = own_desk.api.http.get(f"attachments/{reply['id']}/0").content
    assert b"Telefono de Ana" not in sent and b"en casa" not in sent
    before, after = Image.open(io.BytesIO(original)), Image.open(io.BytesIO(sent))
    assert not after.getexif().get_ifd(0x8825) and 0x0110 not in after.getexif()
    assert before.tobytes() == after.tobytes()
    if kind == "JPEG":
        assert after.getexif()[0x0112] == 6, "it stays the right way up"
