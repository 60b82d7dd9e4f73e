"""Pictures are never decoded here. How many points one has stands in the first bytes of its file: a flood of them is kept and given
out, and neither shown nor sent."""

from __future__ import annotations

import base64
import pathlib
import struct
import zlib

import pytest
from playwright.sync_api import Page, expect

from acts import bubble, open_conversation, send_button, writing
from desk import Desk, eventually
from words import say

SIDE = 30_000


def picture(side: int) -> bytes:
    """A white square in black and white: a ten-thousandth of its points in bytes."""
    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * (side // 8)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)), (b"IDAT", packed), (b"IEND", b"")]
    whole = [struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(whole)


@pytest.fixture(scope="module")
def flood() -> bytes:
    made = picture(SIDE)
    assert len(made) < 300_000
    return made


def memory_of(desk: Desk) -> int:
    """What the server has had in its memory at most, in megabytes."""
    status = pathlib.Path(f"/proc/{desk.process.pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) // 1024


def sent(desk: Desk, contact: str, name: str, content: bytes) -> dict:
    media = {"mime_type": "image/png", "base64": base64.b64encode(content).decode()}
    desk.simulator.write(contact, kind="image", media=media)
    conversation = desk.conversation_with(name)

    def find() -> dict | None:
        newest = desk.api.messages(conversation)[-1]
        return newest if newest["attachments"] and newest["attachments"][0]["state"] == "stored" else None

    return eventually("the file", find)


def test_a_flood_of_points_is_kept_and_not_shown(page: Page, desk: Desk, new_contact, flood: bytes) -> None:
    contact, name = new_contact("Vera Luz")
    before = memory_of(desk)
    message = sent(desk, contact, name, flood)
    address = message["attachments"][0]["url"].removeprefix("/api/v1/")
    answer = desk.api.http.get(address)
    assert answer.content == flood
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    open_conversation(page, desk.url, message["conversation_id"])
    image = page.locator("#timeline img").last
    eventually("the picture that is not shown", lambda: image.evaluate("image => image.complete && image.naturalWidth === 0"))
    assert memory_of(desk) - before < 64, "a decoded picture has 900 million points"


def test_a_picture_of_usual_size_is_shown(page: Page, desk: Desk, new_contact) -> None:
    contact, name = new_contact("Vito Sol")
    message = sent(desk, contact, name, picture(64))
    answer = desk.api.http.get(message["attachments"][0]["url"].removeprefix("/api/v1/"))
    assert answer.headers["content-type"] == "image/png" and answer.headers["content-disposition"].startswith("inline")
    open_conversation(page, desk.url, message["conversation_id"])
    image = page.locator("#timeline img").last
    eventually("the picture", lambda: image.evaluate("image => image.complete && image.naturalWidth === 64"))


def test_nobody_sends_a_flood_of_points(page: Page, desk: Desk, new_contact, flood: bytes) -> None:
    contact, name = new_contact("Vina Rey")
    desk.simulator.write(contact, "¿Me mandan la foto?")
    conversation = desk.conversation_with(name)
    open_conversation(page, desk.url, conversation)
    writing(page).fill("Va la foto")
    page.locator("#attachments").set_input_files({"name": "foto.png", "mimeType": "image/png", "buffer": flood})
    send_button(page).click()
    expect(page.locator("body")).to_contain_text(say("problem.picture_too_large"))
    expect(bubble(page, "Va la foto")).to_have_count(0)
    assert desk.simulator.receipts(contact=contact) == []
