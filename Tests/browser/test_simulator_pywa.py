"""The simulator against an independent client library: pywa, unchanged, believes that it speaks to Meta.

pywa's address is fixed, so its requests are led to the simulator by the transport beneath it.
"""

from __future__ import annotations

import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlparse

import httpx
import pytest
import pywa
from pywa import errors, types
from pywa.types import MessageStatusType

from simulator import BUSINESS_ACCOUNT_ID, PHONE_NUMBER_ID, SECRETS, News, Simulator

ANA = "34600000001"


class LedToSimulator(httpx.BaseTransport):
    """Sends what is meant for graph.facebook.com to the simulator instead."""

    def __init__(self, base_url: str) -> None:
        self.base_url = httpx.URL(base_url)
        self.inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host == "graph.facebook.com":
            request.url = request.url.copy_with(scheme="http", host=self.base_url.host, port=self.base_url.port)
            request.headers["Host"] = f"{self.base_url.host}:{self.base_url.port}"
        return self.inner.handle_request(request)


class PywaDesk:
    """A webhook whose every body goes through pywa: handshake, signature, parsing, handlers."""

    def __init__(self) -> None:
        self.client: pywa.WhatsApp | None = None
        self.answers: list[int] = []
        self.refused: list[int] = []
        self.bodies: list[dict[str, Any]] = []
        self.updates: list[Any] = []
        self.news = News()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/webhooks/inbox"

    def _handler(desk) -> type[http.server.BaseHTTPRequestHandler]:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                query = parse_qs(urlparse(self.path).query)
                text, status = desk.client.webhook_challenge_handler(query["hub.verify_token"][0], query["hub.challenge"][0])
                self.answer(status, text)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.answer(desk.receive(body, self.headers.get("X-Hub-Signature-256")))

            def answer(self, status: int, text: str = "") -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def receive(self, body: bytes, signature: str | None) -> int:
        if self.answers:
            return self.answers.pop(0)
        refusal = self.client.webhook_update_validator(body, signature)
        if refusal:
            self.news.tell(lambda: self.refused.append(refusal[1]))
            return refusal[1]
        self.news.tell(lambda: self.bodies.append(json.loads(body)))
        return self.client.webhook_update_handler(body)[1]

    def note(self, _: pywa.WhatsApp, update: Any) -> None:
        self.news.tell(lambda: self.updates.append(update))

    def wait_for(self, kind: type, where=lambda update: True) -> Any:
        return self.news.wait_until(
            f"{kind.__name__} of pywa's",
            lambda: next((update for update in self.updates if isinstance(update, kind) and where(update)), None),
        )

    def statuses(self, message_id: str) -> list[MessageStatusType]:
        return [update.status for update in self.updates if isinstance(update, types.MessageStatus) and update.id == message_id]


def pywa_client(base_url: str, desk: PywaDesk) -> pywa.WhatsApp:
    client = pywa.WhatsApp(
        phone_id=PHONE_NUMBER_ID,
        token=SECRETS["access_token"],
        waba_id=BUSINESS_ACCOUNT_ID,
        app_secret=SECRETS["app_secret"],
        verify_token=SECRETS["verify_token"],
        session=httpx.Client(transport=LedToSimulator(base_url)),
        server=None,
    )
    client.on_message(desk.note)
    client.on_message_status(desk.note)
    client.on_edited_message(desk.note)
    client.on_deleted_message(desk.note)
    client.on_outgoing_message(desk.note)
    client.on_callback_button(desk.note)
    client.on_callback_selection(desk.note)
    client.on_phone_number_change(desk.note)
    return client


@pytest.fixture
def world() -> Iterator[tuple[Simulator, PywaDesk, pywa.WhatsApp]]:
    desk = PywaDesk()
    with Simulator.start() as simulator:
        desk.client = pywa_client(simulator.base_url, desk)
        assert simulator.connect(desk.url)["verified"] is True
        simulator.post("settings", {"sent_after_ms": 10, "delivered_after_ms": 60, "read_after_ms": 120})
        yield simulator, desk, desk.client
    desk.server.shutdown()


@pytest.fixture
def ana(world) -> str:
    """A contact who has just written, so that the window is open."""
    simulator, desk, _ = world
    contact = simulator.add_contact("Ana Núñez", phone=ANA)
    simulator.write(contact, "¿Tenéis cita hoy? 😀 a/b")
    desk.wait_for(types.Message)
    return contact


def test_receives_a_text_with_its_author(world, ana):
    _, desk, _ = world
    message = desk.wait_for(types.Message)
    assert message.text == "¿Tenéis cita hoy? 😀 a/b"
    assert message.from_user.name == "Ana Núñez"
    assert message.from_user.wa_id == ANA
    assert message.metadata.phone_number_id == PHONE_NUMBER_ID


def test_sends_a_text_and_follows_it_to_read(world, ana):
    simulator, desk, client = world
    sent = client.send_message(to=f"+{ANA}", text="Sí, a las cinco ☺️", tracker="attempt-7")
    assert [receipt["text"] for receipt in simulator.receipts()] == ["Sí, a las cinco ☺️"]
    assert simulator.receipts()[0]["callback_data"] == "attempt-7"
    desk.news.wait_until("three statuses", lambda: len(desk.statuses(sent.id)) == 3)
    assert desk.statuses(sent.id) == [MessageStatusType.SENT, MessageStatusType.DELIVERED, MessageStatusType.READ]
    assert desk.wait_for(types.MessageStatus).tracker == "attempt-7"


def test_replies_reacts_and_marks_as_read(world, ana):
    simulator, desk, client = world
    message = desk.wait_for(types.Message)
    message.reply("Claro que sí", quote=True)
    client.send_reaction(to=ANA, emoji="👍", message_id=message.id)
    assert client.mark_message_as_read(message.id).success
    assert client.indicate_typing(message.id).success
    reply, reaction = simulator.receipts()
    assert reply["context"] == message.id
    assert (reaction["emoji"], reaction["reacted_to"]) == ("👍", message.id)
    assert [mark["typing"] for mark in simulator.get("marks")["items"]] == [False, True]


def test_uploads_and_sends_a_picture(world, ana):
    simulator, desk, client = world
    contact_picture = simulator.write(ana, kind="image", text="mira")
    received = desk.wait_for(types.Message, lambda update: update.id == contact_picture)
    picture = received.image.get_bytes()
    client.send_image(to=ANA, image=picture, mime_type="image/png", caption="aquí va")
    media = simulator.receipts()[-1]["media"]
    assert media["sha256"] == hashlib.sha256(picture).hexdigest()
    assert simulator.receipts()[-1]["text"] == "aquí va"


@pytest.mark.parametrize(
    ("kind", "mime_type"),
    [
        ("image", "image/png"),
        ("voice", "audio/ogg; codecs=opus"),
        ("audio", "audio/mpeg"),
        ("video", "video/mp4"),
        ("document", "application/pdf"),
        ("sticker", "image/webp"),
    ],
)
def test_downloads_every_kind_of_file(world, ana, kind, mime_type):
    simulator, desk, client = world
    message_id = simulator.write(ana, kind=kind)
    media = desk.wait_for(types.Message, lambda update: update.id == message_id).media
    assert media.mime_type == mime_type
    described = client.get_media_url(media.id)
    data = client.get_media_bytes(described.url)
    assert hashlib.sha256(data).hexdigest() == described.sha256
    assert len(data) == described.file_size


def test_links_to_files_expire(world, ana):
    simulator, desk, client = world
    simulator.write(ana, kind="image")
    media = desk.wait_for(types.Message, lambda update: update.image is not None).image
    url = client.get_media_url(media.id).url
    simulator.post("clock", {"advance_seconds": 301})
    with pytest.raises((errors.WhatsAppError, httpx.HTTPStatusError)):
        client.get_media_bytes(url)
    assert client.get_media_bytes(client.get_media_url(media.id).url)


@pytest.mark.parametrize(
    ("code", "exception"),
    [
        (131047, errors.ReEngagementMessage),
        (131026, errors.MessageUndeliverable),
        (131030, errors.RecipientNotInAllowedList),
        (130429, errors.RateLimitHit),
        (131056, errors.TooManyMessages),
        (190, errors.ExpiredAccessToken),
        (131016, errors.ServiceUnavailable),
        (131042, errors.BusinessPaymentIssue),
        (4, errors.ToManyAPICalls),
        (131009, errors.InvalidParameter),
    ],
)
def test_refusals_become_pywas_exceptions(world, ana, code, exception):
    simulator, _, client = world
    simulator.fault("error", code=code)
    with pytest.raises(exception) as caught:
        client.send_message(to=ANA, text="hola")
    assert caught.value.code == code
    assert caught.value.fbtrace_id
    assert simulator.receipts() == []


def test_the_window_closes_after_a_day(world, ana):
    simulator, _, client = world
    client.send_message(to=ANA, text="a tiempo")
    simulator.post("clock", {"advance_seconds": 24 * 3600 + 60})
    with pytest.raises(errors.ReEngagementMessage):
        client.send_message(to=ANA, text="tarde")
    assert [receipt["error_code"] for receipt in simulator.receipts(outcome="refused")] == [131047]


def test_a_wrong_token_is_refused(world, ana):
    _, desk, client = world
    client.api._session.headers["Authorization"] = "Bearer somebody else's"
    with pytest.raises(errors.ExpiredAccessToken):
        client.send_message(to=ANA, text="hola")


def test_a_cut_answer_leaves_the_message_with_the_contact(world, ana):
    simulator, _, client = world
    simulator.fault("cut_after_acceptance")
    with pytest.raises(httpx.RequestError):
        client.send_message(to=ANA, text="¿llegó?", tracker="attempt-9")
    (receipt,) = simulator.receipts()
    assert (receipt["text"], receipt["answer_lost"], receipt["callback_data"]) == ("¿llegó?", True, "attempt-9")


def test_a_page_of_html_is_an_error_too(world, ana):
    simulator, _, client = world
    simulator.fault("http_500_html")
    with pytest.raises(errors.WhatsAppError) as caught:
        client.send_message(to=ANA, text="hola")
    assert caught.value.code == 500


def test_refused_deliveries_are_repeated(world, ana):
    simulator, desk, _ = world
    desk.answers = [503, 500]
    message_id = simulator.write(ana, "¿me lees?")
    desk.wait_for(types.Message, lambda update: update.id == message_id)
    attempts = [item for item in simulator.get("deliveries")["items"] if message_id in json.dumps(item["body"])]
    assert [attempt["status"] for attempt in attempts][:2] == [503, 500]
    assert [attempt["attempt"] for attempt in attempts][:2] == [1, 2]


def test_forgeries_are_refused_and_the_truth_arrives(world, ana):
    simulator, desk, _ = world
    simulator.fault("webhook_wrong_signature")
    message_id = simulator.write(ana, "de verdad")
    desk.wait_for(types.Message, lambda update: update.id == message_id)
    assert desk.refused == [403]


def test_duplicates_arrive_twice_with_the_same_bytes(world, ana):
    simulator, desk, _ = world
    simulator.fault("webhook_duplicate")
    message_id = simulator.write(ana, "una vez")
    bodies = desk.news.wait_until(
        "two bodies", lambda: (found := [body for body in desk.bodies if message_id in json.dumps(body)]) and len(found) == 2 and found
    )
    assert bodies[0] == bodies[1]
    assert len([update for update in desk.updates if getattr(update, "id", None) == message_id]) == 1


def test_edits_revokes_echoes_and_presses_are_understood(world, ana):
    simulator, desk, client = world
    original = simulator.write(ana, "holla")
    simulator.post(f"contacts/{ana}/edits", {"message_id": original, "text": "hola"})
    assert desk.wait_for(types.EditedMessage).message.text == "hola"
    simulator.post(f"contacts/{ana}/revokes", {"message_id": original})
    assert desk.wait_for(types.DeletedMessage).original_message_id == original
    simulator.post(f"contacts/{ana}/echoes", {"kind": "text", "text": "Ya contesto yo"})
    assert desk.wait_for(types.OutgoingMessage).text == "Ya contesto yo"
    simulator.write(ana, kind="button_reply", id="yes", title="Sí")
    assert desk.wait_for(types.CallbackButton).data == "yes"
    simulator.write(ana, kind="list_reply", id="3", title="Tres")
    assert desk.wait_for(types.CallbackSelection).data == "3"
    simulator.post(f"contacts/{ana}/reactions", {"message_id": original, "emoji": "❤️"})
    assert desk.wait_for(types.Message, lambda update: update.reaction is not None).reaction.emoji == "❤️"


def test_locations_contacts_and_orders_are_understood(world, ana):
    simulator, desk, _ = world
    simulator.write(ana, kind="location", latitude=0.0, longitude=-3.7, name="Aquí")
    assert desk.wait_for(types.Message, lambda update: update.location is not None).location.longitude == -3.7
    simulator.write(ana, kind="contacts", contacts=[{"name": "Eva", "phones": ["+34 600 000 077"]}])
    assert desk.wait_for(types.Message, lambda update: update.contacts is not None).contacts[0].name.formatted_name == "Eva"
    item = {"product_retailer_id": "cafe-1", "quantity": 2, "item_price": 4.5, "currency": "EUR"}
    simulator.write(ana, kind="order", items=[item])
    assert desk.wait_for(types.Message, lambda update: update.order is not None).order.products[0].quantity == 2


def test_a_contact_known_by_username_can_be_answered(world):
    simulator, desk, client = world
    bea = simulator.add_contact("Bea", bsuid="ES.13491208655302741918", username="@bea")
    simulator.write(bea, "soy Bea")
    message = desk.wait_for(types.Message)
    assert message.from_user.wa_id is None
    assert message.from_user.bsuid == "ES.13491208655302741918"
    message.reply("Hola, Bea")
    assert simulator.receipts(contact=bea)[0]["to"] == "ES.13491208655302741918"


def test_the_number_can_be_looked_up(world):
    _, _, client = world
    number = client.get_business_phone_number()
    assert number.id == PHONE_NUMBER_ID
    assert number.quality_rating == "GREEN"


def test_it_ends_with_status_0_when_told_to():
    simulator = Simulator.start()
    assert simulator.http.get("/simulator/health").headers["X-Contesta-Simulator"] == "meta"
    assert simulator.close() == 0


def test_it_waits_for_a_webhook_that_refuses_the_handshake():
    desk = PywaDesk()
    desk.client = pywa_client("http://127.0.0.1:1", desk)
    desk.client._verify_token = "another token"
    with Simulator.start(webhook=desk.url) as simulator:
        assert simulator.wait_for_event("webhook")["verified"] is False
        desk.client._verify_token = SECRETS["verify_token"]
        simulator.wait_for_event("webhook", verified=True)
