"""Every kind of message is shown as what it is, and nothing that a contact sends can do more than be read."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from acts import bubble, open_conversation, writing
from desk import Desk, eventually
from words import say

HOSTILE = "<script>window.pwned = 1</script><img src=x onerror='window.pwned = 1'>"
HOSTILE_NAME = '"><svg onload="window.pwned=1">.pdf'
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>window.pwned = 1</script></svg>'
FORM = {"flow_token": "t", "Fecha": "2026-12-01", "Personas": 12}


@dataclass
class Talk:
    """A conversation that holds one message of every kind; `ids` are the provider's."""

    contact: str
    conversation: str
    ids: dict[str, str]


def kinds() -> dict[str, dict[str, object]]:
    hostile_file = {"base64": base64.b64encode(b"%PDF-1.4").decode(), "mime_type": "application/pdf", "file_name": HOSTILE_NAME}
    drawing = {"base64": base64.b64encode(DRAWING).decode(), "mime_type": "image/svg+xml", "file_name": "dibujo.svg"}
    card = {"name": "Zoe <b>Paz</b>", "phones": ["+54 11 5550 1000"], "emails": ["zoe@example.com"], "organization": "Flores Paz"}
    items = [{"product_retailer_id": "torta-<i>3</i>", "quantity": 3, "item_price": 12.5, "currency": "ARS"}]
    return {
        "text": {"text": "Buenas, *urgente*: https://ejemplo.example/carta?a=1&b=2"},
        "image": {"kind": "image", "text": "La foto de la torta"},
        "voice": {"kind": "voice"},
        "audio": {"kind": "audio"},
        "video": {"kind": "video", "text": "Un video"},
        "sticker": {"kind": "sticker"},
        "document": {"kind": "document", "text": "El presupuesto", "media": hostile_file},
        "drawing": {"kind": "document", "text": "Un dibujo", "media": drawing},
        "location": {"kind": "location", "latitude": -34.60373, "longitude": -58.38157, "name": "Obelisco", "address": "Av. 9 de Julio"},
        "contacts": {"kind": "contacts", "contacts": [card]},
        "order": {"kind": "order", "items": items, "text": "Para el sábado"},
        "button": {"kind": "button", "text": "Sí, confirmo", "payload": "yes"},
        "choice": {"kind": "list_reply", "id": "tarde", "title": "Por la tarde", "description": "De 14 a 18"},
        "form": {"kind": "form_reply", "response": FORM},
        "unsupported": {"kind": "unsupported"},
        "hostile": {"text": HOSTILE},
        "link": {"text": "javascript:alert(1) data:text/html,x \u202egnp.exe"},
        "reacted": {"text": "Con reacción"},
        "edited": {"text": "Antes de corregir"},
        "deleted": {"text": "Esto se borra"},
    }


@pytest.fixture(scope="module")
def talk(desk: Desk) -> Talk:
    simulator = desk.simulator
    simulator.post("settings", {"webhook_concurrency": 1})
    contact = simulator.add_contact("Zoe <b>Paz</b>", phone="5491155509999")
    ids = {}
    for name, members in kinds().items():
        ids[name] = simulator.post(f"contacts/{contact}/messages", {"kind": "text", **members})["message_id"]
    ids["quoted"] = simulator.write(contact, "Sobre la foto", context=ids["image"])
    simulator.post(f"contacts/{contact}/reactions", {"message_id": ids["reacted"], "emoji": "👍"})
    simulator.post(f"contacts/{contact}/edits", {"message_id": ids["edited"], "text": "Después de corregir"})
    simulator.post(f"contacts/{contact}/revokes", {"message_id": ids["deleted"]})
    ids["echo"] = simulator.post(f"contacts/{contact}/echoes", {"kind": "text", "text": "Contesto del teléfono"})["message_id"]
    conversation = desk.conversation_with("Zoe <b>Paz</b>")
    talk = Talk(contact, conversation, ids)
    eventually("all messages and their files", lambda: has_arrived(desk, talk))
    return talk


def has_arrived(desk: Desk, talk: Talk) -> bool:
    messages = {message["provider_id"]: message for message in desk.api.messages(talk.conversation)}
    files = [file for message in messages.values() for file in message["attachments"]]
    return (
        set(talk.ids.values()) <= set(messages)
        and all(file["state"] not in ("pending", "fetching") for file in files)
        and bool(messages[talk.ids["deleted"]]["deleted_at"] and messages[talk.ids["reacted"]]["reactions"])
    )


def file_path(message: Locator) -> str:
    """Where the file of a message is."""
    return f"/attachments/{message.get_attribute('id').removeprefix('message-')}/0"


@pytest.fixture
def shown(page: Page, desk: Desk, talk: Talk) -> Callable[[str], Locator]:
    """The message of a kind, on the page."""
    ids = {message["provider_id"]: message["id"] for message in desk.api.messages(talk.conversation)}
    page.on("dialog", lambda dialog: pytest.fail(f"a script opened {dialog.message!r}"))
    open_conversation(page, desk.url, talk.conversation)
    return lambda kind: page.locator(f"#message-{ids[talk.ids[kind]]}")


def test_texts_are_words_with_marks_and_safe_links(shown) -> None:
    expect(shown("text").locator("strong")).to_have_text("urgente")
    link = shown("text").get_by_role("link").first
    expect(link).to_have_attribute("href", "https://ejemplo.example/carta?a=1&b=2")
    expect(link).to_have_attribute("rel", "noreferrer noopener nofollow")
    expect(shown("link").locator("a:not(.bubble__act)")).to_have_count(0)


def test_pictures_videos_and_stickers_are_there(page: Page, shown) -> None:
    for kind in ("image", "sticker"):
        picture = shown(kind).locator("img")
        picture.scroll_into_view_if_needed()
        eventually(f"the {kind}", lambda picture=picture: picture.evaluate("image => image.complete && image.naturalWidth > 0"))
        assert picture.get_attribute("alt")
    expect(shown("image")).to_contain_text("La foto de la torta")
    expect(shown("video").locator("video source")).to_have_attribute("src", file_path(shown("video")))


@pytest.mark.parametrize("kind", ["voice", "audio"])
def test_sounds_have_a_player_with_three_speeds(shown, kind: str) -> None:
    message = shown(kind)
    speed = message.locator(".sound__speed")
    audio = message.locator("audio")
    for name, rate in (("1", 1), ("1.5", 1.5), ("2", 2), ("1", 1)):
        expect(speed).to_have_accessible_name(say("script.speed", speed=name))
        assert audio.evaluate("audio => audio.playbackRate") == rate
        speed.click()
    expect(message.get_by_role("button", name=say("script.play"))).to_be_visible()
    expect(message.get_by_role("slider")).to_be_visible()


@pytest.mark.parametrize("kind", ["document", "drawing"])
def test_documents_are_only_ever_downloaded(page: Page, desk: Desk, shown, kind: str) -> None:
    with page.expect_download() as waiting:
        shown(kind).get_by_role("link").first.click()
    assert "<" not in waiting.value.suggested_filename and '"' not in waiting.value.suggested_filename
    answer = page.request.get(desk.url + file_path(shown(kind)))
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["content-type"] in ("application/pdf", "application/octet-stream")


def test_places_people_and_orders_are_told_in_words(shown) -> None:
    place = shown("location")
    expect(place).to_contain_text("Obelisco")
    expect(place.get_by_role("link", name=say("message.openMap"))).to_have_attribute("href", re.compile("openstreetmap.org/.*-34.60373"))
    person = shown("contacts")
    for words in ("Zoe <b>Paz</b>", "Flores Paz", "+54 11 5550 1000", "zoe@example.com"):
        expect(person).to_contain_text(words)
    order = shown("order")
    expect(order).to_contain_text(say("message.order.other", count="3"))
    expect(order).to_contain_text("torta-<i>3</i>")
    expect(order).to_contain_text("12,50 ARS")
    expect(order).to_contain_text("Para el sábado")


def test_choices_and_form_answers_can_be_read(shown) -> None:
    expect(shown("button")).to_contain_text(say("message.choice.button"))
    expect(shown("button")).to_contain_text("Sí, confirmo")
    expect(shown("choice")).to_contain_text(say("message.choice.interactive"))
    expect(shown("choice")).to_contain_text("Por la tarde")
    expect(shown("form")).to_contain_text("Fecha")
    expect(shown("form")).to_contain_text("2026-12-01")
    expect(shown("form")).to_contain_text("12")


def test_what_happened_to_a_message_is_beside_it(shown) -> None:
    expect(shown("quoted").locator(".quote")).to_contain_text("La foto de la torta")
    expect(shown("reacted").locator(".reactions")).to_contain_text("👍")
    expect(shown("edited")).to_contain_text("Después de corregir")
    expect(shown("edited").locator(".bubble__foot")).to_contain_text("Editado")
    expect(shown("deleted")).to_contain_text(say("message.deleted"))
    expect(shown("deleted")).not_to_contain_text("Esto se borra")
    expect(shown("unsupported")).to_contain_text("131051")
    expect(shown("echo")).to_contain_text(say("message.fromPhone"))


def test_hostile_words_are_only_words(page: Page, shown) -> None:
    expect(shown("hostile").locator(".bubble__text")).to_have_text(HOSTILE)
    expect(shown("hostile").locator("script, img")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Zoe <b>Paz</b>")
    expect(shown("document")).to_contain_text("svg onload")
    expect(page.locator("svg[onload], [onerror]")).to_have_count(0)
    assert page.evaluate("typeof window.pwned") == "undefined"


def test_hostile_words_are_only_words_when_they_come_live(page: Page, desk: Desk, talk: Talk, shown) -> None:
    desk.simulator.write(talk.contact, f"En vivo {HOSTILE}")
    expect(bubble(page, "En vivo").locator(".bubble__text")).to_have_text(f"En vivo {HOSTILE}")
    assert page.evaluate("typeof window.pwned") == "undefined"


def test_hostile_words_are_only_words_in_queue_and_search(page: Page, desk: Desk, talk: Talk) -> None:
    page.goto(f"{desk.url}/?state=all")
    expect(page.locator("#queue-cards .card__name")).to_have_text("Zoe <b>Paz</b>")
    page.goto(f"{desk.url}/search?q=pwned%3Cscript%3E")
    expect(page.locator("#q")).to_have_value("pwned<script>")
    page.goto(f"{desk.url}/search?q=window")
    expect(page.locator(".result").first).to_contain_text("<script>")
    assert page.evaluate("typeof window.pwned") == "undefined"


def test_a_reply_with_a_picture_reaches_the_contact(page: Page, desk: Desk, talk: Talk, shown) -> None:
    before = len(desk.simulator.receipts())
    picture = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
    page.locator("#attachments").set_input_files({"name": "carta del día.png", "mimeType": "image/png", "buffer": picture})
    expect(page.locator("[data-files]")).to_contain_text("carta del día.png")
    writing(page).fill("La carta")
    page.keyboard.press("Enter")
    receipt = desk.simulator.wait_for_receipts(before + 1)[-1]
    assert (receipt["kind"], receipt["text"], receipt["media"]["byte_count"]) == ("image", "La carta", len(picture))
