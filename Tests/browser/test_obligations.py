"""What is owed: "thanks" cleared with one key and brought back, and a promise that stays until it is kept."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from acts import bubble, card, open_conversation, reply, wait_for_behaviour
from desk import Desk
from words import say


def test_thanks_is_cleared_with_one_key_and_brought_back(page: Page, desk: Desk, new_contact: Callable) -> None:
    contact, name = new_contact("Sol Andrade")
    desk.simulator.write(contact, "¡Mil gracias!")
    open_conversation(page, desk.url, desk.conversation_with(name))
    wait_for_behaviour(page, "shortcuts")
    waiting = page.locator("#conversation-header .clock").get_attribute("data-since")
    page.keyboard.press("n")
    expect(page.get_by_role("radio", name=say("noReply.reason.thanks"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text(say("flash.noReplyRecorded"))).to_be_visible()
    expect(page.locator(".dismissal")).to_contain_text(name)

    page.get_by_role("button", name=say("dismissal.action")).click()
    expect(page.get_by_text(say("flash.noReplyTakenBack"))).to_be_visible()
    expect(page.locator("#conversation-header .clock")).to_have_attribute("data-since", waiting or "")
    expect(page.locator(".dismissal")).to_have_count(0)


def test_a_promise_stays_until_a_reply_keeps_it(page: Page, desk: Desk, new_contact: Callable) -> None:
    contact, name = new_contact("Iris Vega")
    desk.simulator.write(contact, "¿Me pasan el presupuesto?")
    conversation = desk.conversation_with(name)
    open_conversation(page, desk.url, conversation)
    page.locator("#promise summary").click()
    page.get_by_role("textbox", name=say("promise.what")).fill("Enviar el presupuesto")
    page.get_by_role("radio", name=say("promise.tomorrow", time="9:00")).check()
    page.keyboard.press("Escape")
    reply(page, "Mañana lo envío.")
    desk.simulator.wait_for_receipts(1, contact=contact)

    page.goto(f"{desk.url}/?state=promised")
    expect(card(page, name)).to_contain_text("9:00")
    open_conversation(page, desk.url, conversation)
    expect(page.locator(".promise")).to_contain_text("Enviar el presupuesto")

    desk.simulator.write(contact, "¿Y el presupuesto?")
    expect(bubble(page, "¿Y el presupuesto?")).to_be_visible()
    page.get_by_role("checkbox", name="Enviar el presupuesto").check()
    reply(page, "Aquí está.")
    desk.simulator.wait_for_receipts(2, contact=contact)
    open_conversation(page, desk.url, conversation)
    expect(page.locator(".promise")).to_have_count(0)
