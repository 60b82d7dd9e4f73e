"""Quoting, reacting, typing and the countdown: what the contact sees of it, by the simulator's own log."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from acts import bubble, open_conversation, reply, undo_button, wait_for_behaviour, writing
from conftest import sign_in
from desk import MARTA, Desk, eventually
from words import say

HOUR = 3_600
UNDO_SECONDS = 4


@pytest.fixture
def contact(desk: Desk, new_contact: Callable) -> tuple[str, str, str]:
    """Somebody who asked two things: the simulator's id, the conversation, the first message at the provider."""
    contact, name = new_contact("Nora Quiroga")
    first = desk.simulator.write(contact, "¿Tienen torta de manzana?")
    desk.simulator.write(contact, "¿Y abren el domingo?")
    conversation = desk.conversation_with(name)
    eventually("both messages", lambda: len(desk.api.messages(conversation)) == 2)
    return contact, conversation, first


def quote_link(page: Page, text: str) -> Locator:
    return bubble(page, text).get_by_role("link", name=say("message.quote"))


def quote_box(page: Page) -> Locator:
    return page.locator("#composer [name=quote]")


def test_a_reply_quotes_the_message_whose_link_was_pressed(page: Page, desk: Desk, contact: tuple[str, str, str]) -> None:
    simulated, conversation, first = contact
    open_conversation(page, desk.url, conversation)
    wait_for_behaviour(page, "quote")
    expect(quote_box(page)).not_to_be_checked()
    writing(page).fill("Sí,")
    bubble(page, "manzana").hover()
    quote_link(page, "manzana").click()
    expect(quote_box(page)).to_be_checked()
    expect(page.locator("#composer")).to_contain_text("¿Tienen torta de manzana?")
    expect(writing(page)).to_have_value("Sí,")
    expect(writing(page)).to_be_focused()

    desk.simulator.write(simulated, "Perdón, y de pera")
    expect(bubble(page, "de pera")).to_be_visible()
    expect(quote_box(page)).to_be_checked()
    open_conversation(page, desk.url, conversation)
    wait_for_behaviour(page, "quote")
    quote_link(page, "manzana").press("Enter")
    reply(page, "Sí, de manzana queda una.")
    (receipt,) = desk.simulator.wait_for_receipts(1, contact=simulated)
    assert (receipt["text"], receipt["context"]) == ("Sí, de manzana queda una.", first)
    open_conversation(page, desk.url, conversation)
    expect(bubble(page, "queda una").locator(".quote")).to_contain_text("¿Tienen torta de manzana?")


def test_a_quote_can_be_taken_back(page: Page, desk: Desk, contact: tuple[str, str, str]) -> None:
    simulated, conversation, _ = contact
    open_conversation(page, desk.url, conversation)
    wait_for_behaviour(page, "quote")
    quote_link(page, "domingo").click()
    quote_box(page).uncheck()
    reply(page, "El domingo no abrimos.")
    assert desk.simulator.wait_for_receipts(1, contact=simulated)[0].get("context") is None


def test_quoting_without_scripts(plain_page: Page, desk: Desk, contact: tuple[str, str, str]) -> None:
    simulated, conversation, first = contact
    open_conversation(plain_page, desk.url, conversation)
    bubble(plain_page, "manzana").hover()
    quote_link(plain_page, "manzana").click()
    expect(quote_box(plain_page)).to_be_checked()
    expect(plain_page.locator("#composer")).to_contain_text("¿Tienen torta de manzana?")
    reply(plain_page, "De manzana, sí.")
    assert desk.simulator.wait_for_receipts(1, contact=simulated)[0]["context"] == first


def test_undoing_brings_the_quote_back_too(page: Page, desk: Desk, contact: tuple[str, str, str]) -> None:
    _, conversation, _ = contact
    open_conversation(page, desk.url, conversation)
    wait_for_behaviour(page, "quote")
    bubble(page, "manzana").hover()
    quote_link(page, "manzana").click()
    reply(page, "De manzana hay dos.")
    undo_button(page).click()
    expect(writing(page)).to_have_value("De manzana hay dos.")
    expect(quote_box(page)).to_be_checked()
    expect(page.locator("#composer")).to_contain_text("¿Tienen torta de manzana?")


def react(page: Page, text: str, emoji: str) -> None:
    bubble(page, text).hover()
    bubble(page, text).get_by_role("button", name=say("message.react")).click()
    page.get_by_role("button", name=say("message.reactWith", emoji=emoji)).click()


@pytest.mark.parametrize("kind", ["page", "plain_page"])
def test_a_reaction_goes_out_stays_owed_and_can_be_removed(
    kind: str, request: pytest.FixtureRequest, desk: Desk, contact: tuple[str, str, str]
) -> None:
    page: Page = request.getfixturevalue(kind)
    simulated, conversation, first = contact
    open_conversation(page, desk.url, conversation)
    if kind == "page":
        wait_for_behaviour(page, "react")
        wait_for_behaviour(page, "live")
        writing(page).fill("A medio escribir")
    react(page, "manzana", "🙏")
    (receipt,) = desk.simulator.wait_for_receipts(1, contact=simulated)
    assert (receipt["kind"], receipt["emoji"], receipt["reacted_to"]) == ("reaction", "🙏", first)
    expect(bubble(page, "manzana").locator(".reaction--ours")).to_contain_text("🙏")
    if kind == "page":
        expect(writing(page)).to_have_value("A medio escribir")
    assert desk.api.get(f"conversations/{conversation}")["state"] == "owed"

    bubble(page, "manzana").hover()
    bubble(page, "manzana").get_by_role("button", name=say("message.react")).click()
    page.get_by_role("button", name=say("message.reactRemove", emoji="🙏")).click()
    assert desk.simulator.wait_for_receipts(2, contact=simulated)[1]["emoji"] in ("", None)
    expect(bubble(page, "manzana").locator(".reaction--ours")).to_have_count(0)


def test_any_emoji_by_keyboard(page: Page, desk: Desk, contact: tuple[str, str, str]) -> None:
    simulated, conversation, _ = contact
    open_conversation(page, desk.url, conversation)
    wait_for_behaviour(page, "react")
    bubble(page, "domingo").get_by_role("button", name=say("message.react")).press("Enter")
    field = bubble(page, "domingo").get_by_label(say("message.reactOther"))
    field.fill("🎂")
    field.press("Enter")
    assert desk.simulator.wait_for_receipts(1, contact=simulated)[0]["emoji"] == "🎂"
    expect(bubble(page, "domingo").locator(".reaction--ours")).to_contain_text("🎂")


def test_a_refused_reaction_says_so_and_can_be_sent_again(page: Page, desk: Desk, contact: tuple[str, str, str]) -> None:
    simulated, conversation, _ = contact
    open_conversation(page, desk.url, conversation)
    wait_for_behaviour(page, "react")
    wait_for_behaviour(page, "live")
    desk.simulator.fault("error", code=131009, contact=simulated)
    react(page, "domingo", "✅")
    notice = bubble(page, "domingo").locator(".acts--reaction")
    expect(notice).to_contain_text("✅")
    expect(notice).to_contain_text("131009")
    notice.get_by_role("button", name=say("delivery.retry")).click()
    expect(bubble(page, "domingo").locator(".acts--reaction")).to_have_count(0)
    assert [each["emoji"] for each in desk.simulator.receipts(contact=simulated)] == ["✅"]


def test_writing_is_shown_where_the_principal_wants_it(page: Page, desk: Desk, contact: tuple[str, str, str]) -> None:
    simulated, conversation, _ = contact

    def typing() -> list[dict]:
        return [mark for mark in desk.simulator.get("marks")["items"] if mark["typing"] and mark["contact_id"] == simulated]

    open_conversation(page, desk.url, conversation)
    expect(page.locator(".composer__form")).not_to_have_attribute("data-typing", re.compile("."))
    page.goto(f"{desk.url}/settings")
    page.get_by_label(say("settings.typing")).check()
    page.locator("#channels-title ~ form").get_by_role("button", name=say("action.save")).click()
    expect(page.get_by_text(say("flash.settingsSaved"))).to_be_visible()

    open_conversation(page, desk.url, conversation)
    wait_for_behaviour(page, "composer")
    writing(page).press_sequentially("Sí, claro que abrimos")
    eventually("the contact sees that somebody writes", typing)
    assert len(typing()) == 1


def test_the_window_counts_down_and_says_so_twice(page: Page, desk: Desk, new_contact: Callable) -> None:
    simulated, name = new_contact("Otto Vidal")
    desk.simulator.write(simulated, "Hola", timestamp=int(time.time()) - 23 * HOUR + 90)
    conversation = desk.conversation_with(name)
    page.clock.install()
    open_conversation(page, desk.url, conversation)
    left = page.locator(".window__left")
    height = page.locator(".window").bounding_box()["height"]

    def counts_seconds() -> bool:
        page.clock.run_for(5_000)
        return re.search(r"\d\d:\d\d", left.inner_text()) is not None

    eventually("the last hour is counted in seconds", counts_seconds)
    expect(page.locator("#announcements")).to_have_text(say("script.windowHour"))
    assert page.locator(".window").bounding_box()["height"] == height
    page.clock.fast_forward(HOUR * 1000)
    page.clock.run_for(2_000)
    expect(page.locator(".window--closed")).to_be_visible()
    expect(page.locator("#announcements")).to_have_text(say("script.windowClosed"))


def test_the_page_of_decisions_lives(page: Page, desk: Desk, new_contact: Callable) -> None:
    simulated, name = new_contact("Pía Lima")
    desk.simulator.write(simulated, "¿Llegó?")
    conversation = desk.conversation_with(name)
    page.goto(f"{desk.url}/waiting")
    wait_for_behaviour(page, "live")
    desk.simulator.fault("cut_before_acceptance", contact=simulated)
    desk.api.reply(conversation, "Sí, llegó", key=f"waiting-{conversation}")
    decision = page.locator(".decision", has_text=name)
    expect(decision).to_contain_text("Sí, llegó")
    other = page.context.new_page()
    other.goto(f"{desk.url}/waiting")
    other.locator(".decision", has_text=name).get_by_role("button", name=say("delivery.wasSent")).click()
    expect(decision).to_have_count(0)


def test_the_handshake_is_shown_as_it_happens(visits, desk: Desk) -> None:
    page = visits.context().new_page()
    sign_in(page, desk.url, MARTA)
    inbox = desk.add_inbox("Reservas", phone_number_id="106540352242999")
    page.goto(f"{desk.url}/connect?inbox={inbox}")
    wait_for_behaviour(page, "live")
    expect(page.locator(".connection__state")).to_have_text(say("connect.webhook.notVerified"))
    token = page.locator("#verify-token").input_value()
    answer = page.request.get(
        f"{desk.url}/webhooks/{inbox}", params={"hub.mode": "subscribe", "hub.challenge": "7", "hub.verify_token": token}
    )
    assert answer.text() == "7"
    expect(page.locator(".connection__state")).to_have_text(say("connect.webhook.verified"))
